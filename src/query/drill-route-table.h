// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"
#include "query/drill-route-query.h"

G_BEGIN_DECLS

/**
 * DrillRouteTable:
 *
 * The routes of one snapshot, prepared for filtering, searching and sorting:
 * immutable, reference-counted, may be built in a worker thread. What depends
 * on the clock (breached, due, age) is computed at each query.
 */
typedef struct _DrillRouteTable DrillRouteTable;

/**
 * DrillRouteResult:
 *
 * The rows that a query selects, in its order, and the counts of all facets:
 * immutable, reference-counted. The counts of a facet ignore that facet's own
 * selection.
 */
typedef struct _DrillRouteResult DrillRouteResult;

#define DRILL_TYPE_ROUTE_TABLE  (drill_route_table_get_type ())
#define DRILL_TYPE_ROUTE_RESULT (drill_route_result_get_type ())

/**
 * DrillFacetCount:
 * @value: (transfer none): the value, valid as long as the result
 * @count: routes that have it, all other filters applied
 */
typedef struct {
  const char *value;
  guint       count;
} DrillFacetCount;

GType              drill_route_table_get_type        (void);
DrillRouteTable   *drill_route_table_new             (DrillEvidence         *evidence,
                                                      DrillRouteTable       *previous);
DrillRouteTable   *drill_route_table_ref             (DrillRouteTable       *self);
void               drill_route_table_unref           (DrillRouteTable       *self);
DrillEvidence     *drill_route_table_get_evidence    (DrillRouteTable       *self);
gsize              drill_route_table_get_bytes       (DrillRouteTable       *self);
DrillRouteResult  *drill_route_table_query           (DrillRouteTable       *self,
                                                      const DrillRouteQuery *query,
                                                      gint64                 now_us);

gboolean           drill_route_table_prepare_ids     (DrillRouteTable       *self,
                                                      GCancellable          *cancellable);

GType              drill_route_result_get_type       (void);
DrillRouteResult  *drill_route_result_ref            (DrillRouteResult      *self);
void               drill_route_result_unref          (DrillRouteResult      *self);
guint              drill_route_result_get_n_rows     (DrillRouteResult      *self);
const guint32     *drill_route_result_get_rows       (DrillRouteResult      *self);
guint              drill_route_result_get_n_in_scope (DrillRouteResult      *self);
guint              drill_route_result_get_n_breached (DrillRouteResult      *self);
gint64             drill_route_result_get_next_change (DrillRouteResult     *self);
gboolean           drill_route_result_get_ids_pending (DrillRouteResult     *self);
GArray            *drill_route_result_get_facet      (DrillRouteResult      *self,
                                                      DrillFacet             facet);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillRouteTable, drill_route_table_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillRouteResult, drill_route_result_unref)

G_END_DECLS
