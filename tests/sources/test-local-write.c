// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/drill-time.h"
#include "drill-test-loop.h"
#include "evidence/drill-evidence-builder.h"
#include "evidence/drill-json-member.h"
#include "evidence/drill-json.h"
#include "sources/drill-local-source.h"
#include "sources/drill-local-write.h"
#include "sources/drill-write-answer.h"

#define NOW "2026-06-01T12:00:00.000001+00:00"

static DrillEvidence *
read_evidence (DrillPage *page)
{
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(GError) error = NULL;

  drill_evidence_builder_add (builder, page, NULL, &error);
  g_assert_no_error (error);

  return drill_evidence_builder_snapshot (builder);
}

static DrillEvidence *
read_case (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "conformance", name, "history.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr(DrillPage) page = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  page = drill_page_new (text, length);

  return read_evidence (page);
}

static JsonNode *
ask_with (DrillEvidence      *evidence,
          DrillWriteKind      kind,
          const char         *schedule_id,
          const char         *body,
          const char         *actor,
          const char *const  *connectors,
          GError            **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr(GBytes) answer = drill_local_write_answer (evidence, kind, schedule_id, bytes, actor, connectors,
                                                       drill_time_parse (NOW, -1), error);

  return answer != NULL ? drill_json_parse (answer, NULL) : NULL;
}

static JsonNode *
ask (DrillEvidence   *evidence,
     DrillWriteKind   kind,
     const char      *schedule_id,
     const char      *body,
     GError         **error)
{
  return ask_with (evidence, kind, schedule_id, body, NULL, NULL, error);
}

static JsonObject *
get (JsonNode   *answer,
     const char *member)
{
  return json_object_get_object_member (json_node_get_object (answer), member);
}

static void
assert_text (JsonObject *object,
             const char *member,
             const char *wanted)
{
  g_assert_cmpstr (json_object_get_string_member_with_default (object, member, NULL), ==, wanted);
}

static void
assert_rejected (DrillWriteKind  kind,
                 const char     *body,
                 const char     *words)
{
  g_autoptr(DrillEvidence) evidence = drill_evidence_new_empty ();
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) answer = ask (evidence, kind, "s", body, &error);

  g_assert_null (answer);
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_REJECTED);
  g_assert_nonnull (strstr (error->message, words));
}

/* The id was computed by Python: hashlib and json.dumps (sort_keys=True) of the contract's fields */
static void
test_ack (void)
{
  g_autoptr(DrillEvidence) evidence = drill_evidence_new_empty ();
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) answer = ask (evidence, DRILL_WRITE_ACK, "sched_00000_q%25 x",
                                    "{\"provider\":\" webhook \",\"acknowledged_by\":\"運用\",\"acknowledgement_state\":\" Resolved \","
                                    "\"external_ref\":\"CHG-1\",\"notes\":\"=1+1\"}", &error);
  JsonObject *ack, *item;

  g_assert_no_error (error);
  ack = get (answer, "acknowledgement");
  assert_text (ack, "schema_version", "cavra.go-backend-pilot.rollback-drill-notification-ack.v1");
  assert_text (ack, "product", "CAVRA");
  assert_text (ack, "acknowledgement_id", "gordack-325325add49e3202");
  assert_text (ack, "schedule_id", "sched_00000_q%25 x");
  assert_text (ack, "plan_id", "");
  assert_text (ack, "provider", "webhook");
  assert_text (ack, "acknowledged_by", "運用");
  assert_text (ack, "acknowledgement_state", "resolved");
  assert_text (ack, "acknowledged_at", NOW);
  assert_text (ack, "external_ref", "CHG-1");
  assert_text (ack, "notes", "=1+1");

  item = get (answer, "metadata");
  assert_text (item, "session_id", "gordack-325325add49e3202");
  assert_text (item, "created_at", NOW);
  assert_text (item, "signer", "運用");
  assert_text (item, "metadata_kind", DRILL_KIND_ACK);
  assert_text (item, "acknowledgement_state", "resolved");
  assert_text (item, "provider", "webhook");
  g_assert_cmpint (json_object_get_int_member (item, "decision_count"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (item, "blocked_count"), ==, 0);
  g_assert_true (json_node_equal (json_object_get_member (item, "acknowledgement"),
                                  json_object_get_member (json_node_get_object (answer), "acknowledgement")));
  g_assert_true (json_object_get_null_member (json_node_get_object (answer), "actor"));
}

