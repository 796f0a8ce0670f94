// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillConnectionEditor:
 *
 * Makes a connection, or changes a saved one: what it is called, where it is,
 * and a token for it. Nothing typed is lost on an error. Emits `done`
 * (#DrillConnection, string or %NULL: what there is to say about the token).
 */
#define DRILL_TYPE_CONNECTION_EDITOR (drill_connection_editor_get_type ())

G_DECLARE_FINAL_TYPE (DrillConnectionEditor, drill_connection_editor, DRILL, CONNECTION_EDITOR, AdwWindow)

DrillConnectionEditor *drill_connection_editor_new (GtkWindow       *parent,
                                                    DrillSession    *session,
                                                    GSettings       *settings,
                                                    DrillConnection *connection);

G_END_DECLS
