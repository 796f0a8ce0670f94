// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "audit-fixture.h"
#include "audit/drill-finding.h"
#include "audit/drill-package-parts.h"
#include "base/drill-error.h"

#define NOW (G_GINT64_CONSTANT (1780315200) * G_TIME_SPAN_SECOND) /* 2026-06-01T12:00:00Z */

static const char *const cases[] = { "small", "medium", "edges" };

/* A plan with one delivered route for each of @providers, @plan at noon of day @day of May */
static void
append_plan (GString    *history,
             guint       number,
             guint       day,
             const char *schedule_id,
             const char *provider)
{
  g_string_append_printf (history,
                          "%s{\"session_id\": \"p%u\", \"created_at\": \"2026-05-%02uT12:00:00Z\","
                          " \"metadata_kind\": \"" DRILL_KIND_PLAN "\", \"schedule_id\": \"%s\", \"plan\": {\"plan_id\": \"p%u\","
                          " \"schedule_id\": \"%s\", \"route_decisions\": [{\"provider\": \"%s\", \"owner\": \"Team-%u\"}]}}",
                          history->len > 0 ? ", " : "", number, day, schedule_id, number, schedule_id, provider, number % 2);
}

static void
append_ack (GString    *history,
            guint       number,
            guint       day,
            const char *schedule_id,
            const char *provider)
{
  g_string_append_printf (history,
                          "%s{\"session_id\": \"a%u\", \"created_at\": \"2026-05-%02uT13:00:00.%06uZ\","
                          " \"metadata_kind\": \"" DRILL_KIND_ACK "\", \"schedule_id\": \"%s\", \"provider\": \"%s\","
                          " \"acknowledgement_state\": \"resolved\", \"acknowledgement\": {\"acknowledgement_state\": \"resolved\","
                          " \"acknowledgement_id\": \"a%u\", \"acknowledged_by\": \"me\"}}",
                          history->len > 0 ? ", " : "", number, day, number, schedule_id, provider, number);
}

static DrillEvidence *
read_history (GString *history)
{
  g_autofree char *document = g_strdup_printf ("{\"items\": [%s]}", history->str);

  return audit_fixture_read_text (document);
}

static void
test_cover (gconstpointer data)
{
  g_autoptr(DrillEvidence) evidence = audit_fixture_read_case (data);
  g_autoptr(JsonNode) node = audit_fixture_load_json (data, "packages.json");
  JsonArray *packages = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (packages); i++)
    {
      JsonObject *package = json_array_get_object_element (packages, i);
      JsonObject *filters = json_object_get_object_member (package, "filters");
      DrillPackageScope scope = {
        json_object_get_string_member (filters, "schedule_id"),
        json_object_get_string_member (filters, "provider"),
        json_object_get_string_member (filters, "owner"),
      };
      DrillPackageCoverage coverage;
      g_autoptr(GPtrArray) parts = drill_package_plan_parts (evidence, &scope);

      drill_package_cover (evidence, &scope, &coverage);
      g_assert_cmpint (coverage.n_routes, ==, json_object_get_int_member (package, "route_count"));
      g_assert_cmpint (coverage.n_acks, ==, json_object_get_int_member (package, "acknowledgement_count"));
      g_assert_cmpint (coverage.states[DRILL_STATE_RESOLVED], ==, json_object_get_int_member (package, "resolved_count"));
      g_assert_cmpint (coverage.states[DRILL_STATE_ESCALATED], ==, json_object_get_int_member (package, "escalated_count"));
      g_assert_true (coverage.fits);
      g_assert_cmpuint (parts->len, ==, 1);
      g_assert_cmpint (((DrillPackagePart *) parts->pdata[0])->n_routes, ==, coverage.n_routes);
    }
}

static guint
count_built (DrillEvidence          *evidence,
             const DrillPackagePart *part)
{
  const DrillPackageScope scope = { part->schedule_id, part->provider, part->owner };
  g_autoptr(JsonNode) node = drill_package_build (evidence, &scope, "x", NOW, DRILL_PACKAGE_SERVICE_CUT);

  return (guint) json_object_get_int_member (json_node_get_object (node), "route_count");
}

