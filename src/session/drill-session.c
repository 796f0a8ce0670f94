// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-session.h"

#include "base/drill-time.h"
#include "session/drill-decode.h"
#include "session/drill-session-private.h"
#include "sources/drill-local-source.h"

static const DrillSessionPauses default_pauses = {
  .refresh_ms = 60 * 1000,
  .first_retry_ms = 5 * 1000,
  .max_retry_ms = 5 * 60 * 1000,
  .n_read_retries = 2,
  .first_read_pause_ms = 250,
};

enum {
  IDS_READY,
  N_SIGNALS
};

static GParamSpec *props[N_DRILL_SESSION_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillSession, drill_session, G_TYPE_OBJECT)

void
drill_session_notify (DrillSession *self,
                      guint         property)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[property]);
}

void
drill_session_set_table (DrillSession    *self,
                         DrillRouteTable *table)
{
  self->anything = TRUE;
  if (self->table == table)
    return;

  drill_discard (g_steal_pointer (&self->table), NULL);
  self->table = drill_route_table_ref (table);
  drill_session_notify (self, PROP_TABLE);
}

void
drill_session_set_origin (DrillSession *self,
                          DrillShown    shown,
                          const char   *name)
{
  if (self->shown != shown)
    {
      self->shown = shown;
      drill_session_notify (self, PROP_SHOWN);
    }
  if (g_strcmp0 (self->name, name) != 0)
    {
      g_free (self->name);
      self->name = g_strdup (name);
      drill_session_notify (self, PROP_NAME);
    }
}

void
drill_session_set_wanted (DrillSession *self,
                          const char   *name)
{
  if (g_strcmp0 (self->wanted_name, name) == 0)
    return;

  g_free (self->wanted_name);
  self->wanted_name = g_strdup (name);
  drill_session_notify (self, PROP_WANTED_NAME);
}

void
drill_session_set_complete (DrillSession *self,
                            gboolean      complete)
{
  if (self->complete == complete)
    return;

  self->complete = complete;
  drill_session_notify (self, PROP_COMPLETE);
}

/* What is shown was right just now */
void
drill_session_set_fresh (DrillSession *self)
{
  self->loaded_at = drill_clock_now (self->clock);
  drill_session_notify (self, PROP_LOADED_AT);
  if (self->stale_since != DRILL_TIME_UNKNOWN)
    {
      self->stale_since = DRILL_TIME_UNKNOWN;
      drill_session_notify (self, PROP_STALE_SINCE);
    }
}

void
drill_session_set_stale (DrillSession *self)
{
  if (self->stale_since != DRILL_TIME_UNKNOWN)
    return;

  self->stale_since = drill_clock_now (self->clock);
  drill_session_notify (self, PROP_STALE_SINCE);
}

void
drill_session_take_error (DrillSession *self,
                          GError       *error)
{
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error;
  drill_session_notify (self, PROP_ERROR);
}

void
drill_session_take_actor (DrillSession *self,
                          DrillActor   *actor)
{
  if (self->actor == NULL && actor == NULL)
    return;

  g_clear_pointer (&self->actor, drill_actor_free);
  self->actor = actor;
  drill_session_notify (self, PROP_ACTOR);
  drill_session_update_gate (self);
}

void
drill_session_take_counts (DrillSession      *self,
                           DrillServerCounts *counts)
{
  if (self->counts == NULL && counts == NULL)
    return;

  g_free (self->counts);
  self->counts = counts;
  drill_session_notify (self, PROP_SERVER_COUNTS);
}

void
drill_session_emit_ids (DrillSession *self)
{
  g_signal_emit (self, signals[IDS_READY], 0);
}

void
drill_session_set_progress (DrillSession *self,
                            double        progress)
{
  self->progress = progress;
  drill_session_notify (self, PROP_PROGRESS);
}

