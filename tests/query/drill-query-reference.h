// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/drill-route-table.h"

G_BEGIN_DECLS

/* What the table must answer, found the slow and plain way: row by row, text by
 * text, with the evidence's own answers for one row. */

GArray     *reference_run         (DrillEvidence         *evidence,
                                   const DrillRouteQuery *query,
                                   gint64                 now_us);
GHashTable *reference_count       (DrillEvidence         *evidence,
                                   const DrillRouteQuery *query,
                                   gint64                 now_us,
                                   DrillFacet             facet);
void        reference_check       (DrillRouteTable       *table,
                                   const DrillRouteQuery *query,
                                   gint64                 now_us);

G_END_DECLS
