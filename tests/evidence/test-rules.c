// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <string.h>

#include "base/drill-time.h"
#include "drill-answers.h"
#include "evidence/drill-dashboard.h"
#include "evidence/drill-escalation.h"

#define NOW "2026-06-01T12:00:00+00:00"

#define PLAN_AT(id, schedule, created, decisions) \
  "{\"session_id\": \"" id "\", \"created_at\": \"" created "\", \"metadata_kind\": \"" DRILL_KIND_PLAN "\", " \
  "\"schedule_id\": \"" schedule "\", \"plan\": {\"plan_id\": \"" id "\", \"schedule_id\": \"" schedule "\", " \
  "\"route_decisions\": [" decisions "]}}"
#define DELIVER(provider) "{\"provider\": \"" provider "\", \"action\": \"deliver\"}"
#define ACK_AT(id, schedule, provider, created, state, more) \
  "{\"session_id\": \"" id "\", \"created_at\": \"" created "\", \"metadata_kind\": \"" DRILL_KIND_ACK "\", " \
  "\"schedule_id\": \"" schedule "\", \"provider\": \"" provider "\", \"acknowledgement_state\": " state more "}"
#define DELIVERY_AT(id, source, event, provider, created, success) \
  "{\"session_id\": \"" id "\", \"created_at\": \"" created "\", \"metadata_kind\": \"" DRILL_KIND_DELIVERY "\", " \
  "\"connector_delivery_source\": \"" source "\", \"event_id\": \"" event "\", \"providers\": [\"" provider "\"], " \
  "\"delivery_success\": " success "}"

static gint64
now (void)
{
  return drill_time_parse (NOW, -1);
}

static const char *
category_of (const char *decision)
{
  g_autofree char *text = g_strdup_printf ("[{\"session_id\": \"p\", \"metadata_kind\": \"" DRILL_KIND_PLAN "\", "
                                           "\"plan\": {\"route_decisions\": [%s]}}]", decision);
  g_autoptr(DrillEvidence) evidence = drill_evidence_from_text (text);
  guint32 code = *drill_evidence_get_route_column (evidence, DRILL_ROUTE_CATEGORY);

  return g_intern_string (drill_evidence_get_text (evidence, DRILL_DICT_CATEGORY, code));
}

