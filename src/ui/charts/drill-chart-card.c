// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/drill-chart-card.h"

#include <glib/gi18n-lib.h>

#include "ui/charts/drill-chart-legend.h"
#include "ui/charts/drill-chart-table.h"

#define MAX_TABLE_ROWS 10u /* that are seen at once */
#define ROW_PADDING    9   /* px, about what themes have */

struct _DrillChartCard
{
  AdwBin             parent_instance;

  GtkLabel          *title_label;
  AdwBin            *control_place;
  GtkToggleButton   *table_button;
  GtkStack          *stack;
  GtkLabel          *empty_label;
  DrillChartLegend  *legend;
  DrillChart        *chart;
  GtkLabel          *value_label;
  GtkScrolledWindow *table_scroller;
  GtkColumnView     *table;
  GtkLabel          *note_label;

  char              *title;
  DrillChartData    *data;
  DrillChartData    *in_table; /* what the table was filled with */
  gboolean           table_visible;
};

G_DEFINE_FINAL_TYPE (DrillChartCard, drill_chart_card, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_TITLE,
  PROP_EMPTY_TEXT,
  PROP_CONTROL,
  PROP_TABLE_VISIBLE,
  N_PROPS
};

enum {
  OPEN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* A list asks for one row; this is what it takes to see some, whatever the size of the text */
static int
get_table_height (DrillChartCard *self)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->table), "1");
  int line_height;

  pango_layout_get_pixel_size (layout, NULL, &line_height);

  return (int) (MIN (drill_chart_data_get_n_points (self->data), MAX_TABLE_ROWS) + 1) * (line_height + ROW_PADDING);
}

static void
update_page (DrillChartCard *self)
{
  gboolean any = self->data != NULL && drill_chart_data_get_n_points (self->data) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->table_button), any);
  if (any && self->table_visible && g_set_object (&self->in_table, self->data))
    {
      drill_chart_table_fill (self->table, self->data);
      gtk_scrolled_window_set_min_content_height (self->table_scroller, get_table_height (self));
    }
  gtk_stack_set_visible_child_name (self->stack, !any ? "nothing" : self->table_visible ? "table" : "chart");
}

static void
selected_cb (DrillChartCard *self)
{
  guint point, series;
  g_autofree char *text = NULL;

  if (drill_chart_get_selected (self->chart, &point, &series))
    text = drill_chart_data_dup_text (self->data, point, series, "  ·  ");
  else
    text = g_strdup (_("Point at it, or use the arrow keys, to read the values."));

  gtk_label_set_label (self->value_label, text);
}

static void
open_cb (DrillChartCard *self,
         guint           point,
         guint           series)
{
  g_signal_emit (self, signals[OPEN], 0, point, series);
}

static void
set_title (DrillChartCard *self,
           const char     *title)
{
  g_free (self->title);
  self->title = g_strdup (title);
  gtk_label_set_label (self->title_label, title != NULL ? title : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->table),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title != NULL ? title : "", -1);
  drill_chart_set_data (self->chart, self->data, title != NULL ? title : "");
}

static void
set_table_visible (DrillChartCard *self,
                   gboolean        visible)
{
  if (self->table_visible == visible)
    return;

  self->table_visible = visible;
  update_page (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TABLE_VISIBLE]);
}

static void
drill_chart_card_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DrillChartCard *self = DRILL_CHART_CARD (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_EMPTY_TEXT:
      g_value_set_string (value, gtk_label_get_label (self->empty_label));
      break;
    case PROP_CONTROL:
      g_value_set_object (value, adw_bin_get_child (self->control_place));
      break;
    case PROP_TABLE_VISIBLE:
      g_value_set_boolean (value, self->table_visible);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
drill_chart_card_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  DrillChartCard *self = DRILL_CHART_CARD (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      if (g_strcmp0 (self->title, g_value_get_string (value)) != 0)
        {
          set_title (self, g_value_get_string (value));
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_EMPTY_TEXT:
      gtk_label_set_label (self->empty_label, g_value_get_string (value));
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_CONTROL:
      adw_bin_set_child (self->control_place, g_value_get_object (value));
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_TABLE_VISIBLE:
      set_table_visible (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
drill_chart_card_dispose (GObject *object)
{
  DrillChartCard *self = DRILL_CHART_CARD (object);

  g_clear_object (&self->data);
  g_clear_object (&self->in_table);

  G_OBJECT_CLASS (drill_chart_card_parent_class)->dispose (object);
}

static void
drill_chart_card_finalize (GObject *object)
{
  g_free (DRILL_CHART_CARD (object)->title);

  G_OBJECT_CLASS (drill_chart_card_parent_class)->finalize (object);
}

static void
drill_chart_card_class_init (DrillChartCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = drill_chart_card_get_property;
  object_class->set_property = drill_chart_card_set_property;
  object_class->dispose = drill_chart_card_dispose;
  object_class->finalize = drill_chart_card_finalize;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_EMPTY_TEXT] =
    g_param_spec_string ("empty-text", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_CONTROL] =
    g_param_spec_object ("control", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_TABLE_VISIBLE] =
    g_param_spec_boolean ("table-visible", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  g_type_ensure (DRILL_TYPE_CHART);
  g_type_ensure (DRILL_TYPE_CHART_LEGEND);
  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-chart-card.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillChartCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, DrillChartCard, control_place);
  gtk_widget_class_bind_template_child (widget_class, DrillChartCard, table_button);
  gtk_widget_class_bind_template_child (widget_class, DrillChartCard, stack);
  gtk_widget_class_bind_template_child (widget_class, DrillChartCard, empty_label);
  gtk_widget_class_bind_template_child (widget_class, DrillChartCard, legend);
  gtk_widget_class_bind_template_child (widget_class, DrillChartCard, chart);
  gtk_widget_class_bind_template_child (widget_class, DrillChartCard, value_label);
  gtk_widget_class_bind_template_child (widget_class, DrillChartCard, table_scroller);
  gtk_widget_class_bind_template_child (widget_class, DrillChartCard, table);
  gtk_widget_class_bind_template_child (widget_class, DrillChartCard, note_label);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
drill_chart_card_init (DrillChartCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  selected_cb (self);
}

/**
 * drill_chart_card_set_data:
 * @self: a card
 * @data: (nullable): what to show; nothing without points
 */
void
drill_chart_card_set_data (DrillChartCard *self,
                           DrillChartData *data)
{
  g_return_if_fail (DRILL_IS_CHART_CARD (self));

  g_set_object (&self->data, data);
  drill_chart_set_data (self->chart, data, self->title != NULL ? self->title : "");
  drill_chart_legend_set_data (self->legend, data);
  update_page (self);
}

/**
 * drill_chart_card_set_note:
 * @self: a card
 * @note: (nullable): what to know about it
 */
void
drill_chart_card_set_note (DrillChartCard *self,
                           const char     *note)
{
  g_return_if_fail (DRILL_IS_CHART_CARD (self));

  gtk_label_set_label (self->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), note != NULL && *note != '\0');
}

/**
 * drill_chart_card_get_data:
 * @self: a card
 *
 * Returns: (transfer none) (nullable): what it shows
 */
DrillChartData *
drill_chart_card_get_data (DrillChartCard *self)
{
  g_return_val_if_fail (DRILL_IS_CHART_CARD (self), NULL);

  return self->data;
}
