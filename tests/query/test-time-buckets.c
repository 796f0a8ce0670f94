// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib.h>

#include "base/drill-time.h"
#include "query/drill-time-buckets.h"

static void
assert_buckets (const char      *first,
                const char      *last,
                DrillBucketUnit  unit,
                guint            n_units,
                guint            n,
                const char      *start,
                const char      *end)
{
  DrillTimeBuckets buckets;
  g_autofree char *start_text = NULL;
  g_autofree char *end_text = NULL;

  drill_time_buckets_init (&buckets, drill_time_parse (first, -1), drill_time_parse (last, -1));
  start_text = drill_time_format (drill_time_buckets_get_start (&buckets, 0));
  end_text = drill_time_format (drill_time_buckets_get_start (&buckets, buckets.n));

  g_assert_cmpint (buckets.unit, ==, unit);
  g_assert_cmpuint (buckets.n_units, ==, n_units);
  g_assert_cmpuint (buckets.n, ==, n);
  g_assert_cmpstr (start_text, ==, start);
  g_assert_cmpstr (end_text, ==, end);
}

static void
test_units (void)
{
  /* A moment is an hour */
  assert_buckets ("2026-05-20T10:20:00Z", "2026-05-20T10:20:00Z", DRILL_BUCKET_HOUR, 1, 1,
                  "2026-05-20T10:00:00+00:00", "2026-05-20T11:00:00+00:00");
  /* 72 hours are still hours, one more is days */
  assert_buckets ("2026-05-20T10:59:59.999999Z", "2026-05-23T09:00:00Z", DRILL_BUCKET_HOUR, 1, 72,
                  "2026-05-20T10:00:00+00:00", "2026-05-23T10:00:00+00:00");
  assert_buckets ("2026-05-20T10:59:59.999999Z", "2026-05-23T10:00:00Z", DRILL_BUCKET_DAY, 1, 4,
                  "2026-05-20T00:00:00+00:00", "2026-05-24T00:00:00+00:00");
  /* 93 days are still days, one more is weeks, from a Monday */
  assert_buckets ("2026-01-01T00:00:00Z", "2026-04-03T23:59:59Z", DRILL_BUCKET_DAY, 1, 93,
                  "2026-01-01T00:00:00+00:00", "2026-04-04T00:00:00+00:00");
  assert_buckets ("2026-01-01T00:00:00Z", "2026-04-04T00:00:00Z", DRILL_BUCKET_WEEK, 1, 14,
                  "2025-12-29T00:00:00+00:00", "2026-04-06T00:00:00+00:00");
}

static void
test_long_ranges (void)
{
  DrillTimeBuckets buckets;

  /* 1,044 weeks in 10 at a time */
  assert_buckets ("2006-01-02T00:00:00Z", "2026-01-01T00:00:00Z", DRILL_BUCKET_WEEK, 10, 105,
                  "2006-01-02T00:00:00+00:00", "2026-02-16T00:00:00+00:00");

  /* Whatever a service sends */
  drill_time_buckets_init (&buckets, drill_time_parse ("0001-01-01T00:00:00Z", -1), drill_time_parse ("9999-12-31T23:59:59Z", -1));
  g_assert_cmpuint (buckets.n, <=, DRILL_MAX_BUCKETS);
  g_assert_cmpuint (drill_time_buckets_find (&buckets, drill_time_parse ("9999-12-31T23:59:59Z", -1)), <, buckets.n);
}

static void
test_before_the_epoch (void)
{
  /* The Monday before a Thursday */
  assert_buckets ("1969-12-31T23:30:00Z", "1970-06-01T00:00:00Z", DRILL_BUCKET_WEEK, 1, 23,
                  "1969-12-29T00:00:00+00:00", "1970-06-08T00:00:00+00:00");
}

static void
test_find (void)
{
  DrillTimeBuckets buckets;
  gint64 start = drill_time_parse ("2026-05-20T10:00:00Z", -1);

  drill_time_buckets_init (&buckets, start, start + 3 * G_TIME_SPAN_HOUR);
  g_assert_cmpuint (drill_time_buckets_find (&buckets, start), ==, 0);
  g_assert_cmpuint (drill_time_buckets_find (&buckets, start + G_TIME_SPAN_HOUR - 1), ==, 0);
  g_assert_cmpuint (drill_time_buckets_find (&buckets, start + G_TIME_SPAN_HOUR), ==, 1);
  g_assert_cmpuint (drill_time_buckets_find (&buckets, start - 1), ==, 0);
  g_assert_cmpuint (drill_time_buckets_find (&buckets, start + 4 * G_TIME_SPAN_HOUR), ==, buckets.n);
  g_assert_cmpuint (drill_time_buckets_find (&buckets, G_MAXINT64), ==, buckets.n);
}

static void
test_no_time (void)
{
  DrillTimeBuckets buckets;

  drill_time_buckets_init (&buckets, DRILL_TIME_UNKNOWN, (5 * DRILL_TIME_MINUTE));
  g_assert_cmpuint (buckets.n, ==, 0);

  /* The wrong way round is the first time */
  drill_time_buckets_init (&buckets, (5 * DRILL_TIME_MINUTE), -(5 * DRILL_TIME_MINUTE));
  g_assert_cmpuint (buckets.n, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/query/time-buckets/units", test_units);
  g_test_add_func ("/drill/query/time-buckets/long-ranges", test_long_ranges);
  g_test_add_func ("/drill/query/time-buckets/before-the-epoch", test_before_the_epoch);
  g_test_add_func ("/drill/query/time-buckets/find", test_find);
  g_test_add_func ("/drill/query/time-buckets/no-time", test_no_time);

  return g_test_run ();
}
