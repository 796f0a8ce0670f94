// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/routes/drill-route-list.h"

G_BEGIN_DECLS

/**
 * DrillRouteActions:
 *
 * The buttons that acknowledge, escalate, resolve and dismiss the selection,
 * and, when they cannot be used, why not. Hidden while nothing is selected.
 */
#define DRILL_TYPE_ROUTE_ACTIONS (drill_route_actions_get_type ())

G_DECLARE_FINAL_TYPE (DrillRouteActions, drill_route_actions, DRILL, ROUTE_ACTIONS, GtkWidget)

void        drill_route_actions_set_list   (DrillRouteActions *self,
                                            DrillRouteList    *list);
const char *drill_route_actions_get_reason (DrillRouteActions *self);

/* Why nothing can be recorded on what is selected; NULL when it can */
const char *drill_route_actions_why_not    (DrillRouteList    *list);

G_END_DECLS
