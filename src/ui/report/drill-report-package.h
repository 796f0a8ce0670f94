// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/report/drill-report-origin.h"

G_BEGIN_DECLS

DrillReport *drill_report_new_for_package (DrillReportOrigin *origin,
                                           GBytes            *package,
                                           const char        *audit_id,
                                           const char        *file_name);

G_END_DECLS
