// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "ui/report/drill-report.h"

G_BEGIN_DECLS

void drill_report_save (GtkWidget   *widget,
                        GSettings   *settings,
                        DrillReport *report);

G_END_DECLS
