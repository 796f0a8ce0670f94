// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-program-fixture.h"

#include <string.h>

#include "base/drill-time.h"
#include "drill-test-server.h"
#include "ui/dialogs/drill-problems-dialog.h"
#include "ui/routes/drill-facet-sidebar.h"
#include "ui/routes/drill-route-details.h"

#define N_CURRENT 320 /* of conformance/medium */

static const DrillSessionPauses pauses = {
  .first_retry_ms = 10, .max_retry_ms = 20, .n_read_retries = 1, .first_read_pause_ms = 1,
};

/* No retries by itself: what is shown between two loads can be looked at */
static const DrillSessionPauses patient = {
  .first_retry_ms = G_MAXINT / 2, .max_retry_ms = G_MAXINT / 2, .n_read_retries = 0, .first_read_pause_ms = 1,
};

static DrillTestServer *server;

static void
run_server (void (*test) (gpointer program))
{
  const char *const arguments[] = { "--server", drill_test_server_get_url (server), NULL };

  drill_program_forget ();
  drill_program_run (arguments, test);
  g_clear_pointer (&server, drill_test_server_free);
}

static void
start_server (void)
{
  g_autofree char *path = drill_test_conformance_path ("medium/history.json");
  g_autoptr(GError) error = NULL;

  server = drill_test_server_new ();
  g_assert_true (drill_test_server_load_file (server, path, &error));
  g_assert_no_error (error);
}

static gboolean
is_live (gpointer data)
{
  DrillProgram *program = data;

  return drill_session_get_shown (program->session) == DRILL_SHOWN_LIVE &&
         !drill_session_get_loading (program->session);
}

static gboolean
is_stale (gpointer data)
{
  return drill_session_get_stale_since (data) != DRILL_TIME_UNKNOWN && !drill_session_get_loading (data);
}

static gboolean
is_fresh (gpointer data)
{
  return drill_session_get_stale_since (data) == DRILL_TIME_UNKNOWN && !drill_session_get_loading (data);
}

static gboolean
has_failed (gpointer data)
{
  return drill_session_get_error (data) != NULL && !drill_session_get_loading (data);
}

/* The last snapshot stays, and says since when */

static void
check_stale (gpointer data)
{
  DrillProgram *program = data;

  drill_session_set_pauses (program->session, &patient);
  drill_test_wait (is_live, program, "live evidence");
  g_assert_cmpstr (drill_program_get_banner (program), ==, "");
  g_assert_nonnull (strstr (gtk_window_get_title (GTK_WINDOW (program->window)), drill_test_server_get_url (server)));

  drill_test_server_set_listening (server, FALSE);
  drill_program_activate (program, "win.refresh", NULL);
  drill_test_wait (is_stale, program->session, "stale evidence");
  g_assert_true (g_str_has_prefix (drill_program_get_banner (program), "Not up to date since 2026-06-01"));
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, N_CURRENT);

  drill_test_server_set_listening (server, TRUE);
  drill_test_click (GTK_WIDGET (program->window), "_Retry");
  drill_test_wait (is_fresh, program->session, "fresh evidence");
  g_assert_cmpstr (drill_program_get_banner (program), ==, "");
}

static void
test_stale (void)
{
  start_server ();
  run_server (check_stale);
}

/* From the sample to the service, without a hand */

static void
check_comes_back (gpointer data)
{
  DrillProgram *program = data;

  drill_session_set_pauses (program->session, &pauses);
  drill_test_wait (has_failed, program->session, "the service's silence");
  g_assert_true (g_str_has_prefix (drill_program_get_banner (program), "Sample data is shown instead of "));

  drill_test_server_set_listening (server, TRUE);
  drill_program_activate (program, "win.refresh", NULL);
  drill_test_wait (is_live, program, "live evidence");
  g_assert_cmpstr (drill_program_get_banner (program), ==, "");
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, N_CURRENT);
  g_assert_null (strstr (gtk_window_get_title (GTK_WINDOW (program->window)), "Sample"));
}

static void
test_comes_back (void)
{
  start_server ();
  drill_test_server_set_listening (server, FALSE);
  run_server (check_comes_back);
}

/* What is missing is never silent */