/* Contract section 4, in the order of its rules */
static void
test_categories (void)
{
  static const struct
  {
    const char *decision;
    const char *category;
  } decisions[] = {
    { "{}", "deliver" },
    { "{\"action\": \"deliver\", \"category\": \"no\", \"maintenance_window\": {}}", "deliver" },
    { "{\"action\": \"hold\", \"reason\": \"healthy\"}", "hold" },
    { "{\"action\": \"Suppress\", \"category\": \"no\"}", "Suppress" },
    { "{\"action\": \"suppress\", \"maintenance_window\": {}, \"owner_availability\": {\"available\": false}, \"reason\": \"healthy\"}",
      "maintenance_window" },
    { "{\"action\": \"suppress\", \"maintenance_window\": {\"window_id\": \"w\"}}", "maintenance_window" },
    { "{\"action\": \"suppress\", \"maintenance_window\": null}", "other" },
    { "{\"action\": \"suppress\", \"maintenance_window\": \"w\"}", "other" },
    { "{\"action\": \"suppress\", \"maintenance_window\": [{}]}", "other" },
    { "{\"action\": \"suppress\", \"owner_availability\": {\"available\": false}, \"reason\": \"healthy\", \"category\": \"no\"}",
      "owner_calendar" },
    { "{\"action\": \"suppress\", \"owner_availability\": {\"available\": true}}", "other" },
    { "{\"action\": \"suppress\", \"owner_availability\": {}}", "other" },
    { "{\"action\": \"suppress\", \"owner_availability\": false}", "other" },
    { "{\"action\": \"suppress\", \"reason\": \"Schedule is HeaLThy.\", \"category\": \"no\"}", "healthy_schedule" },
    { "{\"action\": \"suppress\", \"reason\": \"unhealthy\"}", "healthy_schedule" },
    { "{\"action\": \"suppress\", \"reason\": \"health\", \"category\": \"operator_hold\"}", "operator_hold" },
    { "{\"action\": \"suppress\", \"category\": \"\"}", "other" },
    { "{\"action\": \"suppress\", \"category\": null}", "other" },
    { "{\"action\": \"suppress\"}", "other" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      g_test_message ("%s", decisions[i].decision);
      g_assert_cmpstr (category_of (decisions[i].decision), ==, decisions[i].category);
    }
}

/* Contract section 2: shown, never dropped, never an error */
static void
test_unknown_kinds (void)
{
  g_autoptr(DrillEvidence) evidence =
    drill_evidence_from_text ("[{\"session_id\": \"a\", \"metadata_kind\": \"go-backend-rollback-drill-executive-report\", "
                              "\"created_at\": \"2026-05-30\", \"schedule_id\": \"s\"}, "
                              "{\"session_id\": \"b\", \"metadata_kind\": \"endpoint-inventory\"}, {\"session_id\": \"c\"}]");
  const DrillItem *items = drill_evidence_get_items (evidence);
  DrillDashboard counts;

  drill_dashboard_compute (evidence, now (), &counts);
  g_assert_cmpuint (counts.n_items, ==, 3);
  g_assert_cmpuint (counts.n_plans + counts.n_acks + counts.n_deliveries, ==, 0);
  g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_KIND, items[0].kind), ==, "go-backend-rollback-drill-executive-report");
  g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_TEXT, items[0].subject), ==, "s");
  g_assert_cmpuint (items[0].plan, ==, DRILL_NONE);
  g_assert_cmpuint (items[0].ack, ==, DRILL_NONE);
  g_assert_cmpint (items[0].result, ==, DRILL_RESULT_NONE);
  g_assert_cmpuint (drill_evidence_get_n_problems (evidence), ==, 0);
}

/* Contract section 2: only sources with the prefix belong to drills */
static void
test_deliveries (void)
{
  g_autoptr(DrillEvidence) evidence =
    drill_evidence_from_text ("["
                              DELIVERY_AT ("d1", "go_backend_rollback_drill_notification", "s", "slack", NOW, "true") ","
                              DELIVERY_AT ("d2", "go_backend_rollback_drill_acknowledgement_audit", "e", "jira", NOW, "false") ","
                              DELIVERY_AT ("d3", "go_backend_rollback_drill_something_new", "e", "jira", NOW, "null") ","
                              DELIVERY_AT ("d4", "release_governance", "e", "jira", NOW, "false") ","
                              DELIVERY_AT ("d5", "xgo_backend_rollback_drill_notification", "e", "jira", NOW, "false") ","
                              DELIVERY_AT ("d6", "", "e", "jira", NOW, "true") "]");
  const DrillItem *items = drill_evidence_get_items (evidence);
  DrillDashboard counts;

  drill_dashboard_compute (evidence, now (), &counts);
  g_assert_cmpuint (counts.n_items, ==, 6);
  g_assert_cmpuint (counts.n_deliveries, ==, 3);
  g_assert_cmpuint (counts.n_failed_deliveries, ==, 2);
  g_assert_cmpint (items[0].result, ==, DRILL_RESULT_DELIVERED);
  g_assert_cmpint (items[1].result, ==, DRILL_RESULT_FAILED);
  g_assert_cmpint (items[2].result, ==, DRILL_RESULT_FAILED);
  /* a notification is about its schedule */
  g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_SCHEDULE, items[0].schedule), ==, "s");
  g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_SCHEDULE, items[1].schedule), ==, "");
}

/* Contract section 5: only acknowledged and resolved close a route; the newest
 * acknowledgement by its created_at string counts */
