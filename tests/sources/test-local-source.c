// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "audit/drill-package.h"
#include "base/drill-time.h"
#include "drill-test-loop.h"
#include "evidence/drill-evidence-builder.h"
#include "evidence/drill-json.h"
#include "sources/drill-local-answers.h"
#include "sources/drill-local-source.h"
#include "sources/drill-sample.h"

static DrillPage *
read_page (DrillSource   *source,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  drill_source_read_history_async (source, 0, G_MAXUINT, cancellable, drill_test_loop_result, &result);
  drill_test_loop_await (&result);

  return drill_source_read_history_finish (source, result, error);
}

static DrillSource *
open_path (const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);

  return DRILL_SOURCE (drill_local_source_new_file (file));
}

static void
test_file (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "conformance", "medium", "history.json", NULL);
  g_autoptr(DrillSource) source = open_path (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillPage) page = read_page (source, NULL, &error);
  g_autofree char *bytes = NULL;
  const char *data;
  gsize length, page_length;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  data = drill_page_get_data (page, &page_length);
  g_assert_cmpmem (data, page_length, bytes, length);

  g_assert_cmpint (drill_source_get_kind (source), ==, DRILL_SOURCE_FILE);
  g_assert_cmpstr (drill_source_get_name (source), ==, "history.json");
  g_assert_false (drill_source_is_paged (source));
}

static void
test_file_that_is_none (void)
{
  static const struct
  {
    const char *path;
    DrillError code;
  } cases[] = {
    { "/nonexistent/history.json", DRILL_ERROR_NOT_FOUND },
    { "/", DRILL_ERROR_IO },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(DrillSource) source = open_path (cases[i].path);
      g_autoptr(GError) error = NULL;
      g_autoptr(DrillPage) page = read_page (source, NULL, &error);

      g_assert_null (page);
      g_assert_error (error, DRILL_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, drill_source_get_name (source)));
    }
}

static void
test_file_too_large (void)
{
  g_autofree char *path = NULL;
  g_autoptr(DrillSource) source = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillPage) page = NULL;
  int fd = g_file_open_tmp ("drill-XXXXXX.json", &path, NULL);

  /* A hole: it takes no space */
  g_assert_cmpint (ftruncate (fd, (off_t) DRILL_MAX_DOCUMENT + 1), ==, 0);
  close (fd);
  source = open_path (path);
  page = read_page (source, NULL, &error);
  g_unlink (path);
  g_assert_null (page);
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_TOO_LARGE);
}

static void
test_empty_file (void)
{
  g_autoptr(DrillSource) source = open_path ("/dev/null");
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillPage) page = read_page (source, NULL, &error);
  gsize length;

  g_assert_no_error (error);
  drill_page_get_data (page, &length);
  g_assert_cmpuint (length, ==, 0);
}

static void
test_cancelled (void)
{
  g_autoptr(DrillSource) source = open_path ("/dev/zero");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillPage) page = NULL;

  g_cancellable_cancel (cancellable);
  page = read_page (source, cancellable, &error);
  g_assert_null (page);
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_CANCELLED);
}

/* The newest item of the sample is as old at any time as it was when it was written */
static void
test_sample_is_fresh (void)
{
  gint64 now = drill_time_parse ("2031-03-04T05:06:07Z", -1);
  g_autoptr(DrillLocalSource) source = drill_local_source_new_sample (now);
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillPage) page = read_page (DRILL_SOURCE (source), NULL, &error);
  const DrillItem *items;
  gint64 newest = G_MININT64;

  g_assert_no_error (error);
  g_assert_cmpint (drill_source_get_kind (DRILL_SOURCE (source)), ==, DRILL_SOURCE_SAMPLE);
  g_assert_cmpstr (drill_source_get_name (DRILL_SOURCE (source)), ==, "");
  drill_evidence_builder_add (builder, page, NULL, &error);
  g_assert_no_error (error);

  evidence = drill_evidence_builder_snapshot (builder);
  g_assert_cmpuint (drill_evidence_get_n_routes (evidence), >, 100);
  items = drill_evidence_get_items (evidence);
  for (guint i = 0; i < drill_evidence_get_n_items (evidence); i++)
    newest = MAX (newest, items[i].created_us);
  g_assert_cmpint (newest, <=, now);
  g_assert_cmpint (newest, >, now - G_TIME_SPAN_DAY);
}

