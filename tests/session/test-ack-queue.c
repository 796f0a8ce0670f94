// SPDX-License-Identifier: GPL-3.0-or-later

/* Two that acknowledge the same routes of a service at the same time: one after
 * the other, and every route once. Each other process is this program, started
 * with CHILD as its first argument. */

#include <stdio.h>
#include <string.h>

#include "drill-test-loop.h"
#include "drill-write-fixture.h"

#define CHILD    "--drill-child"
#define READY    "# ready\n"
#define N_ROUTES 250

static const char *program;

typedef struct {
  DrillWriteFixture write;
  DrillWriteFixture other; /* as another window has it: another writer, on the same service and journal */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  drill_write_fixture_set_up (&self->write, N_ROUTES);
  self->other = (DrillWriteFixture) { .server = self->write.server, .n_routes = self->write.n_routes,
                                      .directory = self->write.directory };
  drill_write_fixture_start (&self->other, drill_test_server_get_url (self->write.server), NULL);
  drill_write_fixture_load (&self->other);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  drill_write_fixture_end (&self->other);
  drill_write_fixture_tear_down (&self->write);
}

static gboolean
has_second_post (gpointer data)
{
  return drill_write_fixture_count_posts (data) == 2;
}

/* Its second chunk is on the service, which does not answer it until it is released */
static GAsyncResult **
start_and_hold (Fixture           *self,
                DrillAckOperation *operation)
{
  GAsyncResult **result = g_new0 (GAsyncResult *, 1);

  drill_test_server_add_fault (self->write.server, &(DrillTestFault) {
    .method = "POST", .path = DRILL_TEST_BULK, .first = 2, .count = 1, .what = DRILL_TEST_DO_THEN_HOLD,
  });
  drill_operation_run_async (DRILL_OPERATION (operation), NULL, drill_test_loop_result, result);
  drill_test_loop_until (has_second_post, &self->write);

  return result;
}

static void
release_and_end (Fixture            *self,
                 DrillAckOperation  *operation,
                 GAsyncResult      **result)
{
  drill_test_server_release (self->write.server);
  drill_test_loop_await (result);
  g_assert_true (drill_operation_run_finish (DRILL_OPERATION (operation), *result, NULL));
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_DONE);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_RECORDED), ==, N_ROUTES);
  g_object_unref (*result);
  g_free (result);
}

static void
assert_queued (Fixture           *self,
               DrillAckOperation *operation)
{
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_QUEUED);
  g_assert_true (drill_operation_is_active (DRILL_OPERATION (operation)));
  g_assert_cmpuint (drill_write_fixture_count_posts (&self->write), ==, 2);
}

/* The second one says that it waits, and then finds nothing left to do */
static void
test_skips (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(DrillAckOperation) first = drill_write_fixture_choose (&self->write, N_ROUTES, "acknowledged");
  g_autoptr(DrillAckOperation) second = drill_write_fixture_choose (&self->other, N_ROUTES, "acknowledged");
  GAsyncResult **held = start_and_hold (self, first);
  g_autoptr(GAsyncResult) result = NULL;

  drill_operation_run_async (DRILL_OPERATION (second), NULL, drill_test_loop_result, &result);
  assert_queued (self, second);
  release_and_end (self, first, held);

  drill_test_loop_await (&result);
  g_assert_true (drill_operation_run_finish (DRILL_OPERATION (second), result, NULL));
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (second)), ==, DRILL_OPERATION_DONE);
  g_assert_cmpuint (drill_ack_operation_count (second, DRILL_OUTCOME_SKIPPED), ==, N_ROUTES);
  g_assert_cmpuint (drill_write_fixture_count_posts (&self->write), ==, 3);
  drill_write_fixture_assert_once (&self->write, N_ROUTES);
}

