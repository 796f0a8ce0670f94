// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/suppressions/drill-suppressions-view.h"

#include <glib/gi18n-lib.h>

#include "evidence/drill-dashboard.h"
#include "ui/common/drill-format.h"
#include "ui/suppressions/drill-suppression-row.h"

struct _DrillSuppressionsView
{
  DrillEvidenceView  parent_instance;

  GtkStack          *stack;
  AdwStatusPage     *nothing_page;
  GtkLabel          *total_label;
  GtkListBox        *list;

};

G_DEFINE_FINAL_TYPE (DrillSuppressionsView, drill_suppressions_view, DRILL_TYPE_EVIDENCE_VIEW)

enum {
  SHOW_CATEGORY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_total (DrillSuppressionsView *self,
              guint                  n_suppressed,
              guint                  n_routes)
{
  g_autofree char *suppressed = drill_format_count (n_suppressed);
  g_autofree char *routes = drill_format_count (n_routes);
  double share = n_routes > 0 ? 100.0 * n_suppressed / n_routes : 0.0;
  /* Translators: numbers of routes, and the first as a share of the second in per cent */
  g_autofree char *text = g_strdup_printf (ngettext ("%s of the %s route of all plans was suppressed (%.0f %%).",
                                                     "%s of the %s routes of all plans were suppressed (%.0f %%).",
                                                     n_routes),
                                           suppressed, routes, share);

  gtk_label_set_label (self->total_label, text);
}

/* Rows are used again, so that the focus stays where it is. */
static void
update_rows (DrillSuppressionsView *self,
             DrillEvidence         *evidence,
             GPtrArray             *counts,
             guint                  n_suppressed)
{
  GtkListBoxRow *row;

  for (guint i = 0; i < counts->len; i++)
    {
      row = gtk_list_box_get_row_at_index (self->list, (int) i);
      if (row == NULL)
        {
          row = GTK_LIST_BOX_ROW (drill_suppression_row_new ());
          gtk_list_box_append (self->list, GTK_WIDGET (row));
        }
      drill_suppression_row_set_count (DRILL_SUPPRESSION_ROW (row), evidence, g_ptr_array_index (counts, i),
                                       n_suppressed);
    }

  while ((row = gtk_list_box_get_row_at_index (self->list, (int) counts->len)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
drill_suppressions_view_update (DrillEvidenceView *view,
                                DrillEvidence     *evidence)
{
  DrillSuppressionsView *self = DRILL_SUPPRESSIONS_VIEW (view);
  g_autoptr(GPtrArray) counts = drill_suppressions_compute (evidence);
  guint n_routes = drill_evidence_get_n_routes (evidence);
  guint n_suppressed = 0;

  for (guint i = 0; i < counts->len; i++)
    n_suppressed += ((DrillCategoryCount *) g_ptr_array_index (counts, i))->n_routes;

  update_total (self, n_suppressed, n_routes);
  update_rows (self, evidence, counts, n_suppressed);
  gtk_stack_set_visible_child_name (self->stack, counts->len > 0 ? "list" : "nothing");
}

static void
row_activated_cb (DrillSuppressionsView *self,
                  GtkListBoxRow         *row)
{
  g_signal_emit (self, signals[SHOW_CATEGORY], 0, drill_suppression_row_get_category (DRILL_SUPPRESSION_ROW (row)));
}

static void
drill_suppressions_view_class_init (DrillSuppressionsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DrillEvidenceViewClass *view_class = DRILL_EVIDENCE_VIEW_CLASS (klass);

  view_class->update = drill_suppressions_view_update;

  /**
   * DrillSuppressionsView::show-category:
   * @self: a view
   * @category: a route category
   *
   * Somebody wants to see the suppressed routes of a category, of all plans.
   */
  signals[SHOW_CATEGORY] = g_signal_new ("show-category", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-suppressions-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillSuppressionsView, stack);
  gtk_widget_class_bind_template_child (widget_class, DrillSuppressionsView, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, DrillSuppressionsView, total_label);
  gtk_widget_class_bind_template_child (widget_class, DrillSuppressionsView, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
drill_suppressions_view_init (DrillSuppressionsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * drill_suppressions_view_new:
 *
 * Returns: (transfer floating): a view without a session yet
 */
GtkWidget *
drill_suppressions_view_new (void)
{
  return g_object_new (DRILL_TYPE_SUPPRESSIONS_VIEW, NULL);
}
