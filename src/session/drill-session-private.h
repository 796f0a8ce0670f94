// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/drill-secrets.h"
#include "session/drill-actor.h"
#include "session/drill-loader.h"
#include "session/drill-session.h"

G_BEGIN_DECLS

enum {
  PROP_0,
  PROP_TABLE,
  PROP_SHOWN,
  PROP_NAME,
  PROP_WANTED_NAME,
  PROP_LOADING,
  PROP_PROGRESS,
  PROP_COMPLETE,
  PROP_LOADED_AT,
  PROP_STALE_SINCE,
  PROP_ERROR,
  PROP_ACTOR,
  PROP_SERVER_COUNTS,
  PROP_CONNECTION,
  PROP_TOKEN_STATE,
  PROP_KEYRING_ERROR,
  PROP_GATE,
  PROP_UNFINISHED,
  N_DRILL_SESSION_PROPS
};

struct _DrillSession
{
  GObject parent_instance;

  DrillClock *clock;
  DrillSessionPauses pauses;

  /* What is shown */
  DrillRouteTable *table;
  DrillShown shown;
  char *name;
  gboolean complete;
  gboolean anything; /* a snapshot was ever shown */
  gint64 loaded_at;
  gint64 stale_since;

  /* What was asked for */
  DrillSource *source;
  DrillLoader *loader;
  gulong handlers[2];
  gboolean adopted; /* what is shown is of @source */
  char *wanted_name;
  GError *error;
  DrillActor *actor;
  DrillServerCounts *counts;

  /* How it is asked, drill-session-connect.c */
  DrillSecrets *secrets;
  DrillConnections *connections;
  DrillConnection *connection; /* of @source, or whose token is looked for */
  DrillTokenState token_state;
  gint64 token_expiry;
  guint token_serial; /* of the token in use: what was asked with another one is not heard */
  GError *keyring_error;
  gulong reload_handler;

  /* Writing, drill-session-writes.c */
  DrillJournal *journal;
  DrillWriter *writer; /* of @source */
  DrillGate gate;
  GListStore *unfinished;
  gboolean claimed; /* what the journal has for @source */

  /* What is going on */
  GCancellable *cancellable;
  guint n_running;
  double progress;
  DrillLoader *fallback;
  GCancellable *ids_cancellable; /* of the route ids being computed */
  guint timer;
  guint retry_ms;
  gboolean visible;
  gboolean due; /* a refresh, as soon as somebody looks */
};

/* Properties, drill-session.c */
void drill_session_notify       (DrillSession    *self,
                                 guint            property);
void drill_session_set_table    (DrillSession    *self,
                                 DrillRouteTable *table);
void drill_session_set_origin   (DrillSession    *self,
                                 DrillShown       shown,
                                 const char      *name);
void drill_session_set_wanted   (DrillSession    *self,
                                 const char      *name);
void drill_session_set_complete (DrillSession    *self,
                                 gboolean         complete);
void drill_session_set_fresh    (DrillSession    *self);
void drill_session_set_stale    (DrillSession    *self);
void drill_session_take_error   (DrillSession    *self,
                                 GError          *error);
void drill_session_take_actor   (DrillSession    *self,
                                 DrillActor      *actor);
void drill_session_take_counts  (DrillSession    *self,
                                 DrillServerCounts *counts);
void drill_session_emit_ids     (DrillSession    *self);
void drill_session_set_progress (DrillSession    *self,
                                 double           progress);

/* Loading, drill-session-load.c */
void drill_session_open         (DrillSession    *self,
                                 DrillSource     *source);
void drill_session_load         (DrillSession    *self);
void drill_session_turn         (DrillSession    *self,
                                 const char      *name);
void drill_session_fail         (DrillSession    *self,
                                 const char      *name,
                                 GError          *error);
void drill_session_stop         (DrillSession    *self);
void drill_session_schedule     (DrillSession    *self,
                                 guint            ms);

/* The connection and its token, drill-session-connect.c */
void drill_session_init_identity    (DrillSession *self);
void drill_session_clear_identity   (DrillSession *self);
void drill_session_leave_connection (DrillSession *self);
void drill_session_check_token      (DrillSession *self);
gboolean drill_session_will_reload  (DrillSession *self);

/* Writing, drill-session-writes.c */
void drill_session_init_writes   (DrillSession *self);
void drill_session_clear_writes  (DrillSession *self);
void drill_session_open_writer   (DrillSession *self);
void drill_session_close_writer  (DrillSession *self);
void drill_session_update_gate   (DrillSession *self);
void drill_session_claim_journal (DrillSession *self);

G_END_DECLS
