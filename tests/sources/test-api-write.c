// SPDX-License-Identifier: GPL-3.0-or-later
#include <libsoup/soup.h>
#include <string.h>

#include "drill-test-loop.h"
#include "drill-test-server.h"
#include "sources/drill-api-source.h"
#include "sources/drill-write-answer.h"

#define TOKEN   "t0ken-of-release-manager"
#define HISTORY "/runtime/go-pilot/rollback-drill-notifications"

static DrillSource *
connect_to (DrillTestServer *server,
            const char      *token)
{
  g_autoptr(GError) error = NULL;
  DrillApiSource *source = drill_api_source_new (drill_test_server_get_url (server), NULL, token, &error);

  g_assert_no_error (error);
  /* Reads would be sent again at once: writes must not be */
  drill_api_source_set_retries (source, 3, 1);

  return DRILL_SOURCE (source);
}

static DrillWrite *
new_ack (const char *schedule_id)
{
  return drill_write_new_ack (&(DrillAckTarget) { .schedule_id = schedule_id, .provider = "jira" },
                              &(DrillAckNote) { .state = "acknowledged", .actor = "me" });
}

static DrillWrite *
new_bulk (void)
{
  const DrillAckTarget targets[] = { { .schedule_id = "s", .provider = "jira" }, { .schedule_id = "t", .provider = "jira" } };

  return drill_write_new_bulk (targets, G_N_ELEMENTS (targets),
                               &(DrillAckNote) { .state = "acknowledged", .actor = "me" });
}

static GBytes *
send (DrillSource        *source,
      DrillWrite         *write,
      DrillWriteFailure  *failure,
      GError            **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  drill_source_write_async (source, write, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);

  return drill_source_write_finish (source, result, failure, error);
}

static void
assert_done (DrillSource *source,
             DrillWrite  *write)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) answer = send (source, write, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (answer);
}

static GError *
assert_fails (DrillSource       *source,
              DrillWrite        *write,
              DrillError         code,
              gboolean           maybe_done,
              DrillWriteFailure *failure)
{
  g_autoptr(GError) error = NULL;
  DrillWriteFailure own = { .maybe_done = !maybe_done, .retry_after_ms = -7 };
  g_autoptr(GBytes) answer = send (source, write, &own, &error);

  g_assert_null (answer);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_error (error, DRILL_ERROR, (int) code);
  g_assert_cmpint (own.maybe_done, ==, maybe_done);
  g_assert_null (strstr (error->message, TOKEN));
  if (failure != NULL)
    *failure = own;

  return g_steal_pointer (&error);
}

static void
test_paths (void)
{
  static const struct
  {
    const char *schedule_id;
    const char *path;
  } cases[] = {
    { "weekly", "/weekly" },
    { "sched_00000_q%25 x", "/sched_00000_q%2525%20x" },
    { "py\\rollback?a=b#c", "/py%5Crollback%3Fa%3Db%23c" },
    { "運用", "/%E9%81%8B%E7%94%A8" },
    { "...", "/..." },
    { "a&b;c:d@e+f'g\"", "/a%26b%3Bc%3Ad%40e%2Bf%27g%22" },
    { "~a-b_c.d", "/~a-b_c.d" },
    { "a\nb", "/a%0Ab" },
  };
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(DrillWrite) write = new_ack (cases[i].schedule_id);
      g_autofree char *wanted = g_strconcat (HISTORY, cases[i].path, "/acknowledgements", NULL);
      g_autoptr(GBytes) answer = send (source, write, NULL, NULL);
      g_autofree char *target = drill_test_server_dup_target (server, i);

      g_assert_cmpstr (target, ==, wanted);
    }
}

static gpointer
take_request_line (gpointer data)
{
  g_autoptr(GSocketConnection) connection = g_socket_listener_accept (data, NULL, NULL, NULL);
  g_autoptr(GDataInputStream) stream = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  char *line = g_data_input_stream_read_line (stream, NULL, NULL, NULL);

  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);

  return line;
}

