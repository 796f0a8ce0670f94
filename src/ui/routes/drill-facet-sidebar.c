// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/routes/drill-facet-sidebar.h"

#include "ui/common/drill-cell-label.h"
#include "ui/routes/drill-facet-group.h"

/* Pixels: boxes, icons and margins beside each other, and texts of the usual size */
#define BOXES 90
#define TEXTS 150

struct _DrillFacetSidebar
{
  GtkWidget parent_instance;

  DrillRouteList *list;

  DrillViewsButton *views;
  GtkWidget      *scrolled;
  GtkBox         *groups;
  GtkCheckButton *current_plans;
  GtkCheckButton *all_plans;
};

G_DEFINE_FINAL_TYPE (DrillFacetSidebar, drill_facet_sidebar, GTK_TYPE_WIDGET)

static void
scope_toggled_cb (DrillFacetSidebar *self)
{
  g_autoptr(DrillRouteQuery) query = NULL;

  if (self->list == NULL)
    return;

  query = drill_route_query_copy (drill_route_list_get_query (self->list));
  drill_route_query_set_all_plans (query, gtk_check_button_get_active (self->all_plans));
  drill_route_list_set_query (self->list, query);
}

static void
query_changed_cb (DrillFacetSidebar *self)
{
  gboolean all_plans = drill_route_query_get_all_plans (drill_route_list_get_query (self->list));

  gtk_check_button_set_active (all_plans ? self->all_plans : self->current_plans, TRUE);
}

static void
drill_facet_sidebar_dispose (GObject *object)
{
  DrillFacetSidebar *self = DRILL_FACET_SIDEBAR (object);

  if (self->views != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->views));
  self->views = NULL;
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (drill_facet_sidebar_parent_class)->dispose (object);
}

static void
drill_facet_sidebar_class_init (DrillFacetSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_facet_sidebar_dispose;

  g_type_ensure (DRILL_TYPE_VIEWS_BUTTON);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-facet-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillFacetSidebar, views);
  gtk_widget_class_bind_template_child (widget_class, DrillFacetSidebar, scrolled);
  gtk_widget_class_bind_template_child (widget_class, DrillFacetSidebar, groups);
  gtk_widget_class_bind_template_child (widget_class, DrillFacetSidebar, current_plans);
  gtk_widget_class_bind_template_child (widget_class, DrillFacetSidebar, all_plans);
  gtk_widget_class_bind_template_callback (widget_class, scope_toggled_cb);
  gtk_widget_class_set_css_name (widget_class, "facetsidebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
drill_facet_sidebar_init (DrillFacetSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), BOXES + drill_cell_scale_width (GTK_WIDGET (self), TEXTS), -1);
}

/**
 * drill_facet_sidebar_set_list:
 * @self: the sidebar
 * @list: whose query it changes; given once
 */
void
drill_facet_sidebar_set_list (DrillFacetSidebar *self,
                              DrillRouteList    *list)
{
  static const DrillFacet expanded[] = {
    DRILL_FACET_STATE, DRILL_FACET_SLO, DRILL_FACET_PROVIDER, DRILL_FACET_OWNER,
  };

  g_return_if_fail (self->list == NULL);

  self->list = g_object_ref (list);
  for (guint facet = 0; facet < DRILL_N_FACETS; facet++)
    {
      gboolean open = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (expanded); i++)
        open |= expanded[i] == facet;
      gtk_box_append (self->groups, drill_facet_group_new (list, (DrillFacet) facet, open));
    }

  g_signal_connect_object (list, "query-changed", G_CALLBACK (query_changed_cb), self, G_CONNECT_SWAPPED);
  query_changed_cb (self);
}

/**
 * drill_facet_sidebar_get_views:
 * @self: the sidebar
 *
 * Returns: (transfer none): the button at its top that has the views
 */
DrillViewsButton *
drill_facet_sidebar_get_views (DrillFacetSidebar *self)
{
  return self->views;
}
