// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-selection.h"

#include <string.h>

#define BITS_PER_WORD 64

struct _DrillSelection {
  GObject  parent_instance;
  GArray  *words; /* guint64: one bit a row; "all of a million" is 125 kB */
  guint    n;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (DrillSelection, drill_selection, G_TYPE_OBJECT)

static void
drill_selection_finalize (GObject *object)
{
  DrillSelection *self = DRILL_SELECTION (object);

  g_array_unref (self->words);

  G_OBJECT_CLASS (drill_selection_parent_class)->finalize (object);
}

static void
drill_selection_class_init (DrillSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_selection_finalize;

  /**
   * DrillSelection::changed:
   * @self: a selection
   */
  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
drill_selection_init (DrillSelection *self)
{
  self->words = g_array_new (FALSE, TRUE, sizeof (guint64));
}

/* Returns: whether that was a change */
static gboolean
set_row (DrillSelection *self,
         guint32         row,
         gboolean        selected)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << (row % BITS_PER_WORD);
  guint word = row / BITS_PER_WORD;

  if (drill_selection_contains (self, row) == selected || row == DRILL_NONE)
    return FALSE;

  if (word >= self->words->len)
    g_array_set_size (self->words, word + 1);

  g_array_index (self->words, guint64, word) ^= bit;
  self->n += selected ? 1 : -1;

  return TRUE;
}

static gboolean
set_rows (DrillSelection *self,
          const guint32  *rows,
          guint           n_rows,
          gboolean        selected)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < n_rows; i++)
    changed |= set_row (self, rows[i], selected);

  return changed;
}

static void
unset_all (DrillSelection *self)
{
  g_array_set_size (self->words, 0);
  self->n = 0;
}

/* What a route id is made of, besides plan and time */
static const struct {
  DrillRouteColumn column;
  DrillDict        dict;
} identity[] = {
  { DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER },
  { DRILL_ROUTE_OWNER, DRILL_DICT_OWNER },
  { DRILL_ROUTE_SCHEDULE, DRILL_DICT_SCHEDULE },
  { DRILL_ROUTE_ACTION, DRILL_DICT_ACTION },
  { DRILL_ROUTE_REASON, DRILL_DICT_REASON },
};

static const char *
get_column_text (DrillEvidence *evidence,
                 guint32        row,
                 gsize          i)
{
  return drill_evidence_get_text (evidence, identity[i].dict,
                                  drill_evidence_get_route_column (evidence, identity[i].column)[row]);
}

static const DrillPlan *
get_plan (DrillEvidence *evidence,
          guint32        row)
{
  return &drill_evidence_get_plans (evidence)[drill_evidence_get_route_column (evidence, DRILL_ROUTE_PLAN)[row]];
}

