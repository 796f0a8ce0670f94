// SPDX-License-Identifier: GPL-3.0-or-later

/* What a session says about writing: whether, by whom, and what was cut off */

#include <string.h>

#include "drill-test-loop.h"
#include "drill-write-fixture.h"
#include "session/drill-session.h"

typedef struct {
  DrillWriteFixture write;
  DrillSession *session;
} Fixture;

static void
new_session (Fixture *self)
{
  const DrillSessionPauses pauses = { .first_retry_ms = 5, .max_retry_ms = 10, .first_read_pause_ms = 1 };

  self->session = drill_session_new (self->write.clock);
  drill_session_set_pauses (self->session, &pauses);
  drill_session_set_journal (self->session, self->write.directory);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  drill_write_fixture_set_up (&self->write, 250);
  new_session (self);
}

static void
end_session (Fixture *self)
{
  drill_session_close (self->session);
  g_clear_object (&self->session);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  end_session (self);
  drill_write_fixture_tear_down (&self->write);
}

static gboolean
is_idle (gpointer data)
{
  return !drill_session_get_loading (data);
}

static void
connect_with (Fixture    *self,
              const char *token,
              const char *actor,
              gboolean    read_only)
{
  g_autoptr(DrillConnection) connection = NULL;

  if (token != NULL)
    {
      g_assert_true (drill_session_connect (self->session, drill_test_server_get_url (self->write.server), NULL, token, NULL));
    }
  else
    {
      connection = drill_connection_new (NULL, NULL, drill_test_server_get_url (self->write.server), NULL, actor, read_only, NULL);
      drill_session_open_connection (self->session, connection);
    }
  drill_test_loop_until (is_idle, self->session);
}

static void
assert_gate (Fixture   *self,
             DrillGate  gate)
{
  int property;

  g_assert_cmpint (drill_session_get_gate (self->session), ==, gate);
  g_object_get (self->session, "gate", &property, NULL);
  g_assert_cmpint (property, ==, gate);
}

static void
test_local (Fixture       *self,
            gconstpointer  data)
{
  gboolean verified = TRUE;
  g_autofree char *name = NULL;

  g_assert_null (drill_session_get_writer (self->session));
  assert_gate (self, DRILL_GATE_NOT_SHOWN);
  connect_with (self, NULL, "dora", FALSE);
  assert_gate (self, DRILL_GATE_OPEN);
  g_assert_nonnull (drill_session_get_writer (self->session));
  g_assert_null (drill_writer_get_actor (drill_session_get_writer (self->session)));
  name = drill_session_dup_actor_name (self->session, &verified);
  g_assert_cmpstr (name, ==, "dora");
  g_assert_false (verified);
}

static void
test_verified (Fixture       *self,
               gconstpointer  data)
{
  gboolean verified = FALSE;
  g_autofree char *name = NULL;

  drill_test_server_add_token (self->write.server, "secret", "carol");
  connect_with (self, "secret", NULL, FALSE);
  assert_gate (self, DRILL_GATE_OPEN);
  g_assert_cmpstr (drill_writer_get_actor (drill_session_get_writer (self->session)), ==, "carol");
  name = drill_session_dup_actor_name (self->session, &verified);
  g_assert_cmpstr (name, ==, "carol");
  g_assert_true (verified);
}

static void
test_sign_in (Fixture       *self,
              gconstpointer  data)
{
  drill_test_server_add_token (self->write.server, "secret", "carol");
  connect_with (self, NULL, NULL, FALSE);
  assert_gate (self, DRILL_GATE_SIGN_IN);
}

static void
test_forbidden (Fixture       *self,
                gconstpointer  data)
{
  drill_test_server_add_token_full (self->write.server, "secret", "eve", NULL, FALSE);
  connect_with (self, "secret", NULL, FALSE);
  assert_gate (self, DRILL_GATE_FORBIDDEN);
}

/* Whatever is done with it: the service is only read */
static void
test_read_only (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr(DrillAckOperation) operation = NULL;
  DrillWriter *writer;
  const guint32 rows[] = { 0, 1, 2 };

  connect_with (self, NULL, NULL, TRUE);
  assert_gate (self, DRILL_GATE_READ_ONLY);
  writer = drill_session_get_writer (self->session);
  g_assert_true (drill_writer_get_read_only (writer));
  operation = drill_ack_operation_new_for_routes (writer, drill_session_get_evidence (self->session), rows, 3, "acknowledged");
  drill_write_fixture_run (operation);
  g_assert_error (drill_operation_get_error (DRILL_OPERATION (operation)), DRILL_ERROR, DRILL_ERROR_READ_ONLY);
  g_assert_cmpuint (drill_write_fixture_count_posts (&self->write), ==, 0);
}

