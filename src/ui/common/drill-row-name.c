// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-row-name.h"

#define NAME "drill-row-name"

/**
 * drill_row_name_add_list:
 * @view: a table
 * @name: what it is a list of
 *
 * Names the list inside the view: that has the focus while no row has it.
 */
void
drill_row_name_add_list (GtkColumnView *view,
                         const char    *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * drill_row_name_set:
 * @child: what a factory put into a cell of a column view
 * @name: what its row says, one line of plain text
 *
 * Names the row: GTK 4.8 has no place where a column view asks for it, and a
 * row without a name is only a number of cells to a screen reader.
 */
void
drill_row_name_set (GtkWidget  *child,
                    const char *name)
{
  GtkWidget *cell = gtk_widget_get_parent (child);
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;

  /* An unchanged name would be told again to whoever listens: for each row, with every refresh */
  if (row == NULL || g_strcmp0 (g_object_get_data (G_OBJECT (row), NAME), name) == 0)
    return;

  g_object_set_data_full (G_OBJECT (row), NAME, g_strdup (name), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
