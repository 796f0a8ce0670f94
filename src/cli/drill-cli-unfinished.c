// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-unfinished.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "base/drill-error.h"
#include "base/drill-text.h"
#include "base/drill-time.h"
#include "cli/drill-cli-acks.h"
#include "cli/drill-cli-commands.h"
#include "cli/drill-cli-output.h"
#include "cli/drill-cli-table.h"
#include "cli/drill-cli-wait.h"
#include "evidence/drill-canonical.h"
#include "session/drill-delivery-operation.h"
#include "session/drill-package-operation.h"

/**
 * drill_cli_unfinished_get_kind:
 * @operation: an operation
 *
 * Returns: what it is called in JSON and CSV, and translated in tables
 */
const char *
drill_cli_unfinished_get_kind (DrillOperation *operation)
{
  if (DRILL_IS_ACK_OPERATION (operation))
    /* Translators: what was cut off, in a table */
    return NC_("unfinished", "acknowledgement");

  /* Translators: what was cut off, in a table: an audit package, or the delivery of one */
  return DRILL_IS_PACKAGE_OPERATION (operation) ? NC_("unfinished", "package") : NC_("unfinished", "delivery");
}

/* What has become of it; @what is what was to become of all that are not done */
static const char *
get_now (DrillOperation *operation,
         const char     *what)
{
  /* Translators: what has become of an operation that was cut off, in a table */
  return drill_operation_get_status (operation) == DRILL_OPERATION_DONE ? NC_("unfinished", "finished") : what;
}

/**
 * drill_cli_unfinished_tally:
 * @operation: an operation of any kind
 * @tally: (out caller-allocates): how it stands
 *
 * Counts its outcomes.
 */
void
drill_cli_unfinished_tally (DrillOperation *operation,
                            DrillCliTally  *tally)
{
  if (DRILL_IS_ACK_OPERATION (operation))
    {
      drill_cli_acks_tally (DRILL_ACK_OPERATION (operation), tally);
      return;
    }

  *tally = (DrillCliTally) { .error = drill_operation_get_error (operation) };
  if (DRILL_IS_PACKAGE_OPERATION (operation))
    for (guint i = 0; i < drill_package_operation_get_n_packages (DRILL_PACKAGE_OPERATION (operation)); i++)
      drill_cli_tally_count (tally, drill_package_operation_get_outcome (DRILL_PACKAGE_OPERATION (operation), i, NULL));
  else
    drill_cli_tally_count (tally, drill_delivery_operation_get_outcome (DRILL_DELIVERY_OPERATION (operation)));
}

/* Finding them */

static DrillOperation *
take_up (DrillWriter        *writer,
         DrillJournalEntry  *entry,
         GError            **error)
{
  const char *kind = "";

  g_variant_lookup (drill_journal_entry_get_operation (entry), "kind", "&s", &kind);
  if (g_str_equal (kind, "ack"))
    return (DrillOperation *) drill_ack_operation_new_from_journal (writer, entry, error);
  if (g_str_equal (kind, "package"))
    return (DrillOperation *) drill_package_operation_new_from_journal (writer, entry, error);

  return (DrillOperation *) drill_delivery_operation_new_from_journal (writer, entry, error);
}

/* What was not sent of it is so by now, by somebody else's doing: nothing is left to send */
static gboolean
is_settled (DrillOperation *operation)
{
  DrillAckOperation *self;
  DrillEvidence *evidence;

  if (!DRILL_IS_ACK_OPERATION (operation))
    return FALSE;

  self = DRILL_ACK_OPERATION (operation);
  evidence = drill_writer_get_evidence (drill_operation_get_writer (operation));
  for (guint i = 0; i < drill_ack_operation_get_n_entries (self); i++)
    {
      DrillAckEntry entry;

      drill_ack_operation_get_entry (self, i, &entry);
      if (entry.outcome == DRILL_OUTCOME_UNKNOWN || entry.outcome == DRILL_OUTCOME_SENT)
        return FALSE;
      if (entry.outcome == DRILL_OUTCOME_PENDING &&
          (entry.predates ||
           !g_str_equal (drill_evidence_get_text (evidence, DRILL_DICT_STATE, entry.state_now),
                         drill_ack_operation_get_state (self))))
        return FALSE;
    }

  return TRUE;
}

static void
describe (DrillOperation *operation,
          gboolean        settled)
{
  g_autofree char *when = drill_time_format (drill_operation_get_begun_at (operation));
  g_autofree char *counts = NULL;
  g_autofree char *message = NULL;
  DrillCliTally tally;

  drill_cli_unfinished_tally (operation, &tally);
  /* Translators: a list of counts of routes, within one of the next two */
  counts = g_strdup_printf (_("%u recorded, %u skipped, %u failed, %u not sent, %u unknown"), tally.n_recorded,
                            tally.n_skipped, tally.n_failed, tally.n_not_sent, tally.n_unknown);
  if (settled || drill_operation_get_status (operation) == DRILL_OPERATION_DONE)
    /* Translators: a time, and a list of counts of routes */
    message = g_strdup_printf (_("what was cut off at %s has been settled: %s"), when, counts);
  else
    /* Translators: a time, and a list of counts of routes */
    message = g_strdup_printf (_("what was begun at %s was cut off: %s (see drillctl unfinished)"), when, counts);
  drill_cli_complain (message);
}

