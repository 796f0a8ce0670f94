// SPDX-License-Identifier: GPL-3.0-or-later

/* How an acknowledgement operation is run: what is unknown is looked for, what is
 * pending is sent chunk by chunk, and whatever comes instead of an answer is
 * found out about before anything else is sent. */

#include "session/drill-ack-run-private.h"

#include "session/drill-operation-private.h"

/* The service may still be at work on what it did not answer: the history is read
 * until it says the same twice, and at most so often. */
#define MAX_REREADS 4

/* So many requests in a row without an answer, and with nothing recorded: the
 * rest would fare no better */
#define MAX_BARREN 2

static void go_on (GTask *task);
static void reread (GTask *task);

static void
run_free (DrillAckRun *run)
{
  g_array_unref (run->chunk);
  g_array_unref (run->unsaved);
  g_clear_error (&run->cause);
  g_clear_error (&run->journal_error);
  g_free (run);
}

/* Outcomes */

static gboolean
save_cb (gpointer data)
{
  DrillAckRun *run = g_task_get_task_data (data);

  run->save_id = 0;
  drill_ack_run_save (g_task_get_source_object (data), run);

  return G_SOURCE_REMOVE;
}

/* All of the chunk have an outcome */
static void
keep_outcomes (GTask *task)
{
  DrillAckOperation *self = g_task_get_source_object (task);
  DrillAckRun *run = g_task_get_task_data (task);

  for (guint i = 0; i < run->chunk->len; i++)
    drill_ack_run_take_note (self, run, g_array_index (run->chunk, guint, i));
  drill_ack_operation_update_progress (self);
  drill_operation_changed (DRILL_OPERATION (self));
}

/* The end of a run */

static void
settled_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DrillAckOperation *self = g_task_get_source_object (task);
  DrillAckRun *run = g_task_get_task_data (task);
  DrillOperationStatus status = DRILL_OPERATION_DONE;

  drill_writer_settle_finish (DRILL_WRITER (object), result, NULL);
  if (drill_ack_operation_count_open (self) > 0)
    status = drill_operation_has_begun (DRILL_OPERATION (self)) || run->cause != NULL ? DRILL_OPERATION_STOPPED
                                                                                     : DRILL_OPERATION_READY;

  drill_ack_list_look (self->list, drill_writer_get_evidence (DRILL_WRITER (object)));
  drill_ack_operation_update_progress (self);
  drill_operation_end (DRILL_OPERATION (self), status,
                       status == DRILL_OPERATION_STOPPED ? g_steal_pointer (&run->cause) : NULL);
  drill_operation_changed (DRILL_OPERATION (self));
  g_task_return_boolean (task, TRUE);
}

/* @error: (transfer full) (nullable): why it has not come to its end */
static void
end (GTask  *task,
     GError *error)
{
  DrillAckRun *run = g_task_get_task_data (task);
  DrillAckOperation *self = g_task_get_source_object (task);

  g_clear_error (&run->cause);
  run->cause = error;
  /* Of what is done nothing is kept */
  if (drill_ack_operation_count_open (self) > 0)
    drill_ack_run_retract (self, run);
  g_clear_handle_id (&run->save_id, g_source_remove);
  drill_writer_settle_async (drill_operation_get_writer (DRILL_OPERATION (self)), settled_cb, g_object_ref (task));
}

static gboolean
is_cancelled (GTask *task)
{
  return g_cancellable_is_cancelled (g_task_get_cancellable (task));
}

static void
end_cancelled (GTask *task)
{
  end (task, g_error_new_literal (DRILL_ERROR, DRILL_ERROR_CANCELLED, "cancelled"));
}

static void
set_all (GTask        *task,
         DrillOutcome  outcome,
         const GError *error)
{
  DrillAckOperation *self = g_task_get_source_object (task);
  DrillAckRun *run = g_task_get_task_data (task);

  for (guint i = 0; i < run->chunk->len; i++)
    drill_ack_list_set_outcome (self->list, g_array_index (run->chunk, guint, i), outcome, NULL,
                                error != NULL ? g_error_copy (error) : NULL);
  if (outcome == DRILL_OUTCOME_PENDING && run->chunk->len > 0)
    run->cursor = MIN (run->cursor, g_array_index (run->chunk, guint, 0));
  keep_outcomes (task);
}

/* Looking for what was sent */

static guint
count_found (DrillAckOperation *self,
             DrillAckRun       *run)
{
  guint n = 0;

  drill_ack_list_look (self->list, drill_writer_get_evidence (drill_operation_get_writer (DRILL_OPERATION (self))));
  drill_ack_list_match (self->list, self->state, self->reference);
  for (guint i = 0; i < run->chunk->len; i++)
    if (drill_ack_list_find_recorded (self->list, g_array_index (run->chunk, guint, i)) != NULL)
      n++;

  return n;
}

