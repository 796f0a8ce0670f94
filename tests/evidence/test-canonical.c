// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <string.h>

#include "drill-answers.h"
#include "evidence/drill-canonical.h"
#include "evidence/drill-json.h"

/* Contract section 8: what is expected here is what Python's
 * json.dumps (value, sort_keys=True) says. It escapes DEL as well. */

static char *
canonical (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);

  return drill_canonical_to_string (node);
}

static void
test_strings (void)
{
  static const struct
  {
    const char *value;
    const char *text;
  } strings[] = {
    { "", "\"\"" },
    { "plain /", "\"plain /\"" },
    { "\"", "\"\\\"\"" },
    { "\\", "\"\\\\\"" },
    { "\010\014\012\015\011", "\"\\b\\f\\n\\r\\t\"" },
    { "\001\037", "\"\\u0001\\u001f\"" },
    { "\177", "\"\\u007f\"" },
    { "\302\200", "\"\\u0080\"" },
    { "\303\274", "\"\\u00fc\"" },
    { "\303\251\342\200\250\342\200\251", "\"\\u00e9\\u2028\\u2029\"" },
    { "\357\277\277", "\"\\uffff\"" },
    { "\356\200\200", "\"\\ue000\"" },
    { "\360\220\200\200", "\"\\ud800\\udc00\"" },
    { "\360\237\230\200", "\"\\ud83d\\ude00\"" },
    { "\364\217\277\277", "\"\\udbff\\udfff\"" },
    { "<>&'", "\"<>&'\"" },
    { "a\177\360\237\230\200/\303\274\\\"", "\"a\\u007f\\ud83d\\ude00/\\u00fc\\\\\\\"\"" },
    { "\340\240\200\355\237\277", "\"\\u0800\\ud7ff\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      g_autoptr(GString) text = g_string_new ("before ");
      g_autofree char *right = g_strconcat ("before ", strings[i].text, NULL);

      drill_canonical_append_string (text, strings[i].value);
      g_assert_cmpstr (text->str, ==, right);
    }
}

static void
test_doubles (void)
{
  static const struct
  {
    double      value;
    const char *text;
  } doubles[] = {
    { 1.0, "1.0" },
    { 0.1, "0.1" },
    { 1e+16, "1e+16" },
    { 1e-05, "1e-05" },
    { 1.2345678901234568e+17, "1.2345678901234568e+17" },
    { 5e-324, "5e-324" },
    { 1.7976931348623157e+308, "1.7976931348623157e+308" },
    { 1e+22, "1e+22" },
    { 1e+21, "1e+21" },
    { 0.0001, "0.0001" },
    { 100000.0, "100000.0" },
    { 0.0, "0.0" },
    { 1.5, "1.5" },
    { -2.5, "-2.5" },
    { 1000000000000000.0, "1000000000000000.0" },
    { 9999999999999998.0, "9999999999999998.0" },
    { 123456789.123, "123456789.123" },
    { 0.00012345, "0.00012345" },
    { 1e-07, "1e-07" },
    { 0.6666666666666666, "0.6666666666666666" },
    { 1e+100, "1e+100" },
    { 3.3333333333333334e-301, "3.3333333333333334e-301" },
    { 2.2250738585072014e-308, "2.2250738585072014e-308" },
    { 9007199254740992.0, "9007199254740992.0" },
    { 1e+23, "1e+23" },
    { 60.0, "60.0" },
    { 3060.02, "3060.02" },
    { 4.35, "4.35" },
    { 0.3, "0.3" },
    { 9.9999999999999e-05, "9.9999999999999e-05" },
    { -0.0, "-0.0" },
    { -1e-05, "-1e-05" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (doubles); i++)
    {
      g_autoptr(JsonNode) node = json_node_init_double (json_node_alloc (), doubles[i].value);
      g_autofree char *text = drill_canonical_to_string (node);

      g_assert_cmpstr (text, ==, doubles[i].text);
    }
}

/* Whatever the number, its text reads back as the same one */
static void
test_round_trip (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (8);

  for (guint i = 0; i < 20000; i++)
    {
      guint64 bits = (guint64) g_rand_int (random) << 32 | g_rand_int (random);
      double value;
      g_autoptr(JsonNode) node = NULL;
      g_autofree char *text = NULL;

      memcpy (&value, &bits, sizeof value);
      if (!isfinite (value))
        continue;

      node = json_node_init_double (json_node_alloc (), value);
      text = drill_canonical_to_string (node);
      g_assert_true (g_ascii_strtod (text, NULL) == value);
      g_assert_nonnull (strpbrk (text, ".e"));
    }
}

static void
test_documents (void)
{
  static const struct
  {
    const char *document;
    const char *text;
  } documents[] = {
    { "{\"b\":1,\"a\":2,\"B\":3,\"\":4,\"aa\":5,\"a b\":6}",
      "{\"\": 4, \"B\": 3, \"a\": 2, \"a b\": 6, \"aa\": 5, \"b\": 1}" },
    { "{\"\360\220\200\200\": 1, \"\356\200\200\": 2, \"\357\277\277\": 3, \"\303\274\": 4, \"z\": 5, \"\360\237\230\200\": 6, \"\177\": 7}",
      "{\"z\": 5, \"\\u007f\": 7, \"\\u00fc\": 4, \"\\ue000\": 2, \"\\uffff\": 3, \"\\ud800\\udc00\": 1, \"\\ud83d\\ude00\": 6}" },
    { "[]",
      "[]" },
    { "{}",
      "{}" },
    { "[[],{},[{}]]",
      "[[], {}, [{}]]" },
    { "[1,-5,0,9223372036854775807,-9223372036854775808]",
      "[1, -5, 0, 9223372036854775807, -9223372036854775808]" },
    { "[true,false,null]",
      "[true, false, null]" },
    { "{\"a\":{\"d\":[1,{\"z\":1,\"y\":2.5}],\"c\":null}}",
      "{\"a\": {\"c\": null, \"d\": [1, {\"y\": 2.5, \"z\": 1}]}}" },
    { "\"text\"",
      "\"text\"" },
    { "[1.0,0.1,-0.0,1e16,1E2,100000.0,2.50]",
      "[1.0, 0.1, -0.0, 1e+16, 100.0, 100000.0, 2.5]" },
    { "{\"a\":1,\"a\":2}",
      "{\"a\": 2}" },
    { "[\"\\u00fc\\ud83d\\ude00\\/\\u0041\\n\"]",
      "[\"\\u00fc\\ud83d\\ude00/A\\n\"]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autofree char *text = canonical (documents[i].document);

      g_assert_cmpstr (text, ==, documents[i].text);
    }
}

/* The same in whatever language the numbers of the surroundings are written */
static void
test_ids (void)
{
  g_autofree char *id = drill_canonical_id ("gordroute-", "{}", -1);
  g_autofree char *part = drill_canonical_id ("", "{}}", 2);

  g_assert_cmpstr (id, ==, "gordroute-44136fa355b3678a");
  g_assert_cmpstr (part, ==, "44136fa355b3678a");
}

/* Contract section 7: the audit ids of the cases are those of the service */
static void
test_audit_ids (gconstpointer data)
{
  g_autoptr(JsonNode) root = drill_case_read_json (data, "packages.json");
  JsonArray *packages = json_node_get_array (root);

  g_assert_cmpuint (json_array_get_length (packages), >, 0);
  for (guint i = 0; i < json_array_get_length (packages); i++)
    {
      JsonObject *package = json_array_get_object_element (packages, i);
      g_autoptr(JsonObject) hashed = json_object_new ();
      g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
      g_autofree char *text = NULL, *id = NULL;

      json_object_set_member (hashed, "filters", json_object_dup_member (package, "filters"));
      json_object_set_member (hashed, "generated_by", json_object_dup_member (package, "generated_by"));
      json_object_set_member (hashed, "route_entries", json_object_dup_member (package, "routes"));
      json_node_set_object (node, hashed);
      text = drill_canonical_to_string (node);
      id = drill_canonical_id ("gordackaudit-", text, -1);
      g_assert_cmpstr (id, ==, drill_json_get_string (package, "audit_id"));
    }
}

int
main (int    argc,
      char **argv)
{
  static const char *const cases[] = { CASES };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/evidence/canonical/strings", test_strings);
  g_test_add_func ("/drill/evidence/canonical/doubles", test_doubles);
  g_test_add_func ("/drill/evidence/canonical/round-trip", test_round_trip);
  g_test_add_func ("/drill/evidence/canonical/documents", test_documents);
  g_test_add_func ("/drill/evidence/canonical/ids", test_ids);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/drill/evidence/canonical/audit-ids/%s", cases[i]);

      g_test_add_data_func (path, cases[i], test_audit_ids);
    }

  return g_test_run ();
}
