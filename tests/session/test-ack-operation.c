// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>

#include "drill-test-loop.h"
#include "drill-write-fixture.h"

#define N_ROUTES 300
#define LATER    "2026-05-21T10:00:00.000000+00:00"

static void
set_up (DrillWriteFixture *self,
        gconstpointer      data)
{
  drill_write_fixture_set_up (self, N_ROUTES);
}

static void
tear_down (DrillWriteFixture *self,
           gconstpointer      data)
{
  drill_write_fixture_tear_down (self);
}

static guint
count_history_requests (DrillWriteFixture *self)
{
  return drill_test_server_get_n_requests (self->server, DRILL_TEST_HISTORY);
}

static guint32
get_state (DrillWriteFixture *self,
           guint              route)
{
  g_autoptr(GArray) rows = drill_write_fixture_find_rows (self, route);

  return drill_evidence_get_route_state (drill_writer_get_evidence (self->writer), g_array_index (rows, guint32, 0));
}

static char *
dup_last_body (DrillWriteFixture *self)
{
  guint n = 0;
  g_autoptr(GBytes) body = NULL;
  gconstpointer data;
  gsize length;

  while (TRUE)
    {
      g_autofree char *method = drill_test_server_dup_method (self->server, n);

      if (method == NULL)
        break;
      n++;
      if (g_str_equal (method, "POST"))
        {
          g_clear_pointer (&body, g_bytes_unref);
          body = drill_test_server_dup_body (self->server, n - 1);
        }
    }
  data = g_bytes_get_data (body, &length);

  return g_strndup (data, length);
}

static void
assert_done (DrillAckOperation *operation,
             guint              n_recorded,
             guint              n_skipped)
{
  g_assert_no_error (drill_operation_get_error (DRILL_OPERATION (operation)));
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_DONE);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_RECORDED), ==, n_recorded);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_SKIPPED), ==, n_skipped);
  g_assert_cmpuint (n_recorded + n_skipped, ==, drill_ack_operation_get_n_entries (operation));
  g_assert_cmpfloat (drill_operation_get_progress (DRILL_OPERATION (operation)), ==, 1.0);
}

/* The answer's item is in the snapshot, and the service was not asked for it */
static void
test_one (DrillWriteFixture *self,
          gconstpointer      data)
{
  const char *state = data;
  g_autoptr(DrillAckOperation) operation = drill_write_fixture_choose (self, 1, state);
  guint n_requests = count_history_requests (self);
  g_autoptr(DrillEvidence) before = drill_evidence_ref (drill_writer_get_evidence (self->writer));
  DrillEvidence *evidence;
  DrillAckEntry entry;
  guint32 ack;
  g_autoptr(GArray) rows = drill_write_fixture_find_rows (self, 0);

  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_READY);
  g_assert_cmpuint (drill_ack_operation_get_n_chunks (operation), ==, 1);
  drill_ack_operation_get_entry (operation, 0, &entry);
  g_assert_cmpstr (entry.schedule_id, ==, "schedule:0000");
  g_assert_cmpstr (entry.provider, ==, "provider-0");
  g_assert_cmpstr (entry.plan_id, ==, "plan-0000");
  g_assert_cmpstr (entry.owners, ==, "owner");
  g_assert_cmpuint (entry.n_routes, ==, 1);
  g_assert_cmpuint (entry.n_others, ==, 0);
  g_assert_cmpuint (entry.state_shown, ==, DRILL_STATE_OUTSTANDING);
  g_assert_cmpuint (entry.state_now, ==, DRILL_STATE_OUTSTANDING);
  g_assert_cmpint (entry.outcome, ==, DRILL_OUTCOME_PENDING);

  drill_write_fixture_run (operation);
  assert_done (operation, 1, 0);
  drill_write_fixture_assert_once (self, 1);
  g_assert_cmpuint (count_history_requests (self), ==, n_requests);
  g_assert_cmpuint (drill_write_fixture_count_files (self), ==, 0);

  evidence = drill_writer_get_evidence (self->writer);
  ack = drill_evidence_get_route_ack (evidence, g_array_index (rows, guint32, 0));
  g_assert_cmpuint (ack, !=, DRILL_NONE);
  drill_ack_operation_get_entry (operation, 0, &entry);
  g_assert_cmpuint (entry.state_shown, ==, DRILL_STATE_OUTSTANDING);
  g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_STATE, entry.state_now), ==, state);
  g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_TEXT, drill_evidence_get_acks (evidence)[ack].id), ==, entry.ack_id);
  g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_REFERENCE, drill_evidence_get_acks (evidence)[ack].reference), ==, "CHG-1");
  g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_ACTOR, drill_evidence_get_acks (evidence)[ack].actor), ==, "alice");
  g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_TEXT, drill_evidence_get_acks (evidence)[ack].notes), ==, "said by \"alice\"\n");
  /* A snapshot is immutable */
  g_assert_cmpuint (drill_evidence_get_n_acks (before), ==, 0);

  /* And the next look for news finds what it expects */
  drill_write_fixture_load (self);
  g_assert_cmpuint (count_history_requests (self), ==, n_requests + 1);
  g_assert_cmpuint (drill_evidence_get_n_acks (drill_writer_get_evidence (self->writer)), ==, 1);
  g_assert_cmpuint (drill_evidence_get_n_problems (drill_writer_get_evidence (self->writer)), ==, 0);
}

