// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "audit/drill-package-parts.h"
#include "base/drill-error.h"
#include "drill-audit-fixture.h"
#include "drill-test-loop.h"
#include "session/drill-package-operation.h"

#define ACTOR "auditor"

static const DrillPackageScope everything = { "", "", "" };

static DrillPackageOperation *
new_one (DrillAuditFixture *fixture)
{
  return drill_package_operation_new (fixture->writer, &everything, 1, ACTOR);
}

/* Three schedules of the evidence */
static DrillPackageOperation *
new_three (DrillAuditFixture *fixture)
{
  DrillEvidence *evidence = drill_audit_fixture_evidence (fixture);
  DrillPackageScope scopes[3];

  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    scopes[i] = (DrillPackageScope) { drill_evidence_get_text (evidence, DRILL_DICT_SCHEDULE, i + 1), "", "" };

  return drill_package_operation_new (fixture->writer, scopes, G_N_ELEMENTS (scopes), ACTOR);
}

static void
assert_outcome (DrillPackageOperation *operation,
                guint                  i,
                DrillOutcome           outcome)
{
  g_assert_cmpint (drill_package_operation_get_outcome (operation, i, NULL), ==, outcome);
}

/* In hand, whole, and of what was asked for */
static void
assert_package (DrillAuditFixture     *fixture,
                DrillPackageOperation *operation,
                guint                  i)
{
  GBytes *package = drill_package_operation_get_package (operation, i);
  g_auto(DrillPackageDifference) difference = { 0 };
  g_autoptr(GError) error = NULL;

  assert_outcome (operation, i, DRILL_OUTCOME_RECORDED);
  g_assert_nonnull (package);
  g_assert_cmpint (drill_package_verify (package, NULL, &error), ==, DRILL_VERDICT_WHOLE);
  g_assert_no_error (error);
  g_assert_true (drill_package_compare (package, drill_audit_fixture_evidence (fixture), &difference, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (difference.n_missing + difference.n_unknown + difference.n_changed, ==, 0);
}

static guint
count_packages (DrillAuditFixture *fixture)
{
  return drill_test_server_count_items (fixture->server, DRILL_KIND_PACKAGE);
}

static guint
count_requests (DrillAuditFixture *fixture)
{
  return drill_test_server_get_n_requests (fixture->server, DRILL_TEST_PACKAGE);
}

static void
test_made (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillPackageOperation) operation = new_one (fixture);
  DrillPackageScope scope;

  assert_status (operation, DRILL_OPERATION_READY);
  assert_outcome (operation, 0, DRILL_OUTCOME_PENDING);
  g_assert_cmpuint (drill_audit_fixture_n_journal (fixture), ==, 0);

  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_DONE);
  assert_package (fixture, operation, 0);
  drill_package_operation_get_scope (operation, 0, &scope);
  g_assert_cmpstr (scope.schedule_id, ==, "");
  g_assert_cmpuint (count_packages (fixture), ==, 1);
  g_assert_cmpuint (drill_audit_fixture_n_journal (fixture), ==, 0);
}

/* Whatever the service writes, and however: it is what the hash was made of. */
static void
test_bytes (void)
{
  static const char package[] = "{ \"audit_id\" : \"gordackaudit-\\u0031\",\n \"n\":1.0e0, \"\\ud83d\\ude00\":12345678901234567890 }";
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (10);
  g_autoptr(DrillPackageOperation) operation = new_one (fixture);
  g_autofree char *answer = g_strdup_printf ("{\"actor\": null, \"audit_package\":%s , \"metadata\": "
                                             "{\"session_id\": \"p\", \"created_at\": \"2026-06-01T12:00:00Z\","
                                             " \"metadata_kind\": \"" DRILL_KIND_PACKAGE "\"}}", package);
  const DrillTestFault fault = { .method = "POST", .path = DRILL_TEST_PACKAGE, .what = DRILL_TEST_STATUS,
                                 .status = 200, .body = answer };
  gconstpointer data;
  gsize length;

  drill_test_server_add_fault (fixture->server, &fault);
  drill_audit_fixture_run (operation);
  assert_outcome (operation, 0, DRILL_OUTCOME_RECORDED);
  data = g_bytes_get_data (drill_package_operation_get_package (operation, 0), &length);
  g_assert_cmpmem (data, length, package, strlen (package));
}

