// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-test-server.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>
#if defined (__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

#include "drill-test-answers.h"

typedef struct {
  DrillTestFault fault; /* its texts are owned */
  guint n_seen;
} Fault;

typedef struct {
  char *path;
  char *target;
  GHashTable *headers; /* lower-case name → value */
} Request;

struct _DrillTestServer
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  SoupServer *server; /* of the thread */
  GTlsCertificate *certificate;
  char *url;
  guint port;

  GMutex mutex; /* of all that follows */
  GCond cond;
  gboolean ready;
  gboolean gzip;
  gboolean auth_required;
  guint max_limit;
  GHashTable *tokens;
  GPtrArray *items;
  char *dashboard; /* kept as long as the items are */
  GPtrArray *faults;
  GPtrArray *requests;
  GPtrArray *held; /* of SoupServerMessage */
};

static void
fault_free (Fault *fault)
{
  g_free ((char *) fault->fault.path);
  g_free ((char *) fault->fault.type);
  g_free ((char *) fault->fault.body);
  g_free ((char *) fault->fault.header);
  g_free ((char *) fault->fault.value);
  g_free (fault);
}

static void
request_free (Request *request)
{
  g_hash_table_unref (request->headers);
  g_free (request->path);
  g_free (request->target);
  g_free (request);
}

static void
keep_header_cb (const char *name,
                const char *value,
                gpointer    data)
{
  g_hash_table_replace (data, g_ascii_strdown (name, -1), g_strdup (value));
}

static void
keep_request (DrillTestServer   *self,
              SoupServerMessage *message,
              const char        *path)
{
  Request *request = g_new0 (Request, 1);
  GUri *url = soup_server_message_get_uri (message);

  request->path = g_strdup (path);
  request->target = g_uri_get_query (url) != NULL ? g_strconcat (g_uri_get_path (url), "?", g_uri_get_query (url), NULL)
                                                  : g_strdup (g_uri_get_path (url));
  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), keep_header_cb, request->headers);
  g_ptr_array_add (self->requests, request);
}

static const DrillTestFault *
find_fault (DrillTestServer *self,
            const char      *path)
{
  const DrillTestFault *found = NULL;

  for (guint i = 0; i < self->faults->len; i++)
    {
      Fault *fault = g_ptr_array_index (self->faults, i);

      if (fault->fault.path != NULL && !g_str_has_suffix (path, fault->fault.path))
        continue;

      fault->n_seen++;
      if (found == NULL && fault->n_seen >= fault->fault.first &&
          (fault->fault.count == 0 || fault->n_seen < fault->fault.first + fault->fault.count))
        found = &fault->fault;
    }

  return found;
}

static void
set_answer (DrillTestServer   *self,
            SoupServerMessage *message,
            guint              status,
            const char        *type,
            const char        *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, status, NULL);
  if (self->gzip && status == SOUP_STATUS_OK)
    {
      g_autoptr(GConverter) compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
      g_autoptr(GInputStream) plain = g_memory_input_stream_new_from_data (body, (gssize) strlen (body), NULL);
      g_autoptr(GInputStream) packed = g_converter_input_stream_new (plain, compressor);
      g_autoptr(GOutputStream) out = g_memory_output_stream_new_resizable ();

      g_output_stream_splice (out, packed, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL);
      soup_message_headers_replace (headers, "Content-Encoding", "gzip");
      soup_server_message_set_response (message, type, SOUP_MEMORY_COPY,
                                        g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)),
                                        g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)));
      return;
    }

  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body, strlen (body));
}

static void
set_detail (DrillTestServer   *self,
            SoupServerMessage *message,
            guint              status,
            const char        *detail)
{
  g_autofree char *body = g_strdup_printf ("{\"detail\":\"%s\"}", detail);

  set_answer (self, message, status, "application/json", body);
}

/* FALSE when the request was refused; @actor is NULL for a request without a token */
static gboolean
check_token (DrillTestServer    *self,
             SoupServerMessage  *message,
             gboolean            may_be_anyone,
             const char        **actor)
{
  const char *header = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");

  *actor = NULL;
  if (header == NULL)
    {
      if (self->auth_required && !may_be_anyone)
        {
          set_detail (self, message, 401, "console action requires verified actor context");
          return FALSE;
        }
      return TRUE;
    }

  if (g_hash_table_size (self->tokens) == 0)
    {
      set_detail (self, message, 400, "console OIDC config is not configured");
      return FALSE;
    }
  if (g_str_has_prefix (header, "Bearer "))
    *actor = g_hash_table_lookup (self->tokens, header + strlen ("Bearer "));
  if (*actor == NULL)
    {
      set_detail (self, message, 401, "token is invalid or expired");
      return FALSE;
    }

  return TRUE;
}