static void
check (DrillOperation *operation)
{
  g_auto(DrillCliWait) wait = { 0 };

  drill_cli_wait_init (&wait);
  drill_operation_check_async (operation, NULL, drill_cli_wait_cb, &wait);
  drill_operation_run_finish (operation, drill_cli_wait_run (&wait), NULL);
}

/**
 * drill_cli_unfinished_claim:
 * @writer: a writer that knows the evidence
 * @options: the options
 * @journal: the journal
 * @tell: whether to say what was found
 *
 * Takes over what was cut off earlier and finds out what became of it. Nothing
 * is sent. What turns out to be done leaves the journal; the rest is in
 * `unfinished`.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_unfinished_claim (DrillCliWriter        *writer,
                            const DrillCliOptions *options,
                            DrillJournal          *journal,
                            gboolean               tell)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries = drill_journal_claim (journal, drill_writer_get_origin (writer->writer), &error);

  if (entries == NULL)
    {
      drill_cli_complain (error->message);
      return DRILL_CLI_USAGE;
    }

  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr(GError) problem = NULL;
      g_autoptr(DrillOperation) operation = take_up (writer->writer, g_ptr_array_index (entries, i), &problem);
      gboolean settled;

      if (operation == NULL)
        {
          drill_cli_fail (NULL, problem);
          continue;
        }

      check (operation);
      settled = is_settled (operation);
      if (tell)
        describe (operation, settled);
      if (settled && drill_operation_get_status (operation) != DRILL_OPERATION_DONE)
        drill_operation_drop (operation);
      else if (drill_operation_get_status (operation) != DRILL_OPERATION_DONE || !tell)
        g_ptr_array_add (writer->unfinished, g_steal_pointer (&operation));
    }

  return DRILL_CLI_DONE;
}

/* The command */

static void
append_json (GString    *text,
             GPtrArray  *operations,
             const char *what)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < operations->len; i++)
    {
      DrillOperation *operation = g_ptr_array_index (operations, i);
      g_autofree char *when = drill_time_format (drill_operation_get_begun_at (operation));
      DrillCliTally tally;

      drill_cli_unfinished_tally (operation, &tally);
      g_string_append_printf (text, "%s{\"kind\": \"%s\", \"begun_at\": \"%s\", \"now\": \"%s\", ", i == 0 ? "\n" : ",\n",
                              drill_cli_unfinished_get_kind (operation), when, get_now (operation, what));
      if (DRILL_IS_ACK_OPERATION (operation))
        {
          guint n = drill_ack_operation_get_n_entries (DRILL_ACK_OPERATION (operation));

          drill_cli_acks_append_counts (text, DRILL_ACK_OPERATION (operation));
          g_string_append (text, ", \"routes\": [");
          for (guint r = 0; r < n; r++)
            {
              g_string_append (text, r == 0 ? "\n{" : ",\n{");
              drill_cli_acks_append_route (text, DRILL_ACK_OPERATION (operation), r);
              g_string_append_c (text, '}');
            }
          g_string_append (text, n > 0 ? "\n]}" : "]}");
        }
      else
        {
          g_string_append_printf (text, "\"recorded\": %u, \"skipped\": %u, \"failed\": %u, \"unknown\": %u, \"not_sent\": %u}",
                                  tally.n_recorded, tally.n_skipped, tally.n_failed, tally.n_unknown, tally.n_not_sent);
        }
    }
  g_string_append (text, operations->len > 0 ? "\n]\n" : "]\n");
}

static void
append_csv (GString    *text,
            GPtrArray  *operations,
            const char *what)
{
  g_string_append (text, "kind,begun_at,now,recorded,skipped,failed,unknown,not_sent\r\n");
  for (guint i = 0; i < operations->len; i++)
    {
      DrillOperation *operation = g_ptr_array_index (operations, i);
      g_autofree char *when = drill_time_format (drill_operation_get_begun_at (operation));
      DrillCliTally tally;

      drill_cli_unfinished_tally (operation, &tally);
      g_string_append_printf (text, "%s,%s,%s,%u,%u,%u,%u,%u\r\n", drill_cli_unfinished_get_kind (operation), when,
                              get_now (operation, what), tally.n_recorded, tally.n_skipped, tally.n_failed,
                              tally.n_unknown, tally.n_not_sent);
    }
}

