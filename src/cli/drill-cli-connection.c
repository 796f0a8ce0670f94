// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-connection.h"

#include <glib/gi18n.h>

#include "base/drill-error.h"
#include "cli/drill-cli-output.h"

static DrillConnection *
find_saved (const char  *name,
            GError     **error)
{
  g_autoptr(DrillConnections) saved = drill_connections_new (NULL);
  DrillConnection *found;

  if (drill_connections_get_error (saved) != NULL)
    {
      /* Translators: %s is a technical detail, in English */
      g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("The saved connections cannot be read: %s"),
                   drill_connections_get_error (saved)->message);
      return NULL;
    }

  found = g_utf8_validate (name, -1, NULL) ? drill_connections_find_name (saved, name) : NULL;
  if (found == NULL)
    {
      /* Translators: %s is a name */
      g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("There is no saved connection “%s”"), name);
      return NULL;
    }

  return g_object_ref (found);
}

/**
 * drill_cli_connection_find:
 * @options: options that name a service
 * @error: %DRILL_ERROR_BAD_INPUT, in words for people
 *
 * The connection that is meant: a saved one, the same as in the window, or one
 * to `--server`. `--ca-file` and `--actor` go before what is saved.
 *
 * Returns: (transfer full) (nullable): the connection
 */
DrillConnection *
drill_cli_connection_find (const DrillCliOptions  *options,
                           GError                **error)
{
  g_autoptr(DrillConnection) saved = NULL;
  g_autoptr(GError) wrong = NULL;

  if (options->connection == NULL)
    {
      DrillConnection *named;

      named = drill_connection_new (NULL, NULL, options->server, options->ca_file, options->actor, FALSE, &wrong);
      if (named == NULL)
        g_set_error_literal (error, wrong->domain, wrong->code, drill_cli_translate (wrong->message));

      return named;
    }

  saved = find_saved (options->connection, error);
  if (saved == NULL)
    return NULL;

  return drill_connection_new (drill_connection_get_id (saved), drill_connection_get_name (saved),
                               drill_connection_get_url (saved),
                               options->ca_file != NULL ? options->ca_file : drill_connection_get_ca_file (saved),
                               options->actor != NULL ? options->actor : drill_connection_get_actor (saved),
                               drill_connection_get_read_only (saved), error);
}
