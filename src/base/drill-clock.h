// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define DRILL_TYPE_CLOCK (drill_clock_get_type ())

G_DECLARE_FINAL_TYPE (DrillClock, drill_clock, DRILL, CLOCK, GObject)

DrillClock *drill_clock_new_system (void);
DrillClock *drill_clock_new_fixed  (gint64      now_us);
gint64      drill_clock_now        (DrillClock *self);
gboolean    drill_clock_is_fixed   (DrillClock *self);
void        drill_clock_set        (DrillClock *self,
                                    gint64      now_us);

G_END_DECLS
