// SPDX-License-Identifier: GPL-3.0-or-later

/* Acknowledging a whole filter, in the whole program: what is listed, sent once, and told. */

#include "drill-program-fixture.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "drill-config.h"
#include "drill-test-server.h"
#include "ui/acks/drill-ack-dialog.h"
#include "ui/acks/drill-ack-export.h"
#include "ui/acks/drill-ack-routes.h"
#include "ui/acks/drill-unfinished-bar.h"
#include "ui/acks/drill-unfinished-dialog.h"
#include "ui/dialogs/drill-sign-in-dialog.h"

#define BULK "/acknowledgements/bulk"

static const char *const both[] = { "slack", "teams", NULL };

static DrillTestServer *server;

static gboolean
is_live (gpointer data)
{
  return drill_session_get_shown (data) == DRILL_SHOWN_LIVE && !drill_session_get_loading (data) &&
         drill_session_get_complete (data);
}

static DrillAckOperation *
get_operation (GtkWidget *dialog)
{
  return drill_ack_dialog_get_operation (DRILL_ACK_DIALOG (dialog));
}

static GtkWidget *
open_dialog (DrillProgram *program,
             const char   *action)
{
  static const DrillOperationPauses pauses = { .busy_ms = 1, .max_busy_ms = 1, .n_busy = 2, .settle_ms = 1 };
  GtkWidget *dialog;

  drill_program_activate (program, action, NULL);
  dialog = drill_test_wait_toplevel (DRILL_TYPE_ACK_DIALOG);
  drill_operation_set_pauses (DRILL_OPERATION (get_operation (dialog)), &pauses);

  return dialog;
}

static gboolean
is_quiet (gpointer data)
{
  return !gtk_spinner_get_spinning (GTK_SPINNER (drill_test_find (data, GTK_TYPE_SPINNER)));
}

static void
send (GtkWidget *dialog)
{
  drill_test_wait (is_quiet, dialog, "the latest state");
  g_assert_true (gtk_widget_activate_action (dialog, "ack.send", NULL));
}

static void
show_only (DrillProgram *program,
           const char   *state)
{
  const char *const values[] = { state, NULL };

  drill_program_activate (program, "win.set-filter", g_variant_new ("(s^as)", "state", values));
}

static GtkWidget *
get_bar (DrillProgram *program)
{
  return drill_test_find (GTK_WIDGET (program->window), DRILL_TYPE_UNFINISHED_BAR);
}

static void
close_dialog (GtkWidget *dialog)
{
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (DRILL_TYPE_ACK_DIALOG);
}

/* So many schedules with two providers each, and one owner for each provider */
static GPtrArray *
make_history (guint n_schedules)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_schedules; i++)
    g_ptr_array_add (items, g_strdup_printf (
      "{\"session_id\": \"plan-%u\", \"created_at\": \"2026-06-01T10:00:00.%06u+00:00\", \"signer\": \"planner\","
      "\"metadata_kind\": \"go-backend-rollback-drill-notification-plan\", \"plan_id\": \"p-%u\", \"schedule_id\": \"dr-%04u\","
      "\"plan\": {\"plan_id\": \"p-%u\", \"schedule_id\": \"dr-%04u\", \"alert_level\": \"critical\", \"route_decisions\": ["
      "{\"schedule_id\": \"dr-%04u\", \"provider\": \"slack\", \"owner\": \"release\", \"action\": \"deliver\","
      "\"acknowledgement_minutes\": 30},"
      "{\"schedule_id\": \"dr-%04u\", \"provider\": \"teams\", \"owner\": \"platform\", \"action\": \"deliver\","
      "\"acknowledgement_minutes\": 600}]}}", i, i, i, i, i, i, i, i));

  return items;
}

static void
run_live (guint   n_schedules,
          void  (*test) (gpointer program))
{
  const char *arguments[] = { "--server", NULL, NULL };

  server = drill_test_server_new ();
  drill_test_server_set_items (server, make_history (n_schedules));
  arguments[1] = drill_test_server_get_url (server);
  drill_program_forget ();
  drill_program_run (arguments, test);
}

