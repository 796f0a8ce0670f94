// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/routes/drill-route-list.h"

G_BEGIN_DECLS

/**
 * DrillRouteDetails:
 *
 * All there is to know of the selected route: what, who and when, what happened
 * to it, and the JSON it was read from. Follows the list's selection.
 */
#define DRILL_TYPE_ROUTE_DETAILS (drill_route_details_get_type ())

G_DECLARE_FINAL_TYPE (DrillRouteDetails, drill_route_details, DRILL, ROUTE_DETAILS, GtkWidget)

void    drill_route_details_set_list (DrillRouteDetails *self,
                                      DrillRouteList    *list,
                                      GSettings         *settings);
guint32 drill_route_details_get_row  (DrillRouteDetails *self);

G_END_DECLS
