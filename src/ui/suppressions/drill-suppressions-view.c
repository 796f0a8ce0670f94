// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/suppressions/drill-suppressions-view.h"

#include <glib/gi18n-lib.h>

#include "base/drill-time.h"
#include "query/drill-suppressions.h"
#include "ui/charts/drill-chart-card.h"
#include "ui/charts/drill-chart-time.h"
#include "ui/charts/drill-range-choice.h"
#include "ui/common/drill-format.h"
#include "ui/common/drill-label.h"
#include "ui/suppressions/drill-suppression-row.h"

#define MAX_ROWS    100
#define MAX_SERIES  5     /* with a look of their own; the rest is added up */
#define FEW_ROUTES  20000 /* counted before anybody sees a difference: no thread is needed */

struct _DrillSuppressionsView
{
  DrillEvidenceView  parent_instance;

  GtkStack          *stack;
  AdwStatusPage     *nothing_page;
  GtkLabel          *total_label;
  DrillRangeChoice  *range;
  DrillChartCard    *chart;
  GtkListBox        *list;
  GtkLabel          *more_label;

  DrillFacet         by;
  DrillEvidence     *evidence;
  DrillSuppressions *counts[DRILL_N_FACETS]; /* of that evidence and range, by facet, as they are asked for */
  GCancellable      *cancellable;            /* of what is counted now */
};

G_DEFINE_FINAL_TYPE (DrillSuppressionsView, drill_suppressions_view, DRILL_TYPE_EVIDENCE_VIEW)

enum {
  PROP_0,
  PROP_BY,
  N_PROPS
};

enum {
  SHOW_ROUTES,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

typedef struct {
  DrillEvidence         *evidence;
  DrillSuppressionsScope scope;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  drill_evidence_unref (work->evidence);
  g_free (work);
}

static void
update_total (DrillSuppressionsView   *self,
              const DrillSuppressions *counts)
{
  g_autofree char *suppressed = drill_format_count (counts->n_suppressed);
  g_autofree char *routes = drill_format_count (counts->n_routes);
  double share = counts->n_routes > 0 ? 100.0 * counts->n_suppressed / counts->n_routes : 0.0;
  /* Translators: numbers of routes, and the first as a share of the second in per cent */
  g_autofree char *text = g_strdup_printf (ngettext ("%s of the %s route of all plans was suppressed (%.0f %%).",
                                                     "%s of the %s routes of all plans were suppressed (%.0f %%).",
                                                     counts->n_routes),
                                           suppressed, routes, share);

  gtk_label_set_label (self->total_label, text);
}

static char *
dup_series_name (DrillSuppressionsView   *self,
                 const DrillSuppressions *counts,
                 guint                    series)
{
  const DrillSuppressionGroup *group;

  if (counts->others && series == counts->n_series - 1)
    /* Translators: all categories, owners, … of which there is none in the legend */
    return g_strdup (_("All others"));

  group = g_ptr_array_index (counts->groups, series);

  return drill_label_value (counts->by, drill_evidence_get_text (self->evidence, drill_suppressions_get_dict (counts->by),
                                                                 group->code));
}

static void
update_chart (DrillSuppressionsView   *self,
              const DrillSuppressions *counts)
{
  g_autoptr(DrillChartData) data = drill_chart_time_new_data (DRILL_CHART_COLUMNS, &counts->buckets);
  g_autofree char *untimed = drill_format_count (counts->n_untimed);
  g_autofree char *note = NULL;

  for (guint i = 0; i < counts->n_series; i++)
    {
      g_autofree char *name = dup_series_name (self, counts, i);
      gboolean others = counts->others && i == counts->n_series - 1;

      drill_chart_data_add_series (data, name, others ? DRILL_TONE_GREY : (DrillChartTone) MIN (i, DRILL_TONE_GREY),
                                   counts->counts + (gsize) i * counts->buckets.n);
      for (guint j = 0; !others && j < counts->buckets.n; j++)
        drill_chart_data_set_opens (data, j, i);
    }

  /* A time is no filter of the routes */
  drill_chart_data_set_hint (data, _("Click to show all its routes, of whatever time"));
  if (counts->n_untimed > 0)
    /* Translators: %s is a number */
    note = g_strdup_printf (ngettext ("%s suppressed route is not in the chart: it does not say when it was planned.",
                                      "%s suppressed routes are not in the chart: they do not say when they were planned.",
                                      counts->n_untimed), untimed);
  drill_chart_card_set_note (self->chart, note);
  drill_chart_card_set_data (self->chart, data);
}

/* Rows are used again, so that the focus stays where it is. */
static void
update_rows (DrillSuppressionsView   *self,
             const DrillSuppressions *counts)
{
  guint n_more = counts->n_groups - counts->groups->len;
  g_autofree char *number = drill_format_count (n_more);
  /* Translators: %s is a number of values that are not listed */
  g_autofree char *more = g_strdup_printf (ngettext ("And %s more. The filters of the routes find it.",
                                                     "And %s more. The filters of the routes find them.", n_more), number);
  GtkListBoxRow *row;

  for (guint i = 0; i < counts->groups->len; i++)
    {
      row = gtk_list_box_get_row_at_index (self->list, (int) i);
      if (row == NULL)
        {
          row = GTK_LIST_BOX_ROW (drill_suppression_row_new ());
          gtk_list_box_append (self->list, GTK_WIDGET (row));
        }
      drill_suppression_row_set_group (DRILL_SUPPRESSION_ROW (row), self->evidence, counts->by,
                                       g_ptr_array_index (counts->groups, i), counts->n_suppressed);
    }

  while ((row = gtk_list_box_get_row_at_index (self->list, (int) counts->groups->len)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));

  gtk_label_set_label (self->more_label, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), n_more > 0);
}

