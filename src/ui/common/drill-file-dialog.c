// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-file-dialog.h"

#include <glib/gi18n-lib.h>

/* The one place that knows which file chooser of GTK is used: the newer one
 * needs a GTK above the floor. */

#define LAST_FOLDER "last-folder"

typedef struct {
  GtkFileChooserNative *dialog;
  GSettings            *settings;
  gulong                cancelled_id;
} Chooser;

static void
chooser_free (Chooser *chooser)
{
  g_clear_object (&chooser->dialog);
  g_clear_object (&chooser->settings);
  g_free (chooser);
}

static void
add_filter (GtkFileChooser *dialog,
            DrillFileType   type)
{
  g_autoptr(GtkFileFilter) wanted = gtk_file_filter_new ();
  g_autoptr(GtkFileFilter) all = gtk_file_filter_new ();

  switch (type)
    {
    case DRILL_FILE_TYPE_CSV:
      gtk_file_filter_set_name (wanted, _("CSV Tables"));
      gtk_file_filter_add_suffix (wanted, "csv");
      break;
    case DRILL_FILE_TYPE_ZIP:
      gtk_file_filter_set_name (wanted, _("ZIP Archives"));
      gtk_file_filter_add_suffix (wanted, "zip");
      break;
    case DRILL_FILE_TYPE_PDF:
      gtk_file_filter_set_name (wanted, _("PDF Documents"));
      gtk_file_filter_add_suffix (wanted, "pdf");
      break;
    case DRILL_FILE_TYPE_CERTIFICATE:
      gtk_file_filter_set_name (wanted, _("Certificates"));
      gtk_file_filter_add_suffix (wanted, "pem");
      gtk_file_filter_add_suffix (wanted, "crt");
      gtk_file_filter_add_suffix (wanted, "cer");
      break;
    case DRILL_FILE_TYPE_JSON:
    default:
      gtk_file_filter_set_name (wanted, _("JSON Documents"));
      gtk_file_filter_add_suffix (wanted, "json");
      break;
    }
  gtk_file_filter_set_name (all, _("All Files"));
  gtk_file_filter_add_pattern (all, "*");

  gtk_file_chooser_add_filter (dialog, wanted);
  gtk_file_chooser_add_filter (dialog, all);
  gtk_file_chooser_set_filter (dialog, wanted);
}

static void
restore_folder (GtkFileChooser *dialog,
                GSettings      *settings)
{
  g_autofree char *uri = settings != NULL ? g_settings_get_string (settings, LAST_FOLDER) : NULL;
  g_autoptr(GFile) folder = NULL;

  if (uri == NULL || *uri == '\0')
    return;

  folder = g_file_new_for_uri (uri);
  /* A folder that is gone is no reason to trouble anybody. */
  gtk_file_chooser_set_current_folder (dialog, folder, NULL);
}

static void
remember_folder (GFile     *file,
                 GSettings *settings)
{
  g_autoptr(GFile) folder = g_file_get_parent (file);
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

  if (uri != NULL && settings != NULL)
    g_settings_set_string (settings, LAST_FOLDER, uri);
}

static void
finish (GTask *task,
        GFile *file)
{
  Chooser *chooser = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_clear_signal_handler (&chooser->cancelled_id, cancellable);
  g_signal_handlers_disconnect_by_data (chooser->dialog, task);
  gtk_native_dialog_hide (GTK_NATIVE_DIALOG (chooser->dialog));

  if (file != NULL)
    {
      remember_folder (file, chooser->settings);
      g_task_return_pointer (task, g_object_ref (file), g_object_unref);
    }
  else
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "no file was chosen");
    }

  g_object_unref (task);
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             GTask           *task)
{
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  finish (task, file);
}

static gboolean
give_up_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (!g_task_get_completed (task))
    finish (task, NULL);

  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              GTask        *task)
{
  /* The handler may not disconnect itself while it runs. */
  g_idle_add_full (G_PRIORITY_DEFAULT, give_up_cb, g_object_ref (task), g_object_unref);
}

static void
run (GtkFileChooserNative *dialog,
     DrillFileType         type,
     GSettings            *settings,
     GCancellable         *cancellable,
     GTask                *task)
{
  Chooser *chooser = g_new0 (Chooser, 1);

  chooser->dialog = dialog;
  g_set_object (&chooser->settings, settings);
  g_task_set_task_data (task, chooser, (GDestroyNotify) chooser_free);
  g_task_set_check_cancellable (task, FALSE);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  add_filter (GTK_FILE_CHOOSER (dialog), type);
  restore_folder (GTK_FILE_CHOOSER (dialog), settings);

  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  if (cancellable != NULL)
    {
      if (g_cancellable_is_cancelled (cancellable))
        {
          finish (task, NULL);
          return;
        }
      chooser->cancelled_id = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), task);
    }

  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * drill_file_dialog_open_async:
 * @parent: (nullable): the window it belongs to
 * @title: its title
 * @type: what is listed first
 * @settings: (nullable): remembers the folder in `last-folder`
 * @cancellable: (nullable): closes it
 * @callback: called when a file was chosen or not
 * @user_data: for @callback
 *
 * Asks for a file to open.
 */
void
drill_file_dialog_open_async (GtkWindow           *parent,
                              const char          *title,
                              DrillFileType        type,
                              GSettings           *settings,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  GtkFileChooserNative *dialog;

  g_task_set_source_tag (task, drill_file_dialog_open_async);
  dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  run (dialog, type, settings, cancellable, task);
}

/**
 * drill_file_dialog_open_finish:
 * @result: the result
 * @error: %G_IO_ERROR_CANCELLED when none was chosen
 *
 * Returns: (transfer full) (nullable): the chosen file
 */
GFile *
drill_file_dialog_open_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, drill_file_dialog_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * drill_file_dialog_save_async:
 * @parent: (nullable): the window it belongs to
 * @title: its title
 * @file_name: the name that is proposed
 * @type: what is listed first
 * @settings: (nullable): remembers the folder in `last-folder`
 * @cancellable: (nullable): closes it
 * @callback: called when a file was chosen or not
 * @user_data: for @callback
 *
 * Asks where to save a file; the chooser itself asks before one is overwritten.
 */
void
drill_file_dialog_save_async (GtkWindow           *parent,
                              const char          *title,
                              const char          *file_name,
                              DrillFileType        type,
                              GSettings           *settings,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  GtkFileChooserNative *dialog;

  g_task_set_source_tag (task, drill_file_dialog_save_async);
  dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), file_name);
  run (dialog, type, settings, cancellable, task);
}

/**
 * drill_file_dialog_save_finish:
 * @result: the result
 * @error: %G_IO_ERROR_CANCELLED when none was chosen
 *
 * Returns: (transfer full) (nullable): the chosen file
 */
GFile *
drill_file_dialog_save_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, drill_file_dialog_save_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
