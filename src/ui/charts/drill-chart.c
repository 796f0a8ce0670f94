// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/drill-chart.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "ui/charts/drill-chart-frame.h"

#define LINE        2.0f  /* px: how thick steps are */
#define MARKER      8.0f  /* px */
#define MARKER_GAP  28.0f /* px between two markers, at least */

struct _DrillChart
{
  GtkWidget        parent_instance;

  DrillChartData  *data;
  char            *title;
  DrillChartFrame *frame; /* nullable: until it is drawn next */
  guint            point; /* DRILL_CHART_WHOLE: none */
  guint            series;
};

G_DEFINE_FINAL_TYPE (DrillChart, drill_chart, GTK_TYPE_WIDGET)

enum {
  OPEN,
  SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_time (DrillChart *self)
{
  return drill_chart_data_get_kind (self->data) != DRILL_CHART_BARS;
}

static gboolean
can_open (DrillChart *self)
{
  return self->data != NULL && self->point != DRILL_CHART_WHOLE &&
         drill_chart_data_get_opens (self->data, self->point, self->series);
}

/* Selecting */

static void
update_accessible (DrillChart *self)
{
  g_autofree char *label = g_strdup (self->title);

  if (self->data != NULL && self->point != DRILL_CHART_WHOLE)
    {
      g_autofree char *value = drill_chart_data_dup_text (self->data, self->point, self->series, "; ");

      g_free (label);
      /* Translators: the title of a chart, then the value in it that is selected */
      label = g_strdup_printf (C_("chart", "%s: %s"), self->title, value);
    }

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
set_selected (DrillChart *self,
              guint       point,
              guint       series)
{
  if (self->point == point && self->series == series)
    return;

  self->point = point;
  self->series = series;
  update_accessible (self);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), can_open (self) ? "pointer" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
  g_signal_emit (self, signals[SELECTED], 0);
}

static guint
step (guint    current,
      int      by,
      guint    n,
      gboolean with_none)
{
  gint64 low = with_none ? -1 : 0;
  gint64 next = current == DRILL_CHART_WHOLE ? -1 : (gint64) current;

  next = CLAMP (next + by, low, (gint64) n - 1);

  return next < 0 ? DRILL_CHART_WHOLE : (guint) next;
}

/* Along the points, or across through what they are made of */
static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  DrillChart *self = DRILL_CHART (widget);
  guint point = self->point, series = self->series;
  gboolean across;
  int x, y, by;

  if (self->data == NULL || drill_chart_data_get_n_points (self->data) == 0)
    return FALSE;

  g_variant_get (args, "(ii)", &x, &y);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = -x;
  across = is_time (self) ? y != 0 : x != 0;
  /* Columns are piled up, bars are listed from the top */
  by = x != 0 ? x : is_time (self) ? -y : y;

  if (point == DRILL_CHART_WHOLE)
    point = is_time (self) ? drill_chart_data_get_n_points (self->data) - 1 : 0;
  else if (across)
    series = step (series, by, drill_chart_data_get_n_series (self->data), TRUE);
  else
    point = step (point, by, drill_chart_data_get_n_points (self->data), FALSE);
  set_selected (self, point, series);

  return TRUE;
}

static gboolean
move_to_end_cb (GtkWidget *widget,
                GVariant  *args,
                gpointer   user_data)
{
  DrillChart *self = DRILL_CHART (widget);
  guint n_points = self->data != NULL ? drill_chart_data_get_n_points (self->data) : 0;
  gboolean last = g_variant_get_boolean (args);

  if (n_points == 0)
    return FALSE;
  set_selected (self, last ? n_points - 1 : 0, self->series);

  return TRUE;
}

static gboolean
open_selected (DrillChart *self)
{
  if (!can_open (self))
    return FALSE;

  g_signal_emit (self, signals[OPEN], 0, self->point, self->series);

  return TRUE;
}

static gboolean
open_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  return open_selected (DRILL_CHART (widget));
}

static DrillChartFrame *
ensure_frame (DrillChart *self)
{
  if (self->frame == NULL && self->data != NULL)
    self->frame = drill_chart_frame_new (GTK_WIDGET (self), self->data,
                                         gtk_widget_get_width (GTK_WIDGET (self)),
                                         gtk_widget_get_height (GTK_WIDGET (self)));

  return self->frame;
}

