// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "audit/drill-finding.h"
#include "audit/drill-package.h"
#include "base/drill-error.h"

/* A language that says all the other way round, and does not know everything */
static const char *
translate (const char *text)
{
  static const struct
  {
    const char *english;
    const char *other;
  } words[] = {
    { "%s is missing or not a number", "no number: %s" },
    { "%s is missing or not a text", "no text: %s" },
    { "%s is %s, the routes give %s", "%3$s by the routes, %2$s by %1$s" },
    { "%s is \"%s\", not \"%s\"", "“%3$s” is not “%2$s”: %1$s" },
    { "%s is %s, less than the %s that the routes show", "%3$s > %2$s: %1$s" },
    { "routes are missing", "no routes" },
    { "route %s is not an object", "%s." },
    { "not an audit package", "something else" },
    { "", "what gettext says to nothing" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (text, words[i].english))
      return words[i].other;

  return text;
}

static void
assert_says (const DrillFinding *finding,
             const char         *english,
             const char         *other)
{
  g_autofree char *text = drill_finding_dup_text (finding, NULL);
  g_autofree char *translated = drill_finding_dup_text (finding, translate);

  g_assert_cmpstr (text, ==, english);
  g_assert_cmpstr (translated, ==, other);
}

static void
test_words (void)
{
  g_autoptr(DrillFinding) plain = drill_finding_new ("routes are missing");
  g_autoptr(DrillFinding) one = drill_finding_new ("%s is missing or not a number", "route_count");
  g_autoptr(DrillFinding) unknown = drill_finding_new ("%s and %s", "this", "that");

  assert_says (plain, "routes are missing", "no routes");
  assert_says (one, "route_count is missing or not a number", "no number: route_count");
  assert_says (unknown, "this and that", "this and that");
}

/* In another order, and texts that look like formats are texts */
static void
test_order (void)
{
  g_autoptr(DrillFinding) order = drill_finding_new ("%s is \"%s\", not \"%s\"", "owner", "100 %s", "%1$s%n");

  assert_says (order, "owner is \"100 %s\", not \"%1$s%n\"", "“%1$s%n” is not “100 %s”: owner");
}

static const char *
ask_too_much (const char *text)
{
  return "%2$s, %9$s, %0$s, %d, %s, %s, 5 %";
}

/* A translation that asks for what there is not gets nothing */
static void
test_too_much (void)
{
  g_autoptr(DrillFinding) finding = drill_finding_new ("route %s is outside the filters", "7");
  g_autofree char *text = drill_finding_dup_text (finding, ask_too_much);

  g_assert_cmpstr (text, ==, ", , , %d, 7, , 5 %");
}

/* What an error says is no format, and translated as a whole or not at all */
static void
test_error (void)
{
  g_autoptr(GError) known = g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "not an audit package");
  g_autoptr(GError) unknown = g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "odd: %s%n");
  g_autoptr(GError) empty = g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "");
  g_autoptr(DrillFinding) known_finding = drill_finding_new_for_error (known);
  g_autoptr(DrillFinding) unknown_finding = drill_finding_new_for_error (unknown);
  g_autoptr(DrillFinding) empty_finding = drill_finding_new_for_error (empty);

  assert_says (known_finding, "not an audit package", "something else");
  assert_says (unknown_finding, "odd: %s%n", "odd: %s%n");
  assert_says (empty_finding, "", "");
}

