// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/drill-route-table.h"

G_BEGIN_DECLS

const guint32 *drill_route_table_get_waiting  (DrillRouteTable *self,
                                               guint           *n_rows);
guint          drill_route_table_count_before (DrillRouteTable *self,
                                               gint64           until_us);

G_END_DECLS
