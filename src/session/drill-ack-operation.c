// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-ack-operation.h"

#include "session/drill-ack-private.h"
#include "session/drill-operation-private.h"

G_DEFINE_FINAL_TYPE (DrillAckOperation, drill_ack_operation, DRILL_TYPE_OPERATION)

guint
drill_ack_operation_count_open (DrillAckOperation *self)
{
  return self->list->counts[DRILL_OUTCOME_PENDING] + self->list->counts[DRILL_OUTCOME_SENT] +
         self->list->counts[DRILL_OUTCOME_UNKNOWN];
}

void
drill_ack_operation_update_progress (DrillAckOperation *self)
{
  guint n = self->list->n_items;

  drill_operation_set_progress (DRILL_OPERATION (self), n > 0 ? (double) (n - drill_ack_operation_count_open (self)) / n : 1.0);
}

static void
drill_ack_operation_run_async (DrillOperation      *operation,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  drill_ack_operation_start (DRILL_ACK_OPERATION (operation), FALSE, cancellable, callback, user_data);
}

static void
drill_ack_operation_check_async (DrillOperation      *operation,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  drill_ack_operation_start (DRILL_ACK_OPERATION (operation), TRUE, cancellable, callback, user_data);
}

static gboolean
drill_ack_operation_run_finish (DrillOperation  *operation,
                                GAsyncResult    *result,
                                GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, operation), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
drill_ack_operation_finalize (GObject *object)
{
  DrillAckOperation *self = DRILL_ACK_OPERATION (object);

  g_clear_pointer (&self->list, drill_ack_list_free);
  g_free (self->state);
  g_free (self->actor);
  g_free (self->reference);
  g_free (self->notes);

  G_OBJECT_CLASS (drill_ack_operation_parent_class)->finalize (object);
}

static void
drill_ack_operation_class_init (DrillAckOperationClass *klass)
{
  DrillOperationClass *operation_class = DRILL_OPERATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = drill_ack_operation_finalize;
  operation_class->run_async = drill_ack_operation_run_async;
  operation_class->run_finish = drill_ack_operation_run_finish;
  operation_class->check_async = drill_ack_operation_check_async;
}

static void
drill_ack_operation_init (DrillAckOperation *self)
{
  self->actor = g_strdup ("");
  self->reference = g_strdup ("");
  self->notes = g_strdup ("");
}

static DrillAckOperation *
new_operation (DrillWriter       *writer,
               DrillJournalEntry *entry,
               DrillAckList      *list,
               const char        *state)
{
  DrillAckOperation *self = g_object_new (DRILL_TYPE_ACK_OPERATION, NULL);

  drill_operation_set_up (DRILL_OPERATION (self), writer, entry);
  self->list = list;
  self->state = g_strdup (state);
  drill_ack_operation_update_progress (self);

  return self;
}

DrillAckOperation *
drill_ack_operation_new_for_routes (DrillWriter   *writer,
                                    DrillEvidence *evidence,
                                    const guint32 *routes,
                                    guint          n_routes,
                                    const char    *state)
{
  DrillAckList *list;

  g_return_val_if_fail (DRILL_IS_WRITER (writer), NULL);
  g_return_val_if_fail (evidence != NULL && state != NULL, NULL);

  list = drill_ack_list_new_for_routes (evidence, routes, n_routes);
  drill_ack_list_look (list, drill_writer_get_evidence (writer));

  return new_operation (writer, NULL, list, state);
}

DrillAckOperation *
drill_ack_operation_new_for_target (DrillWriter          *writer,
                                    const DrillAckTarget *target,
                                    const char           *state)
{
  DrillAckList *list;
  DrillEvidence *evidence;

  g_return_val_if_fail (DRILL_IS_WRITER (writer), NULL);
  g_return_val_if_fail (target != NULL && state != NULL, NULL);

  list = drill_ack_list_new (1);
  drill_ack_list_set_item (list, 0, target->schedule_id, target->provider, target->plan_id, NULL, NULL);
  evidence = drill_writer_get_evidence (writer);
  if (evidence != NULL)
    {
      drill_ack_list_look (list, evidence);
      list->items[0].state_shown =
        drill_ack_list_keep (list, drill_evidence_get_text (evidence, DRILL_DICT_STATE, drill_ack_list_get_state (list, 0)));
    }

  return new_operation (writer, NULL, list, state);
}

