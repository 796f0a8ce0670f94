// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "query/drill-suppressions.h"

G_BEGIN_DECLS

/**
 * DrillSuppressionRow:
 *
 * The suppressed routes of one category, owner, provider or schedule: how many,
 * their share, whom and what they concern.
 */
#define DRILL_TYPE_SUPPRESSION_ROW (drill_suppression_row_get_type ())

G_DECLARE_FINAL_TYPE (DrillSuppressionRow, drill_suppression_row, DRILL, SUPPRESSION_ROW, GtkListBoxRow)

GtkWidget  *drill_suppression_row_new       (void);
void        drill_suppression_row_set_group (DrillSuppressionRow         *self,
                                             DrillEvidence               *evidence,
                                             DrillFacet                   by,
                                             const DrillSuppressionGroup *group,
                                             guint                        n_suppressed);
const char *drill_suppression_row_get_value (DrillSuppressionRow         *self);

G_END_DECLS
