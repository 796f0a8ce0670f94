// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "drill-test-loop.h"
#include "drill-test-server.h"
#include "sources/drill-api-source.h"

#define TOKEN "t0ken-of-release-manager"
#define ITEM(id) "{\"session_id\":\"" id "\",\"created_at\":\"2026-05-20T10:00:00+00:00\"}"

static DrillSource *
connect_to (DrillTestServer *server,
            const char      *token)
{
  g_autoptr(GError) error = NULL;
  DrillApiSource *source = drill_api_source_new (drill_test_server_get_url (server), NULL, token, &error);

  g_assert_no_error (error);
  drill_api_source_set_retries (source, 2, 1);

  return DRILL_SOURCE (source);
}

static char *
read_text (DrillSource  *source,
           guint         offset,
           guint         limit,
           GError      **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(DrillPage) page = NULL;
  const char *data;
  gsize length;

  drill_source_read_history_async (source, offset, limit, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  page = drill_source_read_history_finish (source, result, error);
  if (page == NULL)
    return NULL;

  data = drill_page_get_data (page, &length);

  return g_strndup (data, length);
}

static void
assert_reads (DrillSource *source)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = read_text (source, 0, 50, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "\"items\":["));
}

static void
assert_fails (DrillSource *source,
              DrillError   code)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = read_text (source, 0, 50, &error);

  g_assert_error (error, DRILL_ERROR, (int) code);
  g_assert_null (text);
  g_assert_null (strstr (error->message, TOKEN));
}

static void
add_status (DrillTestServer *server,
            guint            count,
            guint            status,
            const char      *body,
            const char      *header,
            const char      *value)
{
  drill_test_server_add_fault (server, &(DrillTestFault) {
    .count = count, .what = DRILL_TEST_STATUS, .status = status, .body = body, .header = header, .value = value,
  });
}

static void
test_page (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *target = NULL;
  g_autofree char *agent = NULL;
  g_autofree char *authorization = NULL;

  drill_test_server_add_item (server, ITEM ("a"));
  drill_test_server_add_item (server, ITEM ("b"));
  drill_test_server_add_item (server, ITEM ("c"));
  text = read_text (source, 1, 1, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "\"items\":[" ITEM ("b") "],\"total\":3"));

  target = drill_test_server_dup_target (server, 0);
  g_assert_cmpstr (target, ==, "/runtime/go-pilot/rollback-drill-notifications?limit=1&offset=1");
  agent = drill_test_server_dup_header (server, 0, "user-agent");
  g_assert_true (g_str_has_prefix (agent, "DrillConsole/"));
  authorization = drill_test_server_dup_header (server, 0, "authorization");
  g_assert_null (authorization);

  g_assert_cmpint (drill_source_get_kind (source), ==, DRILL_SOURCE_LIVE);
  g_assert_cmpstr (drill_source_get_name (source), ==, drill_test_server_get_url (server));
  g_assert_true (drill_source_is_paged (source));
}

static void
test_path_prefix (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autofree char *url = g_strconcat (drill_test_server_get_url (server), "/cavra/", NULL);
  g_autoptr(DrillApiSource) source = drill_api_source_new (url, NULL, NULL, NULL);
  g_autofree char *target = NULL;

  assert_reads (DRILL_SOURCE (source));
  target = drill_test_server_dup_target (server, 0);
  g_assert_true (g_str_has_prefix (target, "/cavra/runtime/go-pilot/"));
}

static void
test_dashboard_and_session (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);
  g_autoptr(GAsyncResult) dashboard_result = NULL;
  g_autoptr(GAsyncResult) session_result = NULL;
  g_autoptr(GBytes) dashboard = NULL;
  g_autoptr(GBytes) session = NULL;
  g_autoptr(GError) error = NULL;

  drill_source_read_dashboard_async (source, NULL, drill_test_loop_result, &dashboard_result);
  drill_source_read_session_async (source, NULL, drill_test_loop_result, &session_result);
  drill_test_loop_await (&dashboard_result);
  drill_test_loop_await (&session_result);
  dashboard = drill_source_read_dashboard_finish (source, dashboard_result, &error);
  g_assert_no_error (error);
  session = drill_source_read_session_finish (source, session_result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (dashboard, NULL), (gssize) g_bytes_get_size (dashboard), "plan_count"));
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (session, NULL), (gssize) g_bytes_get_size (session), "local_or_demo"));
}