static void
answer (DrillTestServer   *self,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query)
{
  g_autofree char *body = NULL;
  gboolean is_session = g_str_has_suffix (path, DRILL_TEST_SESSION);
  const char *actor;

  if (!check_token (self, message, is_session, &actor))
    return;

  if (is_session)
    {
      body = drill_test_answer_session (self->auth_required, actor);
    }
  else if (g_str_has_suffix (path, DRILL_TEST_DASHBOARD))
    {
      if (self->dashboard == NULL)
        self->dashboard = drill_test_answer_dashboard (self->items);
      body = g_strdup (self->dashboard);
    }
  else if (g_str_has_suffix (path, DRILL_TEST_HISTORY))
    {
      body = drill_test_answer_history (self->items, query, self->max_limit);
    }

  if (body != NULL)
    set_answer (self, message, SOUP_STATUS_OK, "application/json", body);
  else
    set_detail (self, message, 404, "Not Found");
}

static void
drop_connection (SoupServerMessage *message,
                 const char        *first)
{
  g_autoptr(GIOStream) connection = soup_server_message_steal_connection (message);

  if (first != NULL)
    g_output_stream_write_all (g_io_stream_get_output_stream (connection), first, strlen (first), NULL, NULL, NULL);
  g_io_stream_close (connection, NULL, NULL);
}

static void
forget_dashboard (DrillTestServer *self)
{
  g_clear_pointer (&self->dashboard, g_free);
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  DrillTestServer *self = data;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  const DrillTestFault *fault;

  keep_request (self, message, path);
  fault = find_fault (self, path);
  if (fault == NULL)
    {
      answer (self, message, path, query);
      return;
    }

  switch (fault->what)
    {
    case DRILL_TEST_STATUS:
      if (fault->header != NULL)
        soup_message_headers_append (soup_server_message_get_response_headers (message), fault->header, fault->value);
      set_answer (self, message, fault->status, fault->type != NULL ? fault->type : "application/json",
                  fault->body != NULL ? fault->body : "");
      return;

    case DRILL_TEST_DROP:
      drop_connection (message, NULL);
      return;

    case DRILL_TEST_DROP_IN_BODY:
      drop_connection (message, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
                       "{\"items\":[{\"session_id\":");
      return;

    case DRILL_TEST_HOLD:
      answer (self, message, path, query);
      soup_server_message_pause (message);
      g_ptr_array_add (self->held, g_object_ref (message));
      return;

    case DRILL_TEST_ADD_ITEM:
      g_ptr_array_insert (self->items, 0, g_strdup (fault->body));
      break;

    case DRILL_TEST_REMOVE_ITEM:
      g_ptr_array_remove_index (self->items, 0);
      break;

    case DRILL_TEST_SWAP_ITEM:
      g_ptr_array_remove_index (self->items, 0);
      g_ptr_array_insert (self->items, 0, g_strdup (fault->body));
      break;

    default:
      g_assert_not_reached ();
    }

  forget_dashboard (self);
  answer (self, message, path, query);
}

static void
start_listening (DrillTestServer *self)
{
  g_autoptr(GError) error = NULL;
  GSList *urls;

  if (!soup_server_listen_local (self->server, self->port,
                                 SOUP_SERVER_LISTEN_IPV4_ONLY |
                                 (self->certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0), &error))
    g_error ("the test server cannot listen: %s", error->message);

  urls = soup_server_get_uris (self->server);
  self->port = (guint) g_uri_get_port (urls->data);
  g_slist_free_full (urls, (GDestroyNotify) g_uri_unref);
}

static gpointer
server_thread (gpointer data)
{
  DrillTestServer *self = data;

#if defined (__SANITIZE_ADDRESS__)
  /* The server side of libsoup 3.2 leaks the address it listens at and each
   * socket it accepts; what this thread allocates is not looked at. */
  __lsan_disable ();
#endif

  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new ("tls-certificate", self->certificate, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  start_listening (self);

  g_mutex_lock (&self->mutex);
  self->ready = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);

  g_main_loop_run (self->loop);

  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  /* What the connections still have to say on their way out */
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);

#if defined (__SANITIZE_ADDRESS__)
  __lsan_enable ();
