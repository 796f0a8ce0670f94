// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DRILL_RETRY_AFTER_UNKNOWN:
 *
 * The service did not say when to come back, or not in a way that can be read.
 */
#define DRILL_RETRY_AFTER_UNKNOWN (-1)

GError   *drill_http_reply_to_error        (guint                 status,
                                            const char           *body,
                                            gsize                 length);
gboolean  drill_http_reply_is_json         (const char           *content_type,
                                            const char           *body,
                                            gsize                 length);
gint64    drill_http_reply_get_retry_after (const char           *value,
                                            gint64                now_us);
GError   *drill_http_reply_to_tls_error    (GTlsCertificateFlags  flags,
                                            const char           *host);

G_END_DECLS
