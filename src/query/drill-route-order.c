// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-route-table-private.h"

#include <string.h>

/* The default order: newest first, then schedule, provider, owner; plan id and
 * row only so that it is the same each time. */

#define FEW_ROWS 24 /* of one time: sorted by insertion; a plan has some ten */

static int
compare_numbers (guint32 a,
                 guint32 b)
{
  return (a > b) - (a < b);
}

static int
compare_texts (DrillRouteTable  *self,
               DrillDict         dict,
               DrillRouteColumn  column,
               guint32           a,
               guint32           b)
{
  const guint32 *ranks = self->dict_ranks[dict].ranks;

  return compare_numbers (ranks[self->columns[column][a]], ranks[self->columns[column][b]]);
}

static int
compare_rows (DrillRouteTable *self,
              guint32          a,
              guint32          b)
{
  guint32 plan_a = self->columns[DRILL_ROUTE_PLAN][a];
  guint32 plan_b = self->columns[DRILL_ROUTE_PLAN][b];
  int order = compare_numbers (self->created.ranks[plan_b], self->created.ranks[plan_a]);

  if (order == 0)
    order = compare_texts (self, DRILL_DICT_SCHEDULE, DRILL_ROUTE_SCHEDULE, a, b);
  if (order == 0)
    order = compare_texts (self, DRILL_DICT_PROVIDER, DRILL_ROUTE_PROVIDER, a, b);
  if (order == 0)
    order = compare_texts (self, DRILL_DICT_OWNER, DRILL_ROUTE_OWNER, a, b);
  if (order == 0)
    order = compare_numbers (self->plan_ids.ranks[plan_a], self->plan_ids.ranks[plan_b]);

  return order != 0 ? order : compare_numbers (a, b);
}

static int
compare_rows_cb (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  return compare_rows (user_data, *(const guint32 *) a, *(const guint32 *) b);
}

static void
sort_few (DrillRouteTable *self,
          guint32         *rows,
          guint            n)
{
  for (guint i = 1; i < n; i++)
    {
      guint32 row = rows[i];
      guint j = i;

      for (; j > 0 && compare_rows (self, row, rows[j - 1]) < 0; j--)
        rows[j] = rows[j - 1];
      rows[j] = row;
    }
}

/* Rows from @first on in the default order: by time in one counting pass, and
 * then each time by itself. */
static guint32 *
sort_from (DrillRouteTable *self,
           guint            first)
{
  const guint32 *plans = self->columns[DRILL_ROUTE_PLAN];
  guint newest = self->created.n_ranks;
  g_autofree guint32 *starts = g_new0 (guint32, newest + 1);
  guint32 *rows = g_new (guint32, self->n_rows - first);

  for (guint row = first; row < self->n_rows; row++)
    starts[newest - self->created.ranks[plans[row]]]++;
  for (guint i = 1; i <= newest; i++)
    starts[i] += starts[i - 1];

  /* starts[i] is now where the next newer time ends; filling moves each start
   * to its end, which is the next one's start. */
  for (guint row = first; row < self->n_rows; row++)
    rows[starts[newest - 1 - self->created.ranks[plans[row]]]++] = row;

  for (guint i = 0, begin = 0; i < newest; i++)
    {
      guint n = starts[i] - begin;

      if (n > FEW_ROWS)
        g_qsort_with_data (rows + begin, (int) n, sizeof (guint32), compare_rows_cb, self);
      else if (n > 1)
        sort_few (self, rows + begin, n);
      begin = starts[i];
    }

  return rows;
}

/* How many of the sorted rows come before @row; it is expected near the start. */
static guint
count_before (DrillRouteTable *self,
              const guint32   *rows,
              guint            n,
              guint32          row)
{
  guint step = 1;
  guint low = 0;
  guint high;

  while (low + step < n && compare_rows (self, rows[low + step], row) < 0)
    {
      low += step;
      step *= 2;
    }
  high = MIN (low + step, n);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_rows (self, rows[middle], row) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* Sets the default order; of @previous, whose rows are the first of this
 * table, the order is kept and the new rows are merged in. */
void
drill_route_order_build (DrillRouteTable *self,
                         DrillRouteTable *previous)
{
  guint n_old = previous != NULL ? previous->n_rows : 0;
  guint n_new = self->n_rows - n_old;
  guint32 *rows = sort_from (self, n_old);
  const guint32 *old;
  guint32 *order;

  if (n_old == 0)
    {
      self->order = rows;
      return;
    }

  old = previous->order;
  order = self->order = g_new (guint32, self->n_rows);
  for (guint i = 0; i < n_new; i++)
    {
      guint before = count_before (self, old, n_old, rows[i]);

      memcpy (order, old, sizeof (guint32) * before);
      order += before;
      old += before;
      n_old -= before;
      *order++ = rows[i];
    }
  memcpy (order, old, sizeof (guint32) * n_old);
  g_free (rows);
}

typedef struct {
  gint64  deadline;
  guint32 row;
} Deadline;

static int
compare_deadlines_cb (gconstpointer a,
                      gconstpointer b)
{
  const Deadline *x = a;
  const Deadline *y = b;

  if (x->deadline != y->deadline)
    return x->deadline < y->deadline ? -1 : 1;

  return compare_numbers (x->row, y->row);
}

/* Sets the outstanding routes of the escalation plan in the order in which they
 * breach: what is due next, and sorting by it, is then looked up. */
void
drill_route_deadlines_build (DrillRouteTable *self)
{
  g_autoptr(GArray) deadlines = g_array_new (FALSE, FALSE, sizeof (Deadline));

  for (guint row = 0; row < self->n_rows; row++)
    {
      Deadline deadline = { self->deadlines[row], row };

      if (drill_route_table_is_judged (self, row) &&
          !drill_state_is_acknowledged (drill_route_table_get_shape (self, self->shapes[row])->state))
        g_array_append_val (deadlines, deadline);
    }
  g_array_sort (deadlines, compare_deadlines_cb);

  self->due.n = deadlines->len;
  self->due.rows = g_new (guint32, deadlines->len);
  for (guint i = 0; i < deadlines->len; i++)
    self->due.rows[i] = g_array_index (deadlines, Deadline, i).row;
}
