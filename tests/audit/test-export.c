// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <string.h>

#include "audit-fixture.h"
#include "audit/drill-export.h"
#include "base/drill-time.h"

#define NOW (G_GINT64_CONSTANT (1780315200) * G_TIME_SPAN_SECOND) /* 2026-06-01T12:00:00Z */

/* What breaks exports elsewhere: formulas, quotes, separators, line ends, other scripts. */
static const char nasty[] =
  "{\"items\": [{\"session_id\": \"p1\", \"created_at\": \"2026-06-01T11:00:00Z\", \"extra\":  1.50,"
  " \"metadata_kind\": \"go-backend-rollback-drill-notification-plan\","
  " \"plan\": {\"plan_id\": \"p1\", \"schedule_id\": \"=1+1\", \"alert_level\": \"warning\", \"route_decisions\": ["
  "{\"provider\": \"@slack\", \"owner\": \"a \\\"b\\\", c\", \"action\": \"deliver\", \"acknowledgement_minutes\": 45,"
  " \"reason\": \"line\\nbreak \\u904b \\ud83d\\ude00\"},"
  "{\"provider\": \"-teams\", \"owner\": \"+o\", \"action\": \"suppress\", \"reason\": \"\\tx\"}]}},"
  "{\"session_id\": \"u1\", \"created_at\": \"2026-06-01T10:00:00Z\", \"signer\": \"=cmd()\","
  " \"metadata_kind\": \"go-backend-rollback-drill-new-thing\",   \"n\": [1, 2.50, 1e3, \"\\u00e9\"]}]}";

static const DrillExportInfo live = {
  .source = "https://example.org",
  .complete = TRUE,
  .loaded_at_us = NOW,
  .exported_at_us = NOW,
  .actor = "release-manager",
  .version = "1.2.3",
  .filters = "provider \"slack\"",
  .n_population = 10,
  .n_matched = 4,
};

static const DrillExportInfo sample = {
  .source = "sample data",
  .is_sample = TRUE,
  .loaded_at_us = DRILL_TIME_UNKNOWN,
  .exported_at_us = NOW,
  .version = "1.2.3",
};

typedef gboolean (*ExportRoutes) (DrillEvidence *, const guint32 *, guint, gint64, const DrillExportInfo *,
                                  GOutputStream *, GCancellable *, GError **);
typedef gboolean (*ExportItems)  (DrillEvidence *, const guint32 *, guint, const DrillExportInfo *,
                                  GOutputStream *, GCancellable *, GError **);

static char *
take_text (GOutputStream *stream)
{
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);

  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static char *
routes_to_text (ExportRoutes           export,
                DrillEvidence         *evidence,
                const DrillExportInfo *info)
{
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autofree guint32 *rows = g_new (guint32, drill_evidence_get_n_routes (evidence));
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < drill_evidence_get_n_routes (evidence); i++)
    rows[i] = i;

  g_assert_true (export (evidence, rows, drill_evidence_get_n_routes (evidence), NOW, info, stream, NULL, &error));
  g_assert_no_error (error);

  return take_text (stream);
}

static char *
items_to_text (ExportItems            export,
               DrillEvidence         *evidence,
               const DrillExportInfo *info)
{
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr(GError) error = NULL;

  g_assert_true (export (evidence, drill_evidence_get_item_order (evidence), drill_evidence_get_n_items (evidence),
                         info, stream, NULL, &error));
  g_assert_no_error (error);

  return take_text (stream);
}

static JsonObject *
parse (const char  *text,
       JsonNode   **node)
{
  g_autoptr(GError) error = NULL;

  *node = json_from_string (text, &error);
  g_assert_no_error (error);

  return json_node_get_object (*node);
}

