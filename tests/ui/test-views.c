// SPDX-License-Identifier: GPL-3.0-or-later

/* Saved views in the whole program: applied, saved, changed, reverted, put in order, shared. */

#include "drill-program-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "drill-config.h"
#include "ui/views/drill-view-name-dialog.h"
#include "ui/views/drill-view-row.h"
#include "ui/views/drill-views-dialog.h"

/* conformance/medium: what is in its escalation.json and routes.json */
#define N_CURRENT  320
#define N_BREACHED 147

static void
run_again (void (*test) (gpointer program))
{
  g_autofree char *path = drill_test_conformance_path ("medium/history.json");
  const char *const arguments[] = { "--file", path, NULL };

  drill_program_run (arguments, test);
}

/* As on the first day: nothing is remembered */
static void
run (void (*test) (gpointer program))
{
  g_autofree char *views = g_build_filename (g_get_user_config_dir (), "drill-console", "views.json", NULL);

  g_unlink (views);
  drill_program_forget ();
  run_again (test);
}

static DrillActiveView *
get_active (DrillProgram *program)
{
  return drill_views_button_get_active (drill_routes_view_get_views (drill_window_get_routes_view (program->window)));
}

static const char *
get_name (DrillProgram *program)
{
  DrillSavedView *view = drill_active_view_get_view (get_active (program));

  return view != NULL ? drill_saved_view_get_name (view) : NULL;
}

static void
apply (DrillProgram *program,
       const char   *id)
{
  drill_program_activate (program, "views.apply", g_variant_new_string (id));
}

static void
set_provider (DrillProgram *program,
              const char   *provider,
              gboolean      active)
{
  drill_route_list_set_value (program->list, DRILL_FACET_PROVIDER, provider, active);
}

static gboolean
is_column_shown (DrillProgram *program,
                 const char   *name)
{
  GtkWidget *table = drill_test_find (GTK_WIDGET (program->window), DRILL_TYPE_ROUTE_TABLE_VIEW);
  g_auto(GStrv) columns = drill_route_table_view_dup_columns (DRILL_ROUTE_TABLE_VIEW (table));

  return g_strv_contains ((const char *const *) columns, name);
}

static void
toggle_column (DrillProgram *program,
               const char   *name)
{
  GtkWidget *table = drill_test_find (GTK_WIDGET (program->window), DRILL_TYPE_ROUTE_TABLE_VIEW);

  g_action_group_activate_action (drill_route_table_view_get_column_actions (DRILL_ROUTE_TABLE_VIEW (table)), name, NULL);
}

static void
answer_name (const char *name)
{
  GtkWidget *dialog = drill_test_wait_toplevel (DRILL_TYPE_VIEW_NAME_DIALOG);
  GtkWidget *entry = drill_test_find (dialog, GTK_TYPE_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (DRILL_TYPE_VIEW_NAME_DIALOG);
}

static void
save_as (DrillProgram *program,
         const char   *name)
{
  drill_program_activate (program, "views.save-as", NULL);
  answer_name (name);
}

static char *
dup_saved_id (DrillProgram *program,
              guint         position)
{
  DrillSavedViews *views = drill_active_view_get_views (get_active (program));
  g_autoptr(DrillSavedView) view = g_list_model_get_item (G_LIST_MODEL (views),
                                                          drill_saved_views_get_n_builtin (views) + position);

  return view != NULL ? g_strdup (drill_saved_view_get_id (view)) : NULL;
}

static void
assert_order (DrillProgram *program,
              const char   *names)
{
  DrillSavedViews *views = drill_active_view_get_views (get_active (program));
  g_autoptr(GString) order = g_string_new (NULL);

  for (guint i = drill_saved_views_get_n_builtin (views); i < g_list_model_get_n_items (G_LIST_MODEL (views)); i++)
    {
      g_autoptr(DrillSavedView) view = g_list_model_get_item (G_LIST_MODEL (views), i);

      g_string_append_printf (order, "%s%s", order->len > 0 ? "," : "", drill_saved_view_get_name (view));
    }
  g_assert_cmpstr (order->str, ==, names);
}

/* What comes with the program */

static void
check_builtin (gpointer data)
{
  DrillProgram *program = data;
  const DrillRouteQuery *query;
  gboolean descending;

  g_assert_null (get_name (program));
  drill_test_wait_label (GTK_WIDGET (program->window), "All Routes");

  apply (program, DRILL_VIEW_BREACHED);
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, N_BREACHED);
  g_assert_cmpstr (get_name (program), ==, "Breached");
  g_assert_false (drill_active_view_is_modified (get_active (program)));
  drill_test_settle ();
  g_assert_nonnull (drill_test_find_named (GTK_WIDGET (program->window), "Breached"));

  /* The newest acknowledgement comes first, and none is missing of those that are closed */
  apply (program, DRILL_VIEW_RECENT);
  query = drill_route_list_get_query (program->list);
  g_assert_cmpint (drill_route_query_get_sort (query, 0, &descending), ==, DRILL_KEY_ACKNOWLEDGED);
  {
    DrillEvidence *evidence = drill_route_list_get_evidence (program->list);
    const guint32 *rows = drill_route_result_get_rows (drill_route_list_get_result (program->list));
    const DrillAck *acks = drill_evidence_get_acks (evidence);

    g_assert_cmpuint (drill_program_get_n_rows (program), >, 10);
    for (guint i = 1; i < drill_program_get_n_rows (program); i++)
      g_assert_cmpint (acks[drill_evidence_get_route_ack (evidence, rows[i - 1])].created_us, >=,
                       acks[drill_evidence_get_route_ack (evidence, rows[i])].created_us);
  }

  apply (program, "");
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, N_CURRENT);
  g_assert_null (get_name (program));
}

