// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/drill-metrics-layout.h"

/* Lays out what is alike side by side, on two lines where there is height for two
 * and no width for one. How wide it must be depends on how high it may be. */

struct _DrillMetricsLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (DrillMetricsLayout, drill_metrics_layout, GTK_TYPE_LAYOUT_MANAGER)

static guint
count_children (GtkWidget *widget)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n++;

  return n;
}

static int
get_line_height (GtkWidget *widget)
{
  int height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int minimum;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
      height = MAX (height, minimum);
    }

  return height;
}

/* The width of each line when there are so many; @widths: DRILL_METRICS_LINES of them */
static int
measure_lines (GtkWidget *widget,
               guint      n_lines,
               int       *widths)
{
  guint per_line = (count_children (widget) + n_lines - 1) / n_lines;
  int widest = 0;
  guint i = 0;

  for (guint line = 0; line < DRILL_METRICS_LINES; line++)
    widths[line] = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child), i++)
    {
      int minimum;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      widths[i / per_line] += minimum;
      widest = MAX (widest, widths[i / per_line]);
    }

  return widest;
}

static GtkSizeRequestMode
drill_metrics_layout_get_request_mode (GtkLayoutManager *layout,
                                       GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_WIDTH_FOR_HEIGHT;
}

static void
drill_metrics_layout_measure (GtkLayoutManager *layout,
                              GtkWidget        *widget,
                              GtkOrientation    orientation,
                              int               for_size,
                              int              *minimum,
                              int              *natural,
                              int              *minimum_baseline,
                              int              *natural_baseline)
{
  int height = get_line_height (widget);
  int widths[DRILL_METRICS_LINES];

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *natural = measure_lines (widget, 1, widths);
      *minimum = for_size >= DRILL_METRICS_LINES * height ? measure_lines (widget, DRILL_METRICS_LINES, widths) : *natural;
    }
  else
    {
      *minimum = *natural = height;
    }
}

static void
drill_metrics_layout_allocate (GtkLayoutManager *layout,
                               GtkWidget        *widget,
                               int               width,
                               int               height,
                               int               baseline)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  guint n_children = count_children (widget);
  int widths[DRILL_METRICS_LINES];
  guint n_lines = measure_lines (widget, 1, widths) > width ? DRILL_METRICS_LINES : 1;
  guint per_line = (n_children + n_lines - 1) / n_lines;
  int line_height = height / (int) n_lines;
  int x = 0;
  guint i = 0;

  if (n_lines > 1)
    measure_lines (widget, n_lines, widths);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child), i++)
    {
      guint line = i / per_line;
      guint n_left = MIN (per_line, n_children - line * per_line) - i % per_line;
      int child_width;

      x = i % per_line == 0 ? 0 : x;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_width, NULL, NULL, NULL);
      widths[line] -= child_width;
      /* What is over goes to all alike */
      child_width += (width - x - child_width - widths[line]) / (int) n_left;
      gtk_widget_size_allocate (child, &(GtkAllocation) { rtl ? width - x - child_width : x, (int) line * line_height,
                                                          child_width, line_height }, -1);
      x += child_width;
    }
}

static void
drill_metrics_layout_class_init (DrillMetricsLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = drill_metrics_layout_get_request_mode;
  layout_class->measure = drill_metrics_layout_measure;
  layout_class->allocate = drill_metrics_layout_allocate;
}

static void
drill_metrics_layout_init (DrillMetricsLayout *self)
{
}

/**
 * drill_metrics_layout_new:
 *
 * Returns: (transfer full): a layout of one line, or two where that is too long
 */
GtkLayoutManager *
drill_metrics_layout_new (void)
{
  return g_object_new (DRILL_TYPE_METRICS_LAYOUT, NULL);
}
