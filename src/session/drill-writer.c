// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-writer.h"

#include "base/drill-time.h"
#include "sources/drill-write-answer.h"

/* Making a snapshot takes as long as the evidence is large: while one chunk of a
 * bulk follows the other, it is shown now and then. */
#define PUBLISH_EACH (300 * G_TIME_SPAN_MILLISECOND)

struct _DrillWriter
{
  GObject parent_instance;

  DrillSource *source;
  DrillLoader *loader;
  DrillJournal *journal;
  DrillClock *clock;
  char *actor;
  char *id;
  DrillJournalLock *lock;    /* (nullable): that all its operations run under */
  gint64 token_expiry;       /* µs UTC */
  gboolean actor_unknown;
  gboolean read_only;
  gboolean has_written;
  gint64 published_at;       /* monotonic, µs */
  GCancellable *cancellable; /* cancelled when it is closed */
};

G_DEFINE_FINAL_TYPE (DrillWriter, drill_writer, G_TYPE_OBJECT)

typedef struct {
  DrillWriteKind kind;
  DrillWriteFailure failure;
  GBytes *answer;
  DrillPage *items;
} Send;

static void
send_free (Send *send)
{
  g_clear_pointer (&send->answer, g_bytes_unref);
  g_clear_pointer (&send->items, drill_page_unref);
  g_free (send);
}

static void
drill_writer_dispose (GObject *object)
{
  drill_writer_close (DRILL_WRITER (object));

  G_OBJECT_CLASS (drill_writer_parent_class)->dispose (object);
}

static void
drill_writer_finalize (GObject *object)
{
  DrillWriter *self = DRILL_WRITER (object);

  g_clear_object (&self->source);
  g_clear_object (&self->loader);
  g_clear_object (&self->journal);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->lock);
  g_free (self->actor);
  g_free (self->id);

  G_OBJECT_CLASS (drill_writer_parent_class)->finalize (object);
}

static void
drill_writer_class_init (DrillWriterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = drill_writer_dispose;
  object_class->finalize = drill_writer_finalize;
}

static void
drill_writer_init (DrillWriter *self)
{
  self->cancellable = g_cancellable_new ();
  self->id = g_uuid_string_random ();
  self->token_expiry = DRILL_TIME_UNKNOWN;
}

DrillWriter *
drill_writer_new (DrillSource  *source,
                  DrillLoader  *loader,
                  DrillJournal *journal,
                  DrillClock   *clock)
{
  DrillWriter *self;

  g_return_val_if_fail (DRILL_IS_SOURCE (source), NULL);
  g_return_val_if_fail (DRILL_IS_LOADER (loader), NULL);
  g_return_val_if_fail (DRILL_IS_CLOCK (clock), NULL);

  self = g_object_new (DRILL_TYPE_WRITER, NULL);
  self->source = g_object_ref (source);
  self->loader = g_object_ref (loader);
  g_set_object (&self->journal, journal);
  self->clock = g_object_ref (clock);

  return self;
}

gboolean
drill_writer_is_simulation (DrillWriter *self)
{
  g_return_val_if_fail (DRILL_IS_WRITER (self), TRUE);

  return drill_source_get_kind (self->source) != DRILL_SOURCE_LIVE;
}

const char *
drill_writer_get_origin (DrillWriter *self)
{
  g_return_val_if_fail (DRILL_IS_WRITER (self), "");

  return drill_source_get_name (self->source);
}

DrillJournal *
drill_writer_get_journal (DrillWriter *self)
{
  g_return_val_if_fail (DRILL_IS_WRITER (self), NULL);

  return self->journal;
}

DrillClock *
drill_writer_get_clock (DrillWriter *self)
{
  g_return_val_if_fail (DRILL_IS_WRITER (self), NULL);

  return self->clock;
}

DrillEvidence *
drill_writer_get_evidence (DrillWriter *self)
{
  DrillRouteTable *table;

  g_return_val_if_fail (DRILL_IS_WRITER (self), NULL);

  table = drill_loader_get_table (self->loader);

  return table != NULL ? drill_route_table_get_evidence (table) : NULL;
}

gboolean
drill_writer_knows_all (DrillWriter *self)
{
  g_return_val_if_fail (DRILL_IS_WRITER (self), FALSE);

  return drill_loader_knows_all (self->loader);
}

void
drill_writer_set_actor (DrillWriter *self,
                        const char  *verified)
{
  g_return_if_fail (DRILL_IS_WRITER (self));

  if (verified != NULL && *verified == '\0')
    verified = NULL;
  if (g_strcmp0 (self->actor, verified) == 0)
    return;

  g_free (self->actor);
  self->actor = g_strdup (verified);
}

