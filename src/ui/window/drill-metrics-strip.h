// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillMetricsStrip:
 *
 * The seven counts above the views, each a button that activates
 * `win.show-metric` with its name: `plans`, `deliveries`, `failed-deliveries`,
 * `acknowledgements`, `outstanding`, `escalation`, `breached`.
 */
#define DRILL_TYPE_METRICS_STRIP (drill_metrics_strip_get_type ())

G_DECLARE_FINAL_TYPE (DrillMetricsStrip, drill_metrics_strip, DRILL, METRICS_STRIP, GtkWidget)

void drill_metrics_strip_set_session (DrillMetricsStrip *self,
                                      DrillSession      *session);
void drill_metrics_strip_update      (DrillMetricsStrip *self);

G_END_DECLS
