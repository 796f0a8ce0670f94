// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-output.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/drill-text.h"

#define BUFFER_BYTES (64 * 1024) /* a write for a hundred rows, not for each */

/* Bytes, not g_print(): the data is UTF-8 whatever the locale says. */
static void
write_line (const char *message)
{
  g_autofree char *safe = drill_text_redact (message);
  g_autofree char *line = drill_text_one_line (safe);
  g_autofree char *text = g_strdup_printf ("drillctl: %s\n", line);
  gssize written = write (STDERR_FILENO, text, strlen (text));

  (void) written; /* there is nobody left to tell */
}

/**
 * drill_cli_output_new:
 *
 * Returns: (transfer full): standard output, buffered
 */
GOutputStream *
drill_cli_output_new (void)
{
  g_autoptr(GOutputStream) bare = g_unix_output_stream_new (STDOUT_FILENO, FALSE);

  return g_buffered_output_stream_new_sized (bare, BUFFER_BYTES);
}

/**
 * drill_cli_output_is_terminal:
 *
 * Returns: %TRUE when a person reads standard output as it is
 */
gboolean
drill_cli_output_is_terminal (void)
{
  return isatty (STDOUT_FILENO) == 1;
}

/**
 * drill_cli_output_write:
 * @out: standard output
 * @text: what to write; empty afterwards
 * @error: a GIO error
 *
 * Returns: %TRUE when it was written
 */
gboolean
drill_cli_output_write (GOutputStream  *out,
                        GString        *text,
                        GError        **error)
{
  gboolean written = g_output_stream_write_all (out, text->str, text->len, NULL, NULL, error);

  g_string_truncate (text, 0);

  return written;
}

/**
 * drill_cli_output_finish:
 * @out: standard output
 * @status: a #DrillCliExit to end with when all went well
 * @error: (nullable) (transfer full): what went wrong with writing so far
 *
 * Writes what is still buffered. Whoever closed the other end of a pipe has
 * seen enough: that is no error worth a message. A verdict that was reached
 * stays one; otherwise the command was done in part.
 *
 * Returns: the exit status
 */
int
drill_cli_output_finish (GOutputStream *out,
                         int            status,
                         GError        *error)
{
  g_autoptr(GError) failure = error;

  if (failure == NULL)
    g_output_stream_flush (out, NULL, &failure);

  if (failure == NULL)
    return status;

  if (!g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    {
      /* Translators: %s is what the system says */
      g_autofree char *message = g_strdup_printf (_("Writing failed: %s"), failure->message);

      drill_cli_complain (message);
    }

  return status != DRILL_CLI_DONE ? status : DRILL_CLI_PARTIAL;
}

/**
 * drill_cli_print:
 * @options: the options, with the format
 * @formats: what to print in which
 * @what: what they get
 * @status: how the command ends when all of it can be written
 *
 * Prints what a command has to say.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_print (const DrillCliOptions *options,
                 const DrillCliFormats *formats,
                 gpointer               what,
                 int                    status)
{
  g_autoptr(GOutputStream) out = drill_cli_output_new ();
  g_autoptr(GString) text = g_string_new (NULL);
  GError *error = NULL;

  switch (options->format)
    {
    case DRILL_CLI_JSON:
      formats->append_json (text, what);
      drill_cli_output_write (out, text, &error);
      break;

    case DRILL_CLI_CSV:
      formats->append_csv (text, what);
      drill_cli_output_write (out, text, &error);
      break;

    case DRILL_CLI_TABLE:
    default:
      formats->write_table (what, out, &error);
      break;
    }

  return drill_cli_output_finish (out, status, error);
}

/**
 * drill_cli_append_double:
 * @text: where to
 * @value: minutes with two decimals, NaN for null
 *
 * Appends a number of a JSON document.
 */
void
drill_cli_append_double (GString *text,
                         double   value)
{
  if (isnan (value))
    g_string_append (text, "null");
  else
    drill_route_append_age (text, value);
}

/**
 * drill_cli_note:
 * @options: the options
 * @message: something to know that is no error
 *
 * Says it on standard error, unless `--quiet`.
 */
void
drill_cli_note (const DrillCliOptions *options,
                const char            *message)
{
  if (!options->quiet)
    write_line (message);
}

/**
 * drill_cli_complain:
 * @message: what went wrong
 *
 * Says it in one line on standard error, without anything like a token.
 */
void
drill_cli_complain (const char *message)
{
  write_line (message);
}

/**
 * drill_cli_progress:
 * @words: (nullable): how far it is; %NULL to take it away
 *
 * Writes over the last line of a terminal's standard error.
 */
void
drill_cli_progress (const char *words)
{
  g_autofree char *line = g_strconcat ("\r", words != NULL ? words : "", "\033[K", NULL);
  gssize written = write (STDERR_FILENO, line, strlen (line));

  (void) written;
}

/**
 * drill_cli_usage:
 * @error: (transfer full): what is wrong with the command line
 *
 * Returns: %DRILL_CLI_USAGE, having said so
 */
int
drill_cli_usage (GError *error)
{
  g_autoptr(GError) wrong = error;
  /* Translators: %s is what is wrong with the command line */
  g_autofree char *message = g_strdup_printf (_("%s (see drillctl --help)"), wrong->message);

  drill_cli_complain (message);

  return DRILL_CLI_USAGE;
}

/**
 * drill_cli_translate:
 * @text: a text
 *
 * A #DrillTranslate, for output that people read.
 *
 * Returns: (transfer none): the same in the language of the user
 */
const char *
drill_cli_translate (const char *text)
{
  return _(text);
}
