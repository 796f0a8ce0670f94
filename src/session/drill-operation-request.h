// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-operation.h"

G_BEGIN_DECLS

/* One request of an operation, and what has to be done when its answer was lost.
 * For operations whose requests stand alone: packages and deliveries. */

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

/* The ids of all items of some kinds, those in @known excepted; they are added to @known. (transfer floating): `as` */
GVariant *drill_operation_note_known     (DrillOperation       *self,
                                          const char *const    *kinds,
                                          GHashTable           *known);

/* Whether an error means that the service refused this one request, and not that it would refuse or miss all */
gboolean  drill_operation_is_refusal     (const GError         *error);

G_END_DECLS
