// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audit/drill-package.h"
#include "ui/audit/drill-audit-entry.h"

G_BEGIN_DECLS

/**
 * DrillAuditFact:
 * @name: what it is, translated
 * @value: plain text for one line
 */
typedef struct {
  char *name;
  char *value;
} DrillAuditFact;

/**
 * DrillAuditResult:
 * @provider: a connector
 * @state: how it went there, as drill_state_dup_name() takes it
 * @detail: status code and attempts, in words
 *
 * What one provider answered to a delivery.
 */
typedef struct {
  char *provider;
  char *state;
  char *detail;
} DrillAuditResult;

/**
 * DrillAuditDelivery:
 * @item: its row
 * @state: how it went as a whole, as drill_state_dup_name() takes it
 * @results: (element-type DrillAuditResult): by provider
 */
typedef struct {
  guint32    item;
  char      *state;
  GPtrArray *results;
} DrillAuditDelivery;

/**
 * DrillAuditFacts:
 * @facts: (element-type DrillAuditFact): what the package, or the one item, says of itself
 * @deliveries: (element-type DrillAuditDelivery): the deliveries of the package, newest first
 * @package: (nullable): the package as it came, byte for byte
 * @verdict: whether @package is whole; only with @package
 * @findings: (element-type utf8): what does not fit, if anything, translated
 *
 * What is shown of an audit entry; read in a worker thread, for a package holds
 * hundreds of routes.
 */
typedef struct {
  GPtrArray    *facts;
  GPtrArray    *deliveries;
  GBytes       *package;
  DrillVerdict  verdict;
  GPtrArray    *findings;
} DrillAuditFacts;

GPtrArray       *drill_audit_facts_of_package   (GBytes               *package);
void             drill_audit_facts_free         (DrillAuditFacts      *facts);
void             drill_audit_facts_read_async   (DrillAuditEntry      *entry,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
DrillAuditFacts *drill_audit_facts_read_finish  (DrillAuditEntry      *entry,
                                                 GAsyncResult         *result,
                                                 GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillAuditFacts, drill_audit_facts_free)

G_END_DECLS
