// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "evidence/drill-evidence.h"
#include "query/drill-slot-model.h"

G_BEGIN_DECLS

/**
 * DrillRouteSelection:
 *
 * A #GtkSelectionModel over a #DrillSlotModel that remembers routes, not
 * places: what is selected stays so when the list is filtered, sorted or
 * refreshed. Selecting all of a million routes makes no objects, as
 * #GtkMultiSelection would. As a list model it tells of many new rows in steps,
 * between which the window is drawn.
 */
#define DRILL_TYPE_ROUTE_SELECTION (drill_route_selection_get_type ())

G_DECLARE_FINAL_TYPE (DrillRouteSelection, drill_route_selection, DRILL, ROUTE_SELECTION, GObject)

DrillRouteSelection *drill_route_selection_new             (DrillSlotModel      *model);
void                 drill_route_selection_sync            (DrillRouteSelection *self);
void                 drill_route_selection_forget          (DrillRouteSelection *self);
void                 drill_route_selection_move_to         (DrillRouteSelection *self,
                                                            DrillEvidence       *old_evidence,
                                                            DrillEvidence       *new_evidence);
guint                drill_route_selection_get_n_rows      (DrillRouteSelection *self);
guint                drill_route_selection_get_n_selected  (DrillRouteSelection *self);
GArray              *drill_route_selection_get_rows        (DrillRouteSelection *self);

G_END_DECLS
