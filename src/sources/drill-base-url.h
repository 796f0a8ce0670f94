// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GUri     *drill_base_url_parse       (const char  *text,
                                      GError     **error);
GUri     *drill_base_url_join        (GUri        *base,
                                      const char  *path,
                                      const char  *query);
char     *drill_base_url_to_string   (GUri        *url);
char     *drill_base_url_get_origin  (GUri        *url);
gboolean  drill_base_url_same_origin (GUri        *a,
                                      GUri        *b);
gboolean  drill_base_url_is_loopback (GUri        *url);

G_END_DECLS
