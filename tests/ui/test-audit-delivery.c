// SPDX-License-Identifier: GPL-3.0-or-later

/* Packages delivered; and what the window offers of all this. */

#include "drill-audit-view-fixture.h"

#include <string.h>

#include "drill-program-fixture.h"
#include "ui/audit/drill-deliver-dialog.h"

static GtkWidget *
present_deliver (DrillAuditViewFixture *fixture)
{
  DrillDeliverDialog *dialog = drill_deliver_dialog_new (GTK_WINDOW (fixture->view.window), fixture->view.session, NULL);

  gtk_window_present (GTK_WINDOW (dialog));
  drill_test_wait_label (GTK_WIDGET (dialog), "_Review…");

  return GTK_WIDGET (dialog);
}

static void
choose (GtkWidget  *dialog,
        const char *connector)
{
  GtkWidget *label = drill_test_find_named (dialog, connector);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (gtk_widget_get_ancestor (label, GTK_TYPE_CHECK_BUTTON)), TRUE);
}

static void
deliver (GtkWidget *dialog)
{
  drill_test_click_when_ready (dialog, "_Review…");
  drill_test_wait_label (dialog, "This Will Be Sent");
  drill_test_click (dialog, "_Deliver");
}

static void
test_deliver (void)
{
  static const char *const connectors[] = { "splunk", "jira", NULL };
  DrillAuditViewFixture fixture;
  GtkWidget *dialog, *entry;

  drill_audit_view_fixture_set_up (&fixture, NULL);
  drill_test_server_set_connectors (fixture.server, connectors);
  drill_test_server_fail_connector (fixture.server, "jira", 503);
  drill_audit_view_fixture_connect (&fixture, NULL);

  dialog = present_deliver (&fixture);
  g_assert_false (gtk_widget_is_sensitive (drill_test_find_named (dialog, "_Review…")));
  /* Where the first thing is chosen */
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (dialog)) ==
                 gtk_widget_get_ancestor (drill_test_find_named (dialog, "Splunk"), GTK_TYPE_CHECK_BUTTON));
  choose (dialog, "Splunk");
  choose (dialog, "Jira");
  choose (dialog, "Teams");
  deliver (dialog);
  drill_test_wait_label (dialog, "Delivered to 1 of 3 destinations");
  g_assert_nonnull (drill_test_find_named (dialog, "Delivered"));
  g_assert_nonnull (drill_test_find_named (dialog, "Failed"));
  g_assert_nonnull (drill_test_find_named (dialog, "Not configured"));

  /* It is among the audits at once, beside its package */
  drill_test_wait_label (fixture.view.view, "Audit package");

  /* What was chosen is still there, and nothing goes out by itself */
  g_assert_cmpuint (drill_test_server_get_n_requests (fixture.server, DRILL_TEST_DELIVERY), ==, 1);
  drill_test_click (dialog, "Deliver _Again…");
  entry = drill_test_find_named (dialog, "Teams");
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (gtk_widget_get_ancestor (entry, GTK_TYPE_CHECK_BUTTON))));
  g_assert_cmpuint (drill_test_server_get_n_requests (fixture.server, DRILL_TEST_DELIVERY), ==, 1);
  drill_test_close_dialog (dialog);

  drill_audit_view_fixture_tear_down (&fixture);
}

/* 200 is no success when nothing was sent */
static void
test_deliver_nowhere (void)
{
  static const char *const connectors[] = { "splunk", NULL };
  DrillAuditViewFixture fixture;
  GtkWidget *dialog;

  drill_audit_view_fixture_set_up (&fixture, NULL);
  drill_test_server_set_connectors (fixture.server, connectors);
  drill_audit_view_fixture_connect (&fixture, NULL);
  dialog = present_deliver (&fixture);
  choose (dialog, "Teams");
  deliver (dialog);
  drill_test_wait_label (dialog, "Not delivered");
  g_assert_nonnull (drill_test_find_named (dialog, "Not configured"));
  drill_test_close_dialog (dialog);

  drill_audit_view_fixture_tear_down (&fixture);
}