/* Its packages are as whole on any day as on the one it was written for */
static void
test_sample_packages (void)
{
  gint64 now = drill_time_parse ("2031-03-04T05:06:07Z", -1);
  g_autoptr(DrillLocalSource) source = drill_local_source_new_sample (now);
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autoptr(GHashTable) route_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillPage) page = read_page (DRILL_SOURCE (source), NULL, &error);
  guint32 package_kind;
  guint n_packages = 0;

  g_assert_no_error (error);
  drill_evidence_builder_add (builder, page, NULL, &error);
  g_assert_no_error (error);
  evidence = drill_evidence_builder_snapshot (builder);
  for (guint i = 0; i < drill_evidence_get_n_routes (evidence); i++)
    g_hash_table_add (route_ids, drill_evidence_dup_route_id (evidence, i));

  package_kind = drill_evidence_find_text (evidence, DRILL_DICT_KIND, DRILL_KIND_PACKAGE);
  for (guint i = 0; i < drill_evidence_get_n_items (evidence); i++)
    {
      g_autoptr(JsonObject) item = NULL;
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(GPtrArray) findings = NULL;
      JsonObject *package;
      JsonArray *routes;

      if (drill_evidence_get_items (evidence)[i].kind != package_kind)
        continue;

      n_packages += 1;
      bytes = drill_evidence_get_item_bytes (evidence, i);
      g_assert_cmpint (drill_package_verify (bytes, &findings, &error), ==, DRILL_VERDICT_WHOLE);
      g_assert_no_error (error);

      item = drill_evidence_get_item_object (evidence, i, &error);
      g_assert_no_error (error);
      package = json_object_get_object_member (item, "acknowledgement_audit_package");
      g_assert_cmpstr (drill_json_get_string (package, "audit_id"), ==, drill_json_get_string (item, "audit_id"));
      routes = json_object_get_array_member (package, "routes");
      g_assert_cmpuint (json_array_get_length (routes), >, 0);
      for (guint j = 0; j < json_array_get_length (routes); j++)
        g_assert_true (g_hash_table_contains (route_ids,
                                              drill_json_get_string (json_array_get_object_element (routes, j),
                                                                     "route_id")));
    }
  g_assert_cmpuint (n_packages, >, 0);
}

static void
test_sample_times (void)
{
  static const char template[] =
    "{\"sample_now\":\"2026-01-01T12:00:00+00:00\",\"items\":[{\"created_at\":\"2026-01-01T11:30:00.250000+00:00\","
    "\"notes\":\"2026-01-01T11:30:00+00:00\",\"looked_at\":\"never\",\"n\":1.0,"
    "\"plan\":{\"route_decisions\":[{\"maintenance_window\":{\"start_at\":\"2026-01-01T11:00:00Z\"}}]}}]}";
  g_autoptr(GBytes) bytes = g_bytes_new_static (template, strlen (template));
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillPage) page = drill_sample_make_page (bytes, drill_time_parse ("2026-01-03T12:00:00Z", -1), &error);
  gsize length;

  g_assert_no_error (error);
  g_assert_cmpstr (drill_page_get_data (page, &length), ==,
                   "{\"items\":[{\"created_at\":\"2026-01-03T11:30:00.250000+00:00\","
                   "\"notes\":\"2026-01-01T11:30:00+00:00\",\"looked_at\":\"never\",\"n\":1.0,"
                   "\"plan\":{\"route_decisions\":[{\"maintenance_window\":{\"start_at\":\"2026-01-03T11:00:00+00:00\"}}]}}]}");
}

static JsonObject *
parse_object (const char *text,
              gssize      length,
              JsonParser *parser)
{
  g_autoptr(GError) error = NULL;

  json_parser_load_from_data (parser, text, length, &error);
  g_assert_no_error (error);

  return json_node_get_object (json_parser_get_root (parser));
}

static void
test_dashboard (gconstpointer data)
{
  g_autofree char *history = g_test_build_filename (G_TEST_DIST, "conformance", data, "history.json", NULL);
  g_autofree char *answer = g_test_build_filename (G_TEST_DIST, "conformance", data, "dashboard.json", NULL);
  g_autoptr(DrillSource) source = open_path (history);
  g_autoptr(JsonParser) wanted_parser = json_parser_new ();
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  JsonObject *wanted, *got;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  drill_source_read_dashboard_async (source, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  bytes = drill_source_read_dashboard_finish (source, result, &error);
  g_assert_no_error (error);

  g_assert_true (g_file_get_contents (answer, &text, NULL, NULL));
  wanted = parse_object (text, -1, wanted_parser);
  got = parse_object (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), parser);
  json_object_iter_init (&iter, wanted);
  while (json_object_iter_next (&iter, &name, &value))
    {
      if (!json_node_equal (json_object_get_member (got, name), value))
        g_test_message ("%s differs", name);
      g_assert_true (json_node_equal (json_object_get_member (got, name), value));
    }
}