static void
stop_server (void)
{
  g_clear_pointer (&server, drill_test_server_free);
}

/* As many as there are routes, and never two on one. The server looks through all
 * it has for each: some of them must do. */
static void
assert_each_once (guint              n_schedules,
                  const char *const *providers)
{
  guint n_providers = g_strv_length ((char **) providers);

  g_assert_cmpuint (drill_test_server_count_items (server, DRILL_KIND_ACK), ==, n_schedules * n_providers);
  for (guint i = 0; i < n_schedules; i += 9)
    for (guint j = 0; j < n_providers; j++)
      {
        g_autofree char *schedule = g_strdup_printf ("dr-%04u", i);

        g_assert_cmpuint (drill_test_server_count_acks (server, schedule, providers[j]), ==, 1);
      }
}

/* What is outstanding in the filter, and nothing else, each once */

static void
check_filter (gpointer data)
{
  static const char *const teams[] = { "teams", NULL };
  DrillProgram *program = data;
  DrillAckOperation *operation;
  GtkWidget *dialog;

  drill_test_wait (is_live, program->session, "live evidence");
  drill_program_activate (program, "win.set-filter", g_variant_new ("(s^as)", "provider", teams));
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, 250);

  dialog = open_dialog (program, "win.bulk-acknowledge");
  operation = get_operation (dialog);
  drill_test_wait_label (dialog, "Acknowledge 250 Routes");
  drill_test_wait_label (dialog, "platform 250");
  drill_test_wait_label (dialog, "teams 250");
  g_assert_cmpuint (drill_ack_operation_get_n_entries (operation), ==, 250);

  send (dialog);
  drill_test_wait_label (dialog, "All Recorded");
  g_assert_cmpuint (drill_test_server_get_n_requests (server, BULK), ==, 3);
  assert_each_once (250, teams);
  close_dialog (dialog);

  /* Nothing is left of it: that is said, and nothing opens */
  drill_program_activate (program, "win.bulk-acknowledge", NULL);
  drill_test_wait_label (GTK_WIDGET (program->window), "No listed route is outstanding");
  drill_program_activate (program, "win.bulk-escalate", NULL);
  drill_test_wait_label (GTK_WIDGET (program->window), "No listed route is breached");

  /* The breached ones are those of the other provider */
  drill_program_activate (program, "win.clear-filters", NULL);
  dialog = open_dialog (program, "win.bulk-escalate");
  drill_test_wait_label (dialog, "Escalate 250 Routes");
  drill_test_wait_label (dialog, "slack 250");
  close_dialog (dialog);
}

static void
test_filter (void)
{
  run_live (250, check_filter);
  stop_server ();
}

/* An export of the result tells all of it */

static void
check_failed (gpointer data)
{
  const DrillTestFault fault = {
    .method = "POST", .path = BULK, .first = 2, .count = 1, .what = DRILL_TEST_BREAK_BULK, .status = 400,
    .body = "{\"detail\": \"=no such provider\"}", .n_routes = 10,
  };
  const DrillTestFault single = {
    .method = "POST", .path = "/acknowledgements", .first = 1, .count = 1, .what = DRILL_TEST_STATUS, .status = 400,
    .body = "{\"detail\": \"=no such provider\"}",
  };
  DrillProgram *program = data;
  DrillAckOperation *operation;
  g_autoptr(GBytes) csv = NULL;
  g_autoptr(GBytes) json = NULL;
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_auto(GStrv) lines = NULL;
  GtkWidget *dialog, *filter, *list;
  JsonObject *document;

  drill_test_wait (is_live, program->session, "live evidence");
  drill_test_server_add_fault (server, &fault);
  drill_test_server_add_fault (server, &single);
  dialog = open_dialog (program, "win.bulk-acknowledge");
  operation = get_operation (dialog);
  send (dialog);
  drill_test_wait_label (dialog, "Partly Recorded");
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_FAILED), ==, 1);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_RECORDED), ==, 239);

  /* The list, filtered by outcome, says why */
  filter = drill_test_find (dialog, GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (filter), 2);
  drill_test_wait_label (dialog, "The service refused it. (HTTP status 400: =no such provider)");
  list = gtk_widget_get_ancestor (drill_test_find_named (dialog, "The service refused it. (HTTP status 400: =no such provider)"),
                                  DRILL_TYPE_ACK_ROUTES);
  g_assert_cmpuint (drill_ack_routes_get_n_rows (DRILL_ACK_ROUTES (list)), ==, 1);

  csv = drill_ack_export_dup_csv (operation, program->session);
  lines = g_strsplit (g_bytes_get_data (csv, NULL), "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 240 + 2);
  for (guint i = 1; i <= 240; i++)
    {
      g_assert_nonnull (strstr (lines[i], drill_test_server_get_url (server)));
      /* A spreadsheet must not run what the service said */
      g_assert_null (strstr (lines[i], ",=no"));
    }

  json = drill_ack_export_dup_json (operation, program->session);
  g_assert_true (json_parser_load_from_data (parser, g_bytes_get_data (json, NULL), (gssize) g_bytes_get_size (json), NULL));
  document = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpint (json_object_get_int_member (document, "recorded"), ==, 239);
  g_assert_cmpint (json_object_get_int_member (document, "failed"), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (document, "routes")), ==, 240);

  drill_test_click (dialog, "_Retry Failed");
  drill_test_wait_label (dialog, "All Recorded");
  assert_each_once (120, both);
  close_dialog (dialog);
}

