// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-program-fixture.h"

#include <math.h>

#include "base/drill-time.h"
#include "evidence/drill-dashboard.h"
#include "ui/charts/drill-chart-card.h"
#include "ui/charts/drill-chart-frame.h"
#include "ui/charts/drill-chart-time.h"
#include "ui/overview/drill-overview-view.h"
#include "ui/suppressions/drill-suppressions-view.h"

/* What the three charts of the overview are in */
enum {
  OPEN_CHART,
  TIME_CHART,
  OWNER_CHART,
};

/* The charts of a view, from the top */
static GtkWidget *
find_nth (GtkWidget *widget,
          GType      type,
          guint     *n)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (*n)-- == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_nth (child, type, n);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static DrillChartCard *
get_card (GtkWidget *widget,
          guint      n)
{
  GtkWidget *card = find_nth (widget, DRILL_TYPE_CHART_CARD, &n);

  g_assert_nonnull (card);

  return DRILL_CHART_CARD (card);
}

static DrillChart *
get_chart (GtkWidget *widget,
           guint      n)
{
  return DRILL_CHART (drill_test_find (GTK_WIDGET (get_card (widget, n)), DRILL_TYPE_CHART));
}

/* What a key does on the widget that has the focus */
static gboolean
press (gpointer widget,
       guint    keyval)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  /* Without a window manager no window is active, but it is where keys would go */
  g_assert_true (gtk_root_get_focus (gtk_widget_get_root (widget)) == widget);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GObject) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr(GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) &&
              gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == keyval)
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), GTK_SHORTCUT_ACTION_EXCLUSIVE,
                                                 widget, gtk_shortcut_get_arguments (shortcut));
        }
    }
  g_assert_not_reached ();
}

static void
assert_selected (DrillChart *chart,
                 guint       expected_point,
                 guint       expected_series)
{
  guint point, series;

  g_assert_true (drill_chart_get_selected (chart, &point, &series));
  g_assert_cmpuint (point, ==, expected_point);
  g_assert_cmpuint (series, ==, expected_series);
}

