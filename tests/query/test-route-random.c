// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-query-fixture.h"
#include "drill-query-reference.h"

#include "base/drill-time.h"

#define N_PLANS   120
#define N_QUERIES 60

static const char *const values[DRILL_N_FACETS][5] = {
  [DRILL_FACET_STATE] = { "outstanding", "acknowledged", "escalated", "snoozed", "no such state" },
  [DRILL_FACET_SLO] = { "breached", "due", "ok", "ok", "late" },
  [DRILL_FACET_PROVIDER] = { "slack", "teams", "Ärger", "", "nowhere" },
  [DRILL_FACET_OWNER] = { "release-governance", "STRASSE", "Große Straße", "sre-oncall", "nobody" },
  [DRILL_FACET_ACTION] = { "deliver", "suppress", "hold", "deliver", "shout" },
  [DRILL_FACET_CATEGORY] = { "deliver", "healthy_schedule", "other", "hold", "colour" },
  [DRILL_FACET_ALERT] = { "critical", "warning", "healthy", "unknown", "purple" },
  [DRILL_FACET_SCHEDULE] = { "Schedule_1", "Schedule_2", "Schedule_3", "Schedule_4", "schedule_1" },
};

static const char *const texts[] = { "schedule_1", "GORDN-3", "strasse", "ñandú", "chg-", "änderung 4", "mai", "a", "0", "zz" };

static DrillRouteQuery *
make_query (GRand *rand)
{
  DrillRouteQuery *query = drill_route_query_new ();

  drill_route_query_set_all_plans (query, g_rand_boolean (rand));
  for (guint facet = 0; facet < DRILL_N_FACETS; facet++)
    if (g_rand_int_range (rand, 0, 4) == 0)
      for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        drill_route_query_add (query, facet, values[facet][g_rand_int_range (rand, 0, 5)]);
  if (g_rand_int_range (rand, 0, 4) == 0)
    drill_route_query_add_owner_text (query, g_rand_boolean (rand) ? "ñ" : "Strass");
  if (g_rand_int_range (rand, 0, 3) == 0)
    drill_route_query_set_search (query, texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))]);
  for (int n = g_rand_int_range (rand, 0, 5); n > 0; n--)
    drill_route_query_append_sort (query, g_rand_int_range (rand, 0, DRILL_N_KEYS), g_rand_boolean (rand));

  return query;
}

static DrillRouteTable *
make_table (guint32 seed)
{
  g_autofree char *json = fixture_random (seed, 0, N_PLANS);
  g_autoptr(DrillEvidence) evidence = fixture_parse (json);
  DrillRouteTable *table = drill_route_table_new (evidence, NULL);

  g_assert_true (drill_route_table_prepare_ids (table, NULL));

  return table;
}

/* Any combination of conditions, at any time */
static void
test_queries (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (11);

  for (guint32 seed = 0; seed < 3; seed++)
    {
      g_autoptr(DrillRouteTable) table = make_table (seed);

      for (guint i = 0; i < N_QUERIES; i++)
        {
          g_autoptr(DrillRouteQuery) query = make_query (rand);

          reference_check (table, query, FIXTURE_NOW_US + g_rand_int_range (rand, -60, 240) * DRILL_TIME_MINUTE);
        }
    }
}

/* Each key, both directions, over all routes */
static void
test_sort_keys (void)
{
  g_autoptr(DrillRouteTable) table = make_table (21);

  for (guint key = 0; key < DRILL_N_KEYS; key++)
    for (guint descending = 0; descending < 2; descending++)
      {
        g_autoptr(DrillRouteQuery) query = drill_route_query_new ();

        drill_route_query_set_all_plans (query, TRUE);
        drill_route_query_append_sort (query, key, descending);
        reference_check (table, query, FIXTURE_NOW_US);
        drill_route_query_append_sort (query, (key + 3) % DRILL_N_KEYS, !descending);
        reference_check (table, query, FIXTURE_NOW_US);
      }
}

/* A table made out of the one before answers as one made from nothing. */
static void
test_extension (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (5);
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillRouteTable) table = NULL;

  for (guint page = 0; page < 8; page++)
    {
      guint n_plans = page % 3 == 0 ? 60 : 3;
      g_autofree char *json = fixture_random (page, page * 100, n_plans);
      g_autoptr(DrillEvidence) evidence = NULL;
      g_autoptr(DrillRouteTable) previous = g_steal_pointer (&table);

      fixture_add (builder, json);
      evidence = drill_evidence_builder_snapshot (builder);
      table = drill_route_table_new (evidence, previous);
      if (page % 2 == 0)
        g_assert_true (drill_route_table_prepare_ids (table, NULL));

      for (guint i = 0; i < 6; i++)
        {
          g_autoptr(DrillRouteQuery) query = make_query (rand);

          drill_route_query_set_search (query, NULL);
          reference_check (table, query, FIXTURE_NOW_US);
        }
    }

  g_assert_true (drill_route_table_prepare_ids (table, NULL));
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr(DrillRouteQuery) query = make_query (rand);

      reference_check (table, query, FIXTURE_NOW_US);
    }
}

/* A table of something else is no start for a table: nothing of it may show. */
static void
test_extension_of_another (void)
{
  g_autoptr(DrillRouteTable) other = make_table (1);
  g_autofree char *json = fixture_random (2, 0, 3 * N_PLANS);
  g_autoptr(DrillEvidence) evidence = fixture_parse (json);
  g_autoptr(DrillRouteTable) table = drill_route_table_new (evidence, other);
  g_autoptr(DrillRouteTable) back = drill_route_table_new (drill_route_table_get_evidence (other), table);
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();

  reference_check (table, query, FIXTURE_NOW_US);
  reference_check (back, query, FIXTURE_NOW_US);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/query/route-random/queries", test_queries);
  g_test_add_func ("/drill/query/route-random/sort-keys", test_sort_keys);
  g_test_add_func ("/drill/query/route-random/extension", test_extension);
  g_test_add_func ("/drill/query/route-random/extension-of-another", test_extension_of_another);

  return g_test_run ();
}
