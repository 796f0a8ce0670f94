// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DRILL_NOTIFICATION_ID:
 *
 * What the desktop knows the one notification by that there is at a time.
 */
#define DRILL_NOTIFICATION_ID "slo"

/**
 * DrillNotifier:
 *
 * Tells the desktop of routes that newly breach their SLO or are about to, as
 * the preferences have it: while the evidence of a service is shown and fresh,
 * and a window is open. What was so when the service was first loaded is no
 * news. There is one notification at a time, and it is withdrawn when nothing
 * of what it told is true any more. It leads to the action `app.show-slo`.
 */
#define DRILL_TYPE_NOTIFIER (drill_notifier_get_type ())

G_DECLARE_FINAL_TYPE (DrillNotifier, drill_notifier, DRILL, NOTIFIER, GObject)

DrillNotifier *drill_notifier_new      (GApplication  *application,
                                        DrillSession  *session,
                                        GSettings     *settings);
void           drill_notifier_withdraw (DrillNotifier *self);
void           drill_notifier_stop     (DrillNotifier *self);

G_END_DECLS
