// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/drill-chart-data.h"

#include <glib/gi18n-lib.h>

#include "ui/common/drill-format.h"

/* Bars that a summary reads out; the table has them all */
#define MAX_SUMMARY 10

typedef struct {
  char *mark;
  char *name;
} Point;

typedef struct {
  char           *name;
  DrillChartTone  tone;
  guint          *values;
  guint8         *opens;
} Series;

struct _DrillChartData
{
  GObject         parent_instance;

  DrillChartKind  kind;
  char           *points_title;
  char           *hint; /* nullable */
  guint           n_points;
  Point          *points;
  guint8         *opens; /* the points as a whole */
  GArray         *series;
};

G_DEFINE_FINAL_TYPE (DrillChartData, drill_chart_data, G_TYPE_OBJECT)

static void
clear_series (gpointer data)
{
  Series *series = data;

  g_free (series->name);
  g_free (series->values);
  g_free (series->opens);
}

static Series *
get_series (DrillChartData *self,
            guint           series)
{
  return &g_array_index (self->series, Series, series);
}

static void
drill_chart_data_finalize (GObject *object)
{
  DrillChartData *self = DRILL_CHART_DATA (object);

  for (guint i = 0; i < self->n_points; i++)
    {
      g_free (self->points[i].mark);
      g_free (self->points[i].name);
    }
  g_free (self->points);
  g_free (self->opens);
  g_free (self->points_title);
  g_free (self->hint);
  g_array_unref (self->series);

  G_OBJECT_CLASS (drill_chart_data_parent_class)->finalize (object);
}

static void
drill_chart_data_class_init (DrillChartDataClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_chart_data_finalize;
}

static void
drill_chart_data_init (DrillChartData *self)
{
  self->series = g_array_new (FALSE, FALSE, sizeof (Series));
  g_array_set_clear_func (self->series, clear_series);
}

/**
 * drill_chart_data_new:
 * @kind: how to draw it
 * @n_points: how many points there are
 * @points_title: what the points are, as the title of a column of the table
 *
 * Returns: (transfer full): points without names, and no series
 */
DrillChartData *
drill_chart_data_new (DrillChartKind  kind,
                      guint           n_points,
                      const char     *points_title)
{
  DrillChartData *self = g_object_new (DRILL_TYPE_CHART_DATA, NULL);

  self->kind = kind;
  self->n_points = n_points;
  self->points = g_new0 (Point, n_points + 1);
  self->opens = g_new0 (guint8, n_points + 1);
  self->points_title = g_strdup (points_title);

  return self;
}

/**
 * drill_chart_data_set_point:
 * @self: the data
 * @point: a point
 * @mark: its name on the axis
 * @name: its name in full
 */
void
drill_chart_data_set_point (DrillChartData *self,
                            guint           point,
                            const char     *mark,
                            const char     *name)
{
  g_return_if_fail (point < self->n_points && self->points[point].name == NULL);

  self->points[point].mark = g_strdup (mark);
  self->points[point].name = g_strdup (name);
}

/**
 * drill_chart_data_add_series:
 * @self: the data
 * @name: its name
 * @tone: what it looks like
 * @values: (array): its counts, one a point
 *
 * Returns: its number
 */
guint
drill_chart_data_add_series (DrillChartData *self,
                             const char     *name,
                             DrillChartTone  tone,
                             const guint    *values)
{
  Series series = { g_strdup (name), tone, g_memdup2 (values, self->n_points * sizeof *values), NULL };

  series.opens = g_new0 (guint8, self->n_points + 1);
  g_array_append_val (self->series, series);

  return self->series->len - 1;
}

/**
 * drill_chart_data_set_hint:
 * @self: the data
 * @hint: what a click shows, of those values that open something
 */
void
drill_chart_data_set_hint (DrillChartData *self,
                           const char     *hint)
{
  g_free (self->hint);
  self->hint = g_strdup (hint);
}

/**
 * drill_chart_data_set_opens:
 * @self: the data
 * @point: a point
 * @series: a series, or %DRILL_CHART_WHOLE
 *
 * Says that there is something behind a value that can be shown.
 */
void
drill_chart_data_set_opens (DrillChartData *self,
                            guint           point,
                            guint           series)
{
  g_return_if_fail (point < self->n_points);

  if (series == DRILL_CHART_WHOLE)
    self->opens[point] = TRUE;
  else
    get_series (self, series)->opens[point] = TRUE;
}

/**
 * drill_chart_data_get_hint:
 * @self: the data
 *
 * Returns: what a click shows, of those values that open something; "" if that is not said
 */
const char *
drill_chart_data_get_hint (DrillChartData *self)
{
  return self->hint != NULL ? self->hint : "";
}

DrillChartKind
drill_chart_data_get_kind (DrillChartData *self)
{
  return self->kind;
}

guint
drill_chart_data_get_n_points (DrillChartData *self)
{
  return self->n_points;
}

guint
drill_chart_data_get_n_series (DrillChartData *self)
{
  return self->series->len;
}

const char *
drill_chart_data_get_points_title (DrillChartData *self)
{
  return self->points_title;
}

const char *
drill_chart_data_get_mark (DrillChartData *self,
                           guint           point)
{
  return self->points[point].mark != NULL ? self->points[point].mark : "";
}

const char *
drill_chart_data_get_name (DrillChartData *self,
                           guint           point)
{
  return self->points[point].name != NULL ? self->points[point].name : "";
}

const char *
drill_chart_data_get_series_name (DrillChartData *self,
                                  guint           series)
{
  return get_series (self, series)->name;
}

