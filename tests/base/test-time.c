// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <string.h>

#include "base/drill-time.h"

/* Contract, Conventions: with an offset, with Z, or without either and then UTC */
static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    gint64      us;
  } times[] = {
    { "2026-05-20T10:00:00.123456+00:00", G_GINT64_CONSTANT (1779271200123456) },
    { "2026-05-20T10:00:00Z", G_GINT64_CONSTANT (1779271200000000) },
    { "2026-05-20T10:00:00", G_GINT64_CONSTANT (1779271200000000) },
    { "2026-05-20T10:00", G_GINT64_CONSTANT (1779271200000000) },
    { "2026-05-20T10:00Z", G_GINT64_CONSTANT (1779271200000000) },
    { "2026-05-20 12:00+02:00", G_GINT64_CONSTANT (1779271200000000) },
    { "2026-05-20T10:00:59+23:59", G_GINT64_CONSTANT (1779184919000000) },
    { "2026-05-20", G_GINT64_CONSTANT (1779235200000000) },
    { "2026-05-20T12:00:00+02:00", G_GINT64_CONSTANT (1779271200000000) },
    { "2026-05-20T04:30:00-05:30", G_GINT64_CONSTANT (1779271200000000) },
    { "2026-05-20T10:00:00.5", G_GINT64_CONSTANT (1779271200500000) },
    { "2026-05-20T10:00:00.000001Z", G_GINT64_CONSTANT (1779271200000001) },
    { "2026-05-20T10:00:00.999999+00:00", G_GINT64_CONSTANT (1779271200999999) },
    { "2026-05-20T10:00:00.29Z", G_GINT64_CONSTANT (1779271200290000) },
    { "2026-05-20 10:00:00", G_GINT64_CONSTANT (1779271200000000) },
    { "2024-02-29T23:59:59Z", G_GINT64_CONSTANT (1709251199000000) },
    { "1970-01-01T00:00:00Z", G_GINT64_CONSTANT (0) },
    { "1969-12-31T23:59:59.999999Z", G_GINT64_CONSTANT (-1) },
    { "1900-01-01", G_GINT64_CONSTANT (-2208988800000000) },
    { "0001-01-01T00:00:00Z", G_GINT64_CONSTANT (-62135596800000000) },
    { "9999-12-31T23:59:59.999999Z", G_GINT64_CONSTANT (253402300799999999) },
    { "20260520T100000Z", G_GINT64_CONSTANT (1779271200000000) },
    { "2026-05-20T10:00:00+0200", G_GINT64_CONSTANT (1779264000000000) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *longer = g_strconcat (times[i].text, "5", NULL);

      g_test_message ("%s", times[i].text);
      g_assert_cmpint (drill_time_parse (times[i].text, -1), ==, times[i].us);
      /* what follows the length is not looked at */
      g_assert_cmpint (drill_time_parse (longer, (gssize) strlen (times[i].text)), ==, times[i].us);
    }
}

/* Every µs of a fraction is kept */
static void
test_fractions (void)
{
  gint64 second_us = drill_time_parse ("2026-05-20T10:00:00Z", -1);

  for (int us = 0; us < 1000000; us += 37)
    {
      g_autofree char *text = g_strdup_printf ("2026-05-20T10:00:00.%06d+00:00", us);

      g_assert_cmpint (drill_time_parse (text, -1), ==, second_us + us);
    }
}

static void
test_unreadable (void)
{
  static const char *const texts[] = {
    "", " ", "not a date", "2026", "2026-05", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-05-20T25:00:00Z",
    "2026-05-20T10:61:00Z", "2026-05-20T", "2026-05-20T10:0", "2026-05-20T10:61", "2026-05-20T10:00:60Z", "2026-05-20T10:00:00+24:00",
    "2026-140T10:00:00Z", "2026-05-20T10:00:", "2026-05-20T10:00:00+", "2026-05-20T10:00:00 CET",
    "2026-05-20T10:00:00Zx", " 2026-05-20T10:00:00Z", "2026-05-20T10:00:00Z ", "1716199200", "2026/05/20", "null",
    "2026-05-20T10:00:00.Z", "-026-05-20T10:00:00Z", "2026-05-20T10:00:-1Z",
    "2026-05-20T10:00:00.0000000000000000000000000000000000000000000000000Z",
  };
  static const char with_nul[] = "2026-05-20\0T10:00:00Z";

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      g_assert_cmpint (drill_time_parse (texts[i], -1), ==, DRILL_TIME_UNKNOWN);
    }

  g_assert_cmpint (drill_time_parse (NULL, -1), ==, DRILL_TIME_UNKNOWN);
  g_assert_cmpint (drill_time_parse (NULL, 0), ==, DRILL_TIME_UNKNOWN);
  g_assert_cmpint (drill_time_parse ("2026-05-20T10:00:00Z", 0), ==, DRILL_TIME_UNKNOWN);
  g_assert_cmpint (drill_time_parse (with_nul, sizeof with_nul - 1), ==, DRILL_TIME_UNKNOWN);
}

