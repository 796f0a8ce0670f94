// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "session/drill-ack-operation.h"

G_BEGIN_DECLS

/**
 * DrillAckProgress:
 *
 * How far an operation is, what it does now and, when it needs somebody, what for.
 */
#define DRILL_TYPE_ACK_PROGRESS (drill_ack_progress_get_type ())

G_DECLARE_FINAL_TYPE (DrillAckProgress, drill_ack_progress, DRILL, ACK_PROGRESS, AdwBin)

void drill_ack_progress_set_operation (DrillAckProgress  *self,
                                       DrillAckOperation *operation);
void drill_ack_progress_set_stopping  (DrillAckProgress  *self,
                                       gboolean           stopping);

G_END_DECLS
