// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-commands.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "base/drill-error.h"
#include "base/drill-text.h"
#include "cli/drill-cli-acks.h"
#include "cli/drill-cli-filter.h"
#include "cli/drill-cli-output.h"
#include "cli/drill-cli-question.h"

#define MOST_GROUPS 20 /* that a question lists, largest first */

typedef struct {
  DrillCliFilter filter;
  char          *reference;
  char          *notes;
  gboolean       dry_run;
  gboolean       yes;
} BulkOptions;

static void
bulk_options_clear (BulkOptions *options)
{
  drill_cli_filter_clear (&options->filter);
  g_clear_pointer (&options->reference, g_free);
  g_clear_pointer (&options->notes, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BulkOptions, bulk_options_clear)

/* Delivered and not acknowledged, or late: the filter says where, the action which */
static gboolean
is_meant (const DrillRouteRecord *record,
          gboolean                breached)
{
  if (!g_str_equal (record->action, "deliver"))
    return FALSE;

  return breached ? record->judged && record->breached : !record->acknowledged;
}

static DrillAckOperation *
make_operation (DrillCliWriter    *writer,
                const BulkOptions *own,
                DrillRouteQuery   *query,
                gboolean           breached)
{
  DrillRouteTable *table = drill_loader_get_table (writer->load.loader);
  DrillEvidence *evidence = drill_route_table_get_evidence (table);
  gint64 now_us = g_get_real_time ();
  g_autoptr(DrillRouteResult) result = NULL;
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  DrillAckOperation *operation;

  /* Ids are not kept but computed; without them a search would not find any. */
  if (own->filter.search != NULL)
    drill_route_table_prepare_ids (table, NULL);

  result = drill_route_table_query (table, query, now_us);
  for (guint i = 0; i < drill_route_result_get_n_rows (result); i++)
    {
      DrillRouteRecord record;
      guint32 row = drill_route_result_get_rows (result)[i];

      drill_route_record_read (&record, evidence, row, now_us);
      if (is_meant (&record, breached))
        g_array_append_val (rows, row);
    }

  operation = drill_ack_operation_new_for_routes (writer->writer, evidence, (const guint32 *) (gpointer) rows->data,
                                                  rows->len, breached ? "escalated" : "acknowledged");
  drill_ack_operation_set_note (operation, writer->actor, own->reference, own->notes);

  return operation;
}

/* Asking */

typedef struct {
  const char *name;
  guint       n;
} Group;

static int
compare_groups (gconstpointer a,
                gconstpointer b)
{
  const Group *one = a;
  const Group *other = b;

  return one->n != other->n ? (one->n < other->n ? 1 : -1) : strcmp (one->name, other->name);
}

static void
append_groups (GString           *text,
               const char        *title,
               DrillAckOperation *operation,
               gboolean           by_owner)
{
  g_autoptr(GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GArray) groups = g_array_new (FALSE, FALSE, sizeof (Group));
  GHashTableIter iter;
  gpointer name, n;

  for (guint i = 0; i < drill_ack_operation_get_n_entries (operation); i++)
    {
      DrillAckEntry entry;
      gpointer key;

      drill_ack_operation_get_entry (operation, i, &entry);
      key = (gpointer) (by_owner ? entry.owners : entry.provider);
      g_hash_table_replace (counts, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1));
    }

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &name, &n))
    {
      const Group group = { name, GPOINTER_TO_UINT (n) };

      g_array_append_val (groups, group);
    }
  g_array_sort (groups, compare_groups);

  g_string_append_printf (text, "%s\n", title);
  for (guint i = 0; i < MIN (groups->len, MOST_GROUPS); i++)
    {
      const Group *group = &g_array_index (groups, Group, i);
      g_autofree char *line = drill_text_one_line (group->name);

      g_string_append_printf (text, "  %6u  %s\n", group->n, line);
    }
  if (groups->len > MOST_GROUPS)
    {
      g_string_append_printf (text, ngettext ("  and %u more", "  and %u more", groups->len - MOST_GROUPS),
                              groups->len - MOST_GROUPS);
      g_string_append_c (text, '\n');
    }
}

static gboolean
ask (DrillAckOperation *operation,
     gboolean           breached)
{
  guint n = drill_ack_operation_get_n_entries (operation);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *actor = drill_text_one_line (drill_ack_operation_get_actor (operation));

  append_groups (text, _("By owner:"), operation, TRUE);
  append_groups (text, _("By provider:"), operation, FALSE);
  if (breached)
    /* Translators: a question, followed by [y/N]; %s is the name it is recorded under */
    g_string_append_printf (text, ngettext ("Escalate %u route as %s?", "Escalate %u routes as %s?", n), n, actor);
  else
    /* Translators: a question, followed by [y/N]; %s is the name it is recorded under */
    g_string_append_printf (text, ngettext ("Acknowledge %u route as %s?", "Acknowledge %u routes as %s?", n), n, actor);

  return drill_cli_question_ask (text->str);
}

/* Printing */

static void
append_summary (GString           *text,
                DrillAckOperation *operation)
{
  DrillCliTally tally;

  drill_cli_acks_tally (operation, &tally);
  /* Translators: a line of counts of routes */
  g_string_append_printf (text, _("%u requested: %u recorded, %u skipped, %u failed, %u unknown, %u not sent"),
                          drill_ack_operation_get_n_entries (operation), tally.n_recorded, tally.n_skipped,
                          tally.n_failed, tally.n_unknown, tally.n_not_sent);
  g_string_append_c (text, '\n');
}

