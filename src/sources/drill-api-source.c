// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/drill-api-source.h"

#include "evidence/drill-json-member.h"
#include "sources/drill-http-reply.h"
#include "sources/drill-http.h"

#define HISTORY_PATH   "/runtime/go-pilot/rollback-drill-notifications"
#define DASHBOARD_PATH HISTORY_PATH "/dashboard"
#define SESSION_PATH   "/console/session"
#define ACKS           "/acknowledgements"

#define MAX_PAGE       (256 * 1024 * 1024) /* bytes: some fifty times the page that is asked for */
#define MAX_ANSWER     (8 * 1024 * 1024)   /* bytes: a dashboard is some kilobytes, a package of 500 routes some hundred */

struct _DrillApiSource
{
  GObject parent_instance;

  DrillHttp *http;
  gsize max_page;
};

static void source_iface_init (DrillSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrillApiSource, drill_api_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DRILL_TYPE_SOURCE, source_iface_init))

static DrillSourceKind
drill_api_source_get_kind (DrillSource *source)
{
  return DRILL_SOURCE_LIVE;
}

static const char *
drill_api_source_get_name (DrillSource *source)
{
  return drill_http_get_name (DRILL_API_SOURCE (source)->http);
}

static gboolean
drill_api_source_is_paged (DrillSource *source)
{
  return TRUE;
}

static void
get_page_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GByteArray *body = drill_http_get_finish (DRILL_HTTP (object), result, &error);

  if (body == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, drill_page_new_take (body), (GDestroyNotify) drill_page_unref);
}

static void
get_answer_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GByteArray *body = drill_http_get_finish (DRILL_HTTP (object), result, &error);

  if (body == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_byte_array_free_to_bytes (body), (GDestroyNotify) g_bytes_unref);
}

static GTask *
new_task (DrillApiSource      *self,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data,
          gpointer             tag)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  /* What was asked for names a cancellation as one of our errors */
  g_task_set_check_cancellable (task, FALSE);

  return task;
}

static void
drill_api_source_read_history_async (DrillSource         *source,
                                     guint                offset,
                                     guint                limit,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  DrillApiSource *self = DRILL_API_SOURCE (source);
  g_autofree char *query = g_strdup_printf ("limit=%u&offset=%u", limit, offset);

  drill_http_get_async (self->http, HISTORY_PATH, query, self->max_page, cancellable, get_page_cb,
                        new_task (self, cancellable, callback, user_data, drill_api_source_read_history_async));
}

static DrillPage *
drill_api_source_read_history_finish (DrillSource   *source,
                                      GAsyncResult  *result,
                                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
drill_api_source_read_dashboard_async (DrillSource         *source,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  DrillApiSource *self = DRILL_API_SOURCE (source);

  drill_http_get_async (self->http, DASHBOARD_PATH, NULL, MAX_ANSWER, cancellable, get_answer_cb,
                        new_task (self, cancellable, callback, user_data, drill_api_source_read_dashboard_async));
}

static void
drill_api_source_read_session_async (DrillSource         *source,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  DrillApiSource *self = DRILL_API_SOURCE (source);

  drill_http_get_async (self->http, SESSION_PATH, NULL, MAX_ANSWER, cancellable, get_answer_cb,
                        new_task (self, cancellable, callback, user_data, drill_api_source_read_session_async));
}

static GBytes *
drill_api_source_read_answer_finish (DrillSource   *source,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
dup_write_path (DrillWrite *write)
{
  g_autofree char *segment = NULL;

  switch (drill_write_get_kind (write))
    {
    case DRILL_WRITE_ACK:
      /* All that has a meaning in an address is escaped: no id leads anywhere else */
      segment = g_uri_escape_string (drill_write_get_schedule_id (write), NULL, FALSE);
      return g_strconcat (HISTORY_PATH "/", segment, ACKS, NULL);

    case DRILL_WRITE_BULK:
      return g_strdup (HISTORY_PATH ACKS "/bulk");

    case DRILL_WRITE_PACKAGE:
      return g_strdup (HISTORY_PATH ACKS "/audit-package");

    case DRILL_WRITE_DELIVERY:
      return g_strdup (HISTORY_PATH ACKS "/audit-delivery");

    default:
      g_assert_not_reached ();
    }
}

static void
post_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DrillWriteFailure *failure = g_task_get_task_data (task);
  GError *error = NULL;
  GByteArray *body = drill_http_post_finish (DRILL_HTTP (object), result, failure, &error);
  g_autoptr(GBytes) answer = body != NULL ? g_byte_array_free_to_bytes (body) : NULL;

  /* What begins like an answer must be one to the end */
  if (answer != NULL && !drill_json_is_object (answer))
    error = g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_REPLY, "the answer is no JSON object");

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) g_bytes_unref);
}

