// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-query-fixture.h"

#include "query/drill-route-table.h"
#include "query/drill-selection.h"

static void
count_cb (DrillSelection *selection,
          guint          *n)
{
  (*n)++;
}

static void
assert_rows (DrillSelection *selection,
             const guint32  *expected,
             guint           n)
{
  g_autoptr(GArray) rows = drill_selection_dup_rows (selection);

  g_assert_cmpuint (drill_selection_get_n (selection), ==, n);
  g_assert_cmpmem (rows->data, sizeof (guint32) * rows->len, expected, sizeof (guint32) * n);
}

static void
test_set (void)
{
  g_autoptr(DrillSelection) selection = drill_selection_new ();
  static const guint32 some[] = { 3, 64, 1000000 };
  static const guint32 expected[] = { 3, 5, 64 };
  static const guint32 same[] = { 64, 5, 3 };
  guint n = 0;

  g_signal_connect (selection, "changed", G_CALLBACK (count_cb), &n);
  drill_selection_add_rows (selection, some, 3);
  g_assert_cmpuint (n, ==, 1);
  drill_selection_add (selection, 5);
  drill_selection_add (selection, 5);
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (drill_selection_contains (selection, 1000000));
  g_assert_false (drill_selection_contains (selection, 4));
  g_assert_false (drill_selection_contains (selection, DRILL_NONE));

  drill_selection_remove (selection, 1000000);
  drill_selection_remove (selection, 77);
  g_assert_cmpuint (n, ==, 3);
  assert_rows (selection, expected, 3);

  drill_selection_set_rows (selection, same, 3);
  g_assert_cmpuint (n, ==, 3);
  drill_selection_set_rows (selection, some, 2);
  g_assert_cmpuint (n, ==, 4);
  assert_rows (selection, some, 2);

  drill_selection_add (selection, DRILL_NONE);
  drill_selection_clear (selection);
  drill_selection_clear (selection);
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpuint (drill_selection_get_n (selection), ==, 0);
}

/* Whatever is filtered and however it is sorted, the rows are the same. */
static void
test_filter_and_sort (void)
{
  g_autofree char *json = fixture_random (3, 0, 50);
  g_autoptr(DrillEvidence) evidence = fixture_parse (json);
  g_autoptr(DrillRouteTable) table = drill_route_table_new (evidence, NULL);
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  g_autoptr(DrillSelection) selection = drill_selection_new ();
  g_autoptr(DrillRouteResult) result = NULL;
  guint32 row;
  guint n_seen = 0;

  drill_route_query_set_all_plans (query, TRUE);
  result = drill_route_table_query (table, query, FIXTURE_NOW_US);
  row = drill_route_result_get_rows (result)[7];
  drill_selection_add (selection, row);
  g_clear_pointer (&result, drill_route_result_unref);

  drill_route_query_append_sort (query, DRILL_KEY_OWNER, TRUE);
  result = drill_route_table_query (table, query, FIXTURE_NOW_US);
  for (guint i = 0; i < drill_route_result_get_n_rows (result); i++)
    n_seen += drill_selection_contains (selection, drill_route_result_get_rows (result)[i]);
  g_assert_cmpuint (n_seen, ==, 1);
}

static void
test_refresh (void)
{
  g_autofree char *first = fixture_random (3, 0, 50);
  g_autofree char *more = fixture_random (4, 500, 20);
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) before = NULL;
  g_autoptr(DrillEvidence) after = NULL;
  g_autoptr(DrillSelection) selection = drill_selection_new ();
  static const guint32 rows[] = { 0, 3, 40 };
  guint n = 0;

  fixture_add (builder, first);
  before = drill_evidence_builder_snapshot (builder);
  fixture_add (builder, more);
  after = drill_evidence_builder_snapshot (builder);
  g_assert_cmpuint (drill_evidence_get_n_routes (after), >, drill_evidence_get_n_routes (before));

  drill_selection_add_rows (selection, rows, 3);
  g_signal_connect (selection, "changed", G_CALLBACK (count_cb), &n);
  drill_selection_move_to (selection, before, after);
  assert_rows (selection, rows, 3);
  g_assert_cmpuint (n, ==, 0);
}