/* @cause: (transfer full) (nullable) */
static void
look_for (GTask        *task,
          DrillAckLook  look,
          GError       *cause)
{
  DrillOperation *self = g_task_get_source_object (task);
  DrillAckRun *run = g_task_get_task_data (task);

  run->look = look;
  run->n_rereads = 0;
  run->n_found = 0;
  g_clear_error (&run->cause);
  run->cause = cause;
  drill_operation_set_status (self, look == LOOK_FIRST ? DRILL_OPERATION_RUNNING : DRILL_OPERATION_CHECKING);
  reread (task);
}

static void
decide_entry (DrillAckOperation *self,
              DrillAckRun       *run,
              guint              i)
{
  DrillAckItem *item = &self->list->items[i];
  const char *found = drill_ack_list_find_recorded (self->list, i);

  item->doubtful = FALSE;
  if (found != NULL)
    {
      drill_ack_list_set_outcome (self->list, i, DRILL_OUTCOME_RECORDED, found, NULL);
      return;
    }

  switch (run->look)
    {
    case LOOK_LOST:
    case LOOK_ANSWERED:
      /* All the same it may come late: it is looked for once more before it is sent again */
      item->doubtful = TRUE;
      drill_ack_list_set_outcome (self->list, i, DRILL_OUTCOME_FAILED, NULL,
                                  g_error_new (DRILL_ERROR, run->cause->code, "not recorded: %s", run->cause->message));
      break;

    case LOOK_REFUSED:
      item->alone = TRUE;
      drill_ack_list_set_outcome (self->list, i, DRILL_OUTCOME_PENDING, NULL, NULL);
      break;

    case LOOK_FIRST:
    case LOOK_UNKNOWN:
    case LOOK_FORBIDDEN:
    default:
      drill_ack_list_set_outcome (self->list, i, DRILL_OUTCOME_PENDING, NULL, NULL);
      break;
    }
}

/* The history is known: what is not in it was not recorded */
static void
decide (GTask *task)
{
  DrillAckOperation *self = g_task_get_source_object (task);
  DrillAckRun *run = g_task_get_task_data (task);

  for (guint i = 0; i < run->chunk->len; i++)
    decide_entry (self, run, g_array_index (run->chunk, guint, i));
  if (run->chunk->len > 0)
    run->cursor = MIN (run->cursor, g_array_index (run->chunk, guint, 0));
  keep_outcomes (task);
  /* Others have written meanwhile: what is known by now is not what was known before */
  drill_ack_run_retract (self, run);

  run->n_barren = run->look == LOOK_LOST && run->n_found == 0 ? run->n_barren + 1 : 0;
  if (run->look == LOOK_FORBIDDEN || (run->n_barren >= MAX_BARREN && drill_ack_operation_count_open (self) > 0))
    end (task, g_steal_pointer (&run->cause));
  else
    go_on (task);
}

static void
pause_before_reread_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (drill_operation_pause_finish (DRILL_OPERATION (object), result, &error))
    {
      reread (task);
      return;
    }

  set_all (task, DRILL_OUTCOME_UNKNOWN, NULL);
  end (task, error);
}

static void
reread_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DrillAckOperation *self = g_task_get_source_object (task);
  DrillAckRun *run = g_task_get_task_data (task);
  GError *error = NULL;
  guint n_found;

  if (!drill_writer_reread_finish (DRILL_WRITER (object), result, &error))
    {
      /* A history that is never at rest is known well enough to begin with */
      if (run->look == LOOK_FIRST && g_error_matches (error, DRILL_ERROR, DRILL_ERROR_CONFLICT))
        {
          g_clear_error (&error);
          go_on (task);
          return;
        }

      if (run->chunk->len > 0)
        set_all (task, DRILL_OUTCOME_UNKNOWN, NULL);
      end (task, error);
      return;
    }

  n_found = count_found (self, run);
  run->n_rereads++;
  /* A refusal is an answer: the service has ended */
  if (n_found == run->chunk->len || run->look == LOOK_REFUSED || run->look == LOOK_FORBIDDEN ||
      (run->n_rereads > 1 && n_found == run->n_found))
    {
      run->n_found = n_found;
      decide (task);
    }
  else if (run->n_rereads < MAX_REREADS)
    {
      run->n_found = n_found;
      drill_operation_pause_async (DRILL_OPERATION (self), drill_operation_get_pauses (DRILL_OPERATION (self))->settle_ms,
                                   g_task_get_cancellable (task), pause_before_reread_cb, g_object_ref (task));
    }
  else
    {
      /* The service is still at it */
      set_all (task, DRILL_OUTCOME_UNKNOWN, NULL);
      end (task, run->cause != NULL ? g_steal_pointer (&run->cause)
                                    : g_error_new_literal (DRILL_ERROR, DRILL_ERROR_CONFLICT, "the service is still at work"));
    }
}

