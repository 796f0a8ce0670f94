// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/drill-views-button.h"

#include <glib/gi18n-lib.h>

#include "ui/views/drill-view-name-dialog.h"
#include "ui/views/drill-views-dialog.h"
#include "ui/views/drill-views-words.h"

#define NO_VIEW "-" /* state of the action while neither a view nor all routes are shown */

struct _DrillViewsButton
{
  GtkWidget parent_instance;

  DrillActiveView    *active;
  GSettings          *settings;
  GSimpleActionGroup *actions;

  GtkMenuButton      *button;
  GtkLabel           *name;
  GtkWidget          *modified;
  GtkWidget          *save;
  GtkWidget          *save_as;
};

G_DEFINE_FINAL_TYPE (DrillViewsButton, drill_views_button, GTK_TYPE_WIDGET)

static void
set_enabled (DrillViewsButton *self,
             const char       *name,
             gboolean          enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update (DrillViewsButton *self)
{
  DrillSavedView *view = drill_active_view_get_view (self->active);
  gboolean modified = drill_active_view_is_modified (self->active);
  gboolean own = view != NULL && !drill_saved_view_is_builtin (view);
  const char *name = view != NULL ? drill_saved_view_get_name (view) : modified ? _("Unsaved View") : _("All Routes");
  const char *id = view != NULL ? drill_saved_view_get_id (view) : modified ? NO_VIEW : "";
  GAction *apply = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "apply");
  g_autofree char *label = NULL;

  gtk_label_set_label (self->name, name);
  gtk_widget_set_visible (self->modified, view != NULL && modified);
  gtk_widget_set_visible (self->save, own);
  gtk_widget_set_visible (self->save_as, !own);

  if (view != NULL && modified)
    /* Translators: %s is the name of a view of routes that was changed since it was saved */
    label = g_strdup_printf (_("View: %s, changed"), name);
  else
    /* Translators: %s is the name of a view of routes */
    label = g_strdup_printf (_("View: %s"), name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  g_simple_action_set_state (G_SIMPLE_ACTION (apply), g_variant_new_string (id));
  set_enabled (self, "save", own && modified);
  set_enabled (self, "revert", view != NULL && modified);
}

/* A name is not a mnemonic, whatever is in it */
static char *
escape_label (const char *name)
{
  g_auto(GStrv) parts = g_strsplit (name, "_", -1);

  return g_strjoinv ("__", parts);
}

static void
append_view (GMenu      *section,
             const char *id,
             const char *name)
{
  g_autofree char *label = escape_label (name);
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "views.apply", "s", id);
  g_menu_append_item (section, item);
}

static void
append_section (GMenu *menu,
                GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
update_menu (DrillViewsButton *self)
{
  DrillSavedViews *views = drill_active_view_get_views (self->active);
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) builtin = g_menu_new ();
  g_autoptr(GMenu) saved = g_menu_new ();
  g_autoptr(GMenu) actions = g_menu_new ();

  append_view (builtin, "", _("All Routes"));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (views)); i++)
    {
      g_autoptr(DrillSavedView) view = g_list_model_get_item (G_LIST_MODEL (views), i);
      const char *id = drill_saved_view_get_id (view);

      if (!drill_saved_view_is_builtin (view))
        append_view (saved, id, drill_saved_view_get_name (view));
      else if (!drill_saved_views_is_hidden (views, id))
        append_view (builtin, id, drill_saved_view_get_name (view));
    }
  g_menu_append (actions, _("Save as _New View…"), "views.save-as");
  g_menu_append (actions, _("_Manage Views…"), "views.manage");

  append_section (menu, builtin);
  append_section (menu, saved);
  append_section (menu, actions);
  gtk_menu_button_set_menu_model (self->button, G_MENU_MODEL (menu));
}

static void
say_error (DrillViewsButton *self,
           const GError     *error)
{
  g_autofree char *text = drill_views_words_dup_store_error (error);

  drill_views_words_show (GTK_WIDGET (self), _("View Not Saved"), text);
}

/* Actions */