static GtkAdjustment *
get_scrolling (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

static void
test_no_connectors (void)
{
  static const char *const connectors[] = { NULL };
  DrillAuditViewFixture fixture;
  GtkAdjustment *scrolling;
  GtkWidget *dialog;

  drill_audit_view_fixture_set_up (&fixture, NULL);
  drill_test_server_set_connectors (fixture.server, connectors);
  drill_audit_view_fixture_connect (&fixture, NULL);
  dialog = present_deliver (&fixture);
  choose (dialog, "Splunk");
  drill_test_settle ();
  scrolling = get_scrolling (drill_test_find_named (dialog, "Splunk"));
  gtk_adjustment_set_value (scrolling, gtk_adjustment_get_upper (scrolling));
  g_assert_cmpfloat (gtk_adjustment_get_value (scrolling), >, 0);
  deliver (dialog);
  drill_test_wait_label (dialog, "The service has no connectors");
  drill_test_settle ();
  /* It is said at the top, and seen there */
  g_assert_cmpfloat (gtk_adjustment_get_value (scrolling), ==, 0);
  drill_test_close_dialog (dialog);

  drill_audit_view_fixture_tear_down (&fixture);
}

/* Nor while it is not known what became of it */
static void
test_unknown (void)
{
  static const DrillTestFault unreadable = {
    .method = "GET", .path = DRILL_TEST_HISTORY, .first = 1, .what = DRILL_TEST_STATUS, .status = 503, .body = "{}",
  };
  static const char *const connectors[] = { "splunk", NULL };
  DrillAuditViewFixture fixture;
  GtkWidget *dialog;

  drill_audit_view_fixture_set_up (&fixture, NULL);
  drill_test_server_set_connectors (fixture.server, connectors);
  drill_audit_view_fixture_connect (&fixture, NULL);
  drill_audit_view_fixture_add_fault (&fixture, DRILL_TEST_DELIVERY, DRILL_TEST_DO_THEN_DROP, 0, NULL);
  drill_test_server_add_fault (fixture.server, &unreadable);
  dialog = present_deliver (&fixture);
  choose (dialog, "Splunk");
  deliver (dialog);
  drill_test_wait_label (dialog, "Not Known");
  g_assert_null (drill_test_find_named (dialog, "_Deliver"));

  drill_test_server_clear_faults (fixture.server);
  drill_test_click (dialog, "Check _Again");
  drill_test_wait_label (dialog, "Delivered to 1 destination");
  g_assert_cmpuint (drill_test_server_get_n_requests (fixture.server, DRILL_TEST_DELIVERY), ==, 1);
  drill_test_close_dialog (dialog);

  drill_audit_view_fixture_tear_down (&fixture);
}

/* In the window: what is offered, and why not */

static DrillTestServer *window_server;

static gboolean
is_shown_live (gpointer data)
{
  return drill_session_get_shown (data) == DRILL_SHOWN_LIVE && drill_session_get_complete (data) &&
         !drill_session_get_loading (data);
}

static void
check_read_only (gpointer data)
{
  static const char reason[] = "This connection is for reading only.";
  DrillProgram *program = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillConnection) connection = drill_connection_new (NULL, NULL, drill_test_server_get_url (window_server),
                                                                NULL, NULL, TRUE, &error);
  GtkWidget *window = GTK_WIDGET (program->window);

  g_assert_no_error (error);
  drill_program_activate (program, "win.show-view", g_variant_new_string ("audit"));
  drill_test_settle ();
  drill_session_open_connection (program->session, connection);
  drill_test_wait (is_shown_live, program->session, "the service");
  drill_test_settle ();

  g_assert_nonnull (drill_test_find_named (window, reason));
  g_assert_false (gtk_widget_is_sensitive (drill_test_find_named (window, "_Deliver…")));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (program->window), "new-package"));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (program->window), "deliver"));

  drill_program_activate (program, "win.verify", NULL);
  gtk_window_destroy (GTK_WINDOW (drill_test_wait_toplevel (DRILL_TYPE_VERIFY_DIALOG)));
  drill_test_settle ();
}

static void
test_read_only (void)
{
  const char *const arguments[] = { "--sample", NULL };
  g_autofree char *path = drill_test_conformance_path ("medium/history.json");

  window_server = drill_test_server_new ();
  g_assert_true (drill_test_server_load_file (window_server, path, NULL));
  drill_program_forget ();
  drill_program_run (arguments, check_read_only);
  g_assert_cmpuint (drill_test_server_get_n_requests (window_server, DRILL_TEST_PACKAGE), ==, 0);
  g_clear_pointer (&window_server, drill_test_server_free);
}

