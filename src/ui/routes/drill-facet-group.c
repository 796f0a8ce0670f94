// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/routes/drill-facet-group.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/common/drill-format.h"
#include "ui/common/drill-label.h"

struct _DrillFacetGroup
{
  GtkWidget parent_instance;

  DrillRouteList *list;
  DrillFacet      facet;
  gboolean        show_all;
  GPtrArray      *checks; /* (element-type GtkCheckButton) unowned: the box's, in order */

  GtkWidget      *expander;
  GtkWidget      *content; /* what is in it when it is open */
  GtkEditable    *search;
  GtkBox         *rows;
  GtkLabel       *note;
  GtkButton      *more;
};

typedef struct {
  const char *value;
  char       *label;
  guint       count;
  gboolean    active;
} Entry;

/* Facets with an order of their own; the others go by count */
static const char *const orders[DRILL_N_FACETS][8] = {
  [DRILL_FACET_STATE] = { "outstanding", "escalated", "dismissed", "acknowledged", "resolved" },
  [DRILL_FACET_SLO] = { "breached", "due", "ok" },
  [DRILL_FACET_ALERT] = { "critical", "warning", "healthy", "unknown" },
};

G_DEFINE_FINAL_TYPE (DrillFacetGroup, drill_facet_group, GTK_TYPE_WIDGET)

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_free (entry->label);
}

static guint
rank_of (const char *const *order,
         const char        *value)
{
  for (guint i = 0; i < 8 && order[i] != NULL; i++)
    if (g_str_equal (order[i], value))
      return i;

  return 8;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const Entry *one = a;
  const Entry *other = b;
  const char *const *order = user_data;
  guint one_rank = rank_of (order, one->value);
  guint other_rank = rank_of (order, other->value);

  if (one_rank != other_rank)
    return one_rank < other_rank ? -1 : 1;
  if (one->count != other->count)
    return one->count > other->count ? -1 : 1;

  return g_strcmp0 (one->value, other->value);
}

static gboolean
matches (const char *label,
         const char *needle)
{
  g_autofree char *folded = NULL;

  if (*needle == '\0')
    return TRUE;
  folded = g_utf8_casefold (label, -1);

  return strstr (folded, needle) != NULL;
}

/* The values to be shown: those that occur, and those that are set although they do not */
static GArray *
collect (DrillFacetGroup *self,
         guint           *n_values)
{
  const DrillRouteQuery *query = drill_route_list_get_query (self->list);
  const char *const *chosen = drill_route_query_get_values (query, self->facet);
  GArray *counts = drill_route_result_get_facet (drill_route_list_get_result (self->list), self->facet);
  g_autofree char *needle = g_utf8_casefold (gtk_editable_get_text (self->search), -1);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (Entry));

  g_array_set_clear_func (entries, entry_clear);
  *n_values = 0;

  for (guint i = 0; i < counts->len; i++)
    {
      const DrillFacetCount *count = &g_array_index (counts, DrillFacetCount, i);
      Entry entry = { count->value, NULL, count->count, FALSE };

      entry.active = drill_route_query_contains (query, self->facet, count->value);
      if (count->count == 0 && !entry.active)
        continue;
      (*n_values)++;
      if (entry.active)
        g_hash_table_add (seen, (gpointer) count->value);

      entry.label = drill_label_value (self->facet, count->value);
      if (matches (entry.label, needle))
        g_array_append_val (entries, entry);
      else
        g_free (entry.label);
    }

  for (gsize i = 0; chosen != NULL && chosen[i] != NULL; i++)
    if (!g_hash_table_contains (seen, chosen[i]))
      {
        Entry entry = { chosen[i], drill_label_value (self->facet, chosen[i]), 0, TRUE };

        g_array_append_val (entries, entry);
        (*n_values)++;
      }

  g_array_sort_with_data (entries, compare_entries, (gpointer) orders[self->facet]);

  return entries;
}

static void
toggled_cb (DrillFacetGroup *self,
            GtkCheckButton  *check)
{
  const char *value = g_object_get_data (G_OBJECT (check), "drill-value");

  if (value != NULL)
    {
      g_autofree char *copy = g_strdup (value);

      drill_route_list_set_value (self->list, self->facet, copy, gtk_check_button_get_active (check));
    }
}

static GtkCheckButton *
add_check (DrillFacetGroup *self)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *count = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), box);
  gtk_widget_set_hexpand (box, TRUE);

  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->rows, check);
  g_ptr_array_add (self->checks, check);

  return GTK_CHECK_BUTTON (check);
}

static void
show_entry (DrillFacetGroup *self,
            GtkCheckButton  *check,
            const Entry     *entry)
{
  GtkWidget *icon = gtk_widget_get_first_child (gtk_check_button_get_child (check));
  GtkWidget *label = gtk_widget_get_next_sibling (icon);
  GtkWidget *count = gtk_widget_get_next_sibling (label);
  const char *icon_name = NULL;
  g_autofree char *number = drill_format_count (entry->count);
  g_autofree char *name = NULL;

  if (self->facet == DRILL_FACET_STATE || self->facet == DRILL_FACET_SLO)
    icon_name = drill_label_state_icon (entry->value);

  /* Translators: the value of a filter, and how many routes have it */
  name = g_strdup_printf (ngettext ("%s, %'u route", "%s, %'u routes", entry->count), entry->label, entry->count);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), icon_name);
  gtk_widget_set_visible (icon, icon_name != NULL);
  gtk_label_set_label (GTK_LABEL (label), entry->label);
  gtk_label_set_label (GTK_LABEL (count), number);
  gtk_widget_set_tooltip_text (GTK_WIDGET (check), g_utf8_strlen (entry->label, -1) > 20 ? entry->label : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  /* Not a choice of the user's: no value yet, no call */
  g_object_set_data (G_OBJECT (check), "drill-value", NULL);
  gtk_check_button_set_active (check, entry->active);
  g_object_set_data_full (G_OBJECT (check), "drill-value", g_strdup (entry->value), g_free);
}