/* The sample is shown while the service does not answer: nothing of it is the service's */
static void
test_not_shown (Fixture       *self,
                gconstpointer  data)
{
  drill_test_server_add_fault (self->write.server, &(DrillTestFault) { .method = "GET", .what = DRILL_TEST_STATUS, .status = 403 });
  connect_with (self, NULL, NULL, FALSE);
  assert_gate (self, DRILL_GATE_NOT_SHOWN);
  g_assert_cmpint (drill_session_get_shown (self->session), ==, DRILL_SHOWN_SAMPLE);
}

static char *
encode (const char *text)
{
  char *base64 = g_base64_encode ((const guchar *) text, strlen (text));

  g_strdelimit (g_strdelimit (base64, "+", '-'), "/", '_');
  base64[strcspn (base64, "=")] = '\0';

  return base64;
}

/* A JSON Web Token that nobody has signed, but who reads its expiry does not mind */
static char *
dup_jwt (gint64 expires_us)
{
  g_autofree char *claims = g_strdup_printf ("{\"sub\":\"carol\",\"exp\":%" G_GINT64_FORMAT "}", expires_us / G_USEC_PER_SEC);
  g_autofree char *head = encode ("{\"alg\":\"none\"}");
  g_autofree char *body = encode (claims);

  return g_strdup_printf ("%s.%s.c2ln", head, body);
}

static DrillAckOperation *
choose (Fixture *self,
        guint    n_routes)
{
  g_autofree guint32 *rows = g_new (guint32, n_routes);
  DrillAckOperation *operation;

  for (guint i = 0; i < n_routes; i++)
    rows[i] = i;
  operation = drill_ack_operation_new_for_routes (drill_session_get_writer (self->session),
                                                  drill_session_get_evidence (self->session), rows, n_routes, "acknowledged");
  drill_ack_operation_set_note (operation, "local-user", "CHG-1", NULL);
  drill_write_fixture_no_pauses (operation);

  return operation;
}

static gboolean
sign_in (Fixture    *self,
         const char *token)
{
  g_autoptr(GAsyncResult) result = NULL;

  drill_session_sign_in_async (self->session, token, FALSE, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);

  return drill_session_sign_in_finish (self->session, result, NULL);
}

/* Between two loads: nothing is sent with a token that has expired, and what was
 * begun goes on with the next one */
static void
test_expired (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *jwt = dup_jwt (DRILL_WRITE_NOW + 60 * G_USEC_PER_SEC);
  g_autoptr(DrillAckOperation) operation = NULL;
  guint n_requests;

  drill_test_server_add_token (self->write.server, jwt, "carol");
  connect_with (self, jwt, NULL, FALSE);
  operation = choose (self, 1);
  n_requests = drill_test_server_get_n_requests (self->write.server, NULL);
  drill_clock_set (self->write.clock, DRILL_WRITE_NOW + 60 * G_USEC_PER_SEC);
  drill_write_fixture_run (operation);
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_NEEDS_TOKEN);
  g_assert_error (drill_operation_get_error (DRILL_OPERATION (operation)), DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED);
  g_assert_nonnull (strstr (drill_operation_get_error (DRILL_OPERATION (operation))->message, "expired"));
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_PENDING), ==, 1);
  g_assert_cmpuint (drill_test_server_get_n_requests (self->write.server, NULL), ==, n_requests);

  /* Nor is it once the session has found out, and asks without any */
  drill_session_refresh (self->session);
  drill_test_loop_until (is_idle, self->session);
  g_assert_cmpint (drill_session_get_token_state (self->session), ==, DRILL_TOKEN_NONE);
  drill_write_fixture_run (operation);
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_NEEDS_TOKEN);
  g_assert_cmpuint (drill_write_fixture_count_posts (&self->write), ==, 0);

  drill_test_server_add_token (self->write.server, "next", "carol");
  g_assert_true (sign_in (self, "next"));
  drill_write_fixture_run (operation);
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_DONE);
  g_assert_cmpuint (drill_test_server_count_acks (self->write.server, NULL, NULL), ==, 1);
  drill_test_loop_until (is_idle, self->session);
}

/* In the middle of a bulk: the chunk that has left is answered, and the next one waits */
static void
expire_cb (DrillOperation *operation,
           gpointer        data)
{
  if (drill_ack_operation_count (DRILL_ACK_OPERATION (operation), DRILL_OUTCOME_RECORDED) > 0)
    drill_clock_set (data, DRILL_WRITE_NOW + 60 * G_USEC_PER_SEC);
}

