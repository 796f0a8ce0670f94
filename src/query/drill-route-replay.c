// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-route-replay.h"

#include <stdlib.h>

#include "base/drill-time.h"

struct _DrillReplay
{
  DrillEvidence  *evidence; /* borrowed */
  gint64         *plan_ends;
  guint          *first_acks; /* by pair, and one more */
  DrillReplayAck *acks;
};

static int
compare_acks (gconstpointer a,
              gconstpointer b)
{
  const DrillReplayAck *ack_a = a, *ack_b = b;

  if (ack_a->us != ack_b->us)
    return ack_a->us < ack_b->us ? -1 : 1;

  return ack_a->ack < ack_b->ack ? -1 : ack_a->ack > ack_b->ack;
}

/* The acknowledgements by pair, oldest first. The one that counts now is the
 * last, whatever the others say of their time: the service compares texts, and
 * what is shown for now has to be what the service says. */
static void
sort_acks (DrillReplay *self)
{
  const DrillAck *acks = drill_evidence_get_acks (self->evidence);
  const guint32 *newest = drill_evidence_get_pair_acks (self->evidence);
  guint n_pairs = drill_evidence_get_n_pairs (self->evidence);
  guint n_acks = drill_evidence_get_n_acks (self->evidence);
  g_autofree guint *filled = g_new0 (guint, n_pairs + 1);

  self->first_acks = g_new0 (guint, n_pairs + 1);
  self->acks = g_new (DrillReplayAck, n_acks + 1);

  for (guint i = 0; i < n_acks; i++)
    if (acks[i].pair != DRILL_NONE && (acks[i].created_us != DRILL_TIME_UNKNOWN || newest[acks[i].pair] == i))
      self->first_acks[acks[i].pair + 1] += 1;
  for (guint i = 0; i < n_pairs; i++)
    self->first_acks[i + 1] += self->first_acks[i];

  for (guint i = 0; i < n_acks; i++)
    {
      guint32 pair = acks[i].pair;
      guint place;

      if (pair == DRILL_NONE || (acks[i].created_us == DRILL_TIME_UNKNOWN && newest[pair] != i))
        continue;
      place = newest[pair] == i ? self->first_acks[pair + 1] - 1 : self->first_acks[pair] + filled[pair]++;
      self->acks[place] = (DrillReplayAck) { acks[i].created_us, i };
    }

  for (guint i = 0; i < n_pairs; i++)
    {
      guint n = self->first_acks[i + 1] - self->first_acks[i];
      DrillReplayAck *of_pair = self->acks + self->first_acks[i];

      if (n > 2)
        qsort (of_pair, n - 1, sizeof *of_pair, compare_acks);
      /* Nobody knows when: at any rate after all that is known */
      if (n > 0 && of_pair[n - 1].us == DRILL_TIME_UNKNOWN)
        of_pair[n - 1].us = G_MAXINT64;
      else if (n > 1)
        of_pair[n - 1].us = MAX (of_pair[n - 1].us, of_pair[n - 2].us);
    }
}

typedef struct {
  gint64   us;
  guint32  plan;
  gboolean current;
} PlanTime;

static int
compare_plans (gconstpointer a,
               gconstpointer b)
{
  const PlanTime *plan_a = a, *plan_b = b;

  if (plan_a->current != plan_b->current)
    return plan_a->current ? 1 : -1;
  if (plan_a->us != plan_b->us)
    return plan_a->us < plan_b->us ? -1 : 1;

  return plan_a->plan < plan_b->plan ? -1 : plan_a->plan > plan_b->plan;
}

/* When each plan was superseded: when the next of its schedule was made. A
 * plan that names no schedule stands for itself. */
static void
find_ends (DrillReplay *self)
{
  const DrillPlan *plans = drill_evidence_get_plans (self->evidence);
  const guint8 *currents = drill_evidence_get_plan_currents (self->evidence);
  guint n_plans = drill_evidence_get_n_plans (self->evidence);
  guint n_schedules = drill_evidence_get_dict_size (self->evidence, DRILL_DICT_SCHEDULE);
  g_autofree guint *first = g_new0 (guint, n_schedules + 1);
  g_autofree guint *filled = g_new0 (guint, n_schedules + 1);
  g_autofree PlanTime *times = g_new (PlanTime, n_plans + 1);

  self->plan_ends = g_new (gint64, n_plans + 1);

  for (guint i = 0; i < n_plans; i++)
    first[plans[i].schedule + 1] += 1;
  for (guint i = 0; i < n_schedules; i++)
    first[i + 1] += first[i];
  for (guint i = 0; i < n_plans; i++)
    {
      guint32 schedule = plans[i].schedule;

      times[first[schedule] + filled[schedule]++] = (PlanTime) { plans[i].created_us, i, currents[i] != 0 };
    }

  for (guint i = 0; i < n_schedules; i++)
    {
      gint64 end_us = G_MAXINT64;

      if (i != 0 && first[i + 1] - first[i] > 1)
        qsort (times + first[i], first[i + 1] - first[i], sizeof *times, compare_plans);
      for (guint j = first[i + 1]; j-- > first[i];)
        {
          self->plan_ends[times[j].plan] = end_us;
          /* Unknown is the smallest of all times: then no older plan is shown anywhere */
          if (i != 0)
            end_us = MIN (end_us, times[j].us);
        }
    }
}

