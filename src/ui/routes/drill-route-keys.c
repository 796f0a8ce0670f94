// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/routes/drill-route-keys.h"

#include "ui/routes/drill-route-cell.h"

static GtkWidget *
get_list (GtkWidget *view)
{
  GtkWidget *child = gtk_widget_get_first_child (view);

  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);

  return child;
}

/* As an arrow does: the row that gets the focus is the one that is selected */
static void
move (GtkColumnView    *view,
      GtkWidget        *list,
      GtkDirectionType  direction)
{
  GtkSelectionModel *model = gtk_column_view_get_model (view);
  GtkRoot *root = gtk_widget_get_root (list);
  guint position;

#if GTK_CHECK_VERSION (4, 12, 0)
  /* Here the row would keep the focus to itself */
  position = drill_route_cell_get_position (gtk_root_get_focus (root)) + (direction == GTK_DIR_DOWN ? 1 : -1);
  if (position < g_list_model_get_n_items (G_LIST_MODEL (model)))
    {
      G_GNUC_BEGIN_IGNORE_DEPRECATIONS
      gtk_column_view_scroll_to (view, position, NULL, GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
      G_GNUC_END_IGNORE_DEPRECATIONS
    }
#else
  gtk_widget_child_focus (list, direction);
  position = drill_route_cell_get_position (gtk_root_get_focus (root));
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_selection_model_select_item (model, position, TRUE);
#endif
}

static gboolean
pressed_cb (GtkEventControllerKey *controller,
            guint                  keyval,
            guint                  keycode,
            GdkModifierType        state,
            GtkColumnView         *view)
{
  GtkWidget *list = get_list (GTK_WIDGET (view));

  if (list == NULL || state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_SHIFT_MASK) ||
      gtk_widget_get_focus_child (GTK_WIDGET (view)) != list)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_j:
      move (view, list, GTK_DIR_DOWN);
      return GDK_EVENT_STOP;
    case GDK_KEY_k:
      move (view, list, GTK_DIR_UP);
      return GDK_EVENT_STOP;
    case GDK_KEY_slash:
      gtk_widget_activate_action (GTK_WIDGET (view), "win.search", NULL);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/**
 * drill_route_keys_add:
 * @widget: what the view is in; whoever searches what is typed there was given it before
 * @view: a table
 *
 * Lets j and k move as the arrows do, and / begin a search. All other letters
 * are left to whoever searches what is typed.
 */
void
drill_route_keys_add (GtkWidget     *widget,
                      GtkColumnView *view)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  /* The controller that was added last is asked first */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (pressed_cb), view, 0);
  gtk_widget_add_controller (widget, controller);
}