static void
test_expired_midway (Fixture       *self,
                     gconstpointer  data)
{
  g_autofree char *jwt = dup_jwt (DRILL_WRITE_NOW + 60 * G_USEC_PER_SEC);
  g_autoptr(DrillAckOperation) operation = NULL;

  drill_test_server_add_token (self->write.server, jwt, "carol");
  connect_with (self, jwt, NULL, FALSE);
  operation = choose (self, 250);
  g_signal_connect (operation, "changed", G_CALLBACK (expire_cb), self->write.clock);
  drill_write_fixture_run (operation);
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_NEEDS_TOKEN);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_RECORDED), ==, 100);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_PENDING), ==, 150);
  g_assert_cmpuint (drill_write_fixture_count_posts (&self->write), ==, 1);
  g_assert_cmpuint (drill_write_fixture_count_files (&self->write), ==, 1);

  drill_test_server_add_token (self->write.server, "next", "carol");
  g_assert_true (sign_in (self, "next"));
  drill_write_fixture_run (operation);
  drill_write_fixture_assert_once (&self->write, 250);
  g_assert_cmpuint (drill_write_fixture_count_files (&self->write), ==, 0);
  drill_test_loop_until (is_idle, self->session);
}

/* While the service does not say who we are, an answer that was lost is found
 * under whatever name it has recorded */
static void
test_nobody_knows (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr(DrillAckOperation) operation = NULL;
  DrillWriter *writer;

  drill_test_server_add_token (self->write.server, "secret", "carol");
  drill_test_server_add_fault (self->write.server, &(DrillTestFault) {
    .path = DRILL_TEST_SESSION, .what = DRILL_TEST_STATUS, .status = 503,
  });
  connect_with (self, "secret", "local-user", FALSE);
  g_assert_null (drill_session_get_actor (self->session));
  writer = drill_session_get_writer (self->session);
  g_assert_cmpstr (drill_writer_get_recorded_as (writer, "local-user"), ==, "");

  operation = choose (self, 1);
  drill_test_server_add_fault (self->write.server, &(DrillTestFault) {
    .method = "POST", .first = 1, .count = 1, .what = DRILL_TEST_DO_THEN_DROP,
  });
  drill_write_fixture_run (operation);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_RECORDED), ==, 1);
  g_assert_cmpuint (drill_test_server_count_acks (self->write.server, NULL, NULL), ==, 1);

  /* Once it does, it is them alone */
  drill_test_server_clear_faults (self->write.server);
  drill_session_refresh (self->session);
  drill_test_loop_until (is_idle, self->session);
  g_assert_cmpstr (drill_writer_get_recorded_as (writer, "local-user"), ==, "carol");
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    data)
{
  (*(guint *) data)++;
}

/* An acknowledgement shows without a load, and stays when the sample is read again */
static void
test_sample (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(DrillAckOperation) operation = NULL;
  DrillEvidence *evidence;
  guint n_tables = 0;
  guint32 row = 0;

  drill_session_open_sample (self->session);
  drill_test_loop_until (is_idle, self->session);
  assert_gate (self, DRILL_GATE_SIMULATION);
  evidence = drill_session_get_evidence (self->session);
  while (drill_evidence_get_route_state (evidence, row) != DRILL_STATE_OUTSTANDING)
    row++;
  g_signal_connect (self->session, "notify::table", G_CALLBACK (count_cb), &n_tables);
  operation = drill_ack_operation_new_for_routes (drill_session_get_writer (self->session), evidence, &row, 1, "acknowledged");
  drill_ack_operation_set_note (operation, "alice", NULL, NULL);
  drill_write_fixture_run (operation);
  g_assert_cmpuint (n_tables, ==, 1);
  g_assert_cmpuint (drill_evidence_get_route_state (drill_session_get_evidence (self->session), row), ==, DRILL_STATE_ACKNOWLEDGED);

  drill_session_refresh (self->session);
  drill_test_loop_until (is_idle, self->session);
  g_assert_cmpuint (drill_evidence_get_route_state (drill_session_get_evidence (self->session), row), ==, DRILL_STATE_ACKNOWLEDGED);
}

static gboolean
is_checked (gpointer data)
{
  GListModel *list = drill_session_get_unfinished (data);
  g_autoptr(DrillOperation) operation = g_list_model_get_item (list, 0);

  return operation != NULL && !drill_operation_is_active (operation);
}

static void
leave_unfinished (Fixture *self)
{
  g_autoptr(DrillAckOperation) operation = drill_write_fixture_choose (&self->write, 250, "acknowledged");

  drill_test_server_add_fault (self->write.server, &(DrillTestFault) {
    .method = "POST", .path = DRILL_TEST_BULK, .first = 2, .count = 1, .what = DRILL_TEST_STATUS, .status = 403,
  });
  drill_write_fixture_run (operation);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_PENDING), ==, 150);
}

