// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-overview.h"

#include <string.h>

#include "base/drill-time.h"
#include "query/drill-route-replay.h"

typedef struct {
  DrillEvidence   *evidence;
  DrillReplay     *replay;
  const DrillAck  *acks;
  const DrillPlan *plans;
  DrillOverview   *overview;
  gint64           from_us;  /* routes planned before are not in the distribution */
  gint64          *changes[2]; /* of outstanding and breached, by bucket */
  DrillOwnerCount *of_owner; /* by code */
} Run;

static gboolean
is_closing (Run                  *run,
            const DrillReplayAck *ack)
{
  return drill_state_is_acknowledged (run->acks[ack->ack].state);
}

/* The first acknowledgement at or after a time */
static guint
find_ack (const DrillReplayAck *acks,
          guint                 n_acks,
          gint64                us)
{
  guint low = 0, high = n_acks;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (acks[middle].us < us)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* From one time until before another; both may be outside of the buckets */
static void
add_interval (Run    *run,
              gint64 *changes,
              gint64  begin_us,
              gint64  end_us)
{
  const DrillTimeBuckets *buckets = &run->overview->buckets;

  if (begin_us >= end_us || begin_us > run->overview->now_us || end_us <= buckets->start_us)
    return;

  changes[drill_time_buckets_find (buckets, begin_us)] += 1;
  if (end_us <= run->overview->now_us)
    changes[drill_time_buckets_find (buckets, end_us)] -= 1;
}

static void
add_open (Run                    *run,
          const DrillReplayRoute *route,
          gint64                  begin_us,
          gint64                  end_us)
{
  add_interval (run, run->changes[0], begin_us, end_us);
  add_interval (run, run->changes[1], MAX (begin_us, route->deadline_us), end_us);
}

static DrillAckTime
get_share (const DrillReplayRoute *route,
           gint64                  acknowledged_us)
{
  gint64 elapsed_us = acknowledged_us - route->begin_us;

  if (acknowledged_us < route->deadline_us)
    {
      for (int quarter = 1; quarter < 4; quarter++)
        if (elapsed_us * 4 <= route->slo_us * quarter)
          return (DrillAckTime) (DRILL_ACK_TIME_25 + quarter - 1);

      return DRILL_ACK_TIME_100;
    }
  if (elapsed_us * 2 <= route->slo_us * 3)
    return DRILL_ACK_TIME_150;

  return elapsed_us <= route->slo_us * 2 ? DRILL_ACK_TIME_200 : DRILL_ACK_TIME_MORE;
}

static gboolean
is_for_plan (Run                    *run,
             const DrillReplayRoute *route,
             const DrillReplayAck   *ack)
{
  guint32 named = run->acks[ack->ack].plan_id;
  guint32 plan_id = run->plans[route->plan].plan_id;

  return named == 0 || plan_id == 0 || named == plan_id;
}

/* Walks through the life of a route, up to now */
static void
replay_route (Run                    *run,
              const DrillReplayRoute *route)
{
  gint64 end_us = MIN (route->end_us, run->overview->now_us + 1);
  gint64 open_us = route->begin_us; /* since when */
  gint64 acknowledged_us = DRILL_TIME_UNKNOWN;
  guint n_acks, i;
  const DrillReplayAck *acks = drill_replay_get_acks (run->replay, route->pair, &n_acks);
  gboolean open;

  i = find_ack (acks, n_acks, route->begin_us);
  open = i == 0 || !is_closing (run, &acks[i - 1]);

  for (; i < n_acks && acks[i].us < end_us; i++)
    {
      gboolean closing = is_closing (run, &acks[i]);

      if (closing && acknowledged_us == DRILL_TIME_UNKNOWN && is_for_plan (run, route, &acks[i]))
        acknowledged_us = acks[i].us;
      if (open && closing)
        add_open (run, route, open_us, acks[i].us);
      else if (!open && !closing)
        open_us = acks[i].us;
      open = !closing;
    }
  if (open)
    add_open (run, route, open_us, route->end_us);

  if (route->begin_us < run->from_us)
    return;
  if (open)
    run->overview->ack_times[route->end_us <= run->overview->now_us ? DRILL_ACK_TIME_NEVER : DRILL_ACK_TIME_NOT_YET] += 1;
  else if (acknowledged_us == DRILL_TIME_UNKNOWN)
    run->overview->ack_times[DRILL_ACK_TIME_PREDATES] += 1;
  else
    run->overview->ack_times[get_share (route, acknowledged_us)] += 1;
}

/* As the metrics have it */
static void
count_owner (Run                    *run,
             const DrillReplayRoute *route)
{
  DrillOwnerCount *count = &run->of_owner[route->owner];
  guint n_acks;
  const DrillReplayAck *acks = drill_replay_get_acks (run->replay, route->pair, &n_acks);

  run->overview->n_routes += 1;
  if (n_acks > 0 && is_closing (run, &acks[n_acks - 1]))
    count->n_acknowledged += 1;
  else if (run->overview->now_us >= route->deadline_us)
    count->n_breached += 1;
  else
    count->n_waiting += 1;
}

static void
add_route (const DrillReplayRoute *route,
           gpointer                data)
{
  Run *run = data;

  if (route->current)
    count_owner (run, route);
  if (route->timed && route->begin_us <= run->overview->now_us)
    {
      /* Else it never was in the plan: texts say otherwise than times */
      if (route->begin_us < route->end_us)
        replay_route (run, route);
    }
  else if (route->current)
    {
      run->overview->n_left_out += 1;
    }
}

static void
find_first (const DrillReplayRoute *route,
            gpointer                data)
{
  Run *run = data;

  if (route->timed && (run->overview->buckets.start_us == DRILL_TIME_UNKNOWN ||
                       route->begin_us < run->overview->buckets.start_us))
    run->overview->buckets.start_us = route->begin_us;
}

/* Where the time begins that is shown: when there was something first */
static void
make_buckets (Run    *run,
              gint64  from_us)
{
  DrillTimeBuckets *buckets = &run->overview->buckets;
  gint64 first_us;

  buckets->start_us = DRILL_TIME_UNKNOWN;
  drill_replay_foreach (run->replay, find_first, run);
  first_us = buckets->start_us;

  if (first_us != DRILL_TIME_UNKNOWN && first_us > run->overview->now_us)
    first_us = DRILL_TIME_UNKNOWN;
  else if (first_us != DRILL_TIME_UNKNOWN && from_us <= run->overview->now_us)
    first_us = MAX (first_us, from_us);
  drill_time_buckets_init (buckets, first_us, run->overview->now_us);
}

static void
sum_up (gint64 *changes,
        guint   n,
        guint  *sums)
{
  gint64 sum = 0;

  for (guint i = 0; i < n; i++)
    {
      sum += changes[i];
      sums[i] = (guint) MAX (sum, 0);
    }
}

static guint
count_routes (const DrillOwnerCount *count)
{
  return count->n_breached + count->n_waiting + count->n_acknowledged;
}

static int
compare_owners (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  const DrillOwnerCount *count_a = a, *count_b = b;

  if (count_a->n_breached != count_b->n_breached)
    return count_a->n_breached > count_b->n_breached ? -1 : 1;
  if (count_a->n_waiting != count_b->n_waiting)
    return count_a->n_waiting > count_b->n_waiting ? -1 : 1;
  if (count_routes (count_a) != count_routes (count_b))
    return count_routes (count_a) > count_routes (count_b) ? -1 : 1;

  return strcmp (drill_evidence_get_text (data, DRILL_DICT_OWNER, count_a->owner),
                 drill_evidence_get_text (data, DRILL_DICT_OWNER, count_b->owner));
}

static void
list_owners (Run   *run,
             guint  n_codes,
             guint  most_owners)
{
  GArray *owners = run->overview->owners;
  DrillOwnerCount others = { .owner = DRILL_NONE };

  for (guint i = 0; i < n_codes; i++)
    if (count_routes (&run->of_owner[i]) > 0)
      {
        run->of_owner[i].owner = i;
        run->of_owner[i].n_owners = 1;
        g_array_append_val (owners, run->of_owner[i]);
      }
  g_array_sort_with_data (owners, compare_owners, run->evidence);

  /* One more fits in the place of "others" */
  if (owners->len <= most_owners + 1)
    return;
  for (guint i = most_owners; i < owners->len; i++)
    {
      const DrillOwnerCount *count = &g_array_index (owners, DrillOwnerCount, i);

      others.n_owners += 1;
      others.n_breached += count->n_breached;
      others.n_waiting += count->n_waiting;
      others.n_acknowledged += count->n_acknowledged;
    }
  g_array_set_size (owners, most_owners);
  g_array_append_val (owners, others);
}

/**
 * drill_overview_compute:
 * @evidence: a snapshot
 * @now_us: the time it is to be of, µs UTC
 * @from_us: where the buckets are to begin, and the distribution, µs UTC; %DRILL_TIME_UNKNOWN for the first plan
 * @most_owners: how many owners to name; the rest is added up
 *
 * Takes time in proportion to routes, plans and acknowledgements: a worker
 * thread is the place for large snapshots.
 *
 * Returns: (transfer full): the overview
 */
DrillOverview *
drill_overview_compute (DrillEvidence *evidence,
                        gint64         now_us,
                        gint64         from_us,
                        guint          most_owners)
{
  g_autoptr(DrillReplay) replay = drill_replay_new (evidence);
  DrillOverview *overview = g_new0 (DrillOverview, 1);
  guint n_owners = drill_evidence_get_dict_size (evidence, DRILL_DICT_OWNER);
  g_autofree DrillOwnerCount *of_owner = g_new0 (DrillOwnerCount, n_owners + 1);
  g_autofree gint64 *outstanding = NULL;
  g_autofree gint64 *breached = NULL;
  Run run = {
    .evidence = evidence,
    .replay = replay,
    .acks = drill_evidence_get_acks (evidence),
    .plans = drill_evidence_get_plans (evidence),
    .overview = overview,
    .from_us = from_us,
    .of_owner = of_owner,
  };

  overview->now_us = now_us;
  overview->owners = g_array_new (FALSE, FALSE, sizeof (DrillOwnerCount));
  make_buckets (&run, from_us);

  /* One more: what ends after the last bucket, ends there */
  run.changes[0] = outstanding = g_new0 (gint64, overview->buckets.n + 1);
  run.changes[1] = breached = g_new0 (gint64, overview->buckets.n + 1);
  drill_replay_foreach (replay, add_route, &run);

  overview->outstanding = g_new0 (guint, overview->buckets.n + 1);
  overview->breached = g_new0 (guint, overview->buckets.n + 1);
  sum_up (outstanding, overview->buckets.n, overview->outstanding);
  sum_up (breached, overview->buckets.n, overview->breached);
  list_owners (&run, n_owners, most_owners);

  return overview;
}

void
drill_overview_free (DrillOverview *self)
{
  g_free (self->outstanding);
  g_free (self->breached);
  g_array_unref (self->owners);
  g_free (self);
}
