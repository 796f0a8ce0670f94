// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/drill-chart-table.h"

#include <glib/gi18n-lib.h>

#include "ui/common/drill-format.h"

/* The name of the point, and its total; the others are those of the series */
#define COLUMN_NAME  G_MAXUINT
#define COLUMN_TOTAL (G_MAXUINT - 1)

typedef struct {
  DrillChartData *data;
  guint           column;
} Cells;

static void
free_cells (gpointer  data,
            GClosure *closure)
{
  g_object_unref (((Cells *) data)->data);
  g_free (data);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          Cells                    *cells)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), cells->column == COLUMN_NAME ? 0 : 1);
  if (cells->column != COLUMN_NAME)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         Cells                    *cells)
{
  GtkLabel *label = GTK_LABEL (gtk_list_item_get_child (item));
  guint point = gtk_list_item_get_position (item);
  g_autofree char *number = NULL;

  if (cells->column == COLUMN_NAME)
    {
      gtk_label_set_label (label, drill_chart_data_get_name (cells->data, point));
      return;
    }

  number = drill_format_count (cells->column == COLUMN_TOTAL
                                 ? drill_chart_data_get_total (cells->data, point)
                                 : (gint64) drill_chart_data_get_value (cells->data, point, cells->column));
  gtk_label_set_label (label, number);
}

static void
append_column (GtkColumnView  *table,
               DrillChartData *data,
               const char     *title,
               guint           number)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) column = NULL;
  Cells *cells = g_new (Cells, 1);

  cells->data = g_object_ref (data);
  cells->column = number;
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), cells);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_cb), cells, free_cells, 0);

  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, number == COLUMN_NAME);
  gtk_column_view_append_column (table, column);
}

static void
remove_columns (GtkColumnView *table)
{
  GListModel *columns = gtk_column_view_get_columns (table);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (table, column);
    }
}

/**
 * drill_chart_table_fill:
 * @table: a table
 * @data: (nullable): what a chart shows
 *
 * Shows the same as numbers: a row a point, a column a series, and the total
 * where there is one.
 */
void
drill_chart_table_fill (GtkColumnView  *table,
                        DrillChartData *data)
{
  g_autoptr(GtkStringList) names = NULL;
  GtkSelectionModel *model;

  gtk_column_view_set_model (table, NULL);
  remove_columns (table);
  if (data == NULL)
    return;

  append_column (table, data, drill_chart_data_get_points_title (data), COLUMN_NAME);
  for (guint i = 0; i < drill_chart_data_get_n_series (data); i++)
    append_column (table, data, drill_chart_data_get_series_name (data, i), i);
  if (drill_chart_data_is_stacked (data))
    append_column (table, data, _("Total"), COLUMN_TOTAL);

  names = gtk_string_list_new (NULL);
  for (guint i = 0; i < drill_chart_data_get_n_points (data); i++)
    gtk_string_list_append (names, drill_chart_data_get_name (data, i));
  model = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&names))));
  gtk_column_view_set_model (table, model);
  g_object_unref (model);
}
