// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*DrillBenchFunc) (gpointer data);

double bench_median   (guint           n_times,
                       DrillBenchFunc  func,
                       gpointer        data);
double bench_since    (gint64          start_us);
gsize  bench_heap     (void);
gsize  bench_rss      (void);
void   bench_print    (const char     *what,
                       double          ours_ms,
                       double          theirs_ms,
                       const char     *note);

G_END_DECLS
