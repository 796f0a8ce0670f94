// SPDX-License-Identifier: GPL-3.0-or-later

/* Connections and signing in, in the whole program. The keyring is libsecret's file. */

#include "drill-program-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "drill-config.h"
#include "drill-test-server.h"
#include "ui/dialogs/drill-connection-editor.h"
#include "ui/dialogs/drill-connections-dialog.h"
#include "ui/dialogs/drill-sign-in-dialog.h"

#define TOKEN  "the-token.of-alice.signed"
#define PASTED "Authorization: Bearer the-token.\n  of-alice.signed\r\n"

static const DrillSessionPauses patient = {
  .first_retry_ms = G_MAXINT / 2, .max_retry_ms = G_MAXINT / 2, .n_read_retries = 0, .first_read_pause_ms = 1,
};

static DrillTestServer *server;

static void
load_history (void)
{
  g_autofree char *path = drill_test_conformance_path ("medium/history.json");
  g_autoptr(GError) error = NULL;

  g_assert_true (drill_test_server_load_file (server, path, &error));
  g_assert_no_error (error);
}

static void
start_server (void)
{
  server = drill_test_server_new ();
  load_history ();
  drill_test_server_set_auth_required (server, TRUE);
  drill_test_server_add_token (server, TOKEN, "alice");
}

/* One program after another, with what the last has left behind */
static void
run (const char *argument,
     const char *value,
     void      (*test) (gpointer program))
{
  const char *const arguments[] = { argument, value, NULL };

  drill_program_run (arguments, test);
}

static void
stop_server (void)
{
  g_autoptr(DrillConnections) connections = drill_connections_new (NULL);

  while (g_list_model_get_n_items (G_LIST_MODEL (connections)) > 0)
    {
      g_autoptr(DrillConnection) connection = g_list_model_get_item (G_LIST_MODEL (connections), 0);

      g_assert_true (drill_connections_remove (connections, drill_connection_get_id (connection), NULL));
    }
  g_unlink (g_getenv ("SECRET_FILE_TEST_PATH"));
  g_clear_pointer (&server, drill_test_server_free);
}

static void
save_connection (const char *name,
                 gboolean    read_only)
{
  g_autoptr(DrillConnections) connections = drill_connections_new (NULL);
  g_autoptr(DrillConnection) connection = drill_connection_new (NULL, name, drill_test_server_get_url (server), NULL, NULL,
                                                                read_only, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (drill_connections_save (connections, connection, &error));
  g_assert_no_error (error);
}

static gboolean
is_live (gpointer data)
{
  return drill_session_get_shown (data) == DRILL_SHOWN_LIVE && !drill_session_get_loading (data) &&
         drill_session_get_error (data) == NULL;
}

static gboolean
has_failed (gpointer data)
{
  return drill_session_get_error (data) != NULL && !drill_session_get_loading (data);
}

static gboolean
is_idle (gpointer data)
{
  return !drill_session_get_loading (data);
}

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

static void
type (GtkWidget  *dialog,
      const char *title,
      const char *text)
{
  GtkWidget *row = find_row (dialog, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
assert_alice (DrillProgram *program)
{
  const DrillActor *actor = drill_session_get_actor (program->session);

  g_assert_nonnull (actor);
  g_assert_cmpstr (actor->name, ==, "alice");
}

static GtkWidget *
open_editor (DrillProgram *program)
{
  GtkWidget *dialog;

  drill_program_activate (program, "win.connections", NULL);
  dialog = drill_test_wait_toplevel (DRILL_TYPE_CONNECTIONS_DIALOG);
  g_assert_true (gtk_widget_activate_action (dialog, "connections.add", NULL));

  return drill_test_wait_toplevel (DRILL_TYPE_CONNECTION_EDITOR);
}

/* From the first start to a connection that is there again at the next */

static void
check_add (gpointer data)
{
  DrillProgram *program = data;
  GtkWidget *dialog, *editor, *popover;

  g_assert_cmpint (drill_session_get_shown (program->session), ==, DRILL_SHOWN_SAMPLE);
  drill_test_click (GTK_WIDGET (program->window), "_Connect…");
  dialog = drill_test_wait_toplevel (DRILL_TYPE_CONNECTIONS_DIALOG);
  drill_test_wait_label (dialog, "No Connections");
  drill_test_click (dialog, "_Add Connection…");
  editor = drill_test_wait_toplevel (DRILL_TYPE_CONNECTION_EDITOR);

  /* What is wrong is said where it was typed, and nothing typed is lost */
  type (editor, "Bearer token", "mallory");
  type (editor, "Address", "ftp://example.org");
  drill_test_click (editor, "C_onnect");
  g_assert_true (gtk_widget_has_css_class (find_row (editor, "Address"), "error"));
  type (editor, "Address", drill_test_server_get_url (server));
  g_assert_false (gtk_widget_has_css_class (find_row (editor, "Address"), "error"));
  drill_test_click (editor, "C_onnect");
  drill_test_wait_label (editor, "The token is not valid, or not valid any more (HTTP status 401: token is "
                                 "invalid or expired). Get a new one and paste it here.");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_row (editor, "Address"))), ==,
                   drill_test_server_get_url (server));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (drill_session_get_connections (program->session))), ==, 0);

  type (editor, "Bearer token", PASTED);
  type (editor, "Name, if not that of the host", "Production");
  drill_test_click (editor, "_Test");
  drill_test_wait_label (editor, "The service answers.");
  drill_test_wait_label (editor, "alice");
  g_assert_cmpint (drill_session_get_shown (program->session), ==, DRILL_SHOWN_SAMPLE);

  drill_test_click (editor, "C_onnect");
  drill_test_wait_gone (DRILL_TYPE_CONNECTIONS_DIALOG);
  drill_test_wait (is_live, program->session, "live evidence");
  assert_alice (program);
  g_assert_cmpint (drill_session_get_token_state (program->session), ==, DRILL_TOKEN_KEYRING);
  g_assert_cmpstr (drill_program_get_banner (program), ==, "");

  /* The connection button tells it all */
  popover = drill_test_find (GTK_WIDGET (program->window), GTK_TYPE_MENU_BUTTON);
  gtk_menu_button_popup (GTK_MENU_BUTTON (popover));
  drill_test_wait_label (GTK_WIDGET (program->window), "In the keyring");
  drill_test_wait_label (GTK_WIDGET (program->window), "Authenticated");
  drill_test_wait_label (GTK_WIDGET (program->window), "alice");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (popover));
}