static void
drill_session_get_property (GObject    *object,
                            guint       property,
                            GValue     *value,
                            GParamSpec *pspec)
{
  DrillSession *self = DRILL_SESSION (object);

  switch (property)
    {
    case PROP_TABLE:
      g_value_set_boxed (value, self->table);
      break;

    case PROP_SHOWN:
      g_value_set_int (value, (int) self->shown);
      break;

    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;

    case PROP_WANTED_NAME:
      g_value_set_string (value, self->wanted_name);
      break;

    case PROP_LOADING:
      g_value_set_boolean (value, drill_session_get_loading (self));
      break;

    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;

    case PROP_COMPLETE:
      g_value_set_boolean (value, self->complete);
      break;

    case PROP_LOADED_AT:
      g_value_set_int64 (value, self->loaded_at);
      break;

    case PROP_STALE_SINCE:
      g_value_set_int64 (value, self->stale_since);
      break;

    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;

    case PROP_ACTOR:
      g_value_set_pointer (value, self->actor);
      break;

    case PROP_SERVER_COUNTS:
      g_value_set_pointer (value, self->counts);
      break;

    case PROP_CONNECTION:
      g_value_set_object (value, self->connection);
      break;

    case PROP_TOKEN_STATE:
      g_value_set_int (value, (int) self->token_state);
      break;

    case PROP_KEYRING_ERROR:
      g_value_set_boxed (value, self->keyring_error);
      break;

    case PROP_GATE:
      g_value_set_int (value, (int) self->gate);
      break;

    case PROP_UNFINISHED:
      g_value_set_object (value, self->unfinished);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
drill_session_dispose (GObject *object)
{
  drill_session_stop (DRILL_SESSION (object));

  G_OBJECT_CLASS (drill_session_parent_class)->dispose (object);
}

static void
drill_session_finalize (GObject *object)
{
  DrillSession *self = DRILL_SESSION (object);

  drill_session_clear_identity (self);
  drill_session_clear_writes (self);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->table, drill_route_table_unref);
  g_clear_pointer (&self->actor, drill_actor_free);
  g_clear_error (&self->error);
  g_free (self->counts);
  g_free (self->name);
  g_free (self->wanted_name);

  G_OBJECT_CLASS (drill_session_parent_class)->finalize (object);
}

static void
drill_session_class_init (DrillSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = drill_session_get_property;
  object_class->dispose = drill_session_dispose;
  object_class->finalize = drill_session_finalize;

  props[PROP_TABLE] = g_param_spec_boxed ("table", NULL, NULL, DRILL_TYPE_ROUTE_TABLE, flags);
  props[PROP_SHOWN] = g_param_spec_int ("shown", NULL, NULL, DRILL_SHOWN_SAMPLE, DRILL_SHOWN_LIVE,
                                        DRILL_SHOWN_SAMPLE, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  props[PROP_WANTED_NAME] = g_param_spec_string ("wanted-name", NULL, NULL, "", flags);
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  props[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1.0, 1.0, -1.0, flags);
  props[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);
  props[PROP_LOADED_AT] = g_param_spec_int64 ("loaded-at", NULL, NULL, G_MININT64, G_MAXINT64,
                                              DRILL_TIME_UNKNOWN, flags);
  props[PROP_STALE_SINCE] = g_param_spec_int64 ("stale-since", NULL, NULL, G_MININT64, G_MAXINT64,
                                                DRILL_TIME_UNKNOWN, flags);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_ACTOR] = g_param_spec_pointer ("actor", NULL, NULL, flags);
  props[PROP_SERVER_COUNTS] = g_param_spec_pointer ("server-counts", NULL, NULL, flags);
  props[PROP_CONNECTION] = g_param_spec_object ("connection", NULL, NULL, DRILL_TYPE_CONNECTION, flags);
  props[PROP_TOKEN_STATE] = g_param_spec_int ("token-state", NULL, NULL, DRILL_TOKEN_NONE, DRILL_TOKEN_MEMORY,
                                              DRILL_TOKEN_NONE, flags);
  props[PROP_KEYRING_ERROR] = g_param_spec_boxed ("keyring-error", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_GATE] = g_param_spec_int ("gate", NULL, NULL, DRILL_GATE_OPEN, DRILL_GATE_FORBIDDEN,
                                       DRILL_GATE_NOT_SHOWN, flags);
  props[PROP_UNFINISHED] = g_param_spec_object ("unfinished", NULL, NULL, G_TYPE_LIST_MODEL, flags);

  g_object_class_install_properties (object_class, N_DRILL_SESSION_PROPS, props);

  /**
   * DrillSession::ids-ready:
   *
   * The route ids of the current table are all there now: a search that was
   * run before may find more.
   */
  signals[IDS_READY] = g_signal_new ("ids-ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);
}

static void
drill_session_init (DrillSession *self)
{
  g_autoptr(DrillEvidence) nothing = drill_evidence_new_empty ();

  self->table = drill_route_table_new (nothing, NULL);
  self->shown = DRILL_SHOWN_SAMPLE;
  self->name = g_strdup ("");
  self->wanted_name = g_strdup ("");
  self->loaded_at = DRILL_TIME_UNKNOWN;
  self->stale_since = DRILL_TIME_UNKNOWN;
  self->progress = -1.0;
  self->pauses = default_pauses;
  drill_session_init_identity (self);
  drill_session_init_writes (self);
  self->visible = TRUE;
}

/**
 * drill_session_new:
 * @clock: what time it is
 *
 * Returns: (transfer full): a session that shows nothing yet
 */
DrillSession *
drill_session_new (DrillClock *clock)
{
  DrillSession *self;

  g_return_val_if_fail (DRILL_IS_CLOCK (clock), NULL);

  self = g_object_new (DRILL_TYPE_SESSION, NULL);
  self->clock = g_object_ref (clock);

  return self;
}

/**
 * drill_session_get_clock:
 *
 * Returns: (transfer none): the clock that everything shown is judged by
 */
DrillClock *
drill_session_get_clock (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), NULL);

  return self->clock;
}

