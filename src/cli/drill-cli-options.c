// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-options.h"

#include <glib/gi18n.h>

#include "base/drill-error.h"
#include "base/drill-time.h"

/* Texts are taken as bytes and checked here: as "string" options GLib would
 * convert them from the locale and refuse anything but ASCII in the C locale,
 * which is what scripts and CI run in. */
static void
add_global_entries (GOptionContext  *context,
                    DrillCliOptions *self,
                    gboolean         with_version)
{
  const GOptionEntry entries[] = {
    { "server", 0, 0, G_OPTION_ARG_FILENAME, &self->server,
      N_("Work with the service at URL"), N_("URL") },
    { "connection", 0, 0, G_OPTION_ARG_FILENAME, &self->connection,
      N_("Work with the saved connection NAME"), N_("NAME") },
    { "file", 0, 0, G_OPTION_ARG_FILENAME, &self->file,
      N_("Read a saved history or audit package"), N_("PATH") },
    { "sample", 0, 0, G_OPTION_ARG_NONE, &self->sample,
      N_("Read the bundled sample data (default)"), NULL },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &self->ca_file,
      N_("Trust the certificate authorities in PATH"), N_("PATH") },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &self->token_file,
      N_("Read the token from PATH, - for standard input; DRILL_TOKEN_FILE also names one; else the keyring is asked"),
      N_("PATH") },
    { "actor", 0, 0, G_OPTION_ARG_FILENAME, &self->actor,
      N_("Who you are, for services that do not know it"), N_("NAME") },
    { "now", 0, 0, G_OPTION_ARG_FILENAME, &self->now_text,
      N_("Judge ages as of TIME (ISO 8601); for commands that only read"), N_("TIME") },
    { "format", 0, 0, G_OPTION_ARG_FILENAME, &self->format_text,
      N_("table (default), json or csv"), N_("FORMAT") },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &self->quiet,
      N_("No notes and no progress on standard error"), NULL },
    { NULL }
  };
  const GOptionEntry version_entry[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_("Show the version"), NULL },
    { NULL }
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (with_version)
    g_option_context_add_main_entries (context, version_entry, GETTEXT_PACKAGE);
}

static gboolean
usage_error (GError     **error,
             const char  *message)
{
  g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, message);

  return FALSE;
}

static gboolean
check_format (DrillCliOptions  *self,
              GError          **error)
{
  static const char *const names[] = { "table", "json", "csv" };

  if (self->format_text == NULL)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (self->format_text, names[i]))
      {
        self->format = (DrillCliFormat) i;
        return TRUE;
      }

  return usage_error (error, _("--format is table, json or csv"));
}

static gboolean
check (DrillCliOptions  *self,
       GError          **error)
{
  if (!check_format (self, error))
    return FALSE;

  if ((self->server != NULL) + (self->connection != NULL) + (self->file != NULL) + (self->sample != FALSE) > 1)
    return usage_error (error, _("Give only one of --server, --connection, --file and --sample"));

  if (!drill_cli_options_is_live (self) && self->token_file != NULL)
    return usage_error (error, _("--token-file needs --server or --connection"));

  if (!drill_cli_options_is_live (self) && self->ca_file != NULL)
    return usage_error (error, _("--ca-file needs --server or --connection"));

  if (self->token_file != NULL && *self->token_file == '\0')
    return usage_error (error, _("--token-file needs a path"));

  if (self->actor != NULL && (!g_utf8_validate (self->actor, -1, NULL) || *g_strstrip (self->actor) == '\0'))
    return usage_error (error, _("--actor needs a name"));

  if (self->file != NULL && *self->file == '\0')
    return usage_error (error, _("--file needs a path"));

  if (self->now_text != NULL)
    {
      self->now_us = drill_time_parse (self->now_text, -1);
      if (self->now_us == DRILL_TIME_UNKNOWN)
        return usage_error (error, _("--now is an ISO 8601 time such as 2026-01-01T12:00:00+00:00"));
    }
  else
    {
      self->now_us = g_get_real_time ();
    }

  return TRUE;
}