static void
count_cb (DrillOperation *operation,
          gpointer        data)
{
  (*(guint *) data)++;
}

static void
test_bulk (DrillWriteFixture *self,
           gconstpointer      data)
{
  g_autoptr(DrillAckOperation) operation = drill_write_fixture_choose (self, 250, "escalated");
  guint n_changes = 0;

  g_assert_cmpuint (drill_ack_operation_get_n_chunks (operation), ==, 3);
  g_signal_connect (operation, "changed", G_CALLBACK (count_cb), &n_changes);
  drill_write_fixture_run (operation);
  assert_done (operation, 250, 0);
  drill_write_fixture_assert_once (self, 250);
  g_assert_cmpuint (drill_write_fixture_count_posts (self), ==, 3);
  g_assert_cmpuint (n_changes, >=, 3);
  for (guint i = 0; i < N_ROUTES; i++)
    g_assert_cmpuint (get_state (self, i), ==, i < 250 ? DRILL_STATE_ESCALATED : DRILL_STATE_OUTSTANDING);

  drill_write_fixture_load (self);
  g_assert_cmpuint (drill_evidence_get_n_acks (drill_writer_get_evidence (self->writer)), ==, 250);
}

/* What is so already is not recorded again; what somebody else did meanwhile neither */
static void
test_skip (DrillWriteFixture *self,
           gconstpointer      data)
{
  g_autoptr(DrillAckOperation) first = drill_write_fixture_choose (self, 5, "acknowledged");
  g_autoptr(DrillAckOperation) all = drill_write_fixture_choose (self, 20, "acknowledged");
  g_autoptr(DrillAckOperation) single = drill_write_fixture_choose (self, 1, "acknowledged");
  DrillAckEntry entry;
  g_autofree char *other = drill_write_fixture_make_ack ("theirs", 7, "acknowledged", "bob", "", LATER);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  drill_write_fixture_run (first);
  drill_test_server_add_item (self->server, other);
  drill_ack_operation_update_async (all, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  g_assert_true (drill_ack_operation_update_finish (all, result, &error));
  for (guint i = 0; i < 20; i++)
    {
      drill_ack_operation_get_entry (all, i, &entry);
      g_assert_cmpuint (entry.state_shown, ==, DRILL_STATE_OUTSTANDING);
      g_assert_cmpuint (entry.state_now, ==, i < 5 || i == 7 ? DRILL_STATE_ACKNOWLEDGED : DRILL_STATE_OUTSTANDING);
    }
  g_assert_cmpuint (drill_write_fixture_count_posts (self), ==, 1);

  drill_write_fixture_run (all);
  assert_done (all, 14, 6);
  g_assert_cmpuint (drill_test_server_count_acks (self->server, NULL, NULL), ==, 19);
  drill_ack_operation_get_entry (all, 7, &entry);
  g_assert_cmpint (entry.outcome, ==, DRILL_OUTCOME_SKIPPED);

  /* Who acknowledges a single one that is so already means it */
  drill_write_fixture_run (single);
  assert_done (single, 1, 0);
  g_assert_cmpuint (drill_test_server_count_acks (self->server, "schedule:0000", "provider-0"), ==, 2);
}

static void
test_all_skipped (DrillWriteFixture *self,
                  gconstpointer      data)
{
  g_autoptr(DrillAckOperation) first = drill_write_fixture_choose (self, 5, "resolved");
  g_autoptr(DrillAckOperation) again = drill_write_fixture_choose (self, 5, "resolved");

  drill_write_fixture_run (first);
  drill_write_fixture_run (again);
  assert_done (again, 0, 5);
  drill_write_fixture_assert_once (self, 5);
}

/* An acknowledgement of an older plan does not count as done */
static void
test_predates (DrillWriteFixture *self,
               gconstpointer      data)
{
  g_autofree char *old = drill_write_fixture_make_ack ("old", 3, "acknowledged", "bob", "", "2026-05-20T10:30:00.000000+00:00");
  g_autofree char *plan = drill_write_fixture_make_plan (0, "newer", LATER, "owner");
  g_autoptr(DrillAckOperation) operation = NULL;
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  DrillAckEntry entry;

  drill_test_server_add_item (self->server, old);
  drill_test_server_add_item (self->server, plan);
  drill_write_fixture_load (self);
  for (guint i = 3; i < 5; i++)
    {
      g_autoptr(GArray) both = drill_write_fixture_find_rows (self, i);

      g_assert_cmpuint (both->len, ==, 2);
      g_array_append_vals (rows, both->data, both->len);
    }

  operation = drill_ack_operation_new_for_routes (self->writer, drill_writer_get_evidence (self->writer),
                                                  (const guint32 *) rows->data, rows->len, "acknowledged");
  g_assert_cmpuint (drill_ack_operation_get_n_entries (operation), ==, 2);
  drill_ack_operation_get_entry (operation, 0, &entry);
  g_assert_true (entry.predates);
  g_assert_cmpuint (entry.state_now, ==, DRILL_STATE_ACKNOWLEDGED);
  g_assert_cmpuint (entry.n_routes, ==, 2);
  g_assert_cmpstr (entry.plan_id, ==, "newer");
  drill_ack_operation_set_note (operation, "alice", NULL, NULL);
  drill_write_fixture_run (operation);
  assert_done (operation, 2, 0);
  drill_ack_operation_get_entry (operation, 0, &entry);
  g_assert_false (entry.predates);
}

/* Two owners on one provider share an acknowledgement: it is sent once */
static void
test_owners (DrillWriteFixture *self,
             gconstpointer      data)
{
  static const char plan[] =
    "{\"session_id\":\"shared\",\"created_at\":\"" LATER "\",\"metadata_kind\":\"" DRILL_KIND_PLAN "\",\"plan_id\":\"shared\","
    "\"schedule_id\":\"shared\",\"plan\":{\"plan_id\":\"shared\",\"schedule_id\":\"shared\",\"route_decisions\":["
    "{\"provider\":\"jira\",\"owner\":\"a\",\"action\":\"deliver\"},{\"provider\":\"jira\",\"owner\":\"b\",\"action\":\"deliver\"},"
    "{\"provider\":\"jira\",\"owner\":\"c\",\"action\":\"suppress\"},{\"provider\":\"slack\",\"owner\":\"a\",\"action\":\"deliver\"}]}}";
  DrillEvidence *evidence;
  g_autofree guint32 *rows = g_new (guint32, 5);
  guint n = 0;
  DrillAckEntry entry;
  guint n_routes;

  drill_test_server_add_item (self->server, plan);
  drill_write_fixture_load (self);
  evidence = drill_writer_get_evidence (self->writer);
  for (guint32 row = 0; row < drill_evidence_get_n_routes (evidence); row++)
    if (g_str_equal (drill_evidence_get_text (evidence, DRILL_DICT_SCHEDULE,
                                              drill_evidence_get_route_column (evidence, DRILL_ROUTE_SCHEDULE)[row]), "shared"))
      rows[n++] = row;
  g_assert_cmpuint (n, ==, 4);

  {
    g_autoptr(DrillAckOperation) one = drill_ack_operation_new_for_routes (self->writer, evidence, rows, 1, "acknowledged");

    g_assert_cmpuint (drill_ack_operation_get_n_entries (one), ==, 1);
    drill_ack_operation_get_entry (one, 0, &entry);
    g_assert_cmpuint (entry.n_routes, ==, 1);
    g_assert_cmpuint (entry.n_others, ==, 1);
    g_assert_cmpstr (entry.owners, ==, "a, b");
  }

  {
    g_autoptr(DrillAckOperation) all = NULL;

    rows[4] = rows[0]; /* chosen twice */
    all = drill_ack_operation_new_for_routes (self->writer, evidence, rows, 5, "acknowledged");
    g_assert_cmpuint (drill_ack_operation_get_n_entries (all), ==, 2);
    g_assert_cmpuint (drill_ack_operation_get_n_left_out (all), ==, 1);
    drill_ack_operation_get_entry (all, 0, &entry);
    g_assert_cmpuint (entry.n_others, ==, 0);
    g_assert_cmpstr (entry.owners, ==, "a, b");
    g_assert_cmpuint (drill_ack_operation_get_routes (all, 1, &n_routes)[0], ==, rows[3]);
    g_assert_cmpuint (n_routes, ==, 1);
    drill_ack_operation_set_note (all, "alice", NULL, NULL);
    drill_write_fixture_run (all);
    assert_done (all, 2, 0);
    g_assert_cmpuint (drill_test_server_count_acks (self->server, "shared", "jira"), ==, 1);
    g_assert_cmpuint (drill_test_server_count_acks (self->server, "shared", "slack"), ==, 1);
  }
}

/* Where the service knows who it is, the request does not say who we are */
static void
test_verified (DrillWriteFixture *self,
               gconstpointer      data)
{
  g_autoptr(DrillAckOperation) operation = NULL;
  g_autofree char *body = NULL;

  drill_test_server_add_token (self->server, "secret", "carol");
  drill_write_fixture_end (self);
  drill_write_fixture_start (self, drill_test_server_get_url (self->server), "secret");
  drill_write_fixture_load (self);
  drill_writer_set_actor (self->writer, "carol");
  operation = drill_write_fixture_choose (self, 1, "acknowledged");
  g_assert_cmpstr (drill_ack_operation_get_actor (operation), ==, "carol");
  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .method = "POST", .first = 1, .count = 1, .what = DRILL_TEST_DO_THEN_DROP,
  });
  drill_write_fixture_run (operation);
  assert_done (operation, 1, 0);
  drill_write_fixture_assert_once (self, 1);
  body = dup_last_body (self);
  g_assert_null (strstr (body, "acknowledged_by"));
  g_assert_nonnull (strstr (body, "CHG-1"));
}

