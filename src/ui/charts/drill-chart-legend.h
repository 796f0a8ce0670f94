// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/drill-chart-data.h"

G_BEGIN_DECLS

/**
 * DrillChartLegend:
 *
 * What the series of a chart look like, with their names: in as many lines as
 * the width makes necessary.
 */
#define DRILL_TYPE_CHART_LEGEND (drill_chart_legend_get_type ())

G_DECLARE_FINAL_TYPE (DrillChartLegend, drill_chart_legend, DRILL, CHART_LEGEND, GtkWidget)

void drill_chart_legend_set_data (DrillChartLegend *self,
                                  DrillChartData   *data);

G_END_DECLS
