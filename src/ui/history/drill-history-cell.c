// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/drill-history-cell.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "query/drill-slot-model.h"
#include "ui/common/drill-cell-label.h"
#include "ui/common/drill-format.h"
#include "ui/common/drill-kind-names.h"
#include "ui/common/drill-row-name.h"

/* A delivery to all connectors names ten; the JSON has all of whatever there are. */
#define MAX_PROVIDERS 12

typedef struct {
  DrillEvidence      **evidence; /* the view's: it outlives its cells */
  DrillHistoryColumn   column;
} Cells;

#define TEXT(evidence, dict, code) drill_text_one_line (drill_evidence_get_text ((evidence), (dict), (code)))

static GQuark
list_item_quark (void)
{
  return g_quark_from_static_string ("drill-history-list-item");
}

static char *
dup_providers (DrillEvidence   *evidence,
               const DrillItem *item)
{
  const guint32 *providers = drill_evidence_get_item_providers (evidence);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < item->n_providers && i < MAX_PROVIDERS; i++)
    {
      g_autofree char *provider = TEXT (evidence, DRILL_DICT_PROVIDER, providers[item->first_provider + i]);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", provider);
    }
  if (item->n_providers > MAX_PROVIDERS)
    g_string_append (text, ", …");

  return g_strdup (text->str);
}

/* One of these, or none */
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
show_state (GtkWidget     *box,
            DrillEvidence *evidence,
            guint32        row,
            const char    *text)
{
  GtkWidget *image = gtk_widget_get_first_child (box);
  GtkWidget *label = gtk_widget_get_next_sibling (image);
  const char *state = drill_history_item_get_state (evidence, row);

  gtk_image_set_from_icon_name (GTK_IMAGE (image), drill_state_get_icon_name (state));
  set_tone (image, drill_state_get_css_class (state));
  gtk_label_set_label (GTK_LABEL (label), text);
}

/* A row as it is read aloud: what has no text is left out */
static void
name_row (GtkWidget     *child,
          DrillEvidence *evidence,
          guint32        row)
{
  static const DrillHistoryColumn columns[] = {
    DRILL_HISTORY_KIND, DRILL_HISTORY_SUBJECT, DRILL_HISTORY_PROVIDERS, DRILL_HISTORY_STATE, DRILL_HISTORY_TIME
  };
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) parts = NULL;
  g_autofree char *name = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *text = drill_history_cell_dup_text (evidence, row, columns[i]);

      if (*text != '\0')
        g_strv_builder_add (builder, text);
    }
  parts = g_strv_builder_end (builder);
  name = g_strjoinv (", ", parts);
  drill_row_name_set (child, name);
}

static void
show_row (Cells       *cells,
          GtkListItem *list_item)
{
  DrillEvidence *evidence = *cells->evidence;
  GtkWidget *child = gtk_list_item_get_child (list_item);
  guint32 row = drill_slot_get_row (gtk_list_item_get_item (list_item));
  g_autofree char *text = NULL;

  if (evidence == NULL || row >= drill_evidence_get_n_items (evidence))
    return;

  text = drill_history_cell_dup_text (evidence, row, cells->column);
  if (cells->column == DRILL_HISTORY_STATE)
    show_state (child, evidence, row, text);
  else
    gtk_label_set_label (GTK_LABEL (child), text);
  if (cells->column == DRILL_HISTORY_KIND)
    name_row (child, evidence, row);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *list_item,
          Cells              *cells)
{
  /* Subjects begin alike and differ at the end */
  GtkWidget *child = drill_cell_label_new (cells->column == DRILL_HISTORY_SUBJECT ? PANGO_ELLIPSIZE_MIDDLE
                                                                                  : PANGO_ELLIPSIZE_END);

  if (cells->column == DRILL_HISTORY_STATE)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      /* The word beside it says the same. */
      gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE,
                                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                                   NULL));
      gtk_box_append (GTK_BOX (box), child);
      child = box;
    }
  else if (cells->column == DRILL_HISTORY_TIME)
    {
      gtk_widget_add_css_class (child, "numeric");
    }

  g_object_set_data (G_OBJECT (list_item), "drill-cells", cells);
  g_object_set_qdata (G_OBJECT (child), list_item_quark (), list_item);
  gtk_list_item_set_child (list_item, child);
}

static void
changed_cb (DrillSlot   *slot,
            GtkListItem *list_item)
{
  show_row (g_object_get_data (G_OBJECT (list_item), "drill-cells"), list_item);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *list_item,
         Cells              *cells)
{
  g_signal_connect (gtk_list_item_get_item (list_item), "changed", G_CALLBACK (changed_cb), list_item);
  show_row (cells, list_item);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *list_item,
           Cells              *cells)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), changed_cb, list_item);
}

