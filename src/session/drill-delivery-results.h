// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

#include "session/drill-delivery-operation.h"

G_BEGIN_DECLS

/* What became of a delivery, connector by connector (contract section 7). Private to the room. */

/* Returns: (transfer full): the destinations of a request, each once; "all" alone when it is among them */
GStrv      drill_delivery_parse_providers    (const char         *providers);
gboolean   drill_delivery_is_all             (const char *const  *requested);

/* @answer: `{delivery_plan, delivery, success}` of the service.
 * Returns: (transfer full) (element-type DrillDeliveryResult) */
GPtrArray *drill_delivery_results_new        (const char *const  *requested,
                                              JsonObject         *answer);

/* @plan: `delivery_plan`, or its item; @item: (nullable): the connector delivery item that was recorded for it; without
 * one, what was sent to the selected destinations is unknown */
GPtrArray *drill_delivery_results_from_items (const char *const  *requested,
                                              JsonObject         *plan,
                                              JsonObject         *item);

/* Nothing is known: all that were asked for are unknown */
GPtrArray *drill_delivery_results_unknown    (const char *const  *requested);

/* (nullable) */
JsonObject *drill_delivery_get_object        (JsonObject         *object,
                                              const char         *member);
JsonArray  *drill_delivery_get_array         (JsonObject         *object,
                                              const char         *member);

G_END_DECLS