static void
test_format (void)
{
  static const char *const texts[] = {
    "2026-05-20T10:00:00+00:00", "2026-05-20T10:00:00.123456+00:00", "2026-05-20T10:00:00.000001+00:00",
    "1969-12-31T23:59:59.999999+00:00", "1970-01-01T00:00:00+00:00", "1900-02-28T23:59:59.500000+00:00",
  };
  g_autofree char *unknown = drill_time_format (DRILL_TIME_UNKNOWN);
  g_autofree char *beyond = drill_time_format (G_MAXINT64);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = drill_time_format (drill_time_parse (texts[i], -1));

      g_assert_cmpstr (text, ==, texts[i]);
    }
  g_assert_cmpstr (unknown, ==, "");
  g_assert_cmpstr (beyond, ==, "");
}

/* Contract section 5: two decimals, the values are Python's round () */
static void
test_age (void)
{
  static const struct
  {
    gint64 us;
    double minutes;
  } ages[] = {
    { G_GINT64_CONSTANT (0), 0.0 },
    { G_GINT64_CONSTANT (1), 0.0 },
    { G_GINT64_CONSTANT (299999), 0.0 },
    { G_GINT64_CONSTANT (300000), 0.01 },
    { G_GINT64_CONSTANT (300001), 0.01 },
    { G_GINT64_CONSTANT (600000), 0.01 },
    { G_GINT64_CONSTANT (900000), 0.02 },
    { G_GINT64_CONSTANT (1500000), 0.03 },
    { G_GINT64_CONSTANT (2100000), 0.04 },
    { G_GINT64_CONSTANT (2700000), 0.05 },
    { G_GINT64_CONSTANT (60000000), 1.0 },
    { G_GINT64_CONSTANT (60300000), 1.0 },
    { G_GINT64_CONSTANT (60900000), 1.01 },
    { G_GINT64_CONSTANT (61500000), 1.02 },
    { G_GINT64_CONSTANT (62100000), 1.03 },
    { G_GINT64_CONSTANT (3599699999), 59.99 },
    { G_GINT64_CONSTANT (3599700000), 59.99 },
    { G_GINT64_CONSTANT (3600000000), 60.0 },
    { G_GINT64_CONSTANT (-300000), -0.01 },
    { G_GINT64_CONSTANT (-900000), -0.02 },
    { G_GINT64_CONSTANT (-1), -0.0 },
    { G_GINT64_CONSTANT (34560000300000), 576000.01 },
    { G_GINT64_CONSTANT (1234567890123456), 20576131.5 },
    { G_GINT64_CONSTANT (1576800000000000), 26280000.0 },
    { G_GINT64_CONSTANT (364500000), 6.08 },
    { G_GINT64_CONSTANT (82055700000), 1367.6 },
    { G_GINT64_CONSTANT (5937300000), 98.95 },
    { G_GINT64_CONSTANT (49209300000), 820.16 },
    { G_GINT64_CONSTANT (41227500000), 687.12 },
    { G_GINT64_CONSTANT (8285100000), 138.09 },
    { G_GINT64_CONSTANT (37787579700000), 629792.99 },
    { G_GINT64_CONSTANT (5415300000), 90.26 },
    { G_GINT64_CONSTANT (118500000), 1.98 },
    { G_GINT64_CONSTANT (4733828100000), 78897.13 },
    { G_GINT64_CONSTANT (526256700000), 8770.94 },
    { G_GINT64_CONSTANT (299696100000), 4994.93 },
    { G_GINT64_CONSTANT (50258700000), 837.64 },
    { G_GINT64_CONSTANT (12129237300000), 202153.96 },
    { G_GINT64_CONSTANT (390900000), 6.51 },
    { G_GINT64_CONSTANT (533700000), 8.9 },
    { G_GINT64_CONSTANT (245327700000), 4088.8 },
    { G_GINT64_CONSTANT (152472900000), 2541.21 },
    { G_GINT64_CONSTANT (644562300000), 10742.7 },
    { G_GINT64_CONSTANT (466500000), 7.78 },
    { G_GINT64_CONSTANT (26921100000), 448.69 },
    { G_GINT64_CONSTANT (305700000), 5.09 },
    { G_GINT64_CONSTANT (21697504500000), 361625.08 },
    { G_GINT64_CONSTANT (46773900000), 779.57 },
    { G_GINT64_CONSTANT (3901796100000), 65029.94 },
    { G_GINT64_CONSTANT (4297667700000), 71627.79 },
    { G_GINT64_CONSTANT (57262500000), 954.38 },
    { G_GINT64_CONSTANT (46458903300000), 774315.05 },
    { G_GINT64_CONSTANT (10550700000), 175.84 },
    { G_GINT64_CONSTANT (958500000), 15.97 },
  };
  gint64 created_us = drill_time_parse ("2026-05-20T10:00:00.123456Z", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (ages); i++)
    {
      g_test_message ("%" G_GINT64_FORMAT, ages[i].us);
      g_assert_cmpfloat (drill_time_age_minutes (created_us, created_us + ages[i].us), ==, ages[i].minutes);
    }
  g_assert_true (isnan (drill_time_age_minutes (DRILL_TIME_UNKNOWN, created_us)));
}

