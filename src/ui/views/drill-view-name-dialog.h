// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * DrillViewNameDialog:
 *
 * Asks for the name of a view. Signals: `named` (string: the name, never empty).
 */
#define DRILL_TYPE_VIEW_NAME_DIALOG (drill_view_name_dialog_get_type ())

G_DECLARE_FINAL_TYPE (DrillViewNameDialog, drill_view_name_dialog, DRILL, VIEW_NAME_DIALOG, AdwMessageDialog)

GtkWidget *drill_view_name_dialog_new (GtkWindow  *parent,
                                       const char *heading,
                                       const char *body,
                                       const char *name,
                                       const char *accept);

G_END_DECLS