DrillAckOperation *
drill_ack_operation_new_from_journal (DrillWriter        *writer,
                                      DrillJournalEntry  *entry,
                                      GError            **error)
{
  DrillAckOperation *self;
  DrillAckTerms terms;
  DrillAckList *list;

  g_return_val_if_fail (DRILL_IS_WRITER (writer), NULL);
  g_return_val_if_fail (DRILL_IS_JOURNAL_ENTRY (entry), NULL);

  list = drill_ack_journal_read (entry, &terms, error);
  if (list == NULL)
    return NULL;

  drill_ack_list_look (list, drill_writer_get_evidence (writer));
  self = new_operation (writer, entry, list, terms.state);
  drill_ack_operation_set_note (self, terms.actor, terms.reference, terms.notes);

  return self;
}

static void
take_text (char       **place,
           const char  *text,
           gboolean     strip)
{
  char *copy = g_strdup (text != NULL ? text : "");

  g_free (*place);
  *place = strip ? g_strstrip (copy) : copy;
}

void
drill_ack_operation_set_note (DrillAckOperation *self,
                              const char        *actor,
                              const char        *reference,
                              const char        *notes)
{
  g_return_if_fail (DRILL_IS_ACK_OPERATION (self));
  g_return_if_fail (!drill_operation_is_active (DRILL_OPERATION (self)));

  take_text (&self->actor, actor, TRUE);
  take_text (&self->reference, reference, TRUE);
  take_text (&self->notes, notes, FALSE);
  /* Other acknowledgements have that reference */
  drill_ack_list_forget_matches (self->list);
}

const char *
drill_ack_operation_get_state (DrillAckOperation *self)
{
  g_return_val_if_fail (DRILL_IS_ACK_OPERATION (self), "");

  return self->state;
}

/**
 * drill_ack_operation_get_actor:
 * @self: an operation
 *
 * Returns: who will be recorded: whom the service has verified, else who was
 *   given; "" when neither is known
 */
const char *
drill_ack_operation_get_actor (DrillAckOperation *self)
{
  const char *verified;

  g_return_val_if_fail (DRILL_IS_ACK_OPERATION (self), "");

  verified = drill_writer_get_actor (drill_operation_get_writer (DRILL_OPERATION (self)));

  return verified != NULL ? verified : self->actor;
}

const char *
drill_ack_operation_get_reference (DrillAckOperation *self)
{
  g_return_val_if_fail (DRILL_IS_ACK_OPERATION (self), "");

  return self->reference;
}

const char *
drill_ack_operation_get_notes (DrillAckOperation *self)
{
  g_return_val_if_fail (DRILL_IS_ACK_OPERATION (self), "");

  return self->notes;
}

guint
drill_ack_operation_get_n_entries (DrillAckOperation *self)
{
  g_return_val_if_fail (DRILL_IS_ACK_OPERATION (self), 0);

  return self->list->n_items;
}

void
drill_ack_operation_get_entry (DrillAckOperation *self,
                               guint              i,
                               DrillAckEntry     *entry)
{
  const DrillAckItem *item;
  guint32 shown;

  g_return_if_fail (DRILL_IS_ACK_OPERATION (self));
  g_return_if_fail (i < self->list->n_items);

  item = &self->list->items[i];
  shown = self->list->evidence != NULL
          ? drill_evidence_find_text (self->list->evidence, DRILL_DICT_STATE, item->state_shown)
          : DRILL_NONE;
  *entry = (DrillAckEntry) {
    .schedule_id = item->schedule_id,
    .provider = item->provider,
    .plan_id = item->plan_id,
    .owners = item->owners,
    .n_routes = item->n_routes,
    .n_others = item->n_others,
    .state_shown = shown != DRILL_NONE ? shown : DRILL_STATE_OUTSTANDING,
    .state_now = drill_ack_list_get_state (self->list, i),
    .predates = drill_ack_list_get_predates (self->list, i),
    .outcome = item->outcome,
    .ack_id = item->ack_id,
    .error = item->error,
  };
}