static void
test_scale (void)
{
  static const struct
  {
    gint64 largest;
    guint most;
    gint64 step;
    guint n;
  } scales[] = {
    { 0, 5, 1, 1 }, { 1, 5, 1, 1 }, { 5, 5, 1, 5 }, { 6, 5, 2, 3 }, { 11, 5, 5, 3 }, { 26, 5, 10, 3 }, { 100, 5, 20, 5 },
    { 101, 5, 50, 3 }, { 7, 1, 10, 1 }, { 1000000, 4, 500000, 2 }, { 4294967295, 5, 1000000000, 5 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      DrillChartScale scale;

      drill_chart_scale_init (&scale, scales[i].largest, scales[i].most);
      g_assert_cmpint (scale.step, ==, scales[i].step);
      g_assert_cmpuint (scale.n_ticks, ==, scales[i].n);
      g_assert_cmpint (drill_chart_scale_get_end (&scale), >=, scales[i].largest);
    }
}

static double
get_luminance (const GdkRGBA *color)
{
  const float parts[] = { color->red, color->green, color->blue };
  const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double luminance = 0;

  for (guint i = 0; i < 3; i++)
    luminance += weights[i] * (parts[i] <= 0.03928 ? parts[i] / 12.92 : pow ((parts[i] + 0.055) / 1.055, 2.4));

  return luminance;
}

/* WCAG 1.4.11: graphics have a contrast of 3:1 with the card they are on */
static void
test_contrast (void)
{
  static const char *const cards[] = { "#ffffff", "#383838" };

  for (guint dark = 0; dark < 2; dark++)
    for (guint tone = 0; tone < DRILL_N_TONES; tone++)
      {
        GdkRGBA color, card;
        double light, shade;

        drill_chart_tone_get_color ((DrillChartTone) tone, dark == 1, &color);
        g_assert_true (gdk_rgba_parse (&card, cards[dark]));
        light = MAX (get_luminance (&color), get_luminance (&card));
        shade = MIN (get_luminance (&color), get_luminance (&card));
        g_assert_cmpfloat ((light + 0.05) / (shade + 0.05), >=, 3.0);
      }
}

static DrillChartData *
new_data (DrillChartKind kind)
{
  static const guint one[] = { 3, 0, 2 }, two[] = { 1, 4, 1 };
  DrillChartData *data = drill_chart_data_new (kind, 3, "Point");

  drill_chart_data_set_point (data, 0, "a", "Point A");
  drill_chart_data_set_point (data, 1, "b", "Point B");
  drill_chart_data_set_point (data, 2, "c", "Point C");
  drill_chart_data_add_series (data, "One", DRILL_TONE_BLUE, one);
  drill_chart_data_add_series (data, "Two", DRILL_TONE_ORANGE, two);

  return data;
}

static void
test_words (void)
{
  g_autoptr(DrillChartData) columns = new_data (DRILL_CHART_COLUMNS);
  g_autoptr(DrillChartData) steps = new_data (DRILL_CHART_STEPS);
  g_autofree char *all = drill_chart_data_dup_text (columns, 0, DRILL_CHART_WHOLE, "; ");
  g_autofree char *some = drill_chart_data_dup_text (columns, 1, DRILL_CHART_WHOLE, "; ");
  g_autofree char *one = drill_chart_data_dup_text (columns, 1, 0, "; ");
  g_autofree char *levels = drill_chart_data_dup_text (steps, 1, DRILL_CHART_WHOLE, "; ");
  g_autofree char *summary = drill_chart_data_dup_summary (columns);
  g_autofree char *last = drill_chart_data_dup_summary (steps);

  g_assert_cmpstr (all, ==, "Point A; One: 3; Two: 1; Total: 4");
  g_assert_cmpstr (some, ==, "Point B; Two: 4");
  g_assert_cmpstr (one, ==, "Point B; One: 0");
  g_assert_cmpstr (levels, ==, "Point B; One: 0; Two: 4");
  g_assert_cmpstr (summary, ==, "From Point A to Point C. Highest: Point A; One: 3; Two: 1; Total: 4.");
  g_assert_cmpstr (last, ==, "From Point A to Point C. Highest: Point A; One: 3; Two: 1. Last: Point C; One: 2; Two: 1.");
}

static GtkWidget *
show_chart (DrillChartData   *data,
            GtkTextDirection  direction,
            GtkWidget       **chart)
{
  GtkWidget *window = gtk_window_new ();

  *chart = drill_chart_new ();
  gtk_widget_set_direction (*chart, direction);
  drill_chart_set_data (DRILL_CHART (*chart), data, "Title");
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 300);
  gtk_window_set_child (GTK_WINDOW (window), *chart);
  gtk_window_present (GTK_WINDOW (window));
  drill_test_settle ();
  g_assert_true (gtk_widget_grab_focus (*chart));

  return window;
}

/* What is drawn somewhere is what a click there finds */
static void
test_places (void)
{
  for (guint kind = DRILL_CHART_COLUMNS; kind <= DRILL_CHART_STEPS; kind++)
    for (guint rtl = 0; rtl < 2; rtl++)
      {
        g_autoptr(DrillChartData) data = new_data ((DrillChartKind) kind);
        GtkWidget *chart;
        GtkWidget *window = show_chart (data, rtl == 1 ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR, &chart);
        g_autoptr(DrillChartFrame) frame = drill_chart_frame_new (chart, data, 600, 300);
        graphene_rect_t first, last;

        for (guint i = 0; i < 3; i++)
          for (guint j = 0; j < 2; j++)
            {
              graphene_rect_t area;
              guint point = 99, series = 99;

              drill_chart_frame_get_value (frame, i, j, &area);
              g_assert_cmpfloat (area.origin.x, >=, 0);
              g_assert_cmpfloat (area.origin.x + area.size.width, <=, 600);
              g_assert_cmpfloat (area.origin.y, >=, 0);
              g_assert_cmpfloat (area.origin.y + area.size.height, <=, 300);
              if (drill_chart_data_get_value (data, i, j) == 0)
                continue;
              /* Just below the top, where no other step is */
              g_assert_true (drill_chart_frame_find (frame, area.origin.x + area.size.width / 2, area.origin.y + 2,
                                                     &point, &series));
              g_assert_cmpuint (point, ==, i);
              g_assert_cmpuint (series, ==, j);
            }

        /* The other way round in languages that are */
        drill_chart_frame_get_point (frame, 0, &first);
        drill_chart_frame_get_point (frame, 2, &last);
        if (kind != DRILL_CHART_BARS)
          g_assert_true ((first.origin.x < last.origin.x) == (rtl == 0));
        else
          g_assert_cmpfloat (first.origin.y, <, last.origin.y);

        gtk_window_destroy (GTK_WINDOW (window));
      }
}

