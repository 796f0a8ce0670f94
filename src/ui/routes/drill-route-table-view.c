// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/routes/drill-route-table-view.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/common/drill-cell-label.h"
#include "ui/common/drill-near-rows.h"
#include "ui/common/drill-row-name.h"
#include "ui/common/drill-tab-stop.h"
#include "ui/routes/drill-header-sorter.h"
#include "ui/routes/drill-route-cell.h"
#include "ui/routes/drill-route-column.h"
#include "ui/routes/drill-route-keys.h"

#define NATURAL_WIDTH 560 /* px: narrower, and what is beside the table folds away */
#define MINIMUM_WIDTH 200 /* px */
#define NARROWEST     40  /* px: a remembered column can still be grabbed */
#define WIDEST        2000
#define MOST_DRAGGED  20000 /* rows: what is more is for the export */
#define SAVE_DELAY    500 /* ms: a column that is dragged wider changes with every motion */

struct _DrillRouteTableView
{
  GtkWidget parent_instance;

  DrillRouteList      *list;
  GSettings           *settings;
  DrillHeaderSorter   *sorter;
  GtkColumnViewColumn *columns[DRILL_N_KEYS]; /* unowned: the view's */
  GSimpleActionGroup  *column_actions;
  GMenu               *column_menu;
  guint                save_id;
  gboolean             restoring;
  gboolean             saving;
  char               **borrowed; /* nullable: the columns of a saved view, shown instead of one's own */

  GtkWidget     *scrolled;
  GtkColumnView *view;
  GtkWidget     *menu;
};

enum {
  ROUTE_ACTIVATED,
  COLUMNS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillRouteTableView, drill_route_table_view, GTK_TYPE_WIDGET)

static int
find_key (DrillRouteTableView *self,
          gpointer             column)
{
  for (int key = 0; key < DRILL_N_KEYS; key++)
    if (self->columns[key] == column)
      return key;

  return -1;
}

/* What the table looks like, remembered */

static void
save_columns (DrillRouteTableView *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  g_auto(GStrv) names = drill_route_table_view_dup_columns (self);
  GVariantBuilder widths;

  g_variant_builder_init (&widths, G_VARIANT_TYPE ("a{si}"));
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      int key = find_key (self, column);
      int width = gtk_column_view_column_get_fixed_width (column);

      if (key >= 0 && width > 0)
        g_variant_builder_add (&widths, "{si}", drill_route_key_get_name (key), width);
    }

  self->saving = TRUE;
  /* Those of a saved view are that view's */
  if (self->borrowed == NULL)
    g_settings_set_strv (self->settings, "columns", (const char *const *) names);
  g_settings_set_value (self->settings, "column-widths", g_variant_builder_end (&widths));
  self->saving = FALSE;
}

static gboolean
save_cb (gpointer user_data)
{
  DrillRouteTableView *self = user_data;

  self->save_id = 0;
  save_columns (self);

  return G_SOURCE_REMOVE;
}

static void
column_changed_cb (DrillRouteTableView *self)
{
  if (self->restoring)
    return;

  g_signal_emit (self, signals[COLUMNS_CHANGED], 0);
  if (self->save_id == 0)
    self->save_id = g_timeout_add (SAVE_DELAY, save_cb, self);
}

static void
show_usual_columns (DrillRouteTableView *self)
{
  guint n_columns;
  const DrillRouteColumnInfo *infos = drill_route_column_get_all (&n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      gtk_column_view_column_set_visible (self->columns[infos[i].key], !infos[i].hidden);
      gtk_column_view_insert_column (self->view, i, self->columns[infos[i].key]);
    }
}

static void
restore_widths (DrillRouteTableView *self)
{
  g_autoptr(GVariant) widths = g_settings_get_value (self->settings, "column-widths");
  guint n_columns;
  const DrillRouteColumnInfo *infos = drill_route_column_get_all (&n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      int width = drill_cell_scale_width (GTK_WIDGET (self), infos[i].width);

      if (g_variant_lookup (widths, drill_route_key_get_name (infos[i].key), "i", &width))
        width = CLAMP (width, NARROWEST, WIDEST);
      gtk_column_view_column_set_fixed_width (self->columns[infos[i].key], width);
    }
}

