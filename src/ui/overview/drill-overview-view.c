// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/drill-overview-view.h"

#include <glib/gi18n-lib.h>

#include "base/drill-time.h"
#include "query/drill-overview.h"
#include "ui/charts/drill-chart-card.h"
#include "ui/charts/drill-range-choice.h"
#include "ui/common/drill-format.h"
#include "ui/overview/drill-overview-charts.h"

#define MAX_OWNERS  8
#define FEW_ROUTES  20000 /* computed before anybody sees a difference: no thread is needed */
#define TICK        60    /* seconds: routes breach as time goes by */

struct _DrillOverviewView
{
  DrillEvidenceView  parent_instance;

  GtkStack          *stack;
  DrillRangeChoice  *range;
  DrillChartCard    *open_chart;
  DrillChartCard    *time_chart;
  DrillChartCard    *owner_chart;

  DrillEvidence     *evidence;
  DrillOverview     *overview;    /* nullable: of that evidence, or of the one before while it is computed */
  DrillEvidence     *shown;       /* nullable: what the overview is of */
  GCancellable      *cancellable; /* of what is computed now */
  guint              tick_id;     /* while it is on screen */
};

G_DEFINE_FINAL_TYPE (DrillOverviewView, drill_overview_view, DRILL_TYPE_EVIDENCE_VIEW)

enum {
  SHOW_ROUTES,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct {
  DrillEvidence *evidence;
  gint64         now_us;
  gint64         from_us;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  drill_evidence_unref (work->evidence);
  g_free (work);
}

static char *
dup_note (const DrillOverview *overview)
{
  g_autofree char *number = drill_format_count (overview->n_left_out);
  g_autofree char *left_out = NULL;

  if (overview->n_left_out == 0)
    return g_strdup (_("Each value is as of the end of its time, the last as of now: "
                       "routes of the plan that was the newest of its schedule then."));

  left_out = g_strdup_printf (ngettext ("%s current route is left out: when it was planned or acknowledged is not known, or yet to come.",
                                        "%s current routes are left out: when they were planned or acknowledged is not known, or yet to come.",
                                        overview->n_left_out), number);

  return g_steal_pointer (&left_out);
}

static void
show_page (DrillOverviewView *self)
{
  const char *empty = drill_evidence_view_is_loading (DRILL_EVIDENCE_VIEW (self)) ? "loading" : "nothing";
  gboolean any = self->overview != NULL && (self->overview->n_routes > 0 || self->overview->buckets.n > 0);

  gtk_stack_set_visible_child_name (self->stack, any ? "charts" : empty);
}

static void
drill_overview_view_loading_changed (DrillEvidenceView *view)
{
  show_page (DRILL_OVERVIEW_VIEW (view));
}

static void
show_overview (DrillOverviewView *self)
{
  g_autoptr(DrillChartData) open = drill_overview_charts_new_open (self->overview);
  g_autoptr(DrillChartData) times = drill_overview_charts_new_times (self->overview);
  g_autoptr(DrillChartData) owners = drill_overview_charts_new_owners (self->overview, self->shown);
  g_autofree char *note = dup_note (self->overview);

  drill_chart_card_set_data (self->open_chart, open);
  drill_chart_card_set_note (self->open_chart, note);
  drill_chart_card_set_data (self->time_chart, times);
  drill_chart_card_set_note (self->time_chart,
                             _("Routes of all plans of this time, by the first acknowledgement after the plan was made."));
  drill_chart_card_set_data (self->owner_chart, owners);
  drill_chart_card_set_note (self->owner_chart, _("As of now, whatever the range of time."));
  show_page (self);
}

static void
take_overview (DrillOverviewView *self,
               DrillOverview     *overview, /* (transfer full) */
               DrillEvidence     *evidence)
{
  g_clear_pointer (&self->overview, drill_overview_free);
  g_clear_pointer (&self->shown, drill_evidence_unref);
  self->overview = overview;
  self->shown = drill_evidence_ref (evidence);
  show_overview (self);
}

/* Computing */

static void
compute_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  Work *work = data;

  g_task_return_pointer (task, drill_overview_compute (work->evidence, work->now_us, work->from_us, MAX_OWNERS),
                         (GDestroyNotify) drill_overview_free);
}

static void
computed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  DrillOverviewView *self = DRILL_OVERVIEW_VIEW (source);
  g_autoptr(DrillOverview) overview = g_task_propagate_pointer (G_TASK (result), NULL);
  Work *work = g_task_get_task_data (G_TASK (result));

  /* There was something newer to compute meanwhile */
  if (overview == NULL)
    return;

  g_clear_object (&self->cancellable);
  take_overview (self, g_steal_pointer (&overview), work->evidence);
}

