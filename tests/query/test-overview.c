// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-query-fixture.h"

#include "base/drill-time.h"
#include "evidence/drill-escalation.h"
#include "query/drill-overview.h"

#define PLAN(id, schedule, created, decisions) \
  "{'session_id':'" id "','created_at':'" created "'," \
  "'metadata_kind':'go-backend-rollback-drill-notification-plan','plan':{" \
  "'plan_id':'" id "','schedule_id':'" schedule "','alert_level':'warning','route_decisions':[" decisions "]}}"

#define DELIVER(provider, owner, minutes) \
  "{'provider':'" provider "','owner':'" owner "','action':'deliver','acknowledgement_minutes':" minutes "}"

#define ACK(id, schedule, provider, state, created, plan) \
  "{'session_id':'" id "','created_at':'" created "'," \
  "'metadata_kind':'go-backend-rollback-drill-notification-ack','schedule_id':'" schedule "','provider':'" provider "'," \
  "'acknowledgement_state':'" state "','acknowledgement':{'plan_id':'" plan "','acknowledgement_state':'" state "'}}"

/* Around FIXTURE_NOW_US, 10:00 */
static const char history[] =
  "{'items':["
  PLAN ("p1", "s1", "2026-05-20T08:00:00Z", DELIVER ("slack", "Ops", "30") "," DELIVER ("teams", "Edge", "90")) ","
  PLAN ("p2", "s1", "2026-05-20T09:00:00Z", DELIVER ("slack", "Ops", "60") "," DELIVER ("teams", "Edge", "30") ","
        "{'provider':'jira','owner':'Edge','action':'suppress'}") ","
  PLAN ("p3", "s2", "2026-05-20T09:30:00Z", DELIVER ("slack", "Ops", "120")) ","
  ACK ("a1", "s1", "slack", "acknowledged", "2026-05-20T08:10:00Z", "p1") ","
  ACK ("a2", "s1", "teams", "escalated", "2026-05-20T09:45:00Z", "p2") ","
  ACK ("a3", "s2", "slack", "resolved", "2026-05-20T09:50:00Z", "p3")
  "]}";

static DrillOverview *
compute (const char *json,
         const char *now)
{
  g_autoptr(DrillEvidence) evidence = fixture_parse (json);

  return drill_overview_compute (evidence, drill_time_parse (now, -1), DRILL_TIME_UNKNOWN, 8);
}

static void
assert_values (const guint *values,
               guint        n,
               const char  *expected)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "", values[i]);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
assert_owner (DrillEvidence *evidence,
              DrillOverview *overview,
              guint          i,
              const char    *owner,
              guint          n_breached,
              guint          n_waiting,
              guint          n_acknowledged)
{
  const DrillOwnerCount *count = &g_array_index (overview->owners, DrillOwnerCount, i);

  if (owner == NULL)
    g_assert_cmpuint (count->owner, ==, DRILL_NONE);
  else
    g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_OWNER, count->owner), ==, owner);
  g_assert_cmpuint (count->n_breached, ==, n_breached);
  g_assert_cmpuint (count->n_waiting, ==, n_waiting);
  g_assert_cmpuint (count->n_acknowledged, ==, n_acknowledged);
}

/* 08: s1/teams waits. 09: s1/slack is closed by the old acknowledgement,
 * s1/teams breached at 09:30 and an escalation does not close it, s2/slack was
 * resolved. */
static void
test_over_time (void)
{
  g_autoptr(DrillOverview) overview = compute (history, "2026-05-20T10:00:00Z");

  g_assert_cmpuint (overview->buckets.n, ==, 3);
  assert_values (overview->outstanding, 3, "1 1 1");
  assert_values (overview->breached, 3, "0 1 1");
  g_assert_cmpuint (overview->n_left_out, ==, 0);
  g_assert_cmpuint (overview->n_routes, ==, 3);
}

