// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "base/drill-time.h"
#include "drill-answers.h"
#include "evidence/drill-canonical.h"
#include "evidence/drill-dashboard.h"
#include "evidence/drill-json.h"

static DrillEvidence *
load (const char *name)
{
  g_autofree char *text = drill_case_read (name, "history.json");

  return drill_evidence_from_text (text);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Contract section 4: every field of every row, equal times in any order */
static void
test_routes (gconstpointer data)
{
  g_autoptr(DrillEvidence) evidence = load (data);
  g_autoptr(JsonNode) answer = drill_case_read_json (data, "routes.json");
  JsonArray *rows = json_node_get_array (answer);
  g_autoptr(GPtrArray) right = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) mine = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    g_ptr_array_add (right, drill_canonical_to_string (json_array_get_element (rows, i)));
  for (guint i = 0; i < drill_evidence_get_n_routes (evidence); i++)
    {
      g_autoptr(JsonNode) row = drill_answers_route (evidence, i);

      g_ptr_array_add (mine, drill_canonical_to_string (row));
    }

  g_ptr_array_sort (right, compare_texts);
  g_ptr_array_sort (mine, compare_texts);
  g_assert_cmpuint (mine->len, ==, right->len);
  g_assert_cmpuint (mine->len, >, 0);
  for (guint i = 0; i < mine->len; i++)
    g_assert_cmpstr (g_ptr_array_index (mine, i), ==, g_ptr_array_index (right, i));
}

/* Contract section 5 */
static void
test_escalation (gconstpointer data)
{
  g_autoptr(DrillEvidence) evidence = load (data);
  g_autoptr(JsonNode) answer = drill_case_read_json (data, "escalation.json");
  g_autoptr(JsonNode) own = drill_answers_escalation (evidence, drill_case_now (data));
  g_autofree char *right = drill_canonical_to_string (answer);
  g_autofree char *mine = drill_canonical_to_string (own);

  g_assert_cmpstr (mine, ==, right);
}

/* Contract section 3, but for the counts of what other rooms do */
static void
test_dashboard (gconstpointer data)
{
  g_autoptr(DrillEvidence) evidence = load (data);
  g_autoptr(JsonNode) answer = drill_case_read_json (data, "dashboard.json");
  g_autoptr(JsonNode) escalation = drill_case_read_json (data, "escalation.json");
  g_autoptr(JsonNode) routes = drill_case_read_json (data, "routes.json");
  JsonObject *right = json_node_get_object (answer);
  JsonObject *plan = json_node_get_object (escalation);
  JsonArray *entries = json_object_get_array_member (plan, "routes");
  DrillDashboard counts;
  guint n_actionable = 0;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    n_actionable += !g_str_equal (drill_json_get_string (json_array_get_object_element (entries, i), "recommended_action"), "no_action");

  drill_dashboard_compute (evidence, drill_case_now (data), &counts);
  g_assert_cmpint (counts.n_plans, ==, drill_json_get_int (right, "plan_count", -1));
  g_assert_cmpint (counts.n_deliveries, ==, drill_json_get_int (right, "delivery_count", -1));
  g_assert_cmpint (counts.n_failed_deliveries, ==, drill_json_get_int (right, "failed_delivery_count", -1));
  g_assert_cmpint (counts.n_acks, ==, drill_json_get_int (right, "acknowledgement_count", -1));
  g_assert_cmpint (counts.n_outstanding, ==, drill_json_get_int (plan, "outstanding_count", -1));
  g_assert_cmpint (counts.n_breached, ==, drill_json_get_int (plan, "breached_count", -1));
  g_assert_cmpint (counts.n_actionable, ==, n_actionable);
  g_assert_cmpint (counts.n_routes, ==, json_array_get_length (json_node_get_array (routes)));
  g_assert_cmpint (counts.n_items, ==, drill_evidence_get_n_items (evidence));
}

/* Contract section 4 */
static void
test_suppressions (gconstpointer data)
{
  g_autoptr(DrillEvidence) evidence = load (data);
  g_autoptr(JsonNode) answer = drill_case_read_json (data, "suppression.json");
  JsonObject *right = json_node_get_object (answer);
  g_autoptr(GPtrArray) categories = drill_suppressions_compute (evidence);

  g_assert_cmpuint (categories->len, ==, json_object_get_size (right));
  for (guint i = 0; i < categories->len; i++)
    {
      const DrillCategoryCount *category = g_ptr_array_index (categories, i);
      const char *name = drill_evidence_get_text (evidence, DRILL_DICT_CATEGORY, category->category);

      g_assert_cmpint (category->n_routes, ==, drill_json_get_int (right, name, -1));
      if (i > 0)
        g_assert_cmpuint (category->n_routes, <=,
                          ((const DrillCategoryCount *) g_ptr_array_index (categories, i - 1))->n_routes);
    }
}

/* The cases are as the service sends them: nothing in them is worth a remark
 * but the three decisions of the edges that are no objects. */
static void
test_problems (gconstpointer data)
{
  g_autoptr(DrillEvidence) evidence = load (data);

  g_assert_cmpuint (drill_evidence_get_n_problems (evidence), ==, g_str_equal (data, "edges") ? 1 : 0);
}

int
main (int    argc,
      char **argv)
{
  static const char *const cases[] = { CASES };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      static const struct
      {
        const char   *name;
        GTestDataFunc func;
      } tests[] = {
        { "routes", test_routes },
        { "escalation", test_escalation },
        { "dashboard", test_dashboard },
        { "suppressions", test_suppressions },
        { "problems", test_problems },
      };

      for (guint j = 0; j < G_N_ELEMENTS (tests); j++)
        {
          g_autofree char *path = g_strdup_printf ("/drill/evidence/conformance/%s/%s", cases[i], tests[j].name);

          g_test_add_data_func (path, cases[i], tests[j].func);
        }
    }

  return g_test_run ();
}
