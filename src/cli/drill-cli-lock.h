// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/drill-cli-options.h"
#include "journal/drill-journal-lock.h"

G_BEGIN_DECLS

DrillJournalLock *drill_cli_lock_take (const DrillCliOptions  *options,
                                       DrillJournal           *journal,
                                       const char             *origin,
                                       GError                **error);

G_END_DECLS
