// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/drill-time-buckets.h"
#include "ui/charts/drill-chart-data.h"

G_BEGIN_DECLS

DrillChartData *drill_chart_time_new_data (DrillChartKind          kind,
                                           const DrillTimeBuckets *buckets);

G_END_DECLS
