// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acks/drill-ack-words.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "base/drill-time.h"
#include "session/drill-delivery-operation.h"
#include "session/drill-package-operation.h"
#include "ui/common/drill-format.h"

/**
 * drill_ack_words_action:
 * @state: what is to be recorded
 * @n_routes: on how many routes
 *
 * Returns: (transfer full): a button's label
 */
char *
drill_ack_words_action (const char *state,
                        guint       n_routes)
{
  g_autofree char *count = drill_format_count (n_routes);

  if (g_strcmp0 (state, "escalated") == 0)
    return g_strdup_printf (ngettext ("Escalate Route", "Escalate %s Routes", n_routes), count);
  if (g_strcmp0 (state, "resolved") == 0)
    return g_strdup_printf (ngettext ("Resolve Route", "Resolve %s Routes", n_routes), count);
  if (g_strcmp0 (state, "dismissed") == 0)
    return g_strdup_printf (ngettext ("Dismiss Route", "Dismiss %s Routes", n_routes), count);

  return g_strdup_printf (ngettext ("Acknowledge Route", "Acknowledge %s Routes", n_routes), count);
}

/**
 * drill_ack_words_done:
 * @state: what was recorded
 * @schedule: on which schedule
 * @provider: and which provider
 * @simulation: whether nothing left the machine
 *
 * Returns: (transfer full): plain text for one line
 */
char *
drill_ack_words_done (const char *state,
                      const char *schedule,
                      const char *provider,
                      gboolean    simulation)
{
  g_autofree char *schedule_text = drill_text_one_line (schedule);
  g_autofree char *provider_text = drill_text_one_line (provider);
  g_autofree char *text = NULL;

  if (g_strcmp0 (state, "escalated") == 0)
    /* Translators: a provider and the schedule it is notified of */
    text = g_strdup_printf (_("%1$s of %2$s escalated"), provider_text, schedule_text);
  else if (g_strcmp0 (state, "resolved") == 0)
    /* Translators: a provider and the schedule it is notified of */
    text = g_strdup_printf (_("%1$s of %2$s resolved"), provider_text, schedule_text);
  else if (g_strcmp0 (state, "dismissed") == 0)
    /* Translators: a provider and the schedule it is notified of */
    text = g_strdup_printf (_("%1$s of %2$s dismissed"), provider_text, schedule_text);
  else
    /* Translators: a provider and the schedule it is notified of */
    text = g_strdup_printf (_("%1$s of %2$s acknowledged"), provider_text, schedule_text);

  if (!simulation)
    return g_steal_pointer (&text);

  /* Translators: %s is something that was done, but only in the sample data */
  return g_strdup_printf (_("%s (simulation)"), text);
}

static char *
dup_interrupted_acks (DrillAckOperation *operation,
                      const char        *when)
{
  const char *state = drill_ack_operation_get_state (operation);
  guint n = drill_ack_operation_get_n_entries (operation);
  g_autofree char *count = drill_format_count (n);

  if (g_strcmp0 (state, "escalated") == 0)
    /* Translators: how many routes, and when */
    return g_strdup_printf (ngettext ("Escalating %1$s route was interrupted at %2$s",
                                      "Escalating %1$s routes was interrupted at %2$s", n), count, when);
  if (g_strcmp0 (state, "resolved") == 0)
    /* Translators: how many routes, and when */
    return g_strdup_printf (ngettext ("Resolving %1$s route was interrupted at %2$s",
                                      "Resolving %1$s routes was interrupted at %2$s", n), count, when);
  if (g_strcmp0 (state, "dismissed") == 0)
    /* Translators: how many routes, and when */
    return g_strdup_printf (ngettext ("Dismissing %1$s route was interrupted at %2$s",
                                      "Dismissing %1$s routes was interrupted at %2$s", n), count, when);

  /* Translators: how many routes, and when */
  return g_strdup_printf (ngettext ("Acknowledging %1$s route was interrupted at %2$s",
                                    "Acknowledging %1$s routes was interrupted at %2$s", n), count, when);
}

/**
 * drill_ack_words_interrupted:
 * @operation: one that was cut off
 *
 * Returns: (transfer full): what it was, and when it was begun; no full stop
 */
