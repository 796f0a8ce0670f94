// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/routes/drill-route-actions.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "ui/common/drill-write-words.h"

#define N_BUTTONS 4

struct _DrillRouteActions
{
  GtkWidget       parent_instance;

  DrillRouteList *list;

  GtkWidget      *content;
  GtkWidget      *acknowledge;
  GtkWidget      *escalate;
  GtkWidget      *resolve;
  GtkWidget      *dismiss;
  GtkWidget      *reason_box;
  GtkLabel       *reason;
  GtkWidget      *sign_in;
};

G_DEFINE_FINAL_TYPE (DrillRouteActions, drill_route_actions, GTK_TYPE_WIDGET)

/* A list in which to look costs more than saying so afterwards */
static gboolean
is_none_delivered (DrillRouteList *list)
{
  DrillRouteSelection *selection = drill_route_list_get_selection (list);
  g_autoptr(GArray) rows = NULL;

  if (drill_route_selection_get_n_selected (selection) != 1)
    return FALSE;

  rows = drill_route_selection_get_rows (selection);

  return !(drill_evidence_get_route_flags (drill_route_list_get_evidence (list))[g_array_index (rows, guint32, 0)] &
           DRILL_ROUTE_DELIVERED);
}

static void
update (DrillRouteActions *self)
{
  DrillSession *session = drill_route_list_get_session (self->list);
  gboolean any = drill_route_selection_get_n_selected (drill_route_list_get_selection (self->list)) > 0;
  const char *reason = any ? drill_route_actions_why_not (self->list) : NULL;
  const char *tooltips[N_BUTTONS] = {
    _("Record that it was seen and is taken care of"),
    _("Record that it was handed on; it stays outstanding"),
    _("Record that it is done"),
    _("Record that it does not matter; it stays outstanding"),
  };
  GtkWidget *buttons[N_BUTTONS] = { self->acknowledge, self->escalate, self->resolve, self->dismiss };

  for (gsize i = 0; i < N_BUTTONS; i++)
    gtk_widget_set_tooltip_text (buttons[i], reason != NULL ? reason : tooltips[i]);
  gtk_label_set_label (self->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (self->reason_box, reason != NULL);
  gtk_widget_set_visible (self->sign_in, drill_session_get_gate (session) == DRILL_GATE_SIGN_IN);
  gtk_widget_set_visible (GTK_WIDGET (self), any);
}

static void
drill_route_actions_dispose (GObject *object)
{
  DrillRouteActions *self = DRILL_ROUTE_ACTIONS (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (drill_route_actions_parent_class)->dispose (object);
}

static void
drill_route_actions_class_init (DrillRouteActionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_route_actions_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-route-actions.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillRouteActions, content);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteActions, acknowledge);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteActions, escalate);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteActions, resolve);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteActions, dismiss);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteActions, reason_box);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteActions, reason);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteActions, sign_in);
}

static void
drill_route_actions_init (DrillRouteActions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * drill_route_actions_set_list:
 * @self: the buttons
 * @list: whose selection they act on; given once
 */
void
drill_route_actions_set_list (DrillRouteActions *self,
                              DrillRouteList    *list)
{
  g_return_if_fail (self->list == NULL);

  self->list = g_object_ref (list);
  g_signal_connect_object (drill_route_list_get_selection (list), "selection-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drill_route_list_get_session (list), "notify::gate",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * drill_route_actions_get_reason:
 * @self: the buttons
 *
 * Returns: why they cannot be used, "" when they can
 */
const char *
drill_route_actions_get_reason (DrillRouteActions *self)
{
  return gtk_label_get_label (self->reason);
}

/**
 * drill_route_actions_why_not:
 * @list: routes
 *
 * Returns: (nullable): why nothing can be recorded on the selected ones, or %NULL when it can
 */
const char *
drill_route_actions_why_not (DrillRouteList *list)
{
  const char *gate = drill_write_words_gate (drill_session_get_gate (drill_route_list_get_session (list)));

  if (gate != NULL)
    return gate;
  if (drill_route_selection_get_n_selected (drill_route_list_get_selection (list)) == 0)
    return _("No route is selected.");
  if (is_none_delivered (list))
    return _("This route is not delivered: there is nothing to acknowledge.");

  return NULL;
}
