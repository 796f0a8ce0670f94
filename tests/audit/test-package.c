// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "audit-fixture.h"
#include "audit/drill-finding.h"
#include "audit/drill-package.h"
#include "base/drill-error.h"
#include "evidence/drill-canonical.h"

#define NOW (G_GINT64_CONSTANT (1780315200) * G_TIME_SPAN_SECOND) /* 2026-06-01T12:00:00Z */

static const char *const cases[] = { "small", "medium", "edges" };

static DrillPackageScope
scope_of (JsonObject *package)
{
  JsonObject *filters = json_object_get_object_member (package, "filters");

  return (DrillPackageScope) {
    .schedule_id = json_object_get_string_member (filters, "schedule_id"),
    .provider = json_object_get_string_member (filters, "provider"),
    .owner = json_object_get_string_member (filters, "owner"),
  };
}

/* Every package of the conformance cases, member for member, in order. */
static void
test_conformance (gconstpointer data)
{
  const char *name = data;
  g_autoptr(DrillEvidence) evidence = audit_fixture_read_case (name);
  g_autoptr(JsonNode) node = audit_fixture_load_json (name, "packages.json");
  JsonArray *packages = json_node_get_array (node);

  g_assert_cmpuint (json_array_get_length (packages), >, 0);
  for (guint i = 0; i < json_array_get_length (packages); i++)
    {
      JsonObject *right = json_array_get_object_element (packages, i);
      DrillPackageScope scope = scope_of (right);
      g_autoptr(JsonNode) built = drill_package_build (evidence, &scope, "release-manager", NOW,
                                                       DRILL_PACKAGE_SERVICE_CUT);
      JsonObject *package = json_node_get_object (built);
      g_autofree char *text = NULL;
      g_autofree char *right_text = NULL;

      g_assert_cmpstr (json_object_get_string_member (package, "generated_at"), ==, "2026-06-01T12:00:00+00:00");
      json_object_remove_member (package, "generated_at"); /* the answers have none */
      text = json_to_string (built, TRUE);
      {
        g_autoptr(JsonNode) right_node = json_node_init_object (json_node_alloc (), right);

        right_text = json_to_string (right_node, TRUE);
      }
      g_assert_cmpstr (text, ==, right_text);
    }
}

static void
test_cut (void)
{
  g_autoptr(DrillEvidence) evidence = audit_fixture_read_case ("medium");
  g_autoptr(JsonNode) all = drill_package_build (evidence, NULL, "x", NOW, G_MAXUINT);
  g_autoptr(JsonNode) some = drill_package_build (evidence, NULL, "x", NOW, 10);
  JsonObject *whole = json_node_get_object (all);
  JsonObject *cut = json_node_get_object (some);

  g_assert_cmpint (json_object_get_int_member (whole, "route_count"), ==, 286);
  g_assert_cmpint (json_object_get_int_member (cut, "route_count"), ==, 10);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (
                       json_object_get_array_member (cut, "routes"), i), "route_id"), ==,
                     json_object_get_string_member (json_array_get_object_element (
                       json_object_get_array_member (whole, "routes"), i), "route_id"));
}