static void
test_routes_json (void)
{
  g_autoptr(DrillEvidence) evidence = audit_fixture_read_text (nasty);
  g_autofree char *text = routes_to_text (drill_export_routes_json, evidence, &live);
  g_autoptr(JsonNode) node = NULL;
  JsonObject *document = parse (text, &node);
  JsonObject *facts = json_object_get_object_member (document, "export");
  JsonArray *routes = json_object_get_array_member (document, "routes");
  JsonObject *route = json_array_get_object_element (routes, 0);

  g_assert_cmpstr (json_object_get_string_member (facts, "program"), ==, "drill-console");
  g_assert_cmpstr (json_object_get_string_member (facts, "version"), ==, "1.2.3");
  g_assert_cmpstr (json_object_get_string_member (facts, "source"), ==, "https://example.org");
  g_assert_cmpstr (json_object_get_string_member (facts, "filters"), ==, "provider \"slack\"");
  g_assert_cmpstr (json_object_get_string_member (facts, "actor"), ==, "release-manager");
  g_assert_cmpstr (json_object_get_string_member (facts, "loaded_at"), ==, "2026-06-01T12:00:00+00:00");
  g_assert_cmpstr (json_object_get_string_member (facts, "exported_at"), ==, "2026-06-01T12:00:00+00:00");
  g_assert_cmpint (json_object_get_int_member (facts, "population"), ==, 10);
  g_assert_cmpint (json_object_get_int_member (facts, "matched"), ==, 4);
  g_assert_cmpint (json_object_get_int_member (facts, "exported"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (facts, "excluded"), ==, 8);
  g_assert_true (json_object_get_boolean_member (facts, "complete"));
  g_assert_false (json_object_get_boolean_member (facts, "sample"));
  g_assert_false (json_object_has_member (facts, "warning"));

  g_assert_cmpuint (json_array_get_length (routes), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (route, "schedule_id"), ==, "=1+1");
  g_assert_cmpstr (json_object_get_string_member (route, "owner"), ==, "a \"b\", c");
  g_assert_cmpstr (json_object_get_string_member (route, "reason"), ==, "line\nbreak 運 😀");
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (route, "age_minutes"), 60.0, 1e-9);
  g_assert_true (json_object_get_boolean_member (route, "breached"));
  g_assert_cmpint (json_object_get_int_member (route, "acknowledgement_minutes"), ==, 45);

  /* a suppressed row is not judged */
  route = json_array_get_object_element (routes, 1);
  g_assert_true (json_object_get_null_member (route, "age_minutes"));
  g_assert_true (json_object_get_null_member (route, "breached"));
  g_assert_true (json_object_get_null_member (route, "recommended_action"));
  g_assert_true (json_object_get_null_member (route, "acknowledgement_minutes"));
  g_assert_cmpstr (json_object_get_string_member (route, "acknowledgement_state"), ==, "");
}

/* The names and the order that scripts rely on (contract section 4 and on). */
static void
test_route_fields (void)
{
  static const char *const names[] = {
    "route_id", "created_at", "plan_id", "schedule_id", "alert_level", "provider", "owner", "escalation_owner",
    "action", "category", "reason", "acknowledgement_minutes", "maintenance_window_id", "maintenance_window_reason",
    "owner_available", "owner_availability_reason", "next_due_at", "current", "acknowledgement_state", "acknowledged",
    "acknowledged_by", "acknowledged_at", "external_ref", "predates_plan", "age_minutes", "breached",
    "recommended_action",
  };
  g_autoptr(DrillEvidence) evidence = audit_fixture_read_text (nasty);
  g_autoptr(GString) json = g_string_new (NULL);
  g_autoptr(GString) header = g_string_new (NULL);
  g_autoptr(GString) expected = g_string_new ("data_source");
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GList) members = NULL;
  DrillRouteRecord record;
  guint i = 0;

  drill_route_record_read (&record, evidence, 0, NOW);
  drill_route_record_append_json (&record, json);
  members = json_object_get_members (parse (json->str, &node));
  g_assert_cmpuint (g_list_length (members), ==, G_N_ELEMENTS (names));
  for (GList *member = members; member != NULL; member = member->next)
    {
      g_assert_cmpstr (member->data, ==, names[i]);
      g_string_append_printf (expected, ",%s", names[i]);
      i++;
    }

  drill_route_record_append_csv_header (header);
  g_string_append (expected, "\r\n");
  g_assert_cmpstr (header->str, ==, expected->str);
}