const char *
drill_writer_get_actor (DrillWriter *self)
{
  g_return_val_if_fail (DRILL_IS_WRITER (self), NULL);

  return self->actor;
}

void
drill_writer_set_actor_known (DrillWriter *self,
                              gboolean     known)
{
  g_return_if_fail (DRILL_IS_WRITER (self));

  self->actor_unknown = !known;
}

const char *
drill_writer_get_recorded_as (DrillWriter *self,
                              const char  *sent)
{
  g_return_val_if_fail (DRILL_IS_WRITER (self), "");

  if (self->actor != NULL)
    return self->actor;

  return self->actor_unknown || sent == NULL ? "" : sent;
}

void
drill_writer_set_read_only (DrillWriter *self,
                            gboolean     read_only)
{
  g_return_if_fail (DRILL_IS_WRITER (self));

  self->read_only = read_only;
}

gboolean
drill_writer_get_read_only (DrillWriter *self)
{
  g_return_val_if_fail (DRILL_IS_WRITER (self), TRUE);

  return self->read_only;
}

void
drill_writer_set_token_expiry (DrillWriter *self,
                               gint64       expires_at)
{
  g_return_if_fail (DRILL_IS_WRITER (self));

  self->token_expiry = expires_at;
}

gboolean
drill_writer_take_lock (DrillWriter       *self,
                        DrillJournalLock  *lock,
                        GError           **error)
{
  g_return_val_if_fail (DRILL_IS_WRITER (self), FALSE);
  g_return_val_if_fail (DRILL_IS_JOURNAL_LOCK (lock), FALSE);

  if (!drill_journal_lock_sign (lock, self->id, error))
    return FALSE;

  g_set_object (&self->lock, lock);

  return TRUE;
}

gboolean
drill_writer_has_lock (DrillWriter *self)
{
  g_return_val_if_fail (DRILL_IS_WRITER (self), FALSE);

  return self->lock != NULL;
}

const char *
drill_writer_get_id (DrillWriter *self)
{
  g_return_val_if_fail (DRILL_IS_WRITER (self), "");

  return self->id;
}

GCancellable *
drill_writer_get_cancellable (DrillWriter *self)
{
  g_return_val_if_fail (DRILL_IS_WRITER (self), NULL);

  return self->cancellable;
}

/**
 * drill_writer_close:
 * @self: a writer
 *
 * Nothing leaves any more. What is on its way is waited for by who sent it; a
 * reading of the history is given up.
 */
void
drill_writer_close (DrillWriter *self)
{
  g_return_if_fail (DRILL_IS_WRITER (self));

  g_cancellable_cancel (self->cancellable);
}

gboolean
drill_writer_has_written (DrillWriter *self)
{
  g_return_val_if_fail (DRILL_IS_WRITER (self), FALSE);

  return self->has_written;
}

static void
added_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Send *send = g_task_get_task_data (task);
  GError *error = NULL;

  if (drill_loader_add_finish (DRILL_LOADER (object), result, &error))
    {
      g_task_return_pointer (task, g_steal_pointer (&send->answer), (GDestroyNotify) g_bytes_unref);
      return;
    }

  /* It answered that it is done, and with what cannot be read */
  send->failure.maybe_done = TRUE;
  error->code = DRILL_ERROR_BAD_REPLY;
  g_task_return_error (task, error);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DrillWriter *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);
  GError *error = NULL;
  gint64 now = g_get_monotonic_time ();
  gboolean publish;

  send->answer = drill_source_write_finish (DRILL_SOURCE (object), result, &send->failure, &error);
  if (send->answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  self->has_written = TRUE;
  send->items = drill_write_answer_dup_items (send->answer, &error);
  if (send->items == NULL)
    {
      send->failure.maybe_done = TRUE;
      error->code = DRILL_ERROR_BAD_REPLY;
      g_task_return_error (task, error);
      return;
    }

  publish = send->kind != DRILL_WRITE_BULK || now - self->published_at >= PUBLISH_EACH;
  if (publish)
    self->published_at = now;

  if (send->kind != DRILL_WRITE_BULK)
    {
      drill_loader_add_async (self->loader, send->items, publish, added_cb, g_steal_pointer (&task));
      return;
    }

  /* The next chunk does not wait for it: it has been read once and found to be evidence */
  drill_loader_add_async (self->loader, send->items, publish, NULL, NULL);
  g_task_return_pointer (task, g_steal_pointer (&send->answer), (GDestroyNotify) g_bytes_unref);
}

