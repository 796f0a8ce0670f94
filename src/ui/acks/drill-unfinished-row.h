// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "session/drill-operation.h"

G_BEGIN_DECLS

/**
 * DrillUnfinishedRow:
 *
 * One operation that was cut off, with what can be done about it.
 *
 * Signals: `open` (boolean: whether it is to go on at once): show what became
 * of each route; only of acknowledgements. Everything else goes on in the row.
 */
#define DRILL_TYPE_UNFINISHED_ROW (drill_unfinished_row_get_type ())

G_DECLARE_FINAL_TYPE (DrillUnfinishedRow, drill_unfinished_row, DRILL, UNFINISHED_ROW, GtkWidget)

GtkWidget      *drill_unfinished_row_new           (DrillOperation     *operation);
DrillOperation *drill_unfinished_row_get_operation (DrillUnfinishedRow *self);

G_END_DECLS
