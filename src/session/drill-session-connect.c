// SPDX-License-Identifier: GPL-3.0-or-later

/* Which service a session is connected to, and the token it is asked with. */

#include "session/drill-session-identity.h"

#include "base/drill-time.h"
#include "base/drill-words.h"
#include "secrets/drill-token.h"
#include "sources/drill-base-url.h"

/* Properties */

static void
take_connection (DrillSession    *self,
                 DrillConnection *connection) /* transfer full, nullable */
{
  g_autoptr(DrillConnection) old = self->connection;

  self->connection = connection;
  if (old != connection)
    drill_session_notify (self, PROP_CONNECTION);
}

void
drill_session_set_token_state (DrillSession    *self,
                               DrillTokenState  state)
{
  if (self->token_state == state)
    return;

  self->token_state = state;
  drill_session_notify (self, PROP_TOKEN_STATE);
}

void
drill_session_take_keyring_error (DrillSession *self,
                                  GError       *error) /* transfer full, nullable */
{
  if (self->keyring_error == NULL && error == NULL)
    return;

  g_clear_error (&self->keyring_error);
  self->keyring_error = error;
  drill_session_notify (self, PROP_KEYRING_ERROR);
}

gboolean
drill_session_is_at (DrillSession    *self,
                     DrillConnection *connection)
{
  return self->connection != NULL &&
         g_strcmp0 (drill_connection_get_origin (self->connection), drill_connection_get_origin (connection)) == 0;
}

gboolean
drill_session_check_travel (DrillConnection  *connection,
                            GError          **error)
{
  if (drill_session_takes_token (connection))
    return TRUE;

  g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT,
                       DRILL_WORDS ("a token does not travel over plain HTTP to another machine"));
  return FALSE;
}

DrillApiSource *
drill_session_make_source (DrillSession     *self,
                           DrillConnection  *connection,
                           const char       *token,
                           GError          **error)
{
  DrillApiSource *source = drill_api_source_new (drill_connection_get_url (connection),
                                                 drill_connection_get_ca_file (connection), token, error);

  if (source != NULL)
    drill_api_source_set_retries (source, self->pauses.n_read_retries, self->pauses.first_read_pause_ms);

  return source;
}

/* Connecting */

/* Asks the service of the current connection; with what, is known by now */
static void
open_source (DrillSession *self,
             const char   *token)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillApiSource) source = drill_session_make_source (self, self->connection, token, &error);

  self->token_expiry = token != NULL ? drill_token_get_expiry (token) : DRILL_TIME_UNKNOWN;
  if (source != NULL)
    drill_session_open (self, DRILL_SOURCE (source));
  else
    drill_session_fail (self, drill_connection_get_url (self->connection), g_steal_pointer (&error));
}

/* @token is usable, or what it has instead is an error */
gboolean
drill_session_is_usable (DrillSession  *self,
                         const char    *token,
                         GError       **error)
{
  return token != NULL && drill_token_check (token, drill_clock_now (self->clock), error);
}

typedef struct {
  DrillSession *session;
  GCancellable *cancellable;
} Lookup;

