// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * DrillHelpWindow:
 *
 * The built-in help: topics on the left, searchable, and what they say. Stays
 * open beside the window it is about.
 */
#define DRILL_TYPE_HELP_WINDOW (drill_help_window_get_type ())

G_DECLARE_FINAL_TYPE (DrillHelpWindow, drill_help_window, DRILL, HELP_WINDOW, AdwWindow)

void        drill_help_window_show      (GtkWindow       *parent,
                                         const char      *topic);
const char *drill_help_window_get_topic (DrillHelpWindow *self);

G_END_DECLS
