// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "base/drill-error.h"
#include "evidence/drill-evidence-builder.h"
#include "sources/drill-write.h"
#include "sources/drill-write-answer.h"

static void
assert_body (DrillWrite *write,
             const char *wanted)
{
  GBytes *body = drill_write_get_body (write);

  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), wanted, strlen (wanted));
}

static void
test_ack (void)
{
  g_autoptr(DrillWrite) write = drill_write_new_ack (
    &(DrillAckTarget) { .schedule_id = "sched_00001_py rollback", .provider = "jira", .plan_id = "gordn-1" },
    &(DrillAckNote) { .state = "escalated", .actor = "運用", .reference = "CHG-1", .notes = "\"see\"\nfirst \\" });

  g_assert_cmpint (drill_write_get_kind (write), ==, DRILL_WRITE_ACK);
  g_assert_cmpstr (drill_write_get_schedule_id (write), ==, "sched_00001_py rollback");
  assert_body (write,
               "{\"provider\":\"jira\",\"plan_id\":\"gordn-1\",\"acknowledgement_state\":\"escalated\","
               "\"acknowledged_by\":\"運用\",\"external_ref\":\"CHG-1\",\"notes\":\"\\\"see\\\"\\nfirst \\\\\"}");
}

/* An id that cannot be in a path */
static void
test_bulk_of_one (void)
{
  g_autoptr(DrillWrite) write = drill_write_new_ack (
    &(DrillAckTarget) { .schedule_id = "py/rollback", .provider = "jira", .plan_id = "gordn-1" },
    &(DrillAckNote) { .state = "escalated", .actor = "me" });

  g_assert_cmpint (drill_write_get_kind (write), ==, DRILL_WRITE_BULK);
  g_assert_cmpuint (drill_write_get_n_routes (write), ==, 1);
  assert_body (write,
               "{\"routes\":[{\"schedule_id\":\"py/rollback\",\"provider\":\"jira\",\"plan_id\":\"gordn-1\"}],"
               "\"acknowledgement_state\":\"escalated\",\"acknowledged_by\":\"me\"}");
}

/* What is empty is left out: the service then knows who it is, or keeps its own default */
static void
test_empty_members (void)
{
  g_autoptr(DrillWrite) ack = drill_write_new_ack (
    &(DrillAckTarget) { .schedule_id = "s", .provider = "jira", .plan_id = "" },
    &(DrillAckNote) { .state = "acknowledged", .actor = NULL, .reference = "", .notes = NULL });
  g_autoptr(DrillWrite) package = drill_write_new_package (NULL, NULL);
  g_autoptr(DrillWrite) delivery = drill_write_new_delivery (&(DrillPackageScope) { .owner = "" },
                                                             &(DrillDeliveryTerms) { .providers = "all" });

  assert_body (ack, "{\"provider\":\"jira\",\"acknowledgement_state\":\"acknowledged\"}");
  assert_body (package, "{}");
  assert_body (delivery, "{\"delivery_provider\":\"all\"}");
}

static void
test_bulk (void)
{
  const DrillAckTarget targets[] = {
    { .schedule_id = "a", .provider = "jira", .plan_id = "p" },
    { .schedule_id = "b", .provider = "slack" },
  };
  g_autoptr(DrillWrite) write = drill_write_new_bulk (
    targets, G_N_ELEMENTS (targets),
    &(DrillAckNote) { .state = "resolved", .actor = "me", .reference = "CHG-2", .notes = "all" });

  g_assert_cmpint (drill_write_get_kind (write), ==, DRILL_WRITE_BULK);
  g_assert_null (drill_write_get_schedule_id (write));
  assert_body (write,
               "{\"routes\":[{\"schedule_id\":\"a\",\"provider\":\"jira\",\"plan_id\":\"p\"},"
               "{\"schedule_id\":\"b\",\"provider\":\"slack\"}],\"acknowledgement_state\":\"resolved\","
               "\"acknowledged_by\":\"me\",\"external_ref\":\"CHG-2\",\"notes\":\"all\"}");
}

static void
test_package_and_delivery (void)
{
  const DrillPackageScope scope = { .schedule_id = "s", .provider = "jira", .owner = "ops" };
  const DrillDeliveryTerms terms = {
    .providers = "splunk,jira", .actor = "auditor", .cadence = "weekly", .schedule_ref = "audit-weekly",
    .next_delivery_at = "2026-05-27T10:00:00+00:00",
  };
  g_autoptr(DrillWrite) package = drill_write_new_package (&scope, "auditor");
  g_autoptr(DrillWrite) delivery = drill_write_new_delivery (&scope, &terms);

  g_assert_cmpint (drill_write_get_kind (package), ==, DRILL_WRITE_PACKAGE);
  g_assert_cmpint (drill_write_get_kind (delivery), ==, DRILL_WRITE_DELIVERY);
  assert_body (package, "{\"schedule_id\":\"s\",\"provider\":\"jira\",\"owner\":\"ops\",\"generated_by\":\"auditor\"}");
  assert_body (delivery,
               "{\"schedule_id\":\"s\",\"provider\":\"jira\",\"owner\":\"ops\",\"delivery_provider\":\"splunk,jira\","
               "\"generated_by\":\"auditor\",\"cadence\":\"weekly\",\"schedule_ref\":\"audit-weekly\","
               "\"next_delivery_at\":\"2026-05-27T10:00:00+00:00\"}");
}

