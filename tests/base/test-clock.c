// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/drill-clock.h"
#include "base/drill-time.h"

static void
count_cb (DrillClock *clock,
          int        *n)
{
  *n += 1;
}

static void
test_system (void)
{
  g_autoptr(DrillClock) clock = drill_clock_new_system ();
  gint64 before_us = g_get_real_time ();
  gint64 now_us = drill_clock_now (clock);

  g_assert_false (drill_clock_is_fixed (clock));
  g_assert_cmpint (now_us, >=, before_us);
  g_assert_cmpint (now_us, <=, g_get_real_time ());
}

static void
test_fixed (void)
{
  gint64 us = drill_time_parse ("2026-06-01T12:00:00Z", -1);
  g_autoptr(DrillClock) clock = drill_clock_new_fixed (us);
  int n_changes = 0;

  g_signal_connect (clock, "changed", G_CALLBACK (count_cb), &n_changes);
  g_assert_true (drill_clock_is_fixed (clock));
  g_assert_cmpint (drill_clock_now (clock), ==, us);
  g_assert_cmpint (drill_clock_now (clock), ==, us);
  g_assert_cmpint (n_changes, ==, 0);

  drill_clock_set (clock, us + DRILL_TIME_MINUTE);
  g_assert_cmpint (drill_clock_now (clock), ==, us + DRILL_TIME_MINUTE);
  g_assert_cmpint (n_changes, ==, 1);

  /* 1970 is a time as well */
  drill_clock_set (clock, 0);
  g_assert_true (drill_clock_is_fixed (clock));
  g_assert_cmpint (drill_clock_now (clock), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/base/clock/system", test_system);
  g_test_add_func ("/drill/base/clock/fixed", test_fixed);

  return g_test_run ();
}
