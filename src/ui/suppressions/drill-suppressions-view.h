// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/drill-evidence-view.h"

G_BEGIN_DECLS

/**
 * DrillSuppressionsView:
 *
 * Why notifications were not delivered: the suppressed routes of all plans,
 * over time and counted by category, owner, provider or schedule.
 *
 * Properties:
 * - `by` (string): what they are counted by, as drill_facet_get_name() has it
 *
 * Actions: `suppressions.by` (s)
 *
 * Signals: `show-routes` (#DrillRouteQuery): somebody wants to see the routes
 * behind a count: all plans, action `suppress`, that category, owner, …
 */
#define DRILL_TYPE_SUPPRESSIONS_VIEW (drill_suppressions_view_get_type ())

G_DECLARE_FINAL_TYPE (DrillSuppressionsView, drill_suppressions_view, DRILL, SUPPRESSIONS_VIEW, DrillEvidenceView)

GtkWidget *drill_suppressions_view_new         (void);

G_END_DECLS