static void
test_failed (void)
{
  run_live (120, check_failed);
  stop_server ();
}

/* Cancel between chunks; what was not sent can be gone on with */

static void
check_cancel (gpointer data)
{
  const DrillTestFault hold = { .method = "POST", .path = BULK, .first = 2, .count = 1, .what = DRILL_TEST_HOLD };
  DrillProgram *program = data;
  DrillAckOperation *operation;
  GtkWidget *dialog;

  drill_test_wait (is_live, program->session, "live evidence");
  drill_test_server_add_fault (server, &hold);
  dialog = open_dialog (program, "win.bulk-acknowledge");
  operation = get_operation (dialog);
  send (dialog);
  drill_test_wait_label (dialog, "Sending chunk 2 of 4…");
  drill_test_click (dialog, "_Cancel");
  drill_test_wait_label (dialog, "Stopping when the chunk that was sent is answered…");
  /* It is on its way, but may not be there yet */
  while (drill_test_server_get_n_requests (server, BULK) < 2)
    drill_test_settle ();
  drill_test_server_release (server);
  drill_test_wait_label (dialog, "Partly Recorded");
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_RECORDED), ==, 200);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_PENDING), ==, 200);

  drill_test_click (dialog, "C_ontinue");
  drill_test_wait_label (dialog, "All Recorded");
  assert_each_once (200, both);
  close_dialog (dialog);
}

static void
test_cancel (void)
{
  run_live (200, check_cancel);
  stop_server ();
}

/* While somebody else writes, that is said, and Cancel gives up at once */

static DrillJournalLock *
take_lock (GtkWidget *dialog)
{
  DrillWriter *writer = drill_operation_get_writer (DRILL_OPERATION (get_operation (dialog)));
  g_autoptr(GError) error = NULL;
  DrillJournalLock *lock = drill_journal_lock_try (drill_writer_get_journal (writer), drill_writer_get_origin (writer),
                                                   &error);

  g_assert_no_error (error);
  g_assert_nonnull (lock);

  return lock;
}

static void
check_queued (gpointer data)
{
  DrillProgram *program = data;
  g_autoptr(DrillJournalLock) lock = NULL;
  GtkWidget *dialog;

  drill_test_wait (is_live, program->session, "live evidence");
  dialog = open_dialog (program, "win.bulk-acknowledge");
  lock = take_lock (dialog);
  send (dialog);
  drill_test_wait_label (dialog, "Waiting for another window or drillctl…");
  drill_test_click (dialog, "_Cancel");
  drill_test_wait_label (dialog, "Not Sent");
  close_dialog (dialog);

  /* One of one route has no page for it */
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (drill_route_list_get_selection (program->list)), 0, TRUE);
  dialog = open_dialog (program, "win.acknowledge");
  send (dialog);
  drill_test_wait_label (dialog, "Waiting for another window or drillctl…");
  drill_test_click (dialog, "_Cancel");
  drill_test_wait_label (dialog, "Not sent. What you typed is kept.");
  g_assert_cmpuint (drill_test_server_count_items (server, DRILL_KIND_ACK), ==, 0);

  send (dialog);
  drill_test_wait_label (dialog, "Waiting for another window or drillctl…");
  g_clear_object (&lock);
  drill_test_wait_gone (DRILL_TYPE_ACK_DIALOG);
  g_assert_cmpuint (drill_test_server_count_items (server, DRILL_KIND_ACK), ==, 1);
}

