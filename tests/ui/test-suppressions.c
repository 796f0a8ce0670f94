// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-view-fixture.h"

#include "ui/suppressions/drill-suppression-row.h"
#include "ui/suppressions/drill-suppressions-view.h"

static GtkListBox *
get_list (DrillViewFixture *fixture)
{
  return GTK_LIST_BOX (drill_test_find (fixture->view, GTK_TYPE_LIST_BOX));
}

static void
set_up (DrillViewFixture *fixture)
{
  g_autofree char *path = drill_test_conformance_path ("medium/history.json");

  drill_view_fixture_set_up (fixture, drill_suppressions_view_new ());
  drill_view_fixture_open_path (fixture, path);
}

/* The counts of conformance/medium/suppression.json, the largest first. */
static void
test_counts (void)
{
  static const struct
  {
    const char *category;
    const char *name;
    const char *count;
    const char *share;
  } rows[] = {
    { "maintenance_window", "Maintenance window", "51 routes", "35 %" },
    { "healthy_schedule", "Healthy schedule", "35 routes", "24 %" },
    { "owner_calendar", "Owner calendar", "31 routes", "21 %" },
    { "other", "Other", "16 routes", "11 %" },
    { "operator_hold", "Operator hold", "13 routes", "9 %" },
  };
  DrillViewFixture fixture;

  set_up (&fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (get_list (&fixture), (int) i));

      g_assert_cmpstr (drill_suppression_row_get_value (DRILL_SUPPRESSION_ROW (row)), ==, rows[i].category);
      g_assert_nonnull (drill_test_find_named (row, rows[i].name));
      g_assert_nonnull (drill_test_find_named (row, rows[i].count));
      g_assert_nonnull (drill_test_find_named (row, rows[i].share));
    }
  g_assert_null (gtk_list_box_get_row_at_index (get_list (&fixture), G_N_ELEMENTS (rows)));

  drill_view_fixture_tear_down (&fixture);
}

static void
show_routes_cb (DrillSuppressionsView *view,
                DrillRouteQuery       *query,
                DrillRouteQuery      **shown)
{
  g_assert_null (*shown);
  *shown = drill_route_query_copy (query);
}

static void
assert_shown (DrillRouteQuery *shown,
              DrillFacet       facet,
              const char      *value)
{
  g_assert_nonnull (shown);
  g_assert_true (drill_route_query_get_all_plans (shown));
  g_assert_true (drill_route_query_contains (shown, DRILL_FACET_ACTION, "suppress"));
  g_assert_cmpuint (g_strv_length ((char **) drill_route_query_get_values (shown, facet)), ==, 1);
  g_assert_true (drill_route_query_contains (shown, facet, value));
}

static void
test_click_through (void)
{
  DrillViewFixture fixture;
  GtkListBoxRow *row;
  g_autoptr(DrillRouteQuery) shown = NULL;

  set_up (&fixture);
  g_signal_connect (fixture.view, "show-routes", G_CALLBACK (show_routes_cb), &shown);
  row = gtk_list_box_get_row_at_index (get_list (&fixture), 2);

  /* What Enter and a click do */
  g_signal_emit_by_name (row, "activate");
  assert_shown (shown, DRILL_FACET_CATEGORY, "owner_calendar");

  drill_view_fixture_tear_down (&fixture);
}

/* The sums of conformance/medium/suppression.json by the others */
static void
test_by (void)
{
  static const struct
  {
    const char *button;
    DrillFacet facet;
    const char *value;
    const char *count;
  } ways[] = {
    { "Owner", DRILL_FACET_OWNER, "sre-oncall", "25 routes" },
    { "Provider", DRILL_FACET_PROVIDER, "jira", "22 routes" },
    { "Schedule", DRILL_FACET_SCHEDULE, "sched_00033_go_fallback", "8 routes" },
    { "Category", DRILL_FACET_CATEGORY, "maintenance_window", "51 routes" },
  };
  DrillViewFixture fixture;

  set_up (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr(DrillRouteQuery) shown = NULL;
      GtkListBoxRow *row;

      drill_test_click (fixture.view, ways[i].button);
      drill_test_settle ();
      row = gtk_list_box_get_row_at_index (get_list (&fixture), 0);
      g_assert_cmpstr (drill_suppression_row_get_value (DRILL_SUPPRESSION_ROW (row)), ==, ways[i].value);
      g_assert_nonnull (drill_test_find_named (GTK_WIDGET (row), ways[i].count));

      g_signal_connect (fixture.view, "show-routes", G_CALLBACK (show_routes_cb), &shown);
      g_signal_emit_by_name (row, "activate");
      assert_shown (shown, ways[i].facet, ways[i].value);
      g_signal_handlers_disconnect_by_data (fixture.view, &shown);
    }
  drill_view_fixture_tear_down (&fixture);
}

static void
test_nothing_suppressed (void)
{
  DrillViewFixture fixture;

  set_up (&fixture);
  drill_view_fixture_open_text (&fixture, "none.json", "{\"items\":[]}");
  g_assert_nonnull (drill_test_find_named (fixture.view, "Nothing Suppressed"));
  drill_view_fixture_tear_down (&fixture);
}

/* What a service makes up is shown as it is, and never as markup. */
static void
test_unknown_category (void)
{
  DrillViewFixture fixture;
  GtkWidget *row;

  drill_view_fixture_set_up (&fixture, drill_suppressions_view_new ());
  drill_view_fixture_open_text (&fixture, "unknown.json",
                                "[{\"session_id\":\"p\",\"created_at\":\"2026-05-20T10:00:00Z\","
                                "\"metadata_kind\":\"go-backend-rollback-drill-notification-plan\",\"schedule_id\":\"s\","
                                "\"plan\":{\"plan_id\":\"p\",\"route_decisions\":["
                                "{\"provider\":\"slack\",\"owner\":\"<i>a</i>\",\"action\":\"suppress\","
                                "\"reason\":\"x\",\"category\":\"<b>moon_phase</b>\"},"
                                "{\"provider\":\"teams\",\"action\":\"deliver\"}]}}]");

  row = GTK_WIDGET (gtk_list_box_get_row_at_index (get_list (&fixture), 0));
  g_assert_nonnull (drill_test_find_named (row, "<b>moon_phase</b>"));
  g_assert_nonnull (drill_test_find_named (row, "1 route"));
  g_assert_nonnull (drill_test_find_named (row, "Owners: <i>a</i>"));
  g_assert_nonnull (drill_test_find_named (fixture.view, "1 of the 2 routes of all plans were suppressed (50 %)."));

  drill_view_fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  drill_test_init (&argc, &argv);

  g_test_add_func ("/drill/ui/suppressions/counts", test_counts);
  g_test_add_func ("/drill/ui/suppressions/click-through", test_click_through);
  g_test_add_func ("/drill/ui/suppressions/by", test_by);
  g_test_add_func ("/drill/ui/suppressions/nothing-suppressed", test_nothing_suppressed);
  g_test_add_func ("/drill/ui/suppressions/unknown-category", test_unknown_category);

  return g_test_run ();
}
