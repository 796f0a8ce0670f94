// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

/**
 * DrillAuditEntry:
 *
 * What the list of audits shows as one: an audit package with all that was
 * done with it, known by its `audit_id`; or something that belongs to no
 * package, such as a worker run.
 */
#define DRILL_TYPE_AUDIT_ENTRY (drill_audit_entry_get_type ())

G_DECLARE_FINAL_TYPE (DrillAuditEntry, drill_audit_entry, DRILL, AUDIT_ENTRY, GObject)

GPtrArray     *drill_audit_entry_collect      (DrillEvidence   *evidence);
const char    *drill_audit_entry_get_id       (DrillAuditEntry *self);
DrillEvidence *drill_audit_entry_get_evidence (DrillAuditEntry *self);
GArray        *drill_audit_entry_get_items    (DrillAuditEntry *self);
guint32        drill_audit_entry_get_package  (DrillAuditEntry *self);
gboolean       drill_audit_entry_is_package   (DrillAuditEntry *self);
gint64         drill_audit_entry_get_time     (DrillAuditEntry *self);
const char    *drill_audit_entry_get_state    (DrillAuditEntry *self);
char          *drill_audit_entry_dup_title    (DrillAuditEntry *self);
gboolean       drill_audit_entry_equal        (DrillAuditEntry *self,
                                               DrillAuditEntry *other);

G_END_DECLS
