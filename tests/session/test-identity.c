// SPDX-License-Identifier: GPL-3.0-or-later

/* Connections and tokens, with a real keyring: on a bus of its own, unlocked,
 * locked and absent. Each test has a service, and so an origin, of its own. */

#include <glib/gstdio.h>
#include <string.h>

#include "base/drill-time.h"
#include "drill-generate.h"
#include "drill-test-keyring.h"
#include "drill-test-loop.h"
#include "drill-test-server.h"
#include "session/drill-session.h"

#define NOW      G_GINT64_CONSTANT (1780000000000000)
#define N_ROUTES 200
#define TOKEN    "the-token.of-alice.signed"
#define PASTED   "\nAuthorization: Bearer the-token.\n  of-alice.signed\r\n"

static DrillTestKeyring *keyring;

typedef struct {
  DrillClock *clock;
  DrillSession *session;
  DrillTestServer *server;
  DrillConnection *connection;
  char *file;
} Fixture;

static DrillSession *
session_new (Fixture *self)
{
  const DrillSessionPauses pauses = { .max_retry_ms = 20, .first_retry_ms = 10, .n_read_retries = 1, .first_read_pause_ms = 1 };
  DrillSession *session = drill_session_new (self->clock);

  drill_session_set_pauses (session, &pauses);
  drill_session_set_connections_file (session, self->file);

  return session;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  self->file = g_strdup_printf ("%s/connections-%u.ini", drill_test_keyring_get_home (keyring), g_random_int ());
  self->clock = drill_clock_new_fixed (NOW);
  self->session = session_new (self);
  self->server = drill_test_server_new ();
  drill_test_server_set_items (self->server, drill_generate_items (N_ROUTES, 1, NOW));
  drill_test_server_set_auth_required (self->server, TRUE);
  drill_test_server_add_token (self->server, TOKEN, "alice");
  self->connection = drill_connection_new (NULL, "Production", drill_test_server_get_url (self->server), NULL, NULL, FALSE,
                                           &error);
  g_assert_no_error (error);
  drill_connections_save (drill_session_get_connections (self->session), self->connection, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  drill_session_close (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->clock);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->server, drill_test_server_free);
  g_unlink (self->file);
  g_free (self->file);
}

static gboolean
is_idle (gpointer data)
{
  return !drill_session_get_loading (data);
}

static gboolean
is_fresh (gpointer data)
{
  return drill_session_get_shown (data) == DRILL_SHOWN_LIVE && !drill_session_get_loading (data) &&
         drill_session_get_error (data) == NULL && drill_session_get_complete (data);
}

static void
open_connection (DrillSession    *session,
                 DrillConnection *connection)
{
  drill_session_open_connection (session, connection);
  drill_test_loop_until (is_idle, session);
}

static gboolean
sign_in (DrillSession  *session,
         const char    *token,
         gboolean       keep,
         GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  drill_session_sign_in_async (session, token, keep, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);

  return drill_session_sign_in_finish (session, result, error);
}

static void
sign_in_well (DrillSession *session,
              const char   *token,
              gboolean      keep)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (sign_in (session, token, keep, &error));
  g_assert_no_error (error);
}

static gboolean
forget (DrillSession     *session,
        DrillConnection  *connection,
        GError          **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  drill_session_forget_async (session, connection, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);

  return drill_session_forget_finish (session, result, error);
}

static guint
count_requests (Fixture *self)
{
  return drill_test_server_get_n_requests (self->server, NULL);
}

/* What the requests from @first on were sent with */
static void
assert_sent_with (Fixture    *self,
                  guint       first,
                  const char *header)
{
  g_assert_cmpuint (count_requests (self), >, first);
  for (guint i = first; i < count_requests (self); i++)
    {
      g_autofree char *sent = drill_test_server_dup_header (self->server, i, "authorization");

      g_assert_cmpstr (sent, ==, header);
    }
}

static void
assert_alice (DrillSession    *session,
              DrillTokenState  state)
{
  const DrillActor *actor = drill_session_get_actor (session);

  g_assert_nonnull (actor);
  g_assert_true (actor->authenticated);
  g_assert_cmpstr (actor->name, ==, "alice");
  g_assert_cmpint (drill_session_get_token_state (session), ==, state);
}