static void
apply_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  DrillViewsButton *self = user_data;
  DrillSavedViews *views = drill_active_view_get_views (self->active);
  DrillSavedView *view = drill_saved_views_find (views, g_variant_get_string (parameter, NULL));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-view", "s", "routes");
  if (view != NULL)
    drill_active_view_apply (self->active, view);
  else
    drill_active_view_leave (self->active);
}

static void
leave_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  drill_active_view_leave (DRILL_VIEWS_BUTTON (user_data)->active);
}

static void
save_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  DrillViewsButton *self = user_data;
  g_autoptr(GError) error = NULL;

  if (!drill_active_view_save (self->active, &error))
    say_error (self, error);
}

static void
revert_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  drill_active_view_revert (DRILL_VIEWS_BUTTON (user_data)->active);
}

static void
named_cb (DrillViewsButton *self,
          const char       *name)
{
  g_autoptr(GError) error = NULL;

  if (!drill_active_view_save_as (self->active, name, &error))
    say_error (self, error);
}

static GtkWindow *
get_window (DrillViewsButton *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
save_as_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  DrillViewsButton *self = user_data;
  GtkWidget *dialog;

  dialog = drill_view_name_dialog_new (get_window (self), _("Save as New View"),
                                       _("The filters, the order and the columns that are shown now are kept under this name."),
                                       NULL, _("_Save"));
  g_signal_connect_object (dialog, "named", G_CALLBACK (named_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
manage_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  DrillViewsButton *self = user_data;

  gtk_window_present (GTK_WINDOW (drill_views_dialog_new (get_window (self), self->active, self->settings)));
}

static void
menu_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  DrillViewsButton *self = user_data;
  GtkWindow *window = get_window (self);

  /* The button is in a pane that can be hidden */
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-view", "s", "routes");
  g_object_set (window, "sidebar-visible", TRUE, NULL);
  gtk_menu_button_popup (self->button);
}

/* Widget */

static void
drill_views_button_dispose (GObject *object)
{
  DrillViewsButton *self = DRILL_VIEWS_BUTTON (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->active);
  g_clear_object (&self->settings);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (drill_views_button_parent_class)->dispose (object);
}

static void
drill_views_button_class_init (DrillViewsButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_views_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-views-button.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillViewsButton, button);
  gtk_widget_class_bind_template_child (widget_class, DrillViewsButton, name);
  gtk_widget_class_bind_template_child (widget_class, DrillViewsButton, modified);
  gtk_widget_class_bind_template_child (widget_class, DrillViewsButton, save);
  gtk_widget_class_bind_template_child (widget_class, DrillViewsButton, save_as);
  gtk_widget_class_set_css_name (widget_class, "viewsbutton");
}

static void
drill_views_button_init (DrillViewsButton *self)
{
  static const GActionEntry entries[] = {
    { "apply", apply_cb, "s", "''" },
    { "leave", leave_cb },
    { "save", save_cb },
    { "revert", revert_cb },
    { "save-as", save_as_cb },
    { "manage", manage_cb },
    { "menu", menu_cb },
  };

  gtk_widget_init_template (GTK_WIDGET (self));

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
}

/**
 * drill_views_button_set_up:
 * @self: a button
 * @active: the view that is shown; given once
 * @settings: what says which view to start with
 */
void
drill_views_button_set_up (DrillViewsButton *self,
                           DrillActiveView  *active,
                           GSettings        *settings)
{
  g_return_if_fail (self->active == NULL);

  self->active = g_object_ref (active);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (active, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drill_active_view_get_views (active), "changed", G_CALLBACK (update_menu), self, G_CONNECT_SWAPPED);
  update_menu (self);
  update (self);
}

/**
 * drill_views_button_get_actions:
 * @self: a button
 *
 * Returns: (transfer none): its actions, for the group `views`
 */
GActionGroup *
drill_views_button_get_actions (DrillViewsButton *self)
{
  return G_ACTION_GROUP (self->actions);
}

/**
 * drill_views_button_get_active:
 * @self: a button
 *
 * Returns: (transfer none) (nullable): the view that is shown
 */
DrillActiveView *
drill_views_button_get_active (DrillViewsButton *self)
{
  return self->active;
}
