// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "ui/audit/drill-package-set.h"

G_BEGIN_DECLS

/**
 * DrillPackageResult:
 *
 * The packages that came: whether they are whole and cover their scope, what is
 * missing, and saving them.
 *
 * Properties: `can-save` (boolean, read-only). Signals: `rest`: what is missing
 * is to be asked for again; `again`: another package is to be made.
 */
#define DRILL_TYPE_PACKAGE_RESULT (drill_package_result_get_type ())

G_DECLARE_FINAL_TYPE (DrillPackageResult, drill_package_result, DRILL, PACKAGE_RESULT, AdwBin)

void     drill_package_result_set_session (DrillPackageResult *self,
                                           DrillSession       *session,
                                           GSettings          *settings);
void     drill_package_result_show        (DrillPackageResult *self,
                                           DrillPackageSet    *set);
void     drill_package_result_save        (DrillPackageResult *self);
gboolean drill_package_result_is_saving   (DrillPackageResult *self);
gboolean drill_package_result_is_saved    (DrillPackageResult *self);

G_END_DECLS