static void
update (DrillFacetGroup *self)
{
  guint n_values;
  g_autoptr(GArray) entries = collect (self, &n_values);
  gboolean searching = *gtk_editable_get_text (self->search) != '\0';
  guint n_shown = 0;
  guint limit;

  /* What is set is shown wherever it is: a filter must not hide */
  limit = self->show_all || searching ? DRILL_FACET_GROUP_MANY : DRILL_FACET_GROUP_FEW;
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);
      GtkCheckButton *check;

      if (i >= limit && !entry->active)
        continue;

      check = n_shown < self->checks->len ? g_ptr_array_index (self->checks, n_shown) : add_check (self);
      show_entry (self, check, entry);
      gtk_widget_show (GTK_WIDGET (check));
      n_shown++;
    }
  for (guint i = n_shown; i < self->checks->len; i++)
    gtk_widget_hide (g_ptr_array_index (self->checks, i));

  gtk_widget_set_visible (GTK_WIDGET (self), n_values > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->search), searching || n_values > DRILL_FACET_GROUP_FEW);
  gtk_widget_set_visible (GTK_WIDGET (self->more),
                          !searching && n_values > DRILL_FACET_GROUP_FEW);

  if (gtk_widget_get_visible (GTK_WIDGET (self->more)))
    {
      g_autofree char *label = NULL;

      if (self->show_all)
        label = g_strdup (_("Show Fewer"));
      else
        label = g_strdup_printf (ngettext ("Show All %'u", "Show All %'u", n_values), n_values);
      gtk_button_set_label (self->more, label);
    }

  if (searching && entries->len == 0)
    {
      gtk_label_set_label (self->note, _("Nothing found"));
      gtk_widget_show (GTK_WIDGET (self->note));
    }
  else if (n_shown < entries->len && (searching || self->show_all))
    {
      /* Translators: how many values of a filter are listed, of how many there are */
      g_autofree char *label = g_strdup_printf (_("%'u of %'u. Search for the others."), n_shown, entries->len);

      gtk_label_set_label (self->note, label);
      gtk_widget_show (GTK_WIDGET (self->note));
    }
  else
    {
      gtk_widget_hide (GTK_WIDGET (self->note));
    }
}

static void
search_changed_cb (DrillFacetGroup *self)
{
  update (self);
}

static void
more_cb (DrillFacetGroup *self)
{
  self->show_all = !self->show_all;
  update (self);
}

/* What is folded away is taken out: GTK 4.18 asks it for the focus all the same, and complains of what it finds */
static void
expanded_cb (DrillFacetGroup *self)
{
  GtkExpander *expander = GTK_EXPANDER (self->expander);

  gtk_expander_set_child (expander, gtk_expander_get_expanded (expander) ? self->content : NULL);
}

static void
drill_facet_group_dispose (GObject *object)
{
  DrillFacetGroup *self = DRILL_FACET_GROUP (object);

  g_clear_pointer (&self->expander, gtk_widget_unparent);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (drill_facet_group_parent_class)->dispose (object);
}

static void
drill_facet_group_class_init (DrillFacetGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_facet_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-facet-group.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillFacetGroup, expander);
  gtk_widget_class_bind_template_child (widget_class, DrillFacetGroup, content);
  gtk_widget_class_bind_template_child (widget_class, DrillFacetGroup, search);
  gtk_widget_class_bind_template_child (widget_class, DrillFacetGroup, rows);
  gtk_widget_class_bind_template_child (widget_class, DrillFacetGroup, note);
  gtk_widget_class_bind_template_child (widget_class, DrillFacetGroup, more);
  gtk_widget_class_bind_template_callback (widget_class, expanded_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
  gtk_widget_class_set_css_name (widget_class, "facetgroup");
}

static void
drill_facet_group_init (DrillFacetGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->checks = g_ptr_array_new ();
}

/**
 * drill_facet_group_new:
 * @list: whose query it changes
 * @facet: the facet
 * @expanded: whether it shows its values at first
 *
 * Returns: (transfer floating): the group
 */
GtkWidget *
drill_facet_group_new (DrillRouteList *list,
                       DrillFacet      facet,
                       gboolean        expanded)
{
  DrillFacetGroup *self = g_object_new (DRILL_TYPE_FACET_GROUP, NULL);
  g_autofree char *search_label = NULL;

  self->list = g_object_ref (list);
  self->facet = facet;

  gtk_expander_set_label (GTK_EXPANDER (self->expander), drill_label_facet (facet));
  gtk_expander_set_expanded (GTK_EXPANDER (self->expander), expanded);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->expander),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, drill_label_facet (facet), -1);

  /* Translators: %s is the name of a filter, such as "Owner" */
  search_label = g_strdup_printf (_("Search in %s"), drill_label_facet (facet));
  g_object_set (self->search, "placeholder-text", search_label, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, search_label, -1);

  g_signal_connect_object (list, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}
