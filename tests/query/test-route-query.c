// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-route-query.h"

static DrillRouteQuery *
make_query (void)
{
  DrillRouteQuery *query = drill_route_query_new ();

  drill_route_query_set_all_plans (query, TRUE);
  drill_route_query_set_due_minutes (query, 30);
  drill_route_query_add (query, DRILL_FACET_PROVIDER, "slack");
  drill_route_query_add (query, DRILL_FACET_PROVIDER, "teams");
  drill_route_query_add (query, DRILL_FACET_SLO, "breached");
  drill_route_query_add (query, DRILL_FACET_SCHEDULE, "");
  drill_route_query_add_owner_text (query, "sre");
  drill_route_query_set_search (query, " CHG-1 ");
  drill_route_query_append_sort (query, DRILL_KEY_SLO, FALSE);
  drill_route_query_append_sort (query, DRILL_KEY_OWNER, TRUE);

  return query;
}

static void
test_defaults (void)
{
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();

  g_assert_false (drill_route_query_get_all_plans (query));
  g_assert_cmpuint (drill_route_query_get_due_minutes (query), ==, 15);
  g_assert_false (drill_route_query_has_filters (query));
  g_assert_null (drill_route_query_get_search (query));
  g_assert_cmpuint (drill_route_query_get_n_sort (query), ==, 0);
  for (guint facet = 0; facet < DRILL_N_FACETS; facet++)
    g_assert_null (drill_route_query_get_values (query, facet)[0]);
}

static void
test_values (void)
{
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();

  drill_route_query_add (query, DRILL_FACET_STATE, "outstanding");
  drill_route_query_add (query, DRILL_FACET_STATE, "escalated");
  drill_route_query_add (query, DRILL_FACET_STATE, "outstanding");
  g_assert_cmpuint (g_strv_length ((char **) drill_route_query_get_values (query, DRILL_FACET_STATE)), ==, 2);
  g_assert_true (drill_route_query_contains (query, DRILL_FACET_STATE, "escalated"));
  g_assert_false (drill_route_query_contains (query, DRILL_FACET_STATE, "Escalated"));
  g_assert_false (drill_route_query_contains (query, DRILL_FACET_OWNER, "escalated"));
  g_assert_true (drill_route_query_has_filters (query));

  drill_route_query_remove (query, DRILL_FACET_STATE, "outstanding");
  drill_route_query_remove (query, DRILL_FACET_STATE, "never there");
  g_assert_cmpstr (drill_route_query_get_values (query, DRILL_FACET_STATE)[0], ==, "escalated");
  g_assert_null (drill_route_query_get_values (query, DRILL_FACET_STATE)[1]);

  drill_route_query_clear_facet (query, DRILL_FACET_STATE);
  g_assert_false (drill_route_query_has_filters (query));
}

static void
test_blank_texts (void)
{
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();

  drill_route_query_set_search (query, "  \t");
  drill_route_query_add_owner_text (query, "");
  drill_route_query_add_owner_text (query, NULL);
  g_assert_false (drill_route_query_has_filters (query));

  drill_route_query_add_owner_text (query, "sre");
  g_assert_true (drill_route_query_has_filters (query));
  g_assert_cmpstr (drill_route_query_get_owner_texts (query)[0], ==, "sre");
  drill_route_query_clear_owner_texts (query);
  g_assert_false (drill_route_query_has_filters (query));
}

static void
test_clear (void)
{
  g_autoptr(DrillRouteQuery) query = make_query ();

  drill_route_query_clear (query);
  g_assert_false (drill_route_query_has_filters (query));
  g_assert_true (drill_route_query_get_all_plans (query));
  g_assert_cmpuint (drill_route_query_get_n_sort (query), ==, 2);
}

static void
test_equal (void)
{
  g_autoptr(DrillRouteQuery) query = make_query ();
  g_autoptr(DrillRouteQuery) copy = drill_route_query_copy (query);

  g_assert_true (drill_route_query_equal (query, copy));

  /* The order of values does not matter, their number does. */
  drill_route_query_remove (copy, DRILL_FACET_PROVIDER, "slack");
  g_assert_false (drill_route_query_equal (query, copy));
  drill_route_query_add (copy, DRILL_FACET_PROVIDER, "slack");
  g_assert_true (drill_route_query_equal (query, copy));

  drill_route_query_set_search (copy, "CHG-2");
  g_assert_false (drill_route_query_equal (query, copy));
  drill_route_query_set_search (copy, drill_route_query_get_search (query));

  drill_route_query_clear_sort (copy);
  drill_route_query_append_sort (copy, DRILL_KEY_SLO, FALSE);
  drill_route_query_append_sort (copy, DRILL_KEY_OWNER, FALSE);
  g_assert_false (drill_route_query_equal (query, copy));
}

