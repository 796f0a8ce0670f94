// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib-object.h>

#include "ui/charts/drill-chart-style.h"

G_BEGIN_DECLS

/**
 * DrillChartKind:
 * @DRILL_CHART_COLUMNS: a column for each point, the series on top of each other
 * @DRILL_CHART_BARS: a bar for each point with its name before it, the series one after the other
 * @DRILL_CHART_STEPS: a stepped line for each series
 *
 * How values are drawn. Points of columns and steps are in the order of time.
 */
typedef enum {
  DRILL_CHART_COLUMNS,
  DRILL_CHART_BARS,
  DRILL_CHART_STEPS,
} DrillChartKind;

/**
 * DRILL_CHART_WHOLE:
 *
 * Stands for a point as a whole, where a series is asked for.
 */
#define DRILL_CHART_WHOLE G_MAXUINT

/**
 * DrillChartData:
 *
 * What a chart shows, and the table behind it: points, and for each of them a
 * count of each series. Filled once and not changed while it is shown.
 */
#define DRILL_TYPE_CHART_DATA (drill_chart_data_get_type ())

G_DECLARE_FINAL_TYPE (DrillChartData, drill_chart_data, DRILL, CHART_DATA, GObject)

DrillChartData *drill_chart_data_new               (DrillChartKind   kind,
                                                    guint            n_points,
                                                    const char      *points_title);
void            drill_chart_data_set_point         (DrillChartData  *self,
                                                    guint            point,
                                                    const char      *mark,
                                                    const char      *name);
guint           drill_chart_data_add_series        (DrillChartData  *self,
                                                    const char      *name,
                                                    DrillChartTone   tone,
                                                    const guint     *values);
void            drill_chart_data_set_hint          (DrillChartData  *self,
                                                    const char      *hint);
void            drill_chart_data_set_opens         (DrillChartData  *self,
                                                    guint            point,
                                                    guint            series);

const char     *drill_chart_data_get_hint          (DrillChartData  *self);
DrillChartKind  drill_chart_data_get_kind          (DrillChartData  *self);
guint           drill_chart_data_get_n_points      (DrillChartData  *self);
guint           drill_chart_data_get_n_series      (DrillChartData  *self);
const char     *drill_chart_data_get_points_title  (DrillChartData  *self);
const char     *drill_chart_data_get_mark          (DrillChartData  *self,
                                                    guint            point);
const char     *drill_chart_data_get_name          (DrillChartData  *self,
                                                    guint            point);
const char     *drill_chart_data_get_series_name   (DrillChartData  *self,
                                                    guint            series);
DrillChartTone  drill_chart_data_get_tone          (DrillChartData  *self,
                                                    guint            series);
guint           drill_chart_data_get_value         (DrillChartData  *self,
                                                    guint            point,
                                                    guint            series);
gint64          drill_chart_data_get_total         (DrillChartData  *self,
                                                    guint            point);
gint64          drill_chart_data_get_largest       (DrillChartData  *self);
gboolean        drill_chart_data_get_opens         (DrillChartData  *self,
                                                    guint            point,
                                                    guint            series);
gboolean        drill_chart_data_is_stacked        (DrillChartData  *self);
char           *drill_chart_data_dup_text          (DrillChartData  *self,
                                                    guint            point,
                                                    guint            series,
                                                    const char      *separator);
char           *drill_chart_data_dup_summary       (DrillChartData  *self);

G_END_DECLS
