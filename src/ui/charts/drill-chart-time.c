// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/drill-chart-time.h"

#include <glib/gi18n-lib.h>

static char *
format (gint64      us,
        const char *pattern)
{
  gint64 second = us / G_TIME_SPAN_SECOND - (us % G_TIME_SPAN_SECOND < 0);
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (second);
  char *text;

  if (time == NULL)
    return g_strdup ("–");

  text = g_date_time_format (time, pattern);

  /* The pattern is a translation, and may be none: an axis without names cannot be read */
  return text != NULL ? text : g_date_time_format (time, "%Y-%m-%d %H:%M");
}

static const char *
get_title (const DrillTimeBuckets *buckets)
{
  switch (buckets->unit)
    {
    case DRILL_BUCKET_HOUR:
      return _("Hour (UTC)");
    case DRILL_BUCKET_DAY:
      return _("Day (UTC)");
    case DRILL_BUCKET_WEEK:
    default:
      return buckets->n_units == 1 ? _("Week from (UTC)") : _("Weeks from (UTC)");
    }
}

static char *
dup_mark (const DrillTimeBuckets *buckets,
          gint64                  us)
{
  if (buckets->unit == DRILL_BUCKET_HOUR)
    /* Translators: a time of day on the axis of a chart, as for g_date_time_format() */
    return format (us, C_("date", "%H:%M"));
  if (buckets->n * buckets->step_us > 366 * G_TIME_SPAN_DAY)
    /* Translators: month and year on the axis of a chart, as for g_date_time_format() */
    return format (us, C_("date", "%b %Y"));

  /* Translators: day and month on the axis of a chart, as for g_date_time_format() */
  return format (us, C_("date", "%-d %b"));
}

static char *
dup_name (const DrillTimeBuckets *buckets,
          gint64                  us)
{
  g_autofree char *day = NULL;

  if (buckets->unit == DRILL_BUCKET_HOUR)
    /* Translators: the hour that begins then, as for g_date_time_format() */
    return format (us, C_("date", "%-d %b %Y, %H:%M UTC"));

  /* Translators: a day, as for g_date_time_format() */
  day = format (us, C_("date", "%-d %b %Y"));
  if (buckets->unit == DRILL_BUCKET_DAY)
    return g_steal_pointer (&day);
  if (buckets->n_units == 1)
    /* Translators: %s is the day it begins on */
    return g_strdup_printf (_("Week from %s"), day);

  /* Translators: a number of weeks, and the day they begin on */
  return g_strdup_printf (ngettext ("%u week from %s", "%u weeks from %s", buckets->n_units), buckets->n_units, day);
}

/**
 * drill_chart_time_new_data:
 * @kind: how to draw it
 * @buckets: the points: hours, days or weeks
 *
 * Returns: (transfer full): the points with their names, and no series
 */
DrillChartData *
drill_chart_time_new_data (DrillChartKind          kind,
                           const DrillTimeBuckets *buckets)
{
  DrillChartData *data = drill_chart_data_new (kind, buckets->n, get_title (buckets));

  for (guint i = 0; i < buckets->n; i++)
    {
      gint64 us = drill_time_buckets_get_start (buckets, i);
      g_autofree char *mark = dup_mark (buckets, us);
      g_autofree char *name = dup_name (buckets, us);

      drill_chart_data_set_point (data, i, mark, name);
    }

  return data;
}
