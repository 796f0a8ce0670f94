// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "ui/report/drill-report.h"

G_BEGIN_DECLS

/**
 * DRILL_REPORT_MANY_PAGES:
 *
 * More are not printed without asking.
 */
#define DRILL_REPORT_MANY_PAGES 200

GtkPrintOperation *drill_report_print_operation_new (DrillReport      *report,
                                                     GtkTextDirection  direction);
void               drill_report_print               (GtkWidget        *widget,
                                                     DrillReport      *report);

G_END_DECLS
