// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "base/drill-error.h"
#include "drill-audit-fixture.h"
#include "drill-test-loop.h"
#include "session/drill-delivery-operation.h"

#define ACTOR "auditor"
#define PLAN  "acknowledgement-audit-delivery-plan"

static DrillDeliveryOperation *
new_delivery (DrillAuditFixture *fixture,
              const char        *providers)
{
  const DrillPackageScope scope = { "", "", "" };
  const DrillDeliveryTerms terms = { .providers = providers, .actor = ACTOR, .cadence = "weekly" };

  return drill_delivery_operation_new (fixture->writer, &scope, &terms);
}

/* There is one */
static const DrillDeliveryResult *
find_result (DrillDeliveryOperation *operation,
             const char             *provider)
{
  for (guint i = 0; i < drill_delivery_operation_get_n_results (operation); i++)
    {
      const DrillDeliveryResult *result = drill_delivery_operation_get_result (operation, i);

      if (g_str_equal (result->provider, provider))
        return result;
    }

  g_error ("no result for %s", provider);
}

static void
assert_result (DrillDeliveryOperation *operation,
               const char             *provider,
               DrillDelivered          delivered)
{
  const DrillDeliveryResult *result = find_result (operation, provider);

  g_assert_cmpint (result->delivered, ==, delivered);
}

static void
assert_outcome (DrillDeliveryOperation *operation,
                DrillOutcome            outcome,
                gboolean                success)
{
  g_assert_cmpint (drill_delivery_operation_get_outcome (operation), ==, outcome);
  g_assert_cmpint (drill_delivery_operation_get_success (operation), ==, success);
}

static void
assert_sent (DrillAuditFixture *fixture,
             guint              n_requests,
             guint              n_deliveries,
             guint              n_journal)
{
  g_assert_cmpuint (drill_test_server_get_n_requests (fixture->server, DRILL_TEST_DELIVERY), ==, n_requests);
  g_assert_cmpuint (drill_test_server_count_items (fixture->server, PLAN), ==, n_deliveries);
  g_assert_cmpuint (drill_audit_fixture_n_journal (fixture), ==, n_journal);
}

static void
test_delivered (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillDeliveryOperation) operation = new_delivery (fixture, "jira, splunk");
  const DrillDeliveryResult *result;

  assert_outcome (operation, DRILL_OUTCOME_PENDING, FALSE);
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_DONE);
  assert_outcome (operation, DRILL_OUTCOME_RECORDED, TRUE);
  g_assert_cmpuint (drill_delivery_operation_get_n_results (operation), ==, 2);
  assert_result (operation, "splunk", DRILL_DELIVERED_YES);
  result = find_result (operation, "jira");
  g_assert_cmpint (result->delivered, ==, DRILL_DELIVERED_YES);
  g_assert_cmpint (result->n_attempts, ==, 1);
  g_assert_cmpint (result->status_code, ==, 200);
  g_assert_nonnull (drill_delivery_operation_get_audit_id (operation));
  g_assert_nonnull (drill_delivery_operation_get_delivery_id (operation));
  g_assert_cmpint (drill_package_verify (drill_delivery_operation_get_package (operation), NULL, NULL), ==,
                   DRILL_VERDICT_WHOLE);
  assert_sent (fixture, 1, 1, 0);

  /* It is done; running it again does nothing */
  drill_audit_fixture_run (operation);
  assert_sent (fixture, 1, 1, 0);
}

/* HTTP 200 with success: false */
static void
test_failed (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillDeliveryOperation) operation = new_delivery (fixture, "jira,splunk");
  const DrillDeliveryResult *result;

  drill_test_server_fail_connector (fixture->server, "jira", 503);
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_DONE);
  assert_outcome (operation, DRILL_OUTCOME_RECORDED, FALSE);
  assert_result (operation, "splunk", DRILL_DELIVERED_YES);
  result = find_result (operation, "jira");
  g_assert_cmpint (result->delivered, ==, DRILL_DELIVERED_FAILED);
  g_assert_cmpint (result->n_attempts, ==, 3);
  g_assert_cmpint (result->status_code, ==, 503);
}

/* One of two has no connector */
static void
test_not_configured (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillDeliveryOperation) operation = new_delivery (fixture, "jira,pagerduty");

  drill_audit_fixture_run (operation);
  assert_outcome (operation, DRILL_OUTCOME_RECORDED, FALSE);
  assert_result (operation, "jira", DRILL_DELIVERED_YES);
  assert_result (operation, "pagerduty", DRILL_DELIVERED_NOT_CONFIGURED);
}