static void
reread (GTask *task)
{
  DrillOperation *self = g_task_get_source_object (task);

  drill_writer_reread_async (drill_operation_get_writer (self), g_task_get_cancellable (task),
                             reread_cb, g_object_ref (task));
}

/* Sending */

/* The service answered that it has done it: each entry is in the answer's items */
static void
take_answer (GTask     *task,
             DrillPage *page)
{
  DrillAckOperation *self = g_task_get_source_object (task);
  DrillAckRun *run = g_task_get_task_data (task);
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autoptr(GArray) missing = g_array_new (FALSE, FALSE, sizeof (guint));
  const DrillAck *acks;
  const DrillItem *items;
  const guint32 *providers;

  drill_evidence_builder_add (builder, page, NULL, NULL);
  evidence = drill_evidence_builder_snapshot (builder);
  acks = drill_evidence_get_acks (evidence);
  items = drill_evidence_get_items (evidence);
  providers = drill_evidence_get_item_providers (evidence);
  for (guint a = 0; a < drill_evidence_get_n_acks (evidence); a++)
    {
      const DrillItem *item = &items[acks[a].item];
      guint i;

      if (acks[a].pair == DRILL_NONE || item->n_providers == 0)
        continue;

      i = drill_ack_list_find (self->list, drill_evidence_get_text (evidence, DRILL_DICT_SCHEDULE, item->schedule),
                               drill_evidence_get_text (evidence, DRILL_DICT_PROVIDER, providers[item->first_provider]));
      if (i != DRILL_NONE && self->list->items[i].outcome == DRILL_OUTCOME_SENT)
        drill_ack_list_set_outcome (self->list, i, DRILL_OUTCOME_RECORDED,
                                    drill_evidence_get_text (evidence, DRILL_DICT_TEXT, acks[a].id), NULL);
    }

  for (guint c = 0; c < run->chunk->len; c++)
    {
      guint i = g_array_index (run->chunk, guint, c);

      if (self->list->items[i].outcome == DRILL_OUTCOME_SENT)
        g_array_append_val (missing, i);
    }

  run->n_barren = 0;
  keep_outcomes (task);
  if (missing->len == 0)
    {
      go_on (task);
      return;
    }

  g_array_unref (run->chunk);
  run->chunk = g_steal_pointer (&missing);
  look_for (task, LOOK_ANSWERED, g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_REPLY,
                                                      "the service's answer does not name it"));
}

static void
pause_when_busy_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (drill_operation_pause_finish (DRILL_OPERATION (object), result, &error))
    go_on (task);
  else
    end (task, error);
}

/* @error: (transfer full) */
static void
wait_when_busy (GTask  *task,
                gint64  retry_after_ms,
                GError *error)
{
  DrillOperation *self = g_task_get_source_object (task);
  DrillAckRun *run = g_task_get_task_data (task);
  const DrillOperationPauses *pauses = drill_operation_get_pauses (self);
  gint64 ms = retry_after_ms >= 0 ? retry_after_ms : (gint64) pauses->busy_ms << MIN (run->n_busy, 16);

  set_all (task, DRILL_OUTCOME_PENDING, NULL);
  /* A service that wants to be left alone for longer than anybody waits is left alone */
  if (run->n_busy >= pauses->n_busy || retry_after_ms > (gint64) pauses->max_busy_ms)
    {
      end (task, error);
      return;
    }

  g_error_free (error);
  run->n_busy++;
  drill_operation_set_status (self, DRILL_OPERATION_WAITING);
  drill_operation_pause_async (self, (guint) MIN (ms, (gint64) pauses->max_busy_ms), g_task_get_cancellable (task),
                               pause_when_busy_cb, g_object_ref (task));
}

/* Whether the service has looked at the request and refuses it as it is */
static gboolean
is_refusal (const GError *error)
{
  return error->code == DRILL_ERROR_REJECTED || error->code == DRILL_ERROR_NOT_FOUND ||
         error->code == DRILL_ERROR_CONFLICT;
}

