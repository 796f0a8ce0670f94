// SPDX-License-Identifier: GPL-3.0-or-later

/* What an acknowledgement operation keeps in the journal.
 *
 * The operation: a{sv} of "kind" ("ack"), "state", "actor", "reference" and
 * "notes" (s), and "entries" (a(ssssus): schedule, provider, plan, owners, number
 * of routes, state shown).
 *
 * A step: a{sv} of "step" (s) and
 * - for "sent", before they are, one request after the other: "targets" (a(uas): the place of an entry, and the
 *   ids of acknowledgements like it that were known), "actor" (s: who is recorded,
 *   "" when not known), and perhaps the "entries" of an outcome
 * - for "outcome", after it: "entries" (a(usiss): place, outcome, code of the
 *   error, its message, id of the acknowledgement) */

#include "session/drill-ack-list.h"

#include "session/drill-operation-private.h"

#define ENTRIES_TYPE  "a(ssssus)"
#define TARGETS_TYPE  "a(uas)"
#define OUTCOMES_TYPE "a(usiss)"

static gboolean
is_open (const DrillAckItem *item)
{
  return item->outcome != DRILL_OUTCOME_RECORDED && item->outcome != DRILL_OUTCOME_SKIPPED &&
         item->outcome != DRILL_OUTCOME_FAILED;
}

/* What is left to do; gives each of these entries its place */
GVariant *
drill_ack_journal_operation (DrillAckList        *list,
                             const DrillAckTerms *terms)
{
  GVariantBuilder entries;
  GVariantDict operation;
  guint32 n_places = 0;

  g_variant_builder_init (&entries, G_VARIANT_TYPE (ENTRIES_TYPE));
  for (guint i = 0; i < list->n_items; i++)
    {
      DrillAckItem *item = &list->items[i];

      item->place = is_open (item) ? n_places++ : DRILL_NONE;
      if (item->place != DRILL_NONE)
        g_variant_builder_add (&entries, "(ssssus)", item->schedule_id, item->provider, item->plan_id,
                               item->owners, item->n_routes, item->state_shown);
    }

  g_variant_dict_init (&operation, NULL);
  g_variant_dict_insert (&operation, "kind", "s", "ack");
  g_variant_dict_insert (&operation, "state", "s", terms->state);
  g_variant_dict_insert (&operation, "actor", "s", terms->actor);
  g_variant_dict_insert (&operation, "reference", "s", terms->reference);
  g_variant_dict_insert (&operation, "notes", "s", terms->notes);
  g_variant_dict_insert_value (&operation, "entries", g_variant_builder_end (&entries));

  return g_variant_dict_end (&operation);
}

static GVariant *
make_outcomes (DrillAckList *list,
               const guint  *items,
               guint         n_items)
{
  GVariantBuilder entries;

  g_variant_builder_init (&entries, G_VARIANT_TYPE (OUTCOMES_TYPE));
  for (guint i = 0; i < n_items; i++)
    {
      const DrillAckItem *item = &list->items[items[i]];

      g_variant_builder_add (&entries, "(usiss)", item->place, drill_outcome_to_text (item->outcome),
                             item->error != NULL ? item->error->code : -1,
                             item->error != NULL ? item->error->message : "",
                             item->ack_id != NULL ? item->ack_id : "");
    }

  return g_variant_builder_end (&entries);
}

GVariant *
drill_ack_journal_sent (DrillAckList *list,
                        const guint  *items,
                        guint         n_items,
                        const char   *actor,
                        const guint  *done,
                        guint         n_done)
{
  GVariantBuilder targets;
  GVariantDict step;

  g_variant_builder_init (&targets, G_VARIANT_TYPE (TARGETS_TYPE));
  for (guint i = 0; i < n_items; i++)
    {
      const DrillAckItem *item = &list->items[items[i]];

      g_variant_builder_open (&targets, G_VARIANT_TYPE ("(uas)"));
      g_variant_builder_add (&targets, "u", item->place);
      g_variant_builder_open (&targets, G_VARIANT_TYPE ("as"));
      for (guint k = 0; item->known != NULL && k < item->known->len; k++)
        g_variant_builder_add (&targets, "s", g_ptr_array_index (item->known, k));
      g_variant_builder_close (&targets);
      g_variant_builder_close (&targets);
    }

  g_variant_dict_init (&step, NULL);
  g_variant_dict_insert (&step, "step", "s", "sent");
  g_variant_dict_insert (&step, "actor", "s", actor);
  g_variant_dict_insert_value (&step, "targets", g_variant_builder_end (&targets));
  if (n_done > 0)
    g_variant_dict_insert_value (&step, "entries", make_outcomes (list, done, n_done));

  return g_variant_dict_end (&step);
}

