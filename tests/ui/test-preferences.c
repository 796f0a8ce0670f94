// SPDX-License-Identifier: GPL-3.0-or-later

/* Preferences take effect at once in what is open, and can all be taken back. */

#include "drill-program-fixture.h"

#include <string.h>

#include "base/drill-time.h"
#include "drill-config.h"
#include "ui/common/drill-format.h"
#include "ui/preferences/drill-preferences-window.h"
#include "ui/routes/drill-route-column.h"

static void
run (void (*test) (gpointer program))
{
  g_autofree char *path = drill_test_conformance_path ("medium/history.json");
  const char *const arguments[] = { "--file", path, NULL };

  drill_program_forget ();
  drill_program_run (arguments, test);
}

/* It has routes that are due soon */
static void
run_sample (void (*test) (gpointer program))
{
  const char *const arguments[] = { "--sample", NULL };

  drill_program_forget ();
  drill_program_run (arguments, test);
}

/* Times */

static void
test_format (void)
{
  g_autoptr(DrillClock) clock = drill_clock_new_fixed (drill_time_parse ("2026-06-01T12:00:00+00:00", -1));
  gint64 before_us = drill_time_parse ("2026-06-01T10:55:10+00:00", -1);
  gint64 after_us = drill_time_parse ("2026-06-01T12:05:00+00:00", -1);
  static const struct
  {
    DrillTimes  times;
    const char *time;
    const char *later;
    const char *full;
  } expected[] = {
    { DRILL_TIMES_LOCAL, "2026-06-01 10:55", "2026-06-01 12:05", "2026-06-01 10:55:10 UTC" },
    { DRILL_TIMES_UTC, "2026-06-01 10:55Z", "2026-06-01 12:05Z", "2026-06-01 10:55:10 UTC" },
    { DRILL_TIMES_RELATIVE, "1 h 04 min ago", "in 5 min", "2026-06-01 10:55:10 UTC (1 h 04 min ago)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *time = NULL;
      g_autofree char *later = NULL;
      g_autofree char *full = NULL;
      g_autofree char *exact = NULL;
      g_autofree char *unknown = NULL;

      drill_format_set_times (expected[i].times, clock);
      time = drill_format_time (before_us);
      later = drill_format_time (after_us);
      full = drill_format_time_long (before_us);
      exact = drill_format_time_exact (before_us);
      unknown = drill_format_time_long (DRILL_TIME_UNKNOWN);
      g_assert_cmpstr (time, ==, expected[i].time);
      g_assert_cmpstr (later, ==, expected[i].later);
      g_assert_cmpstr (full, ==, expected[i].full);
      g_assert_true (g_str_has_prefix (exact, "2026-06-01 10:55"));
      g_assert_cmpstr (unknown, ==, "–");
    }
  drill_format_set_times (DRILL_TIMES_LOCAL, NULL);
}

static GtkWidget *
find_label_like (GtkWidget  *widget,
                 const char *suffix)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      g_str_has_suffix (gtk_label_get_label (GTK_LABEL (widget)), suffix))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label_like (child, suffix);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
check_times (gpointer data)
{
  DrillProgram *program = data;
  GtkWidget *window = GTK_WIDGET (program->window);
  g_autoptr(GSettings) settings = g_settings_new (DRILL_APP_ID);
  static const char *const created_first[] = { "created", "state", NULL };
  static const char *const views[] = { "routes", "history", "suppressions" };
  GtkWidget *table = drill_test_find (window, DRILL_TYPE_ROUTE_TABLE_VIEW);
  guint32 row = drill_route_result_get_rows (drill_route_list_get_result (program->list))[0];
  g_autofree char *text = NULL;

  /* Where it can be seen */
  g_settings_set_strv (settings, "columns", created_first);
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    {
      drill_program_activate (program, "win.show-view", g_variant_new_string (views[i]));
      g_settings_set_string (settings, "time-display", "local");
      drill_test_settle ();
      g_assert_null (find_label_like (window, " ago"));
      g_settings_set_string (settings, "time-display", "relative");
      drill_test_settle ();
      g_assert_nonnull (find_label_like (window, " ago"));
    }

  /* What is read elsewhere has the time itself */
  text = drill_route_table_view_dup_text (DRILL_ROUTE_TABLE_VIEW (table), &row, 1);
  g_assert_null (strstr (text, " ago"));
  g_assert_nonnull (strstr (text, "2026-"));

  g_settings_set_string (settings, "time-display", "utc");
  drill_program_activate (program, "win.show-view", g_variant_new_string ("routes"));
  drill_test_settle ();
  g_assert_nonnull (find_label_like (window, "Z"));
}

