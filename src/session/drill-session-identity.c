// SPDX-License-Identifier: GPL-3.0-or-later

/* Signing in and out, forgetting and testing: a token is tried, kept and
 * forgotten here, and nowhere else above the keyring. */

#include "session/drill-session-identity.h"

#include "secrets/drill-token.h"

/* A token on its way to a service, or from it: task data */
typedef struct {
  DrillConnection *connection;
  DrillSource *source; /* one of its own: nothing that is shown depends on it */
  char *token;
  gboolean keep;
} Credential;

static void
credential_free (Credential *credential)
{
  g_clear_object (&credential->source);
  g_clear_object (&credential->connection);
  g_free (credential->token);
  g_free (credential);
}

static GTask *
credential_task_new (DrillSession        *self,
                     DrillConnection     *connection,
                     gpointer             tag,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Credential *credential = g_new0 (Credential, 1);

  credential->connection = g_object_ref (connection);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, credential, (GDestroyNotify) credential_free);

  return task;
}
/* Signing in and out */

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DrillSession *self = g_task_get_source_object (task);
  Credential *credential = g_task_get_task_data (task);
  GError *error = NULL;

  if (!drill_secrets_store_finish (DRILL_SECRETS (object), result, &error))
    {
      if (drill_session_is_at (self, credential->connection))
        drill_session_take_keyring_error (self, g_error_copy (error));
      g_task_return_error (task, error);
      return;
    }

  drill_secrets_remember (self->secrets, drill_connection_get_origin (credential->connection), NULL);
  if (drill_session_is_at (self, credential->connection) && self->token_state == DRILL_TOKEN_MEMORY)
    drill_session_set_token_state (self, DRILL_TOKEN_KEYRING);
  g_task_return_boolean (task, TRUE);
}

