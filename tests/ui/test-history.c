// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-view-fixture.h"

#include <string.h>

#include "evidence/drill-json.h"
#include "query/drill-history-query.h"
#include "ui/common/drill-json-pane.h"
#include "ui/history/drill-history-view.h"
#include "ui/routes/drill-route-selection.h"

#define KIND_ACK "go-backend-rollback-drill-notification-ack"

static GtkColumnView *
get_table (DrillViewFixture *fixture)
{
  return GTK_COLUMN_VIEW (drill_test_find (fixture->view, GTK_TYPE_COLUMN_VIEW));
}

static guint
get_n_rows (DrillViewFixture *fixture)
{
  return drill_route_selection_get_n_rows (DRILL_ROUTE_SELECTION (gtk_column_view_get_model (get_table (fixture))));
}

static void
select_row (DrillViewFixture *fixture,
            guint             position)
{
  gtk_selection_model_select_item (gtk_column_view_get_model (get_table (fixture)), position, TRUE);
}

static GBytes *
get_shown (DrillViewFixture *fixture)
{
  GtkWidget *pane = drill_test_find (fixture->view, DRILL_TYPE_JSON_PANE);

  return drill_json_pane_get_bytes (DRILL_JSON_PANE (pane));
}

static char *
dup_shown_id (DrillViewFixture *fixture)
{
  g_autoptr(JsonNode) node = drill_json_parse (get_shown (fixture), NULL);

  return g_strdup (drill_json_get_string (json_node_get_object (node), "session_id"));
}

static void
set_up (DrillViewFixture *fixture)
{
  g_autofree char *path = drill_test_conformance_path ("medium/history.json");

  drill_view_fixture_set_up (fixture, drill_history_view_new ());
  drill_view_fixture_open_path (fixture, path);
}

static void
test_all_items (void)
{
  DrillViewFixture fixture;

  set_up (&fixture);

  g_assert_cmpuint (get_n_rows (&fixture), ==, 341);
  g_assert_nonnull (drill_test_find_named (fixture.view, "341 items"));

  drill_view_fixture_tear_down (&fixture);
}

static void
test_filter (void)
{
  DrillViewFixture fixture;
  g_autofree char *status = NULL;
  guint n_failed;

  set_up (&fixture);

  drill_history_view_set_filters (DRILL_HISTORY_VIEW (fixture.view), KIND_ACK, DRILL_RESULT_NONE);
  drill_test_settle ();
  g_assert_cmpuint (get_n_rows (&fixture), ==, 233);
  g_assert_nonnull (drill_test_find_named (fixture.view, "233 of 341 items"));

  drill_history_view_set_filters (DRILL_HISTORY_VIEW (fixture.view), NULL, DRILL_RESULT_FAILED);
  n_failed = get_n_rows (&fixture);
  drill_history_view_set_filters (DRILL_HISTORY_VIEW (fixture.view), NULL, DRILL_RESULT_DELIVERED);
  g_assert_cmpuint (n_failed, >, 0);
  g_assert_cmpuint (n_failed + get_n_rows (&fixture), ==, 54);

  drill_history_view_set_filters (DRILL_HISTORY_VIEW (fixture.view), KIND_ACK, DRILL_RESULT_FAILED);
  drill_test_settle ();
  g_assert_cmpuint (get_n_rows (&fixture), ==, 0);
  g_assert_nonnull (drill_test_find_named (fixture.view, "Nothing Matches"));

  gtk_widget_activate_action (fixture.view, "history.clear-filters", NULL);
  g_assert_cmpuint (get_n_rows (&fixture), ==, 341);

  drill_view_fixture_tear_down (&fixture);
}

static gboolean
is_filtered (gpointer data)
{
  return get_n_rows (data) < 341;
}

static void
test_search (void)
{
  DrillViewFixture fixture;
  GtkWidget *entry;

  set_up (&fixture);
  entry = drill_test_find (fixture.view, GTK_TYPE_SEARCH_ENTRY);

  drill_history_view_focus_search (DRILL_HISTORY_VIEW (fixture.view));
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry)))));

  /* As typed: the answer comes when the typing pauses. */
  gtk_editable_set_text (GTK_EDITABLE (entry), "SCHED_00035_PY");
  drill_test_wait (is_filtered, &fixture, "the search");
  g_assert_cmpuint (get_n_rows (&fixture), >, 0);

  drill_view_fixture_tear_down (&fixture);
}

