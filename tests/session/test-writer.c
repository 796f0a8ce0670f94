// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-test-loop.h"
#include "drill-write-fixture.h"
#include "sources/drill-local-source.h"

static const DrillAckTarget target = { "schedule:0000", "provider-0", "plan-0000" };
static const DrillAckNote note = { .state = "acknowledged", .actor = "alice" };

static void
set_up (DrillWriteFixture *self,
        gconstpointer      data)
{
  drill_write_fixture_set_up (self, 100);
}

static void
tear_down (DrillWriteFixture *self,
           gconstpointer      data)
{
  drill_write_fixture_tear_down (self);
}

static GBytes *
send (DrillWriteFixture  *self,
      DrillWriteFailure  *failure,
      GError            **error)
{
  g_autoptr(DrillWrite) write = drill_write_new_ack (&target, &note);
  g_autoptr(GAsyncResult) result = NULL;

  drill_writer_send_async (self->writer, write, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);

  return drill_writer_send_finish (self->writer, result, failure, error);
}

static gboolean
reread (DrillWriteFixture  *self,
        GCancellable       *cancellable,
        GError            **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  drill_writer_reread_async (self->writer, cancellable, drill_test_loop_result, &result);
  drill_test_loop_await (&result);

  return drill_writer_reread_finish (self->writer, result, error);
}

static guint
count_acks (DrillWriteFixture *self)
{
  return drill_evidence_get_n_acks (drill_writer_get_evidence (self->writer));
}

static void
test_send (DrillWriteFixture *self,
           gconstpointer      data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) answer = NULL;

  g_assert_false (drill_writer_is_simulation (self->writer));
  g_assert_false (drill_writer_has_written (self->writer));
  g_assert_true (drill_writer_knows_all (self->writer));
  answer = send (self, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (answer);
  g_assert_cmpuint (count_acks (self), ==, 1);
  g_assert_true (drill_writer_has_written (self->writer));
}

