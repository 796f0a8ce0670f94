// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/routes/drill-route-list.h"
#include "ui/views/drill-views-button.h"

G_BEGIN_DECLS

/**
 * DrillFacetSidebar:
 *
 * The filters of the routes view: the plan scope and a #DrillFacetGroup for
 * each facet.
 */
#define DRILL_TYPE_FACET_SIDEBAR (drill_facet_sidebar_get_type ())

G_DECLARE_FINAL_TYPE (DrillFacetSidebar, drill_facet_sidebar, DRILL, FACET_SIDEBAR, GtkWidget)

void drill_facet_sidebar_set_list (DrillFacetSidebar *self,
                                   DrillRouteList    *list);

DrillViewsButton *drill_facet_sidebar_get_views (DrillFacetSidebar *self);

G_END_DECLS