/**
 * drill_replay_new:
 * @evidence: a snapshot, that outlives the replay
 *
 * Takes time and space in proportion to plans and acknowledgements.
 *
 * Returns: (transfer full): what happened in it, and when
 */
DrillReplay *
drill_replay_new (DrillEvidence *evidence)
{
  DrillReplay *self = g_new0 (DrillReplay, 1);

  self->evidence = evidence;
  sort_acks (self);
  find_ends (self);

  return self;
}

void
drill_replay_free (DrillReplay *self)
{
  g_free (self->plan_ends);
  g_free (self->first_acks);
  g_free (self->acks);
  g_free (self);
}

/**
 * drill_replay_get_acks:
 * @self: a replay
 * @pair: a pair of schedule and provider, or %DRILL_NONE
 * @n_acks: (out): how many there are
 *
 * Returns: (transfer none): its acknowledgements, oldest first; the state now is that of the last
 */
const DrillReplayAck *
drill_replay_get_acks (DrillReplay *self,
                       guint32      pair,
                       guint       *n_acks)
{
  if (pair == DRILL_NONE)
    {
      *n_acks = 0;
      return self->acks;
    }

  *n_acks = self->first_acks[pair + 1] - self->first_acks[pair];

  return self->acks + self->first_acks[pair];
}

static void
finish_route (DrillReplay      *self,
              DrillReplayRoute *route,
              DrillReplayFunc   func,
              gpointer          data)
{
  guint n_acks;
  const DrillReplayAck *acks = drill_replay_get_acks (self, route->pair, &n_acks);

  route->timed = route->begin_us != DRILL_TIME_UNKNOWN && route->end_us != DRILL_TIME_UNKNOWN &&
                 !(route->current && n_acks > 0 && acks[n_acks - 1].us == G_MAXINT64);
  func (route, data);
}

/**
 * drill_replay_foreach:
 * @self: a replay
 * @func: (scope call): called with each route
 * @data: for @func
 *
 * Goes through the routes of contract section 5 of all plans: the decisions to
 * `deliver`, and the required providers of plans without any.
 */
void
drill_replay_foreach (DrillReplay     *self,
                      DrillReplayFunc  func,
                      gpointer         data)
{
  const DrillPlan *plans = drill_evidence_get_plans (self->evidence);
  const DrillRequired *required = drill_evidence_get_required (self->evidence);
  const guint8 *currents = drill_evidence_get_plan_currents (self->evidence);
  const guint8 *flags = drill_evidence_get_route_flags (self->evidence);
  const guint32 *owners = drill_evidence_get_route_column (self->evidence, DRILL_ROUTE_OWNER);
  const guint32 *pairs = drill_evidence_get_route_column (self->evidence, DRILL_ROUTE_PAIR);
  const gint32 *minutes = drill_evidence_get_route_minutes (self->evidence);
  const gint64 *deadlines = drill_evidence_get_route_deadlines (self->evidence);
  guint n_plans = drill_evidence_get_n_plans (self->evidence);
  int default_minutes = drill_route_slo_minutes (DRILL_MINUTES_NONE);
  gint64 breach_after = drill_time_breach_after (default_minutes);

  for (guint i = 0; i < n_plans; i++)
    {
      DrillReplayRoute route = {
        .plan = i,
        .current = currents[i] != 0,
        .begin_us = plans[i].created_us,
        .end_us = self->plan_ends[i],
      };

      for (guint j = plans[i].first_route; plans[i].delivers && j < plans[i].first_route + plans[i].n_routes; j++)
        if (flags[j] & DRILL_ROUTE_EXPLICIT)
          {
            route.owner = owners[j];
            route.pair = pairs[j];
            route.deadline_us = deadlines[j];
            route.slo_us = drill_route_slo_minutes (minutes[j]) * DRILL_TIME_MINUTE;
            finish_route (self, &route, func, data);
          }

      for (guint j = 0; !plans[i].delivers && j < plans[i].n_required; j++)
        {
          route.owner = plans[i].owners;
          route.pair = required[plans[i].first_required + j].pair;
          route.deadline_us = route.begin_us == DRILL_TIME_UNKNOWN ? G_MAXINT64 : route.begin_us + breach_after;
          route.slo_us = default_minutes * DRILL_TIME_MINUTE;
          finish_route (self, &route, func, data);
        }
    }
}