/* The left edge of a name on the axis of time, or -1 */
static float
find_name (DrillChartFrame *frame,
           const char      *name)
{
  for (guint i = 0; i < frame->texts->len; i++)
    {
      const DrillChartText *text = &g_array_index (frame->texts, DrillChartText, i);

      if (text->y >= frame->plot.origin.y + frame->plot.size.height &&
          g_str_equal (pango_layout_get_text (text->layout), name))
        return text->x;
    }

  return -1;
}

/* However long, and whichever way round: its times can be read below */
static void
test_times (void)
{
  static const struct
  {
    gint64 length_us;
    const char *name; /* of the first */
  } ranges[] = {
    { 24 * G_TIME_SPAN_HOUR, "12:00" },
    { 30 * G_TIME_SPAN_DAY, "1 Jun" },
    { 200 * G_TIME_SPAN_DAY, "1 Jun" },
    { 600 * G_TIME_SPAN_DAY, "Jun 2026" },
  };
  gint64 first_us = drill_time_parse (DRILL_PROGRAM_NOW, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    for (guint rtl = 0; rtl < 2; rtl++)
      {
        g_autoptr(DrillChartData) data = NULL;
        g_autoptr(DrillChartFrame) frame = NULL;
        g_autofree guint *values = NULL;
        DrillTimeBuckets buckets;
        GtkWidget *chart, *window;
        graphene_rect_t first;
        guint n_names = 0;
        float x;

        drill_time_buckets_init (&buckets, first_us, first_us + ranges[i].length_us);
        values = g_new0 (guint, buckets.n);
        values[0] = 3;
        data = drill_chart_time_new_data (DRILL_CHART_COLUMNS, &buckets);
        drill_chart_data_add_series (data, "One", DRILL_TONE_BLUE, values);
        window = show_chart (data, rtl == 1 ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR, &chart);
        frame = drill_chart_frame_new (chart, data, 600, 300);

        for (guint j = 0; j < buckets.n; j++)
          {
            g_assert_cmpstr (drill_chart_data_get_mark (data, j), !=, "");
            x = find_name (frame, drill_chart_data_get_mark (data, j));
            n_names += x >= 0;
            g_assert_cmpfloat (x, <, 600);
          }
        g_assert_cmpuint (n_names, >, 3);

        /* The first is where its point is */
        g_assert_cmpstr (drill_chart_data_get_mark (data, 0), ==, ranges[i].name);
        x = find_name (frame, ranges[i].name);
        drill_chart_frame_get_point (frame, 0, &first);
        g_assert_cmpfloat (x, >=, 0);
        g_assert_true ((x < 300) == (rtl == 0));
        g_assert_true ((first.origin.x < 300) == (rtl == 0));
        gtk_window_destroy (GTK_WINDOW (window));
      }
}

static void
open_cb (DrillChart *chart,
         guint       point,
         guint       series,
         guint      *opened)
{
  opened[0] = point;
  opened[1] = series;
}

static void
test_keys (void)
{
  g_autoptr(DrillChartData) data = new_data (DRILL_CHART_COLUMNS);
  guint opened[2] = { 99, 99 };
  GtkWidget *chart;
  GtkWidget *window;

  drill_chart_data_set_hint (data, "Click");
  drill_chart_data_set_opens (data, 2, 1);
  window = show_chart (data, GTK_TEXT_DIR_LTR, &chart);
  g_signal_connect (chart, "open", G_CALLBACK (open_cb), opened);

  /* The newest first, and no further */
  press (chart, GDK_KEY_Left);
  assert_selected (DRILL_CHART (chart), 2, DRILL_CHART_WHOLE);
  press (chart, GDK_KEY_Right);
  assert_selected (DRILL_CHART (chart), 2, DRILL_CHART_WHOLE);
  press (chart, GDK_KEY_Left);
  press (chart, GDK_KEY_Left);
  assert_selected (DRILL_CHART (chart), 0, DRILL_CHART_WHOLE);
  press (chart, GDK_KEY_End);
  assert_selected (DRILL_CHART (chart), 2, DRILL_CHART_WHOLE);

  /* Up the column; only one value can be opened */
  press (chart, GDK_KEY_Up);
  assert_selected (DRILL_CHART (chart), 2, 0);
  press (chart, GDK_KEY_Return);
  g_assert_cmpuint (opened[0], ==, 99);
  press (chart, GDK_KEY_Up);
  press (chart, GDK_KEY_Up);
  assert_selected (DRILL_CHART (chart), 2, 1);
  press (chart, GDK_KEY_Return);
  g_assert_cmpuint (opened[0], ==, 2);
  g_assert_cmpuint (opened[1], ==, 1);
  press (chart, GDK_KEY_Down);
  press (chart, GDK_KEY_Down);
  assert_selected (DRILL_CHART (chart), 2, DRILL_CHART_WHOLE);

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_keys_other_way_round (void)
{
  g_autoptr(DrillChartData) columns = new_data (DRILL_CHART_COLUMNS);
  g_autoptr(DrillChartData) bars = new_data (DRILL_CHART_BARS);
  GtkWidget *chart;
  GtkWidget *window = show_chart (columns, GTK_TEXT_DIR_RTL, &chart);

  press (chart, GDK_KEY_End);
  press (chart, GDK_KEY_Right);
  assert_selected (DRILL_CHART (chart), 1, DRILL_CHART_WHOLE);
  gtk_window_destroy (GTK_WINDOW (window));

  window = show_chart (bars, GTK_TEXT_DIR_RTL, &chart);
  press (chart, GDK_KEY_Home);
  press (chart, GDK_KEY_Down);
  press (chart, GDK_KEY_Left);
  assert_selected (DRILL_CHART (chart), 1, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The chart and the table behind it say the same */
static void
test_table (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *card = g_object_new (DRILL_TYPE_CHART_CARD, "title", "Title", "empty-text", "Nothing", NULL);
  g_autoptr(DrillChartData) data = new_data (DRILL_CHART_COLUMNS);
  g_autoptr(DrillChartData) none = drill_chart_data_new (DRILL_CHART_COLUMNS, 0, "Point");
  GtkWidget *table;

  adw_window_set_content (ADW_WINDOW (window), card);
  gtk_window_present (GTK_WINDOW (window));
  drill_chart_card_set_data (DRILL_CHART_CARD (card), data);
  drill_test_settle ();

  /* The legend names the series, and the value that is selected can be read */
  g_assert_nonnull (drill_test_find_named (card, "One"));
  g_assert_nonnull (drill_test_find_named (card, "Two"));
  gtk_widget_grab_focus (drill_test_find (card, DRILL_TYPE_CHART));
  press (drill_test_find (card, DRILL_TYPE_CHART), GDK_KEY_End);
  g_assert_nonnull (drill_test_find_named (card, "Point C  ·  One: 2  ·  Two: 1  ·  Total: 3"));

  g_object_set (card, "table-visible", TRUE, NULL);
  drill_test_settle ();
  table = drill_test_find (card, GTK_TYPE_COLUMN_VIEW);
  g_assert_true (gtk_widget_get_mapped (table));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_column_view_get_columns (GTK_COLUMN_VIEW (table))), ==, 4);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (table)))), ==, 3);
  g_assert_nonnull (drill_test_find_named (table, "Point A"));
  g_assert_nonnull (drill_test_find_named (table, "4"));
  g_assert_nonnull (drill_test_find_named (table, "Total"));

  drill_chart_card_set_data (DRILL_CHART_CARD (card), none);
  drill_test_settle ();
  g_assert_nonnull (drill_test_find_named (card, "Nothing"));

  gtk_window_destroy (GTK_WINDOW (window));
}

