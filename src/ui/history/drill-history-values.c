// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/drill-history-values.h"

#include <string.h>

/* Which codes of a dictionary items have: one byte for each code. */
typedef struct {
  DrillDict  dict;
  guint8    *seen;
  guint      n_codes;
} Seen;

static void
seen_init (Seen          *seen,
           DrillEvidence *evidence,
           DrillDict      dict)
{
  seen->dict = dict;
  seen->n_codes = drill_evidence_get_dict_size (evidence, dict);
  seen->seen = g_new0 (guint8, MAX (seen->n_codes, 1));
}

static inline void
seen_add (Seen    *seen,
          guint32  code)
{
  if (code < seen->n_codes)
    seen->seen[code] = 1;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char **
seen_finish (Seen          *seen,
             DrillEvidence *evidence)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();

  /* Code 0 is the empty text: there is nothing to choose. */
  for (guint code = 1; code < seen->n_codes; code++)
    {
      if (seen->seen[code])
        g_ptr_array_add (texts, g_strdup (drill_evidence_get_text (evidence, seen->dict, code)));
    }
  g_ptr_array_sort (texts, compare_texts);
  g_ptr_array_add (texts, NULL);
  g_free (seen->seen);

  return (char **) g_ptr_array_steal (texts, NULL);
}

/**
 * drill_history_values_collect:
 * @evidence: a snapshot
 * @kinds: (out) (transfer full) (array zero-terminated=1): the kinds of its items
 * @providers: (out) (transfer full) (array zero-terminated=1): the providers they name
 * @states: (out) (transfer full) (array zero-terminated=1): their states
 * @alerts: (out) (transfer full) (array zero-terminated=1): their alert levels
 *
 * What the history can be filtered by: the values that occur in items, each
 * once, sorted.
 */
void
drill_history_values_collect (DrillEvidence   *evidence,
                              char          ***kinds,
                              char          ***providers,
                              char          ***states,
                              char          ***alerts)
{
  const DrillItem *items = drill_evidence_get_items (evidence);
  const guint32 *item_providers = drill_evidence_get_item_providers (evidence);
  guint n_items = drill_evidence_get_n_items (evidence);
  Seen kind, provider, state, alert;

  seen_init (&kind, evidence, DRILL_DICT_KIND);
  seen_init (&provider, evidence, DRILL_DICT_PROVIDER);
  seen_init (&state, evidence, DRILL_DICT_STATE);
  seen_init (&alert, evidence, DRILL_DICT_ALERT);

  for (guint i = 0; i < n_items; i++)
    {
      const DrillItem *item = &items[i];

      seen_add (&kind, item->kind);
      seen_add (&state, item->state);
      seen_add (&alert, item->alert);
      for (guint j = 0; j < item->n_providers; j++)
        seen_add (&provider, item_providers[item->first_provider + j]);
    }

  *kinds = seen_finish (&kind, evidence);
  *providers = seen_finish (&provider, evidence);
  *states = seen_finish (&state, evidence);
  *alerts = seen_finish (&alert, evidence);
}