gboolean
drill_writer_check (DrillWriter  *self,
                    GError      **error)
{
  g_autofree char *when = NULL;

  g_return_val_if_fail (DRILL_IS_WRITER (self), FALSE);

  if (self->read_only)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_READ_ONLY, "the connection is for reading only");
      return FALSE;
    }
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_CANCELLED, "cancelled");
      return FALSE;
    }
  if (self->token_expiry == DRILL_TIME_UNKNOWN || drill_clock_now (self->clock) < self->token_expiry)
    return TRUE;

  when = drill_time_format (self->token_expiry);
  g_set_error (error, DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED, "the token expired at %s", when);

  return FALSE;
}

void
drill_writer_send_async (DrillWriter         *self,
                         DrillWrite          *write,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;
  Send *send;

  g_return_if_fail (DRILL_IS_WRITER (self));
  g_return_if_fail (write != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, drill_writer_send_async);
  /* What has left is waited for, and its answer counts */
  g_task_set_check_cancellable (task, FALSE);
  send = g_new0 (Send, 1);
  send->kind = drill_write_get_kind (write);
  send->failure.retry_after_ms = -1;
  g_task_set_task_data (task, send, (GDestroyNotify) send_free);

  if (!drill_writer_check (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_task_return_new_error (task, DRILL_ERROR, DRILL_ERROR_CANCELLED, "cancelled");
      return;
    }

  drill_source_write_async (self->source, write, NULL, written_cb, g_steal_pointer (&task));
}

DrillPage *
drill_writer_send_dup_items (DrillWriter  *self,
                             GAsyncResult *result)
{
  Send *send;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  send = g_task_get_task_data (G_TASK (result));

  return send->items != NULL ? drill_page_ref (send->items) : NULL;
}

GBytes *
drill_writer_send_finish (DrillWriter        *self,
                          GAsyncResult       *result,
                          DrillWriteFailure  *failure,
                          GError            **error)
{
  Send *send;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  send = g_task_get_task_data (G_TASK (result));
  if (failure != NULL)
    *failure = send->failure;

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
settled_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (drill_loader_add_finish (DRILL_LOADER (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
drill_writer_settle_async (DrillWriter         *self,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (DRILL_IS_WRITER (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, drill_writer_settle_async);
  /* Behind what is being added; and it shows it unless that is shown already */
  drill_loader_add_async (self->loader, NULL, TRUE, settled_cb, g_steal_pointer (&task));
}

gboolean
drill_writer_settle_finish (DrillWriter   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct {
  GCancellable *cancellable; /* of the load: the caller's and the writer's */
  gulong caller_id;
  gulong closed_id;
} Reread;

static void
reread_free (Reread *reread)
{
  g_object_unref (reread->cancellable);
  g_free (reread);
}

static void
cancel_cb (GCancellable *cancellable,
           gpointer      data)
{
  g_cancellable_cancel (data);
}

static void
reread_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DrillWriter *self = g_task_get_source_object (task);
  Reread *reread = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean complete;

  g_cancellable_disconnect (g_task_get_cancellable (task), reread->caller_id);
  g_cancellable_disconnect (self->cancellable, reread->closed_id);
  if (!drill_loader_load_finish (DRILL_LOADER (object), result, &complete, &error))
    g_task_return_error (task, error);
  else if (!complete)
    g_task_return_new_error (task, DRILL_ERROR, DRILL_ERROR_CONFLICT, "the history kept changing while it was read");
  else
    g_task_return_boolean (task, TRUE);
}

void
drill_writer_reread_async (DrillWriter         *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Reread *reread;

  g_return_if_fail (DRILL_IS_WRITER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, drill_writer_reread_async);
  /* The loader names a cancellation as one of our errors */
  g_task_set_check_cancellable (task, FALSE);
  reread = g_new0 (Reread, 1);
  reread->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, reread, (GDestroyNotify) reread_free);

  if (cancellable != NULL)
    reread->caller_id = g_cancellable_connect (cancellable, G_CALLBACK (cancel_cb),
                                               g_object_ref (reread->cancellable), g_object_unref);
  reread->closed_id = g_cancellable_connect (self->cancellable, G_CALLBACK (cancel_cb),
                                             g_object_ref (reread->cancellable), g_object_unref);

  drill_loader_load_async (self->loader, reread->cancellable, reread_cb, g_steal_pointer (&task));
}

gboolean
drill_writer_reread_finish (DrillWriter   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
