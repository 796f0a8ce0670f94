// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

/**
 * DrillProblemsDialog:
 *
 * What in a snapshot is not as the contract has it, and where.
 */
#define DRILL_TYPE_PROBLEMS_DIALOG (drill_problems_dialog_get_type ())

G_DECLARE_FINAL_TYPE (DrillProblemsDialog, drill_problems_dialog, DRILL, PROBLEMS_DIALOG, AdwWindow)

DrillProblemsDialog *drill_problems_dialog_new (GtkWindow     *parent,
                                                DrillEvidence *evidence);

G_END_DECLS