static void
test_builtin (void)
{
  run (check_builtin);
}

/* Saved, changed, reverted, changed and saved */

static void
check_change (gpointer data)
{
  DrillProgram *program = data;
  DrillActiveView *active = get_active (program);
  g_autofree char *id = NULL;
  guint n_rows;

  apply (program, DRILL_VIEW_BREACHED);
  save_as (program, "My_<b>view</b>");
  g_assert_cmpstr (get_name (program), ==, "My_<b>view</b>");
  drill_test_settle ();
  g_assert_nonnull (drill_test_find_named (GTK_WIDGET (program->window), "My_<b>view</b>"));
  g_assert_null (drill_test_find_named (GTK_WIDGET (program->window), "Changed"));

  set_provider (program, "slack", TRUE);
  n_rows = drill_program_get_n_rows (program);
  g_assert_cmpuint (n_rows, <, N_BREACHED);
  g_assert_true (drill_active_view_is_modified (active));
  drill_test_settle ();
  g_assert_nonnull (drill_test_find_named (GTK_WIDGET (program->window), "Changed"));

  drill_test_click (GTK_WIDGET (program->window), "Re_vert");
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, N_BREACHED);
  g_assert_false (drill_active_view_is_modified (active));

  /* Changed back by hand is not changed */
  set_provider (program, "slack", TRUE);
  set_provider (program, "slack", FALSE);
  g_assert_false (drill_active_view_is_modified (active));

  set_provider (program, "slack", TRUE);
  drill_test_settle ();
  drill_test_click (GTK_WIDGET (program->window), "_Save");
  g_assert_false (drill_active_view_is_modified (active));
  apply (program, "");
  id = dup_saved_id (program, 0);
  apply (program, id);
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, n_rows);

  /* One that came with the program is never overwritten */
  apply (program, DRILL_VIEW_BREACHED);
  set_provider (program, "slack", TRUE);
  g_assert_true (drill_active_view_is_modified (active));
  g_assert_false (g_action_group_get_action_enabled (
    drill_views_button_get_actions (drill_routes_view_get_views (drill_window_get_routes_view (program->window))), "save"));
  g_assert_cmpstr (get_name (program), ==, "Breached");

  /* Nothing left of it: nobody wants to save that */
  drill_program_activate (program, "win.clear-filters", NULL);
  g_assert_null (get_name (program));
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, N_CURRENT);
}

static void
test_change (void)
{
  run (check_change);
}

/* The columns of a view are shown with it, and one's own without */

