// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/drill-secrets.h"

#include <libsecret/secret.h>

#include "base/drill-error.h"

struct _DrillSecrets {
  GObject     parent_instance;

  GHashTable *remembered;  /* origin → token */
};

typedef struct {
  void     (*start) (GTask *task);
  char      *origin;
  char      *label;
  char      *token;
  GError    *error;         /* what libsecret said */
  gboolean   again;         /* the call is made for the second time, the first failed */
  gboolean   asked;         /* the keyring was asked to unlock */
  gboolean   from_keyring;
} Call;

G_DEFINE_FINAL_TYPE (DrillSecrets, drill_secrets, G_TYPE_OBJECT)

static const SecretSchema schema = {
  "org.cavra.DrillConsole.Token",
  SECRET_SCHEMA_NONE,
  { { "origin", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

static void
call_free (Call *call)
{
  g_free (call->origin);
  g_free (call->label);
  secret_password_free (call->token);
  g_clear_error (&call->error);
  g_free (call);
}

/* A token is overwritten when it is freed; @self->remembered and GTask call this */
static void
free_token (gpointer token)
{
  secret_password_free (token);
}

/* Scheme and host are the same in any case, and so must be the token */
static char *
get_key (const char *origin)
{
  return g_ascii_strdown (origin, -1);
}

static GTask *
new_task (DrillSecrets        *self,
          void               (*start) (GTask *task),
          const char          *origin,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->start = start;
  call->origin = get_key (origin);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  /* libsecret says so itself, and it is to be an error of ours */
  g_task_set_check_cancellable (task, FALSE);

  return task;
}

static void
return_error (GTask      *task,
              DrillError  code,
              const char *detail)
{
  g_task_return_new_error (task, DRILL_ERROR, (int) code, "keyring: %s", detail);
  g_object_unref (task);
}

static void
return_nothing (GTask *task)
{
  g_task_return_pointer (task, NULL, NULL);
  g_object_unref (task);
}

/* The end of a call that failed, or that found nothing: because it is locked? */
static void
settle (GTask    *task,
        gboolean  locked)
{
  Call *call = g_task_get_task_data (task);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return_error (task, DRILL_ERROR_CANCELLED, "cancelled");
  else if (locked)
    return_error (task, DRILL_ERROR_KEYRING_LOCKED, "it is locked");
  else if (call->error == NULL)
    return_nothing (task);
  else if (!call->again)
    {
      /* What libsecret knows of a service is of no use once that went away,
       * also when another has taken its place: it is to look anew */
      call->again = TRUE;
      g_clear_error (&call->error);
      secret_service_disconnect ();
      call->start (task);
    }
  else
    {
      secret_service_disconnect ();
      return_error (task, DRILL_ERROR_KEYRING, call->error->message);
    }
}

static void
unlock_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);

  if (secret_service_unlock_finish (SECRET_SERVICE (object), result, NULL, NULL) > 0)
    call->start (task);
  else
    settle (task, TRUE);
}

/* A keyring that was never unlocked since it was started does not know what it
 * has, so that libsecret saw nothing to unlock: this is where it is asked to.
 * One without a default collection has no lock either. */
static void
collection_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autoptr(SecretCollection) collection = secret_collection_for_alias_finish (result, NULL);

  if (collection == NULL || !secret_collection_get_locked (collection))
    settle (task, FALSE);
  else if (call->error != NULL || call->asked)
    settle (task, TRUE);
  else
    {
      GList only = { collection, NULL, NULL };

      call->asked = TRUE;
      secret_service_unlock (secret_collection_get_service (collection), &only,
                             g_task_get_cancellable (task), unlock_cb, task);
    }
}

static void
service_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr(SecretService) service = secret_service_get_finish (result, NULL);

  if (service == NULL)
    settle (task, FALSE);
  else
    secret_collection_for_alias (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                                 g_task_get_cancellable (task), collection_cb, task);
}

/* In a sandbox libsecret keeps a file, which has no lock, and the service is none of our business */
static gboolean
has_service (void)
{
  const char *backend = g_getenv ("SECRET_BACKEND");

  return (backend == NULL || *backend == '\0' || g_str_equal (backend, "service")) &&
         !g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

static void
ask_service (GTask *task)
{
  if (has_service ())
    secret_service_get (SECRET_SERVICE_NONE, g_task_get_cancellable (task), service_cb, task);
  else
    settle (task, FALSE);
}

static void
search_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);
  GList *found = secret_password_search_finish (result, &call->error);
  gboolean locked = FALSE;

  for (GList *l = found; l != NULL; l = l->next)
    locked = locked || (SECRET_IS_ITEM (l->data) && secret_item_get_locked (l->data));
  g_list_free_full (found, g_object_unref);

  /* libsecret has asked for it to be unlocked, and that is enough */
  if (locked)
    settle (task, TRUE);
  else
    ask_service (task);
}

/* A keyring that is locked, and stays so, is for libsecret one with nothing in
 * it, or one that fails for no particular reason */
