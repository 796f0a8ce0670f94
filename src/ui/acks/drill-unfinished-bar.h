// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillUnfinishedBar:
 *
 * Says that something was cut off and waits for a decision. Hidden while there
 * is nothing. Its button is the action `win.unfinished`.
 */
#define DRILL_TYPE_UNFINISHED_BAR (drill_unfinished_bar_get_type ())

G_DECLARE_FINAL_TYPE (DrillUnfinishedBar, drill_unfinished_bar, DRILL, UNFINISHED_BAR, GtkWidget)

void        drill_unfinished_bar_set_session (DrillUnfinishedBar *self,
                                              DrillSession       *session);
const char *drill_unfinished_bar_get_text    (DrillUnfinishedBar *self);

G_END_DECLS
