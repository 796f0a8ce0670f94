// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillNotify:
 * @DRILL_NOTIFY_NOTHING: nothing
 * @DRILL_NOTIFY_BREACHED: of routes that breach their SLO
 * @DRILL_NOTIFY_DUE: of routes that are about to, within the at-risk window
 *
 * What a person wants to be notified of.
 */
typedef enum {
  DRILL_NOTIFY_NOTHING  = 0,
  DRILL_NOTIFY_BREACHED = 1 << 0,
  DRILL_NOTIFY_DUE      = 1 << 1,
} DrillNotify;

DrillNotify drill_notifications_wanted    (GSettings    *settings,
                                           DrillSession *session);
gboolean    drill_notifications_can_mute  (DrillSession *session);
gboolean    drill_notifications_get_muted (GSettings    *settings,
                                           DrillSession *session);
void        drill_notifications_set_muted (GSettings    *settings,
                                           DrillSession *session,
                                           gboolean      muted);

G_END_DECLS
