// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/drill-evidence-view.h"

G_BEGIN_DECLS

/**
 * DrillAuditView:
 *
 * The audit packages and their deliveries that are found in the evidence, and
 * the details of the one that is selected.
 *
 * Properties:
 * - `package` (GBytes, nullable, read-only): the audit package that is selected, once it is read
 */
#define DRILL_TYPE_AUDIT_VIEW (drill_audit_view_get_type ())

G_DECLARE_FINAL_TYPE (DrillAuditView, drill_audit_view, DRILL, AUDIT_VIEW, DrillEvidenceView)

GtkWidget  *drill_audit_view_new          (void);
gboolean    drill_audit_view_show_entry   (DrillAuditView *self,
                                           const char     *id);
GBytes     *drill_audit_view_get_package  (DrillAuditView *self);
const char *drill_audit_view_get_audit_id (DrillAuditView *self);

G_END_DECLS
