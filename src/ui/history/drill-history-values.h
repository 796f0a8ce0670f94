// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

void drill_history_values_collect (DrillEvidence   *evidence,
                                   char          ***kinds,
                                   char          ***providers,
                                   char          ***states,
                                   char          ***alerts);

G_END_DECLS