static void
test_token (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) anonymous = connect_to (server, NULL);
  g_autoptr(DrillSource) wrong = connect_to (server, "another");
  g_autoptr(DrillSource) right = connect_to (server, " " TOKEN "\n");
  g_autofree char *authorization = NULL;

  drill_test_server_set_auth_required (server, TRUE);
  drill_test_server_add_token (server, TOKEN, "release-manager");

  assert_fails (anonymous, DRILL_ERROR_AUTH_REQUIRED);
  assert_fails (wrong, DRILL_ERROR_AUTH_REQUIRED);
  g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, 2);
  assert_reads (right);
  authorization = drill_test_server_dup_header (server, 2, "authorization");
  g_assert_cmpstr (authorization, ==, "Bearer " TOKEN);
}

static void
test_token_over_plain_http (void)
{
  static const char *const refused[] = { "http://cavra.example", "http://10.1.2.3:8000", "http://localhost.example" };
  static const char *const accepted[] = { "https://cavra.example", "http://localhost:8000", "http://[::1]", "http://127.0.0.1" };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(DrillApiSource) source = drill_api_source_new (refused[i], NULL, TOKEN, &error);

      g_assert_null (source);
      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
      g_assert_nonnull (strstr (error->message, "HTTP"));
      g_assert_null (strstr (error->message, TOKEN));
    }

  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(DrillApiSource) source = drill_api_source_new (accepted[i], NULL, TOKEN, &error);

      g_assert_no_error (error);
      g_assert_nonnull (source);
    }
}

static void
test_token_that_is_none (void)
{
  static const char *const tokens[] = { "two words", "line\r\nX-Evil: 1", "gr\xc3\xbc" };

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(DrillApiSource) source = drill_api_source_new ("http://127.0.0.1:1", NULL, tokens[i], &error);

      g_assert_null (source);
      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
      g_assert_null (strstr (error->message, tokens[i]));
    }
}

/* A service that repeats what it was sent must not bring the token into a log */
static void
test_token_in_answer (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, TOKEN);

  add_status (server, 0, 400, "{\"detail\":\"token " TOKEN " was not wanted\"}", NULL, NULL);
  assert_fails (source, DRILL_ERROR_REJECTED);
}

static void
test_refused_for_good (void)
{
  static const struct
  {
    guint status;
    DrillError code;
  } cases[] = {
    { 400, DRILL_ERROR_REJECTED }, { 401, DRILL_ERROR_AUTH_REQUIRED }, { 403, DRILL_ERROR_FORBIDDEN },
    { 404, DRILL_ERROR_NOT_FOUND }, { 422, DRILL_ERROR_REJECTED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(DrillTestServer) server = drill_test_server_new ();
      g_autoptr(DrillSource) source = connect_to (server, NULL);

      add_status (server, 0, cases[i].status, "{\"detail\":\"no\"}", NULL, NULL);
      assert_fails (source, cases[i].code);
      g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, 1);
    }
}

static void
test_refused_in_passing (void)
{
  static const struct
  {
    guint status;
    DrillError code;
  } cases[] = { { 429, DRILL_ERROR_BUSY }, { 500, DRILL_ERROR_SERVICE }, { 503, DRILL_ERROR_SERVICE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(DrillTestServer) server = drill_test_server_new ();
      g_autoptr(DrillSource) source = connect_to (server, NULL);

      add_status (server, 2, cases[i].status, "<html>busy</html>", "Retry-After", "0");
      assert_reads (source);
      g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, 3);

      drill_test_server_clear_faults (server);
      add_status (server, 0, cases[i].status, NULL, NULL, NULL);
      assert_fails (source, cases[i].code);
      g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, 6);
    }
}

static void
test_not_json (void)
{
  static const DrillTestFault cases[] = {
    { .what = DRILL_TEST_STATUS, .status = 200, .type = "text/html", .body = "<html><body>Log in</body></html>" },
    { .what = DRILL_TEST_STATUS, .status = 200, .type = "application/json", .body = "<html>" },
    { .what = DRILL_TEST_STATUS, .status = 200, .type = "text/plain", .body = "{\"items\":[]}" },
    { .what = DRILL_TEST_STATUS, .status = 200, .body = "" },
    { .what = DRILL_TEST_STATUS, .status = 204, .body = "" },
    { .what = DRILL_TEST_STATUS, .status = 200, .body = "\x1f\x8b\x08rest", .header = "Content-Encoding", .value = "gzip" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(DrillTestServer) server = drill_test_server_new ();
      g_autoptr(DrillSource) source = connect_to (server, NULL);

      drill_test_server_add_fault (server, &cases[i]);
      assert_fails (source, DRILL_ERROR_BAD_REPLY);
    }
}

static void
test_truncated (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);

  drill_test_server_add_fault (server, &(DrillTestFault) { .count = 1, .what = DRILL_TEST_DROP_IN_BODY });
  assert_reads (source);

  drill_test_server_add_fault (server, &(DrillTestFault) { .what = DRILL_TEST_DROP_IN_BODY });
  assert_fails (source, DRILL_ERROR_BAD_REPLY);
}

