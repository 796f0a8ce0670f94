// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/drill-http.h"

#include <libsoup/soup.h>
#include <string.h>

#include "base/drill-error.h"
#include "drill-config.h"
#include "sources/drill-base-url.h"
#include "sources/drill-http-reply.h"

#define CHUNK           (64 * 1024)  /* bytes a read; larger ones block the main loop for longer and gain nothing */
#define MAX_ERROR_BODY  (16 * 1024)  /* bytes read of an answer that is an error */
#define MAX_REDIRECTS   5
#define MAX_PAUSE_MS    (30 * 1000)  /* the longest pause of our own */
#define PRIORITY        (G_PRIORITY_HIGH_IDLE + 50) /* after input and drawing */

struct _DrillHttp
{
  GObject parent_instance;

  SoupSession *session;
  GUri *base;
  GTlsDatabase *authorities; /* of the CA file, besides the system's */
  char *name;
  char *token;
  guint connect_seconds;
  guint read_seconds;
  guint n_retries;
  guint first_pause_ms;
};

G_DEFINE_FINAL_TYPE (DrillHttp, drill_http, G_TYPE_OBJECT)

/* One read, with all its tries and redirects */
typedef struct {
  GUri *url;
  gsize max_bytes;
  guint n_tries;
  guint n_redirects;
  gboolean wants_new; /* a connection that was not used before */

  /* Of the try under way */
  GUri *current;
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *body;
  GCancellable *cancellable;
  gulong cancelled_id;
  GSource *watch;
  gboolean started;
  gboolean timed_out;
  gboolean was_kept; /* the connection was a kept one that the service had closed */
  GTlsCertificateFlags tls_flags;
} Get;

static void send_request (GTask        *task);
static void read_cb      (GObject      *object,
                          GAsyncResult *result,
                          gpointer      user_data);

static void
get_end_try (Get          *get,
             GCancellable *cancellable)
{
  if (get->watch != NULL)
    g_source_destroy (get->watch);
  g_clear_pointer (&get->watch, g_source_unref);
  if (get->cancelled_id != 0)
    g_cancellable_disconnect (cancellable, get->cancelled_id);
  get->cancelled_id = 0;
  g_clear_object (&get->message);
  g_clear_object (&get->stream);
  g_clear_object (&get->cancellable);
  g_clear_pointer (&get->body, g_byte_array_unref);
}

static void
get_free (Get *get)
{
  get_end_try (get, NULL);
  g_clear_pointer (&get->url, g_uri_unref);
  g_clear_pointer (&get->current, g_uri_unref);
  g_free (get);
}

/* Whatever way a service or a library found to put the token into a text */
static void
blot_token (DrillHttp *self,
            GError    *error)
{
  if (self->token != NULL && *self->token != '\0' && strstr (error->message, self->token) != NULL)
    {
      g_autoptr(GString) message = g_string_new (error->message);

      g_string_replace (message, self->token, "***", 0);
      g_free (error->message);
      error->message = g_strdup (message->str);
    }
}

static gboolean
pause_over_cb (gpointer data)
{
  GTask *task = data;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    g_task_return_new_error (task, DRILL_ERROR, DRILL_ERROR_CANCELLED, "cancelled");
  else
    send_request (task);

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
end_try_with_error (GTask    *task,
                    GError   *error, /* transfer full */
                    gboolean  may_retry,
                    gint64    retry_after_ms)
{
  DrillHttp *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  blot_token (self, error);
  get_end_try (get, cancellable);

  if (cancellable != NULL && g_cancellable_is_cancelled (cancellable))
    {
      g_error_free (error);
      g_task_return_new_error (task, DRILL_ERROR, DRILL_ERROR_CANCELLED, "cancelled");
      return;
    }

  if (may_retry && get->n_tries < self->n_retries)
    {
      g_debug ("read failed, will be tried again: %s", error->message);
      g_error_free (error);
      pause_and_retry (task, get_pause (self, get->n_tries, retry_after_ms));
      get->n_tries++;
      return;
    }

  g_task_return_error (task, error);
}

static GError *
new_time_out (DrillHttp *self,
              gboolean   started)
{
  return started
         ? g_error_new (DRILL_ERROR, DRILL_ERROR_TIMED_OUT, "no answer within %u s", self->read_seconds)
         : g_error_new (DRILL_ERROR, DRILL_ERROR_TIMED_OUT, "no connection within %u s", self->connect_seconds);
}

static void
fail_send (GTask        *task,
           const GError *error)
{
  DrillHttp *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);
  GError *ours;

  if (get->timed_out)
    {
      ours = new_time_out (self, get->started);
    }
  else if (get->tls_flags != 0)
    {
      ours = drill_http_reply_to_tls_error (get->tls_flags, g_uri_get_host (get->current));
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
  end_try_with_error (task, ours, drill_error_is_transient (ours) && ours->code != DRILL_ERROR_TIMED_OUT,
                      DRILL_RETRY_AFTER_UNKNOWN);
}

static void
fail_body (GTask        *task,
           const GError *error)
{
  DrillHttp *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);
  GError *ours;
  gboolean may_retry = TRUE;

  if (get->timed_out)
    {
      ours = new_time_out (self, TRUE);
      may_retry = FALSE;
    }
  else if (error->domain == SOUP_SESSION_ERROR ||
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

  end_try_with_error (task, ours, may_retry, DRILL_RETRY_AFTER_UNKNOWN);
}

static void
fail_status (GTask *task)
{
  Get *get = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (get->message);
  gint64 retry_after_ms = drill_http_reply_get_retry_after (soup_message_headers_get_one (headers, "Retry-After"),
                                                            g_get_real_time ());
  GError *error = drill_http_reply_to_error (soup_message_get_status (get->message),
                                             (const char *) get->body->data, get->body->len);

  end_try_with_error (task, error, drill_error_is_transient (error), retry_after_ms);
}

static void
follow_redirect (GTask *task)
{
  Get *get = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (get->message);
  const char *location = soup_message_headers_get_one (headers, "Location");
  g_autoptr(GUri) next = NULL;
  GError *error = NULL;

  if (location != NULL)
    next = g_uri_parse_relative (get->current, location, SOUP_HTTP_URI_FLAGS, NULL);

  if (next == NULL || g_uri_get_host (next) == NULL)
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
      end_try_with_error (task, error, FALSE, DRILL_RETRY_AFTER_UNKNOWN);
      return;
    }

  get->n_redirects++;
  get_end_try (get, g_task_get_cancellable (task));
  g_clear_pointer (&get->current, g_uri_unref);
  get->current = g_steal_pointer (&next);
  send_request (task);
}

