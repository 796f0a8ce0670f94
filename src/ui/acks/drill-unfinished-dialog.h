// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillUnfinishedDialog:
 *
 * What was cut off: to be finished, or dropped. Closes when nothing is left.
 *
 * Signals: `open-operation` (#DrillAckOperation, boolean): an operation is to be
 * shown, and, if so, to go on at once.
 */
#define DRILL_TYPE_UNFINISHED_DIALOG (drill_unfinished_dialog_get_type ())

G_DECLARE_FINAL_TYPE (DrillUnfinishedDialog, drill_unfinished_dialog, DRILL, UNFINISHED_DIALOG, AdwWindow)

DrillUnfinishedDialog *drill_unfinished_dialog_new (GtkWindow    *parent,
                                                    DrillSession *session);

G_END_DECLS
