// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

#include "query/drill-route-query.h"

G_BEGIN_DECLS

/**
 * DRILL_SAVED_VIEW_MAX_NAME:
 *
 * Characters of a name; what is longer is cut.
 */
#define DRILL_SAVED_VIEW_MAX_NAME 80

/**
 * DRILL_SAVED_VIEW_MAX_FILTERS:
 *
 * Bytes of a filter set as text; a longer one is refused.
 */
#define DRILL_SAVED_VIEW_MAX_FILTERS (64 * 1024)

/**
 * DrillSavedView:
 *
 * Filters, order and columns of the route table under a name. Immutable. The
 * at-risk window is a preference, not part of it.
 */
#define DRILL_TYPE_SAVED_VIEW (drill_saved_view_get_type ())

G_DECLARE_FINAL_TYPE (DrillSavedView, drill_saved_view, DRILL, SAVED_VIEW, GObject)

DrillSavedView        *drill_saved_view_new           (const char             *name,
                                                       const DrillRouteQuery  *query,
                                                       const char *const      *columns);
DrillSavedView        *drill_saved_view_new_builtin   (const char             *id,
                                                       const char             *name,
                                                       const DrillRouteQuery  *query,
                                                       const char *const      *columns);
DrillSavedView        *drill_saved_view_new_from_json (JsonObject             *object,
                                                       GError                **error);
DrillSavedView        *drill_saved_view_with_name     (DrillSavedView         *self,
                                                       const char             *name);
DrillSavedView        *drill_saved_view_with_content  (DrillSavedView         *self,
                                                       const DrillRouteQuery  *query,
                                                       const char *const      *columns);
DrillSavedView        *drill_saved_view_with_new_id   (DrillSavedView         *self);
JsonObject            *drill_saved_view_to_json       (DrillSavedView         *self);
const char            *drill_saved_view_get_id        (DrillSavedView         *self);
const char            *drill_saved_view_get_name      (DrillSavedView         *self);
gboolean               drill_saved_view_is_builtin    (DrillSavedView         *self);
const DrillRouteQuery *drill_saved_view_get_query     (DrillSavedView         *self);
const char *const     *drill_saved_view_get_columns   (DrillSavedView         *self);
gboolean               drill_saved_view_has_unknown   (DrillSavedView         *self);
gboolean               drill_saved_view_shows         (DrillSavedView         *self,
                                                       const DrillRouteQuery  *query,
                                                       const char *const      *columns);
char                  *drill_saved_view_clean_name    (const char             *text);

G_END_DECLS
