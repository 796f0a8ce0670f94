// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DRILL_MAX_BUCKETS:
 *
 * As many buckets a range of time is cut into at most.
 */
#define DRILL_MAX_BUCKETS 106

/**
 * DrillBucketUnit:
 * @DRILL_BUCKET_HOUR: from the full hour, UTC; for ranges of up to three days
 * @DRILL_BUCKET_DAY: from midnight, UTC; for ranges of up to a quarter
 * @DRILL_BUCKET_WEEK: from Monday, midnight UTC (ISO 8601); for all that is longer
 *
 * What buckets are made of.
 */
typedef enum {
  DRILL_BUCKET_HOUR,
  DRILL_BUCKET_DAY,
  DRILL_BUCKET_WEEK,
} DrillBucketUnit;

/**
 * DrillTimeBuckets:
 * @unit: what the buckets are made of
 * @n_units: units in each: 1, but as many weeks as it takes in ranges of more than two years
 * @n: buckets, 0 for no time at all
 * @start_us: where the first begins, µs UTC
 * @step_us: length of each, µs
 *
 * A range of time in pieces of one length. A bucket holds its first
 * microsecond, and not that of the next. The boundaries are those of UTC, so
 * that two people who look at the same evidence see the same counts.
 */
typedef struct {
  DrillBucketUnit unit;
  guint           n_units;
  guint           n;
  gint64          start_us;
  gint64          step_us;
} DrillTimeBuckets;

void   drill_time_buckets_init      (DrillTimeBuckets       *self,
                                     gint64                  first_us,
                                     gint64                  last_us);
guint  drill_time_buckets_find      (const DrillTimeBuckets *self,
                                     gint64                  us);
gint64 drill_time_buckets_get_start (const DrillTimeBuckets *self,
                                     guint                   bucket);

G_END_DECLS
