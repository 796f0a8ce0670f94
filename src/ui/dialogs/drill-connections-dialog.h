// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillConnectionsDialog:
 *
 * The saved connections: add, change, test, connect to, forget. Emits
 * `connected` (string or %NULL: what there is to say) when one was chosen.
 */
#define DRILL_TYPE_CONNECTIONS_DIALOG (drill_connections_dialog_get_type ())

G_DECLARE_FINAL_TYPE (DrillConnectionsDialog, drill_connections_dialog, DRILL, CONNECTIONS_DIALOG, AdwWindow)

DrillConnectionsDialog *drill_connections_dialog_new (GtkWindow    *parent,
                                                      DrillSession *session,
                                                      GSettings    *settings);

G_END_DECLS
