// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/drill-http-exchange.h"

#include <string.h>

#include "base/drill-error.h"

#define CHUNK           (64 * 1024)  /* bytes a read; larger ones block the main loop for longer and gain nothing */
#define MAX_ERROR_BODY  (16 * 1024)  /* bytes read of an answer that is an error */

typedef struct {
  SoupMessage *message;
  GInputStream *stream;
  GTlsDatabase *authorities;
  gsize max_bytes;
  guint connect_seconds;
  guint read_seconds;
  GCancellable *cancellable; /* its own, so that a time-out is not taken for Cancel */
  gulong cancelled_id;
  GSource *watch;
  gboolean timed_out;
  GTlsCertificateFlags tls_flags;
  DrillHttpReply *reply;
} Exchange;

static void read_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data);

static void
exchange_free (Exchange *exchange)
{
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->stream);
  g_clear_object (&exchange->authorities);
  g_clear_object (&exchange->cancellable);
  g_clear_pointer (&exchange->reply, drill_http_reply_free);
  g_free (exchange);
}

static gboolean
is_success (guint status)
{
  return status >= 200 && status < 300;
}

static void
end (GTask    *task,
     GError   *error, /* transfer full, nullable */
     gboolean  transient)
{
  Exchange *exchange = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  DrillHttpReply *reply = exchange->reply;

  g_source_destroy (exchange->watch);
  g_clear_pointer (&exchange->watch, g_source_unref);
  if (exchange->cancelled_id != 0)
    g_cancellable_disconnect (cancellable, exchange->cancelled_id);
  exchange->cancelled_id = 0;

  reply->error = error;
  reply->transient = transient;
  if (error != NULL)
    {
      drill_http_blot_token (error, reply->token);
      g_clear_pointer (&reply->body, g_byte_array_unref);
      if (cancellable != NULL && g_cancellable_is_cancelled (cancellable))
        {
          g_clear_error (&reply->error);
          reply->error = g_error_new_literal (DRILL_ERROR, DRILL_ERROR_CANCELLED, "cancelled");
          reply->transient = FALSE;
          reply->was_kept = FALSE;
        }
    }

  g_task_return_pointer (task, g_steal_pointer (&exchange->reply), (GDestroyNotify) drill_http_reply_free);
}

static GError *
new_time_out (Exchange *exchange)
{
  return exchange->reply->begun
         ? g_error_new (DRILL_ERROR, DRILL_ERROR_TIMED_OUT, "no answer within %u s", exchange->read_seconds)
         : g_error_new (DRILL_ERROR, DRILL_ERROR_TIMED_OUT, "no connection within %u s", exchange->connect_seconds);
}

static GError *
new_too_large (Exchange *exchange)
{
  return g_error_new (DRILL_ERROR, DRILL_ERROR_TOO_LARGE, "the answer is larger than %" G_GSIZE_FORMAT " bytes",
                      exchange->max_bytes);
}

static void
fail_send (GTask        *task,
           const GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);
  GError *ours;

  if (exchange->timed_out)
    {
      ours = new_time_out (exchange);
    }
  else if (exchange->tls_flags != 0)
    {
      ours = drill_http_reply_to_tls_error (exchange->tls_flags,
                                            g_uri_get_host (soup_message_get_uri (exchange->message)));
    }
  else if (error->domain == SOUP_SESSION_ERROR)
    {
      ours = g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_REPLY, error->message);
    }
  else
    {
      ours = drill_error_from_gio (error);
      /* No answer at all, in whatever words */
      if (ours->code == DRILL_ERROR_IO || ours->code == DRILL_ERROR_NOT_FOUND)
        ours->code = DRILL_ERROR_OFFLINE;
    }

  /* Who waited for a whole time-out is told; the next refresh tries again */
  end (task, ours, drill_error_is_transient (ours) && ours->code != DRILL_ERROR_TIMED_OUT);
}

static void
fail_body (GTask        *task,
           const GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);
  GError *ours;

  if (exchange->timed_out)
    {
      end (task, new_time_out (exchange), FALSE);
      return;
    }

  if (error->domain == SOUP_SESSION_ERROR ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) ||
      g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF))
    {
      ours = g_error_new (DRILL_ERROR, DRILL_ERROR_BAD_REPLY, "the answer ends in the middle: %s", error->message);
    }
  else
    {
      ours = drill_error_from_gio (error);
      if (ours->code == DRILL_ERROR_IO)
        ours->code = DRILL_ERROR_OFFLINE;
    }

  end (task, ours, TRUE);
}

