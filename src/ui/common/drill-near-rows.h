// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "query/drill-slot-model.h"

G_BEGIN_DECLS

void drill_near_rows_follow (GtkScrollable  *view,
                             DrillSlotModel *model);

G_END_DECLS
