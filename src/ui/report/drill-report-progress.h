// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "ui/report/drill-report-pdf.h"

G_BEGIN_DECLS

/**
 * DrillReportProgress:
 *
 * Says how far a report is and offers Cancel, once it takes longer than one
 * would like to wait for.
 */
typedef struct _DrillReportProgress DrillReportProgress;

DrillReportProgress *drill_report_progress_new  (GtkWindow              *parent,
                                                 const char             *heading,
                                                 const DrillReportState *state,
                                                 GCancellable           *cancellable);
void                 drill_report_progress_free (DrillReportProgress    *self);

G_END_DECLS