static gboolean
write_table (GPtrArray      *operations,
             const char     *what,
             GOutputStream  *out,
             GError        **error)
{
  const char *titles[] = {
    _("KIND"), _("BEGUN"), _("NOW"), _("RECORDED"), _("SKIPPED"), _("FAILED"), _("NOT SENT"), _("UNKNOWN"),
  };
  g_autoptr(DrillCliTable) table = drill_cli_table_new (titles, G_N_ELEMENTS (titles), FALSE);

  for (guint i = 0; i < operations->len; i++)
    {
      DrillOperation *operation = g_ptr_array_index (operations, i);
      g_autofree char *when = drill_time_format (drill_operation_get_begun_at (operation));
      DrillCliTally tally;

      drill_cli_unfinished_tally (operation, &tally);
      drill_cli_table_add (table, g_dpgettext2 (NULL, "unfinished", drill_cli_unfinished_get_kind (operation)));
      drill_cli_table_add (table, when);
      drill_cli_table_add (table, g_dpgettext2 (NULL, "unfinished", get_now (operation, what)));
      {
        const guint numbers[] = { tally.n_recorded, tally.n_skipped, tally.n_failed, tally.n_not_sent, tally.n_unknown };

        for (gsize n = 0; n < G_N_ELEMENTS (numbers); n++)
          {
            g_autofree char *cell = g_strdup_printf ("%u", numbers[n]);

            drill_cli_table_add_right (table, cell);
          }
      }
    }

  return drill_cli_table_write (table, out, error);
}

static int
print (const DrillCliOptions *options,
       GPtrArray             *operations,
       const char            *what,
       int                    status)
{
  g_autoptr(GOutputStream) out = drill_cli_output_new ();
  g_autoptr(GString) text = g_string_new (NULL);
  GError *error = NULL;

  switch (options->format)
    {
    case DRILL_CLI_JSON:
      append_json (text, operations, what);
      drill_cli_output_write (out, text, &error);
      break;

    case DRILL_CLI_CSV:
      append_csv (text, operations, what);
      drill_cli_output_write (out, text, &error);
      break;

    case DRILL_CLI_TABLE:
    default:
      write_table (operations, what, out, &error);
      break;
    }

  return drill_cli_output_finish (out, status, error);
}

/* Sends what is left, one operation after the other */
static int
finish (DrillCliWriter        *writer,
        const DrillCliOptions *options)
{
  DrillCliTally all = { 0 };

  for (guint i = 0; i < writer->unfinished->len; i++)
    {
      DrillOperation *operation = g_ptr_array_index (writer->unfinished, i);
      DrillCliTally tally;

      if (drill_operation_get_status (operation) != DRILL_OPERATION_DONE)
        drill_cli_writer_run (writer, options, operation);

      drill_cli_unfinished_tally (operation, &tally);
      all.n_recorded += tally.n_recorded;
      all.n_failed += tally.n_failed;
      all.n_unknown += tally.n_unknown;
      all.n_not_sent += tally.n_not_sent;
      if (all.error == NULL)
        all.error = tally.error;
    }

  return drill_cli_writer_end (writer, &all);
}

/**
 * drill_cli_unfinished:
 * @options: the options of all commands
 * @arguments: (inout): the command line from the command on
 *
 * `drillctl unfinished`.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_unfinished (DrillCliOptions   *options,
                      char            ***arguments)
{
  gboolean want_finish = FALSE, want_drop = FALSE;
  const GOptionEntry entries[] = {
    { "finish", 0, 0, G_OPTION_ARG_NONE, &want_finish, N_("Send what was not sent"), NULL },
    { "drop", 0, 0, G_OPTION_ARG_NONE, &want_drop, N_("Give up what was not sent, and forget what is not known"), NULL },
    { NULL }
  };
  g_autoptr(GError) error = NULL;
  g_auto(DrillCliWriter) writer = { 0 };
  int status;

  if (!drill_cli_options_parse_command (options, "unfinished",
                                        _("What was being sent to the service when drillctl or the window was cut off, and "
                                          "what became of it. Sends nothing unless --finish is given."),
                                        entries, arguments, &error) ||
      !drill_cli_options_no_arguments (*arguments, &error) ||
      !drill_cli_options_check_writing (options, &error))
    return drill_cli_usage (g_steal_pointer (&error));

  if (!drill_cli_options_is_live (options))
    return drill_cli_usage (g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_INPUT,
                                                 _("unfinished needs --server or --connection")));
  if (want_finish && want_drop)
    return drill_cli_usage (g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("Give only one of --finish and --drop")));

  status = drill_cli_writer_prepare (&writer, options);
  if (status != DRILL_CLI_DONE)
    return status;

  status = drill_cli_unfinished_claim (&writer, options, drill_writer_get_journal (writer.writer), FALSE);
  if (status != DRILL_CLI_DONE)
    return status;

  if (want_finish)
    status = finish (&writer, options);
  for (guint i = 0; want_drop && i < writer.unfinished->len; i++)
    drill_operation_drop (g_ptr_array_index (writer.unfinished, i));

  /* Translators: what has become of an operation that was cut off, in a table */
  return print (options, writer.unfinished, want_drop ? NC_("unfinished", "dropped") : NC_("unfinished", "unfinished"), status);
}
