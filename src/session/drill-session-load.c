// SPDX-License-Identifier: GPL-3.0-or-later

/* How a session comes by its snapshots: one load at a time, the refresh timer,
 * the retries after an error, and the sample where there is nothing else. */

#include "session/drill-session-private.h"

#include "base/drill-time.h"
#include "sources/drill-local-source.h"

/* What an answer has to bring along to find out that it is not wanted any more */
typedef struct {
  DrillSession *session;
  DrillSource *source;
  guint token_serial;
  gboolean was_complete;
} Question;

static Question *
question_new (DrillSession *self)
{
  Question *question = g_new0 (Question, 1);

  question->session = g_object_ref (self);
  question->source = g_object_ref (self->source);
  question->token_serial = self->token_serial;
  question->was_complete = self->adopted && self->complete;
  self->n_running++;
  if (self->n_running == 1)
    drill_session_notify (self, PROP_LOADING);

  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->source);
  g_object_unref (question->session);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static gboolean
question_is_wanted (Question *question)
{
  return question->session->source == question->source;
}

/* Whether it was asked with the token that is in use now: who signs in while
 * the service is being asked is not told what it says to somebody else */
static gboolean
question_is_ours (Question *question)
{
  return question->session->token_serial == question->token_serial;
}

static void
load_if_due (DrillSession *self)
{
  if (self->due && self->visible && self->n_running == 0)
    drill_session_load (self);
}

static void
question_done (Question *question)
{
  DrillSession *self = question->session;

  if (!question_is_wanted (question))
    return;

  self->n_running--;
  if (self->n_running > 0)
    return;

  drill_session_notify (self, PROP_LOADING);
  drill_session_update_gate (self);
  load_if_due (self);
}

/* The same request may succeed later, without anybody doing anything here */
static gboolean
may_recover (const GError *error)
{
  return drill_error_is_transient (error) ||
         g_error_matches (error, DRILL_ERROR, DRILL_ERROR_TLS) ||
         g_error_matches (error, DRILL_ERROR, DRILL_ERROR_NOT_FOUND) ||
         g_error_matches (error, DRILL_ERROR, DRILL_ERROR_BAD_REPLY);
}

static gboolean
timer_cb (gpointer data)
{
  DrillSession *self = data;

  self->timer = 0;
  /* Hidden, or a slow answer of the last time is still on its way */
  self->due = TRUE;
  load_if_due (self);

  return G_SOURCE_REMOVE;
}

/* In @ms, or never for 0 */
void
drill_session_schedule (DrillSession *self,
                        guint         ms)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->due = FALSE;
  if (ms > 0)
    self->timer = g_timeout_add (ms, timer_cb, self);
}

static void
schedule_retry (DrillSession *self)
{
  drill_session_schedule (self, self->retry_ms);
  self->retry_ms = self->retry_ms > self->pauses.max_retry_ms / 2 ? self->pauses.max_retry_ms : 2 * self->retry_ms;
}

static void
prepare_ids_thread (GTask        *task,
                    gpointer      source_object,
                    gpointer      task_data,
                    GCancellable *cancellable)
{
  g_task_return_boolean (task, drill_route_table_prepare_ids (task_data, cancellable));
}

static void
prepare_ids_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  DrillSession *self = DRILL_SESSION (object);

  if (g_task_propagate_boolean (G_TASK (result), NULL) &&
      g_task_get_task_data (G_TASK (result)) == self->table)
    drill_session_emit_ids (self);
}

/* A microsecond each: so only when the load is over, and while people look on */
static void
prepare_ids (DrillSession *self)
{
  g_autoptr(GTask) task = NULL;

  g_cancellable_cancel (self->ids_cancellable);
  g_clear_object (&self->ids_cancellable);
  self->ids_cancellable = g_cancellable_new ();

  task = g_task_new (self, self->ids_cancellable, prepare_ids_cb, NULL);
  g_task_set_source_tag (task, prepare_ids);
  g_task_set_task_data (task, drill_route_table_ref (self->table), (GDestroyNotify) drill_route_table_unref);
  g_task_run_in_thread (task, prepare_ids_thread);
}