static void
test_states (void)
{
  static const char *const cases[][2] = {
    { "", "acknowledged" }, { " ESCALATED\t", "escalated" }, { "dismissed", "dismissed" },
  };
  g_autoptr(DrillEvidence) evidence = drill_evidence_new_empty ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(DrillWrite) write = drill_write_new_ack (&(DrillAckTarget) { .schedule_id = "s", .provider = "p" },
                                                         &(DrillAckNote) { .state = cases[i][0], .actor = "me" });
      g_autofree char *body = g_strndup (g_bytes_get_data (drill_write_get_body (write), NULL),
                                         g_bytes_get_size (drill_write_get_body (write)));
      g_autoptr(JsonNode) answer = ask (evidence, DRILL_WRITE_ACK, "s", body, NULL);

      assert_text (get (answer, "acknowledgement"), "acknowledgement_state", cases[i][1]);
    }
}

/* Contract section 1: with a verified actor the one in the body is ignored */
static void
test_verified_actor (void)
{
  g_autoptr(DrillEvidence) evidence = drill_evidence_new_empty ();
  g_autoptr(JsonNode) ack = ask_with (evidence, DRILL_WRITE_ACK, "s", "{\"provider\":\"p\",\"acknowledged_by\":\"me\"}",
                                      "release-manager", NULL, NULL);
  g_autoptr(JsonNode) package = ask_with (evidence, DRILL_WRITE_PACKAGE, NULL, "{}", "auditor", NULL, NULL);

  assert_text (get (ack, "acknowledgement"), "acknowledged_by", "release-manager");
  assert_text (get (ack, "actor"), "actor", "release-manager");
  assert_text (get (package, "audit_package"), "generated_by", "auditor");
}

static void
test_rejected (void)
{
  g_autoptr(GString) many = g_string_new ("{\"acknowledged_by\":\"me\",\"routes\":[");

  for (guint i = 0; i <= DRILL_WRITE_MAX_ROUTES; i++)
    g_string_append_printf (many, "%s{\"schedule_id\":\"%u\",\"provider\":\"p\"}", i > 0 ? "," : "", i);
  g_string_append (many, "]}");

  assert_rejected (DRILL_WRITE_ACK, "{\"acknowledged_by\":\"me\"}", "provider");
  assert_rejected (DRILL_WRITE_ACK, "{\"provider\":\"p\"}", "acknowledged_by");
  assert_rejected (DRILL_WRITE_ACK, "{\"provider\":\"p\",\"acknowledged_by\":\"  \"}", "acknowledged_by");
  assert_rejected (DRILL_WRITE_ACK, "{\"provider\":\"p\",\"acknowledged_by\":\"me\",\"acknowledgement_state\":\"done\"}", "done");
  assert_rejected (DRILL_WRITE_ACK, "[]", "object");
  assert_rejected (DRILL_WRITE_ACK, "{", "object");
  assert_rejected (DRILL_WRITE_BULK, many->str, "100");
  assert_rejected (DRILL_WRITE_BULK, "{\"acknowledged_by\":\"me\",\"routes\":[]}", "routes");
  assert_rejected (DRILL_WRITE_BULK, "{\"acknowledged_by\":\"me\"}", "routes");
  assert_rejected (DRILL_WRITE_BULK, "{\"routes\":[{\"schedule_id\":\"s\",\"provider\":\"p\"}]}", "acknowledged_by");
  assert_rejected (DRILL_WRITE_BULK, "{\"acknowledged_by\":\"me\",\"routes\":[{\"schedule_id\":\"s\",\"provider\":\"p\"},{\"schedule_id\":\"s\"}]}",
                   "provider");
  assert_rejected (DRILL_WRITE_BULK, "{\"acknowledged_by\":\"me\",\"routes\":[7]}", "schedule_id");
  assert_rejected (DRILL_WRITE_PACKAGE, "{}", "generated_by");
  assert_rejected (DRILL_WRITE_DELIVERY, "{\"delivery_provider\":\"all\"}", "generated_by");
}

