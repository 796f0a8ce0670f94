// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/drill-clock.h"
#include "journal/drill-journal-lock.h"
#include "session/drill-loader.h"

G_BEGIN_DECLS

/**
 * DrillWriter:
 *
 * The one door by which writes leave the program, and by which what they
 * brought comes back into the snapshot: it holds the source, the loader that
 * knows its evidence, the journal, and whether anything may be written at all.
 * Operations (#DrillOperation) work with it; the session and drillctl make it.
 * When the session turns to another source its writer is dead: what still asks
 * it is told %DRILL_ERROR_CANCELLED, and nothing leaves any more.
 */
#define DRILL_TYPE_WRITER (drill_writer_get_type ())

G_DECLARE_FINAL_TYPE (DrillWriter, drill_writer, DRILL, WRITER, GObject)

/**
 * drill_writer_new:
 * @source: what is written to
 * @loader: what knows its evidence
 * @journal: (nullable): where operations are recorded; without one, nothing is sent to a live source
 * @clock: what time it is
 */
DrillWriter   *drill_writer_new              (DrillSource          *source,
                                              DrillLoader          *loader,
                                              DrillJournal         *journal,
                                              DrillClock           *clock);

/* Whether this is a simulation on the sample or a file: nothing leaves the machine */
gboolean       drill_writer_is_simulation    (DrillWriter          *self);
/* What the journal calls the service: its URL without credentials */
const char    *drill_writer_get_origin       (DrillWriter          *self);
DrillJournal  *drill_writer_get_journal      (DrillWriter          *self);
DrillClock    *drill_writer_get_clock        (DrillWriter          *self);
/* (transfer none) (nullable): the newest evidence that is known */
DrillEvidence *drill_writer_get_evidence     (DrillWriter          *self);
/* Whether that was everything when it was last read */
gboolean       drill_writer_knows_all        (DrillWriter          *self);

/* Whom the service will record: the verified actor, or NULL when not known (contract section 1) */
void           drill_writer_set_actor        (DrillWriter          *self,
                                              const char           *verified);
const char    *drill_writer_get_actor        (DrillWriter          *self);
/* Whether NULL means that the service verifies nobody, which is the default; else it has not said yet */
void           drill_writer_set_actor_known  (DrillWriter          *self,
                                              gboolean              known);
/* Who is looked for in the history after an answer was lost: the verified actor, @sent when nobody
 * is verified, "" when it could be anybody */
const char    *drill_writer_get_recorded_as  (DrillWriter          *self,
                                              const char           *sent);
void           drill_writer_set_read_only    (DrillWriter          *self,
                                              gboolean              read_only);
gboolean       drill_writer_get_read_only    (DrillWriter          *self);

/* When the token expires that writes leave with, µs UTC, or DRILL_TIME_UNKNOWN, which is the
 * default: from then on nothing leaves, and all ends with DRILL_ERROR_AUTH_REQUIRED */
void           drill_writer_set_token_expiry (DrillWriter          *self,
                                              gint64                expires_at);
void           drill_writer_close            (DrillWriter          *self);
/* (transfer none): cancelled when it is closed */
GCancellable  *drill_writer_get_cancellable  (DrillWriter          *self);

/**
 * drill_writer_take_lock:
 * @lock: of its journal and origin; taken before the evidence was read
 * @error: %DRILL_ERROR_IO
 *
 * Holds it as long as the writer lives: for who chooses, writes and tells as
 * one. Without this, each operation takes it by itself when it runs.
 */
gboolean       drill_writer_take_lock        (DrillWriter          *self,
                                              DrillJournalLock     *lock,
                                              GError              **error);
gboolean       drill_writer_has_lock         (DrillWriter          *self);
/* The writer's id, by which its locks are signed */
const char    *drill_writer_get_id           (DrillWriter          *self);

/* Whether the source has taken a write: what it shows is no longer what it was made with */
gboolean       drill_writer_has_written      (DrillWriter          *self);

/* Whether anything may leave; if not, why: %DRILL_ERROR_READ_ONLY, %DRILL_ERROR_CANCELLED when it is
 * closed, %DRILL_ERROR_AUTH_REQUIRED with a token that has expired, which the service would refuse */
gboolean       drill_writer_check            (DrillWriter          *self,
                                              GError              **error);

/**
 * drill_writer_send_async:
 * @cancellable: (nullable): as long as nothing has left; what has left is waited for
 *
 * Sends a write, once. The items of its answer are in the evidence when it ends
 * well; those of a bulk a little later, at the latest after drill_writer_settle_async().
 * With %DRILL_ERROR_READ_ONLY or %DRILL_ERROR_CANCELLED nothing has left, nor with a
 * token that has expired (%DRILL_ERROR_AUTH_REQUIRED). An answer
 * that brings no items is a %DRILL_ERROR_BAD_REPLY, and the write may be done.
 */
void           drill_writer_send_async       (DrillWriter          *self,
                                              DrillWrite           *write,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
/* Returns: (transfer full) (nullable): the items that the answer brought, before drill_writer_send_finish() */
DrillPage     *drill_writer_send_dup_items   (DrillWriter          *self,
                                              GAsyncResult         *result);
/* Returns: (transfer full): the answer, as it came */
GBytes        *drill_writer_send_finish      (DrillWriter          *self,
                                              GAsyncResult         *result,
                                              DrillWriteFailure    *failure,
                                              GError              **error);

/**
 * drill_writer_settle_async:
 *
 * What was sent shows in the evidence when it ends.
 */
void           drill_writer_settle_async     (DrillWriter          *self,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean       drill_writer_settle_finish    (DrillWriter          *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/**
 * drill_writer_reread_async:
 *
 * Asks the service for all that is new, from now on: a load that was already
 * running does not count. Ends well only when everything is known; with
 * %DRILL_ERROR_CONFLICT when the history kept changing.
 */
void           drill_writer_reread_async     (DrillWriter          *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean       drill_writer_reread_finish    (DrillWriter          *self,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
