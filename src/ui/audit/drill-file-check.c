// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-file-check.h"

#include <string.h>

#include "audit/drill-package-files.h"
#include "base/drill-error.h"
#include "evidence/drill-evidence-builder.h"

/* Packages say what they are near their beginning or, with sorted keys, their end. */
#define SNIFFED (64 * 1024) /* bytes */

/* A checksum file has one line; a list of many is read as far as this. */
#define MAX_CHECKSUMS (1024 * 1024) /* bytes */

#define HEX_LENGTH 64

static GFileInputStream *
open_regular (GFile         *file,
              goffset       *size,
              GCancellable  *cancellable,
              GError       **error)
{
  /* Asked for by name, and not of what was opened: opening a pipe would wait for its other end. */
  g_autoptr(GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                 G_FILE_QUERY_INFO_NONE, cancellable, error);

  if (info == NULL)
    return NULL;

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "not a regular file");
      return NULL;
    }

  *size = g_file_info_get_size (info);

  return g_file_read (file, cancellable, error);
}

static GBytes *
read_file (GFile         *file,
           guint64        max_size,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(GFileInputStream) stream = NULL;
  g_autoptr(GOutputStream) content = g_memory_output_stream_new_resizable ();
  goffset size = 0;

  stream = open_regular (file, &size, cancellable, error);
  if (stream == NULL)
    return NULL;

  if ((guint64) size > max_size)
    {
      g_set_error (error, DRILL_ERROR, DRILL_ERROR_TOO_LARGE, "over %" G_GUINT64_FORMAT " bytes", max_size);
      return NULL;
    }

  if (g_output_stream_splice (content, G_INPUT_STREAM (stream), G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                              cancellable, error) < 0)
    return NULL;

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (content));
}

static GFile *
get_checksum_file (GFile *file)
{
  g_autoptr(GFile) folder = g_file_get_parent (file);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_strconcat (base, ".sha256", NULL);

  return folder != NULL ? g_file_get_child (folder, name) : NULL;
}

/* The sum of the line about this file, as sha256sum reads it; or of one that has nothing but a sum */
static DrillChecksum
compare_checksum (GBytes     *sums,
                  const char *right,
                  const char *name)
{
  gsize size;
  const char *data = g_bytes_get_data (sums, &size);
  g_autofree char *text = g_strndup (data, size);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  DrillChecksum checksum = DRILL_CHECKSUM_UNREADABLE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = lines[i];
      gboolean same;

      /* What is behind the sum may be escaped, which a backslash in front says: compare whole lines */
      if (right == NULL || strlen (line) < HEX_LENGTH)
        continue;
      if (strspn (line + (*line == '\\'), "0123456789abcdefABCDEF") != HEX_LENGTH)
        continue;

      same = g_ascii_strncasecmp (line + (*line == '\\'), right + (*right == '\\'), HEX_LENGTH) == 0;
      line += (*line == '\\') + HEX_LENGTH;
      if (*line != '\0' && !(strlen (line) > 2 && g_strcmp0 (line + 2, name) == 0))
        continue;
      if (!same)
        return DRILL_CHECKSUM_DIFFERS;
      checksum = DRILL_CHECKSUM_FITS;
    }

  return checksum;
}

static DrillChecksum
check_checksum (GFile        *file,
                GBytes       *bytes,
                GCancellable *cancellable)
{
  g_autoptr(GFile) checksum_file = get_checksum_file (file);
  g_autoptr(GBytes) sums = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *line = NULL;
  char *name;

  if (checksum_file == NULL)
    return DRILL_CHECKSUM_NONE;

  sums = read_file (checksum_file, MAX_CHECKSUMS, cancellable, &error);
  if (sums == NULL)
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ? DRILL_CHECKSUM_NONE : DRILL_CHECKSUM_UNREADABLE;

  line = drill_package_checksum_line (bytes, base);
  g_strchomp (line);
  name = strstr (line, "  ");

  return compare_checksum (sums, line, name != NULL ? name + 2 : base);
}

