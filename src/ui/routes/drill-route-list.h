// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/drill-slot-model.h"
#include "session/drill-session.h"
#include "ui/routes/drill-route-selection.h"

G_BEGIN_DECLS

/**
 * DrillRouteList:
 *
 * What the routes view shows: the query, its answer for the session's current
 * snapshot and the time of day, the list model over it and the selection. Asks
 * again when the query or the snapshot changes, and when a route comes due or
 * breaches; the ages that are visible are refreshed every half minute.
 *
 * Signals: `changed` (there is another answer), `query-changed` (before it),
 * `ticked` (ages moved, the answer is the same or followed by `changed`).
 */
#define DRILL_TYPE_ROUTE_LIST (drill_route_list_get_type ())

G_DECLARE_FINAL_TYPE (DrillRouteList, drill_route_list, DRILL, ROUTE_LIST, GObject)

DrillRouteList        *drill_route_list_new            (DrillSession          *session);
DrillSession          *drill_route_list_get_session    (DrillRouteList        *self);
const DrillRouteQuery *drill_route_list_get_query      (DrillRouteList        *self);
void                   drill_route_list_set_query      (DrillRouteList        *self,
                                                        const DrillRouteQuery *query);
void                   drill_route_list_set_value      (DrillRouteList        *self,
                                                        DrillFacet             facet,
                                                        const char            *value,
                                                        gboolean               active);
void                   drill_route_list_set_only       (DrillRouteList        *self,
                                                        DrillFacet             facet,
                                                        const char *const     *values);
void                   drill_route_list_clear_filters  (DrillRouteList        *self);
DrillRouteResult      *drill_route_list_get_result     (DrillRouteList        *self);
DrillEvidence         *drill_route_list_get_evidence   (DrillRouteList        *self);
DrillSlotModel        *drill_route_list_get_model      (DrillRouteList        *self);
DrillRouteSelection   *drill_route_list_get_selection  (DrillRouteList        *self);
gint64                 drill_route_list_get_now        (DrillRouteList        *self);
void                   drill_route_list_tell_again     (DrillRouteList        *self);

G_END_DECLS
