// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-lock.h"

#include <glib/gi18n.h>

#include "cli/drill-cli-output.h"
#include "cli/drill-cli-wait.h"

/**
 * drill_cli_lock_take:
 * @options: the options
 * @journal: the journal of this user
 * @origin: which service
 * @error: %DRILL_ERROR_IO
 *
 * Waits until nobody else of this user, neither a window nor another drillctl,
 * writes to @origin.
 *
 * Returns: (transfer full) (nullable): what to hold on to as long as that must be so
 */
DrillJournalLock *
drill_cli_lock_take (const DrillCliOptions  *options,
                     DrillJournal           *journal,
                     const char             *origin,
                     GError                **error)
{
  g_auto(DrillCliWait) wait = { 0 };
  g_autoptr(GError) problem = NULL;
  DrillJournalLock *lock = drill_journal_lock_try (journal, origin, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (lock != NULL)
    return lock;

  drill_cli_note (options, _("waiting for a window or another drillctl that writes to this service"));
  drill_cli_wait_init (&wait);
  drill_journal_lock_wait_async (journal, origin, NULL, drill_cli_wait_cb, &wait);

  return drill_journal_lock_wait_finish (journal, drill_cli_wait_run (&wait), error);
}
