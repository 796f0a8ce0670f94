// SPDX-License-Identifier: GPL-3.0-or-later

/* Packages made, saved and verified, with a service behind them. */

#include "drill-audit-view-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "audit/drill-package.h"
#include "audit/drill-package-parts.h"
#include "base/drill-time.h"
#include "drill-generate.h"
#include "evidence/drill-json-member.h"

static gboolean
is_simulated (gpointer data)
{
  return drill_session_get_gate (data) == DRILL_GATE_SIMULATION && drill_session_get_complete (data);
}

static void
save (GtkWidget  *dialog,
      const char *button,
      const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *saved = g_strdup_printf ("Saved as “%s”", name);

  drill_test_click_when_ready (dialog, button);
  drill_test_choose_file (path);
  drill_test_wait_label (dialog, saved);
  drill_test_wait_gone (GTK_TYPE_FILE_CHOOSER_DIALOG);
}

/* Whether a common tool takes the checksum file for proof */
static gboolean
run_sha256sum (const char *folder,
               const char *sums)
{
  const char *const argv[] = { "sha256sum", "-c", "--strict", sums, NULL };
  g_autoptr(GError) error = NULL;
  int status = -1;

  g_spawn_sync (folder, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);

  return g_spawn_check_wait_status (status, NULL);
}

/* The newest package item of the evidence: what the service has kept */
static GBytes *
find_kept_package (DrillAuditViewFixture *fixture)
{
  DrillEvidence *evidence = drill_session_get_evidence (fixture->view.session);
  const guint32 *order = drill_evidence_get_item_order (evidence);

  for (guint i = 0; i < drill_evidence_get_n_items (evidence); i++)
    {
      const DrillItem *item = &drill_evidence_get_items (evidence)[order[i]];
      g_autoptr(GBytes) bytes = NULL;

      if (!g_str_equal (drill_evidence_get_text (evidence, DRILL_DICT_KIND, item->kind), DRILL_KIND_PACKAGE))
        continue;
      bytes = drill_evidence_get_item_bytes (evidence, order[i]);
      return drill_json_find_object (bytes, "acknowledgement_audit_package");
    }

  return NULL;
}

static void
test_save (void)
{
  DrillAuditViewFixture fixture;
  GtkWidget *dialog;
  DrillVerifyDialog *verified;
  g_autofree char *path = NULL;
  g_autofree char *table = NULL;
  g_autofree char *saved = NULL;
  g_autofree char *csv = NULL;
  g_autoptr(GBytes) kept = NULL;
  gsize length;
  char *place;

  drill_audit_view_fixture_set_up (&fixture, NULL);
  drill_audit_view_fixture_connect (&fixture, NULL);
  path = drill_audit_view_fixture_get_path (&fixture, "the package.json");
  table = drill_audit_view_fixture_get_path (&fixture, "routes.csv");

  dialog = drill_audit_view_fixture_present_package (&fixture, NULL);
  drill_test_make_package (dialog);
  g_assert_nonnull (drill_test_find_named (dialog, "Complete"));
  save (dialog, "_Save…", path);
  g_assert_nonnull (drill_test_find_named (dialog, "Its checksum is beside it: “sha256sum -c the package.json.sha256” proves it unchanged."));
  save (dialog, "Save Routes as CS_V…", table);
  drill_test_close_dialog (dialog);

  /* What was saved are the bytes of the service */
  kept = find_kept_package (&fixture);
  g_assert_nonnull (kept);
  g_assert_true (g_file_get_contents (path, &saved, &length, NULL));
  g_assert_cmpmem (saved, length, g_bytes_get_data (kept, NULL), g_bytes_get_size (kept));
  g_assert_cmpuint (drill_test_server_get_n_requests (fixture.server, DRILL_TEST_PACKAGE), ==, 1);
  g_assert_true (run_sha256sum (fixture.view.folder, "the package.json.sha256"));
  g_assert_true (g_file_get_contents (table, &csv, NULL, NULL));
  g_assert_nonnull (strstr (csv, "schedule_id"));

  verified = drill_audit_view_fixture_verify (&fixture, path, "Whole: the audit id fits the content");
  g_assert_nonnull (drill_test_find_named (GTK_WIDGET (verified), "The checksum fits"));
  g_assert_nonnull (drill_test_find_named (GTK_WIDGET (verified), "Nothing has changed since"));
  drill_test_close_dialog (verified);

  /* One byte, and a common tool and we both see it */
  place = strstr (saved, "slack");
  g_assert_nonnull (place);
  place[1] = 'm';
  g_assert_true (g_file_set_contents (path, saved, (gssize) length, NULL));
  g_assert_false (run_sha256sum (fixture.view.folder, "the package.json.sha256"));
  verified = drill_audit_view_fixture_verify (&fixture, path, "Altered: something does not add up");
  g_assert_nonnull (drill_test_find_named (GTK_WIDGET (verified), "The checksum does not fit"));
  drill_test_close_dialog (verified);

  drill_audit_view_fixture_tear_down (&fixture);
}

