// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/drill-connection-editor.h"

#include <glib/gi18n-lib.h>

#include "ui/common/drill-announce.h"
#include "ui/common/drill-error-text.h"
#include "ui/common/drill-file-dialog.h"
#include "ui/common/drill-fit.h"
#include "ui/dialogs/drill-connection-test.h"
#include "ui/dialogs/drill-token-group.h"

struct _DrillConnectionEditor
{
  AdwWindow            parent_instance;

  DrillSession        *session;
  GSettings           *settings;
  DrillConnection     *old;         /* what is changed, NULL for a new one */
  DrillConnection     *made;        /* waits for the token to be accepted */
  GCancellable        *cancellable; /* of the token */
  GCancellable        *chooser;

  GtkWidget           *done_button;
  GtkSpinner          *spinner;
  GtkLabel            *message;
  GtkWidget           *address;
  GtkWidget           *name;
  GtkWidget           *ca_file;
  GtkWidget           *actor;
  GtkSwitch           *read_only;
  GtkWidget           *save_row;
  GtkSwitch           *save;
  DrillTokenGroup     *token;
  GtkWidget           *test_button;
  DrillConnectionTest *test;
};

enum {
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillConnectionEditor, drill_connection_editor, ADW_TYPE_WINDOW)

static char *
dup_text (GtkWidget *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
say (DrillConnectionEditor *self,
     GtkWidget             *row,
     const char            *text)
{
  gtk_label_set_label (self->message, text);
  gtk_widget_show (GTK_WIDGET (self->message));
  if (row != NULL)
    {
      gtk_widget_add_css_class (row, "error");
      gtk_widget_grab_focus (row);
    }
}

static void
unsay (DrillConnectionEditor *self)
{
  GtkWidget *rows[] = { self->address, self->name, self->ca_file };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_widget_remove_css_class (rows[i], "error");
  gtk_widget_hide (GTK_WIDGET (self->message));
}

/* What is typed as a connection, or NULL and why not beside it */
static DrillConnection *
make (DrillConnectionEditor *self)
{
  g_autofree char *address = dup_text (self->address);
  g_autofree char *name = dup_text (self->name);
  g_autofree char *ca_file = dup_text (self->ca_file);
  g_autofree char *actor = dup_text (self->actor);
  const char *id = self->old != NULL ? drill_connection_get_id (self->old) : NULL;
  DrillConnection *same_name;
  g_autoptr(DrillConnection) made = drill_connection_new (id, name, address, *ca_file != '\0' ? ca_file : NULL,
                                                          *actor != '\0' ? actor : NULL,
                                                          gtk_switch_get_active (self->read_only), NULL);

  unsay (self);
  if (made == NULL)
    {
      say (self, self->address,
           _("This is no address. It begins with https:// or http://, then comes the host, and neither user nor "
             "password."));
      return NULL;
    }
  if (*ca_file != '\0' && !g_file_test (ca_file, G_FILE_TEST_IS_REGULAR))
    {
      say (self, self->ca_file, _("There is no such CA file. Give its whole path, or choose it with the button."));
      return NULL;
    }

  same_name = drill_connections_find_name (drill_session_get_connections (self->session),
                                           drill_connection_get_name (made));
  if (same_name != NULL && g_strcmp0 (drill_connection_get_id (same_name), id) != 0 &&
      gtk_switch_get_active (self->save))
    {
      say (self, self->name, _("Another connection has this name. Give it one of its own."));
      return NULL;
    }

  return g_steal_pointer (&made);
}

static void
update (DrillConnectionEditor *self)
{
  g_autofree char *address = dup_text (self->address);
  g_autoptr(DrillConnection) connection = drill_connection_new (NULL, NULL, address, NULL, NULL, FALSE, NULL);
  gboolean asking = self->cancellable != NULL;
  gboolean takes = connection == NULL || drill_session_takes_token (connection);

  gtk_widget_set_sensitive (self->done_button, *address != '\0' && !asking);
  gtk_widget_set_sensitive (self->test_button, *address != '\0' && !asking);
  gtk_spinner_set_spinning (self->spinner, asking);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), asking);

  drill_token_group_set_takes (self->token, takes);
  if (!takes)
    drill_token_group_set_hint (self->token, _("A token is not sent over plain HTTP to another machine, where others "
                                               "could read it. Use an address with https."));
  else if (self->old != NULL)
    drill_token_group_set_hint (self->token, _("Leave it empty to go on with the token that is kept, if there is one."));
  else
    drill_token_group_set_hint (self->token, _("Leave it empty if the service needs none, or to sign in later."));
}

