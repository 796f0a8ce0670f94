// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/drill-chart-key.h"

#include <adwaita.h>

#define WIDTH  22
#define HEIGHT 14

struct _DrillChartKey
{
  GtkWidget      parent_instance;

  DrillChartTone tone;
  DrillChartKind kind;
};

G_DEFINE_FINAL_TYPE (DrillChartKey, drill_chart_key, GTK_TYPE_WIDGET)

static void
drill_chart_key_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
drill_chart_key_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  DrillChartKey *self = DRILL_CHART_KEY (widget);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  float middle = height / 2;

  if (self->kind != DRILL_CHART_STEPS)
    {
      drill_chart_tone_append_area (self->tone, snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
      return;
    }

  drill_chart_tone_append_shade (self->tone, snapshot, &GRAPHENE_RECT_INIT (0, middle, width, middle));
  drill_chart_tone_append_line (self->tone, snapshot, &GRAPHENE_RECT_INIT (0, middle - 1, width, 2));
  drill_chart_tone_append_marker (self->tone, snapshot, width / 2, middle, 8);
}

static void
drill_chart_key_class_init (DrillChartKeyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = drill_chart_key_measure;
  widget_class->snapshot = drill_chart_key_snapshot;

  /* The name beside it says it all */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
drill_chart_key_init (DrillChartKey *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

/**
 * drill_chart_key_new:
 * @tone: what the series looks like
 * @kind: how it is drawn
 *
 * Returns: (transfer floating): a picture of it
 */
GtkWidget *
drill_chart_key_new (DrillChartTone tone,
                     DrillChartKind kind)
{
  DrillChartKey *self = g_object_new (DRILL_TYPE_CHART_KEY, NULL);

  self->tone = tone;
  self->kind = kind;

  return GTK_WIDGET (self);
}
