// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "query/drill-route-query.h"
#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillDeliverDialog:
 *
 * Has an audit package made and delivered, asks before, and says what became of
 * it at each connector.
 *
 * Signals: `show-package` (string `audit_id`): it is to be shown among the audits.
 */
#define DRILL_TYPE_DELIVER_DIALOG (drill_deliver_dialog_get_type ())

G_DECLARE_FINAL_TYPE (DrillDeliverDialog, drill_deliver_dialog, DRILL, DELIVER_DIALOG, AdwWindow)

DrillDeliverDialog *drill_deliver_dialog_new (GtkWindow             *parent,
                                              DrillSession          *session,
                                              const DrillRouteQuery *query);

G_END_DECLS
