// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/drill-evidence-view.h"

G_BEGIN_DECLS

/**
 * DrillOverviewView:
 *
 * What would rather be looked at than read: routes outstanding and breached
 * over time, how long acknowledgements took, and who is behind. See
 * #DrillOverview for what is counted.
 *
 * Signals: `show-routes` (#DrillRouteQuery): somebody wants to see the routes
 * behind a value
 */
#define DRILL_TYPE_OVERVIEW_VIEW (drill_overview_view_get_type ())

G_DECLARE_FINAL_TYPE (DrillOverviewView, drill_overview_view, DRILL, OVERVIEW_VIEW, DrillEvidenceView)

GtkWidget *drill_overview_view_new (void);

G_END_DECLS