static void
point_at (DrillChart *self,
          double      x,
          double      y)
{
  DrillChartFrame *frame = ensure_frame (self);
  guint point = DRILL_CHART_WHOLE, series = DRILL_CHART_WHOLE;

  if (frame == NULL || !drill_chart_frame_find (frame, x, y, &point, &series))
    point = series = DRILL_CHART_WHOLE;
  set_selected (self, point, series);
}

static void
motion_cb (DrillChart *self,
           double      x,
           double      y)
{
  point_at (self, x, y);
}

static void
leave_cb (DrillChart *self)
{
  if (!gtk_widget_has_focus (GTK_WIDGET (self)))
    set_selected (self, DRILL_CHART_WHOLE, DRILL_CHART_WHOLE);
}

static void
released_cb (DrillChart *self,
             int         n_press,
             double      x,
             double      y)
{
  if (!gtk_widget_contains (GTK_WIDGET (self), x, y))
    return;

  point_at (self, x, y);
  open_selected (self);
}

static void
focus_cb (DrillChart *self)
{
  guint n_points = self->data != NULL ? drill_chart_data_get_n_points (self->data) : 0;

  if (!gtk_widget_has_focus (GTK_WIDGET (self)))
    set_selected (self, DRILL_CHART_WHOLE, DRILL_CHART_WHOLE);
  else if (self->point == DRILL_CHART_WHOLE && n_points > 0)
    set_selected (self, is_time (self) ? n_points - 1 : 0, DRILL_CHART_WHOLE);
}

static gboolean
drill_chart_query_tooltip (GtkWidget  *widget,
                           int         x,
                           int         y,
                           gboolean    keyboard,
                           GtkTooltip *tooltip)
{
  DrillChart *self = DRILL_CHART (widget);
  graphene_rect_t area;
  g_autofree char *text = NULL;

  if (self->point == DRILL_CHART_WHOLE || ensure_frame (self) == NULL)
    return FALSE;

  text = drill_chart_data_dup_text (self->data, self->point, DRILL_CHART_WHOLE, "\n");
  if (can_open (self))
    {
      g_autofree char *with_hint = g_strdup_printf ("%s\n%s", text, drill_chart_data_get_hint (self->data));

      gtk_tooltip_set_text (tooltip, with_hint);
    }
  else
    {
      gtk_tooltip_set_text (tooltip, text);
    }

  drill_chart_frame_get_point (self->frame, self->point, &area);
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle) { (int) area.origin.x, (int) area.origin.y,
                                                       (int) area.size.width + 1, (int) area.size.height });

  return TRUE;
}

/* Drawing */

static void
snapshot_steps (DrillChart  *self,
                GtkSnapshot *snapshot,
                guint        series)
{
  DrillChartTone tone = drill_chart_data_get_tone (self->data, series);
  guint n_points = drill_chart_data_get_n_points (self->data);
  float last_x = 0, last_y = 0, last_marker = -MARKER_GAP;

  for (guint i = 0; i < n_points; i++)
    {
      graphene_rect_t area;

      drill_chart_frame_get_value (self->frame, i, series, &area);
      drill_chart_tone_append_shade (tone, snapshot, &area);
      last_y = i == 0 ? area.origin.y : last_y;
      last_x = self->frame->rtl ? area.origin.x + area.size.width : area.origin.x;
      drill_chart_tone_append_line (tone, snapshot,
                                    &GRAPHENE_RECT_INIT (last_x - LINE / 2, MIN (last_y, area.origin.y) - LINE / 2,
                                                         LINE, ABS (last_y - area.origin.y) + LINE));
      drill_chart_tone_append_line (tone, snapshot,
                                    &GRAPHENE_RECT_INIT (area.origin.x, area.origin.y - LINE / 2, area.size.width, LINE));
      last_y = area.origin.y;
      if (ABS (area.origin.x - last_marker) >= MARKER_GAP)
        {
          drill_chart_tone_append_marker (tone, snapshot, area.origin.x + area.size.width / 2, area.origin.y, MARKER);
          last_marker = area.origin.x;
        }
    }
}

