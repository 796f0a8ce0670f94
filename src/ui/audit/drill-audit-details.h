// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "session/drill-session.h"
#include "ui/audit/drill-audit-entry.h"

G_BEGIN_DECLS

/**
 * DrillAuditDetails:
 *
 * What an audit entry says: its facts, whether the package is whole, its
 * deliveries by provider, its records, and the JSON of each.
 *
 * Actions: `audit.export-package`.
 *
 * Properties:
 * - `package` (GBytes, nullable, read-only): the audit package, byte for byte
 */
#define DRILL_TYPE_AUDIT_DETAILS (drill_audit_details_get_type ())

G_DECLARE_FINAL_TYPE (DrillAuditDetails, drill_audit_details, DRILL, AUDIT_DETAILS, AdwBin)

GtkWidget *drill_audit_details_new          (void);
void       drill_audit_details_set_settings (DrillAuditDetails *self,
                                             GSettings         *settings);
void       drill_audit_details_set_entry    (DrillAuditDetails *self,
                                             DrillAuditEntry   *entry,
                                             gboolean           is_sample);
GBytes    *drill_audit_details_get_package  (DrillAuditDetails *self);

G_END_DECLS
