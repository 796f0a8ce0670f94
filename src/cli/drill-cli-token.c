// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-token.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "base/drill-error.h"
#include "base/drill-process.h"
#include "cli/drill-cli-load.h"
#include "cli/drill-cli-output.h"
#include "cli/drill-cli-wait.h"
#include "secrets/drill-secrets.h"
#include "secrets/drill-token.h"
#include "session/drill-session.h"

#define LARGEST_FILE (64 * 1024) /* bytes: servers take headers of 8 to 32 kB, so more is another file */

static GInputStream *
open_input (const char  *path,
            GError     **error)
{
  g_autoptr(GFile) file = NULL;

  if (strcmp (path, "-") == 0)
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);

  file = g_file_new_for_path (path);

  return G_INPUT_STREAM (g_file_read (file, NULL, error));
}

/**
 * drill_cli_token_read:
 * @path: a file with a token, `-` for standard input
 * @error: why there is none, in words for people and without any of it
 *
 * Reads a bearer token, and takes away what people save around it.
 *
 * Returns: (transfer full) (nullable): the token
 */
char *
drill_cli_token_read (const char  *path,
                      GError     **error)
{
  g_autoptr(GError) failure = NULL;
  g_autoptr(GInputStream) stream = NULL;
  g_autofree char *buffer = g_malloc0 (LARGEST_FILE + 1);
  gsize length = 0;
  char *token = NULL;

  drill_process_forbid_core_dumps ();
  drill_process_forbid_tracing ();

  stream = open_input (path, &failure);
  if (stream == NULL || !g_input_stream_read_all (stream, buffer, LARGEST_FILE, &length, NULL, &failure))
    /* Translators: %s is what the system says */
    g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("Cannot read the token file: %s"), failure->message);
  else if (length == LARGEST_FILE)
    g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("The token file is too large"));
  else if (buffer[strspn (buffer, " \t\r\n")] == '\0')
    g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("The token file is empty"));
  else
    {
      token = drill_token_clean (buffer, &failure);
      if (token == NULL)
        /* Translators: %s is a technical detail, in English */
        g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("The token file does not hold a token: %s"),
                     failure->message);
    }

  return token;
}

/**
 * drill_cli_token_check:
 * @token: a clean token
 *
 * Returns: %DRILL_CLI_NOT_AUTHORISED when it has expired, having said so
 */
int
drill_cli_token_check (const char *token)
{
  g_autoptr(GError) error = NULL;

  if (drill_token_check (token, g_get_real_time (), &error))
    return DRILL_CLI_DONE;

  return drill_cli_fail (NULL, error);
}

/* Whether anybody could answer: where there is no session bus, as in CI and in
 * cron, there is no keyring, and nothing is wrong with that */
static gboolean
may_have_keyring (void)
{
  g_autofree char *bus = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);
  const char *address = g_getenv ("DBUS_SESSION_BUS_ADDRESS");

  return (address != NULL && *address != '\0') || g_getenv ("SECRET_BACKEND") != NULL || g_file_test (bus, G_FILE_TEST_EXISTS);
}

static char *
ask_keyring (const DrillCliOptions *options,
             DrillConnection       *connection)
{
  g_autoptr(DrillSecrets) secrets = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(DrillCliWait) wait = { 0 };
  char *token;

  if (!drill_session_takes_token (connection) || !may_have_keyring ())
    return NULL;

  drill_process_forbid_core_dumps ();
  drill_process_forbid_tracing ();
  secrets = drill_secrets_new ();
  drill_cli_wait_init (&wait);
  drill_secrets_lookup_async (secrets, drill_connection_get_origin (connection), NULL, drill_cli_wait_cb, &wait);
  token = drill_secrets_lookup_finish (secrets, drill_cli_wait_run (&wait), NULL, &error);
  if (error != NULL)
    {
      g_autofree char *problem = drill_cli_describe (error, drill_cli_translate);
      /* Translators: %s is what went wrong */
      g_autofree char *message = g_strdup_printf (_("%s; going on without a token"), problem);

      drill_cli_note (options, message);
    }

  return token;
}

/**
 * drill_cli_token_find:
 * @options: the options
 * @connection: what it is for
 * @token: (out) (transfer full) (nullable): the token
 *
 * Finds the token: in the file of `--token-file` or `DRILL_TOKEN_FILE`, else in
 * the keyring. When the keyring cannot be asked, the service is asked without one.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_token_find (const DrillCliOptions  *options,
                      DrillConnection        *connection,
                      char                  **token)
{
  const char *path = options->token_file != NULL ? options->token_file : g_getenv ("DRILL_TOKEN_FILE");
  g_autoptr(GError) error = NULL;

  if (path != NULL && *path != '\0')
    {
      *token = drill_cli_token_read (path, &error);
      if (*token == NULL)
        {
          drill_cli_complain (error->message);
          return DRILL_CLI_USAGE;
        }
    }
  else
    {
      *token = ask_keyring (options, connection);
    }

  return *token != NULL ? drill_cli_token_check (*token) : DRILL_CLI_DONE;
}