static void
finish_body (GTask *task)
{
  Get *get = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (get->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  g_autoptr(GByteArray) body = NULL;

  if (soup_message_get_status (get->message) != SOUP_STATUS_OK)
    {
      fail_status (task);
      return;
    }

  if (!drill_http_reply_is_json (type, (const char *) get->body->data, get->body->len))
    {
      g_autofree char *clean = g_utf8_make_valid (type != NULL ? type : "an unknown type", -1);

      end_try_with_error (task,
                          g_error_new (DRILL_ERROR, DRILL_ERROR_BAD_REPLY,
                                       "the answer is no JSON object but %.60s", clean),
                          FALSE, DRILL_RETRY_AFTER_UNKNOWN);
      return;
    }

  body = g_steal_pointer (&get->body);
  get_end_try (get, g_task_get_cancellable (task));
  g_task_return_pointer (task, g_steal_pointer (&body), (GDestroyNotify) g_byte_array_unref);
}

static void
read_chunk (GTask *task)
{
  DrillHttp *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);
  guint length = get->body->len;

  g_source_set_ready_time (get->watch, g_get_monotonic_time () + self->read_seconds * G_TIME_SPAN_SECOND);

  /* Straight into the page: the array's length is set right by read_cb() */
  g_byte_array_set_size (get->body, length + CHUNK);
  g_input_stream_read_async (get->stream, get->body->data + length, CHUNK, PRIORITY,
                             get->cancellable, read_cb, g_object_ref (task));
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Get *get = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &error);
  gboolean is_error = soup_message_get_status (get->message) != SOUP_STATUS_OK;

  g_byte_array_set_size (get->body, get->body->len - CHUNK + (guint) MAX (n, 0));

  /* The status of an error says enough, whatever becomes of its body */
  if (n == 0 || (is_error && (n < 0 || get->body->len >= MAX_ERROR_BODY)))
    finish_body (task);
  else if (n < 0)
    fail_body (task, error);
  else if (get->body->len > get->max_bytes)
    end_try_with_error (task,
                        g_error_new (DRILL_ERROR, DRILL_ERROR_TOO_LARGE, "the answer is larger than %" G_GSIZE_FORMAT " bytes",
                                     get->max_bytes),
                        FALSE, DRILL_RETRY_AFTER_UNKNOWN);
  else
    read_chunk (task);
}

static void
send_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Get *get = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  SoupMessageHeaders *headers;
  goffset announced = 0;

  get->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (get->was_kept && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      get->wants_new = TRUE;
      get_end_try (get, g_task_get_cancellable (task));
      send_request (task);
      return;
    }

  if (get->stream == NULL)
    {
      fail_send (task, error);
      return;
    }

  if (SOUP_STATUS_IS_REDIRECTION (soup_message_get_status (get->message)))
    {
      follow_redirect (task);
      return;
    }

  headers = soup_message_get_response_headers (get->message);
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    announced = soup_message_headers_get_content_length (headers);
  if (announced < 0 || (guint64) announced > get->max_bytes)
    {
      end_try_with_error (task,
                          g_error_new (DRILL_ERROR, DRILL_ERROR_TOO_LARGE,
                                       "the answer is larger than %" G_GSIZE_FORMAT " bytes", get->max_bytes),
                          FALSE, DRILL_RETRY_AFTER_UNKNOWN);
      return;
    }

  /* One chunk more, for the read that finds the end */
  get->body = g_byte_array_sized_new ((guint) MIN ((guint64) announced, 64 * 1024 * 1024) + CHUNK);
  read_chunk (task);
}