/* Nothing was sent to anybody, and the answer is 200 all the same */
static void
test_empty_selection (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillDeliveryOperation) operation = new_delivery (fixture, "pagerduty");

  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_DONE);
  assert_outcome (operation, DRILL_OUTCOME_RECORDED, FALSE);
  g_assert_cmpuint (drill_delivery_operation_get_n_results (operation), ==, 1);
  assert_result (operation, "pagerduty", DRILL_DELIVERED_NOT_CONFIGURED);
}

static void
test_all (void)
{
  static const char *const connectors[] = { "splunk", "webhook", NULL };
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillDeliveryOperation) operation = new_delivery (fixture, "all");

  drill_test_server_set_connectors (fixture->server, connectors);
  drill_audit_fixture_run (operation);
  assert_outcome (operation, DRILL_OUTCOME_RECORDED, TRUE);
  g_assert_cmpuint (drill_delivery_operation_get_n_results (operation), ==, 2);
  assert_result (operation, "splunk", DRILL_DELIVERED_YES);
  assert_result (operation, "webhook", DRILL_DELIVERED_YES);
}

static void
test_no_connector (void)
{
  static const char *const connectors[] = { NULL };
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillDeliveryOperation) operation = new_delivery (fixture, "jira");
  const GError *error;

  drill_test_server_set_connectors (fixture->server, connectors);
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_DONE);
  assert_outcome (operation, DRILL_OUTCOME_FAILED, FALSE);
  error = drill_operation_get_error (DRILL_OPERATION (operation));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_REJECTED);
  g_assert_nonnull (strstr (error->message, "connector config is not configured"));
  assert_sent (fixture, 1, 0, 0);
}

/* The answer itself says one thing and its list another, or nothing at all */
static void
test_answers (void)
{
  static const struct
  {
    const char    *answer; /* but its items */
    DrillDelivered jira;
  } answers[] = {
    { "\"delivery_plan\": {\"selected_providers\": [\"jira\"]}, \"delivery\": {\"deliveries\": []}, \"success\": true",
      DRILL_DELIVERED_UNKNOWN },
    { "\"delivery_plan\": {\"selected_providers\": [\"jira\"]}, \"delivery\": null, \"success\": false",
      DRILL_DELIVERED_FAILED },
    { "\"delivery_plan\": {\"selected_providers\": null}, \"delivery\": null, \"success\": true",
      DRILL_DELIVERED_NOT_CONFIGURED },
    { "\"delivery_plan\": {\"selected_providers\": [\"jira\"]}, \"success\": false,"
      " \"delivery\": {\"deliveries\": [{\"provider\": \"jira\", \"success\": true}]}",
      DRILL_DELIVERED_YES },
    { "\"delivery_plan\": {\"selected_providers\": [\"jira\", 1, null]}, \"success\": \"yes\","
      " \"delivery\": {\"deliveries\": [null, 7, {\"provider\": \"jira\", \"success\": \"no\", \"attempt_count\": -9}]}",
      DRILL_DELIVERED_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (10);
      g_autoptr(DrillDeliveryOperation) operation = new_delivery (fixture, "jira");
      g_autofree char *answer = g_strdup_printf ("{\"plan_metadata\": {\"session_id\": \"p\", \"metadata_kind\":"
                                                 " \"go-backend-rollback-drill-" PLAN "\"}, %s}", answers[i].answer);
      const DrillTestFault fault = { .method = "POST", .path = DRILL_TEST_DELIVERY, .what = DRILL_TEST_STATUS,
                                     .status = 200, .body = answer };

      drill_test_server_add_fault (fixture->server, &fault);
      drill_audit_fixture_run (operation);
      assert_outcome (operation, DRILL_OUTCOME_RECORDED, FALSE);
      assert_result (operation, "jira", answers[i].jira);
    }
}

/* Done, and the answer lost: the history has the result of each connector, also of the second time */
static void
test_lost_after (gconstpointer data)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);

  drill_test_server_fail_connector (fixture->server, "jira", 500);
  for (guint i = 1; i <= 2; i++)
    {
      g_autoptr(DrillDeliveryOperation) operation = new_delivery (fixture, "jira,splunk,pagerduty");

      drill_audit_fixture_heal (fixture);
      drill_audit_fixture_fault (fixture, data);
      drill_audit_fixture_run (operation);
      assert_status (operation, DRILL_OPERATION_DONE);
      assert_outcome (operation, DRILL_OUTCOME_RECORDED, FALSE);
      assert_result (operation, "splunk", DRILL_DELIVERED_YES);
      assert_result (operation, "jira", DRILL_DELIVERED_FAILED);
      assert_result (operation, "pagerduty", DRILL_DELIVERED_NOT_CONFIGURED);
      g_assert_nonnull (drill_delivery_operation_get_package (operation));
      g_assert_cmpuint (drill_test_server_get_n_requests (fixture->server, DRILL_TEST_DELIVERY), ==, i);
      g_assert_cmpuint (drill_audit_fixture_n_journal (fixture), ==, 0);
    }
}

