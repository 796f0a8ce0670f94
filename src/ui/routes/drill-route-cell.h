// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/routes/drill-route-list.h"

G_BEGIN_DECLS

GtkListItemFactory *drill_route_cell_factory_new  (DrillRouteList *list,
                                                   DrillRouteKey   key,
                                                   gboolean        numeric);
guint               drill_route_cell_get_position (GtkWidget      *widget);

G_END_DECLS