static void
test_verify_others (void)
{
  static const struct
  {
    const char *content;
    const char *verdict;
  } cases[] = {
    { "{\"items\":[]}", "Not an audit package" },
    { "<html>Bad gateway</html>", "Unreadable: this is not JSON" },
    { "PK\003\004more", "This is an archive, not a package" },
    { "{\"schema_version\":\"" DRILL_PACKAGE_BUNDLE_SCHEMA "\"}", "This is the index of several packages" },
    { "{\"notes\":\"" DRILL_PACKAGE_BUNDLE_SCHEMA "\"}", "Not an audit package" },
  };
  DrillAuditViewFixture fixture;
  g_autofree char *path = NULL;
  g_autofree char *none = NULL;

  drill_audit_view_fixture_set_up (&fixture, NULL);
  path = drill_audit_view_fixture_get_path (&fixture, "some.json");
  none = drill_audit_view_fixture_get_path (&fixture, "none.json");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (g_file_set_contents (path, cases[i].content, -1, NULL));
      drill_test_close_dialog (drill_audit_view_fixture_verify (&fixture, path, cases[i].verdict));
    }
  drill_test_close_dialog (drill_audit_view_fixture_verify (&fixture, none, "Unreadable"));
  drill_test_close_dialog (drill_audit_view_fixture_verify (&fixture, fixture.view.folder, "Unreadable"));

  drill_audit_view_fixture_tear_down (&fixture);
}

/* Without a service there is nothing to compare with, and it says so */
static void
test_verify_offline (void)
{
  DrillAuditViewFixture fixture;
  g_autofree char *packages_path = drill_test_conformance_path ("small/packages.json");
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *package = NULL;
  g_autoptr(JsonParser) parser = json_parser_new ();
  DrillVerifyDialog *dialog;

  g_assert_true (g_file_get_contents (packages_path, &text, NULL, NULL));
  g_assert_true (json_parser_load_from_data (parser, text, -1, NULL));
  package = json_to_string (json_array_get_element (json_node_get_array (json_parser_get_root (parser)), 0), FALSE);

  drill_audit_view_fixture_set_up (&fixture, NULL);
  path = drill_audit_view_fixture_get_path (&fixture, "package.json");
  g_assert_true (g_file_set_contents (path, package, -1, NULL));
  dialog = drill_audit_view_fixture_verify (&fixture, path, "Whole: the audit id fits the content");
  g_assert_nonnull (drill_test_find_named (GTK_WIDGET (dialog), "Not compared with a service"));
  drill_test_close_dialog (dialog);

  drill_audit_view_fixture_tear_down (&fixture);
}