/* An acknowledgement from before the plan counts, and is marked. */
static void
test_route_predates (void)
{
  g_autoptr(DrillEvidence) evidence = audit_fixture_read_text (
    "{\"items\": [{\"session_id\": \"p\", \"created_at\": \"2026-06-01T11:00:00Z\","
    " \"metadata_kind\": \"go-backend-rollback-drill-notification-plan\", \"schedule_id\": \"s\","
    " \"plan\": {\"plan_id\": \"p\", \"schedule_id\": \"s\", \"route_decisions\":"
    " [{\"provider\": \"slack\", \"action\": \"deliver\"}]}},"
    " {\"session_id\": \"k\", \"created_at\": \"2026-05-01T01:00:00Z\", \"schedule_id\": \"s\", \"provider\": \"slack\","
    " \"metadata_kind\": \"go-backend-rollback-drill-notification-ack\", \"acknowledgement_state\": \"acknowledged\","
    " \"acknowledgement\": {\"acknowledgement_state\": \"acknowledged\", \"acknowledged_by\": \"ana\","
    " \"acknowledged_at\": \"2026-05-01T01:00:00Z\", \"external_ref\": \"CHG-1\"}}]}");
  DrillRouteRecord record;

  drill_route_record_read (&record, evidence, 0, NOW);
  g_assert_cmpstr (record.acknowledgement_state, ==, "acknowledged");
  g_assert_cmpstr (record.acknowledged_by, ==, "ana");
  g_assert_cmpstr (record.acknowledged_at, ==, "2026-05-01T01:00:00Z");
  g_assert_cmpstr (record.external_ref, ==, "CHG-1");
  g_assert_true (record.predates_plan);
  g_assert_true (record.current);
  g_assert_true (record.judged);
  g_assert_false (record.breached);
  g_assert_cmpstr (record.recommended_action, ==, "no_action");
}

/* A saved package names its routes itself, at any length. */
static void
test_route_long_id (void)
{
  g_autoptr(GString) json = g_string_new ("{\"schema_version\": \"cavra.go-backend-pilot.rollback-drill-acknowledgement-"
                                          "audit-package.v1\", \"audit_id\": \"a\", \"filters\": {}, \"routes\": ["
                                          "{\"route_action\": \"deliver\", \"provider\": \"slack\", \"route_id\": \"x");
  g_autoptr(DrillEvidence) evidence = NULL;
  DrillRouteRecord record;

  for (guint i = 0; i < 100; i++)
    g_string_append (json, "é");
  g_string_append (json, "\"}]}");

  evidence = audit_fixture_read_text (json->str);
  g_assert_cmpuint (drill_evidence_get_n_routes (evidence), ==, 1);
  drill_route_record_read (&record, evidence, 0, NOW);
  g_assert_true (g_str_has_prefix (record.route_id, "xé"));
  g_assert_true (g_utf8_validate (record.route_id, -1, NULL));
}

