// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-query-fixture.h"

#include "base/drill-time.h"
#include "query/drill-route-table.h"

/* Two plans of one schedule, so that the first is an old one; times around
 * FIXTURE_NOW_US, 10:00 */
static const char history[] =
  "{'items':["
  "{'session_id':'p1','created_at':'2026-05-20T08:00:00+00:00',"
  "'metadata_kind':'go-backend-rollback-drill-notification-plan','plan':{"
  "'plan_id':'old','schedule_id':'s1','alert_level':'warning','route_decisions':["
  "{'provider':'slack','owner':'Ops','action':'deliver','acknowledgement_minutes':30},"
  "{'provider':'teams','owner':'Edge','action':'suppress','reason':'it is healthy'}]}},"
  "{'session_id':'p2','created_at':'2026-05-20T09:00:00+00:00',"
  "'metadata_kind':'go-backend-rollback-drill-notification-plan','plan':{"
  "'plan_id':'new','schedule_id':'s1','alert_level':'critical','route_decisions':["
  "{'provider':'slack','owner':'Ops','action':'deliver','acknowledgement_minutes':30},"
  "{'provider':'teams','owner':'Edge','action':'deliver','acknowledgement_minutes':70},"
  "{'provider':'jira','owner':'Edge','escalation_owner':'DevOps','action':'deliver','acknowledgement_minutes':600},"
  "{'provider':'email','owner':'Edge'},"
  "{'provider':'webhook','owner':'Mobile','action':'suppress','maintenance_window':{'window_id':'m'}}]}},"
  "{'session_id':'p3','created_at':'2026-05-20T09:00:00+00:00',"
  "'metadata_kind':'go-backend-rollback-drill-notification-plan','plan':{"
  "'plan_id':'third','schedule_id':'s2','alert_level':'critical','route_decisions':["
  "{'provider':'slack','owner':'Ops','action':'deliver','acknowledgement_minutes':30}]}},"
  "{'session_id':'a1','created_at':'2026-05-20T09:10:00+00:00',"
  "'metadata_kind':'go-backend-rollback-drill-notification-ack','schedule_id':'s2','provider':'slack',"
  "'acknowledgement_state':'acknowledged','acknowledgement':{'acknowledgement_state':'acknowledged',"
  "'acknowledged_by':'release-manager','external_ref':'CHG-1'}}"
  "]}";

static DrillRouteTable *
make_table (void)
{
  g_autoptr(DrillEvidence) evidence = fixture_parse (history);

  return drill_route_table_new (evidence, NULL);
}

static void
assert_count (DrillRouteResult *result,
              DrillFacet        facet,
              const char       *value,
              int               expected) /* -1: not listed */
{
  GArray *counts = drill_route_result_get_facet (result, facet);
  int count = -1;

  for (guint i = 0; i < counts->len; i++)
    if (g_str_equal (g_array_index (counts, DrillFacetCount, i).value, value))
      count = (int) g_array_index (counts, DrillFacetCount, i).count;
  g_assert_cmpint (count, ==, expected);
}

/* Providers of the rows in their order, with spaces between */
static void
assert_providers (DrillRouteTable  *table,
                  DrillRouteResult *result,
                  const char       *expected)
{
  DrillEvidence *evidence = drill_route_table_get_evidence (table);
  const guint32 *providers = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PROVIDER);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < drill_route_result_get_n_rows (result); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            drill_evidence_get_text (evidence, DRILL_DICT_PROVIDER,
                                                     providers[drill_route_result_get_rows (result)[i]]));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_scope (void)
{
  g_autoptr(DrillRouteTable) table = make_table ();
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  g_autoptr(DrillRouteResult) current = drill_route_table_query (table, query, FIXTURE_NOW_US);
  g_autoptr(DrillRouteResult) all = NULL;

  assert_providers (table, current, "email jira slack teams webhook slack");
  g_assert_cmpuint (drill_route_result_get_n_in_scope (current), ==, 6);

  drill_route_query_set_all_plans (query, TRUE);
  all = drill_route_table_query (table, query, FIXTURE_NOW_US);
  assert_providers (table, all, "email jira slack teams webhook slack slack teams");
  g_assert_cmpuint (drill_route_result_get_n_in_scope (all), ==, 8);
  g_assert_cmpuint (drill_route_result_get_n_breached (all), ==, 1);
}