/* What came is in hand until it is saved */
static void
test_not_saved (void)
{
  DrillAuditViewFixture fixture;
  GtkWidget *dialog;
  g_autofree char *path = NULL;
  g_autofree char *beside = NULL;

  drill_audit_view_fixture_set_up (&fixture, NULL);
  drill_audit_view_fixture_connect (&fixture, NULL);
  path = drill_audit_view_fixture_get_path (&fixture, "package.json");
  beside = g_strconcat (path, ".sha256", NULL);

  dialog = drill_audit_view_fixture_present_package (&fixture, NULL);
  drill_test_make_package (dialog);
  drill_test_click_when_ready (dialog, "_Save…");
  drill_test_choose_file ("/proc/package.json");
  drill_test_wait_label (dialog, "Not saved");
  drill_test_wait_gone (GTK_TYPE_FILE_CHOOSER_DIALOG);

  /* A checksum that cannot be written is owned up to, and can be had otherwise */
  g_assert_cmpint (g_mkdir (beside, 0700), ==, 0);
  save (dialog, "_Save…", path);
  drill_test_click (dialog, "Copy Checksum _Line");
  {
    g_autofree char *line = drill_test_read_clipboard (dialog);

    g_assert_true (g_str_has_suffix (line, "  package.json\n"));
  }
  g_assert_cmpint (g_rmdir (beside), ==, 0);
  g_assert_cmpuint (drill_test_server_get_n_requests (fixture.server, DRILL_TEST_PACKAGE), ==, 1);
  drill_test_close_dialog (dialog);

  drill_audit_view_fixture_tear_down (&fixture);
}

/* A scope over what the service puts in one package comes in parts */
static void
test_parts (void)
{
  static const char script[] =
    "import json, sys, zipfile, hashlib\n"
    "z = zipfile.ZipFile(sys.argv[1])\n"
    "assert z.testzip() is None\n"
    "index = json.load(z.open('index.json'))\n"
    "n = 0\n"
    "for line in z.read('SHA256SUMS').decode().splitlines():\n"
    "    digest, name = line.split('  ', 1)\n"
    "    assert hashlib.sha256(z.read(name)).hexdigest() == digest, name\n"
    "    if name != 'index.json':\n"
    "        package = json.loads(z.read(name))\n"
    "        assert package['route_count'] == len(package['routes']) <= 500\n"
    "        n += len(package['routes'])\n"
    "print(n)\n";
  gint64 now_us = drill_time_parse (DRILL_AUDIT_NOW, -1);
  GPtrArray *items = drill_generate_items (3000, 7, now_us); /* becomes the server's */
  g_autofree char *path = NULL;
  g_autofree char *out = NULL;
  g_autofree char *expected = NULL;
  g_autoptr(GError) error = NULL;
  DrillPackageCoverage coverage;
  DrillPackageScope all = { NULL, NULL, NULL };
  DrillAuditViewFixture fixture;
  GtkWidget *dialog;
  int status;

  drill_audit_view_fixture_set_up (&fixture, items);
  drill_audit_view_fixture_connect (&fixture, NULL);
  path = drill_audit_view_fixture_get_path (&fixture, "all.zip");
  drill_package_cover (drill_session_get_evidence (fixture.view.session), &all, &coverage);
  g_assert_false (coverage.fits);
  expected = g_strdup_printf ("%u\n", coverage.n_routes);

  dialog = drill_audit_view_fixture_present_package (&fixture, NULL);
  g_assert_nonnull (drill_test_find_named (dialog, "Too Much for One Package"));
  drill_test_click_when_ready (dialog, "C_reate");
  drill_test_wait_label (dialog, "Complete");
  save (dialog, "_Save…", path);
  drill_test_close_dialog (dialog);

  {
    const char *const argv[] = { "python3", "-c", script, path, NULL };

    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, &error);
    g_assert_no_error (error);
    g_assert_true (g_spawn_check_wait_status (status, NULL));
    g_assert_cmpstr (out, ==, expected);
  }
  g_assert_true (run_sha256sum (fixture.view.folder, "all.zip.sha256"));

  drill_audit_view_fixture_tear_down (&fixture);
}

static void
respond (const char *button)
{
  drill_test_click (drill_test_wait_toplevel (ADW_TYPE_MESSAGE_DIALOG), button);
  drill_test_wait_gone (ADW_TYPE_MESSAGE_DIALOG);
}

static gboolean
is_asked_for (gpointer data)
{
  return drill_test_server_get_n_requests (data, DRILL_TEST_PACKAGE) > 0;
}