/* What programs read, word for word, and the same for people */
static void
test_package (void)
{
  static const char document[] =
    "{\"schema_version\": \"" DRILL_PACKAGE_SCHEMA "\", \"product\": \"CAVERN\", \"audit_id\": 7,"
    " \"filters\": {\"schedule_id\": \"s\", \"provider\": 1, \"owner\": \"\"}, \"generated_at\": \"soon\", \"generated_by\": 1,"
    " \"routes\": [1, {\"route_id\": 1, \"schedule_id\": \"t\", \"plan_id\": \"p\", \"provider\": \"x\", \"owner\": \"o\","
    " \"route_action\": \"suppress\", \"acknowledgement_state\": \"resolved\", \"acknowledged\": false}],"
    " \"route_count\": \"2\", \"acknowledged_count\": 1, \"resolved_count\": 1, \"escalated_count\": 0, \"dismissed_count\": 0,"
    " \"outstanding_count\": 0, \"alert_level\": \"healthy\", \"acknowledgement_count\": 0, \"acknowledgement_count\": 0,"
    " \"controls\": [\"public-safe-acknowledgement-audit-package\", \"connector-secrets-not-included\"]}";
  static const struct
  {
    const char *english;
    const char *other;
  } right[] = {
    { "product is \"CAVERN\", not \"CAVRA\"", "“CAVRA” is not “CAVERN”: product" },
    { "audit_id is missing or not a text", "no text: audit_id" },
    { "generated_at is not a time", "generated_at is not a time" },
    { "generated_by is missing or not a text", "no text: generated_by" },
    { "filter provider is not a text", "filter provider is not a text" },
    { "route 1 is not an object", "1." },
    { "route 2: route_id is not a text", "route 2: route_id is not a text" },
    { "route 2: acknowledged does not fit its state \"resolved\"", "route 2: acknowledged does not fit its state \"resolved\"" },
    { "route 2: its action is \"suppress\", not \"deliver\"", "route 2: its action is \"suppress\", not \"deliver\"" },
    { "route 2 is outside the filters", "route 2 is outside the filters" },
    { "route_count is missing or not a number", "no number: route_count" },
    { "acknowledged_count is 1, the routes give 0", "0 by the routes, 1 by acknowledged_count" },
    { "acknowledgement_count is 0, less than the 1 that the routes show", "1 > 0: acknowledgement_count" },
    { "control \"latest-route-acknowledgement-state-only\" is missing", "control \"latest-route-acknowledgement-state-only\" is missing" },
    { "a name is given twice in one object", "a name is given twice in one object" },
  };
  g_autoptr(GBytes) bytes = g_bytes_new_static (document, strlen (document));
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (drill_package_verify (bytes, &findings, &error), ==, DRILL_VERDICT_ALTERED);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len && i < G_N_ELEMENTS (right); i++)
    assert_says (g_ptr_array_index (findings, i), right[i].english, right[i].other);
  g_assert_cmpuint (findings->len, ==, G_N_ELEMENTS (right));
}

static void
test_no_package (void)
{
  g_autoptr(GBytes) other = g_bytes_new_static ("{}", 2);
  g_autoptr(GBytes) index = g_bytes_new_static ("{\"schema_version\": \"" DRILL_PACKAGE_BUNDLE_SCHEMA "\"}",
                                                strlen ("{\"schema_version\": \"" DRILL_PACKAGE_BUNDLE_SCHEMA "\"}"));
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(GPtrArray) index_findings = NULL;

  g_assert_cmpint (drill_package_verify (other, &findings, NULL), ==, DRILL_VERDICT_NOT_A_PACKAGE);
  g_assert_cmpuint (findings->len, ==, 1);
  assert_says (g_ptr_array_index (findings, 0), "not an audit package", "something else");

  g_assert_cmpint (drill_package_verify (index, &index_findings, NULL), ==, DRILL_VERDICT_NOT_A_PACKAGE);
  g_assert_cmpuint (index_findings->len, ==, 1);
  assert_says (g_ptr_array_index (index_findings, 0),
               "the index of several packages: sha256sum -c SHA256SUMS checks the files beside it",
               "the index of several packages: sha256sum -c SHA256SUMS checks the files beside it");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/audit/finding/words", test_words);
  g_test_add_func ("/drill/audit/finding/order", test_order);
  g_test_add_func ("/drill/audit/finding/too-much", test_too_much);
  g_test_add_func ("/drill/audit/finding/error", test_error);
  g_test_add_func ("/drill/audit/finding/package", test_package);
  g_test_add_func ("/drill/audit/finding/no-package", test_no_package);

  return g_test_run ();
}