char *
drill_ack_words_interrupted (DrillOperation *operation)
{
  g_autofree char *when = drill_format_time_exact (drill_operation_get_begun_at (operation));

  if (DRILL_IS_ACK_OPERATION (operation))
    return dup_interrupted_acks (DRILL_ACK_OPERATION (operation), when);
  if (DRILL_IS_DELIVERY_OPERATION (operation))
    /* Translators: %s is a time */
    return g_strdup_printf (_("A delivery was interrupted at %s"), when);
  if (DRILL_IS_PACKAGE_OPERATION (operation))
    /* Translators: %s is a time */
    return g_strdup_printf (_("Making an audit package was interrupted at %s"), when);

  /* Translators: %s is a time */
  return g_strdup_printf (_("Something was interrupted at %s"), when);
}

/**
 * drill_ack_words_outcome:
 * @outcome: what became of it
 *
 * Returns: one or two words
 */
const char *
drill_ack_words_outcome (DrillOutcome outcome)
{
  switch (outcome)
    {
    case DRILL_OUTCOME_RECORDED:
      return C_("outcome", "Recorded");
    case DRILL_OUTCOME_SKIPPED:
      return C_("outcome", "Already so");
    case DRILL_OUTCOME_FAILED:
      return C_("outcome", "Failed");
    case DRILL_OUTCOME_SENT:
    case DRILL_OUTCOME_UNKNOWN:
      return C_("outcome", "Unknown");
    case DRILL_OUTCOME_PENDING:
    case DRILL_N_OUTCOMES:
    default:
      return C_("outcome", "Not sent");
    }
}

const char *
drill_ack_words_outcome_icon (DrillOutcome outcome)
{
  switch (outcome)
    {
    case DRILL_OUTCOME_RECORDED:
      return "object-select-symbolic";
    case DRILL_OUTCOME_SKIPPED:
      return "media-skip-forward-symbolic";
    case DRILL_OUTCOME_FAILED:
      return "dialog-error-symbolic";
    case DRILL_OUTCOME_SENT:
    case DRILL_OUTCOME_UNKNOWN:
      return "dialog-question-symbolic";
    case DRILL_OUTCOME_PENDING:
    case DRILL_N_OUTCOMES:
    default:
      return "media-playback-pause-symbolic";
    }
}

const char *
drill_ack_words_outcome_class (DrillOutcome outcome)
{
  switch (outcome)
    {
    case DRILL_OUTCOME_RECORDED:
      return "success";
    case DRILL_OUTCOME_FAILED:
      return "error";
    case DRILL_OUTCOME_SENT:
    case DRILL_OUTCOME_UNKNOWN:
      return "warning";
    case DRILL_OUTCOME_SKIPPED:
    case DRILL_OUTCOME_PENDING:
    case DRILL_N_OUTCOMES:
    default:
      return "dim-label";
    }
}

/**
 * drill_ack_words_count:
 * @outcome: an outcome
 * @n: how many have it
 *
 * Returns: (transfer full): both
 */
char *
drill_ack_words_count (DrillOutcome outcome,
                       guint        n)
{
  g_autofree char *count = drill_format_count (n);

  switch (outcome)
    {
    case DRILL_OUTCOME_RECORDED:
      /* Translators: %s is a number of routes, here and in the next four */
      return g_strdup_printf (ngettext ("%s recorded", "%s recorded", n), count);
    case DRILL_OUTCOME_SKIPPED:
      return g_strdup_printf (ngettext ("%s already so", "%s already so", n), count);
    case DRILL_OUTCOME_FAILED:
      return g_strdup_printf (ngettext ("%s failed", "%s failed", n), count);
    case DRILL_OUTCOME_SENT:
    case DRILL_OUTCOME_UNKNOWN:
      return g_strdup_printf (ngettext ("%s unknown", "%s unknown", n), count);
    case DRILL_OUTCOME_PENDING:
    case DRILL_N_OUTCOMES:
    default:
      return g_strdup_printf (ngettext ("%s not sent", "%s not sent", n), count);
    }
}
