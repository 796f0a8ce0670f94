// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/drill-chart-frame.h"

#include "ui/common/drill-format.h"

#define GAP        6.0f  /* px between texts and what they are of */
#define MARK_GAP   14.0f /* px at least between two names on the axis of time */
#define BAR_SHARE  0.66f /* of the height of a row */
#define MOST_NAMES 0.4f  /* of the width: names of bars get no more */
#define TICK_LINES 2.0f  /* line heights from one tick to the next, at least */
#define PLOT_LINES 12    /* line heights of columns and steps */

static float
get_line_height (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  float height = (float) pango_font_metrics_get_height (metrics) / PANGO_SCALE;

  pango_font_metrics_unref (metrics);

  return height;
}

/* The other way round where the language is */
static void
mirror (DrillChartFrame *self,
        graphene_rect_t *area)
{
  if (self->rtl)
    area->origin.x = self->width - area->origin.x - area->size.width;
}

static float
get_text_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);

  return (float) width;
}

static void
add_text (DrillChartFrame *self,
          PangoLayout     *layout, /* (transfer full) */
          float            x,
          float            y)
{
  int width, height;
  graphene_rect_t area;
  DrillChartText text = { layout, 0, 0 };

  pango_layout_get_pixel_size (layout, &width, &height);
  area = GRAPHENE_RECT_INIT (x, y, width, height);
  mirror (self, &area);
  text.x = area.origin.x;
  text.y = area.origin.y;
  g_array_append_val (self->texts, text);
}

static void
clear_text (gpointer data)
{
  g_object_unref (((DrillChartText *) data)->layout);
}

static PangoLayout *
new_number (GtkWidget *widget,
            gint64     number)
{
  g_autofree char *text = drill_format_count (number);

  return gtk_widget_create_pango_layout (widget, text);
}

static float
get_number_width (GtkWidget *widget,
                  gint64     number)
{
  g_autoptr(PangoLayout) layout = new_number (widget, number);

  return get_text_width (layout);
}

/* The points from left to right, with as many names below as there is room for */
static void
lay_out_time (DrillChartFrame *self,
              GtkWidget       *widget,
              float            height,
              float            line_height)
{
  guint n_points = drill_chart_data_get_n_points (self->data);
  float plot_height = MAX (height - 1.5f * line_height - GAP, 1);
  float step, widest = 0, last_end = 0;
  float gutter;
  guint stride;

  drill_chart_scale_init (&self->scale, drill_chart_data_get_largest (self->data),
                          (guint) MAX (plot_height / (TICK_LINES * line_height), 1));
  gutter = get_number_width (widget, drill_chart_scale_get_end (&self->scale)) + GAP;
  self->plot = GRAPHENE_RECT_INIT (gutter, line_height / 2, MAX (self->width - gutter - GAP, 1), plot_height);

  for (guint i = 0; i <= self->scale.n_ticks; i++)
    {
      PangoLayout *layout = new_number (widget, self->scale.step * i);
      graphene_rect_t line;

      drill_chart_frame_get_tick (self, i, &line);
      add_text (self, layout, gutter - GAP - get_text_width (layout), line.origin.y - line_height / 2);
    }

  step = self->plot.size.width / (float) MAX (n_points, 1);
  for (guint i = 0; i < n_points; i++)
    {
      g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (widget, drill_chart_data_get_mark (self->data, i));

      widest = MAX (widest, get_text_width (layout));
    }
  stride = (guint) MAX ((widest + MARK_GAP) / step + 0.999f, 1);

  for (guint i = 0; i < n_points; i += stride)
    {
      PangoLayout *layout = gtk_widget_create_pango_layout (widget, drill_chart_data_get_mark (self->data, i));
      float width = get_text_width (layout);
      float x = gutter + step * ((float) i + 0.5f) - width / 2;

      x = CLAMP (x, 0, MAX (self->width - width, 0));
      if (i > 0 && x < last_end + GAP)
        {
          g_object_unref (layout);
          continue;
        }
      last_end = x + width;
      add_text (self, layout, x, self->plot.origin.y + plot_height + GAP);
    }
}