static void
compute (DrillOverviewView *self)
{
  DrillSession *session = drill_evidence_view_get_session (DRILL_EVIDENCE_VIEW (self));
  g_autoptr(GTask) task = NULL;
  Work *work;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->evidence == NULL)
    return;

  work = g_new0 (Work, 1);
  work->evidence = drill_evidence_ref (self->evidence);
  work->now_us = drill_clock_now (drill_session_get_clock (session));
  work->from_us = drill_range_choice_get_from (self->range, work->now_us);

  if (drill_evidence_get_n_routes (self->evidence) <= FEW_ROUTES)
    {
      take_overview (self, drill_overview_compute (work->evidence, work->now_us, work->from_us, MAX_OWNERS),
                     work->evidence);
      work_free (work);
      return;
    }

  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, computed_cb, NULL);
  g_task_set_source_tag (task, compute);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, compute_in_thread);
}

static void
drill_overview_view_update (DrillEvidenceView *view,
                            DrillEvidence     *evidence)
{
  DrillOverviewView *self = DRILL_OVERVIEW_VIEW (view);

  g_clear_pointer (&self->evidence, drill_evidence_unref);
  self->evidence = drill_evidence_ref (evidence);
  compute (self);
}

static void
range_changed_cb (DrillOverviewView *self)
{
  compute (self);
}

static gboolean
tick_cb (gpointer user_data)
{
  DrillOverviewView *self = user_data;

  /* What takes longer than a minute is not begun again each minute */
  if (self->cancellable == NULL)
    compute (self);

  return G_SOURCE_CONTINUE;
}

/* Showing what is behind a value */

static void
show_routes (DrillOverviewView *self,
             DrillRouteQuery   *query) /* (transfer full) (nullable) */
{
  g_autoptr(DrillRouteQuery) shown = query;

  if (shown != NULL)
    g_signal_emit (self, signals[SHOW_ROUTES], 0, shown);
}

static void
open_chart_cb (DrillOverviewView *self,
               guint              point,
               guint              series)
{
  show_routes (self, drill_overview_charts_find_open (self->overview, point, series));
}

static void
time_chart_cb (DrillOverviewView *self,
               guint              point,
               guint              series)
{
  show_routes (self, drill_overview_charts_find_times (self->overview, point));
}

static void
owner_chart_cb (DrillOverviewView *self,
                guint              point,
                guint              series)
{
  show_routes (self, drill_overview_charts_find_owners (self->overview, self->shown, point, series));
}

/* View */

static void
drill_overview_view_map (GtkWidget *widget)
{
  DrillOverviewView *self = DRILL_OVERVIEW_VIEW (widget);

  GTK_WIDGET_CLASS (drill_overview_view_parent_class)->map (widget);

  /* Time went by meanwhile, too */
  if (self->overview != NULL && self->cancellable == NULL)
    {
      DrillSession *session = drill_evidence_view_get_session (DRILL_EVIDENCE_VIEW (self));

      if (drill_clock_now (drill_session_get_clock (session)) - self->overview->now_us >= TICK * G_TIME_SPAN_SECOND)
        compute (self);
    }
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (TICK, tick_cb, self);
}

static void
drill_overview_view_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&DRILL_OVERVIEW_VIEW (widget)->tick_id, g_source_remove);

  GTK_WIDGET_CLASS (drill_overview_view_parent_class)->unmap (widget);
}

static void
drill_overview_view_dispose (GObject *object)
{
  DrillOverviewView *self = DRILL_OVERVIEW_VIEW (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->overview, drill_overview_free);
  g_clear_pointer (&self->shown, drill_evidence_unref);
  g_clear_pointer (&self->evidence, drill_evidence_unref);

  G_OBJECT_CLASS (drill_overview_view_parent_class)->dispose (object);
}

static void
drill_overview_view_class_init (DrillOverviewViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DrillEvidenceViewClass *view_class = DRILL_EVIDENCE_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_overview_view_dispose;
  widget_class->map = drill_overview_view_map;
  widget_class->unmap = drill_overview_view_unmap;
  view_class->update = drill_overview_view_update;
  view_class->loading_changed = drill_overview_view_loading_changed;

  /**
   * DrillOverviewView::show-routes:
   * @self: a view
   * @query: what to show
   *
   * Somebody wants to see the routes behind a value.
   */
  signals[SHOW_ROUTES] = g_signal_new ("show-routes", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, DRILL_TYPE_ROUTE_QUERY);

  g_type_ensure (DRILL_TYPE_CHART_CARD);
  g_type_ensure (DRILL_TYPE_RANGE_CHOICE);
  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-overview-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillOverviewView, stack);
  gtk_widget_class_bind_template_child (widget_class, DrillOverviewView, range);
  gtk_widget_class_bind_template_child (widget_class, DrillOverviewView, open_chart);
  gtk_widget_class_bind_template_child (widget_class, DrillOverviewView, time_chart);
  gtk_widget_class_bind_template_child (widget_class, DrillOverviewView, owner_chart);
  gtk_widget_class_bind_template_callback (widget_class, range_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_chart_cb);
  gtk_widget_class_bind_template_callback (widget_class, time_chart_cb);
  gtk_widget_class_bind_template_callback (widget_class, owner_chart_cb);
}

static void
drill_overview_view_init (DrillOverviewView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * drill_overview_view_new:
 *
 * Returns: (transfer floating): a view without a session yet
 */
GtkWidget *
drill_overview_view_new (void)
{
  return g_object_new (DRILL_TYPE_OVERVIEW_VIEW, NULL);
}
