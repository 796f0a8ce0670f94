// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-query-fixture.h"

#include "base/drill-time.h"
#include "query/drill-suppressions.h"

#define PLAN(id, schedule, created, decisions) \
  "{'session_id':'" id "','created_at':'" created "'," \
  "'metadata_kind':'go-backend-rollback-drill-notification-plan','plan':{" \
  "'plan_id':'" id "','schedule_id':'" schedule "','route_decisions':[" decisions "]}}"

#define SUPPRESS(provider, owner, category) \
  "{'provider':'" provider "','owner':'" owner "','action':'suppress','category':'" category "','reason':'x'}"

static const char history[] =
  "{'items':["
  PLAN ("p1", "s1", "2026-05-20T08:00:00Z",
        SUPPRESS ("slack", "Ops", "hold") "," SUPPRESS ("teams", "Edge", "hold") ","
        "{'provider':'jira','owner':'Ops','action':'deliver'}") ","
  PLAN ("p2", "s1", "2026-05-20T10:59:59.999999Z", SUPPRESS ("slack", "Ops", "hold") "," SUPPRESS ("jira", "Ops", "moon")) ","
  PLAN ("p3", "s2", "2026-05-20T11:00:00Z", SUPPRESS ("slack", "Mobile", "storm")) ","
  PLAN ("p4", "s3", "soon", SUPPRESS ("slack", "Mobile", "storm"))
  "]}";

static DrillSuppressions *
count (const char *json,
       DrillFacet  by,
       guint       most_series,
       const char *from,
       const char *until)
{
  g_autoptr(DrillEvidence) evidence = fixture_parse (json);
  DrillSuppressionsScope scope = { by, DRILL_TIME_UNKNOWN, DRILL_TIME_UNKNOWN, 10, most_series };

  if (from != NULL)
    scope.from_us = drill_time_parse (from, -1);
  if (until != NULL)
    scope.until_us = drill_time_parse (until, -1);

  return drill_suppressions_count (evidence, &scope);
}

static void
assert_group (DrillSuppressions *counts,
              guint              i,
              const char        *value,
              guint              n_routes,
              const char        *latest,
              const char        *first,
              const char        *second)
{
  g_autoptr(DrillEvidence) evidence = fixture_parse (history);
  const DrillSuppressionGroup *group = g_ptr_array_index (counts->groups, i);
  const char *members[] = { first, second };
  g_autofree char *time = drill_time_format (group->latest_us);

  g_assert_cmpstr (drill_evidence_get_text (evidence, drill_suppressions_get_dict (counts->by), group->code), ==, value);
  g_assert_cmpuint (group->n_routes, ==, n_routes);
  g_assert_cmpstr (time, ==, latest);
  for (guint j = 0; j < 2; j++)
    {
      DrillDict dict = drill_suppressions_get_dict (drill_suppressions_get_member_facet (counts->by, j));
      g_autoptr(GString) names = g_string_new (NULL);

      for (guint k = 0; k < group->members[j]->len; k++)
        g_string_append_printf (names, "%s%s", k > 0 ? " " : "",
                                drill_evidence_get_text (evidence, dict, g_array_index (group->members[j], guint32, k)));
      g_assert_cmpstr (names->str, ==, members[j]);
    }
}

static void
assert_series (DrillSuppressions *counts,
               guint              series,
               const char        *expected)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < counts->buckets.n; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "", counts->counts[series * counts->buckets.n + i]);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_by_category (void)
{
  g_autoptr(DrillSuppressions) counts = count (history, DRILL_FACET_CATEGORY, 5, NULL, NULL);

  g_assert_cmpuint (counts->n_routes, ==, 7);
  g_assert_cmpuint (counts->n_suppressed, ==, 6);
  g_assert_cmpuint (counts->n_groups, ==, 3);
  assert_group (counts, 0, "hold", 3, "2026-05-20T10:59:59.999999+00:00", "Ops Edge", "slack teams");
  assert_group (counts, 1, "storm", 2, "2026-05-20T11:00:00+00:00", "Mobile", "slack");
  assert_group (counts, 2, "moon", 1, "2026-05-20T10:59:59.999999+00:00", "Ops", "jira");
}

