// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/drill-overview.h"
#include "query/drill-route-query.h"
#include "ui/charts/drill-chart-data.h"

G_BEGIN_DECLS

DrillChartData  *drill_overview_charts_new_open     (const DrillOverview *overview);
DrillRouteQuery *drill_overview_charts_find_open    (const DrillOverview *overview,
                                                     guint                point,
                                                     guint                series);
DrillChartData  *drill_overview_charts_new_times    (const DrillOverview *overview);
DrillRouteQuery *drill_overview_charts_find_times   (const DrillOverview *overview,
                                                     guint                point);
DrillChartData  *drill_overview_charts_new_owners   (const DrillOverview *overview,
                                                     DrillEvidence       *evidence);
DrillRouteQuery *drill_overview_charts_find_owners  (const DrillOverview *overview,
                                                     DrillEvidence       *evidence,
                                                     guint                point,
                                                     guint                series);

G_END_DECLS