/* A new token in the middle of a bulk: nothing is lost, nothing is sent twice */
static void
test_new_token (DrillWriteFixture *self,
                gconstpointer      data)
{
  g_autoptr(DrillAckOperation) operation = NULL;

  drill_test_server_add_token (self->server, "old", "carol");
  drill_test_server_add_token (self->server, "new", "carol");
  drill_write_fixture_end (self);
  drill_write_fixture_start (self, drill_test_server_get_url (self->server), "old");
  drill_write_fixture_load (self);
  drill_writer_set_actor (self->writer, "carol");
  operation = drill_write_fixture_choose (self, 250, "acknowledged");
  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .method = "POST", .path = DRILL_TEST_BULK, .first = 2, .count = 1, .what = DRILL_TEST_STATUS, .status = 401,
  });
  drill_write_fixture_run (operation);
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_NEEDS_TOKEN);
  g_assert_error (drill_operation_get_error (DRILL_OPERATION (operation)), DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_PENDING), ==, 150);

  drill_test_server_revoke_token (self->server, "old");
  drill_write_fixture_run (operation);
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_NEEDS_TOKEN);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_RECORDED), ==, 100);

  drill_api_source_set_token (self->source, "new");
  drill_write_fixture_run (operation);
  assert_done (operation, 250, 0);
  drill_write_fixture_assert_once (self, 250);
  g_assert_cmpuint (drill_write_fixture_count_files (self), ==, 0);
}

