// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "query/drill-route-query.h"
#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillPackageDialog:
 *
 * Has an audit package made, or the parts that cover a scope together, checks
 * what came, and saves it.
 */
#define DRILL_TYPE_PACKAGE_DIALOG (drill_package_dialog_get_type ())

G_DECLARE_FINAL_TYPE (DrillPackageDialog, drill_package_dialog, DRILL, PACKAGE_DIALOG, AdwWindow)

DrillPackageDialog *drill_package_dialog_new (GtkWindow             *parent,
                                              DrillSession          *session,
                                              GSettings             *settings,
                                              const DrillRouteQuery *query);

G_END_DECLS