static void
show_page (DrillSuppressionsView *self)
{
  const DrillSuppressions *counts = self->counts[self->by];
  const char *empty = drill_evidence_view_is_loading (DRILL_EVIDENCE_VIEW (self)) ? "loading" : "nothing";

  gtk_stack_set_visible_child_name (self->stack, counts != NULL && counts->n_suppressed > 0 ? "list" : empty);
}

static void
drill_suppressions_view_loading_changed (DrillEvidenceView *view)
{
  show_page (DRILL_SUPPRESSIONS_VIEW (view));
}

static void
show_counts (DrillSuppressionsView *self)
{
  const DrillSuppressions *counts = self->counts[self->by];

  update_total (self, counts);
  update_chart (self, counts);
  update_rows (self, counts);
  show_page (self);
}

/* Counting */

static void
count_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Work *work = data;

  g_task_return_pointer (task, drill_suppressions_count (work->evidence, &work->scope),
                         (GDestroyNotify) drill_suppressions_free);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  DrillSuppressionsView *self = DRILL_SUPPRESSIONS_VIEW (source);
  g_autoptr(DrillSuppressions) counts = g_task_propagate_pointer (G_TASK (result), NULL);
  DrillFacet by;

  /* There was something newer to count meanwhile */
  if (counts == NULL)
    return;

  by = counts->by;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->counts[by], drill_suppressions_free);
  self->counts[by] = g_steal_pointer (&counts);
  if (by == self->by)
    show_counts (self);
}

static gint64
get_now (DrillSuppressionsView *self)
{
  return drill_clock_now (drill_session_get_clock (drill_evidence_view_get_session (DRILL_EVIDENCE_VIEW (self))));
}

static void
ensure_counts (DrillSuppressionsView *self)
{
  Work *work;
  gint64 now_us;
  g_autoptr(GTask) task = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->evidence == NULL)
    return;

  if (self->counts[self->by] != NULL)
    {
      show_counts (self);
      return;
    }

  now_us = get_now (self);
  work = g_new0 (Work, 1);
  work->evidence = drill_evidence_ref (self->evidence);
  work->scope.by = self->by;
  work->scope.from_us = drill_range_choice_get_from (self->range, now_us);
  work->scope.until_us = work->scope.from_us == DRILL_TIME_UNKNOWN ? DRILL_TIME_UNKNOWN : now_us;
  work->scope.most_groups = MAX_ROWS;
  work->scope.most_series = MAX_SERIES;

  if (drill_evidence_get_n_routes (self->evidence) <= FEW_ROUTES)
    {
      self->counts[self->by] = drill_suppressions_count (work->evidence, &work->scope);
      work_free (work);
      show_counts (self);
      return;
    }

  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, counted_cb, NULL);
  g_task_set_source_tag (task, ensure_counts);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, count_in_thread);
}

static void
forget_counts (DrillSuppressionsView *self)
{
  for (guint i = 0; i < DRILL_N_FACETS; i++)
    g_clear_pointer (&self->counts[i], drill_suppressions_free);
}

