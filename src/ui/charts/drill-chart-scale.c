// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/drill-chart-scale.h"

/**
 * drill_chart_scale_init:
 * @self: (out caller-allocates): the scale
 * @largest: what it has to reach, at least 0
 * @most_ticks: how many ticks there is room for, at least 1
 *
 * Finds the smallest step that a person can count in. The scale has at least
 * one tick, at 1, and no fractions: there is no half route.
 */
void
drill_chart_scale_init (DrillChartScale *self,
                        gint64           largest,
                        guint            most_ticks)
{
  static const int multiples[] = { 1, 2, 5 };
  gint64 power = 1;
  guint i = 0;

  largest = MAX (largest, 1);
  most_ticks = MAX (most_ticks, 1);
  while ((largest + multiples[i] * power - 1) / (multiples[i] * power) > most_ticks)
    if (++i == G_N_ELEMENTS (multiples))
      {
        i = 0;
        power *= 10;
      }

  self->step = multiples[i] * power;
  self->n_ticks = (guint) ((largest + self->step - 1) / self->step);
}

/**
 * drill_chart_scale_get_end:
 * @self: a scale
 *
 * Returns: the value at its last tick
 */
gint64
drill_chart_scale_get_end (const DrillChartScale *self)
{
  return self->step * self->n_ticks;
}
