// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/drill-sign-in-dialog.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/common/drill-error-text.h"
#include "ui/common/drill-fit.h"
#include "ui/dialogs/drill-token-group.h"

struct _DrillSignInDialog
{
  AdwWindow        parent_instance;

  DrillSession    *session;
  DrillConnection *connection; /* it stays with the one it was opened for */
  GCancellable    *cancellable;

  GtkWidget       *sign_in_button;
  GtkSpinner      *spinner;
  GtkLabel        *service;
  DrillTokenGroup *token;
};

enum {
  SIGNED_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillSignInDialog, drill_sign_in_dialog, ADW_TYPE_WINDOW)

static void
update (DrillSignInDialog *self)
{
  gboolean asking = self->cancellable != NULL;

  gtk_widget_set_sensitive (self->sign_in_button, !asking && *drill_token_group_get_token (self->token) != '\0');
  gtk_spinner_set_spinning (self->spinner, asking);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), asking);
}

static void
changed_cb (DrillSignInDialog *self)
{
  update (self);
}

/* Signed in all the same, though not as asked */
static gboolean
is_of_keyring (const GError *error)
{
  return g_error_matches (error, DRILL_ERROR, DRILL_ERROR_KEYRING) ||
         g_error_matches (error, DRILL_ERROR, DRILL_ERROR_KEYRING_LOCKED);
}

static char *
dup_success (DrillSignInDialog *self)
{
  const DrillActor *actor = drill_session_get_actor (self->session);
  g_autofree char *who = drill_text_one_line (actor != NULL ? actor->name : NULL);

  if (*who == '\0')
    return g_strdup (_("The token is used from now on"));

  /* Translators: %s is the name of the verified actor */
  return g_strdup_printf (_("Signed in as %s"), who);
}

static void
signed_in_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(DrillSignInDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean signed_in = drill_session_sign_in_finish (DRILL_SESSION (object), result, &error);

  if (self->cancellable == NULL)
    return;

  g_clear_object (&self->cancellable);
  update (self);
  if (signed_in)
    {
      text = dup_success (self);
    }
  else if (is_of_keyring (error))
    {
      text = drill_token_error_text_dup (error);
    }
  else
    {
      drill_token_group_set_error (self->token, error);
      return;
    }

  g_signal_emit (self, signals[SIGNED_IN], 0, text);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
sign_in_cb (DrillSignInDialog *self)
{
  if (self->cancellable != NULL || *drill_token_group_get_token (self->token) == '\0')
    return;

  self->cancellable = g_cancellable_new ();
  drill_token_group_set_error (self->token, NULL);
  update (self);
  drill_session_sign_in_to_async (self->session, self->connection, drill_token_group_get_token (self->token),
                                  drill_token_group_get_keep (self->token), self->cancellable,
                                  signed_in_cb, g_object_ref (self));
}

static void
drill_sign_in_dialog_dispose (GObject *object)
{
  DrillSignInDialog *self = DRILL_SIGN_IN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->connection);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (drill_sign_in_dialog_parent_class)->dispose (object);
}

static void
drill_sign_in_dialog_class_init (DrillSignInDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_sign_in_dialog_dispose;

  /**
   * DrillSignInDialog::signed-in:
   * @text: how, in words
   *
   * The token is used from now on. The dialog closes itself.
   */
  signals[SIGNED_IN] = g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (DRILL_TYPE_TOKEN_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-sign-in-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillSignInDialog, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, DrillSignInDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, DrillSignInDialog, service);
  gtk_widget_class_bind_template_child (widget_class, DrillSignInDialog, token);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
drill_sign_in_dialog_init (DrillSignInDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  drill_fit_text (GTK_WINDOW (self));
}

/**
 * drill_sign_in_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @session: a session with a connection
 *
 * Returns: (transfer none): the dialog, to be presented
 */
DrillSignInDialog *
drill_sign_in_dialog_new (GtkWindow    *parent,
                          DrillSession *session)
{
  DrillSignInDialog *self = g_object_new (DRILL_TYPE_SIGN_IN_DIALOG, "transient-for", parent, NULL);
  const GError *keyring_error = drill_session_get_keyring_error (session);
  g_autofree char *name = NULL;
  g_autofree char *url = NULL;
  g_autofree char *text = NULL;

  self->session = g_object_ref (session);
  self->connection = g_object_ref (drill_session_get_connection (session));

  name = drill_text_one_line (drill_connection_get_name (self->connection));
  url = drill_text_one_line (drill_connection_get_url (self->connection));
  /* Translators: %1$s is the name of a connection, %2$s its address */
  text = g_strdup_printf (_("%1$s (%2$s) wants to know who you are. What is shown stays, and so does what was typed elsewhere."), name, url);
  gtk_label_set_label (self->service, text);

  if (!drill_session_takes_token (self->connection))
    {
      drill_token_group_set_takes (self->token, FALSE);
      drill_token_group_set_hint (self->token, _("A token is not sent over plain HTTP to another machine, where others "
                                                 "could read it. Change the address of the connection to https."));
    }
  else if (g_error_matches (keyring_error, DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED))
    {
      drill_token_group_set_hint (self->token, _("The token that was used has expired."));
    }
  else if (keyring_error != NULL)
    {
      drill_token_group_set_keep (self->token, FALSE);
      drill_token_group_set_hint (self->token, drill_error_text_what (keyring_error));
    }
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->token));

  return self;
}
