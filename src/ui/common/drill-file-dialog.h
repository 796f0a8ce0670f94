// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DrillFileType:
 * @DRILL_FILE_TYPE_JSON: JSON documents
 * @DRILL_FILE_TYPE_CSV: CSV tables
 * @DRILL_FILE_TYPE_ZIP: ZIP archives
 * @DRILL_FILE_TYPE_PDF: documents to be printed
 * @DRILL_FILE_TYPE_CERTIFICATE: certificates of authorities
 *
 * What a file chooser lists first.
 */
typedef enum {
  DRILL_FILE_TYPE_JSON,
  DRILL_FILE_TYPE_CSV,
  DRILL_FILE_TYPE_ZIP,
  DRILL_FILE_TYPE_PDF,
  DRILL_FILE_TYPE_CERTIFICATE,
} DrillFileType;

void   drill_file_dialog_open_async  (GtkWindow            *parent,
                                      const char           *title,
                                      DrillFileType         type,
                                      GSettings            *settings,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GFile *drill_file_dialog_open_finish (GAsyncResult         *result,
                                      GError              **error);
void   drill_file_dialog_save_async  (GtkWindow            *parent,
                                      const char           *title,
                                      const char           *file_name,
                                      DrillFileType         type,
                                      GSettings            *settings,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GFile *drill_file_dialog_save_finish (GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