/* Whatever the case, as Python has it */
static void
test_owner (void)
{
  static const struct
  {
    const char *filter;
    const char *owner;
    gboolean    fits;
  } owners[] = {
    { "", "", TRUE },
    { "TEAM", "the team", TRUE },
    { "\303\211QUIPE", "\303\251quipe", TRUE },
    { "x", "team", FALSE },
    { "\304\260", "i\314\207", TRUE },                     /* I with a dot: two letters */
    { "i", "\304\260", TRUE },
    { "\316\237\316\243", "\316\277\317\202", TRUE },   /* a sigma at the end of a word */
    { "\316\237\316\243", "\316\277\317\203", FALSE },
    { "\316\243\316\237", "\317\203\316\277", TRUE },
    { "\316\243", "\317\203", TRUE },
    { "\316\237\316\243.", "\316\277\317\202.", TRUE },
    { "\342\204\252", "k", TRUE },                          /* the sign of Kelvin */
    { "SS", "\303\237", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (owners); i++)
    {
      g_assert_cmpint (drill_package_owner_fits (owners[i].filter, owners[i].owner, "-"), ==, owners[i].fits);
      g_assert_cmpint (drill_package_owner_fits (owners[i].filter, "-", owners[i].owner), ==, owners[i].fits);
    }
}

/* The state of a package is the one inside the acknowledgement; that of the
 * escalation plan is the item's own. */
static void
test_payload_state (void)
{
  g_autoptr(DrillEvidence) evidence = audit_fixture_read_text (
    "{\"items\": [{\"session_id\": \"p\", \"created_at\": \"2026-05-01T00:00:00Z\", \"schedule_id\": \"s\","
    " \"metadata_kind\": \"go-backend-rollback-drill-notification-plan\","
    " \"plan\": {\"plan_id\": \"p\", \"schedule_id\": \"s\", \"route_decisions\": [{\"provider\": \"slack\"}]}},"
    " {\"session_id\": \"k\", \"created_at\": \"2026-05-01T01:00:00Z\", \"schedule_id\": \"s\", \"provider\": \"slack\","
    " \"metadata_kind\": \"go-backend-rollback-drill-notification-ack\", \"acknowledgement_state\": \"escalated\","
    " \"acknowledgement\": {\"acknowledgement_state\": \"resolved\", \"notes\": \"n\\u00e9\"}}]}");
  g_autoptr(JsonNode) node = drill_package_build (evidence, NULL, "x", NOW, G_MAXUINT);
  JsonObject *package = json_node_get_object (node);
  JsonObject *route = json_array_get_object_element (json_object_get_array_member (package, "routes"), 0);

  g_assert_cmpstr (json_object_get_string_member (route, "acknowledgement_state"), ==, "resolved");
  g_assert_true (json_object_get_boolean_member (route, "acknowledged"));
  g_assert_cmpstr (json_object_get_string_member (route, "notes"), ==, "né");
  g_assert_cmpint (json_object_get_int_member (package, "outstanding_count"), ==, 0);
  g_assert_cmpstr (json_object_get_string_member (package, "alert_level"), ==, "healthy");
}

static DrillVerdict
verify (JsonNode *node)
{
  g_autoptr(GBytes) bytes = audit_fixture_to_bytes (node);
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(GError) error = NULL;
  DrillVerdict verdict = drill_package_verify (bytes, &findings, &error);

  g_assert_no_error (error);
  g_assert_nonnull (findings);
  if (verdict != DRILL_VERDICT_WHOLE)
    g_assert_cmpuint (findings->len, >, 0);

  return verdict;
}

static DrillVerdict
verify_text (const char  *text,
             GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  return drill_package_verify (bytes, NULL, error);
}

static JsonNode *
wrap (const char *name,
      JsonNode   *package)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_member (object, name, json_node_copy (package));
  json_node_take_object (node, object);

  return node;
}

static void
test_verify_whole (gconstpointer data)
{
  g_autoptr(JsonNode) node = audit_fixture_load_json (data, "packages.json");
  JsonArray *packages = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (packages); i++)
    {
      JsonNode *package = json_array_get_element (packages, i);
      g_autoptr(JsonNode) answer = wrap ("audit_package", package);
      g_autoptr(JsonNode) item = wrap ("acknowledgement_audit_package", package);

      g_assert_cmpint (verify (package), ==, DRILL_VERDICT_WHOLE);
      g_assert_cmpint (verify (answer), ==, DRILL_VERDICT_WHOLE);
      g_assert_cmpint (verify (item), ==, DRILL_VERDICT_WHOLE);
    }
}

static JsonNode *
load_package (void)
{
  g_autoptr(JsonNode) node = audit_fixture_load_json ("small", "packages.json");
  JsonNode *package = json_node_copy (json_array_get_element (json_node_get_array (node), 0));

  json_object_set_string_member (json_node_get_object (package), "generated_at", "2026-06-01T12:00:00+00:00");

  return package;
}

/* A copy that can be changed without touching the original. */
static JsonNode *
deep_copy (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  return json_from_string (text, NULL);
}

