// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/drill-window-private.h"

#include "ui/audit/drill-audit-view.h"
#include "ui/report/drill-report-package.h"
#include "ui/report/drill-report-print.h"
#include "ui/report/drill-report-routes.h"
#include "ui/report/drill-report-save.h"
#include "ui/routes/drill-filter-chips.h"

/* Printing what the view shows: the listed routes, or the selected audit package */

static gboolean
is_view (DrillWindow *self,
         const char  *name)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->views), name) == 0;
}

static DrillAuditView *
get_audit_view (DrillWindow *self)
{
  GtkWidget *view = adw_bin_get_child (self->audit_place);

  return DRILL_IS_AUDIT_VIEW (view) ? DRILL_AUDIT_VIEW (view) : NULL;
}

/* NULL when there is nothing to print */
static DrillReport *
make_report (DrillWindow *self)
{
  if (is_view (self, "routes"))
    {
      DrillRouteList *list = drill_routes_view_get_list (self->routes);
      DrillRouteResult *result = drill_route_list_get_result (list);
      const DrillRouteQuery *query = drill_route_list_get_query (list);
      g_autofree char *filters = drill_filter_chips_describe (query);

      if (drill_route_result_get_n_rows (result) > 0)
        return drill_report_new_for_routes (drill_report_origin_new (self->session), drill_route_list_get_evidence (list),
                                            drill_route_result_get_rows (result), drill_route_result_get_n_rows (result),
                                            query, filters);
    }
  else if (is_view (self, "audit") && get_audit_view (self) != NULL)
    {
      DrillAuditView *view = get_audit_view (self);
      GBytes *package = drill_audit_view_get_package (view);

      if (package != NULL)
        return drill_report_new_for_package (drill_report_origin_new (self->session), package,
                                             drill_audit_view_get_audit_id (view), NULL);
    }

  return NULL;
}

static void
print_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  DrillWindow *self = user_data;
  g_autoptr(DrillReport) report = make_report (self);

  if (report != NULL)
    drill_report_print (GTK_WIDGET (self->views), report);
}

static void
save_pdf_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  DrillWindow *self = user_data;
  g_autoptr(DrillReport) report = make_report (self);

  if (report != NULL)
    drill_report_save (GTK_WIDGET (self->views), self->settings, report);
}

static void
update (DrillWindow *self)
{
  static const char *const names[] = { "print", "save-pdf" };
  DrillRouteResult *result = drill_route_list_get_result (drill_routes_view_get_list (self->routes));
  DrillAuditView *audit = get_audit_view (self);
  gboolean any = FALSE;

  if (is_view (self, "routes"))
    any = drill_route_result_get_n_rows (result) > 0;
  else if (is_view (self, "audit"))
    any = audit != NULL && drill_audit_view_get_package (audit) != NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), names[i])), any);
}

static void
view_changed_cb (DrillWindow *self)
{
  DrillAuditView *audit = get_audit_view (self);

  /* Not while the window is taken apart */
  if (self->settings == NULL)
    return;

  /* It is made when it is first shown */
  if (audit != NULL && g_signal_handler_find (audit, G_SIGNAL_MATCH_FUNC | G_SIGNAL_MATCH_DATA, 0, 0, NULL, update, self) == 0)
    g_signal_connect_object (audit, "notify::package", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * drill_window_add_print_actions:
 * @self: the window
 *
 * Adds `win.print` and `win.save-pdf`.
 */
void
drill_window_add_print_actions (DrillWindow *self)
{
  static const GActionEntry actions[] = {
    { "print", print_cb },
    { "save-pdf", save_pdf_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  /* After the view is there */
  g_signal_connect_object (self->views, "notify::visible-child-name", G_CALLBACK (view_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (drill_routes_view_get_list (self->routes), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  view_changed_cb (self);
}
