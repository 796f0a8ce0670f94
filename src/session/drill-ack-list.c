// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-ack-list.h"

#include <string.h>

#include "base/drill-error.h"

static guint
item_hash (gconstpointer key)
{
  const DrillAckItem *item = key;

  return g_str_hash (item->schedule_id) * 31 + g_str_hash (item->provider);
}

static gboolean
item_equal (gconstpointer a,
            gconstpointer b)
{
  const DrillAckItem *first = a, *second = b;

  return strcmp (first->schedule_id, second->schedule_id) == 0 && strcmp (first->provider, second->provider) == 0;
}

DrillAckList *
drill_ack_list_new (guint n_items)
{
  DrillAckList *self = g_new0 (DrillAckList, 1);

  self->items = g_new0 (DrillAckItem, MAX (n_items, 1));
  self->n_items = n_items;
  self->counts[DRILL_OUTCOME_PENDING] = n_items;
  self->state_code = DRILL_NONE;
  self->reference_code = DRILL_NONE;
  self->texts = g_string_chunk_new (4096);
  self->by_texts = g_hash_table_new (item_hash, item_equal);
  self->by_pair = g_hash_table_new (NULL, NULL);
  self->wanted_schedules = g_byte_array_new ();
  for (guint i = 0; i < n_items; i++)
    {
      self->items[i].pair = DRILL_NONE;
      self->items[i].route = DRILL_NONE;
      self->items[i].place = DRILL_NONE;
      self->items[i].sent_as = "";
    }

  return self;
}

void
drill_ack_list_free (DrillAckList *self)
{
  for (guint i = 0; i < self->n_items; i++)
    {
      g_clear_pointer (&self->items[i].matches, g_array_unref);
      g_clear_pointer (&self->items[i].known, g_ptr_array_unref);
      g_clear_error (&self->items[i].error);
    }
  g_free (self->items);
  g_free (self->routes);
  g_string_chunk_free (self->texts);
  g_hash_table_unref (self->by_texts);
  g_clear_pointer (&self->schedules, g_hash_table_unref);
  g_hash_table_unref (self->by_pair);
  g_byte_array_unref (self->wanted_schedules);
  g_clear_pointer (&self->evidence, drill_evidence_unref);
  g_free (self);
}

const char *
drill_ack_list_keep (DrillAckList *self,
                     const char   *text)
{
  return text == NULL || *text == '\0' ? "" : g_string_chunk_insert_const (self->texts, text);
}

void
drill_ack_list_set_item (DrillAckList *self,
                         guint         i,
                         const char   *schedule_id,
                         const char   *provider,
                         const char   *plan_id,
                         const char   *owners,
                         const char   *state_shown)
{
  DrillAckItem *item = &self->items[i];

  item->schedule_id = drill_ack_list_keep (self, schedule_id);
  item->provider = drill_ack_list_keep (self, provider);
  item->plan_id = drill_ack_list_keep (self, plan_id);
  item->owners = drill_ack_list_keep (self, owners);
  item->state_shown = drill_ack_list_keep (self, state_shown);
  g_hash_table_add (self->by_texts, item);
}

guint
drill_ack_list_find (DrillAckList *self,
                     const char   *schedule_id,
                     const char   *provider)
{
  const DrillAckItem key = { .schedule_id = schedule_id, .provider = provider };
  DrillAckItem *item = g_hash_table_lookup (self->by_texts, &key);

  return item != NULL ? (guint) (item - self->items) : DRILL_NONE;
}

void
drill_ack_list_set_outcome (DrillAckList *self,
                            guint         i,
                            DrillOutcome  outcome,
                            const char   *ack_id,
                            GError       *error) /* transfer full */
{
  DrillAckItem *item = &self->items[i];

  self->counts[item->outcome]--;
  self->counts[outcome]++;
  item->outcome = outcome;
  item->ack_id = ack_id != NULL ? drill_ack_list_keep (self, ack_id) : NULL;
  g_clear_error (&item->error);
  item->error = error;
}

/* Making it from routes */

typedef struct {
  DrillEvidence *evidence;
  const guint32 *pairs;
  const guint32 *schedules;
  const guint32 *providers;
  const guint32 *owners;
  const guint32 *plan_rows;
  const guint8 *flags;
} Columns;

static Columns
get_columns (DrillEvidence *evidence)
{
  return (Columns) {
    .evidence = evidence,
    .pairs = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PAIR),
    .schedules = drill_evidence_get_route_column (evidence, DRILL_ROUTE_SCHEDULE),
    .providers = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PROVIDER),
    .owners = drill_evidence_get_route_column (evidence, DRILL_ROUTE_OWNER),
    .plan_rows = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PLAN),
    .flags = drill_evidence_get_route_flags (evidence),
  };
}

/* Of several rows, the one of the current plan, else of the newest */
static gboolean
is_better_row (const Columns *columns,
               guint32        row,
               guint32        than)
{
  const DrillPlan *plans = drill_evidence_get_plans (columns->evidence);
  gboolean current = drill_evidence_is_current_route (columns->evidence, row);

  if (current != drill_evidence_is_current_route (columns->evidence, than))
    return current;

  return strcmp (drill_evidence_get_text (columns->evidence, DRILL_DICT_TEXT, plans[columns->plan_rows[row]].created),
                 drill_evidence_get_text (columns->evidence, DRILL_DICT_TEXT, plans[columns->plan_rows[than]].created)) > 0;
}

static gboolean
add_owner (GArray  *owners,
           guint32  owner)
{
  for (guint i = 0; i < owners->len; i++)
    if (g_array_index (owners, guint32, i) == owner)
      return FALSE;

  g_array_append_val (owners, owner);

  return TRUE;
}