static void
test_queued (void)
{
  run_live (20, check_queued);
  stop_server ();
}

/* What is known to be unknown is kept for the next start, looked up there, and finished */

static void
check_cut_off (gpointer data)
{
  const DrillTestFault dropped = { .method = "POST", .path = BULK, .first = 2, .count = 1, .what = DRILL_TEST_DO_THEN_DROP };
  DrillTestFault deaf = { .method = "GET", .first = 1, .count = 0, .what = DRILL_TEST_DROP };
  DrillProgram *program = data;
  GtkWidget *dialog;

  drill_test_wait (is_live, program->session, "live evidence");
  dialog = open_dialog (program, "win.bulk-acknowledge");
  drill_test_wait (is_quiet, dialog, "the latest state");
  drill_test_server_add_fault (server, &dropped);
  drill_test_server_add_fault (server, &deaf);
  send (dialog);
  drill_test_wait_label (dialog, "Not Everything Is Known");
  g_assert_cmpuint (drill_ack_operation_count (get_operation (dialog), DRILL_OUTCOME_RECORDED), ==, 100);
  g_assert_cmpuint (drill_ack_operation_count (get_operation (dialog), DRILL_OUTCOME_UNKNOWN), ==, 100);

  /* Not without a word */
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_click (drill_test_wait_toplevel (ADW_TYPE_MESSAGE_DIALOG), "_Close");
  drill_test_wait_gone (DRILL_TYPE_ACK_DIALOG);
  drill_test_server_clear_faults (server);
}

static gboolean
is_told (gpointer data)
{
  DrillProgram *program = data;
  const char *text = drill_unfinished_bar_get_text (DRILL_UNFINISHED_BAR (get_bar (program)));

  return strstr (text, "200 recorded") != NULL && strstr (text, "100 not sent") != NULL;
}

static gboolean
is_bar_gone (gpointer data)
{
  return !gtk_widget_get_visible (get_bar (data));
}

static void
check_finish (gpointer data)
{
  DrillProgram *program = data;
  GtkWidget *dialog;

  drill_test_wait (is_live, program->session, "live evidence");
  drill_test_wait (is_told, program, "the interrupted operation");
  g_assert_cmpuint (drill_test_server_get_n_requests (server, BULK), ==, 2);

  drill_test_settle ();
  drill_test_click (GTK_WIDGET (program->window), "Re_view…");
  dialog = drill_test_wait_toplevel (DRILL_TYPE_UNFINISHED_DIALOG);
  drill_test_wait_label (dialog, "_Finish");
  drill_test_click (dialog, "_Finish");
  dialog = drill_test_wait_toplevel (DRILL_TYPE_ACK_DIALOG);
  drill_test_wait_label (dialog, "All Recorded");
  assert_each_once (150, both);
  close_dialog (dialog);
  drill_test_wait (is_bar_gone, program, "an end");
}

static void
test_cut_off (void)
{
  const char *arguments[] = { "--server", NULL, NULL };

  run_live (150, check_cut_off);
  arguments[1] = drill_test_server_get_url (server);
  drill_program_run (arguments, check_finish);
  stop_server ();
}

/* A token that is not taken any more stops it, and loses nothing */

