// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/drill-window-private.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/audit/drill-audit-rows.h"
#include "ui/audit/drill-audit-view.h"
#include "ui/audit/drill-deliver-dialog.h"
#include "ui/audit/drill-file-check.h"
#include "ui/audit/drill-package-dialog.h"
#include "ui/audit/drill-verify-dialog.h"
#include "ui/common/drill-toast.h"
#include "ui/common/drill-write-words.h"

/* Packages: making, delivering and verifying them */

static void
new_package_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  DrillWindow *self = user_data;
  const DrillRouteQuery *query = drill_route_list_get_query (drill_routes_view_get_list (self->routes));

  gtk_window_present (GTK_WINDOW (drill_package_dialog_new (GTK_WINDOW (self), self->session, self->settings, query)));
}

static void
show_package (DrillWindow *self,
              const char  *audit_id)
{
  GtkWidget *view;

  adw_view_stack_set_visible_child_name (self->views, "audit");
  view = adw_bin_get_child (self->audit_place);
  if (!DRILL_IS_AUDIT_VIEW (view))
    return;

  if (!drill_audit_view_show_entry (DRILL_AUDIT_VIEW (view), audit_id))
    drill_toast_show (view, _("The package is not in the evidence that is loaded"));
}

static void
show_package_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  show_package (user_data, g_variant_get_string (parameter, NULL));
}

static void
deliver_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  DrillWindow *self = user_data;
  const DrillRouteQuery *query = drill_route_list_get_query (drill_routes_view_get_list (self->routes));
  DrillDeliverDialog *dialog = drill_deliver_dialog_new (GTK_WINDOW (self), self->session, query);

  g_signal_connect_object (dialog, "show-package", G_CALLBACK (show_package), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
open_evidence (DrillWindow *self,
               GFile       *file)
{
  drill_session_open_file (self->session, file);
}

static DrillVerifyDialog *
present_verify (DrillWindow *self)
{
  DrillVerifyDialog *dialog = drill_verify_dialog_new (GTK_WINDOW (self), self->session, self->settings);

  g_signal_connect_object (dialog, "open-evidence", G_CALLBACK (open_evidence), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));

  return dialog;
}

static void
verify_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  present_verify (user_data);
}

/* Files that are dropped */

static void
unref_closure (gpointer  data,
               GClosure *closure)
{
  g_object_unref (data);
}

static void
open_response_cb (AdwMessageDialog *dialog,
                  const char       *response,
                  GFile            *file)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  if (window != NULL && g_str_equal (response, "open"))
    open_evidence (DRILL_WINDOW (window), file);
}

static void
ask_open (DrillWindow *self,
          GFile       *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = drill_text_one_line (base);
  /* Translators: %s is a file name */
  g_autofree char *heading = g_strdup_printf (_("Open “%s”?"), name);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading,
                                              _("It is not an audit package that could be verified. It can be opened as evidence, in place of what is shown now."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "open", _("_Open as Evidence"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "open", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "open");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (open_response_cb), g_object_ref (file), unref_closure, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
sniffed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DrillWindow) self = user_data;
  GFile *file = G_FILE (object);
  g_autoptr(GError) error = NULL;
  gboolean is_package = drill_file_sniff_finish (file, result, &error);

  /* Closed meanwhile */
  if (self->settings == NULL)
    return;

  /* Verifying says best why a file cannot be read */
  if (is_package || error != NULL)
    drill_verify_dialog_verify (present_verify (self), file);
  else
    ask_open (self, file);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  GFile *file = NULL;

  if (G_VALUE_HOLDS (value, G_TYPE_FILE))
    {
      file = g_value_get_object (value);
    }
  else if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      GSList *files = g_value_get_boxed (value);

      file = files != NULL ? files->data : NULL;
    }
  if (file == NULL)
    return FALSE;

  drill_file_sniff_async (file, NULL, sniffed_cb, g_object_ref (user_data));

  return TRUE;
}

/* What may not be done is insensitive; the Audit view says why */

static void
gate_cb (DrillWindow *self)
{
  static const char *const writes[] = { "new-package", "deliver" };
  gboolean open = drill_write_words_gate (drill_session_get_gate (self->session)) == NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), writes[i]);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), open);
    }
}

/**
 * drill_window_add_audit_actions:
 * @self: the window
 *
 * Adds `win.new-package`, `win.deliver`, `win.verify` and `win.show-package`
 * (s: an `audit_id`), and takes files that are dropped.
 */
void
drill_window_add_audit_actions (DrillWindow *self)
{
  static const GActionEntry actions[] = {
    { "new-package", new_package_cb },
    { "deliver", deliver_cb },
    { "verify", verify_cb },
    { "show-package", show_package_cb, "s" },
  };
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_signal_connect_object (self->session, "notify::gate", G_CALLBACK (gate_cb), self, G_CONNECT_SWAPPED);
  gate_cb (self);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