static void
test_times (void)
{
  run (check_times);
}

/* The rest */

static int
get_row_height (DrillProgram *program)
{
  GtkWidget *table = drill_test_find (GTK_WIDGET (program->window), DRILL_TYPE_ROUTE_TABLE_VIEW);
  GtkWidget *list = drill_test_find (table, GTK_TYPE_LIST_VIEW);

  drill_test_settle ();

  return gtk_widget_get_height (gtk_widget_get_first_child (list));
}

static guint
count_due (DrillProgram *program)
{
  GArray *counts = drill_route_result_get_facet (drill_route_list_get_result (program->list), DRILL_FACET_SLO);

  for (guint i = 0; i < counts->len; i++)
    if (g_str_equal (g_array_index (counts, DrillFacetCount, i).value, "due"))
      return g_array_index (counts, DrillFacetCount, i).count;

  return 0;
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

static GtkWidget *
open_preferences (DrillProgram *program)
{
  drill_program_activate (program, "app.preferences", NULL);

  return drill_test_wait_toplevel (DRILL_TYPE_PREFERENCES_WINDOW);
}

static void
check_effects (gpointer data)
{
  DrillProgram *program = data;
  g_autoptr(GSettings) settings = g_settings_new (DRILL_APP_ID);
  GtkWidget *window = open_preferences (program);
  GtkWidget *table = drill_test_find (GTK_WIDGET (program->window), DRILL_TYPE_ROUTE_TABLE_VIEW);
  g_autofree char *start = NULL;
  g_auto(GStrv) before = drill_route_table_view_dup_columns (DRILL_ROUTE_TABLE_VIEW (table));
  g_auto(GStrv) after = NULL;
  guint n_due = count_due (program);
  guint n_breached = drill_route_result_get_n_breached (drill_route_list_get_result (program->list));
  int height = get_row_height (program);

  /* The at-risk window is that of facets, filters and cells alike */
  g_settings_set_uint (settings, "at-risk-minutes", 1440);
  g_assert_cmpuint (count_due (program), >, n_due);
  g_assert_cmpuint (drill_route_result_get_n_breached (drill_route_list_get_result (program->list)), ==, n_breached);

  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (window, "_Density")), 1);
  g_assert_cmpint (get_row_height (program), <, height);

  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (window, "_Times")), 1);
  start = g_settings_get_string (settings, "time-display");
  g_assert_cmpstr (start, ==, "utc");
  g_free (start);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (window, "_View to start with")), 2);
  start = g_settings_get_string (settings, "start-view");
  g_assert_cmpstr (start, ==, DRILL_VIEW_BREACHED);

  /* The first column moves down, the second is hidden */
  {
    GtkWidget *state = find_row (window, "State");
    GtkWidget *schedule = find_row (window, "Schedule");

    gtk_switch_set_active (GTK_SWITCH (drill_test_find (schedule, GTK_TYPE_SWITCH)), FALSE);
    g_assert_null (drill_test_find (state, GTK_TYPE_SWITCH));
    for (GtkWidget *child = gtk_widget_get_last_child (gtk_widget_get_first_child (state)); child != NULL;
         child = gtk_widget_get_prev_sibling (child))
      {
        GtkWidget *button = drill_test_find (child, GTK_TYPE_BUTTON);

        if (button == NULL)
          continue;
        /* Up is not possible, down is */
        g_assert_false (gtk_widget_is_sensitive (button));
        g_signal_emit_by_name (gtk_widget_get_next_sibling (button), "clicked");
        break;
      }
  }
  after = drill_route_table_view_dup_columns (DRILL_ROUTE_TABLE_VIEW (table));
  g_assert_cmpstr (before[0], ==, "state");
  g_assert_cmpstr (before[1], ==, "schedule");
  g_assert_cmpstr (after[0], ==, "state");
  g_assert_cmpstr (after[1], ==, "provider");
  gtk_window_close (GTK_WINDOW (window));
  drill_test_wait_gone (DRILL_TYPE_PREFERENCES_WINDOW);
}

