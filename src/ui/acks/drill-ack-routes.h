// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "session/drill-ack-operation.h"

G_BEGIN_DECLS

/**
 * DrillAckRoutesShows:
 * @DRILL_ACK_ROUTES_STATES: the state each route is in
 * @DRILL_ACK_ROUTES_OUTCOMES: what became of each
 *
 * What a list says of its entries.
 */
typedef enum {
  DRILL_ACK_ROUTES_STATES,
  DRILL_ACK_ROUTES_OUTCOMES,
} DrillAckRoutesShows;

/**
 * DrillAckRoutes:
 *
 * The routes of an operation, one under the other; smooth with any number.
 */
#define DRILL_TYPE_ACK_ROUTES (drill_ack_routes_get_type ())

G_DECLARE_FINAL_TYPE (DrillAckRoutes, drill_ack_routes, DRILL, ACK_ROUTES, AdwBin)

void  drill_ack_routes_set_operation (DrillAckRoutes      *self,
                                    DrillAckOperation *operation,
                                    DrillAckRoutesShows  shows);
void  drill_ack_routes_set_outcome   (DrillAckRoutes      *self,
                                    int                outcome);
void  drill_ack_routes_update        (DrillAckRoutes      *self);
guint drill_ack_routes_get_n_rows    (DrillAckRoutes      *self);

G_END_DECLS
