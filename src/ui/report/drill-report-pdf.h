// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "ui/report/drill-report.h"

G_BEGIN_DECLS

/**
 * DrillReportPaper:
 * @setup: the size of the pages and their margins
 * @direction: whether they are mirrored
 *
 * What a report is laid out for.
 */
typedef struct {
  GtkPageSetup     *setup;
  GtkTextDirection  direction;
} DrillReportPaper;

/**
 * DrillReportState:
 * @permille: how much is done, 0 to 1000
 * @n_pages: how many pages there are, or are expected
 *
 * How far writing is. Written with g_atomic_int_set() by the writer.
 */
typedef struct {
  int permille;
  int n_pages;
} DrillReportState;

GtkPageSetup *drill_report_page_setup_new   (void);
gboolean      drill_report_write_pdf        (DrillReport             *report,
                                             const DrillReportPaper  *paper,
                                             DrillReportState        *state,
                                             GOutputStream           *stream,
                                             GCancellable            *cancellable,
                                             GError                 **error);
guint         drill_report_estimate_pages   (DrillReport             *report,
                                             const DrillReportPaper  *paper);

G_END_DECLS
