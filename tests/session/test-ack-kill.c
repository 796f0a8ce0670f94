// SPDX-License-Identifier: GPL-3.0-or-later

/* Killed (SIGKILL) at every step of a bulk of 1,000 routes, and taken up by the
 * next process: every route is on the service exactly once.
 *
 * The bulk runs in a child: this program, started with CHILD as its first
 * argument. It dies before or after a certain write to its journal or to the
 * service (the linker puts the __wrap_ functions in between), or is killed by its
 * parent while the service holds one of its requests. */

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "drill-test-loop.h"
#include "drill-write-fixture.h"

#define CHILD    "--drill-child"
#define N_ROUTES 1000
#define N_CHUNKS (N_ROUTES / DRILL_WRITE_MAX_ROUTES)
/* What is done for certain: begun, announced, each chunk sent, closed. The outcomes
 * are written while the service is at work: so many times, if it leaves the time. */
#define N_STEPS     (1 + 1 + N_CHUNKS + 1)
#define MAX_STEPS   (N_STEPS + N_CHUNKS)
#define N_QUESTIONS 20

/* Steps are counted from 1, half steps too: 2n - 1 is before step n, 2n after it */
static guint die_at, half_steps;

DrillJournalEntry *__real_drill_journal_begin (DrillJournal *self, const char *origin, GVariant *operation, GError **error);
DrillJournalEntry *__wrap_drill_journal_begin (DrillJournal *self, const char *origin, GVariant *operation, GError **error);
gboolean __real_drill_journal_entry_append (DrillJournalEntry *self, GVariant *step, GError **error);
gboolean __wrap_drill_journal_entry_append (DrillJournalEntry *self, GVariant *step, GError **error);
gboolean __real_drill_journal_entry_close (DrillJournalEntry *self, GError **error);
gboolean __wrap_drill_journal_entry_close (DrillJournalEntry *self, GError **error);

void __real_drill_source_write_async (DrillSource *self, DrillWrite *write, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
void __wrap_drill_source_write_async (DrillSource *self, DrillWrite *write, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);

static void
half_step (void)
{
  if (++half_steps == die_at)
    kill (getpid (), SIGKILL);
}

DrillJournalEntry *
__wrap_drill_journal_begin (DrillJournal  *self,
                            const char    *origin,
                            GVariant      *operation,
                            GError       **error)
{
  DrillJournalEntry *entry;

  half_step ();
  entry = __real_drill_journal_begin (self, origin, operation, error);
  half_step ();

  return entry;
}

gboolean
__wrap_drill_journal_entry_append (DrillJournalEntry  *self,
                                   GVariant           *step,
                                   GError            **error)
{
  gboolean done;

  half_step ();
  done = __real_drill_journal_entry_append (self, step, error);
  half_step ();

  return done;
}

gboolean
__wrap_drill_journal_entry_close (DrillJournalEntry  *self,
                                  GError            **error)
{
  gboolean done;

  half_step ();
  done = __real_drill_journal_entry_close (self, error);
  half_step ();

  return done;
}

void
__wrap_drill_source_write_async (DrillSource         *self,
                                 DrillWrite          *write,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  half_step ();
  __real_drill_source_write_async (self, write, cancellable, callback, user_data);
  half_step ();
}

static int
run_child (const char *url,
           const char *directory,
           const char *when)
{
  DrillWriteFixture fixture = { .n_routes = N_ROUTES, .directory = g_strdup (directory) };
  g_autoptr(DrillAckOperation) operation = NULL;
  gboolean done;

  drill_write_fixture_start (&fixture, url, NULL);
  drill_write_fixture_load (&fixture);
  operation = drill_write_fixture_choose (&fixture, N_ROUTES, "acknowledged");
  die_at = (guint) atoi (when);
  drill_write_fixture_run (operation);
  done = drill_operation_get_status (DRILL_OPERATION (operation)) == DRILL_OPERATION_DONE;
  drill_write_fixture_end (&fixture);
  g_free (fixture.directory);

  return done ? 0 : 1;
}

static const char *program;

static GSubprocess *
start_child (DrillWriteFixture *self,
             guint              when)
{
  g_autofree char *at = g_strdup_printf ("%u", when);
  g_autoptr(GError) error = NULL;
  GSubprocess *child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, CHILD,
                                         drill_test_server_get_url (self->server), self->directory, at, NULL);

  g_assert_no_error (error);

  return child;
}

static void
wait_for_child (GSubprocess *child)
{
  g_autoptr(GAsyncResult) result = NULL;

  g_subprocess_wait_async (child, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  g_assert_true (g_subprocess_wait_finish (child, result, NULL));
}

/* The service has done what it got from the dead: its one thread has answered
 * much that was asked later */
static void
wait_for_service (DrillWriteFixture *self)
{
  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GBytes) answer = NULL;

      drill_source_read_session_async (DRILL_SOURCE (self->source), NULL, drill_test_loop_result, &result);
      drill_test_loop_await (&result);
      answer = drill_source_read_session_finish (DRILL_SOURCE (self->source), result, NULL);
      g_assert_nonnull (answer);
    }
}