/* Where one package would be cut, the parts together have every route. */
static void
test_parts (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (2000);
  g_autoptr(DrillEvidence) evidence = drill_evidence_ref (drill_audit_fixture_evidence (fixture));
  g_autoptr(GPtrArray) parts = drill_package_plan_parts (evidence, NULL);
  g_autofree DrillPackageScope *scopes = g_new (DrillPackageScope, parts->len);
  g_autoptr(DrillPackageOperation) operation = NULL;
  DrillPackageCoverage coverage;
  guint n_routes = 0;

  drill_package_cover (evidence, NULL, &coverage);
  g_assert_false (coverage.fits);
  g_assert_cmpuint (coverage.n_routes, >, DRILL_PACKAGE_SERVICE_CUT);
  for (guint i = 0; i < parts->len; i++)
    {
      const DrillPackagePart *part = g_ptr_array_index (parts, i);

      g_assert_true (part->fits);
      scopes[i] = (DrillPackageScope) { part->schedule_id, part->provider, part->owner };
    }
  operation = drill_package_operation_new (fixture->writer, scopes, parts->len, ACTOR);

  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_DONE);
  for (guint i = 0; i < parts->len; i++)
    {
      g_auto(DrillPackageDifference) difference = { 0 };

      assert_package (fixture, operation, i);
      drill_package_compare (drill_package_operation_get_package (operation, i), evidence, &difference, NULL);
      n_routes += difference.n_routes;
    }
  g_assert_cmpuint (n_routes, ==, coverage.n_routes);
  g_assert_cmpuint (count_requests (fixture), ==, parts->len);
}

/* Lost on the way there: not made, and asked for again only when somebody says so. */
static void
test_lost_before (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillPackageOperation) operation = new_one (fixture);
  const GError *error = NULL;

  drill_audit_fixture_fault (fixture, "POST:/audit-package:1:1:drop");
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_STOPPED);
  g_assert_cmpint (drill_package_operation_get_outcome (operation, 0, &error), ==, DRILL_OUTCOME_PENDING);
  g_assert_nonnull (error);
  g_assert_nonnull (drill_operation_get_error (DRILL_OPERATION (operation)));
  g_assert_null (drill_package_operation_get_package (operation, 0));
  g_assert_cmpuint (count_packages (fixture), ==, 0);
  g_assert_cmpuint (count_requests (fixture), ==, 1);
  g_assert_cmpuint (drill_audit_fixture_n_journal (fixture), ==, 1);

  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_DONE);
  assert_package (fixture, operation, 0);
  g_assert_cmpuint (count_packages (fixture), ==, 1);
  g_assert_cmpuint (drill_audit_fixture_n_journal (fixture), ==, 0);
}

/* Lost on the way back: it is in the history. */
static void
test_lost_after (gconstpointer data)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillPackageOperation) operation = new_one (fixture);

  drill_audit_fixture_fault (fixture, data);
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_DONE);
  assert_package (fixture, operation, 0);
  g_assert_cmpuint (count_packages (fixture), ==, 1);
  g_assert_cmpuint (count_requests (fixture), ==, 1);
  g_assert_cmpuint (drill_audit_fixture_n_journal (fixture), ==, 0);
}

