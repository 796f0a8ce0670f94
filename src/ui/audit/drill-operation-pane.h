// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "session/drill-operation.h"

G_BEGIN_DECLS

/**
 * DrillOperationUnknown:
 * @operation: an operation that has stopped
 *
 * Returns: whether it is not known of anything that was sent whether it was recorded
 */
typedef gboolean (*DrillOperationUnknown) (DrillOperation *operation);

/**
 * DrillOperationPane:
 *
 * Runs an operation and says where it is: progress with Cancel, signing in when
 * the token is not taken any more, checking again what is not known. What came
 * of it is shown by whoever listens.
 *
 * Signals:
 * - `ended`: it has ended, and nothing of it is unknown
 * - `given-up`: somebody does not want the rest; the operation was dropped
 */
#define DRILL_TYPE_OPERATION_PANE (drill_operation_pane_get_type ())

G_DECLARE_FINAL_TYPE (DrillOperationPane, drill_operation_pane, DRILL, OPERATION_PANE, AdwBin)

void     drill_operation_pane_run        (DrillOperationPane *self,
                                          DrillOperation     *operation,
                                          DrillOperationUnknown unknown,
                                          const char         *title);
void     drill_operation_pane_cancel     (DrillOperationPane *self);
gboolean drill_operation_pane_is_running (DrillOperationPane *self);

G_END_DECLS
