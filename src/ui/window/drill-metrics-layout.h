// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DRILL_METRICS_LINES 2 /* at most */

#define DRILL_TYPE_METRICS_LAYOUT (drill_metrics_layout_get_type ())
G_DECLARE_FINAL_TYPE (DrillMetricsLayout, drill_metrics_layout, DRILL, METRICS_LAYOUT, GtkLayoutManager)

GtkLayoutManager *drill_metrics_layout_new (void);

G_END_DECLS
