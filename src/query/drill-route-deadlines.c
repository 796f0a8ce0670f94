// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-route-deadlines.h"

#include "query/drill-route-table-private.h"

/**
 * drill_route_table_get_waiting:
 * @self: a table
 * @n_rows: (out): how many
 *
 * Returns: (transfer none) (array length=n_rows): the outstanding routes of the
 *   escalation plan (contract section 5), the one that breaches first comes first
 */
const guint32 *
drill_route_table_get_waiting (DrillRouteTable *self,
                               guint           *n_rows)
{
  *n_rows = self->due.n;

  return self->due.rows;
}

/**
 * drill_route_table_count_before:
 * @self: a table
 * @until_us: a time, µs UTC
 *
 * Returns: how many of drill_route_table_get_waiting(), from the first, have
 *   their deadline at that time or before
 */
guint
drill_route_table_count_before (DrillRouteTable *self,
                                gint64           until_us)
{
  guint low = 0;
  guint high = self->due.n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->deadlines[self->due.rows[middle]] <= until_us)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}