static void
test_unfinished (Fixture       *self,
                 gconstpointer  data)
{
  GListModel *list = drill_session_get_unfinished (self->session);
  g_autoptr(DrillAckOperation) operation = NULL;

  leave_unfinished (self);
  connect_with (self, NULL, NULL, FALSE);
  drill_test_loop_until (is_checked, self->session);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  operation = g_list_model_get_item (list, 0);
  g_assert_true (DRILL_IS_ACK_OPERATION (operation));
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_STOPPED);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_RECORDED), ==, 100);
  g_assert_cmpuint (drill_write_fixture_count_posts (&self->write), ==, 2);

  /* It is found once, however often is loaded */
  drill_session_refresh (self->session);
  drill_test_loop_until (is_idle, self->session);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);

  drill_write_fixture_run (operation);
  drill_write_fixture_assert_once (&self->write, 250);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  drill_operation_drop (DRILL_OPERATION (operation));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);
  g_assert_cmpuint (drill_write_fixture_count_files (&self->write), ==, 0);
}

/* Left alone it is found again; dropped it is not */
static void
test_drop_unfinished (Fixture       *self,
                      gconstpointer  data)
{
  g_autoptr(DrillOperation) operation = NULL;

  leave_unfinished (self);
  for (guint i = 0; i < 2; i++)
    {
      connect_with (self, NULL, NULL, FALSE);
      drill_test_loop_until (is_checked, self->session);
      end_session (self);
      new_session (self);
    }

  connect_with (self, NULL, NULL, FALSE);
  drill_test_loop_until (is_checked, self->session);
  operation = g_list_model_get_item (drill_session_get_unfinished (self->session), 0);
  drill_operation_drop (operation);
  g_assert_cmpuint (g_list_model_get_n_items (drill_session_get_unfinished (self->session)), ==, 0);
  g_assert_cmpuint (drill_write_fixture_count_files (&self->write), ==, 0);
  g_assert_cmpuint (drill_test_server_count_acks (self->write.server, NULL, NULL), ==, 100);
}

/* One that is under way in this program, or another, is not taken from it; nor is that of another service */
static void
test_others (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(DrillAckOperation) operation = drill_write_fixture_choose (&self->write, 250, "acknowledged");
  g_autoptr(DrillJournalEntry) entry = NULL;
  GVariantDict dict;

  drill_test_server_add_fault (self->write.server, &(DrillTestFault) {
    .method = "POST", .path = DRILL_TEST_BULK, .first = 2, .count = 1, .what = DRILL_TEST_STATUS, .status = 403,
  });
  drill_write_fixture_run (operation);

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "kind", "s", "ack");
  entry = drill_journal_begin (self->write.journal, "https://elsewhere.example", g_variant_dict_end (&dict), NULL);
  g_assert_nonnull (entry);
  g_clear_object (&entry);
  /* Of a later version of this program */
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "kind", "s", "celebration");
  entry = drill_journal_begin (self->write.journal, drill_writer_get_origin (self->write.writer), g_variant_dict_end (&dict), NULL);
  g_clear_object (&entry);

  connect_with (self, NULL, NULL, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (drill_session_get_unfinished (self->session)), ==, 0);
  g_assert_cmpuint (drill_write_fixture_count_files (&self->write), ==, 3);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *name;
    void (*function) (Fixture *self, gconstpointer data);
  } cases[] = {
    { "/drill/session/session-writes/local", test_local },
    { "/drill/session/session-writes/verified", test_verified },
    { "/drill/session/session-writes/sign-in", test_sign_in },
    { "/drill/session/session-writes/forbidden", test_forbidden },
    { "/drill/session/session-writes/read-only", test_read_only },
    { "/drill/session/session-writes/not-shown", test_not_shown },
    { "/drill/session/session-writes/expired", test_expired },
    { "/drill/session/session-writes/expired-midway", test_expired_midway },
    { "/drill/session/session-writes/nobody-knows", test_nobody_knows },
    { "/drill/session/session-writes/sample", test_sample },
    { "/drill/session/session-writes/unfinished", test_unfinished },
    { "/drill/session/session-writes/drop-unfinished", test_drop_unfinished },
    { "/drill/session/session-writes/others", test_others },
  };

  g_test_init (&argc, &argv, NULL);
  /* No keyring but the one of whoever runs this: it is left alone */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].name, Fixture, NULL, set_up, cases[i].function, tear_down);

  return g_test_run ();
}