static void
check_partial (gpointer data)
{
  DrillProgram *program = data;

  drill_session_set_pauses (program->session, &patient);
  drill_test_wait (has_failed, program->session, "the end of the load");
  g_assert_cmpint (drill_session_get_shown (program->session), ==, DRILL_SHOWN_LIVE);
  g_assert_cmpuint (drill_program_get_n_rows (program), >, 0);
  g_assert_nonnull (strstr (drill_program_get_banner (program), "Partial: not all of the evidence is shown"));
  g_assert_true (g_str_has_suffix (drill_program_get_status (program), "partial"));
}

static void
test_partial (void)
{
  const DrillTestFault fault = { .path = DRILL_TEST_HISTORY, .first = 3, .what = DRILL_TEST_STATUS, .status = 403 };

  start_server ();
  drill_test_server_set_max_limit (server, 40);
  drill_test_server_add_fault (server, &fault);
  run_server (check_partial);
}

/* The service counts its newest items only: where that differs, both are said */

static gboolean
is_counted (gpointer data)
{
  DrillProgram *program = data;

  return is_live (program) && drill_session_get_complete (program->session) &&
         drill_session_get_server_counts (program->session) != NULL;
}

static void
check_server_counts (gpointer data)
{
  DrillProgram *program = data;
  GtkWidget *button;

  drill_test_wait (is_counted, program, "the service's counts");
  button = gtk_widget_get_ancestor (drill_test_find_named (GTK_WIDGET (program->window), "Notification plans"),
                                    GTK_TYPE_BUTTON);
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (button), "The service says 3,"));
  button = gtk_widget_get_ancestor (drill_test_find_named (GTK_WIDGET (program->window), "Deliveries"),
                                    GTK_TYPE_BUTTON);
  g_assert_null (strstr (gtk_widget_get_tooltip_text (button), "The service says"));
}

static void
test_server_counts (void)
{
  const DrillTestFault fault = {
    .path = DRILL_TEST_DASHBOARD, .first = 1, .what = DRILL_TEST_STATUS, .status = 200,
    .body = "{\"plan_count\": 3, \"delivery_count\": 54}",
  };

  start_server ();
  drill_test_server_add_fault (server, &fault);
  run_server (check_server_counts);
}

static void
check_auth_required (gpointer data)
{
  DrillProgram *program = data;

  drill_test_wait (has_failed, program->session, "the refusal");
  g_assert_nonnull (strstr (drill_program_get_banner (program), "wants to know who you are"));
  g_assert_cmpint (drill_session_get_shown (program->session), ==, DRILL_SHOWN_SAMPLE);
}

static void
test_auth_required (void)
{
  start_server ();
  drill_test_server_set_auth_required (server, TRUE);
  run_server (check_auth_required);
}

/* A file that is dropped on the window is opened, and what is wrong in it is listed */

static gboolean
is_file_shown (gpointer data)
{
  return drill_session_get_shown (data) == DRILL_SHOWN_FILE && !drill_session_get_loading (data);
}

static void
drop (DrillProgram *program,
      GFile        *file)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (program->window));
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
check_problems (gpointer data)
{
  static const char text[] = "{\"items\": [17, {\"session_id\": 5, \"metadata_kind\": \"something\"}]}";
  DrillProgram *program = data;
  g_autoptr(GFileIOStream) stream = NULL;
  g_autoptr(GFile) file = g_file_new_tmp ("drill-XXXXXX.json", &stream, NULL);
  GtkWidget *dialog;

  g_assert_nonnull (file);
  g_assert_true (g_file_replace_contents (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, NULL));
  drop (program, file);
  dialog = drill_test_wait_toplevel (ADW_TYPE_MESSAGE_DIALOG);
  drill_test_click (dialog, "_Open as Evidence");
  drill_test_wait (is_file_shown, program->session, "the file");
  g_assert_cmpuint (drill_evidence_get_n_problems (drill_session_get_evidence (program->session)), ==, 2);
  g_assert_cmpstr (drill_program_get_banner (program), ==, "2 things in the evidence could not be read in full.");

  drill_test_settle ();
  drill_test_click (GTK_WIDGET (program->window), "_Details…");
  dialog = drill_test_wait_toplevel (DRILL_TYPE_PROBLEMS_DIALOG);
  drill_test_wait_label (dialog, "an item that is not an object\npage 1, byte 11");
  gtk_window_close (GTK_WINDOW (dialog));
  g_assert_true (g_file_delete (file, NULL, NULL));
}

