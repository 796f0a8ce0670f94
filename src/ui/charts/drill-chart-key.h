// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/drill-chart-data.h"

G_BEGIN_DECLS

/**
 * DrillChartKey:
 *
 * What one series looks like: the picture before its name in a legend.
 */
#define DRILL_TYPE_CHART_KEY (drill_chart_key_get_type ())

G_DECLARE_FINAL_TYPE (DrillChartKey, drill_chart_key, DRILL, CHART_KEY, GtkWidget)

GtkWidget *drill_chart_key_new (DrillChartTone tone,
                                DrillChartKind kind);

G_END_DECLS
