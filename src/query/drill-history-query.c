// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-history-query.h"

#include "query/drill-fold.h"

#include <string.h>

#define KIND_PREFIX "go-backend-rollback-drill-"

/* Which codes of a dictionary a condition takes; %NULL for all. What a text
 * contains is looked at once for each text, not for each item. */
typedef struct {
  DrillEvidence *evidence;
  guint8        *kinds;
  guint8        *providers;
  guint8        *states;
  guint8        *alerts;
  DrillResult    result;
  char          *needle; /* nullable, folded */
  guint8        *found[DRILL_N_DICTS];
} Conditions;

static const char *
shorten_kind (const char *kind)
{
  return g_str_has_prefix (kind, KIND_PREFIX) ? kind + strlen (KIND_PREFIX) : kind;
}

static guint8 *
take_values (DrillEvidence     *evidence,
             DrillDict          dict,
             const char *const *values)
{
  guint n = drill_evidence_get_dict_size (evidence, dict);
  guint8 *taken;

  if (values == NULL || values[0] == NULL)
    return NULL;

  taken = g_new0 (guint8, n);
  for (guint code = 0; code < n; code++)
    {
      const char *text = drill_evidence_get_text (evidence, dict, code);

      for (guint i = 0; values[i] != NULL && !taken[code]; i++)
        taken[code] = strcmp (values[i], text) == 0 ||
                      (dict == DRILL_DICT_KIND && strcmp (values[i], shorten_kind (text)) == 0);
    }

  return taken;
}

static guint8 *
find_texts (DrillEvidence *evidence,
            DrillDict      dict,
            const char    *needle)
{
  guint n = drill_evidence_get_dict_size (evidence, dict);
  guint8 *found = g_new (guint8, n);

  for (guint code = 0; code < n; code++)
    {
      const char *text = drill_evidence_get_text (evidence, dict, code);

      /* Nobody searches for what all kinds begin with. */
      found[code] = drill_fold_contains (dict == DRILL_DICT_KIND ? shorten_kind (text) : text, needle);
    }

  return found;
}

static void
set_search (Conditions *conditions,
            const char *search)
{
  static const DrillDict dicts[] = {
    DRILL_DICT_KIND, DRILL_DICT_PROVIDER, DRILL_DICT_STATE, DRILL_DICT_ACTOR, DRILL_DICT_REFERENCE,
  };
  g_autofree char *stripped = g_strdup (search);

  if (stripped == NULL || *g_strstrip (stripped) == '\0')
    return;

  conditions->needle = drill_fold (stripped);
  for (gsize i = 0; i < G_N_ELEMENTS (dicts); i++)
    conditions->found[dicts[i]] = find_texts (conditions->evidence, dicts[i], conditions->needle);
}

static void
clear_conditions (Conditions *conditions)
{
  g_free (conditions->kinds);
  g_free (conditions->providers);
  g_free (conditions->states);
  g_free (conditions->alerts);
  g_free (conditions->needle);
  for (guint i = 0; i < DRILL_N_DICTS; i++)
    g_free (conditions->found[i]);
}

static gboolean
has_provider (const Conditions *conditions,
              const DrillItem  *item,
              const guint8     *taken)
{
  const guint32 *providers = drill_evidence_get_item_providers (conditions->evidence);

  for (guint i = 0; i < item->n_providers; i++)
    if (taken[providers[item->first_provider + i]])
      return TRUE;

  return FALSE;
}

static gboolean
contains_text (const Conditions *conditions,
               guint32           code)
{
  return drill_fold_contains (drill_evidence_get_text (conditions->evidence, DRILL_DICT_TEXT, code),
                              conditions->needle);
}

static gboolean
is_found (const Conditions *conditions,
          const DrillItem  *item)
{
  if (conditions->found[DRILL_DICT_KIND][item->kind] ||
      conditions->found[DRILL_DICT_STATE][item->state] ||
      conditions->found[DRILL_DICT_ACTOR][item->signer] ||
      has_provider (conditions, item, conditions->found[DRILL_DICT_PROVIDER]))
    return TRUE;

  if (item->ack != DRILL_NONE)
    {
      const DrillAck *ack = &drill_evidence_get_acks (conditions->evidence)[item->ack];

      if (conditions->found[DRILL_DICT_REFERENCE][ack->reference])
        return TRUE;
    }

  return contains_text (conditions, item->subject) || contains_text (conditions, item->session_id);
}

static gboolean
is_taken (const Conditions *conditions,
          const DrillItem  *item)
{
  return (conditions->kinds == NULL || conditions->kinds[item->kind]) &&
         (conditions->states == NULL || conditions->states[item->state]) &&
         (conditions->alerts == NULL || conditions->alerts[item->alert]) &&
         (conditions->result == DRILL_RESULT_NONE || conditions->result == item->result) &&
         (conditions->providers == NULL || has_provider (conditions, item, conditions->providers)) &&
         (conditions->needle == NULL || is_found (conditions, item));
}

/**
 * drill_history_query_run:
 * @evidence: a snapshot
 * @query: which items
 *
 * Selects evidence items: newest first, or oldest first when not
 * #DrillHistoryQuery.descending.
 *
 * Returns: (transfer full) (element-type guint32): row numbers of the items
 */
GArray *
drill_history_query_run (DrillEvidence           *evidence,
                         const DrillHistoryQuery *query)
{
  guint n = drill_evidence_get_n_items (evidence);
  const DrillItem *items = drill_evidence_get_items (evidence);
  const guint32 *order = drill_evidence_get_item_order (evidence);
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  Conditions conditions = {
    .evidence = evidence,
    .kinds = take_values (evidence, DRILL_DICT_KIND, query->kinds),
    .providers = take_values (evidence, DRILL_DICT_PROVIDER, query->providers),
    .states = take_values (evidence, DRILL_DICT_STATE, query->states),
    .alerts = take_values (evidence, DRILL_DICT_ALERT, query->alerts),
    .result = query->result,
  };

  set_search (&conditions, query->search);
  for (guint i = 0; i < n; i++)
    {
      guint32 item = order[query->descending ? i : n - 1 - i];

      if (is_taken (&conditions, &items[item]))
        g_array_append_val (rows, item);
    }
  clear_conditions (&conditions);

  return rows;
}
