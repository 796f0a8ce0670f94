// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/drill-http-private.h"

#include <string.h>

#include "base/drill-error.h"
#include "base/drill-words.h"
#include "drill-config.h"
#include "sources/drill-base-url.h"

#define MAX_REDIRECTS   5
#define MAX_PAUSE_MS    (30 * 1000)  /* the longest pause of our own */

G_DEFINE_FINAL_TYPE (DrillHttp, drill_http, G_TYPE_OBJECT)

/* One read, with all its tries and redirects */
typedef struct {
  GUri *url;
  GUri *current;
  gsize max_bytes;
  guint n_tries;
  guint n_redirects;
  gboolean wants_new; /* a connection that was not used before */
} Get;

static void send_get (GTask *task);

static void
get_free (Get *get)
{
  g_clear_pointer (&get->url, g_uri_unref);
  g_clear_pointer (&get->current, g_uri_unref);
  g_free (get);
}

static gboolean
pause_over_cb (gpointer data)
{
  GTask *task = data;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    g_task_return_new_error (task, DRILL_ERROR, DRILL_ERROR_CANCELLED, "cancelled");
  else
    send_get (task);

  return G_SOURCE_REMOVE;
}

static gboolean
wake_cb (GCancellable *cancellable,
         gpointer      data)
{
  return G_SOURCE_REMOVE;
}

/* A pause that Cancel ends at once */
static void
pause_and_retry (GTask  *task,
                 gint64  ms)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GSource) source = g_timeout_source_new ((guint) ms);

  if (cancellable != NULL)
    {
      g_autoptr(GSource) wake = g_cancellable_source_new (cancellable);

      g_source_set_callback (wake, G_SOURCE_FUNC (wake_cb), NULL, NULL);
      g_source_add_child_source (source, wake);
    }
  g_source_set_static_name (source, "drill-http retry");
  g_source_set_callback (source, pause_over_cb, g_object_ref (task), g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static gint64
get_pause (DrillHttp *self,
           guint      n_tries,
           gint64     retry_after_ms)
{
  gint64 ms = MIN ((gint64) self->first_pause_ms << MIN (n_tries, 16), MAX_PAUSE_MS);

  /* So that many consoles do not come back in step */
  ms = (gint64) ((double) ms * g_random_double_range (0.75, 1.25));

  return MAX (ms, retry_after_ms);
}

static void
end_try (GTask          *task,
         DrillHttpReply *reply,
         GError         *error, /* transfer full */
         gboolean        may_retry)
{
  DrillHttp *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);

  drill_http_blot_token (error, reply->token);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      g_error_free (error);
      g_task_return_new_error (task, DRILL_ERROR, DRILL_ERROR_CANCELLED, "cancelled");
      return;
    }

  if (may_retry && get->n_tries < self->n_retries)
    {
      g_debug ("read failed, will be tried again: %s", error->message);
      g_error_free (error);
      pause_and_retry (task, get_pause (self, get->n_tries, reply->retry_after_ms));
      get->n_tries++;
      return;
    }

  g_task_return_error (task, error);
}

GUri *
drill_http_find_target (GUri           *from,
                        DrillHttpReply *reply)
{
  g_autoptr(GUri) target = NULL;

  if (reply->location != NULL)
    target = g_uri_parse_relative (from, reply->location, SOUP_HTTP_URI_FLAGS, NULL);

  return target != NULL && g_uri_get_host (target) != NULL ? g_steal_pointer (&target) : NULL;
}

static void
follow_redirect (GTask          *task,
                 DrillHttpReply *reply)
{
  Get *get = g_task_get_task_data (task);
  g_autoptr(GUri) next = drill_http_find_target (get->current, reply);
  GError *error = NULL;

  if (next == NULL)
    {
      error = g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_REPLY, "redirected to nowhere");
    }
  else if (!drill_base_url_same_origin (get->url, next))
    {
      g_autofree char *origin = drill_base_url_get_origin (next);

      error = g_error_new (DRILL_ERROR, DRILL_ERROR_BAD_REPLY,
                           "redirected to another service, %s, which is not followed", origin);
    }
  else if (get->n_redirects == MAX_REDIRECTS)
    {
      error = g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_REPLY, "redirected too often");
    }

  if (error != NULL)
    {
      end_try (task, reply, error, FALSE);
      return;
    }

  get->n_redirects++;
  g_clear_pointer (&get->current, g_uri_unref);
  get->current = g_steal_pointer (&next);
  send_get (task);
}

GError *
drill_http_new_status_error (DrillHttpReply *reply)
{
  return drill_http_reply_to_error (reply->status, (const char *) reply->body->data, reply->body->len);
}