static void
tried_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DrillSession *self = g_task_get_source_object (task);
  Credential *credential = g_task_get_task_data (task);
  const char *origin = drill_connection_get_origin (credential->connection);
  GError *error = NULL;
  g_autoptr(GBytes) bytes = drill_source_read_session_finish (DRILL_SOURCE (object), result, &error);
  g_autoptr(DrillActor) actor = bytes != NULL ? drill_actor_new_from_json (bytes, NULL) : NULL;

  /* Refused as it is. Where the service cannot be asked now it may be right. */
  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED) ||
      g_error_matches (error, DRILL_ERROR, DRILL_ERROR_FORBIDDEN) ||
      g_error_matches (error, DRILL_ERROR, DRILL_ERROR_REJECTED) ||
      g_error_matches (error, DRILL_ERROR, DRILL_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_error (&error);

  drill_secrets_remember (self->secrets, origin, credential->token);
  if (drill_session_is_at (self, credential->connection))
    {
      g_object_freeze_notify (G_OBJECT (self));
      drill_session_set_token_state (self, DRILL_TOKEN_MEMORY);
      drill_session_take_keyring_error (self, NULL);
      drill_session_use_token (self, credential->token, g_steal_pointer (&actor));
      g_object_thaw_notify (G_OBJECT (self));
    }

  if (credential->keep)
    drill_secrets_store_async (self->secrets, origin, drill_connection_get_name (credential->connection),
                               credential->token, g_task_get_cancellable (task), stored_cb, g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * drill_session_sign_in_to_async:
 * @self: a session
 * @connection: where to sign in: the current connection, or one that is to be opened
 * @token: a token as it was pasted
 * @keep: whether it goes to the keyring, or only into memory for this session
 *
 * The service is shown the token first; one that it refuses is neither kept nor
 * used. One that cannot be tried now, because the service does not answer, is.
 * If it is for the current connection, the actor is known when this ends, and the
 * evidence is read again; what is shown stays meanwhile.
 */
void
drill_session_sign_in_to_async (DrillSession        *self,
                                DrillConnection     *connection,
                                const char          *token,
                                gboolean             keep,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Credential *credential;
  GError *error = NULL;

  g_return_if_fail (DRILL_IS_SESSION (self));
  g_return_if_fail (DRILL_IS_CONNECTION (connection));

  task = credential_task_new (self, connection, drill_session_sign_in_to_async, cancellable, callback, user_data);
  credential = g_task_get_task_data (task);
  credential->keep = keep;
  credential->token = drill_token_clean (token, &error);
  if (credential->token != NULL && drill_session_check_travel (connection, &error) && drill_session_is_usable (self, credential->token, &error))
    credential->source = (DrillSource *) drill_session_make_source (self, connection, credential->token, &error);

  if (credential->source != NULL)
    drill_source_read_session_async (credential->source, cancellable, tried_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

/**
 * drill_session_sign_in_async:
 * @self: a session with a connection
 * @token: a token as it was pasted
 * @keep: whether it goes to the keyring, or only into memory for this session
 *
 * drill_session_sign_in_to_async() with the current connection.
 */
void
drill_session_sign_in_async (DrillSession        *self,
                             const char          *token,
                             gboolean             keep,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (DRILL_IS_SESSION (self));

  if (self->connection == NULL)
    {
      g_task_report_new_error (self, callback, user_data, drill_session_sign_in_to_async,
                               DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "there is no service to sign in to");
      return;
    }

  drill_session_sign_in_to_async (self, self->connection, token, keep, cancellable, callback, user_data);
}

/**
 * drill_session_sign_in_finish:
 * @error: %DRILL_ERROR_BAD_INPUT for what is no token, or does not travel over
 *   plain HTTP; %DRILL_ERROR_AUTH_REQUIRED for one that has expired or is refused;
 *   %DRILL_ERROR_REJECTED from a service that takes none. With
 *   %DRILL_ERROR_KEYRING and %DRILL_ERROR_KEYRING_LOCKED one is signed in all the
 *   same, for this session only.
 *
 * Returns: whether one is signed in as asked
 */
gboolean
drill_session_sign_in_finish (DrillSession  *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
signed_out_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DrillSession *self = g_task_get_source_object (task);
  Credential *credential = g_task_get_task_data (task);
  GError *error = NULL;

  if (!drill_secrets_clear_finish (DRILL_SECRETS (object), result, &error))
    {
      if (drill_session_is_at (self, credential->connection))
        drill_session_take_keyring_error (self, g_error_copy (error));
      g_task_return_error (task, error);
      return;
    }

  if (drill_session_is_at (self, credential->connection) && self->token_state == DRILL_TOKEN_NONE)
    drill_session_take_keyring_error (self, NULL);
  g_task_return_boolean (task, TRUE);
}

/**
 * drill_session_sign_out_async:
 * @self: a session
 *
 * From now on the service is asked without a token, which is forgotten in memory
 * and in the keyring. Without a connection there is nothing to do.
 */
void
drill_session_sign_out_async (DrillSession        *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DRILL_IS_SESSION (self));

  if (self->connection == NULL)
    {
      g_autoptr(GTask) nothing = g_task_new (self, cancellable, callback, user_data);

      g_task_set_source_tag (nothing, drill_session_sign_out_async);
      g_task_return_boolean (nothing, TRUE);
      return;
    }

  task = credential_task_new (self, self->connection, drill_session_sign_out_async, cancellable, callback, user_data);
  g_object_freeze_notify (G_OBJECT (self));
  drill_secrets_remember (self->secrets, drill_connection_get_origin (self->connection), NULL);
  drill_session_set_token_state (self, DRILL_TOKEN_NONE);
  drill_session_use_token (self, NULL, NULL);
  g_object_thaw_notify (G_OBJECT (self));
  drill_secrets_clear_async (self->secrets, drill_connection_get_origin (self->connection), cancellable,
                             signed_out_cb, task);
}

/**
 * drill_session_sign_out_finish:
 * @error: %DRILL_ERROR_KEYRING, %DRILL_ERROR_KEYRING_LOCKED: one is signed out, but the token may still be in the keyring
 */
gboolean
drill_session_sign_out_finish (DrillSession  *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Saved connections */

static gboolean
remove_connection (DrillSession     *self,
                   DrillConnection  *connection,
                   GError          **error)
{
  const char *id = drill_connection_get_id (connection);
  gboolean is_shown = self->connection != NULL && g_strcmp0 (drill_connection_get_id (self->connection), id) == 0;

  if (!drill_connections_remove (drill_session_get_connections (self), id, error))
    return FALSE;

  /* Nothing that belongs to a forgotten service stays on the screen */
  if (is_shown)
    drill_session_open_sample (self);

  return TRUE;
}

static void
forgotten_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DrillSession *self = g_task_get_source_object (task);
  Credential *credential = g_task_get_task_data (task);
  GError *error = NULL;
  GError *keyring_error = NULL;

  /* Without a keyring nothing can be in the way; a locked one may still have it */
  if (!drill_secrets_clear_finish (DRILL_SECRETS (object), result, &keyring_error) &&
      !g_error_matches (keyring_error, DRILL_ERROR, DRILL_ERROR_KEYRING))
    {
      g_task_return_error (task, keyring_error);
      return;
    }

  if (!remove_connection (self, credential->connection, &error))
    {
      g_clear_error (&keyring_error);
      g_task_return_error (task, error);
    }
  else if (keyring_error != NULL)
    {
      g_task_return_error (task, keyring_error);
    }
  else
    {
      g_task_return_boolean (task, TRUE);
    }
}

/**
 * drill_session_forget_async:
 * @self: a session
 * @connection: a saved connection
 *
 * Forgets it and its token, unless another saved connection has the same origin
 * and so the same token. If it is the current one, the sample is shown instead.
 */
void
drill_session_forget_async (DrillSession        *self,
                            DrillConnection     *connection,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (DRILL_IS_SESSION (self));
  g_return_if_fail (DRILL_IS_CONNECTION (connection));

  task = credential_task_new (self, connection, drill_session_forget_async, cancellable, callback, user_data);
  if (!drill_connections_shares_origin (drill_session_get_connections (self), connection))
    drill_secrets_clear_async (self->secrets, drill_connection_get_origin (connection), cancellable,
                               forgotten_cb, g_object_ref (task));
  else if (remove_connection (self, connection, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * drill_session_forget_finish:
 * @error: %DRILL_ERROR_KEYRING: it is forgotten, but there is no keyring to look for its token in;
 *   %DRILL_ERROR_KEYRING_LOCKED, %DRILL_ERROR_CANCELLED, %DRILL_ERROR_IO: it is still there
 */
gboolean
drill_session_forget_finish (DrillSession  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * drill_session_drop_token:
 * @self: a session
 * @connection: what a saved connection was, before it was given another address
 *
 * Forgets the token of an origin that no saved connection has any more. Nothing is said when that fails.
 */
void
drill_session_drop_token (DrillSession    *self,
                          DrillConnection *connection)
{
  g_return_if_fail (DRILL_IS_SESSION (self));
  g_return_if_fail (DRILL_IS_CONNECTION (connection));

  if (!drill_connections_shares_origin (drill_session_get_connections (self), connection))
    drill_secrets_clear_async (self->secrets, drill_connection_get_origin (connection), NULL, NULL, NULL);
}

/* Testing */

static void
tested_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(GBytes) bytes = drill_source_read_session_finish (DRILL_SOURCE (object), result, &error);
  DrillActor *actor = bytes != NULL ? drill_actor_new_from_json (bytes, &error) : NULL;

  if (actor != NULL)
    g_task_return_pointer (task, actor, (GDestroyNotify) drill_actor_free);
  else
    g_task_return_error (task, error);
}

/* @token is usable, or NULL */
static void
test_with (GTask      *task, /* transfer full */
           const char *token)
{
  Credential *credential = g_task_get_task_data (task);
  GError *error = NULL;

  credential->source = (DrillSource *) drill_session_make_source (g_task_get_source_object (task), credential->connection, token, &error);
  if (credential->source != NULL)
    {
      drill_source_read_session_async (credential->source, g_task_get_cancellable (task), tested_cb, task);
      return;
    }

  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
test_looked_up_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autofree char *token = drill_secrets_lookup_finish (DRILL_SECRETS (object), result, NULL, &error);

  if (g_error_matches (error, DRILL_ERROR, DRILL_ERROR_CANCELLED) ||
      (token != NULL && !drill_session_is_usable (g_task_get_source_object (task), token, &error)))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  /* Whether one is wanted at all, the service knows */
  g_clear_error (&error);
  test_with (task, token);
}

/**
 * drill_session_test_async:
 * @self: a session
 * @connection: what to try, saved or not
 * @token: (nullable): a token as it was pasted; %NULL or "" for the one that is kept, if there is one
 *
 * Asks the service who we are, once. Nothing that is shown or kept changes.
 */
void
drill_session_test_async (DrillSession        *self,
                          DrillConnection     *connection,
                          const char          *token,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autofree char *clean = NULL;
  GError *error = NULL;

  g_return_if_fail (DRILL_IS_SESSION (self));
  g_return_if_fail (DRILL_IS_CONNECTION (connection));

  task = credential_task_new (self, connection, drill_session_test_async, cancellable, callback, user_data);
  if (token == NULL || *token == '\0')
    {
      if (drill_session_takes_token (connection))
        drill_secrets_lookup_async (self->secrets, drill_connection_get_origin (connection), cancellable,
                                    test_looked_up_cb, g_object_ref (task));
      else
        test_with (g_object_ref (task), NULL);
      return;
    }

  clean = drill_token_clean (token, &error);
  if (clean != NULL && drill_session_check_travel (connection, &error) && drill_session_is_usable (self, clean, &error))
    test_with (g_object_ref (task), clean);
  else
    g_task_return_error (task, error);
}

/**
 * drill_session_test_finish:
 *
 * Returns: (transfer full) (nullable): who the service says we are
 */
DrillActor *
drill_session_test_finish (DrillSession  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
