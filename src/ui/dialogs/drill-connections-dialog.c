// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/drill-connections-dialog.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/common/drill-error-text.h"
#include "ui/common/drill-fit.h"
#include "ui/common/drill-toast.h"
#include "ui/dialogs/drill-connection-editor.h"
#include "ui/dialogs/drill-connection-test.h"

struct _DrillConnectionsDialog
{
  AdwWindow     parent_instance;

  DrillSession *session;
  GSettings    *settings;

  GtkWidget    *toasts;
  GtkLabel     *problem;
  GtkStack     *stack;
  GtkListBox   *list;
};

enum {
  CONNECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillConnectionsDialog, drill_connections_dialog, ADW_TYPE_WINDOW)

static gboolean
is_current (DrillConnectionsDialog *self,
            DrillConnection        *connection)
{
  DrillConnection *current = drill_session_get_connection (self->session);

  return current != NULL &&
         g_strcmp0 (drill_connection_get_id (current), drill_connection_get_id (connection)) == 0;
}

/* Saved, or the current one */
static DrillConnection *
find (DrillConnectionsDialog *self,
      GVariant               *parameter)
{
  const char *id = g_variant_get_string (parameter, NULL);
  DrillConnection *current = drill_session_get_connection (self->session);
  DrillConnection *found = drill_connections_find (drill_session_get_connections (self->session), id);

  if (found == NULL && current != NULL && g_strcmp0 (drill_connection_get_id (current), id) == 0)
    found = current;

  return found;
}

/* The list */

static GMenuModel *
menu_new (const char *id,
          gboolean    saved)
{
  GMenu *menu = g_menu_new ();
  const struct
  {
    const char *label;
    const char *action;
  } items[] = {
    { _("_Test"), "connections.test" },
    { saved ? _("_Edit…") : _("_Save…"), "connections.edit" },
    { _("_Forget…"), "connections.forget" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (items) - !saved; i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (items[i].label, NULL);

      g_menu_item_set_action_and_target (item, items[i].action, "s", id);
      g_menu_append_item (menu, item);
    }

  return G_MENU_MODEL (menu);
}

static GtkWidget *
row_new (DrillConnectionsDialog *self,
         DrillConnection        *connection,
         gboolean                saved)
{
  const char *id = drill_connection_get_id (connection);
  g_autofree char *name = drill_text_one_line (drill_connection_get_name (connection));
  g_autofree char *url = drill_text_one_line (drill_connection_get_url (connection));
  g_autofree char *subtitle = NULL;
  g_autofree char *more = NULL;
  g_autoptr(GMenuModel) menu = menu_new (id, saved);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *suffix;

  /* Translators: %s is an address */
  subtitle = saved ? g_strdup (url) : g_strdup_printf (_("%s – not saved"), url);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);

  if (drill_connection_get_read_only (connection))
    {
      suffix = gtk_image_new_from_icon_name ("changes-prevent-symbolic");
      gtk_widget_set_tooltip_text (suffix, _("Read-only"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (suffix), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Read-only"), -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
    }

  if (is_current (self, connection))
    {
      suffix = gtk_label_new (_("Current"));
      gtk_widget_add_css_class (suffix, "dim-label");
    }
  else
    {
      suffix = gtk_button_new_with_mnemonic (_("_Connect"));
      gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (suffix), "connections.connect");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (suffix), "s", id);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), suffix);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);

  suffix = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (suffix), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (suffix), menu);
  gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (suffix, "flat");
  /* Translators: %s is the name of a connection */
  more = g_strdup_printf (_("More for %s"), name);
  gtk_widget_set_tooltip_text (suffix, _("More"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (suffix), GTK_ACCESSIBLE_PROPERTY_LABEL, more, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);

  return row;
}

static void
update (DrillConnectionsDialog *self)
{
  DrillConnections *connections = drill_session_get_connections (self->session);
  DrillConnection *current = drill_session_get_connection (self->session);
  const GError *error = drill_connections_get_error (connections);
  guint n_saved = g_list_model_get_n_items (G_LIST_MODEL (connections));
  gboolean unsaved = current != NULL && drill_connections_find (connections, drill_connection_get_id (current)) == NULL;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);

  if (unsaved)
    gtk_list_box_append (self->list, row_new (self, current, FALSE));
  for (guint i = 0; i < n_saved; i++)
    {
      g_autoptr(DrillConnection) connection = g_list_model_get_item (G_LIST_MODEL (connections), i);

      gtk_list_box_append (self->list, row_new (self, connection, TRUE));
    }
  gtk_stack_set_visible_child_name (self->stack, unsaved || n_saved > 0 ? "list" : "empty");

  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
  if (error != NULL)
    {
      /* Translators: %s is a technical detail, in English */
      g_autofree char *text = g_strdup_printf (_("The saved connections cannot be read (%s). The file is left as it is; "
                                                 "put it right or move it away."), error->message);

      gtk_label_set_label (self->problem, text);
    }
}

/* Actions */