/* What is no answer of the service, but perhaps a login form */
GError *
drill_http_check_type (DrillHttpReply *reply)
{
  g_autofree char *clean = NULL;

  if (drill_http_reply_is_json (reply->type, (const char *) reply->body->data, reply->body->len))
    return NULL;

  clean = g_utf8_make_valid (reply->type != NULL ? reply->type : "an unknown type", -1);

  return g_error_new (DRILL_ERROR, DRILL_ERROR_BAD_REPLY, "the answer is no JSON object but %.60s", clean);
}

static void
get_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(DrillHttpReply) reply = drill_http_exchange_finish (SOUP_SESSION (object), result);
  Get *get = g_task_get_task_data (task);
  GError *error;

  if (reply->was_kept)
    {
      get->wants_new = TRUE;
      send_get (task);
    }
  else if (reply->error != NULL)
    {
      end_try (task, reply, g_steal_pointer (&reply->error), reply->transient);
    }
  else if (SOUP_STATUS_IS_REDIRECTION (reply->status))
    {
      follow_redirect (task, reply);
    }
  else if (reply->status != SOUP_STATUS_OK)
    {
      error = drill_http_new_status_error (reply);
      end_try (task, reply, error, drill_error_is_transient (error));
    }
  else if ((error = drill_http_check_type (reply)) != NULL)
    {
      end_try (task, reply, error, FALSE);
    }
  else
    {
      g_task_return_pointer (task, g_steal_pointer (&reply->body), (GDestroyNotify) g_byte_array_unref);
    }
}

DrillHttpRequest
drill_http_make_request (DrillHttp  *self,
                         const char *method,
                         GUri       *url,
                         gsize       max_bytes)
{
  return (DrillHttpRequest) {
    .method = method,
    .url = url,
    .token = self->token,
    .authorities = self->authorities,
    .max_bytes = max_bytes,
    .connect_seconds = self->connect_seconds,
    .read_seconds = self->read_seconds,
  };
}

static void
send_get (GTask *task)
{
  DrillHttp *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);
  DrillHttpRequest request = drill_http_make_request (self, SOUP_METHOD_GET, get->current, get->max_bytes);

  if (self->token_problem != NULL)
    {
      g_task_return_error (task, g_error_copy (self->token_problem));
      return;
    }

  request.new_connection = get->wants_new;
  drill_http_exchange_async (self->session, &request, g_task_get_cancellable (task), get_cb, g_object_ref (task));
}

static gboolean
load_authorities (DrillHttp   *self,
                  const char  *ca_file,
                  GError     **error)
{
  g_autoptr(GError) problem = NULL;
  GList *certificates = g_tls_certificate_list_new_from_file (ca_file, &problem);
  gboolean any = certificates != NULL;

  g_list_free_full (certificates, g_object_unref);
  if (any)
    self->authorities = g_tls_file_database_new (ca_file, &problem);

  if (self->authorities == NULL)
    {
      g_autofree char *shown = g_filename_display_name (ca_file);

      if (problem != NULL && problem->domain != G_TLS_ERROR)
        {
          g_autoptr(GError) ours = drill_error_from_gio (problem);

          g_set_error (error, DRILL_ERROR, ours->code, "CA file %s: %s", shown, ours->message);
        }
      else
        {
          g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "CA file %s holds no certificate in PEM form", shown);
        }
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_token (DrillHttp   *self,
             const char  *token,
             GError     **error)
{
  for (const char *p = token; *p != '\0'; p++)
    if (*p <= ' ' || *p > '~')
      {
        g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT,
                             DRILL_WORDS ("the token holds characters that no token has"));
        return FALSE;
      }

  if (g_str_equal (g_uri_get_scheme (self->base), "http") && !drill_base_url_is_loopback (self->base))
    {
      g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT,
                   "a token is not sent over plain HTTP to %s: the address must begin with https://",
                   g_uri_get_host (self->base));
      return FALSE;
    }

  return TRUE;
}

static gboolean
take_token (DrillHttp   *self,
            const char  *token,
            GError     **error)
{
  g_autofree char *clean = token != NULL ? g_strstrip (g_strdup (token)) : NULL;

  g_clear_pointer (&self->token, g_free);
  if (clean == NULL || *clean == '\0')
    return TRUE;
  if (!check_token (self, clean, error))
    return FALSE;

  self->token = g_steal_pointer (&clean);

  return TRUE;
}

static void
drill_http_finalize (GObject *object)
{
  DrillHttp *self = DRILL_HTTP (object);

  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->authorities);
  g_clear_pointer (&self->base, g_uri_unref);
  g_free (self->name);
  g_free (self->token);
  g_clear_error (&self->token_problem);

  G_OBJECT_CLASS (drill_http_parent_class)->finalize (object);
}