static void
drill_suppressions_view_update (DrillEvidenceView *view,
                                DrillEvidence     *evidence)
{
  DrillSuppressionsView *self = DRILL_SUPPRESSIONS_VIEW (view);

  forget_counts (self);
  g_clear_pointer (&self->evidence, drill_evidence_unref);
  self->evidence = drill_evidence_ref (evidence);
  ensure_counts (self);
}

static void
range_changed_cb (DrillSuppressionsView *self)
{
  forget_counts (self);
  ensure_counts (self);
}

/* Showing what is behind a count */

static void
show_routes (DrillSuppressionsView *self,
             const char            *value)
{
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();

  /* The counts that were clicked are those of all plans */
  drill_route_query_set_all_plans (query, TRUE);
  drill_route_query_add (query, DRILL_FACET_ACTION, "suppress");
  drill_route_query_add (query, self->by, value);
  g_signal_emit (self, signals[SHOW_ROUTES], 0, query);
}

static void
row_activated_cb (DrillSuppressionsView *self,
                  GtkListBoxRow         *row)
{
  show_routes (self, drill_suppression_row_get_value (DRILL_SUPPRESSION_ROW (row)));
}

static void
open_cb (DrillSuppressionsView *self,
         guint                  point,
         guint                  series)
{
  const DrillSuppressions *counts = self->counts[self->by];
  const DrillSuppressionGroup *group;

  if (counts == NULL || series >= counts->groups->len)
    return;

  group = g_ptr_array_index (counts->groups, series);
  show_routes (self, drill_evidence_get_text (self->evidence, drill_suppressions_get_dict (self->by), group->code));
}

/* View */

static void
set_by (DrillSuppressionsView *self,
        const char            *name)
{
  static const DrillFacet facets[] = {
    DRILL_FACET_CATEGORY, DRILL_FACET_OWNER, DRILL_FACET_PROVIDER, DRILL_FACET_SCHEDULE,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (facets); i++)
    if (g_strcmp0 (drill_facet_get_name (facets[i]), name) == 0 && facets[i] != self->by)
      {
        self->by = facets[i];
        ensure_counts (self);
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BY]);
      }
}

static void
drill_suppressions_view_get_property (GObject    *object,
                                      guint       prop_id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_BY:
      g_value_set_string (value, drill_facet_get_name (DRILL_SUPPRESSIONS_VIEW (object)->by));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
drill_suppressions_view_set_property (GObject      *object,
                                      guint         prop_id,
                                      const GValue *value,
                                      GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_BY:
      set_by (DRILL_SUPPRESSIONS_VIEW (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
drill_suppressions_view_dispose (GObject *object)
{
  DrillSuppressionsView *self = DRILL_SUPPRESSIONS_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  forget_counts (self);
  g_clear_pointer (&self->evidence, drill_evidence_unref);

  G_OBJECT_CLASS (drill_suppressions_view_parent_class)->dispose (object);
}

static void
drill_suppressions_view_class_init (DrillSuppressionsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DrillEvidenceViewClass *view_class = DRILL_EVIDENCE_VIEW_CLASS (klass);

  object_class->get_property = drill_suppressions_view_get_property;
  object_class->set_property = drill_suppressions_view_set_property;
  object_class->dispose = drill_suppressions_view_dispose;
  view_class->update = drill_suppressions_view_update;
  view_class->loading_changed = drill_suppressions_view_loading_changed;

  properties[PROP_BY] =
    g_param_spec_string ("by", NULL, NULL, "category",
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DrillSuppressionsView::show-routes:
   * @self: a view
   * @query: what to show
   *
   * Somebody wants to see suppressed routes, of all plans.
   */
  signals[SHOW_ROUTES] = g_signal_new ("show-routes", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, DRILL_TYPE_ROUTE_QUERY);

  g_type_ensure (DRILL_TYPE_CHART_CARD);
  g_type_ensure (DRILL_TYPE_RANGE_CHOICE);
  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-suppressions-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillSuppressionsView, stack);
  gtk_widget_class_bind_template_child (widget_class, DrillSuppressionsView, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, DrillSuppressionsView, total_label);
  gtk_widget_class_bind_template_child (widget_class, DrillSuppressionsView, range);
  gtk_widget_class_bind_template_child (widget_class, DrillSuppressionsView, chart);
  gtk_widget_class_bind_template_child (widget_class, DrillSuppressionsView, list);
  gtk_widget_class_bind_template_child (widget_class, DrillSuppressionsView, more_label);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, range_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_install_property_action (widget_class, "suppressions.by", "by");
}

static void
drill_suppressions_view_init (DrillSuppressionsView *self)
{
  self->by = DRILL_FACET_CATEGORY;
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
