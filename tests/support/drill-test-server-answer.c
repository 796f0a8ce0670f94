// SPDX-License-Identifier: GPL-3.0-or-later

/* Requests: what is answered to them, and what goes wrong. */

#include "drill-test-server-private.h"

#include <string.h>

#include "drill-test-control.h"

void
drill_test_held_free (DrillTestHeld *held)
{
  g_object_unref (held->message);
  g_free (held);
}

static void
set_answer (DrillTestServer   *self,
            SoupServerMessage *message,
            guint              status,
            const char        *type,
            const char        *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  /* It may have an answer that is not to be given */
  soup_message_body_truncate (soup_server_message_get_response_body (message));
  soup_message_headers_remove (headers, "Content-Encoding");

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

/* @query: (nullable): of reads
 * @max_routes: how many routes of a bulk are recorded, 0 for all */
static void
answer (DrillTestServer   *self,
        SoupServerMessage *message,
        DrillTestRequest  *request,
        GHashTable        *query,
        guint              max_routes)
{
  const char *authorization = g_hash_table_lookup (request->headers, "authorization");
  gboolean is_session = g_str_has_suffix (request->path, DRILL_TEST_SESSION);
  gboolean is_post = g_str_equal (request->method, "POST");
  g_auto(DrillTestReply) reply = { 0 };
  g_autofree char *schedule_id = NULL;
  const char *actor;
  DrillWriteKind kind;

  if (is_post && drill_test_writes_find (request->path, &kind, &schedule_id))
    {
      if (drill_test_writes_check (kind, request->body, &reply) &&
          drill_test_identity_check (self->identity, authorization, DRILL_TEST_NEED_WRITE, &actor, &reply))
        drill_test_writes_do (self->writes, kind, schedule_id, request->body, max_routes, actor, &reply);
    }
  else if (!drill_test_identity_check (self->identity, authorization,
                                       is_session ? DRILL_TEST_NEED_NOTHING : DRILL_TEST_NEED_READ, &actor, &reply))
    ;
  else if (is_post && g_str_has_suffix (request->path, DRILL_TEST_ACK))
    drill_test_reply_refuse (&reply, 404, "Not Found");
  else if (is_post)
    drill_test_reply_refuse (&reply, 405, "Method Not Allowed");
  else if (is_session)
    drill_test_reply_take (&reply, 200, drill_test_identity_dup_session (self->identity, authorization));
  else if (g_str_has_suffix (request->path, DRILL_TEST_DASHBOARD))
    drill_test_reply_take (&reply, 200, g_strdup (drill_test_store_get_dashboard (self->store)));
  else if (g_str_has_suffix (request->path, DRILL_TEST_HISTORY))
    drill_test_reply_take (&reply, 200, drill_test_answer_history (drill_test_store_get_items (self->store), query,
                                                                   self->max_limit));
  else
    drill_test_reply_refuse (&reply, 404, "Not Found");

  set_answer (self, message, reply.status, "application/json", reply.body);
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
hold (DrillTestServer   *self,
      SoupServerMessage *message,
      DrillTestRequest  *to_do)
{
  DrillTestHeld *held = g_new0 (DrillTestHeld, 1);

  held->message = g_object_ref (message);
  held->request = to_do;
  soup_server_message_pause (message);
  g_ptr_array_add (self->held, held);
}

static void
release_locked (DrillTestServer *self)
{
  for (guint i = 0; i < self->held->len; i++)
    {
      DrillTestHeld *held = g_ptr_array_index (self->held, i);

      if (held->request != NULL)
        answer (self, held->message, held->request, NULL, 0);
      soup_server_message_unpause (held->message);
    }
  g_ptr_array_set_size (self->held, 0);
}

static void
set_fault_answer (DrillTestServer      *self,
                  SoupServerMessage    *message,
                  const DrillTestFault *fault)
{
  guint status = fault->status == 0 && fault->what == DRILL_TEST_BREAK_BULK ? 500 : fault->status;

  if (fault->header != NULL)
    soup_message_headers_append (soup_server_message_get_response_headers (message), fault->header, fault->value);
  set_answer (self, message, status, fault->type != NULL ? fault->type : "application/json",
              fault->body != NULL ? fault->body : "");
}

static void
go_wrong (DrillTestServer      *self,
          SoupServerMessage    *message,
          DrillTestRequest     *request,
          GHashTable           *query,
          const DrillTestFault *fault)
{
  static const char cut[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
                            "{\"items\":[{\"session_id\":";

  switch (fault->what)
    {
    case DRILL_TEST_STATUS:
      set_fault_answer (self, message, fault);
      break;

    case DRILL_TEST_DROP:
      drop_connection (message, NULL);
      break;

    case DRILL_TEST_DROP_IN_BODY:
      drop_connection (message, cut);
      break;

    case DRILL_TEST_HOLD:
      if (g_str_equal (request->method, "POST"))
        {
          hold (self, message, request);
          break;
        }
      answer (self, message, request, query, 0);
      hold (self, message, NULL);
      break;

    case DRILL_TEST_DO_THEN_DROP:
    case DRILL_TEST_DO_THEN_DROP_IN_BODY:
      answer (self, message, request, query, 0);
      drop_connection (message, fault->what == DRILL_TEST_DO_THEN_DROP ? NULL : cut);
      break;

    case DRILL_TEST_DO_THEN_STATUS:
      answer (self, message, request, query, 0);
      set_fault_answer (self, message, fault);
      break;

    case DRILL_TEST_DO_THEN_HOLD:
      answer (self, message, request, query, 0);
      hold (self, message, NULL);
      break;

    case DRILL_TEST_BREAK_BULK:
      if (fault->n_routes > 0)
        answer (self, message, request, query, fault->n_routes);
      set_fault_answer (self, message, fault);
      break;

    case DRILL_TEST_ADD_ITEM:
      drill_test_store_add (self->store, fault->body);
      answer (self, message, request, query, 0);
      break;

    case DRILL_TEST_REMOVE_ITEM:
      drill_test_store_remove (self->store);
      answer (self, message, request, query, 0);
      break;

    case DRILL_TEST_SWAP_ITEM:
      drill_test_store_remove (self->store);
      drill_test_store_add (self->store, fault->body);
      answer (self, message, request, query, 0);
      break;

    default:
      g_assert_not_reached ();
    }
}

static void
control (DrillTestServer   *self,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query)
{
  const DrillTestParts parts = { self->faults, self->identity, self->requests, self->store };
  g_autoptr(GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_auto(DrillTestReply) reply = { 0 };

  if (g_str_equal (path, DRILL_TEST_CONTROL "release"))
    {
      release_locked (self);
      drill_test_reply_take (&reply, 200, g_strdup ("{}"));
    }
  else
    drill_test_control_answer (&parts, soup_server_message_get_method (message), path, query, text, &reply);

  set_answer (self, message, reply.status, "application/json", reply.body);
}

/**
 * drill_test_server_answer_held:
 *
 * Does what was held back, and sends the answers. Of the thread of the server.
 */
void
drill_test_server_answer_held (DrillTestServer *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  release_locked (self);
}

void
drill_test_server_request_cb (SoupServer        *server,
                              SoupServerMessage *message,
                              const char        *path,
                              GHashTable        *query,
                              gpointer           data)
{
  DrillTestServer *self = data;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  const DrillTestFault *fault;
  DrillTestRequest *request;

  if (g_str_has_prefix (path, DRILL_TEST_CONTROL))
    {
      control (self, message, path, query);
      return;
    }

  request = drill_test_requests_add (self->requests, message);
  fault = drill_test_faults_find (self->faults, request->method, request->path);
  if (fault == NULL)
    answer (self, message, request, query, 0);
  else
    go_wrong (self, message, request, query, fault);
}
