// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/drill-cli-writer.h"

G_BEGIN_DECLS

/* What the commands that acknowledge say of it: one, many, or those that were cut off */

void         drill_cli_tally_count        (DrillCliTally      *tally,
                                           DrillOutcome        outcome);
void         drill_cli_acks_tally         (DrillAckOperation  *operation,
                                           DrillCliTally      *tally);
void         drill_cli_acks_append_route  (GString            *text,
                                           DrillAckOperation  *operation,
                                           guint               i);
void         drill_cli_acks_append_counts (GString            *text,
                                           DrillAckOperation  *operation);
void         drill_cli_acks_append_csv    (GString            *text,
                                           DrillAckOperation  *operation);
gboolean     drill_cli_acks_write_table   (DrillAckOperation  *operation,
                                           GOutputStream      *out,
                                           GError            **error);

G_END_DECLS
