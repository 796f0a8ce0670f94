// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/drill-history-view-private.h"

#include <glib/gi18n-lib.h>

#include "ui/common/drill-export-dialog.h"
#include "ui/common/drill-toast.h"
#include "ui/history/drill-history-cell.h"

/* What the clipboard takes without keeping anybody waiting; more can be exported. */
#define MAX_COPIED_ROWS  20000
#define MAX_COPIED_BYTES (16 * 1024 * 1024)

#define AUDIT_ID "gordackaudit-"

/* Copying */

static void
copy_rows_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  DrillHistoryView *self = DRILL_HISTORY_VIEW (widget);
  g_autoptr(GArray) rows = drill_route_selection_get_rows (self->selection);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *done = NULL;

  if (rows->len > MAX_COPIED_ROWS)
    {
      drill_toast_show (widget, _("Too many rows to copy: export them instead"));
      return;
    }

  for (guint i = 0; i < rows->len; i++)
    {
      for (DrillHistoryColumn column = 0; column < DRILL_N_HISTORY_COLUMNS; column++)
        {
          g_autofree char *cell = drill_history_cell_dup_text (self->evidence, g_array_index (rows, guint32, i), column);

          g_string_append (text, cell);
          g_string_append_c (text, column + 1 < DRILL_N_HISTORY_COLUMNS ? '\t' : '\n');
        }
    }

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
  done = g_strdup_printf (ngettext ("%'u row copied", "%'u rows copied", rows->len), rows->len);
  drill_toast_show (widget, done);
}

static void
copy_json_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  DrillHistoryView *self = DRILL_HISTORY_VIEW (widget);
  g_autoptr(GArray) rows = drill_route_selection_get_rows (self->selection);
  g_autoptr(GByteArray) json = g_byte_array_new ();
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GdkContentProvider) provider = NULL;
  g_autofree char *done = NULL;

  /* One item as it came; several as an array of them, each as it came. */
  for (guint i = 0; i < rows->len && json->len <= MAX_COPIED_BYTES; i++)
    {
      g_autoptr(GBytes) item = drill_evidence_get_item_bytes (self->evidence, g_array_index (rows, guint32, i));

      if (rows->len > 1)
        g_byte_array_append (json, (const guint8 *) (i == 0 ? "[\n" : ",\n"), 2);
      g_byte_array_append (json, g_bytes_get_data (item, NULL), g_bytes_get_size (item));
    }
  if (rows->len > 1)
    g_byte_array_append (json, (const guint8 *) "\n]\n", 3);

  if (json->len > MAX_COPIED_BYTES)
    {
      drill_toast_show (widget, _("Too much JSON to copy: export it instead"));
      return;
    }

  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&json));
  provider = gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", bytes);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), provider);
  done = g_strdup_printf (ngettext ("JSON of %'u item copied", "JSON of %'u items copied", rows->len), rows->len);
  drill_toast_show (widget, done);
}

/* Export */

static void
export_rows (DrillHistoryView *self,
             GArray           *rows)
{
  g_autofree char *filters = drill_history_view_dup_filters (self);

  drill_export_dialog_present (GTK_WIDGET (self), drill_evidence_view_get_session (DRILL_EVIDENCE_VIEW (self)),
                               drill_evidence_view_get_settings (DRILL_EVIDENCE_VIEW (self)), DRILL_EXPORT_ITEMS, rows, filters,
                               drill_evidence_get_n_items (self->evidence),
                               drill_slot_model_get_n_rows (self->model));
}

static void
export_selected_cb (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  DrillHistoryView *self = DRILL_HISTORY_VIEW (widget);
  g_autoptr(GArray) rows = drill_route_selection_get_rows (self->selection);

  if (rows->len > 0)
    export_rows (self, rows);
}

static void
export_shown_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  DrillHistoryView *self = DRILL_HISTORY_VIEW (widget);
  g_autoptr(GArray) rows = NULL;

  if (self->evidence == NULL)
    return;

  rows = drill_history_view_run_query (self);
  if (rows->len > 0)
    export_rows (self, rows);
}

/* What else there is to do */

/* The audit package that the one selected item is about: itself, a delivery, what was done about one */
static const char *
find_audit_id (DrillHistoryView *self)
{
  g_autoptr(GArray) rows = drill_route_selection_get_rows (self->selection);
  const char *subject;

  if (rows->len != 1)
    return NULL;

  subject = drill_evidence_get_text (self->evidence, DRILL_DICT_TEXT,
                                     drill_evidence_get_items (self->evidence)[g_array_index (rows, guint32, 0)].subject);

  return g_str_has_prefix (subject, AUDIT_ID) ? subject : NULL;
}

static void
show_package_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  const char *audit_id = find_audit_id (DRILL_HISTORY_VIEW (widget));

  if (audit_id != NULL)
    gtk_widget_activate_action (widget, "win.show-package", "s", audit_id);
}

static void
clear_filters_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  DrillHistoryView *self = DRILL_HISTORY_VIEW (widget);

  drill_history_view_set_filters (self, NULL, DRILL_RESULT_NONE);
}

static void
show_details_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  DrillHistoryView *self = DRILL_HISTORY_VIEW (widget);

  adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
search_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  drill_history_view_focus_search (DRILL_HISTORY_VIEW (widget));
}

/* Which of them there are */

void
drill_history_view_update_actions (DrillHistoryView *self)
{
  guint n_selected = drill_route_selection_get_n_selected (self->selection);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.copy-rows", n_selected > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.copy-json", n_selected > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.export-selected", n_selected > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.show-package", n_selected == 1 && find_audit_id (self) != NULL);
}

void
drill_history_view_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "history.copy-rows", NULL, copy_rows_cb);
  gtk_widget_class_install_action (widget_class, "history.copy-json", NULL, copy_json_cb);
  gtk_widget_class_install_action (widget_class, "history.export-selected", NULL, export_selected_cb);
  gtk_widget_class_install_action (widget_class, "history.show-package", NULL, show_package_cb);
  gtk_widget_class_install_action (widget_class, "history.export-shown", NULL, export_shown_cb);
  gtk_widget_class_install_action (widget_class, "history.clear-filters", NULL, clear_filters_cb);
  gtk_widget_class_install_action (widget_class, "history.show-details", NULL, show_details_cb);
  gtk_widget_class_install_action (widget_class, "history.search", NULL, search_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "history.copy-rows", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "history.copy-json", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "history.export-shown", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "history.clear-filters", NULL);
}