static void
test_states (void)
{
  static const struct
  {
    const char *state;
    const char *shown;
    gboolean    closes;
  } states[] = {
    { "\"acknowledged\"", "acknowledged", TRUE }, { "\"resolved\"", "resolved", TRUE },
    { "\"escalated\"", "escalated", FALSE }, { "\"dismissed\"", "dismissed", FALSE },
    { "\"outstanding\"", "outstanding", FALSE }, { "\"snoozed\"", "snoozed", FALSE }, { "\"Resolved\"", "Resolved", FALSE },
    { "\"\"", "outstanding", FALSE }, { "null", "outstanding", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("[" ACK_AT ("a1", "s", "slack", "2026-06-01T11:00:00+00:00", "%s", "") ","
                         PLAN_AT ("p", "s", "2026-06-01T10:00:00+00:00", DELIVER ("slack")) ","
                         ACK_AT ("a0", "s", "slack", "2026-06-01T10:30:00+00:00", "\"resolved\"", "") ","
                         ACK_AT ("a2", "s", "teams", "2026-06-01T11:30:00+00:00", "\"resolved\"", "") ","
                         ACK_AT ("a3", "t", "slack", "2026-06-01T11:30:00+00:00", "\"resolved\"", "") "]", states[i].state);
      g_autoptr(DrillEvidence) evidence = drill_evidence_from_text (text);
      DrillEscalationRoute route;

      g_test_message ("%s", states[i].state);
      drill_assert_state (evidence, 0, states[i].shown);
      g_assert_true (drill_escalation_get_route (evidence, 0, now (), &route));
      g_assert_cmpint (route.acknowledged, ==, states[i].closes);
      g_assert_cmpint (route.breached, ==, !states[i].closes);
      g_assert_cmpint (route.recommended, ==, states[i].closes ? DRILL_RECOMMENDED_NO_ACTION : DRILL_RECOMMENDED_ESCALATE);
      g_assert_cmpfloat (route.age_minutes, ==, 120);
    }
}

/* Equal times: the same answer in whichever order they come */
static void
test_ties (void)
{
  static const char *const items[] = {
    PLAN_AT ("p1", "s", "2026-06-01T10:00:00+00:00", DELIVER ("slack")),
    PLAN_AT ("p2", "s", "2026-06-01T10:00:00+00:00", DELIVER ("slack")),
    ACK_AT ("a1", "s", "slack", "2026-06-01T11:00:00+00:00", "\"resolved\"", ""),
    ACK_AT ("a2", "s", "slack", "2026-06-01T11:00:00+00:00", "\"dismissed\"", ""),
  };

  for (guint order = 0; order < 4; order++)
    {
      g_autofree char *text = g_strdup_printf ("[%s,%s,%s,%s]", items[order & 1], items[1 - (order & 1)],
                                               items[2 + (order >> 1)], items[3 - (order >> 1)]);
      g_autoptr(DrillEvidence) evidence = drill_evidence_from_text (text);

      g_assert_true (drill_evidence_is_current_route (evidence, drill_find_route (evidence, "p1", "slack")));
      g_assert_false (drill_evidence_is_current_route (evidence, drill_find_route (evidence, "p2", "slack")));
      drill_assert_state (evidence, 0, "resolved");
      drill_assert_state (evidence, 1, "resolved");
    }
}

/* A plan without schedule has rows but is nobody's newest */
static void
test_no_schedule (void)
{
  g_autoptr(DrillEvidence) evidence =
    drill_evidence_from_text ("[" PLAN_AT ("p", "", "2026-06-01T10:00:00+00:00", DELIVER ("slack")) "]");
  DrillEscalationCounts counts;

  g_assert_cmpuint (drill_evidence_get_n_routes (evidence), ==, 1);
  g_assert_false (drill_evidence_get_plan_currents (evidence)[0]);
  drill_assert_state (evidence, 0, "outstanding");
  drill_escalation_count (evidence, now (), &counts);
  g_assert_cmpuint (counts.n_routes, ==, 0);
  g_assert_cmpstr (drill_escalation_get_alert_level (&counts), ==, "healthy");
}

/* What is not delivered has nothing to acknowledge */
static void
test_suppressed (void)
{
  g_autoptr(DrillEvidence) evidence =
    drill_evidence_from_text ("[" PLAN_AT ("p", "s", "2026-06-01T10:00:00+00:00",
                                           "{\"provider\": \"slack\", \"action\": \"suppress\"}, {\"provider\": \"jira\"}") ","
                              ACK_AT ("a", "s", "slack", "2026-06-01T11:00:00+00:00", "\"resolved\"", "") "]");
  DrillEscalationRoute route;

  drill_assert_state (evidence, 0, "");
  g_assert_false (drill_escalation_get_route (evidence, 0, now (), &route));
  /* delivered by default, but not a decision that says so (contract section 5) */
  drill_assert_state (evidence, 1, "outstanding");
  g_assert_false (drill_escalation_get_route (evidence, 1, now (), &route));
}

/* Contract section 5: a route is breached when its rounded age reaches its SLO */
static void
test_deadline (void)
{
  g_autoptr(DrillEvidence) evidence =
    drill_evidence_from_text ("[" PLAN_AT ("p", "s", "2026-06-01T10:00:00+00:00", DELIVER ("slack")) "]");
  gint64 deadline_us = *drill_evidence_get_route_deadlines (evidence);
  gint64 created_us = drill_time_parse ("2026-06-01T10:00:00+00:00", -1);
  DrillEscalationRoute route;
  DrillEscalationCounts counts;

  g_assert_cmpint (deadline_us, >, created_us + 60 * DRILL_TIME_MINUTE - G_TIME_SPAN_SECOND);
  g_assert_cmpint (deadline_us, <=, created_us + 60 * DRILL_TIME_MINUTE);

  g_assert_true (drill_escalation_get_route (evidence, 0, deadline_us - 1, &route));
  g_assert_false (route.breached);
  g_assert_cmpfloat (route.age_minutes, <, 60);
  g_assert_cmpint (route.recommended, ==, DRILL_RECOMMENDED_WAIT);
  drill_escalation_count (evidence, deadline_us - 1, &counts);
  g_assert_cmpint (counts.next_breach_us, ==, deadline_us);
  g_assert_cmpstr (drill_escalation_get_alert_level (&counts), ==, "warning");

  g_assert_true (drill_escalation_get_route (evidence, 0, deadline_us, &route));
  g_assert_true (route.breached);
  g_assert_cmpfloat (route.age_minutes, >=, 60);
  drill_escalation_count (evidence, deadline_us, &counts);
  g_assert_cmpint (counts.next_breach_us, ==, G_MAXINT64);
  g_assert_cmpstr (drill_escalation_get_alert_level (&counts), ==, "critical");
}

static void
test_unreadable_time (void)
{
  g_autoptr(DrillEvidence) evidence =
    drill_evidence_from_text ("[" PLAN_AT ("p", "s", "yesterday", DELIVER ("slack")) "]");
  DrillEscalationRoute route;

  g_assert_cmpint (*drill_evidence_get_route_deadlines (evidence), ==, G_MAXINT64);
  g_assert_true (drill_escalation_get_route (evidence, 0, now (), &route));
  g_assert_true (isnan (route.age_minutes));
  g_assert_false (route.breached);
}

/* Required providers of a plan that decides nothing have no row, but count */
static void
test_required (void)
{
  g_autoptr(DrillEvidence) evidence =
    drill_evidence_from_text ("[{\"session_id\": \"p\", \"created_at\": \"2026-06-01T10:00:00+00:00\", \"metadata_kind\": \"" DRILL_KIND_PLAN "\", "
                              "\"schedule_id\": \"s\", \"plan\": {\"plan_id\": \"p\", \"owners\": [\"a\", \"b\"], "
                              "\"acknowledgement_required_providers\": [\"slack\", \"teams\"]}}, "
                              ACK_AT ("a", "s", "slack", "2026-06-01T11:00:00+00:00", "\"acknowledged\"", "") "]");
  g_autoptr(GArray) routes = drill_escalation_compute (evidence, now ());
  const DrillEscalationRoute *slack = &g_array_index (routes, DrillEscalationRoute, 0);
  const DrillEscalationRoute *teams = &g_array_index (routes, DrillEscalationRoute, 1);
  DrillDashboard counts;

  g_assert_cmpuint (routes->len, ==, 2);
  g_assert_cmpuint (slack->route, ==, DRILL_NONE);
  g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_OWNER, slack->owner), ==, "a, b");
  g_assert_true (slack->acknowledged);
  g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_PROVIDER, teams->provider), ==, "teams");
  g_assert_true (teams->breached);
  g_assert_cmpint (teams->minutes, ==, 60);

  drill_dashboard_compute (evidence, now (), &counts);
  g_assert_cmpuint (counts.n_routes, ==, 0);
  g_assert_cmpuint (counts.n_outstanding, ==, 1);
  g_assert_cmpuint (counts.n_unlisted, ==, 1);
}

