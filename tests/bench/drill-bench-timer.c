// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-bench-timer.h"

#include <malloc.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

static int
compare_doubles_cb (gconstpointer a,
                    gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

double
bench_since (gint64 start_us)
{
  return (double) (g_get_monotonic_time () - start_us) / 1000.0;
}

/* Milliseconds; the median of @n_times, because the machine drifts. */
double
bench_median (guint          n_times,
              DrillBenchFunc func,
              gpointer       data)
{
  g_autofree double *times = g_new (double, n_times);

  for (guint i = 0; i < n_times; i++)
    {
      gint64 start = g_get_monotonic_time ();

      func (data);
      times[i] = bench_since (start);
    }
  qsort (times, n_times, sizeof (double), compare_doubles_cb);

  return times[n_times / 2];
}

/* Memory that is allocated, bytes. What the process has of it (its RSS) would
 * also count what was freed and is used again. */
gsize
bench_heap (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

/* Memory of the process, bytes; 0 where it cannot be told */
gsize
bench_rss (void)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) fields = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;

  fields = g_strsplit (text, " ", 3);
  if (g_strv_length (fields) < 2)
    return 0;

  return g_ascii_strtoull (fields[1], NULL, 10) * (gsize) sysconf (_SC_PAGESIZE);
}

/* One line of the table; NaN where there is nothing to compare with. */
void
bench_print (const char *what,
             double      ours_ms,
             double      theirs_ms,
             const char *note)
{
  g_print ("  %-44s %10.2f ms", what, ours_ms);
  if (isnan (theirs_ms))
    g_print ("  %13s  %8s", "", "");
  else
    g_print ("  %10.1f ms  %7.0fx", theirs_ms, theirs_ms / ours_ms);
  g_print ("  %s\n", note != NULL ? note : "");
}
