// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DrillJournal:
 *
 * The record of writes under way, so that none is lost or sent twice: a folder
 * with one file for each operation that has begun and not ended. A file is made
 * before anything leaves the program, readable by its owner only, and on the
 * disk (fsync) when the call returns, as is each step that is appended.
 *
 * Whoever works on an operation holds a lock on its file, which the system
 * takes away when the process dies: that tells an operation under way in
 * another window or process from one that was cut off.
 *
 * What an operation and its steps are is the caller's matter (GVariants); no
 * token may be in them. A file is at most 256 MiB: what would not fit is refused.
 */
#define DRILL_TYPE_JOURNAL (drill_journal_get_type ())

G_DECLARE_FINAL_TYPE (DrillJournal, drill_journal, DRILL, JOURNAL, GObject)

/**
 * DrillJournalEntry:
 *
 * One operation, locked by this process as long as the object lives. Dropping
 * the last reference without drill_journal_entry_close() leaves the file for
 * whoever claims it next.
 */
#define DRILL_TYPE_JOURNAL_ENTRY (drill_journal_entry_get_type ())

G_DECLARE_FINAL_TYPE (DrillJournalEntry, drill_journal_entry, DRILL, JOURNAL_ENTRY, GObject)

/**
 * drill_journal_new:
 * @directory: (type filename): where it is kept; made when needed (0700)
 */
DrillJournal      *drill_journal_new                 (const char         *directory);

/**
 * drill_journal_new_default:
 *
 * Returns: (transfer full): the user's: `drill-console/journal` in the state directory
 */
DrillJournal      *drill_journal_new_default         (void);

/**
 * drill_journal_begin:
 * @origin: which service it is for
 * @operation: what is about to be done, frozen; a floating reference is taken
 * @error: %DRILL_ERROR_IO: nothing may be sent then
 *
 * Returns: (transfer full) (nullable): the entry, on the disk
 */
DrillJournalEntry *drill_journal_begin               (DrillJournal       *self,
                                                      const char         *origin,
                                                      GVariant           *operation,
                                                      GError            **error);

/**
 * drill_journal_claim:
 * @origin: (nullable): only entries for this service
 * @error: %DRILL_ERROR_IO when the folder cannot be read; one that does not exist is empty
 *
 * Takes over what was cut off: entries that nobody alive holds. A file that
 * cannot be read as an entry is set aside (`.broken`) and never lost; one that a later version of
 * the program wrote, or that is another user's or a link, is left alone.
 *
 * Returns: (transfer full) (element-type DrillJournalEntry): oldest first
 */
GPtrArray         *drill_journal_claim               (DrillJournal       *self,
                                                      const char         *origin,
                                                      GError            **error);

const char        *drill_journal_entry_get_id        (DrillJournalEntry  *self);
const char        *drill_journal_entry_get_origin    (DrillJournalEntry  *self);
/* When it was begun, µs UTC by this machine's clock */
gint64             drill_journal_entry_get_begun_at  (DrillJournalEntry  *self);
GVariant          *drill_journal_entry_get_operation (DrillJournalEntry  *self);

/**
 * drill_journal_entry_get_steps:
 *
 * Returns: (transfer none) (element-type GVariant): all steps, in order; one that was being
 *   written when the process died is not among them
 */
GPtrArray         *drill_journal_entry_get_steps     (DrillJournalEntry  *self);

/**
 * drill_journal_entry_append:
 * @step: what happens next, or what came of it; a floating reference is taken
 * @error: %DRILL_ERROR_IO: nothing further may be sent then. What was there before still holds,
 *   and another append may succeed when there is room again
 *
 * Returns: whether it is on the disk
 */
gboolean           drill_journal_entry_append        (DrillJournalEntry  *self,
                                                      GVariant           *step,
                                                      GError            **error);

/**
 * drill_journal_entry_close:
 *
 * The operation has ended and nothing of it is unknown: its file goes away. Nothing can be appended
 * then; closing once more is nothing.
 */
gboolean           drill_journal_entry_close         (DrillJournalEntry  *self,
                                                      GError            **error);

G_END_DECLS