/* Contract section 5: breached from the first µs on at which the rounded age
 * is the SLO; the values are Python's */
static void
test_breach_after (void)
{
  static const struct
  {
    int    minutes;
    gint64 us;
  } slos[] = {
    { 1, G_GINT64_CONSTANT (59700001) },
    { 2, G_GINT64_CONSTANT (119700000) },
    { 3, G_GINT64_CONSTANT (179700001) },
    { 5, G_GINT64_CONSTANT (299700000) },
    { 7, G_GINT64_CONSTANT (419700000) },
    { 10, G_GINT64_CONSTANT (599700000) },
    { 15, G_GINT64_CONSTANT (899700000) },
    { 20, G_GINT64_CONSTANT (1199700000) },
    { 30, G_GINT64_CONSTANT (1799700000) },
    { 33, G_GINT64_CONSTANT (1979700001) },
    { 45, G_GINT64_CONSTANT (2699700001) },
    { 60, G_GINT64_CONSTANT (3599700001) },
    { 61, G_GINT64_CONSTANT (3659700001) },
    { 90, G_GINT64_CONSTANT (5399700001) },
    { 99, G_GINT64_CONSTANT (5939700001) },
    { 120, G_GINT64_CONSTANT (7199700001) },
    { 127, G_GINT64_CONSTANT (7619700001) },
    { 240, G_GINT64_CONSTANT (14399700000) },
    { 480, G_GINT64_CONSTANT (28799700000) },
    { 481, G_GINT64_CONSTANT (28859700000) },
    { 720, G_GINT64_CONSTANT (43199700000) },
    { 1000, G_GINT64_CONSTANT (59999700000) },
    { 1440, G_GINT64_CONSTANT (86399700001) },
    { 2000, G_GINT64_CONSTANT (119999700001) },
    { 4095, G_GINT64_CONSTANT (245699700000) },
    { 4096, G_GINT64_CONSTANT (245759700000) },
    { 10080, G_GINT64_CONSTANT (604799700001) },
    { 43200, G_GINT64_CONSTANT (2591999700000) },
    { 100000, G_GINT64_CONSTANT (5999999700000) },
    { 525600, G_GINT64_CONSTANT (31535999700001) },
    { 52704000, G_GINT64_CONSTANT (3162239999700001) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (slos); i++)
    g_assert_cmpint (drill_time_breach_after (slos[i].minutes), ==, slos[i].us);
}

/* The deadline and the age never contradict one another */
static void
test_breach_agrees_with_age (void)
{
  for (int minutes = 1; minutes <= 6000; minutes++)
    {
      gint64 us = drill_time_breach_after (minutes);

      g_assert_cmpfloat (drill_time_age_minutes (0, us), >=, minutes);
      g_assert_cmpfloat (drill_time_age_minutes (0, us - 1), <, minutes);
      g_assert_cmpint (us, <=, minutes * DRILL_TIME_MINUTE);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/base/time/parse", test_parse);
  g_test_add_func ("/drill/base/time/fractions", test_fractions);
  g_test_add_func ("/drill/base/time/unreadable", test_unreadable);
  g_test_add_func ("/drill/base/time/format", test_format);
  g_test_add_func ("/drill/base/time/age", test_age);
  g_test_add_func ("/drill/base/time/breach-after", test_breach_after);
  g_test_add_func ("/drill/base/time/breach-agrees-with-age", test_breach_agrees_with_age);

  return g_test_run ();
}