/* 300 + 300 of two schedules, 550 of one with two providers, 501 of one with one, and two that have no schedule */
static DrillEvidence *
read_large (void)
{
  g_autoptr(GString) history = g_string_new (NULL);
  guint number = 0;

  for (guint i = 0; i < 300; i++)
    {
      append_plan (history, number++, 1 + i % 28, "b", "slack");
      append_plan (history, number++, 1 + i % 28, "a", "slack");
    }
  for (guint i = 0; i < 490; i++)
    append_plan (history, number++, 1 + i % 28, "c", i < 260 ? "slack" : "jira");
  for (guint i = 0; i < 501; i++)
    append_plan (history, number++, 1 + i % 28, "d", "slack");
  for (guint i = 0; i < 2; i++)
    append_plan (history, number++, 1, "", "slack");

  return read_history (history);
}

static void
test_parts (void)
{
  static const struct
  {
    const char *schedule_id;
    const char *provider;
    guint       n_routes;
    gboolean    fits;
  } right[] = {
    { "", "", 2, FALSE },
    { "a", "", 300, TRUE },
    { "b", "", 300, TRUE },
    { "c", "", 490, TRUE },
    { "d", "slack", 501, FALSE },
  };
  g_autoptr(DrillEvidence) evidence = read_large ();
  g_autoptr(GPtrArray) parts = drill_package_plan_parts (evidence, NULL);

  g_assert_cmpuint (parts->len, ==, G_N_ELEMENTS (right));
  for (guint i = 0; i < parts->len; i++)
    {
      const DrillPackagePart *part = parts->pdata[i];

      g_assert_cmpstr (part->schedule_id, ==, right[i].schedule_id);
      g_assert_cmpstr (part->provider, ==, right[i].provider);
      g_assert_cmpstr (part->owner, ==, "");
      g_assert_cmpuint (part->n_routes, ==, right[i].n_routes);
      g_assert_cmpint (part->fits, ==, right[i].fits);
      if (part->fits)
        g_assert_cmpuint (count_built (evidence, part), ==, part->n_routes);
    }
}

/* The filters of the person stay in every part */
static void
test_parts_filtered (void)
{
  const DrillPackageScope by_owner = { NULL, "slack", "team" };
  const DrillPackageScope fitting = { NULL, NULL, "TEAM-1" };
  g_autoptr(DrillEvidence) evidence = read_large ();
  g_autoptr(GPtrArray) parts = drill_package_plan_parts (evidence, &by_owner);
  g_autoptr(GPtrArray) others = drill_package_plan_parts (evidence, &fitting);
  guint n_routes = 0;

  g_assert_cmpuint (parts->len, ==, 5);
  for (guint i = 0; i < parts->len; i++)
    {
      const DrillPackagePart *part = parts->pdata[i];

      g_assert_cmpstr (part->provider, ==, "slack");
      g_assert_cmpstr (part->owner, ==, "team");
      n_routes += part->n_routes;
    }
  g_assert_cmpuint (n_routes, ==, 2 + 300 + 300 + 260 + 501);

  for (guint i = 0; i < others->len; i++)
    g_assert_cmpstr (((DrillPackagePart *) others->pdata[i])->owner, ==, "TEAM-1");
}

/* One schedule that is too much goes by provider */
static void
test_parts_providers (void)
{
  g_autoptr(GString) history = g_string_new (NULL);
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autoptr(GPtrArray) parts = NULL;
  const DrillPackagePart *first;
  const DrillPackagePart *second;

  append_plan (history, 0, 1, "s", "slack");
  for (guint i = 0; i < 300; i++)
    append_ack (history, i, 2, "s", "slack");
  for (guint i = 300; i < 600; i++)
    append_ack (history, i, 2, "s", "jira");
  append_plan (history, 1, 1, "s", "jira");
  evidence = read_history (history);
  parts = drill_package_plan_parts (evidence, NULL);

  g_assert_cmpuint (parts->len, ==, 2);
  first = parts->pdata[0];
  second = parts->pdata[1];
  g_assert_cmpstr (first->provider, ==, "jira");
  g_assert_cmpstr (second->provider, ==, "slack");
  g_assert_true (first->fits && second->fits);
}

static const char *
state_of (DrillEvidence           *evidence,
          const DrillPackageScope *scope,
          const char              *provider)
{
  g_autoptr(JsonNode) node = drill_package_build (evidence, scope, "x", NOW, DRILL_PACKAGE_SERVICE_CUT);
  JsonArray *routes = json_object_get_array_member (json_node_get_object (node), "routes");

  for (guint i = 0; i < json_array_get_length (routes); i++)
    {
      JsonObject *route = json_array_get_object_element (routes, i);

      if (g_str_equal (json_object_get_string_member (route, "provider"), provider))
        return g_intern_string (json_object_get_string_member (route, "acknowledgement_state"));
    }

  return NULL;
}

