// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "drill-answers.h"
#include "evidence/drill-canonical.h"
#include "evidence/drill-json-member.h"
#include "evidence/drill-json.h"

/* The service's bytes are kept: what is shown, copied and exported is a slice
 * of what came, whatever it looks like. */

#define PLAN "\"metadata_kind\": \"" DRILL_KIND_PLAN "\""

static void
assert_bytes (GBytes     *bytes,
              const char *right)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_cmpstr (text, ==, right);
}

static void
assert_item (DrillEvidence *evidence,
             guint32        item,
             const char    *right)
{
  g_autoptr(GBytes) bytes = drill_evidence_get_item_bytes (evidence, item);

  assert_bytes (bytes, right);
}

static void
assert_decision (DrillEvidence *evidence,
                 guint32        route,
                 const char    *right)
{
  g_autoptr(GBytes) bytes = drill_evidence_get_decision_bytes (evidence, route);

  assert_bytes (bytes, right);
}

/* Spellings that a parse and a re-serialisation would lose */
static void
test_items (void)
{
  static const char *const items[] = {
    "{ }", "{\"session_id\":\"a\",\"n\":1.10,\"e\":1E+2,\"z\":-0.0}", "{\n\t\"session_id\" : \"b\\u0062\\/\" ,\r\n \"x\": [ ]\n}",
    "{\"session_id\": \"c\", \"session_id\": \"c2\", \"big\": 1000000000000000000000000000001}", "7", "\"x]\\\"}\"", "null", "[ 1, {} ]",
    "{\"session_id\": \"\xc3\xbc}]\", \"y\": \"{[\"}", "true", "-1.5e3",
  };

  for (guint style = 0; style < 3; style++)
    {
      g_autoptr(GString) text = g_string_new (style == 0 ? "[" : style == 1 ? " \n{\"a\" : [[]], \"items\": [ " : "{\"items\":[\n\t");
      g_autoptr(DrillEvidence) evidence = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (items); i++)
        g_string_append_printf (text, "%s%s", i == 0 ? "" : style == 0 ? "," : style == 1 ? " , " : "\n,\r\n\t", items[i]);
      g_string_append (text, style == 0 ? "]" : style == 1 ? " ] , \"total\": 3 } " : "]}\n");

      evidence = drill_evidence_from_text (text->str);
      g_assert_cmpuint (drill_evidence_get_n_items (evidence), ==, G_N_ELEMENTS (items));
      for (guint i = 0; i < G_N_ELEMENTS (items); i++)
        assert_item (evidence, i, items[i]);
    }
}

static void
test_items_of_case (gconstpointer data)
{
  g_autofree char *text = drill_case_read (data, "history.json");
  g_autoptr(JsonNode) root = drill_case_read_json (data, "history.json");
  JsonArray *right = json_object_get_array_member (json_node_get_object (root), "items");
  g_autoptr(DrillEvidence) evidence = drill_evidence_from_text (text);
  const DrillItem *items = drill_evidence_get_items (evidence);

  g_assert_cmpuint (drill_evidence_get_n_items (evidence), ==, json_array_get_length (right));
  for (guint i = 0; i < json_array_get_length (right); i++)
    {
      g_autoptr(GBytes) bytes = drill_evidence_get_item_bytes (evidence, i);
      g_autoptr(JsonObject) object = drill_evidence_get_item_object (evidence, i, NULL);
      g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
      g_autofree char *slice = g_strndup (text + items[i].offset, items[i].length);
      g_autofree char *mine = NULL;
      g_autofree char *theirs = drill_canonical_to_string (json_array_get_element (right, i));

      assert_bytes (bytes, slice);
      json_node_set_object (node, object);
      mine = drill_canonical_to_string (node);
      g_assert_cmpstr (mine, ==, theirs);
    }
}

/* The bytes outlive the snapshot they were asked of */
static void
test_lifetime (void)
{
  g_autoptr(DrillEvidence) evidence = drill_evidence_from_text ("[{\"session_id\": \"a\"}]");
  g_autoptr(GBytes) bytes = drill_evidence_get_item_bytes (evidence, 0);

  g_clear_pointer (&evidence, drill_evidence_unref);
  assert_bytes (bytes, "{\"session_id\": \"a\"}");
}

static void
test_decisions (void)
{
  g_autoptr(DrillEvidence) evidence =
    drill_evidence_from_text ("[ {\"session_id\": \"p\", " PLAN ", \"plan\": {\"route_decisions\" : [ {\"provider\":\"a\" ,\"n\": 1.10} ,null, 7,"
                              "[{\"provider\": \"no\"}],\n{ \"provider\" : \"b\\u0062\", \"x\": {\"y\": [\"}\"]} }\n,\"x\", {} ], \"z\": 1}},\n"
                              "{\"session_id\": \"q\", " PLAN ", \"route_decisions\": [{\"provider\": \"bare\"}], \"plan\": \"no\"}, "
                              "{\"session_id\": \"r\", " PLAN ", \"plan\": null, \"route_decisions\": [{\"provider\":\"null\"}]}, "
                              "{\"session_id\": \"s\", " PLAN ", \"plan\": {\"route_decisions\": [{\"provider\": \"in\"}]}, "
                              "\"route_decisions\": [{\"provider\": \"out\"}]}]");

  g_assert_cmpuint (drill_evidence_get_n_routes (evidence), ==, 6);
  assert_decision (evidence, 0, "{\"provider\":\"a\" ,\"n\": 1.10}");
  assert_decision (evidence, 1, "{ \"provider\" : \"b\\u0062\", \"x\": {\"y\": [\"}\"]} }");
  assert_decision (evidence, 2, "{}");
  assert_decision (evidence, 3, "{\"provider\": \"bare\"}");
  assert_decision (evidence, 4, "{\"provider\":\"null\"}");
  assert_decision (evidence, 5, "{\"provider\": \"in\"}");
}

