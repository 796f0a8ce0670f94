// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-commands.h"

#include <glib/gi18n.h>

#include "base/drill-text.h"
#include "cli/drill-cli-load.h"
#include "cli/drill-cli-output.h"
#include "cli/drill-cli-table.h"
#include "evidence/drill-canonical.h"
#include "evidence/drill-json.h"

static char *
format_value (JsonNode *node)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));

  return drill_canonical_to_string (node);
}

static void
append_csv (GString    *text,
            JsonObject *session)
{
  g_autoptr(GList) members = json_object_get_members (session);

  g_string_append (text, "name,value\r\n");
  for (GList *member = members; member != NULL; member = member->next)
    {
      g_autofree char *value = format_value (json_object_get_member (session, member->data));
      g_autofree char *name_cell = drill_text_csv_cell (member->data);
      g_autofree char *value_cell = drill_text_csv_cell (value);

      g_string_append_printf (text, "%s,%s\r\n", name_cell, value_cell);
    }
}

static gboolean
write_table (JsonObject     *session,
             GOutputStream  *out,
             GError        **error)
{
  const char *titles[] = { _("NAME"), _("VALUE") };
  g_autoptr(DrillCliTable) table = drill_cli_table_new (titles, G_N_ELEMENTS (titles), FALSE);
  g_autoptr(GList) members = json_object_get_members (session);

  for (GList *member = members; member != NULL; member = member->next)
    {
      g_autofree char *value = format_value (json_object_get_member (session, member->data));

      drill_cli_table_add (table, member->data);
      drill_cli_table_add (table, value);
    }

  return drill_cli_table_write (table, out, error);
}

/**
 * drill_cli_session:
 * @options: the options of all commands
 * @arguments: (inout): the command line from the command on
 *
 * `drillctl session`.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_session (DrillCliOptions   *options,
                   char            ***arguments)
{
  g_autoptr(GError) failure = NULL;
  g_autoptr(DrillSource) source = NULL;
  g_autoptr(GOutputStream) out = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(JsonNode) node = NULL;
  GError *error = NULL;
  int status;

  if (!drill_cli_options_parse_command (options, "session", _("Who the service says you are, and what you may do."),
                                        NULL, arguments, &failure) ||
      !drill_cli_options_no_arguments (*arguments, &failure))
    return drill_cli_usage (g_steal_pointer (&failure));

  status = drill_cli_open (options, &source, NULL);
  if (status != DRILL_CLI_DONE)
    return status;

  bytes = drill_cli_read_session (source, &failure);
  if (bytes != NULL)
    node = drill_json_parse (bytes, &failure);
  if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    failure = g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_REPLY, "the session is not an object");
  if (failure != NULL)
    return drill_cli_fail (source, failure);

  out = drill_cli_output_new ();
  switch (options->format)
    {
    case DRILL_CLI_JSON:
      g_string_append_len (text, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
      if (text->len == 0 || text->str[text->len - 1] != '\n')
        g_string_append_c (text, '\n');
      drill_cli_output_write (out, text, &error);
      break;

    case DRILL_CLI_CSV:
      append_csv (text, json_node_get_object (node));
      drill_cli_output_write (out, text, &error);
      break;

    case DRILL_CLI_TABLE:
    default:
      write_table (json_node_get_object (node), out, &error);
      break;
    }

  return drill_cli_output_finish (out, DRILL_CLI_DONE, error);
}