static void
changed_cb (DrillConnectionEditor *self)
{
  unsay (self);
  update (self);
  drill_connection_test_clear (self->test);
}

static void
token_changed_cb (DrillConnectionEditor *self)
{
  drill_connection_test_clear (self->test);
}

static void
test_cb (DrillConnectionEditor *self)
{
  g_autoptr(DrillConnection) made = make (self);

  if (made != NULL)
    drill_connection_test_run (self->test, self->session, made, drill_token_group_get_token (self->token));
}

static gboolean
scroll_down_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       data)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  guint *n_frames = data;

  if (scrolled != NULL)
    {
      adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
    }

  /* It gets its size at the end of this frame, and the page its own after that */
  return (*n_frames)++ < 4 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* The answer is the last thing on the page; it can be scrolled to when it has got its size */
static void
tested_cb (DrillConnectionEditor *self)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (self->test), scroll_down_cb, g_new0 (guint, 1), g_free);
}

/* The token is where it belongs */
static void
finish (DrillConnectionEditor *self,
        const char            *text)
{
  g_autoptr(DrillConnection) made = g_steal_pointer (&self->made);
  g_autoptr(GError) error = NULL;

  if (gtk_switch_get_active (self->save) &&
      !drill_connections_save (drill_session_get_connections (self->session), made, &error))
    {
      /* Translators: %s is a technical detail, in English */
      g_autofree char *words = g_strdup_printf (_("The connection could not be saved (%s). It can be used without."),
                                                error->message);

      say (self, NULL, words);
      return;
    }

  /* Moved to another service: the token of the old one is of no use any more */
  if (self->old != NULL &&
      g_strcmp0 (drill_connection_get_origin (self->old), drill_connection_get_origin (made)) != 0)
    drill_session_drop_token (self->session, self->old);

  g_signal_emit (self, signals[DONE], 0, made, text);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
signed_in_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(DrillConnectionEditor) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean signed_in = drill_session_sign_in_finish (DRILL_SESSION (object), result, &error);
  g_autofree char *text = NULL;

  if (self->cancellable == NULL)
    return;

  g_clear_object (&self->cancellable);
  update (self);
  if (signed_in)
    {
      finish (self, NULL);
    }
  else if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_KEYRING) ||
           g_error_matches (error, DRILL_ERROR, DRILL_ERROR_KEYRING_LOCKED))
    {
      text = drill_token_error_text_dup (error);
      finish (self, text);
    }
  else
    {
      g_clear_object (&self->made);
      drill_token_group_set_error (self->token, error);
    }
}

static void
done_cb (DrillConnectionEditor *self)
{
  const char *token = drill_token_group_get_token (self->token);

  if (self->cancellable != NULL || !gtk_widget_get_sensitive (self->done_button))
    return;

  g_clear_object (&self->made);
  self->made = make (self);
  if (self->made == NULL)
    return;

  drill_connection_test_clear (self->test);
  if (*token == '\0' || !drill_session_takes_token (self->made))
    {
      finish (self, NULL);
      return;
    }

  self->cancellable = g_cancellable_new ();
  drill_token_group_set_error (self->token, NULL);
  update (self);
  drill_session_sign_in_to_async (self->session, self->made, token, drill_token_group_get_keep (self->token),
                                  self->cancellable, signed_in_cb, g_object_ref (self));
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(DrillConnectionEditor) self = user_data;
  g_autoptr(GFile) file = drill_file_dialog_open_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (self->session != NULL && path != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->ca_file), path);
}

static void
choose_cb (DrillConnectionEditor *self)
{
  drill_file_dialog_open_async (GTK_WINDOW (self), _("Choose a CA File"), DRILL_FILE_TYPE_CERTIFICATE, self->settings,
                                self->chooser, chosen_cb, g_object_ref (self));
}

