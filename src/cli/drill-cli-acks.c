// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-acks.h"

#include <glib/gi18n.h>

#include "base/drill-text.h"
#include "cli/drill-cli-output.h"
#include "cli/drill-cli-table.h"
#include "evidence/drill-canonical.h"

static const char *
word (DrillOutcome outcome)
{
  switch (outcome)
    {
    case DRILL_OUTCOME_RECORDED:
      return _("recorded");

    case DRILL_OUTCOME_SKIPPED:
      return _("skipped");

    case DRILL_OUTCOME_FAILED:
      return _("failed");

    case DRILL_OUTCOME_SENT:
    case DRILL_OUTCOME_UNKNOWN:
      return _("unknown");

    case DRILL_OUTCOME_PENDING:
    case DRILL_N_OUTCOMES:
    default:
      return _("not sent");
    }
}

/* Of several, what is so already will not be sent: that is known before, and shown so */
static void
get_entry (DrillAckOperation *operation,
           guint              i,
           DrillAckEntry     *entry)
{
  DrillEvidence *evidence = drill_writer_get_evidence (drill_operation_get_writer (DRILL_OPERATION (operation)));

  drill_ack_operation_get_entry (operation, i, entry);
  if (entry->outcome == DRILL_OUTCOME_PENDING && !entry->predates && drill_ack_operation_get_n_entries (operation) > 1 &&
      g_str_equal (drill_evidence_get_text (evidence, DRILL_DICT_STATE, entry->state_now),
                   drill_ack_operation_get_state (operation)))
    entry->outcome = DRILL_OUTCOME_SKIPPED;
}

/* What was not sent has no error of its own; then it is why the operation stopped */
static char *
dup_problem (DrillAckOperation   *operation,
             const DrillAckEntry *entry,
             DrillTranslate       translate)
{
  const GError *error = entry->error;

  if (error == NULL && (entry->outcome == DRILL_OUTCOME_PENDING || entry->outcome == DRILL_OUTCOME_UNKNOWN))
    error = drill_operation_get_error (DRILL_OPERATION (operation));

  return error != NULL ? drill_cli_describe (error, translate) : NULL;
}

/**
 * drill_cli_tally_count:
 * @tally: a tally
 * @outcome: one more outcome
 *
 * What was sent and not answered is unknown; what was not begun was not sent.
 */
void
drill_cli_tally_count (DrillCliTally *tally,
                       DrillOutcome   outcome)
{
  switch (outcome)
    {
    case DRILL_OUTCOME_RECORDED:
      tally->n_recorded++;
      break;

    case DRILL_OUTCOME_SKIPPED:
      tally->n_skipped++;
      break;

    case DRILL_OUTCOME_FAILED:
      tally->n_failed++;
      break;

    case DRILL_OUTCOME_SENT:
    case DRILL_OUTCOME_UNKNOWN:
      tally->n_unknown++;
      break;

    case DRILL_OUTCOME_PENDING:
    case DRILL_N_OUTCOMES:
    default:
      tally->n_not_sent++;
    }
}

/**
 * drill_cli_acks_tally:
 * @operation: an operation
 * @tally: (out caller-allocates): how it stands; its error is the operation's
 *
 * Counts its outcomes.
 */
void
drill_cli_acks_tally (DrillAckOperation *operation,
                      DrillCliTally     *tally)
{
  *tally = (DrillCliTally) { .error = drill_operation_get_error (DRILL_OPERATION (operation)) };

  for (guint i = 0; i < drill_ack_operation_get_n_entries (operation); i++)
    {
      DrillAckEntry entry;

      get_entry (operation, i, &entry);
      drill_cli_tally_count (tally, entry.outcome);
      if (entry.outcome == DRILL_OUTCOME_FAILED && tally->error == NULL)
        tally->error = entry.error;
    }
}

static void
append_member (GString    *text,
               const char *name,
               const char *value)
{
  g_string_append_printf (text, "\"%s\": ", name);
  if (value != NULL)
    drill_canonical_append_string (text, value);
  else
    g_string_append (text, "null");
}

/**
 * drill_cli_acks_append_route:
 * @text: where to
 * @operation: an operation
 * @i: which of its entries
 *
 * Appends the members of a JSON object about it, without its braces.
 */
void
drill_cli_acks_append_route (GString           *text,
                             DrillAckOperation *operation,
                             guint              i)
{
  g_autofree char *problem = NULL;
  DrillAckEntry entry;

  get_entry (operation, i, &entry);
  problem = dup_problem (operation, &entry, NULL);

  append_member (text, "schedule_id", entry.schedule_id);
  g_string_append (text, ", ");
  append_member (text, "provider", entry.provider);
  g_string_append (text, ", ");
  append_member (text, "plan_id", entry.plan_id != NULL ? entry.plan_id : "");
  g_string_append (text, ", ");
  append_member (text, "owners", entry.owners != NULL ? entry.owners : "");
  g_string_append (text, ", ");
  append_member (text, "outcome", drill_outcome_get_name (entry.outcome));
  g_string_append (text, ", ");
  append_member (text, "acknowledgement_id", entry.ack_id);
  g_string_append (text, ", ");
  append_member (text, "error", problem);
}

