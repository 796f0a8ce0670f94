// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "ui/views/drill-saved-views.h"

G_BEGIN_DECLS

/**
 * DrillPreferencesWindow:
 *
 * The few things a person may want otherwise. Every change takes effect at once.
 */
#define DRILL_TYPE_PREFERENCES_WINDOW (drill_preferences_window_get_type ())

G_DECLARE_FINAL_TYPE (DrillPreferencesWindow, drill_preferences_window, DRILL, PREFERENCES_WINDOW, AdwPreferencesWindow)

DrillPreferencesWindow *drill_preferences_window_new   (GtkWindow       *parent,
                                                        GSettings       *settings,
                                                        DrillSavedViews *views);
void                    drill_preferences_window_reset (GSettings       *settings);

G_END_DECLS