/* Hundreds of requests are not sent without asking, and can be stopped */
static void
test_many (void)
{
  const DrillTestFault hold = {
    .method = "POST", .path = DRILL_TEST_PACKAGE, .first = 3, .count = 1, .what = DRILL_TEST_HOLD,
  };
  gint64 now_us = drill_time_parse (DRILL_AUDIT_NOW, -1);
  GPtrArray *items = drill_generate_items (9000, 7, now_us); /* becomes the server's */
  DrillPackageScope all = { NULL, NULL, NULL };
  g_autoptr(GPtrArray) parts = NULL;
  g_autofree char *heading = NULL;
  DrillAuditViewFixture fixture;
  GtkWidget *dialog;

  drill_audit_view_fixture_set_up (&fixture, items);
  drill_audit_view_fixture_connect (&fixture, NULL);
  drill_test_server_add_fault (fixture.server, &hold);
  parts = drill_package_plan_parts (drill_session_get_evidence (fixture.view.session), &all);
  g_assert_cmpuint (parts->len, >, 200);
  heading = g_strdup_printf ("Send %u Requests?", parts->len);

  dialog = drill_audit_view_fixture_present_package (&fixture, NULL);
  drill_test_click_when_ready (dialog, "C_reate");
  drill_test_wait_label (drill_test_wait_toplevel (ADW_TYPE_MESSAGE_DIALOG), heading);
  respond ("_Cancel");
  drill_test_settle ();
  g_assert_false (is_asked_for (fixture.server));
  g_assert_true (gtk_widget_is_sensitive (drill_test_find_named (dialog, "C_reate")));

  drill_test_click (dialog, "C_reate");
  respond ("C_reate");
  drill_test_wait (is_asked_for, fixture.server, "the first request");
  drill_test_close_dialog (dialog);
  g_assert_cmpuint (drill_test_server_get_n_requests (fixture.server, DRILL_TEST_PACKAGE), <=, 3);

  drill_audit_view_fixture_tear_down (&fixture);
}

/* Who opens it is where the first thing is typed */
static void
test_first_field (void)
{
  DrillAuditViewFixture fixture;
  GtkWidget *dialog, *focus;

  drill_audit_view_fixture_set_up (&fixture, NULL);
  drill_audit_view_fixture_connect (&fixture, NULL);
  dialog = drill_audit_view_fixture_present_package (&fixture, NULL);
  drill_test_settle ();
  focus = gtk_window_get_focus (GTK_WINDOW (dialog));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_get_ancestor (focus, ADW_TYPE_ENTRY_ROW) ==
                 gtk_widget_get_ancestor (drill_test_find_named (dialog, "Schedule, empty for all"), ADW_TYPE_ENTRY_ROW));
  drill_test_close_dialog (dialog);

  drill_audit_view_fixture_tear_down (&fixture);
}

/* One that is cut is called incomplete */
static void
test_cut (void)
{
  gint64 now_us = drill_time_parse (DRILL_AUDIT_NOW, -1);
  GPtrArray *items = drill_generate_items (3000, 7, now_us); /* becomes the server's */
  DrillAuditViewFixture fixture;
  GtkWidget *dialog, *label, *row;

  drill_audit_view_fixture_set_up (&fixture, items);
  drill_audit_view_fixture_connect (&fixture, NULL);
  dialog = drill_audit_view_fixture_present_package (&fixture, NULL);
  label = drill_test_find_named (dialog, "One package, incomplete");
  row = gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW);
  adw_action_row_activate (ADW_ACTION_ROW (row));
  drill_test_make_package (dialog);
  g_assert_null (drill_test_find_named (dialog, "Complete"));
  {
    g_autofree char *heading = NULL;
    DrillPackageCoverage coverage;
    DrillPackageScope all = { NULL, NULL, NULL };

    drill_package_cover (drill_session_get_evidence (fixture.view.session), &all, &coverage);
    heading = g_strdup_printf ("Incomplete: 500 of %u routes", coverage.n_routes);
    g_assert_nonnull (drill_test_find_named (dialog, heading));
  }
  drill_test_close_dialog (dialog);

  drill_audit_view_fixture_tear_down (&fixture);
}

