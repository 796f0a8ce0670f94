// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audit/drill-package.h"

G_BEGIN_DECLS

/**
 * DrillPackageCoverage:
 * @n_routes: routes that a package of the scope should have (contract section 7: delivered routes of all plans)
 * @n_acks: acknowledgements that the service reads for them
 * @n_plans: plans that it has to read to find them: it reads the newest %DRILL_PACKAGE_SERVICE_CUT (contract section 4)
 * @states: how many are in which state, by code of %DRILL_DICT_STATE up to %DRILL_STATE_DISMISSED; others count in none
 * @n_schedules: schedules among them
 * @fits: whether the service makes it without cutting: neither of the first three is over
 *   %DRILL_PACKAGE_SERVICE_CUT. An acknowledgement that is cut away would show its route as outstanding; where
 *   schedule and provider are given there is one newest that counts, and @n_acks may be any number.
 *
 * What a package would cover, by the loaded evidence.
 */
typedef struct {
  guint    n_routes;
  guint    n_acks;
  guint    n_plans;
  guint    states[DRILL_STATE_DISMISSED + 1];
  guint    n_schedules;
  gboolean fits;
} DrillPackageCoverage;

void       drill_package_cover        (DrillEvidence            *evidence,
                                       const DrillPackageScope  *scope,
                                       DrillPackageCoverage     *coverage);

/**
 * DrillPackagePart:
 * @schedule_id: "" for all
 * @provider: "" for all
 * @owner: "" for all
 * @n_routes: routes it should have
 * @fits: whether it does fit; %FALSE when one schedule and provider alone is too large, and for routes without a
 *   schedule, which cannot be asked for: their part has an empty @schedule_id beside others that have one
 *
 * One of the packages that together cover a scope. Owned by the array of drill_package_plan_parts().
 */
typedef struct {
  char    *schedule_id;
  char    *provider;
  char    *owner;
  guint    n_routes;
  gboolean fits;
} DrillPackagePart;

/* Returns: (transfer full) (element-type DrillPackagePart): the scope itself when it fits, else by schedule, then by
 * provider, in order; the filters of the scope stay in each. Reads all routes once: off the main loop when there are many. */
GPtrArray *drill_package_plan_parts   (DrillEvidence            *evidence,
                                       const DrillPackageScope  *scope);

/**
 * DrillPackageDifference:
 * @n_routes: routes of the package
 * @n_missing: delivered routes of the package's filters that the evidence has, that were there when the package was
 *   generated, and that it has not: it was cut, or is not whole
 * @n_newer: routes that are missing because they were planned later: no defect
 * @n_unknown: routes of the package that the evidence does not know
 * @n_changed: routes whose acknowledgement (state, id or actor) is another one now
 * @changes: (element-type DrillFinding): one for each but the newer, at most 100: what was, what is
 *
 * What differs between a package and the evidence, route by route (by `route_id`).
 * It is as good as the evidence: when that is not complete, routes look unknown.
 */
typedef struct {
  guint      n_routes;
  guint      n_missing;
  guint      n_newer;
  guint      n_unknown;
  guint      n_changed;
  GPtrArray *changes;
} DrillPackageDifference;

gboolean   drill_package_compare          (GBytes                   *package,
                                           DrillEvidence            *evidence,
                                           DrillPackageDifference   *difference,
                                           GError                  **error);
void       drill_package_difference_clear (DrillPackageDifference   *difference);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DrillPackageDifference, drill_package_difference_clear)

G_END_DECLS
