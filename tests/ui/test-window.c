// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-program-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/drill-time.h"
#include "drill-config.h"
#include "evidence/drill-json.h"
#include "ui/common/drill-json-pane.h"
#include "ui/dialogs/drill-connections-dialog.h"
#include "ui/preferences/drill-preferences-window.h"
#include "ui/routes/drill-facet-group.h"
#include "ui/routes/drill-route-details.h"

typedef DrillProgram Program;

/* conformance/medium: what is in its escalation.json and routes.json */
#define N_ROUTES      432
#define N_CURRENT     320
#define N_BREACHED    147
#define N_OUTSTANDING 149

static void
run_again (void (*test) (gpointer program))
{
  g_autofree char *path = drill_test_conformance_path ("medium/history.json");
  const char *const arguments[] = { "--file", path, NULL };

  drill_program_run (arguments, test);
}

/* As on the first day: nothing is remembered */
static void
run_medium (void (*test) (gpointer program))
{
  drill_program_forget ();
  run_again (test);
}

static const char *
get_text (Program          *program,
          guint             position,
          DrillRouteColumn  column,
          DrillDict         dict)
{
  DrillEvidence *evidence = drill_route_list_get_evidence (program->list);
  guint32 row = drill_route_result_get_rows (drill_route_list_get_result (program->list))[position];

  return drill_evidence_get_text (evidence, dict, drill_evidence_get_route_column (evidence, column)[row]);
}

static void
select_position (Program *program,
                 guint    position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (drill_route_list_get_selection (program->list)), position, TRUE);
}

static gboolean
is_view_shown (Program    *program,
               const char *name)
{
  GtkWidget *views = drill_test_find (GTK_WIDGET (program->window), ADW_TYPE_VIEW_STACK);

  return g_strcmp0 (adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (views)), name) == 0;
}

/* Sample data cannot be taken for anything else */

static void
check_sample (gpointer data)
{
  Program *program = data;

  g_assert_cmpint (drill_session_get_shown (program->session), ==, DRILL_SHOWN_SAMPLE);
  g_assert_cmpuint (drill_program_get_n_rows (program), >, 100);
  g_assert_true (g_str_has_prefix (drill_window_get_banner_text (program->window), "Sample data"));
  g_assert_nonnull (strstr (gtk_window_get_title (GTK_WINDOW (program->window)), "Sample Data"));
  g_assert_nonnull (drill_test_find_named (GTK_WIDGET (program->window), "Sample Data"));
}

static void
test_sample (void)
{
  const char *const none[] = { NULL };
  const char *const sample[] = { "--sample", NULL };

  drill_program_run (none, check_sample);
  drill_program_run (sample, check_sample);
}

static gboolean
is_given_up (gpointer data)
{
  Program *program = data;

  return drill_program_get_n_rows (program) > 0 && drill_session_get_error (program->session) != NULL;
}

static void
check_unreachable (gpointer data)
{
  Program *program = data;
  const char *banner;

  drill_test_wait (is_given_up, program, "the sample instead of the service");
  drill_test_settle ();
  check_sample (program);
  banner = drill_window_get_banner_text (program->window);
  g_assert_nonnull (strstr (banner, "http://127.0.0.1:1"));
  g_assert_nonnull (strstr (banner, "cannot be reached"));
  g_assert_nonnull (drill_test_find_named (GTK_WIDGET (program->window), "_Retry"));
}

static void
test_unreachable (void)
{
  const char *const arguments[] = { "--server", "http://127.0.0.1:1", NULL };

  drill_program_run (arguments, check_unreachable);
}

static void
check_bad_file (gpointer data)
{
  Program *program = data;
  const char *banner = drill_window_get_banner_text (program->window);

  g_assert_nonnull (strstr (banner, "is not rollback-drill evidence"));
}

static void
test_bad_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("drill-ui-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bad.json", NULL);
  const char *const arguments[] = { path, NULL };

  g_assert_true (g_file_set_contents (path, "<html>Bad gateway</html>", -1, NULL));
  drill_program_run (arguments, check_bad_file);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* What is shown of an opened file is what the contract says of it */

static void
check_file (gpointer data)
{
  Program *program = data;
  g_autofree char *status = g_strdup_printf ("%d of %d routes · %d breached", N_CURRENT, N_CURRENT, N_BREACHED);
  g_autoptr(DrillRouteQuery) all = drill_route_query_new ();

  g_assert_cmpstr (drill_program_get_status (program), ==, status);
  g_assert_cmpstr (drill_window_get_banner_text (program->window), ==, "");
  g_assert_nonnull (strstr (gtk_window_get_title (GTK_WINDOW (program->window)), "history.json"));

  drill_route_query_set_all_plans (all, TRUE);
  drill_route_list_set_query (program->list, all);
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, N_ROUTES);
}

