// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DRILL_TIME_UNKNOWN:
 *
 * What stands for a time that was not given or cannot be read. All other times
 * are µs since 1970-01-01T00:00:00Z.
 */
#define DRILL_TIME_UNKNOWN G_MININT64

#define DRILL_TIME_MINUTE  (60 * G_TIME_SPAN_SECOND)

gint64  drill_time_parse        (const char *text,
                                 gssize      length);
char   *drill_time_format       (gint64      us);
double  drill_time_age_minutes  (gint64      created_us,
                                 gint64      now_us);
gint64  drill_time_breach_after (int         minutes);

G_END_DECLS