/* They are routes of the plan's schedule, which the item may call otherwise:
 * what is shown is what the acknowledgement was looked up by */
static void
test_required_schedule (void)
{
  g_autoptr(DrillEvidence) evidence =
    drill_evidence_from_text ("[{\"session_id\": \"p\", \"created_at\": \"2026-06-01T10:00:00+00:00\", \"metadata_kind\": \"" DRILL_KIND_PLAN "\", "
                              "\"schedule_id\": \"item\", \"plan\": {\"plan_id\": \"p\", \"schedule_id\": \"plan\", "
                              "\"acknowledgement_required_providers\": [\"\", null, \"slack\", \"teams\"]}}, "
                              ACK_AT ("a", "item", "slack", "2026-06-01T11:00:00+00:00", "\"acknowledged\"", "") ","
                              ACK_AT ("b", "plan", "teams", "2026-06-01T11:00:00+00:00", "\"resolved\"", "") "]");
  g_autoptr(GArray) routes = drill_escalation_compute (evidence, now ());

  g_assert_cmpuint (routes->len, ==, 2);
  for (guint i = 0; i < routes->len; i++)
    {
      const DrillEscalationRoute *route = &g_array_index (routes, DrillEscalationRoute, i);

      g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_SCHEDULE, route->schedule), ==, "plan");
      g_assert_cmpint (route->acknowledged, ==, i == 1);
    }
}

