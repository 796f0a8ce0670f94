// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/drill-evidence-view.h"

G_BEGIN_DECLS

/**
 * DrillHistoryView:
 *
 * Every evidence item of the session's snapshot as a table with filters, and
 * the JSON of the one that is selected.
 *
 * Actions: `history.copy-rows`, `history.copy-json`, `history.export-selected`,
 * `history.export-shown`, `history.clear-filters`, `history.show-details`,
 * `history.search`.
 */
#define DRILL_TYPE_HISTORY_VIEW (drill_history_view_get_type ())

G_DECLARE_FINAL_TYPE (DrillHistoryView, drill_history_view, DRILL, HISTORY_VIEW, DrillEvidenceView)

GtkWidget *drill_history_view_new          (void);
void       drill_history_view_focus_search (DrillHistoryView *self);
void       drill_history_view_set_filters  (DrillHistoryView *self,
                                            const char       *kind,
                                            DrillResult       result);

G_END_DECLS
