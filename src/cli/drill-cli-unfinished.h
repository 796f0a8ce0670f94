// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/drill-cli-writer.h"

G_BEGIN_DECLS

int         drill_cli_unfinished_claim    (DrillCliWriter        *writer,
                                           const DrillCliOptions *options,
                                           DrillJournal          *journal,
                                           gboolean               tell);
void        drill_cli_unfinished_tally    (DrillOperation        *operation,
                                           DrillCliTally         *tally);
const char *drill_cli_unfinished_get_kind (DrillOperation        *operation);

G_END_DECLS
