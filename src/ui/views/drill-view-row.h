// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "ui/views/drill-saved-view.h"

G_BEGIN_DECLS

/**
 * DrillViewRow:
 *
 * One view in the list of them. A saved one can be dragged, and moved with
 * buttons or with Alt and the arrow keys; its actions are those of the group
 * `manage` around it, each with the view's id. One that came with the program
 * has a switch.
 */
#define DRILL_TYPE_VIEW_ROW (drill_view_row_get_type ())

G_DECLARE_FINAL_TYPE (DrillViewRow, drill_view_row, DRILL, VIEW_ROW, AdwActionRow)

GtkWidget      *drill_view_row_new      (DrillSavedView *view,
                                         const char     *filters,
                                         gboolean        start,
                                         gboolean        shown,
                                         gboolean        can_update);
DrillSavedView *drill_view_row_get_view (DrillViewRow   *self);

G_END_DECLS