/* What looks like ours and was there before, or is somebody else's, is not the answer */
static void
test_not_ours (DrillWriteFixture *self,
               gconstpointer      data)
{
  g_autofree char *before = drill_write_fixture_make_ack ("before", 0, "acknowledged", "alice", "CHG-1", LATER);
  g_autofree char *theirs = drill_write_fixture_make_ack ("theirs", 0, "acknowledged", "bob", "CHG-1", LATER);
  g_autofree char *other_ref = drill_write_fixture_make_ack ("other", 0, "acknowledged", "alice", "CHG-2", LATER);
  g_autoptr(DrillAckOperation) operation = NULL;
  DrillAckEntry entry;

  drill_test_server_add_item (self->server, before);
  drill_write_fixture_load (self);
  operation = drill_write_fixture_choose (self, 1, "acknowledged");
  drill_test_server_add_item (self->server, theirs);
  drill_test_server_add_item (self->server, other_ref);
  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .method = "POST", .first = 1, .count = 1, .what = DRILL_TEST_DROP,
  });
  drill_write_fixture_run (operation);
  drill_ack_operation_get_entry (operation, 0, &entry);
  g_assert_cmpint (entry.outcome, ==, DRILL_OUTCOME_FAILED);
  g_assert_cmpuint (entry.state_now, ==, DRILL_STATE_ACKNOWLEDGED);
  drill_write_fixture_assert_told (self, operation);

  drill_ack_operation_retry_failed (operation);
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_READY);
  drill_write_fixture_run (operation);
  assert_done (operation, 1, 0);
  drill_write_fixture_assert_once (self, 1);
}

