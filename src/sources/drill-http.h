// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/drill-write.h"

G_BEGIN_DECLS

/**
 * DrillHttp:
 *
 * Talks to one service over HTTP: one request becomes one body in memory, with
 * its size limited and its status turned into a %DRILL_ERROR. Reads that failed
 * in passing are asked for again, writes never. To be used on one thread.
 */
#define DRILL_TYPE_HTTP (drill_http_get_type ())

G_DECLARE_FINAL_TYPE (DrillHttp, drill_http, DRILL, HTTP, GObject)

DrillHttp  *drill_http_new           (const char           *base_url,
                                      const char           *ca_file,
                                      const char           *token,
                                      GError              **error);
const char *drill_http_get_name      (DrillHttp            *self);
void        drill_http_set_token     (DrillHttp            *self,
                                      const char           *token);
void        drill_http_set_time_outs (DrillHttp            *self,
                                      guint                 connect_seconds,
                                      guint                 read_seconds);
void        drill_http_set_retries   (DrillHttp            *self,
                                      guint                 n_retries,
                                      guint                 first_pause_ms);
void        drill_http_get_async     (DrillHttp            *self,
                                      const char           *path,
                                      const char           *query,
                                      gsize                 max_bytes,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GByteArray *drill_http_get_finish    (DrillHttp            *self,
                                      GAsyncResult         *result,
                                      GError              **error);
void        drill_http_post_async    (DrillHttp            *self,
                                      const char           *path,
                                      GBytes               *body,
                                      gboolean              stops_midway,
                                      gsize                 max_bytes,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GByteArray *drill_http_post_finish   (DrillHttp            *self,
                                      GAsyncResult         *result,
                                      DrillWriteFailure    *failure,
                                      GError              **error);

G_END_DECLS