/* A package that is dropped on the window is verified */

static void
drop (DrillProgram *program,
      const char   *path)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (program->window));
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, G_TYPE_FILE);
  g_value_set_object (&value, file);
  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !taken; i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 1.0, 1.0, &taken);
    }
  g_assert_true (taken);
}

static void
check_drop (gpointer data)
{
  DrillProgram *program = data;
  g_autofree char *packages_path = drill_test_conformance_path ("small/packages.json");
  g_autofree char *folder = g_dir_make_tmp ("drill-ui-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "package.json", NULL);
  g_autofree char *text = NULL;
  g_autofree char *package = NULL;
  g_autoptr(JsonParser) parser = json_parser_new ();
  GtkWidget *dialog;

  g_assert_true (g_file_get_contents (packages_path, &text, NULL, NULL));
  g_assert_true (json_parser_load_from_data (parser, text, -1, NULL));
  package = json_to_string (json_array_get_element (json_node_get_array (json_parser_get_root (parser)), 0), FALSE);
  g_assert_true (g_file_set_contents (path, package, -1, NULL));

  drop (program, path);
  dialog = drill_test_wait_toplevel (DRILL_TYPE_VERIFY_DIALOG);
  drill_test_wait_label (dialog, "Whole: the audit id fits the content");
  g_assert_cmpint (drill_session_get_shown (program->session), ==, DRILL_SHOWN_SAMPLE);

  /* It can be looked into all the same */
  drill_test_click (dialog, "_Open as Evidence");
  drill_test_wait_gone (DRILL_TYPE_VERIFY_DIALOG);
  drill_test_wait_label (GTK_WIDGET (program->window), "package.json");
  drill_test_remove_tree (folder);
}

static void
test_drop (void)
{
  const char *const arguments[] = { "--sample", NULL };

  drill_program_forget ();
  drill_program_run (arguments, check_drop);
}

/* From what was delivered to its package */
static void
check_show_package (gpointer data)
{
  DrillProgram *program = data;
  DrillEvidence *evidence = drill_session_get_evidence (program->session);
  const char *audit_id = NULL;
  GtkWidget *window = GTK_WIDGET (program->window);

  drill_program_activate (program, "win.new-package", NULL);
  drill_test_make_package (drill_test_wait_toplevel (DRILL_TYPE_PACKAGE_DIALOG));
  gtk_window_destroy (GTK_WINDOW (drill_test_wait_toplevel (DRILL_TYPE_PACKAGE_DIALOG)));
  drill_test_settle ();

  evidence = drill_session_get_evidence (program->session);
  for (guint i = 0; i < drill_evidence_get_n_items (evidence); i++)
    {
      const DrillItem *item = &drill_evidence_get_items (evidence)[drill_evidence_get_item_order (evidence)[i]];

      if (audit_id == NULL && g_str_equal (drill_evidence_get_text (evidence, DRILL_DICT_KIND, item->kind), DRILL_KIND_PACKAGE))
        audit_id = drill_evidence_get_text (evidence, DRILL_DICT_TEXT, item->subject);
    }
  g_assert_nonnull (audit_id);
  drill_program_activate (program, "win.show-package", g_variant_new_string (audit_id));
  drill_test_wait_label (window, audit_id);
  drill_test_wait_label (window, "Whole: the audit id fits the content");
}

static void
test_show_package (void)
{
  const char *const arguments[] = { "--sample", NULL };

  drill_program_forget ();
  drill_program_run (arguments, check_show_package);
}

int
main (int   argc,
      char *argv[])
{
  drill_test_init (&argc, &argv);

  g_test_add_func ("/drill/ui/audit-delivery/deliver", test_deliver);
  g_test_add_func ("/drill/ui/audit-delivery/deliver-nowhere", test_deliver_nowhere);
  g_test_add_func ("/drill/ui/audit-delivery/no-connectors", test_no_connectors);
  g_test_add_func ("/drill/ui/audit-delivery/unknown", test_unknown);
  g_test_add_func ("/drill/ui/audit-delivery/read-only", test_read_only);
  g_test_add_func ("/drill/ui/audit-delivery/drop", test_drop);
  g_test_add_func ("/drill/ui/audit-delivery/show-package", test_show_package);

  return g_test_run ();
}
