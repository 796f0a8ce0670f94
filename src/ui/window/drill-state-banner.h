// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillStateBanner:
 *
 * One line under the header bar, when there is something to know about what is
 * shown: that it is sample data, stale or partial, why, and what to do. (The
 * library has a banner of its own only after the floor.)
 *
 * Properties: `session` (#DrillSession).
 */
#define DRILL_TYPE_STATE_BANNER (drill_state_banner_get_type ())

G_DECLARE_FINAL_TYPE (DrillStateBanner, drill_state_banner, DRILL, STATE_BANNER, GtkWidget)

void        drill_state_banner_set_session (DrillStateBanner *self,
                                            DrillSession     *session);
const char *drill_state_banner_get_text    (DrillStateBanner *self);

G_END_DECLS
