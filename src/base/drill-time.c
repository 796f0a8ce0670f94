// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/drill-time.h"

#include <math.h>
#include <string.h>

#define LONGEST_TIME 64 /* bytes; an ISO 8601 time is 32, anything longer is no time */

/* GLib wants a time with seconds behind every date; the service, which reads
 * with Python, does not. And GLib takes a day of the year, a second 60 and an
 * offset of a whole day, of which Python says that they are no times. */
static gboolean
complete_time (char *buffer)
{
  const gsize date = strlen ("2026-05-20"), minute = strlen ("2026-05-20T10:00"), length = strlen (buffer);
  const char *offset;

  if (length < date || buffer[4] != '-')
    return TRUE;

  if (g_ascii_isdigit (buffer[5]) && buffer[7] != '-')
    return FALSE;

  if (length == date)
    {
      strcat (buffer, "T00:00:00");
      return TRUE;
    }

  if (length < minute || buffer[date + 3] != ':')
    return TRUE;

  offset = strpbrk (buffer + minute, "+-");
  if ((buffer[minute] == ':' && buffer[minute + 1] == '6') || (offset != NULL && strcmp (offset + 1, "24") >= 0))
    return FALSE;

  if (buffer[minute] != ':')
    {
      memmove (buffer + minute + strlen (":00"), buffer + minute, length - minute + 1);
      memcpy (buffer + minute, ":00", strlen (":00"));
    }

  return TRUE;
}

/**
 * drill_time_parse:
 * @text: (nullable): an ISO 8601 time; need not be NUL-terminated when @length is given
 * @length: bytes of @text, or -1
 *
 * Reads a time as the service writes it: with an offset, with `Z`, or without
 * either and then in UTC; without seconds, or a date alone, which is its midnight
 * (contract, Conventions).
 *
 * Returns: µs UTC, or %DRILL_TIME_UNKNOWN when it cannot be read
 */
gint64
drill_time_parse (const char *text,
                  gssize      length)
{
  g_autoptr(GTimeZone) utc = NULL;
  g_autoptr(GDateTime) time = NULL;
  char buffer[LONGEST_TIME + sizeof "T00:00:00"];
  gsize n;

  if (text == NULL)
    return DRILL_TIME_UNKNOWN;

  n = length < 0 ? strlen (text) : (gsize) length;
  if (n == 0 || n > LONGEST_TIME || memchr (text, '\0', n) != NULL)
    return DRILL_TIME_UNKNOWN;

  memcpy (buffer, text, n);
  buffer[n] = '\0';
  if (!complete_time (buffer))
    return DRILL_TIME_UNKNOWN;

  utc = g_time_zone_new_utc ();
  time = g_date_time_new_from_iso8601 (buffer, utc);
  if (time == NULL)
    return DRILL_TIME_UNKNOWN;

  return g_date_time_to_unix (time) * G_TIME_SPAN_SECOND + g_date_time_get_microsecond (time);
}

/**
 * drill_time_format:
 * @us: a time, µs UTC
 *
 * Writes a time the way the service does: `2026-05-20T10:00:00.123456+00:00`,
 * without the fraction when it is zero.
 *
 * Returns: (transfer full): the text, empty for %DRILL_TIME_UNKNOWN
 */
char *
drill_time_format (gint64 us)
{
  g_autoptr(GDateTime) seconds = NULL;
  g_autofree char *text = NULL;
  gint64 second;
  int fraction;

  if (us == DRILL_TIME_UNKNOWN)
    return g_strdup ("");

  second = us / G_TIME_SPAN_SECOND;
  fraction = (int) (us % G_TIME_SPAN_SECOND);
  if (fraction < 0)
    {
      fraction += (int) G_TIME_SPAN_SECOND;
      second -= 1;
    }

  seconds = g_date_time_new_from_unix_utc (second);
  if (seconds == NULL)
    return g_strdup ("");

  text = g_date_time_format (seconds, "%Y-%m-%dT%H:%M:%S");
  if (fraction == 0)
    return g_strconcat (text, "+00:00", NULL);

  return g_strdup_printf ("%s.%06d+00:00", text, fraction);
}

/**
 * drill_time_age_minutes:
 * @created_us: when the plan was made, µs UTC
 * @now_us: the time to judge by, µs UTC
 *
 * The age of a route: minutes with two decimals, rounded as Python's round()
 * does (contract section 5).
 *
 * Returns: minutes, NaN when @created_us is %DRILL_TIME_UNKNOWN
 */
double
drill_time_age_minutes (gint64 created_us,
                        gint64 now_us)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (created_us == DRILL_TIME_UNKNOWN)
    return NAN;

  /* printf rounds the exact binary value half to even, which is what Python's
   * round() does; multiplying by 100 would round a different number. */
  g_ascii_formatd (buffer, sizeof buffer, "%.2f",
                   (double) (now_us - created_us) / 1e6 / 60.0);

  return g_ascii_strtod (buffer, NULL);
}

/**
 * drill_time_breach_after:
 * @minutes: an SLO in minutes, more than 0
 *
 * The smallest age at which a route with this SLO counts as breached. It is
 * some 0.3 s less than the SLO itself, because the service compares the age
 * after rounding it to two decimals (contract section 5).
 *
 * Returns: µs
 */
gint64
drill_time_breach_after (int minutes)
{
  gint64 low = (gint64) minutes * DRILL_TIME_MINUTE - G_TIME_SPAN_SECOND;
  gint64 high = (gint64) minutes * DRILL_TIME_MINUTE;

  while (low < high)
    {
      gint64 middle = low + (high - low) / 2;

      if (drill_time_age_minutes (0, middle) >= minutes)
        high = middle;
      else
        low = middle + 1;
    }

  return low;
}
