// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillSignInDialog:
 *
 * Asks for a token for the current connection, shows it to the service, and goes
 * away when that knows us. Emits `signed-in` (string: how, in words).
 */
#define DRILL_TYPE_SIGN_IN_DIALOG (drill_sign_in_dialog_get_type ())

G_DECLARE_FINAL_TYPE (DrillSignInDialog, drill_sign_in_dialog, DRILL, SIGN_IN_DIALOG, AdwWindow)

DrillSignInDialog *drill_sign_in_dialog_new (GtkWindow    *parent,
                                             DrillSession *session);

G_END_DECLS
