// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "journal/drill-journal.h"

G_BEGIN_DECLS

#define DRILL_JOURNAL_SUFFIX        ".journal"
#define DRILL_JOURNAL_NEW_SUFFIX    ".new"
#define DRILL_JOURNAL_BROKEN_SUFFIX ".broken"
#define DRILL_JOURNAL_LOCK_SUFFIX   ".lock"

/*< private >
 * drill_journal_make_directory:
 *
 * Returns: (nullable): the journal's folder, which is there by now
 */
const char        *drill_journal_make_directory     (DrillJournal  *self,
                                                     GError       **error);

/*< private >
 * drill_journal_entry_create:
 * @directory: the journal's, which exists
 *
 * Returns: (transfer full) (nullable): an entry that is on the disk under its own name, and locked
 */
DrillJournalEntry *drill_journal_entry_create       (const char  *directory,
                                                     const char  *origin,
                                                     GVariant    *operation,
                                                     GError     **error);

/*< private >
 * drill_journal_entry_claim:
 * @name: of the file in @directory
 * @origin: (nullable): only when it is for this service
 *
 * Returns: (transfer full) (nullable): the entry, locked; %NULL when it is held by somebody, is
 *   for another service, has gone, or was set aside
 */
DrillJournalEntry *drill_journal_entry_claim        (const char  *directory,
                                                     const char  *name,
                                                     const char  *origin);

/*< private >
 * drill_journal_claim_file:
 * @path: of a file in the journal's directory
 *
 * Opens and locks a file without waiting, as long as it is a regular one of this user and still
 * has that name.
 *
 * Returns: its descriptor, or -1
 */
int                drill_journal_claim_file         (const char  *path);

gboolean           drill_journal_sync_directory     (const char  *directory,
                                                     GError     **error);

G_END_DECLS
