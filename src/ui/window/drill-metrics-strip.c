// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/drill-metrics-strip.h"

#include <glib/gi18n-lib.h>

#include "evidence/drill-dashboard.h"
#include "ui/common/drill-format.h"
#include "ui/window/drill-metrics-layout.h"

typedef struct {
  const char *name;
  const char *title;
  const char *explanation;
} MetricInfo;

static const MetricInfo infos[] = {
  { "plans",             N_("Notification plans"), N_("Plans of all schedules, old and new") },
  { "deliveries",        N_("Deliveries"),         N_("What connectors were given to deliver") },
  { "failed-deliveries", N_("Failed deliveries"),  N_("Deliveries that did not succeed") },
  { "acknowledgements",  N_("Acknowledgements"),   N_("Acknowledgements of notifications, of every state") },
  { "outstanding",       N_("Outstanding routes"), N_("Routes of current plans that nobody acknowledged or resolved") },
  { "escalation",        N_("Escalation routes"),  N_("Routes of current plans for which an action is recommended") },
  { "breached",          N_("Breached routes"),    N_("Routes not acknowledged within their SLO") },
};

typedef struct {
  GtkWidget *button;
  GtkLabel  *count;
  GtkWidget *mark;
} Metric;

struct _DrillMetricsStrip
{
  GtkWidget parent_instance;

  DrillSession *session;
  GtkWidget    *scrolled;
  GtkWidget    *box;
  Metric        metrics[G_N_ELEMENTS (infos)];
};

G_DEFINE_FINAL_TYPE (DrillMetricsStrip, drill_metrics_strip, GTK_TYPE_WIDGET)

static void
show_metric (DrillMetricsStrip *self,
             guint              i,
             guint              count,
             gint64             server_count,
             guint              n_unlisted)
{
  Metric *metric = &self->metrics[i];
  gboolean differs = server_count >= 0 && server_count != (gint64) count;
  g_autofree char *count_text = drill_format_count (count);
  g_autoptr(GString) tooltip = g_string_new (_(infos[i].explanation));
  g_autofree char *name = NULL;

  if (differs)
    {
      g_autofree char *server_text = drill_format_count (server_count);

      g_string_append_c (tooltip, '\n');
      /* Translators: a count over all that is loaded, and the service's own */
      g_string_append_printf (tooltip, _("Here: %s. The service says %s, but counts only its newest 500 items."),
                              count_text, server_text);
    }
  if (n_unlisted > 0)
    {
      g_string_append_c (tooltip, '\n');
      g_string_append_printf (tooltip, ngettext ("%'u of them has no row in the table: its plan names a provider but no route.",
                                                 "%'u of them have no row in the table: their plans name providers but no routes.",
                                                 n_unlisted),
                              n_unlisted);
    }

  gtk_label_set_label (metric->count, count_text);
  gtk_widget_set_visible (metric->mark, differs);
  gtk_widget_set_tooltip_text (metric->button, tooltip->str);

  /* Translators: a metric and its value, such as "Breached routes: 12" */
  name = g_strdup_printf (_("%s: %s"), _(infos[i].title), count_text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (metric->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, tooltip->str,
                                  -1);

  if (g_str_equal (infos[i].name, "breached") || g_str_equal (infos[i].name, "failed-deliveries"))
    {
      if (count > 0)
        gtk_widget_add_css_class (GTK_WIDGET (metric->count), "error");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (metric->count), "error");
    }
}