static void
restore_columns (DrillRouteTableView *self)
{
  g_auto(GStrv) order = self->borrowed != NULL ? g_strdupv (self->borrowed)
                                               : g_settings_get_strv (self->settings, "columns");
  gboolean placed[DRILL_N_KEYS] = { FALSE };
  guint position = 0;

  if (order[0] == NULL)
    show_usual_columns (self);

  for (gsize i = 0; order[i] != NULL; i++)
    {
      DrillRouteKey key;

      if (!drill_route_key_from_name (order[i], &key) || self->columns[key] == NULL || placed[key])
        continue;

      placed[key] = TRUE;
      gtk_column_view_column_set_visible (self->columns[key], TRUE);
      gtk_column_view_insert_column (self->view, position++, self->columns[key]);
    }

  /* What is named comes first, in that order; what is not is hidden */
  for (guint key = 0; order[0] != NULL && key < DRILL_N_KEYS; key++)
    if (self->columns[key] != NULL && key != DRILL_KEY_STATE && !placed[key])
      gtk_column_view_column_set_visible (self->columns[key], FALSE);
}

static void
restore (DrillRouteTableView *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->restoring = TRUE;
  restore_columns (self);
  restore_widths (self);
  self->restoring = FALSE;
}

/* Somebody else has set other columns or widths */
static void
settings_changed_cb (DrillRouteTableView *self)
{
  if (self->saving)
    return;

  if (self->borrowed != NULL)
    {
      self->restoring = TRUE;
      restore_widths (self);
      self->restoring = FALSE;
      return;
    }

  restore (self);
  g_signal_emit (self, signals[COLUMNS_CHANGED], 0);
}

/* Order of the rows */

static void
sorter_changed_cb (DrillRouteTableView *self)
{
  g_autoptr(DrillRouteQuery) query = NULL;
  const DrillRouteQuery *before;
  DrillRouteKey key;
  gboolean descending;

  if (self->restoring)
    return;

  before = drill_route_list_get_query (self->list);
  query = drill_route_query_copy (before);
  drill_route_query_clear_sort (query);

  /* The heading says what comes first; what came first before breaks the ties */
  if (drill_header_sorter_read (self->sorter, self->view, &key, &descending))
    {
      drill_route_query_append_sort (query, key, descending);
      for (guint i = 0; i < drill_route_query_get_n_sort (before) && i < DRILL_MAX_SORT_KEYS - 1; i++)
        {
          gboolean other_descending;
          DrillRouteKey other = drill_route_query_get_sort (before, i, &other_descending);

          if (other != key)
            drill_route_query_append_sort (query, other, other_descending);
        }
    }

  drill_route_list_set_query (self->list, query);
}