static void
connect_to (DrillConnectionsDialog *self,
            DrillConnection        *connection,
            const char             *text)
{
  drill_session_open_connection (self->session, connection);
  g_signal_emit (self, signals[CONNECTED], 0, text);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
added_cb (DrillConnectionsDialog *self,
          DrillConnection        *connection,
          const char             *text)
{
  connect_to (self, connection, text);
}

static void
edited_cb (DrillConnectionsDialog *self,
           DrillConnection        *connection,
           const char             *text)
{
  /* Where it leads may have changed, or who may do what there */
  if (is_current (self, connection))
    drill_session_open_connection (self->session, connection);
  update (self);
  if (text != NULL)
    drill_toast_show (self->toasts, text);
}

static void
add_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  DrillConnectionsDialog *self = DRILL_CONNECTIONS_DIALOG (widget);
  DrillConnectionEditor *editor = drill_connection_editor_new (GTK_WINDOW (self), self->session, self->settings, NULL);

  g_signal_connect_object (editor, "done", G_CALLBACK (added_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (editor));
}

static void
edit_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  DrillConnectionsDialog *self = DRILL_CONNECTIONS_DIALOG (widget);
  DrillConnection *connection = find (self, parameter);
  DrillConnectionEditor *editor;

  if (connection == NULL)
    return;

  editor = drill_connection_editor_new (GTK_WINDOW (self), self->session, self->settings, connection);
  g_signal_connect_object (editor, "done", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (editor));
}

static void
connect_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  DrillConnectionsDialog *self = DRILL_CONNECTIONS_DIALOG (widget);
  g_autoptr(DrillConnection) connection = find (self, parameter);

  if (connection != NULL)
    connect_to (self, g_object_ref (connection), NULL);
}

static void
test_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  DrillConnectionsDialog *self = DRILL_CONNECTIONS_DIALOG (widget);
  DrillConnection *connection = find (self, parameter);
  GtkWidget *test = drill_connection_test_new ();
  g_autofree char *name = NULL;
  GtkWidget *dialog;

  if (connection == NULL)
    return;

  name = drill_text_one_line (drill_connection_get_name (connection));
  dialog = adw_message_dialog_new (GTK_WINDOW (self), NULL, NULL);
  /* Translators: %s is the name of a connection */
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _("Test of %s"), name);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), test);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  drill_connection_test_run (DRILL_CONNECTION_TEST (test), self->session, connection, NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
forgotten_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(DrillConnectionsDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (drill_session_forget_finish (DRILL_SESSION (object), result, &error))
    text = g_strdup (_("The connection and its token are forgotten"));
  else if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_KEYRING))
    text = g_strdup (_("The connection is forgotten. There was no keyring to look for its token in."));
  else if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_KEYRING_LOCKED))
    text = g_strdup (_("Not forgotten: the keyring is locked. Unlock it and try again."));
  else
    text = drill_error_text_dup (error);

  if (self->session == NULL)
    return;

  update (self);
  drill_toast_show (self->toasts, text);
}

static void
forget_response_cb (AdwMessageDialog *dialog,
                    const char       *response,
                    gpointer          user_data)
{
  DrillConnectionsDialog *self = user_data;
  DrillConnection *connection = g_object_get_data (G_OBJECT (dialog), "connection");

  if (self->session != NULL && g_str_equal (response, "forget"))
    drill_session_forget_async (self->session, connection, NULL, forgotten_cb, g_object_ref (self));
}

static void
forget_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  DrillConnectionsDialog *self = DRILL_CONNECTIONS_DIALOG (widget);
  DrillConnection *connection = find (self, parameter);
  g_autofree char *name = NULL;
  const char *body;
  GtkWidget *dialog;

  if (connection == NULL)
    return;

  name = drill_text_one_line (drill_connection_get_name (connection));
  if (drill_connections_shares_origin (drill_session_get_connections (self->session), connection))
    body = _("Its token stays, because another connection to the same service uses it.");
  else
    body = _("Its token is removed from the keyring.");
  dialog = adw_message_dialog_new (GTK_WINDOW (self), NULL, body);
  /* Translators: %s is the name of a connection */
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _("Forget %s?"), name);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "forget", _("_Forget"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "forget", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "connection", g_object_ref (connection), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (forget_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
drill_connections_dialog_dispose (GObject *object)
{
  DrillConnectionsDialog *self = DRILL_CONNECTIONS_DIALOG (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (drill_connections_dialog_parent_class)->dispose (object);
}

static void
drill_connections_dialog_class_init (DrillConnectionsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_connections_dialog_dispose;

  /**
   * DrillConnectionsDialog::connected:
   * @text: (nullable): what there is to say
   *
   * One was chosen and is being connected to. The dialog closes itself.
   */
  signals[CONNECTED] = g_signal_new ("connected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-connections-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillConnectionsDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, DrillConnectionsDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, DrillConnectionsDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, DrillConnectionsDialog, list);

  gtk_widget_class_install_action (widget_class, "connections.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "connections.edit", "s", edit_cb);
  gtk_widget_class_install_action (widget_class, "connections.connect", "s", connect_cb);
  gtk_widget_class_install_action (widget_class, "connections.test", "s", test_cb);
  gtk_widget_class_install_action (widget_class, "connections.forget", "s", forget_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
drill_connections_dialog_init (DrillConnectionsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  drill_fit_text (GTK_WINDOW (self));
}

/**
 * drill_connections_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @session: whose connections they are
 * @settings: (nullable): remembers the folder of file choosers
 *
 * Returns: (transfer none): the dialog, to be presented
 */
DrillConnectionsDialog *
drill_connections_dialog_new (GtkWindow    *parent,
                              DrillSession *session,
                              GSettings    *settings)
{
  DrillConnectionsDialog *self = g_object_new (DRILL_TYPE_CONNECTIONS_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  g_set_object (&self->settings, settings);
  g_signal_connect_object (drill_session_get_connections (session), "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::connection", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return self;
}
