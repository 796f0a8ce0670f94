// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/drill-view-row.h"

#include <glib/gi18n-lib.h>

struct _DrillViewRow
{
  AdwActionRow parent_instance;

  DrillSavedView *view;
};

G_DEFINE_FINAL_TYPE (DrillViewRow, drill_view_row, ADW_TYPE_ACTION_ROW)

static void
drill_view_row_finalize (GObject *object)
{
  g_clear_object (&DRILL_VIEW_ROW (object)->view);

  G_OBJECT_CLASS (drill_view_row_parent_class)->finalize (object);
}

static void
move (DrillViewRow *self,
      int           by)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "manage.move", "(si)", drill_saved_view_get_id (self->view), by);
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  DrillViewRow *self = DRILL_VIEW_ROW (widget);

  if (drill_saved_view_is_builtin (self->view))
    return FALSE;

  move (self, g_variant_get_int32 (arguments));

  return TRUE;
}

static void
drill_view_row_class_init (DrillViewRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = drill_view_row_finalize;

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, GDK_ALT_MASK, move_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, GDK_ALT_MASK, move_cb, "i", 1);
}

static void
drill_view_row_init (DrillViewRow *self)
{
}

/* Dragging */

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            DrillViewRow  *self)
{
  return gdk_content_provider_new_typed (DRILL_TYPE_SAVED_VIEW, self->view);
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               DrillViewRow  *self)
{
  g_autoptr(GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         DrillViewRow  *self)
{
  DrillSavedView *dropped = g_value_get_object (value);

  if (dropped == NULL || dropped == self->view || drill_saved_view_is_builtin (dropped))
    return FALSE;

  return gtk_widget_activate_action (GTK_WIDGET (self), "manage.move-to", "(ss)", drill_saved_view_get_id (dropped),
                                     drill_saved_view_get_id (self->view));
}

static void
add_dragging (DrillViewRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (DRILL_TYPE_SAVED_VIEW, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* What is in it */

static void
add_item (GMenu      *menu,
          const char *label,
          const char *action,
          const char *id)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static GtkWidget *
menu_button_new (DrillViewRow *self,
                 gboolean      start,
                 gboolean      can_update)
{
  const char *id = drill_saved_view_get_id (self->view);
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autofree char *label = NULL;

  if (!drill_saved_view_is_builtin (self->view))
    {
      add_item (menu, _("_Rename…"), "manage.rename", id);
      if (can_update)
        add_item (menu, _("_Update to What Is Shown"), "manage.update", id);
    }
  if (start)
    add_item (menu, _("Do _Not Start with It"), "manage.start", "");
  else
    add_item (menu, _("_Start with It"), "manage.start", id);
  add_item (menu, _("_Export…"), "manage.export", id);
  if (!drill_saved_view_is_builtin (self->view))
    add_item (menu, _("_Delete"), "manage.delete", id);

  /* Translators: %s is the name of a view */
  label = g_strdup_printf (_("More for %s"), drill_saved_view_get_name (self->view));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("More"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return button;
}

static void
add_move_button (DrillViewRow *self,
                 const char   *icon_name,
                 const char   *tooltip,
                 char         *label,
                 int           by)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "manage.move");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(si)", drill_saved_view_get_id (self->view), by);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
  g_free (label);
}

static void
shown_cb (DrillViewRow *self,
          GParamSpec   *pspec,
          GtkSwitch    *shown)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "manage.show", "(sb)", drill_saved_view_get_id (self->view),
                              gtk_switch_get_active (shown));
}

static void
add_switch (DrillViewRow *self,
            gboolean      active)
{
  GtkWidget *shown = gtk_switch_new ();
  g_autofree char *label = NULL;

  /* Translators: %s is the name of a view */
  label = g_strdup_printf (_("%s is in the menu"), drill_saved_view_get_name (self->view));
  gtk_switch_set_active (GTK_SWITCH (shown), active);
  gtk_widget_set_valign (shown, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (shown), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (shown, "notify::active", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), shown);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), shown);
}

/**
 * drill_view_row_new:
 * @view: the view
 * @filters: what it filters by, in words
 * @start: whether it is the one to start with
 * @shown: whether it is in the menu; every saved one is
 * @can_update: whether what is shown now can take the place of its content
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
drill_view_row_new (DrillSavedView *view,
                    const char     *filters,
                    gboolean        start,
                    gboolean        shown,
                    gboolean        can_update)
{
  DrillViewRow *self = g_object_new (DRILL_TYPE_VIEW_ROW, "use-markup", FALSE, NULL);
  const char *name = drill_saved_view_get_name (view);

  self->view = g_object_ref (view);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), filters);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 3);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), filters);

  if (start)
    {
      GtkWidget *label = gtk_label_new (C_("view", "Start"));

      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_set_tooltip_text (label, _("The program starts with this view"));
      adw_action_row_add_suffix (ADW_ACTION_ROW (self), label);
    }

  if (drill_saved_view_is_builtin (view))
    {
      add_switch (self, shown);
    }
  else
    {
      GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");

      gtk_widget_set_tooltip_text (handle, _("Drag to move"));
      gtk_widget_set_cursor_from_name (handle, "grab");
      adw_action_row_add_prefix (ADW_ACTION_ROW (self), handle);
      /* Translators: %s is the name of a view */
      add_move_button (self, "go-up-symbolic", _("Move Up"), g_strdup_printf (_("Move %s up"), name), -1);
      /* Translators: %s is the name of a view */
      add_move_button (self, "go-down-symbolic", _("Move Down"), g_strdup_printf (_("Move %s down"), name), 1);
      add_dragging (self);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), menu_button_new (self, start, can_update));

  return GTK_WIDGET (self);
}

/**
 * drill_view_row_get_view:
 * @self: a row
 *
 * Returns: (transfer none): its view
 */
DrillSavedView *
drill_view_row_get_view (DrillViewRow *self)
{
  return self->view;
}