static void
drill_connection_editor_dispose (GObject *object)
{
  DrillConnectionEditor *self = DRILL_CONNECTION_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_cancellable_cancel (self->chooser);
  g_clear_object (&self->chooser);
  g_clear_object (&self->made);
  g_clear_object (&self->old);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (drill_connection_editor_parent_class)->dispose (object);
}

static void
drill_connection_editor_class_init (DrillConnectionEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_connection_editor_dispose;

  /**
   * DrillConnectionEditor::done:
   * @connection: what was made of it, saved if that was wanted
   * @text: (nullable): what there is to say about the token
   *
   * Connect or Save was pressed and all went well. The editor closes itself.
   */
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, DRILL_TYPE_CONNECTION, G_TYPE_STRING);

  g_type_ensure (DRILL_TYPE_TOKEN_GROUP);
  g_type_ensure (DRILL_TYPE_CONNECTION_TEST);
  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-connection-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillConnectionEditor, done_button);
  gtk_widget_class_bind_template_child (widget_class, DrillConnectionEditor, spinner);
  gtk_widget_class_bind_template_child (widget_class, DrillConnectionEditor, message);
  gtk_widget_class_bind_template_child (widget_class, DrillConnectionEditor, address);
  gtk_widget_class_bind_template_child (widget_class, DrillConnectionEditor, name);
  gtk_widget_class_bind_template_child (widget_class, DrillConnectionEditor, ca_file);
  gtk_widget_class_bind_template_child (widget_class, DrillConnectionEditor, actor);
  gtk_widget_class_bind_template_child (widget_class, DrillConnectionEditor, read_only);
  gtk_widget_class_bind_template_child (widget_class, DrillConnectionEditor, save_row);
  gtk_widget_class_bind_template_child (widget_class, DrillConnectionEditor, save);
  gtk_widget_class_bind_template_child (widget_class, DrillConnectionEditor, token);
  gtk_widget_class_bind_template_child (widget_class, DrillConnectionEditor, test_button);
  gtk_widget_class_bind_template_child (widget_class, DrillConnectionEditor, test);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, token_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_cb);
  gtk_widget_class_bind_template_callback (widget_class, tested_cb);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
drill_connection_editor_init (DrillConnectionEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  drill_announce_follow (self->message);
  drill_fit_text (GTK_WINDOW (self));
  self->chooser = g_cancellable_new ();
}

/**
 * drill_connection_editor_new:
 * @parent: (nullable): the window it belongs to
 * @session: whose connections they are
 * @settings: (nullable): remembers the folder of the file chooser
 * @connection: (nullable): the one to change; one that is not saved yet may be saved by it; %NULL for a new one
 *
 * Returns: (transfer none): the editor, to be presented
 */
DrillConnectionEditor *
drill_connection_editor_new (GtkWindow       *parent,
                             DrillSession    *session,
                             GSettings       *settings,
                             DrillConnection *connection)
{
  DrillConnectionEditor *self = g_object_new (DRILL_TYPE_CONNECTION_EDITOR, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  g_set_object (&self->settings, settings);
  if (connection != NULL)
    {
      const char *ca_file = drill_connection_get_ca_file (connection);
      const char *actor = drill_connection_get_actor (connection);

      gtk_editable_set_text (GTK_EDITABLE (self->address), drill_connection_get_url (connection));
      gtk_editable_set_text (GTK_EDITABLE (self->name), drill_connection_get_name (connection));
      gtk_editable_set_text (GTK_EDITABLE (self->ca_file), ca_file != NULL ? ca_file : "");
      gtk_editable_set_text (GTK_EDITABLE (self->actor), actor != NULL ? actor : "");
      gtk_switch_set_active (self->read_only, drill_connection_get_read_only (connection));
      g_set_object (&self->old, connection);
    }
  if (connection != NULL &&
      drill_connections_find (drill_session_get_connections (session), drill_connection_get_id (connection)) != NULL)
    {
      gtk_window_set_title (GTK_WINDOW (self), _("Edit Connection"));
      gtk_button_set_label (GTK_BUTTON (self->done_button), _("_Save"));
      gtk_widget_hide (self->save_row);
    }
  update (self);
  gtk_widget_grab_focus (self->address);

  return self;
}