#endif

  return NULL;
}

typedef struct {
  DrillTestServer *server;
  void (*function) (DrillTestServer *server);
  gboolean done;
} Call;

static gboolean
call_cb (gpointer data)
{
  Call *call = data;

  call->function (call->server);

  g_mutex_lock (&call->server->mutex);
  call->done = TRUE;
  g_cond_broadcast (&call->server->cond);
  g_mutex_unlock (&call->server->mutex);

  return G_SOURCE_REMOVE;
}

static void
call_in_thread (DrillTestServer *self,
                void (*function) (DrillTestServer *server))
{
  Call call = { self, function, FALSE };

  g_main_context_invoke (self->context, call_cb, &call);
  g_mutex_lock (&self->mutex);
  while (!call.done)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static DrillTestServer *
start (guint            port,
       GTlsCertificate *certificate)
{
  DrillTestServer *self = g_new0 (DrillTestServer, 1);

  self->port = port;
  self->certificate = certificate;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->items = g_ptr_array_new_with_free_func (g_free);
  self->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) fault_free);
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);

  self->thread = g_thread_new ("test-server", server_thread, self);
  g_mutex_lock (&self->mutex);
  while (!self->ready)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  self->url = g_strdup_printf ("%s://127.0.0.1:%u", certificate != NULL ? "https" : "http", self->port);

  return self;
}

/**
 * drill_test_server_new:
 *
 * Returns: (transfer full): a service without evidence
 */
DrillTestServer *
drill_test_server_new (void)
{
  return start (0, NULL);
}

/**
 * drill_test_server_new_on_port:
 * @port: a port, for servers that are started by hand
 *
 * Returns: (transfer full): the same, where one expects it
 */
DrillTestServer *
drill_test_server_new_on_port (guint port)
{
  return start (port, NULL);
}

/**
 * drill_test_server_new_tls:
 * @certificate_file: certificate and key in PEM form
 *
 * Returns: (transfer full): the same over HTTPS
 */
DrillTestServer *
drill_test_server_new_tls (const char *certificate_file)
{
  g_autoptr(GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (certificate_file, &error);

  g_assert_no_error (error);

  return start (0, certificate);
}

static void
quit (DrillTestServer *self)
{
  g_main_loop_quit (self->loop);
}

static void
release (DrillTestServer *self)
{
  for (guint i = 0; i < self->held->len; i++)
    soup_server_message_unpause (g_ptr_array_index (self->held, i));
  g_ptr_array_set_size (self->held, 0);
}

void
drill_test_server_free (DrillTestServer *self)
{
  call_in_thread (self, release);
  call_in_thread (self, quit);
  g_thread_join (self->thread);

  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_clear_object (&self->certificate);
  g_hash_table_unref (self->tokens);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->faults);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->held);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->dashboard);
  g_free (self->url);
  g_free (self);
}

const char *
drill_test_server_get_url (DrillTestServer *self)
{
  return self->url;
}

static void
stop_listening (DrillTestServer *self)
{
  soup_server_disconnect (self->server);
}

/**
 * drill_test_server_set_listening:
 * @listening: %FALSE refuses connections, also those that were kept; %TRUE takes them again, on the same port
 */
void
drill_test_server_set_listening (DrillTestServer *self,
                                 gboolean         listening)
{
  call_in_thread (self, listening ? start_listening : stop_listening);
}

void
drill_test_server_set_gzip (DrillTestServer *self,
                            gboolean         gzip)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->gzip = gzip;
}

/**
 * drill_test_server_set_max_limit:
 * @max_limit: the most items it gives at once, whatever is asked for; 0 for as many as that
 */
void
drill_test_server_set_max_limit (DrillTestServer *self,
                                 guint            max_limit)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->max_limit = max_limit;
}

/**
 * drill_test_server_set_auth_required:
 * @auth_required: whether reads of evidence need a token
 */
void
drill_test_server_set_auth_required (DrillTestServer *self,
                                     gboolean         auth_required)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->auth_required = auth_required;
}

/**
 * drill_test_server_add_token:
 * @token: a bearer token that is good
 * @actor: whose it is
 */
void
drill_test_server_add_token (DrillTestServer *self,
                             const char      *token,
                             const char      *actor)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_replace (self->tokens, g_strdup (token), g_strdup (actor));
}

/**
 * drill_test_server_set_items:
 * @items: (transfer full) (element-type utf8): the JSON of all items, newest first
 */