/* What another window has had delivered meanwhile is not taken for what was lost here */
static void
test_others (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (10);
  DrillAuditFixture window = { .server = fixture->server, .directory = fixture->directory };
  g_autoptr(DrillDeliveryOperation) other = new_delivery (fixture, "jira");
  g_autoptr(DrillDeliveryOperation) operation = NULL;

  drill_audit_fixture_start (&window);
  operation = new_delivery (&window, "jira");
  drill_audit_fixture_run (other);
  assert_outcome (other, DRILL_OUTCOME_RECORDED, TRUE);

  drill_audit_fixture_fault (fixture, "POST:/audit-delivery:1:1:drop");
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_STOPPED);
  g_assert_cmpint (drill_delivery_operation_get_outcome (operation), !=, DRILL_OUTCOME_RECORDED);
  g_clear_object (&operation);
  drill_audit_fixture_kill (&window);
}

static void
test_lost_before (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillDeliveryOperation) operation = new_delivery (fixture, "jira");

  drill_audit_fixture_fault (fixture, "POST:/audit-delivery:1:1:drop");
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_STOPPED);
  assert_outcome (operation, DRILL_OUTCOME_FAILED, FALSE);
  g_assert_nonnull (drill_operation_get_error (DRILL_OPERATION (operation)));
  g_assert_cmpuint (drill_delivery_operation_get_n_results (operation), ==, 0);
  assert_sent (fixture, 1, 0, 1);

  /* Checking sends nothing; running does */
  drill_audit_fixture_check (operation);
  assert_sent (fixture, 1, 0, 1);
  drill_audit_fixture_run (operation);
  assert_outcome (operation, DRILL_OUTCOME_RECORDED, TRUE);
  assert_sent (fixture, 2, 1, 0);
}

/* Timed out: the service may only be slow. It is, and is done before anybody looks again. */
static void
test_slow (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillDeliveryOperation) operation = new_delivery (fixture, "jira");

  drill_audit_fixture_fault (fixture, "POST:/audit-delivery:1:1:hold");
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_STOPPED);
  assert_stopped_by (operation, DRILL_ERROR_TIMED_OUT);
  assert_outcome (operation, DRILL_OUTCOME_UNKNOWN, FALSE);
  assert_result (operation, "jira", DRILL_DELIVERED_UNKNOWN);
  assert_sent (fixture, 1, 0, 1);

  drill_test_server_release (fixture->server);
  while (drill_test_server_count_items (fixture->server, PLAN) == 0)
    g_main_context_iteration (NULL, FALSE);
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_DONE);
  assert_outcome (operation, DRILL_OUTCOME_RECORDED, TRUE);
  assert_result (operation, "jira", DRILL_DELIVERED_YES);
  assert_sent (fixture, 1, 1, 0);
}

#define PLAN_ITEM \
  "{\"session_id\": \"plan\", \"created_at\": \"2026-06-01T12:00:01Z\"," \
  " \"metadata_kind\": \"go-backend-rollback-drill-acknowledgement-audit-delivery-plan\"," \
  " \"delivery_id\": \"plan\", \"audit_id\": \"gordackaudit-1\", \"acknowledgement_audit_delivery_plan\":" \
  " {\"delivery_id\": \"plan\", \"audit_id\": \"gordackaudit-1\", \"generated_by\": \"%s\"," \
  " \"filters\": {\"schedule_id\": \"%s\", \"provider\": \"\", \"owner\": \"\"}," \
  " \"selected_providers\": [%s]}}"

#define DELIVERY_ITEM \
  "{\"session_id\": \"rcd\", \"created_at\": \"2026-06-01T12:00:02Z\"," \
  " \"metadata_kind\": \"release-connector-delivery\"," \
  " \"connector_delivery_source\": \"go_backend_rollback_drill_acknowledgement_audit\"," \
  " \"event_id\": \"gordackaudit-1\", \"delivery_success\": false, \"providers\": [\"jira\", \"splunk\"]," \
  " \"failed_providers\": [\"splunk\"], \"status_codes\": [201, 502]}"

