// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *drill_format_time     (gint64  us);
char *drill_format_time_long (gint64 us);
char *drill_format_minutes  (double  minutes);
char *drill_format_age      (gint64  created_us,
                             gint64  now_us);
char *drill_format_slo      (gint64  deadline_us,
                             gint64  now_us);
char *drill_format_count    (gint64  count);

G_END_DECLS