static void
test_file (void)
{
  run_medium (check_file);
}

static void
check_filter (gpointer data)
{
  static const char *const providers[] = { "slack", "teams", NULL };
  Program *program = data;
  guint n_rows;

  drill_program_activate (program, "win.show-view", g_variant_new_string ("audit"));
  drill_program_activate (program, "win.set-filter", g_variant_new ("(s^as)", "provider", providers));
  g_assert_true (is_view_shown (program, "routes"));

  n_rows = drill_program_get_n_rows (program);
  g_assert_cmpuint (n_rows, >, 0);
  g_assert_cmpuint (n_rows, <, N_CURRENT);
  for (guint i = 0; i < n_rows; i++)
    g_assert_true (g_strv_contains (providers, get_text (program, i, DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER)));

  /* The chip takes its value back and leaves the other */
  drill_test_settle ();
  drill_test_click (GTK_WIDGET (program->window), "Provider: teams");
  for (guint i = 0; i < drill_program_get_n_rows (program); i++)
    g_assert_cmpstr (get_text (program, i, DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER), ==, "slack");

  drill_program_activate (program, "win.clear-filters", NULL);
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, N_CURRENT);
}

static void
test_filter (void)
{
  run_medium (check_filter);
}

static void
check_metrics (gpointer data)
{
  Program *program = data;

  drill_test_click (GTK_WIDGET (program->window), "Breached routes");
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, N_BREACHED);
  drill_test_click (GTK_WIDGET (program->window), "Outstanding routes");
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, N_OUTSTANDING);
  drill_test_click (GTK_WIDGET (program->window), "Failed deliveries");
  g_assert_true (is_view_shown (program, "history"));
  drill_test_settle ();
  g_assert_nonnull (drill_test_find_named (GTK_WIDGET (program->window), "32 of 341 items"));
}

static void
test_metrics (void)
{
  run_medium (check_metrics);
}

static void
check_no_match (gpointer data)
{
  Program *program = data;
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();

  drill_route_query_set_search (query, "nothing is called this");
  drill_route_list_set_query (program->list, query);
  drill_test_settle ();
  g_assert_nonnull (drill_test_find_named (GTK_WIDGET (program->window), "No Routes Match"));
  drill_test_click (GTK_WIDGET (program->window), "_Clear Filters");
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, N_CURRENT);
}

static void
test_no_match (void)
{
  run_medium (check_no_match);
}

/* Headings sort, and what is selected stays selected */

static GtkColumnViewColumn *
find_column (Program    *program,
             const char *title)
{
  GtkWidget *view = drill_test_find (GTK_WIDGET (drill_window_get_routes_view (program->window)), GTK_TYPE_COLUMN_VIEW);
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (view));

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_str_equal (gtk_column_view_column_get_title (column), title))
        return column;
    }

  return NULL;
}

static void
sort_by (Program     *program,
         const char  *title,
         GtkSortType  order)
{
  GtkWidget *view = drill_test_find (GTK_WIDGET (drill_window_get_routes_view (program->window)), GTK_TYPE_COLUMN_VIEW);

  gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (view), find_column (program, title), order);
}

static void
check_sort (gpointer data)
{
  Program *program = data;
  g_autoptr(GArray) before = NULL;
  g_autoptr(GArray) after = NULL;
  gboolean descending;

  select_position (program, 7);
  before = drill_route_selection_get_rows (drill_route_list_get_selection (program->list));

  sort_by (program, "Provider", GTK_SORT_ASCENDING);
  for (guint i = 1; i < drill_program_get_n_rows (program); i++)
    g_assert_cmpstr (get_text (program, i - 1, DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER), <=,
                     get_text (program, i, DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER));

  /* The second heading comes first, the first one breaks its ties */
  sort_by (program, "Owner", GTK_SORT_DESCENDING);
  g_assert_cmpuint (drill_route_query_get_n_sort (drill_route_list_get_query (program->list)), ==, 2);
  g_assert_cmpint (drill_route_query_get_sort (drill_route_list_get_query (program->list), 0, &descending), ==, DRILL_KEY_OWNER);
  g_assert_true (descending);
  for (guint i = 1; i < drill_program_get_n_rows (program); i++)
    {
      int owners = g_strcmp0 (get_text (program, i - 1, DRILL_ROUTE_OWNER, DRILL_DICT_OWNER),
                              get_text (program, i, DRILL_ROUTE_OWNER, DRILL_DICT_OWNER));

      g_assert_cmpint (owners, >=, 0);
      if (owners == 0)
        g_assert_cmpstr (get_text (program, i - 1, DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER), <=,
                         get_text (program, i, DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER));
    }

  after = drill_route_selection_get_rows (drill_route_list_get_selection (program->list));
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpuint (g_array_index (after, guint32, 0), ==, g_array_index (before, guint32, 0));
}