static void
starting_cb (SoupMessage *message,
             gpointer     data)
{
  GTask *task = data;
  DrillHttp *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);

  /* There is a connection, new or kept; from here on the service is waited for */
  get->started = TRUE;
  g_source_set_ready_time (get->watch, g_get_monotonic_time () + self->read_seconds * G_TIME_SPAN_SECOND);
}

static void
restarted_cb (SoupMessage *message,
              gpointer     data)
{
  GTask *task = data;
  Get *get = g_task_get_task_data (task);

  /* A kept connection turned out to be closed. libsoup 3.2 sends the request
   * again by itself, but answers twice when that fails too: done here instead. */
  get->was_kept = TRUE;
  g_cancellable_cancel (get->cancellable);
}

static gboolean
accept_certificate_cb (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  flags,
                       gpointer              data)
{
  GTask *task = data;
  DrillHttp *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);

  get->tls_flags = flags;

  /* What the system's authorities do not vouch for, those of the CA file may:
   * the same verification, of chain, dates and host, against them. */
  if (self->authorities != NULL)
    {
      GUri *url = soup_message_get_uri (message);
      g_autoptr(GSocketConnectable) host = g_network_address_new (g_uri_get_host (url), (guint16) MAX (0, g_uri_get_port (url)));

      get->tls_flags = g_tls_database_verify_chain (self->authorities, certificate,
                                                    G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, host,
                                                    NULL, G_TLS_DATABASE_VERIFY_NONE, NULL, NULL);
    }

  return get->tls_flags == 0;
}

static gboolean
time_out_cb (gpointer data)
{
  Get *get = data;

  get->timed_out = TRUE;
  g_source_set_ready_time (get->watch, -1);
  g_cancellable_cancel (get->cancellable);

  return G_SOURCE_CONTINUE;
}

static void
forward_cancel_cb (GCancellable *outer,
                   gpointer      data)
{
  g_cancellable_cancel (data);
}

static void
send_request (GTask *task)
{
  DrillHttp *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  SoupMessageHeaders *headers;

  get->started = FALSE;
  get->timed_out = FALSE;
  get->was_kept = FALSE;
  get->tls_flags = 0;
  /* One for each try, so that a time-out is not taken for Cancel */
  get->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    get->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (forward_cancel_cb),
                                               g_object_ref (get->cancellable), g_object_unref);

  get->watch = g_timeout_source_new (self->connect_seconds * 1000);
  g_source_set_static_name (get->watch, "drill-http time-out");
  g_source_set_callback (get->watch, time_out_cb, get, NULL);
  g_source_attach (get->watch, g_task_get_context (task));

  get->message = soup_message_new_from_uri (SOUP_METHOD_GET, get->current);
  /* Redirects are decided here: libsoup before 3.6.5 would take the token along */
  soup_message_set_flags (get->message, SOUP_MESSAGE_NO_REDIRECT |
                                        (get->wants_new ? SOUP_MESSAGE_NEW_CONNECTION : 0));
  headers = soup_message_get_request_headers (get->message);
  soup_message_headers_replace (headers, "Accept", "application/json");
  if (self->token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", self->token, NULL);

      soup_message_headers_replace (headers, "Authorization", bearer);
    }
  g_signal_connect_object (get->message, "starting", G_CALLBACK (starting_cb), task, 0);
  g_signal_connect_object (get->message, "restarted", G_CALLBACK (restarted_cb), task, 0);
  g_signal_connect_object (get->message, "accept-certificate", G_CALLBACK (accept_certificate_cb), task, 0);

  soup_session_send_async (self->session, get->message, PRIORITY, get->cancellable, send_cb, g_object_ref (task));
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
             GError     **error)
{
  for (const char *p = self->token; *p != '\0'; p++)
    if (*p <= ' ' || *p > '~')
      {
        g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT,
                             "the token holds characters that no token has");
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

  if (token != NULL)
    self->token = g_strstrip (g_strdup (token));
  if (self->token != NULL && *self->token == '\0')
    g_clear_pointer (&self->token, g_free);
  if (self->token != NULL && !check_token (self, error))
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
  g_task_set_priority (task, PRIORITY);
  /* Cancel is worded by end_try_with_error() as one of our errors */
  g_task_set_check_cancellable (task, FALSE);
  get = g_new0 (Get, 1);
  get->url = drill_base_url_join (self->base, path, query);
  get->current = g_uri_ref (get->url);
  get->max_bytes = MIN (max_bytes, (gsize) G_MAXUINT32 / 2);
  g_task_set_task_data (task, get, (GDestroyNotify) get_free);

  send_request (task);
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