static void
fallback_table_cb (DrillLoader     *loader,
                   DrillRouteTable *table,
                   gpointer         data)
{
  DrillSession *self = data;

  /* Live data that came meanwhile is not replaced */
  if (self->fallback != loader || self->adopted)
    return;

  drill_session_set_table (self, table);
  drill_session_set_origin (self, DRILL_SHOWN_SAMPLE, "");
  drill_session_set_complete (self, TRUE);
  drill_session_set_fresh (self);
  prepare_ids (self);
}

static void
show_sample (DrillSession *self)
{
  g_autoptr(DrillLocalSource) sample = drill_local_source_new_sample (drill_clock_now (self->clock));

  g_clear_object (&self->fallback);
  self->fallback = drill_loader_new (DRILL_SOURCE (sample));
  g_signal_connect_object (self->fallback, "table", G_CALLBACK (fallback_table_cb), self, 0);
  drill_loader_load_async (self->fallback, NULL, NULL, NULL);
}

static void
table_cb (DrillLoader     *loader,
          DrillRouteTable *table,
          gpointer         data)
{
  static const DrillShown shown[] = {
    [DRILL_SOURCE_SAMPLE] = DRILL_SHOWN_SAMPLE,
    [DRILL_SOURCE_FILE] = DRILL_SHOWN_FILE,
    [DRILL_SOURCE_LIVE] = DRILL_SHOWN_LIVE,
  };
  DrillSession *self = data;

  g_object_freeze_notify (G_OBJECT (self));
  drill_session_set_table (self, table);
  if (!self->adopted)
    {
      self->adopted = TRUE;
      g_clear_object (&self->fallback);
      drill_session_set_origin (self, shown[drill_source_get_kind (self->source)], drill_source_get_name (self->source));
      drill_session_set_wanted (self, "");
      drill_session_set_complete (self, FALSE);
      drill_session_set_fresh (self);
      drill_session_take_error (self, NULL);
      drill_session_update_gate (self);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
progress_cb (DrillLoader *loader,
             guint        n_items,
             gint64       total,
             gpointer     data)
{
  drill_session_set_progress (data, total > 0 ? MIN (1.0, (double) n_items / (double) total) : -1.0);
}

static void
load_succeeded (DrillSession *self,
                gboolean      complete)
{
  drill_session_set_complete (self, complete);
  drill_session_set_fresh (self);
  drill_session_take_error (self, complete ? NULL : g_error_new_literal (DRILL_ERROR, DRILL_ERROR_CONFLICT,
                                                                         "the history kept changing while it was read"));
  self->retry_ms = self->pauses.first_retry_ms;
  drill_session_schedule (self, drill_source_get_kind (self->source) == DRILL_SOURCE_LIVE ? self->pauses.refresh_ms : 0);
  if (complete)
    drill_session_claim_journal (self);
}

static void
load_failed (DrillSession *self,
             Question     *question,
             GError       *error) /* transfer full */
{
  gboolean cancelled = g_error_matches (error, DRILL_ERROR, DRILL_ERROR_CANCELLED);
  gboolean live = drill_source_get_kind (self->source) == DRILL_SOURCE_LIVE;
  gboolean retry = live && may_recover (error);

  if (cancelled && question->was_complete)
    {
      /* Only the look for news was given up: what is shown is what it was */
      g_error_free (error);
      drill_session_schedule (self, live ? self->pauses.refresh_ms : 0);
      return;
    }

  if (self->adopted && !question->was_complete)
    drill_session_set_complete (self, FALSE);
  if (self->adopted && live && !cancelled)
    drill_session_set_stale (self);
  drill_session_take_error (self, error);

  if (!self->anything && self->fallback == NULL)
    show_sample (self);

  if (retry)
    schedule_retry (self);
}

static void
load_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Question) question = user_data;
  DrillSession *self = question->session;
  GError *error = NULL;
  gboolean complete = FALSE;
  gboolean answered = drill_loader_load_finish (DRILL_LOADER (object), result, &complete, &error);

  if (!question_is_wanted (question))
    {
      g_clear_error (&error);
      return;
    }

  g_object_freeze_notify (G_OBJECT (self));
  if (answered)
    load_succeeded (self, complete);
  else if (!question_is_ours (question) && drill_session_will_reload (self))
    g_clear_error (&error);
  else
    load_failed (self, question, error);
  if (self->adopted)
    prepare_ids (self);
  question_done (question);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
session_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Question) question = user_data;
  g_autoptr(GBytes) bytes = drill_source_read_session_finish (DRILL_SOURCE (object), result, NULL);

  if (!question_is_wanted (question))
    return;

  /* Without an answer nobody knows who we are; the history's error says why */
  if (question_is_ours (question))
    drill_session_take_actor (question->session, bytes != NULL ? drill_actor_new_from_json (bytes, NULL) : NULL);
  question_done (question);
}

