// SPDX-License-Identifier: GPL-3.0-or-later

/* One schedule and provider, whether or not there is a route of it */

#include "drill-test-loop.h"
#include "drill-write-fixture.h"

static void
set_up (DrillWriteFixture *self,
        gconstpointer      data)
{
  drill_write_fixture_set_up (self, DRILL_WRITE_PROVIDERS);
}

static void
tear_down (DrillWriteFixture *self,
           gconstpointer      data)
{
  drill_write_fixture_tear_down (self);
}

static void
assert_recorded (DrillWriteFixture *self,
                 DrillAckOperation *operation,
                 const char        *schedule_id)
{
  g_assert_no_error (drill_operation_get_error (DRILL_OPERATION (operation)));
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_DONE);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_RECORDED), ==, 1);
  g_assert_cmpuint (drill_test_server_count_acks (self->server, schedule_id, "jira"), ==, 1);
  g_assert_cmpuint (drill_write_fixture_count_files (self), ==, 0);
}

/* For a command line: a schedule and provider that nobody has planned for */
static void
test_target (DrillWriteFixture *self,
             gconstpointer      data)
{
  const DrillAckTarget target = { "schedule with spaces", "jira", NULL };
  const DrillAckTarget known = { "schedule:0000", "provider-1", "plan-0000" };
  g_autoptr(DrillAckOperation) operation = drill_ack_operation_new_for_target (self->writer, &target, "dismissed");
  g_autoptr(DrillAckOperation) other = NULL;
  DrillAckEntry entry;

  drill_ack_operation_set_note (operation, "alice", "", "");
  drill_write_fixture_no_pauses (operation);
  g_assert_null (drill_ack_operation_get_routes (operation, 0, NULL));
  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .method = "POST", .first = 1, .count = 1, .what = DRILL_TEST_DO_THEN_DROP,
  });
  drill_write_fixture_run (operation);
  assert_recorded (self, operation, "schedule with spaces");
  drill_ack_operation_get_entry (operation, 0, &entry);
  g_assert_cmpuint (entry.state_now, ==, DRILL_STATE_DISMISSED);

  other = drill_ack_operation_new_for_target (self->writer, &known, "acknowledged");
  drill_ack_operation_set_note (other, "alice", "", "");
  drill_write_fixture_run (other);
  drill_ack_operation_get_entry (other, 0, &entry);
  g_assert_cmpuint (entry.state_shown, ==, DRILL_STATE_OUTSTANDING);
  g_assert_cmpuint (entry.state_now, ==, DRILL_STATE_ACKNOWLEDGED);
}

/* An id that cannot be in a path: once and for all, or refused and told so */
static void
test_no_path (DrillWriteFixture *self,
              gconstpointer      data)
{
  static const char *const ids[] = { "py/rollback", ".", ".." };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const DrillAckTarget target = { ids[i], "jira", NULL };
      g_autoptr(DrillAckOperation) operation = drill_ack_operation_new_for_target (self->writer, &target, "acknowledged");
      g_autoptr(DrillAckOperation) refused = drill_ack_operation_new_for_target (self->writer, &target, "resolved");
      guint n_posts = drill_write_fixture_count_posts (self);
      DrillAckEntry entry;

      drill_ack_operation_set_note (operation, "alice", "", "");
      drill_write_fixture_run (operation);
      assert_recorded (self, operation, ids[i]);
      g_assert_cmpuint (drill_write_fixture_count_posts (self), ==, n_posts + 1);
      drill_ack_operation_get_entry (operation, 0, &entry);
      g_assert_cmpuint (entry.state_now, ==, DRILL_STATE_ACKNOWLEDGED);

      drill_ack_operation_set_note (refused, "alice", "", "");
      drill_test_server_add_fault (self->server, &(DrillTestFault) {
        .method = "POST", .first = 1, .count = 1, .what = DRILL_TEST_STATUS, .status = 400,
      });
      drill_write_fixture_run (refused);
      drill_ack_operation_get_entry (refused, 0, &entry);
      g_assert_cmpint (entry.outcome, ==, DRILL_OUTCOME_FAILED);
      g_assert_error (entry.error, DRILL_ERROR, DRILL_ERROR_REJECTED);
      g_assert_cmpuint (drill_write_fixture_count_posts (self), ==, n_posts + 2);
      drill_test_server_clear_faults (self->server);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/drill/session/ack-target/" name, DrillWriteFixture, NULL, set_up, function, tear_down)
  ADD ("target", test_target);
  ADD ("no-path", test_no_path);
#undef ADD

  return g_test_run ();
}