static void
check_again (gpointer data)
{
  DrillProgram *program = data;

  drill_test_wait (is_live, program->session, "live evidence");
  assert_alice (program);
  drill_program_activate (program, "win.sign-out", NULL);
  drill_test_wait_label (GTK_WIDGET (program->window), "Signed out");
  drill_test_wait (is_idle, program->session, "an answer");
  g_assert_cmpint (drill_session_get_token_state (program->session), ==, DRILL_TOKEN_NONE);
}

static void
check_by_name (gpointer data)
{
  DrillProgram *program = data;

  drill_test_wait (has_failed, program->session, "the refusal");
  g_assert_nonnull (strstr (drill_program_get_banner (program), "wants to know who you are"));
  g_assert_cmpint (drill_session_get_shown (program->session), ==, DRILL_SHOWN_SAMPLE);
}

static void
test_add (void)
{
  start_server ();
  drill_program_forget ();
  run ("--sample", NULL, check_add);
  run (NULL, NULL, check_again);
  run ("--connection", "Production", check_by_name);
  stop_server ();
}

/* 401 in the middle of work */

static void
check_refused_later (gpointer data)
{
  const DrillTestFault fault = { .what = DRILL_TEST_STATUS, .status = 401, .body = "{\"detail\": \"expired\"}" };
  DrillProgram *program = data;
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  g_autofree char *status = NULL;
  GtkWidget *dialog;
  guint n_rows;

  drill_session_set_pauses (program->session, &patient);
  drill_test_wait (has_failed, program->session, "the refusal");
  drill_test_click (GTK_WIDGET (program->window), "_Sign In…");
  dialog = drill_test_wait_toplevel (DRILL_TYPE_SIGN_IN_DIALOG);
  type (dialog, "Bearer token", PASTED);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (dialog, "Keep the token")), 1);
  drill_test_click (dialog, "_Sign In");
  drill_test_wait_gone (DRILL_TYPE_SIGN_IN_DIALOG);
  drill_test_wait (is_live, program->session, "live evidence");
  drill_test_wait_label (GTK_WIDGET (program->window), "Signed in as alice");
  g_assert_cmpint (drill_session_get_token_state (program->session), ==, DRILL_TOKEN_MEMORY);

  drill_route_query_add (query, DRILL_FACET_PROVIDER, "slack");
  drill_route_list_set_query (program->list, query);
  n_rows = drill_program_get_n_rows (program);
  status = g_strdup (drill_program_get_status (program));

  drill_test_server_add_fault (server, &fault);
  drill_program_activate (program, "win.refresh", NULL);
  drill_test_wait (has_failed, program->session, "the refusal");
  g_assert_true (g_str_has_prefix (drill_program_get_banner (program), "Not up to date since "));
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, n_rows);

  drill_test_server_clear_faults (server);
  drill_test_server_add_token (server, "a-new-one", "bob");
  drill_test_click (GTK_WIDGET (program->window), "_Sign In…");
  dialog = drill_test_wait_toplevel (DRILL_TYPE_SIGN_IN_DIALOG);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_row (dialog, "Bearer token"))), ==, "");
  type (dialog, "Bearer token", "a-new-one");
  drill_test_click (dialog, "_Sign In");
  drill_test_wait_gone (DRILL_TYPE_SIGN_IN_DIALOG);
  drill_test_wait (is_live, program->session, "live evidence");
  g_assert_cmpstr (drill_session_get_actor (program->session)->name, ==, "bob");
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, n_rows);
  g_assert_cmpstr (drill_program_get_status (program), ==, status);
  g_assert_cmpstr (drill_program_get_banner (program), ==, "");
}

