// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/routes/drill-route-list.h"

G_BEGIN_DECLS

/**
 * DrillRouteTableView:
 *
 * The table of routes: columns that sort, move, hide and remember their width.
 * Signals: `route-activated` when a row is to be opened; `columns-changed` when
 * others are shown, or in another order.
 */
#define DRILL_TYPE_ROUTE_TABLE_VIEW (drill_route_table_view_get_type ())

G_DECLARE_FINAL_TYPE (DrillRouteTableView, drill_route_table_view, DRILL, ROUTE_TABLE_VIEW, GtkWidget)

void   drill_route_table_view_set_list (DrillRouteTableView *self,
                                        DrillRouteList      *list,
                                        GSettings           *settings);
char  *drill_route_table_view_dup_text (DrillRouteTableView *self,
                                        const guint32       *rows,
                                        guint                n_rows);
void   drill_route_table_view_scroll_to (DrillRouteTableView *self,
                                         guint                position);
GActionGroup *drill_route_table_view_get_column_actions (DrillRouteTableView *self);
GMenuModel   *drill_route_table_view_get_column_menu    (DrillRouteTableView *self);
char        **drill_route_table_view_dup_columns        (DrillRouteTableView *self);
void          drill_route_table_view_show_columns       (DrillRouteTableView *self,
                                                         const char *const   *columns);

G_END_DECLS
