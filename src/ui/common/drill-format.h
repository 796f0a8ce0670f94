// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/drill-clock.h"

G_BEGIN_DECLS

/**
 * DrillTimes:
 * @DRILL_TIMES_LOCAL: in the time zone of this computer
 * @DRILL_TIMES_UTC: in UTC, marked with a Z
 * @DRILL_TIMES_RELATIVE: how long ago, or in how long
 *
 * How times of day are told. Nothing that leaves the program goes by it:
 * exports, reports and packages have RFC 3339 in UTC.
 */
typedef enum {
  DRILL_TIMES_LOCAL,
  DRILL_TIMES_UTC,
  DRILL_TIMES_RELATIVE,
} DrillTimes;

void  drill_format_set_times (DrillTimes  times,
                              DrillClock *clock);

char *drill_format_time     (gint64  us);
char *drill_format_time_long (gint64 us);
char *drill_format_time_exact (gint64 us);
char *drill_format_minutes  (double  minutes);
char *drill_format_age      (gint64  created_us,
                             gint64  now_us);
char *drill_format_slo      (gint64  deadline_us,
                             gint64  now_us);
char *drill_format_count    (gint64  count);

G_END_DECLS