static void
drill_api_source_write_async (DrillSource         *source,
                              DrillWrite          *write,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  DrillApiSource *self = DRILL_API_SOURCE (source);
  g_autoptr(GTask) task = new_task (self, cancellable, callback, user_data, drill_api_source_write_async);
  DrillWriteKind kind = drill_write_get_kind (write);
  DrillWriteFailure *failure = g_new0 (DrillWriteFailure, 1);
  g_autofree char *path = NULL;

  failure->retry_after_ms = DRILL_RETRY_AFTER_UNKNOWN;
  g_task_set_task_data (task, failure, g_free);

  if (kind == DRILL_WRITE_ACK && (drill_write_get_schedule_id (write) == NULL || *drill_write_get_schedule_id (write) == '\0'))
    {
      g_task_return_new_error (task, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "a route without a schedule cannot be acknowledged");
      return;
    }

  path = dup_write_path (write);
  drill_http_post_async (self->http, path, drill_write_get_body (write), drill_write_get_n_routes (write) > 1, MAX_ANSWER,
                         cancellable, post_cb, g_steal_pointer (&task));
}

static GBytes *
drill_api_source_write_finish (DrillSource        *source,
                               GAsyncResult       *result,
                               DrillWriteFailure  *failure,
                               GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  if (failure != NULL)
    *failure = *(DrillWriteFailure *) g_task_get_task_data (G_TASK (result));

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
source_iface_init (DrillSourceInterface *iface)
{
  iface->get_kind = drill_api_source_get_kind;
  iface->get_name = drill_api_source_get_name;
  iface->is_paged = drill_api_source_is_paged;
  iface->read_history_async = drill_api_source_read_history_async;
  iface->read_history_finish = drill_api_source_read_history_finish;
  iface->read_dashboard_async = drill_api_source_read_dashboard_async;
  iface->read_dashboard_finish = drill_api_source_read_answer_finish;
  iface->read_session_async = drill_api_source_read_session_async;
  iface->read_session_finish = drill_api_source_read_answer_finish;
  iface->write_async = drill_api_source_write_async;
  iface->write_finish = drill_api_source_write_finish;
}

static void
drill_api_source_finalize (GObject *object)
{
  DrillApiSource *self = DRILL_API_SOURCE (object);

  g_clear_object (&self->http);

  G_OBJECT_CLASS (drill_api_source_parent_class)->finalize (object);
}

static void
drill_api_source_class_init (DrillApiSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_api_source_finalize;
}

static void
drill_api_source_init (DrillApiSource *self)
{
  self->max_page = MAX_PAGE;
}

/**
 * drill_api_source_new:
 * @base_url: the address of the service: http or https, host, perhaps port and path prefix; no user, password or query
 * @ca_file: (nullable) (type filename): authorities in PEM form that are trusted besides the system's
 * @token: (nullable): a bearer token (contract section 1); spaces around it are left out
 * @error: %DRILL_ERROR_BAD_INPUT for an address that is none, a CA file without
 *   certificates, or a token that would travel over plain HTTP to another
 *   machine; else why the CA file cannot be read. Never holds the token.
 *
 * Nothing is sent yet.
 *
 * Returns: (transfer full): the service as a source
 */
DrillApiSource *
drill_api_source_new (const char  *base_url,
                      const char  *ca_file,
                      const char  *token,
                      GError     **error)
{
  g_autoptr(DrillApiSource) self = g_object_new (DRILL_TYPE_API_SOURCE, NULL);

  self->http = drill_http_new (base_url, ca_file, token, error);
  if (self->http == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * drill_api_source_set_token:
 * @self: a service
 * @token: (nullable): a bearer token; spaces around it are left out
 *
 * Uses another token, or none, for requests from now on. With one that may not
 * be sent there (over plain HTTP to another machine, or no token at all),
 * nothing is: every request then fails with %DRILL_ERROR_BAD_INPUT.
 */
void
drill_api_source_set_token (DrillApiSource *self,
                            const char     *token)
{
  g_return_if_fail (DRILL_IS_API_SOURCE (self));

  drill_http_set_token (self->http, token);
}

/**
 * drill_api_source_set_time_outs:
 * @self: a service
 * @connect_seconds: how long making a connection may take, TLS included, s; 10 by default
 * @read_seconds: how long the service may be silent, s; 30 by default
 */
void
drill_api_source_set_time_outs (DrillApiSource *self,
                                guint           connect_seconds,
                                guint           read_seconds)
{
  g_return_if_fail (DRILL_IS_API_SOURCE (self));

  drill_http_set_time_outs (self->http, connect_seconds, read_seconds);
}

/**
 * drill_api_source_set_retries:
 * @self: a service
 * @n_retries: how often a read that failed in passing is sent again; 3 by default
 * @first_pause_ms: how long before the first time, ms; it doubles; 500 by default
 */
void
drill_api_source_set_retries (DrillApiSource *self,
                              guint           n_retries,
                              guint           first_pause_ms)
{
  g_return_if_fail (DRILL_IS_API_SOURCE (self));

  drill_http_set_retries (self->http, n_retries, first_pause_ms);
}

/**
 * drill_api_source_set_max_page:
 * @self: a service
 * @max_bytes: the largest page of history that is taken, bytes
 */
void
drill_api_source_set_max_page (DrillApiSource *self,
                               gsize           max_bytes)
{
  g_return_if_fail (DRILL_IS_API_SOURCE (self));

  self->max_page = max_bytes;
}