static void
test_problems (void)
{
  const char *const arguments[] = { "--sample", NULL };

  drill_program_forget ();
  drill_program_run (arguments, check_problems);
}

/* The layout folds, and unfolds as it was */

static GtkWidget *
find_mapped (DrillProgram *program,
             GType         type)
{
  GtkWidget *widget = drill_test_find (GTK_WIDGET (program->window), type);

  g_assert_nonnull (widget);

  return widget;
}

static gboolean
is_narrow (gpointer data)
{
  return gtk_widget_get_width (data) < 500;
}

static gboolean
is_wide (gpointer data)
{
  return gtk_widget_get_width (data) > 1000;
}

static void
check_narrow (gpointer data)
{
  DrillProgram *program = data;
  GtkWidget *sidebar = find_mapped (program, DRILL_TYPE_FACET_SIDEBAR);
  GtkWidget *details = find_mapped (program, DRILL_TYPE_ROUTE_DETAILS);
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (drill_route_list_get_selection (program->list));

  /* Details wait for something to tell */
  g_assert_true (gtk_widget_get_child_visible (sidebar));
  g_assert_false (gtk_widget_get_child_visible (details));
  gtk_selection_model_select_item (selection, 3, TRUE);
  drill_test_settle ();
  g_assert_true (gtk_widget_get_child_visible (details));

  gtk_window_set_default_size (GTK_WINDOW (program->window), 480, 640);
  drill_test_wait (is_narrow, program->window, "a narrow window");
  drill_test_settle ();
  g_assert_false (gtk_widget_get_child_visible (sidebar));
  g_assert_false (gtk_widget_get_child_visible (details));

  /* What covers the table is asked for, and goes with Escape */
  drill_program_activate (program, "win.show-details", NULL);
  drill_test_settle ();
  g_assert_true (gtk_widget_get_child_visible (details));
  drill_program_activate (program, "win.escape", NULL);
  drill_test_settle ();
  g_assert_false (gtk_widget_get_child_visible (details));

  gtk_window_set_default_size (GTK_WINDOW (program->window), 1280, 800);
  drill_test_wait (is_wide, program->window, "a wide window");
  drill_test_settle ();
  g_assert_true (gtk_widget_get_child_visible (sidebar));
  g_assert_true (gtk_widget_get_child_visible (details));

  /* Closed by hand it stays so, whatever is selected */
  drill_program_activate (program, "win.toggle-details", NULL);
  drill_test_settle ();
  gtk_selection_model_select_item (selection, 5, TRUE);
  drill_test_settle ();
  g_assert_false (gtk_widget_get_child_visible (details));
}

/* A small notebook: whatever view was shown, the window still fits */
static void
check_small (gpointer data)
{
  static const char *const views[] = { "history", "suppressions", "audit", "routes" };
  DrillProgram *program = data;

  gtk_window_set_default_size (GTK_WINDOW (program->window), 800, 600);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      GtkRequisition minimum;

      drill_program_activate (program, "win.show-view", g_variant_new_string (views[i]));
      drill_test_settle ();
      gtk_widget_get_preferred_size (GTK_WIDGET (program->window), &minimum, NULL);
      g_assert_cmpint (minimum.height, <=, 600);
      g_assert_cmpint (minimum.width, <=, 800);
    }
}

static void
test_small (void)
{
  const char *const arguments[] = { "--sample", NULL };

  drill_program_forget ();
  drill_program_run (arguments, check_small);
}

static void
test_narrow (void)
{
  const char *const arguments[] = { "--sample", NULL };

  drill_program_forget ();
  drill_program_run (arguments, check_narrow);
}

int
main (int   argc,
      char *argv[])
{
  drill_test_init (&argc, &argv);

  g_test_add_func ("/drill/ui/window-states/stale", test_stale);
  g_test_add_func ("/drill/ui/window-states/comes-back", test_comes_back);
  g_test_add_func ("/drill/ui/window-states/partial", test_partial);
  g_test_add_func ("/drill/ui/window-states/server-counts", test_server_counts);
  g_test_add_func ("/drill/ui/window-states/auth-required", test_auth_required);
  g_test_add_func ("/drill/ui/window-states/problems", test_problems);
  g_test_add_func ("/drill/ui/window-states/narrow", test_narrow);
  g_test_add_func ("/drill/ui/window-states/small", test_small);

  return g_test_run ();
}