static void
test_predates (void)
{
  static const struct
  {
    const char *created;
    const char *more;
    gboolean    predates;
  } acks[] = {
    { "2026-06-01T10:00:01+00:00", "", FALSE },
    { "2026-06-01T10:00:00+00:00", "", FALSE },
    { "2026-06-01T09:59:59.999999+00:00", "", TRUE },
    { "2026-06-01T11:00:00+02:00", "", TRUE }, /* an hour before, though the text is greater */
    { "2026-06-01T11:00:00+00:00", ", \"plan_id\": \"p2\"", FALSE },
    { "2026-06-01T11:00:00+00:00", ", \"plan_id\": \"p1\"", TRUE },
    { "2026-06-01T09:00:00+00:00", ", \"plan_id\": \"p2\"", TRUE },
    { "2026-06-01T11:00:00+00:00", ", \"acknowledgement\": {\"plan_id\": \"p1\"}", TRUE },
    { "not a time", "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (acks); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("[" PLAN_AT ("p1", "s", "2026-05-30T10:00:00+00:00", DELIVER ("slack")) ","
                         PLAN_AT ("p2", "s", "2026-06-01T10:00:00+00:00", DELIVER ("slack") "," DELIVER ("teams")) ","
                         ACK_AT ("a", "s", "slack", "%s", "\"resolved\"", "%s") "]", acks[i].created, acks[i].more);
      g_autoptr(DrillEvidence) evidence = drill_evidence_from_text (text);
      guint32 old = drill_find_route (evidence, "p1", "slack");
      guint32 current = drill_find_route (evidence, "p2", "slack");

      g_test_message ("%s%s", acks[i].created, acks[i].more);
      /* the state follows the service's rule all the same */
      drill_assert_state (evidence, current, "resolved");
      g_assert_cmpint (drill_evidence_route_predates (evidence, current), ==, acks[i].predates);
      g_assert_false (drill_evidence_route_predates (evidence, old));
      g_assert_false (drill_evidence_route_predates (evidence, drill_find_route (evidence, "p2", "teams")));
    }
}

static void
assert_items (DrillEvidence *evidence,
              guint32        route,
              const char    *right)
{
  g_autoptr(GArray) found = drill_evidence_get_route_items (evidence, route);
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      const DrillItem *item = &drill_evidence_get_items (evidence)[g_array_index (found, guint32, i)];

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", drill_evidence_get_text (evidence, DRILL_DICT_TEXT, item->session_id));
    }
  g_assert_cmpstr (ids->str, ==, right);
}

