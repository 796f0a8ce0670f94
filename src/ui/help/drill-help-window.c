// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/drill-help-window.h"

#include <glib/gi18n-lib.h>

#include "ui/common/drill-fit.h"
#include "ui/help/drill-help-page.h"

struct _DrillHelpWindow
{
  AdwWindow    parent_instance;

  AdwLeaflet  *leaflet;
  GtkWidget   *back_button;
  GtkEditable *search;
  GtkListBox  *list;      /* a row for each topic, in order */
  GtkWidget   *page_place;
};

G_DEFINE_FINAL_TYPE (DrillHelpWindow, drill_help_window, ADW_TYPE_WINDOW)

static const DrillHelpTopic *
get_topic (GtkListBoxRow *row)
{
  guint n_topics;
  const DrillHelpTopic *topics = drill_help_topics_get (&n_topics);

  return &topics[gtk_list_box_row_get_index (row)];
}

static GtkWidget *
make_row (const DrillHelpTopic *topic)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new (_(topic->title));
  GtkWidget *who = gtk_label_new (_(topic->who));
  GtkWidget *labels[] = { title, who };

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      gtk_label_set_xalign (GTK_LABEL (labels[i]), 0);
      gtk_label_set_wrap (GTK_LABEL (labels[i]), TRUE);
      gtk_box_append (GTK_BOX (box), labels[i]);
    }
  gtk_widget_add_css_class (who, "caption");
  gtk_widget_add_css_class (who, "dim-label");
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _(topic->title),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _(topic->who),
                                  -1);

  return row;
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       user_data)
{
  DrillHelpWindow *self = user_data;

  return drill_help_topic_matches (get_topic (row), gtk_editable_get_text (self->search));
}

static void
update_back (DrillHelpWindow *self)
{
  gtk_widget_set_visible (self->back_button, adw_leaflet_get_folded (self->leaflet) &&
                          adw_leaflet_get_visible_child (self->leaflet) == self->page_place);
}

static void
leaflet_changed_cb (DrillHelpWindow *self)
{
  update_back (self);
}

static void
row_selected_cb (DrillHelpWindow *self,
                 GtkListBoxRow   *row)
{
  if (row != NULL)
    adw_bin_set_child (ADW_BIN (self->page_place), drill_help_page_new (get_topic (row)));
}

static void
row_activated_cb (DrillHelpWindow *self,
                  GtkListBoxRow   *row)
{
  if (!adw_leaflet_get_folded (self->leaflet))
    return;

  adw_leaflet_set_visible_child (self->leaflet, self->page_place);
  gtk_widget_child_focus (self->page_place, GTK_DIR_TAB_FORWARD);
}

static void
back_cb (DrillHelpWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
search_changed_cb (DrillHelpWindow *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

/* Enter shows the first that was found */
static void
search_activated_cb (DrillHelpWindow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      {
        gtk_list_box_select_row (self->list, row);
        row_activated_cb (self, row);
        return;
      }
}

static void
search_stopped_cb (DrillHelpWindow *self)
{
  if (*gtk_editable_get_text (self->search) != '\0')
    gtk_editable_set_text (self->search, "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
search_action_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  DrillHelpWindow *self = DRILL_HELP_WINDOW (widget);

  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
drill_help_window_class_init (DrillHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillHelpWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, DrillHelpWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, DrillHelpWindow, search);
  gtk_widget_class_bind_template_child (widget_class, DrillHelpWindow, list);
  gtk_widget_class_bind_template_child (widget_class, DrillHelpWindow, page_place);
  gtk_widget_class_bind_template_callback (widget_class, leaflet_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);

  gtk_widget_class_install_action (widget_class, "help.search", NULL, search_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "help.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
drill_help_window_init (DrillHelpWindow *self)
{
  guint n_topics;
  const DrillHelpTopic *topics = drill_help_topics_get (&n_topics);

  gtk_widget_init_template (GTK_WIDGET (self));
  drill_fit_text (GTK_WINDOW (self));

  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  for (guint i = 0; i < n_topics; i++)
    gtk_list_box_append (self->list, make_row (&topics[i]));
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
  update_back (self);
}

/**
 * drill_help_window_show:
 * @parent: the window it is about, and goes with
 * @topic: (nullable): the topic to show, %NULL for the first, or the one shown
 *
 * Opens the help, or brings the open one to the front.
 */
void
drill_help_window_show (GtkWindow  *parent,
                        const char *topic)
{
  g_autoptr(GList) toplevels = gtk_window_list_toplevels ();
  DrillHelpWindow *self = NULL;
  guint n_topics;
  const DrillHelpTopic *topics = drill_help_topics_get (&n_topics);
  const DrillHelpTopic *found = topic != NULL ? drill_help_topic_find (topic) : NULL;

  for (GList *l = toplevels; l != NULL; l = l->next)
    if (DRILL_IS_HELP_WINDOW (l->data) && gtk_window_get_transient_for (l->data) == parent)
      self = l->data;

  if (self == NULL)
    self = g_object_new (DRILL_TYPE_HELP_WINDOW, "transient-for", parent, NULL);

  if (found != NULL)
    {
      gtk_editable_set_text (self->search, "");
      gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (int) (found - topics)));
      adw_leaflet_set_visible_child (self->leaflet, self->page_place);
    }

  gtk_window_present (GTK_WINDOW (self));
}

/**
 * drill_help_window_get_topic:
 * @self: the help
 *
 * Returns: (transfer none): the id of the topic that is shown
 */
const char *
drill_help_window_get_topic (DrillHelpWindow *self)
{
  return drill_help_page_get_topic (DRILL_HELP_PAGE (adw_bin_get_child (ADW_BIN (self->page_place))))->id;
}
