// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * DrillConnectDialog:
 *
 * Asks for the address of a service and, if its certificate needs one, a CA
 * file. Emits `connect` (string address, string CA file or %NULL); whoever
 * listens answers with drill_connect_dialog_fail() or destroys the dialog.
 */
#define DRILL_TYPE_CONNECT_DIALOG (drill_connect_dialog_get_type ())

G_DECLARE_FINAL_TYPE (DrillConnectDialog, drill_connect_dialog, DRILL, CONNECT_DIALOG, AdwWindow)

DrillConnectDialog *drill_connect_dialog_new  (GtkWindow          *parent,
                                               const char         *address);
void                drill_connect_dialog_fail (DrillConnectDialog *self,
                                               const GError       *error);

G_END_DECLS
