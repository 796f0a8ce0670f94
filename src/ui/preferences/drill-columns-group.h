// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * DrillColumnsGroup:
 *
 * The columns of the route table: which are shown, and in what order.
 */
#define DRILL_TYPE_COLUMNS_GROUP (drill_columns_group_get_type ())

G_DECLARE_FINAL_TYPE (DrillColumnsGroup, drill_columns_group, DRILL, COLUMNS_GROUP, AdwPreferencesGroup)

void drill_columns_group_set_settings (DrillColumnsGroup *self,
                                       GSettings         *settings);

G_END_DECLS
