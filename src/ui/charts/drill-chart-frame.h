// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/drill-chart-data.h"
#include "ui/charts/drill-chart-scale.h"

G_BEGIN_DECLS

/**
 * DrillChartText:
 * @layout: (owned): the text
 * @x: its left edge, px
 * @y: its top edge, px
 *
 * A text of the axes, in its place.
 */
typedef struct {
  PangoLayout *layout;
  float        x;
  float        y;
} DrillChartText;

/**
 * DrillChartFrame:
 * @data: what is drawn
 * @width: of the widget, px
 * @rtl: whether all of it is the other way round, as the language is
 * @plot: where the values are drawn
 * @scale: the axis of the values
 * @texts: (element-type DrillChartText): the axes, and the totals of bars
 *
 * Where everything in a chart is, worked out once for a size. Nothing in it
 * depends on colours or on what is selected.
 */
typedef struct {
  DrillChartData  *data;
  float            width;
  gboolean         rtl;
  graphene_rect_t  plot;
  DrillChartScale  scale;
  GArray          *texts;
} DrillChartFrame;

DrillChartFrame *drill_chart_frame_new         (GtkWidget       *widget,
                                                DrillChartData  *data,
                                                int              width,
                                                int              height);
void             drill_chart_frame_free        (DrillChartFrame *self);
void             drill_chart_frame_get_tick    (DrillChartFrame *self,
                                                guint            tick,
                                                graphene_rect_t *line);
void             drill_chart_frame_get_point   (DrillChartFrame *self,
                                                guint            point,
                                                graphene_rect_t *area);
void             drill_chart_frame_get_value   (DrillChartFrame *self,
                                                guint            point,
                                                guint            series,
                                                graphene_rect_t *area);
gboolean         drill_chart_frame_find        (DrillChartFrame *self,
                                                double           x,
                                                double           y,
                                                guint           *point,
                                                guint           *series);
int              drill_chart_frame_get_natural (GtkWidget       *widget,
                                                DrillChartData  *data,
                                                GtkOrientation   orientation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillChartFrame, drill_chart_frame_free)

G_END_DECLS