/* The service was still at it when the history was read for the first time */
static void
test_late (DrillWriteFixture *self,
           gconstpointer      data)
{
  g_autofree char *late = drill_write_fixture_make_ack ("late", 0, "acknowledged", "alice", "CHG-1", LATER);
  g_autoptr(DrillAckOperation) operation = drill_write_fixture_choose (self, 1, "acknowledged");
  DrillAckEntry entry;

  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .method = "POST", .first = 1, .count = 1, .what = DRILL_TEST_DROP,
  });
  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .method = "GET", .path = DRILL_TEST_HISTORY, .first = 2, .count = 1, .what = DRILL_TEST_ADD_ITEM, .body = late,
  });
  drill_write_fixture_run (operation);
  assert_done (operation, 1, 0);
  drill_ack_operation_get_entry (operation, 0, &entry);
  g_assert_cmpstr (entry.ack_id, ==, "late");
  g_assert_cmpuint (drill_write_fixture_count_posts (self), ==, 1);
}

/* And it does not come to an end: nobody knows what will be recorded */
static void
test_still_at_it (DrillWriteFixture *self,
                  gconstpointer      data)
{
  g_autoptr(DrillAckOperation) operation = drill_write_fixture_choose (self, 20, "acknowledged");

  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .method = "POST", .first = 1, .count = 1, .what = DRILL_TEST_DROP,
  });
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("late-%u", i);
      g_autofree char *item = drill_write_fixture_make_ack (id, i, "acknowledged", "alice", "CHG-1", LATER);

      drill_test_server_add_fault (self->server, &(DrillTestFault) {
        .method = "GET", .path = DRILL_TEST_HISTORY, .first = i + 1, .count = 1, .what = DRILL_TEST_ADD_ITEM, .body = item,
      });
    }
  drill_write_fixture_run (operation);
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_STOPPED);
  g_assert_error (drill_operation_get_error (DRILL_OPERATION (operation)), DRILL_ERROR, DRILL_ERROR_OFFLINE);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_UNKNOWN), ==, 20);
  g_assert_cmpuint (drill_write_fixture_count_files (self), ==, 1);

  /* It has come to an end: what is left of it is sent */
  drill_write_fixture_run (operation);
  assert_done (operation, 20, 0);
  g_assert_cmpuint (drill_test_server_count_acks (self->server, NULL, NULL), ==, 16);
}