DrillChartTone
drill_chart_data_get_tone (DrillChartData *self,
                           guint           series)
{
  return get_series (self, series)->tone;
}

guint
drill_chart_data_get_value (DrillChartData *self,
                            guint           point,
                            guint           series)
{
  return get_series (self, series)->values[point];
}

/**
 * drill_chart_data_get_total:
 * @self: the data
 * @point: a point
 *
 * Returns: the sum of its series
 */
gint64
drill_chart_data_get_total (DrillChartData *self,
                            guint           point)
{
  gint64 total = 0;

  for (guint i = 0; i < self->series->len; i++)
    total += drill_chart_data_get_value (self, point, i);

  return total;
}

/**
 * drill_chart_data_is_stacked:
 * @self: the data
 *
 * Returns: whether the series of a point add up to something
 */
gboolean
drill_chart_data_is_stacked (DrillChartData *self)
{
  return self->kind != DRILL_CHART_STEPS && self->series->len > 1;
}

/**
 * drill_chart_data_get_largest:
 * @self: the data
 *
 * Returns: how far the axis of the values has to reach
 */
gint64
drill_chart_data_get_largest (DrillChartData *self)
{
  gint64 largest = 0;

  for (guint i = 0; i < self->n_points; i++)
    if (self->kind != DRILL_CHART_STEPS)
      largest = MAX (largest, drill_chart_data_get_total (self, i));
    else
      for (guint j = 0; j < self->series->len; j++)
        largest = MAX (largest, (gint64) drill_chart_data_get_value (self, i, j));

  return largest;
}

/**
 * drill_chart_data_get_opens:
 * @self: the data
 * @point: a point
 * @series: a series, or %DRILL_CHART_WHOLE
 *
 * Returns: whether there is something behind it that can be shown
 */
gboolean
drill_chart_data_get_opens (DrillChartData *self,
                            guint           point,
                            guint           series)
{
  if (series == DRILL_CHART_WHOLE)
    return self->opens[point] && drill_chart_data_get_total (self, point) > 0;

  return get_series (self, series)->opens[point] && drill_chart_data_get_value (self, point, series) > 0;
}

static void
append_value (GString    *text,
              const char *separator,
              const char *name,
              gint64      value)
{
  g_autofree char *number = drill_format_count (value);

  g_string_append (text, separator);
  /* Translators: what is counted, and how many there are */
  g_string_append_printf (text, C_("chart", "%s: %s"), name, number);
}

/**
 * drill_chart_data_dup_text:
 * @self: the data
 * @point: a point
 * @series: a series, or %DRILL_CHART_WHOLE for all of them
 * @separator: between the values
 *
 * Returns: (transfer full): the name of the point and its values: those that are not 0, and their sum
 */
char *
drill_chart_data_dup_text (DrillChartData *self,
                           guint           point,
                           guint           series,
                           const char     *separator)
{
  GString *text = g_string_new (drill_chart_data_get_name (self, point));
  guint n_values = 0;

  if (series != DRILL_CHART_WHOLE)
    {
      append_value (text, separator, drill_chart_data_get_series_name (self, series),
                    drill_chart_data_get_value (self, point, series));
      return g_string_free (text, FALSE);
    }

  for (guint i = 0; i < self->series->len; i++)
    if (drill_chart_data_get_value (self, point, i) > 0 || !drill_chart_data_is_stacked (self))
      {
        append_value (text, separator, drill_chart_data_get_series_name (self, i),
                      drill_chart_data_get_value (self, point, i));
        n_values++;
      }
  if (drill_chart_data_is_stacked (self) && n_values != 1)
    append_value (text, separator, _("Total"), drill_chart_data_get_total (self, point));

  return g_string_free (text, FALSE);
}

static char *
dup_bars (DrillChartData *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->n_points && i < MAX_SUMMARY; i++)
    {
      g_autofree char *bar = drill_chart_data_dup_text (self, i, DRILL_CHART_WHOLE, "; ");

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", bar);
    }

  return g_string_free (text, FALSE);
}

/**
 * drill_chart_data_dup_summary:
 * @self: the data
 *
 * Returns: (transfer full): what is to be seen, for those who do not see it
 */
char *
drill_chart_data_dup_summary (DrillChartData *self)
{
  g_autofree char *highest = NULL;
  guint point = 0;

  if (self->n_points == 0)
    return g_strdup ("");
  if (self->kind == DRILL_CHART_BARS)
    return dup_bars (self);

  for (guint i = 1; i < self->n_points; i++)
    if (self->kind == DRILL_CHART_STEPS
          ? drill_chart_data_get_value (self, i, 0) > drill_chart_data_get_value (self, point, 0)
          : drill_chart_data_get_total (self, i) > drill_chart_data_get_total (self, point))
      point = i;
  highest = drill_chart_data_dup_text (self, point, DRILL_CHART_WHOLE, "; ");

  if (self->kind == DRILL_CHART_STEPS)
    {
      g_autofree char *last = drill_chart_data_dup_text (self, self->n_points - 1, DRILL_CHART_WHOLE, "; ");

      /* Translators: of a chart over time: its first and last time, then the highest and the last values, each with its time */
      return g_strdup_printf (_("From %s to %s. Highest: %s. Last: %s."), self->points[0].name,
                              self->points[self->n_points - 1].name, highest, last);
    }

  /* Translators: of a chart over time: its first and last time, then the highest values with their time */
  return g_strdup_printf (_("From %s to %s. Highest: %s."), self->points[0].name,
                          self->points[self->n_points - 1].name, highest);
}