/* A full reload puts the same routes into other rows. */
static void
test_other_builder (void)
{
  g_autofree char *first = fixture_random (3, 0, 30);
  g_autofree char *second = fixture_random (4, 500, 30);
  g_autoptr(DrillEvidenceBuilder) one = drill_evidence_builder_new ();
  g_autoptr(DrillEvidenceBuilder) two = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) before = NULL;
  g_autoptr(DrillEvidence) after = NULL;
  guint n_routes;

  fixture_add (one, first);
  fixture_add (one, second);
  before = drill_evidence_builder_snapshot (one);
  fixture_add (two, second);
  fixture_add (two, first);
  after = drill_evidence_builder_snapshot (two);
  n_routes = drill_evidence_get_n_routes (before);
  g_assert_cmpuint (drill_evidence_get_n_routes (after), ==, n_routes);

  for (guint32 row = 0; row < n_routes; row++)
    {
      g_autoptr(DrillSelection) selection = drill_selection_new ();
      g_autoptr(GArray) moved = NULL;
      g_autofree char *id = drill_evidence_dup_route_id (before, row);
      g_autofree char *moved_id = NULL;

      drill_selection_add (selection, row);
      drill_selection_move_to (selection, before, after);
      moved = drill_selection_dup_rows (selection);
      g_assert_cmpuint (moved->len, ==, 1);
      moved_id = drill_evidence_dup_route_id (after, g_array_index (moved, guint32, 0));
      g_assert_cmpstr (moved_id, ==, id);
    }
}

/* The same texts in the same order, but other rows */
static void
test_other_rows (void)
{
  static const char form[] =
    "{'items':[{'session_id':'p','created_at':'2026-05-20T09:00:00Z',"
    "'metadata_kind':'go-backend-rollback-drill-notification-plan','plan':{'plan_id':'p','schedule_id':'s',"
    "'route_decisions':[{'provider':'slack','owner':'Ops','action':'deliver'},%s,%s]}}]}";
  static const char second[] = "{'provider':'teams','owner':'Edge','action':'deliver'}";
  static const char third[] = "{'provider':'slack','owner':'Edge','action':'deliver'}";
  g_autofree char *first_json = g_strdup_printf (form, second, third);
  g_autofree char *other_json = g_strdup_printf (form, third, second);
  g_autoptr(DrillEvidence) before = fixture_parse (first_json);
  g_autoptr(DrillEvidence) after = fixture_parse (other_json);
  g_autoptr(DrillSelection) selection = drill_selection_new ();
  static const guint32 expected[] = { 2 };

  drill_selection_add (selection, 1);
  drill_selection_move_to (selection, before, after);
  assert_rows (selection, expected, 1);
}

static void
test_gone (void)
{
  g_autofree char *first = fixture_random (3, 0, 30);
  g_autofree char *second = fixture_random (4, 500, 30);
  g_autoptr(DrillEvidence) before = fixture_parse (first);
  g_autoptr(DrillEvidence) after = fixture_parse (second);
  g_autoptr(DrillSelection) selection = drill_selection_new ();
  static const guint32 rows[] = { 0, 5 };
  guint n = 0;

  drill_selection_add_rows (selection, rows, 2);
  g_signal_connect (selection, "changed", G_CALLBACK (count_cb), &n);
  drill_selection_move_to (selection, before, after);
  g_assert_cmpuint (drill_selection_get_n (selection), ==, 0);
  g_assert_cmpuint (n, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/query/selection/set", test_set);
  g_test_add_func ("/drill/query/selection/filter-and-sort", test_filter_and_sort);
  g_test_add_func ("/drill/query/selection/refresh", test_refresh);
  g_test_add_func ("/drill/query/selection/other-builder", test_other_builder);
  g_test_add_func ("/drill/query/selection/other-rows", test_other_rows);
  g_test_add_func ("/drill/query/selection/gone", test_gone);

  return g_test_run ();
}
