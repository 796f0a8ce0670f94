// SPDX-License-Identifier: GPL-3.0-or-later

/* What a session says about writing: whether, by whom, and what was cut off */

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