/* The points from top to bottom, with their names before and their totals behind */
static void
lay_out_bars (DrillChartFrame *self,
              GtkWidget       *widget,
              float            height,
              float            line_height)
{
  guint n_points = drill_chart_data_get_n_points (self->data);
  gint64 largest = drill_chart_data_get_largest (self->data);
  float names = 0, most_names = MOST_NAMES * self->width;
  float end = get_number_width (widget, largest) + 2 * GAP;
  float plot_height = MAX (height - line_height - GAP, 1);

  for (guint i = 0; i < n_points; i++)
    {
      g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (widget, drill_chart_data_get_mark (self->data, i));

      names = MAX (names, get_text_width (layout));
    }
  names = MIN (names, most_names);
  self->plot = GRAPHENE_RECT_INIT (names + GAP, 0, MAX (self->width - names - GAP - end, 1), plot_height);
  drill_chart_scale_init (&self->scale, largest,
                          (guint) MAX (self->plot.size.width / (get_number_width (widget, largest * 10) + 3 * MARK_GAP), 1));

  for (guint i = 0; i < n_points; i++)
    {
      PangoLayout *name = gtk_widget_create_pango_layout (widget, drill_chart_data_get_mark (self->data, i));
      gint64 total = drill_chart_data_get_total (self->data, i);
      graphene_rect_t area;

      drill_chart_frame_get_point (self, i, &area);
      if (get_text_width (name) > names)
        {
          pango_layout_set_width (name, (int) (names * PANGO_SCALE));
          pango_layout_set_ellipsize (name, PANGO_ELLIPSIZE_END);
        }
      add_text (self, name, names - get_text_width (name), area.origin.y + (area.size.height - line_height) / 2);
      add_text (self, new_number (widget, total),
                names + 2 * GAP + self->plot.size.width * (float) total / (float) drill_chart_scale_get_end (&self->scale),
                area.origin.y + (area.size.height - line_height) / 2);
    }

  for (guint i = 0; i <= self->scale.n_ticks; i++)
    {
      PangoLayout *layout = new_number (widget, self->scale.step * i);
      float x = self->plot.origin.x + self->plot.size.width * (float) i / (float) self->scale.n_ticks;

      x = CLAMP (x - get_text_width (layout) / 2, 0, self->width - get_text_width (layout));
      add_text (self, layout, x, plot_height + GAP);
    }
}

/**
 * drill_chart_frame_new:
 * @widget: the chart
 * @data: what it shows
 * @width: its width, px
 * @height: its height, px
 *
 * Returns: (transfer full): where everything is
 */
DrillChartFrame *
drill_chart_frame_new (GtkWidget      *widget,
                       DrillChartData *data,
                       int             width,
                       int             height)
{
  DrillChartFrame *self = g_new0 (DrillChartFrame, 1);
  float line_height = get_line_height (widget);

  self->data = g_object_ref (data);
  self->width = (float) width;
  self->rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  self->texts = g_array_new (FALSE, FALSE, sizeof (DrillChartText));
  g_array_set_clear_func (self->texts, clear_text);

  if (drill_chart_data_get_kind (data) == DRILL_CHART_BARS)
    lay_out_bars (self, widget, (float) height, line_height);
  else
    lay_out_time (self, widget, (float) height, line_height);

  return self;
}

void
drill_chart_frame_free (DrillChartFrame *self)
{
  g_object_unref (self->data);
  g_array_unref (self->texts);
  g_free (self);
}

/**
 * drill_chart_frame_get_tick:
 * @self: a frame
 * @tick: a tick, 0 for the one at 0
 * @line: (out caller-allocates): the line through the plot
 */
void
drill_chart_frame_get_tick (DrillChartFrame *self,
                            guint            tick,
                            graphene_rect_t *line)
{
  float share = (float) tick / (float) self->scale.n_ticks;
  const graphene_rect_t *plot = &self->plot;

  if (drill_chart_data_get_kind (self->data) == DRILL_CHART_BARS)
    *line = GRAPHENE_RECT_INIT (plot->origin.x + plot->size.width * share, plot->origin.y, 1, plot->size.height);
  else
    *line = GRAPHENE_RECT_INIT (plot->origin.x, plot->origin.y + plot->size.height * (1 - share), plot->size.width, 1);
  mirror (self, line);
}

/**
 * drill_chart_frame_get_point:
 * @self: a frame
 * @point: a point
 * @area: (out caller-allocates): all the place it has, its name not counted
 */