static void
test_sort (void)
{
  run_medium (check_sort);
}

/* Details follow the selection */

static void
check_details (gpointer data)
{
  Program *program = data;
  GtkWidget *details = drill_test_find (GTK_WIDGET (program->window), DRILL_TYPE_ROUTE_DETAILS);
  GtkWidget *pane;
  DrillEvidence *evidence = drill_route_list_get_evidence (program->list);
  g_autofree char *id = NULL;
  g_autoptr(GBytes) decision = NULL;
  guint32 row;

  select_position (program, 3);
  row = drill_route_result_get_rows (drill_route_list_get_result (program->list))[3];
  drill_test_settle ();

  g_assert_cmpuint (drill_route_details_get_row (DRILL_ROUTE_DETAILS (details)), ==, row);
  id = drill_evidence_dup_route_id (evidence, row);
  g_assert_nonnull (drill_test_find_named (details, id));
  g_assert_nonnull (drill_test_find_named (details, "Planned"));

  pane = drill_test_find (details, DRILL_TYPE_JSON_PANE);
  decision = drill_evidence_get_decision_bytes (evidence, row);
  g_assert_true (g_bytes_equal (decision, drill_json_pane_get_bytes (DRILL_JSON_PANE (pane))));

  gtk_selection_model_select_all (GTK_SELECTION_MODEL (drill_route_list_get_selection (program->list)));
  drill_test_settle ();
  g_assert_cmpuint (drill_route_details_get_row (DRILL_ROUTE_DETAILS (details)), ==, DRILL_NONE);
  g_assert_nonnull (strstr (drill_program_get_status (program), "320 selected"));
}

static void
test_details (void)
{
  run_medium (check_details);
}

static void
check_copy (gpointer data)
{
  Program *program = data;
  GtkWidget *view = GTK_WIDGET (drill_window_get_routes_view (program->window));
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_auto(GStrv) cells = NULL;

  select_position (program, 0);
  g_assert_true (gtk_widget_activate_action (view, "routes.copy", NULL));
  text = drill_test_read_clipboard (view);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_str_has_prefix (lines[0], "State\tSchedule\tProvider\tOwner\t"));
  cells = g_strsplit (lines[1], "\t", -1);
  g_assert_cmpuint (g_strv_length (cells), ==, 14);
  g_assert_cmpstr (cells[1], ==, get_text (program, 0, DRILL_ROUTE_SCHEDULE, DRILL_DICT_SCHEDULE));
  g_assert_cmpstr (cells[2], ==, get_text (program, 0, DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER));
}

static void
test_copy (void)
{
  run_medium (check_copy);
}

/* An export has the rows that are listed, and only those */

typedef struct {
  const char *path;
  char       *text;
} Saved;

static gboolean
is_saved (gpointer data)
{
  Saved *saved = data;

  return g_file_get_contents (saved->path, &saved->text, NULL, NULL);
}

static void
check_export (gpointer data)
{
  static const char *const slack[] = { "slack", NULL };
  Program *program = data;
  g_autofree char *folder = g_dir_make_tmp ("drill-ui-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "routes.json", NULL);
  Saved saved = { path, NULL };
  GtkWidget *dialog;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(JsonNode) node = NULL;
  JsonArray *routes;

  drill_program_activate (program, "win.set-filter", g_variant_new ("(s^as)", "provider", slack));
  drill_program_activate (program, "win.export", NULL);
  dialog = drill_test_wait_toplevel (ADW_TYPE_MESSAGE_DIALOG);
  drill_test_click (dialog, "_Save As…");
  drill_test_choose_file (path);
  drill_test_wait (is_saved, &saved, "the export");

  bytes = g_bytes_new_take (saved.text, strlen (saved.text));
  node = drill_json_parse (bytes, NULL);
  g_assert_nonnull (node);
  routes = json_object_get_array_member (json_node_get_object (node), "routes");
  g_assert_cmpuint (json_array_get_length (routes), ==, drill_program_get_n_rows (program));
  for (guint i = 0; i < json_array_get_length (routes); i++)
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (routes, i), "provider"), ==, "slack");

  drill_test_wait_gone (GTK_TYPE_FILE_CHOOSER_DIALOG);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_export (void)
{
  run_medium (check_export);
}

/* What was changed is there again next time */

static void
hide_columns (gpointer data)
{
  Program *program = data;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (drill_window_get_routes_view (program->window)), "column.category", NULL));
  gtk_column_view_column_set_visible (find_column (program, "Alert level"), TRUE);
  gtk_column_view_column_set_fixed_width (find_column (program, "Owner"), 222);
  sort_by (program, "Schedule", GTK_SORT_DESCENDING);
  g_settings_set_boolean (drill_application_get_settings (program->application), "remember-filters", TRUE);
  drill_program_activate (program, "win.set-filter", g_variant_new_parsed ("('provider', ['slack'])"));
}

