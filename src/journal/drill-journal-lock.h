// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "journal/drill-journal.h"

G_BEGIN_DECLS

/**
 * DrillJournalLock:
 *
 * The right to write to a service: one at a time of all who have the same
 * journal, be they windows, drillctl, or other processes of this user. Two that
 * choose the same routes at the same time would record them twice; one after the
 * other, the second sees what the first has done.
 *
 * It is held as long as the object lives. The system takes it away when the
 * process dies, however that happens. Its file stays in the journal's folder,
 * readable by its owner only; its name tells nothing of the service.
 */
#define DRILL_TYPE_JOURNAL_LOCK (drill_journal_lock_get_type ())

G_DECLARE_FINAL_TYPE (DrillJournalLock, drill_journal_lock, DRILL, JOURNAL_LOCK, GObject)

/**
 * drill_journal_lock_try:
 * @origin: which service
 * @error: %DRILL_ERROR_IO: nothing may be sent then
 *
 * Returns: (transfer full) (nullable): the lock; %NULL without an error while somebody else holds it
 */
DrillJournalLock *drill_journal_lock_try         (DrillJournal         *journal,
                                                  const char           *origin,
                                                  GError              **error);

/**
 * drill_journal_lock_wait_async:
 * @origin: which service
 * @cancellable: (nullable): to give up
 *
 * Waits for it, without blocking, for as long as others hold it.
 */
void              drill_journal_lock_wait_async  (DrillJournal         *journal,
                                                  const char           *origin,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
/* @error: %DRILL_ERROR_IO, %DRILL_ERROR_CANCELLED. Returns: (transfer full) (nullable): the lock */
DrillJournalLock *drill_journal_lock_wait_finish (DrillJournal         *journal,
                                                  GAsyncResult         *result,
                                                  GError              **error);

/**
 * drill_journal_lock_is_signed:
 * @holder: an id that nobody else has
 *
 * Returns: whether nobody has written since @holder signed it, or nobody ever has;
 *   else others have, and what they have recorded may not be known to @holder
 */
gboolean          drill_journal_lock_is_signed   (DrillJournalLock     *self,
                                                  const char           *holder);

/**
 * drill_journal_lock_sign:
 * @holder: who is about to write: an id that nobody else has
 * @error: %DRILL_ERROR_IO: nothing may be sent then
 *
 * Leaves word for whoever holds it next. Not before @holder knows what others have recorded.
 */
gboolean          drill_journal_lock_sign        (DrillJournalLock     *self,
                                                  const char           *holder,
                                                  GError              **error);

G_END_DECLS