/* Waiting can be given up, and taken up again */
static void
test_cancelled (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr(DrillAckOperation) first = drill_write_fixture_choose (&self->write, N_ROUTES, "acknowledged");
  g_autoptr(DrillAckOperation) second = drill_write_fixture_choose (&self->other, N_ROUTES, "acknowledged");
  GAsyncResult **held = start_and_hold (self, first);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;

  drill_operation_run_async (DRILL_OPERATION (second), cancellable, drill_test_loop_result, &result);
  assert_queued (self, second);
  g_cancellable_cancel (cancellable);
  drill_test_loop_await (&result);
  g_assert_true (drill_operation_run_finish (DRILL_OPERATION (second), result, NULL));
  g_assert_false (drill_operation_is_active (DRILL_OPERATION (second)));
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (second)), ==, DRILL_OPERATION_STOPPED);
  g_assert_error (drill_operation_get_error (DRILL_OPERATION (second)), DRILL_ERROR, DRILL_ERROR_CANCELLED);
  g_assert_cmpuint (drill_ack_operation_count (second, DRILL_OUTCOME_PENDING), ==, N_ROUTES);
  /* The first one's, and nothing of what was not begun */
  g_assert_cmpuint (drill_write_fixture_count_files (&self->write), ==, 1);

  release_and_end (self, first, held);
  drill_write_fixture_run (second);
  g_assert_cmpuint (drill_ack_operation_count (second, DRILL_OUTCOME_SKIPPED), ==, N_ROUTES);
  drill_write_fixture_assert_once (&self->write, N_ROUTES);
}

static void
dropped_cb (DrillOperation *operation,
            gpointer        data)
{
  (*(guint *) data)++;
}

/* Nobody waits for what is dropped, or whose window has turned to something else */
static void
test_given_up (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr(DrillAckOperation) first = drill_write_fixture_choose (&self->write, N_ROUTES, "acknowledged");
  g_autoptr(DrillAckOperation) dropped = drill_write_fixture_choose (&self->other, N_ROUTES, "acknowledged");
  g_autoptr(DrillAckOperation) left = drill_write_fixture_choose (&self->other, N_ROUTES, "acknowledged");
  GAsyncResult **held = start_and_hold (self, first);
  g_autoptr(GAsyncResult) dropped_result = NULL;
  g_autoptr(GAsyncResult) left_result = NULL;
  guint n_dropped = 0;

  g_signal_connect (dropped, "dropped", G_CALLBACK (dropped_cb), &n_dropped);
  drill_operation_run_async (DRILL_OPERATION (dropped), NULL, drill_test_loop_result, &dropped_result);
  drill_operation_run_async (DRILL_OPERATION (left), NULL, drill_test_loop_result, &left_result);
  assert_queued (self, dropped);
  assert_queued (self, left);

  drill_operation_drop (DRILL_OPERATION (dropped));
  drill_test_loop_await (&dropped_result);
  g_assert_cmpuint (n_dropped, ==, 1);
  assert_queued (self, left);

  drill_writer_close (self->other.writer);
  drill_test_loop_await (&left_result);
  g_assert_error (drill_operation_get_error (DRILL_OPERATION (left)), DRILL_ERROR, DRILL_ERROR_CANCELLED);
  release_and_end (self, first, held);
  drill_write_fixture_assert_once (&self->write, N_ROUTES);
}

/* What somebody else recorded before, and a window has not read yet, is not recorded again */
static void
test_stale (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(DrillAckOperation) first = drill_write_fixture_choose (&self->write, 100, "acknowledged");
  g_autoptr(DrillAckOperation) second = drill_write_fixture_choose (&self->other, N_ROUTES, "acknowledged");

  drill_write_fixture_run (first);
  drill_write_fixture_run (second);
  g_assert_cmpuint (drill_ack_operation_count (second, DRILL_OUTCOME_SKIPPED), ==, 100);
  g_assert_cmpuint (drill_ack_operation_count (second, DRILL_OUTCOME_RECORDED), ==, N_ROUTES - 100);
  drill_write_fixture_assert_once (&self->write, N_ROUTES);
}

/* What could not be read the first time has to be the second time */
static void
test_stale_twice (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr(DrillAckOperation) first = drill_write_fixture_choose (&self->write, 100, "acknowledged");
  g_autoptr(DrillAckOperation) second = drill_write_fixture_choose (&self->other, N_ROUTES, "acknowledged");

  drill_write_fixture_run (first);
  drill_test_server_add_fault (self->write.server, &(DrillTestFault) {
    .method = "GET", .path = DRILL_TEST_HISTORY, .what = DRILL_TEST_STATUS, .status = 403,
  });
  drill_write_fixture_run (second);
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (second)), ==, DRILL_OPERATION_STOPPED);
  g_assert_error (drill_operation_get_error (DRILL_OPERATION (second)), DRILL_ERROR, DRILL_ERROR_FORBIDDEN);
  g_assert_cmpuint (drill_write_fixture_count_posts (&self->write), ==, 1);

  drill_test_server_clear_faults (self->write.server);
  drill_write_fixture_run (second);
  g_assert_cmpuint (drill_ack_operation_count (second, DRILL_OUTCOME_SKIPPED), ==, 100);
  drill_write_fixture_assert_once (&self->write, N_ROUTES);
}

