// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/drill-chart-legend.h"

#include "ui/charts/drill-chart-key.h"

#define COLUMN_GAP 18
#define LINE_GAP   4
#define KEY_GAP    6
#define MAX_CHARS  28 /* of a name: providers and owners may be called anything */

struct _DrillChartLegend
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (DrillChartLegend, drill_chart_legend, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
drill_chart_legend_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Lines of what fits beside each other; GtkFlowBox would make columns of it */
static int
lay_out (GtkWidget *widget,
         int        width,
         gboolean   allocate)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0, y = 0, line_height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkRequisition size;
      int child_width;

      gtk_widget_get_preferred_size (child, NULL, &size);
      child_width = MIN (size.width, width);
      if (x > 0 && x + child_width > width)
        {
          x = 0;
          y += line_height + LINE_GAP;
          line_height = 0;
        }
      if (allocate)
        gtk_widget_size_allocate (child,
                                  &(GtkAllocation) { rtl ? width - x - child_width : x, y, child_width, size.height },
                                  -1);
      x += child_width + COLUMN_GAP;
      line_height = MAX (line_height, size.height);
    }

  return y + line_height;
}

static void
drill_chart_legend_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  int widest = 0, all = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      widest = MAX (widest, child_minimum);
      all += child_natural + (all > 0 ? COLUMN_GAP : 0);
    }

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = widest;
      *natural = MAX (widest, all);
    }
  else
    {
      *minimum = *natural = lay_out (widget, for_size >= 0 ? for_size : all, FALSE);
    }
}

static void
drill_chart_legend_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  lay_out (widget, width, TRUE);
}

static void
remove_children (DrillChartLegend *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
drill_chart_legend_dispose (GObject *object)
{
  remove_children (DRILL_CHART_LEGEND (object));

  G_OBJECT_CLASS (drill_chart_legend_parent_class)->dispose (object);
}

static void
drill_chart_legend_class_init (DrillChartLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_chart_legend_dispose;
  widget_class->get_request_mode = drill_chart_legend_get_request_mode;
  widget_class->measure = drill_chart_legend_measure;
  widget_class->size_allocate = drill_chart_legend_size_allocate;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
drill_chart_legend_init (DrillChartLegend *self)
{
}

/**
 * drill_chart_legend_set_data:
 * @self: a legend
 * @data: (nullable): what the chart shows
 *
 * A single series needs no legend: the title of the chart says what it is.
 */
void
drill_chart_legend_set_data (DrillChartLegend *self,
                             DrillChartData   *data)
{
  guint n_series = data != NULL ? drill_chart_data_get_n_series (data) : 0;

  g_return_if_fail (DRILL_IS_CHART_LEGEND (self));

  remove_children (self);
  gtk_widget_set_visible (GTK_WIDGET (self), n_series > 1);

  for (guint i = 0; n_series > 1 && i < n_series; i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, KEY_GAP);
      GtkWidget *label = gtk_label_new (drill_chart_data_get_series_name (data, i));

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
      gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHARS);
      gtk_widget_add_css_class (label, "caption");
      gtk_box_append (GTK_BOX (box), drill_chart_key_new (drill_chart_data_get_tone (data, i),
                                                          drill_chart_data_get_kind (data)));
      gtk_box_append (GTK_BOX (box), label);
      gtk_widget_set_parent (box, GTK_WIDGET (self));
    }
}