static void
test_bulk (void)
{
  g_autoptr(DrillEvidence) evidence = drill_evidence_new_empty ();
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) answer = ask (evidence, DRILL_WRITE_BULK, NULL,
                                    "{\"acknowledged_by\":\"me\",\"external_ref\":\"CHG-9\",\"plan_id\":\"all\",\"routes\":["
                                    "{\"schedule_id\":\"a\",\"provider\":\"jira\",\"plan_id\":\"own\",\"notes\":\"mine\"},"
                                    "{\"schedule_id\":\"b\",\"provider\":\"slack\",\"external_ref\":\"CHG-1\"},"
                                    "{\"schedule_id\":\"a\",\"provider\":\"jira\",\"plan_id\":\"own\",\"notes\":\"mine\"}]}", &error);
  JsonObject *object;
  JsonArray *acks, *items;

  g_assert_no_error (error);
  object = json_node_get_object (answer);
  assert_text (object, "acknowledgement_state", "acknowledged");
  g_assert_cmpint (json_object_get_int_member (object, "acknowledgement_count"), ==, 3);
  acks = json_object_get_array_member (object, "acknowledgements");
  items = json_object_get_array_member (object, "metadata");
  g_assert_cmpuint (json_array_get_length (acks), ==, 3);
  g_assert_cmpuint (json_array_get_length (items), ==, 3);
  assert_text (json_array_get_object_element (acks, 0), "plan_id", "own");
  assert_text (json_array_get_object_element (acks, 0), "external_ref", "CHG-9");
  assert_text (json_array_get_object_element (acks, 0), "notes", "mine");
  assert_text (json_array_get_object_element (acks, 1), "plan_id", "all");
  assert_text (json_array_get_object_element (acks, 1), "external_ref", "CHG-1");
  assert_text (json_array_get_object_element (acks, 1), "acknowledged_at", NOW);

  /* The same route twice is two records */
  for (guint i = 0; i < 3; i++)
    g_assert_true (g_hash_table_add (ids, (gpointer) json_object_get_string_member (json_array_get_object_element (items, i),
                                                                                    "session_id")));
}

static void
test_packages (gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "conformance", data, "packages.json", NULL);
  g_autoptr(DrillEvidence) evidence = read_case (data);
  g_autoptr(GBytes) text = NULL;
  g_autoptr(JsonNode) packages = NULL;
  g_autoptr(GError) error = NULL;
  char *contents;
  gsize length;
  JsonArray *array;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  text = g_bytes_new_take (contents, length);
  packages = drill_json_parse (text, &error);
  g_assert_no_error (error);
  array = json_node_get_array (packages);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *wanted = json_array_get_object_element (array, i);
      JsonObject *filters = json_object_get_object_member (wanted, "filters");
      DrillPackageScope scope = {
        .schedule_id = drill_json_get_string (filters, "schedule_id"),
        .provider = drill_json_get_string (filters, "provider"),
        .owner = drill_json_get_string (filters, "owner"),
      };
      g_autoptr(DrillWrite) write = drill_write_new_package (&scope, drill_json_get_string (wanted, "generated_by"));
      g_autoptr(GBytes) answer = drill_local_write_answer (evidence, DRILL_WRITE_PACKAGE, NULL, drill_write_get_body (write),
                                                           NULL, NULL, drill_time_parse (NOW, -1), &error);
      g_autoptr(GBytes) package = NULL;
      g_autoptr(GPtrArray) findings = NULL;
      g_autoptr(JsonNode) root = NULL;
      JsonObject *got, *item;
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      g_assert_no_error (error);
      package = drill_json_find_object (answer, "audit_package");
      g_assert_cmpint (drill_package_verify (package, &findings, &error), ==, DRILL_VERDICT_WHOLE);

      root = drill_json_parse (answer, &error);
      got = get (root, "audit_package");
      json_object_iter_init (&iter, wanted);
      while (json_object_iter_next (&iter, &name, &value))
        g_assert_true (json_node_equal (json_object_get_member (got, name), value));
      assert_text (got, "generated_at", NOW);

      item = get (root, "metadata");
      assert_text (item, "session_id", drill_json_get_string (wanted, "audit_id"));
      assert_text (item, "metadata_kind", DRILL_KIND_PACKAGE);
      assert_text (item, "signer", drill_json_get_string (wanted, "generated_by"));
      g_assert_cmpint (drill_json_get_int (item, "decision_count", -1), ==, drill_json_get_int (wanted, "route_count", -2));
      g_assert_cmpint (drill_json_get_int (item, "blocked_count", -1), ==,
                       drill_json_get_int (wanted, "outstanding_count", -2) + drill_json_get_int (wanted, "escalated_count", -2));
      g_assert_cmpint (drill_json_get_int (item, "approval_required_count", -1), ==,
                       drill_json_get_int (wanted, "outstanding_count", -2));
    }
}