static gint64
add_up (DrillChartData *data)
{
  gint64 sum = 0;

  for (guint i = 0; i < drill_chart_data_get_n_points (data); i++)
    sum += drill_chart_data_get_total (data, i);

  return sum;
}

static GtkWidget *
open_view (DrillProgram *program,
           const char   *name,
           GType         type)
{
  GtkWidget *view;

  drill_program_activate (program, "win.show-view", g_variant_new_string (name));
  drill_test_settle ();
  view = drill_test_find (GTK_WIDGET (program->window), type);
  g_assert_nonnull (view);

  return view;
}

static gboolean
is_routes (gpointer data)
{
  DrillProgram *program = data;

  return gtk_widget_get_mapped (GTK_WIDGET (drill_window_get_routes_view (program->window)));
}

/* Opens a value with Enter and counts the routes that come */
static guint
open_value (DrillProgram *program,
            DrillChart   *chart,
            guint         point,
            guint         series)
{
  gboolean bars = drill_chart_data_get_kind (drill_chart_get_data (chart)) == DRILL_CHART_BARS;

  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (chart)));
  press (chart, GDK_KEY_Home);
  for (guint i = 0; i < point; i++)
    press (chart, bars ? GDK_KEY_Down : GDK_KEY_Right);
  for (guint i = 0; series != DRILL_CHART_WHOLE && i <= series; i++)
    press (chart, bars ? GDK_KEY_Right : GDK_KEY_Up);
  assert_selected (chart, point, series);
  g_assert_true (press (chart, GDK_KEY_Return));
  drill_test_wait (is_routes, program, "the routes");
  drill_test_settle ();

  return drill_program_get_n_rows (program);
}