static void
test_facets (void)
{
  g_autoptr(DrillRouteTable) table = make_table ();
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  g_autoptr(DrillRouteResult) result = NULL;

  drill_route_query_add (query, DRILL_FACET_PROVIDER, "slack");
  drill_route_query_add (query, DRILL_FACET_PROVIDER, "teams");
  drill_route_query_add (query, DRILL_FACET_OWNER, "Edge");
  drill_route_query_add (query, DRILL_FACET_OWNER, "nobody");
  result = drill_route_table_query (table, query, FIXTURE_NOW_US);
  assert_providers (table, result, "teams");
  g_assert_cmpuint (drill_route_result_get_n_in_scope (result), ==, 6);

  /* Providers as if none were selected, owners as if none were … */
  assert_count (result, DRILL_FACET_PROVIDER, "teams", 1);
  assert_count (result, DRILL_FACET_PROVIDER, "jira", 1);
  assert_count (result, DRILL_FACET_PROVIDER, "email", 1);
  assert_count (result, DRILL_FACET_PROVIDER, "slack", 0);
  assert_count (result, DRILL_FACET_PROVIDER, "webhook", -1);
  assert_count (result, DRILL_FACET_OWNER, "Edge", 1);
  assert_count (result, DRILL_FACET_OWNER, "Ops", 2);
  assert_count (result, DRILL_FACET_OWNER, "nobody", 0);
  assert_count (result, DRILL_FACET_OWNER, "Mobile", -1);

  /* … and all else with both. */
  assert_count (result, DRILL_FACET_STATE, "outstanding", 1);
  assert_count (result, DRILL_FACET_STATE, "acknowledged", -1);
  assert_count (result, DRILL_FACET_SCHEDULE, "s1", 1);
  assert_count (result, DRILL_FACET_SCHEDULE, "s2", -1);
}

/* A state only where delivered, an SLO only in the escalation plan */
static void
test_state_and_slo (void)
{
  g_autoptr(DrillRouteTable) table = make_table ();
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  g_autoptr(DrillRouteResult) all = NULL;
  g_autoptr(DrillRouteResult) outstanding = NULL;
  g_autoptr(DrillRouteResult) ok = NULL;

  drill_route_query_set_all_plans (query, TRUE);
  all = drill_route_table_query (table, query, FIXTURE_NOW_US);
  assert_count (all, DRILL_FACET_STATE, "outstanding", 5);
  assert_count (all, DRILL_FACET_STATE, "acknowledged", 1);
  assert_count (all, DRILL_FACET_STATE, "", -1);
  assert_count (all, DRILL_FACET_SLO, "breached", 1);
  assert_count (all, DRILL_FACET_SLO, "due", 1);
  assert_count (all, DRILL_FACET_SLO, "ok", 2);
  assert_count (all, DRILL_FACET_CATEGORY, "healthy_schedule", 1);
  assert_count (all, DRILL_FACET_CATEGORY, "maintenance_window", 1);
  assert_count (all, DRILL_FACET_ALERT, "warning", 2);

  drill_route_query_add (query, DRILL_FACET_STATE, "outstanding");
  outstanding = drill_route_table_query (table, query, FIXTURE_NOW_US);
  assert_providers (table, outstanding, "email jira slack teams slack");

  drill_route_query_clear (query);
  drill_route_query_add (query, DRILL_FACET_SLO, "ok");
  ok = drill_route_table_query (table, query, FIXTURE_NOW_US);
  assert_providers (table, ok, "jira slack");
}

static void
test_clock (void)
{
  g_autoptr(DrillRouteTable) table = make_table ();
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  gint64 now_us = FIXTURE_NOW_US - DRILL_TIME_MINUTE * 60;
  const char *const expected[] = { "ok ok ok", "due ok ok", "breached ok ok", "breached due ok", "breached breached ok" };
  guint i;

  /* From the plan's making on, jumping from one change to the next */
  for (i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr(DrillRouteResult) result = drill_route_table_query (table, query, now_us);
      gint64 next = drill_route_result_get_next_change (result);
      g_autoptr(DrillRouteResult) just_before = drill_route_table_query (table, query, next - 1);
      g_auto(GStrv) values = g_strsplit (expected[i], " ", -1);

      for (guint facet = 0; facet < 3; facet++)
        {
          const char *const names[] = { "breached", "due", "ok" };
          int n = facet == 2 ? 1 : 0; /* the acknowledged one is always ok */

          for (guint j = 0; j < 3; j++)
            n += g_str_equal (values[j], names[facet]);
          assert_count (result, DRILL_FACET_SLO, names[facet], n == 0 ? -1 : n);
          assert_count (just_before, DRILL_FACET_SLO, names[facet], n == 0 ? -1 : n);
        }
      g_assert_cmpint (next, >, now_us);
      now_us = next;
    }

  /* 9:15 due, 9:30 breached, 9:55 due, 10:10 breached, 18:45 due, 19:00 breached: the next is the last. */
  {
    g_autoptr(DrillRouteResult) due = drill_route_table_query (table, query, now_us);
    g_autoptr(DrillRouteResult) last = NULL;

    assert_count (due, DRILL_FACET_SLO, "due", 1);
    last = drill_route_table_query (table, query, drill_route_result_get_next_change (due));
    assert_count (last, DRILL_FACET_SLO, "breached", 3);
    g_assert_cmpint (drill_route_result_get_next_change (last), ==, G_MAXINT64);
  }
}