static void
dashboard_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Question) question = user_data;
  g_autoptr(GBytes) bytes = drill_source_read_dashboard_finish (DRILL_SOURCE (object), result, NULL);

  if (!question_is_wanted (question))
    return;

  if (question_is_ours (question))
    drill_session_take_counts (question->session,
                               bytes != NULL ? drill_server_counts_new_from_json (bytes, NULL) : NULL);
  question_done (question);
}

/* Starts a load, or leaves it to the one that is running */
void
drill_session_load (DrillSession *self)
{
  if (self->source == NULL || self->n_running > 0)
    return;

  drill_session_check_token (self);
  drill_session_schedule (self, 0);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  drill_session_set_progress (self, -1.0);

  drill_loader_load_async (self->loader, self->cancellable, load_cb, question_new (self));

  if (drill_source_get_kind (self->source) == DRILL_SOURCE_LIVE)
    {
      if (self->actor == NULL)
        drill_source_read_session_async (self->source, self->cancellable, session_cb, question_new (self));
      drill_source_read_dashboard_async (self->source, self->cancellable, dashboard_cb, question_new (self));
    }
}

/* Gives up the source: what it still answers is not heard */
void
drill_session_stop (DrillSession *self)
{
  gboolean was_running = self->n_running > 0;

  g_clear_signal_handler (&self->reload_handler, self);
  drill_session_schedule (self, 0);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_cancellable_cancel (self->ids_cancellable);
  g_clear_object (&self->ids_cancellable);
  for (gsize i = 0; i < G_N_ELEMENTS (self->handlers); i++)
    g_clear_signal_handler (&self->handlers[i], self->loader);
  drill_session_close_writer (self);
  g_clear_object (&self->loader);
  g_clear_object (&self->source);
  g_clear_object (&self->fallback);
  self->adopted = FALSE;
  drill_session_update_gate (self);
  self->n_running = 0;
  if (was_running)
    drill_session_notify (self, PROP_LOADING);
}

/* To a source of that name, which has not answered anything yet */
void
drill_session_turn (DrillSession *self,
                    const char   *name)
{
  /* Nobody asks the service any more whose evidence is still shown */
  if (self->anything && self->shown == DRILL_SHOWN_LIVE)
    drill_session_set_stale (self);
  drill_session_set_wanted (self, name);
  drill_session_take_error (self, NULL);
  drill_session_take_actor (self, NULL);
  drill_session_take_counts (self, NULL);
}

/* There is no source of that name, and why; what is shown stays */
void
drill_session_fail (DrillSession *self,
                    const char   *name,
                    GError       *error) /* transfer full */
{
  g_object_freeze_notify (G_OBJECT (self));

  drill_session_stop (self);
  drill_session_turn (self, name);
  drill_session_take_error (self, error);
  if (!self->anything)
    show_sample (self);

  g_object_thaw_notify (G_OBJECT (self));
}

void
drill_session_open (DrillSession *self,
                    DrillSource  *source)
{
  g_object_freeze_notify (G_OBJECT (self));

  drill_session_stop (self);
  self->source = g_object_ref (source);
  self->loader = drill_loader_new (source);
  self->handlers[0] = g_signal_connect_object (self->loader, "table", G_CALLBACK (table_cb), self, 0);
  self->handlers[1] = g_signal_connect_object (self->loader, "progress", G_CALLBACK (progress_cb), self, 0);
  self->retry_ms = self->pauses.first_retry_ms;

  if (drill_source_get_kind (source) != DRILL_SOURCE_LIVE)
    drill_session_leave_connection (self);
  drill_session_turn (self, drill_source_get_name (source));
  drill_session_open_writer (self);
  drill_session_load (self);

  g_object_thaw_notify (G_OBJECT (self));
}
