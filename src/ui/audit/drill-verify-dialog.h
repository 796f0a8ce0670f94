// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillVerifyDialog:
 *
 * Tells whether a saved audit package is whole and unchanged, and what has
 * changed in the evidence since. Needs no service.
 *
 * Signals: `open-evidence` (#GFile): the file is to be opened as evidence.
 */
#define DRILL_TYPE_VERIFY_DIALOG (drill_verify_dialog_get_type ())

G_DECLARE_FINAL_TYPE (DrillVerifyDialog, drill_verify_dialog, DRILL, VERIFY_DIALOG, AdwWindow)

DrillVerifyDialog *drill_verify_dialog_new    (GtkWindow         *parent,
                                               DrillSession      *session,
                                               GSettings         *settings);
void               drill_verify_dialog_verify (DrillVerifyDialog *self,
                                               GFile             *file);

G_END_DECLS
