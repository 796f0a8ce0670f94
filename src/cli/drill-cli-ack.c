// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-commands.h"

#include <glib/gi18n.h>

#include "base/drill-error.h"
#include "cli/drill-cli-acks.h"
#include "cli/drill-cli-output.h"
#include "query/drill-route-query.h"

static const struct
{
  const char *command;
  const char *state;
} states[] = {
  { "ack", "acknowledged" },
  { "escalate", "escalated" },
  { "resolve", "resolved" },
  { "dismiss", "dismissed" },
};

typedef struct {
  char *plan;
  char *reference;
  char *notes;
} AckOptions;

static void
ack_options_clear (AckOptions *options)
{
  g_clear_pointer (&options->plan, g_free);
  g_clear_pointer (&options->reference, g_free);
  g_clear_pointer (&options->notes, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AckOptions, ack_options_clear)

static const char *
get_state (const char *command)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (command, states[i].command))
      return states[i].state;

  return states[0].state;
}

/* The current routes that are meant: they say which plan it is */
static GArray *
find_routes (DrillRouteTable  *table,
             char            **target)
{
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  g_autoptr(DrillRouteResult) result = NULL;
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));

  drill_route_query_add (query, DRILL_FACET_SCHEDULE, target[0]);
  drill_route_query_add (query, DRILL_FACET_PROVIDER, target[1]);
  drill_route_query_add (query, DRILL_FACET_ACTION, "deliver");
  result = drill_route_table_query (table, query, g_get_real_time ());
  g_array_append_vals (rows, drill_route_result_get_rows (result), drill_route_result_get_n_rows (result));

  return rows;
}

/* Returns: (nullable): NULL when there is nothing like it */
static DrillAckOperation *
make_operation (DrillCliWriter        *writer,
                const DrillCliOptions *options,
                const AckOptions      *own,
                char                 **target,
                const char            *state)
{
  DrillRouteTable *table = drill_loader_get_table (writer->load.loader);
  g_autoptr(GArray) rows = find_routes (table, target);
  DrillAckOperation *operation;

  if (rows->len == 0)
    {
      /* Recorded evidence stays: a name that is misspelt would, too */
      if (own->plan == NULL && writer->load.complete)
        {
          drill_cli_complain (_("No current route has this schedule and provider: nothing was sent "
                                "(name its plan with --plan to record it all the same)"));
          return NULL;
        }
      drill_cli_note (options, _("no current route has this schedule and provider"));
    }

  if (rows->len == 0 || own->plan != NULL)
    {
      const DrillAckTarget one = { target[0], target[1], own->plan };

      operation = drill_ack_operation_new_for_target (writer->writer, &one, state);
    }
  else
    {
      operation = drill_ack_operation_new_for_routes (writer->writer, drill_route_table_get_evidence (table),
                                                      (const guint32 *) (gpointer) rows->data, rows->len, state);
    }
  drill_ack_operation_set_note (operation, writer->actor, own->reference, own->notes);

  return operation;
}

static void
append_json (GString *text,
             gpointer what)
{
  g_string_append_c (text, '{');
  drill_cli_acks_append_route (text, what, 0);
  g_string_append (text, ", ");
  drill_cli_acks_append_counts (text, what);
  g_string_append (text, "}\n");
}

static void
append_csv (GString *text,
            gpointer what)
{
  drill_cli_acks_append_csv (text, what);
}

static gboolean
write_table (gpointer        what,
             GOutputStream  *out,
             GError        **error)
{
  return drill_cli_acks_write_table (what, out, error);
}

static const DrillCliFormats formats = { append_json, append_csv, write_table };

/**
 * drill_cli_ack:
 * @options: the options of all commands
 * @arguments: (inout): the command line from the command on
 *
 * `drillctl ack`, `escalate`, `resolve` and `dismiss`.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_ack (DrillCliOptions   *options,
               char            ***arguments)
{
  g_auto(AckOptions) own = { 0 };
  const GOptionEntry entries[] = {
    { "plan", 0, 0, G_OPTION_ARG_FILENAME, &own.plan, N_("The plan it is about (default: the current one)"), N_("ID") },
    { "ref", 0, 0, G_OPTION_ARG_FILENAME, &own.reference, N_("A reference, such as a ticket"), N_("REF") },
    { "notes", 0, 0, G_OPTION_ARG_FILENAME, &own.notes, N_("Notes"), N_("NOTES") },
    { NULL }
  };
  const char *state = get_state ((*arguments)[0]);
  g_autofree char *usage = g_strdup_printf ("%s %s", (*arguments)[0], _("SCHEDULE PROVIDER"));
  g_autoptr(DrillAckOperation) operation = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(DrillCliWriter) writer = { 0 };
  DrillCliTally tally;
  char **target;
  int status;

  if (!drill_cli_options_parse_command (options, usage,
                                        _("Records it for a schedule and provider; all owners of that provider share it."),
                                        entries, arguments, &error) ||
      !drill_cli_options_check_writing (options, &error))
    return drill_cli_usage (g_steal_pointer (&error));

  target = *arguments + 1;
  if ((*arguments)[0] == NULL || g_strv_length (target) != 2 || *target[0] == '\0' || *target[1] == '\0')
    return drill_cli_usage (g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("SCHEDULE and PROVIDER are needed")));

  {
    char *texts[] = { own.reference != NULL ? own.reference : (char *) "", own.notes != NULL ? own.notes : (char *) "",
                      own.plan, NULL };

    if (!drill_cli_options_check_texts (target, &error) || !drill_cli_options_check_texts (texts, &error))
      return drill_cli_usage (g_steal_pointer (&error));
  }

  status = drill_cli_writer_open (&writer, options);
  if (status != DRILL_CLI_DONE)
    return status;

  operation = make_operation (&writer, options, &own, target, state);
  if (operation == NULL)
    return DRILL_CLI_USAGE;
  status = drill_cli_writer_check_acks (&writer, operation);
  if (status != DRILL_CLI_DONE)
    return status;

  drill_cli_writer_run (&writer, options, DRILL_OPERATION (operation));
  drill_cli_acks_tally (operation, &tally);
  status = drill_cli_writer_end (&writer, &tally);
  status = drill_cli_print (options, &formats, operation, status);
  drill_cli_writer_leave (&writer, options, DRILL_OPERATION (operation), &tally, FALSE);

  return status;
}
