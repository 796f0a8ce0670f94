// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-commands.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "base/drill-error.h"
#include "base/drill-process.h"
#include "cli/drill-cli-connection.h"
#include "cli/drill-cli-load.h"
#include "cli/drill-cli-output.h"
#include "cli/drill-cli-token.h"
#include "cli/drill-cli-wait.h"
#include "secrets/drill-secrets.h"
#include "secrets/drill-token.h"
#include "session/drill-actor.h"
#include "sources/drill-api-source.h"

static gboolean
parse (DrillCliOptions     *options,
       const char          *command,
       const char          *summary,
       const GOptionEntry  *entries,
       char              ***arguments,
       DrillConnection    **connection,
       GError             **error)
{
  if (!drill_cli_options_parse_command (options, command, summary, entries, arguments, error) ||
      !drill_cli_options_no_arguments (*arguments, error) ||
      !drill_cli_options_check_writing (options, error))
    return FALSE;

  if (!drill_cli_options_is_live (options))
    {
      /* Translators: %s is a command, login or logout */
      g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("%s needs --server or --connection"), command);
      return FALSE;
    }

  *connection = drill_cli_connection_find (options, error);

  return *connection != NULL;
}

/* Never an argument: those are for everybody to see. A person types it unseen. */
static char *
read_token (const DrillCliOptions  *options,
            GError                **error)
{
  const char *path = options->token_file != NULL ? options->token_file : "-";

  drill_process_forbid_core_dumps ();
  drill_process_forbid_tracing ();

  if (strcmp (path, "-") == 0 && isatty (STDIN_FILENO) == 1)
    {
      char *typed = getpass (_("Token: "));
      char *token = drill_token_clean (typed, error);

      if (typed != NULL)
        explicit_bzero (typed, strlen (typed));

      return token;
    }

  return drill_cli_token_read (path, error);
}

/* The service is shown it once; one that it does not take is not kept */
static int
try_token (DrillConnection  *connection,
           const char       *token,
           char            **actor)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillApiSource) source = drill_api_source_new (drill_connection_get_url (connection),
                                                           drill_connection_get_ca_file (connection), token, &error);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(DrillActor) session = NULL;

  if (source == NULL)
    {
      drill_cli_complain (error->message);
      return DRILL_CLI_USAGE;
    }

  bytes = drill_cli_read_session (DRILL_SOURCE (source), &error);
  if (bytes != NULL)
    session = drill_actor_new_from_json (bytes, &error);
  if (session == NULL)
    {
      int status = drill_cli_fail (DRILL_SOURCE (source), error);

      return g_error_matches (error, DRILL_ERROR, DRILL_ERROR_REJECTED) ? DRILL_CLI_NEGATIVE : status;
    }

  if (session->name == NULL)
    {
      drill_cli_complain (_("The service does not say whose token this is; it was not kept"));
      return DRILL_CLI_NOT_AUTHORISED;
    }

  *actor = g_strdup (session->name);

  return DRILL_CLI_DONE;
}

static int
keep (DrillConnection *connection,
      const char      *token)
{
  g_autoptr(DrillSecrets) secrets = drill_secrets_new ();
  g_autoptr(GError) error = NULL;
  g_auto(DrillCliWait) wait = { 0 };

  drill_cli_wait_init (&wait);
  drill_secrets_store_async (secrets, drill_connection_get_origin (connection), drill_connection_get_name (connection),
                             token, NULL, drill_cli_wait_cb, &wait);
  if (drill_secrets_store_finish (secrets, drill_cli_wait_run (&wait), &error))
    return DRILL_CLI_DONE;

  return drill_cli_fail (NULL, error);
}

/**
 * drill_cli_login:
 * @options: the options of all commands
 * @arguments: (inout): the command line from the command on
 *
 * `drillctl login`.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_login (DrillCliOptions   *options,
                 char            ***arguments)
{
  gboolean no_check = FALSE;
  const GOptionEntry entries[] = {
    { "no-check", 0, 0, G_OPTION_ARG_NONE, &no_check, N_("Keep the token without showing it to the service"), NULL },
    { NULL }
  };
  g_autoptr(DrillConnection) connection = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *token = NULL;
  g_autofree char *actor = NULL;
  g_autofree char *message = NULL;
  int status = DRILL_CLI_DONE;

  if (!parse (options, "login", _("Reads a token from standard input, or from --token-file, and keeps it in the keyring, "
                                  "for this program and the window."),
              entries, arguments, &connection, &error))
    return drill_cli_usage (g_steal_pointer (&error));

  token = read_token (options, &error);
  if (token == NULL)
    {
      drill_cli_complain (error->message);
      return DRILL_CLI_USAGE;
    }

  if (!drill_session_takes_token (connection))
    {
      drill_cli_complain (_("A token does not travel over plain HTTP to another machine: the address has to begin with https"));
      return DRILL_CLI_USAGE;
    }

  status = drill_cli_token_check (token);
  if (status == DRILL_CLI_DONE && !no_check)
    status = try_token (connection, token, &actor);
  if (status == DRILL_CLI_DONE)
    status = keep (connection, token);
  if (status != DRILL_CLI_DONE)
    return status;

  if (actor != NULL)
    /* Translators: the address of a service, and the name of who is signed in */
    message = g_strdup_printf (_("signed in to %s as %s"), drill_connection_get_url (connection), actor);
  else
    /* Translators: %s is the address of a service */
    message = g_strdup_printf (_("the token for %s is kept"), drill_connection_get_url (connection));
  drill_cli_note (options, message);

  return DRILL_CLI_DONE;
}

/**
 * drill_cli_logout:
 * @options: the options of all commands
 * @arguments: (inout): the command line from the command on
 *
 * `drillctl logout`.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_logout (DrillCliOptions   *options,
                  char            ***arguments)
{
  g_autoptr(DrillConnection) connection = NULL;
  g_autoptr(DrillSecrets) secrets = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *message = NULL;
  g_auto(DrillCliWait) wait = { 0 };

  if (!parse (options, "logout", _("Removes the token from the keyring, for this program and the window."),
              NULL, arguments, &connection, &error))
    return drill_cli_usage (g_steal_pointer (&error));

  secrets = drill_secrets_new ();
  drill_cli_wait_init (&wait);
  drill_secrets_clear_async (secrets, drill_connection_get_origin (connection), NULL, drill_cli_wait_cb, &wait);
  if (!drill_secrets_clear_finish (secrets, drill_cli_wait_run (&wait), &error))
    return drill_cli_fail (NULL, error);

  /* Translators: %s is the address of a service */
  message = g_strdup_printf (_("signed out of %s"), drill_connection_get_url (connection));
  drill_cli_note (options, message);

  return DRILL_CLI_DONE;
}
