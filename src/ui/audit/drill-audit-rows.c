// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-audit-rows.h"

#include "ui/common/drill-fit.h"
#include "ui/common/drill-kind-names.h"

/**
 * drill_audit_row_new:
 * @type: a type of #AdwPreferencesRow that has a subtitle
 * @title: plain text
 * @subtitle: (nullable): plain text
 *
 * Returns: (transfer floating): a row that takes none of its texts as markup
 */
GtkWidget *
drill_audit_row_new (GType       type,
                     const char *title,
                     const char *subtitle)
{
  return g_object_new (type,
                       "use-markup", FALSE,
                       "title", title,
                       "subtitle", subtitle != NULL ? subtitle : "",
                       NULL);
}

/**
 * drill_audit_state_new:
 * @state: a state, as drill_state_dup_name() takes it
 *
 * Returns: (transfer floating): its icon and its word
 */
GtkWidget *
drill_audit_state_new (const char *state)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE,
                                  "icon-name", drill_state_get_icon_name (state),
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  NULL);
  g_autofree char *name = drill_state_dup_name (state);

  if (drill_state_get_css_class (state) != NULL)
    gtk_widget_add_css_class (icon, drill_state_get_css_class (state));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), gtk_label_new (name));

  return box;
}

/**
 * drill_audit_list_add_fact:
 * @list: a list
 * @name: what it is
 * @value: plain text
 *
 * Adds a row that says one thing.
 */
void
drill_audit_list_add_fact (GtkListBox *list,
                           const char *name,
                           const char *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name_label = gtk_label_new (name);
  GtkWidget *value_label = gtk_label_new (value);
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *both = g_strdup_printf ("%s: %s", name, value);

  gtk_label_set_xalign (GTK_LABEL (name_label), 0.0);
  gtk_label_set_yalign (GTK_LABEL (name_label), 0.0);
  gtk_label_set_width_chars (GTK_LABEL (name_label), 18);
  gtk_label_set_max_width_chars (GTK_LABEL (name_label), 18);
  gtk_label_set_wrap (GTK_LABEL (name_label), TRUE);
  gtk_widget_add_css_class (name_label, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (value_label), 0.0);
  drill_fit_wrap (GTK_LABEL (value_label));
  gtk_label_set_selectable (GTK_LABEL (value_label), TRUE);
  gtk_widget_set_hexpand (value_label, TRUE);

  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_box_append (GTK_BOX (box), name_label);
  gtk_box_append (GTK_BOX (box), value_label);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, both, -1);
  gtk_list_box_append (list, row);
}

/**
 * drill_audit_list_clear:
 * @list: a list
 *
 * Takes all its rows out.
 */
void
drill_audit_list_clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/**
 * drill_audit_join_lines:
 * @lines: (element-type utf8): plain texts
 *
 * Returns: (transfer full): one below the other
 */
char *
drill_audit_join_lines (GPtrArray *lines)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) g_ptr_array_index (lines, i));

  return g_strdup (text->str);
}
