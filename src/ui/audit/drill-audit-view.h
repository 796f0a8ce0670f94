// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillAuditView:
 *
 * The audit packages and their deliveries that are found in the evidence, and
 * the details of the one that is selected.
 *
 * Properties:
 * - `session` (#DrillSession, nullable): whose evidence to show
 * - `settings` (#GSettings, nullable): remembers the folder of exports
 */
#define DRILL_TYPE_AUDIT_VIEW (drill_audit_view_get_type ())

G_DECLARE_FINAL_TYPE (DrillAuditView, drill_audit_view, DRILL, AUDIT_VIEW, AdwBin)

GtkWidget *drill_audit_view_new          (void);
void       drill_audit_view_set_session  (DrillAuditView *self,
                                          DrillSession   *session);
void       drill_audit_view_set_settings (DrillAuditView *self,
                                          GSettings      *settings);
gboolean   drill_audit_view_show_entry   (DrillAuditView *self,
                                          const char     *id);

G_END_DECLS
