// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DrillChartScale:
 * @step: between two ticks: 1, 2 or 5 times a power of ten
 * @n_ticks: ticks, the one at 0 not counted
 *
 * An axis for counts from 0 to at least the largest of them.
 */
typedef struct {
  gint64 step;
  guint  n_ticks;
} DrillChartScale;

void   drill_chart_scale_init    (DrillChartScale       *self,
                                  gint64                 largest,
                                  guint                  most_ticks);
gint64 drill_chart_scale_get_end (const DrillChartScale *self);

G_END_DECLS