static void
wait_for_service (Exchange *exchange)
{
  g_source_set_ready_time (exchange->watch,
                           g_get_monotonic_time () + exchange->read_seconds * G_TIME_SPAN_SECOND);
}

static void
read_chunk (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  GByteArray *body = exchange->reply->body;
  guint length = body->len;

  wait_for_service (exchange);

  /* Straight into the page: the array's length is set right by read_cb() */
  g_byte_array_set_size (body, length + CHUNK);
  g_input_stream_read_async (exchange->stream, body->data + length, CHUNK, DRILL_HTTP_PRIORITY,
                             exchange->cancellable, read_cb, g_object_ref (task));
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  GByteArray *body = exchange->reply->body;
  g_autoptr(GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &error);
  gboolean is_error = !is_success (exchange->reply->status);

  g_byte_array_set_size (body, body->len - CHUNK + (guint) MAX (n, 0));

  /* The status of an error says enough, whatever becomes of its body */
  if (n == 0 || (is_error && (n < 0 || body->len >= MAX_ERROR_BODY)))
    end (task, NULL, FALSE);
  else if (n < 0)
    fail_body (task, error);
  else if (body->len > exchange->max_bytes)
    end (task, new_too_large (exchange), FALSE);
  else
    read_chunk (task);
}

static void
read_headers (Exchange *exchange)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);
  DrillHttpReply *reply = exchange->reply;

  reply->status = soup_message_get_status (exchange->message);
  reply->type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  reply->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  reply->retry_after_ms = drill_http_reply_get_retry_after (soup_message_headers_get_one (headers, "Retry-After"),
                                                            g_get_real_time ());
}

static void
send_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  SoupMessageHeaders *headers;
  goffset announced = 0;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (exchange->reply->was_kept)
    {
      end (task, g_error_new_literal (DRILL_ERROR, DRILL_ERROR_OFFLINE, "the connection was closed"), TRUE);
      return;
    }

  if (exchange->stream == NULL)
    {
      fail_send (task, error);
      return;
    }

  read_headers (exchange);
  if (SOUP_STATUS_IS_REDIRECTION (exchange->reply->status))
    {
      end (task, NULL, FALSE);
      return;
    }

  headers = soup_message_get_response_headers (exchange->message);
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    announced = soup_message_headers_get_content_length (headers);
  if (is_success (exchange->reply->status) && (announced < 0 || (guint64) announced > exchange->max_bytes))
    {
      end (task, new_too_large (exchange), FALSE);
      return;
    }

  /* One chunk more, for the read that finds the end */
  announced = CLAMP (announced, 0, 64 * 1024 * 1024);
  exchange->reply->body = g_byte_array_sized_new ((guint) announced + CHUNK);
  read_chunk (task);
}

static void
starting_cb (SoupMessage *message,
             gpointer     data)
{
  GTask *task = data;
  Exchange *exchange = g_task_get_task_data (task);

  /* There is a connection, new or kept; from here on the service is waited for */
  exchange->reply->begun = TRUE;
  wait_for_service (exchange);
}

static void
restarted_cb (SoupMessage *message,
              gpointer     data)
{
  GTask *task = data;
  Exchange *exchange = g_task_get_task_data (task);

  /* A kept connection turned out to be closed. libsoup 3.2 sends the request
   * again by itself, but answers twice when that fails too: whoever asked does
   * it, if it may be done. */
  exchange->reply->was_kept = TRUE;
  g_cancellable_cancel (exchange->cancellable);
}

static gboolean
accept_certificate_cb (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  flags,
                       gpointer              data)
{
  GTask *task = data;
  Exchange *exchange = g_task_get_task_data (task);

  exchange->tls_flags = flags;

  /* What the system's authorities do not vouch for, those of the CA file may:
   * the same verification, of chain, dates and host, against them. */
  if (exchange->authorities != NULL)
    {
      GUri *url = soup_message_get_uri (message);
      g_autoptr(GSocketConnectable) host = g_network_address_new (g_uri_get_host (url), (guint16) MAX (0, g_uri_get_port (url)));

      exchange->tls_flags = g_tls_database_verify_chain (exchange->authorities, certificate,
                                                         G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, host,
                                                         NULL, G_TLS_DATABASE_VERIFY_NONE, NULL, NULL);
    }

  return exchange->tls_flags == 0;
}

