// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/routes/drill-routes-view-private.h"

#include <glib/gi18n-lib.h>

#include "ui/common/drill-export-dialog.h"
#include "ui/common/drill-toast.h"
#include "ui/routes/drill-route-copy.h"

/* A clipboard is for people; what is more is for the export */
#define MOST_COPIED 20000 /* rows */

/* Copying */

static GArray *
get_rows_to_copy (DrillRoutesView *self,
                  guint           *n_selected)
{
  GArray *rows = drill_route_selection_get_rows (drill_route_list_get_selection (self->list));

  *n_selected = rows->len;
  if (rows->len > MOST_COPIED)
    g_array_set_size (rows, MOST_COPIED);

  return rows;
}

static void
copied (DrillRoutesView *self,
        const char      *text,
        guint            n_rows,
        guint            n_selected)
{
  g_autofree char *message = NULL;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);

  if (n_rows < n_selected)
    message = g_strdup_printf (_("Copied the first %'u of %'u routes. Export to have all of them."), n_rows, n_selected);
  else
    message = g_strdup_printf (ngettext ("Copied %'u route", "Copied %'u routes", n_rows), n_rows);
  drill_toast_show (GTK_WIDGET (self), message);
}

static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  DrillRoutesView *self = DRILL_ROUTES_VIEW (widget);
  DrillEvidence *evidence = drill_route_list_get_evidence (self->list);
  guint n_selected;
  g_autoptr(GArray) rows = get_rows_to_copy (self, &n_selected);
  g_autofree char *text = NULL;

  if (g_str_equal (action_name, "routes.copy-id"))
    text = drill_route_copy_dup_ids (evidence, rows);
  else if (g_str_equal (action_name, "routes.copy-json"))
    text = drill_route_copy_dup_json (evidence, rows);
  else if (g_str_equal (action_name, "routes.copy-curl"))
    text = drill_route_copy_dup_curl (self->session, evidence, rows);
  else
    text = drill_route_table_view_dup_text (self->table, (const guint32 *) rows->data, rows->len);

  if (text != NULL)
    copied (self, text, rows->len, n_selected);
}

/* The address that the one selected route was acknowledged with */
static const char *
get_link (DrillRoutesView *self)
{
  DrillRouteSelection *selection = drill_route_list_get_selection (self->list);
  g_autoptr(GArray) rows = NULL;

  if (drill_route_selection_get_n_selected (selection) != 1)
    return NULL;

  rows = drill_route_selection_get_rows (selection);

  return drill_route_copy_get_link (drill_route_list_get_evidence (self->list), g_array_index (rows, guint32, 0));
}

static void
open_reference_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  const char *link = get_link (DRILL_ROUTES_VIEW (widget));

  if (link != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (widget)), link, GDK_CURRENT_TIME);
}

/* Export */

static void
export_rows (DrillRoutesView *self,
             GArray          *rows)
{
  DrillRouteResult *result = drill_route_list_get_result (self->list);
  g_autofree char *filters = drill_filter_chips_describe (drill_route_list_get_query (self->list));

  drill_export_dialog_present (GTK_WIDGET (self), self->session, self->settings, DRILL_EXPORT_ROUTES, rows, filters,
                               drill_evidence_get_n_routes (drill_route_list_get_evidence (self->list)),
                               drill_route_result_get_n_rows (result));
}

/**
 * drill_routes_view_export:
 * @self: the view
 *
 * Asks where to, and exports all listed routes.
 */
void
drill_routes_view_export (DrillRoutesView *self)
{
  DrillRouteResult *result = drill_route_list_get_result (self->list);
  guint n_rows = drill_route_result_get_n_rows (result);
  g_autoptr(GArray) rows = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n_rows);

  g_array_append_vals (rows, drill_route_result_get_rows (result), n_rows);
  export_rows (self, rows);
}

static void
export_selection_cb (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  DrillRoutesView *self = DRILL_ROUTES_VIEW (widget);
  g_autoptr(GArray) rows = drill_route_selection_get_rows (drill_route_list_get_selection (self->list));

  export_rows (self, rows);
}

static void
export_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  drill_routes_view_export (DRILL_ROUTES_VIEW (widget));
}

/* Which of them there are */

void
drill_routes_view_update_list_actions (DrillRoutesView *self)
{
  DrillRouteResult *result = drill_route_list_get_result (self->list);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "routes.export", drill_route_result_get_n_rows (result) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "routes.open-reference", get_link (self) != NULL);
}

void
drill_routes_view_update_selection_actions (DrillRoutesView *self)
{
  gboolean any = drill_route_selection_get_n_selected (drill_route_list_get_selection (self->list)) > 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "routes.copy", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "routes.copy-id", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "routes.copy-json", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "routes.export-selection", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "routes.copy-curl",
                                 any && drill_session_get_shown (self->session) == DRILL_SHOWN_LIVE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "routes.open-reference", get_link (self) != NULL);
}

void
drill_routes_view_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "routes.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "routes.copy-id", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "routes.copy-json", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "routes.copy-curl", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "routes.open-reference", NULL, open_reference_cb);
  gtk_widget_class_install_action (widget_class, "routes.export-selection", NULL, export_selection_cb);
  gtk_widget_class_install_action (widget_class, "routes.export", NULL, export_cb);
}
