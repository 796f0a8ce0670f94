// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/drill-report-save.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/common/drill-file-dialog.h"
#include "ui/common/drill-file-save.h"
#include "ui/common/drill-format.h"
#include "ui/common/drill-toast.h"
#include "ui/report/drill-report-progress.h"

/* Not GtkPrintOperation's export, which blocks its caller, draws in the main
 * thread, and writes to the file that is there: here a worker thread draws, into
 * a file that takes the place of the other when it is whole. */

typedef struct {
  GtkWidget           *widget; /* where it was asked for */
  gulong               destroy_id;
  DrillReport         *report;
  DrillReportPaper     paper;
  DrillReportState     state;
  DrillReportProgress *progress;
  GCancellable        *cancellable;
  GFile               *file;
} Save;

static void
save_free (Save *save)
{
  g_clear_pointer (&save->progress, drill_report_progress_free);
  g_clear_signal_handler (&save->destroy_id, save->widget);
  g_clear_object (&save->widget);
  g_clear_object (&save->report);
  g_clear_object (&save->paper.setup);
  g_clear_object (&save->cancellable);
  g_clear_object (&save->file);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static GtkWindow *
get_window (Save *save)
{
  GtkRoot *root = gtk_widget_get_root (save->widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* In a worker thread: touches nothing of the window */
static gboolean
write_report (GOutputStream  *stream,
              gpointer        user_data,
              GCancellable   *cancellable,
              GError        **error)
{
  Save *save = user_data;

  return drill_report_write_pdf (save->report, &save->paper, &save->state, stream, cancellable, error);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Save) save = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  g_clear_pointer (&save->progress, drill_report_progress_free);

  if (drill_file_save_finish (save->file, result, &error))
    {
      g_autofree char *base = g_file_get_basename (save->file);
      g_autofree char *name = drill_text_one_line (base);
      g_autofree char *n_pages = drill_format_count (save->state.n_pages);

      /* Translators: a number of pages, and a file name */
      text = g_strdup_printf (ngettext ("%1$s page saved as “%2$s”", "%1$s pages saved as “%2$s”", save->state.n_pages),
                              n_pages, name);
      drill_toast_show (save->widget, text);
      return;
    }

  text = drill_file_save_dup_error_text (save->file, error);
  if (text == NULL)
    {
      drill_toast_show (save->widget, _("Cancelled, no file was changed"));
    }
  else
    {
      GtkWidget *dialog = adw_message_dialog_new (get_window (save), _("Not Saved"), text);

      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
      gtk_window_present (GTK_WINDOW (dialog));
    }
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Save) save = user_data;
  Save *kept;

  save->file = drill_file_dialog_save_finish (result, NULL);
  if (save->file == NULL || g_cancellable_is_cancelled (save->cancellable))
    return;

  save->progress = drill_report_progress_new (get_window (save), _("Saving as PDF…"), &save->state, save->cancellable);
  kept = g_steal_pointer (&save);
  /* saved_cb() frees it, when the writer has long returned */
  drill_file_save_async (kept->file, write_report, kept, NULL, kept->cancellable, saved_cb, kept);
}

/**
 * drill_report_save:
 * @widget: where it was asked for; a toast overlay around it shows how it ended
 * @settings: (nullable): remembers the folder
 * @report: (transfer none): a report
 *
 * Asks for a file and saves the report there as PDF, in a worker thread, as a
 * whole or not at all.
 */
void
drill_report_save (GtkWidget   *widget,
                   GSettings   *settings,
                   DrillReport *report)
{
  Save *save = g_new0 (Save, 1);
  g_autofree char *name = g_strconcat (drill_report_get_file_stem (report), ".pdf", NULL);

  save->widget = g_object_ref (widget);
  save->report = g_object_ref (report);
  save->paper.setup = drill_report_page_setup_new ();
  save->paper.direction = gtk_widget_get_direction (widget);
  save->cancellable = g_cancellable_new ();
  save->destroy_id = g_signal_connect_swapped (widget, "destroy", G_CALLBACK (g_cancellable_cancel), save->cancellable);

  drill_file_dialog_save_async (get_window (save), _("Save as PDF"), name, DRILL_FILE_TYPE_PDF, settings,
                                save->cancellable, chosen_cb, save);
}