/**
 * drill_session_open_sample:
 * @self: a session
 *
 * Shows the bundled sample data, as fresh as the clock says.
 */
void
drill_session_open_sample (DrillSession *self)
{
  g_autoptr(DrillLocalSource) source = NULL;

  g_return_if_fail (DRILL_IS_SESSION (self));

  source = drill_local_source_new_sample (drill_clock_now (self->clock));
  drill_session_open (self, DRILL_SOURCE (source));
}

/**
 * drill_session_open_file:
 * @self: a session
 * @file: an evidence file
 *
 * Shows a file. When it cannot be read, what is shown stays, `wanted-name` is
 * the file's and `error` says why; of one that is broken further on, what comes
 * before the place is shown as not complete.
 */
void
drill_session_open_file (DrillSession *self,
                         GFile        *file)
{
  g_autoptr(DrillLocalSource) source = NULL;

  g_return_if_fail (DRILL_IS_SESSION (self));
  g_return_if_fail (G_IS_FILE (file));

  source = drill_local_source_new_file (file);
  drill_session_open (self, DRILL_SOURCE (source));
}

/**
 * drill_session_refresh:
 * @self: a session
 *
 * Asks the source for news now. Nothing happens while that is under way already.
 */
void
drill_session_refresh (DrillSession *self)
{
  g_return_if_fail (DRILL_IS_SESSION (self));

  /* It could not even be made a source; its CA file may be there by now */
  if (self->source == NULL && self->connection != NULL && self->n_running == 0)
    {
      drill_session_open_connection (self, self->connection);
      return;
    }

  if (self->source == NULL || self->n_running > 0)
    return;

  /* What was simulated on the sample stays */
  if (drill_source_get_kind (self->source) == DRILL_SOURCE_SAMPLE && !drill_writer_has_written (self->writer))
    {
      drill_session_open_sample (self);
      return;
    }

  /* Who we are may have changed; who asks by hand wants to know */
  drill_session_take_actor (self, NULL);
  self->retry_ms = self->pauses.first_retry_ms;
  drill_session_load (self);
}