/* A part that could not be had is named, and can be asked for again */
static void
test_missing_part (void)
{
  const DrillTestFault refusal = {
    .method = "POST", .path = DRILL_TEST_PACKAGE, .first = 3, .count = 1, .what = DRILL_TEST_STATUS, .status = 422,
    .body = "{\"detail\": \"not now\"}",
  };
  gint64 now_us = drill_time_parse (DRILL_AUDIT_NOW, -1);
  GPtrArray *items = drill_generate_items (1500, 7, now_us); /* becomes the server's */
  DrillAuditViewFixture fixture;
  GtkWidget *dialog;
  guint n_requests;

  drill_audit_view_fixture_set_up (&fixture, items);
  drill_audit_view_fixture_connect (&fixture, NULL);
  drill_test_server_add_fault (fixture.server, &refusal);
  dialog = drill_audit_view_fixture_present_package (&fixture, NULL);
  drill_test_click_when_ready (dialog, "C_reate");
  drill_test_wait_label (dialog, "_Get the Rest");
  g_assert_null (drill_test_find_named (dialog, "Complete"));
  n_requests = drill_test_server_get_n_requests (fixture.server, DRILL_TEST_PACKAGE);
  drill_test_click (dialog, "_Get the Rest");
  drill_test_wait_label (dialog, "Complete");
  g_assert_cmpuint (drill_test_server_get_n_requests (fixture.server, DRILL_TEST_PACKAGE), >, n_requests);
  drill_test_close_dialog (dialog);

  drill_audit_view_fixture_tear_down (&fixture);
}

/* The filters that are set, as far as a package can have them */
static void
test_prefill (void)
{
  DrillAuditViewFixture fixture;
  GtkWidget *dialog;
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  g_autofree char *body = NULL;
  g_autoptr(GBytes) sent = NULL;

  drill_audit_view_fixture_set_up (&fixture, NULL);
  drill_audit_view_fixture_connect (&fixture, NULL);
  drill_route_query_add (query, DRILL_FACET_PROVIDER, "slack");
  drill_route_query_add (query, DRILL_FACET_STATE, "outstanding");
  drill_route_query_add (query, DRILL_FACET_SCHEDULE, "one");
  drill_route_query_add (query, DRILL_FACET_SCHEDULE, "two");
  dialog = drill_audit_view_fixture_present_package (&fixture, query);
  g_assert_nonnull (drill_test_find_named (dialog, "Schedule: one, two\nState: Outstanding"));
  drill_test_make_package (dialog);
  g_assert_nonnull (drill_test_find_named (dialog, "provider slack"));
  drill_test_close_dialog (dialog);

  drill_audit_view_fixture_tear_down (&fixture);
}

/* An answer that was lost is looked for, and nothing is sent twice */
static void
test_lost_answer (void)
{
  DrillAuditViewFixture fixture;
  GtkWidget *dialog;

  drill_audit_view_fixture_set_up (&fixture, NULL);
  drill_audit_view_fixture_connect (&fixture, NULL);
  drill_audit_view_fixture_add_fault (&fixture, DRILL_TEST_PACKAGE, DRILL_TEST_DO_THEN_DROP, 0, NULL);
  dialog = drill_audit_view_fixture_present_package (&fixture, NULL);
  drill_test_make_package (dialog);
  g_assert_cmpuint (drill_test_server_get_n_requests (fixture.server, DRILL_TEST_PACKAGE), ==, 1);
  drill_test_close_dialog (dialog);

  drill_audit_view_fixture_tear_down (&fixture);
}

/* What was refused can be changed and sent again */
static void
test_refused (void)
{
  DrillAuditViewFixture fixture;
  GtkWidget *dialog;

  drill_audit_view_fixture_set_up (&fixture, NULL);
  drill_audit_view_fixture_connect (&fixture, NULL);
  drill_audit_view_fixture_add_fault (&fixture, DRILL_TEST_PACKAGE, DRILL_TEST_STATUS, 403, "{\"detail\": \"no\"}");
  dialog = drill_audit_view_fixture_present_package (&fixture, NULL);
  drill_test_click_when_ready (dialog, "C_reate");
  drill_test_wait_label (dialog, "No package was made");
  drill_test_make_package (dialog);
  drill_test_close_dialog (dialog);

  drill_audit_view_fixture_tear_down (&fixture);
}