/* The service's router takes a path apart when it is decoded: what cannot be in one is a bulk of one */
static void
test_no_path (void)
{
  static const char *const ids[] = { "py/rollback?a=b#c", "../..", ".", "..", "/", "a%2Fb/" };
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr(DrillWrite) write = new_ack (ids[i]);
      g_autoptr(GBytes) answer = send (source, write, NULL, NULL);
      g_autofree char *target = drill_test_server_dup_target (server, i);

      g_assert_nonnull (answer);
      g_assert_cmpstr (target, ==, HISTORY "/acknowledgements/bulk");
      g_assert_cmpuint (drill_test_server_count_acks (server, ids[i], "jira"), ==, 1);
    }
  g_assert_cmpuint (drill_test_server_count_acks (server, NULL, NULL), ==, G_N_ELEMENTS (ids));
}

/* And the double does so, lest the tests know of another service than there is */
static void
test_router (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(SoupSession) session = soup_session_new ();
  g_autofree char *url = g_strconcat (drill_test_server_get_url (server), HISTORY "/a%2Fb/acknowledgements", NULL);
  g_autoptr(SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GBytes) answer = NULL;

  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  answer = soup_session_send_and_read_finish (session, result, NULL);
  g_assert_cmpuint (soup_message_get_status (message), ==, 404);
  g_assert_cmpuint (drill_test_server_count_acks (server, NULL, NULL), ==, 0);
}

/* Of one route nothing was done when the service refuses it; of several, some may be */
static void
test_refused_bulk (void)
{
  const DrillAckTarget targets[] = { { .schedule_id = "a/b", .provider = "jira" }, { .schedule_id = "c", .provider = "jira" } };

  for (guint n = 1; n <= G_N_ELEMENTS (targets); n++)
    {
      g_autoptr(DrillTestServer) server = drill_test_server_new ();
      g_autoptr(DrillSource) source = connect_to (server, NULL);
      g_autoptr(DrillWrite) write = drill_write_new_bulk (targets, n, &(DrillAckNote) { .state = "acknowledged", .actor = "me" });

      g_assert_cmpuint (drill_write_get_n_routes (write), ==, n);
      drill_test_server_add_fault (server, &(DrillTestFault) { .count = 1, .what = DRILL_TEST_STATUS, .status = 400 });
      g_error_free (assert_fails (source, write, DRILL_ERROR_REJECTED, n > 1, NULL));
    }
}

static void
test_kinds (void)
{
  static const char *const paths[] = { "/bulk", "/audit-package", "/audit-delivery" };
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);
  g_autoptr(DrillWrite) bulk = new_bulk ();
  g_autoptr(DrillWrite) package = drill_write_new_package (NULL, "me");
  g_autoptr(DrillWrite) delivery = drill_write_new_delivery (NULL, &(DrillDeliveryTerms) { .providers = "all", .actor = "me" });
  DrillWrite *writes[] = { bulk, package, delivery };

  for (guint i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      g_autofree char *wanted = g_strconcat (HISTORY "/acknowledgements", paths[i], NULL);
      g_autofree char *target = NULL;
      g_autofree char *method = NULL;
      g_autofree char *type = NULL;
      g_autoptr(GBytes) body = NULL;

      assert_done (source, writes[i]);
      target = drill_test_server_dup_target (server, i);
      g_assert_cmpstr (target, ==, wanted);
      method = drill_test_server_dup_method (server, i);
      g_assert_cmpstr (method, ==, "POST");
      type = drill_test_server_dup_header (server, i, "content-type");
      g_assert_cmpstr (type, ==, "application/json");
      body = drill_test_server_dup_body (server, i);
      g_assert_true (g_bytes_equal (body, drill_write_get_body (writes[i])));
    }
}

static void
test_answer (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);
  g_autoptr(DrillWrite) write = new_ack ("weekly");
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) answer = send (source, write, NULL, &error);
  g_autoptr(DrillPage) items = NULL;

  g_assert_no_error (error);
  items = drill_write_answer_dup_items (answer, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (drill_test_server_count_acks (server, "weekly", "jira"), ==, 1);
}

