// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-view-fixture.h"

#include <string.h>

#include "evidence/drill-json.h"
#include "ui/audit/drill-audit-view.h"

#define PREFIX "go-backend-rollback-drill-acknowledgement-audit-"

/* The first package of conformance/small/packages.json, in one line. */
static char *
read_package (char **audit_id)
{
  g_autofree char *path = drill_test_conformance_path ("small/packages.json");
  g_autofree char *text = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(JsonNode) packages = NULL;
  JsonNode *package;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  bytes = g_bytes_new (text, strlen (text));
  packages = drill_json_parse (bytes, NULL);
  g_assert_nonnull (packages);
  package = json_array_get_element (json_node_get_array (packages), 0);
  *audit_id = g_strdup (drill_json_get_string (json_node_get_object (package), "audit_id"));

  return json_to_string (package, FALSE);
}

/* A package, its delivery that failed in one of two places, and a worker run of no package. */
static char *
make_history (const char *audit_id,
              const char *package)
{
  return g_strdup_printf (
    "{\"items\":["
    "{\"session_id\":\"run-1\",\"created_at\":\"2026-05-20T12:00:00Z\",\"metadata_kind\":\"" PREFIX "delivery-worker-run\","
    "\"run_id\":\"run-1\",\"acknowledgement_audit_delivery_worker_run\":{\"run_id\":\"run-1\",\"dry_run\":true}},"
    "{\"session_id\":\"d-1\",\"created_at\":\"2026-05-20T11:01:00Z\",\"metadata_kind\":\"release-connector-delivery\","
    "\"connector_delivery_source\":\"go_backend_rollback_drill_acknowledgement_audit\",\"audit_id\":\"%s\","
    "\"delivery_success\":false,\"providers\":[\"jira\",\"splunk\"],\"failed_providers\":[\"jira\"],"
    "\"delivery\":{\"deliveries\":[{\"provider\":\"jira\",\"success\":false,\"attempt_count\":3,\"status_code\":503},"
    "{\"provider\":\"splunk\",\"success\":true,\"attempt_count\":1,\"status_code\":200}]}},"
    "{\"session_id\":\"n-1\",\"created_at\":\"2026-05-20T11:00:30Z\",\"metadata_kind\":\"release-connector-delivery\","
    "\"connector_delivery_source\":\"go_backend_rollback_drill_notification\",\"event_id\":\"weekly\","
    "\"delivery_success\":true},"
    "{\"session_id\":\"%s\",\"created_at\":\"2026-05-20T11:00:00Z\",\"signer\":\"auditor\","
    "\"metadata_kind\":\"" PREFIX "package\",\"audit_id\":\"%s\",\"acknowledgement_audit_package\":%s}"
    "]}", audit_id, audit_id, audit_id, package);
}

static guint
get_n_entries (DrillViewFixture *fixture)
{
  GtkWidget *list = drill_test_find (fixture->view, GTK_TYPE_LIST_VIEW);

  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))));
}

static void
set_up (DrillViewFixture  *fixture,
        const char        *package,
        const char        *audit_id)
{
  g_autofree char *history = make_history (audit_id, package);

  drill_view_fixture_set_up (fixture, drill_audit_view_new ());
  drill_view_fixture_open_text (fixture, "history.json", history);
}

static void
test_package (void)
{
  DrillViewFixture fixture;
  g_autofree char *audit_id = NULL;
  g_autofree char *package = read_package (&audit_id);

  set_up (&fixture, package, audit_id);
  /* The package with its delivery, and the run; the notification is none of this. */
  g_assert_cmpuint (get_n_entries (&fixture), ==, 2);

  g_assert_true (drill_audit_view_show_entry (DRILL_AUDIT_VIEW (fixture.view), audit_id));
  drill_test_wait_label (fixture.view, "1 of 2 destinations reached");
  g_assert_nonnull (drill_test_find_named (fixture.view, "everything"));
  g_assert_nonnull (drill_test_find_named (fixture.view, "release-manager"));
  g_assert_nonnull (drill_test_find_named (fixture.view, "Failed"));
  drill_test_wait_label (fixture.view, "status 503, 3 attempts");
  g_assert_nonnull (drill_test_find_named (fixture.view, "status 200, 1 attempt"));

  drill_view_fixture_tear_down (&fixture);
}

static void
test_whole (void)
{
  DrillViewFixture fixture;
  g_autofree char *audit_id = NULL;
  g_autofree char *package = read_package (&audit_id);

  set_up (&fixture, package, audit_id);
  drill_audit_view_show_entry (DRILL_AUDIT_VIEW (fixture.view), audit_id);
  drill_test_wait_label (fixture.view, "Whole: the audit id fits the content");

  drill_view_fixture_tear_down (&fixture);
}