static char *
encode (const char *text)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) text, strlen (text));
  char *end = strchr (base64, '=');

  if (end != NULL)
    *end = '\0';

  return g_strdelimit (g_strdelimit (g_steal_pointer (&base64), "+", '-'), "/", '_');
}

/* A JSON Web Token that nobody has signed, but who reads its expiry does not mind */
static char *
dup_jwt (gint64 expires_us)
{
  g_autofree char *claims = g_strdup_printf ("{\"sub\":\"alice\",\"exp\":%" G_GINT64_FORMAT "}", expires_us / G_USEC_PER_SEC);
  g_autofree char *head = encode ("{\"alg\":\"none\"}");
  g_autofree char *body = encode (claims);

  return g_strdup_printf ("%s.%s.c2ln", head, body);
}

static void
test_kept (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr(DrillSession) next = NULL;
  guint first;

  open_connection (self->session, self->connection);
  g_assert_error (drill_session_get_error (self->session), DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED);
  g_assert_no_error (drill_session_get_keyring_error (self->session));
  g_assert_cmpint (drill_session_get_token_state (self->session), ==, DRILL_TOKEN_NONE);
  g_assert_true (drill_session_get_connection (self->session) == self->connection);
  assert_sent_with (self, 0, NULL);

  first = count_requests (self);
  sign_in_well (self->session, PASTED, TRUE);
  assert_alice (self->session, DRILL_TOKEN_KEYRING);
  drill_test_loop_until (is_fresh, self->session);
  g_assert_cmpuint (drill_evidence_get_n_routes (drill_session_get_evidence (self->session)), ==, N_ROUTES);
  assert_sent_with (self, first, "Bearer " TOKEN);

  /* The next start of the program */
  first = count_requests (self);
  next = session_new (self);
  open_connection (next, drill_connections_find_name (drill_session_get_connections (next), "Production"));
  g_assert_true (is_fresh (next));
  assert_alice (next, DRILL_TOKEN_KEYRING);
  assert_sent_with (self, first, "Bearer " TOKEN);
  drill_session_close (next);
}

static void
test_session_only (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr(DrillSession) next = NULL;

  open_connection (self->session, self->connection);
  sign_in_well (self->session, TOKEN, FALSE);
  assert_alice (self->session, DRILL_TOKEN_MEMORY);
  drill_test_loop_until (is_fresh, self->session);

  /* Still there after a look at something else */
  drill_session_open_sample (self->session);
  drill_test_loop_until (is_idle, self->session);
  g_assert_null (drill_session_get_connection (self->session));
  g_assert_cmpint (drill_session_get_token_state (self->session), ==, DRILL_TOKEN_NONE);
  open_connection (self->session, self->connection);
  assert_alice (self->session, DRILL_TOKEN_MEMORY);

  next = session_new (self);
  open_connection (next, self->connection);
  g_assert_cmpint (drill_session_get_token_state (next), ==, DRILL_TOKEN_NONE);
  g_assert_error (drill_session_get_error (next), DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED);
  drill_session_close (next);
}

/* What the service does not take is neither used nor kept */
static void
test_refused (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) rejected = NULL;
  g_autoptr(GError) none = NULL;
  const DrillTestFault fault = {
    .path = DRILL_TEST_SESSION, .what = DRILL_TEST_STATUS, .status = 400,
    .body = "{\"detail\": \"console OIDC config is not configured\"}",
  };
  guint first;

  open_connection (self->session, self->connection);
  g_assert_false (sign_in (self->session, "mallory", TRUE, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED);
  g_assert_cmpint (drill_session_get_token_state (self->session), ==, DRILL_TOKEN_NONE);

  drill_test_server_add_fault (self->server, &fault);
  g_assert_false (sign_in (self->session, TOKEN, TRUE, &rejected));
  g_assert_error (rejected, DRILL_ERROR, DRILL_ERROR_REJECTED);
  drill_test_server_clear_faults (self->server);

  g_assert_false (sign_in (self->session, " Bearer \n", TRUE, &none));
  g_assert_error (none, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);

  first = count_requests (self);
  open_connection (self->session, self->connection);
  g_assert_cmpint (drill_session_get_token_state (self->session), ==, DRILL_TOKEN_NONE);
  assert_sent_with (self, first, NULL);
}