static void
cells_free (gpointer  data,
            GClosure *closure)
{
  g_free (data);
}

static void
teardown_cb (GtkListItemFactory *factory,
             GtkListItem        *list_item,
             Cells              *cells)
{
  gtk_list_item_set_child (list_item, NULL);
}

/**
 * drill_history_column_get_title:
 * @column: a column
 *
 * Returns: its heading, translated
 */
const char *
drill_history_column_get_title (DrillHistoryColumn column)
{
  switch (column)
    {
    case DRILL_HISTORY_TIME:
      return _("Time");
    case DRILL_HISTORY_KIND:
      return _("Kind");
    case DRILL_HISTORY_SUBJECT:
      return _("Subject");
    case DRILL_HISTORY_PROVIDERS:
      return _("Provider");
    case DRILL_HISTORY_STATE:
      return _("State or result");
    case DRILL_HISTORY_SIGNER:
      return _("Signer");
    case DRILL_N_HISTORY_COLUMNS:
    default:
      return "";
    }
}

/**
 * drill_history_item_get_state:
 * @evidence: a snapshot
 * @item: one of its items
 *
 * Returns: (nullable): its state, else how its delivery ended, as drill_state_dup_name() takes it
 */
const char *
drill_history_item_get_state (DrillEvidence *evidence,
                              guint32        item)
{
  const DrillItem *row = &drill_evidence_get_items (evidence)[item];

  if (row->state != DRILL_STATE_NONE)
    return drill_evidence_get_text (evidence, DRILL_DICT_STATE, row->state);

  return drill_result_get_state (row->result);
}

/**
 * drill_history_cell_dup_text:
 * @evidence: a snapshot
 * @item: one of its items
 * @column: a column
 *
 * Returns: (transfer full): what the cell says, plain text for one line
 */
char *
drill_history_cell_dup_text (DrillEvidence      *evidence,
                             guint32             item,
                             DrillHistoryColumn  column)
{
  const DrillItem *row = &drill_evidence_get_items (evidence)[item];

  switch (column)
    {
    case DRILL_HISTORY_TIME:
      return drill_format_time (row->created_us);
    case DRILL_HISTORY_KIND:
      return drill_kind_dup_name (drill_evidence_get_text (evidence, DRILL_DICT_KIND, row->kind));
    case DRILL_HISTORY_SUBJECT:
      return row->subject != 0 ? TEXT (evidence, DRILL_DICT_TEXT, row->subject)
                               : TEXT (evidence, DRILL_DICT_SCHEDULE, row->schedule);
    case DRILL_HISTORY_PROVIDERS:
      return dup_providers (evidence, row);
    case DRILL_HISTORY_STATE:
      return drill_state_dup_name (drill_history_item_get_state (evidence, item));
    case DRILL_HISTORY_SIGNER:
      return TEXT (evidence, DRILL_DICT_ACTOR, row->signer);
    case DRILL_N_HISTORY_COLUMNS:
    default:
      return g_strdup ("");
    }
}

/**
 * drill_history_cell_factory_new:
 * @evidence: where the view keeps its snapshot, for as long as there are cells
 * @column: a column
 *
 * Makes the cells of a column. They follow their slots: other rows change the
 * visible texts and nothing else.
 *
 * Returns: (transfer full): the factory
 */
GtkListItemFactory *
drill_history_cell_factory_new (DrillEvidence      **evidence,
                                DrillHistoryColumn   column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Cells *cells = g_new0 (Cells, 1);

  cells->evidence = evidence;
  cells->column = column;
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), cells);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), cells);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), cells);
  g_signal_connect_data (factory, "teardown", G_CALLBACK (teardown_cb), cells, cells_free, 0);

  return factory;
}

/**
 * drill_history_cell_get_position:
 * @widget: (nullable): something that was clicked in the table
 *
 * GTK 4.8 does not say which row a widget is in; the cells know.
 *
 * Returns: the position of its row, or %GTK_INVALID_LIST_POSITION
 */
guint
drill_history_cell_get_position (GtkWidget *widget)
{
  for (; widget != NULL && !GTK_IS_LIST_VIEW (widget) && !GTK_IS_COLUMN_VIEW (widget);
       widget = gtk_widget_get_parent (widget))
    {
      /* Up from inside a cell, or down from its padding */
      for (GtkWidget *child = widget; child != NULL; child = gtk_widget_get_first_child (child))
        {
          GtkListItem *list_item = g_object_get_qdata (G_OBJECT (child), list_item_quark ());

          if (list_item != NULL)
            return gtk_list_item_get_position (list_item);
        }
    }

  return GTK_INVALID_LIST_POSITION;
}
