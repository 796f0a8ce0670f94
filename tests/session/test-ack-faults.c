// SPDX-License-Identifier: GPL-3.0-or-later

/* What can go wrong with an acknowledgement: what the user is told, what is on
 * the service, what is in the journal; and that everything ends up on the service
 * exactly once when it is taken up again, by the same process or by the next. */

#include "drill-test-loop.h"
#include "drill-write-fixture.h"

#define BULK 250

typedef struct {
  const char *name;
  guint n_routes;
  DrillTestFault faults[3];
  /* What the user is told */
  DrillOperationStatus status;
  int error;            /* of the operation, DrillError or -1 */
  guint n_recorded;
  guint n_failed;
  guint n_pending;
  guint n_unknown;
  int reason;           /* of what failed, DrillError or -1 */
  /* What the service has, and how often it was asked */
  guint n_on_service;
  guint n_posts;
} Case;

#define ALL(n)         .status = DRILL_OPERATION_DONE, .error = -1, .n_recorded = n, .reason = -1, .n_on_service = n
#define FAILED(n, m, code) \
  .status = DRILL_OPERATION_DONE, .error = -1, .n_recorded = n, .n_failed = m, .reason = code, .n_on_service = n
#define STOPPED(s, n, m, code) \
  .status = s, .error = code, .n_recorded = n, .n_pending = m, .reason = -1, .n_on_service = n

#define ONCE(p)        .method = "POST", .path = p, .first = 1, .count = 1
#define SECOND         .method = "POST", .path = DRILL_TEST_BULK, .first = 2, .count = 1
#define FROM_SECOND    .method = "POST", .path = DRILL_TEST_BULK, .first = 2
#define NO_HISTORY     { .method = "GET", .path = DRILL_TEST_HISTORY, .what = DRILL_TEST_STATUS, .status = 503 }
#define MOVED          .what = DRILL_TEST_STATUS, .status = 307, .header = "Location", .value = "/elsewhere"
#define BUSY           .what = DRILL_TEST_STATUS, .status = 429, .header = "Retry-After", .value = "0"
#define HTML           .status = 200, .type = "text/html", .body = "<html>a proxy</html>"
#define GARBAGE        .status = 200, .body = "{\"acknowledgement\":"
#define EMPTY          .status = 200, .body = "{}"

