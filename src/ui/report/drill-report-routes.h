// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/drill-route-query.h"
#include "ui/report/drill-report-origin.h"

G_BEGIN_DECLS

DrillReport *drill_report_new_for_routes (DrillReportOrigin      *origin,
                                          DrillEvidence          *evidence,
                                          const guint32          *rows,
                                          guint                   n_rows,
                                          const DrillRouteQuery  *query,
                                          const char             *filters);

G_END_DECLS