static void
snapshot_areas (DrillChart  *self,
                GtkSnapshot *snapshot,
                guint        series)
{
  DrillChartTone tone = drill_chart_data_get_tone (self->data, series);
  guint n_points = drill_chart_data_get_n_points (self->data);

  for (guint i = 0; i < n_points; i++)
    if (drill_chart_data_get_value (self->data, i, series) > 0)
      {
        graphene_rect_t area;

        drill_chart_frame_get_value (self->frame, i, series, &area);
        /* However few they are, they are there */
        if (area.size.height < 1)
          {
            area.origin.y -= 1 - area.size.height;
            area.size.height = 1;
          }
        area.size.width = MAX (area.size.width, 1);
        /* A gap between one and the next */
        if (drill_chart_data_get_kind (self->data) == DRILL_CHART_BARS && area.size.width > 4)
          graphene_rect_inset (&area, 0.5f, 0);
        else if (area.size.height > 4)
          graphene_rect_inset (&area, 0, 0.5f);
        drill_chart_tone_append_area (tone, snapshot, &area);
      }
}

static void
snapshot_selected (DrillChart    *self,
                   GtkSnapshot   *snapshot,
                   const GdkRGBA *color,
                   gboolean       over)
{
  GdkRGBA pale = *color;
  graphene_rect_t area;

  if (self->point == DRILL_CHART_WHOLE)
    return;

  if (!over)
    {
      pale.alpha *= 0.12f;
      drill_chart_frame_get_point (self->frame, self->point, &area);
      gtk_snapshot_append_color (snapshot, &pale, &area);
    }
  else if (self->series != DRILL_CHART_WHOLE)
    {
      GskRoundedRect outline;
      const float widths[4] = { 2, 2, 2, 2 };
      const GdkRGBA colors[4] = { *color, *color, *color, *color };

      drill_chart_frame_get_value (self->frame, self->point, self->series, &area);
      if (drill_chart_data_get_kind (self->data) == DRILL_CHART_STEPS)
        area.size.height = LINE;
      graphene_rect_inset (&area, -2, drill_chart_data_get_kind (self->data) == DRILL_CHART_STEPS ? -4 : -2);
      gsk_rounded_rect_init_from_rect (&outline, &area, 2);
      gtk_snapshot_append_border (snapshot, &outline, widths, colors);
    }
}

static void
drill_chart_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  DrillChart *self = DRILL_CHART (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  DrillChartFrame *frame = ensure_frame (self);
  GdkRGBA color, grid;

  if (frame == NULL)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  grid = color;
  grid.alpha *= adw_style_manager_get_high_contrast (style) ? 0.5f : 0.15f;

  for (guint i = 0; i <= frame->scale.n_ticks; i++)
    {
      graphene_rect_t line;

      drill_chart_frame_get_tick (frame, i, &line);
      gtk_snapshot_append_color (snapshot, i == 0 ? &color : &grid, &line);
    }

  snapshot_selected (self, snapshot, &color, FALSE);
  for (guint i = 0; i < drill_chart_data_get_n_series (self->data); i++)
    if (drill_chart_data_get_kind (self->data) == DRILL_CHART_STEPS)
      snapshot_steps (self, snapshot, i);
    else
      snapshot_areas (self, snapshot, i);
  snapshot_selected (self, snapshot, &color, TRUE);

  for (guint i = 0; i < frame->texts->len; i++)
    {
      const DrillChartText *text = &g_array_index (frame->texts, DrillChartText, i);

      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (text->x, text->y));
      gtk_snapshot_append_layout (snapshot, text->layout, &color);
      gtk_snapshot_restore (snapshot);
    }
}

/* Widget */

static void
forget_frame (DrillChart *self)
{
  g_clear_pointer (&self->frame, drill_chart_frame_free);
}

static void
drill_chart_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  DrillChart *self = DRILL_CHART (widget);

  *minimum = *natural = self->data != NULL ? drill_chart_frame_get_natural (widget, self->data, orientation) : 0;
}

static void
drill_chart_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  forget_frame (DRILL_CHART (widget));
}

static void
drill_chart_css_changed (GtkWidget         *widget,
                         GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (drill_chart_parent_class)->css_changed (widget, change);

  forget_frame (DRILL_CHART (widget));
  gtk_widget_queue_resize (widget);
}

static void
drill_chart_system_setting_changed (GtkWidget        *widget,
                                    GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (drill_chart_parent_class)->system_setting_changed (widget, setting);

  forget_frame (DRILL_CHART (widget));
  gtk_widget_queue_resize (widget);
}