static void
test_altered (void)
{
  DrillViewFixture fixture;
  g_autofree char *audit_id = NULL;
  g_autofree char *package = read_package (&audit_id);
  char *provider = strstr (package, "\"provider\":\"slack\"");

  g_assert_nonnull (provider);
  memcpy (provider, "\"provider\":\"smack\"", strlen ("\"provider\":\"smack\""));

  set_up (&fixture, package, audit_id);
  drill_audit_view_show_entry (DRILL_AUDIT_VIEW (fixture.view), audit_id);
  drill_test_wait_label (fixture.view, "Altered: something does not add up");

  drill_view_fixture_tear_down (&fixture);
}

static void
test_export (void)
{
  DrillViewFixture fixture;
  g_autofree char *audit_id = NULL;
  g_autofree char *package = read_package (&audit_id);
  g_autofree char *path = NULL;
  g_autofree char *saved = NULL;
  GtkWidget *details;

  set_up (&fixture, package, audit_id);
  path = g_build_filename (fixture.folder, "package.json", NULL);
  drill_audit_view_show_entry (DRILL_AUDIT_VIEW (fixture.view), audit_id);
  drill_test_wait_label (fixture.view, "Whole: the audit id fits the content");

  details = drill_test_find (fixture.view, g_type_from_name ("DrillAuditDetails"));
  g_assert_true (gtk_widget_activate_action (details, "audit.export-package", NULL));
  drill_test_choose_file (path);
  drill_test_wait_label (fixture.window, "Package exported");
  g_assert_true (g_file_get_contents (path, &saved, NULL, NULL));
  g_assert_cmpstr (saved, ==, package);

  drill_test_wait_gone (GTK_TYPE_FILE_CHOOSER_DIALOG);
  drill_view_fixture_tear_down (&fixture);
}

static void
test_other_entry (void)
{
  DrillViewFixture fixture;
  g_autofree char *audit_id = NULL;
  g_autofree char *package = read_package (&audit_id);

  set_up (&fixture, package, audit_id);
  g_assert_true (drill_audit_view_show_entry (DRILL_AUDIT_VIEW (fixture.view), "run-1"));
  drill_test_wait_label (fixture.view, "Dry run");
  g_assert_nonnull (drill_test_find_named (fixture.view, "yes"));
  g_assert_false (drill_audit_view_show_entry (DRILL_AUDIT_VIEW (fixture.view), "run-2"));

  drill_view_fixture_tear_down (&fixture);
}

/* Shapes that nobody promised */
static void
test_odd_shapes (void)
{
  static const char history[] =
    "[{\"session_id\":\"a\",\"metadata_kind\":\"" PREFIX "package\",\"audit_id\":\"odd\","
    "\"acknowledgement_audit_package\":{\"filters\":7,\"routes\":\"x\",\"controls\":[{}],\"route_count\":\"many\"}},"
    "{\"session_id\":\"b\",\"metadata_kind\":\"release-connector-delivery\",\"audit_id\":\"odd\","
    "\"connector_delivery_source\":\"go_backend_rollback_drill_acknowledgement_audit\","
    "\"providers\":[1,\"jira\"],\"failed_providers\":\"jira\",\"status_codes\":[\"x\",null],\"delivery\":[]},"
    "{\"session_id\":\"c\",\"metadata_kind\":\"" PREFIX "package\",\"acknowledgement_audit_package\":null}]";
  DrillViewFixture fixture;

  drill_view_fixture_set_up (&fixture, drill_audit_view_new ());
  drill_view_fixture_open_text (&fixture, "odd.json", history);
  g_assert_cmpuint (get_n_entries (&fixture), ==, 2);

  g_assert_true (drill_audit_view_show_entry (DRILL_AUDIT_VIEW (fixture.view), "odd"));
  drill_test_wait_label (fixture.view, "1 of 1 destination reached");
  g_assert_true (drill_audit_view_show_entry (DRILL_AUDIT_VIEW (fixture.view), "c"));
  drill_test_wait_label (fixture.view, "The package itself is not in the evidence");

  drill_view_fixture_tear_down (&fixture);
}

static void
test_nothing (void)
{
  DrillViewFixture fixture;

  drill_view_fixture_set_up (&fixture, drill_audit_view_new ());
  drill_view_fixture_open_text (&fixture, "empty.json", "[]");
  g_assert_nonnull (drill_test_find_named (fixture.view, "No Audit Packages"));
  drill_view_fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  drill_test_init (&argc, &argv);

  g_test_add_func ("/drill/ui/audit/package", test_package);
  g_test_add_func ("/drill/ui/audit/whole", test_whole);
  g_test_add_func ("/drill/ui/audit/altered", test_altered);
  g_test_add_func ("/drill/ui/audit/export", test_export);
  g_test_add_func ("/drill/ui/audit/other-entry", test_other_entry);
  g_test_add_func ("/drill/ui/audit/odd-shapes", test_odd_shapes);
  g_test_add_func ("/drill/ui/audit/nothing", test_nothing);

  return g_test_run ();
}