static char *
join (JsonObject *object,
      const char *member)
{
  JsonArray *array = json_object_get_array_member (object, member);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", json_array_get_string_element (array, i));

  return g_string_free (text, FALSE);
}

static void
test_delivery (void)
{
  static const char *const connectors[] = { "splunk", "jira", "webhook", NULL };
  g_autoptr(DrillEvidence) evidence = read_case ("small");
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) answer = ask_with (evidence, DRILL_WRITE_DELIVERY, NULL,
                                         "{\"delivery_provider\":\" Jira, slack,splunk,jira\",\"generated_by\":\"auditor\","
                                         "\"cadence\":\"weekly\",\"owner\":\"OPS\"}", NULL, connectors, &error);
  g_autofree char *requested = NULL;
  g_autofree char *selected = NULL;
  g_autofree char *providers = NULL;
  JsonObject *plan, *item, *delivery;
  JsonArray *deliveries;

  g_assert_no_error (error);
  plan = get (answer, "delivery_plan");
  requested = join (plan, "requested_providers");
  selected = join (plan, "selected_providers");
  g_assert_cmpstr (requested, ==, "jira,slack,splunk");
  g_assert_cmpstr (selected, ==, "jira,splunk");
  assert_text (plan, "audit_id", drill_json_get_string (get (answer, "audit_package"), "audit_id"));
  assert_text (plan, "cadence", "weekly");
  assert_text (json_object_get_object_member (plan, "filters"), "owner", "OPS");
  g_assert_cmpint (drill_json_get_int (plan, "destination_count", -1), ==, 2);
  g_assert_true (g_str_has_prefix (drill_json_get_string (plan, "delivery_id"), "gordackdelivery-"));
  assert_text (get (answer, "plan_metadata"), "session_id", drill_json_get_string (plan, "delivery_id"));
  assert_text (get (answer, "audit_metadata"), "metadata_kind", DRILL_KIND_PACKAGE);

  delivery = get (answer, "delivery");
  g_assert_true (json_object_get_boolean_member (delivery, "success"));
  deliveries = json_object_get_array_member (delivery, "deliveries");
  g_assert_cmpuint (json_array_get_length (deliveries), ==, 2);
  assert_text (json_array_get_object_element (deliveries, 1), "provider", "splunk");

  item = get (answer, "metadata");
  assert_text (item, "metadata_kind", DRILL_KIND_DELIVERY);
  assert_text (item, "connector_delivery_source", "go_backend_rollback_drill_acknowledgement_audit");
  assert_text (item, "event_id", drill_json_get_string (plan, "audit_id"));
  providers = join (item, "providers");
  g_assert_cmpstr (providers, ==, "jira,splunk");
  g_assert_true (json_object_get_boolean_member (json_node_get_object (answer), "success"));
}

