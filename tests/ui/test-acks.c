// SPDX-License-Identifier: GPL-3.0-or-later

/* Acknowledging one route, in the whole program, at a service and in the sample. */

#include "drill-program-fixture.h"

#include <string.h>

#include "drill-config.h"
#include "drill-test-server.h"
#include "ui/acks/drill-ack-dialog.h"
#include "ui/acks/drill-ack-message.h"
#include "ui/routes/drill-route-actions.h"

#define PAUSES { .busy_ms = 1, .max_busy_ms = 1, .n_busy = 2, .settle_ms = 1 }

static const DrillSessionPauses patient = {
  .first_retry_ms = G_MAXINT / 2, .max_retry_ms = G_MAXINT / 2, .n_read_retries = 0, .first_read_pause_ms = 1,
};

static DrillTestServer *server;

/* What is written where and by whom */
typedef struct {
  char   *schedule;
  char   *provider;
  guint32 row;
} Route;

static void
route_clear (Route *route)
{
  g_free (route->schedule);
  g_free (route->provider);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Route, route_clear)

static const char *
get_text (DrillProgram     *program,
          guint32           row,
          DrillRouteColumn  column,
          DrillDict         dict)
{
  DrillEvidence *evidence = drill_route_list_get_evidence (program->list);

  return drill_evidence_get_text (evidence, dict, drill_evidence_get_route_column (evidence, column)[row]);
}

static Route
select_position (DrillProgram *program,
                 guint         position)
{
  guint32 row = drill_route_result_get_rows (drill_route_list_get_result (program->list))[position];

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (drill_route_list_get_selection (program->list)), position, TRUE);

  return (Route) {
    .schedule = g_strdup (get_text (program, row, DRILL_ROUTE_SCHEDULE, DRILL_DICT_SCHEDULE)),
    .provider = g_strdup (get_text (program, row, DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER)),
    .row = row,
  };
}

static guint32
get_selected (DrillProgram *program)
{
  g_autoptr(GArray) rows = drill_route_selection_get_rows (drill_route_list_get_selection (program->list));

  g_assert_cmpuint (rows->len, ==, 1);

  return g_array_index (rows, guint32, 0);
}

static guint32
get_state (DrillProgram *program,
           guint32       row)
{
  return drill_evidence_get_route_state (drill_route_list_get_evidence (program->list), row);
}

static void
show_only (DrillProgram *program,
           const char   *state)
{
  const char *const values[] = { state, NULL };

  drill_program_activate (program, "win.set-filter", g_variant_new ("(s^as)", "state", values));
}

static gboolean
is_live (gpointer data)
{
  return drill_session_get_shown (data) == DRILL_SHOWN_LIVE && !drill_session_get_loading (data) &&
         drill_session_get_complete (data);
}

static GtkWidget *
open_dialog (DrillProgram *program,
             const char   *action)
{
  static const DrillOperationPauses pauses = PAUSES;
  GtkWidget *dialog;

  drill_program_activate (program, action, NULL);
  dialog = drill_test_wait_toplevel (DRILL_TYPE_ACK_DIALOG);
  drill_operation_set_pauses (DRILL_OPERATION (drill_ack_dialog_get_operation (DRILL_ACK_DIALOG (dialog))), &pauses);

  return dialog;
}

static GtkEditable *
get_reference (GtkWidget *dialog)
{
  GtkWidget *entry = drill_test_find (dialog, GTK_TYPE_ENTRY);

  g_assert_nonnull (entry);

  return GTK_EDITABLE (entry);
}

static GtkTextBuffer *
get_notes (GtkWidget *dialog)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (drill_test_find (dialog, GTK_TYPE_TEXT_VIEW)));
}

static gboolean
is_quiet (gpointer data)
{
  GtkWidget *spinner = drill_test_find (data, GTK_TYPE_SPINNER);

  return !gtk_spinner_get_spinning (GTK_SPINNER (spinner));
}

static void
send (GtkWidget *dialog)
{
  drill_test_wait (is_quiet, dialog, "the latest state");
  g_assert_true (gtk_widget_activate_action (dialog, "ack.send", NULL));
}

typedef struct {
  GtkWidget  *dialog;
  const char *text;
} Said;