static void
test_refused_later (void)
{
  start_server ();
  drill_program_forget ();
  run ("--server", drill_test_server_get_url (server), check_refused_later);
  stop_server ();
}

/* Auditor mode shows, and another connection is one click away */

static GtkWidget *
find_pill (DrillProgram *program)
{
  return drill_test_find_named (GTK_WIDGET (program->window), "Read-only");
}

static void
check_read_only (gpointer data)
{
  DrillProgram *program = data;
  DrillConnections *connections = drill_session_get_connections (program->session);
  const char *id = drill_connection_get_id (drill_connections_find_name (connections, "Production"));

  drill_test_wait (is_live, program->session, "live evidence");
  g_assert_nonnull (find_pill (program));
  g_assert_true (g_str_has_prefix (drill_program_get_banner (program), "Read-only: "));
  gtk_window_set_default_size (GTK_WINDOW (program->window), 800, 600);
  drill_test_settle ();
  g_assert_nonnull (find_pill (program));

  drill_program_activate (program, "win.switch-connection", g_variant_new_string (id));
  drill_test_wait (is_live, program->session, "live evidence");
  drill_test_settle ();
  g_assert_null (find_pill (program));
  g_assert_false (g_str_has_prefix (drill_program_get_banner (program), "Read-only: "));
}

static void
test_read_only (void)
{
  start_server ();
  drill_test_server_set_auth_required (server, FALSE);
  save_connection ("Audit", TRUE);
  save_connection ("Production", FALSE);
  drill_program_forget ();
  run ("--connection", "Audit", check_read_only);
  stop_server ();
}

/* Forgotten is forgotten, after one is asked */

static void
check_forget (gpointer data)
{
  DrillProgram *program = data;
  DrillConnections *connections = drill_session_get_connections (program->session);
  const char *id = drill_connection_get_id (drill_connections_find_name (connections, "Production"));
  GtkWidget *dialog, *question;

  drill_test_wait (is_live, program->session, "live evidence");
  drill_program_activate (program, "win.connections", NULL);
  dialog = drill_test_wait_toplevel (DRILL_TYPE_CONNECTIONS_DIALOG);
  drill_test_wait_label (dialog, "Current");
  g_assert_true (gtk_widget_activate_action (dialog, "connections.forget", "s", id));
  question = drill_test_wait_toplevel (ADW_TYPE_MESSAGE_DIALOG);
  drill_test_click (question, "_Cancel");
  drill_test_wait_gone (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (connections)), ==, 1);

  g_assert_true (gtk_widget_activate_action (dialog, "connections.forget", "s", id));
  question = drill_test_wait_toplevel (ADW_TYPE_MESSAGE_DIALOG);
  drill_test_click (question, "_Forget");
  drill_test_wait_label (dialog, "No Connections");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (connections)), ==, 0);
  drill_test_wait (is_idle, program->session, "the sample");
  g_assert_cmpint (drill_session_get_shown (program->session), ==, DRILL_SHOWN_SAMPLE);
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (DRILL_TYPE_CONNECTIONS_DIALOG);
}

static void
test_forget (void)
{
  start_server ();
  drill_test_server_set_auth_required (server, FALSE);
  save_connection ("Production", FALSE);
  drill_program_forget ();
  run ("--connection", "Production", check_forget);
  stop_server ();
}

/* What is not safe is explained, and there is no way past it */

static void
check_unsafe (gpointer data)
{
  DrillProgram *program = data;
  GtkWidget *editor = open_editor (program);

  type (editor, "Address", "http://cavra.example");
  g_assert_false (gtk_widget_is_sensitive (find_row (editor, "Bearer token")));
  type (editor, "Address", drill_test_server_get_url (server));
  g_assert_true (gtk_widget_is_sensitive (find_row (editor, "Bearer token")));

  drill_test_click (editor, "_Test");
  drill_test_wait_label (editor, "The service's certificate is not signed by a known authority. If it has an authority "
                                 "of its own, name that one's CA file in the connection.");
  gtk_window_close (GTK_WINDOW (editor));
  drill_test_wait_gone (DRILL_TYPE_CONNECTION_EDITOR);
}

static void
test_unsafe (void)
{
  g_autofree char *certificate = g_test_build_filename (G_TEST_DIST, "support", "certs", "good.pem", NULL);

  server = drill_test_server_new_tls (certificate);
  drill_program_forget ();
  run ("--sample", NULL, check_unsafe);
  stop_server ();
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "keyring", NULL);

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "password", TRUE);
  drill_test_init (&argc, &argv);

  g_test_add_func ("/drill/ui/identity/add", test_add);
  g_test_add_func ("/drill/ui/identity/refused-later", test_refused_later);
  g_test_add_func ("/drill/ui/identity/read-only", test_read_only);
  g_test_add_func ("/drill/ui/identity/forget", test_forget);
  g_test_add_func ("/drill/ui/identity/unsafe", test_unsafe);

  return g_test_run ();
}
