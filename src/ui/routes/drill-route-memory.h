// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/routes/drill-route-list.h"

G_BEGIN_DECLS

/* What the settings remember of the routes from one time to the next */
void drill_route_memory_restore (DrillRouteList *list,
                                 GSettings      *settings);
void drill_route_memory_save    (DrillRouteList *list,
                                 GSettings      *settings);

G_END_DECLS