/**
 * drill_session_cancel:
 * @self: a session
 *
 * Gives up the load that is running: what has arrived stays. A first load is
 * then marked as not complete, with %DRILL_ERROR_CANCELLED, and is not taken up
 * again before drill_session_refresh().
 */
void
drill_session_cancel (DrillSession *self)
{
  g_return_if_fail (DRILL_IS_SESSION (self));

  g_cancellable_cancel (self->cancellable);
}

/**
 * drill_session_close:
 * @self: a session
 *
 * Ends everything that is going on, for the end of the program. What is shown stays.
 */
void
drill_session_close (DrillSession *self)
{
  g_return_if_fail (DRILL_IS_SESSION (self));

  drill_session_stop (self);
  drill_session_leave_connection (self);
}

/**
 * drill_session_set_refresh_interval:
 * @self: a session
 * @seconds: how long after a load the service is asked for news; 60 by default, 0 for never
 */
void
drill_session_set_refresh_interval (DrillSession *self,
                                    guint         seconds)
{
  guint ms = seconds > G_MAXUINT / 1000 ? G_MAXUINT : seconds * 1000;

  g_return_if_fail (DRILL_IS_SESSION (self));

  if (self->pauses.refresh_ms == ms)
    return;

  self->pauses.refresh_ms = ms;
  /* A retry after an error has its own pauses */
  if (self->n_running == 0 && self->adopted && self->error == NULL && self->shown == DRILL_SHOWN_LIVE)
    drill_session_schedule (self, ms);
}

/**
 * drill_session_set_visible:
 * @self: a session
 * @visible: whether anybody can see what is shown; %TRUE by default
 *
 * Nothing is asked for while nobody looks; what was due meanwhile is done as
 * soon as somebody does.
 */
void
drill_session_set_visible (DrillSession *self,
                           gboolean      visible)
{
  g_return_if_fail (DRILL_IS_SESSION (self));

  self->visible = visible;
  if (visible && self->due)
    drill_session_load (self);
}

/**
 * drill_session_set_pauses:
 * @self: a session
 * @pauses: how long to wait for what; for connections that are made from now on
 */
void
drill_session_set_pauses (DrillSession             *self,
                          const DrillSessionPauses *pauses)
{
  g_return_if_fail (DRILL_IS_SESSION (self));

  self->pauses = *pauses;
}

/**
 * drill_session_get_table:
 *
 * Returns: (transfer none): the current snapshot
 */
DrillRouteTable *
drill_session_get_table (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), NULL);

  return self->table;
}

/**
 * drill_session_get_evidence:
 *
 * Returns: (transfer none): the evidence of the current snapshot
 */
DrillEvidence *
drill_session_get_evidence (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), NULL);

  return drill_route_table_get_evidence (self->table);
}

DrillShown
drill_session_get_shown (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), DRILL_SHOWN_SAMPLE);

  return self->shown;
}

const char *
drill_session_get_name (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), "");

  return self->name;
}

const char *
drill_session_get_wanted_name (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), "");

  return self->wanted_name;
}

gboolean
drill_session_get_loading (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), FALSE);

  return self->n_running > 0;
}

double
drill_session_get_progress (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), -1.0);

  return self->progress;
}

gboolean
drill_session_get_complete (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), FALSE);

  return self->complete;
}

gint64
drill_session_get_loaded_at (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), DRILL_TIME_UNKNOWN);

  return self->loaded_at;
}

gint64
drill_session_get_stale_since (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), DRILL_TIME_UNKNOWN);

  return self->stale_since;
}

const GError *
drill_session_get_error (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), NULL);

  return self->error;
}

const DrillActor *
drill_session_get_actor (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), NULL);

  return self->actor;
}

const DrillServerCounts *
drill_session_get_server_counts (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), NULL);

  return self->counts;
}
