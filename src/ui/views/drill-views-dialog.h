// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "ui/views/drill-active-view.h"

G_BEGIN_DECLS

/**
 * DrillViewsDialog:
 *
 * Puts the saved views in order: rename, update, move, delete, share, choose
 * the one to start with, hide those that come with the program.
 */
#define DRILL_TYPE_VIEWS_DIALOG (drill_views_dialog_get_type ())

G_DECLARE_FINAL_TYPE (DrillViewsDialog, drill_views_dialog, DRILL, VIEWS_DIALOG, AdwWindow)

DrillViewsDialog *drill_views_dialog_new (GtkWindow       *parent,
                                          DrillActiveView *active,
                                          GSettings       *settings);
void              drill_views_dialog_import (DrillViewsDialog *self,
                                             GFile            *file);

G_END_DECLS
