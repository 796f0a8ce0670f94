// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/drill-report-pdf.h"

#include <cairo-pdf.h>

#include "base/drill-error.h"
#include "drill-config.h"
#include "ui/report/drill-report-pages.h"

#define MARGIN        14.0   /* mm */
#define SLICE_US   50000     /* between two looks at the cancellable */
#define ESTIMATE_US 200000   /* to find out about how many pages there are */
#define LAYING_OUT   300     /* ‰ of the work that is laying out; the rest is drawing */

/* Where cairo writes to */
typedef struct {
  GOutputStream *stream;
  GCancellable  *cancellable;
  GError        *error;
} Sink;

static cairo_status_t
write_cb (void          *data,
          const guchar  *bytes,
          unsigned int   length)
{
  Sink *sink = data;

  if (sink->error == NULL &&
      g_output_stream_write_all (sink->stream, bytes, length, NULL, sink->cancellable, &sink->error))
    return CAIRO_STATUS_SUCCESS;

  return CAIRO_STATUS_WRITE_ERROR;
}

/* Of the calling thread: Pango has a font map for each */
static DrillReportPages *
lay_out (DrillReport            *report,
         const DrillReportPaper *paper)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();
  DrillReportPages *pages;

  /* Lengths are points, and letters are where they are wherever it is printed */
  pango_cairo_context_set_resolution (context, 72);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);

  pages = drill_report_pages_new (report, context,
                                  gtk_page_setup_get_page_width (paper->setup, GTK_UNIT_POINTS),
                                  gtk_page_setup_get_page_height (paper->setup, GTK_UNIT_POINTS),
                                  paper->direction);
  g_object_unref (context);

  return pages;
}

static void
set_state (DrillReportState *state,
           double            permille,
           guint             n_pages)
{
  if (state == NULL)
    return;

  g_atomic_int_set (&state->permille, (int) permille);
  g_atomic_int_set (&state->n_pages, (int) MIN (n_pages, G_MAXINT));
}

static gboolean
draw (DrillReportPages       *pages,
      const DrillReportPaper *paper,
      DrillReportState       *state,
      cairo_t                *cr,
      GCancellable           *cancellable,
      GError                **error)
{
  guint n_pages = drill_report_pages_get_n_pages (pages);

  for (guint i = 0; i < n_pages && cairo_status (cr) == CAIRO_STATUS_SUCCESS; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      cairo_save (cr);
      cairo_translate (cr, gtk_page_setup_get_left_margin (paper->setup, GTK_UNIT_POINTS),
                       gtk_page_setup_get_top_margin (paper->setup, GTK_UNIT_POINTS));
      drill_report_pages_draw (pages, i, cr);
      cairo_restore (cr);
      cairo_show_page (cr);
      set_state (state, LAYING_OUT + (1000.0 - LAYING_OUT) * (i + 1) / n_pages, n_pages);
    }

  return TRUE;
}

/**
 * drill_report_page_setup_new:
 *
 * Returns: (transfer full): the paper of the locale, turned so that a table fits on it
 */
GtkPageSetup *
drill_report_page_setup_new (void)
{
  GtkPageSetup *setup = gtk_page_setup_new ();

  gtk_page_setup_set_orientation (setup, GTK_PAGE_ORIENTATION_LANDSCAPE);
  gtk_page_setup_set_top_margin (setup, MARGIN, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, MARGIN, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (setup, MARGIN, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, MARGIN, GTK_UNIT_MM);

  return setup;
}

/**
 * drill_report_write_pdf:
 * @report: a report; is prepared when it is not yet
 * @paper: what it is laid out for
 * @state: (nullable): how far it is, for others to read meanwhile
 * @stream: where to; stays open
 * @cancellable: (nullable): stops it
 * @error: a GIO error, or %DRILL_ERROR_IO
 *
 * Writes a report as PDF. For a worker thread.
 *
 * Returns: whether all of it was written
 */
gboolean
drill_report_write_pdf (DrillReport            *report,
                        const DrillReportPaper *paper,
                        DrillReportState       *state,
                        GOutputStream          *stream,
                        GCancellable           *cancellable,
                        GError                **error)
{
  Sink sink = { stream, cancellable, NULL };
  g_autoptr(DrillReportPages) pages = NULL;
  g_autoptr(GError) local_error = NULL;
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  if (!drill_report_prepare (report, cancellable, error))
    return FALSE;

  pages = lay_out (report, paper);
  while (!drill_report_pages_paginate (pages, SLICE_US))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      set_state (state, LAYING_OUT * drill_report_pages_get_fraction (pages), drill_report_pages_estimate (pages));
    }

  surface = cairo_pdf_surface_create_for_stream (write_cb, &sink,
                                                 gtk_page_setup_get_paper_width (paper->setup, GTK_UNIT_POINTS),
                                                 gtk_page_setup_get_paper_height (paper->setup, GTK_UNIT_POINTS));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, drill_report_get_title (report));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, drill_report_get_footer (report));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Drill Console " DRILL_VERSION);
  if (drill_report_get_mark (report) != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_KEYWORDS, drill_report_get_mark (report));

  cr = cairo_create (surface);
  draw (pages, paper, state, cr, cancellable, &local_error);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  if (local_error == NULL && sink.error != NULL)
    local_error = g_steal_pointer (&sink.error);
  g_clear_error (&sink.error);
  if (local_error == NULL && status != CAIRO_STATUS_SUCCESS)
    local_error = g_error_new (DRILL_ERROR, DRILL_ERROR_IO, "the pages cannot be drawn: %s", cairo_status_to_string (status));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/**
 * drill_report_estimate_pages:
 * @report: a report that is prepared
 * @paper: what it would be laid out for
 *
 * Returns: about how many pages it has; exactly, when it is short
 */
guint
drill_report_estimate_pages (DrillReport            *report,
                             const DrillReportPaper *paper)
{
  g_autoptr(DrillReportPages) pages = lay_out (report, paper);

  drill_report_pages_paginate (pages, ESTIMATE_US);

  return drill_report_pages_estimate (pages);
}