/* An acknowledgement that a later one withdrew still closes, and only the newest plan counts */
static void
test_dashboard_quirks (void)
{
  static const char history[] =
    "[{\"session_id\":\"1\",\"created_at\":\"2026-01-01T10:00:00Z\",\"metadata_kind\":\"go-backend-rollback-drill-notification-plan\","
    "\"schedule_id\":\"s\",\"plan_id\":\"old\",\"plan\":{\"acknowledgement_required_providers\":[\"jira\",\"email\"]}},"
    "{\"session_id\":\"2\",\"created_at\":\"2026-01-02T10:00:00Z\",\"metadata_kind\":\"go-backend-rollback-drill-notification-plan\","
    "\"schedule_id\":\"s\",\"plan_id\":\"new\",\"plan\":{\"acknowledgement_required_providers\":[\"slack\",\"teams\"]}},"
    "{\"session_id\":\"3\",\"created_at\":\"2026-01-02T11:00:00Z\",\"metadata_kind\":\"go-backend-rollback-drill-notification-ack\","
    "\"schedule_id\":\"s\",\"provider\":\"slack\",\"acknowledgement_state\":\"acknowledged\"},"
    "{\"session_id\":\"4\",\"created_at\":\"2026-01-02T12:00:00Z\",\"metadata_kind\":\"go-backend-rollback-drill-notification-ack\","
    "\"schedule_id\":\"s\",\"provider\":\"slack\",\"acknowledgement_state\":\"dismissed\"}]";
  g_autoptr(DrillPage) page = drill_page_new (history, strlen (history));
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autoptr(JsonNode) dashboard = NULL;
  g_autoptr(GError) error = NULL;
  JsonObject *object, *outstanding;

  g_assert_true (drill_evidence_builder_add (builder, page, NULL, &error));
  evidence = drill_evidence_builder_snapshot (builder);
  dashboard = drill_local_answers_dashboard (evidence, 0, &error);
  g_assert_no_error (error);
  object = json_node_get_object (dashboard);
  g_assert_cmpint (json_object_get_int_member (object, "outstanding_acknowledgement_count"), ==, 1);
  outstanding = json_array_get_object_element (json_object_get_array_member (object, "outstanding_acknowledgements"), 0);
  g_assert_cmpstr (json_object_get_string_member (outstanding, "provider"), ==, "teams");
  g_assert_cmpstr (json_object_get_string_member (outstanding, "plan_id"), ==, "new");
}

static void
test_session (void)
{
  g_autoptr(DrillLocalSource) source = drill_local_source_new_sample (0);
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GBytes) bytes = NULL;
  JsonObject *session;

  drill_source_read_session_async (DRILL_SOURCE (source), NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  bytes = drill_source_read_session_finish (DRILL_SOURCE (source), result, NULL);
  session = parse_object (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), parser);
  g_assert_cmpstr (json_object_get_string_member (session, "mode"), ==, "local_or_demo");
  g_assert_true (json_object_get_null_member (session, "actor"));
  g_assert_false (json_object_get_boolean_member (json_object_get_object_member (session, "permissions"),
                                                  "acknowledge_drill_notifications"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/sources/local-source/file", test_file);
  g_test_add_func ("/drill/sources/local-source/file-that-is-none", test_file_that_is_none);
  g_test_add_func ("/drill/sources/local-source/file-too-large", test_file_too_large);
  g_test_add_func ("/drill/sources/local-source/empty-file", test_empty_file);
  g_test_add_func ("/drill/sources/local-source/cancelled", test_cancelled);
  g_test_add_func ("/drill/sources/local-source/sample-is-fresh", test_sample_is_fresh);
  g_test_add_func ("/drill/sources/local-source/sample-packages", test_sample_packages);
  g_test_add_func ("/drill/sources/local-source/sample-times", test_sample_times);
  g_test_add_data_func ("/drill/sources/local-source/dashboard/small", "small", test_dashboard);
  g_test_add_data_func ("/drill/sources/local-source/dashboard/medium", "medium", test_dashboard);
  g_test_add_data_func ("/drill/sources/local-source/dashboard/edges", "edges", test_dashboard);
  g_test_add_func ("/drill/sources/local-source/dashboard-quirks", test_dashboard_quirks);
  g_test_add_func ("/drill/sources/local-source/session", test_session);

  return g_test_run ();
}