static void
test_routes_csv (void)
{
  g_autoptr(DrillEvidence) evidence = audit_fixture_read_text (nasty);
  g_autofree char *text = routes_to_text (drill_export_routes_csv, evidence, &live);

  /* cells that a spreadsheet would run are text, quotes and line ends are quoted, numbers are bare */
  g_assert_true (g_str_has_suffix (text, "\r\n"));
  g_assert_nonnull (strstr (text, "\r\nhttps://example.org,gordroute-"));
  g_assert_nonnull (strstr (text, ",'=1+1,"));
  g_assert_nonnull (strstr (text, ",'@slack,\"a \"\"b\"\", c\","));
  g_assert_nonnull (strstr (text, ",\"line\nbreak 運 😀\",45,"));
  g_assert_nonnull (strstr (text, ",'-teams,'+o,'+o,suppress,"));
  g_assert_nonnull (strstr (text, ",\"'\tx\",,"));
  g_assert_nonnull (strstr (text, ",60.0,true,escalate_missed_drill_notification\r\n"));
  g_assert_nonnull (strstr (text, ",false,,,\r\n"));
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
test_age_numbers (void)
{
  static const struct
  {
    double      age;
    const char *text;
  } ages[] = { { 70, "70.0" }, { 12.35, "12.35" }, { 0.1, "0.1" }, { 3000, "3000.0" }, { -1.5, "-1.5" }, { 100.01, "100.01" } };

  for (gsize i = 0; i < G_N_ELEMENTS (ages); i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);

      drill_route_append_age (text, ages[i].age);
      g_assert_cmpstr (text->str, ==, ages[i].text);
    }
}

/* The service's bytes are kept, spacing and number spelling included, and the
 * export is a history that opens again. */
static void
test_items_json (void)
{
  g_autoptr(DrillEvidence) evidence = audit_fixture_read_text (nasty);
  g_autofree char *text = items_to_text (drill_export_items_json, evidence, &live);
  g_autoptr(DrillEvidence) again = audit_fixture_read_text (text);
  guint n_items = drill_evidence_get_n_items (evidence);

  g_assert_cmpuint (n_items, ==, 2);
  g_assert_cmpuint (drill_evidence_get_n_items (again), ==, n_items);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(GBytes) before = drill_evidence_get_item_bytes (evidence, drill_evidence_get_item_order (evidence)[i]);
      g_autoptr(GBytes) after = drill_evidence_get_item_bytes (again, drill_evidence_get_item_order (again)[i]);

      g_assert_true (g_bytes_equal (before, after));
    }
  g_assert_nonnull (strstr (text, "\"metadata_kind\": \"go-backend-rollback-drill-new-thing\",   \"n\": [1, 2.50, 1e3,"));
}

static void
test_items_csv (void)
{
  g_autoptr(DrillEvidence) evidence = audit_fixture_read_text (nasty);
  g_autofree char *text = items_to_text (drill_export_items_csv, evidence, &live);
  g_auto(GStrv) lines = g_strsplit (text, "\r\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 4); /* names, two items, and nothing behind the last line's end */
  g_assert_cmpstr (lines[0], ==, "data_source,session_id,created_at,metadata_kind,schedule_id,subject,providers,"
                                 "result,state,alert_level,signer");
  g_assert_true (g_str_has_prefix (lines[1], "https://example.org,p1,2026-06-01T11:00:00Z,"
                                             "go-backend-rollback-drill-notification-plan,'=1+1,"));
  g_assert_true (g_str_has_suffix (lines[2], ",'=cmd()"));
}

static void
test_sample_is_marked (void)
{
  g_autoptr(DrillEvidence) evidence = audit_fixture_read_text (nasty);
  g_autofree char *routes = routes_to_text (drill_export_routes_json, evidence, &sample);
  g_autofree char *items = items_to_text (drill_export_items_json, evidence, &sample);
  g_autofree char *routes_csv = routes_to_text (drill_export_routes_csv, evidence, &sample);
  g_autofree char *items_csv = items_to_text (drill_export_items_csv, evidence, &sample);
  const char *const documents[] = { routes, items };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr(JsonNode) node = NULL;
      JsonObject *facts = json_object_get_object_member (parse (documents[i], &node), "export");

      g_assert_true (json_object_get_boolean_member (facts, "sample"));
      g_assert_true (g_str_has_prefix (json_object_get_string_member (facts, "warning"), "SAMPLE DATA"));
      g_assert_true (json_object_get_null_member (facts, "loaded_at"));
      g_assert_true (json_object_get_null_member (facts, "actor"));
      g_assert_false (json_object_get_boolean_member (facts, "complete"));
    }

  g_assert_nonnull (strstr (routes_csv, "\r\nSAMPLE DATA,gordroute-"));
  g_assert_nonnull (strstr (items_csv, "\r\nSAMPLE DATA,p1,"));
  g_assert_nonnull (strstr (items_csv, "\r\nSAMPLE DATA,u1,"));
}

