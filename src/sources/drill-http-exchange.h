// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libsoup/soup.h>

#include "sources/drill-http-reply.h"

G_BEGIN_DECLS

/* One request and what came back, private to the room. No retries and no
 * redirects here: that is for drill-http.c to decide, and differs for reads and
 * writes. */

/* After input, and in turn with drawing (GDK_PRIORITY_REDRAW): a window that draws as
 * fast as it can, with a spinner and no graphics card, would never let anything later through */
#define DRILL_HTTP_PRIORITY (G_PRIORITY_HIGH_IDLE + 20)

/* All borrowed until drill_http_exchange_async() returns, which keeps what it needs */
typedef struct {
  const char   *method;
  GUri         *url;
  const char   *token;          /* (nullable) */
  GBytes       *body;           /* (nullable): JSON */
  GTlsDatabase *authorities;    /* (nullable): trusted besides the system's */
  gsize         max_bytes;      /* of the answer, decompressed */
  guint         connect_seconds;
  guint         read_seconds;
  gboolean      new_connection; /* one that was not used before */
} DrillHttpRequest;

typedef struct {
  char       *token;          /* (nullable): what it was sent with, and nobody may see */
  gboolean    begun;          /* whether the request began to leave: without, the service cannot know of it */
  gboolean    was_kept;       /* the connection was a kept one that the service had closed; nothing was answered */
  guint       status;         /* 0 when there was no answer */
  GByteArray *body;           /* (nullable): with a status 2xx whole; of an error what came, at most 16 KiB; none of a redirect */
  char       *type;           /* (nullable): Content-Type */
  char       *location;       /* (nullable): Location */
  gint64      retry_after_ms; /* or DRILL_RETRY_AFTER_UNKNOWN */
  GError     *error;          /* (nullable): a DRILL_ERROR: why there is no whole answer */
  gboolean    transient;      /* of an error: whether the same may succeed a little later */
} DrillHttpReply;

void            drill_http_exchange_async  (SoupSession             *session,
                                            const DrillHttpRequest  *request,
                                            GCancellable            *cancellable,
                                            GAsyncReadyCallback      callback,
                                            gpointer                 user_data);
DrillHttpReply *drill_http_exchange_finish (SoupSession             *session,
                                            GAsyncResult            *result);
void            drill_http_reply_free      (DrillHttpReply          *self);
void            drill_http_blot_token      (GError                  *error,
                                            const char              *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillHttpReply, drill_http_reply_free)

G_END_DECLS
