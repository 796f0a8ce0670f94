// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "drill-test-loop.h"
#include "drill-test-server.h"
#include "sources/drill-api-source.h"

#if defined (__SANITIZE_ADDRESS__)
/* LeakSanitizer of gcc 12 falls over the thread-local storage of the TLS module
 * that GIO loads; without TLS the same code is looked at by test-api-source.c */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}
#endif

static char *
certificate (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "support", "certs", name, NULL);
}

static DrillPage *
read_from (const char  *server_certificate,
           const char  *authority,
           guint       *n_requests,
           GError     **error)
{
  g_autofree char *server_file = certificate (server_certificate);
  g_autofree char *ca_file = authority != NULL ? certificate (authority) : NULL;
  g_autoptr(DrillTestServer) server = drill_test_server_new_tls (server_file);
  g_autoptr(DrillApiSource) source = drill_api_source_new (drill_test_server_get_url (server), ca_file, "secret", error);
  g_autoptr(GAsyncResult) result = NULL;
  DrillPage *page;

  g_assert_nonnull (source);
  drill_test_server_add_token (server, "secret", "release-manager");
  drill_api_source_set_retries (source, 2, 1);
  drill_source_read_history_async (DRILL_SOURCE (source), 0, 50, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  page = drill_source_read_history_finish (DRILL_SOURCE (source), result, error);
  *n_requests = drill_test_server_get_n_requests (server, NULL);

  return page;
}

static void
test_known_authority (void)
{
  g_autoptr(GError) error = NULL;
  guint n_requests;
  g_autoptr(DrillPage) page = read_from ("good.pem", "authority.pem", &n_requests, &error);

  g_assert_no_error (error);
  g_assert_nonnull (page);
  g_assert_cmpuint (n_requests, ==, 1);
}

typedef struct {
  const char *name;
  const char *certificate;
  const char *authority;
  const char *reason;
} Distrusted;

/* Nothing is sent, least of all the token, and nothing is tried again */
static void
test_distrusted (gconstpointer data)
{
  const Distrusted *distrusted = data;
  g_autoptr(GError) error = NULL;
  guint n_requests;
  g_autoptr(DrillPage) page = read_from (distrusted->certificate, distrusted->authority, &n_requests, &error);

  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_TLS);
  g_assert_null (page);
  g_assert_nonnull (strstr (error->message, distrusted->reason));
  g_assert_cmpuint (n_requests, ==, 0);
}

/* Takes connections but never says a word: that is no connection yet */
static void
test_silent_handshake (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  g_autoptr(GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", port);
  g_autoptr(DrillApiSource) source = drill_api_source_new (url, NULL, NULL, NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(DrillPage) page = NULL;

  drill_api_source_set_time_outs (source, 1, 50);
  drill_source_read_history_async (DRILL_SOURCE (source), 0, 50, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  page = drill_source_read_history_finish (DRILL_SOURCE (source), result, &error);
  g_assert_null (page);
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_TIMED_OUT);
  g_assert_nonnull (strstr (error->message, "no connection"));
}

static void
assert_not_sent (DrillApiSource *source,
                 DrillError      code)
{
  g_autoptr(DrillWrite) write = drill_write_new_ack (&(DrillAckTarget) { .schedule_id = "s", .provider = "jira" },
                                                     &(DrillAckNote) { .state = "acknowledged" });
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) answer = NULL;
  DrillWriteFailure failure;

  drill_source_write_async (DRILL_SOURCE (source), write, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  answer = drill_source_write_finish (DRILL_SOURCE (source), result, &failure, &error);
  g_assert_null (answer);
  g_assert_error (error, DRILL_ERROR, (int) code);
  g_assert_false (failure.maybe_done);
}

/* A write that finds no one to trust has certainly not been done */
static void
test_write (void)
{
  g_autofree char *server_file = certificate ("good.pem");
  g_autoptr(DrillTestServer) server = drill_test_server_new_tls (server_file);
  g_autoptr(DrillApiSource) source = drill_api_source_new (drill_test_server_get_url (server), NULL, "secret", NULL);
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", g_socket_listener_add_any_inet_port (listener, NULL, NULL));
  g_autoptr(DrillApiSource) silent = drill_api_source_new (url, NULL, NULL, NULL);

  assert_not_sent (source, DRILL_ERROR_TLS);
  g_assert_cmpuint (drill_test_server_get_n_requests (server, NULL), ==, 0);

  drill_api_source_set_time_outs (silent, 1, 50);
  assert_not_sent (silent, DRILL_ERROR_TIMED_OUT);
}

static void
test_ca_file_that_is_none (void)
{
  g_autofree char *missing = certificate ("missing.pem");
  g_autofree char *script = certificate ("make-certificates");
  g_autofree char *folder = certificate (".");
  const struct
  {
    const char *file;
    DrillError code;
  } cases[] = { { missing, DRILL_ERROR_NOT_FOUND }, { script, DRILL_ERROR_BAD_INPUT }, { folder, DRILL_ERROR_IO } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(DrillApiSource) source = drill_api_source_new ("https://cavra.example", cases[i].file, NULL, &error);

      g_assert_null (source);
      g_assert_error (error, DRILL_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].file));
    }
}

int
main (int    argc,
      char **argv)
{
  static const Distrusted cases[] = {
    { "/drill/sources/api-tls/unknown-authority", "good.pem", NULL, "known authority" },
    { "/drill/sources/api-tls/another-authority", "good.pem", "other-host.pem", "known authority" },
    { "/drill/sources/api-tls/expired", "expired.pem", "authority.pem", "expired" },
    { "/drill/sources/api-tls/other-host", "other-host.pem", "authority.pem", "another host" },
  };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/sources/api-tls/known-authority", test_known_authority);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_distrusted);
  g_test_add_func ("/drill/sources/api-tls/silent-handshake", test_silent_handshake);
  g_test_add_func ("/drill/sources/api-tls/write", test_write);
  g_test_add_func ("/drill/sources/api-tls/ca-file-that-is-none", test_ca_file_that_is_none);

  return g_test_run ();
}
