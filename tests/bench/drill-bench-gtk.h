// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

/* What a table of GObjects and GTK's own models costs; milliseconds, NaN when not measured */
typedef struct {
  double build;
  double filter;
  double sort_owner;
  double sort_created;
  double filter_sort_two;
  double search;
  double bytes_per_route;
} DrillBenchGtk;

void bench_gtk_init    (DrillBenchGtk *self);
void bench_gtk_measure (DrillBenchGtk *self,
                        DrillEvidence *evidence,
                        const char    *provider,
                        const char    *text);

G_END_DECLS