/* The same when the history had to be read anew in the middle of it, so that
 * nothing is where it was, and one of those that were found is gone */
static void
test_history_anew (DrillWriteFixture *self,
                   gconstpointer      data)
{
  g_autoptr(DrillAckOperation) operation = drill_write_fixture_choose (self, 250, "acknowledged");
  DrillAckEntry entry;

  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .method = "POST", .path = DRILL_TEST_BULK, .first = 2, .count = 1, .what = DRILL_TEST_BREAK_BULK, .n_routes = 40,
  });
  /* The second reading after it finds the history shorter than the first */
  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .method = "GET", .path = DRILL_TEST_HISTORY, .first = 2, .count = 1, .what = DRILL_TEST_REMOVE_ITEM,
  });
  drill_write_fixture_run (operation);
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_DONE);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_RECORDED), ==, 100 + 39 + 50);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_FAILED), ==, 61);
  for (guint i = 0; i < 250; i++)
    {
      gboolean recorded = i < 139 || i >= 200;

      drill_ack_operation_get_entry (operation, i, &entry);
      g_assert_cmpint (entry.outcome, ==, recorded ? DRILL_OUTCOME_RECORDED : DRILL_OUTCOME_FAILED);
      g_assert_cmpuint (entry.state_now, ==, recorded ? DRILL_STATE_ACKNOWLEDGED : DRILL_STATE_OUTSTANDING);
      g_assert_cmpuint (get_state (self, i), ==, entry.state_now);
    }
}

static void
cancel_cb (DrillOperation *operation,
           gpointer        data)
{
  if (drill_ack_operation_count (DRILL_ACK_OPERATION (operation), DRILL_OUTCOME_SENT) > 0)
    g_cancellable_cancel (data);
}

/* Cancelled while a chunk is on its way: that is waited for, and the rest is not sent */
static void
test_cancel (DrillWriteFixture *self,
             gconstpointer      data)
{
  g_autoptr(DrillAckOperation) operation = drill_write_fixture_choose (self, 250, "acknowledged");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  gulong handler = g_signal_connect (operation, "changed", G_CALLBACK (cancel_cb), cancellable);

  drill_operation_run_async (DRILL_OPERATION (operation), cancellable, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  g_assert_true (drill_operation_run_finish (DRILL_OPERATION (operation), result, NULL));
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_STOPPED);
  g_assert_error (drill_operation_get_error (DRILL_OPERATION (operation)), DRILL_ERROR, DRILL_ERROR_CANCELLED);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_RECORDED), ==, 100);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_PENDING), ==, 150);
  drill_write_fixture_assert_told (self, operation);
  g_assert_cmpuint (drill_write_fixture_count_files (self), ==, 1);

  g_signal_handler_disconnect (operation, handler);
  drill_write_fixture_run (operation);
  assert_done (operation, 250, 0);
  drill_write_fixture_assert_once (self, 250);
}

static void
test_twice_at_once (DrillWriteFixture *self,
                    gconstpointer      data)
{
  g_autoptr(DrillAckOperation) operation = drill_write_fixture_choose (self, 1, "acknowledged");
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) second = NULL;
  g_autoptr(GError) error = NULL;

  drill_operation_run_async (DRILL_OPERATION (operation), NULL, drill_test_loop_result, &first);
  drill_operation_run_async (DRILL_OPERATION (operation), NULL, drill_test_loop_result, &second);
  drill_test_loop_await (&second);
  g_assert_false (drill_operation_run_finish (DRILL_OPERATION (operation), second, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_CONFLICT);
  drill_test_loop_await (&first);
  g_assert_true (drill_operation_run_finish (DRILL_OPERATION (operation), first, NULL));
  drill_write_fixture_assert_once (self, 1);
}

/* Without a journal, nothing leaves */
static void
test_no_journal (DrillWriteFixture *self,
                 gconstpointer      data)
{
  g_autoptr(DrillWriter) writer = drill_writer_new (DRILL_SOURCE (self->source), self->loader, NULL, self->clock);
  g_autoptr(DrillAckOperation) operation = NULL;

  g_clear_object (&self->writer);
  self->writer = g_steal_pointer (&writer);
  operation = drill_write_fixture_choose (self, 20, "acknowledged");
  drill_write_fixture_run (operation);
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_STOPPED);
  g_assert_error (drill_operation_get_error (DRILL_OPERATION (operation)), DRILL_ERROR, DRILL_ERROR_IO);
  g_assert_cmpuint (drill_write_fixture_count_posts (self), ==, 0);
}

