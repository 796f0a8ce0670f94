// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * DrillTabStop:
 *
 * What Tab comes to once, and leaves with the next: for a table, whose every
 * row would be a stop at GTK 4.8.
 */
#define DRILL_TYPE_TAB_STOP (drill_tab_stop_get_type ())

G_DECLARE_FINAL_TYPE (DrillTabStop, drill_tab_stop, DRILL, TAB_STOP, AdwBin)

gboolean drill_tab_stop_leaves (GtkWidget        *widget,
                                GtkDirectionType  direction);

G_END_DECLS
