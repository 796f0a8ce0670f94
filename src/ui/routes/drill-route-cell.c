// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/routes/drill-route-cell.h"

#include <glib/gi18n-lib.h>

#include "ui/common/drill-cell-label.h"
#include "ui/common/drill-kind-names.h"
#include "ui/common/drill-label.h"
#include "ui/common/drill-row-name.h"
#include "ui/routes/drill-route-column.h"
#include "ui/routes/drill-route-words.h"

typedef struct {
  DrillRouteList *list;
  DrillRouteKey   key;
  gboolean        numeric;
} Cells;

static GQuark
list_item_quark (void)
{
  return g_quark_from_static_string ("drill-list-item");
}

static void
cells_free (gpointer  data,
            GClosure *closure)
{
  Cells *cells = data;

  g_object_unref (cells->list);
  g_free (cells);
}

/* Exactly one of the classes, or none */
static void
set_tone (GtkWidget  *widget,
          const char *tone)
{
  static const char *const tones[] = { "success", "warning", "error" };

  for (gsize i = 0; i < G_N_ELEMENTS (tones); i++)
    {
      if (g_strcmp0 (tone, tones[i]) == 0)
        gtk_widget_add_css_class (widget, tones[i]);
      else
        gtk_widget_remove_css_class (widget, tones[i]);
    }
}

static void
show_state (Cells         *cells,
            GtkWidget     *box,
            DrillEvidence *evidence,
            guint32        row,
            const char    *text)
{
  GtkWidget *image = gtk_widget_get_first_child (box);
  GtkWidget *label = gtk_widget_get_next_sibling (image);
  GtkWidget *mark = gtk_widget_get_next_sibling (label);
  const char *state = drill_route_column_get_state (evidence, row);

  gtk_image_set_from_icon_name (GTK_IMAGE (image), drill_label_state_icon (state));
  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_visible (mark, drill_evidence_route_predates (evidence, row));
  set_tone (image, drill_state_get_css_class (state));
}

/* What is late or soon will be has an icon too: not everybody sees the colour */
static void
show_slo (GtkWidget  *box,
          const char *slo,
          const char *text)
{
  GtkWidget *image = gtk_widget_get_first_child (box);
  const char *tone = g_strcmp0 (slo, "breached") == 0 ? "error" : g_strcmp0 (slo, "due") == 0 ? "warning" : NULL;

  gtk_image_set_from_icon_name (GTK_IMAGE (image), drill_label_state_icon (slo));
  gtk_widget_set_visible (image, tone != NULL);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (image)), text);
  set_tone (box, tone);
}

/* A label with an icon before it that says the same */
static GtkWidget *
new_box (GtkWidget *label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE,
                                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                               NULL));
  gtk_box_append (GTK_BOX (box), label);

  return box;
}

static void
show_row (Cells       *cells,
          GtkListItem *item)
{
  DrillSlot *slot = gtk_list_item_get_item (item);
  GtkWidget *child = gtk_list_item_get_child (item);
  DrillEvidence *evidence = drill_route_list_get_evidence (cells->list);
  guint32 row = drill_slot_get_row (slot);
  gint64 now_us = drill_route_list_get_now (cells->list);
  g_autofree char *text = NULL;

  if (row >= drill_evidence_get_n_routes (evidence))
    return;

  text = drill_route_column_dup_text (cells->key, evidence, row, now_us);
  if (cells->key == DRILL_KEY_STATE)
    {
      g_autofree char *sentence = drill_route_words_dup_sentence (evidence, row, now_us);

      /* The one column that cannot be hidden speaks for all */
      show_state (cells, child, evidence, row, text);
      drill_row_name_set (child, sentence);
      return;
    }

  if (cells->key == DRILL_KEY_SLO)
    show_slo (child, drill_route_column_get_slo (evidence, row, now_us,
                                                 drill_route_query_get_due_minutes (drill_route_list_get_query (cells->list))),
              text);
  else
    gtk_label_set_label (GTK_LABEL (child), text);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item,
          Cells              *cells)
{
  /* Schedules and plans begin alike and differ at the end */
  gboolean is_name = cells->key == DRILL_KEY_SCHEDULE || cells->key == DRILL_KEY_PLAN;
  GtkWidget *label = drill_cell_label_new (is_name ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_END);
  GtkWidget *child = label;

  if (cells->numeric)
    gtk_widget_add_css_class (label, "numeric");

  if (cells->key == DRILL_KEY_STATE || cells->key == DRILL_KEY_SLO)
    child = new_box (label);

  if (cells->key == DRILL_KEY_STATE)
    {
      GtkWidget *mark = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_box_append (GTK_BOX (child), mark);
      gtk_widget_set_tooltip_text (mark, _("Predates this plan: acknowledged before the current plan was made, or for another one"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (mark),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, _("Predates this plan"),
                                      -1);
    }

  g_object_set_qdata (G_OBJECT (child), list_item_quark (), item);
  gtk_list_item_set_child (item, child);
}

static void
changed_cb (DrillSlot   *slot,
            GtkListItem *item)
{
  Cells *cells = g_object_get_data (G_OBJECT (gtk_list_item_get_child (item)), "drill-cells");

  if (cells != NULL)
    show_row (cells, item);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         Cells              *cells)
{
  g_object_set_data (G_OBJECT (gtk_list_item_get_child (item)), "drill-cells", cells);
  g_signal_connect (gtk_list_item_get_item (item), "changed", G_CALLBACK (changed_cb), item);
  show_row (cells, item);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *item,
           Cells              *cells)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), changed_cb, item);
}

static void
teardown_cb (GtkListItemFactory *factory,
             GtkListItem        *item,
             Cells              *cells)
{
  gtk_list_item_set_child (item, NULL);
}

/**
 * drill_route_cell_factory_new:
 * @list: the routes
 * @key: the column
 * @numeric: whether its figures are to be of one width
 *
 * Makes the cells of a column. They follow their slot, so that another answer
 * changes the texts that are visible and nothing else.
 *
 * Returns: (transfer full): the factory
 */
GtkListItemFactory *
drill_route_cell_factory_new (DrillRouteList *list,
                              DrillRouteKey   key,
                              gboolean        numeric)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Cells *cells = g_new0 (Cells, 1);

  cells->list = g_object_ref (list);
  cells->key = key;
  cells->numeric = numeric;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), cells);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), cells);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), cells);
  g_signal_connect_data (factory, "teardown", G_CALLBACK (teardown_cb), cells, cells_free, 0);

  return factory;
}

/**
 * drill_route_cell_get_position:
 * @widget: something that was clicked in a table
 *
 * GTK 4.8 does not say which row a widget is in; the cells know.
 *
 * Returns: the position of its row, or %GTK_INVALID_LIST_POSITION
 */
guint
drill_route_cell_get_position (GtkWidget *widget)
{
  for (; widget != NULL && !GTK_IS_LIST_VIEW (widget) && !GTK_IS_COLUMN_VIEW (widget); widget = gtk_widget_get_parent (widget))
    {
      /* Up from inside a cell, or down from its padding or from the row */
      for (GtkWidget *child = widget; child != NULL; child = gtk_widget_get_first_child (child))
        {
          GtkListItem *item = g_object_get_qdata (G_OBJECT (child), list_item_quark ());

          if (item != NULL)
            return gtk_list_item_get_position (item);
        }
    }

  return GTK_INVALID_LIST_POSITION;
}