/* What happened to a route, oldest first */
static void
test_timeline (void)
{
  g_autoptr(DrillEvidence) evidence =
    drill_evidence_from_text ("["
      PLAN_AT ("p1", "s", "2026-05-30T10:00:00+00:00", DELIVER ("slack") "," DELIVER ("teams")) ","
      PLAN_AT ("p2", "s", "2026-05-31T10:00:00+00:00", DELIVER ("slack") "," DELIVER ("teams")) ","
      PLAN_AT ("q1", "t", "2026-05-30T12:00:00+00:00", DELIVER ("slack")) ","
      DELIVERY_AT ("d0", "go_backend_rollback_drill_notification", "s", "slack", "2026-05-30T09:59:59+00:00", "true") ","
      DELIVERY_AT ("d3", "go_backend_rollback_drill_notification", "s", "slack", "2026-05-31T10:00:00+00:00", "true") ","
      DELIVERY_AT ("d1", "go_backend_rollback_drill_notification", "s", "slack", "2026-05-30T10:00:05+00:00", "false") ","
      DELIVERY_AT ("d2", "go_backend_rollback_drill_notification", "s", "slack", "2026-05-31T09:59:59+00:00", "true") ","
      DELIVERY_AT ("d4", "go_backend_rollback_drill_notification", "s", "teams", "2026-05-30T10:00:06+00:00", "true") ","
      DELIVERY_AT ("d5", "go_backend_rollback_drill_acknowledgement_audit", "s", "slack", "2026-05-30T10:00:07+00:00", "true") ","
      DELIVERY_AT ("d6", "go_backend_rollback_drill_notification", "t", "slack", "2026-05-30T12:00:01+00:00", "true") ","
      ACK_AT ("a2", "s", "slack", "2026-05-31T11:00:00+00:00", "\"resolved\"", "") ","
      ACK_AT ("a1", "s", "slack", "2026-05-30T11:00:00+00:00", "\"escalated\"", "") ","
      ACK_AT ("a3", "t", "slack", "2026-05-30T11:30:00+00:00", "\"resolved\"", "") ","
      ACK_AT ("a4", "s", "teams", "2026-05-30T11:45:00+00:00", "\"resolved\"", "") "]");

  assert_items (evidence, drill_find_route (evidence, "p1", "slack"), "p1 d1 a1 d2 a2");
  assert_items (evidence, drill_find_route (evidence, "p1", "teams"), "p1 d4 a4");
  assert_items (evidence, drill_find_route (evidence, "q1", "slack"), "a3 q1 d6");

  {
    g_autoptr(GArray) found = drill_evidence_get_route_items (evidence, drill_find_route (evidence, "p2", "slack"));

    /* equal times are told apart by their ids: d3 or p2 may come first, d1 and d2 never come */
    g_assert_cmpuint (found->len, ==, 4);
    g_assert_cmpuint (g_array_index (found, guint32, 0), ==, drill_find_item (evidence, "a1"));
    g_assert_cmpuint (g_array_index (found, guint32, 3), ==, drill_find_item (evidence, "a2"));
  }
}