static void
test_dropped (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);

  drill_test_server_add_fault (server, &(DrillTestFault) { .count = 1, .what = DRILL_TEST_DROP });
  assert_reads (source);

  drill_test_server_add_fault (server, &(DrillTestFault) { .what = DRILL_TEST_DROP });
  assert_fails (source, DRILL_ERROR_OFFLINE);
}

static void
test_not_listening (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);

  drill_test_server_set_listening (server, FALSE);
  assert_fails (source, DRILL_ERROR_OFFLINE);
  drill_test_server_set_listening (server, TRUE);
  assert_reads (source);
}

static void
test_silent (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);

  drill_api_source_set_time_outs (DRILL_API_SOURCE (source), 1, 1);
  drill_test_server_add_fault (server, &(DrillTestFault) { .count = 1, .what = DRILL_TEST_HOLD });
  assert_fails (source, DRILL_ERROR_TIMED_OUT);
  g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, 1);
  drill_test_server_release (server);
  assert_reads (source);
}

typedef struct {
  DrillTestServer *server;
  guint n;
} Asked;

static gboolean
was_asked (gpointer data)
{
  Asked *asked = data;

  return drill_test_server_get_n_requests (asked->server, NULL) >= asked->n;
}

static void
await_requests (DrillTestServer *server,
                guint            n)
{
  Asked asked = { server, n };

  drill_test_loop_until (was_asked, &asked);
}

static void
test_cancelled (gconstpointer data)
{
  const DrillTestFault *fault = data;
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(DrillPage) page = NULL;
  g_autoptr(GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();

  drill_test_server_add_fault (server, fault);
  drill_source_read_history_async (source, 0, 50, cancellable, drill_test_loop_result, &result);
  await_requests (server, 1);
  g_cancellable_cancel (cancellable);
  drill_test_loop_await (&result);
  page = drill_source_read_history_finish (source, result, &error);
  g_assert_null (page);
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_CANCELLED);
  g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, 1);
  /* Not after the minute of Retry-After */
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 50 * G_TIME_SPAN_SECOND);

  drill_test_server_release (server);
  drill_test_server_clear_faults (server);
  assert_reads (source);
}

static void
test_cancelled_before (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(DrillPage) page = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  drill_source_read_history_async (source, 0, 50, cancellable, drill_test_loop_result, &result);
  g_assert_null (result);
  drill_test_loop_await (&result);
  page = drill_source_read_history_finish (source, result, &error);
  g_assert_null (page);
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_CANCELLED);
  g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, 0);
}

static void
test_redirect_within (void)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr(DrillTestServer) server = drill_test_server_new ();
      g_autoptr(DrillSource) source = connect_to (server, TOKEN);
      g_autofree char *authorization = NULL;
      g_autofree char *target = NULL;

      drill_test_server_add_token (server, TOKEN, "release-manager");
      add_status (server, 1, statuses[i], "", "Location", "/v2/rollback-drill-notifications?limit=7");
      assert_reads (source);
      target = drill_test_server_dup_target (server, 1);
      g_assert_cmpstr (target, ==, "/v2/rollback-drill-notifications?limit=7");
      authorization = drill_test_server_dup_header (server, 1, "authorization");
      g_assert_cmpstr (authorization, ==, "Bearer " TOKEN);
    }
}

static void
test_redirect_elsewhere (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillTestServer) other = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, TOKEN);

  add_status (server, 0, 302, "", "Location", drill_test_server_get_url (other));
  assert_fails (source, DRILL_ERROR_BAD_REPLY);
  g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, 1);
  g_assert_cmpuint (drill_test_server_get_n_requests (other, NULL), ==, 0);
}

static void
test_redirect_round_and_round (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);

  add_status (server, 0, 302, "", "Location", "/round");
  assert_fails (source, DRILL_ERROR_BAD_REPLY);
  g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, 6);
}