static void
check_suppressions (gpointer data)
{
  DrillProgram *program = data;
  GtkWidget *view = open_view (program, "suppressions", DRILL_TYPE_SUPPRESSIONS_VIEW);
  DrillChart *chart = get_chart (view, 0);
  DrillChartData *shown = drill_chart_get_data (chart);
  const DrillRouteQuery *query;
  guint point = 0, n_category = 0;

  g_assert_cmpint (add_up (shown), ==, 146);
  for (guint i = 0; i < drill_chart_data_get_n_points (shown); i++)
    {
      n_category += drill_chart_data_get_value (shown, i, 0);
      if (drill_chart_data_get_value (shown, i, 0) > 0)
        point = i;
    }
  g_assert_cmpuint (n_category, ==, 51);

  /* All of the category: a time is no filter */
  g_assert_cmpuint (open_value (program, chart, point, 0), ==, 51);
  query = drill_route_list_get_query (program->list);
  g_assert_true (drill_route_query_get_all_plans (query));
  g_assert_true (drill_route_query_contains (query, DRILL_FACET_ACTION, "suppress"));
  g_assert_true (drill_route_query_contains (query, DRILL_FACET_CATEGORY, "maintenance_window"));
}

static void
check_overview (gpointer data)
{
  DrillProgram *program = data;
  GtkWidget *view = open_view (program, "overview", DRILL_TYPE_OVERVIEW_VIEW);
  DrillChart *open = get_chart (view, OPEN_CHART);
  DrillChart *owners = get_chart (view, OWNER_CHART);
  DrillChart *times = get_chart (view, TIME_CHART);
  DrillChartData *open_data = drill_chart_get_data (open), *owner_data = drill_chart_get_data (owners);
  guint last = drill_chart_data_get_n_points (open_data) - 1;
  guint not_yet = drill_chart_data_get_n_points (drill_chart_get_data (times)) - 1;
  guint n_named = 0;
  DrillDashboard counts;
  gint64 n[3] = { 0, 0, 0 };

  drill_dashboard_compute (drill_session_get_evidence (program->session), drill_time_parse (DRILL_PROGRAM_NOW, -1), &counts);
  g_assert_cmpuint (counts.n_unlisted, ==, 0);

  /* Now is what the metrics above say */
  g_assert_cmpuint (drill_chart_data_get_value (open_data, last, 0), ==, counts.n_outstanding);
  g_assert_cmpuint (drill_chart_data_get_value (open_data, last, 1), ==, counts.n_breached);
  g_assert_cmpuint (drill_chart_data_get_value (drill_chart_get_data (times), not_yet, 0), ==, counts.n_outstanding);
  for (guint i = 0; i < drill_chart_data_get_n_points (owner_data); i++)
    for (guint j = 0; j < 3; j++)
      n[j] += drill_chart_data_get_value (owner_data, i, j);
  g_assert_cmpint (n[0], ==, counts.n_breached);
  g_assert_cmpint (n[0] + n[1], ==, counts.n_outstanding);

  /* And so are the routes behind it */
  g_assert_cmpuint (open_value (program, open, last, 1), ==, counts.n_breached);
  open_view (program, "overview", DRILL_TYPE_OVERVIEW_VIEW);
  g_assert_cmpuint (open_value (program, open, last, 0), ==, counts.n_outstanding);
  open_view (program, "overview", DRILL_TYPE_OVERVIEW_VIEW);
  g_assert_cmpuint (open_value (program, times, not_yet, 0), ==, counts.n_outstanding);

  for (guint i = 0; i < drill_chart_data_get_n_points (owner_data); i++)
    for (guint j = 0; j < 3; j++)
      if (drill_chart_data_get_opens (owner_data, i, j))
        {
          open_view (program, "overview", DRILL_TYPE_OVERVIEW_VIEW);
          g_assert_cmpuint (open_value (program, owners, i, j), ==, drill_chart_data_get_value (owner_data, i, j));
          n_named++;
        }
  g_assert_cmpuint (n_named, >, 3);
}