static const char *
find_message (GtkWidget  *widget,
              const char *text)
{
  if (DRILL_IS_ACK_MESSAGE (widget) && gtk_widget_get_visible (widget) &&
      strstr (drill_ack_message_get_text (DRILL_ACK_MESSAGE (widget)), text) != NULL)
    return drill_ack_message_get_text (DRILL_ACK_MESSAGE (widget));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      const char *found = find_message (child, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_said (gpointer data)
{
  Said *said = data;

  return find_message (said->dialog, said->text) != NULL;
}

static void
wait_message (GtkWidget  *dialog,
              const char *text)
{
  Said said = { dialog, text };

  drill_test_wait (is_said, &said, text);
}

static guint
count_method (const char *method)
{
  guint n_requests = drill_test_server_get_n_requests (server, NULL);
  guint n = 0;

  for (guint i = 0; i < n_requests; i++)
    {
      g_autofree char *used = drill_test_server_dup_method (server, i);

      if (g_strcmp0 (used, method) == 0)
        n++;
    }

  return n;
}

static void
run_live (void (*test) (gpointer program))
{
  g_autofree char *path = drill_test_conformance_path ("medium/history.json");
  g_autoptr(GError) error = NULL;
  const char *arguments[] = { "--server", NULL, NULL };

  server = drill_test_server_new ();
  g_assert_true (drill_test_server_load_file (server, path, &error));
  g_assert_no_error (error);
  arguments[1] = drill_test_server_get_url (server);
  drill_program_forget ();
  drill_program_run (arguments, test);
  g_clear_pointer (&server, drill_test_server_free);
}

/* One route: one request, and everything follows */

static void
check_one (gpointer data)
{
  DrillProgram *program = data;
  GtkWidget *dialog;
  g_autofree char *toast = NULL;
  g_autofree char *actor = NULL;
  guint n_rows, n_reads;

  drill_test_wait (is_live, program->session, "live evidence");
  show_only (program, "outstanding");
  n_rows = drill_program_get_n_rows (program);
  g_auto(Route) route = select_position (program, 3);
  drill_routes_view_focus (drill_window_get_routes_view (program->window));
  toast = g_strdup_printf ("%s of %s acknowledged", route.provider, route.schedule);

  dialog = open_dialog (program, "win.acknowledge");
  g_assert_nonnull (drill_test_find_named (dialog, route.schedule));
  gtk_editable_set_text (get_reference (dialog), "  INC-1 ");
  gtk_text_buffer_set_text (get_notes (dialog), "looked at\nit", -1);
  drill_test_wait (is_quiet, dialog, "the latest state");
  n_reads = count_method ("GET");
  send (dialog);
  drill_test_wait_gone (DRILL_TYPE_ACK_DIALOG);

  drill_test_wait_label (GTK_WIDGET (program->window), toast);
  g_assert_cmpuint (count_method ("POST"), ==, 1);
  g_assert_cmpuint (drill_test_server_count_acks (server, route.schedule, route.provider), >=, 1);
  /* Nothing was read again for it */
  g_assert_cmpuint (count_method ("GET"), ==, n_reads);
  g_assert_cmpuint (get_state (program, route.row), ==, DRILL_STATE_ACKNOWLEDGED);

  /* It has left the list, and the next one is selected */
  g_assert_cmpuint (drill_program_get_n_rows (program), <, n_rows);
  g_assert_cmpuint (get_selected (program), !=, route.row);
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (drill_route_list_get_selection (program->list)), 3));
  g_assert_nonnull (gtk_root_get_focus (GTK_ROOT (program->window)));

  /* The toast shows it, though the filter hides it */
  drill_test_click (GTK_WIDGET (program->window), "_Show");
  g_assert_cmpuint (get_selected (program), ==, route.row);

  /* What was recorded is no draft any more, but its reference is offered */
  dialog = open_dialog (program, "win.escalate");
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (DRILL_TYPE_ACK_DIALOG);
  dialog = open_dialog (program, "win.acknowledge");
  g_assert_cmpstr (gtk_editable_get_text (get_reference (dialog)), ==, "");
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (DRILL_TYPE_ACK_DIALOG);
  g_assert_cmpuint (count_method ("POST"), ==, 1);
}

static void
test_one (void)
{
  g_autoptr(GSettings) settings = g_settings_new (DRILL_APP_ID);
  g_auto(GStrv) references = NULL;

  run_live (check_one);
  references = g_settings_get_strv (settings, "recent-references");
  g_assert_cmpuint (g_strv_length (references), ==, 1);
  g_assert_cmpstr (references[0], ==, "INC-1");
}

/* a, a, a: the keyboard alone works through the outstanding ones */