/* HTTP 200, and nothing was sent */
static void
test_delivery_to_nobody (void)
{
  static const char *const connectors[] = { "splunk", NULL };
  static const char *const none[] = { NULL };
  static const char body[] = "{\"delivery_provider\":\"slack\",\"generated_by\":\"auditor\"}";
  g_autoptr(DrillEvidence) evidence = read_case ("small");
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) answer = ask_with (evidence, DRILL_WRITE_DELIVERY, NULL, body, NULL, connectors, &error);
  g_autoptr(JsonNode) unconfigured = NULL;
  JsonObject *object;

  g_assert_no_error (error);
  object = json_node_get_object (answer);
  g_assert_false (json_object_get_boolean_member (object, "success"));
  g_assert_true (json_object_get_null_member (object, "delivery"));
  g_assert_true (json_object_get_null_member (object, "metadata"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (get (answer, "delivery_plan"), "selected_providers")), ==, 0);
  assert_text (get (answer, "audit_metadata"), "metadata_kind", DRILL_KIND_PACKAGE);

  unconfigured = ask_with (evidence, DRILL_WRITE_DELIVERY, NULL, body, NULL, none, &error);
  g_assert_null (unconfigured);
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_REJECTED);
  g_assert_cmpstr (error->message, ==, "connector config is not configured");
}

static DrillPage *
read_page (DrillSource *source)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  DrillPage *page;

  drill_source_read_history_async (source, 0, G_MAXUINT, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  page = drill_source_read_history_finish (source, result, &error);
  g_assert_no_error (error);

  return page;
}

