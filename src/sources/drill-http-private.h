// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/drill-http-exchange.h"
#include "sources/drill-http.h"

G_BEGIN_DECLS

/* What reads (drill-http.c) and writes (drill-http-post.c) of a client have in common */

struct _DrillHttp
{
  GObject parent_instance;

  SoupSession *session;
  GUri *base;
  GTlsDatabase *authorities; /* of the CA file, besides the system's */
  char *name;
  char *token;
  GError *token_problem; /* why the one that was set last may not be sent: nothing is, then */
  guint connect_seconds;
  guint read_seconds;
  guint n_retries;
  guint first_pause_ms;
};

DrillHttpRequest drill_http_make_request     (DrillHttp      *self,
                                              const char     *method,
                                              GUri           *url,
                                              gsize           max_bytes);

/* Returns: (transfer full) (nullable): where a reply redirects to */
GUri            *drill_http_find_target      (GUri           *from,
                                              DrillHttpReply *reply);
GError          *drill_http_new_status_error (DrillHttpReply *reply);

/* Returns: (transfer full) (nullable): what is wrong with a body that is no answer of the service */
GError          *drill_http_check_type       (DrillHttpReply *reply);

G_END_DECLS
