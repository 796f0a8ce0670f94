// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-route-table-private.h"

struct _DrillRouteResult {
  gatomicrefcount  ref_count;
  DrillRouteTable *table; /* keeps the texts */
  DrillRouteQuery *query; /* the same */
  guint32         *rows;
  guint            n_rows;
  guint            n_in_scope;
  guint            n_breached;
  gint64           next_change;
  gboolean         ids_pending;
  GArray          *facets[DRILL_N_FACETS]; /* DrillFacetCount */
};

G_DEFINE_BOXED_TYPE (DrillRouteResult, drill_route_result, drill_route_result_ref, drill_route_result_unref)

static void
add_count (GArray     *counts,
           const char *value,
           guint       count)
{
  DrillFacetCount entry = { value, count };

  g_array_append_val (counts, entry);
}

/* Values that are selected stay in the list, at its end when they count no
 * route: they could not be deselected otherwise. */
static void
add_missing (DrillRouteResult *self,
             DrillFacet        facet)
{
  const char *const *values = drill_route_query_get_values (self->query, facet);
  guint n = self->facets[facet]->len;

  for (guint i = 0; values[i] != NULL; i++)
    {
      gboolean listed = FALSE;

      for (guint j = 0; j < n && !listed; j++)
        listed = g_str_equal (g_array_index (self->facets[facet], DrillFacetCount, j).value, values[i]);
      if (!listed)
        add_count (self->facets[facet], values[i], 0);
    }
}

static void
list_facet (DrillRouteResult       *self,
            const DrillRouteAnswer *answer,
            DrillFacet              facet)
{
  DrillDict dict = drill_facet_get_dict (facet);
  const DrillRanks *ranks = &self->table->dict_ranks[dict];

  for (guint i = 0; i < ranks->n; i++)
    {
      guint32 code = ranks->order[i];

      if (answer->counts[facet][code] > 0)
        add_count (self->facets[facet],
                   drill_evidence_get_text (self->table->evidence, dict, code),
                   answer->counts[facet][code]);
    }
}

static void
list_slos (DrillRouteResult       *self,
           const DrillRouteAnswer *answer)
{
  for (guint i = 0; i < DRILL_N_SLOS; i++)
    if (answer->counts[DRILL_FACET_SLO][i] > 0)
      add_count (self->facets[DRILL_FACET_SLO], drill_slo_get_name (i),
                 answer->counts[DRILL_FACET_SLO][i]);
}

/* When the first route becomes due or breached after now */
static gint64
get_next_change (DrillRouteTable        *table,
                 const DrillRouteAnswer *answer)
{
  gint64 window = answer->due_us - answer->now_us;
  gint64 next = G_MAXINT64;
  gint64 from[] = { answer->now_us, answer->due_us };

  for (guint i = 0; i < G_N_ELEMENTS (from); i++)
    {
      guint low = 0;
      guint high = table->due.n;
      gint64 deadline;

      while (low < high)
        {
          guint middle = low + (high - low) / 2;

          if (table->deadlines[table->due.rows[middle]] <= from[i])
            low = middle + 1;
          else
            high = middle;
        }

      if (low == table->due.n)
        continue;

      deadline = table->deadlines[table->due.rows[low]];
      if (deadline != G_MAXINT64)
        next = MIN (next, i == 0 ? deadline : deadline - window);
    }

  return next;
}

DrillRouteResult *
drill_route_result_new (DrillRouteTable  *table,
                        DrillRouteAnswer *answer,
                        guint32          *rows)
{
  DrillRouteResult *self = g_new0 (DrillRouteResult, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->table = drill_route_table_ref (table);
  self->query = drill_route_query_copy (answer->query);
  self->rows = rows;
  self->n_rows = answer->n_selected;
  self->n_in_scope = answer->n_in_scope;
  self->n_breached = answer->n_breached;
  self->next_change = get_next_change (table, answer);
  self->ids_pending = answer->ids_pending;
  for (guint facet = 0; facet < DRILL_N_FACETS; facet++)
    {
      self->facets[facet] = g_array_new (FALSE, FALSE, sizeof (DrillFacetCount));
      if (facet == DRILL_FACET_SLO)
        list_slos (self, answer);
      else
        list_facet (self, answer, facet);
      add_missing (self, facet);
    }

  return self;
}

DrillRouteResult *
drill_route_result_ref (DrillRouteResult *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
drill_route_result_unref (DrillRouteResult *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint facet = 0; facet < DRILL_N_FACETS; facet++)
    g_array_unref (self->facets[facet]);
  g_free (self->rows);
  drill_route_query_free (self->query);
  drill_route_table_unref (self->table);
  g_free (self);
}

guint
drill_route_result_get_n_rows (DrillRouteResult *self)
{
  return self->n_rows;
}

/**
 * drill_route_result_get_rows:
 * @self: a result
 *
 * Returns: (transfer none) (array): the rows of the route columns that the
 *   query selects, in its order; as many as drill_route_result_get_n_rows()
 */
const guint32 *
drill_route_result_get_rows (DrillRouteResult *self)
{
  return self->rows;
}

/**
 * drill_route_result_get_n_in_scope:
 * @self: a result
 *
 * Returns: rows of the plan scope, before any filter
 */
guint
drill_route_result_get_n_in_scope (DrillRouteResult *self)
{
  return self->n_in_scope;
}

/**
 * drill_route_result_get_n_breached:
 * @self: a result
 *
 * Returns: selected rows that are not acknowledged within their SLO (contract section 5)
 */
guint
drill_route_result_get_n_breached (DrillRouteResult *self)
{
  return self->n_breached;
}

/**
 * drill_route_result_get_next_change:
 * @self: a result
 *
 * Returns: when the next route of the escalation plan, selected or not, becomes
 *   due or breached, µs UTC, or %G_MAXINT64 if none will: the same query then
 *   has another answer
 */
gint64
drill_route_result_get_next_change (DrillRouteResult *self)
{
  return self->next_change;
}

/**
 * drill_route_result_get_ids_pending:
 * @self: a result
 *
 * Returns: whether the search text can be part of a route id while not all ids
 *   are known yet, see drill_route_table_prepare_ids(): query again then
 */
gboolean
drill_route_result_get_ids_pending (DrillRouteResult *self)
{
  return self->ids_pending;
}

/**
 * drill_route_result_get_facet:
 * @self: a result
 * @facet: a facet
 *
 * Its values with their counts, in the order in which they are sorted. Values
 * that no route has under the other filters are left out; those of them that
 * are selected come last. The empty text stands for routes that name none.
 *
 * Returns: (transfer none) (element-type DrillFacetCount): the values, valid as
 *   long as the result
 */
GArray *
drill_route_result_get_facet (DrillRouteResult *self,
                              DrillFacet        facet)
{
  g_return_val_if_fail (facet < DRILL_N_FACETS, NULL);

  return self->facets[facet];
}