/* 201 is what some proxies and later services make of it */
static void
test_created (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);
  g_autoptr(DrillWrite) write = new_ack ("weekly");

  drill_test_server_add_fault (server, &(DrillTestFault) {
    .count = 1, .what = DRILL_TEST_STATUS, .status = 201, .body = "{\"metadata\":{}}",
  });
  assert_done (source, write);
}

/* Which refusals are certain; each is sent exactly once, and never again */
static void
test_statuses (void)
{
  static const struct
  {
    guint status;
    DrillError code;
    gboolean maybe_done;
    gboolean bulk_maybe_done;
  } cases[] = {
    { 400, DRILL_ERROR_REJECTED, FALSE, TRUE },
    { 401, DRILL_ERROR_AUTH_REQUIRED, FALSE, FALSE },
    { 403, DRILL_ERROR_FORBIDDEN, FALSE, FALSE },
    { 404, DRILL_ERROR_NOT_FOUND, FALSE, FALSE },
    { 405, DRILL_ERROR_REJECTED, FALSE, FALSE },
    { 408, DRILL_ERROR_TIMED_OUT, TRUE, TRUE },
    { 409, DRILL_ERROR_REJECTED, TRUE, TRUE },
    { 413, DRILL_ERROR_REJECTED, FALSE, FALSE },
    { 422, DRILL_ERROR_REJECTED, FALSE, FALSE },
    { 429, DRILL_ERROR_BUSY, FALSE, FALSE },
    { 500, DRILL_ERROR_SERVICE, TRUE, TRUE },
    { 502, DRILL_ERROR_SERVICE, TRUE, TRUE },
    { 503, DRILL_ERROR_SERVICE, TRUE, TRUE },
    { 504, DRILL_ERROR_SERVICE, TRUE, TRUE },
  };
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);
  g_autoptr(DrillWrite) ack = new_ack ("weekly");
  g_autoptr(DrillWrite) bulk = new_bulk ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      drill_test_server_clear_faults (server);
      drill_test_server_add_fault (server, &(DrillTestFault) {
        .what = DRILL_TEST_STATUS, .status = cases[i].status, .body = "{\"detail\":\"no\"}",
      });
      g_error_free (assert_fails (source, ack, cases[i].code, cases[i].maybe_done, NULL));
      g_error_free (assert_fails (source, bulk, cases[i].code, cases[i].bulk_maybe_done, NULL));
      g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, 2 * (i + 1));
    }
}

static void
test_retry_after (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);
  g_autoptr(DrillWrite) write = new_ack ("weekly");
  DrillWriteFailure failure;

  drill_test_server_add_fault (server, &(DrillTestFault) {
    .count = 1, .what = DRILL_TEST_STATUS, .status = 429, .header = "Retry-After", .value = "7",
  });
  drill_test_server_add_fault (server, &(DrillTestFault) {
    .first = 2, .count = 1, .what = DRILL_TEST_STATUS, .status = 429,
  });
  g_error_free (assert_fails (source, write, DRILL_ERROR_BUSY, FALSE, &failure));
  g_assert_cmpint (failure.retry_after_ms, ==, 7000);
  g_error_free (assert_fails (source, write, DRILL_ERROR_BUSY, FALSE, &failure));
  g_assert_cmpint (failure.retry_after_ms, ==, -1);
}

