// SPDX-License-Identifier: GPL-3.0-or-later
#include "audit/drill-package-scope.h"

#include <string.h>

#define CAPITAL_I_WITH_DOT 0x130
#define CAPITAL_SIGMA      0x3a3
#define FINAL_SIGMA        0x3c2

static gboolean
is_cased (gunichar c)
{
  return g_unichar_isupper (c) || g_unichar_islower (c) || g_unichar_istitle (c);
}

/* What stands within a word without being a letter of it */
static gboolean
is_ignorable (gunichar c)
{
  static const char within[] = "'.:\302\267\342\200\231\342\200\244\342\200\247";

  switch (g_unichar_type (c))
    {
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_FORMAT:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_MODIFIER_SYMBOL:
      return TRUE;

    default:
      return g_utf8_strchr (within, -1, c) != NULL;
    }
}

/* Whether a sigma at @p is the last letter of a word, and not the only one */
static gboolean
ends_word (const char *text,
           const char *p)
{
  const char *before = g_utf8_find_prev_char (text, p);
  const char *after = g_utf8_next_char (p);

  while (before != NULL && is_ignorable (g_utf8_get_char (before)))
    before = g_utf8_find_prev_char (text, before);
  while (*after != '\0' && is_ignorable (g_utf8_get_char (after)))
    after = g_utf8_next_char (after);

  return before != NULL && is_cased (g_utf8_get_char (before)) &&
         (*after == '\0' || !is_cased (g_utf8_get_char (after)));
}

/* Lower case as Python has it: in no particular language, and letter by letter but for two of them. */
static char *
to_lower (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *lower = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == CAPITAL_I_WITH_DOT)
        g_string_append (lower, "i\314\207");
      else if (c == CAPITAL_SIGMA && ends_word (valid, p))
        g_string_append_unichar (lower, FINAL_SIGMA);
      else
        g_string_append_unichar (lower, g_unichar_tolower (c));
    }

  return g_string_free (lower, FALSE);
}

static gboolean
contains (const char *lower_needle,
          const char *text)
{
  g_autofree char *lower = to_lower (text);

  return strstr (lower, lower_needle) != NULL;
}

static gboolean
fits (const char *filter,
      const char *value)
{
  return *filter == '\0' || strcmp (filter, value) == 0;
}

static gboolean
owner_code_fits (DrillScopeReader *self,
                 guint32           code)
{
  if (self->owner_fits[code] == 0)
    self->owner_fits[code] = drill_package_owner_fits (self->owner, drill_scope_reader_get_text (self, DRILL_DICT_OWNER, code),
                                                       "") ? 2 : 1;

  return self->owner_fits[code] == 2;
}

/* Newest first by the text of the time, as the service compares; then by id. */
static int
compare_items (DrillScopeReader *self,
               guint32           created_a,
               guint32           item_a,
               guint32           created_b,
               guint32           item_b)
{
  const DrillItem *items = drill_evidence_get_items (self->evidence);
  int order = strcmp (drill_scope_reader_get_text (self, DRILL_DICT_TEXT, created_b),
                      drill_scope_reader_get_text (self, DRILL_DICT_TEXT, created_a));

  if (order != 0)
    return order;

  return strcmp (drill_scope_reader_get_text (self, DRILL_DICT_TEXT, items[item_a].session_id),
                 drill_scope_reader_get_text (self, DRILL_DICT_TEXT, items[item_b].session_id));
}

static int
compare_plans_cb (gconstpointer a,
                  gconstpointer b,
                  gpointer      user_data)
{
  DrillScopeReader *self = user_data;
  const DrillPlan *plans = drill_evidence_get_plans (self->evidence);
  const DrillPlan *plan_a = &plans[*(const guint32 *) a];
  const DrillPlan *plan_b = &plans[*(const guint32 *) b];

  return compare_items (self, plan_a->created, plan_a->item, plan_b->created, plan_b->item);
}

static int
compare_acks_cb (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  DrillScopeReader *self = user_data;
  const DrillAck *acks = drill_evidence_get_acks (self->evidence);
  const DrillAck *ack_a = &acks[*(const guint32 *) a];
  const DrillAck *ack_b = &acks[*(const guint32 *) b];

  return compare_items (self, ack_a->created, ack_a->item, ack_b->created, ack_b->item);
}

static void
collect_acks (DrillScopeReader *self,
              guint             max_acks)
{
  const DrillAck *acks = drill_evidence_get_acks (self->evidence);
  guint n_acks = drill_evidence_get_n_acks (self->evidence);
  guint n_pairs = drill_evidence_get_n_pairs (self->evidence);
  g_autoptr(GArray) taken = g_array_new (FALSE, FALSE, sizeof (guint32));

  self->newest_acks = g_new (guint32, MAX (n_pairs, 1));
  for (guint i = 0; i < n_pairs; i++)
    self->newest_acks[i] = DRILL_NONE;

  for (guint32 i = 0; i < n_acks; i++)
    if (drill_scope_reader_has_ack (self, i))
      g_array_append_val (taken, i);

  if (taken->len > max_acks)
    {
      g_array_sort_with_data (taken, compare_acks_cb, self);
      g_array_set_size (taken, max_acks);
    }

  self->n_acks = taken->len;
  for (guint n = 0; n < taken->len; n++)
    {
      guint32 i = g_array_index (taken, guint32, n);
      guint32 *newest;

      if (acks[i].pair == DRILL_NONE)
        continue;

      newest = &self->newest_acks[acks[i].pair];
      if (*newest == DRILL_NONE ||
          compare_items (self, acks[i].created, acks[i].item, acks[*newest].created, acks[*newest].item) < 0)
        *newest = i;
    }
}

