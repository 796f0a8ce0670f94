// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/routes/drill-route-list.h"
#include "ui/views/drill-views-button.h"

G_BEGIN_DECLS

/**
 * DrillRoutesView:
 *
 * The main view: filters, the table of routes with its status line, and the
 * details of the selected one. Folds when it gets narrow.
 *
 * Properties: `sidebar-visible`, `details-visible` (boolean).
 */
#define DRILL_TYPE_ROUTES_VIEW (drill_routes_view_get_type ())

G_DECLARE_FINAL_TYPE (DrillRoutesView, drill_routes_view, DRILL, ROUTES_VIEW, GtkWidget)

void            drill_routes_view_set_up        (DrillRoutesView *self,
                                                 DrillSession    *session,
                                                 GSettings       *settings,
                                                 DrillSavedViews *views);
DrillViewsButton *drill_routes_view_get_views   (DrillRoutesView *self);
DrillRouteList *drill_routes_view_get_list      (DrillRoutesView *self);
const char     *drill_routes_view_get_status    (DrillRoutesView *self);
void            drill_routes_view_focus         (DrillRoutesView *self);
void            drill_routes_view_select_position (DrillRoutesView *self,
                                                   guint            position);
gboolean        drill_routes_view_show_route    (DrillRoutesView *self,
                                                 guint32          row);
void            drill_routes_view_toggle_search (DrillRoutesView *self);
gboolean        drill_routes_view_escape        (DrillRoutesView *self);
void            drill_routes_view_save_state    (DrillRoutesView *self);
void            drill_routes_view_export        (DrillRoutesView *self);

G_END_DECLS
