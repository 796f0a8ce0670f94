// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DrillRanks:
 * @n: things that are ranked, by number
 * @n_ranks: different ranks: equal things have the same one
 * @order: (array length=n) (nullable): the numbers, lowest first, equals by number
 * @ranks: (array length=n): the rank of each
 *
 * The order of texts or times, computed once, so that rows which refer to them
 * by number are sorted by counting.
 */
typedef struct {
  guint    n;
  guint    n_ranks;
  guint32 *order;
  guint32 *ranks;
} DrillRanks;

void  drill_ranks_init_texts (DrillRanks         *self,
                              const char *const  *texts,
                              guint               n);
void  drill_ranks_init_times (DrillRanks         *self,
                              const gint64       *times,
                              guint               n);
void  drill_ranks_drop_order (DrillRanks         *self);
void  drill_ranks_clear      (DrillRanks         *self);
gsize drill_ranks_get_bytes  (const DrillRanks   *self);

G_END_DECLS