static void
add_plan (DrillAuditFixture *fixture,
          const char        *actor,
          const char        *schedule_id,
          const char        *selected)
{
  g_autofree char *item = g_strdup_printf (PLAN_ITEM, actor, schedule_id, selected);

  drill_test_server_add_item (fixture->server, item);
}

/* Sent, unanswered, and the history cannot be read */
static DrillDeliveryOperation *
new_lost (DrillAuditFixture *fixture)
{
  DrillDeliveryOperation *operation = new_delivery (fixture, "jira,splunk");

  drill_audit_fixture_fault (fixture, "POST:/audit-delivery:1:1:drop");
  drill_audit_fixture_fault (fixture, "GET:/rollback-drill-notifications:1:0:status:503");
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_STOPPED);
  assert_outcome (operation, DRILL_OUTCOME_UNKNOWN, FALSE);
  assert_result (operation, "jira", DRILL_DELIVERED_UNKNOWN);
  drill_audit_fixture_heal (fixture);

  return operation;
}

/* Planned, and no word yet of how it ended */
static void
test_plan_only (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillDeliveryOperation) operation = new_lost (fixture);

  add_plan (fixture, ACTOR, "", "\"jira\", \"splunk\"");
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_STOPPED);
  assert_outcome (operation, DRILL_OUTCOME_UNKNOWN, FALSE);
  assert_result (operation, "jira", DRILL_DELIVERED_UNKNOWN);
  g_assert_cmpstr (drill_delivery_operation_get_delivery_id (operation), ==, "plan");

  drill_test_server_add_item (fixture->server, DELIVERY_ITEM);
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_DONE);
  assert_outcome (operation, DRILL_OUTCOME_RECORDED, FALSE);
  assert_result (operation, "jira", DRILL_DELIVERED_YES);
  assert_result (operation, "splunk", DRILL_DELIVERED_FAILED);
  g_assert_cmpint (find_result (operation, "splunk")->status_code, ==, 502);
  assert_sent (fixture, 1, 1, 0);
}

/* Planned for nobody: nothing more will come */
static void
test_plan_for_nobody (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillDeliveryOperation) operation = new_lost (fixture);

  add_plan (fixture, ACTOR, "", "");
  drill_audit_fixture_check (operation);
  assert_status (operation, DRILL_OPERATION_DONE);
  assert_outcome (operation, DRILL_OUTCOME_RECORDED, FALSE);
  assert_result (operation, "jira", DRILL_DELIVERED_NOT_CONFIGURED);
}

/* Of somebody else, of another scope, or to others: not ours */
static void
test_other_plans (void)
{
  static const struct
  {
    const char *actor;
    const char *schedule_id;
    const char *selected;
  } others[] = {
    { "somebody", "", "\"jira\"" },
    { ACTOR, "other", "\"jira\"" },
    { ACTOR, "", "\"jira\", \"slack\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (10);
      g_autoptr(DrillDeliveryOperation) operation = new_lost (fixture);

      add_plan (fixture, others[i].actor, others[i].schedule_id, others[i].selected);
      drill_test_server_add_item (fixture->server, DELIVERY_ITEM);
      drill_audit_fixture_run (operation);
      assert_status (operation, DRILL_OPERATION_STOPPED);
      assert_outcome (operation, DRILL_OUTCOME_FAILED, FALSE);
      g_assert_cmpuint (drill_test_server_get_n_requests (fixture->server, DRILL_TEST_DELIVERY), ==, 1);
    }
}

static void
test_token (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillDeliveryOperation) operation = new_delivery (fixture, "jira");

  drill_test_server_add_token (fixture->server, "good", "auditor@example.org");
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_NEEDS_TOKEN);
  assert_outcome (operation, DRILL_OUTCOME_PENDING, FALSE);
  assert_sent (fixture, 1, 0, 1);

  drill_api_source_set_token (fixture->source, "good");
  drill_audit_fixture_run (operation);
  assert_outcome (operation, DRILL_OUTCOME_RECORDED, TRUE);
  assert_sent (fixture, 2, 1, 0);
}