static void
check_row (gpointer data)
{
  DrillProgram *program = data;
  guint n_rows;

  drill_test_wait (is_live, program->session, "live evidence");
  show_only (program, "outstanding");
  n_rows = drill_program_get_n_rows (program);
  g_auto(Route) route = select_position (program, n_rows - 1);

  /* From the end of the list backwards: there is always one selected */
  for (guint i = 1; i <= 3; i++)
    {
      GtkWidget *dialog = open_dialog (program, "win.acknowledge");

      send (dialog);
      drill_test_wait_gone (DRILL_TYPE_ACK_DIALOG);
      g_assert_cmpuint (drill_route_selection_get_n_selected (drill_route_list_get_selection (program->list)), ==, 1);
    }
  g_assert_cmpuint (count_method ("POST"), ==, 3);
  g_assert_cmpuint (drill_program_get_n_rows (program), <=, n_rows - 3);
}

static void
test_row (void)
{
  run_live (check_row);
}

/* A lost answer is neither done nor failed */

static void
check_lost_done (gpointer data)
{
  const DrillTestFault fault = { .method = "POST", .first = 1, .count = 1, .what = DRILL_TEST_DO_THEN_DROP };
  DrillProgram *program = data;
  GtkWidget *dialog;

  drill_test_wait (is_live, program->session, "live evidence");
  drill_session_set_pauses (program->session, &patient);
  show_only (program, "outstanding");
  g_auto(Route) route = select_position (program, 0);
  drill_test_server_add_fault (server, &fault);

  dialog = open_dialog (program, "win.resolve");
  send (dialog);
  drill_test_wait_gone (DRILL_TYPE_ACK_DIALOG);
  g_assert_cmpuint (drill_test_server_count_acks (server, route.schedule, route.provider), ==, 1);
  g_assert_cmpuint (count_method ("POST"), ==, 1);
  g_assert_cmpuint (get_state (program, route.row), ==, DRILL_STATE_RESOLVED);
}

static void
check_lost_not_done (gpointer data)
{
  const DrillTestFault fault = { .method = "POST", .first = 1, .count = 1, .what = DRILL_TEST_DROP };
  DrillProgram *program = data;
  GtkWidget *dialog;

  drill_test_wait (is_live, program->session, "live evidence");
  show_only (program, "outstanding");
  g_auto(Route) route = select_position (program, 0);
  drill_test_server_add_fault (server, &fault);

  dialog = open_dialog (program, "win.acknowledge");
  gtk_editable_set_text (get_reference (dialog), "INC-2");
  send (dialog);
  wait_message (dialog, "Not recorded.");
  g_assert_nonnull (find_message (dialog, "What you typed is kept: try again."));
  g_assert_cmpuint (drill_test_server_count_acks (server, route.schedule, route.provider), ==, 0);
  g_assert_cmpstr (gtk_editable_get_text (get_reference (dialog)), ==, "INC-2");

  /* Something else may be sent then */
  gtk_editable_set_text (get_reference (dialog), "INC-3");
  send (dialog);
  drill_test_wait_gone (DRILL_TYPE_ACK_DIALOG);
  g_assert_cmpuint (drill_test_server_count_acks (server, route.schedule, route.provider), ==, 1);
  g_assert_cmpuint (count_method ("POST"), ==, 2);
}

static void
check_unknown (gpointer data)
{
  const DrillTestFault dropped = { .method = "POST", .first = 1, .count = 1, .what = DRILL_TEST_DO_THEN_DROP };
  const DrillTestFault deaf = { .method = "GET", .first = 1, .count = 0, .what = DRILL_TEST_DROP };
  DrillProgram *program = data;
  GtkWidget *dialog;

  drill_test_wait (is_live, program->session, "live evidence");
  drill_session_set_pauses (program->session, &patient);
  show_only (program, "outstanding");
  g_auto(Route) route = select_position (program, 0);

  dialog = open_dialog (program, "win.acknowledge");
  gtk_editable_set_text (get_reference (dialog), "INC-4");
  drill_test_wait (is_quiet, dialog, "the latest state");
  drill_test_server_add_fault (server, &dropped);
  drill_test_server_add_fault (server, &deaf);
  send (dialog);
  wait_message (dialog, "Unknown whether it was recorded");

  /* It cannot be sent again, nor changed, before it is known */
  g_assert_false (gtk_widget_activate_action (dialog, "ack.send", NULL) && count_method ("POST") > 1);
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (get_reference (dialog))));
  drill_test_settle ();
  drill_test_server_clear_faults (server);
  drill_test_click (dialog, "Check _Again");
  drill_test_wait_gone (DRILL_TYPE_ACK_DIALOG);
  g_assert_cmpuint (drill_test_server_count_acks (server, route.schedule, route.provider), ==, 1);
  g_assert_cmpuint (count_method ("POST"), ==, 1);
}