/* Bytes that are no UTF-8 do not make a request that is no JSON */
static void
test_bytes_that_are_no_text (void)
{
  g_autoptr(DrillWrite) write = drill_write_new_ack (
    &(DrillAckTarget) { .schedule_id = "s", .provider = "jira" },
    &(DrillAckNote) { .state = "acknowledged", .notes = "caf\xe9\x01" });
  GBytes *body = drill_write_get_body (write);

  g_assert_true (g_utf8_validate_len (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL));
  assert_body (write, "{\"provider\":\"jira\",\"acknowledgement_state\":\"acknowledged\",\"notes\":\"caf\xef\xbf\xbd\\u0001\"}");
}

static DrillPage *
dup_items (const char  *answer,
           GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (answer, strlen (answer));

  return drill_write_answer_dup_items (bytes, error);
}

static void
assert_items (const char *answer,
              const char *wanted)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillPage) page = dup_items (answer, &error);
  const char *data;
  gsize length;

  g_assert_no_error (error);
  data = drill_page_get_data (page, &length);
  g_assert_cmpmem (data, length, wanted, strlen (wanted));
}

/* Spacing, order, escapes and numbers stay as the service wrote them */
#define ITEM "{ \"session_id\":\"\\u00e9\\/\", \"n\": 1.50e0,\n \"b\":null , \"a\":[1 ,{}]}"

static void
test_items (void)
{
  assert_items ("{\"acknowledgement\":{\"metadata\":[]},\"metadata\" : " ITEM " ,\"actor\":null}",
                "{\"items\":[" ITEM "]}");
  assert_items ("{\"metadata\":[" ITEM ", {\"session_id\":\"2\"} ],\"bulk_id\":\"b\"}",
                "{\"items\":[" ITEM ", {\"session_id\":\"2\"} ]}");
  assert_items ("{\"metadata\":{\"session_id\":\"3\"},\"plan_metadata\":{\"session_id\":\"2\"},"
                "\"audit_metadata\":{\"session_id\":\"1\"}}",
                "{\"items\":[{\"session_id\":\"1\"},{\"session_id\":\"2\"},{\"session_id\":\"3\"}]}");
  assert_items ("{\"metadata\":null,\"delivery\":null,\"plan_metadata\":{},\"audit_metadata\":{\"session_id\":\"1\"}}",
                "{\"items\":[{\"session_id\":\"1\"},{}]}");
  assert_items ("{\"audit_metadata\":{\"session_id\":\"1\"},\"metadata\":[]}",
                "{\"items\":[{\"session_id\":\"1\"}]}");
}

static void
test_no_items (void)
{
  static const char *const answers[] = {
    "", "[]", "null", "\"metadata\"", "{}", "{\"metadata\":null}", "{\"metadata\":[]}", "{\"metadata\":\"x\"}",
    "{\"metadata\":[{\"session_id\":\"1\"},2]}", "{\"metadata\":{\"session_id\":\"1\"}", "{\"metadata\":{\"a\":tru}}",
    "{\"metadata\":{\"session_id\":\"1\"}} {}", "{\"metadata\":{\"a\":\"\xff\"}}", "<html>",
    "{\"audit_metadata\":{\"session_id\":\"1\"},\"metadata\":7}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(DrillPage) page = dup_items (answers[i], &error);

      g_test_message ("%s", answers[i]);
      g_assert_null (page);
      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_REPLY);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/sources/write/ack", test_ack);
  g_test_add_func ("/drill/sources/write/bulk-of-one", test_bulk_of_one);
  g_test_add_func ("/drill/sources/write/empty-members", test_empty_members);
  g_test_add_func ("/drill/sources/write/bulk", test_bulk);
  g_test_add_func ("/drill/sources/write/package-and-delivery", test_package_and_delivery);
  g_test_add_func ("/drill/sources/write/bytes-that-are-no-text", test_bytes_that_are_no_text);
  g_test_add_func ("/drill/sources/write-answer/items", test_items);
  g_test_add_func ("/drill/sources/write-answer/no-items", test_no_items);

  return g_test_run ();
}
