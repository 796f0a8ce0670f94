// SPDX-License-Identifier: GPL-3.0-or-later

/* Where the entries of an acknowledgement operation are in the evidence, what
 * state they have there, and which acknowledgements are theirs. Of each further
 * snapshot only the news is looked at: a bulk of 100,000 routes does so a
 * thousand times. */

#include "session/drill-ack-list.h"

#include <string.h>

#define NOT_WANTED G_MAXUINT

/* Codes and rows stay valid in later snapshots of one builder. Another one has
 * read the items again, into other memory. */
static gboolean
is_of_same_builder (DrillEvidence *evidence,
                    DrillEvidence *later)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GBytes) later_bytes = NULL;

  if (evidence == NULL || drill_evidence_get_n_items (evidence) == 0 || drill_evidence_get_n_items (later) == 0)
    return FALSE;

  bytes = drill_evidence_get_item_bytes (evidence, 0);
  later_bytes = drill_evidence_get_item_bytes (later, 0);

  return g_bytes_get_data (bytes, NULL) == g_bytes_get_data (later_bytes, NULL);
}

static void
start_over (DrillAckList *self)
{
  g_hash_table_remove_all (self->by_pair);
  g_byte_array_set_size (self->wanted_schedules, 0);
  self->n_pairs = 0;
  self->n_route_rows = 0;
  self->n_plan_rows = 0;
  self->n_ack_rows = 0;
  for (guint i = 0; i < self->n_items; i++)
    {
      self->items[i].pair = DRILL_NONE;
      self->items[i].route = DRILL_NONE;
    }
  drill_ack_list_forget_matches (self);
}

static gboolean
is_wanted_schedule (DrillAckList  *self,
                    DrillEvidence *evidence,
                    guint32        schedule)
{
  guint8 *known;

  if (schedule >= self->wanted_schedules->len)
    {
      guint length = self->wanted_schedules->len;

      g_byte_array_set_size (self->wanted_schedules, drill_evidence_get_dict_size (evidence, DRILL_DICT_SCHEDULE));
      memset (self->wanted_schedules->data + length, 0, self->wanted_schedules->len - length);
    }

  known = &self->wanted_schedules->data[schedule];
  if (*known == 0)
    {
      const char *text = drill_evidence_get_text (evidence, DRILL_DICT_SCHEDULE, schedule);

      *known = g_hash_table_contains (self->schedules, text) ? 1 : 2;
    }

  return *known == 1;
}

/* The entry of a pair, NULL for none */
static DrillAckItem *
find_pair (DrillAckList  *self,
           DrillEvidence *evidence,
           guint32        pair,
           guint32        schedule,
           guint32        provider)
{
  gpointer key = GUINT_TO_POINTER (pair);
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_pair, key));

  if (found == 0 && (pair < self->n_pairs || !is_wanted_schedule (self, evidence, schedule)))
    return NULL;

  if (found == 0)
    {
      guint i = drill_ack_list_find (self, drill_evidence_get_text (evidence, DRILL_DICT_SCHEDULE, schedule),
                                     drill_evidence_get_text (evidence, DRILL_DICT_PROVIDER, provider));

      found = i == DRILL_NONE ? NOT_WANTED : i + 1;
      if (found != NOT_WANTED)
        self->items[i].pair = pair;
      g_hash_table_insert (self->by_pair, key, GUINT_TO_POINTER (found));
    }

  return found == NOT_WANTED ? NULL : &self->items[found - 1];
}

static void
look_at_routes (DrillAckList  *self,
                DrillEvidence *evidence)
{
  const guint32 *pairs = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PAIR);
  const guint32 *schedules = drill_evidence_get_route_column (evidence, DRILL_ROUTE_SCHEDULE);
  const guint32 *providers = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PROVIDER);
  const guint8 *flags = drill_evidence_get_route_flags (evidence);
  guint n = drill_evidence_get_n_routes (evidence);

  for (; self->n_route_rows < n; self->n_route_rows++)
    {
      guint row = self->n_route_rows;
      DrillAckItem *item;

      if (pairs[row] == DRILL_NONE || (flags[row] & DRILL_ROUTE_DELIVERED) == 0)
        continue;

      item = find_pair (self, evidence, pairs[row], schedules[row], providers[row]);
      if (item != NULL && (item->route == DRILL_NONE || drill_evidence_is_current_route (evidence, row)))
        item->route = row;
    }
}

/* Pairs that no route names: required by a plan without decisions, or only acknowledged */
static void
look_at_others (DrillAckList  *self,
                DrillEvidence *evidence)
{
  const DrillPlan *plans = drill_evidence_get_plans (evidence);
  const DrillRequired *required = drill_evidence_get_required (evidence);
  const DrillAck *acks = drill_evidence_get_acks (evidence);
  const DrillItem *items = drill_evidence_get_items (evidence);
  const guint32 *item_providers = drill_evidence_get_item_providers (evidence);
  guint n_plans = drill_evidence_get_n_plans (evidence);
  guint n_acks = drill_evidence_get_n_acks (evidence);

  for (; self->n_plan_rows < n_plans; self->n_plan_rows++)
    {
      const DrillPlan *plan = &plans[self->n_plan_rows];

      for (guint i = plan->first_required; i < plan->first_required + plan->n_required; i++)
        if (required[i].pair != DRILL_NONE)
          find_pair (self, evidence, required[i].pair, required[i].schedule, required[i].provider);
    }

  for (; self->n_ack_rows < n_acks; self->n_ack_rows++)
    {
      const DrillAck *ack = &acks[self->n_ack_rows];
      const DrillItem *item = &items[ack->item];

      /* One that is a row of a saved package is no item of its own; its pair is that of a route */
      if (ack->pair != DRILL_NONE && item->ack == self->n_ack_rows && item->n_providers > 0)
        find_pair (self, evidence, ack->pair, item->schedule, item_providers[item->first_provider]);
    }
}