/* Auditor mode shows in every export; where each row names its source, there */
static void
test_read_only_is_marked (void)
{
  g_autoptr(DrillEvidence) evidence = audit_fixture_read_text (nasty);
  DrillExportInfo info = live;
  g_autofree char *plain = routes_to_text (drill_export_routes_json, evidence, &live);
  g_autofree char *routes = NULL;
  g_autofree char *items = NULL;
  g_autofree char *routes_csv = NULL;
  g_autofree char *items_csv = NULL;
  g_autoptr(JsonNode) plain_node = NULL;
  g_autoptr(JsonNode) routes_node = NULL;
  g_autoptr(JsonNode) items_node = NULL;

  info.read_only = TRUE;
  routes = routes_to_text (drill_export_routes_json, evidence, &info);
  items = items_to_text (drill_export_items_json, evidence, &info);
  routes_csv = routes_to_text (drill_export_routes_csv, evidence, &info);
  items_csv = items_to_text (drill_export_items_csv, evidence, &info);

  g_assert_false (json_object_get_boolean_member (json_object_get_object_member (parse (plain, &plain_node), "export"),
                                                  "read_only"));
  g_assert_true (json_object_get_boolean_member (json_object_get_object_member (parse (routes, &routes_node), "export"),
                                                 "read_only"));
  g_assert_true (json_object_get_boolean_member (json_object_get_object_member (parse (items, &items_node), "export"),
                                                 "read_only"));
  g_assert_nonnull (strstr (routes_csv, "\r\nhttps://example.org (read-only),gordroute-"));
  g_assert_nonnull (strstr (items_csv, "\r\nhttps://example.org (read-only),p1,"));
}

static void
test_nothing (void)
{
  g_autoptr(DrillEvidence) evidence = drill_evidence_new_empty ();
  g_autofree char *routes = routes_to_text (drill_export_routes_json, evidence, &live);
  g_autofree char *items = items_to_text (drill_export_items_json, evidence, &live);
  g_autoptr(JsonNode) routes_node = NULL;
  g_autoptr(JsonNode) items_node = NULL;

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (parse (routes, &routes_node), "routes")), ==, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (parse (items, &items_node), "items")), ==, 0);
}

static void
test_cancelled (void)
{
  g_autoptr(DrillEvidence) evidence = audit_fixture_read_text (nasty);
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  const guint32 row = 0;

  g_cancellable_cancel (cancellable);
  g_assert_false (drill_export_routes_json (evidence, &row, 1, NOW, &live, stream, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_output_stream_is_closed (stream));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/audit/export/routes-json", test_routes_json);
  g_test_add_func ("/drill/audit/export/route-fields", test_route_fields);
  g_test_add_func ("/drill/audit/export/route-predates", test_route_predates);
  g_test_add_func ("/drill/audit/export/route-long-id", test_route_long_id);
  g_test_add_func ("/drill/audit/export/routes-csv", test_routes_csv);
  g_test_add_func ("/drill/audit/export/age-numbers", test_age_numbers);
  g_test_add_func ("/drill/audit/export/items-json", test_items_json);
  g_test_add_func ("/drill/audit/export/items-csv", test_items_csv);
  g_test_add_func ("/drill/audit/export/sample-is-marked", test_sample_is_marked);
  g_test_add_func ("/drill/audit/export/read-only-is-marked", test_read_only_is_marked);
  g_test_add_func ("/drill/audit/export/nothing", test_nothing);
  g_test_add_func ("/drill/audit/export/cancelled", test_cancelled);

  return g_test_run ();
}