static void
test_lost_answers (void)
{
  static const struct
  {
    DrillTestDo what;
    DrillError code;
    guint n_acks;
  } cases[] = {
    { DRILL_TEST_DROP, DRILL_ERROR_OFFLINE, 0 },
    { DRILL_TEST_DROP_IN_BODY, DRILL_ERROR_BAD_REPLY, 0 },
    { DRILL_TEST_DO_THEN_DROP, DRILL_ERROR_OFFLINE, 1 },
    { DRILL_TEST_DO_THEN_DROP_IN_BODY, DRILL_ERROR_BAD_REPLY, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(DrillTestServer) server = drill_test_server_new ();
      g_autoptr(DrillSource) source = connect_to (server, NULL);
      g_autoptr(DrillWrite) write = new_ack ("weekly");

      drill_test_server_add_fault (server, &(DrillTestFault) { .count = 1, .what = cases[i].what });
      g_error_free (assert_fails (source, write, cases[i].code, TRUE, NULL));
      g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, 1);
      g_assert_cmpuint (drill_test_server_count_acks (server, "weekly", "jira"), ==, cases[i].n_acks);
    }
}

/* Answers a read, keeps the connection, and waits for another one */
static gpointer
keep_one_take_another (gpointer data)
{
  static const char reply[] =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"items\":[]}";
  g_autoptr(GSocketConnection) kept = g_socket_listener_accept (data, NULL, NULL, NULL);
  g_autoptr(GDataInputStream) stream = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (kept)));
  gboolean more = TRUE;

  while (more)
    {
      g_autofree char *line = g_data_input_stream_read_line (stream, NULL, NULL, NULL);

      more = line != NULL && *g_strchomp (line) != '\0';
    }
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (kept)), reply, strlen (reply), NULL, NULL, NULL);

  return take_request_line (data);
}

/* A kept connection may be closed by now, and then a library would send the request again by itself */
static void
test_kept_connection (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", g_socket_listener_add_any_inet_port (listener, NULL, NULL));
  g_autoptr(DrillSource) source = DRILL_SOURCE (drill_api_source_new (url, NULL, NULL, NULL));
  g_autoptr(DrillWrite) write = new_ack ("weekly");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(DrillPage) page = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *line = NULL;
  GThread *thread = g_thread_new ("listener", keep_one_take_another, listener);

  drill_api_source_set_time_outs (DRILL_API_SOURCE (source), 1, 1);
  drill_source_read_history_async (source, 0, 50, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  page = drill_source_read_history_finish (source, result, &error);
  g_assert_no_error (error);

  g_error_free (assert_fails (source, write, DRILL_ERROR_OFFLINE, TRUE, NULL));
  line = g_thread_join (thread);
  g_assert_true (g_str_has_prefix (line, "POST "));
}

static void
test_never_sent (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);
  g_autoptr(DrillWrite) write = new_ack ("weekly");
  g_autoptr(DrillWrite) no_schedule = new_ack ("");

  drill_test_server_set_listening (server, FALSE);
  g_error_free (assert_fails (source, write, DRILL_ERROR_OFFLINE, FALSE, NULL));

  drill_test_server_set_listening (server, TRUE);
  g_error_free (assert_fails (source, no_schedule, DRILL_ERROR_BAD_INPUT, FALSE, NULL));
  g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, 0);
}

static void
test_time_out (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);
  g_autoptr(DrillWrite) write = new_ack ("weekly");

  drill_api_source_set_time_outs (DRILL_API_SOURCE (source), 10, 1);
  drill_test_server_add_fault (server, &(DrillTestFault) { .count = 1, .what = DRILL_TEST_HOLD });
  g_error_free (assert_fails (source, write, DRILL_ERROR_TIMED_OUT, TRUE, NULL));
  g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, 1);
  drill_test_server_release (server);
}

static gboolean
has_request (gpointer data)
{
  return drill_test_server_get_n_requests (data, NULL) > 0;
}

static void
test_cancel (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);
  g_autoptr(DrillWrite) write = new_ack ("weekly");

  /* Before it leaves, and after */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GBytes) answer = NULL;
      g_autoptr(GError) error = NULL;
      DrillWriteFailure failure;

      if (i == 0)
        g_cancellable_cancel (cancellable);
      else
        drill_test_server_add_fault (server, &(DrillTestFault) { .what = DRILL_TEST_HOLD });
      drill_source_write_async (source, write, cancellable, drill_test_loop_result, &result);
      if (i == 1)
        drill_test_loop_until (has_request, server);
      g_cancellable_cancel (cancellable);
      drill_test_loop_await (&result);
      answer = drill_source_write_finish (source, result, &failure, &error);
      g_assert_null (answer);
      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_CANCELLED);
      g_assert_cmpint (failure.maybe_done, ==, i == 1);
      g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, i);
    }
  drill_test_server_release (server);
}

