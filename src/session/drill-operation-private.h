// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-operation.h"

G_BEGIN_DECLS

/* What the kinds of operations build on: the journal, and what people see of them.
 *
 * A run is begun when no other writes to the service, and what others have written is known.
 * It goes like this: check what is unknown; drill_operation_begin(); for each request drill_operation_append() what is about to be sent, send it, append what
 * became of it; at last drill_operation_end() with DONE, STOPPED or NEEDS_TOKEN. */

/* Once, when it is made. @entry: (nullable): what it was found in */
void                        drill_operation_set_up       (DrillOperation       *self,
                                                          DrillWriter          *writer,
                                                          DrillJournalEntry    *entry);

/* Whether there is an open journal entry, or none is needed because nothing leaves the machine */
gboolean                    drill_operation_has_begun    (DrillOperation       *self);

/* Writes @operation (a{sv} with "kind" s; floating) to the journal, unless it is there already.
 * %FALSE: nothing may be sent. */
gboolean                    drill_operation_begin        (DrillOperation       *self,
                                                          GVariant             *operation,
                                                          GError              **error);

/* Writes a step (a{sv} with "step" s; floating) to the journal. %FALSE: nothing may be sent. */
gboolean                    drill_operation_append       (DrillOperation       *self,
                                                          GVariant             *step,
                                                          GError              **error);

/* While it runs: RUNNING, WAITING, CHECKING; READY and STOPPED when it was changed at rest */
void                        drill_operation_set_status   (DrillOperation       *self,
                                                          DrillOperationStatus  status);

/* It has ended: @error (transfer full) (nullable) says why. %DRILL_ERROR_AUTH_REQUIRED turns
 * STOPPED into NEEDS_TOKEN. DONE closes the journal entry. */
void                        drill_operation_end          (DrillOperation       *self,
                                                          DrillOperationStatus  status,
                                                          GError               *error);
void                        drill_operation_set_progress (DrillOperation       *self,
                                                          double                progress);
void                        drill_operation_changed      (DrillOperation       *self);
const DrillOperationPauses *drill_operation_get_pauses   (DrillOperation       *self);

/* The name of an outcome in the journal, and back: DRILL_N_OUTCOMES when it is none */
const char                 *drill_outcome_to_text        (DrillOutcome          outcome);
DrillOutcome                drill_outcome_from_text      (const char           *text);

/* Waits; the task callback gets %FALSE when it was cancelled. Ended with drill_operation_pause_finish(). */
void                        drill_operation_pause_async  (DrillOperation       *self,
                                                          guint                 ms,
                                                          GCancellable         *cancellable,
                                                          GAsyncReadyCallback   callback,
                                                          gpointer              user_data);
gboolean                    drill_operation_pause_finish (DrillOperation       *self,
                                                          GAsyncResult         *result,
                                                          GError              **error);

G_END_DECLS
