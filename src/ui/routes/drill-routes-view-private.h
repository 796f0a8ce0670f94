// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "ui/routes/drill-facet-sidebar.h"
#include "ui/routes/drill-filter-chips.h"
#include "ui/routes/drill-route-details.h"
#include "ui/routes/drill-route-table-view.h"
#include "ui/routes/drill-routes-view.h"

G_BEGIN_DECLS

struct _DrillRoutesView
{
  GtkWidget parent_instance;

  DrillSession        *session;
  GSettings           *settings;
  DrillRouteList      *list;

  gboolean             sidebar_wanted; /* beside the table, when there is room */
  gboolean             details_wanted; /* the same, with a route selected */

  AdwFlap             *sidebar_flap;
  AdwFlap             *details_flap;
  DrillFacetSidebar   *sidebar;
  DrillRouteDetails   *details;
  DrillFilterChips    *chips;
  GtkSearchBar        *search_bar;
  GtkEditable         *search_entry;
  GtkStack            *states;
  DrillRouteTableView *table;
  GtkSpinner          *spinner;
  GtkLabel            *status;
  GtkMenuButton       *column_button;
};

/* drill-routes-view-actions.c: copy, export, open the link; which there are depends on what is listed and selected */
void drill_routes_view_install_actions          (GtkWidgetClass  *widget_class);
void drill_routes_view_update_list_actions      (DrillRoutesView *self);
void drill_routes_view_update_selection_actions (DrillRoutesView *self);

G_END_DECLS