static const Case cases[] = {
  { "single/dropped-before", 1, { { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_DROP } },
    FAILED (0, 1, DRILL_ERROR_OFFLINE), .n_posts = 1 },
  { "single/dropped-after", 1, { { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_DO_THEN_DROP } }, ALL (1), .n_posts = 1 },
  { "single/answer-cut-short", 1, { { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_DO_THEN_DROP_IN_BODY } }, ALL (1), .n_posts = 1 },
  { "single/500-before", 1, { { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_STATUS, .status = 500 } },
    FAILED (0, 1, DRILL_ERROR_SERVICE), .n_posts = 1 },
  { "single/500-after", 1, { { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_DO_THEN_STATUS, .status = 500 } }, ALL (1), .n_posts = 1 },
  { "single/429", 1, { { ONCE (DRILL_TEST_ACK), BUSY } }, ALL (1), .n_posts = 2 },
  { "single/429-for-ever", 1, { { .method = "POST", BUSY } },
    STOPPED (DRILL_OPERATION_STOPPED, 0, 1, DRILL_ERROR_BUSY), .n_posts = 4 },
  { "single/429-for-an-hour", 1, { { .method = "POST", .what = DRILL_TEST_STATUS, .status = 429, .header = "Retry-After", .value = "3600" } },
    STOPPED (DRILL_OPERATION_STOPPED, 0, 1, DRILL_ERROR_BUSY), .n_posts = 1 },
  { "single/redirect", 1, { { ONCE (DRILL_TEST_ACK), MOVED } }, FAILED (0, 1, DRILL_ERROR_BAD_REPLY), .n_posts = 1 },
  { "single/slow-after", 1, { { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_DO_THEN_HOLD } }, ALL (1), .n_posts = 1 },
  { "single/slow-before", 1, { { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_HOLD } },
    FAILED (0, 1, DRILL_ERROR_TIMED_OUT), .n_posts = 1 },
  { "single/html-after", 1, { { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_DO_THEN_STATUS, HTML } }, ALL (1), .n_posts = 1 },
  { "single/html-before", 1, { { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_STATUS, HTML } },
    FAILED (0, 1, DRILL_ERROR_BAD_REPLY), .n_posts = 1 },
  { "single/garbage-after", 1, { { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_DO_THEN_STATUS, GARBAGE } }, ALL (1), .n_posts = 1 },
  { "single/empty-after", 1, { { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_DO_THEN_STATUS, EMPTY } }, ALL (1), .n_posts = 1 },
  { "single/empty-before", 1, { { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_STATUS, EMPTY } },
    FAILED (0, 1, DRILL_ERROR_BAD_REPLY), .n_posts = 1 },
  { "single/401", 1, { { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_STATUS, .status = 401 } },
    STOPPED (DRILL_OPERATION_NEEDS_TOKEN, 0, 1, DRILL_ERROR_AUTH_REQUIRED), .n_posts = 1 },
  { "single/403", 1, { { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_STATUS, .status = 403 } },
    STOPPED (DRILL_OPERATION_STOPPED, 0, 1, DRILL_ERROR_FORBIDDEN), .n_posts = 1 },
  { "single/400", 1, { { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_STATUS, .status = 400, .body = "{\"detail\":\"unknown provider\"}" } },
    FAILED (0, 1, DRILL_ERROR_REJECTED), .n_posts = 1 },
  { "single/404", 1, { { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_STATUS, .status = 404 } },
    FAILED (0, 1, DRILL_ERROR_NOT_FOUND), .n_posts = 1 },
  { "single/unknown-done", 1, { { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_DO_THEN_DROP }, NO_HISTORY },
    .status = DRILL_OPERATION_STOPPED, .error = DRILL_ERROR_SERVICE, .n_unknown = 1, .reason = -1, .n_on_service = 1, .n_posts = 1 },
  { "single/unknown-not-done", 1, { { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_DROP }, NO_HISTORY },
    .status = DRILL_OPERATION_STOPPED, .error = DRILL_ERROR_SERVICE, .n_unknown = 1, .reason = -1, .n_posts = 1 },

  { "bulk/dropped-before", BULK, { { SECOND, .what = DRILL_TEST_DROP } },
    FAILED (150, 100, DRILL_ERROR_OFFLINE), .n_posts = 3 },
  { "bulk/dropped-after", BULK, { { SECOND, .what = DRILL_TEST_DO_THEN_DROP } }, ALL (BULK), .n_posts = 3 },
  { "bulk/answer-cut-short", BULK, { { SECOND, .what = DRILL_TEST_DO_THEN_DROP_IN_BODY } }, ALL (BULK), .n_posts = 3 },
  { "bulk/500-before", BULK, { { SECOND, .what = DRILL_TEST_STATUS, .status = 500 } },
    FAILED (150, 100, DRILL_ERROR_SERVICE), .n_posts = 3 },
  { "bulk/500-in-the-middle", BULK, { { SECOND, .what = DRILL_TEST_BREAK_BULK, .n_routes = 40 } },
    FAILED (190, 60, DRILL_ERROR_SERVICE), .n_posts = 3 },
  { "bulk/500-after", BULK, { { SECOND, .what = DRILL_TEST_DO_THEN_STATUS, .status = 500 } }, ALL (BULK), .n_posts = 3 },
  { "bulk/500-from-then-on", BULK + 200, { { FROM_SECOND, .what = DRILL_TEST_STATUS, .status = 500 } },
    .status = DRILL_OPERATION_STOPPED, .error = DRILL_ERROR_SERVICE, .n_recorded = 100, .n_failed = 200, .n_pending = 150,
    .reason = DRILL_ERROR_SERVICE, .n_on_service = 100, .n_posts = 3 },
  { "bulk/429", BULK, { { SECOND, BUSY } }, ALL (BULK), .n_posts = 4 },
  { "bulk/429-for-ever", BULK, { { FROM_SECOND, BUSY } },
    STOPPED (DRILL_OPERATION_STOPPED, 100, 150, DRILL_ERROR_BUSY), .n_posts = 5 },
  { "bulk/redirect", BULK, { { SECOND, MOVED } }, FAILED (150, 100, DRILL_ERROR_BAD_REPLY), .n_posts = 3 },
  { "bulk/slow-after", BULK, { { SECOND, .what = DRILL_TEST_DO_THEN_HOLD } }, ALL (BULK), .n_posts = 3 },
  { "bulk/slow-before", BULK, { { SECOND, .what = DRILL_TEST_HOLD } },
    FAILED (150, 100, DRILL_ERROR_TIMED_OUT), .n_posts = 3 },
  { "bulk/html-after", BULK, { { SECOND, .what = DRILL_TEST_DO_THEN_STATUS, HTML } }, ALL (BULK), .n_posts = 3 },
  { "bulk/html-before", BULK, { { SECOND, .what = DRILL_TEST_STATUS, HTML } },
    FAILED (150, 100, DRILL_ERROR_BAD_REPLY), .n_posts = 3 },
  { "bulk/empty-after", BULK, { { SECOND, .what = DRILL_TEST_DO_THEN_STATUS, EMPTY } }, ALL (BULK), .n_posts = 3 },
  { "bulk/401", BULK, { { SECOND, .what = DRILL_TEST_STATUS, .status = 401 } },
    STOPPED (DRILL_OPERATION_NEEDS_TOKEN, 100, 150, DRILL_ERROR_AUTH_REQUIRED), .n_posts = 2 },
  { "bulk/403", BULK, { { SECOND, .what = DRILL_TEST_STATUS, .status = 403 } },
    STOPPED (DRILL_OPERATION_STOPPED, 100, 150, DRILL_ERROR_FORBIDDEN), .n_posts = 2 },
  { "bulk/400-in-the-middle", BULK,
    { { SECOND, .what = DRILL_TEST_BREAK_BULK, .n_routes = 40, .status = 400 },
      { ONCE (DRILL_TEST_ACK), .what = DRILL_TEST_STATUS, .status = 400, .body = "{\"detail\":\"unknown provider\"}" } },
    FAILED (BULK - 1, 1, DRILL_ERROR_REJECTED), .n_posts = 3 + 60 },
  { "bulk/422", BULK, { { SECOND, .what = DRILL_TEST_STATUS, .status = 422 } }, ALL (BULK), .n_posts = 3 + 100 },
  { "bulk/unknown-in-the-middle", BULK, { { SECOND, .what = DRILL_TEST_BREAK_BULK, .n_routes = 40 }, NO_HISTORY },
    .status = DRILL_OPERATION_STOPPED, .error = DRILL_ERROR_SERVICE, .n_recorded = 100, .n_pending = 50, .n_unknown = 100,
    .reason = -1, .n_on_service = 140, .n_posts = 2 },
};

