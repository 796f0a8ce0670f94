// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "evidence/drill-dashboard.h"

G_BEGIN_DECLS

/**
 * DrillSuppressionRow:
 *
 * One category of suppressed routes: how many, their share, whom and what they
 * concern.
 */
#define DRILL_TYPE_SUPPRESSION_ROW (drill_suppression_row_get_type ())

G_DECLARE_FINAL_TYPE (DrillSuppressionRow, drill_suppression_row, DRILL, SUPPRESSION_ROW, GtkListBoxRow)

GtkWidget  *drill_suppression_row_new          (void);
void        drill_suppression_row_set_count    (DrillSuppressionRow      *self,
                                                DrillEvidence            *evidence,
                                                const DrillCategoryCount *count,
                                                guint                     n_suppressed);
const char *drill_suppression_row_get_category (DrillSuppressionRow      *self);

G_END_DECLS