static void
test_times (void)
{
  g_autoptr(DrillOverview) overview = compute (history, "2026-05-20T10:00:00Z");

  /* s2/slack 20 of 120 min, s1/slack 10 of 30 min in the old plan and predating in the new one; s1/teams */
  assert_values (overview->ack_times, DRILL_N_ACK_TIMES, "1 1 0 0 0 0 0 1 1 1");
}

static void
test_owners (void)
{
  g_autoptr(DrillEvidence) evidence = fixture_parse (history);
  g_autoptr(DrillOverview) overview = drill_overview_compute (evidence, FIXTURE_NOW_US, DRILL_TIME_UNKNOWN, 8);

  g_assert_cmpuint (overview->owners->len, ==, 2);
  assert_owner (evidence, overview, 0, "Edge", 1, 0, 0);
  assert_owner (evidence, overview, 1, "Ops", 0, 0, 2);
}

static void
test_other_owners (void)
{
  g_autoptr(DrillEvidence) evidence =
    fixture_parse ("[" PLAN ("p", "s", "2026-05-20T09:00:00Z",
                             DELIVER ("a", "Late", "30") "," DELIVER ("b", "Late", "300") ","
                             DELIVER ("a", "Waits", "300") "," DELIVER ("c", "Waits", "300") ","
                             DELIVER ("d", "Also", "300") "," DELIVER ("e", "Too", "300")) "]");
  g_autoptr(DrillOverview) one = drill_overview_compute (evidence, FIXTURE_NOW_US, DRILL_TIME_UNKNOWN, 1);
  g_autoptr(DrillOverview) three = drill_overview_compute (evidence, FIXTURE_NOW_US, DRILL_TIME_UNKNOWN, 3);

  g_assert_cmpuint (one->owners->len, ==, 2);
  assert_owner (evidence, one, 0, "Late", 1, 1, 0);
  assert_owner (evidence, one, 1, NULL, 0, 4, 0);
  g_assert_cmpuint (g_array_index (one->owners, DrillOwnerCount, 1).n_owners, ==, 3);

  /* A fourth does not need to hide behind "1 other"; same counts, by name */
  g_assert_cmpuint (three->owners->len, ==, 4);
  assert_owner (evidence, three, 1, "Waits", 0, 2, 0);
  assert_owner (evidence, three, 2, "Also", 0, 1, 0);
  assert_owner (evidence, three, 3, "Too", 0, 1, 0);
}

static void
test_range (void)
{
  g_autoptr(DrillEvidence) evidence = fixture_parse (history);
  g_autoptr(DrillOverview) overview =
    drill_overview_compute (evidence, FIXTURE_NOW_US, drill_time_parse ("2026-05-20T09:10:00Z", -1), 8);

  /* What was open before the range is open in it */
  g_assert_cmpuint (overview->buckets.n, ==, 2);
  assert_values (overview->outstanding, 2, "1 1");
  assert_values (overview->breached, 2, "1 1");
  assert_values (overview->ack_times, DRILL_N_ACK_TIMES, "1 0 0 0 0 0 0 0 0 0");
  g_assert_cmpuint (overview->owners->len, ==, 2);
}

