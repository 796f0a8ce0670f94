// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-commands.h"

#include <glib/gi18n.h>
#include <string.h>

#include "audit/drill-finding.h"
#include "audit/drill-package-parts.h"
#include "base/drill-error.h"
#include "base/drill-text.h"
#include "cli/drill-cli-load.h"
#include "cli/drill-cli-output.h"
#include "cli/drill-cli-save.h"
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

/* Of the .sha256 beside the file */
typedef enum {
  CHECKSUM_NONE,
  CHECKSUM_MATCHES,
  CHECKSUM_DIFFERS,
} Checksum;

static const char *const checksum_names[] = { "none", "matches", "differs" };

/* What was found of a file */
typedef struct {
  const char            *path;
  Answer                 answer;
  Checksum               checksum;
  GPtrArray             *findings;   /* DrillFinding */
  gboolean               compared;   /* with the evidence */
  DrillPackageDifference difference;
} Verified;

static void
verified_clear (Verified *verified)
{
  g_clear_pointer (&verified->findings, g_ptr_array_unref);
  drill_package_difference_clear (&verified->difference);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verified, verified_clear)

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
          g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_TOO_LARGE, N_("too large for an audit package"));
          return NULL;
        }
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static Answer
judge (GBytes     *bytes,
       GPtrArray **findings,
       GError    **error)
{
  g_autoptr(GError) problem = NULL;
  DrillVerdict verdict = drill_package_verify (bytes, findings, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
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

/* The checksum of a file is the one word of its line that is known: the file may
 * have been renamed together with it since */
static Checksum
check_sum (const char *path,
           GBytes     *bytes)
{
  g_autofree char *checksum_path = drill_cli_save_dup_checksum_path (path);
  g_autoptr(GBytes) line = g_file_test (checksum_path, G_FILE_TEST_IS_REGULAR) ? read_file (checksum_path, NULL) : NULL;
  g_autofree char *digest = NULL;
  const char *data;
  gsize length, digest_length;

  if (line == NULL)
    return CHECKSUM_NONE;

  data = g_bytes_get_data (line, &length);
  if (length > 0 && *data == '\\')
    {
      data++;
      length--;
    }

  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  digest_length = strlen (digest);

  return length >= digest_length && g_ascii_strncasecmp (data, digest, digest_length) == 0 &&
         (length == digest_length || g_ascii_isspace (data[digest_length]))
         ? CHECKSUM_MATCHES : CHECKSUM_DIFFERS;
}

/* Not in the words of the system, whose language is that of the user for programs too */
static DrillFinding *
describe_error (const GError *error)
{
  g_autoptr(GEnumClass) names = g_type_class_ref (G_TYPE_IO_ERROR_ENUM);
  const GEnumValue *name = g_enum_get_value (names, error->code);

  if (error->domain != G_IO_ERROR || name == NULL)
    return drill_finding_new_for_error (error);

  switch ((GIOErrorEnum) error->code)
    {
    case G_IO_ERROR_NOT_FOUND:
      return drill_finding_new (N_("there is no such file"));

    case G_IO_ERROR_PERMISSION_DENIED:
      return drill_finding_new (N_("you may not read this file"));

    case G_IO_ERROR_IS_DIRECTORY:
      return drill_finding_new (N_("this is a folder"));

    default:
      /* Translators: of a file; %s is a technical name, in English */
      return drill_finding_new (N_("reading it failed (%s)"), name->value_nick);
    }
}

static void
verify (Verified     *verified,
        const char   *path,
        DrillCliLoad *load) /* nullable */
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = read_file (path, &error);

  verified->path = path;
  verified->answer = ANSWER_UNREADABLE;
  if (bytes != NULL)
    verified->answer = judge (bytes, &verified->findings, &error);

  if (verified->findings == NULL || error != NULL)
    {
      g_clear_pointer (&verified->findings, g_ptr_array_unref);
      verified->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) drill_finding_free);
    }
  if (error != NULL)
    {
      g_ptr_array_add (verified->findings, describe_error (error));
      return;
    }

  verified->checksum = check_sum (path, bytes);
  if (verified->checksum == CHECKSUM_DIFFERS && verified->answer != ANSWER_NOT_A_PACKAGE)
    {
      verified->answer = ANSWER_ALTERED;
      g_ptr_array_add (verified->findings, drill_finding_new (N_("the checksum beside it, .sha256, is of other bytes")));
    }

  if (load != NULL && verified->answer != ANSWER_NOT_A_PACKAGE)
    verified->compared = drill_package_compare (bytes, drill_cli_load_evidence (load), &verified->difference, NULL);
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
append_findings (GString    *text,
                 const char *indent,
                 GPtrArray  *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *line = drill_finding_dup_text (g_ptr_array_index (findings, i), drill_cli_translate);

      g_string_append (text, indent);
      append_line (text, line);
    }
}

