// SPDX-License-Identifier: GPL-3.0-or-later

/* Documents that nobody sends by mistake: right answers, and in time that grows
 * with the document. Those that took its square ended by the test's time-out. */

#include "drill-answers.h"
#include "evidence/drill-dashboard.h"
#include "evidence/drill-escalation.h"

#define N_CATEGORIES 400000
#define N_OWNERS     100000
#define N_PROVIDERS  70000

static GString *
begin_plan (void)
{
  return g_string_new ("[{\"session_id\": \"p\", \"metadata_kind\": \"" DRILL_KIND_PLAN "\", "
                       "\"created_at\": \"2026-05-20T10:00:00Z\", \"plan\": {\"plan_id\": \"p\", \"schedule_id\": \"s\", ");
}

/* A category for every route */
static void
test_categories (void)
{
  g_autoptr(GString) text = begin_plan ();
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autoptr(GPtrArray) categories = NULL;

  g_string_append (text, "\"route_decisions\": [");
  for (guint i = 0; i < N_CATEGORIES; i++)
    g_string_append_printf (text, "%s{\"action\": \"suppress\", \"category\": \"c%u\", \"owner\": \"o\"}", i > 0 ? "," : "", i);
  g_string_append (text, "]}}]");

  evidence = drill_evidence_from_text (text->str);
  categories = drill_suppressions_compute (evidence);
  g_assert_cmpuint (categories->len, ==, N_CATEGORIES);
  for (guint i = 0; i < categories->len; i++)
    {
      const DrillCategoryCount *category = g_ptr_array_index (categories, i);

      g_assert_cmpuint (category->n_routes, ==, 1);
      g_assert_cmpuint (category->owners->len, ==, 1);
    }
}

/* Every owner and provider twice in one category and once in another */
static void
test_owners (void)
{
  g_autoptr(GString) text = begin_plan ();
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autoptr(GPtrArray) categories = NULL;

  g_string_append (text, "\"route_decisions\": [");
  for (guint i = 0; i < 3 * N_OWNERS; i++)
    g_string_append_printf (text, "%s{\"action\": \"suppress\", \"category\": \"%s\", \"owner\": \"o%u\", \"provider\": \"p%u\"}",
                            i > 0 ? "," : "", i < 2 * N_OWNERS ? "twice" : "once", i % N_OWNERS, i % N_OWNERS);
  g_string_append (text, "]}}]");

  evidence = drill_evidence_from_text (text->str);
  categories = drill_suppressions_compute (evidence);
  g_assert_cmpuint (categories->len, ==, 2);
  for (guint i = 0; i < categories->len; i++)
    {
      const DrillCategoryCount *category = g_ptr_array_index (categories, i);

      g_assert_cmpuint (category->n_routes, ==, (2 - i) * N_OWNERS);
      g_assert_cmpuint (category->owners->len, ==, N_OWNERS);
      g_assert_cmpuint (category->providers->len, ==, N_OWNERS);
    }
}

/* More providers than an item can list are not left out in silence */
static void
test_providers (void)
{
  g_autoptr(GString) text = g_string_new ("[");
  g_autoptr(DrillEvidence) evidence = NULL;
  const DrillItem *items;

  for (guint n = 0; n < 2; n++)
    {
      g_string_append_printf (text, "%s{\"session_id\": \"d%u\", \"metadata_kind\": \"" DRILL_KIND_DELIVERY "\", \"providers\": [",
                              n > 0 ? "," : "", n);
      for (guint i = 0; i < (n == 0 ? N_PROVIDERS : 3); i++)
        g_string_append_printf (text, "%s\"p%u\"", i > 0 ? "," : "", i);
      g_string_append (text, "], \"failed_providers\": [\"p0\", \"p1\"], \"provider\": \"p0\"}");
    }
  g_string_append_c (text, ']');

  evidence = drill_evidence_from_text (text->str);
  items = drill_evidence_get_items (evidence);
  g_assert_cmpuint (items[0].n_providers, ==, G_MAXUINT16);
  g_assert_cmpuint (items[1].n_providers, ==, 3);
  g_assert_cmpuint (drill_evidence_get_n_problems (evidence), ==, 1);
  g_assert_cmpuint (drill_evidence_get_problem (evidence, 0)->item, ==, 0);
}

/* Each required provider is a route, and all have one SLO */
static void
test_required (void)
{
  g_autoptr(GString) text = begin_plan ();
  g_autoptr(DrillEvidence) evidence = NULL;
  DrillEscalationCounts counts;

  g_string_append (text, "\"acknowledgement_required_providers\": [");
  for (guint i = 0; i < N_OWNERS; i++)
    g_string_append_printf (text, "%s\"p%u\"", i > 0 ? "," : "", i);
  g_string_append (text, "]}}]");

  evidence = drill_evidence_from_text (text->str);
  drill_escalation_count (evidence, 0, &counts);
  g_assert_cmpuint (counts.n_routes, ==, N_OWNERS);
  g_assert_cmpuint (counts.n_outstanding, ==, N_OWNERS);
  g_assert_cmpuint (counts.n_breached, ==, 0);
  drill_escalation_count (evidence, G_MAXINT64 / 2, &counts);
  g_assert_cmpuint (counts.n_breached, ==, N_OWNERS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/evidence/hostile/categories", test_categories);
  g_test_add_func ("/drill/evidence/hostile/owners", test_owners);
  g_test_add_func ("/drill/evidence/hostile/providers", test_providers);
  g_test_add_func ("/drill/evidence/hostile/required", test_required);

  return g_test_run ();
}