static gboolean
time_out_cb (gpointer data)
{
  Exchange *exchange = data;

  exchange->timed_out = TRUE;
  g_source_set_ready_time (exchange->watch, -1);
  g_cancellable_cancel (exchange->cancellable);

  return G_SOURCE_CONTINUE;
}

static void
forward_cancel_cb (GCancellable *outer,
                   gpointer      data)
{
  g_cancellable_cancel (data);
}

static SoupMessage *
new_message (const DrillHttpRequest *request)
{
  SoupMessage *message = soup_message_new_from_uri (request->method, request->url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  /* Redirects are decided by who asks: libsoup before 3.6.5 would take the token along */
  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT |
                                   (request->new_connection ? SOUP_MESSAGE_NEW_CONNECTION : 0));
  soup_message_headers_replace (headers, "Accept", "application/json");
  if (request->token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", request->token, NULL);

      soup_message_headers_replace (headers, "Authorization", bearer);
    }
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", request->body);

  return message;
}

/*
 * drill_http_exchange_async:
 * @session: what connections are kept by
 * @request: what to send
 * @cancellable: (nullable): to give up
 * @callback: called when there is an answer, or none is to be expected
 * @user_data: for @callback
 *
 * Sends a request once.
 */
void
drill_http_exchange_async (SoupSession            *session,
                           const DrillHttpRequest *request,
                           GCancellable           *cancellable,
                           GAsyncReadyCallback     callback,
                           gpointer                user_data)
{
  g_autoptr(GTask) task = g_task_new (session, cancellable, callback, user_data);
  Exchange *exchange = g_new0 (Exchange, 1);

  g_task_set_source_tag (task, drill_http_exchange_async);
  g_task_set_priority (task, DRILL_HTTP_PRIORITY);
  /* Cancel is worded by end() as one of our errors */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, exchange, (GDestroyNotify) exchange_free);

  exchange->reply = g_new0 (DrillHttpReply, 1);
  exchange->reply->retry_after_ms = DRILL_RETRY_AFTER_UNKNOWN;
  exchange->reply->token = g_strdup (request->token);
  exchange->max_bytes = MIN (request->max_bytes, (gsize) G_MAXUINT32 / 2);
  exchange->connect_seconds = request->connect_seconds;
  exchange->read_seconds = request->read_seconds;
  g_set_object (&exchange->authorities, request->authorities);

  exchange->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    exchange->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (forward_cancel_cb),
                                                    g_object_ref (exchange->cancellable), g_object_unref);

  exchange->watch = g_timeout_source_new (exchange->connect_seconds * 1000);
  g_source_set_static_name (exchange->watch, "drill-http time-out");
  g_source_set_callback (exchange->watch, time_out_cb, exchange, NULL);
  g_source_attach (exchange->watch, g_task_get_context (task));

  exchange->message = new_message (request);
  g_signal_connect_object (exchange->message, "starting", G_CALLBACK (starting_cb), task, 0);
  g_signal_connect_object (exchange->message, "restarted", G_CALLBACK (restarted_cb), task, 0);
  g_signal_connect_object (exchange->message, "accept-certificate", G_CALLBACK (accept_certificate_cb), task, 0);

  soup_session_send_async (session, exchange->message, DRILL_HTTP_PRIORITY, exchange->cancellable, send_cb,
                           g_object_ref (task));
}

/*
 * drill_http_exchange_finish:
 *
 * Returns: (transfer full): what came of it, also when nothing did
 */
DrillHttpReply *
drill_http_exchange_finish (SoupSession  *session,
                            GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

void
drill_http_reply_free (DrillHttpReply *self)
{
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_clear_error (&self->error);
  g_free (self->token);
  g_free (self->type);
  g_free (self->location);
  g_free (self);
}

/*
 * drill_http_blot_token:
 * @error: what a person is going to see
 * @token: (nullable): what nobody may see
 *
 * Whatever way a service or a library found to put the token into a text.
 */
void
drill_http_blot_token (GError     *error,
                       const char *token)
{
  if (token != NULL && *token != '\0' && strstr (error->message, token) != NULL)
    {
      g_autoptr(GString) message = g_string_new (error->message);

      g_string_replace (message, token, "***", 0);
      g_free (error->message);
      error->message = g_strdup (message->str);
    }
}