void
drill_chart_frame_get_point (DrillChartFrame *self,
                             guint            point,
                             graphene_rect_t *area)
{
  float n_points = (float) drill_chart_data_get_n_points (self->data);

  *area = self->plot;
  if (drill_chart_data_get_kind (self->data) == DRILL_CHART_BARS)
    {
      area->size.height = self->plot.size.height / n_points;
      area->origin.y += area->size.height * (float) point;
    }
  else
    {
      area->size.width = self->plot.size.width / n_points;
      area->origin.x += area->size.width * (float) point;
    }
  mirror (self, area);
}

/**
 * drill_chart_frame_get_value:
 * @self: a frame
 * @point: a point
 * @series: a series
 * @area: (out caller-allocates): where its value is drawn: all below the line for steps
 */
void
drill_chart_frame_get_value (DrillChartFrame *self,
                             guint            point,
                             guint            series,
                             graphene_rect_t *area)
{
  DrillChartKind kind = drill_chart_data_get_kind (self->data);
  float end = (float) drill_chart_scale_get_end (&self->scale);
  float value = (float) drill_chart_data_get_value (self->data, point, series);
  gint64 before = 0;
  float gap;

  for (guint i = 0; kind != DRILL_CHART_STEPS && i < series; i++)
    before += drill_chart_data_get_value (self->data, point, i);

  drill_chart_frame_get_point (self, point, area);
  if (kind == DRILL_CHART_BARS)
    {
      gap = area->size.height * (1 - BAR_SHARE);
      *area = GRAPHENE_RECT_INIT (self->plot.origin.x + self->plot.size.width * (float) before / end,
                                  area->origin.y + gap / 2,
                                  self->plot.size.width * value / end, area->size.height - gap);
      mirror (self, area);
      return;
    }

  gap = kind == DRILL_CHART_COLUMNS ? CLAMP (area->size.width * 0.2f, 1, 12) : 0;
  *area = GRAPHENE_RECT_INIT (area->origin.x + gap / 2,
                              self->plot.origin.y + self->plot.size.height * (1 - ((float) before + value) / end),
                              MAX (area->size.width - gap, 1), self->plot.size.height * value / end);
}

/**
 * drill_chart_frame_find:
 * @self: a frame
 * @x: px
 * @y: px
 * @point: (out): the point that is there
 * @series: (out): the series whose value is drawn there, or %DRILL_CHART_WHOLE
 *
 * Returns: whether there is a point
 */
gboolean
drill_chart_frame_find (DrillChartFrame *self,
                        double           x,
                        double           y,
                        guint           *point,
                        guint           *series)
{
  guint n_points = drill_chart_data_get_n_points (self->data);
  gboolean bars = drill_chart_data_get_kind (self->data) == DRILL_CHART_BARS;
  double from_start = self->rtl ? self->width - x : x;
  double share = bars ? (y - self->plot.origin.y) / self->plot.size.height
                      : (from_start - self->plot.origin.x) / self->plot.size.width;

  if (share < 0 || share >= 1 || n_points == 0)
    return FALSE;

  *point = MIN ((guint) (share * n_points), n_points - 1);
  *series = DRILL_CHART_WHOLE;
  /* The smaller of two steps is drawn over the larger one */
  for (guint i = drill_chart_data_get_n_series (self->data); i-- > 0;)
    {
      graphene_rect_t area;

      drill_chart_frame_get_value (self, *point, i, &area);
      if (graphene_rect_contains_point (&area, &GRAPHENE_POINT_INIT ((float) x, (float) y)) &&
          drill_chart_data_get_value (self->data, *point, i) > 0)
        {
          *series = i;
          break;
        }
    }

  return TRUE;
}

/**
 * drill_chart_frame_get_natural:
 * @widget: a chart
 * @data: what it shows
 * @orientation: across or down
 *
 * Returns: the space in which it can be read, px; it grows with the size of the text
 */
int
drill_chart_frame_get_natural (GtkWidget      *widget,
                               DrillChartData *data,
                               GtkOrientation  orientation)
{
  float line_height = get_line_height (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return (int) (line_height * 10);
  if (drill_chart_data_get_kind (data) == DRILL_CHART_BARS)
    return (int) ((line_height + 12) * (float) drill_chart_data_get_n_points (data) + line_height + GAP + 2);

  return (int) (line_height * PLOT_LINES);
}
