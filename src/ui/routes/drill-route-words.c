// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/routes/drill-route-words.h"

#include <glib/gi18n-lib.h>

#include "base/drill-time.h"
#include "evidence/drill-escalation.h"
#include "ui/routes/drill-route-column.h"

/* In whole words: an abbreviation is spelt by a screen reader */
static char *
dup_length (gint64 us)
{
  gint64 minutes = us / DRILL_TIME_MINUTE;

  if (minutes < 60)
    return g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) minutes), (int) minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) (minutes / 60)), (int) (minutes / 60));

  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) MIN (minutes / (24 * 60), G_MAXINT)),
                          (int) MIN (minutes / (24 * 60), G_MAXINT));
}

/* Nothing for a route that nobody waits for */
static char *
dup_slo (DrillEvidence *evidence,
         guint32        row,
         gint64         now_us)
{
  DrillEscalationRoute route;
  g_autofree char *length = NULL;
  gint64 deadline_us = drill_evidence_get_route_deadlines (evidence)[row];

  if (!drill_escalation_get_route (evidence, row, now_us, &route) || route.acknowledged ||
      deadline_us == DRILL_TIME_UNKNOWN || deadline_us == G_MAXINT64)
    return NULL;

  length = dup_length (ABS (deadline_us - now_us));
  if (now_us >= deadline_us)
    /* Translators: %s is a length of time such as "10 minutes" */
    return g_strdup_printf (_("overdue by %s"), length);

  /* Translators: %s is a length of time such as "10 minutes" */
  return g_strdup_printf (_("due in %s"), length);
}

/**
 * drill_route_words_dup_sentence:
 * @evidence: a snapshot
 * @row: a route
 * @now_us: now, µs UTC
 *
 * Returns: (transfer full): what is to be known of the route first, for somebody who hears it: one line of plain text
 */
char *
drill_route_words_dup_sentence (DrillEvidence *evidence,
                                guint32        row,
                                gint64         now_us)
{
  g_autofree char *provider = drill_route_column_dup_text (DRILL_KEY_PROVIDER, evidence, row, now_us);
  g_autofree char *owner = drill_route_column_dup_text (DRILL_KEY_OWNER, evidence, row, now_us);
  g_autofree char *slo = dup_slo (evidence, row, now_us);
  g_autofree char *state = drill_route_column_dup_text (DRILL_KEY_STATE, evidence, row, now_us);
  g_autofree char *schedule = drill_route_column_dup_text (DRILL_KEY_SCHEDULE, evidence, row, now_us);

  if (slo == NULL)
    /* Translators: a row of the table as it is read aloud: provider, owner, state, schedule */
    return g_strdup_printf (C_("row", "%1$s, %2$s, %3$s, %4$s"), provider, owner, state, schedule);

  /* Translators: a row of the table as it is read aloud: provider, owner, time left or overdue, state, schedule */
  return g_strdup_printf (C_("row", "%1$s, %2$s, %3$s, %4$s, %5$s"), provider, owner, slo, state, schedule);
}
