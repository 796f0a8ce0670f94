// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-builder-private.h"

#include "base/drill-time.h"

/* Acknowledgements, and which one is the newest of its schedule and provider:
 * contract section 5. */

guint32
drill_builder_add_pair (DrillEvidenceBuilder *self,
                        guint32               schedule,
                        guint32               provider)
{
  gpointer key = drill_pair_key (schedule, provider);
  guint32 pair;

  if (schedule == 0 || provider == 0)
    return DRILL_NONE;

  pair = GPOINTER_TO_UINT (g_hash_table_lookup (self->pairs, key));
  if (pair == 0)
    {
      guint32 *newest = drill_column_append (&self->pair_acks, 1);

      *newest = DRILL_NONE;
      pair = (guint32) self->pair_acks.n;
      g_hash_table_insert (self->pairs, key, GUINT_TO_POINTER (pair));
    }

  return pair - 1;
}

/* Contract sections 2 to 5: "newest" is by the created_at string. The service
 * leaves open which of two equal ones wins; here it is the smaller session_id,
 * so that the order of arrival does not matter. */
gboolean
drill_builder_is_newer (DrillEvidenceBuilder *self,
                        guint32               created,
                        guint32               item,
                        guint32               other_created,
                        guint32               other_item)
{
  const DrillItem *items = self->store.items.data;
  int order = strcmp (drill_builder_get_text (self, DRILL_DICT_TEXT, created),
                      drill_builder_get_text (self, DRILL_DICT_TEXT, other_created));

  if (order != 0)
    return order > 0;

  return strcmp (drill_builder_get_text (self, DRILL_DICT_TEXT, items[item].session_id),
                 drill_builder_get_text (self, DRILL_DICT_TEXT, items[other_item].session_id)) < 0;
}

static guint32
add_state (DrillEvidenceBuilder *self,
           DrillSpan             state)
{
  guint32 code = drill_builder_add_text (self, DRILL_DICT_STATE, state);

  return code != 0 ? code : DRILL_STATE_OUTSTANDING;
}

static void
append_ack (DrillEvidenceBuilder *self,
            const DrillAck       *ack)
{
  guint32 row = (guint32) self->store.acks.n;

  *(DrillAck *) drill_column_append (&self->store.acks, 1) = *ack;

  if (ack->pair != DRILL_NONE)
    {
      const DrillAck *acks = self->store.acks.data;
      guint32 *newest = &drill_column_index (&self->pair_acks, guint32, ack->pair);

      if (*newest == DRILL_NONE ||
          drill_builder_is_newer (self, ack->created, ack->item, acks[*newest].created, acks[*newest].item))
        *newest = row;
    }
}

void
drill_builder_add_ack (DrillEvidenceBuilder   *self,
                       const DrillDecodedItem *decoded,
                       guint32                 item)
{
  gboolean nested = decoded->has_payload;
  DrillAck ack = { .item = item };

  ack.pair = drill_builder_add_pair (self,
                       drill_builder_add_text (self, DRILL_DICT_SCHEDULE, decoded->self.schedule_id),
                       drill_builder_add_text (self, DRILL_DICT_PROVIDER, decoded->row.provider));
  ack.state = add_state (self, decoded->state);
  ack.payload_state = add_state (self, nested ? decoded->ack_state : decoded->state);
  ack.actor = drill_builder_add_text (self, DRILL_DICT_ACTOR, nested ? decoded->ack_by : decoded->own_ack_by);
  ack.at = drill_builder_add_text (self, DRILL_DICT_TEXT, nested ? decoded->ack_at : decoded->own_ack_at);
  ack.reference = drill_builder_add_text (self, DRILL_DICT_REFERENCE, nested ? decoded->ack_reference : decoded->own_ack_reference);
  ack.notes = drill_builder_add_text (self, DRILL_DICT_TEXT, nested ? decoded->ack_notes : decoded->own_ack_notes);
  ack.id = drill_builder_add_text (self, DRILL_DICT_TEXT, nested ? decoded->ack_id : decoded->own_ack_id);
  ack.plan_id = drill_builder_add_text (self, DRILL_DICT_TEXT, drill_span_or (decoded->self.plan_id, decoded->ack_plan_id));
  ack.created = drill_builder_add_text (self, DRILL_DICT_TEXT, decoded->created_at);
  ack.created_us = drill_time_parse (decoded->created_at.text, decoded->created_at.length);

  drill_column_index (&self->store.items, DrillItem, item).ack = (guint32) self->store.acks.n;
  append_ack (self, &ack);
}

/* The state that a row of an audit package came with */
void
drill_builder_add_row_ack (DrillEvidenceBuilder   *self,
                           const DrillDecodedItem *decoded,
                           guint32                 item,
                           guint32                 pair)
{
  DrillAck ack = { .item = item, .pair = pair };
  guint32 newest;

  if (pair == DRILL_NONE || decoded->state.text == NULL || drill_span_equal (decoded->state, "outstanding"))
    return;

  ack.state = add_state (self, decoded->state);
  ack.payload_state = ack.state;
  ack.actor = drill_builder_add_text (self, DRILL_DICT_ACTOR, decoded->own_ack_by);
  ack.at = drill_builder_add_text (self, DRILL_DICT_TEXT, decoded->own_ack_at);
  ack.reference = drill_builder_add_text (self, DRILL_DICT_REFERENCE, decoded->own_ack_reference);
  ack.notes = drill_builder_add_text (self, DRILL_DICT_TEXT, decoded->own_ack_notes);
  ack.id = drill_builder_add_text (self, DRILL_DICT_TEXT, decoded->own_ack_id);
  ack.created = ack.at;
  ack.created_us = drill_time_parse (decoded->own_ack_at.text, decoded->own_ack_at.length);

  newest = drill_column_index (&self->pair_acks, guint32, pair);
  if (newest != DRILL_NONE && drill_column_index (&self->store.acks, DrillAck, newest).id == ack.id)
    return; /* each route of the pair repeats it */

  append_ack (self, &ack);
}
