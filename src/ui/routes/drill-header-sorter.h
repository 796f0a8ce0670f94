// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "query/drill-route-query.h"

G_BEGIN_DECLS

/**
 * DrillHeaderSorter:
 *
 * Reads what a click on a column's heading asked for, without ever sorting
 * through GTK. Before 4.10 nothing says which column a #GtkColumnView sorts by;
 * its sorter however asks the columns' own sorters in their order and turns the
 * answer round when descending. So each column gets a sorter that only notes
 * that it was asked, and comparing two dummies tells column and direction.
 */
#define DRILL_TYPE_HEADER_SORTER (drill_header_sorter_get_type ())

G_DECLARE_FINAL_TYPE (DrillHeaderSorter, drill_header_sorter, DRILL, HEADER_SORTER, GObject)

DrillHeaderSorter *drill_header_sorter_new  (void);
void               drill_header_sorter_add  (DrillHeaderSorter   *self,
                                             GtkColumnViewColumn *column,
                                             DrillRouteKey        key);
gboolean           drill_header_sorter_read (DrillHeaderSorter   *self,
                                             GtkColumnView       *view,
                                             DrillRouteKey       *key,
                                             gboolean            *descending);

G_END_DECLS