static void
test_by_others (void)
{
  g_autoptr(DrillSuppressions) owners = count (history, DRILL_FACET_OWNER, 5, NULL, NULL);
  g_autoptr(DrillSuppressions) providers = count (history, DRILL_FACET_PROVIDER, 5, NULL, NULL);
  g_autoptr(DrillSuppressions) schedules = count (history, DRILL_FACET_SCHEDULE, 5, NULL, NULL);

  assert_group (owners, 0, "Ops", 3, "2026-05-20T10:59:59.999999+00:00", "hold moon", "slack jira");
  assert_group (providers, 0, "slack", 4, "2026-05-20T11:00:00+00:00", "hold storm", "Ops Mobile");
  assert_group (schedules, 0, "s1", 4, "2026-05-20T10:59:59.999999+00:00", "Ops Edge", "slack teams jira");
  /* Nobody knows when; and of one size by name */
  assert_group (schedules, 1, "s2", 1, "2026-05-20T11:00:00+00:00", "Mobile", "slack");
  assert_group (schedules, 2, "s3", 1, "", "Mobile", "slack");
}

static void
test_over_time (void)
{
  g_autoptr(DrillSuppressions) counts = count (history, DRILL_FACET_CATEGORY, 5, NULL, NULL);

  /* 08:00 to 11:00; the last microsecond of an hour is of that hour */
  g_assert_cmpuint (counts->n_series, ==, 3);
  g_assert_false (counts->others);
  g_assert_cmpuint (counts->buckets.n, ==, 4);
  assert_series (counts, 0, "2 0 1 0");
  assert_series (counts, 1, "0 0 0 1");
  assert_series (counts, 2, "0 0 1 0");
  g_assert_cmpuint (counts->n_untimed, ==, 1);
}

static void
test_other_series (void)
{
  g_autoptr(DrillSuppressions) one = count (history, DRILL_FACET_CATEGORY, 1, NULL, NULL);
  g_autoptr(DrillSuppressions) two = count (history, DRILL_FACET_CATEGORY, 2, NULL, NULL);

  g_assert_cmpuint (one->n_series, ==, 2);
  g_assert_true (one->others);
  assert_series (one, 0, "2 0 1 0");
  assert_series (one, 1, "0 0 1 1");
  g_assert_cmpuint (one->groups->len, ==, 3);

  /* The third is no "others" */
  g_assert_cmpuint (two->n_series, ==, 3);
  g_assert_false (two->others);
}

static void
test_few_groups (void)
{
  g_autoptr(DrillEvidence) evidence = fixture_parse (history);
  DrillSuppressionsScope scope = { DRILL_FACET_CATEGORY, DRILL_TIME_UNKNOWN, DRILL_TIME_UNKNOWN, 2, 1 };
  g_autoptr(DrillSuppressions) counts = drill_suppressions_count (evidence, &scope);

  g_assert_cmpuint (counts->groups->len, ==, 2);
  g_assert_cmpuint (counts->n_groups, ==, 3);
  assert_series (counts, 1, "0 0 1 1");
}

static void
test_range (void)
{
  g_autoptr(DrillSuppressions) counts = count (history, DRILL_FACET_CATEGORY, 5, "2026-05-20T10:30:00Z", "2026-05-20T12:10:00Z");
  g_autoptr(DrillSuppressions) later = count (history, DRILL_FACET_CATEGORY, 5, "2026-05-21T00:00:00Z", "2026-05-21T01:00:00Z");

  assert_series (counts, 0, "1 0 0");
  assert_series (counts, 1, "0 1 0");
  /* The groups are those of all time */
  g_assert_cmpuint (counts->n_suppressed, ==, 6);

  assert_series (later, 0, "0 0");
}

static void
test_nothing (void)
{
  g_autoptr(DrillSuppressions) none = count ("{'items':[]}", DRILL_FACET_CATEGORY, 5, NULL, NULL);
  g_autoptr(DrillSuppressions) delivered = count ("[" PLAN ("p", "s", "2026-05-20T08:00:00Z", "{'provider':'a','action':'deliver'}") "]",
                                                  DRILL_FACET_OWNER, 5, "2026-05-20T08:00:00Z", "2026-05-20T09:00:00Z");

  g_assert_cmpuint (none->n_suppressed, ==, 0);
  g_assert_cmpuint (none->buckets.n, ==, 0);
  g_assert_cmpuint (delivered->n_routes, ==, 1);
  g_assert_cmpuint (delivered->groups->len, ==, 0);
  g_assert_cmpuint (delivered->n_series, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/query/suppressions/by-category", test_by_category);
  g_test_add_func ("/drill/query/suppressions/by-others", test_by_others);
  g_test_add_func ("/drill/query/suppressions/over-time", test_over_time);
  g_test_add_func ("/drill/query/suppressions/other-series", test_other_series);
  g_test_add_func ("/drill/query/suppressions/few-groups", test_few_groups);
  g_test_add_func ("/drill/query/suppressions/range", test_range);
  g_test_add_func ("/drill/query/suppressions/nothing", test_nothing);

  return g_test_run ();
}