/* What is shown is what was read, also of names that are written oddly or twice */
static void
test_odd_decisions (void)
{
  static const struct
  {
    const char *plan;
    const char *decision;
  } plans[] = {
    { "\"pl\\u0061n\": {\"route_decisions\": [{\"provider\": \"a\"}]}", "{\"provider\": \"a\"}" },
    { "\"plan\": {\"route\\u005fdecisions\": [{\"provider\": \"b\"}]}", "{\"provider\": \"b\"}" },
    { "\"plan\": {\"route_decisions\": [{\"provider\": \"no\"}], \"route_decisions\": [{\"provider\": \"c\"}]}", "{\"provider\": \"c\"}" },
    { "\"plan\": {\"route_decisions\": [{\"provider\": \"no\"}]}, \"plan\": {\"route_decisions\": [{\"provider\": \"d\"}]}",
      "{\"provider\": \"d\"}" },
    { "\"plan\": {\"route_decisions\": [{\"provider\": \"no\"}]}, \"plan\": null, \"route_decisions\": [{\"provider\": \"e\"}]",
      "{\"provider\": \"e\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      g_autofree char *text = g_strdup_printf ("[{\"session_id\": \"p\", " PLAN ", %s}]", plans[i].plan);
      g_autoptr(DrillEvidence) evidence = drill_evidence_from_text (text);

      g_test_message ("%s", plans[i].plan);
      g_assert_cmpuint (drill_evidence_get_n_routes (evidence), ==, 1);
      assert_decision (evidence, 0, plans[i].decision);
    }
}

/* Every decision of a case, found among the bytes */
static void
test_decisions_of_case (gconstpointer data)
{
  g_autofree char *text = drill_case_read (data, "history.json");
  g_autoptr(JsonNode) root = drill_case_read_json (data, "history.json");
  JsonArray *items = json_object_get_array_member (json_node_get_object (root), "items");
  g_autoptr(DrillEvidence) evidence = drill_evidence_from_text (text);
  guint32 route = 0;

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);
      JsonObject *plan = json_object_has_member (item, "plan") ? json_object_get_object_member (item, "plan") : item;
      JsonArray *decisions;

      if (!g_str_equal (drill_json_get_string (item, "metadata_kind"), DRILL_KIND_PLAN) ||
          !json_object_has_member (plan, "route_decisions"))
        continue;

      decisions = json_object_get_array_member (plan, "route_decisions");
      for (guint j = 0; j < json_array_get_length (decisions); j++)
        {
          JsonNode *decision = json_array_get_element (decisions, j);
          g_autoptr(GBytes) bytes = NULL;
          g_autoptr(JsonNode) own = NULL;
          g_autofree char *mine = NULL, *theirs = NULL;

          if (!JSON_NODE_HOLDS_OBJECT (decision))
            continue;

          bytes = drill_evidence_get_decision_bytes (evidence, route++);
          own = drill_json_parse (bytes, NULL);
          g_assert_nonnull (own);
          mine = drill_canonical_to_string (own);
          theirs = drill_canonical_to_string (decision);
          g_assert_cmpstr (mine, ==, theirs);
        }
    }
  g_assert_cmpuint (route, ==, drill_evidence_get_n_routes (evidence));
}

/* A row of a routes page is its own decision, also behind another of its plan */
static void
test_rows (void)
{
  static const char *const rows[] = {
    "{\"route_id\": \"r1\", \"plan_id\": \"p\", \"schedule_id\": \"s\", \"provider\": \"slack\"}",
    "{\"route_id\": \"r2\", \"plan_id\": \"p\", \"schedule_id\": \"s\", \"provider\": \"teams\"}",
    "{\"route_id\": \"r3\", \"plan_id\": \"q\", \"schedule_id\": \"s\", \"provider\": \"slack\"}",
  };
  g_autofree char *text = g_strdup_printf ("{\"items\": [%s, %s, %s], \"total\": 3}", rows[0], rows[1], rows[2]);
  g_autoptr(DrillEvidence) evidence = drill_evidence_from_text (text);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_decision (evidence, i, rows[i]);
}