/* Nothing is sent without a lock */
static void
test_no_lock (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr(DrillAckOperation) operation = drill_write_fixture_choose (&self->write, N_ROUTES, "acknowledged");
  g_autofree char *nowhere = g_build_filename (self->write.directory, "x.lock", "journal", NULL);
  g_autofree char *file = g_path_get_dirname (nowhere);
  g_autoptr(DrillJournal) journal = drill_journal_new (nowhere);
  g_autoptr(DrillWriter) writer = drill_writer_new (DRILL_SOURCE (self->write.source), self->write.loader, journal,
                                                    self->write.clock);

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_set_object (&self->write.writer, writer);
  g_clear_object (&operation);
  operation = drill_write_fixture_choose (&self->write, N_ROUTES, "acknowledged");
  drill_write_fixture_run (operation);
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_STOPPED);
  g_assert_error (drill_operation_get_error (DRILL_OPERATION (operation)), DRILL_ERROR, DRILL_ERROR_IO);
  g_assert_cmpuint (drill_write_fixture_count_posts (&self->write), ==, 0);
}

/* Real processes. Each has read the history, and chosen, before any of them writes. */

static int
run_child (const char *url,
           const char *directory)
{
  DrillWriteFixture fixture = { .n_routes = N_ROUTES, .directory = g_strdup (directory) };
  g_autoptr(DrillAckOperation) operation = NULL;
  char line[16];
  gboolean done;

  drill_write_fixture_start (&fixture, url, NULL);
  drill_write_fixture_load (&fixture);
  operation = drill_write_fixture_choose (&fixture, N_ROUTES, "acknowledged");
  fputs (READY, stdout);
  fflush (stdout);
  g_assert_nonnull (fgets (line, sizeof line, stdin));
  drill_write_fixture_run (operation);
  done = drill_operation_get_status (DRILL_OPERATION (operation)) == DRILL_OPERATION_DONE &&
         drill_ack_operation_count (operation, DRILL_OUTCOME_RECORDED) +
         drill_ack_operation_count (operation, DRILL_OUTCOME_SKIPPED) == N_ROUTES;
  drill_write_fixture_end (&fixture);
  g_free (fixture.directory);

  return done ? 0 : 1;
}

static void
wait_until_ready (GSubprocess *child)
{
  char line[sizeof READY] = "";

  g_assert_true (g_input_stream_read_all (g_subprocess_get_stdout_pipe (child), line, strlen (READY), NULL, NULL, NULL));
  g_assert_cmpstr (line, ==, READY);
}

static void
test_processes (Fixture       *self,
                gconstpointer  data)
{
  GSubprocess *children[3];

  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    children[i] = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, program, CHILD,
                                    drill_test_server_get_url (self->write.server), self->write.directory, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    wait_until_ready (children[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    g_assert_true (g_output_stream_write_all (g_subprocess_get_stdin_pipe (children[i]), "go\n", 3, NULL, NULL, NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
      g_autoptr(GAsyncResult) result = NULL;

      g_subprocess_wait_async (children[i], NULL, drill_test_loop_result, &result);
      drill_test_loop_await (&result);
      g_assert_true (g_subprocess_wait_finish (children[i], result, NULL));
      g_assert_true (g_subprocess_get_successful (children[i]));
      g_object_unref (children[i]);
    }
  drill_write_fixture_assert_once (&self->write, N_ROUTES);
  g_assert_cmpuint (drill_write_fixture_count_files (&self->write), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], CHILD))
    return run_child (argv[2], argv[3]);

  g_test_init (&argc, &argv, NULL);
  program = argv[0];

#define ADD(name, function) \
  g_test_add ("/drill/session/ack-queue/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("skips", test_skips);
  ADD ("cancelled", test_cancelled);
  ADD ("given-up", test_given_up);
  ADD ("stale", test_stale);
  ADD ("stale-twice", test_stale_twice);
  ADD ("no-lock", test_no_lock);
  ADD ("processes", test_processes);
#undef ADD

  return g_test_run ();
}