static void
test_redirects (void)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };
  g_autoptr(DrillTestServer) other = drill_test_server_new ();

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr(DrillTestServer) server = drill_test_server_new ();
      g_autoptr(DrillSource) source = connect_to (server, TOKEN);
      g_autoptr(DrillWrite) write = new_ack ("weekly");
      g_autofree char *elsewhere = g_strconcat (drill_test_server_get_url (other), "/login?next=secret", NULL);
      g_autoptr(GError) error = NULL;

      drill_test_server_add_token (server, TOKEN, "me");
      drill_test_server_add_fault (server, &(DrillTestFault) {
        .count = 1, .what = DRILL_TEST_STATUS, .status = statuses[i], .header = "Location", .value = elsewhere,
      });
      drill_test_server_add_fault (server, &(DrillTestFault) {
        .first = 2, .count = 1, .what = DRILL_TEST_STATUS, .status = statuses[i], .header = "Location", .value = "/elsewhere",
      });
      error = assert_fails (source, write, DRILL_ERROR_BAD_REPLY, TRUE, NULL);
      g_assert_nonnull (strstr (error->message, drill_test_server_get_url (other)));
      g_assert_null (strstr (error->message, "secret"));
      g_clear_error (&error);
      error = assert_fails (source, write, DRILL_ERROR_BAD_REPLY, TRUE, NULL);
      g_assert_nonnull (strstr (error->message, drill_test_server_get_url (server)));
      g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, 2);
    }
  g_assert_cmpuint (drill_test_server_get_n_requests (other, NULL), ==, 0);
}

static void
test_answers_that_are_none (void)
{
  static const struct
  {
    const char *type;
    const char *body;
    guint status;
  } cases[] = {
    { "text/html", "<html>Sign in</html>", 200 },
    { NULL, "<html>", 200 },
    { NULL, "[]", 200 },
    { NULL, "{\"metadata\":{\"session_id\":", 200 },
    { NULL, "{} {}", 200 },
    { NULL, "", 200 },
    { NULL, "", 204 },
  };
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);
  g_autoptr(DrillWrite) write = new_ack ("weekly");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      drill_test_server_clear_faults (server);
      drill_test_server_add_fault (server, &(DrillTestFault) {
        .what = DRILL_TEST_STATUS, .status = cases[i].status, .type = cases[i].type, .body = cases[i].body,
      });
      g_error_free (assert_fails (source, write, DRILL_ERROR_BAD_REPLY, TRUE, NULL));
      g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, i + 1);
    }
}

static void
test_answer_too_large (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);
  g_autoptr(DrillWrite) write = new_ack ("weekly");
  g_autofree char *blanks = g_strnfill (9 * 1024 * 1024, ' ');
  g_autofree char *body = g_strconcat ("{", blanks, "}", NULL);

  drill_test_server_add_fault (server, &(DrillTestFault) { .count = 1, .what = DRILL_TEST_STATUS, .status = 200, .body = body });
  g_error_free (assert_fails (source, write, DRILL_ERROR_TOO_LARGE, TRUE, NULL));
}

