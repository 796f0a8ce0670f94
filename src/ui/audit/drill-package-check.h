// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audit/drill-package-parts.h"

G_BEGIN_DECLS

/**
 * DrillPackageCheck:
 * @verdict: whether it is whole
 * @findings: (element-type utf8): what does not fit, plain text, translated
 * @unreadable: whether it is no JSON at all
 * @is_index: whether it is no package, but what comes with several in an archive
 * @audit_id: (nullable): what it calls itself
 * @n_routes: how many routes it holds
 * @facts: (element-type DrillAuditFact): what it says of itself
 * @compared: whether it was compared with evidence, and @difference is known
 * @difference: how it differs from the evidence
 *
 * What is known of one audit package.
 */
typedef struct {
  DrillVerdict            verdict;
  GPtrArray              *findings;
  gboolean                unreadable;
  gboolean                is_index;
  char                   *audit_id;
  guint                   n_routes;
  GPtrArray              *facts;
  gboolean                compared;
  DrillPackageDifference  difference;
} DrillPackageCheck;

/* @evidence: (nullable): what to compare it with. Takes a while: not for the main thread. */
DrillPackageCheck *drill_package_check_new          (GBytes                *package,
                                                     DrillEvidence         *evidence);
void               drill_package_check_free         (DrillPackageCheck     *check);

/* (element-type GBytes) → (element-type DrillPackageCheck): checks packages in a worker thread */
void               drill_package_check_async        (GPtrArray             *packages,
                                                     DrillEvidence         *evidence,
                                                     GCancellable          *cancellable,
                                                     GAsyncReadyCallback    callback,
                                                     gpointer               user_data);
GPtrArray         *drill_package_check_finish       (GAsyncResult          *result,
                                                     GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillPackageCheck, drill_package_check_free)

G_END_DECLS