/* Whatever is asked, nothing leaves */
static void
test_read_only (DrillWriteFixture *self,
                gconstpointer      data)
{
  DrillWriteFailure failure = { TRUE, 7 };
  g_autoptr(GError) error = NULL;

  drill_writer_set_read_only (self->writer, TRUE);
  g_assert_null (send (self, &failure, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_READ_ONLY);
  g_assert_false (failure.maybe_done);
  g_assert_cmpint (failure.retry_after_ms, ==, -1);
  g_assert_cmpuint (drill_write_fixture_count_posts (self), ==, 0);
  g_assert_true (reread (self, NULL, NULL));
}

static void
test_closed (DrillWriteFixture *self,
             gconstpointer      data)
{
  DrillWriteFailure failure = { TRUE, 7 };
  g_autoptr(GError) error = NULL;

  drill_writer_close (self->writer);
  g_assert_null (send (self, &failure, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_CANCELLED);
  g_assert_false (failure.maybe_done);
  g_assert_cmpuint (drill_write_fixture_count_posts (self), ==, 0);
  g_clear_error (&error);
  g_assert_false (reread (self, NULL, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_CANCELLED);
}

static void
test_cancelled_before (DrillWriteFixture *self,
                       gconstpointer      data)
{
  g_autoptr(DrillWrite) write = drill_write_new_ack (&target, &note);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  drill_writer_send_async (self->writer, write, cancellable, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  g_assert_null (drill_writer_send_finish (self->writer, result, NULL, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_CANCELLED);
  g_assert_cmpuint (drill_write_fixture_count_posts (self), ==, 0);
}

static gboolean
was_sent (gpointer data)
{
  return drill_write_fixture_count_posts (data) == 1;
}

/* What has left is waited for, whoever cancels or closes */
static void
test_cancelled_after (DrillWriteFixture *self,
                      gconstpointer      data)
{
  g_autoptr(DrillWrite) write = drill_write_new_ack (&target, &note);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) answer = NULL;

  drill_test_server_add_fault (self->server, &(DrillTestFault) { .method = "POST", .first = 1, .count = 1, .what = DRILL_TEST_HOLD });
  drill_writer_send_async (self->writer, write, cancellable, drill_test_loop_result, &result);
  drill_test_loop_until (was_sent, self);
  g_cancellable_cancel (cancellable);
  drill_writer_close (self->writer);
  drill_test_server_release (self->server);
  drill_test_loop_await (&result);
  answer = drill_writer_send_finish (self->writer, result, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (answer);
  g_assert_cmpuint (count_acks (self), ==, 1);
}

/* It says that it is done, and not what: it may be */
static void
test_no_items (DrillWriteFixture *self,
               gconstpointer      data)
{
  static const char *const bodies[] = { "{}", "[]", "{\"metadata\":[]}", "{\"metadata\":7}", "{\"metadata\":null}" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      DrillWriteFailure failure = { FALSE, 7 };
      g_autoptr(GError) error = NULL;

      drill_test_server_clear_faults (self->server);
      drill_test_server_add_fault (self->server, &(DrillTestFault) {
        .method = "POST", .what = DRILL_TEST_STATUS, .status = 200, .body = bodies[i],
      });
      g_assert_null (send (self, &failure, &error));
      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_REPLY);
      g_assert_true (failure.maybe_done);
    }
}

/* A reading that was under way does not count: it may have passed the place */
static void
test_reread (DrillWriteFixture *self,
             gconstpointer      data)
{
  g_autofree char *item = drill_write_fixture_make_ack ("late", 0, "acknowledged", "bob", "", "2026-05-21T10:00:00+00:00");
  g_autoptr(GAsyncResult) running = NULL;
  g_autoptr(GError) error = NULL;

  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .method = "GET", .path = DRILL_TEST_HISTORY, .first = 2, .count = 1, .what = DRILL_TEST_ADD_ITEM, .body = item,
  });
  drill_loader_load_async (self->loader, NULL, drill_test_loop_result, &running);
  g_assert_true (reread (self, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (running);
  g_assert_cmpuint (count_acks (self), ==, 1);
}

static void
test_reread_fails (DrillWriteFixture *self,
                   gconstpointer      data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  drill_test_server_add_fault (self->server, &(DrillTestFault) { .method = "GET", .what = DRILL_TEST_STATUS, .status = 503 });
  g_assert_false (reread (self, NULL, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_SERVICE);

  drill_test_server_clear_faults (self->server);
  drill_test_server_add_fault (self->server, &(DrillTestFault) { .method = "GET", .what = DRILL_TEST_REMOVE_ITEM });
  g_clear_error (&error);
  g_assert_false (reread (self, NULL, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_CONFLICT);

  g_cancellable_cancel (cancellable);
  g_clear_error (&error);
  g_assert_false (reread (self, cancellable, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_CANCELLED);
}

static void
test_actor (DrillWriteFixture *self,
            gconstpointer      data)
{
  g_assert_null (drill_writer_get_actor (self->writer));
  drill_writer_set_actor (self->writer, "carol");
  g_assert_cmpstr (drill_writer_get_actor (self->writer), ==, "carol");
  drill_writer_set_actor (self->writer, "");
  g_assert_null (drill_writer_get_actor (self->writer));
}

/* The sample: everything happens, nothing leaves, nothing is in the journal */
static void
test_simulation (DrillWriteFixture *self,
                 gconstpointer      data)
{
  g_autoptr(DrillLocalSource) sample = drill_local_source_new_sample (DRILL_WRITE_NOW);
  g_autoptr(DrillAckOperation) operation = NULL;
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  DrillEvidence *evidence;
  guint n_requests = drill_test_server_get_n_requests (self->server, NULL);
  guint n_acks;

  g_clear_object (&self->writer);
  g_clear_object (&self->loader);
  self->loader = drill_loader_new (DRILL_SOURCE (sample));
  self->writer = drill_writer_new (DRILL_SOURCE (sample), self->loader, NULL, self->clock);
  drill_write_fixture_load (self);
  evidence = drill_writer_get_evidence (self->writer);
  n_acks = drill_evidence_get_n_acks (evidence);
  for (guint32 row = 0; row < drill_evidence_get_n_routes (evidence); row++)
    if (drill_evidence_get_route_state (evidence, row) == DRILL_STATE_OUTSTANDING)
      g_array_append_val (rows, row);
  g_assert_cmpuint (rows->len, >, 1);

  operation = drill_ack_operation_new_for_routes (self->writer, evidence, (const guint32 *) rows->data, rows->len, "resolved");
  drill_ack_operation_set_note (operation, "alice", "CHG-1", NULL);
  g_assert_true (drill_operation_is_simulation (DRILL_OPERATION (operation)));
  drill_write_fixture_run (operation);
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_DONE);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_RECORDED), ==,
                    drill_ack_operation_get_n_entries (operation));
  evidence = drill_writer_get_evidence (self->writer);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpuint (drill_evidence_get_route_state (evidence, g_array_index (rows, guint32, i)), ==, DRILL_STATE_RESOLVED);
  g_assert_cmpuint (drill_test_server_get_n_requests (self->server, NULL), ==, n_requests);
  g_assert_cmpuint (drill_write_fixture_count_files (self), ==, 0);

  /* Read again, it is still so */
  drill_write_fixture_load (self);
  g_assert_cmpuint (drill_evidence_get_n_acks (drill_writer_get_evidence (self->writer)), ==,
                    n_acks + drill_ack_operation_get_n_entries (operation));
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *name;
    void (*function) (DrillWriteFixture *self, gconstpointer data);
  } cases[] = {
    { "/drill/session/writer/send", test_send },
    { "/drill/session/writer/read-only", test_read_only },
    { "/drill/session/writer/closed", test_closed },
    { "/drill/session/writer/cancelled-before", test_cancelled_before },
    { "/drill/session/writer/cancelled-after", test_cancelled_after },
    { "/drill/session/writer/no-items", test_no_items },
    { "/drill/session/writer/reread", test_reread },
    { "/drill/session/writer/reread-fails", test_reread_fails },
    { "/drill/session/writer/actor", test_actor },
    { "/drill/session/writer/simulation", test_simulation },
  };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].name, DrillWriteFixture, NULL, set_up, cases[i].function, tear_down);

  return g_test_run ();
}