static void
test_sort_keys (void)
{
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  gboolean descending = TRUE;

  drill_route_query_append_sort (query, DRILL_KEY_OWNER, FALSE);
  drill_route_query_append_sort (query, DRILL_KEY_OWNER, TRUE);
  g_assert_cmpuint (drill_route_query_get_n_sort (query), ==, 1);
  g_assert_cmpint (drill_route_query_get_sort (query, 0, &descending), ==, DRILL_KEY_OWNER);
  g_assert_false (descending);

  for (guint key = 0; key < DRILL_N_KEYS; key++)
    drill_route_query_append_sort (query, key, TRUE);
  g_assert_cmpuint (drill_route_query_get_n_sort (query), ==, DRILL_MAX_SORT_KEYS);
  g_assert_cmpint (drill_route_query_get_sort (query, 0, NULL), ==, DRILL_KEY_OWNER);
}

static void
test_names (void)
{
  for (guint i = 0; i < DRILL_N_KEYS; i++)
    {
      DrillRouteKey key = DRILL_N_KEYS;

      g_assert_true (drill_route_key_from_name (drill_route_key_get_name (i), &key));
      g_assert_cmpuint (key, ==, i);
    }
  for (guint i = 0; i < DRILL_N_FACETS; i++)
    {
      DrillFacet facet = DRILL_N_FACETS;

      g_assert_true (drill_facet_from_name (drill_facet_get_name (i), &facet));
      g_assert_cmpuint (facet, ==, i);
    }
  g_assert_false (drill_route_key_from_name ("colour", &(DrillRouteKey) { 0 }));
  g_assert_false (drill_route_key_from_name (NULL, &(DrillRouteKey) { 0 }));
  g_assert_false (drill_facet_from_name ("colour", &(DrillFacet) { 0 }));
}

static void
test_serialize (void)
{
  g_autoptr(DrillRouteQuery) query = make_query ();
  g_autoptr(GVariant) variant = g_variant_ref_sink (drill_route_query_serialize (query));
  g_autoptr(DrillRouteQuery) again = NULL;
  g_autofree char *text = g_variant_print (variant, TRUE);
  g_autoptr(GVariant) parsed = g_variant_parse (NULL, text, NULL, NULL, NULL);

  g_assert_true (g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT));
  again = drill_route_query_deserialize (parsed);
  g_assert_true (drill_route_query_equal (query, again));
}

static void
test_serialize_not_utf8 (void)
{
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  g_autoptr(GVariant) variant = NULL;

  drill_route_query_set_search (query, "\xFF!");
  drill_route_query_add (query, DRILL_FACET_OWNER, "\xC3");
  variant = g_variant_ref_sink (drill_route_query_serialize (query));
  g_assert_true (g_variant_is_normal_form (variant));
}

static void
test_deserialize_other (void)
{
  static const char *const texts[] = {
    "{'all-plans': <'yes'>, 'provider': <5>, 'search': <''>, 'owner-texts': <['']>, 'due-minutes': <'x'>}",
    "{'sort': <[('colour', true)]>, 'what': <1>, 'due-minutes': <-1>}",
    "['a', 'b']",
    "{'sort': <['owner']>}",
  };
  g_autoptr(DrillRouteQuery) plain = drill_route_query_new ();
  g_autoptr(DrillRouteQuery) none = drill_route_query_deserialize (NULL);

  g_assert_true (drill_route_query_equal (plain, none));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GVariant) variant = g_variant_parse (NULL, texts[i], NULL, NULL, NULL);
      g_autoptr(DrillRouteQuery) query = NULL;

      g_assert_nonnull (variant);
      query = drill_route_query_deserialize (variant);
      g_assert_true (drill_route_query_equal (plain, query));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/query/route-query/defaults", test_defaults);
  g_test_add_func ("/drill/query/route-query/values", test_values);
  g_test_add_func ("/drill/query/route-query/blank-texts", test_blank_texts);
  g_test_add_func ("/drill/query/route-query/clear", test_clear);
  g_test_add_func ("/drill/query/route-query/equal", test_equal);
  g_test_add_func ("/drill/query/route-query/sort-keys", test_sort_keys);
  g_test_add_func ("/drill/query/route-query/names", test_names);
  g_test_add_func ("/drill/query/route-query/serialize", test_serialize);
  g_test_add_func ("/drill/query/route-query/serialize-not-utf8", test_serialize_not_utf8);
  g_test_add_func ("/drill/query/route-query/deserialize-other", test_deserialize_other);

  return g_test_run ();
}
