// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/drill-evidence-view.h"

G_BEGIN_DECLS

/**
 * DrillSuppressionsView:
 *
 * Why notifications were not delivered: the suppressed routes of all plans,
 * counted by category.
 *
 * Signals: `show-category` (string): somebody wants to see the routes of a
 * category: all plans, action `suppress`, that category.
 */
#define DRILL_TYPE_SUPPRESSIONS_VIEW (drill_suppressions_view_get_type ())

G_DECLARE_FINAL_TYPE (DrillSuppressionsView, drill_suppressions_view, DRILL, SUPPRESSIONS_VIEW, DrillEvidenceView)

GtkWidget *drill_suppressions_view_new         (void);

G_END_DECLS