static void
check_columns (gpointer data)
{
  Program *program = data;
  gboolean descending = FALSE;

  g_assert_false (gtk_column_view_column_get_visible (find_column (program, "Category")));
  g_assert_true (gtk_column_view_column_get_visible (find_column (program, "Alert level")));
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (find_column (program, "Owner")), ==, 222);
  g_assert_cmpint (drill_route_query_get_sort (drill_route_list_get_query (program->list), 0, &descending), ==, DRILL_KEY_SCHEDULE);
  g_assert_true (descending);
  g_assert_true (drill_route_query_contains (drill_route_list_get_query (program->list), DRILL_FACET_PROVIDER, "slack"));
}

static void
test_remembered (void)
{
  run_medium (hide_columns);
  run_again (check_columns);
}

/* Every other window opens */

static void
check_dialogs (gpointer data)
{
  Program *program = data;
  GLogLevelFlags fatal;
  GtkWidget *dialog;

  g_action_group_activate_action (G_ACTION_GROUP (program->application), "preferences", NULL);
  dialog = drill_test_wait_toplevel (DRILL_TYPE_PREFERENCES_WINDOW);
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (DRILL_TYPE_PREFERENCES_WINDOW);

  /* GTK 4.8 warns of the width of a label in its own shortcuts window */
  fatal = g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  g_action_group_activate_action (G_ACTION_GROUP (program->application), "shortcuts", NULL);
  dialog = drill_test_wait_toplevel (GTK_TYPE_SHORTCUTS_WINDOW);
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (GTK_TYPE_SHORTCUTS_WINDOW);
  g_log_set_always_fatal (fatal);

  g_action_group_activate_action (G_ACTION_GROUP (program->application), "about", NULL);
  dialog = drill_test_wait_toplevel (ADW_TYPE_ABOUT_WINDOW);
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (ADW_TYPE_ABOUT_WINDOW);

  drill_program_activate (program, "win.connections", NULL);
  dialog = drill_test_wait_toplevel (DRILL_TYPE_CONNECTIONS_DIALOG);
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (DRILL_TYPE_CONNECTIONS_DIALOG);
}

static void
test_dialogs (void)
{
  run_medium (check_dialogs);
}

/* Escape takes back one thing at a time */

static void
check_escape (gpointer data)
{
  Program *program = data;
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();

  drill_route_query_add (query, DRILL_FACET_PROVIDER, "slack");
  drill_route_list_set_query (program->list, query);
  select_position (program, 0);

  drill_program_activate (program, "win.escape", NULL);
  g_assert_cmpuint (drill_route_selection_get_n_selected (drill_route_list_get_selection (program->list)), ==, 0);
  g_assert_cmpuint (drill_program_get_n_rows (program), <, N_CURRENT);
  drill_program_activate (program, "win.escape", NULL);
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, N_CURRENT);
}

static void
test_escape (void)
{
  run_medium (check_escape);
}

/* Ages are told by the clock */

static void
check_clock (gpointer data)
{
  Program *program = data;
  static const char *const breached[] = { "breached", NULL };

  drill_route_list_set_only (program->list, DRILL_FACET_SLO, breached);
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, N_BREACHED);

  /* A week later nothing that is outstanding can still be on time */
  drill_clock_set (program->clock, drill_time_parse ("2026-06-08T12:00:00+00:00", -1));
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, N_OUTSTANDING);
}

static void
test_clock (void)
{
  run_medium (check_clock);
}

int
main (int   argc,
      char *argv[])
{
  drill_test_init (&argc, &argv);

  g_test_add_func ("/drill/ui/window/sample", test_sample);
  g_test_add_func ("/drill/ui/window/unreachable", test_unreachable);
  g_test_add_func ("/drill/ui/window/bad-file", test_bad_file);
  g_test_add_func ("/drill/ui/window/file", test_file);
  g_test_add_func ("/drill/ui/window/filter", test_filter);
  g_test_add_func ("/drill/ui/window/metrics", test_metrics);
  g_test_add_func ("/drill/ui/window/no-match", test_no_match);
  g_test_add_func ("/drill/ui/window/sort", test_sort);
  g_test_add_func ("/drill/ui/window/details", test_details);
  g_test_add_func ("/drill/ui/window/copy", test_copy);
  g_test_add_func ("/drill/ui/window/export", test_export);
  g_test_add_func ("/drill/ui/window/remembered", test_remembered);
  g_test_add_func ("/drill/ui/window/dialogs", test_dialogs);
  g_test_add_func ("/drill/ui/window/escape", test_escape);
  g_test_add_func ("/drill/ui/window/clock", test_clock);

  return g_test_run ();
}
