// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "ui/report/drill-report.h"

G_BEGIN_DECLS

/**
 * DrillReportPages:
 *
 * A report laid out on pages of one size: the title and the facts, then the
 * table with its headings on every page; on every page also the number, what
 * it is of, and the mark. Lengths are points (1/72 inch).
 *
 * For one thread, that of its Pango context. What it costs is laying out each
 * row, so that it is done in slices.
 */
typedef struct _DrillReportPages DrillReportPages;

DrillReportPages *drill_report_pages_new          (DrillReport       *report,
                                                   PangoContext      *context,
                                                   double             width,
                                                   double             height,
                                                   GtkTextDirection   direction);
void              drill_report_pages_free         (DrillReportPages  *self);
gboolean          drill_report_pages_paginate     (DrillReportPages  *self,
                                                   gint64             slice_us);
double            drill_report_pages_get_fraction (DrillReportPages  *self);
guint             drill_report_pages_get_n_pages  (DrillReportPages  *self);
guint             drill_report_pages_estimate     (DrillReportPages  *self);
void              drill_report_pages_draw         (DrillReportPages  *self,
                                                   guint              page,
                                                   cairo_t           *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillReportPages, drill_report_pages_free)

G_END_DECLS