static void
test_effects (void)
{
  run_sample (check_effects);
}

static void
check_reset (gpointer data)
{
  DrillProgram *program = data;
  static const char *const columns[] = { "owner", "state", NULL };
  static const char *const drafts[] = { "CHG-1", NULL };
  g_autoptr(GSettings) settings = g_settings_new (DRILL_APP_ID);
  GtkWidget *table = drill_test_find (GTK_WIDGET (program->window), DRILL_TYPE_ROUTE_TABLE_VIEW);
  GtkWidget *window = open_preferences (program);
  g_auto(GStrv) usual = drill_route_table_view_dup_columns (DRILL_ROUTE_TABLE_VIEW (table));
  g_auto(GStrv) own = NULL;
  g_auto(GStrv) after = NULL;
  g_auto(GStrv) kept = NULL;
  GtkWidget *dialog;
  guint n_due = count_due (program);
  int height = get_row_height (program);

  g_settings_set_uint (settings, "at-risk-minutes", 1440);
  g_settings_set_string (settings, "density", "compact");
  g_settings_set_string (settings, "time-display", "utc");
  g_settings_set_boolean (settings, "notify-due", FALSE);
  g_settings_set_strv (settings, "columns", columns);
  g_settings_set_strv (settings, "recent-references", drafts);
  own = drill_route_table_view_dup_columns (DRILL_ROUTE_TABLE_VIEW (table));
  g_assert_true (g_strv_equal ((const char *const *) own, columns));

  /* Asked first, and Cancel changes nothing */
  gtk_widget_activate_action (window, "preferences.reset", NULL);
  dialog = drill_test_wait_toplevel (ADW_TYPE_MESSAGE_DIALOG);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpuint (g_settings_get_uint (settings, "at-risk-minutes"), ==, 1440);

  gtk_widget_activate_action (window, "preferences.reset", NULL);
  dialog = drill_test_wait_toplevel (ADW_TYPE_MESSAGE_DIALOG);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "reset");
  gtk_window_close (GTK_WINDOW (dialog));
  drill_test_wait_gone (ADW_TYPE_MESSAGE_DIALOG);

  g_assert_cmpuint (g_settings_get_uint (settings, "at-risk-minutes"), ==, 15);
  g_assert_true (g_settings_get_boolean (settings, "notify-due"));
  g_assert_cmpuint (count_due (program), ==, n_due);
  g_assert_cmpint (get_row_height (program), ==, height);
  after = drill_route_table_view_dup_columns (DRILL_ROUTE_TABLE_VIEW (table));
  g_assert_true (g_strv_equal ((const char *const *) after, (const char *const *) usual));
  /* What was typed is no preference */
  kept = g_settings_get_strv (settings, "recent-references");
  g_assert_cmpstr (kept[0], ==, "CHG-1");
  gtk_window_close (GTK_WINDOW (window));
  drill_test_wait_gone (DRILL_TYPE_PREFERENCES_WINDOW);
}

static void
test_reset (void)
{
  run_sample (check_reset);
}

int
main (int    argc,
      char **argv)
{
  drill_test_init (&argc, &argv);

  g_test_add_func ("/drill/ui/preferences/format", test_format);
  g_test_add_func ("/drill/ui/preferences/times", test_times);
  g_test_add_func ("/drill/ui/preferences/effects", test_effects);
  g_test_add_func ("/drill/ui/preferences/reset", test_reset);

  return g_test_run ();
}
