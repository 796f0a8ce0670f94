// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "session/drill-ack-operation.h"

G_BEGIN_DECLS

/**
 * DrillAckResult:
 *
 * What became of each route of an operation, and what can be done about those
 * that were not recorded.
 */
#define DRILL_TYPE_ACK_RESULT (drill_ack_result_get_type ())

G_DECLARE_FINAL_TYPE (DrillAckResult, drill_ack_result, DRILL, ACK_RESULT, AdwBin)

void drill_ack_result_show (DrillAckResult    *self,
                            DrillAckOperation *operation);

G_END_DECLS
