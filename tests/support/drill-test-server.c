// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-test-server-private.h"

#if defined (__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

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
  self->server = soup_server_new ("tls-certificate", self->certificate, "raw-paths", TRUE, NULL);
  soup_server_add_handler (self->server, NULL, drill_test_server_request_cb, self, NULL);
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
  self->faults = drill_test_faults_new ();
  self->identity = drill_test_identity_new ();
  self->store = drill_test_store_new ();
  self->writes = drill_test_writes_new (self->store);
  self->requests = drill_test_requests_new ();
  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify) drill_test_held_free);

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

void
drill_test_server_free (DrillTestServer *self)
{
  call_in_thread (self, drill_test_server_answer_held);
  call_in_thread (self, quit);
  g_thread_join (self->thread);

  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_clear_object (&self->certificate);
  drill_test_faults_free (self->faults);
  drill_test_identity_free (self->identity);
  drill_test_writes_free (self->writes);
  drill_test_store_free (self->store);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->held);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
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

/**
 * drill_test_server_release:
 *
 * Does what was held back, and sends the answers.
 */
void
drill_test_server_release (DrillTestServer *self)
{
  call_in_thread (self, drill_test_server_answer_held);
}
