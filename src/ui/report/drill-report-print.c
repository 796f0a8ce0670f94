// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/drill-report-print.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/common/drill-format.h"
#include "ui/common/drill-toast.h"
#include "ui/report/drill-report-pages.h"
#include "ui/report/drill-report-progress.h"

#define SLICE_US 12000 /* of laying out, so that the window stays alive */

/* What was chosen last time is kept with the window */
#define SETTINGS_KEY "drill-print-settings"
#define SETUP_KEY    "drill-print-page-setup"

/* The operation: lays out in slices, draws a page at a time */

typedef struct {
  DrillReport      *report;
  GtkTextDirection  direction;
  DrillReportPages *pages;
} Printing;

static void
printing_free (gpointer  data,
               GClosure *closure)
{
  Printing *printing = data;

  g_clear_pointer (&printing->pages, drill_report_pages_free);
  g_object_unref (printing->report);
  g_free (printing);
}

static void
begin_print_cb (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                Printing          *printing)
{
  PangoContext *pango = gtk_print_context_create_pango_context (context);

  g_clear_pointer (&printing->pages, drill_report_pages_free);
  printing->pages = drill_report_pages_new (printing->report, pango, gtk_print_context_get_width (context),
                                            gtk_print_context_get_height (context), printing->direction);
  g_object_unref (pango);
}

static gboolean
paginate_cb (GtkPrintOperation *operation,
             GtkPrintContext   *context,
             Printing          *printing)
{
  if (!drill_report_pages_paginate (printing->pages, SLICE_US))
    return FALSE;

  gtk_print_operation_set_n_pages (operation, (int) MIN (drill_report_pages_get_n_pages (printing->pages), G_MAXINT));

  return TRUE;
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              Printing          *printing)
{
  drill_report_pages_draw (printing->pages, (guint) page, gtk_print_context_get_cairo_context (context));
}

/**
 * drill_report_print_operation_new:
 * @report: a report that is prepared
 * @direction: whether pages are mirrored
 *
 * Returns: (transfer full): what prints it
 */
GtkPrintOperation *
drill_report_print_operation_new (DrillReport      *report,
                                  GtkTextDirection  direction)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr(GtkPageSetup) setup = drill_report_page_setup_new ();
  g_autoptr(GtkPrintSettings) settings = gtk_print_settings_new ();
  Printing *printing = g_new0 (Printing, 1);

  printing->report = g_object_ref (report);
  printing->direction = direction;

  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, drill_report_get_title (report));
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_show_progress (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, drill_report_get_file_stem (report));
  gtk_print_operation_set_print_settings (operation, settings);

  g_signal_connect_data (operation, "begin-print", G_CALLBACK (begin_print_cb), printing, printing_free, 0);
  g_signal_connect (operation, "paginate", G_CALLBACK (paginate_cb), printing);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), printing);

  return operation;
}

/* Around it: preparing, asking, and what came of it */

typedef struct {
  GtkWidget           *widget; /* where it was asked for */
  gulong               destroy_id;
  DrillReport         *report;
  DrillReportPaper     paper;
  DrillReportState     state;
  DrillReportProgress *progress;
  GCancellable        *cancellable;
} Print;

static void
print_clear (gpointer data)
{
  Print *print = data;

  g_clear_pointer (&print->progress, drill_report_progress_free);
  g_clear_signal_handler (&print->destroy_id, print->widget);
  g_clear_object (&print->widget);
  g_clear_object (&print->report);
  g_clear_object (&print->paper.setup);
  g_clear_object (&print->cancellable);
}

