// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * DrillRangeChoice:
 *
 * A drop-down with the ranges of time that charts can be of.
 *
 * Signals: `changed`: another range was chosen
 */
#define DRILL_TYPE_RANGE_CHOICE (drill_range_choice_get_type ())

G_DECLARE_FINAL_TYPE (DrillRangeChoice, drill_range_choice, DRILL, RANGE_CHOICE, AdwBin)

gint64 drill_range_choice_get_from (DrillRangeChoice *self,
                                    gint64            now_us);

G_END_DECLS
