// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-operation.h"

G_BEGIN_DECLS

/* One request of an operation: what comes before it, and what has to be done when its answer was lost.
 * For operations whose requests stand alone: packages and deliveries. */

/* Before a request is sent: not when it was cancelled, and not before the journal has the operation and the step
 * "sent": what is in @step, and "known", the ids of all items of @kinds, those in @known excepted; then they are added
 * to @known. @operation: as for drill_operation_begin(). @step: (nullable): what else to say of it, `a{sv}`, floating.
 * %FALSE: nothing may be sent. */
gboolean  drill_operation_announce       (DrillOperation       *self,
                                          GVariant             *operation,
                                          GVariant             *step,
                                          const char *const    *kinds,
                                          GHashTable           *known,
                                          GCancellable         *cancellable,
                                          GError              **error);
/* Adds the ids of such a step to @known */
void      drill_operation_read_known     (GVariant             *step,
                                          GHashTable           *known);

/* Sends @write, and again while the service says that it is too busy and has done nothing: WAITING meanwhile.
 * @cancellable ends the waiting; what was sent is waited for. */
void      drill_operation_request_async  (DrillOperation       *self,
                                          DrillWrite           *write,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* Returns: (transfer full): the answer. @maybe_done: (out): whether it may have been done all the same */
GBytes   *drill_operation_request_finish (DrillOperation       *self,
                                          GAsyncResult         *result,
                                          gboolean             *maybe_done,
                                          GError              **error);

/* Looks into the newest evidence; returns whether what was sent is there */
typedef gboolean (*DrillOperationLook)   (DrillOperation       *self,
                                          DrillEvidence        *evidence);

/* Reads the history again until @look is content, at most twice: CHECKING meanwhile. The service may still have
 * been at work on the request when it was read first. */
void      drill_operation_look_async     (DrillOperation       *self,
                                          DrillOperationLook    look,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* @found: (out): what @look said. Returns: whether the history could be read */
gboolean  drill_operation_look_finish    (DrillOperation       *self,
                                          GAsyncResult         *result,
                                          gboolean             *found,
                                          GError              **error);

/* Whether an error means that the service refused this one request, and not that it would refuse or miss all */
gboolean  drill_operation_is_refusal     (const GError         *error);

G_END_DECLS
