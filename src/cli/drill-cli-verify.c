// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-commands.h"

#include <glib/gi18n.h>

#include "audit/drill-package.h"
#include "base/drill-error.h"
#include "base/drill-text.h"
#include "cli/drill-cli-output.h"
#include "evidence/drill-canonical.h"

#define LARGEST_PACKAGE (G_GUINT64_CONSTANT (256) << 20) /* bytes: a package of 500 routes is 300 kB */
#define CHUNK           (256 * 1024) /* bytes a read */

/* Unreadable is beside the verdicts: nothing could be judged. */
typedef enum {
  ANSWER_WHOLE,
  ANSWER_ALTERED,
  ANSWER_NOT_A_PACKAGE,
  ANSWER_UNREADABLE,
} Answer;

static const char *const answer_names[] = { "whole", "altered", "not_a_package", "unreadable" };

/* Not by the size a file says it has: a pipe and a device say 0 */
static GBytes *
read_file (const char  *path,
           GError     **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  gsize n = CHUNK;

  if (stream == NULL)
    return NULL;

  while (n == CHUNK)
    {
      guint length = bytes->len;

      g_byte_array_set_size (bytes, length + CHUNK);
      if (!g_input_stream_read_all (G_INPUT_STREAM (stream), bytes->data + length, CHUNK, &n, NULL, error))
        return NULL;

      g_byte_array_set_size (bytes, length + (guint) n);
      if (bytes->len > LARGEST_PACKAGE)
        {
          g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_TOO_LARGE, _("too large for an audit package"));
          return NULL;
        }
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static Answer
verify (const char  *path,
        GPtrArray  **findings)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = read_file (path, &error);
  DrillVerdict verdict = DRILL_VERDICT_NOT_A_PACKAGE;

  *findings = NULL;
  if (bytes != NULL)
    verdict = drill_package_verify (bytes, findings, &error);

  if (error != NULL)
    {
      g_clear_pointer (findings, g_ptr_array_unref);
      *findings = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (*findings, g_strdup (error->message));
      return ANSWER_UNREADABLE;
    }

  switch (verdict)
    {
    case DRILL_VERDICT_WHOLE:
      return ANSWER_WHOLE;

    case DRILL_VERDICT_ALTERED:
      return ANSWER_ALTERED;

    case DRILL_VERDICT_NOT_A_PACKAGE:
    default:
      return ANSWER_NOT_A_PACKAGE;
    }
}

static const char *
word (Answer answer)
{
  switch (answer)
    {
    case ANSWER_WHOLE:
      return _("whole");

    case ANSWER_ALTERED:
      return _("altered");

    case ANSWER_NOT_A_PACKAGE:
      return _("not an audit package");

    case ANSWER_UNREADABLE:
    default:
      return _("unreadable");
    }
}

static void
append_line (GString    *text,
             const char *line)
{
  g_autofree char *safe = drill_text_one_line (line);

  g_string_append (text, safe);
  g_string_append_c (text, '\n');
}

static void
append_table (GString    *text,
              const char *path,
              Answer      answer,
              GPtrArray  *findings)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *line = g_strdup_printf ("%s: %s", name, word (answer));

  append_line (text, line);
  for (guint i = 0; answer != ANSWER_NOT_A_PACKAGE && i < findings->len; i++)
    {
      g_string_append (text, "  ");
      append_line (text, g_ptr_array_index (findings, i));
    }
}

static void
append_json (GString    *text,
             const char *path,
             Answer      answer,
             GPtrArray  *findings)
{
  g_autofree char *name = g_filename_display_name (path);

  g_string_append (text, "{\"file\": ");
  drill_canonical_append_string (text, name);
  g_string_append_printf (text, ", \"result\": \"%s\", \"findings\": [", answer_names[answer]);
  for (guint i = 0; i < findings->len; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      drill_canonical_append_string (text, g_ptr_array_index (findings, i));
    }
  g_string_append (text, "]}");
}

static void
append_csv (GString    *text,
            const char *path,
            Answer      answer,
            GPtrArray  *findings)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *name_cell = drill_text_csv_cell (name);
  g_autoptr(GString) joined = g_string_new (NULL);
  g_autofree char *findings_cell = NULL;

  for (guint i = 0; i < findings->len; i++)
    g_string_append_printf (joined, "%s%s", i == 0 ? "" : "; ", (const char *) g_ptr_array_index (findings, i));
  findings_cell = drill_text_csv_cell (joined->str);

  g_string_append_printf (text, "%s,%s,%s\r\n", name_cell, answer_names[answer], findings_cell);
}

/**
 * drill_cli_verify:
 * @options: the options of all commands
 * @arguments: (inout): the command line from the command on
 *
 * `drillctl verify FILE…`. An altered package is the worst that can be found,
 * even beside files that could not be read.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_verify (DrillCliOptions   *options,
                  char            ***arguments)
{
  g_autoptr(GError) usage = NULL;
  g_autoptr(GOutputStream) out = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean altered = FALSE;
  gboolean unread = FALSE;
  GError *error = NULL;

  if (!drill_cli_options_parse_command (options, _("verify FILE…"),
                                        _("Whether saved audit packages are whole and unchanged, without a service."),
                                        NULL, arguments, &usage))
    return drill_cli_usage (g_steal_pointer (&usage));

  if (options->server != NULL || options->file != NULL || options->sample)
    return drill_cli_usage (g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_INPUT,
                                                 _("verify reads the files that follow it and no source")));

  if ((*arguments)[0] == NULL || (*arguments)[1] == NULL)
    return drill_cli_usage (g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("verify needs a file")));

  out = drill_cli_output_new ();
  if (options->format == DRILL_CLI_CSV)
    g_string_append (text, "file,result,findings\r\n");

  for (guint i = 1; (*arguments)[i] != NULL; i++)
    {
      g_autoptr(GPtrArray) findings = NULL;
      Answer answer = verify ((*arguments)[i], &findings);

      altered = altered || answer == ANSWER_ALTERED;
      unread = unread || answer == ANSWER_NOT_A_PACKAGE || answer == ANSWER_UNREADABLE;

      if (options->format == DRILL_CLI_JSON)
        {
          g_string_append (text, i == 1 ? "[\n" : ",\n");
          append_json (text, (*arguments)[i], answer, findings);
        }
      else if (options->format == DRILL_CLI_CSV)
        {
          append_csv (text, (*arguments)[i], answer, findings);
        }
      else
        {
          append_table (text, (*arguments)[i], answer, findings);
        }
    }

  if (options->format == DRILL_CLI_JSON)
    g_string_append (text, "\n]\n");
  drill_cli_output_write (out, text, &error);

  return drill_cli_output_finish (out, altered ? DRILL_CLI_NEGATIVE : unread ? DRILL_CLI_USAGE : DRILL_CLI_DONE, error);
}