static void
lookup_free (Lookup *lookup)
{
  g_object_unref (lookup->cancellable);
  g_object_unref (lookup->session);
  g_free (lookup);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lookup, lookup_free)

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Lookup) lookup = user_data;
  DrillSession *self = lookup->session;
  gboolean from_keyring = FALSE;
  gboolean cancelled;
  GError *error = NULL;
  g_autofree char *token = drill_secrets_lookup_finish (DRILL_SECRETS (object), result, &from_keyring, &error);

  /* Turned to another source meanwhile */
  if (self->cancellable != lookup->cancellable)
    {
      g_clear_error (&error);
      return;
    }

  cancelled = g_cancellable_is_cancelled (lookup->cancellable);
  if (cancelled)
    g_clear_error (&error);
  if (error == NULL && !drill_session_is_usable (self, token, &error))
    g_clear_pointer (&token, g_free);

  g_object_freeze_notify (G_OBJECT (self));
  drill_session_take_keyring_error (self, error);
  if (token == NULL)
    drill_session_set_token_state (self, DRILL_TOKEN_NONE);
  else
    drill_session_set_token_state (self, from_keyring ? DRILL_TOKEN_KEYRING : DRILL_TOKEN_MEMORY);
  open_source (self, token);
  if (cancelled)
    drill_session_cancel (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * drill_session_open_connection:
 * @self: a session
 * @connection: what to connect to, saved or not
 *
 * Looks for the token of its origin and shows the service's evidence, as
 * drill_session_connect() does. Without a token, or with one that has expired,
 * the service is asked nonetheless, and says itself what it wants. What is wrong
 * with the keyring, or the token in it, is `keyring-error`. Given the current
 * connection, everything is tried again.
 */
void
drill_session_open_connection (DrillSession    *self,
                               DrillConnection *connection)
{
  Lookup *lookup;

  g_return_if_fail (DRILL_IS_SESSION (self));
  g_return_if_fail (DRILL_IS_CONNECTION (connection));

  g_object_freeze_notify (G_OBJECT (self));

  drill_session_stop (self);
  take_connection (self, g_object_ref (connection));
  drill_session_take_keyring_error (self, NULL);

  if (!drill_session_takes_token (connection))
    {
      drill_session_set_token_state (self, DRILL_TOKEN_NONE);
      open_source (self, NULL);
      g_object_thaw_notify (G_OBJECT (self));
      return;
    }

  drill_session_turn (self, drill_connection_get_url (connection));
  drill_session_set_token_state (self, DRILL_TOKEN_LOOKING);

  lookup = g_new0 (Lookup, 1);
  lookup->session = g_object_ref (self);
  lookup->cancellable = g_cancellable_new ();
  self->cancellable = g_object_ref (lookup->cancellable);
  self->n_running = 1;
  drill_session_set_progress (self, -1.0);
  drill_session_notify (self, PROP_LOADING);
  drill_secrets_lookup_async (self->secrets, drill_connection_get_origin (connection), lookup->cancellable,
                              looked_up_cb, lookup);

  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * drill_session_connect:
 * @self: a session
 * @base_url: the address of a service
 * @ca_file: (nullable) (type filename): authorities to trust besides the system's
 * @token: (nullable): a bearer token, kept in memory only
 * @error: why that cannot be a connection; see drill_api_source_new() and drill_token_clean()
 *
 * Shows a service's evidence, and keeps it fresh, by a connection that is not
 * saved; the keyring is not asked. While nothing else was shown and the service
 * does not answer, the sample is; `wanted-name` and `error` then say what is
 * missing and why, and the service is asked again with growing pauses, unless it
 * wants to know who we are.
 *
 * Returns: %FALSE when nothing was begun, and what is shown stays
 */
gboolean
drill_session_connect (DrillSession  *self,
                       const char    *base_url,
                       const char    *ca_file,
                       const char    *token,
                       GError       **error)
{
  g_autoptr(DrillConnection) connection = NULL;
  g_autoptr(DrillApiSource) source = NULL;
  g_autoptr(GError) expired = NULL;
  g_autofree char *clean = NULL;

  g_return_val_if_fail (DRILL_IS_SESSION (self), FALSE);

  connection = drill_connection_new (NULL, NULL, base_url, ca_file, NULL, FALSE, error);
  if (connection == NULL)
    return FALSE;

  if (token != NULL && *token != '\0')
    {
      clean = drill_token_clean (token, error);
      if (clean == NULL || !drill_session_check_travel (connection, error))
        return FALSE;
      if (!drill_session_is_usable (self, clean, &expired))
        g_clear_pointer (&clean, g_free);
    }

  /* Before anything changes: a CA file may be none */
  source = drill_session_make_source (self, connection, clean, error);
  if (source == NULL)
    return FALSE;

  g_object_freeze_notify (G_OBJECT (self));
  if (clean != NULL)
    drill_secrets_remember (self->secrets, drill_connection_get_origin (connection), clean);
  self->token_expiry = clean != NULL ? drill_token_get_expiry (clean) : DRILL_TIME_UNKNOWN;
  take_connection (self, g_steal_pointer (&connection));
  drill_session_take_keyring_error (self, g_steal_pointer (&expired));
  drill_session_set_token_state (self, clean != NULL ? DRILL_TOKEN_MEMORY : DRILL_TOKEN_NONE);
  drill_session_open (self, DRILL_SOURCE (source));
  g_object_thaw_notify (G_OBJECT (self));

  return TRUE;
}

/* What is shown from now on is of no connection */
void
drill_session_leave_connection (DrillSession *self)
{
  self->token_expiry = DRILL_TIME_UNKNOWN;
  take_connection (self, NULL);
  drill_session_take_keyring_error (self, NULL);
  drill_session_set_token_state (self, DRILL_TOKEN_NONE);
}

/* Before each load: a token that has expired meanwhile is not sent again */
void
drill_session_check_token (DrillSession *self)
{
  g_autofree char *when = NULL;

  if (self->token_expiry == DRILL_TIME_UNKNOWN || drill_clock_now (self->clock) < self->token_expiry)
    return;

  /* The writer remembers that it has expired */
  when = drill_time_format (self->token_expiry);
  self->token_expiry = DRILL_TIME_UNKNOWN;
  self->token_serial++;
  drill_api_source_set_token (DRILL_API_SOURCE (self->source), NULL);
  drill_session_take_actor (self, NULL);
  drill_session_set_token_state (self, DRILL_TOKEN_NONE);
  drill_session_take_keyring_error (self, g_error_new (DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED,
                                                       "the token expired at %s", when));
}

/* Using another token */

static void
reload_cb (DrillSession *self)
{
  if (drill_session_get_loading (self))
    return;

  g_clear_signal_handler (&self->reload_handler, self);
  if (self->connection != NULL)
    drill_session_load (self);
}

/* Asks for everything anew; what is under way with the old token is waited for */
static void
reload (DrillSession *self)
{
  self->retry_ms = self->pauses.first_retry_ms;
  if (!drill_session_get_loading (self))
    drill_session_load (self);
  else if (self->reload_handler == 0)
    self->reload_handler = g_signal_connect (self, "notify::loading", G_CALLBACK (reload_cb), NULL);
}

/* Whether everything is asked for anew when what is under way has ended */
gboolean
drill_session_will_reload (DrillSession *self)
{
  return self->reload_handler != 0;
}

/* From now on requests go out with @token, or without any; the table stays */
void
drill_session_use_token (DrillSession *self,
                         const char   *token,
                         DrillActor   *actor) /* transfer full, nullable */
{
  if (self->source == NULL)
    {
      /* The keyring has not answered yet, or it could not be opened before */
      g_clear_pointer (&actor, drill_actor_free);
      open_source (self, token);
      return;
    }

  self->token_expiry = token != NULL ? drill_token_get_expiry (token) : DRILL_TIME_UNKNOWN;
  self->token_serial++;
  drill_writer_set_token_expiry (self->writer, self->token_expiry);
  drill_writer_set_actor (self->writer, NULL);
  drill_writer_set_actor_known (self->writer, FALSE);
  drill_api_source_set_token (DRILL_API_SOURCE (self->source), token);
  drill_session_take_actor (self, actor);
  reload (self);
}

/* The session's part of it */

void
drill_session_init_identity (DrillSession *self)
{
  self->secrets = drill_secrets_new ();
  self->token_state = DRILL_TOKEN_NONE;
  self->token_expiry = DRILL_TIME_UNKNOWN;
}

void
drill_session_clear_identity (DrillSession *self)
{
  g_clear_error (&self->keyring_error);
  g_clear_object (&self->connection);
  g_clear_object (&self->connections);
  g_clear_object (&self->secrets);
}

/**
 * drill_session_takes_token:
 * @connection: a connection
 *
 * Returns: whether a token may travel to it: over TLS, or to this machine only
 */
gboolean
drill_session_takes_token (DrillConnection *connection)
{
  g_autoptr(GUri) url = drill_base_url_parse (drill_connection_get_url (connection), NULL);

  return url != NULL && (g_str_equal (g_uri_get_scheme (url), "https") || drill_base_url_is_loopback (url));
}

/**
 * drill_session_set_connections_file:
 * @self: a session
 * @path: (nullable) (type filename): where connections are saved; %NULL for the user's own place
 */
void
drill_session_set_connections_file (DrillSession *self,
                                    const char   *path)
{
  g_return_if_fail (DRILL_IS_SESSION (self));

  g_clear_object (&self->connections);
  self->connections = drill_connections_new (path);
}

/**
 * drill_session_get_connections:
 *
 * Returns: (transfer none): the saved connections
 */
DrillConnections *
drill_session_get_connections (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), NULL);

  if (self->connections == NULL)
    self->connections = drill_connections_new (NULL);

  return self->connections;
}

/**
 * drill_session_get_connection:
 *
 * Returns: (transfer none) (nullable): what is connected to, or was asked for
 */
DrillConnection *
drill_session_get_connection (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), NULL);

  return self->connection;
}

DrillTokenState
drill_session_get_token_state (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), DRILL_TOKEN_NONE);

  return self->token_state;
}

/**
 * drill_session_get_keyring_error:
 *
 * Returns: (nullable): why the token could not be looked up, used, kept or forgotten:
 *   %DRILL_ERROR_KEYRING, %DRILL_ERROR_KEYRING_LOCKED, or %DRILL_ERROR_AUTH_REQUIRED when it has expired
 */
const GError *
drill_session_get_keyring_error (DrillSession *self)
{
  g_return_val_if_fail (DRILL_IS_SESSION (self), NULL);

  return self->keyring_error;
}
