// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-query-fixture.h"

#include "query/drill-history-query.h"

static const char history[] =
  "{'items':["
  "{'session_id':'d-Fail','created_at':'2026-05-20T09:03:00Z','signer':'robot','metadata_kind':'release-connector-delivery',"
  "'connector_delivery_source':'go_backend_rollback_drill_notification','event_id':'s1','delivery_success':false,"
  "'providers':['slack','teams']},"
  "{'session_id':'p1','created_at':'2026-05-20T09:00:00Z','signer':'Größe',"
  "'metadata_kind':'go-backend-rollback-drill-notification-plan','plan':{'plan_id':'gordn-1','schedule_id':'s1',"
  "'alert_level':'critical','route_decisions':[]}},"
  "{'session_id':'a1','created_at':'2026-05-20T09:02:00Z','signer':'manager',"
  "'metadata_kind':'go-backend-rollback-drill-notification-ack','schedule_id':'s1','provider':'slack',"
  "'acknowledgement_state':'escalated','acknowledgement':{'external_ref':'CHG-9'}},"
  "{'session_id':'d-Good','created_at':'2026-05-20T09:01:00Z','signer':'robot','metadata_kind':'release-connector-delivery',"
  "'connector_delivery_source':'go_backend_rollback_drill_notification','event_id':'s2','delivery_success':true,"
  "'providers':['jira']},"
  "{'session_id':'u1','created_at':'2026-05-20T09:04:00Z','signer':'robot',"
  "'metadata_kind':'go-backend-rollback-drill-brand-new'}"
  "]}";

/* Ids of the items in their order, with spaces between */
static void
assert_items (const DrillHistoryQuery *query,
              const char              *expected)
{
  g_autoptr(DrillEvidence) evidence = fixture_parse (history);
  g_autoptr(GArray) items = drill_history_query_run (evidence, query);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const DrillItem *item = &drill_evidence_get_items (evidence)[g_array_index (items, guint32, i)];

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                              drill_evidence_get_text (evidence, DRILL_DICT_TEXT, item->session_id));
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_order (void)
{
  assert_items (&(DrillHistoryQuery) { .descending = TRUE }, "u1 d-Fail a1 d-Good p1");
  assert_items (&(DrillHistoryQuery) { .descending = FALSE }, "p1 d-Good a1 d-Fail u1");
}

static void
test_filters (void)
{
  const char *const none[] = { NULL };
  const char *const kinds[] = { "notification-ack", "go-backend-rollback-drill-notification-plan", NULL };
  const char *const deliveries[] = { "release-connector-delivery", NULL };
  const char *const providers[] = { "teams", "jira", NULL };
  const char *const states[] = { "escalated", NULL };
  const char *const alerts[] = { "critical", "healthy", NULL };
  const char *const unknown[] = { "never seen", NULL };

  assert_items (&(DrillHistoryQuery) { .kinds = none, .descending = TRUE }, "u1 d-Fail a1 d-Good p1");
  assert_items (&(DrillHistoryQuery) { .kinds = kinds, .descending = TRUE }, "a1 p1");
  assert_items (&(DrillHistoryQuery) { .kinds = deliveries, .descending = TRUE }, "d-Fail d-Good");
  assert_items (&(DrillHistoryQuery) { .providers = providers, .descending = TRUE }, "d-Fail d-Good");
  assert_items (&(DrillHistoryQuery) { .states = states, .descending = TRUE }, "a1");
  assert_items (&(DrillHistoryQuery) { .alerts = alerts, .descending = TRUE }, "p1");
  assert_items (&(DrillHistoryQuery) { .alerts = unknown, .descending = TRUE }, "");
  assert_items (&(DrillHistoryQuery) { .result = DRILL_RESULT_FAILED, .descending = TRUE }, "d-Fail");
  assert_items (&(DrillHistoryQuery) { .result = DRILL_RESULT_DELIVERED, .descending = TRUE }, "d-Good");
  assert_items (&(DrillHistoryQuery) { .kinds = deliveries, .states = states, .descending = TRUE }, "");
}

static void
test_search (void)
{
  assert_items (&(DrillHistoryQuery) { .search = "Brand-New", .descending = TRUE }, "u1");
  assert_items (&(DrillHistoryQuery) { .search = "rollback-drill", .descending = TRUE }, "");
  assert_items (&(DrillHistoryQuery) { .search = "SLACK", .descending = TRUE }, "d-Fail a1");
  assert_items (&(DrillHistoryQuery) { .search = "grösse", .descending = TRUE }, "p1");
  assert_items (&(DrillHistoryQuery) { .search = "chg-9", .descending = TRUE }, "a1");
  assert_items (&(DrillHistoryQuery) { .search = "escal", .descending = TRUE }, "a1");
  assert_items (&(DrillHistoryQuery) { .search = "D-GOOD", .descending = TRUE }, "d-Good");
  assert_items (&(DrillHistoryQuery) { .search = " s2 ", .descending = TRUE }, "d-Good");
  assert_items (&(DrillHistoryQuery) { .search = "  ", .descending = TRUE }, "u1 d-Fail a1 d-Good p1");
  assert_items (&(DrillHistoryQuery) { .search = "nowhere", .descending = TRUE }, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/query/history-query/order", test_order);
  g_test_add_func ("/drill/query/history-query/filters", test_filters);
  g_test_add_func ("/drill/query/history-query/search", test_search);

  return g_test_run ();
}