static void
test_find_object (void)
{
  static const struct
  {
    const char *item;
    const char *found;
  } items[] = {
    { "{\"a\": 1, \"p\": {\"x\": [1.10, \"}\"] } , \"b\": 2}", "{\"x\": [1.10, \"}\"] }" },
    { "{\"p\":{}}", "{}" },
    { "{\"p\": null}", NULL }, { "{\"p\": [{}]}", NULL }, { "{\"p\": \"{}\"}", NULL }, { "{\"q\": {\"p\": {}}}", NULL },
    { "[{\"p\": {}}]", NULL }, { "7", NULL }, { "", NULL }, { "{\"p\": {", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (items[i].item, strlen (items[i].item));
      g_autoptr(GBytes) found = drill_json_find_object (bytes, "p");

      g_test_message ("%s", items[i].item);
      if (items[i].found == NULL)
        {
          g_assert_null (found);
        }
      else
        {
          g_assert_nonnull (found);
          assert_bytes (found, items[i].found);
        }
    }
}

/* A refresh reads known items over and over: only what is new may cost memory */
static void
test_refresh_keeps_news_only (void)
{
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autoptr(DrillEvidence) first = NULL;
  g_autofree char *long_text = g_strnfill (2000, 'x');
  g_autofree char *known = g_strdup_printf ("{\"session_id\": \"known\", \"notes\": \"%s\"}", long_text);
  gsize one_page = 0;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"items\": [{\"session_id\": \"new-%u\"}, %s, {\"session_id\": \"also-%u\"}]}",
                                               i, known, i);
      g_autoptr(DrillPage) page = drill_page_new (text, strlen (text));
      g_autoptr(GError) error = NULL;
      DrillPageReport report;

      drill_evidence_builder_add (builder, page, &report, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report.n_new, ==, i == 0 ? 3 : 2);
      if (i == 0)
        {
          first = drill_evidence_builder_snapshot (builder);
          one_page = drill_evidence_get_kept_bytes (first);
          g_assert_cmpuint (one_page, ==, strlen (text));
        }
    }

  evidence = drill_evidence_builder_snapshot (builder);
  g_assert_cmpuint (drill_evidence_get_n_items (evidence), ==, 41);
  g_assert_cmpuint (drill_evidence_get_kept_bytes (evidence), <, 2 * one_page);
  assert_item (evidence, 0, "{\"session_id\": \"new-0\"}");
  assert_item (evidence, 1, known);
  assert_item (evidence, 3, "{\"session_id\": \"new-1\"}");
  assert_item (evidence, 40, "{\"session_id\": \"also-19\"}");
  assert_item (first, 1, known);
}

/* A snapshot from the middle of a page goes on saying what it said */
static void
test_news_of_a_shown_page (void)
{
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) middle = NULL;
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autofree char *long_text = g_strnfill (2000, 'x');
  g_autofree char *known = g_strdup_printf ("{\"session_id\": \"known\", \"notes\": \"%s\"}", long_text);
  g_autofree char *first = g_strdup_printf ("[%s]", known);
  g_autofree char *second = g_strdup_printf ("[%s, {\"session_id\": \"a\"}, {\"session_id\": \"b\"}]", known);
  g_autoptr(DrillPage) page = drill_page_new (second, strlen (second));
  g_autoptr(GError) error = NULL;
  gboolean more;

  g_assert_true (drill_add_text (builder, first, -1, NULL, NULL));
  drill_evidence_builder_begin (builder, page, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      drill_evidence_builder_step (builder, 1, NULL, &more, &error);
      g_assert_no_error (error);
      g_assert_true (more);
    }
  middle = drill_evidence_builder_snapshot (builder);
  g_assert_cmpuint (drill_evidence_get_n_items (middle), ==, 2);

  drill_evidence_builder_step (builder, G_MAXSIZE, NULL, &more, &error);
  g_assert_no_error (error);
  g_assert_false (more);
  evidence = drill_evidence_builder_snapshot (builder);
  assert_item (middle, 1, "{\"session_id\": \"a\"}");
  assert_item (evidence, 1, "{\"session_id\": \"a\"}");
  assert_item (evidence, 2, "{\"session_id\": \"b\"}");
}

int
main (int    argc,
      char **argv)
{
  static const char *const cases[] = { CASES };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/evidence/bytes/items", test_items);
  g_test_add_func ("/drill/evidence/bytes/lifetime", test_lifetime);
  g_test_add_func ("/drill/evidence/bytes/decisions", test_decisions);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *items = g_strdup_printf ("/drill/evidence/bytes/items/%s", cases[i]);
      g_autofree char *decisions = g_strdup_printf ("/drill/evidence/bytes/decisions/%s", cases[i]);

      g_test_add_data_func (items, cases[i], test_items_of_case);
      g_test_add_data_func (decisions, cases[i], test_decisions_of_case);
    }
  g_test_add_func ("/drill/evidence/bytes/find-object", test_find_object);
  g_test_add_func ("/drill/evidence/bytes/odd-decisions", test_odd_decisions);
  g_test_add_func ("/drill/evidence/bytes/refresh-keeps-news-only", test_refresh_keeps_news_only);
  g_test_add_func ("/drill/evidence/bytes/news-of-a-shown-page", test_news_of_a_shown_page);
  g_test_add_func ("/drill/evidence/bytes/rows", test_rows);

  return g_test_run ();
}