/* Looks at a snapshot: from then on the states are of it */
void
drill_ack_list_look (DrillAckList  *self,
                     DrillEvidence *evidence)
{
  if (evidence == NULL || evidence == self->evidence)
    return;

  if (self->schedules == NULL)
    {
      self->schedules = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < self->n_items; i++)
        g_hash_table_add (self->schedules, (gpointer) self->items[i].schedule_id);
    }

  if (!is_of_same_builder (self->evidence, evidence))
    start_over (self);
  g_clear_pointer (&self->evidence, drill_evidence_unref);
  self->evidence = drill_evidence_ref (evidence);

  look_at_routes (self, evidence);
  look_at_others (self, evidence);
  self->n_pairs = drill_evidence_get_n_pairs (evidence);
}

void
drill_ack_list_forget_matches (DrillAckList *self)
{
  self->n_matched_rows = 0;
  self->state_code = DRILL_NONE;
  self->reference_code = DRILL_NONE;
  for (guint i = 0; i < self->n_items; i++)
    g_clear_pointer (&self->items[i].matches, g_array_unref);
}

/* Finds the acknowledgements that say what the entries are to say */
void
drill_ack_list_match (DrillAckList *self,
                      const char   *state,
                      const char   *reference)
{
  DrillEvidence *evidence = self->evidence;
  const DrillAck *acks;
  guint n;

  if (evidence == NULL)
    return;

  acks = drill_evidence_get_acks (evidence);
  n = drill_evidence_get_n_acks (evidence);
  if (self->n_matched_rows == n)
    return;

  if (self->state_code == DRILL_NONE)
    self->state_code = drill_evidence_find_text (evidence, DRILL_DICT_STATE, state);
  if (self->reference_code == DRILL_NONE)
    self->reference_code = drill_evidence_find_text (evidence, DRILL_DICT_REFERENCE, reference);
  for (; self->n_matched_rows < n; self->n_matched_rows++)
    {
      const DrillAck *ack = &acks[self->n_matched_rows];
      guint found;
      DrillAckItem *item;
      DrillAckMatch match;

      if (ack->pair == DRILL_NONE || ack->state != self->state_code || ack->reference != self->reference_code)
        continue;

      found = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_pair, GUINT_TO_POINTER (ack->pair)));
      if (found == 0 || found == NOT_WANTED)
        continue;

      item = &self->items[found - 1];
      match.id = drill_evidence_get_text (evidence, DRILL_DICT_TEXT, ack->id);
      if (*match.id == '\0')
        match.id = drill_evidence_get_text (evidence, DRILL_DICT_TEXT,
                                            drill_evidence_get_items (evidence)[ack->item].session_id);
      match.id = drill_ack_list_keep (self, match.id);
      match.actor = drill_ack_list_keep (self, drill_evidence_get_text (evidence, DRILL_DICT_ACTOR, ack->actor));
      if (item->matches == NULL)
        item->matches = g_array_new (FALSE, FALSE, sizeof (DrillAckMatch));
      g_array_append_val (item->matches, match);
    }
}

/* The state of an entry, a code of the snapshot last looked at */
guint32
drill_ack_list_get_state (DrillAckList *self,
                          guint         i)
{
  guint32 pair = self->items[i].pair, ack;

  if (self->evidence == NULL || pair >= drill_evidence_get_n_pairs (self->evidence))
    return DRILL_STATE_OUTSTANDING;

  ack = drill_evidence_get_pair_acks (self->evidence)[pair];

  return ack != DRILL_NONE ? drill_evidence_get_acks (self->evidence)[ack].state : DRILL_STATE_OUTSTANDING;
}

gboolean
drill_ack_list_get_predates (DrillAckList *self,
                             guint         i)
{
  guint32 route = self->items[i].route;

  return self->evidence != NULL && route < drill_evidence_get_n_routes (self->evidence) &&
         drill_evidence_route_predates (self->evidence, route);
}

/* An entry is about to be sent: what matches by now is not the answer to that */
void
drill_ack_list_note_known (DrillAckList *self,
                           guint         i,
                           const char   *actor)
{
  DrillAckItem *item = &self->items[i];

  item->sent_as = drill_ack_list_keep (self, actor);
  g_clear_pointer (&item->known, g_ptr_array_unref);
  if (item->matches == NULL)
    return;

  item->known = g_ptr_array_sized_new (item->matches->len);
  for (guint m = 0; m < item->matches->len; m++)
    g_ptr_array_add (item->known, (gpointer) g_array_index (item->matches, DrillAckMatch, m).id);
}

/* Returns: (nullable): the id of the acknowledgement that was recorded when the entry was last sent */
const char *
drill_ack_list_find_recorded (DrillAckList *self,
                              guint         i)
{
  const DrillAckItem *item = &self->items[i];

  for (guint m = 0; item->matches != NULL && m < item->matches->len; m++)
    {
      const DrillAckMatch *match = &g_array_index (item->matches, DrillAckMatch, m);

      if (*item->sent_as != '\0' && strcmp (item->sent_as, match->actor) != 0)
        continue;
      if (item->known == NULL || !g_ptr_array_find_with_equal_func (item->known, match->id, g_str_equal, NULL))
        return match->id;
    }

  return NULL;
}