static int
print (const DrillCliOptions *options,
       DrillAckOperation     *operation,
       gboolean               dry_run,
       int                    status)
{
  g_autoptr(GOutputStream) out = drill_cli_output_new ();
  g_autoptr(GString) text = g_string_new (NULL);
  guint n = drill_ack_operation_get_n_entries (operation);
  GError *error = NULL;

  switch (options->format)
    {
    case DRILL_CLI_JSON:
      g_string_append_c (text, '{');
      drill_cli_acks_append_counts (text, operation);
      g_string_append_printf (text, ", \"dry_run\": %s, \"routes\": [", dry_run ? "true" : "false");
      for (guint i = 0; i < n; i++)
        {
          g_string_append (text, i == 0 ? "\n{" : ",\n{");
          drill_cli_acks_append_route (text, operation, i);
          g_string_append_c (text, '}');
        }
      g_string_append (text, n > 0 ? "\n]}\n" : "]}\n");
      drill_cli_output_write (out, text, &error);
      break;

    case DRILL_CLI_CSV:
      drill_cli_acks_append_csv (text, operation);
      drill_cli_output_write (out, text, &error);
      break;

    case DRILL_CLI_TABLE:
    default:
      if (n > 0)
        drill_cli_acks_write_table (operation, out, &error);
      append_summary (text, operation);
      if (error == NULL)
        drill_cli_output_write (out, text, &error);
      break;
    }

  return drill_cli_output_finish (out, status, error);
}

static gboolean
parse (DrillCliOptions   *options,
       BulkOptions       *own,
       DrillRouteQuery   *query,
       gboolean          *breached,
       char            ***arguments,
       GError           **error)
{
  const GOptionEntry more[] = {
    { "ref", 0, 0, G_OPTION_ARG_FILENAME, &own->reference, N_("A reference, such as a ticket"), N_("REF") },
    { "notes", 0, 0, G_OPTION_ARG_FILENAME, &own->notes, N_("Notes"), N_("NOTES") },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &own->dry_run, N_("Send nothing, show what would be sent"), NULL },
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &own->yes, N_("Do not ask"), NULL },
  };
  g_autoptr(GArray) entries = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));
  char *texts[3] = { 0 };
  guint n = 0;

  drill_cli_filter_append_entries (&own->filter, entries);
  g_array_append_vals (entries, more, G_N_ELEMENTS (more));
  if (!drill_cli_options_parse_command (options, _("bulk ack-outstanding|escalate-breached"),
                                        _("Acknowledges the outstanding routes of a filter, or escalates the breached ones: "
                                          "each schedule and provider once, in requests of at most 100."),
                                        (const GOptionEntry *) (gpointer) entries->data, arguments, error) ||
      !drill_cli_options_check_writing (options, error) ||
      !drill_cli_filter_apply (&own->filter, query, error))
    return FALSE;

  if (own->reference != NULL)
    texts[n++] = own->reference;
  if (own->notes != NULL)
    texts[n++] = own->notes;
  if (!drill_cli_options_check_texts (texts, error))
    return FALSE;

  if (g_strv_length (*arguments) != 2 ||
      (!g_str_equal ((*arguments)[1], "ack-outstanding") && !g_str_equal ((*arguments)[1], "escalate-breached")))
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT,
                           _("bulk is followed by ack-outstanding or escalate-breached"));
      return FALSE;
    }
  *breached = g_str_equal ((*arguments)[1], "escalate-breached");

  if (!own->yes && !own->dry_run && isatty (STDIN_FILENO) != 1)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT,
                           _("There is no terminal to ask on: add --yes, or --dry-run to see what would be sent"));
      return FALSE;
    }

  return TRUE;
}

/**
 * drill_cli_bulk:
 * @options: the options of all commands
 * @arguments: (inout): the command line from the command on
 *
 * `drillctl bulk`.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_bulk (DrillCliOptions   *options,
                char            ***arguments)
{
  g_auto(BulkOptions) own = { 0 };
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  g_autoptr(DrillAckOperation) operation = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(DrillCliWriter) writer = { 0 };
  DrillCliTally tally;
  gboolean breached;
  int status;

  if (!parse (options, &own, query, &breached, arguments, &error))
    return drill_cli_usage (g_steal_pointer (&error));

  status = drill_cli_writer_open (&writer, options);
  if (status != DRILL_CLI_DONE)
    return status;

  operation = make_operation (&writer, &own, query, breached);
  if (own.dry_run)
    return print (options, operation, TRUE, drill_cli_load_status (&writer.load, options));

  status = drill_cli_writer_check_acks (&writer, operation);
  if (status != DRILL_CLI_DONE)
    return status;

  if (drill_ack_operation_get_n_entries (operation) > 0)
    {
      if (!own.yes && !ask (operation, breached))
        {
          drill_cli_complain (_("Nothing was sent"));
          return DRILL_CLI_NEGATIVE;
        }
      drill_cli_writer_run (&writer, options, DRILL_OPERATION (operation));
    }

  drill_cli_acks_tally (operation, &tally);
  status = drill_cli_writer_end (&writer, &tally);
  if (status == DRILL_CLI_DONE)
    status = drill_cli_load_status (&writer.load, options);
  status = print (options, operation, FALSE, status);
  drill_cli_writer_leave (&writer, options, DRILL_OPERATION (operation), &tally, TRUE);

  return status;
}
