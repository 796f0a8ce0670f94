// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-session-private.h"
#include "sources/drill-api-source.h"

G_BEGIN_DECLS

/* What signing in needs to know of the connection, drill-session-connect.c */
void            drill_session_set_token_state    (DrillSession     *self,
                                                  DrillTokenState   state);
void            drill_session_take_keyring_error (DrillSession     *self,
                                                  GError           *error);
/* Whether the current connection has the origin of @connection, and so its token */
gboolean        drill_session_is_at              (DrillSession     *self,
                                                  DrillConnection  *connection);
gboolean        drill_session_check_travel       (DrillConnection  *connection,
                                                  GError          **error);
gboolean        drill_session_is_usable          (DrillSession     *self,
                                                  const char       *token,
                                                  GError          **error);
DrillApiSource *drill_session_make_source        (DrillSession     *self,
                                                  DrillConnection  *connection,
                                                  const char       *token,
                                                  GError          **error);
void            drill_session_use_token          (DrillSession     *self,
                                                  const char       *token,
                                                  DrillActor       *actor);

G_END_DECLS
