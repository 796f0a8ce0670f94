// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

/**
 * DrillHistoryColumn:
 *
 * The columns of the history.
 */
typedef enum {
  DRILL_HISTORY_TIME,
  DRILL_HISTORY_KIND,
  DRILL_HISTORY_SUBJECT,
  DRILL_HISTORY_PROVIDERS,
  DRILL_HISTORY_STATE,
  DRILL_HISTORY_SIGNER,
  DRILL_N_HISTORY_COLUMNS
} DrillHistoryColumn;

const char         *drill_history_column_get_title (DrillHistoryColumn   column);
char               *drill_history_cell_dup_text    (DrillEvidence       *evidence,
                                                    guint32              item,
                                                    DrillHistoryColumn   column);
const char         *drill_history_item_get_state   (DrillEvidence       *evidence,
                                                    guint32              item);
GtkListItemFactory *drill_history_cell_factory_new (DrillEvidence      **evidence,
                                                    DrillHistoryColumn   column);
guint               drill_history_cell_get_position (GtkWidget          *widget);

G_END_DECLS