/* Without an id an item is shown and remarked upon; the same id again is not */
static void
test_identity (void)
{
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) evidence = NULL;

  g_assert_true (drill_add_text (builder, "[{\"signer\": \"a\"}, {\"signer\": \"a\"}, {\"session_id\": \"x\", \"signer\": \"first\"}]",
                                 -1, NULL, NULL));
  g_assert_true (drill_add_text (builder, "[{\"session_id\": \"x\", \"signer\": \"first\"}]", -1, NULL, NULL));
  evidence = drill_evidence_builder_snapshot (builder);
  g_assert_cmpuint (drill_evidence_get_n_items (evidence), ==, 3);
  g_assert_cmpuint (drill_evidence_get_n_problems (evidence), ==, 2);
  g_clear_pointer (&evidence, drill_evidence_unref);

  g_assert_true (drill_add_text (builder, "[{\"session_id\": \"x\", \"signer\": \"other\"}]", -1, NULL, NULL));
  evidence = drill_evidence_builder_snapshot (builder);
  g_assert_cmpuint (drill_evidence_get_n_items (evidence), ==, 3);
  g_assert_cmpuint (drill_evidence_get_n_problems (evidence), ==, 3);
  g_assert_cmpuint (drill_evidence_get_problem (evidence, 2)->item, ==, 2);
  g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_ACTOR, drill_evidence_get_items (evidence)[2].signer), ==, "first");
}

static void
test_problem_limit (void)
{
  g_autoptr(GString) text = g_string_new ("[7");
  g_autoptr(DrillEvidence) evidence = NULL;

  for (guint i = 1; i < DRILL_MAX_PROBLEMS + 5; i++)
    g_string_append (text, ",7");
  g_string_append_c (text, ']');

  evidence = drill_evidence_from_text (text->str);
  g_assert_cmpuint (drill_evidence_get_n_problems (evidence), ==, DRILL_MAX_PROBLEMS + 5);
  g_assert_nonnull (drill_evidence_get_problem (evidence, DRILL_MAX_PROBLEMS - 1));
  g_assert_null (drill_evidence_get_problem (evidence, DRILL_MAX_PROBLEMS));
}

static void
test_empty (void)
{
  g_autoptr(DrillEvidence) evidence = drill_evidence_new_empty ();
  g_autoptr(GArray) routes = drill_escalation_compute (evidence, now ());
  g_autoptr(GPtrArray) categories = drill_suppressions_compute (evidence);
  DrillDashboard counts;

  drill_dashboard_compute (evidence, now (), &counts);
  g_assert_cmpuint (counts.n_items + counts.n_routes + counts.n_outstanding + counts.n_unlisted, ==, 0);
  g_assert_cmpuint (routes->len, ==, 0);
  g_assert_cmpuint (categories->len, ==, 0);
  g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_STATE, DRILL_STATE_DISMISSED), ==, "dismissed");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/evidence/rules/categories", test_categories);
  g_test_add_func ("/drill/evidence/rules/unknown-kinds", test_unknown_kinds);
  g_test_add_func ("/drill/evidence/rules/deliveries", test_deliveries);
  g_test_add_func ("/drill/evidence/rules/states", test_states);
  g_test_add_func ("/drill/evidence/rules/ties", test_ties);
  g_test_add_func ("/drill/evidence/rules/no-schedule", test_no_schedule);
  g_test_add_func ("/drill/evidence/rules/suppressed", test_suppressed);
  g_test_add_func ("/drill/evidence/rules/deadline", test_deadline);
  g_test_add_func ("/drill/evidence/rules/unreadable-time", test_unreadable_time);
  g_test_add_func ("/drill/evidence/rules/required", test_required);
  g_test_add_func ("/drill/evidence/rules/required-schedule", test_required_schedule);
  g_test_add_func ("/drill/evidence/rules/predates", test_predates);
  g_test_add_func ("/drill/evidence/rules/timeline", test_timeline);
  g_test_add_func ("/drill/evidence/rules/identity", test_identity);
  g_test_add_func ("/drill/evidence/rules/problem-limit", test_problem_limit);
  g_test_add_func ("/drill/evidence/rules/empty", test_empty);

  return g_test_run ();
}