/* As long as the history cannot be read nobody knows, and nothing is sent. */
static void
test_unknown (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillPackageOperation) operation = new_one (fixture);

  drill_audit_fixture_fault (fixture, "POST:/audit-package:1:1:do-then-drop");
  drill_audit_fixture_fault (fixture, "GET:/rollback-drill-notifications:1:0:status:503");
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_STOPPED);
  assert_outcome (operation, 0, DRILL_OUTCOME_UNKNOWN);
  drill_audit_fixture_run (operation);
  assert_outcome (operation, 0, DRILL_OUTCOME_UNKNOWN);
  g_assert_cmpuint (count_requests (fixture), ==, 1);
  g_assert_cmpuint (drill_audit_fixture_n_journal (fixture), ==, 1);

  drill_audit_fixture_heal (fixture);
  drill_audit_fixture_check (operation);
  assert_status (operation, DRILL_OPERATION_DONE);
  assert_package (fixture, operation, 0);
  g_assert_cmpuint (count_requests (fixture), ==, 1);
}

static void
test_token (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (400);
  g_autoptr(DrillPackageOperation) operation = new_three (fixture);

  drill_test_server_add_token (fixture->server, "good", "auditor@example.org");
  drill_api_source_set_token (fixture->source, "old");
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_NEEDS_TOKEN);
  assert_stopped_by (operation, DRILL_ERROR_AUTH_REQUIRED);
  assert_outcome (operation, 0, DRILL_OUTCOME_PENDING);
  g_assert_cmpuint (count_requests (fixture), ==, 1);
  g_assert_cmpuint (count_packages (fixture), ==, 0);

  drill_api_source_set_token (fixture->source, "good");
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_DONE);
  for (guint i = 0; i < 3; i++)
    assert_package (fixture, operation, i);
  g_assert_cmpuint (count_packages (fixture), ==, 3);
}

/* One that is refused does not take the others with it. */
static void
test_refused (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (400);
  g_autoptr(DrillPackageOperation) operation = new_three (fixture);
  const GError *error = NULL;

  drill_audit_fixture_fault (fixture, "POST:/audit-package:2:1:status:400");
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_DONE);
  assert_stopped_by (operation, DRILL_ERROR_REJECTED);
  assert_package (fixture, operation, 0);
  g_assert_cmpint (drill_package_operation_get_outcome (operation, 1, &error), ==, DRILL_OUTCOME_FAILED);
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_REJECTED);
  assert_package (fixture, operation, 2);
  g_assert_cmpuint (drill_audit_fixture_n_journal (fixture), ==, 0);

  /* and may be asked for once more */
  drill_audit_fixture_run (operation);
  assert_package (fixture, operation, 1);
  g_assert_cmpuint (count_packages (fixture), ==, 3);
}

/* Nobody gets anywhere: the others are not even tried. */
static void
test_stops (gconstpointer data)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (400);
  g_autoptr(DrillPackageOperation) operation = new_three (fixture);

  drill_audit_fixture_fault (fixture, data);
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_STOPPED);
  for (guint i = 0; i < 3; i++)
    assert_outcome (operation, i, DRILL_OUTCOME_PENDING);
  g_assert_cmpuint (count_packages (fixture), ==, 0);
}

static void
test_busy (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillPackageOperation) operation = new_one (fixture);

  drill_audit_fixture_fault (fixture, "POST:/audit-package:1:2:status:429");
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_DONE);
  assert_package (fixture, operation, 0);
  g_assert_cmpuint (count_requests (fixture), ==, 3);
  g_assert_cmpuint (count_packages (fixture), ==, 1);
}

static void
test_read_only (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillPackageOperation) operation = new_one (fixture);

  drill_writer_set_read_only (fixture->writer, TRUE);
  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_STOPPED);
  assert_stopped_by (operation, DRILL_ERROR_READ_ONLY);
  g_assert_cmpuint (count_requests (fixture), ==, 0);
}