const guint32 *
drill_ack_operation_get_routes (DrillAckOperation *self,
                                guint              i,
                                guint             *n_routes)
{
  g_return_val_if_fail (DRILL_IS_ACK_OPERATION (self), NULL);
  g_return_val_if_fail (i < self->list->n_items, NULL);

  if (n_routes != NULL)
    *n_routes = self->list->routes != NULL ? self->list->items[i].n_routes : 0;

  return self->list->routes != NULL ? self->list->routes + self->list->items[i].first_route : NULL;
}

guint
drill_ack_operation_get_n_left_out (DrillAckOperation *self)
{
  g_return_val_if_fail (DRILL_IS_ACK_OPERATION (self), 0);

  return self->list->n_left_out;
}

guint
drill_ack_operation_count (DrillAckOperation *self,
                           DrillOutcome       outcome)
{
  g_return_val_if_fail (DRILL_IS_ACK_OPERATION (self), 0);
  g_return_val_if_fail (outcome < DRILL_N_OUTCOMES, 0);

  return self->list->counts[outcome];
}

/**
 * drill_ack_operation_get_n_chunks:
 * @self: an operation
 *
 * Returns: how many requests it takes when all goes well and nothing is skipped
 */
guint
drill_ack_operation_get_n_chunks (DrillAckOperation *self)
{
  g_return_val_if_fail (DRILL_IS_ACK_OPERATION (self), 0);

  return (self->list->n_items + DRILL_WRITE_MAX_ROUTES - 1) / DRILL_WRITE_MAX_ROUTES;
}

void
drill_ack_operation_retry_failed (DrillAckOperation *self)
{
  g_return_if_fail (DRILL_IS_ACK_OPERATION (self));
  g_return_if_fail (!drill_operation_is_active (DRILL_OPERATION (self)));

  for (guint i = 0; i < self->list->n_items; i++)
    if (self->list->items[i].outcome == DRILL_OUTCOME_FAILED)
      drill_ack_list_set_outcome (self->list, i, DRILL_OUTCOME_PENDING, NULL, NULL);

  if (drill_operation_get_status (DRILL_OPERATION (self)) == DRILL_OPERATION_DONE && drill_ack_operation_count_open (self) > 0)
    drill_operation_set_status (DRILL_OPERATION (self), DRILL_OPERATION_READY);
  drill_ack_operation_update_progress (self);
  drill_operation_changed (DRILL_OPERATION (self));
}

static void
updated_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DrillAckOperation *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!drill_writer_reread_finish (DRILL_WRITER (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  drill_ack_list_look (self->list, drill_writer_get_evidence (DRILL_WRITER (object)));
  drill_operation_changed (DRILL_OPERATION (self));
  g_task_return_boolean (task, TRUE);
}

/**
 * drill_ack_operation_update_async:
 * @self: an operation
 * @cancellable: (nullable): to give up
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * Reads the history again, for the `state_now` of each entry. In a simulation
 * nobody else changes anything, and nothing is read.
 */
void
drill_ack_operation_update_async (DrillAckOperation   *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  DrillWriter *writer;

  g_return_if_fail (DRILL_IS_ACK_OPERATION (self));

  writer = drill_operation_get_writer (DRILL_OPERATION (self));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, drill_ack_operation_update_async);
  g_task_set_check_cancellable (task, FALSE);
  if (drill_writer_is_simulation (writer))
    {
      drill_ack_list_look (self->list, drill_writer_get_evidence (writer));
      g_task_return_boolean (task, TRUE);
      return;
    }

  drill_writer_reread_async (writer, cancellable, updated_cb, g_steal_pointer (&task));
}

gboolean
drill_ack_operation_update_finish (DrillAckOperation  *self,
                                   GAsyncResult       *result,
                                   GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
