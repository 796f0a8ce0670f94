// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/drill-chart-data.h"

G_BEGIN_DECLS

void drill_chart_table_fill (GtkColumnView  *table,
                             DrillChartData *data);

G_END_DECLS