/* Nor when it cannot be written; and it is sent when it can */
static void
test_broken_journal (DrillWriteFixture *self,
                     gconstpointer      data)
{
  g_autofree char *file = g_strdup_printf ("%s-file", self->directory);
  g_autofree char *below = g_build_filename (file, "journal", NULL);
  g_autoptr(DrillJournal) journal = drill_journal_new (below);
  g_autoptr(DrillAckOperation) operation = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_clear_object (&self->writer);
  self->writer = drill_writer_new (DRILL_SOURCE (self->source), self->loader, journal, self->clock);
  operation = drill_write_fixture_choose (self, 20, "acknowledged");
  drill_write_fixture_run (operation);
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_STOPPED);
  g_assert_error (drill_operation_get_error (DRILL_OPERATION (operation)), DRILL_ERROR, DRILL_ERROR_IO);
  g_assert_cmpuint (drill_write_fixture_count_posts (self), ==, 0);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_PENDING), ==, 20);

  g_remove (file);
  drill_write_fixture_run (operation);
  assert_done (operation, 20, 0);
  drill_write_fixture_assert_once (self, 20);
  g_rmdir (below);
  g_rmdir (file);
}

static void
test_read_only (DrillWriteFixture *self,
                gconstpointer      data)
{
  g_autoptr(DrillAckOperation) operation = drill_write_fixture_choose (self, 20, "acknowledged");

  drill_writer_set_read_only (self->writer, TRUE);
  drill_write_fixture_run (operation);
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_STOPPED);
  g_assert_error (drill_operation_get_error (DRILL_OPERATION (operation)), DRILL_ERROR, DRILL_ERROR_READ_ONLY);
  g_assert_cmpuint (drill_write_fixture_count_posts (self), ==, 0);
  g_assert_cmpuint (drill_write_fixture_count_files (self), ==, 0);
}

/* In the middle of a bulk the session turns to another source */
static void
close_cb (DrillOperation *operation,
          gpointer        data)
{
  if (drill_ack_operation_count (DRILL_ACK_OPERATION (operation), DRILL_OUTCOME_SENT) > 0)
    drill_writer_close (data);
}

static void
test_closed (DrillWriteFixture *self,
             gconstpointer      data)
{
  g_autoptr(DrillAckOperation) operation = drill_write_fixture_choose (self, 250, "acknowledged");
  g_autoptr(DrillAckOperation) recovered = NULL;

  g_signal_connect (operation, "changed", G_CALLBACK (close_cb), self->writer);
  drill_write_fixture_run (operation);
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, DRILL_OPERATION_STOPPED);
  g_assert_error (drill_operation_get_error (DRILL_OPERATION (operation)), DRILL_ERROR, DRILL_ERROR_CANCELLED);
  /* What had left was waited for, or is known to be unknown; the rest has not left */
  g_assert_cmpuint (drill_write_fixture_count_posts (self), <=, 1);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_PENDING), >=, 150);

  g_clear_object (&operation);
  drill_write_fixture_end (self);
  drill_write_fixture_start (self, drill_test_server_get_url (self->server), NULL);
  drill_write_fixture_load (self);
  recovered = drill_write_fixture_recover (self);
  drill_write_fixture_run (recovered);
  assert_done (recovered, 250, 0);
  drill_write_fixture_assert_once (self, 250);
}

static void
test_drop (DrillWriteFixture *self,
           gconstpointer      data)
{
  g_autoptr(DrillAckOperation) operation = drill_write_fixture_choose (self, 250, "acknowledged");
  guint n_dropped = 0;

  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .method = "POST", .path = DRILL_TEST_BULK, .first = 2, .what = DRILL_TEST_STATUS, .status = 403,
  });
  g_signal_connect (operation, "dropped", G_CALLBACK (count_cb), &n_dropped);
  drill_write_fixture_run (operation);
  g_assert_cmpuint (drill_write_fixture_count_files (self), ==, 1);
  drill_operation_drop (DRILL_OPERATION (operation));
  g_assert_cmpuint (n_dropped, ==, 1);
  g_assert_cmpuint (drill_write_fixture_count_files (self), ==, 0);
}

