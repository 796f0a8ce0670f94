// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "session/drill-ack-operation.h"
#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillAckDialog:
 *
 * Acknowledges, escalates, resolves or dismisses: asks what is to be recorded,
 * shows how far it is and what became of each route. What was typed stays until
 * it is recorded.
 *
 * Signals: `recorded`, when a run has ended that recorded something.
 */
#define DRILL_TYPE_ACK_DIALOG (drill_ack_dialog_get_type ())

G_DECLARE_FINAL_TYPE (DrillAckDialog, drill_ack_dialog, DRILL, ACK_DIALOG, AdwWindow)

DrillAckDialog    *drill_ack_dialog_new               (GtkWindow         *parent,
                                                       DrillSession      *session,
                                                       GSettings         *settings,
                                                       DrillEvidence     *evidence,
                                                       const guint32     *routes,
                                                       guint              n_routes,
                                                       const char        *state);
DrillAckDialog    *drill_ack_dialog_new_for_operation (GtkWindow         *parent,
                                                       DrillSession      *session,
                                                       GSettings         *settings,
                                                       DrillAckOperation *operation);
DrillAckOperation *drill_ack_dialog_get_operation     (DrillAckDialog    *self);
void               drill_ack_dialog_proceed           (DrillAckDialog    *self);

G_END_DECLS
