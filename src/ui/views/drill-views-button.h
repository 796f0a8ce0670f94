// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "ui/views/drill-active-view.h"

G_BEGIN_DECLS

/**
 * DrillViewsButton:
 *
 * Says which view is shown and whether it was changed, and has a menu of all
 * views. Its actions, drill_views_button_get_actions(), are to be the group
 * `views` of the window: `apply` (s: id), `leave`, `save`, `revert`, `save-as`,
 * `manage`, `menu`.
 */
#define DRILL_TYPE_VIEWS_BUTTON (drill_views_button_get_type ())

G_DECLARE_FINAL_TYPE (DrillViewsButton, drill_views_button, DRILL, VIEWS_BUTTON, GtkWidget)

void             drill_views_button_set_up      (DrillViewsButton *self,
                                                 DrillActiveView  *active,
                                                 GSettings        *settings);
GActionGroup    *drill_views_button_get_actions (DrillViewsButton *self);
DrillActiveView *drill_views_button_get_active  (DrillViewsButton *self);

G_END_DECLS