static void
run_on_medium (void (*check) (gpointer program))
{
  g_autofree char *path = drill_test_conformance_path ("medium/history.json");
  const char *arguments[] = { "--file", path, NULL };

  drill_program_forget ();
  drill_program_run (arguments, check);
}

static void
test_suppressions (void)
{
  run_on_medium (check_suppressions);
}

static void
test_overview (void)
{
  run_on_medium (check_overview);
}

static void
test_overview_of_nothing (void)
{
  DrillViewFixture fixture;

  drill_view_fixture_set_up (&fixture, drill_overview_view_new ());
  drill_view_fixture_open_text (&fixture, "none.json", "{\"items\":[]}");
  g_assert_nonnull (drill_test_find_named (fixture.view, "Nothing Planned Yet"));
  drill_view_fixture_tear_down (&fixture);
}

static void
test_range (void)
{
  DrillViewFixture fixture;
  g_autofree char *path = drill_test_conformance_path ("medium/history.json");
  DrillChartData *all, *day;

  drill_view_fixture_set_up (&fixture, drill_overview_view_new ());
  drill_view_fixture_open_path (&fixture, path);
  all = g_object_ref (drill_chart_get_data (get_chart (fixture.view, OPEN_CHART)));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drill_test_find (fixture.view, GTK_TYPE_DROP_DOWN)), 1);
  day = drill_chart_get_data (get_chart (fixture.view, OPEN_CHART));

  /* 24 hours are 25 that have begun, or are about to */
  g_assert_cmpuint (drill_chart_data_get_n_points (day), ==, 25);
  g_assert_cmpuint (drill_chart_data_get_value (day, 24, 0), ==,
                    drill_chart_data_get_value (all, drill_chart_data_get_n_points (all) - 1, 0));
  g_object_unref (all);
  drill_view_fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  drill_test_init (&argc, &argv);

  g_test_add_func ("/drill/ui/charts/scale", test_scale);
  g_test_add_func ("/drill/ui/charts/contrast", test_contrast);
  g_test_add_func ("/drill/ui/charts/words", test_words);
  g_test_add_func ("/drill/ui/charts/places", test_places);
  g_test_add_func ("/drill/ui/charts/times", test_times);
  g_test_add_func ("/drill/ui/charts/keys", test_keys);
  g_test_add_func ("/drill/ui/charts/keys-other-way-round", test_keys_other_way_round);
  g_test_add_func ("/drill/ui/charts/table", test_table);
  g_test_add_func ("/drill/ui/charts/suppressions", test_suppressions);
  g_test_add_func ("/drill/ui/charts/overview", test_overview);
  g_test_add_func ("/drill/ui/charts/overview-of-nothing", test_overview_of_nothing);
  g_test_add_func ("/drill/ui/charts/range", test_range);

  return g_test_run ();
}