static void
test_lost (void)
{
  run_live (check_lost_done);
  run_live (check_lost_not_done);
  run_live (check_unknown);
}

/* A refusal says why, and leaves what was typed */

/* All of it is seen without scrolling, and there is nothing below it */
static void
assert_fits (GtkWidget *dialog)
{
  GtkWidget *scrolled = drill_test_find (dialog, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  GtkWidget *child = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scrolled));
  int height;

  drill_test_settle ();
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (scrolled), NULL, &height, NULL, NULL);
  g_assert_cmpfloat (gtk_adjustment_get_page_size (adjustment), >=, height);
  g_assert_cmpfloat (gtk_adjustment_get_page_size (adjustment), <, height + 40);
}

static void
check_refused (gpointer data)
{
  const DrillTestFault fault = {
    .method = "POST", .first = 1, .count = 1, .what = DRILL_TEST_STATUS, .status = 400,
    .body = "{\"detail\": \"<b>no</b> such provider\"}",
  };
  DrillProgram *program = data;
  GtkWidget *dialog;

  drill_test_wait (is_live, program->session, "live evidence");
  show_only (program, "outstanding");
  g_auto(Route) route = select_position (program, 0);
  drill_test_server_add_fault (server, &fault);

  dialog = open_dialog (program, "win.acknowledge");
  assert_fits (dialog);
  gtk_editable_set_text (get_reference (dialog), "INC-5");
  gtk_text_buffer_set_text (get_notes (dialog), "who is it?", -1);
  send (dialog);
  wait_message (dialog, "<b>no</b> such provider");
  assert_fits (dialog);
  g_assert_false (gtk_editable_get_selection_bounds (get_reference (dialog), NULL, NULL));

  /* Closing loses nothing, not even over the end of the program */
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (DRILL_TYPE_ACK_DIALOG);
  dialog = open_dialog (program, "win.acknowledge");
  g_assert_cmpstr (gtk_editable_get_text (get_reference (dialog)), ==, "INC-5");
  gtk_editable_set_text (get_reference (dialog), "INC-6");
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (DRILL_TYPE_ACK_DIALOG);

  /* Each of the four has its own */
  dialog = open_dialog (program, "win.dismiss");
  g_assert_cmpstr (gtk_editable_get_text (get_reference (dialog)), ==, "");
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (DRILL_TYPE_ACK_DIALOG);
}

static void
check_draft (gpointer data)
{
  DrillProgram *program = data;
  GtkWidget *dialog;
  GtkTextIter start, end;
  g_autofree char *notes = NULL;

  show_only (program, "outstanding");
  g_auto(Route) route = select_position (program, 0);
  dialog = open_dialog (program, "win.acknowledge");
  g_assert_cmpstr (gtk_editable_get_text (get_reference (dialog)), ==, "INC-6");
  gtk_text_buffer_get_bounds (get_notes (dialog), &start, &end);
  notes = gtk_text_buffer_get_text (get_notes (dialog), &start, &end, FALSE);
  g_assert_cmpstr (notes, ==, "who is it?");
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (DRILL_TYPE_ACK_DIALOG);
}

static void
test_draft (void)
{
  const char *const arguments[] = { "--sample", NULL };

  run_live (check_refused);
  drill_program_run (arguments, check_draft);
}

/* Somebody else was faster: that is said before anything is sent */

static void
check_changed (gpointer data)
{
  DrillProgram *program = data;
  g_autofree char *item = NULL;
  GtkWidget *dialog;

  drill_test_wait (is_live, program->session, "live evidence");
  drill_session_set_refresh_interval (program->session, 0);
  show_only (program, "outstanding");
  g_auto(Route) route = select_position (program, 0);
  item = g_strdup_printf ("{\"session_id\": \"faster\", \"created_at\": \"2026-06-01T11:59:59+00:00\", \"signer\": \"bob\","
                          "\"metadata_kind\": \"go-backend-rollback-drill-notification-ack\", \"schedule_id\": \"%s\","
                          "\"provider\": \"%s\", \"acknowledgement_state\": \"acknowledged\","
                          "\"acknowledgement\": {\"schedule_id\": \"%s\", \"provider\": \"%s\", \"acknowledged_by\": \"bob\","
                          "\"acknowledgement_state\": \"acknowledged\"}}",
                          route.schedule, route.provider, route.schedule, route.provider);
  drill_test_server_add_item (server, item);

  dialog = open_dialog (program, "win.escalate");
  /* Even who was about to send at once gets to see it */
  gtk_widget_activate_action (dialog, "ack.send", NULL);
  wait_message (dialog, "Changed since it was shown");
  g_assert_nonnull (find_message (dialog, "Acknowledged, by bob"));
  g_assert_cmpuint (count_method ("POST"), ==, 0);

  send (dialog);
  drill_test_wait_gone (DRILL_TYPE_ACK_DIALOG);
  g_assert_cmpuint (count_method ("POST"), ==, 1);
  g_assert_cmpuint (get_state (program, route.row), ==, DRILL_STATE_ESCALATED);
}

