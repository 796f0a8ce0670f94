// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DrillFileWriter:
 * @stream: where to write
 * @user_data: what was handed to drill_file_save_async()
 * @cancellable: set when somebody presses Cancel
 * @error: why it failed
 *
 * Writes the whole content of a file. Called in a worker thread.
 *
 * Returns: whether all of it was written
 */
typedef gboolean (*DrillFileWriter) (GOutputStream  *stream,
                                     gpointer        user_data,
                                     GCancellable   *cancellable,
                                     GError        **error);

void      drill_file_save_async          (GFile                *file,
                                          DrillFileWriter       writer,
                                          gpointer              user_data,
                                          GDestroyNotify        destroy,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              callback_data);
void      drill_file_save_bytes_async    (GFile                *file,
                                          GBytes               *bytes,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              callback_data);
gboolean  drill_file_save_finish         (GFile                *file,
                                          GAsyncResult         *result,
                                          GError              **error);
char     *drill_file_save_dup_error_text (GFile                *file,
                                          const GError         *error);

G_END_DECLS