static void
test_busy (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillDeliveryOperation) operation = new_delivery (fixture, "jira");

  drill_audit_fixture_fault (fixture, "POST:/audit-delivery:1:1:status:429");
  drill_audit_fixture_run (operation);
  assert_outcome (operation, DRILL_OUTCOME_RECORDED, TRUE);
  assert_sent (fixture, 2, 1, 0);
}

static void
test_read_only (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillDeliveryOperation) operation = new_delivery (fixture, "jira");

  drill_writer_set_read_only (fixture->writer, TRUE);
  drill_audit_fixture_run (operation);
  assert_stopped_by (operation, DRILL_ERROR_READ_ONLY);
  assert_outcome (operation, DRILL_OUTCOME_PENDING, FALSE);
  g_assert_cmpuint (drill_test_server_get_n_requests (fixture->server, DRILL_TEST_DELIVERY), ==, 0);
}

/* Killed while it was in the air */
static void
test_journal (gconstpointer data)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  gboolean done = GPOINTER_TO_INT (data);
  g_autoptr(DrillDeliveryOperation) operation = new_delivery (fixture, "jira,splunk");
  g_autoptr(DrillJournalEntry) entry = NULL;
  g_autoptr(GError) error = NULL;
  DrillPackageScope scope;

  drill_audit_fixture_fault (fixture, done ? "POST:/audit-delivery:1:1:do-then-drop" : "POST:/audit-delivery:1:1:drop");
  drill_audit_fixture_fault (fixture, "GET:/rollback-drill-notifications:1:0:status:503");
  drill_audit_fixture_run (operation);
  g_clear_object (&operation);
  drill_audit_fixture_kill (fixture);
  drill_audit_fixture_heal (fixture);

  drill_audit_fixture_start (fixture);
  entry = drill_audit_fixture_claim (fixture);
  operation = drill_delivery_operation_new_from_journal (fixture->writer, entry, &error);
  g_clear_object (&entry);
  g_assert_no_error (error);
  g_assert_cmpstr (drill_delivery_operation_get_providers (operation), ==, "jira,splunk");
  drill_delivery_operation_get_scope (operation, &scope);
  g_assert_cmpstr (scope.owner, ==, "");
  assert_outcome (operation, DRILL_OUTCOME_UNKNOWN, FALSE);

  drill_audit_fixture_check (operation);
  if (done)
    {
      assert_status (operation, DRILL_OPERATION_DONE);
      assert_outcome (operation, DRILL_OUTCOME_RECORDED, TRUE);
      assert_result (operation, "jira", DRILL_DELIVERED_YES);
      assert_sent (fixture, 1, 1, 0);
      return;
    }

  assert_outcome (operation, DRILL_OUTCOME_FAILED, FALSE);
  assert_sent (fixture, 1, 0, 1);
  drill_audit_fixture_run (operation);
  assert_outcome (operation, DRILL_OUTCOME_RECORDED, TRUE);
  assert_sent (fixture, 2, 1, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add_func ("/drill/session/delivery-operation/" name, function)
#define ADD_LOST(name, fault) \
  g_test_add_data_func ("/drill/session/delivery-operation/lost-after/" name, fault, test_lost_after)
  ADD ("delivered", test_delivered);
  ADD ("failed", test_failed);
  ADD ("not-configured", test_not_configured);
  ADD ("empty-selection", test_empty_selection);
  ADD ("all", test_all);
  ADD ("no-connector", test_no_connector);
  ADD ("answers", test_answers);
  ADD_LOST ("dropped", "POST:/audit-delivery:1:1:do-then-drop");
  ADD_LOST ("truncated", "POST:/audit-delivery:1:1:do-then-drop-in-body");
  ADD_LOST ("500", "POST:/audit-delivery:1:1:do-then-status:500");
  ADD_LOST ("other-answer", "POST:/audit-delivery:1:1:do-then-status:200");
  ADD ("others", test_others);
  ADD ("lost-before", test_lost_before);
  ADD ("slow", test_slow);
  ADD ("plan-only", test_plan_only);
  ADD ("plan-for-nobody", test_plan_for_nobody);
  ADD ("other-plans", test_other_plans);
  ADD ("token", test_token);
  ADD ("busy", test_busy);
  ADD ("read-only", test_read_only);
  g_test_add_data_func ("/drill/session/delivery-operation/journal/done", GINT_TO_POINTER (TRUE), test_journal);
  g_test_add_data_func ("/drill/session/delivery-operation/journal/not-done", GINT_TO_POINTER (FALSE), test_journal);
#undef ADD
#undef ADD_LOST

  return g_test_run ();
}
