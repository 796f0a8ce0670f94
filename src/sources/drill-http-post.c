// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/drill-http-private.h"

#include "base/drill-error.h"
#include "sources/drill-base-url.h"

/* One write, which is sent once */
typedef struct {
  GUri *url;
  gboolean stops_midway;
  DrillWriteFailure failure;
} Post;

static void
post_free (Post *post)
{
  g_clear_pointer (&post->url, g_uri_unref);
  g_free (post);
}

/* Statuses that say for certain that nothing was done */
static gboolean
is_refusal (guint    status,
            gboolean stops_midway)
{
  switch (status)
    {
    case SOUP_STATUS_BAD_REQUEST:
      return !stops_midway;

    case SOUP_STATUS_UNAUTHORIZED:
    case SOUP_STATUS_FORBIDDEN:
    case SOUP_STATUS_NOT_FOUND:
    case SOUP_STATUS_METHOD_NOT_ALLOWED:
    case SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE:
    case SOUP_STATUS_UNPROCESSABLE_ENTITY:
    case 429:
      return TRUE;

    default:
      return FALSE;
    }
}

static GError *
new_redirect_error (Post           *post,
                    DrillHttpReply *reply)
{
  g_autoptr(GUri) target = drill_http_find_target (post->url, reply);
  g_autofree char *origin = target != NULL ? drill_base_url_get_origin (target) : g_strdup ("nowhere");

  return g_error_new (DRILL_ERROR, DRILL_ERROR_BAD_REPLY,
                      "HTTP status %u: redirected to %s, which is not followed with a request that records something",
                      reply->status, origin);
}

static void
post_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(DrillHttpReply) reply = drill_http_exchange_finish (SOUP_SESSION (object), result);
  Post *post = g_task_get_task_data (task);
  GError *error;

  post->failure.maybe_done = reply->begun;
  post->failure.retry_after_ms = reply->retry_after_ms;

  if (reply->error != NULL)
    {
      error = g_steal_pointer (&reply->error);
    }
  else if (SOUP_STATUS_IS_REDIRECTION (reply->status))
    {
      error = new_redirect_error (post, reply);
    }
  else if (!SOUP_STATUS_IS_SUCCESSFUL (reply->status))
    {
      post->failure.maybe_done = !is_refusal (reply->status, post->stops_midway);
      error = drill_http_new_status_error (reply);
    }
  else
    {
      error = drill_http_check_type (reply);
    }

  if (error == NULL)
    {
      g_task_return_pointer (task, g_steal_pointer (&reply->body), (GDestroyNotify) g_byte_array_unref);
      return;
    }

  drill_http_blot_token (error, reply->token);
  g_task_return_error (task, error);
}

/**
 * drill_http_post_async:
 * @self: a client
 * @path: encoded path behind the service's address, from its first slash
 * @body: JSON
 * @stops_midway: whether the service may have done a part of it when it answers 400
 * @max_bytes: the largest body that is taken, decompressed
 * @cancellable: (nullable): to give up waiting: what has left stays sent
 * @callback: called when the body is there
 * @user_data: for @callback
 *
 * Has the service record something. It is sent once, on a connection of its
 * own, so that no connection that turns out to be closed is a reason to send it
 * again; a redirect is an error.
 */
void
drill_http_post_async (DrillHttp           *self,
                       const char          *path,
                       GBytes              *body,
                       gboolean             stops_midway,
                       gsize                max_bytes,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  DrillHttpRequest request;
  Post *post;

  g_return_if_fail (DRILL_IS_HTTP (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, drill_http_post_async);
  g_task_set_priority (task, DRILL_HTTP_PRIORITY);
  g_task_set_check_cancellable (task, FALSE);
  post = g_new0 (Post, 1);
  post->url = drill_base_url_join (self->base, path, NULL);
  post->stops_midway = stops_midway;
  post->failure.retry_after_ms = DRILL_RETRY_AFTER_UNKNOWN;
  g_task_set_task_data (task, post, (GDestroyNotify) post_free);

  if (self->token_problem != NULL)
    {
      g_task_return_error (task, g_error_copy (self->token_problem));
      return;
    }
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_task_return_new_error (task, DRILL_ERROR, DRILL_ERROR_CANCELLED, "cancelled");
      return;
    }

  request = drill_http_make_request (self, SOUP_METHOD_POST, post->url, max_bytes);
  request.body = body;
  request.new_connection = TRUE;
  drill_http_exchange_async (self->session, &request, cancellable, post_cb, g_object_ref (task));
}

/**
 * drill_http_post_finish:
 * @self: a client
 * @result: what the callback was given
 * @failure: (out caller-allocates) (optional): set when there is an error: what is known of it
 * @error: a %DRILL_ERROR, without the token
 *
 * Returns: (transfer full): the body: what begins like a JSON object or array
 */
GByteArray *
drill_http_post_finish (DrillHttp          *self,
                        GAsyncResult       *result,
                        DrillWriteFailure  *failure,
                        GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (failure != NULL)
    *failure = ((Post *) g_task_get_task_data (G_TASK (result)))->failure;

  return g_task_propagate_pointer (G_TASK (result), error);
}