/* Somebody else's package of the same scope is not ours. */
static void
test_another_actor (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillPackageOperation) operation = new_one (fixture);
  g_autoptr(DrillPackageOperation) other = drill_package_operation_new (fixture->writer, &everything, 1, "somebody");

  drill_audit_fixture_fault (fixture, "POST:/audit-package:1:1:drop");
  drill_audit_fixture_fault (fixture, "GET:/rollback-drill-notifications:1:1:status:503");
  drill_audit_fixture_run (operation);
  assert_outcome (operation, 0, DRILL_OUTCOME_UNKNOWN);
  drill_audit_fixture_run (other);
  assert_outcome (other, 0, DRILL_OUTCOME_RECORDED);

  drill_audit_fixture_check (operation);
  assert_outcome (operation, 0, DRILL_OUTCOME_PENDING);
}

/* Killed with one made, one in the air and one to go. */
static void
test_journal (gconstpointer data)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (400);
  gboolean made = GPOINTER_TO_INT (data);
  g_autoptr(DrillPackageOperation) operation = new_three (fixture);
  g_autoptr(DrillJournalEntry) entry = NULL;
  g_autoptr(GError) error = NULL;

  drill_audit_fixture_fault (fixture, made ? "POST:/audit-package:2:1:do-then-drop" : "POST:/audit-package:2:1:drop");
  drill_audit_fixture_fault (fixture, "GET:/rollback-drill-notifications:1:0:status:503");
  drill_audit_fixture_run (operation);
  assert_outcome (operation, 1, DRILL_OUTCOME_UNKNOWN);
  g_clear_object (&operation);
  drill_audit_fixture_kill (fixture);
  drill_audit_fixture_heal (fixture);

  drill_audit_fixture_start (fixture);
  entry = drill_audit_fixture_claim (fixture);
  operation = drill_package_operation_new_from_journal (fixture->writer, entry, &error);
  g_clear_object (&entry);
  g_assert_no_error (error);
  g_assert_true (drill_operation_is_recovered (DRILL_OPERATION (operation)));
  g_assert_cmpuint (drill_package_operation_get_n_packages (operation), ==, 3);
  assert_outcome (operation, 1, DRILL_OUTCOME_UNKNOWN);

  drill_audit_fixture_check (operation);
  assert_status (operation, DRILL_OPERATION_STOPPED);
  assert_package (fixture, operation, 0);
  if (made)
    assert_package (fixture, operation, 1);
  else
    assert_outcome (operation, 1, DRILL_OUTCOME_PENDING);
  assert_outcome (operation, 2, DRILL_OUTCOME_PENDING);
  g_assert_cmpuint (count_requests (fixture), ==, 2);

  drill_audit_fixture_run (operation);
  assert_status (operation, DRILL_OPERATION_DONE);
  for (guint i = 0; i < 3; i++)
    assert_package (fixture, operation, i);
  g_assert_cmpuint (count_packages (fixture), ==, 3);
  g_assert_cmpuint (count_requests (fixture), ==, made ? 3 : 4);
  g_assert_cmpuint (drill_audit_fixture_n_journal (fixture), ==, 0);
}

/* The disk is full between the entry of the journal and its step: with more room, what was there before is written
 * down all the same, or an older package of the same scope would be taken for this one. */
