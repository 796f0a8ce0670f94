// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DrillReport:
 *
 * What is to be printed: a title, facts, a table whose rows are asked for one
 * by one, and a mark when it proves nothing. It knows nothing of pages.
 *
 * A report is made on the main thread, where it only takes hold of what it is
 * about; drill_report_prepare() then counts and computes, in a worker thread if
 * it may take a while. After that it does not change, and any thread may read it.
 */
#define DRILL_TYPE_REPORT (drill_report_get_type ())

G_DECLARE_FINAL_TYPE (DrillReport, drill_report, DRILL, REPORT, GObject)

/**
 * DrillReportFact:
 * @name: what it is
 * @value: plain text
 * @wide: whether it takes the whole width; others stand side by side
 */
typedef struct {
  char    *name;
  char    *value;
  gboolean wide;
} DrillReportFact;

/**
 * DrillReportColumn:
 * @title: its heading
 * @weight: its share of the width, in relation to the other columns
 */
typedef struct {
  char  *title;
  double weight;
} DrillReportColumn;

/**
 * DrillReportPrepare:
 * @report: the report, to which facts, columns and rows are added
 * @data: what the report is about
 * @cancellable: (nullable): stops it
 * @error: why it failed
 *
 * Counts and computes what a report says.
 *
 * Returns: whether it did
 */
typedef gboolean (*DrillReportPrepare) (DrillReport   *report,
                                        gpointer       data,
                                        GCancellable  *cancellable,
                                        GError       **error);

/* Returns: (transfer full): a text of the table; from any thread */
typedef char *(*DrillReportCell) (gpointer data,
                                  guint    row,
                                  guint    column);

DrillReport             *drill_report_new           (const char          *title,
                                                     const char          *file_stem,
                                                     DrillReportPrepare   prepare,
                                                     DrillReportCell      cell,
                                                     gpointer             data,
                                                     GDestroyNotify       destroy);
gboolean                 drill_report_prepare       (DrillReport         *self,
                                                     GCancellable        *cancellable,
                                                     GError             **error);

/* For those who prepare it */
void                     drill_report_set_mark      (DrillReport         *self,
                                                     const char          *mark);
void                     drill_report_set_footer    (DrillReport         *self,
                                                     const char          *footer);
void                     drill_report_add_fact      (DrillReport         *self,
                                                     const char          *name,
                                                     const char          *value,
                                                     gboolean             wide);
void                     drill_report_add_count     (DrillReport         *self,
                                                     const char          *name,
                                                     guint                count);
void                     drill_report_add_column    (DrillReport         *self,
                                                     const char          *title,
                                                     double               weight);
void                     drill_report_set_n_rows    (DrillReport         *self,
                                                     guint                n_rows);

/* For those who print it */
const char              *drill_report_get_title     (DrillReport         *self);
const char              *drill_report_get_file_stem (DrillReport         *self);
const char              *drill_report_get_mark      (DrillReport         *self);
const char              *drill_report_get_footer    (DrillReport         *self);
guint                    drill_report_get_n_facts   (DrillReport         *self);
const DrillReportFact   *drill_report_get_fact      (DrillReport         *self,
                                                     guint                i);
const char              *drill_report_find_fact     (DrillReport         *self,
                                                     const char          *name);
guint                    drill_report_get_n_columns (DrillReport         *self);
const DrillReportColumn *drill_report_get_column    (DrillReport         *self,
                                                     guint                i);
guint                    drill_report_get_n_rows    (DrillReport         *self);
char                    *drill_report_dup_cell      (DrillReport         *self,
                                                     guint                row,
                                                     guint                column);

G_END_DECLS
