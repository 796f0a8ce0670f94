// SPDX-License-Identifier: GPL-3.0-or-later

/* The actions by which a window chooses a service and signs in to it. */

#include "ui/window/drill-window-private.h"

#include <glib/gi18n-lib.h>

#include "ui/common/drill-error-text.h"
#include "ui/common/drill-toast.h"
#include "ui/dialogs/drill-connections-dialog.h"
#include "ui/dialogs/drill-sign-in-dialog.h"

/* The dialog that is on top of @window, or itself: one that comes up must not be below it */
static GtkWindow *
get_topmost (GtkWindow *window)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr(GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (gtk_window_get_transient_for (toplevel) == window && gtk_window_get_modal (toplevel) &&
          gtk_widget_get_visible (GTK_WIDGET (toplevel)))
        return get_topmost (toplevel);
    }

  return window;
}

static void
say_cb (DrillWindow *self,
        const char  *text)
{
  if (text != NULL)
    drill_toast_show (GTK_WIDGET (self->views), text);
}

static void
connections_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  DrillWindow *self = user_data;
  DrillConnectionsDialog *dialog = drill_connections_dialog_new (get_topmost (GTK_WINDOW (self)), self->session,
                                                                 self->settings);

  g_signal_connect_object (dialog, "connected", G_CALLBACK (say_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
switch_connection_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  DrillWindow *self = user_data;
  DrillConnections *connections = drill_session_get_connections (self->session);
  DrillConnection *connection = drill_connections_find (connections, g_variant_get_string (parameter, NULL));

  if (connection != NULL)
    drill_session_open_connection (self->session, connection);
}

static void
sign_in_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  DrillWindow *self = user_data;
  GtkWindow *parent = get_topmost (GTK_WINDOW (self));
  DrillSignInDialog *dialog;

  /* Asked for from two places, it is still one question */
  if (drill_session_get_connection (self->session) == NULL || DRILL_IS_SIGN_IN_DIALOG (parent))
    return;

  dialog = drill_sign_in_dialog_new (parent, self->session);
  g_signal_connect_object (dialog, "signed-in", G_CALLBACK (say_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
signed_out_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(DrillWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (drill_session_sign_out_finish (DRILL_SESSION (object), result, &error))
    text = g_strdup (_("Signed out"));
  else if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_KEYRING))
    text = g_strdup (_("Signed out. There was no keyring to remove the token from."));
  else
    /* Translators: %s says what is wrong with the keyring */
    text = g_strdup_printf (_("Signed out, but the token may still be in the keyring. %s"),
                            drill_error_text_what (error));

  /* The window may be gone by now */
  if (self->settings != NULL)
    say_cb (self, text);
}

static void
sign_out_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  DrillWindow *self = user_data;

  drill_session_sign_out_async (self->session, NULL, signed_out_cb, g_object_ref (self));
}

static void
try_keyring_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  DrillWindow *self = user_data;
  DrillConnection *connection = drill_session_get_connection (self->session);

  if (connection != NULL)
    drill_session_open_connection (self->session, connection);
}

static void
update (DrillWindow *self)
{
  DrillConnection *connection = drill_session_get_connection (self->session);
  DrillTokenState state = drill_session_get_token_state (self->session);
  const struct
  {
    const char *name;
    gboolean enabled;
  } actions[] = {
    { "sign-in", connection != NULL },
    { "sign-out", state == DRILL_TOKEN_KEYRING || state == DRILL_TOKEN_MEMORY },
    { "try-keyring", connection != NULL && drill_session_get_keyring_error (self->session) != NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), actions[i].name)),
                                 actions[i].enabled);
}

/**
 * drill_window_add_identity_actions:
 * @self: a window that has its session
 *
 * `win.connections`, `win.switch-connection` (string: its id), `win.sign-in`,
 * `win.sign-out`, `win.try-keyring`. Whoever activates `win.sign-in` and wants to
 * know how it ended watches `actor` and `token-state` of the session.
 */
void
drill_window_add_identity_actions (DrillWindow *self)
{
  static const GActionEntry entries[] = {
    { "connections", connections_cb },
    { "switch-connection", switch_connection_cb, "s" },
    { "sign-in", sign_in_cb },
    { "sign-out", sign_out_cb },
    { "try-keyring", try_keyring_cb },
  };
  static const char *const watched[] = { "notify::connection", "notify::token-state", "notify::keyring-error" };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (self->session, watched[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