static void
doubt (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  if (g_error_matches (call->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return_error (task, DRILL_ERROR_CANCELLED, "cancelled");
  else if (g_error_matches (call->error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    settle (task, TRUE);
  else if (call->error != NULL)
    ask_service (task);
  else
    secret_password_search (&schema, SECRET_SEARCH_ALL, g_task_get_cancellable (task), search_cb, task,
                            "origin", call->origin, NULL);
}

static void
lookup_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);
  char *token = secret_password_lookup_finish (result, &call->error);

  if (token == NULL)
    {
      doubt (task);
      return;
    }

  call->from_keyring = TRUE;
  g_task_return_pointer (task, token, free_token);
  g_object_unref (task);
}

static void
start_lookup (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  secret_password_lookup (&schema, g_task_get_cancellable (task), lookup_cb, task, "origin", call->origin, NULL);
}

static void
store_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);
  DrillSecrets *self = g_task_get_source_object (task);

  if (!secret_password_store_finish (result, &call->error))
    {
      if (call->error == NULL)
        call->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "not stored");
      doubt (task);
      return;
    }

  /* The older one would hide it */
  g_hash_table_remove (self->remembered, call->origin);
  return_nothing (task);
}

static void
start_store (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, call->label, call->token,
                         g_task_get_cancellable (task), store_cb, task, "origin", call->origin, NULL);
}

static void
clear_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);

  /* Whether something went does not tell that nothing is left */
  secret_password_clear_finish (result, &call->error);
  doubt (task);
}

static void
start_clear (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  secret_password_clear (&schema, g_task_get_cancellable (task), clear_cb, task, "origin", call->origin, NULL);
}

/* Whether it went well: what is returned then is no matter */
static gboolean
finish (GAsyncResult  *result,
        GError       **error)
{
  GTask *task = G_TASK (result);
  gboolean failed = g_task_had_error (task);

  g_task_propagate_pointer (task, error);

  return !failed;
}

static void
drill_secrets_finalize (GObject *object)
{
  DrillSecrets *self = DRILL_SECRETS (object);

  g_hash_table_unref (self->remembered);

  G_OBJECT_CLASS (drill_secrets_parent_class)->finalize (object);
}

static void
drill_secrets_class_init (DrillSecretsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_secrets_finalize;
}

static void
drill_secrets_init (DrillSecrets *self)
{
  self->remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_token);
}

DrillSecrets *
drill_secrets_new (void)
{
  return g_object_new (DRILL_TYPE_SECRETS, NULL);
}

void
drill_secrets_lookup_async (DrillSecrets        *self,
                            const char          *origin,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;
  Call *call;
  const char *remembered;

  g_return_if_fail (DRILL_IS_SECRETS (self));
  g_return_if_fail (origin != NULL);

  task = new_task (self, start_lookup, origin, cancellable, callback, user_data);
  g_task_set_source_tag (task, drill_secrets_lookup_async);

  call = g_task_get_task_data (task);
  remembered = g_hash_table_lookup (self->remembered, call->origin);
  if (remembered == NULL)
    start_lookup (task);
  else if (g_cancellable_is_cancelled (cancellable))
    return_error (task, DRILL_ERROR_CANCELLED, "cancelled");
  else
    {
      g_task_return_pointer (task, g_strdup (remembered), free_token);
      g_object_unref (task);
    }
}

char *
drill_secrets_lookup_finish (DrillSecrets  *self,
                             GAsyncResult  *result,
                             gboolean      *from_keyring,
                             GError       **error)
{
  Call *call;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, drill_secrets_lookup_async), NULL);

  call = g_task_get_task_data (G_TASK (result));
  if (from_keyring != NULL)
    *from_keyring = call->from_keyring;

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
drill_secrets_store_async (DrillSecrets        *self,
                           const char          *origin,
                           const char          *name,
                           const char          *token,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task;
  Call *call;

  g_return_if_fail (DRILL_IS_SECRETS (self));
  g_return_if_fail (origin != NULL);
  g_return_if_fail (token != NULL);

  task = new_task (self, start_store, origin, cancellable, callback, user_data);
  g_task_set_source_tag (task, drill_secrets_store_async);

  call = g_task_get_task_data (task);
  call->token = g_strdup (token);
  if (name != NULL && *name != '\0')
    call->label = g_strdup_printf ("Drill Console token for %s (%s)", name, call->origin);
  else
    call->label = g_strdup_printf ("Drill Console token for %s", call->origin);

  start_store (task);
}

gboolean
drill_secrets_store_finish (DrillSecrets  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, drill_secrets_store_async), FALSE);

  return finish (result, error);
}

void
drill_secrets_clear_async (DrillSecrets        *self,
                           const char          *origin,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DRILL_IS_SECRETS (self));
  g_return_if_fail (origin != NULL);

  /* From memory at once, whatever comes of the rest */
  drill_secrets_remember (self, origin, NULL);

  task = new_task (self, start_clear, origin, cancellable, callback, user_data);
  g_task_set_source_tag (task, drill_secrets_clear_async);
  start_clear (task);
}

gboolean
drill_secrets_clear_finish (DrillSecrets  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, drill_secrets_clear_async), FALSE);

  return finish (result, error);
}

void
drill_secrets_remember (DrillSecrets *self,
                        const char   *origin,
                        const char   *token)
{
  g_autofree char *key = NULL;

  g_return_if_fail (DRILL_IS_SECRETS (self));
  g_return_if_fail (origin != NULL);

  key = get_key (origin);
  if (token != NULL)
    g_hash_table_replace (self->remembered, g_steal_pointer (&key), g_strdup (token));
  else
    g_hash_table_remove (self->remembered, key);
}
