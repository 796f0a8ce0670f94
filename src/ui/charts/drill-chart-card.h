// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "ui/charts/drill-chart.h"

G_BEGIN_DECLS

/**
 * DrillChartCard:
 *
 * A chart with its title, a legend, a line that says the value that is
 * selected, a note on what it counts, and the table behind it.
 *
 * Properties:
 * - `title` (string): what it shows
 * - `empty-text` (string): what to say when there is nothing to show
 * - `control` (#GtkWidget, nullable): what its contents are chosen with, beside the title
 * - `table-visible` (boolean): whether the table is shown in place of the chart
 *
 * Signals: `open` (uint point, uint series), as of #DrillChart
 */
#define DRILL_TYPE_CHART_CARD (drill_chart_card_get_type ())

G_DECLARE_FINAL_TYPE (DrillChartCard, drill_chart_card, DRILL, CHART_CARD, AdwBin)

void            drill_chart_card_set_data (DrillChartCard *self,
                                           DrillChartData *data);
void            drill_chart_card_set_note (DrillChartCard *self,
                                           const char     *note);
DrillChartData *drill_chart_card_get_data (DrillChartCard *self);

G_END_DECLS