/* A sign-in in the middle of the work */
static void
test_set_token (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, "expired");
  g_autoptr(DrillWrite) write = new_ack ("weekly");
  g_autofree char *authorization = NULL;
  g_autofree char *none = NULL;

  drill_test_server_set_auth_required (server, TRUE);
  drill_test_server_add_token (server, TOKEN, "release-manager");
  g_error_free (assert_fails (source, write, DRILL_ERROR_AUTH_REQUIRED, FALSE, NULL));
  drill_api_source_set_token (DRILL_API_SOURCE (source), " " TOKEN "\n");
  assert_done (source, write);
  authorization = drill_test_server_dup_header (server, 1, "authorization");
  g_assert_cmpstr (authorization, ==, "Bearer " TOKEN);

  drill_api_source_set_token (DRILL_API_SOURCE (source), NULL);
  g_error_free (assert_fails (source, write, DRILL_ERROR_AUTH_REQUIRED, FALSE, NULL));
  none = drill_test_server_dup_header (server, 2, "authorization");
  g_assert_null (none);
  g_assert_cmpuint (drill_test_server_count_acks (server, "weekly", "jira"), ==, 1);
}

/* Nothing leaves with a token that may not leave, nor without it */
static void
test_token_that_is_none (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);
  g_autoptr(DrillSource) plain = DRILL_SOURCE (drill_api_source_new ("http://cavra.example", NULL, NULL, NULL));
  g_autoptr(DrillWrite) write = new_ack ("weekly");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GBytes) session = NULL;
  g_autoptr(GError) error = NULL;

  drill_api_source_set_token (DRILL_API_SOURCE (source), "two " TOKEN);
  g_error_free (assert_fails (source, write, DRILL_ERROR_BAD_INPUT, FALSE, NULL));
  drill_source_read_session_async (source, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  session = drill_source_read_session_finish (source, result, &error);
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
  g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, 0);

  drill_api_source_set_token (DRILL_API_SOURCE (plain), TOKEN);
  g_error_free (assert_fails (plain, write, DRILL_ERROR_BAD_INPUT, FALSE, NULL));

  drill_api_source_set_token (DRILL_API_SOURCE (source), NULL);
  assert_done (source, write);
}

/* A service that says the token back does not get it shown */
static void
test_token_in_answer (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, TOKEN);
  g_autoptr(DrillWrite) write = new_ack ("weekly");

  drill_test_server_add_fault (server, &(DrillTestFault) {
    .count = 1, .what = DRILL_TEST_STATUS, .status = 500, .body = "{\"detail\":\"cannot use " TOKEN "\"}",
  });
  g_error_free (assert_fails (source, write, DRILL_ERROR_SERVICE, TRUE, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/sources/api-write/paths", test_paths);
  g_test_add_func ("/drill/sources/api-write/no-path", test_no_path);
  g_test_add_func ("/drill/sources/api-write/router", test_router);
  g_test_add_func ("/drill/sources/api-write/refused-bulk", test_refused_bulk);
  g_test_add_func ("/drill/sources/api-write/kinds", test_kinds);
  g_test_add_func ("/drill/sources/api-write/answer", test_answer);
  g_test_add_func ("/drill/sources/api-write/created", test_created);
  g_test_add_func ("/drill/sources/api-write/statuses", test_statuses);
  g_test_add_func ("/drill/sources/api-write/retry-after", test_retry_after);
  g_test_add_func ("/drill/sources/api-write/lost-answers", test_lost_answers);
  g_test_add_func ("/drill/sources/api-write/kept-connection", test_kept_connection);
  g_test_add_func ("/drill/sources/api-write/never-sent", test_never_sent);
  g_test_add_func ("/drill/sources/api-write/time-out", test_time_out);
  g_test_add_func ("/drill/sources/api-write/cancel", test_cancel);
  g_test_add_func ("/drill/sources/api-write/redirects", test_redirects);
  g_test_add_func ("/drill/sources/api-write/answers-that-are-none", test_answers_that_are_none);
  g_test_add_func ("/drill/sources/api-write/answer-too-large", test_answer_too_large);
  g_test_add_func ("/drill/sources/api-write/set-token", test_set_token);
  g_test_add_func ("/drill/sources/api-write/token-that-is-none", test_token_that_is_none);
  g_test_add_func ("/drill/sources/api-write/token-in-answer", test_token_in_answer);

  return g_test_run ();
}