static void
drop_cb (DrillOperation *operation,
         gpointer        data)
{
  if (drill_ack_operation_count (DRILL_ACK_OPERATION (operation), DRILL_OUTCOME_SENT) > 0)
    drill_operation_drop (operation);
}

/* What is on its way is waited for before it is dropped */
static void
test_drop_under_way (DrillWriteFixture *self,
                     gconstpointer      data)
{
  g_autoptr(DrillAckOperation) operation = drill_write_fixture_choose (self, 250, "acknowledged");
  guint n_dropped = 0;

  g_signal_connect (operation, "changed", G_CALLBACK (drop_cb), NULL);
  g_signal_connect (operation, "dropped", G_CALLBACK (count_cb), &n_dropped);
  drill_write_fixture_run (operation);
  g_assert_cmpuint (n_dropped, ==, 1);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_RECORDED), ==, 100);
  drill_write_fixture_assert_told (self, operation);
  g_assert_cmpuint (drill_write_fixture_count_files (self), ==, 0);
}

/* What was there before is known before anything is sent, also when nobody has loaded it */
static void
test_nothing_loaded (DrillWriteFixture *self,
                     gconstpointer      data)
{
  const DrillAckTarget target = { "schedule:0000", "provider-0", NULL };
  g_autofree char *before = drill_write_fixture_make_ack ("before", 0, "acknowledged", "alice", "CHG-1", LATER);
  g_autoptr(DrillAckOperation) operation = NULL;

  drill_test_server_add_item (self->server, before);
  drill_test_server_add_fault (self->server, &(DrillTestFault) {
    .method = "POST", .first = 1, .count = 1, .what = DRILL_TEST_DROP,
  });
  drill_write_fixture_end (self);
  drill_write_fixture_start (self, drill_test_server_get_url (self->server), NULL);
  operation = drill_ack_operation_new_for_target (self->writer, &target, "acknowledged");
  drill_ack_operation_set_note (operation, "alice", "CHG-1", NULL);
  drill_write_fixture_no_pauses (operation);
  drill_write_fixture_run (operation);
  g_assert_cmpuint (drill_ack_operation_count (operation, DRILL_OUTCOME_FAILED), ==, 1);
  drill_write_fixture_assert_told (self, operation);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *name;
    void (*function) (DrillWriteFixture *self, gconstpointer data);
    gconstpointer data;
  } cases[] = {
    { "one/acknowledged", test_one, "acknowledged" },
    { "one/escalated", test_one, "escalated" },
    { "one/resolved", test_one, "resolved" },
    { "one/dismissed", test_one, "dismissed" },
    { "bulk", test_bulk, NULL },
    { "skip", test_skip, NULL },
    { "all-skipped", test_all_skipped, NULL },
    { "predates", test_predates, NULL },
    { "owners", test_owners, NULL },
    { "verified", test_verified, NULL },
    { "new-token", test_new_token, NULL },
    { "not-ours", test_not_ours, NULL },
    { "late", test_late, NULL },
    { "still-at-it", test_still_at_it, NULL },
    { "history-anew", test_history_anew, NULL },
    { "cancel", test_cancel, NULL },
    { "twice-at-once", test_twice_at_once, NULL },
    { "no-journal", test_no_journal, NULL },
    { "broken-journal", test_broken_journal, NULL },
    { "read-only", test_read_only, NULL },
    { "closed", test_closed, NULL },
    { "drop", test_drop, NULL },
    { "drop-under-way", test_drop_under_way, NULL },
    { "nothing-loaded", test_nothing_loaded, NULL },
  };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/drill/session/ack-operation/%s", cases[i].name);

      g_test_add (path, DrillWriteFixture, cases[i].data, set_up, cases[i].function, tear_down);
    }

  return g_test_run ();
}
