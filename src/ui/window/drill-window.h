// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "session/drill-session.h"
#include "ui/routes/drill-routes-view.h"

G_BEGIN_DECLS

/**
 * DrillWindow:
 *
 * The main window: what is shown, the metrics and the four views.
 *
 * Actions: `win.show-view` (s: `routes`, `history`, `suppressions`, `audit`, `overview`),
 * `win.show-metric` (s), `win.set-filter` ((sas): a facet and the only values
 * it is to have), `win.clear-filters`, `win.refresh`, `win.cancel`, `win.search`,
 * `win.toggle-sidebar`, `win.toggle-details`, `win.show-details`,
 * `win.show-problems`, `win.export`, `win.escape`, and those that
 * drill-window-identity.c, drill-window-routes.c, drill-window-audit.c and
 * drill-window-print.c add.
 */
#define DRILL_TYPE_WINDOW (drill_window_get_type ())

G_DECLARE_FINAL_TYPE (DrillWindow, drill_window, DRILL, WINDOW, AdwApplicationWindow)

DrillWindow     *drill_window_new             (GtkApplication *application,
                                               DrillSession   *session,
                                               GSettings      *settings,
                                               DrillSavedViews *views);
void             drill_window_show_shortcuts  (DrillWindow    *self);
DrillRoutesView *drill_window_get_routes_view (DrillWindow    *self);
const char      *drill_window_get_banner_text (DrillWindow    *self);

G_END_DECLS
