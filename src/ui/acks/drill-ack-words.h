// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-ack-operation.h"
#include "session/drill-session.h"

G_BEGIN_DECLS

/* What acknowledging and the like is called. States are those of drill_ack_operation_new_for_routes(). */
char       *drill_ack_words_action         (const char     *state,
                                            guint           n_routes);
char       *drill_ack_words_done           (const char     *state,
                                            const char     *schedule,
                                            const char     *provider,
                                            gboolean        simulation);
char       *drill_ack_words_interrupted    (DrillOperation *operation);

/* What became of one thing, and of many */
const char *drill_ack_words_outcome        (DrillOutcome    outcome);
const char *drill_ack_words_outcome_icon   (DrillOutcome    outcome);
const char *drill_ack_words_outcome_class  (DrillOutcome    outcome);
char       *drill_ack_words_count          (DrillOutcome    outcome,
                                            guint           n);

G_END_DECLS