static GBytes *
send (DrillSource  *source,
      DrillWrite   *write,
      GError      **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  DrillWriteFailure failure = { .maybe_done = TRUE };
  GBytes *answer;

  drill_source_write_async (source, write, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  answer = drill_source_write_finish (source, result, &failure, error);
  if (answer == NULL)
    g_assert_false (failure.maybe_done);

  return answer;
}

static char *
dup_page_text (DrillPage *page)
{
  gsize length;
  const char *data = drill_page_get_data (page, &length);

  return g_strndup (data, length);
}

static int
count_in_dashboard (DrillSource *source)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(JsonNode) root = NULL;

  drill_source_read_dashboard_async (source, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  bytes = drill_source_read_dashboard_finish (source, result, NULL);
  root = drill_json_parse (bytes, NULL);

  return (int) drill_json_get_int (json_node_get_object (root), "acknowledgement_count", -1);
}

/* What was recorded is there whenever the source is read again, and the file is what it was */
static void
test_documents (void)
{
  static const char item[] = "{\"session_id\":\"x\",\"created_at\":\"2026-01-01T00:00:00Z\",\"notes\":\"]}\"}";
  static const char *const frames[][2] = {
    { "{\"items\":[%s], \"total\":1}\n", "{\"items\":[%s,%s], \"total\":1}\n" },
    { " [%s ] ", " [%s,%s ] " },
    { "[]", NULL },
    { "{\"total\":0,\"items\":[]}", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_auto(GStrv) parts = g_strsplit (frames[i][0], "%s", 2);
      g_autofree char *document = g_strjoinv (item, parts);
      g_autofree char *path = NULL;
      int fd = g_file_open_tmp ("drill-XXXXXX.json", &path, NULL);
      g_autoptr(GFile) file = g_file_new_for_path (path);
      g_autoptr(DrillSource) source = DRILL_SOURCE (drill_local_source_new_file (file));
      g_autoptr(DrillWrite) write = drill_write_new_ack (&(DrillAckTarget) { .schedule_id = "s", .provider = "jira" },
                                                         &(DrillAckNote) { .state = "resolved", .actor = "me" });
      g_autoptr(DrillPage) before = NULL;
      g_autoptr(DrillPage) after = NULL;
      g_autoptr(DrillEvidence) evidence = NULL;
      g_autoptr(GBytes) answer = NULL;
      g_autoptr(GBytes) again = NULL;
      g_autoptr(GBytes) metadata = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *text = NULL;
      g_autofree char *kept = NULL;

      close (fd);
      g_assert_true (g_file_set_contents (path, document, -1, NULL));
      before = read_page (source);
      text = dup_page_text (before);
      g_assert_cmpstr (text, ==, document);

      answer = send (source, write, &error);
      g_assert_no_error (error);
      metadata = drill_json_find_object (answer, "metadata");
      after = read_page (source);
      if (frames[i][1] != NULL)
        {
          g_auto(GStrv) pieces = g_strsplit (frames[i][1], "%s", 3);
          g_autofree char *ack = g_strndup (g_bytes_get_data (metadata, NULL), g_bytes_get_size (metadata));
          g_autofree char *wanted = g_strconcat (pieces[0], item, pieces[1], ack, pieces[2], NULL);

          g_free (text);
          text = dup_page_text (after);
          g_assert_cmpstr (text, ==, wanted);
        }
      evidence = read_evidence (after);
      g_assert_cmpuint (drill_evidence_get_n_acks (evidence), ==, 1);
      g_assert_cmpint (count_in_dashboard (source), ==, 1);

      /* The same once more is a record of its own */
      again = send (source, write, &error);
      g_assert_no_error (error);
      g_assert_cmpint (count_in_dashboard (source), ==, 2);

      g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
      g_assert_cmpstr (kept, ==, document);
      g_unlink (path);
    }
}

static const char *
get_state (DrillEvidence *evidence,
           guint32        route)
{
  return drill_evidence_get_text (evidence, DRILL_DICT_STATE, drill_evidence_get_route_state (evidence, route));
}

static void
test_sample (void)
{
  gint64 now = drill_time_parse ("2031-03-04T05:06:07Z", -1);
  g_autoptr(DrillSource) source = DRILL_SOURCE (drill_local_source_new_sample (now));
  g_autoptr(DrillPage) before = read_page (source);
  g_autoptr(DrillPage) after = NULL;
  g_autoptr(DrillEvidence) old = read_evidence (before);
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autoptr(DrillWrite) write = NULL;
  g_autoptr(GBytes) answer = NULL;
  g_autoptr(GError) error = NULL;
  guint32 route = 0;

  while (!drill_evidence_is_current_route (old, route) || drill_evidence_get_route_state (old, route) != DRILL_STATE_OUTSTANDING)
    g_assert_cmpuint (++route, <, drill_evidence_get_n_routes (old));
#define TEXT(dict, column) drill_evidence_get_text (old, dict, drill_evidence_get_route_column (old, column)[route])
  write = drill_write_new_bulk (&(DrillAckTarget) { .schedule_id = TEXT (DRILL_DICT_SCHEDULE, DRILL_ROUTE_SCHEDULE),
                                                    .provider = TEXT (DRILL_DICT_PROVIDER, DRILL_ROUTE_PROVIDER) }, 1,
                                &(DrillAckNote) { .state = "resolved", .actor = "me" });
#undef TEXT
  answer = send (source, write, &error);
  g_assert_no_error (error);

  after = read_page (source);
  evidence = read_evidence (after);
  g_assert_cmpuint (drill_evidence_get_n_routes (evidence), ==, drill_evidence_get_n_routes (old));
  g_assert_cmpstr (get_state (old, route), ==, "outstanding");
  g_assert_cmpstr (get_state (evidence, route), ==, "resolved");
  g_assert_cmpuint (drill_evidence_get_n_problems (evidence), ==, 0);
}

/* Audit packages of the sample say so, and are whole all the same */
static void
test_sample_package (void)
{
  g_autoptr(DrillSource) source = DRILL_SOURCE (drill_local_source_new_sample (drill_time_parse (NOW, -1)));
  g_autoptr(DrillWrite) ack = drill_write_new_ack (&(DrillAckTarget) { .schedule_id = "new", .provider = "jira" },
                                                   &(DrillAckNote) { .state = "resolved", .actor = "me" });
  g_autoptr(DrillWrite) write = drill_write_new_package (NULL, "auditor");
  g_autoptr(DrillWrite) deliver = drill_write_new_delivery (NULL, &(DrillDeliveryTerms) { .providers = "all", .actor = "auditor" });
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) first = send (source, write, &error);
  g_autoptr(GBytes) recorded = send (source, ack, &error);
  g_autoptr(GBytes) second = send (source, write, &error);
  g_autoptr(GBytes) delivered = send (source, deliver, &error);
  g_autoptr(GBytes) package = NULL;
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(JsonNode) before = NULL;
  g_autoptr(JsonNode) after = NULL;
  g_autoptr(JsonNode) delivery = NULL;
  g_autofree char *controls = NULL;
  g_autofree char *plan_controls = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (recorded);
  package = drill_json_find_object (second, "audit_package");
  g_assert_cmpint (drill_package_verify (package, &findings, &error), ==, DRILL_VERDICT_WHOLE);

  /* What was written counts */
  before = drill_json_parse (first, NULL);
  after = drill_json_parse (second, NULL);
  g_assert_cmpint (drill_json_get_int (get (after, "audit_package"), "acknowledgement_count", -1), ==,
                   drill_json_get_int (get (before, "audit_package"), "acknowledgement_count", -1) + 1);

  controls = join (get (after, "audit_package"), "controls");
  g_assert_nonnull (strstr (controls, DRILL_LOCAL_MARK_SAMPLE));
  delivery = drill_json_parse (delivered, NULL);
  plan_controls = join (get (delivery, "delivery_plan"), "controls");
  g_assert_nonnull (strstr (plan_controls, DRILL_LOCAL_MARK_SAMPLE));
  assert_text (get (delivery, "delivery"), "simulation", DRILL_LOCAL_MARK_SAMPLE);
}

/* A saved package has no history that an acknowledgement could be a part of */
static void
test_rows (void)
{
  static const char document[] = "{\"audit_id\":\"x\",\"routes\":[{\"route_id\":\"r\",\"schedule_id\":\"s\",\"provider\":\"jira\"}]}";
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("drill-XXXXXX.json", &path, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(DrillSource) source = DRILL_SOURCE (drill_local_source_new_file (file));
  g_autoptr(DrillWrite) write = drill_write_new_ack (&(DrillAckTarget) { .schedule_id = "s", .provider = "jira" },
                                                     &(DrillAckNote) { .state = "resolved", .actor = "me" });
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) answer = NULL;

  close (fd);
  g_assert_true (g_file_set_contents (path, document, -1, NULL));
  answer = send (source, write, &error);
  g_unlink (path);
  g_assert_null (answer);
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_REJECTED);
}

