// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-tab-stop.h"

struct _DrillTabStop
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (DrillTabStop, drill_tab_stop, ADW_TYPE_BIN)

static gboolean
drill_tab_stop_focus (GtkWidget        *widget,
                      GtkDirectionType  direction)
{
  if (drill_tab_stop_leaves (widget, direction))
    return FALSE;

  return GTK_WIDGET_CLASS (drill_tab_stop_parent_class)->focus (widget, direction);
}

static void
drill_tab_stop_class_init (DrillTabStopClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = drill_tab_stop_focus;
}

static void
drill_tab_stop_init (DrillTabStop *self)
{
}

/**
 * drill_tab_stop_leaves:
 * @widget: what the focus may be in
 * @direction: where it is to go
 *
 * For the focus() of a widget that is a stop itself.
 *
 * Returns: whether it goes out of it
 */
gboolean
drill_tab_stop_leaves (GtkWidget        *widget,
                       GtkDirectionType  direction)
{
  return gtk_widget_get_focus_child (widget) != NULL &&
         (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD);
}
