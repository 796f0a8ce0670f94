// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

/**
 * DrillDashboard:
 * @n_plans: notification plans
 * @n_deliveries: connector deliveries of rollback drills, of all their sources
 * @n_failed_deliveries: those that did not succeed
 * @n_acks: acknowledgements of notifications
 * @n_outstanding: routes of the escalation plan that are not acknowledged
 * @n_actionable: routes whose recommended action is not `no_action`
 * @n_breached: routes not acknowledged within their SLO
 * @n_items: evidence items
 * @n_routes: route rows of all plans
 * @n_unlisted: those of @n_outstanding that have no route row: required providers of plans without decisions
 *
 * The counts above the views, over all loaded items (contract sections 3 and 5).
 */
typedef struct {
  guint n_plans;
  guint n_deliveries;
  guint n_failed_deliveries;
  guint n_acks;
  guint n_outstanding;
  guint n_actionable;
  guint n_breached;
  guint n_items;
  guint n_routes;
  guint n_unlisted;
} DrillDashboard;

/**
 * DrillCategoryCount:
 * @category: %DRILL_DICT_CATEGORY
 * @n_routes: suppressed route rows of it, of all plans
 * @latest_us: when the newest of them was made, µs UTC, or %DRILL_TIME_UNKNOWN
 * @owners: (element-type guint32): its owners (%DRILL_DICT_OWNER), each once
 * @providers: (element-type guint32): its providers (%DRILL_DICT_PROVIDER), each once
 *
 * The suppressed routes of one category (contract section 4).
 */
typedef struct {
  guint32 category;
  guint   n_routes;
  gint64  latest_us;
  GArray *owners;
  GArray *providers;
} DrillCategoryCount;

void       drill_dashboard_compute     (DrillEvidence  *evidence,
                                        gint64          now_us,
                                        DrillDashboard *counts);
GPtrArray *drill_suppressions_compute  (DrillEvidence  *evidence);

G_END_DECLS