/* An acknowledgement at each share of an SLO of 100 minutes */
static void
test_shares (void)
{
  static const struct
  {
    int seconds;
    DrillAckTime expected;
  } shares[] = {
    { 0, DRILL_ACK_TIME_25 }, { 1500, DRILL_ACK_TIME_25 }, { 1501, DRILL_ACK_TIME_50 }, { 3000, DRILL_ACK_TIME_50 },
    { 3001, DRILL_ACK_TIME_75 }, { 4500, DRILL_ACK_TIME_75 }, { 4501, DRILL_ACK_TIME_100 }, { 5999, DRILL_ACK_TIME_100 },
    /* The service counts a route as breached when its age reaches the SLO */
    { 6000, DRILL_ACK_TIME_150 }, { 9000, DRILL_ACK_TIME_150 }, { 9001, DRILL_ACK_TIME_200 },
    { 12000, DRILL_ACK_TIME_200 }, { 12001, DRILL_ACK_TIME_MORE }, { -1, DRILL_ACK_TIME_PREDATES },
  };
  gint64 planned_us = drill_time_parse ("2026-05-20T05:00:00Z", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      g_autofree char *time = drill_time_format (planned_us + shares[i].seconds * G_TIME_SPAN_SECOND);
      g_autofree char *json =
        g_strdup_printf ("[%s,{'session_id':'a','created_at':'%s',"
                         "'metadata_kind':'go-backend-rollback-drill-notification-ack','schedule_id':'s',"
                         "'provider':'slack','acknowledgement_state':'acknowledged','acknowledgement':{}}]",
                         PLAN ("p", "s", "2026-05-20T05:00:00Z", DELIVER ("slack", "Ops", "100")), time);
      g_autoptr(DrillOverview) overview = compute (json, "2026-05-20T10:00:00Z");

      g_assert_cmpuint (overview->ack_times[shares[i].expected], ==, 1);
    }
}

static void
test_other_plan (void)
{
  g_autoptr(DrillOverview) overview =
    compute ("[" PLAN ("p", "s", "2026-05-20T09:00:00Z", DELIVER ("slack", "Ops", "60")) ","
             ACK ("a", "s", "slack", "acknowledged", "2026-05-20T09:10:00Z", "older") "]", "2026-05-20T09:59:00Z");

  /* It closes the route all the same */
  assert_values (overview->outstanding, overview->buckets.n, "0");
  g_assert_cmpuint (overview->ack_times[DRILL_ACK_TIME_PREDATES], ==, 1);
}

static void
test_withdrawn (void)
{
  g_autoptr(DrillOverview) overview =
    compute ("[" PLAN ("p", "s", "2026-05-20T07:00:00Z", DELIVER ("slack", "Ops", "60")) ","
             ACK ("a", "s", "slack", "acknowledged", "2026-05-20T07:30:00Z", "p") ","
             ACK ("b", "s", "slack", "dismissed", "2026-05-20T08:30:00Z", "p") ","
             ACK ("c", "s", "slack", "resolved", "2026-05-20T09:30:00Z", "p") "]", "2026-05-20T10:00:00Z");

  assert_values (overview->outstanding, overview->buckets.n, "0 1 0 0");
  assert_values (overview->breached, overview->buckets.n, "0 1 0 0");
  /* Acknowledged first after half of it */
  g_assert_cmpuint (overview->ack_times[DRILL_ACK_TIME_50], ==, 1);
}

/* A plan without decisions: its required providers, with the default SLO of an hour */
static void
test_required (void)
{
  g_autoptr(DrillOverview) overview =
    compute ("[{'session_id':'p','created_at':'2026-05-20T07:30:00Z',"
             "'metadata_kind':'go-backend-rollback-drill-notification-plan','plan':{'plan_id':'p','schedule_id':'s',"
             "'acknowledgement_required_providers':['slack','teams']}},"
             ACK ("a", "s", "teams", "acknowledged", "2026-05-20T08:10:00Z", "p") "]", "2026-05-20T10:00:00Z");

  assert_values (overview->outstanding, overview->buckets.n, "2 1 1 1");
  assert_values (overview->breached, overview->buckets.n, "0 1 1 1");
  g_assert_cmpuint (overview->ack_times[DRILL_ACK_TIME_75], ==, 1);
  g_assert_cmpuint (overview->ack_times[DRILL_ACK_TIME_NOT_YET], ==, 1);
}

static void
test_nothing (void)
{
  g_autoptr(DrillOverview) overview = compute ("{'items':[]}", "2026-05-20T10:00:00Z");

  g_assert_cmpuint (overview->buckets.n, ==, 0);
  g_assert_cmpuint (overview->n_routes, ==, 0);
  g_assert_cmpuint (overview->owners->len, ==, 0);
}