static void
test_changed (void)
{
  run_live (check_changed);
}

/* A connection for reading only: nothing leaves, whatever is asked for */

static void
check_read_only (gpointer data)
{
  static const char *const actions[] = { "acknowledge", "escalate", "resolve", "dismiss", "bulk-acknowledge", "bulk-escalate" };
  DrillProgram *program = data;
  DrillRouteActions *buttons;

  drill_test_wait (is_live, program->session, "live evidence");
  show_only (program, "outstanding");
  g_auto(Route) route = select_position (program, 0);
  drill_test_settle ();

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *name = g_strconcat ("win.", actions[i], NULL);

      g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (program->window), actions[i]));
      gtk_widget_activate_action (GTK_WIDGET (program->window), name, NULL);
      g_action_group_activate_action (G_ACTION_GROUP (program->window), actions[i], NULL);
    }
  drill_test_settle ();
  drill_test_wait_gone (DRILL_TYPE_ACK_DIALOG);
  g_assert_cmpuint (count_method ("POST"), ==, 0);

  buttons = DRILL_ROUTE_ACTIONS (drill_test_find (GTK_WIDGET (program->window), DRILL_TYPE_ROUTE_ACTIONS));
  g_assert_cmpstr (drill_route_actions_get_reason (buttons), ==, "This connection is for reading only.");
}

static void
test_read_only (void)
{
  g_autofree char *path = drill_test_conformance_path ("medium/history.json");
  g_autoptr(DrillConnections) connections = drill_connections_new (NULL);
  g_autoptr(DrillConnection) connection = NULL;
  g_autoptr(GError) error = NULL;
  const char *const arguments[] = { "--connection", "Audit", NULL };

  server = drill_test_server_new ();
  g_assert_true (drill_test_server_load_file (server, path, &error));
  connection = drill_connection_new (NULL, "Audit", drill_test_server_get_url (server), NULL, NULL, TRUE, NULL);
  g_assert_true (drill_connections_save (connections, connection, &error));
  g_assert_no_error (error);

  drill_program_forget ();
  drill_program_run (arguments, check_read_only);

  g_assert_true (drill_connections_remove (connections, drill_connection_get_id (connection), NULL));
  g_clear_pointer (&server, drill_test_server_free);
}

/* In the sample it is a simulation, and says so */

static void
check_sample (gpointer data)
{
  DrillProgram *program = data;
  g_autofree char *toast = NULL;
  GtkWidget *dialog;

  show_only (program, "outstanding");
  g_auto(Route) route = select_position (program, 0);
  toast = g_strdup_printf ("%s of %s acknowledged (simulation)", route.provider, route.schedule);
  dialog = open_dialog (program, "win.acknowledge");
  g_assert_nonnull (find_message (dialog, "Simulation: only what is shown changes"));
  send (dialog);
  drill_test_wait_gone (DRILL_TYPE_ACK_DIALOG);
  drill_test_wait_label (GTK_WIDGET (program->window), toast);
  g_assert_cmpuint (get_state (program, route.row), ==, DRILL_STATE_ACKNOWLEDGED);
  g_assert_cmpint (drill_session_get_shown (program->session), ==, DRILL_SHOWN_SAMPLE);
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

  g_test_add_func ("/drill/ui/acks/one", test_one);
  g_test_add_func ("/drill/ui/acks/row", test_row);
  g_test_add_func ("/drill/ui/acks/lost", test_lost);
  g_test_add_func ("/drill/ui/acks/draft", test_draft);
  g_test_add_func ("/drill/ui/acks/changed", test_changed);
  g_test_add_func ("/drill/ui/acks/read-only", test_read_only);
  g_test_add_func ("/drill/ui/acks/sample", test_sample);

  return g_test_run ();
}