/* @error: (transfer full) */
static void
take_failure (GTask                   *task,
              const DrillWriteFailure *failure,
              GError                  *error)
{
  DrillAckRun *run = g_task_get_task_data (task);
  g_autoptr(GError) reason = error;
  gboolean single = run->chunk->len == 1;

  if (error->code == DRILL_ERROR_BUSY)
    {
      wait_when_busy (task, failure->retry_after_ms, g_steal_pointer (&reason));
      return;
    }

  run->n_busy = 0;
  if (error->code == DRILL_ERROR_AUTH_REQUIRED || error->code == DRILL_ERROR_READ_ONLY)
    {
      set_all (task, DRILL_OUTCOME_PENDING, NULL);
      end (task, g_steal_pointer (&reason));
    }
  else if (is_refusal (error) && single && !failure->maybe_done)
    {
      set_all (task, DRILL_OUTCOME_FAILED, error);
      run->n_barren = 0;
      go_on (task);
    }
  else if (is_refusal (error) && !single)
    {
      look_for (task, LOOK_REFUSED, g_steal_pointer (&reason));
    }
  else if (failure->maybe_done)
    {
      look_for (task, error->code == DRILL_ERROR_FORBIDDEN ? LOOK_FORBIDDEN : LOOK_LOST, g_steal_pointer (&reason));
    }
  else
    {
      /* Forbidden, offline, a certificate: the rest would fare no better */
      set_all (task, DRILL_OUTCOME_PENDING, NULL);
      end (task, g_steal_pointer (&reason));
    }
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DrillAckRun *run = g_task_get_task_data (task);
  DrillWriteFailure failure;
  GError *error = NULL;
  g_autoptr(DrillPage) items = drill_writer_send_dup_items (DRILL_WRITER (object), result);
  g_autoptr(GBytes) answer = drill_writer_send_finish (DRILL_WRITER (object), result, &failure, &error);

  if (answer == NULL)
    {
      take_failure (task, &failure, error);
      return;
    }

  run->n_busy = 0;
  take_answer (task, items);
}

static void
send_chunk (GTask *task)
{
  DrillAckOperation *self = g_task_get_source_object (task);
  DrillAckRun *run = g_task_get_task_data (task);
  g_autoptr(DrillWrite) write = NULL;
  GError *error = NULL;

  if (!drill_ack_run_announce (self, run, &error))
    {
      end (task, error);
      return;
    }

  for (guint i = 0; i < run->chunk->len; i++)
    drill_ack_list_set_outcome (self->list, g_array_index (run->chunk, guint, i), DRILL_OUTCOME_SENT, NULL, NULL);
  drill_operation_set_status (DRILL_OPERATION (self), DRILL_OPERATION_RUNNING);
  drill_operation_changed (DRILL_OPERATION (self));

  write = drill_ack_run_make_write (self, run);
  drill_writer_send_async (drill_operation_get_writer (DRILL_OPERATION (self)), write, NULL, sent_cb, g_object_ref (task));

  /* When it has left: while the service works on it there is time for the disk */
  if (run->unsaved->len > 0 && run->save_id == 0)
    run->save_id = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, save_cb, g_object_ref (task), g_object_unref);
}

/* What there is to do next */
static void
go_on (GTask *task)
{
  DrillAckOperation *self = g_task_get_source_object (task);
  DrillAckRun *run = g_task_get_task_data (task);
  DrillWriter *writer = drill_operation_get_writer (DRILL_OPERATION (self));

  if (run->check_only || run->journal_error != NULL || drill_ack_operation_count_open (self) == 0)
    end (task, g_steal_pointer (&run->journal_error));
  else if (is_cancelled (task))
    end_cancelled (task);
  else if (drill_writer_get_read_only (writer)) /* which would refuse it; so nothing comes into the journal */
    end (task, g_error_new_literal (DRILL_ERROR, DRILL_ERROR_READ_ONLY, "the connection is for reading only"));
  else if (!run->looked && !drill_writer_knows_all (writer))
    {
      run->looked = TRUE;
      g_array_set_size (run->chunk, 0);
      look_for (task, LOOK_FIRST, NULL);
    }
  else
    {
      drill_ack_run_fill_chunk (self, run);
      if (run->chunk->len > 0)
        send_chunk (task);
      else
        end (task, NULL);
    }
}

void
drill_ack_operation_start (DrillAckOperation   *self,
                           gboolean             check_only,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  DrillAckRun *run = g_new0 (DrillAckRun, 1);

  g_task_set_source_tag (task, drill_ack_operation_start);
  g_task_set_check_cancellable (task, FALSE);
  run->check_only = check_only;
  run->chunk = g_array_new (FALSE, FALSE, sizeof (guint));
  run->unsaved = g_array_new (FALSE, FALSE, sizeof (guint));
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);

  drill_ack_run_fill_unknown (self, run);
  run->looked = run->chunk->len > 0;
  if (run->looked)
    look_for (task, LOOK_UNKNOWN, NULL);
  else
    go_on (task);
}