static void
test_clock_before_data (void)
{
  g_autoptr(DrillOverview) before = compute (history, "2026-05-20T07:00:00Z");
  g_autoptr(DrillOverview) within = compute (history, "2026-05-20T09:20:00Z");

  /* Nothing had been planned yet, but it is there */
  g_assert_cmpuint (before->buckets.n, ==, 0);
  g_assert_cmpuint (before->n_routes, ==, 3);
  g_assert_cmpuint (before->n_left_out, ==, 3);

  /* s2 is yet to be planned, s1/teams to breach */
  assert_values (within->outstanding, within->buckets.n, "1 1");
  assert_values (within->breached, within->buckets.n, "0 0");
  g_assert_cmpuint (within->n_left_out, ==, 1);
}

static void
test_unknown_times (void)
{
  g_autoptr(DrillOverview) overview =
    compute ("[" PLAN ("p", "s", "soon", DELIVER ("slack", "Ops", "60")) ","
             PLAN ("q", "t", "2026-05-20T09:00:00Z", DELIVER ("slack", "Ops", "600") "," DELIVER ("teams", "Ops", "600")) ","
             ACK ("a", "t", "teams", "acknowledged", "yesterday", "q") "]", "2026-05-20T09:30:00Z");

  g_assert_cmpuint (overview->n_routes, ==, 3);
  g_assert_cmpuint (overview->n_left_out, ==, 2);
  assert_values (overview->outstanding, overview->buckets.n, "1");
}

static void
append_item (GString *json,
             GRand   *rand,
             guint    number,
             gint64   us)
{
  static const char *const states[] = { "acknowledged", "resolved", "escalated", "dismissed" };
  static const char *const providers[] = { "slack", "teams", "jira" };
  g_autofree char *time = drill_time_format (us);
  int schedule = g_rand_int_range (rand, 0, 4);

  g_string_append_printf (json, "%s{'session_id':'i%03u','created_at':'%s',", json->len > 1 ? "," : "", number, time);
  if (g_rand_boolean (rand))
    {
      g_string_append_printf (json, "'metadata_kind':'go-backend-rollback-drill-notification-plan','plan':{"
                                    "'plan_id':'p%u','schedule_id':'s%d','route_decisions':[", number, schedule);
      for (int i = 0; i < 3; i++)
        g_string_append_printf (json, "%s{'provider':'%s','owner':'o%d','action':'%s','acknowledgement_minutes':%d}",
                                i > 0 ? "," : "", providers[i], i, g_rand_int_range (rand, 0, 3) > 0 ? "deliver" : "suppress",
                                g_rand_int_range (rand, 30, 600));
      g_string_append (json, "]}}");
    }
  else
    {
      const char *state = states[g_rand_int_range (rand, 0, 4)];

      g_string_append_printf (json, "'metadata_kind':'go-backend-rollback-drill-notification-ack','schedule_id':'s%d',"
                                    "'provider':'%s','acknowledgement_state':'%s','acknowledgement':{}}",
                              schedule, providers[g_rand_int_range (rand, 0, 3)], state);
    }
}