/* What the next process does: it finds out what was recorded, and finishes the rest */
static void
finish (DrillWriteFixture *self)
{
  g_autoptr(DrillAckOperation) operation = NULL;
  guint n_posts, n_recorded;

  wait_for_service (self);
  n_posts = drill_write_fixture_count_posts (self);
  n_recorded = drill_test_server_count_acks (self->server, NULL, NULL);
  drill_write_fixture_load (self);
  operation = drill_write_fixture_recover (self);
  if (operation == NULL)
    {
      /* It had not begun, or it was over */
      g_assert_true (n_recorded == 0 || n_recorded == N_ROUTES);
      operation = drill_write_fixture_choose (self, N_ROUTES, "acknowledged");
    }
  else
    {
      drill_write_fixture_check (operation);
      g_assert_cmpuint (drill_write_fixture_count_posts (self), ==, n_posts);
      g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_RECORDED), ==, n_recorded);
      g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_PENDING), ==, N_ROUTES - n_recorded);
      g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==,
                       n_recorded < N_ROUTES ? DRILL_OPERATION_STOPPED : DRILL_OPERATION_DONE);
      drill_write_fixture_assert_told (self, operation);
    }

  drill_write_fixture_run (operation);
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_DONE);
  drill_write_fixture_assert_once (self, N_ROUTES);
  g_assert_cmpuint (drill_write_fixture_count_files (self), ==, 0);
}

static void
test_step (gconstpointer data)
{
  guint when = GPOINTER_TO_UINT (data);
  DrillWriteFixture fixture = { 0 };
  g_autoptr(GSubprocess) child = NULL;

  drill_write_fixture_set_up (&fixture, N_ROUTES);
  child = start_child (&fixture, when);
  wait_for_child (child);
  if (g_subprocess_get_if_signaled (child))
    g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
  else
    g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 0);
  g_assert_true (g_subprocess_get_if_signaled (child) || when > 2 * N_STEPS);
  finish (&fixture);
  drill_write_fixture_tear_down (&fixture);
}

typedef struct {
  DrillWriteFixture *fixture;
  guint n_posts;
} Wait;

static gboolean
was_sent (gpointer data)
{
  Wait *wait = data;

  return drill_write_fixture_count_posts (wait->fixture) >= wait->n_posts;
}

static gboolean
was_recorded (gpointer data)
{
  Wait *wait = data;

  return drill_test_server_count_acks (wait->fixture->server, NULL, NULL) >= wait->n_posts * DRILL_WRITE_MAX_ROUTES;
}

/* @data: the chunk, from 1; negative when it is only done after the kill */
static void
test_on_the_way (gconstpointer data)
{
  int which = GPOINTER_TO_INT (data);
  DrillWriteFixture fixture = { 0 };
  Wait wait = { &fixture, (guint) ABS (which) };
  g_autoptr(GSubprocess) child = NULL;

  drill_write_fixture_set_up (&fixture, N_ROUTES);
  drill_test_server_add_fault (fixture.server, &(DrillTestFault) {
    .method = "POST", .path = DRILL_TEST_BULK, .first = wait.n_posts, .count = 1,
    .what = which < 0 ? DRILL_TEST_HOLD : DRILL_TEST_DO_THEN_HOLD,
  });
  child = start_child (&fixture, 0);
  drill_test_loop_until (which < 0 ? was_sent : was_recorded, &wait);
  g_subprocess_force_exit (child);
  wait_for_child (child);
  g_assert_true (g_subprocess_get_if_signaled (child));
  drill_test_server_clear_faults (fixture.server);
  drill_test_server_release (fixture.server);
  drill_test_loop_until (was_recorded, &wait);
  g_assert_cmpuint (drill_write_fixture_count_files (&fixture), ==, 1);
  finish (&fixture);
  drill_write_fixture_tear_down (&fixture);
}

/* Nobody is killed: there are no more steps than are tried */
static void
test_no_kill (void)
{
  DrillWriteFixture fixture = { 0 };
  g_autoptr(DrillAckOperation) operation = NULL;

  drill_write_fixture_set_up (&fixture, N_ROUTES);
  operation = drill_write_fixture_choose (&fixture, N_ROUTES, "acknowledged");
  half_steps = 0;
  drill_write_fixture_run (operation);
  g_assert_cmpuint (half_steps, >=, 2 * N_STEPS);
  g_assert_cmpuint (half_steps, <=, 2 * MAX_STEPS);
  drill_write_fixture_assert_once (&fixture, N_ROUTES);
  drill_write_fixture_tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 5 && g_str_equal (argv[1], CHILD))
    return run_child (argv[2], argv[3], argv[4]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/session/ack-kill/never", test_no_kill);
  for (guint when = 1; when <= 2 * MAX_STEPS; when++)
    {
      g_autofree char *path = g_strdup_printf ("/drill/session/ack-kill/%s-step-%u", when % 2 == 1 ? "before" : "after", (when + 1) / 2);

      g_test_add_data_func (path, GUINT_TO_POINTER (when), test_step);
    }
  for (int chunk = 1; chunk <= N_CHUNKS; chunk++)
    {
      g_autofree char *before = g_strdup_printf ("/drill/session/ack-kill/chunk-%d-not-done-yet", chunk);
      g_autofree char *after = g_strdup_printf ("/drill/session/ack-kill/chunk-%d-not-answered-yet", chunk);

      g_test_add_data_func (before, GINT_TO_POINTER (-chunk), test_on_the_way);
      g_test_add_data_func (after, GINT_TO_POINTER (chunk), test_on_the_way);
    }

  return g_test_run ();
}