static void
test_redirect_to_nowhere (void)
{
  static const char *const locations[] = { NULL, "", "http://[", "ftp://127.0.0.1/", "file:///etc/passwd" };

  for (gsize i = 0; i < G_N_ELEMENTS (locations); i++)
    {
      g_autoptr(DrillTestServer) server = drill_test_server_new ();
      g_autoptr(DrillSource) source = connect_to (server, NULL);

      add_status (server, 0, 302, "", locations[i] != NULL ? "Location" : NULL, locations[i]);
      assert_fails (source, DRILL_ERROR_BAD_REPLY);
    }
}

static void
test_gzip (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);
  g_autofree char *accepted = NULL;

  drill_test_server_set_gzip (server, TRUE);
  assert_reads (source);
  accepted = drill_test_server_dup_header (server, 0, "accept-encoding");
  g_assert_nonnull (strstr (accepted, "gzip"));
}

static void
test_too_large (gconstpointer data)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);
  g_autofree char *filler = g_strnfill (1000 * 1000, 'x');
  g_autofree char *item = g_strdup_printf ("{\"session_id\":\"a\",\"notes\":\"%s\"}", filler);

  drill_test_server_set_gzip (server, GPOINTER_TO_INT (data));
  drill_test_server_add_item (server, item);
  assert_reads (source);
  drill_api_source_set_max_page (DRILL_API_SOURCE (source), 500 * 1000);
  assert_fails (source, DRILL_ERROR_TOO_LARGE);
  g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, 2);
}

static gboolean
draw_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* A window that is never done with drawing does not keep an answer from being read */
static void
test_while_drawing (void)
{
  g_autoptr(DrillTestServer) server = drill_test_server_new ();
  g_autoptr(DrillSource) source = connect_to (server, NULL);
  guint id = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 20, draw_cb, NULL, NULL); /* GDK_PRIORITY_REDRAW */

  assert_reads (source);
  g_source_remove (id);
}

int
main (int    argc,
      char **argv)
{
  static const DrillTestFault held = { .what = DRILL_TEST_HOLD };
  static const DrillTestFault busy = {
    .what = DRILL_TEST_STATUS, .status = 429, .header = "Retry-After", .value = "60",
  };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/sources/api-source/page", test_page);
  g_test_add_func ("/drill/sources/api-source/path-prefix", test_path_prefix);
  g_test_add_func ("/drill/sources/api-source/dashboard-and-session", test_dashboard_and_session);
  g_test_add_func ("/drill/sources/api-source/token", test_token);
  g_test_add_func ("/drill/sources/api-source/token-over-plain-http", test_token_over_plain_http);
  g_test_add_func ("/drill/sources/api-source/token-that-is-none", test_token_that_is_none);
  g_test_add_func ("/drill/sources/api-source/token-in-answer", test_token_in_answer);
  g_test_add_func ("/drill/sources/api-source/refused-for-good", test_refused_for_good);
  g_test_add_func ("/drill/sources/api-source/refused-in-passing", test_refused_in_passing);
  g_test_add_func ("/drill/sources/api-source/not-json", test_not_json);
  g_test_add_func ("/drill/sources/api-source/truncated", test_truncated);
  g_test_add_func ("/drill/sources/api-source/dropped", test_dropped);
  g_test_add_func ("/drill/sources/api-source/not-listening", test_not_listening);
  g_test_add_func ("/drill/sources/api-source/silent", test_silent);
  g_test_add_data_func ("/drill/sources/api-source/cancelled-while-waiting", &held, test_cancelled);
  g_test_add_data_func ("/drill/sources/api-source/cancelled-in-pause", &busy, test_cancelled);
  g_test_add_func ("/drill/sources/api-source/cancelled-before", test_cancelled_before);
  g_test_add_func ("/drill/sources/api-source/redirect-within", test_redirect_within);
  g_test_add_func ("/drill/sources/api-source/redirect-elsewhere", test_redirect_elsewhere);
  g_test_add_func ("/drill/sources/api-source/redirect-round-and-round", test_redirect_round_and_round);
  g_test_add_func ("/drill/sources/api-source/redirect-to-nowhere", test_redirect_to_nowhere);
  g_test_add_func ("/drill/sources/api-source/gzip", test_gzip);
  g_test_add_func ("/drill/sources/api-source/while-drawing", test_while_drawing);
  g_test_add_data_func ("/drill/sources/api-source/too-large", GINT_TO_POINTER (FALSE), test_too_large);
  g_test_add_data_func ("/drill/sources/api-source/too-large-unpacked", GINT_TO_POINTER (TRUE), test_too_large);

  return g_test_run ();
}