/* Shows in the headings how the routes are sorted, when someone else said so */
static void
query_changed_cb (DrillRouteTableView *self)
{
  const DrillRouteQuery *query = drill_route_list_get_query (self->list);
  DrillRouteKey key, shown;
  gboolean descending, shown_descending, any_shown;

  any_shown = drill_header_sorter_read (self->sorter, self->view, &shown, &shown_descending);
  if (drill_route_query_get_n_sort (query) == 0)
    {
      if (!any_shown)
        return;
      self->restoring = TRUE;
      gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
      self->restoring = FALSE;
      return;
    }

  key = drill_route_query_get_sort (query, 0, &descending);
  if (any_shown && shown == key && shown_descending == descending)
    return;

  self->restoring = TRUE;
  gtk_column_view_sort_by_column (self->view, self->columns[key],
                                  descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->restoring = FALSE;
}

/* Rows */

static void
activate_cb (DrillRouteTableView *self,
             guint                position)
{
  g_signal_emit (self, signals[ROUTE_ACTIVATED], 0, position);
}

static void
pressed_cb (DrillRouteTableView *self,
            int                  n_press,
            double               x,
            double               y,
            GtkGestureClick     *gesture)
{
  GtkSelectionModel *selection = gtk_column_view_get_model (self->view);
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);
  guint position = drill_route_cell_get_position (picked);
  double menu_x, menu_y;

  if (position == GTK_INVALID_LIST_POSITION)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (!gtk_selection_model_is_selected (selection, position))
    gtk_selection_model_select_item (selection, position, TRUE);

  gtk_widget_translate_coordinates (GTK_WIDGET (self->view), GTK_WIDGET (self), x, y, &menu_x, &menu_y);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { (int) menu_x, (int) menu_y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
show_menu_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  DrillRouteTableView *self = DRILL_ROUTE_TABLE_VIEW (widget);

  if (drill_route_selection_get_n_selected (drill_route_list_get_selection (self->list)) == 0)
    return;

  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { gtk_widget_get_width (widget) / 2, 60, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* The row that is dragged, or all that are selected with it, as text */
static GdkContentProvider *
drag_prepare_cb (GtkDragSource       *source,
                 double               x,
                 double               y,
                 DrillRouteTableView *self)
{
  DrillRouteSelection *selection = drill_route_list_get_selection (self->list);
  guint position = drill_route_cell_get_position (gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT));
  g_autoptr(GArray) rows = NULL;
  g_autofree char *text = NULL;

  /* A heading is dragged by the view itself */
  if (position == GTK_INVALID_LIST_POSITION)
    return NULL;

  if (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (selection), position))
    {
      rows = drill_route_selection_get_rows (selection);
      g_array_set_size (rows, MIN (rows->len, MOST_DRAGGED));
    }
  else
    {
      guint32 row = drill_slot_model_get_row (drill_route_list_get_model (self->list), position);

      rows = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_array_append_val (rows, row);
    }
  text = drill_route_table_view_dup_text (self, (const guint32 *) rows->data, rows->len);

  return gdk_content_provider_new_typed (G_TYPE_STRING, text);
}

/* Widget */

static void
add_columns (DrillRouteTableView *self)
{
  guint n_columns;
  const DrillRouteColumnInfo *infos = drill_route_column_get_all (&n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      const DrillRouteColumnInfo *info = &infos[i];
      const char *name = drill_route_key_get_name (info->key);
      g_autofree char *action_name = g_strconcat ("column.", name, NULL);
      g_autoptr(GtkColumnViewColumn) column = NULL;
      g_autoptr(GPropertyAction) action = NULL;

      column = gtk_column_view_column_new (_(info->title),
                                           drill_route_cell_factory_new (self->list, info->key, info->numeric));
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_fixed_width (column, drill_cell_scale_width (GTK_WIDGET (self), info->width));
      gtk_column_view_column_set_visible (column, !info->hidden);
      gtk_column_view_column_set_header_menu (column, G_MENU_MODEL (self->column_menu));
      drill_header_sorter_add (self->sorter, column, info->key);
      gtk_column_view_append_column (self->view, column);
      self->columns[info->key] = column;

      /* One column stays, or there would be no heading to bring the others back with */
      if (info->key != DRILL_KEY_STATE)
        {
          action = g_property_action_new (name, column, "visible");
          g_action_map_add_action (G_ACTION_MAP (self->column_actions), G_ACTION (action));
          g_menu_append (self->column_menu, _(info->title), action_name);
        }

      g_signal_connect_object (column, "notify::visible", G_CALLBACK (column_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (column, "notify::fixed-width", G_CALLBACK (column_changed_cb), self, G_CONNECT_SWAPPED);
    }

  g_signal_connect_object (gtk_column_view_get_columns (self->view), "items-changed",
                           G_CALLBACK (column_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
drill_route_table_view_measure (GtkWidget      *widget,
                                GtkOrientation  orientation,
                                int             for_size,
                                int            *minimum,
                                int            *natural,
                                int            *minimum_baseline,
                                int            *natural_baseline)
{
  DrillRouteTableView *self = DRILL_ROUTE_TABLE_VIEW (widget);

  gtk_widget_measure (self->scrolled, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (*minimum, MINIMUM_WIDTH);
      *natural = MAX (*minimum, NATURAL_WIDTH);
    }
}

static void
drill_route_table_view_size_allocate (GtkWidget *widget,
                                      int        width,
                                      int        height,
                                      int        baseline)
{
  DrillRouteTableView *self = DRILL_ROUTE_TABLE_VIEW (widget);

  gtk_widget_size_allocate (self->scrolled, &(GtkAllocation) { 0, 0, width, height }, baseline);
  gtk_popover_present (GTK_POPOVER (self->menu));
}

static gboolean
drill_route_table_view_focus (GtkWidget        *widget,
                              GtkDirectionType  direction)
{
  if (drill_tab_stop_leaves (widget, direction))
    return FALSE;

  return gtk_widget_child_focus (DRILL_ROUTE_TABLE_VIEW (widget)->scrolled, direction);
}

static gboolean
drill_route_table_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DRILL_ROUTE_TABLE_VIEW (widget)->view));
}

static void
drill_route_table_view_dispose (GObject *object)
{
  DrillRouteTableView *self = DRILL_ROUTE_TABLE_VIEW (object);

  if (self->save_id != 0)
    {
      g_clear_handle_id (&self->save_id, g_source_remove);
      save_columns (self);
    }
  self->restoring = TRUE;
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_pointer (&self->borrowed, g_strfreev);
  g_clear_object (&self->column_actions);
  g_clear_object (&self->column_menu);
  g_clear_object (&self->sorter);
  g_clear_object (&self->settings);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (drill_route_table_view_parent_class)->dispose (object);
}

static void
drill_route_table_view_class_init (DrillRouteTableViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = drill_route_table_view_dispose;

  widget_class->measure = drill_route_table_view_measure;
  widget_class->size_allocate = drill_route_table_view_size_allocate;
  widget_class->focus = drill_route_table_view_focus;
  widget_class->grab_focus = drill_route_table_view_grab_focus;

  /**
   * DrillRouteTableView::route-activated:
   * @position: which row
   *
   * A row was double-clicked, or Enter was pressed on it.
   */
  signals[ROUTE_ACTIVATED] = g_signal_new ("route-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  /**
   * DrillRouteTableView::columns-changed:
   *
   * Other columns are shown, or in another order or width.
   */
  signals[COLUMNS_CHANGED] = g_signal_new ("columns-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-route-table-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillRouteTableView, scrolled);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteTableView, view);
  gtk_widget_class_bind_template_child (widget_class, DrillRouteTableView, menu);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);

  gtk_widget_class_install_action (widget_class, "menu.popup", NULL, show_menu_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "menu.popup", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "menu.popup", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "routes.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_ALT_MASK, "win.show-details", NULL);
  gtk_widget_class_set_css_name (widget_class, "routetable");
}

static void
drill_route_table_view_init (DrillRouteTableView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->sorter = drill_header_sorter_new ();
  self->column_menu = g_menu_new ();
  self->column_actions = g_simple_action_group_new ();
  gtk_widget_insert_action_group (GTK_WIDGET (self), "column", G_ACTION_GROUP (self->column_actions));
}

/**
 * drill_route_table_view_set_list:
 * @self: a table
 * @list: the routes to show; given once
 * @settings: where columns, widths and order are remembered
 */
void
drill_route_table_view_set_list (DrillRouteTableView *self,
                                 DrillRouteList      *list,
                                 GSettings           *settings)
{
  g_return_if_fail (self->list == NULL);

  self->list = g_object_ref (list);
  self->settings = g_object_ref (settings);

  self->restoring = TRUE;
  add_columns (self);
  restore (self);

  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (drill_route_list_get_selection (list)));
  drill_route_keys_add (GTK_WIDGET (self), self->view);
  drill_row_name_add_list (self->view, _("Routes"));
  drill_near_rows_follow (GTK_SCROLLABLE (self->view), drill_route_list_get_model (list));
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "query-changed", G_CALLBACK (query_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::columns", G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::column-widths", G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED);
  query_changed_cb (self);
}

/**
 * drill_route_table_view_dup_text:
 * @self: a table
 * @rows: (array length=n_rows): routes
 * @n_rows: how many
 *
 * Returns: (transfer full): them as text, a line each under a line of headings, the visible columns separated by tabs
 */
char *
drill_route_table_view_dup_text (DrillRouteTableView *self,
                                 const guint32       *rows,
                                 guint                n_rows)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  DrillEvidence *evidence = drill_route_list_get_evidence (self->list);
  gint64 now_us = drill_route_list_get_now (self->list);
  GString *text = g_string_new (NULL);
  int keys[DRILL_N_KEYS];
  guint n_keys = 0;

  for (guint i = 0; i < g_list_model_get_n_items (columns) && n_keys < DRILL_N_KEYS; i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      int key = find_key (self, column);

      if (key < 0 || !gtk_column_view_column_get_visible (column))
        continue;

      if (n_keys > 0)
        g_string_append_c (text, '\t');
      g_string_append (text, gtk_column_view_column_get_title (column));
      keys[n_keys++] = key;
    }
  g_string_append_c (text, '\n');

  for (guint i = 0; i < n_rows; i++)
    for (guint j = 0; j < n_keys; j++)
      {
        g_autofree char *cell = drill_route_column_dup_copy ((DrillRouteKey) keys[j], evidence, rows[i], now_us);

        g_string_append (text, cell);
        g_string_append_c (text, j + 1 < n_keys ? '\t' : '\n');
      }

  return g_string_free (text, FALSE);
}

/**
 * drill_route_table_view_scroll_to:
 * @self: a table
 * @position: a row that is listed
 *
 * Brings a row into view.
 */
void
drill_route_table_view_scroll_to (DrillRouteTableView *self,
                                  guint                position)
{
  /* The list inside is the one that scrolls; it has no other way at the floor */
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      gtk_widget_activate_action (child, "list.scroll-to-item", "u", position);
}

/**
 * drill_route_table_view_get_column_actions:
 * @self: a table
 *
 * Returns: (transfer none): the actions of the group `column` that show and hide columns
 */
GActionGroup *
drill_route_table_view_get_column_actions (DrillRouteTableView *self)
{
  return G_ACTION_GROUP (self->column_actions);
}

/**
 * drill_route_table_view_get_column_menu:
 * @self: a table
 *
 * Returns: (transfer none): a menu of them
 */
GMenuModel *
drill_route_table_view_get_column_menu (DrillRouteTableView *self)
{
  return G_MENU_MODEL (self->column_menu);
}

/**
 * drill_route_table_view_dup_columns:
 * @self: a table
 *
 * Returns: (transfer full): the names of the columns that are shown, in order
 */
char **
drill_route_table_view_dup_columns (DrillRouteTableView *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      int key = find_key (self, column);

      if (key >= 0 && gtk_column_view_column_get_visible (column))
        g_strv_builder_add (names, drill_route_key_get_name (key));
    }

  return g_strv_builder_end (names);
}

/**
 * drill_route_table_view_show_columns:
 * @self: a table
 * @columns: (nullable) (array zero-terminated=1): names of columns, in order; %NULL for the ones that a person has chosen
 *
 * Shows the columns of a saved view. One's own are not forgotten meanwhile, and
 * what is changed of these is not remembered.
 */
void
drill_route_table_view_show_columns (DrillRouteTableView *self,
                                     const char *const   *columns)
{
  g_auto(GStrv) before = g_steal_pointer (&self->borrowed);

  if (before == NULL && columns == NULL)
    return;

  if (self->save_id != 0)
    {
      /* As it was until now */
      g_clear_handle_id (&self->save_id, g_source_remove);
      self->borrowed = g_steal_pointer (&before);
      save_columns (self);
      before = g_steal_pointer (&self->borrowed);
    }
  self->borrowed = columns != NULL && columns[0] != NULL ? g_strdupv ((char **) columns) : NULL;
  restore (self);
  g_signal_emit (self, signals[COLUMNS_CHANGED], 0);
}