static void
set_up (DrillWriteFixture *self,
        gconstpointer      data)
{
  const Case *test = data;

  drill_write_fixture_set_up (self, test->n_routes);
  drill_api_source_set_time_outs (self->source, 1, 1);
  for (guint i = 0; i < G_N_ELEMENTS (test->faults); i++)
    if (test->faults[i].method != NULL)
      drill_test_server_add_fault (self->server, &test->faults[i]);
}

static void
tear_down (DrillWriteFixture *self,
           gconstpointer      data)
{
  drill_test_server_release (self->server);
  drill_write_fixture_tear_down (self);
}

static void
assert_outcome (DrillWriteFixture *self,
                const Case        *test,
                DrillAckOperation *operation)
{
  const GError *error = drill_operation_get_error (DRILL_OPERATION (operation));

  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, test->status);
  if (test->error < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, DRILL_ERROR, test->error);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_RECORDED), ==, test->n_recorded);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_FAILED), ==, test->n_failed);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_PENDING), ==, test->n_pending);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_UNKNOWN), ==, test->n_unknown);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_SENT), ==, 0);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_SKIPPED), ==, 0);
  for (guint i = 0; i < drill_ack_operation_get_n_entries (operation); i++)
    {
      DrillAckEntry entry;

      drill_ack_operation_get_entry (operation, i, &entry);
      if (entry.outcome == DRILL_OUTCOME_FAILED)
        g_assert_error (entry.error, DRILL_ERROR, test->reason);
      if (entry.outcome == DRILL_OUTCOME_RECORDED)
        g_assert_cmpuint (entry.state_now, ==, DRILL_STATE_ACKNOWLEDGED);
    }

  drill_write_fixture_assert_told (self, operation);
  g_assert_cmpuint (drill_test_server_count_acks (self->server, NULL, NULL), ==, test->n_on_service);
  g_assert_cmpuint (drill_write_fixture_count_posts (self), ==, test->n_posts);
  g_assert_cmpuint (drill_write_fixture_count_files (self), ==, test->status == DRILL_OPERATION_DONE ? 0 : 1);
  g_assert_cmpfloat_with_epsilon (drill_operation_get_progress (DRILL_OPERATION (operation)),
                                  (double) (test->n_recorded + test->n_failed) / test->n_routes, 1e-9);
}

