// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-escalation.h"

#include <math.h>
#include <string.h>

#include "base/drill-time.h"

typedef void (*RouteFunc) (DrillEvidence              *evidence,
                           const DrillEscalationRoute *route,
                           gint64                      deadline_us,
                           gpointer                    data);

static void
judge (DrillEscalationRoute *route,
       gint64                deadline_us,
       gint64                now_us)
{
  route->acknowledged = drill_state_is_acknowledged (route->state);
  route->breached = !route->acknowledged && now_us >= deadline_us;
  if (route->breached)
    route->recommended = DRILL_RECOMMENDED_ESCALATE;
  else if (route->acknowledged)
    route->recommended = DRILL_RECOMMENDED_NO_ACTION;
  else
    route->recommended = DRILL_RECOMMENDED_WAIT;
}

static gint64
read_route (DrillEvidence        *evidence,
            guint32               row,
            gint64                now_us,
            DrillEscalationRoute *route)
{
  gint64 deadline_us = drill_evidence_get_route_deadlines (evidence)[row];

  route->route = row;
  route->plan = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PLAN)[row];
  route->schedule = drill_evidence_get_route_column (evidence, DRILL_ROUTE_SCHEDULE)[row];
  route->provider = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PROVIDER)[row];
  route->owner = drill_evidence_get_route_column (evidence, DRILL_ROUTE_OWNER)[row];
  route->state = drill_evidence_get_route_state (evidence, row);
  route->minutes = drill_route_slo_minutes (drill_evidence_get_route_minutes (evidence)[row]);
  judge (route, deadline_us, now_us);

  return deadline_us;
}

/* A plan without decisions to deliver: one route a required provider */
static gint64
read_required (DrillEvidence        *evidence,
               guint32               plan_row,
               const DrillRequired  *required,
               gint64                breach_after,
               gint64                now_us,
               DrillEscalationRoute *route)
{
  const DrillPlan *plan = &drill_evidence_get_plans (evidence)[plan_row];
  gint64 deadline_us = G_MAXINT64;
  guint32 ack = DRILL_NONE;

  route->route = DRILL_NONE;
  route->plan = plan_row;
  route->schedule = required->schedule;
  route->provider = required->provider;
  route->owner = plan->owners;
  route->minutes = drill_route_slo_minutes (DRILL_MINUTES_NONE);
  if (required->pair != DRILL_NONE)
    ack = drill_evidence_get_pair_acks (evidence)[required->pair];
  route->state = ack != DRILL_NONE ? drill_evidence_get_acks (evidence)[ack].state : DRILL_STATE_OUTSTANDING;
  if (plan->created_us != DRILL_TIME_UNKNOWN)
    deadline_us = plan->created_us + breach_after;
  judge (route, deadline_us, now_us);

  return deadline_us;
}

static void
foreach_route (DrillEvidence *evidence,
               gint64         now_us,
               RouteFunc      func,
               gpointer       data)
{
  const DrillPlan *plans = drill_evidence_get_plans (evidence);
  const DrillRequired *required = drill_evidence_get_required (evidence);
  const guint8 *currents = drill_evidence_get_plan_currents (evidence);
  const guint8 *flags = drill_evidence_get_route_flags (evidence);
  guint n_plans = drill_evidence_get_n_plans (evidence);
  gint64 breach_after = drill_time_breach_after (drill_route_slo_minutes (DRILL_MINUTES_NONE));

  for (guint i = 0; i < n_plans; i++)
    {
      DrillEscalationRoute route;
      gint64 deadline_us;

      if (!currents[i])
        continue;

      for (guint j = 0; plans[i].delivers && j < plans[i].n_routes; j++)
        if (flags[plans[i].first_route + j] & DRILL_ROUTE_EXPLICIT)
          {
            deadline_us = read_route (evidence, plans[i].first_route + j, now_us, &route);
            func (evidence, &route, deadline_us, data);
          }

      for (guint j = 0; !plans[i].delivers && j < plans[i].n_required; j++)
        {
          deadline_us = read_required (evidence, i, &required[plans[i].first_required + j], breach_after,
                                       now_us, &route);
          func (evidence, &route, deadline_us, data);
        }
    }
}

static void
add_route (DrillEvidence              *evidence,
           const DrillEscalationRoute *route,
           gint64                      deadline_us,
           gpointer                    data)
{
  g_array_append_val ((GArray *) data, *route);
}