/* A token that has expired stays here */
static void
test_expired (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *jwt = dup_jwt (NOW + 60 * G_USEC_PER_SEC);
  g_autofree char *header = g_strconcat ("Bearer ", jwt, NULL);
  g_autoptr(GError) error = NULL;
  guint first;

  drill_test_server_add_token (self->server, jwt, "alice");
  open_connection (self->session, self->connection);
  first = count_requests (self);
  sign_in_well (self->session, jwt, TRUE);
  drill_test_loop_until (is_fresh, self->session);
  assert_sent_with (self, first, header);

  /* While the program runs */
  drill_clock_set (self->clock, NOW + 61 * G_USEC_PER_SEC);
  first = count_requests (self);
  drill_session_refresh (self->session);
  drill_test_loop_until (is_idle, self->session);
  assert_sent_with (self, first, NULL);
  g_assert_error (drill_session_get_keyring_error (self->session), DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED);
  g_assert_cmpint (drill_session_get_token_state (self->session), ==, DRILL_TOKEN_NONE);
  g_assert_cmpint (drill_session_get_shown (self->session), ==, DRILL_SHOWN_LIVE);
  g_assert_cmpint (drill_session_get_stale_since (self->session), !=, DRILL_TIME_UNKNOWN);

  /* From the keyring */
  first = count_requests (self);
  open_connection (self->session, self->connection);
  assert_sent_with (self, first, NULL);
  g_assert_error (drill_session_get_keyring_error (self->session), DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED);

  /* And when it is pasted */
  first = count_requests (self);
  g_assert_false (sign_in (self->session, jwt, TRUE, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED);
  g_assert_nonnull (strstr (error->message, "expired"));
  g_assert_cmpuint (count_requests (self), ==, first);
}

/* 401 in the middle of work: what is shown stays, and a new token goes on with it */
static void
test_refused_later (Fixture       *self,
                    gconstpointer  data)
{
  const DrillTestFault fault = { .what = DRILL_TEST_STATUS, .status = 401, .body = "{\"detail\": \"token is expired\"}" };
  DrillRouteTable *table;

  open_connection (self->session, self->connection);
  sign_in_well (self->session, TOKEN, FALSE);
  drill_test_loop_until (is_fresh, self->session);
  table = drill_session_get_table (self->session);

  drill_test_server_add_fault (self->server, &fault);
  drill_session_refresh (self->session);
  drill_test_loop_until (is_idle, self->session);
  g_assert_error (drill_session_get_error (self->session), DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED);
  g_assert_true (drill_session_get_table (self->session) == table);
  g_assert_cmpint (drill_session_get_stale_since (self->session), !=, DRILL_TIME_UNKNOWN);

  drill_test_server_clear_faults (self->server);
  drill_test_server_add_token (self->server, "a-new-one", "alice");
  sign_in_well (self->session, "Bearer a-new-one", FALSE);
  assert_alice (self->session, DRILL_TOKEN_MEMORY);
  g_assert_true (drill_session_get_table (self->session) == table);
  drill_test_loop_until (is_fresh, self->session);
  g_assert_cmpint (drill_session_get_stale_since (self->session), ==, DRILL_TIME_UNKNOWN);
}

/* Signing in while a load is under way: it is asked once more, with the token */
static void
test_while_loading (Fixture       *self,
                    gconstpointer  data)
{
  const DrillTestFault fault = { .path = DRILL_TEST_HISTORY, .count = 1, .what = DRILL_TEST_HOLD };

  drill_test_server_add_fault (self->server, &fault);
  drill_session_open_connection (self->session, self->connection);
  sign_in_well (self->session, TOKEN, FALSE);
  g_assert_true (drill_session_get_loading (self->session));
  drill_test_server_release (self->server);
  drill_test_loop_until (is_fresh, self->session);
  assert_alice (self->session, DRILL_TOKEN_MEMORY);
}

static gboolean
is_asked (gpointer data)
{
  return drill_test_server_get_n_requests (data, DRILL_TEST_SESSION) == 1 &&
         drill_test_server_get_n_requests (data, DRILL_TEST_HISTORY) == 1;
}

static void
no_error_cb (DrillSession *session)
{
  g_assert_no_error (drill_session_get_error (session));
}

/* What was asked before signing in is answered after it, and it is an answer to
 * nobody: neither who we are nor what is wrong */
static void
test_late_answer (Fixture       *self,
                  gconstpointer  data)
{
  const char *path = data;
  const DrillTestFault fault = { .path = path, .count = 1, .what = DRILL_TEST_HOLD };

  drill_test_server_add_fault (self->server, &fault);
  drill_session_open_connection (self->session, self->connection);
  drill_test_loop_until (is_asked, self->server);
  /* The other of the two is answered by now, or it is not: it does not matter */
  sign_in_well (self->session, TOKEN, FALSE);
  assert_alice (self->session, DRILL_TOKEN_MEMORY);
  g_assert_true (drill_session_get_loading (self->session));

  g_signal_connect (self->session, "notify::error", G_CALLBACK (no_error_cb), NULL);
  drill_test_server_release (self->server);
  drill_test_loop_until (is_fresh, self->session);
  assert_alice (self->session, DRILL_TOKEN_MEMORY);
  g_assert_cmpint (drill_session_get_gate (self->session), ==, DRILL_GATE_OPEN);
}

static void
test_sign_out (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  guint first;

  open_connection (self->session, self->connection);
  sign_in_well (self->session, TOKEN, TRUE);
  drill_test_loop_until (is_fresh, self->session);

  first = count_requests (self);
  drill_session_sign_out_async (self->session, NULL, drill_test_loop_result, &result);
  g_assert_cmpint (drill_session_get_token_state (self->session), ==, DRILL_TOKEN_NONE);
  drill_test_loop_await (&result);
  g_assert_true (drill_session_sign_out_finish (self->session, result, &error));
  g_assert_no_error (error);
  drill_test_loop_until (is_idle, self->session);
  assert_sent_with (self, first, NULL);
  g_assert_true (drill_session_get_actor (self->session) == NULL ||
                 !drill_session_get_actor (self->session)->authenticated);
  g_assert_cmpint (drill_session_get_shown (self->session), ==, DRILL_SHOWN_LIVE);

  open_connection (self->session, self->connection);
  g_assert_cmpint (drill_session_get_token_state (self->session), ==, DRILL_TOKEN_NONE);
}

static void
test_forget (Fixture       *self,
             gconstpointer  data)
{
  DrillConnections *connections = drill_session_get_connections (self->session);
  g_autoptr(DrillConnection) twin = drill_connection_new (NULL, "Audit", drill_connection_get_url (self->connection), NULL, NULL,
                                                          TRUE, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (drill_connections_save (connections, twin, NULL));
  open_connection (self->session, self->connection);
  sign_in_well (self->session, TOKEN, TRUE);
  drill_test_loop_until (is_fresh, self->session);

  /* The other one has the same token, and keeps it; what is shown is of nobody any more */
  g_assert_true (forget (self->session, self->connection, &error));
  g_assert_no_error (error);
  g_assert_null (drill_connections_find_name (connections, "Production"));
  g_assert_null (drill_session_get_connection (self->session));
  drill_test_loop_until (is_idle, self->session);
  g_assert_cmpint (drill_session_get_shown (self->session), ==, DRILL_SHOWN_SAMPLE);
  open_connection (self->session, twin);
  assert_alice (self->session, DRILL_TOKEN_KEYRING);

  /* With the last one, the token goes */
  g_assert_true (forget (self->session, twin, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (connections)), ==, 0);
  open_connection (self->session, self->connection);
  g_assert_cmpint (drill_session_get_token_state (self->session), ==, DRILL_TOKEN_NONE);
}

/* A test asks once and changes nothing */
static void
test_test (Fixture       *self,
           gconstpointer  data)
{
  static const struct
  {
    const char *token;
    const char *name;
    const char *mode;
    int code;
  } cases[] = {
    { NULL, NULL, "auth_required", -1 },
    { PASTED, "alice", "authenticated", -1 },
    { "mallory", NULL, NULL, DRILL_ERROR_AUTH_REQUIRED },
    { "two words\001", NULL, NULL, DRILL_ERROR_BAD_INPUT },
  };

  drill_session_open_sample (self->session);
  drill_test_loop_until (is_idle, self->session);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(DrillActor) actor = NULL;
      g_autoptr(GError) error = NULL;

      drill_session_test_async (self->session, self->connection, cases[i].token, NULL, drill_test_loop_result, &result);
      drill_test_loop_await (&result);
      actor = drill_session_test_finish (self->session, result, &error);
      if (cases[i].code >= 0)
        {
          g_assert_error (error, DRILL_ERROR, cases[i].code);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (actor->mode, ==, cases[i].mode);
      g_assert_cmpstr (actor->name, ==, cases[i].name);
    }

  g_assert_cmpint (drill_session_get_shown (self->session), ==, DRILL_SHOWN_SAMPLE);
  g_assert_null (drill_session_get_connection (self->session));
  g_assert_null (drill_session_get_actor (self->session));
  g_assert_cmpuint (drill_test_server_get_n_requests (self->server, DRILL_TEST_HISTORY), ==, 0);
}

/* No token over plain HTTP to another machine, and nobody is even asked for one */
static void
test_plain_http (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr(DrillConnection) remote = drill_connection_new (NULL, NULL, "http://cavra.invalid", NULL, NULL, FALSE, NULL);
  g_autoptr(DrillConnection) safe = drill_connection_new (NULL, NULL, "https://cavra.invalid", NULL, NULL, FALSE, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_false (drill_session_takes_token (remote));
  g_assert_true (drill_session_takes_token (safe));
  g_assert_true (drill_session_takes_token (self->connection));

  drill_session_open_connection (self->session, remote);
  g_assert_cmpint (drill_session_get_token_state (self->session), ==, DRILL_TOKEN_NONE);
  g_assert_false (sign_in (self->session, TOKEN, FALSE, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
}

/* What cannot even be begun says why, and is begun when it can */
static void
test_ca_file (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *path = g_strconcat (self->file, ".pem", NULL);
  g_autofree char *good = g_test_build_filename (G_TEST_DIST, "support", "certs", "authority.pem", NULL);
  g_autofree char *text = NULL;
  g_autoptr(DrillConnection) connection = drill_connection_new (NULL, NULL, drill_connection_get_url (self->connection), path,
                                                                NULL, FALSE, NULL);

  drill_test_server_set_auth_required (self->server, FALSE);
  open_connection (self->session, connection);
  g_assert_error (drill_session_get_error (self->session), DRILL_ERROR, DRILL_ERROR_NOT_FOUND);
  g_assert_cmpstr (drill_session_get_wanted_name (self->session), ==, drill_connection_get_url (connection));
  g_assert_cmpuint (count_requests (self), ==, 0);

  g_assert_true (g_file_get_contents (good, &text, NULL, NULL));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  drill_session_refresh (self->session);
  drill_test_loop_until (is_fresh, self->session);
  g_unlink (path);
}

/* The last that was asked for is shown, whatever the keyring answers meanwhile */
static void
test_change_of_mind (Fixture       *self,
                     gconstpointer  data)
{
  g_autoptr(DrillTestServer) other = drill_test_server_new ();
  g_autoptr(DrillConnection) elsewhere = drill_connection_new (NULL, NULL, drill_test_server_get_url (other), NULL, NULL, FALSE,
                                                               NULL);

  drill_test_server_set_items (other, drill_generate_items (10, 2, NOW));
  drill_session_open_connection (self->session, self->connection);
  g_assert_cmpint (drill_session_get_token_state (self->session), ==, DRILL_TOKEN_LOOKING);
  g_assert_true (drill_session_get_loading (self->session));
  drill_session_open_connection (self->session, elsewhere);
  drill_test_loop_until (is_fresh, self->session);
  g_assert_cmpstr (drill_session_get_name (self->session), ==, drill_test_server_get_url (other));
  g_assert_cmpuint (count_requests (self), ==, 0);

  /* Waiting for the keyring can be given up */
  drill_session_open_connection (self->session, self->connection);
  drill_session_cancel (self->session);
  drill_test_loop_until (is_idle, self->session);
  g_assert_error (drill_session_get_error (self->session), DRILL_ERROR, DRILL_ERROR_CANCELLED);
  g_assert_cmpint (drill_session_get_token_state (self->session), ==, DRILL_TOKEN_NONE);
}

/* Trouble with the keyring: one can still work, and is told */
static void
check_trouble (Fixture    *self,
               DrillError  code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) left = NULL;

  open_connection (self->session, self->connection);
  g_assert_error (drill_session_get_keyring_error (self->session), DRILL_ERROR, (int) code);
  g_assert_error (drill_session_get_error (self->session), DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED);

  g_assert_false (sign_in (self->session, TOKEN, TRUE, &error));
  g_assert_error (error, DRILL_ERROR, (int) code);
  assert_alice (self->session, DRILL_TOKEN_MEMORY);
  g_assert_error (drill_session_get_keyring_error (self->session), DRILL_ERROR, (int) code);
  drill_test_loop_until (is_fresh, self->session);

  sign_in_well (self->session, TOKEN, FALSE);
  g_assert_no_error (drill_session_get_keyring_error (self->session));
  drill_test_loop_until (is_fresh, self->session);

  /* Without a keyring there is nothing to leave behind; a locked one has to be opened first */
  g_assert_false (forget (self->session, self->connection, &left));
  g_assert_error (left, DRILL_ERROR, (int) code);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (drill_session_get_connections (self->session))), ==,
                    code == DRILL_ERROR_KEYRING ? 0 : 1);
}

static void
test_locked (Fixture       *self,
             gconstpointer  data)
{
  open_connection (self->session, self->connection);
  sign_in_well (self->session, TOKEN, TRUE);
  drill_session_close (self->session);
  g_clear_object (&self->session);
  self->session = session_new (self);

  drill_test_keyring_kill (keyring);
  drill_test_keyring_start (keyring, FALSE);
  check_trouble (self, DRILL_ERROR_KEYRING_LOCKED);

  drill_test_keyring_kill (keyring);
  drill_test_keyring_start (keyring, TRUE);
}

static void
test_absent (Fixture       *self,
             gconstpointer  data)
{
  drill_test_keyring_kill (keyring);
  check_trouble (self, DRILL_ERROR_KEYRING);
  drill_test_keyring_start (keyring, TRUE);
}

/* From the command line: never in the keyring, and only at that address */
static void
test_connect (Fixture       *self,
              gconstpointer  data)
{
  const char *url = drill_test_server_get_url (self->server);
  g_autoptr(DrillSession) next = session_new (self);
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) unsafe = NULL;

  g_assert_true (drill_session_connect (self->session, url, NULL, PASTED, &error));
  g_assert_no_error (error);
  drill_test_loop_until (is_fresh, self->session);
  assert_alice (self->session, DRILL_TOKEN_MEMORY);
  g_assert_cmpstr (drill_connection_get_url (drill_session_get_connection (self->session)), ==, url);
  open_connection (next, self->connection);
  g_assert_cmpint (drill_session_get_token_state (next), ==, DRILL_TOKEN_NONE);
  drill_session_close (next);

  g_assert_false (drill_session_connect (self->session, "http://cavra.invalid", NULL, TOKEN, &unsafe));
  g_assert_error (unsafe, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
  g_assert_null (strstr (unsafe->message, TOKEN));
  assert_alice (self->session, DRILL_TOKEN_MEMORY);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);

  keyring = drill_test_keyring_new ();
  drill_test_keyring_start (keyring, TRUE);

#define ADD(name, function) \
  g_test_add ("/drill/session/identity/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("kept", test_kept);
  ADD ("session-only", test_session_only);
  ADD ("refused", test_refused);
  ADD ("expired", test_expired);
  ADD ("refused-later", test_refused_later);
  ADD ("while-loading", test_while_loading);
  g_test_add ("/drill/session/identity/late-answer/session", Fixture, DRILL_TEST_SESSION, set_up, test_late_answer, tear_down);
  g_test_add ("/drill/session/identity/late-answer/history", Fixture, DRILL_TEST_HISTORY, set_up, test_late_answer, tear_down);
  ADD ("sign-out", test_sign_out);
  ADD ("forget", test_forget);
  ADD ("test", test_test);
  ADD ("plain-http", test_plain_http);
  ADD ("ca-file", test_ca_file);
  ADD ("change-of-mind", test_change_of_mind);
  ADD ("locked", test_locked);
  ADD ("absent", test_absent);
  ADD ("connect", test_connect);
#undef ADD

  status = g_test_run ();
  drill_test_keyring_free (keyring);

  return status;
}