static gboolean
is_archive (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size > 4 && memcmp (data, "PK\003\004", 4) == 0;
}

static void
check_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr(GBytes) bytes = read_file (source_object, DRILL_MAX_DOCUMENT, cancellable, &error);
  DrillFileCheck *check;

  if (bytes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  check = g_new0 (DrillFileCheck, 1);
  check->is_archive = is_archive (bytes);
  check->checksum = check_checksum (source_object, bytes, cancellable);
  check->package = drill_package_check_new (bytes, task_data);
  check->bytes = g_steal_pointer (&bytes);
  g_task_return_pointer (task, check, (GDestroyNotify) drill_file_check_free);
}

static gboolean
read_some (GInputStream  *stream,
           GString       *text,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree char *buffer = g_malloc (SNIFFED);
  gsize n_read;

  if (!g_input_stream_read_all (stream, buffer, SNIFFED, &n_read, cancellable, error))
    return FALSE;
  g_string_append_len (text, buffer, (gssize) n_read);

  return TRUE;
}

static gboolean
holds (GString    *text,
       const char *word)
{
  return g_strstr_len (text->str, (gssize) text->len, word) != NULL;
}

static void
sniff_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  GError *error = NULL;
  goffset size = 0;
  g_autoptr(GFileInputStream) stream = open_regular (source_object, &size, cancellable, &error);
  g_autoptr(GString) text = g_string_new (NULL);

  if (stream == NULL ||
      !read_some (G_INPUT_STREAM (stream), text, cancellable, &error) ||
      (size > 2 * SNIFFED &&
       !g_seekable_seek (G_SEEKABLE (stream), size - SNIFFED, G_SEEK_SET, cancellable, &error)) ||
      !read_some (G_INPUT_STREAM (stream), text, cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  /* Evidence items have their kind, and packages none */
  g_task_return_boolean (task, !holds (text, "\"metadata_kind\"") &&
                               (holds (text, DRILL_PACKAGE_SCHEMA) ||
                                (holds (text, "\"audit_id\"") && holds (text, "\"routes\""))));
}

void
drill_file_check_free (DrillFileCheck *check)
{
  g_clear_pointer (&check->bytes, g_bytes_unref);
  g_clear_pointer (&check->package, drill_package_check_free);
  g_free (check);
}

/**
 * drill_file_check_async:
 * @file: a file
 * @evidence: (nullable): what to compare it with
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads a file, up to %DRILL_MAX_DOCUMENT, and verifies it as an audit package
 * in a worker thread, together with the checksum beside it.
 */
void
drill_file_check_async (GFile               *file,
                        DrillEvidence       *evidence,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (file, cancellable, callback, user_data);

  g_task_set_source_tag (task, drill_file_check_async);
  if (evidence != NULL)
    g_task_set_task_data (task, drill_evidence_ref (evidence), (GDestroyNotify) drill_evidence_unref);
  g_task_run_in_thread (task, check_thread);
}

/**
 * drill_file_check_finish:
 * @file: the file
 * @result: the result
 * @error: of the file system, or %DRILL_ERROR_TOO_LARGE: it cannot be read
 *
 * Returns: (transfer full) (nullable): what is known of it
 */
DrillFileCheck *
drill_file_check_finish (GFile         *file,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * drill_file_sniff_async:
 * @file: a file
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds out whether a file looks like an audit package, without reading all of it.
 */
void
drill_file_sniff_async (GFile               *file,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (file, cancellable, callback, user_data);

  g_task_set_source_tag (task, drill_file_sniff_async);
  g_task_run_in_thread (task, sniff_thread);
}

/**
 * drill_file_sniff_finish:
 * @file: the file
 * @result: the result
 * @error: why it cannot be read
 *
 * Returns: whether it looks like an audit package
 */
gboolean
drill_file_sniff_finish (GFile         *file,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
