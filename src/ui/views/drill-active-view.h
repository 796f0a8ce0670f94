// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/routes/drill-route-table-view.h"
#include "ui/views/drill-saved-views.h"

G_BEGIN_DECLS

/**
 * DrillActiveView:
 *
 * Which saved view a route table shows, and whether it was changed since:
 * applies, saves and reverts it.
 *
 * Signals: `changed` when it is another one, has another name or differs from
 * what is shown where it did not, or the other way round.
 */
#define DRILL_TYPE_ACTIVE_VIEW (drill_active_view_get_type ())

G_DECLARE_FINAL_TYPE (DrillActiveView, drill_active_view, DRILL, ACTIVE_VIEW, GObject)

DrillActiveView *drill_active_view_new         (DrillSavedViews     *views,
                                                DrillRouteList      *list,
                                                DrillRouteTableView *table,
                                                GSettings           *settings);
DrillSavedViews *drill_active_view_get_views   (DrillActiveView     *self);
DrillSavedView  *drill_active_view_get_view    (DrillActiveView     *self);
gboolean         drill_active_view_is_modified (DrillActiveView     *self);
void             drill_active_view_apply       (DrillActiveView     *self,
                                                DrillSavedView      *view);
void             drill_active_view_leave       (DrillActiveView     *self);
void             drill_active_view_revert      (DrillActiveView     *self);
gboolean         drill_active_view_save        (DrillActiveView     *self,
                                                GError             **error);
gboolean         drill_active_view_save_to     (DrillActiveView     *self,
                                                DrillSavedView      *view,
                                                GError             **error);
gboolean         drill_active_view_save_as     (DrillActiveView     *self,
                                                const char          *name,
                                                GError             **error);

G_END_DECLS