static void
drill_http_class_init (DrillHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_http_finalize;
}

static void
drill_http_init (DrillHttp *self)
{
  self->connect_seconds = 10;
  self->read_seconds = 30;
  self->n_retries = 3;
  self->first_pause_ms = 500;
}

/**
 * drill_http_new:
 * @base_url: the address of the service
 * @ca_file: (nullable) (type filename): authorities in PEM form, besides the system's
 * @token: (nullable): a bearer token; spaces around it are left out
 * @error: %DRILL_ERROR_BAD_INPUT, or why the CA file cannot be read
 *
 * Returns: (transfer full): a client of that service
 */
DrillHttp *
drill_http_new (const char  *base_url,
                const char  *ca_file,
                const char  *token,
                GError     **error)
{
  g_autoptr(DrillHttp) self = g_object_new (DRILL_TYPE_HTTP, NULL);

  self->base = drill_base_url_parse (base_url, error);
  if (self->base == NULL)
    return NULL;
  if (ca_file != NULL && *ca_file != '\0' && !load_authorities (self, ca_file, error))
    return NULL;

  if (!take_token (self, token, error))
    return NULL;

  self->name = drill_base_url_to_string (self->base);
  self->session = soup_session_new_with_options ("user-agent", "DrillConsole/" DRILL_VERSION, NULL);
  /* The token is all the authentication there is: never the user's cached ones */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  /* What is for this machine must not leave it by way of a proxy */
  if (drill_base_url_is_loopback (self->base))
    soup_session_set_proxy_resolver (self->session, NULL);

  return g_steal_pointer (&self);
}

/**
 * drill_http_get_name:
 *
 * Returns: (transfer none): the address of the service, for a person
 */
const char *
drill_http_get_name (DrillHttp *self)
{
  return self->name;
}

/**
 * drill_http_set_token:
 * @self: a client
 * @token: (nullable): a bearer token; spaces around it are left out
 *
 * Uses another token from the next request on. With one that may not be sent
 * there, nothing is: all requests fail with %DRILL_ERROR_BAD_INPUT.
 */
void
drill_http_set_token (DrillHttp  *self,
                      const char *token)
{
  g_return_if_fail (DRILL_IS_HTTP (self));

  g_clear_error (&self->token_problem);
  take_token (self, token, &self->token_problem);
}

/**
 * drill_http_set_time_outs:
 * @self: a client
 * @connect_seconds: how long a connection, TLS included, may take
 * @read_seconds: how long the service may be silent
 */
void
drill_http_set_time_outs (DrillHttp *self,
                          guint      connect_seconds,
                          guint      read_seconds)
{
  g_return_if_fail (DRILL_IS_HTTP (self));

  self->connect_seconds = MAX (1, connect_seconds);
  self->read_seconds = MAX (1, read_seconds);
}

/**
 * drill_http_set_retries:
 * @self: a client
 * @n_retries: how often a read that failed in passing is sent again
 * @first_pause_ms: how long before the first time; it doubles
 */
void
drill_http_set_retries (DrillHttp *self,
                        guint      n_retries,
                        guint      first_pause_ms)
{
  g_return_if_fail (DRILL_IS_HTTP (self));

  self->n_retries = n_retries;
  self->first_pause_ms = first_pause_ms;
}

/**
 * drill_http_get_async:
 * @self: a client
 * @path: encoded path behind the service's address, from its first slash
 * @query: (nullable): encoded query
 * @max_bytes: the largest body that is taken, decompressed
 * @cancellable: (nullable): to give up, also during a pause
 * @callback: called when the body is there
 * @user_data: for @callback
 *
 * Reads something of the service.
 */
void
drill_http_get_async (DrillHttp           *self,
                      const char          *path,
                      const char          *query,
                      gsize                max_bytes,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task;
  Get *get;

  g_return_if_fail (DRILL_IS_HTTP (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, drill_http_get_async);
  g_task_set_priority (task, DRILL_HTTP_PRIORITY);
  /* Cancel is worded by end_try() as one of our errors */
  g_task_set_check_cancellable (task, FALSE);
  get = g_new0 (Get, 1);
  get->url = drill_base_url_join (self->base, path, query);
  get->current = g_uri_ref (get->url);
  get->max_bytes = max_bytes;
  g_task_set_task_data (task, get, (GDestroyNotify) get_free);

  send_get (task);
  g_object_unref (task);
}

/**
 * drill_http_get_finish:
 * @self: a client
 * @result: what the callback was given
 * @error: a %DRILL_ERROR, without the token
 *
 * Returns: (transfer full): the body: what begins like a JSON object or array
 */
GByteArray *
drill_http_get_finish (DrillHttp     *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