static void
test_due_minutes (void)
{
  g_autoptr(DrillRouteTable) table = make_table ();
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  g_autoptr(DrillRouteResult) result = NULL;

  drill_route_query_set_due_minutes (query, 600);
  drill_route_query_add (query, DRILL_FACET_SLO, "due");
  result = drill_route_table_query (table, query, FIXTURE_NOW_US);
  assert_providers (table, result, "jira teams");
  g_assert_cmpuint (drill_route_result_get_n_breached (result), ==, 0);
}

/* The contract's owner rule: part of owner or escalation owner, any case */
static void
test_owner_texts (void)
{
  g_autoptr(DrillRouteTable) table = make_table ();
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  g_autoptr(DrillRouteResult) ops = NULL;
  g_autoptr(DrillRouteResult) either = NULL;

  drill_route_query_add_owner_text (query, "OPS");
  ops = drill_route_table_query (table, query, FIXTURE_NOW_US);
  assert_providers (table, ops, "jira slack slack");
  assert_count (ops, DRILL_FACET_OWNER, "Edge", 1);
  assert_count (ops, DRILL_FACET_OWNER, "Mobile", -1);

  drill_route_query_add_owner_text (query, "mob");
  either = drill_route_table_query (table, query, FIXTURE_NOW_US);
  assert_providers (table, either, "jira slack webhook slack");
}

/* What has no value comes last, whichever the direction. */
static void
test_none_last (void)
{
  g_autoptr(DrillRouteTable) table = make_table ();
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  g_autoptr(DrillRouteResult) ascending = NULL;
  g_autoptr(DrillRouteResult) descending = NULL;

  drill_route_query_append_sort (query, DRILL_KEY_SLO, FALSE);
  ascending = drill_route_table_query (table, query, FIXTURE_NOW_US);
  assert_providers (table, ascending, "slack teams jira slack email webhook");

  drill_route_query_clear_sort (query);
  drill_route_query_append_sort (query, DRILL_KEY_SLO, TRUE);
  descending = drill_route_table_query (table, query, FIXTURE_NOW_US);
  assert_providers (table, descending, "slack jira teams slack email webhook");
}

static void
test_empty (void)
{
  g_autoptr(DrillEvidence) evidence = drill_evidence_new_empty ();
  g_autoptr(DrillRouteTable) table = drill_route_table_new (evidence, NULL);
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  g_autoptr(DrillRouteResult) result = NULL;

  drill_route_query_set_search (query, "abc");
  drill_route_query_add (query, DRILL_FACET_STATE, "outstanding");
  for (guint key = 0; key < DRILL_N_KEYS; key++)
    drill_route_query_append_sort (query, key, FALSE);
  result = drill_route_table_query (table, query, FIXTURE_NOW_US);
  g_assert_cmpuint (drill_route_result_get_n_rows (result), ==, 0);
  g_assert_cmpint (drill_route_result_get_next_change (result), ==, G_MAXINT64);
  g_assert_false (drill_route_result_get_ids_pending (result));
  assert_count (result, DRILL_FACET_STATE, "outstanding", 0);
  g_assert_true (drill_route_table_prepare_ids (table, NULL));
}

/* Results and tables hold what they show. */
static void
test_lifetime (void)
{
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  DrillRouteTable *table = make_table ();
  g_autoptr(DrillRouteResult) result = NULL;
  GArray *counts;

  drill_route_query_add (query, DRILL_FACET_OWNER, "somebody");
  result = drill_route_table_query (table, query, FIXTURE_NOW_US);
  drill_route_query_remove (query, DRILL_FACET_OWNER, "somebody");
  g_assert_cmpuint (drill_route_table_get_bytes (table), >, 0);
  drill_route_table_unref (table);

  counts = drill_route_result_get_facet (result, DRILL_FACET_OWNER);
  g_assert_cmpstr (g_array_index (counts, DrillFacetCount, 0).value, ==, "Edge");
  g_assert_cmpstr (g_array_index (counts, DrillFacetCount, counts->len - 1).value, ==, "somebody");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/query/route-table/scope", test_scope);
  g_test_add_func ("/drill/query/route-table/facets", test_facets);
  g_test_add_func ("/drill/query/route-table/state-and-slo", test_state_and_slo);
  g_test_add_func ("/drill/query/route-table/clock", test_clock);
  g_test_add_func ("/drill/query/route-table/due-minutes", test_due_minutes);
  g_test_add_func ("/drill/query/route-table/owner-texts", test_owner_texts);
  g_test_add_func ("/drill/query/route-table/none-last", test_none_last);
  g_test_add_func ("/drill/query/route-table/empty", test_empty);
  g_test_add_func ("/drill/query/route-table/lifetime", test_lifetime);

  return g_test_run ();
}
