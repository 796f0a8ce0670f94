// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/drill-time.h"

#define MINUTES_PER_HOUR 60
#define MINUTES_PER_DAY  (24 * MINUTES_PER_HOUR)

/* Like the locale, these hold for all that a person reads in this process */
static DrillTimes times_told;
static DrillClock *times_clock; /* what relative times are told by */

static char *
format_clock (gint64      us,
              const char *local_format,
              const char *utc_format)
{
  gboolean utc = times_told == DRILL_TIMES_UTC;
  g_autoptr(GDateTime) time = NULL;
  g_autoptr(GDateTime) shown = NULL;
  char *text;

  if (us == DRILL_TIME_UNKNOWN)
    return g_strdup ("–");

  time = g_date_time_new_from_unix_utc (us / G_TIME_SPAN_SECOND - (us % G_TIME_SPAN_SECOND < 0));
  if (time != NULL)
    shown = utc ? g_date_time_ref (time) : g_date_time_to_local (time);

  if (shown == NULL)
    return g_strdup ("–");

  /* A translation may be no format */
  text = g_date_time_format (shown, utc ? utc_format : local_format);

  return text != NULL ? text : g_date_time_format_iso8601 (shown);
}

static char *
format_relative (gint64 us)
{
  gint64 now_us = drill_clock_now (times_clock);
  g_autofree char *length = drill_format_minutes (ABS (now_us - us) / (double) DRILL_TIME_MINUTE);

  if (us > now_us)
    /* Translators: when something will be; %s is a length of time such as "3 h 05 min" */
    return g_strdup_printf (C_("time", "in %s"), length);

  /* Translators: when something was; %s is a length of time such as "3 h 05 min" */
  return g_strdup_printf (C_("time", "%s ago"), length);
}

/**
 * drill_format_set_times:
 * @times: how times of day are told from now on
 * @clock: what relative ones are told by
 *
 * Sets it for the whole process, as a locale is: who shows times has to show them again.
 */
void
drill_format_set_times (DrillTimes  times,
                        DrillClock *clock)
{
  times_told = times;
  g_set_object (&times_clock, clock);
}

/**
 * drill_format_time:
 * @us: a time, µs UTC, or %DRILL_TIME_UNKNOWN
 *
 * Returns: (transfer full): date and time to the minute for a table, as
 *   drill_format_set_times() has it; a dash if unknown
 */
char *
drill_format_time (gint64 us)
{
  if (us != DRILL_TIME_UNKNOWN && times_told == DRILL_TIMES_RELATIVE && times_clock != NULL)
    return format_relative (us);

  return drill_format_time_exact (us);
}

/**
 * drill_format_time_exact:
 * @us: a time, µs UTC, or %DRILL_TIME_UNKNOWN
 *
 * Returns: (transfer full): the same, but never relative: for what is read later or elsewhere
 */
char *
drill_format_time_exact (gint64 us)
{
  /* Translators: date and time in a table, as for g_date_time_format(). International
   * as it is, it cannot be misread; all should be of one width. */
  return format_clock (us, C_("date", "%Y-%m-%d %H:%M"),
                       /* Translators: the same in UTC, which the Z stands for */
                       C_("date", "%Y-%m-%d %H:%MZ"));
}

/**
 * drill_format_time_long:
 * @us: a time, µs UTC, or %DRILL_TIME_UNKNOWN
 *
 * Returns: (transfer full): date and time to the second with the time zone,
 *   and how long ago that is where times are relative; a dash if unknown
 */
char *
drill_format_time_long (gint64 us)
{
  /* Translators: date, time to the second and time zone, as for g_date_time_format() */
  const char *format = C_("date", "%Y-%m-%d %H:%M:%S %Z");
  g_autofree char *exact = format_clock (us, format, format);
  g_autofree char *relative = NULL;

  if (us == DRILL_TIME_UNKNOWN || times_told != DRILL_TIMES_RELATIVE || times_clock == NULL)
    return g_steal_pointer (&exact);

  relative = format_relative (us);

  /* Translators: a time and how long ago that is, such as "2026-06-01 12:00:00 UTC (3 min ago)" */
  return g_strdup_printf (C_("time", "%s (%s)"), exact, relative);
}

/**
 * drill_format_minutes:
 * @minutes: a length of time, minutes; NaN if unknown
 *
 * Returns: (transfer full): it in the two largest units that say something
 */
char *
drill_format_minutes (double minutes)
{
  gint64 whole;

  if (isnan (minutes))
    return g_strdup ("–");

  whole = (gint64) floor (CLAMP (minutes, 0.0, 1e12));
  if (whole < 1)
    /* Translators: a length of time of less than a minute */
    return g_strdup (_("< 1 min"));
  if (whole < MINUTES_PER_HOUR)
    /* Translators: a length of time in minutes */
    return g_strdup_printf (_("%d min"), (int) whole);
  if (whole < MINUTES_PER_DAY)
    /* Translators: a length of time in hours and minutes */
    return g_strdup_printf (_("%d h %02d min"), (int) (whole / MINUTES_PER_HOUR), (int) (whole % MINUTES_PER_HOUR));

  /* Translators: a length of time in days and hours */
  return g_strdup_printf (_("%lld d %d h"), (long long) (whole / MINUTES_PER_DAY),
                          (int) (whole % MINUTES_PER_DAY / MINUTES_PER_HOUR));
}

/**
 * drill_format_age:
 * @created_us: when it began, µs UTC, or %DRILL_TIME_UNKNOWN
 * @now_us: now, µs UTC
 *
 * Returns: (transfer full): how long ago that is; a dash if unknown
 */
char *
drill_format_age (gint64 created_us,
                  gint64 now_us)
{
  if (created_us == DRILL_TIME_UNKNOWN)
    return g_strdup ("–");

  return drill_format_minutes ((now_us - created_us) / (double) DRILL_TIME_MINUTE);
}

/**
 * drill_format_slo:
 * @deadline_us: when the route breaches, µs UTC
 * @now_us: now, µs UTC
 *
 * Returns: (transfer full): the time left, or how long it is overdue
 */
char *
drill_format_slo (gint64 deadline_us,
                  gint64 now_us)
{
  gboolean overdue = now_us >= deadline_us;
  g_autofree char *length = drill_format_minutes (ABS (deadline_us - now_us) / (double) DRILL_TIME_MINUTE);

  if (overdue)
    /* Translators: %s is a length of time such as "3 h 05 min" */
    return g_strdup_printf (_("%s overdue"), length);

  /* Translators: %s is a length of time such as "3 h 05 min" */
  return g_strdup_printf (_("%s left"), length);
}

/**
 * drill_format_count:
 * @count: a number of things
 *
 * Returns: (transfer full): the number with the digits grouped as the locale has it
 */
char *
drill_format_count (gint64 count)
{
  return g_strdup_printf ("%'" G_GINT64_FORMAT, count);
}