/* A token that is not taken any more: nothing is lost */
static void
test_sign_in (void)
{
  DrillAuditViewFixture fixture;
  GtkWidget *dialog;

  drill_audit_view_fixture_set_up (&fixture, NULL);
  drill_test_server_set_auth_required (fixture.server, TRUE);
  drill_test_server_add_token (fixture.server, "first", "alice");
  drill_audit_view_fixture_connect (&fixture, "first");

  dialog = drill_audit_view_fixture_present_package (&fixture, NULL);
  g_assert_nonnull (drill_test_find_named (dialog, "Author: alice, as verified by the service."));
  drill_test_server_revoke_token (fixture.server, "first");
  drill_test_click_when_ready (dialog, "C_reate");
  drill_test_wait_label (dialog, "Sign In to Go On");
  drill_test_server_add_token (fixture.server, "first", "alice");
  drill_test_click (dialog, "C_ontinue");
  drill_test_wait_label (dialog, "The package is whole");
  g_assert_cmpuint (drill_test_server_count_items (fixture.server, DRILL_KIND_PACKAGE), >, 0);
  drill_test_close_dialog (dialog);

  drill_audit_view_fixture_tear_down (&fixture);
}

/* The sample: nothing leaves, and what is saved says what it is */
static void
test_sample (void)
{
  DrillAuditViewFixture fixture;
  GtkWidget *dialog, *chooser;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *heading = NULL;
  g_autofree char *saved = NULL;

  drill_audit_view_fixture_set_up (&fixture, NULL);
  drill_session_open_sample (fixture.view.session);
  drill_test_wait (is_simulated, fixture.view.session, "the sample");
  dialog = drill_audit_view_fixture_present_package (&fixture, NULL);
  g_assert_nonnull (drill_test_find_named (dialog, "Simulation on sample data"));
  drill_test_make_package (dialog);
  drill_test_click_when_ready (dialog, "_Save…");
  chooser = drill_test_wait_toplevel (GTK_TYPE_FILE_CHOOSER_DIALOG);
  name = gtk_file_chooser_get_current_name (GTK_FILE_CHOOSER (chooser));
  g_assert_true (g_str_has_prefix (name, "sample-gordackaudit-"));
  path = drill_audit_view_fixture_get_path (&fixture, name);
  drill_test_choose_file (path);
  drill_test_wait_gone (GTK_TYPE_FILE_CHOOSER_DIALOG);
  heading = g_strdup_printf ("Saved as “%s”", name);
  drill_test_wait_label (dialog, heading);
  g_assert_true (g_file_get_contents (path, &saved, NULL, NULL));
  g_assert_nonnull (strstr (saved, "sample"));
  drill_test_close_dialog (dialog);
  g_assert_cmpuint (drill_test_server_get_n_requests (fixture.server, NULL), ==, 0);

  drill_audit_view_fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  drill_test_init (&argc, &argv);

  g_test_add_func ("/drill/ui/audit-dialogs/save", test_save);
  g_test_add_func ("/drill/ui/audit-dialogs/verify-others", test_verify_others);
  g_test_add_func ("/drill/ui/audit-dialogs/verify-offline", test_verify_offline);
  g_test_add_func ("/drill/ui/audit-dialogs/not-saved", test_not_saved);
  g_test_add_func ("/drill/ui/audit-dialogs/parts", test_parts);
  g_test_add_func ("/drill/ui/audit-dialogs/many", test_many);
  g_test_add_func ("/drill/ui/audit-dialogs/first-field", test_first_field);
  g_test_add_func ("/drill/ui/audit-dialogs/cut", test_cut);
  g_test_add_func ("/drill/ui/audit-dialogs/missing-part", test_missing_part);
  g_test_add_func ("/drill/ui/audit-dialogs/prefill", test_prefill);
  g_test_add_func ("/drill/ui/audit-dialogs/lost-answer", test_lost_answer);
  g_test_add_func ("/drill/ui/audit-dialogs/refused", test_refused);
  g_test_add_func ("/drill/ui/audit-dialogs/sign-in", test_sign_in);
  g_test_add_func ("/drill/ui/audit-dialogs/sample", test_sample);

  return g_test_run ();
}
