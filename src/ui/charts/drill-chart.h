// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/drill-chart-data.h"

G_BEGIN_DECLS

/**
 * DrillChart:
 *
 * Draws #DrillChartData. Arrow keys move from value to value: along the points,
 * and across them through their series; Enter, Space and a click open what is
 * behind a value. For assistive technologies it is an image, whose name says
 * the value that is selected and whose description says the whole.
 *
 * Signals:
 * - `open` (uint point, uint series): somebody wants to see what is behind a value, of which drill_chart_data_get_opens() says that it can be shown
 * - `selected`: another value, or none, is selected with the keyboard or pointed at
 */
#define DRILL_TYPE_CHART (drill_chart_get_type ())

G_DECLARE_FINAL_TYPE (DrillChart, drill_chart, DRILL, CHART, GtkWidget)

GtkWidget      *drill_chart_new          (void);
void            drill_chart_set_data     (DrillChart     *self,
                                          DrillChartData *data,
                                          const char     *title);
DrillChartData *drill_chart_get_data     (DrillChart     *self);
gboolean        drill_chart_get_selected (DrillChart     *self,
                                          guint          *point,
                                          guint          *series);

G_END_DECLS