/* Everything is on the service exactly once, and nothing is left in the journal */
static void
assert_finished (DrillWriteFixture *self,
                 const Case        *test,
                 DrillAckOperation *operation)
{
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_DONE);
  g_assert_no_error (drill_operation_get_error (DRILL_OPERATION (operation)));
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_RECORDED), ==,
                    drill_ack_operation_get_n_entries (operation));
  drill_write_fixture_assert_told (self, operation);
  drill_write_fixture_assert_once (self, test->n_routes);
  g_assert_cmpuint (drill_write_fixture_count_files (self), ==, 0);
}

static void
test_told (DrillWriteFixture *self,
           gconstpointer      data)
{
  const Case *test = data;
  g_autoptr(DrillAckOperation) operation = drill_write_fixture_choose (self, test->n_routes, "acknowledged");

  drill_write_fixture_run (operation);
  assert_outcome (self, test, operation);

  /* What was held is done now, after it was given up */
  drill_test_server_clear_faults (self->server);
  drill_test_server_release (self->server);
  drill_ack_operation_retry_failed (operation);
  drill_write_fixture_run (operation);
  assert_finished (self, test, operation);
}

/* The journal tells the next process what this one knew */
static void
test_recovered (DrillWriteFixture *self,
                gconstpointer      data)
{
  const Case *test = data;
  g_autoptr(DrillAckOperation) operation = drill_write_fixture_choose (self, test->n_routes, "acknowledged");
  g_autoptr(DrillAckOperation) recovered = NULL;

  drill_write_fixture_run (operation);
  g_clear_object (&operation);
  drill_write_fixture_end (self);
  drill_write_fixture_start (self, drill_test_server_get_url (self->server), NULL);
  drill_test_server_clear_faults (self->server);
  drill_test_server_release (self->server);
  drill_write_fixture_load (self);

  recovered = drill_write_fixture_recover (self);
  if (test->status == DRILL_OPERATION_DONE)
    {
      g_assert_null (recovered);
      return;
    }

  g_assert_cmpstr (drill_ack_operation_get_state (recovered), ==, "acknowledged");
  g_assert_cmpstr (drill_ack_operation_get_actor (recovered), ==, "alice");
  g_assert_cmpstr (drill_ack_operation_get_reference (recovered), ==, "CHG-1");
  g_assert_cmpstr (drill_ack_operation_get_notes (recovered), ==, "said by \"alice\"\n");
  g_assert_cmpuint (drill_ack_operation_get_n_entries (recovered), ==, test->n_routes);
  g_assert_cmpuint (drill_ack_operation_count (recovered, DRILL_OUTCOME_RECORDED), ==, test->n_recorded);
  g_assert_cmpuint (drill_ack_operation_count (recovered, DRILL_OUTCOME_FAILED), ==, test->n_failed);
  g_assert_cmpuint (drill_ack_operation_count (recovered, DRILL_OUTCOME_PENDING), ==, test->n_pending);
  g_assert_cmpuint (drill_ack_operation_count (recovered, DRILL_OUTCOME_UNKNOWN), ==, test->n_unknown);

  /* Finding out sends nothing */
  drill_write_fixture_check (recovered);
  g_assert_cmpuint (drill_write_fixture_count_posts (self), ==, test->n_posts);
  g_assert_cmpuint (drill_ack_operation_count (recovered, DRILL_OUTCOME_UNKNOWN), ==, 0);
  g_assert_cmpuint (drill_ack_operation_count (recovered, DRILL_OUTCOME_RECORDED), ==, test->n_on_service);
  drill_write_fixture_assert_told (self, recovered);

  drill_ack_operation_retry_failed (recovered);
  drill_write_fixture_run (recovered);
  assert_finished (self, test, recovered);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *told = g_strdup_printf ("/drill/session/ack-faults/%s", cases[i].name);
      g_autofree char *recovered = g_strdup_printf ("/drill/session/ack-faults/%s/recovered", cases[i].name);

      g_test_add (told, DrillWriteFixture, &cases[i], set_up, test_told, tear_down);
      g_test_add (recovered, DrillWriteFixture, &cases[i], set_up, test_recovered, tear_down);
    }

  return g_test_run ();
}