static int
compare_routes (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  DrillEvidence *evidence = data;
  const DrillEscalationRoute *route_a = a, *route_b = b;
  int order;

  order = strcmp (drill_evidence_get_text (evidence, DRILL_DICT_SCHEDULE, route_a->schedule),
                  drill_evidence_get_text (evidence, DRILL_DICT_SCHEDULE, route_b->schedule));
  if (order == 0)
    order = strcmp (drill_evidence_get_text (evidence, DRILL_DICT_PROVIDER, route_a->provider),
                    drill_evidence_get_text (evidence, DRILL_DICT_PROVIDER, route_b->provider));
  if (order == 0)
    order = strcmp (drill_evidence_get_text (evidence, DRILL_DICT_OWNER, route_a->owner),
                    drill_evidence_get_text (evidence, DRILL_DICT_OWNER, route_b->owner));

  return order;
}

/**
 * drill_escalation_compute:
 * @evidence: a snapshot
 * @now_us: the time to judge by, µs UTC
 *
 * The escalation plan of contract section 5: the delivered routes of the newest
 * plan of each schedule, and what to do about each.
 *
 * Returns: (transfer full) (element-type DrillEscalationRoute): the routes,
 *   sorted by schedule, provider and owner
 */
GArray *
drill_escalation_compute (DrillEvidence *evidence,
                          gint64         now_us)
{
  GArray *routes = g_array_new (FALSE, FALSE, sizeof (DrillEscalationRoute));
  const DrillPlan *plans = drill_evidence_get_plans (evidence);

  foreach_route (evidence, now_us, add_route, routes);
  for (guint i = 0; i < routes->len; i++)
    {
      DrillEscalationRoute *route = &g_array_index (routes, DrillEscalationRoute, i);

      route->age_minutes = drill_time_age_minutes (plans[route->plan].created_us, now_us);
    }
  g_array_sort_with_data (routes, compare_routes, evidence);

  return routes;
}

static void
count_route (DrillEvidence              *evidence,
             const DrillEscalationRoute *route,
             gint64                      deadline_us,
             gpointer                    data)
{
  DrillEscalationCounts *counts = data;

  counts->n_routes += 1;
  counts->n_outstanding += !route->acknowledged;
  counts->n_breached += route->breached;
  counts->n_actionable += route->recommended != DRILL_RECOMMENDED_NO_ACTION;
  if (!route->acknowledged && !route->breached)
    counts->next_breach_us = MIN (counts->next_breach_us, deadline_us);
}

/**
 * drill_escalation_count:
 * @evidence: a snapshot
 * @now_us: the time to judge by, µs UTC
 * @counts: (out caller-allocates): the counts of the escalation plan
 *
 * The same as drill_escalation_compute() where only the numbers matter.
 */
void
drill_escalation_count (DrillEvidence         *evidence,
                        gint64                 now_us,
                        DrillEscalationCounts *counts)
{
  *counts = (DrillEscalationCounts) { .next_breach_us = G_MAXINT64 };
  foreach_route (evidence, now_us, count_route, counts);
}

/**
 * drill_escalation_get_route:
 * @evidence: a snapshot
 * @route: a row of the routes
 * @now_us: the time to judge by, µs UTC
 * @answer: (out caller-allocates): what the escalation plan says of it
 *
 * Returns: whether the row is part of the escalation plan: a decision to
 *   deliver of the newest plan of its schedule
 */
gboolean
drill_escalation_get_route (DrillEvidence        *evidence,
                            guint32               route,
                            gint64                now_us,
                            DrillEscalationRoute *answer)
{
  g_return_val_if_fail (route < drill_evidence_get_n_routes (evidence), FALSE);

  if (!drill_evidence_is_current_route (evidence, route) ||
      (drill_evidence_get_route_flags (evidence)[route] & DRILL_ROUTE_EXPLICIT) == 0)
    return FALSE;

  read_route (evidence, route, now_us, answer);
  answer->age_minutes = drill_time_age_minutes (drill_evidence_get_plans (evidence)[answer->plan].created_us, now_us);

  return TRUE;
}

/**
 * drill_escalation_get_alert_level:
 * @counts: the counts of an escalation plan
 *
 * Returns: (transfer none): `critical`, `warning` or `healthy`
 */
const char *
drill_escalation_get_alert_level (const DrillEscalationCounts *counts)
{
  if (counts->n_breached > 0)
    return "critical";

  return counts->n_outstanding > 0 ? "warning" : "healthy";
}

/**
 * drill_recommended_get_text:
 * @recommended: what to do
 *
 * Returns: (transfer none): the contract's word for it
 */
const char *
drill_recommended_get_text (DrillRecommended recommended)
{
  switch (recommended)
    {
    case DRILL_RECOMMENDED_NO_ACTION:
      return "no_action";

    case DRILL_RECOMMENDED_WAIT:
      return "wait_for_acknowledgement";

    case DRILL_RECOMMENDED_ESCALATE:
      return "escalate_missed_drill_notification";

    default:
      g_return_val_if_reached ("");
    }
}