/**
 * drill_cli_options_clear:
 * @self: options
 *
 * Frees what they hold.
 */
void
drill_cli_options_clear (DrillCliOptions *self)
{
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->file, g_free);
  g_clear_pointer (&self->ca_file, g_free);
  g_clear_pointer (&self->token_file, g_free);
  g_clear_pointer (&self->format_text, g_free);
  g_clear_pointer (&self->now_text, g_free);
  g_clear_pointer (&self->connection, g_free);
  g_clear_pointer (&self->actor, g_free);
}

/**
 * drill_cli_options_parse_global:
 * @self: options
 * @description: what `--help` says of the commands
 * @arguments: (inout): the command line; what is left begins with the command
 * @error: what is wrong with it
 *
 * Reads the options before the command. They are only checked with the command.
 * `--help` prints and ends the program.
 *
 * Returns: %TRUE when they could be read
 */
gboolean
drill_cli_options_parse_global (DrillCliOptions   *self,
                                const char        *description,
                                char            ***arguments,
                                GError           **error)
{
  g_autoptr(GOptionContext) context = g_option_context_new (_("COMMAND [OPTION…]"));

  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_summary (context, _("Rollback-drill evidence for scripts: routes, acknowledgements, escalation."));
  g_option_context_set_description (context, description);
  add_global_entries (context, self, TRUE);

  return g_option_context_parse_strv (context, arguments, error);
}

/**
 * drill_cli_options_parse_command:
 * @self: options
 * @command: name of the command and its arguments, for `--help`
 * @summary: what it does
 * @entries: (nullable): its own options
 * @arguments: (inout): the command line from the command on; its arguments are left
 * @error: what is wrong with it
 *
 * Reads the options behind the command and checks all of them.
 *
 * Returns: %TRUE when they could be read and fit together
 */
gboolean
drill_cli_options_parse_command (DrillCliOptions      *self,
                                 const char           *command,
                                 const char           *summary,
                                 const GOptionEntry   *entries,
                                 char               ***arguments,
                                 GError              **error)
{
  g_autoptr(GOptionContext) context = g_option_context_new (command);

  g_option_context_set_summary (context, summary);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  add_global_entries (context, self, FALSE);

  if (!g_option_context_parse_strv (context, arguments, error))
    return FALSE;

  return check (self, error);
}

/**
 * drill_cli_options_is_live:
 * @self: options
 *
 * Returns: whether they name a service
 */
gboolean
drill_cli_options_is_live (const DrillCliOptions *self)
{
  return self->server != NULL || self->connection != NULL;
}

/**
 * drill_cli_options_check_writing:
 * @self: checked options
 * @error: set when they do not fit a command that changes something
 *
 * Returns: %TRUE when they do: what is recorded is recorded now
 */
gboolean
drill_cli_options_check_writing (const DrillCliOptions  *self,
                                 GError                **error)
{
  if (self->now_text != NULL)
    return usage_error (error, _("--now is only for commands that read"));

  return TRUE;
}

/**
 * drill_cli_options_check_texts:
 * @values: (nullable) (array zero-terminated=1): values of an option
 * @error: set when one is no text
 *
 * Returns: %TRUE when all are UTF-8, as evidence is
 */
gboolean
drill_cli_options_check_texts (char *const  *values,
                               GError      **error)
{
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    if (!g_utf8_validate (values[i], -1, NULL))
      return usage_error (error, _("An option's value is not valid UTF-8"));

  return TRUE;
}

/**
 * drill_cli_options_no_arguments:
 * @arguments: what drill_cli_options_parse_command() left
 * @error: set when that is more than the command
 *
 * Returns: %TRUE when a command that takes no arguments got none
 */
gboolean
drill_cli_options_no_arguments (char   **arguments,
                                GError **error)
{
  if (g_strv_length (arguments) <= 1)
    return TRUE;

  g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("Unexpected argument “%s”"), arguments[1]);

  return FALSE;
}