static void
check_columns (gpointer data)
{
  DrillProgram *program = data;
  g_autofree char *id = NULL;

  g_assert_true (is_column_shown (program, "plan"));
  apply (program, DRILL_VIEW_BREACHED);
  toggle_column (program, "plan");
  toggle_column (program, "alert");
  save_as (program, "Short");
  id = dup_saved_id (program, 0);
  g_assert_false (is_column_shown (program, "plan"));
  g_assert_true (is_column_shown (program, "alert"));

  /* One's own are from now on what they were made into before there was the view */
  toggle_column (program, "owner");
  g_assert_true (drill_active_view_is_modified (get_active (program)));
  apply (program, "");
  g_assert_true (is_column_shown (program, "owner"));
  g_assert_false (is_column_shown (program, "plan"));
  toggle_column (program, "plan");
  g_assert_true (is_column_shown (program, "plan"));

  apply (program, id);
  g_assert_false (is_column_shown (program, "plan"));
  g_assert_false (drill_active_view_is_modified (get_active (program)));
  drill_program_activate (program, "win.clear-filters", NULL);
  g_assert_true (is_column_shown (program, "plan"));
}

static void
test_columns (void)
{
  run (check_columns);
}

/* Put in order */

static GtkWidget *
open_dialog (DrillProgram *program)
{
  drill_program_activate (program, "views.manage", NULL);

  return drill_test_wait_toplevel (DRILL_TYPE_VIEWS_DIALOG);
}

static void
check_manage (gpointer data)
{
  DrillProgram *program = data;
  g_autoptr(GSettings) settings = g_settings_new (DRILL_APP_ID);
  g_autofree char *start = NULL;
  g_autofree char *a = NULL;
  g_autofree char *c = NULL;
  GtkWidget *dialog;
  GtkWidget *focus;

  set_provider (program, "slack", TRUE);
  save_as (program, "A");
  save_as (program, "B");
  save_as (program, "C");
  assert_order (program, "A,B,C");
  a = dup_saved_id (program, 0);
  c = dup_saved_id (program, 2);

  dialog = open_dialog (program);
  gtk_widget_activate_action (dialog, "manage.move", "(si)", c, -1);
  assert_order (program, "A,C,B");
  focus = gtk_root_get_focus (GTK_ROOT (dialog));
  g_assert_true (DRILL_IS_VIEW_ROW (focus));
  g_assert_cmpstr (drill_saved_view_get_id (drill_view_row_get_view (DRILL_VIEW_ROW (focus))), ==, c);
  gtk_widget_activate_action (dialog, "manage.move-to", "(ss)", c, a);
  assert_order (program, "C,A,B");
  gtk_widget_activate_action (dialog, "manage.move", "(si)", c, -1);
  assert_order (program, "C,A,B");

  gtk_widget_activate_action (dialog, "manage.rename", "s", a);
  answer_name ("B");
  assert_order (program, "C,B (2),B");
  gtk_widget_activate_action (dialog, "manage.rename", "s", a);
  answer_name ("First");
  assert_order (program, "C,First,B");

  /* C is the one that is shown */
  g_assert_cmpstr (get_name (program), ==, "C");
  gtk_widget_activate_action (dialog, "manage.delete", "s", c);
  assert_order (program, "First,B");
  g_assert_null (get_name (program));
  drill_test_settle ();
  drill_test_wait_label (dialog, "“C” deleted");
  drill_test_click (dialog, "_Undo");
  assert_order (program, "C,First,B");

  set_provider (program, "teams", TRUE);
  gtk_widget_activate_action (dialog, "manage.update", "s", a);
  g_assert_cmpstr (get_name (program), ==, "First");
  g_assert_false (drill_active_view_is_modified (get_active (program)));

  gtk_widget_activate_action (dialog, "manage.show", "(sb)", DRILL_VIEW_ESCALATED, FALSE);
  g_assert_true (drill_saved_views_is_hidden (drill_active_view_get_views (get_active (program)), DRILL_VIEW_ESCALATED));
  gtk_widget_activate_action (dialog, "manage.start", "s", a);
  start = g_settings_get_string (settings, "start-view");
  g_assert_cmpstr (start, ==, a);
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (DRILL_TYPE_VIEWS_DIALOG);
}

static void
check_start (gpointer data)
{
  DrillProgram *program = data;
  const DrillRouteQuery *query = drill_route_list_get_query (program->list);

  g_assert_cmpstr (get_name (program), ==, "First");
  g_assert_false (drill_active_view_is_modified (get_active (program)));
  g_assert_true (drill_route_query_contains (query, DRILL_FACET_PROVIDER, "teams"));
  g_assert_true (drill_route_query_contains (query, DRILL_FACET_PROVIDER, "slack"));
  assert_order (program, "C,First,B");
}