static void
print_unref (Print *print)
{
  g_rc_box_release_full (print, print_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Print, print_unref)

static void
print_unref_closure (gpointer  data,
                     GClosure *closure)
{
  print_unref (data);
}

static GtkWindow *
get_window (Print *print)
{
  GtkRoot *root = gtk_widget_get_root (print->widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
show_failure (Print        *print,
              const GError *error)
{
  g_autofree char *detail = error != NULL ? drill_text_one_line (error->message) : NULL;
  GtkWidget *dialog = adw_message_dialog_new (get_window (print), _("Not Printed"), detail);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
done_cb (GtkPrintOperation       *operation,
         GtkPrintOperationResult  result,
         Print                   *print)
{
  g_autoptr(GError) error = NULL;
  GtkWindow *window = get_window (print);

  /* Closed meanwhile */
  if (window == NULL)
    return;

  switch (result)
    {
    case GTK_PRINT_OPERATION_RESULT_ERROR:
      gtk_print_operation_get_error (operation, &error);
      show_failure (print, error);
      break;
    case GTK_PRINT_OPERATION_RESULT_APPLY:
      g_object_set_data_full (G_OBJECT (window), SETTINGS_KEY,
                              g_object_ref (gtk_print_operation_get_print_settings (operation)), g_object_unref);
      g_object_set_data_full (G_OBJECT (window), SETUP_KEY,
                              g_object_ref (gtk_print_operation_get_default_page_setup (operation)), g_object_unref);
      drill_toast_show (print->widget, _("The report was handed over for printing"));
      break;
    case GTK_PRINT_OPERATION_RESULT_CANCEL:
    case GTK_PRINT_OPERATION_RESULT_IN_PROGRESS:
    default:
      break;
    }
}

static void
run (Print *print)
{
  g_autoptr(GtkPrintOperation) operation = drill_report_print_operation_new (print->report, print->paper.direction);
  GtkWindow *window = get_window (print);
  GtkPrintSettings *settings = window != NULL ? g_object_get_data (G_OBJECT (window), SETTINGS_KEY) : NULL;
  GtkPageSetup *setup = window != NULL ? g_object_get_data (G_OBJECT (window), SETUP_KEY) : NULL;
  g_autoptr(GError) error = NULL;

  if (settings != NULL)
    {
      g_autoptr(GtkPrintSettings) copy = gtk_print_settings_copy (settings);

      gtk_print_settings_unset (copy, GTK_PRINT_SETTINGS_OUTPUT_URI);
      gtk_print_settings_set (copy, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, drill_report_get_file_stem (print->report));
      gtk_print_operation_set_print_settings (operation, copy);
    }
  if (setup != NULL)
    gtk_print_operation_set_default_page_setup (operation, setup);

  g_signal_connect_data (operation, "done", G_CALLBACK (done_cb), g_rc_box_acquire (print), print_unref_closure, 0);
  /* It keeps itself alive until it is done, and says there what went wrong */
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, window, &error);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Print            *print)
{
  if (g_str_equal (response, "print"))
    run (print);
}

static void
ask (Print *print,
     guint  n_pages)
{
  g_autofree char *count = drill_format_count (n_pages);
  /* Translators: %s is a number, and only about right */
  g_autofree char *heading = g_strdup_printf (ngettext ("Print about %s Page?", "Print about %s Pages?", n_pages), count);
  GtkWidget *dialog = adw_message_dialog_new (get_window (print), heading,
                                              _("A narrower filter makes a shorter report, and a range of pages can be chosen in "
                                                "what comes next."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "print", _("_Print…"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), g_rc_box_acquire (print), print_unref_closure, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
prepare_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Print *print = task_data;
  GError *error = NULL;

  if (drill_report_prepare (print->report, cancellable, &error))
    g_task_return_int (task, drill_report_estimate_pages (print->report, &print->paper));
  else
    g_task_return_error (task, error);
}

static void
prepared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Print) print = user_data;
  g_autoptr(GError) error = NULL;
  gssize n_pages = g_task_propagate_int (G_TASK (result), &error);

  g_clear_pointer (&print->progress, drill_report_progress_free);

  /* Cancelled, or the window is gone */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || gtk_widget_get_root (print->widget) == NULL)
    return;

  if (error != NULL)
    show_failure (print, error);
  else if (n_pages > DRILL_REPORT_MANY_PAGES)
    ask (print, (guint) n_pages);
  else
    run (print);
}

/**
 * drill_report_print:
 * @widget: where it was asked for; a toast overlay around it shows how it ended
 * @report: (transfer none): a report
 *
 * Prints a report, after it has asked how, and before that whether so many
 * pages are meant.
 */
void
drill_report_print (GtkWidget   *widget,
                    DrillReport *report)
{
  Print *print = g_rc_box_new0 (Print);
  g_autoptr(GTask) task = NULL;

  print->widget = g_object_ref (widget);
  print->report = g_object_ref (report);
  print->paper.setup = drill_report_page_setup_new ();
  print->paper.direction = gtk_widget_get_direction (widget);
  print->cancellable = g_cancellable_new ();
  print->destroy_id = g_signal_connect_swapped (widget, "destroy", G_CALLBACK (g_cancellable_cancel), print->cancellable);
  print->progress = drill_report_progress_new (get_window (print), _("Preparing the Report…"), &print->state,
                                               print->cancellable);

  task = g_task_new (NULL, print->cancellable, prepared_cb, print);
  g_task_set_source_tag (task, drill_report_print);
  g_task_set_task_data (task, print, NULL);
  g_task_run_in_thread (task, prepare_thread);
}
