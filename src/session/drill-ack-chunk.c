// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-ack-run-private.h"

#include <string.h>

#include "session/drill-operation-private.h"

/* Entries that are in the journal before the first of them is sent. To have them
 * on the disk takes longer than a service needs for a chunk; and who looks for a
 * hundred of them in the history can look for a thousand. */
#define WINDOW (10 * DRILL_WRITE_MAX_ROUTES)

/* What the journal has of it */

void
drill_ack_run_take_note (DrillAckOperation *self,
                         DrillAckRun       *run,
                         guint              i)
{
  self->list->items[i].announced = FALSE;
  g_array_append_val (run->unsaved, i);
}

void
drill_ack_run_save (DrillAckOperation *self,
                    DrillAckRun       *run)
{
  g_clear_handle_id (&run->save_id, g_source_remove);
  if (run->unsaved->len > 0 && drill_operation_has_begun (DRILL_OPERATION (self)) && run->journal_error == NULL)
    drill_operation_append (DRILL_OPERATION (self),
                            drill_ack_journal_outcomes (self->list, (const guint *) run->unsaved->data, run->unsaved->len),
                            &run->journal_error);
  g_array_set_size (run->unsaved, 0);
}

void
drill_ack_run_retract (DrillAckOperation *self,
                       DrillAckRun       *run)
{
  for (guint i = 0; i < self->list->n_items; i++)
    if (self->list->items[i].announced && self->list->items[i].outcome != DRILL_OUTCOME_SENT)
      {
        self->list->items[i].announced = FALSE;
        g_array_append_val (run->unsaved, i);
      }
  drill_ack_run_save (self, run);
}

static gboolean
begin (DrillAckOperation  *self,
       GError            **error)
{
  const DrillAckTerms terms = { self->state, self->actor, self->reference, self->notes };

  if (drill_operation_has_begun (DRILL_OPERATION (self)))
    return TRUE;

  return drill_operation_begin (DRILL_OPERATION (self), drill_ack_journal_operation (self->list, &terms), error);
}

static const char *
get_recorded_as (DrillAckOperation *self)
{
  return drill_writer_get_recorded_as (drill_operation_get_writer (DRILL_OPERATION (self)), self->actor);
}

static gboolean
is_announced (DrillAckOperation *self,
              DrillAckRun       *run)
{
  const char *actor = get_recorded_as (self);

  for (guint i = 0; i < run->chunk->len; i++)
    {
      const DrillAckItem *item = &self->list->items[g_array_index (run->chunk, guint, i)];

      if (!item->announced || strcmp (item->sent_as, actor) != 0)
        return FALSE;
    }

  return TRUE;
}

gboolean
drill_ack_run_announce (DrillAckOperation  *self,
                        DrillAckRun        *run,
                        GError            **error)
{
  const char *actor = get_recorded_as (self);
  g_autoptr(GArray) window = NULL;

  if (is_announced (self, run))
    return TRUE;

  window = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = g_array_index (run->chunk, guint, 0); i < self->list->n_items && window->len < WINDOW; i++)
    if (self->list->items[i].outcome == DRILL_OUTCOME_PENDING)
      {
        drill_ack_list_note_known (self->list, i, actor);
        g_array_append_val (window, i);
      }

  if (!begin (self, error) ||
      !drill_operation_append (DRILL_OPERATION (self),
                               drill_ack_journal_sent (self->list, (const guint *) window->data, window->len, actor,
                                                       (const guint *) run->unsaved->data, run->unsaved->len),
                               error))
    return FALSE;

  g_array_set_size (run->unsaved, 0);
  for (guint w = 0; w < window->len; w++)
    self->list->items[g_array_index (window, guint, w)].announced = TRUE;

  return TRUE;
}

/* What is sent, and what is looked for */

/* Of several, what is so already is not recorded again */
static gboolean
is_so_already (DrillAckOperation *self,
               guint              i)
{
  DrillEvidence *evidence = self->list->evidence;

  return self->list->n_items > 1 && evidence != NULL && !drill_ack_list_get_predates (self->list, i) &&
         strcmp (drill_evidence_get_text (evidence, DRILL_DICT_STATE, drill_ack_list_get_state (self->list, i)),
                 self->state) == 0;
}

void
drill_ack_run_fill_chunk (DrillAckOperation *self,
                          DrillAckRun       *run)
{
  DrillAckList *list = self->list;
  guint n_skipped = 0;

  drill_ack_list_look (list, drill_writer_get_evidence (drill_operation_get_writer (DRILL_OPERATION (self))));
  drill_ack_list_match (list, self->state, self->reference);
  g_array_set_size (run->chunk, 0);
  for (guint i = run->cursor; i < list->n_items && run->chunk->len < DRILL_WRITE_MAX_ROUTES; i++)
    {
      if (run->chunk->len == 0)
        run->cursor = i;
      if (list->items[i].outcome != DRILL_OUTCOME_PENDING)
        continue;

      if (is_so_already (self, i))
        {
          drill_ack_list_set_outcome (list, i, DRILL_OUTCOME_SKIPPED, NULL, NULL);
          drill_ack_run_take_note (self, run, i);
          n_skipped++;
          continue;
        }

      if (list->items[i].alone && run->chunk->len > 0)
        break;
      g_array_append_val (run->chunk, i);
      if (list->items[i].alone)
        break;
    }

  if (n_skipped > 0)
    {
      drill_ack_operation_update_progress (self);
      drill_operation_changed (DRILL_OPERATION (self));
    }
}

void
drill_ack_run_fill_unknown (DrillAckOperation *self,
                            DrillAckRun       *run)
{
  g_array_set_size (run->chunk, 0);
  for (guint i = 0; i < self->list->n_items; i++)
    {
      const DrillAckItem *item = &self->list->items[i];

      if (item->outcome == DRILL_OUTCOME_UNKNOWN || item->outcome == DRILL_OUTCOME_SENT ||
          (item->outcome == DRILL_OUTCOME_PENDING && item->doubtful))
        g_array_append_val (run->chunk, i);
    }
}

DrillWrite *
drill_ack_run_make_write (DrillAckOperation *self,
                          DrillAckRun       *run)
{
  const DrillAckNote note = {
    .state = self->state,
    .actor = drill_writer_get_actor (drill_operation_get_writer (DRILL_OPERATION (self))) == NULL ? self->actor : NULL,
    .reference = self->reference,
    .notes = self->notes,
  };
  g_autofree DrillAckTarget *targets = g_new (DrillAckTarget, run->chunk->len);

  for (guint i = 0; i < run->chunk->len; i++)
    {
      const DrillAckItem *item = &self->list->items[g_array_index (run->chunk, guint, i)];

      targets[i] = (DrillAckTarget) { item->schedule_id, item->provider, item->plan_id };
    }

  return run->chunk->len == 1 ? drill_write_new_ack (&targets[0], &note)
                              : drill_write_new_bulk (targets, run->chunk->len, &note);
}