void
drill_test_server_set_items (DrillTestServer *self,
                             GPtrArray       *items)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_ptr_array_unref (self->items);
  self->items = items;
  forget_dashboard (self);
}

/**
 * drill_test_server_add_item:
 * @item: the JSON of a new item, newer than all others
 */
void
drill_test_server_add_item (DrillTestServer *self,
                            const char      *item)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_ptr_array_insert (self->items, 0, g_strdup (item));
  forget_dashboard (self);
}

void
drill_test_server_remove_item (DrillTestServer *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_ptr_array_remove_index (self->items, 0);
  forget_dashboard (self);
}

static const char *
get_created (JsonNode *item)
{
  JsonNode *created = JSON_NODE_HOLDS_OBJECT (item)
                      ? json_object_get_member (json_node_get_object (item), "created_at") : NULL;

  return created != NULL && json_node_get_value_type (created) == G_TYPE_STRING ? json_node_get_string (created) : "";
}

static int
compare_created (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (get_created (*(JsonNode *const *) b), get_created (*(JsonNode *const *) a));
}

/**
 * drill_test_server_load_file:
 * @file: a history document
 *
 * Returns: whether its items are served now, newest first
 */
gboolean
drill_test_server_load_file (DrillTestServer *self,
                             const char      *file,
                             GError         **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GPtrArray) nodes = g_ptr_array_new ();
  GPtrArray *items = g_ptr_array_new_with_free_func (g_free);
  JsonNode *root;
  JsonArray *array;

  if (!json_parser_load_from_file (parser, file, error))
    {
      g_ptr_array_unref (items);
      return FALSE;
    }

  root = json_parser_get_root (parser);
  array = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root)
                                       : json_object_get_array_member (json_node_get_object (root), "items");
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (nodes, json_array_get_element (array, i));
  g_ptr_array_sort (nodes, compare_created);
  for (guint i = 0; i < nodes->len; i++)
    g_ptr_array_add (items, json_to_string (g_ptr_array_index (nodes, i), FALSE));
  drill_test_server_set_items (self, items);

  return TRUE;
}

/**
 * drill_test_server_add_fault:
 * @fault: what goes wrong; copied. Requests are counted from now on.
 */
void
drill_test_server_add_fault (DrillTestServer      *self,
                             const DrillTestFault *fault)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Fault *copy = g_new0 (Fault, 1);

  copy->fault = *fault;
  copy->fault.first = MAX (1, fault->first);
  copy->fault.path = g_strdup (fault->path);
  copy->fault.type = g_strdup (fault->type);
  copy->fault.body = g_strdup (fault->body);
  copy->fault.header = g_strdup (fault->header);
  copy->fault.value = g_strdup (fault->value);
  g_ptr_array_add (self->faults, copy);
}

void
drill_test_server_clear_faults (DrillTestServer *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_ptr_array_set_size (self->faults, 0);
}

/**
 * drill_test_server_release:
 *
 * Sends the answers that were held back.
 */
void
drill_test_server_release (DrillTestServer *self)
{
  call_in_thread (self, release);
}

/**
 * drill_test_server_get_n_requests:
 * @path: (nullable): how their paths end, or %NULL for all
 *
 * Returns: how many requests there were
 */
guint
drill_test_server_get_n_requests (DrillTestServer *self,
                                  const char      *path)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  guint n = 0;

  for (guint i = 0; i < self->requests->len; i++)
    {
      Request *request = g_ptr_array_index (self->requests, i);

      if (path == NULL || g_str_has_suffix (request->path, path))
        n++;
    }

  return n;
}

static Request *
get_request (DrillTestServer *self,
             guint            request)
{
  return request < self->requests->len ? g_ptr_array_index (self->requests, request) : NULL;
}

/**
 * drill_test_server_dup_header:
 * @request: number of a request, from 0
 * @name: a header, in lower case
 *
 * Returns: (transfer full) (nullable): what the request said there
 */
char *
drill_test_server_dup_header (DrillTestServer *self,
                              guint            request,
                              const char      *name)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Request *found = get_request (self, request);

  return found != NULL ? g_strdup (g_hash_table_lookup (found->headers, name)) : NULL;
}

/**
 * drill_test_server_dup_target:
 * @request: number of a request, from 0
 *
 * Returns: (transfer full) (nullable): its path and query
 */
char *
drill_test_server_dup_target (DrillTestServer *self,
                              guint            request)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Request *found = get_request (self, request);

  return found != NULL ? g_strdup (found->target) : NULL;
}