/* Whose routes they are: of those that were chosen, and of those that share the
 * acknowledgement (contract section 5) */
static void
find_owners (DrillAckList  *self,
             const Columns *columns)
{
  g_autofree GArray **owners = g_new0 (GArray *, MAX (self->n_items, 1));
  g_autofree guint *n_chosen = g_new0 (guint, MAX (self->n_items, 1));
  guint n_rows = drill_evidence_get_n_routes (columns->evidence);

  for (guint i = 0; i < self->n_items; i++)
    {
      owners[i] = g_array_new (FALSE, FALSE, sizeof (guint32));
      for (guint j = 0; j < self->items[i].n_routes; j++)
        add_owner (owners[i], columns->owners[self->routes[self->items[i].first_route + j]]);
      n_chosen[i] = owners[i]->len;
    }

  for (guint32 row = 0; row < n_rows; row++)
    {
      guint i;

      if ((columns->flags[row] & DRILL_ROUTE_DELIVERED) == 0 || columns->pairs[row] == DRILL_NONE)
        continue;

      i = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_pair, GUINT_TO_POINTER (columns->pairs[row])));
      if (i == 0 || !drill_evidence_is_current_route (columns->evidence, row))
        continue;

      add_owner (owners[i - 1], columns->owners[row]);
      for (guint j = n_chosen[i - 1]; j < owners[i - 1]->len; j++)
        if (g_array_index (owners[i - 1], guint32, j) == columns->owners[row])
          self->items[i - 1].n_others++;
    }

  for (guint i = 0; i < self->n_items; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);

      for (guint j = 0; j < owners[i]->len; j++)
        {
          if (j > 0)
            g_string_append (text, ", ");
          g_string_append (text, drill_evidence_get_text (columns->evidence, DRILL_DICT_OWNER,
                                                          g_array_index (owners[i], guint32, j)));
        }
      self->items[i].owners = drill_ack_list_keep (self, text->str);
      g_array_unref (owners[i]);
    }
}

static gboolean
can_be_acknowledged (const Columns *columns,
                     guint32        row)
{
  return row < drill_evidence_get_n_routes (columns->evidence) &&
         (columns->flags[row] & DRILL_ROUTE_DELIVERED) != 0 && columns->pairs[row] != DRILL_NONE;
}

DrillAckList *
drill_ack_list_new_for_routes (DrillEvidence *evidence,
                               const guint32 *routes,
                               guint          n_routes)
{
  Columns columns = get_columns (evidence);
  g_autoptr(GHashTable) by_pair = g_hash_table_new (NULL, NULL);
  g_autoptr(GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint32)); /* the best row of each */
  g_autoptr(GArray) counts = g_array_new (FALSE, FALSE, sizeof (guint));
  DrillAckList *self;
  guint n_kept = 0, next = 0;

  for (guint r = 0; r < n_routes; r++)
    {
      gpointer key;
      guint i;

      if (!can_be_acknowledged (&columns, routes[r]))
        continue;

      n_kept++;
      key = GUINT_TO_POINTER (columns.pairs[routes[r]]);
      i = GPOINTER_TO_UINT (g_hash_table_lookup (by_pair, key));
      if (i == 0)
        {
          const guint one = 1;

          g_array_append_val (chosen, routes[r]);
          g_array_append_val (counts, one);
          g_hash_table_insert (by_pair, key, GUINT_TO_POINTER (chosen->len));
          continue;
        }

      g_array_index (counts, guint, i - 1)++;
      if (is_better_row (&columns, routes[r], g_array_index (chosen, guint32, i - 1)))
        g_array_index (chosen, guint32, i - 1) = routes[r];
    }

  self = drill_ack_list_new (chosen->len);
  self->n_left_out = n_routes - n_kept;
  self->routes = g_new (guint32, MAX (n_kept, 1));
  for (guint i = 0; i < chosen->len; i++)
    {
      guint32 row = g_array_index (chosen, guint32, i);
      const DrillPlan *plan = &drill_evidence_get_plans (evidence)[columns.plan_rows[row]];

      drill_ack_list_set_item (self, i,
                               drill_evidence_get_text (evidence, DRILL_DICT_SCHEDULE, columns.schedules[row]),
                               drill_evidence_get_text (evidence, DRILL_DICT_PROVIDER, columns.providers[row]),
                               drill_evidence_get_text (evidence, DRILL_DICT_TEXT, plan->plan_id), NULL,
                               drill_evidence_get_text (evidence, DRILL_DICT_STATE,
                                                        drill_evidence_get_route_state (evidence, row)));
      self->items[i].pair = columns.pairs[row];
      self->items[i].route = row;
      self->items[i].first_route = next;
      next += g_array_index (counts, guint, i);
    }

  for (guint r = 0; r < n_routes; r++)
    if (can_be_acknowledged (&columns, routes[r]))
      {
        guint i = GPOINTER_TO_UINT (g_hash_table_lookup (by_pair, GUINT_TO_POINTER (columns.pairs[routes[r]]))) - 1;

        self->routes[self->items[i].first_route + self->items[i].n_routes++] = routes[r];
      }

  /* All pairs of this snapshot are known to be in the list, or not */
  g_hash_table_unref (self->by_pair);
  self->by_pair = g_steal_pointer (&by_pair);
  self->evidence = drill_evidence_ref (evidence);
  self->n_pairs = drill_evidence_get_n_pairs (evidence);
  self->n_route_rows = drill_evidence_get_n_routes (evidence);
  self->n_plan_rows = drill_evidence_get_n_plans (evidence);
  self->n_ack_rows = drill_evidence_get_n_acks (evidence);
  find_owners (self, &columns);

  return self;
}
