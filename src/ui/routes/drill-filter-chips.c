// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/routes/drill-filter-chips.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/common/drill-label.h"

struct _DrillFilterChips
{
  GtkWidget parent_instance;

  DrillRouteList *list;
  GtkWidget      *scrolled;
  GtkBox         *box;
};

typedef enum {
  CHIP_VALUE,
  CHIP_SEARCH,
  CHIP_ALL_PLANS,
} ChipKind;

typedef struct {
  DrillRouteList *list; /* unowned: outlives the chips */
  ChipKind        kind;
  DrillFacet      facet;
  char           *value;
} Chip;

G_DEFINE_FINAL_TYPE (DrillFilterChips, drill_filter_chips, GTK_TYPE_WIDGET)

static void
chip_free (gpointer  data,
           GClosure *closure)
{
  Chip *chip = data;

  g_free (chip->value);
  g_free (chip);
}

static void
remove_cb (GtkButton *button,
           Chip      *chip)
{
  g_autoptr(DrillRouteQuery) query = drill_route_query_copy (drill_route_list_get_query (chip->list));

  switch (chip->kind)
    {
    case CHIP_VALUE:
      drill_route_query_remove (query, chip->facet, chip->value);
      break;
    case CHIP_SEARCH:
      drill_route_query_set_search (query, NULL);
      break;
    case CHIP_ALL_PLANS:
    default:
      drill_route_query_set_all_plans (query, FALSE);
      break;
    }

  /* The chip goes with this */
  drill_route_list_set_query (chip->list, query);
}

static char *
describe_value (DrillFacet  facet,
                const char *value)
{
  g_autofree char *label = drill_label_value (facet, value);

  /* Translators: a filter, such as "Owner: platform-operations" */
  return g_strdup_printf (_("%s: %s"), drill_label_facet (facet), label);
}

static char *
describe_search (const char *search)
{
  g_autofree char *line = drill_text_one_line (search);

  /* Translators: a filter by a text that is searched for */
  return g_strdup_printf (_("Text: “%s”"), line);
}

static void
add_chip (DrillFilterChips *self,
          ChipKind          kind,
          DrillFacet        facet,
          const char       *value,
          const char       *text)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);
  g_autofree char *name = NULL;
  Chip *chip = g_new0 (Chip, 1);

  chip->list = self->list;
  chip->kind = kind;
  chip->facet = facet;
  chip->value = g_strdup (value);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_width_chars (GTK_LABEL (label), MIN (g_utf8_strlen (text, -1), 12));
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_box_append (GTK_BOX (content), label);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "chip");

  /* Translators: %s is a filter, such as "Owner: platform-operations" */
  name = g_strdup_printf (_("Remove filter %s"), text);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  g_signal_connect_data (button, "clicked", G_CALLBACK (remove_cb), chip, chip_free, 0);
  gtk_box_append (self->box, button);
}

static void
update (DrillFilterChips *self)
{
  const DrillRouteQuery *query = drill_route_list_get_query (self->list);
  const char *search = drill_route_query_get_search (query);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);

  if (drill_route_query_get_all_plans (query))
    add_chip (self, CHIP_ALL_PLANS, DRILL_FACET_STATE, NULL, _("All plans"));
  if (search != NULL && *search != '\0')
    {
      g_autofree char *text = describe_search (search);

      add_chip (self, CHIP_SEARCH, DRILL_FACET_STATE, NULL, text);
    }

  for (guint facet = 0; facet < DRILL_N_FACETS; facet++)
    {
      const char *const *values = drill_route_query_get_values (query, (DrillFacet) facet);

      for (gsize i = 0; values != NULL && values[i] != NULL; i++)
        {
          g_autofree char *text = describe_value ((DrillFacet) facet, values[i]);

          add_chip (self, CHIP_VALUE, (DrillFacet) facet, values[i], text);
        }
    }

  if (gtk_widget_get_first_child (GTK_WIDGET (self->box)) != NULL)
    {
      GtkWidget *clear = gtk_button_new_with_mnemonic (_("Clear _All"));

      gtk_widget_add_css_class (clear, "flat");
      gtk_widget_add_css_class (clear, "chip");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (clear), "win.clear-filters");
      gtk_box_append (self->box, clear);
      gtk_widget_show (GTK_WIDGET (self));
    }
  else
    {
      gtk_widget_hide (GTK_WIDGET (self));
    }
}

static void
drill_filter_chips_dispose (GObject *object)
{
  DrillFilterChips *self = DRILL_FILTER_CHIPS (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (drill_filter_chips_parent_class)->dispose (object);
}

static void
drill_filter_chips_class_init (DrillFilterChipsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_filter_chips_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "filterchips");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
drill_filter_chips_init (DrillFilterChips *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->box));
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Active filters"), -1);
  gtk_widget_hide (GTK_WIDGET (self));
}

/**
 * drill_filter_chips_set_list:
 * @self: the chips
 * @list: whose query they show; given once
 */
void
drill_filter_chips_set_list (DrillFilterChips *self,
                             DrillRouteList   *list)
{
  g_return_if_fail (self->list == NULL);

  self->list = g_object_ref (list);
  g_signal_connect_object (list, "query-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * drill_filter_chips_describe:
 * @query: what is asked
 *
 * Returns: (transfer full): the filters in the words that the chips show, for an export
 */
char *
drill_filter_chips_describe (const DrillRouteQuery *query)
{
  const char *search = drill_route_query_get_search (query);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) filters = NULL;

  g_strv_builder_add (builder, drill_route_query_get_all_plans (query) ? _("All plans") : _("Current plans"));
  if (search != NULL && *search != '\0')
    {
      g_autofree char *text = describe_search (search);

      g_strv_builder_add (builder, text);
    }
  for (guint facet = 0; facet < DRILL_N_FACETS; facet++)
    {
      const char *const *values = drill_route_query_get_values (query, (DrillFacet) facet);

      for (gsize i = 0; values != NULL && values[i] != NULL; i++)
        {
          g_autofree char *text = describe_value ((DrillFacet) facet, values[i]);

          g_strv_builder_add (builder, text);
        }
    }
  filters = g_strv_builder_end (builder);

  return g_strjoinv ("; ", filters);
}
