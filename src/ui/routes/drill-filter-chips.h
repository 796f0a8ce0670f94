// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/routes/drill-route-list.h"

G_BEGIN_DECLS

/**
 * DrillFilterChips:
 *
 * The filters that are set, in words, each with a cross that removes it.
 */
#define DRILL_TYPE_FILTER_CHIPS (drill_filter_chips_get_type ())

G_DECLARE_FINAL_TYPE (DrillFilterChips, drill_filter_chips, DRILL, FILTER_CHIPS, GtkWidget)

void  drill_filter_chips_set_list (DrillFilterChips      *self,
                                   DrillRouteList        *list);
char *drill_filter_chips_describe (const DrillRouteQuery *query);

G_END_DECLS
