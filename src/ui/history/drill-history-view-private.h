// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "query/drill-slot-model.h"
#include "ui/common/drill-choice.h"
#include "ui/common/drill-json-pane.h"
#include "ui/history/drill-history-view.h"
#include "ui/routes/drill-header-sorter.h"
#include "ui/routes/drill-route-selection.h"

G_BEGIN_DECLS

struct _DrillHistoryView
{
  DrillEvidenceView    parent_instance;

  GtkEditable         *search_entry;
  DrillChoice         *kind_choice;
  DrillChoice         *provider_choice;
  DrillChoice         *state_choice;
  DrillChoice         *result_choice;
  DrillChoice         *alert_choice;
  gboolean             details_wanted; /* beside the table, with an item selected */
  AdwFlap             *flap;
  GtkStack            *list_stack;
  GtkColumnView       *column_view;
  AdwStatusPage       *nothing_page;
  GtkStack            *detail_stack;
  DrillJsonPane       *json_pane;
  AdwStatusPage       *several_page;
  GtkLabel            *status_label;
  GtkWidget           *clear_button;
  GtkMenuButton       *menu_button;
  GtkWidget           *popover;

  DrillEvidence       *evidence;
  DrillSlotModel      *model;
  DrillRouteSelection *selection; /* of item rows */
  DrillHeaderSorter   *sorter;
  gboolean             ascending;
  gboolean             setting; /* several filters at once */
};

/* drill-history-view-filters.c: the choices above the table, as a query and in words */
gboolean  drill_history_view_has_filters     (DrillHistoryView *self);
char     *drill_history_view_dup_filters     (DrillHistoryView *self);
GArray   *drill_history_view_run_query       (DrillHistoryView *self); /* of guint32 */

/* drill-history-view-actions.c: copy, export, show; which there are depends on what is selected */
void      drill_history_view_install_actions (GtkWidgetClass   *widget_class);
void      drill_history_view_update_actions  (DrillHistoryView *self);

G_END_DECLS