static void
test_json_is_the_bytes (void)
{
  DrillViewFixture fixture;
  DrillEvidence *evidence;
  guint32 newest;
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *copied = NULL;

  set_up (&fixture);
  evidence = drill_session_get_evidence (fixture.session);
  newest = drill_evidence_get_item_order (evidence)[0];
  bytes = drill_evidence_get_item_bytes (evidence, newest);

  g_assert_null (get_shown (&fixture));
  select_row (&fixture, 0);
  g_assert_true (g_bytes_equal (get_shown (&fixture), bytes));

  gtk_widget_activate_action (fixture.view, "history.copy-json", NULL);
  copied = drill_test_read_clipboard (fixture.view);
  g_assert_cmpmem (copied, strlen (copied), g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  drill_view_fixture_tear_down (&fixture);
}

static void
test_oldest_first (void)
{
  DrillViewFixture fixture;
  GtkColumnView *table;
  g_autoptr(GtkColumnViewColumn) time = NULL;
  g_autofree char *newest = NULL;
  g_autofree char *oldest = NULL;
  g_autofree char *last = NULL;

  set_up (&fixture);
  table = get_table (&fixture);
  time = g_list_model_get_item (gtk_column_view_get_columns (table), 0);

  select_row (&fixture, 0);
  newest = dup_shown_id (&fixture);
  gtk_column_view_sort_by_column (table, time, GTK_SORT_ASCENDING);
  g_assert_cmpuint (get_n_rows (&fixture), ==, 341);
  select_row (&fixture, 0);
  oldest = dup_shown_id (&fixture);
  select_row (&fixture, 340);
  last = dup_shown_id (&fixture);

  g_assert_cmpstr (newest, !=, oldest);
  g_assert_cmpstr (newest, ==, last);

  drill_view_fixture_tear_down (&fixture);
}

static void
test_selection_survives (void)
{
  DrillViewFixture fixture;
  g_autofree char *path = drill_test_conformance_path ("medium/history.json");
  g_autofree char *before = NULL;
  g_autofree char *filtered = NULL;
  g_autofree char *after = NULL;

  set_up (&fixture);
  drill_history_view_set_filters (DRILL_HISTORY_VIEW (fixture.view), KIND_ACK, DRILL_RESULT_NONE);
  select_row (&fixture, 100);
  before = dup_shown_id (&fixture);

  gtk_widget_activate_action (fixture.view, "history.clear-filters", NULL);
  filtered = dup_shown_id (&fixture);
  g_assert_cmpstr (before, ==, filtered);

  drill_view_fixture_open_path (&fixture, path);
  after = dup_shown_id (&fixture);
  g_assert_cmpstr (before, ==, after);

  drill_view_fixture_tear_down (&fixture);
}

static void
test_other_evidence_forgets (void)
{
  DrillViewFixture fixture;

  set_up (&fixture);
  select_row (&fixture, 0);
  drill_view_fixture_open_text (&fixture, "other.json",
                                "{\"items\":[{\"session_id\":\"a\",\"created_at\":\"2026-05-20T10:00:00Z\","
                                "\"metadata_kind\":\"go-backend-rollback-drill-brand-new_thing\"}]}");

  g_assert_cmpuint (get_n_rows (&fixture), ==, 1);
  g_assert_null (get_shown (&fixture));
  /* A kind that nobody knows yet is shown, made readable. */
  g_assert_nonnull (drill_test_find_named (fixture.view, "Brand new thing"));

  drill_view_fixture_tear_down (&fixture);
}

static void
test_copy_rows (void)
{
  DrillViewFixture fixture;
  g_autofree char *copied = NULL;
  g_auto(GStrv) lines = NULL;
  g_auto(GStrv) cells = NULL;

  drill_view_fixture_set_up (&fixture, drill_history_view_new ());
  drill_view_fixture_open_text (&fixture, "two.json",
                                "[{\"session_id\":\"a\",\"created_at\":\"2026-05-20T10:00:00Z\",\"signer\":\"<b>eve</b>\\tx\","
                                "\"metadata_kind\":\"" KIND_ACK "\",\"schedule_id\":\"weekly\",\"provider\":\"slack\","
                                "\"acknowledgement_state\":\"resolved\"},"
                                "{\"session_id\":\"b\",\"created_at\":\"2026-05-21T10:00:00Z\"}]");
  select_row (&fixture, 1);
  gtk_widget_activate_action (fixture.view, "history.copy-rows", NULL);
  copied = drill_test_read_clipboard (fixture.view);

  lines = g_strsplit (copied, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  cells = g_strsplit (lines[0], "\t", -1);
  g_assert_cmpuint (g_strv_length (cells), ==, 6);
  g_assert_cmpstr (cells[0], ==, "2026-05-20 10:00");
  g_assert_cmpstr (cells[1], ==, "Acknowledgement");
  g_assert_cmpstr (cells[2], ==, "weekly");
  g_assert_cmpstr (cells[3], ==, "slack");
  g_assert_cmpstr (cells[4], ==, "Resolved");
  g_assert_cmpstr (cells[5], ==, "<b>eve</b> x");

  drill_view_fixture_tear_down (&fixture);
}

static void
test_export_filtered (void)
{
  DrillViewFixture fixture;
  DrillEvidence *evidence;
  GtkWidget *dialog;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GBytes) saved = NULL;
  g_autoptr(JsonNode) node = NULL;
  guint n_found = 0;

  set_up (&fixture);
  evidence = drill_session_get_evidence (fixture.session);
  path = g_build_filename (fixture.folder, "out.json", NULL);

  drill_history_view_set_filters (DRILL_HISTORY_VIEW (fixture.view), KIND_ACK, DRILL_RESULT_NONE);
  gtk_widget_activate_action (fixture.view, "history.export-shown", NULL);
  dialog = drill_test_wait_toplevel (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), ==, "Export 233 Items");
  drill_test_click (dialog, "_Save As…");
  drill_test_choose_file (path);
  drill_test_wait_label (fixture.window, "233 items exported to “out.json”");

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  saved = g_bytes_new (text, strlen (text));
  node = drill_json_parse (saved, NULL);
  g_assert_nonnull (node);
  for (guint row = 0; row < drill_evidence_get_n_items (evidence); row++)
    {
      g_autoptr(GBytes) bytes = drill_evidence_get_item_bytes (evidence, row);
      g_autofree char *item = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

      n_found += strstr (text, item) != NULL;
    }
  g_assert_cmpuint (n_found, ==, 233);

  drill_test_wait_gone (GTK_TYPE_FILE_CHOOSER_DIALOG);
  drill_view_fixture_tear_down (&fixture);
}

static void
test_nothing (void)
{
  DrillViewFixture fixture;

  drill_view_fixture_set_up (&fixture, drill_history_view_new ());
  drill_view_fixture_open_text (&fixture, "empty.json", "{\"items\":[]}");
  g_assert_nonnull (drill_test_find_named (fixture.view, "No Evidence"));
  drill_view_fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  drill_test_init (&argc, &argv);

  g_test_add_func ("/drill/ui/history/all-items", test_all_items);
  g_test_add_func ("/drill/ui/history/filter", test_filter);
  g_test_add_func ("/drill/ui/history/search", test_search);
  g_test_add_func ("/drill/ui/history/json-is-the-bytes", test_json_is_the_bytes);
  g_test_add_func ("/drill/ui/history/oldest-first", test_oldest_first);
  g_test_add_func ("/drill/ui/history/selection-survives", test_selection_survives);
  g_test_add_func ("/drill/ui/history/other-evidence-forgets", test_other_evidence_forgets);
  g_test_add_func ("/drill/ui/history/copy-rows", test_copy_rows);
  g_test_add_func ("/drill/ui/history/export-filtered", test_export_filtered);
  g_test_add_func ("/drill/ui/history/nothing", test_nothing);

  return g_test_run ();
}