/* Two routes only, but the acknowledgement of one is not among the newest 500: it would be shown as outstanding */
static void
test_ack_cut (void)
{
  const DrillPackageScope one_pair = { "s", "slack", NULL };
  const DrillPackageScope other_pair = { "s", "jira", NULL };
  g_autoptr(GString) history = g_string_new (NULL);
  g_autoptr(DrillEvidence) evidence = NULL;
  DrillPackageCoverage coverage;

  append_plan (history, 0, 1, "s", "slack");
  append_plan (history, 1, 1, "s", "jira");
  append_ack (history, 0, 2, "s", "jira");
  for (guint i = 1; i <= 600; i++)
    append_ack (history, i, 3, "s", "slack");
  evidence = read_history (history);

  drill_package_cover (evidence, NULL, &coverage);
  g_assert_cmpuint (coverage.n_routes, ==, 2);
  g_assert_cmpuint (coverage.n_acks, ==, 601);
  g_assert_cmpuint (coverage.states[DRILL_STATE_RESOLVED], ==, 2);
  g_assert_false (coverage.fits);
  g_assert_cmpstr (state_of (evidence, NULL, "jira"), ==, "outstanding");
  g_assert_cmpstr (state_of (evidence, NULL, "slack"), ==, "resolved");

  /* In parts both are right */
  drill_package_cover (evidence, &one_pair, &coverage);
  g_assert_true (coverage.fits);
  g_assert_cmpstr (state_of (evidence, &one_pair, "slack"), ==, "resolved");
  g_assert_cmpstr (state_of (evidence, &other_pair, "jira"), ==, "resolved");
}

static GBytes *
build_bytes (DrillEvidence *evidence)
{
  g_autoptr(JsonNode) node = drill_package_build (evidence, NULL, "x", NOW, G_MAXUINT);

  return audit_fixture_to_bytes (node);
}