static gboolean
is_same_dict (DrillEvidence *before,
              DrillEvidence *after,
              DrillDict      dict)
{
  guint n = drill_evidence_get_dict_size (before, dict);

  if (n > drill_evidence_get_dict_size (after, dict))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      const char *a = drill_evidence_get_text (before, dict, i);
      const char *b = drill_evidence_get_text (after, dict, i);

      if (a != b && strcmp (a, b) != 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_same_column (DrillEvidence    *before,
                DrillEvidence    *after,
                DrillRouteColumn  column)
{
  gsize n = drill_evidence_get_n_routes (before);
  const guint32 *a = drill_evidence_get_route_column (before, column);
  const guint32 *b = drill_evidence_get_route_column (after, column);

  return n == 0 || a == b || memcmp (a, b, sizeof *a * n) == 0;
}

/* Whether all rows are still what they were, as in a later snapshot of the same
 * builder. Codes are compared rather than texts: it is then all the same how
 * many rows are selected. */
static gboolean
is_extended (DrillEvidence *before,
             DrillEvidence *after)
{
  const DrillPlan *plans_before = drill_evidence_get_plans (before);
  const DrillPlan *plans_after = drill_evidence_get_plans (after);
  guint n_plans = drill_evidence_get_n_plans (before);

  if (before == after)
    return TRUE;

  if (drill_evidence_get_n_routes (before) > drill_evidence_get_n_routes (after) ||
      n_plans > drill_evidence_get_n_plans (after) ||
      !is_same_dict (before, after, DRILL_DICT_TEXT) ||
      !is_same_column (before, after, DRILL_ROUTE_PLAN))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (identity); i++)
    if (!is_same_dict (before, after, identity[i].dict) ||
        !is_same_column (before, after, identity[i].column))
      return FALSE;

  for (guint i = 0; i < n_plans; i++)
    if (plans_before[i].plan_id != plans_after[i].plan_id ||
        plans_before[i].created != plans_after[i].created)
      return FALSE;

  return TRUE;
}

static gboolean
is_same_route (DrillEvidence *before,
               guint32        row_before,
               DrillEvidence *after,
               guint32        row_after)
{
  for (gsize i = 0; i < G_N_ELEMENTS (identity); i++)
    if (strcmp (get_column_text (before, row_before, i), get_column_text (after, row_after, i)) != 0)
      return FALSE;

  return strcmp (drill_evidence_get_text (before, DRILL_DICT_TEXT, get_plan (before, row_before)->created),
                 drill_evidence_get_text (after, DRILL_DICT_TEXT, get_plan (after, row_after)->created)) == 0;
}

/* Plans by the code of their id; a plan id can occur more than once */
static GHashTable *
index_plans (DrillEvidence *evidence)
{
  GHashTable *plans_of_id = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  const DrillPlan *plans = drill_evidence_get_plans (evidence);

  for (guint32 i = 0; i < drill_evidence_get_n_plans (evidence); i++)
    {
      gpointer id = GUINT_TO_POINTER (plans[i].plan_id);
      GArray *rows = g_hash_table_lookup (plans_of_id, id);

      if (rows == NULL)
        {
          rows = g_array_new (FALSE, FALSE, sizeof (guint32));
          g_hash_table_insert (plans_of_id, id, rows);
        }
      g_array_append_val (rows, i);
    }

  return plans_of_id;
}

static guint32
find_route (DrillEvidence *before,
            guint32        row,
            DrillEvidence *after,
            GHashTable    *plans_of_id)
{
  const char *plan_id = drill_evidence_get_text (before, DRILL_DICT_TEXT, get_plan (before, row)->plan_id);
  guint32 code = drill_evidence_find_text (after, DRILL_DICT_TEXT, plan_id);
  GArray *plans;

  if (code == DRILL_NONE)
    return DRILL_NONE;

  plans = g_hash_table_lookup (plans_of_id, GUINT_TO_POINTER (code));
  for (guint i = 0; plans != NULL && i < plans->len; i++)
    {
      const DrillPlan *plan = &drill_evidence_get_plans (after)[g_array_index (plans, guint32, i)];

      for (guint32 other = plan->first_route; other < plan->first_route + plan->n_routes; other++)
        if (is_same_route (before, row, after, other))
          return other;
    }

  return DRILL_NONE;
}

/**
 * drill_selection_new:
 *
 * Returns: (transfer full): a selection of nothing
 */
DrillSelection *
drill_selection_new (void)
{
  return g_object_new (DRILL_TYPE_SELECTION, NULL);
}

/**
 * drill_selection_get_n:
 * @self: a selection
 *
 * Returns: how many routes are selected
 */
guint
drill_selection_get_n (DrillSelection *self)
{
  g_return_val_if_fail (DRILL_IS_SELECTION (self), 0);

  return self->n;
}

/**
 * drill_selection_contains:
 * @self: a selection
 * @row: a row of the routes
 *
 * Returns: whether it is selected
 */
gboolean
drill_selection_contains (DrillSelection *self,
                          guint32         row)
{
  guint word = row / BITS_PER_WORD;

  g_return_val_if_fail (DRILL_IS_SELECTION (self), FALSE);

  return word < self->words->len &&
         (g_array_index (self->words, guint64, word) >> (row % BITS_PER_WORD) & 1) != 0;
}

/**
 * drill_selection_add:
 * @self: a selection
 * @row: a row of the routes
 *
 * Selects one route more.
 */
void
drill_selection_add (DrillSelection *self,
                     guint32         row)
{
  drill_selection_add_rows (self, &row, 1);
}

/**
 * drill_selection_add_rows:
 * @self: a selection
 * @rows: (array length=n_rows): rows to select as well
 * @n_rows: how many
 */
void
drill_selection_add_rows (DrillSelection *self,
                          const guint32  *rows,
                          guint           n_rows)
{
  g_return_if_fail (DRILL_IS_SELECTION (self));

  if (set_rows (self, rows, n_rows, TRUE))
    g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * drill_selection_remove:
 * @self: a selection
 * @row: a row of the routes
 *
 * Selects it no more.
 */
void
drill_selection_remove (DrillSelection *self,
                        guint32         row)
{
  drill_selection_remove_rows (self, &row, 1);
}

/**
 * drill_selection_remove_rows:
 * @self: a selection
 * @rows: (array length=n_rows): rows of the routes
 * @n_rows: how many
 *
 * Selects them no more.
 */
void
drill_selection_remove_rows (DrillSelection *self,
                             const guint32  *rows,
                             guint           n_rows)
{
  g_return_if_fail (DRILL_IS_SELECTION (self));

  if (set_rows (self, rows, n_rows, FALSE))
    g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * drill_selection_set_rows:
 * @self: a selection
 * @rows: (array length=n_rows): rows to select instead of those that are
 * @n_rows: how many
 */
void
drill_selection_set_rows (DrillSelection *self,
                          const guint32  *rows,
                          guint           n_rows)
{
  g_autoptr(GArray) before = NULL;
  g_autoptr(GArray) after = NULL;

  g_return_if_fail (DRILL_IS_SELECTION (self));

  before = drill_selection_dup_rows (self);
  unset_all (self);
  set_rows (self, rows, n_rows, TRUE);
  after = drill_selection_dup_rows (self);
  if (before->len != after->len ||
      (after->len > 0 && memcmp (before->data, after->data, sizeof (guint32) * after->len) != 0))
    g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * drill_selection_clear:
 * @self: a selection
 *
 * Selects nothing.
 */
void
drill_selection_clear (DrillSelection *self)
{
  g_return_if_fail (DRILL_IS_SELECTION (self));

  if (self->n == 0)
    return;

  unset_all (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * drill_selection_dup_rows:
 * @self: a selection
 *
 * Returns: (transfer full) (element-type guint32): the selected rows, the lowest first
 */
GArray *
drill_selection_dup_rows (DrillSelection *self)
{
  GArray *rows;

  g_return_val_if_fail (DRILL_IS_SELECTION (self), NULL);

  rows = g_array_sized_new (FALSE, FALSE, sizeof (guint32), self->n);
  for (guint word = 0; word < self->words->len; word++)
    {
      guint64 bits = g_array_index (self->words, guint64, word);

      for (guint32 row = word * BITS_PER_WORD; bits != 0; row++, bits >>= 1)
        if (bits & 1)
          g_array_append_val (rows, row);
    }

  return rows;
}

/**
 * drill_selection_move_to:
 * @self: a selection
 * @old_evidence: the snapshot whose rows are selected
 * @new_evidence: the snapshot that is shown instead
 *
 * Keeps the same routes selected in another snapshot, of the same builder or
 * not. Routes that it does not have are no longer selected.
 */
void
drill_selection_move_to (DrillSelection *self,
                         DrillEvidence  *old_evidence,
                         DrillEvidence  *new_evidence)
{
  g_autoptr(GHashTable) plans_of_id = NULL;
  g_autoptr(GArray) rows = NULL;

  g_return_if_fail (DRILL_IS_SELECTION (self));

  if (self->n == 0 || is_extended (old_evidence, new_evidence))
    return;

  rows = drill_selection_dup_rows (self);
  plans_of_id = index_plans (new_evidence);
  unset_all (self);
  for (guint i = 0; i < rows->len; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);

      if (row < drill_evidence_get_n_routes (old_evidence))
        set_row (self, find_route (old_evidence, row, new_evidence, plans_of_id), TRUE);
    }

  g_signal_emit (self, signals[CHANGED], 0);
}