static void
add_metric (DrillMetricsStrip *self,
            guint              i)
{
  Metric *metric = &self->metrics[i];
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *title = gtk_label_new (_(infos[i].title));

  metric->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (metric->count), "title-4");
  gtk_widget_add_css_class (GTK_WIDGET (metric->count), "numeric");
  metric->mark = gtk_image_new_from_icon_name ("dialog-information-symbolic");
  gtk_widget_add_css_class (metric->mark, "dim-label");
  gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (metric->count));
  gtk_box_append (GTK_BOX (line), metric->mark);

  gtk_widget_add_css_class (title, "caption");

  gtk_widget_set_valign (content, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (content), line);
  gtk_box_append (GTK_BOX (content), title);

  metric->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (metric->button), content);
  gtk_widget_add_css_class (metric->button, "flat");
  gtk_widget_add_css_class (metric->button, "metric");
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (metric->button), "win.show-metric::none");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (metric->button), "s", infos[i].name);
  gtk_box_append (GTK_BOX (self->box), metric->button);
}

/* Two lines are only asked for: a window that is too low for them has one, which scrolls */

static GtkSizeRequestMode
drill_metrics_strip_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
drill_metrics_strip_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  DrillMetricsStrip *self = DRILL_METRICS_STRIP (widget);
  int line_width;

  gtk_widget_measure (self->scrolled, orientation, for_size, minimum, natural, NULL, NULL);
  gtk_widget_measure (self->box, GTK_ORIENTATION_HORIZONTAL, -1, &line_width, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0 && for_size < line_width)
    *natural = DRILL_METRICS_LINES * *minimum;
}

static void
drill_metrics_strip_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  gtk_widget_size_allocate (DRILL_METRICS_STRIP (widget)->scrolled, &(GtkAllocation) { 0, 0, width, height }, baseline);
}

static void
drill_metrics_strip_dispose (GObject *object)
{
  DrillMetricsStrip *self = DRILL_METRICS_STRIP (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (drill_metrics_strip_parent_class)->dispose (object);
}

static void
drill_metrics_strip_class_init (DrillMetricsStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_metrics_strip_dispose;

  widget_class->get_request_mode = drill_metrics_strip_get_request_mode;
  widget_class->measure = drill_metrics_strip_measure;
  widget_class->size_allocate = drill_metrics_strip_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "metricsstrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
drill_metrics_strip_init (DrillMetricsStrip *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->box, drill_metrics_layout_new ());
  for (guint i = 0; i < G_N_ELEMENTS (infos); i++)
    add_metric (self, i);

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->box);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Metrics"), -1);
}

/**
 * drill_metrics_strip_set_session:
 * @self: the strip
 * @session: whose evidence to count; given once
 */
void
drill_metrics_strip_set_session (DrillMetricsStrip *self,
                                 DrillSession      *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::table", G_CALLBACK (drill_metrics_strip_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::complete", G_CALLBACK (drill_metrics_strip_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::server-counts", G_CALLBACK (drill_metrics_strip_update), self, G_CONNECT_SWAPPED);
  drill_metrics_strip_update (self);
}

/**
 * drill_metrics_strip_update:
 * @self: the strip
 *
 * Counts again: what is breached depends on the time of day.
 */
void
drill_metrics_strip_update (DrillMetricsStrip *self)
{
  static const DrillServerCounts unknown = { -1, -1, -1, -1, -1 };
  const DrillServerCounts *server = drill_session_get_server_counts (self->session);
  DrillDashboard counts;

  /* Nothing to compare with while the evidence is still coming in */
  if (server == NULL || !drill_session_get_complete (self->session))
    server = &unknown;

  drill_dashboard_compute (drill_session_get_evidence (self->session),
                           drill_clock_now (drill_session_get_clock (self->session)),
                           &counts);

  show_metric (self, 0, counts.n_plans, server->n_plans, 0);
  show_metric (self, 1, counts.n_deliveries, server->n_deliveries, 0);
  show_metric (self, 2, counts.n_failed_deliveries, server->n_failed_deliveries, 0);
  show_metric (self, 3, counts.n_acks, server->n_acks, 0);
  show_metric (self, 4, counts.n_outstanding, server->n_outstanding, counts.n_unlisted);
  show_metric (self, 5, counts.n_actionable, -1, counts.n_unlisted);
  show_metric (self, 6, counts.n_breached, -1, 0);
}