static void
append_table (GString        *text,
              const Verified *verified)
{
  g_autofree char *name = g_filename_display_name (verified->path);
  g_autofree char *line = g_strdup_printf ("%s: %s", name, word (verified->answer));
  const DrillPackageDifference *difference = &verified->difference;
  g_autofree char *summary = NULL;

  append_line (text, line);
  if (verified->answer != ANSWER_NOT_A_PACKAGE)
    append_findings (text, "  ", verified->findings);
  if (!verified->compared)
    return;

  /* Translators: a package compared with the evidence: a list of counts of routes */
  summary = g_strdup_printf (_("now: %u routes, %u changed, %u missing in it, %u planned later, %u not in the evidence"),
                             difference->n_routes, difference->n_changed, difference->n_missing, difference->n_newer,
                             difference->n_unknown);
  g_string_append (text, "  ");
  append_line (text, summary);
  append_findings (text, "    ", difference->changes);
}

/* For programs: the same in every language */
static void
append_list (GString   *text,
             GPtrArray *findings)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *finding = drill_finding_dup_text (g_ptr_array_index (findings, i), NULL);

      if (i > 0)
        g_string_append (text, ", ");
      drill_canonical_append_string (text, finding);
    }
  g_string_append_c (text, ']');
}

static void
append_json (GString        *text,
             const Verified *verified)
{
  g_autofree char *name = g_filename_display_name (verified->path);
  const DrillPackageDifference *difference = &verified->difference;

  g_string_append (text, "{\"file\": ");
  drill_canonical_append_string (text, name);
  g_string_append_printf (text, ", \"result\": \"%s\", \"checksum\": \"%s\", \"findings\": ",
                          answer_names[verified->answer], checksum_names[verified->checksum]);
  append_list (text, verified->findings);
  g_string_append (text, ", \"comparison\": ");
  if (verified->compared)
    {
      g_string_append_printf (text, "{\"routes\": %u, \"changed\": %u, \"missing\": %u, \"newer\": %u, \"unknown\": %u, "
                                    "\"changes\": ",
                              difference->n_routes, difference->n_changed, difference->n_missing, difference->n_newer,
                              difference->n_unknown);
      append_list (text, difference->changes);
      g_string_append_c (text, '}');
    }
  else
    {
      g_string_append (text, "null");
    }
  g_string_append_c (text, '}');
}

static void
append_csv (GString        *text,
            const Verified *verified)
{
  g_autofree char *name = g_filename_display_name (verified->path);
  g_autofree char *name_cell = drill_text_csv_cell (name);
  g_autoptr(GString) joined = g_string_new (NULL);
  g_autofree char *findings_cell = NULL;

  for (guint i = 0; i < verified->findings->len; i++)
    {
      g_autofree char *finding = drill_finding_dup_text (g_ptr_array_index (verified->findings, i), NULL);

      g_string_append_printf (joined, "%s%s", i == 0 ? "" : "; ", finding);
    }
  findings_cell = drill_text_csv_cell (joined->str);

  g_string_append_printf (text, "%s,%s,%s,%s,", name_cell, answer_names[verified->answer], findings_cell,
                          checksum_names[verified->checksum]);
  if (verified->compared)
    g_string_append_printf (text, "%u,%u,%u,%u\r\n", verified->difference.n_changed, verified->difference.n_missing,
                            verified->difference.n_newer, verified->difference.n_unknown);
  else
    g_string_append (text, ",,,\r\n");
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
  gboolean compare;
  g_auto(DrillCliLoad) load = { 0 };
  GError *error = NULL;
  int status = DRILL_CLI_DONE;

  if (!drill_cli_options_parse_command (options, _("verify FILE…"),
                                        _("Whether saved audit packages are whole and unchanged; a .sha256 beside one is "
                                          "checked too. No service is needed; with one, or --file, also what has changed since."),
                                        NULL, arguments, &usage))
    return drill_cli_usage (g_steal_pointer (&usage));

  if (options->sample)
    return drill_cli_usage (g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_INPUT,
                                                 _("verify compares with a service or a file, not with the sample")));

  if ((*arguments)[0] == NULL || (*arguments)[1] == NULL)
    return drill_cli_usage (g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("verify needs a file")));

  compare = drill_cli_options_is_live (options) || options->file != NULL;
  if (compare)
    status = drill_cli_load (&load, options);
  if (status != DRILL_CLI_DONE)
    return status;

  out = drill_cli_output_new ();
  if (options->format == DRILL_CLI_CSV)
    g_string_append (text, "file,result,findings,checksum,changed,missing,newer,unknown\r\n");

  for (guint i = 1; (*arguments)[i] != NULL; i++)
    {
      g_auto(Verified) verified = { 0 };

      verify (&verified, (*arguments)[i], compare ? &load : NULL);
      altered = altered || verified.answer == ANSWER_ALTERED;
      unread = unread || verified.answer == ANSWER_NOT_A_PACKAGE || verified.answer == ANSWER_UNREADABLE;

      if (options->format == DRILL_CLI_JSON)
        {
          g_string_append (text, i == 1 ? "[\n" : ",\n");
          append_json (text, &verified);
        }
      else if (options->format == DRILL_CLI_CSV)
        {
          append_csv (text, &verified);
        }
      else
        {
          append_table (text, &verified);
        }
    }

  if (options->format == DRILL_CLI_JSON)
    g_string_append (text, "\n]\n");
  drill_cli_output_write (out, text, &error);

  if (altered)
    status = DRILL_CLI_NEGATIVE;
  else if (unread)
    status = DRILL_CLI_USAGE;
  else if (compare)
    status = drill_cli_load_status (&load, options);

  return drill_cli_output_finish (out, status, error);
}