static void
test_compare_same (gconstpointer data)
{
  g_autoptr(DrillEvidence) evidence = audit_fixture_read_case (data);
  g_autoptr(GBytes) package = build_bytes (evidence);
  g_auto(DrillPackageDifference) difference = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_true (drill_package_compare (package, evidence, &difference, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (difference.n_routes, >, 0);
  g_assert_cmpuint (difference.n_missing, ==, 0);
  g_assert_cmpuint (difference.n_newer, ==, 0);
  g_assert_cmpuint (difference.n_unknown, ==, 0);
  g_assert_cmpuint (difference.n_changed, ==, 0);
  g_assert_cmpuint (difference.changes->len, ==, 0);
}

static void
assert_change (const DrillPackageDifference *difference,
               const char                   *right)
{
  g_autofree char *text = drill_finding_dup_text (difference->changes->pdata[0], NULL);

  g_assert_cmpstr (text, ==, right);
}

/* Then: four routes. Now: one acknowledged, one more from before the package was made, one from after it, one gone. */
static void
test_compare_changed (void)
{
  g_autoptr(GString) then = g_string_new (NULL);
  g_autoptr(GString) now = g_string_new (NULL);
  g_autoptr(DrillEvidence) before = NULL;
  g_autoptr(DrillEvidence) after = NULL;
  g_autoptr(GBytes) package = NULL;
  g_auto(DrillPackageDifference) difference = { 0 };
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *schedule = g_strdup_printf ("s%u", i);

      append_plan (then, i, 1, schedule, "slack");
      if (i > 0)
        append_plan (now, i, 1, schedule, "slack");
    }
  before = read_history (then);
  package = build_bytes (before);
  append_plan (now, 4, 2, "s4", "slack");
  append_plan (now, 5, 3, "s5", "slack");
  append_ack (now, 1, 4, "s1", "slack");
  g_string_append (now, ", {\"session_id\": \"p6\", \"created_at\": \"2026-06-02T12:00:00Z\", \"metadata_kind\": \"" DRILL_KIND_PLAN
                        "\", \"plan\": {\"plan_id\": \"p6\", \"schedule_id\": \"s6\", \"route_decisions\": [{\"provider\": \"x\"}]}}");
  after = read_history (now);

  g_assert_true (drill_package_compare (package, after, &difference, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (difference.n_routes, ==, 4);
  g_assert_cmpuint (difference.n_missing, ==, 2);
  g_assert_cmpuint (difference.n_newer, ==, 1);
  g_assert_cmpuint (difference.n_unknown, ==, 1);
  g_assert_cmpuint (difference.n_changed, ==, 1);
  g_assert_cmpuint (difference.changes->len, ==, 4);
  assert_change (&difference, "s1, slack, Team-1: was outstanding, is resolved by me (a1)");
}

/* An acknowledgement there, here, both, and a state that nobody is named for */
static void
test_compare_words (void)
{
  g_autoptr(GString) plan = g_string_new (NULL);
  g_autoptr(GString) once = g_string_new (NULL);
  g_autoptr(GString) twice = g_string_new (NULL);
  g_autoptr(DrillEvidence) without = NULL;
  g_autoptr(DrillEvidence) first = NULL;
  g_autoptr(DrillEvidence) second = NULL;
  struct
  {
    DrillEvidence **then;
    DrillEvidence **now;
    const char     *right;
  } changes[] = {
    { &without, &first, "s1, slack, Team-1: was outstanding, is resolved by me (a1)" },
    { &first, &without, "s1, slack, Team-1: was resolved by me (a1), is outstanding" },
    { &first, &second, "s1, slack, Team-1: was resolved by me (a1), is resolved by me (a2)" },
  };

  append_plan (plan, 1, 1, "s1", "slack");
  g_string_append (once, plan->str);
  append_ack (once, 1, 4, "s1", "slack");
  g_string_append (twice, once->str);
  append_ack (twice, 2, 5, "s1", "slack");
  without = read_history (plan);
  first = read_history (once);
  second = read_history (twice);

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr(GBytes) package = build_bytes (*changes[i].then);
      g_auto(DrillPackageDifference) difference = { 0 };

      g_assert_true (drill_package_compare (package, *changes[i].now, &difference, NULL));
      g_assert_cmpuint (difference.changes->len, ==, 1);
      assert_change (&difference, changes[i].right);
    }

  {
    g_autoptr(GBytes) package = build_bytes (without);
    gsize length;
    const char *data = g_bytes_get_data (package, &length);
    g_autofree char *text = g_strndup (data, length);
    g_auto(GStrv) parts = g_strsplit (text, "\"outstanding\"", 2);
    g_autofree char *odd = g_strjoinv ("\"lost\"", parts);
    g_autoptr(GBytes) bytes = g_bytes_new (odd, strlen (odd));
    g_auto(DrillPackageDifference) difference = { 0 };

    g_assert_true (drill_package_compare (bytes, without, &difference, NULL));
    g_assert_cmpuint (difference.changes->len, ==, 1);
    assert_change (&difference, "s1, slack, Team-1: was lost, is outstanding");
  }
}

static void
test_compare_many (void)
{
  g_autoptr(DrillEvidence) evidence = read_large ();
  g_autoptr(DrillEvidence) empty = drill_evidence_new_empty ();
  g_autoptr(GBytes) package = build_bytes (evidence);
  g_auto(DrillPackageDifference) difference = { 0 };

  g_assert_true (drill_package_compare (package, empty, &difference, NULL));
  g_assert_cmpuint (difference.n_unknown, ==, 300 + 300 + 490 + 501 + 2);
  g_assert_cmpuint (difference.changes->len, ==, 100);
}

static void
test_compare_other (void)
{
  static const char *const documents[] = { "{}", "[]", "7", "", "{\"routes\": 1" };
  g_autoptr(DrillEvidence) evidence = drill_evidence_new_empty ();

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (documents[i], strlen (documents[i]));
      g_auto(DrillPackageDifference) difference = { 0 };
      g_autoptr(GError) error = NULL;

      g_assert_false (drill_package_compare (bytes, evidence, &difference, &error));
      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *cover = g_strdup_printf ("/drill/audit/package-parts/cover/%s", cases[i]);
      g_autofree char *same = g_strdup_printf ("/drill/audit/package-parts/compare-same/%s", cases[i]);

      g_test_add_data_func (cover, cases[i], test_cover);
      g_test_add_data_func (same, cases[i], test_compare_same);
    }
  g_test_add_func ("/drill/audit/package-parts/parts", test_parts);
  g_test_add_func ("/drill/audit/package-parts/parts-filtered", test_parts_filtered);
  g_test_add_func ("/drill/audit/package-parts/parts-providers", test_parts_providers);
  g_test_add_func ("/drill/audit/package-parts/ack-cut", test_ack_cut);
  g_test_add_func ("/drill/audit/package-parts/compare-changed", test_compare_changed);
  g_test_add_func ("/drill/audit/package-parts/compare-words", test_compare_words);
  g_test_add_func ("/drill/audit/package-parts/compare-many", test_compare_many);
  g_test_add_func ("/drill/audit/package-parts/compare-other", test_compare_other);

  return g_test_run ();
}