static void
test_journal_full (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (100);
  g_autoptr(DrillPackageOperation) older = new_one (fixture);
  g_autoptr(DrillPackageOperation) operation = NULL;
  g_autoptr(DrillJournalEntry) entry = NULL;
  g_autoptr(GError) error = NULL;
  struct rlimit room, little;

  drill_audit_fixture_run (older);
  assert_package (fixture, older, 0);
  operation = new_one (fixture);

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &room), ==, 0);
  little = room;
  for (little.rlim_cur = 64; drill_audit_fixture_n_journal (fixture) == 0; little.rlim_cur += 16)
    {
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &little), ==, 0);
      drill_audit_fixture_run (operation);
      assert_stopped_by (operation, DRILL_ERROR_IO);
    }
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &room), ==, 0);
  g_assert_cmpuint (count_requests (fixture), ==, 1);

  drill_audit_fixture_fault (fixture, "POST:/audit-package:1:1:drop");
  drill_audit_fixture_fault (fixture, "GET:/rollback-drill-notifications:1:0:status:503");
  drill_audit_fixture_run (operation);
  assert_outcome (operation, 0, DRILL_OUTCOME_UNKNOWN);
  g_clear_object (&operation);
  drill_audit_fixture_kill (fixture);
  drill_audit_fixture_heal (fixture);

  drill_audit_fixture_start (fixture);
  entry = drill_audit_fixture_claim (fixture);
  operation = drill_package_operation_new_from_journal (fixture->writer, entry, &error);
  g_assert_no_error (error);
  drill_audit_fixture_check (operation);
  assert_outcome (operation, 0, DRILL_OUTCOME_PENDING);
  g_assert_cmpuint (count_packages (fixture), ==, 1);
}

static void
test_journal_of_another (void)
{
  g_autoptr(DrillAuditFixture) fixture = drill_audit_fixture_new (10);
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillJournalEntry) entry = drill_journal_begin (fixture->journal, "x", g_variant_new_parsed ("{'kind': <'ack'>}"),
                                                            &error);

  g_assert_no_error (error);
  g_assert_null (drill_package_operation_new_from_journal (fixture->writer, entry, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/session/package-operation/made", test_made);
  g_test_add_func ("/drill/session/package-operation/bytes", test_bytes);
  g_test_add_func ("/drill/session/package-operation/parts", test_parts);
  g_test_add_func ("/drill/session/package-operation/lost-before", test_lost_before);
  g_test_add_data_func ("/drill/session/package-operation/lost-after/dropped",
                        "POST:/audit-package:1:1:do-then-drop", test_lost_after);
  g_test_add_data_func ("/drill/session/package-operation/lost-after/truncated",
                        "POST:/audit-package:1:1:do-then-drop-in-body", test_lost_after);
  g_test_add_data_func ("/drill/session/package-operation/lost-after/500",
                        "POST:/audit-package:1:1:do-then-status:500", test_lost_after);
  g_test_add_data_func ("/drill/session/package-operation/lost-after/other-answer",
                        "POST:/audit-package:1:1:do-then-status:200", test_lost_after);
  g_test_add_data_func ("/drill/session/package-operation/lost-after/timed-out",
                        "POST:/audit-package:1:1:do-then-hold", test_lost_after);
  g_test_add_func ("/drill/session/package-operation/unknown", test_unknown);
  g_test_add_func ("/drill/session/package-operation/token", test_token);
  g_test_add_func ("/drill/session/package-operation/refused", test_refused);
  g_test_add_data_func ("/drill/session/package-operation/stops/forbidden",
                        "POST:/audit-package:1:0:status:403", test_stops);
  g_test_add_data_func ("/drill/session/package-operation/stops/redirect",
                        "POST:/audit-package:1:0:status:307", test_stops);
  g_test_add_data_func ("/drill/session/package-operation/stops/500",
                        "POST:/audit-package:1:0:status:500", test_stops);
  g_test_add_data_func ("/drill/session/package-operation/stops/busy",
                        "POST:/audit-package:1:0:status:429", test_stops);
  g_test_add_func ("/drill/session/package-operation/busy", test_busy);
  g_test_add_func ("/drill/session/package-operation/read-only", test_read_only);
  g_test_add_func ("/drill/session/package-operation/another-actor", test_another_actor);
  g_test_add_data_func ("/drill/session/package-operation/journal/made", GINT_TO_POINTER (TRUE), test_journal);
  g_test_add_data_func ("/drill/session/package-operation/journal/not-made", GINT_TO_POINTER (FALSE), test_journal);
  g_test_add_func ("/drill/session/package-operation/journal/full", test_journal_full);
  g_test_add_func ("/drill/session/package-operation/journal/of-another", test_journal_of_another);

  return g_test_run ();
}
