// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acks/drill-unfinished-words.h"

#include <glib/gi18n-lib.h>

#include "session/drill-ack-operation.h"
#include "ui/acks/drill-ack-words.h"

/**
 * drill_unfinished_words_has_unknown:
 * @operation: an operation that was cut off
 *
 * Returns: whether of something it sent it is not known what became of it
 */
gboolean
drill_unfinished_words_has_unknown (DrillOperation *operation)
{
  if (DRILL_IS_ACK_OPERATION (operation))
    return drill_ack_operation_count (DRILL_ACK_OPERATION (operation), DRILL_OUTCOME_UNKNOWN) +
           drill_ack_operation_count (DRILL_ACK_OPERATION (operation), DRILL_OUTCOME_SENT) > 0;

  /* What is made by one request has been sent, or there would be nothing to find */
  return drill_operation_get_status (operation) != DRILL_OPERATION_DONE;
}

static char *
dup_counts (DrillAckOperation *operation)
{
  static const DrillOutcome outcomes[] = {
    DRILL_OUTCOME_RECORDED, DRILL_OUTCOME_SKIPPED, DRILL_OUTCOME_FAILED, DRILL_OUTCOME_UNKNOWN, DRILL_OUTCOME_PENDING,
  };
  g_autoptr(GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      guint n = drill_ack_operation_count (operation, outcomes[i]);
      g_autofree char *count = NULL;

      if (outcomes[i] == DRILL_OUTCOME_UNKNOWN)
        n += drill_ack_operation_count (operation, DRILL_OUTCOME_SENT);
      if (n == 0)
        continue;
      count = drill_ack_words_count (outcomes[i], n);
      /* Translators: what separates two counts */
      if (text->len > 0)
        g_string_append (text, C_("counts", ", "));
      g_string_append (text, count);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * drill_unfinished_words_dup_text:
 * @operation: an operation that was cut off
 *
 * Returns: (transfer full): what it was, and how far it got
 */
char *
drill_unfinished_words_dup_text (DrillOperation *operation)
{
  g_autofree char *what = drill_ack_words_interrupted (operation);
  g_autofree char *counts = NULL;

  if (!DRILL_IS_ACK_OPERATION (operation) && drill_operation_get_status (operation) == DRILL_OPERATION_DONE)
    /* Translators: %s is what was interrupted */
    return g_strdup_printf (_("%s. It was recorded all the same."), what);
  if (!DRILL_IS_ACK_OPERATION (operation))
    /* Translators: %s is what was interrupted */
    return g_strdup_printf (_("%s. Whether it was recorded is not known yet."), what);

  counts = dup_counts (DRILL_ACK_OPERATION (operation));

  /* Translators: what was interrupted, and how far it got, such as "300 recorded, 700 not sent" */
  return g_strdup_printf (_("%1$s: %2$s."), what, counts);
}
