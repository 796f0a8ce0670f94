// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-file-save.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <gio/gfiledescriptorbased.h>
#include <glib/gi18n-lib.h>

#include "base/drill-error.h"
#include "base/drill-text.h"

typedef struct {
  DrillFileWriter writer;
  gpointer        user_data;
  GDestroyNotify  destroy;
} Save;

static void
save_free (Save *save)
{
  if (save->destroy != NULL)
    save->destroy (save->user_data);
  g_free (save);
}

/* Where the bytes really go: a link keeps pointing to what is replaced. */
static GFile *
resolve (GFile *file)
{
  g_autofree char *real = NULL;
  const char *path = g_file_peek_path (file);
  char *resolved = path != NULL ? realpath (path, NULL) : NULL;

  if (resolved == NULL)
    return g_object_ref (file);

  real = g_strdup (resolved);
  free (resolved);

  return g_file_new_for_path (real);
}

static GFile *
make_sibling (GFile *file)
{
  g_autoptr(GFile) folder = g_file_get_parent (file);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = NULL;

  uuid[8] = '\0';
  name = g_strdup_printf (".drill-%s.part", uuid);

  return folder != NULL ? g_file_get_child (folder, name) : NULL;
}

/* A name in the folder must not come to point to a file whose bytes are not
 * on the disk yet. */
static gboolean
flush_to_disk (GOutputStream  *stream,
               GCancellable   *cancellable,
               GError        **error)
{
  if (!g_output_stream_flush (stream, cancellable, error))
    return FALSE;

  if (G_IS_FILE_DESCRIPTOR_BASED (stream) &&
      fsync (g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (stream))) != 0 &&
      errno != EINVAL && errno != ENOTSUP)
    {
      int code = errno;

      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
      return FALSE;
    }

  return TRUE;
}

static gboolean
write_part (GFile         *part,
            Save          *save,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GFileOutputStream) file_stream = NULL;
  g_autoptr(GOutputStream) stream = NULL;

  file_stream = g_file_create (part, G_FILE_CREATE_NONE, cancellable, error);
  if (file_stream == NULL)
    return FALSE;

  stream = g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (file_stream), 256 * 1024);
  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (stream), FALSE);

  return save->writer (stream, save->user_data, cancellable, error) &&
         g_output_stream_close (stream, cancellable, error) &&
         flush_to_disk (G_OUTPUT_STREAM (file_stream), cancellable, error) &&
         g_output_stream_close (G_OUTPUT_STREAM (file_stream), cancellable, error);
}

static gboolean
replace (GFile         *file,
         Save          *save,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr(GFile) target = resolve (file);
  g_autoptr(GFile) part = make_sibling (target);
  g_autoptr(GFileInfo) former = NULL;

  if (part == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, "not a file");
      return FALSE;
    }

  former = g_file_query_info (target, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_UNIX_MODE,
                              G_FILE_QUERY_INFO_NONE, cancellable, NULL);
  if (former != NULL && g_file_info_get_file_type (former) != G_FILE_TYPE_REGULAR)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "not a regular file");
      return FALSE;
    }

  if (!write_part (part, save, cancellable, error))
    {
      g_file_delete (part, NULL, NULL);
      return FALSE;
    }

  if (former != NULL && g_file_info_has_attribute (former, G_FILE_ATTRIBUTE_UNIX_MODE))
    g_file_set_attribute_uint32 (part, G_FILE_ATTRIBUTE_UNIX_MODE,
                                 g_file_info_get_attribute_uint32 (former, G_FILE_ATTRIBUTE_UNIX_MODE),
                                 G_FILE_QUERY_INFO_NONE, NULL, NULL);

  if (!g_file_move (part, target, G_FILE_COPY_OVERWRITE, cancellable, NULL, NULL, error))
    {
      g_file_delete (part, NULL, NULL);
      return FALSE;
    }

  return TRUE;
}

static void
save_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;

  if (replace (source_object, task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
write_bytes (GOutputStream  *stream,
             gpointer        user_data,
             GCancellable   *cancellable,
             GError        **error)
{
  GBytes *bytes = user_data;

  return g_output_stream_write_all (stream, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                    NULL, cancellable, error);
}

/**
 * drill_file_save_async:
 * @file: where to save; what was there before is replaced
 * @writer: writes the content, in a worker thread
 * @user_data: (nullable): for @writer
 * @destroy: (nullable): frees @user_data
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @callback_data: for @callback
 *
 * Saves a file as a whole or not at all: the content is written beside it and
 * takes its place when it is complete. When writing fails or is cancelled,
 * what was there before is untouched and nothing is left behind.
 */
void
drill_file_save_async (GFile               *file,
                       DrillFileWriter      writer,
                       gpointer             user_data,
                       GDestroyNotify       destroy,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             callback_data)
{
  g_autoptr(GTask) task = NULL;
  Save *save = g_new0 (Save, 1);

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (writer != NULL);

  save->writer = writer;
  save->user_data = user_data;
  save->destroy = destroy;

  task = g_task_new (file, cancellable, callback, callback_data);
  g_task_set_source_tag (task, drill_file_save_async);
  g_task_set_task_data (task, save, (GDestroyNotify) save_free);
  /* Whether the file was replaced is what counts, even when Cancel came late. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, save_thread);
}

/**
 * drill_file_save_bytes_async:
 * @file: where to save
 * @bytes: the content
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @callback_data: for @callback
 *
 * drill_file_save_async() of content that is in memory.
 */
void
drill_file_save_bytes_async (GFile               *file,
                             GBytes              *bytes,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             callback_data)
{
  g_return_if_fail (bytes != NULL);

  drill_file_save_async (file, write_bytes, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref,
                         cancellable, callback, callback_data);
}

/**
 * drill_file_save_finish:
 * @file: the file
 * @result: the result
 * @error: `G_IO_ERROR` of the file system, or what the writer failed with
 *
 * Returns: whether the file holds the new content
 */
gboolean
drill_file_save_finish (GFile         *file,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * drill_file_save_dup_error_text:
 * @file: the file that was to be saved
 * @error: why it was not
 *
 * Returns: (transfer full) (nullable): what happened and what to do next, as
 *   plain text; %NULL when it was cancelled, which needs no words
 */
char *
drill_file_save_dup_error_text (GFile        *file,
                                const GError *error)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = drill_text_one_line (base);
  g_autofree char *detail = drill_text_one_line (error->message);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, DRILL_ERROR, DRILL_ERROR_CANCELLED))
    return NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return g_strdup_printf (_("“%s” was not saved: the disk is full. Make room or choose another folder."), name);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    return g_strdup_printf (_("“%s” was not saved: you may not write in this folder. Choose another one."), name);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    return g_strdup_printf (_("“%s” was not saved: the folder is not there any more. Choose another one."), name);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE))
    return g_strdup_printf (_("“%s” was not saved: there is something else of this name. Choose another name."), name);

  /* Translators: the name of a file, and what the system says */
  return g_strdup_printf (_("“%s” was not saved: %s"), name, detail);
}