static void
drill_chart_direction_changed (GtkWidget        *widget,
                               GtkTextDirection  previous)
{
  forget_frame (DRILL_CHART (widget));
  gtk_widget_queue_draw (widget);
}

static void
drill_chart_dispose (GObject *object)
{
  DrillChart *self = DRILL_CHART (object);

  forget_frame (self);
  g_clear_object (&self->data);

  G_OBJECT_CLASS (drill_chart_parent_class)->dispose (object);
}

static void
drill_chart_finalize (GObject *object)
{
  g_free (DRILL_CHART (object)->title);

  G_OBJECT_CLASS (drill_chart_parent_class)->finalize (object);
}

static void
add_move (GtkWidgetClass *widget_class,
          guint           key,
          guint           keypad_key,
          int             x,
          int             y)
{
  gtk_widget_class_add_binding (widget_class, key, 0, move_cb, "(ii)", x, y);
  gtk_widget_class_add_binding (widget_class, keypad_key, 0, move_cb, "(ii)", x, y);
}

static void
drill_chart_class_init (DrillChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = drill_chart_dispose;
  object_class->finalize = drill_chart_finalize;
  widget_class->measure = drill_chart_measure;
  widget_class->size_allocate = drill_chart_size_allocate;
  widget_class->snapshot = drill_chart_snapshot;
  widget_class->query_tooltip = drill_chart_query_tooltip;
  widget_class->css_changed = drill_chart_css_changed;
  widget_class->system_setting_changed = drill_chart_system_setting_changed;
  widget_class->direction_changed = drill_chart_direction_changed;

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  add_move (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0);
  add_move (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0);
  add_move (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1);
  add_move (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, move_to_end_cb, "b", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, move_to_end_cb, "b", TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, open_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, open_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, open_cb, NULL);

  gtk_widget_class_set_css_name (widget_class, "drillchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
drill_chart_init (DrillChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->point = self->series = DRILL_CHART_WHOLE;
  self->title = g_strdup ("");
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  g_signal_connect_swapped (focus, "notify::is-focus", G_CALLBACK (focus_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

/**
 * drill_chart_new:
 *
 * Returns: (transfer floating): a chart of nothing
 */
GtkWidget *
drill_chart_new (void)
{
  return g_object_new (DRILL_TYPE_CHART, NULL);
}

/**
 * drill_chart_set_data:
 * @self: a chart
 * @data: (nullable): what it is to show
 * @title: what that is
 *
 * The value that was selected stays so, if there still is one in its place.
 */
void
drill_chart_set_data (DrillChart     *self,
                      DrillChartData *data,
                      const char     *title)
{
  g_autofree char *summary = NULL;

  g_return_if_fail (DRILL_IS_CHART (self));

  forget_frame (self);
  g_set_object (&self->data, data);
  g_free (self->title);
  self->title = g_strdup (title);

  if (self->point != DRILL_CHART_WHOLE &&
      (data == NULL || self->point >= drill_chart_data_get_n_points (data) ||
       (self->series != DRILL_CHART_WHOLE && self->series >= drill_chart_data_get_n_series (data))))
    self->point = self->series = DRILL_CHART_WHOLE;

  summary = data != NULL ? drill_chart_data_dup_summary (data) : g_strdup ("");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
  update_accessible (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_signal_emit (self, signals[SELECTED], 0);
}

/**
 * drill_chart_get_data:
 * @self: a chart
 *
 * Returns: (transfer none) (nullable): what it shows
 */
DrillChartData *
drill_chart_get_data (DrillChart *self)
{
  g_return_val_if_fail (DRILL_IS_CHART (self), NULL);

  return self->data;
}

/**
 * drill_chart_get_selected:
 * @self: a chart
 * @point: (out): the point that is selected
 * @series: (out): the series of it that is, or %DRILL_CHART_WHOLE
 *
 * Returns: whether any is
 */
gboolean
drill_chart_get_selected (DrillChart *self,
                          guint      *point,
                          guint      *series)
{
  g_return_val_if_fail (DRILL_IS_CHART (self), FALSE);

  *point = self->point;
  *series = self->series;

  return self->point != DRILL_CHART_WHOLE;
}