static GtkWidget *
find_row (GtkWidget  *widget,
          const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (widget) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* For this session only */
static void
sign_in (const char *token)
{
  GtkWidget *dialog = drill_test_wait_toplevel (DRILL_TYPE_SIGN_IN_DIALOG);

  gtk_editable_set_text (GTK_EDITABLE (find_row (dialog, "Bearer token")), token);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (dialog, "Keep the token")), 1);
  drill_test_click (dialog, "_Sign In");
  drill_test_wait_gone (DRILL_TYPE_SIGN_IN_DIALOG);
}

static gboolean
is_asked (gpointer data)
{
  return drill_session_get_error (data) != NULL && !drill_session_get_loading (data);
}

static void
check_token (gpointer data)
{
  const DrillTestFault hold = { .method = "POST", .path = BULK, .first = 2, .count = 1, .what = DRILL_TEST_HOLD };
  DrillProgram *program = data;
  GtkWidget *dialog;

  drill_test_wait (is_asked, program->session, "a refusal");
  drill_program_activate (program, "win.sign-in", NULL);
  sign_in ("first-token");
  drill_test_wait (is_live, program->session, "live evidence");

  dialog = open_dialog (program, "win.bulk-acknowledge");
  /* Who is recorded is known, and cannot be typed */
  drill_test_wait_label (dialog, "alice");
  gtk_editable_set_text (GTK_EDITABLE (drill_test_find (dialog, GTK_TYPE_ENTRY)), "INC-7");
  drill_test_server_add_fault (server, &hold);
  send (dialog);
  drill_test_wait_label (dialog, "Sending chunk 2 of 3…");
  while (drill_test_server_get_n_requests (server, BULK) < 2)
    drill_test_settle ();
  drill_test_server_revoke_token (server, "first-token");
  drill_test_server_release (server);
  drill_test_wait_label (dialog, "Stopped until you have signed in.");

  drill_test_server_add_token (server, "second-token", "alice");
  drill_test_click (dialog, "_Sign In…");
  sign_in ("second-token");
  drill_test_click (dialog, "C_ontinue");
  drill_test_wait_label (dialog, "All Recorded");
  assert_each_once (150, both);
  g_assert_cmpstr (drill_ack_operation_get_actor (get_operation (dialog)), ==, "alice");
  g_assert_cmpstr (drill_ack_operation_get_reference (get_operation (dialog)), ==, "INC-7");
  close_dialog (dialog);
}

static void
test_token (void)
{
  const char *arguments[] = { "--server", NULL, NULL };

  server = drill_test_server_new ();
  drill_test_server_set_items (server, make_history (150));
  drill_test_server_set_auth_required (server, TRUE);
  drill_test_server_add_token (server, "first-token", "alice");
  arguments[1] = drill_test_server_get_url (server);
  drill_program_forget ();
  drill_program_run (arguments, check_token);
  stop_server ();
}

/* The sample: a simulation of any size, in which the list stays quick */

static void
check_sample (gpointer data)
{
  DrillProgram *program = data;
  GtkWidget *dialog;
  g_autofree char *counts = NULL;
  guint n;

  show_only (program, "outstanding");
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (drill_route_list_get_selection (program->list)));
  dialog = open_dialog (program, "win.acknowledge");
  n = drill_ack_operation_get_n_entries (get_operation (dialog));
  counts = g_strdup_printf ("%u recorded · simulation", n);
  send (dialog);
  drill_test_wait_label (dialog, counts);
  close_dialog (dialog);
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, 0);
}

static void
test_sample (void)
{
  const char *const arguments[] = { "--sample", NULL };

  drill_program_forget ();
  drill_program_run (arguments, check_sample);
}

int
main (int    argc,
      char **argv)
{
  drill_test_init (&argc, &argv);

  g_test_add_func ("/drill/ui/bulk/filter", test_filter);
  g_test_add_func ("/drill/ui/bulk/failed", test_failed);
  g_test_add_func ("/drill/ui/bulk/cancel", test_cancel);
  g_test_add_func ("/drill/ui/bulk/queued", test_queued);
  g_test_add_func ("/drill/ui/bulk/cut-off", test_cut_off);
  g_test_add_func ("/drill/ui/bulk/token", test_token);
  g_test_add_func ("/drill/ui/bulk/sample", test_sample);

  return g_test_run ();
}