void
drill_scope_reader_init (DrillScopeReader        *self,
                         DrillEvidence           *evidence,
                         const DrillPackageScope *scope,
                         guint                    max_acks)
{
  *self = (DrillScopeReader) {
    .evidence = evidence,
    .schedule_id = scope != NULL && scope->schedule_id != NULL ? scope->schedule_id : "",
    .provider = scope != NULL && scope->provider != NULL ? scope->provider : "",
    .owner = scope != NULL && scope->owner != NULL ? scope->owner : "",
    .owner_fits = g_new0 (guint8, MAX (drill_evidence_get_dict_size (evidence, DRILL_DICT_OWNER), 1)),
  };
  collect_acks (self, max_acks);
}

void
drill_scope_reader_clear (DrillScopeReader *self)
{
  g_clear_pointer (&self->owner_fits, g_free);
  g_clear_pointer (&self->newest_acks, g_free);
}

const char *
drill_scope_reader_get_text (DrillScopeReader *self,
                             DrillDict         dict,
                             guint32           code)
{
  const char *text = drill_evidence_get_text (self->evidence, dict, code);

  return text != NULL ? text : "";
}

gboolean
drill_scope_reader_has_route (DrillScopeReader *self,
                              guint32           route)
{
  guint8 flags = drill_evidence_get_route_flags (self->evidence)[route];

#define CODE(column) (drill_evidence_get_route_column (self->evidence, column)[route])
  return (flags & DRILL_ROUTE_DELIVERED) &&
         fits (self->schedule_id, drill_scope_reader_get_text (self, DRILL_DICT_SCHEDULE, CODE (DRILL_ROUTE_SCHEDULE))) &&
         fits (self->provider, drill_scope_reader_get_text (self, DRILL_DICT_PROVIDER, CODE (DRILL_ROUTE_PROVIDER))) &&
         (*self->owner == '\0' ||
          owner_code_fits (self, CODE (DRILL_ROUTE_OWNER)) ||
          owner_code_fits (self, CODE (DRILL_ROUTE_ESCALATION_OWNER)));
#undef CODE
}

guint32
drill_scope_reader_get_ack_provider (DrillScopeReader *self,
                                     guint32           ack)
{
  const DrillItem *item = &drill_evidence_get_items (self->evidence)[drill_evidence_get_acks (self->evidence)[ack].item];

  return item->n_providers > 0 ? drill_evidence_get_item_providers (self->evidence)[item->first_provider] : 0;
}

gboolean
drill_scope_reader_has_ack (DrillScopeReader *self,
                            guint32           ack)
{
  const DrillItem *item = &drill_evidence_get_items (self->evidence)[drill_evidence_get_acks (self->evidence)[ack].item];
  guint32 provider = drill_scope_reader_get_ack_provider (self, ack);

  return fits (self->schedule_id, drill_scope_reader_get_text (self, DRILL_DICT_SCHEDULE, item->schedule)) &&
         fits (self->provider, drill_scope_reader_get_text (self, DRILL_DICT_PROVIDER, provider));
}

const DrillAck *
drill_scope_reader_get_ack (DrillScopeReader *self,
                            guint32           route)
{
  static const DrillAck none;
  guint32 pair = drill_evidence_get_route_column (self->evidence, DRILL_ROUTE_PAIR)[route];
  guint32 newest = pair != DRILL_NONE ? self->newest_acks[pair] : DRILL_NONE;

  return newest != DRILL_NONE ? &drill_evidence_get_acks (self->evidence)[newest] : &none;
}

guint32
drill_scope_reader_get_state (DrillScopeReader *self,
                              guint32           route)
{
  guint32 state = drill_scope_reader_get_ack (self, route)->payload_state;

  return state != DRILL_STATE_NONE ? state : DRILL_STATE_OUTSTANDING;
}

guint32 *
drill_scope_reader_sort_plans (DrillScopeReader *self,
                               guint            *n_plans)
{
  guint32 *order;

  *n_plans = drill_evidence_get_n_plans (self->evidence);
  order = g_new (guint32, MAX (*n_plans, 1));
  for (guint i = 0; i < *n_plans; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) *n_plans, sizeof *order, compare_plans_cb, self);

  return order;
}

/**
 * drill_package_owner_fits:
 * @filter: the owner filter, "" for all
 * @owner: an owner
 * @escalation_owner: who it escalates to
 *
 * The contract's owner rule (section 4).
 *
 * Returns: %TRUE when @filter is part of one of them, whatever the case
 */
gboolean
drill_package_owner_fits (const char *filter,
                          const char *owner,
                          const char *escalation_owner)
{
  g_autofree char *lower = to_lower (filter);

  return contains (lower, owner) || contains (lower, escalation_owner);
}
