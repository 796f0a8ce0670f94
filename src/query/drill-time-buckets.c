// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-time-buckets.h"

#include "base/drill-time.h"

/* The first Monday of the epoch, which began on a Thursday */
#define MONDAY_US (4 * G_TIME_SPAN_DAY)

static const struct
{
  gint64 step_us;
  gint64 origin_us;
  gint64 most; /* buckets: with more, the next unit is easier to read */
} units[] = {
  [DRILL_BUCKET_HOUR] = { G_TIME_SPAN_HOUR, 0, 72 },
  [DRILL_BUCKET_DAY] = { G_TIME_SPAN_DAY, 0, 93 },
  [DRILL_BUCKET_WEEK] = { 7 * G_TIME_SPAN_DAY, MONDAY_US, DRILL_MAX_BUCKETS },
};

/* Rounded down, before the epoch too */
static gint64
divide (gint64 a,
        gint64 b)
{
  return a / b - (a % b < 0);
}

/**
 * drill_time_buckets_init:
 * @self: (out caller-allocates): the buckets
 * @first_us: a time in the first bucket, µs UTC, or %DRILL_TIME_UNKNOWN for no buckets
 * @last_us: a time in the last one, µs UTC; if earlier, @first_us
 *
 * Cuts a range of time into hours, days or weeks, whichever are not too many.
 */
void
drill_time_buckets_init (DrillTimeBuckets *self,
                         gint64            first_us,
                         gint64            last_us)
{
  gint64 first = 0, n = 0;
  guint unit = DRILL_BUCKET_HOUR;

  *self = (DrillTimeBuckets) { .n_units = 1, .step_us = G_TIME_SPAN_HOUR };
  if (first_us == DRILL_TIME_UNKNOWN)
    return;

  last_us = MAX (first_us, last_us);
  for (;; unit++)
    {
      first = divide (first_us - units[unit].origin_us, units[unit].step_us);
      n = divide (last_us - units[unit].origin_us, units[unit].step_us) - first + 1;
      if (n <= units[unit].most || unit == DRILL_BUCKET_WEEK)
        break;
    }

  self->unit = (DrillBucketUnit) unit;
  self->n_units = (guint) ((n + DRILL_MAX_BUCKETS - 1) / DRILL_MAX_BUCKETS);
  self->n = (guint) ((n + self->n_units - 1) / self->n_units);
  self->start_us = units[unit].origin_us + first * units[unit].step_us;
  self->step_us = units[unit].step_us * self->n_units;
}

/**
 * drill_time_buckets_find:
 * @self: buckets, of which there is at least one
 * @us: a time, µs UTC
 *
 * Returns: the bucket that has @us: the first for all that is before it, and
 *   the number of buckets for all that is after the last
 */
guint
drill_time_buckets_find (const DrillTimeBuckets *self,
                         gint64                  us)
{
  if (us < self->start_us)
    return 0;

  return (guint) MIN ((us - self->start_us) / self->step_us, (gint64) self->n);
}

/**
 * drill_time_buckets_get_start:
 * @self: buckets
 * @bucket: one of them, or their number for the end of the last
 *
 * Returns: where it begins, µs UTC
 */
gint64
drill_time_buckets_get_start (const DrillTimeBuckets *self,
                              guint                   bucket)
{
  return self->start_us + bucket * self->step_us;
}