static void
test_manage (void)
{
  run (check_manage);
  run_again (check_start);
}

/* With remembered filters, the view of last time is still its name */

static void
leave_changed (gpointer data)
{
  DrillProgram *program = data;
  g_autoptr(GSettings) settings = g_settings_new (DRILL_APP_ID);

  g_settings_set_boolean (settings, "remember-filters", TRUE);
  apply (program, DRILL_VIEW_BREACHED);
  set_provider (program, "slack", TRUE);
}

static void
check_remembered (gpointer data)
{
  DrillProgram *program = data;

  g_assert_cmpstr (get_name (program), ==, "Breached");
  g_assert_true (drill_active_view_is_modified (get_active (program)));
  g_assert_true (drill_route_query_contains (drill_route_list_get_query (program->list), DRILL_FACET_PROVIDER, "slack"));
}

static void
test_remembered (void)
{
  run (leave_changed);
  run_again (check_remembered);
}

/* Files to share */

static void
answer_message (const char *said)
{
  GtkWidget *dialog = drill_test_wait_toplevel (ADW_TYPE_MESSAGE_DIALOG);

  g_assert_cmpstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), ==, said);
  g_assert_false (adw_message_dialog_get_body_use_markup (ADW_MESSAGE_DIALOG (dialog)));
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (ADW_TYPE_MESSAGE_DIALOG);
}

/* Said in passing, or in a dialog of its own when it is not @short_enough */
static void
import_text (GtkWidget  *dialog,
             const char *text,
             gboolean    short_enough,
             const char *said)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "<i>shared.drill-views.json", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  drill_views_dialog_import (DRILL_VIEWS_DIALOG (dialog), file);
  if (short_enough)
    drill_test_wait_label (dialog, said);
  else
    answer_message (said);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
check_files (gpointer data)
{
  DrillProgram *program = data;
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "out.drill-views.json", NULL);
  g_autofree char *text = NULL;
  g_autofree char *saved = NULL;
  GtkWidget *dialog;

  set_provider (program, "slack", TRUE);
  save_as (program, "A");
  saved = dup_saved_id (program, 0);
  dialog = open_dialog (program);
  gtk_widget_activate_action (dialog, "manage.export-all", NULL);
  drill_test_choose_file (path);
  drill_test_wait_label (dialog, "Saved as “out.drill-views.json”");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "slack"));
  gtk_widget_activate_action (dialog, "manage.delete", "s", saved);
  assert_order (program, "");
  drill_test_wait_label (dialog, "“A” deleted");
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (DRILL_TYPE_VIEWS_DIALOG);

  dialog = open_dialog (program);
  import_text (dialog, text, TRUE, "1 view added.");
  assert_order (program, "A");
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (DRILL_TYPE_VIEWS_DIALOG);

  dialog = open_dialog (program);
  import_text (dialog,
               "{\"format\":\"drill-views\",\"version\":1,\"views\":[{\"name\":\"N\",\"filters\":\"{'mood': <'good'>}\"}]}",
               FALSE,
               "1 view added. 1 has filters or columns that this version does not know; they have no effect.");
  assert_order (program, "A,N");
  import_text (dialog, "{\"items\": []}", FALSE,
               "“<i>shared.drill-views.json” is not a file of views (its format is another one). Nothing was added.");
  assert_order (program, "A,N");
  g_assert_cmpint (g_unlink (path), ==, 0);
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (DRILL_TYPE_VIEWS_DIALOG);
}

static void
test_files (void)
{
  run (check_files);
}

int
main (int    argc,
      char **argv)
{
  drill_test_init (&argc, &argv);

  g_test_add_func ("/drill/ui/views/builtin", test_builtin);
  g_test_add_func ("/drill/ui/views/change", test_change);
  g_test_add_func ("/drill/ui/views/columns", test_columns);
  g_test_add_func ("/drill/ui/views/manage", test_manage);
  g_test_add_func ("/drill/ui/views/remembered", test_remembered);
  g_test_add_func ("/drill/ui/views/files", test_files);

  return g_test_run ();
}