GVariant *
drill_ack_journal_outcomes (DrillAckList *list,
                            const guint  *items,
                            guint         n_items)
{
  GVariantDict step;

  g_variant_dict_init (&step, NULL);
  g_variant_dict_insert (&step, "step", "s", "outcome");
  g_variant_dict_insert_value (&step, "entries", make_outcomes (list, items, n_items));

  return g_variant_dict_end (&step);
}

static DrillAckList *
read_entries (GVariant *entries)
{
  guint n = (guint) g_variant_n_children (entries);
  g_autoptr(DrillAckList) list = drill_ack_list_new (n);

  for (guint i = 0; i < n; i++)
    {
      const char *schedule_id, *provider, *plan_id, *owners, *state_shown;

      g_variant_get_child (entries, i, "(&s&s&s&su&s)", &schedule_id, &provider, &plan_id, &owners,
                           &list->items[i].n_routes, &state_shown);
      drill_ack_list_set_item (list, i, schedule_id, provider, plan_id, owners, state_shown);
      list->items[i].place = i;
    }

  return g_steal_pointer (&list);
}

static void
take_sent (DrillAckList *list,
           GVariant     *step)
{
  g_autoptr(GVariant) targets = g_variant_lookup_value (step, "targets", G_VARIANT_TYPE (TARGETS_TYPE));
  const char *actor = "";
  guint n = targets != NULL ? (guint) g_variant_n_children (targets) : 0;

  g_variant_lookup (step, "actor", "&s", &actor);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GVariant) known = NULL;
      DrillAckItem *item;
      guint32 place;

      g_variant_get_child (targets, i, "(u@as)", &place, &known);
      if (place >= list->n_items)
        continue;

      item = &list->items[place];
      item->sent_as = drill_ack_list_keep (list, actor);
      g_clear_pointer (&item->known, g_ptr_array_unref);
      item->known = g_ptr_array_new ();
      for (gsize k = 0; k < g_variant_n_children (known); k++)
        {
          const char *id;

          g_variant_get_child (known, k, "&s", &id);
          g_ptr_array_add (item->known, (gpointer) drill_ack_list_keep (list, id));
        }
      drill_ack_list_set_outcome (list, place, DRILL_OUTCOME_UNKNOWN, NULL, NULL);
    }
}

static void
take_outcomes (DrillAckList *list,
               GVariant     *step)
{
  g_autoptr(GVariant) entries = g_variant_lookup_value (step, "entries", G_VARIANT_TYPE (OUTCOMES_TYPE));
  guint n = entries != NULL ? (guint) g_variant_n_children (entries) : 0;

  for (guint i = 0; i < n; i++)
    {
      const char *text, *message, *ack_id;
      DrillOutcome outcome;
      GError *error = NULL;
      guint32 place;
      gint32 code;

      g_variant_get_child (entries, i, "(u&si&s&s)", &place, &text, &code, &message, &ack_id);
      outcome = drill_outcome_from_text (text);
      if (place >= list->n_items || outcome == DRILL_N_OUTCOMES)
        continue;

      if (code >= 0)
        error = g_error_new_literal (DRILL_ERROR, code, message);
      drill_ack_list_set_outcome (list, place, outcome == DRILL_OUTCOME_SENT ? DRILL_OUTCOME_UNKNOWN : outcome,
                                  *ack_id != '\0' ? ack_id : NULL, error);
    }
}

DrillAckList *
drill_ack_journal_read (DrillJournalEntry  *entry,
                        DrillAckTerms      *terms,
                        GError            **error)
{
  GVariant *operation = drill_journal_entry_get_operation (entry);
  GPtrArray *steps = drill_journal_entry_get_steps (entry);
  g_autoptr(GVariant) entries = NULL;
  DrillAckList *list;

  *terms = (DrillAckTerms) { .actor = "", .reference = "", .notes = "" };
  if (g_variant_is_of_type (operation, G_VARIANT_TYPE_VARDICT))
    {
      entries = g_variant_lookup_value (operation, "entries", G_VARIANT_TYPE (ENTRIES_TYPE));
      g_variant_lookup (operation, "state", "&s", &terms->state);
      g_variant_lookup (operation, "actor", "&s", &terms->actor);
      g_variant_lookup (operation, "reference", "&s", &terms->reference);
      g_variant_lookup (operation, "notes", "&s", &terms->notes);
    }
  if (entries == NULL || terms->state == NULL)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "the journal's entry is no acknowledgement");
      return NULL;
    }

  list = read_entries (entries);
  for (guint i = 0; i < steps->len; i++)
    {
      GVariant *step = g_ptr_array_index (steps, i);
      const char *name = "";

      if (!g_variant_is_of_type (step, G_VARIANT_TYPE_VARDICT))
        continue;

      g_variant_lookup (step, "step", "&s", &name);
      take_outcomes (list, step);
      if (g_str_equal (name, "sent"))
        take_sent (list, step);
    }

  return list;
}