/* Each value is what the rules said of the evidence there was at that time */
static void
test_replay (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (0xd811);

  for (guint round = 0; round < 20; round++)
    {
      gint64 first_us = FIXTURE_NOW_US - 60 * G_TIME_SPAN_HOUR;
      g_autoptr(GString) json = g_string_new ("[");
      g_autoptr(GArray) ends = g_array_new (FALSE, FALSE, sizeof (gsize));
      g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr(DrillOverview) overview = NULL;
      g_autofree char *all = NULL;

      for (guint i = 0; i < 60; i++)
        {
          first_us += g_rand_int_range (rand, 1, 55) * DRILL_TIME_MINUTE + g_rand_int_range (rand, 0, 999);
          append_item (json, rand, i, first_us);
          g_array_append_val (ends, json->len);
          g_array_append_val (times, first_us);
        }
      all = g_strconcat (json->str, "]", NULL);
      overview = compute (all, "2026-05-20T10:00:00Z");
      g_assert_cmpuint (overview->buckets.n, >, 10);

      for (guint i = 0; i < overview->buckets.n; i++)
        {
          gint64 at_us = MIN (drill_time_buckets_get_start (&overview->buckets, i + 1) - 1, FIXTURE_NOW_US);
          g_autoptr(DrillEvidence) evidence = NULL;
          g_autoptr(GString) then = g_string_new ("[");
          DrillEscalationCounts counts;
          guint n = 0;

          while (n < times->len && g_array_index (times, gint64, n) <= at_us)
            n++;
          g_string_assign (then, json->str);
          g_string_truncate (then, g_array_index (ends, gsize, n - 1));
          g_string_append_c (then, ']');
          evidence = fixture_parse (then->str);
          drill_escalation_count (evidence, at_us, &counts);

          g_assert_cmpuint (overview->outstanding[i], ==, counts.n_outstanding);
          g_assert_cmpuint (overview->breached[i], ==, counts.n_breached);
        }
    }
}

/* With something odd in every column, the sums are those of the metrics */
static void
test_metrics (void)
{
  for (guint32 seed = 1; seed <= 20; seed++)
    {
      g_autofree char *json = fixture_random (seed, 0, 60);
      g_autoptr(DrillEvidence) evidence = fixture_parse (json);
      g_autoptr(DrillOverview) overview = drill_overview_compute (evidence, FIXTURE_NOW_US, DRILL_TIME_UNKNOWN, 3);
      DrillEscalationCounts counts;
      guint n_breached = 0, n_waiting = 0, n_acknowledged = 0;

      for (guint i = 0; i < overview->owners->len; i++)
        {
          const DrillOwnerCount *count = &g_array_index (overview->owners, DrillOwnerCount, i);

          n_breached += count->n_breached;
          n_waiting += count->n_waiting;
          n_acknowledged += count->n_acknowledged;
        }

      drill_escalation_count (evidence, FIXTURE_NOW_US, &counts);
      g_assert_cmpuint (overview->n_routes, ==, counts.n_routes);
      g_assert_cmpuint (n_breached, ==, counts.n_breached);
      g_assert_cmpuint (n_breached + n_waiting, ==, counts.n_outstanding);
      g_assert_cmpuint (n_acknowledged, ==, counts.n_routes - counts.n_outstanding);
      if (overview->buckets.n > 0)
        g_assert_cmpuint (overview->outstanding[overview->buckets.n - 1] + overview->n_left_out, >=, counts.n_outstanding);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/query/overview/over-time", test_over_time);
  g_test_add_func ("/drill/query/overview/times", test_times);
  g_test_add_func ("/drill/query/overview/owners", test_owners);
  g_test_add_func ("/drill/query/overview/other-owners", test_other_owners);
  g_test_add_func ("/drill/query/overview/range", test_range);
  g_test_add_func ("/drill/query/overview/shares", test_shares);
  g_test_add_func ("/drill/query/overview/other-plan", test_other_plan);
  g_test_add_func ("/drill/query/overview/withdrawn", test_withdrawn);
  g_test_add_func ("/drill/query/overview/required", test_required);
  g_test_add_func ("/drill/query/overview/nothing", test_nothing);
  g_test_add_func ("/drill/query/overview/clock-before-data", test_clock_before_data);
  g_test_add_func ("/drill/query/overview/unknown-times", test_unknown_times);
  g_test_add_func ("/drill/query/overview/replay", test_replay);
  g_test_add_func ("/drill/query/overview/metrics", test_metrics);

  return g_test_run ();
}