/**
 * drill_cli_acks_append_counts:
 * @text: where to
 * @operation: an operation
 *
 * Appends the members of a JSON object that say what it is and how many of what
 * became of it.
 */
void
drill_cli_acks_append_counts (GString           *text,
                              DrillAckOperation *operation)
{
  guint n = drill_ack_operation_get_n_entries (operation);
  DrillCliTally tally;
  guint n_chunks;

  drill_cli_acks_tally (operation, &tally);
  n_chunks = (n - tally.n_skipped + DRILL_WRITE_MAX_ROUTES - 1) / DRILL_WRITE_MAX_ROUTES;
  g_string_append_printf (text, "\"requested\": %u, \"recorded\": %u, \"skipped\": %u, \"failed\": %u, \"unknown\": %u, "
                                "\"not_sent\": %u, \"chunks\": %u, ",
                          n, tally.n_recorded, tally.n_skipped, tally.n_failed, tally.n_unknown, tally.n_not_sent, n_chunks);
  append_member (text, "acknowledgement_state", drill_ack_operation_get_state (operation));
  g_string_append (text, ", ");
  append_member (text, "acknowledged_by", drill_ack_operation_get_actor (operation));
  g_string_append (text, ", ");
  append_member (text, "external_ref", drill_ack_operation_get_reference (operation));
  g_string_append_printf (text, ", \"simulation\": %s",
                          drill_operation_is_simulation (DRILL_OPERATION (operation)) ? "true" : "false");
}

/**
 * drill_cli_acks_append_csv:
 * @text: where to
 * @operation: an operation
 *
 * Appends a row for each of its entries, below a row of names.
 */
void
drill_cli_acks_append_csv (GString           *text,
                           DrillAckOperation *operation)
{
  g_string_append (text, "outcome,acknowledgement_state,schedule_id,provider,plan_id,owners,acknowledgement_id,error,simulation\r\n");
  for (guint i = 0; i < drill_ack_operation_get_n_entries (operation); i++)
    {
      g_autofree char *problem = NULL;
      const char *simulation = drill_operation_is_simulation (DRILL_OPERATION (operation)) ? "true" : "false";
      DrillAckEntry entry;

      get_entry (operation, i, &entry);
      problem = dup_problem (operation, &entry, NULL);

      {
        const char *cells[] = {
          drill_outcome_get_name (entry.outcome), drill_ack_operation_get_state (operation), entry.schedule_id,
          entry.provider, entry.plan_id, entry.owners, entry.ack_id, problem, simulation,
        };

        for (gsize c = 0; c < G_N_ELEMENTS (cells); c++)
          {
            g_autofree char *cell = drill_text_csv_cell (cells[c]);

            g_string_append_printf (text, "%s%s", c == 0 ? "" : ",", cell);
          }
      }
      g_string_append (text, "\r\n");
    }
}

/**
 * drill_cli_acks_write_table:
 * @operation: an operation
 * @out: where to
 * @error: a GIO error
 *
 * Writes a row for each of its entries.
 *
 * Returns: %TRUE when it was written
 */
gboolean
drill_cli_acks_write_table (DrillAckOperation  *operation,
                            GOutputStream      *out,
                            GError            **error)
{
  const char *titles[] = {
    _("OUTCOME"), _("STATE"), _("SCHEDULE"), _("PROVIDER"), _("OWNERS"), _("PLAN"), _("ACKNOWLEDGEMENT"), _("ERROR"),
  };
  g_autoptr(DrillCliTable) table = drill_cli_table_new (titles, G_N_ELEMENTS (titles), drill_cli_output_is_terminal ());

  for (guint i = 0; i < drill_ack_operation_get_n_entries (operation); i++)
    {
      g_autofree char *problem = NULL;
      DrillAckEntry entry;

      get_entry (operation, i, &entry);
      problem = dup_problem (operation, &entry, drill_cli_translate);
      drill_cli_table_add (table, word (entry.outcome));
      drill_cli_table_add (table, drill_ack_operation_get_state (operation));
      drill_cli_table_add (table, entry.schedule_id);
      drill_cli_table_add (table, entry.provider);
      drill_cli_table_add (table, entry.owners);
      drill_cli_table_add (table, entry.plan_id);
      drill_cli_table_add (table, entry.ack_id);
      drill_cli_table_add (table, problem);
    }

  return drill_cli_table_write (table, out, error);
}