static JsonNode *
other_value (JsonNode *node)
{
  JsonNode *other = json_node_new (JSON_NODE_VALUE);

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      g_autofree char *text = g_strconcat (json_node_get_string (node), "x", NULL);

      json_node_set_string (other, text);
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    {
      json_node_set_int (other, json_node_get_int (node) - 1);
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    {
      json_node_set_boolean (other, !json_node_get_boolean (node));
    }
  else
    {
      json_node_set_string (other, "x");
    }

  return other;
}

static void
assert_altered (JsonNode   *node,
                const char *what,
                const char *name)
{
  if (verify (node) != DRILL_VERDICT_ALTERED)
    g_error ("%s %s is not noticed", what, name);
}

/* Each member of the package in turn gets another value, and in turn is lost. */
static void
test_verify_each_field (void)
{
  g_autoptr(JsonNode) package = load_package ();
  g_autoptr(GList) names = json_object_get_members (json_node_get_object (package));

  g_assert_cmpint (verify (package), ==, DRILL_VERDICT_WHOLE);
  for (GList *name = names; name != NULL; name = name->next)
    {
      g_autoptr(JsonNode) changed = deep_copy (package);
      g_autoptr(JsonNode) shortened = deep_copy (package);
      JsonObject *object = json_node_get_object (changed);

      /* all acknowledgements in scope are counted, of which the routes only show the newest */
      if (strcmp (name->data, "acknowledgement_count") == 0)
        json_object_set_int_member (object, name->data, 4);
      else
        json_object_set_member (object, name->data, other_value (json_object_get_member (object, name->data)));
      assert_altered (changed, "another", name->data);

      json_object_remove_member (json_node_get_object (shortened), name->data);
      if (strcmp (name->data, "generated_at") != 0) /* not under the hash, and not in every package */
        assert_altered (shortened, "a lost", name->data);
    }
}

static void
test_verify_each_route_field (void)
{
  g_autoptr(JsonNode) package = load_package ();
  JsonArray *routes = json_object_get_array_member (json_node_get_object (package), "routes");
  g_autoptr(GList) names = json_object_get_members (json_array_get_object_element (routes, 0));

  for (guint i = 0; i < json_array_get_length (routes); i++)
    for (GList *name = names; name != NULL; name = name->next)
      {
        g_autoptr(JsonNode) changed = deep_copy (package);
        JsonObject *route = json_array_get_object_element (
          json_object_get_array_member (json_node_get_object (changed), "routes"), i);

        json_object_set_member (route, name->data, other_value (json_object_get_member (route, name->data)));
        assert_altered (changed, "another route's", name->data);

        json_object_remove_member (route, name->data);
        assert_altered (changed, "a lost route's", name->data);
      }
}

static void
test_verify_filters (void)
{
  static const char *const names[] = { "schedule_id", "provider", "owner" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(JsonNode) package = load_package ();
      JsonObject *filters = json_object_get_object_member (json_node_get_object (package), "filters");

      json_object_set_string_member (filters, names[i], "x");
      assert_altered (package, "another filter", names[i]);
      json_object_set_null_member (filters, names[i]);
      assert_altered (package, "a null filter", names[i]);
      json_object_remove_member (filters, names[i]);
      assert_altered (package, "a lost filter", names[i]);
    }
}

static void
test_verify_lost_route (void)
{
  g_autoptr(JsonNode) package = load_package ();
  JsonObject *object = json_node_get_object (package);
  JsonArray *routes = json_object_get_array_member (object, "routes");

  json_array_remove_element (routes, json_array_get_length (routes) - 1);
  json_object_set_int_member (object, "route_count", json_array_get_length (routes));
  assert_altered (package, "a lost", "route");
}

static void
reseal (JsonObject *package)
{
  g_autofree char *audit_id = drill_package_compute_id (package);

  json_object_set_string_member (package, "audit_id", audit_id);
}

/* Somebody who knows how the hash is made still has to get the rest right. */
static void
test_verify_resealed (void)
{
  g_autoptr(JsonNode) closed = load_package ();
  g_autoptr(JsonNode) outside = load_package ();
  JsonObject *object = json_node_get_object (closed);
  JsonArray *routes = json_object_get_array_member (object, "routes");

  for (guint i = 0; i < json_array_get_length (routes); i++)
    json_object_set_boolean_member (json_array_get_object_element (routes, i), "acknowledged", TRUE);
  reseal (object);
  assert_altered (closed, "resealed", "acknowledged");

  object = json_node_get_object (outside);
  json_object_set_string_member (json_object_get_object_member (object, "filters"), "owner", "nobody-has-this");
  reseal (object);
  assert_altered (outside, "resealed", "filters");
}

/* The service writes down what it has: a field of a route that it lacks is no alteration */
static void
test_verify_null_fields (void)
{
  static const char *const names[] = { "plan_id", "escalation_owner", "route_created_at", "external_ref" };
  g_autoptr(JsonNode) package = load_package ();
  JsonObject *object = json_node_get_object (package);
  JsonObject *route = json_array_get_object_element (json_object_get_array_member (object, "routes"), 0);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    json_object_set_null_member (route, names[i]);
  json_object_remove_member (route, "owner");
  reseal (object);
  g_assert_cmpint (verify (package), ==, DRILL_VERDICT_WHOLE);

  json_object_set_int_member (route, "owner", 1);
  reseal (object);
  assert_altered (package, "resealed, a number as", "owner");
}

static void
test_verify_repeated_name (void)
{
  g_autoptr(JsonNode) package = load_package ();
  g_autofree char *text = json_to_string (package, FALSE);
  g_autofree char *twice = g_strconcat ("{\"generated_by\": \"somebody else\", ", text + 1, NULL);
  g_autoptr(GError) error = NULL;
  DrillVerdict verdict = verify_text (twice, &error);

  /* Refused by the reader or found by the check: never whole. */
  g_assert_cmpint (verdict, !=, DRILL_VERDICT_WHOLE);
}

static void
test_verify_other_json (void)
{
  static const char *const documents[] = {
    "{}", "[]", "1", "\"audit_id\"", "{\"audit_package\": null}", "{\"items\": []}",
    "{\"audit_id\": \"gordackaudit-0\"}", "{\"filters\": {}, \"routes\": []}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_cmpint (verify_text (documents[i], &error), ==, DRILL_VERDICT_NOT_A_PACKAGE);
    }
}

static void
test_verify_no_json (void)
{
  static const char *const documents[] = {
    "", "{", "not json", "{\"audit_id\": }",
    "\357\273\277{\"audit_id\": \"x\", \"routes\": []}", "/* x */ {\"audit_id\": \"x\", \"routes\": []}",
    "var package = {\"audit_id\": \"x\", \"routes\": []};", "PK\003\004",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_cmpint (verify_text (documents[i], &error), ==, DRILL_VERDICT_NOT_A_PACKAGE);
      g_assert_nonnull (error);
    }
}

/* Without routes, and with something odd among its filters */
static char *
make_exact (const char *id,
            const char *value)
{
  return g_strdup_printf ("{\"schema_version\": \"" DRILL_PACKAGE_SCHEMA "\", \"product\": \"CAVRA\","
                          " \"audit_id\": \"gordackaudit-%s\", \"generated_at\": \"2026-06-01T12:00:00Z\","
                          " \"generated_by\": \"x\", \"filters\": {\"x\": %s, \"schedule_id\": \"\", \"provider\": \"\","
                          " \"owner\": \"\"}, \"route_count\": 0, \"acknowledgement_count\": 0, \"acknowledged_count\": 0,"
                          " \"resolved_count\": 0, \"escalated_count\": 0, \"dismissed_count\": 0,"
                          " \"outstanding_count\": 0, \"alert_level\": \"healthy\", \"routes\": [],"
                          " \"controls\": [\"public-safe-acknowledgement-audit-package\","
                          " \"connector-secrets-not-included\", \"latest-route-acknowledgement-state-only\"]}",
                          id, value);
}

/* What Python makes of the same texts: json.dumps (…, sort_keys=True), SHA-256, 16 digits */
static void
test_verify_exact (void)
{
  static const struct
  {
    const char *name;
    const char *id;
    const char *value; /* of a filter that the contract does not know */
  } packages[] = {
    { "integers", "4bd402fa728f4376",
      "[18446744073709551616, -9223372036854775809, 1234567890123456789012345678901234567890, -0, 0]" },
    { "floats", "b02185f4f7e7e16b",
      "[1e16, 1E-5, -0.0, 5e-324, 1.7976931348623157e308, 0.1, 100.0, 123456789012345680.0, 2.50E+1, 1e22, 1e23]" },
    { "powers-of-two", "0e5f957ca373db45",
      "[7.120236347223045e-307, 7.291122019556398e-304, 7.174648137343064e-43, 9.5367431640625e-07]" },
    { "too-large", "15fbd9cd68b0fbbb",
      "[1E400, -1e999]" },
    { "controls", "34ad2dd0ab7bf779",
      "\"\\u0000\\u001f\\u007f \\b\\f\\n\\r\\t\\/\\\\\\\"\"" },
    { "unicode", "6b83f9229a4fde82",
      "\"\303\251\\u00E9 \342\200\250 \346\227\245\346\234\254 \360\237\230\200 \\ud83d\\ude00 \357\273\277\"" },
    { "half-pairs", "8d6e421409172629",
      "[\"\\ud800\", \"\\udc00\\ud800\", \"\\ud83dx\", \"\\ud83d\\ud83d\\ude00\"]" },
    { "order", "6813c46fc600be0c",
      "{\"\357\277\277\": 1, \"\360\220\200\200\": 2, \"\\ud800\": 3, \"a\\u0000b\": 4, \"a\": 5, \"\": 6, \"Z\": 7, \"\\u0061a\": 8}" },
    { "words", "5b4919c7e4e3d0f8",
      "[true, false, null, {}, [], [ ], { }]" },
    { "del-as-it-is", "e909004942e2ad0d",
      "\"\177\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (packages); i++)
    {
      g_autofree char *text = make_exact (packages[i].id, packages[i].value);
      g_autofree char *other = make_exact (packages[i].id, "[1.5]");
      g_autoptr(GError) error = NULL;

      if (verify_text (text, &error) != DRILL_VERDICT_WHOLE)
        g_error ("%s: %s", packages[i].name, error != NULL ? error->message : "altered");
      g_assert_cmpint (verify_text (other, NULL), ==, DRILL_VERDICT_ALTERED);
    }
}

/* Which of the two is meant differs between programs, whatever the hash is of */
static void
test_verify_repeated_exact (void)
{
  g_autofree char *text = make_exact ("66f61ddd2aa95eb6", "{\"a\": 1, \"\\u0061\": 2}");

  g_assert_cmpint (verify_text (text, NULL), ==, DRILL_VERDICT_ALTERED);
}

/* No JSON: what Python reads and what a torn file has */
static void
test_verify_not_json (void)
{
  static const char *const values[] = {
    "NaN", "-Infinity", "01", "1.", ".5", "+1", "1e", "\"\\x41\"", "\"\\u12g4\"", "\"\t\"", "\"\\", "tru", "nullx",
    "[1,]", "{\"a\" 1}", "\"\377\"", "1}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = make_exact ("0", values[i]);
      g_autoptr(GError) error = NULL;

      if (verify_text (text, &error) != DRILL_VERDICT_NOT_A_PACKAGE || error == NULL)
        g_error ("%s is read", values[i]);
    }
}

/* A file made of brackets does not use up the stack. */
static void
test_verify_deep (void)
{
  g_autofree char *open = g_strnfill (1000 * 1000, '[');
  g_autofree char *closed = g_strnfill (1000 * 1000, ']');
  g_autofree char *brackets = g_strconcat (open, closed, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (verify_text (brackets, &error), ==, DRILL_VERDICT_NOT_A_PACKAGE);
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_TOO_LARGE);
}

/* Wrong types everywhere: findings, never a crash. */
static void
test_verify_odd_types (void)
{
  static const char *const values[] = { "null", "1", "1.5", "true", "\"x\"", "[]", "{}", "[null]", "[{}]", "[[1]]" };
  static const char *const names[] = {
    "audit_id", "generated_at", "generated_by", "filters", "route_count", "routes", "controls", "alert_level",
  };

  for (gsize n = 0; n < G_N_ELEMENTS (names); n++)
    for (gsize v = 0; v < G_N_ELEMENTS (values); v++)
      {
        g_autofree char *text = g_strdup_printf ("{\"schema_version\": \"%s\", \"product\": \"CAVRA\", \"%s\": %s}",
                                                 DRILL_PACKAGE_SCHEMA, names[n], values[v]);
        g_autoptr(GError) error = NULL;

        g_assert_cmpint (verify_text (text, &error), ==, DRILL_VERDICT_ALTERED);
        g_assert_no_error (error);
      }
}

/* Where the service cuts, a package can be whole and yet not all. */
static void
test_verify_says_cut (void)
{
  g_autoptr(GString) history = g_string_new ("{\"items\": [");
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autoptr(JsonNode) package = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GPtrArray) findings = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < DRILL_PACKAGE_SERVICE_CUT + 5; i++)
    g_string_append_printf (history, "%s{\"session_id\": \"p%u\", \"created_at\": \"2026-05-01T00:00:00Z\","
                                     " \"metadata_kind\": \"go-backend-rollback-drill-notification-plan\","
                                     " \"plan\": {\"plan_id\": \"p%u\", \"schedule_id\": \"s%u\","
                                     " \"route_decisions\": [{\"provider\": \"slack\"}]}}",
                            i == 0 ? "" : ", ", i, i, i);
  g_string_append (history, "]}");

  evidence = audit_fixture_read_text (history->str);
  package = drill_package_build (evidence, NULL, "x", NOW, DRILL_PACKAGE_SERVICE_CUT);
  bytes = audit_fixture_to_bytes (package);

  g_assert_cmpint (drill_package_verify (bytes, &findings, NULL), ==, DRILL_VERDICT_WHOLE);
  g_assert_cmpuint (findings->len, ==, 1);
  text = drill_finding_dup_text (g_ptr_array_index (findings, 0), NULL);
  g_assert_cmpstr (text, ==, "holds exactly 500 routes, where the service cuts packages: the scope may have more");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *build = g_strdup_printf ("/drill/audit/package/conformance/%s", cases[i]);
      g_autofree char *whole = g_strdup_printf ("/drill/audit/package/verify-whole/%s", cases[i]);

      g_test_add_data_func (build, cases[i], test_conformance);
      g_test_add_data_func (whole, cases[i], test_verify_whole);
    }
  g_test_add_func ("/drill/audit/package/cut", test_cut);
  g_test_add_func ("/drill/audit/package/owner", test_owner);
  g_test_add_func ("/drill/audit/package/payload-state", test_payload_state);
  g_test_add_func ("/drill/audit/package/verify-each-field", test_verify_each_field);
  g_test_add_func ("/drill/audit/package/verify-each-route-field", test_verify_each_route_field);
  g_test_add_func ("/drill/audit/package/verify-filters", test_verify_filters);
  g_test_add_func ("/drill/audit/package/verify-lost-route", test_verify_lost_route);
  g_test_add_func ("/drill/audit/package/verify-resealed", test_verify_resealed);
  g_test_add_func ("/drill/audit/package/verify-null-fields", test_verify_null_fields);
  g_test_add_func ("/drill/audit/package/verify-repeated-name", test_verify_repeated_name);
  g_test_add_func ("/drill/audit/package/verify-other-json", test_verify_other_json);
  g_test_add_func ("/drill/audit/package/verify-no-json", test_verify_no_json);
  g_test_add_func ("/drill/audit/package/verify-exact", test_verify_exact);
  g_test_add_func ("/drill/audit/package/verify-repeated-exact", test_verify_repeated_exact);
  g_test_add_func ("/drill/audit/package/verify-not-json", test_verify_not_json);
  g_test_add_func ("/drill/audit/package/verify-deep", test_verify_deep);
  g_test_add_func ("/drill/audit/package/verify-odd-types", test_verify_odd_types);
  g_test_add_func ("/drill/audit/package/verify-says-cut", test_verify_says_cut);

  return g_test_run ();
}