static void
test_refused (void)
{
  g_autoptr(DrillSource) source = DRILL_SOURCE (drill_local_source_new_sample (0));
  g_autoptr(DrillSource) missing = NULL;
  g_autoptr(GFile) file = g_file_new_for_path ("/nonexistent/history.json");
  g_autoptr(DrillWrite) write = drill_write_new_ack (&(DrillAckTarget) { .schedule_id = "s", .provider = "jira" },
                                                     &(DrillAckNote) { .state = "acknowledged" });
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) answer = send (source, write, &error);
  int n_before = count_in_dashboard (source);

  g_assert_null (answer);
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_REJECTED);
  g_assert_cmpint (count_in_dashboard (source), ==, n_before);
  g_clear_error (&error);

  missing = DRILL_SOURCE (drill_local_source_new_file (file));
  answer = send (missing, write, &error);
  g_assert_null (answer);
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_NOT_FOUND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/sources/local-write/ack", test_ack);
  g_test_add_func ("/drill/sources/local-write/states", test_states);
  g_test_add_func ("/drill/sources/local-write/verified-actor", test_verified_actor);
  g_test_add_func ("/drill/sources/local-write/rejected", test_rejected);
  g_test_add_func ("/drill/sources/local-write/bulk", test_bulk);
  g_test_add_data_func ("/drill/sources/local-write/packages/small", "small", test_packages);
  g_test_add_data_func ("/drill/sources/local-write/packages/medium", "medium", test_packages);
  g_test_add_data_func ("/drill/sources/local-write/packages/edges", "edges", test_packages);
  g_test_add_func ("/drill/sources/local-write/delivery", test_delivery);
  g_test_add_func ("/drill/sources/local-write/delivery-to-nobody", test_delivery_to_nobody);
  g_test_add_func ("/drill/sources/local-write/documents", test_documents);
  g_test_add_func ("/drill/sources/local-write/sample", test_sample);
  g_test_add_func ("/drill/sources/local-write/sample-package", test_sample_package);
  g_test_add_func ("/drill/sources/local-write/rows", test_rows);
  g_test_add_func ("/drill/sources/local-write/refused", test_refused);

  return g_test_run ();
}
