// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-audit-rows.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/common/drill-error-text.h"
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
  gtk_label_set_wrap (GTK_LABEL (value_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value_label), PANGO_WRAP_WORD_CHAR);
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

/**
 * drill_audit_get_gate_reason:
 * @session: a session
 *
 * Returns: (nullable): why no package can be made or delivered, one sentence; %NULL when it can
 */
const char *
drill_audit_get_gate_reason (DrillSession *session)
{
  switch (drill_session_get_gate (session))
    {
    case DRILL_GATE_OPEN:
    case DRILL_GATE_SIMULATION:
      return NULL;
    case DRILL_GATE_READ_ONLY:
      return _("This connection is for reading only: no package can be made or delivered with it.");
    case DRILL_GATE_SIGN_IN:
      return _("Sign in first: the service wants to know who makes a package.");
    case DRILL_GATE_FORBIDDEN:
      return _("You may not record anything with this service: ask for the permission to acknowledge drill notifications.");
    case DRILL_GATE_NOT_SHOWN:
    default:
      return _("The evidence of the service is not shown yet: wait until it is loaded.");
    }
}

/**
 * drill_audit_dup_write_error:
 * @error: (nullable): why something was not recorded
 *
 * Returns: (transfer full): what happened and what to do next, with what the service said
 */
char *
drill_audit_dup_write_error (const GError *error)
{
  g_autofree char *detail = error != NULL ? drill_text_one_line (error->message) : g_strdup ("");

  if (error == NULL)
    return g_strdup (_("It was not sent."));
  if (error->domain != DRILL_ERROR)
    return drill_error_text_dup (error);

  switch ((DrillError) error->code)
    {
    case DRILL_ERROR_OFFLINE:
    case DRILL_ERROR_TIMED_OUT:
      return g_strdup (_("The service cannot be reached. Check the network, then try again."));
    case DRILL_ERROR_AUTH_REQUIRED:
      return g_strdup (_("The service wants to know who you are. Sign in, then continue."));
    case DRILL_ERROR_FORBIDDEN:
      return g_strdup (_("The service does not let you do this. Ask for the permission to acknowledge drill notifications."));
    case DRILL_ERROR_READ_ONLY:
      return g_strdup (_("This connection is for reading only: nothing was sent."));
    case DRILL_ERROR_REJECTED:
    case DRILL_ERROR_NOT_FOUND:
      /* Translators: %s is what the service answered */
      return g_strdup_printf (_("The service refused it: %s"), detail);
    case DRILL_ERROR_BUSY:
      return g_strdup (_("The service is busy. Try again in a while."));
    case DRILL_ERROR_SERVICE:
      /* Translators: %s is what the service answered */
      return g_strdup_printf (_("The service failed: %s. Try again later, or tell whoever runs it."), detail);
    case DRILL_ERROR_BAD_REPLY:
      return g_strdup (_("The answer cannot be read. Check that nothing in front of the service answers in its place."));
    case DRILL_ERROR_CANCELLED:
      return g_strdup (_("It was stopped. What was not sent can still be sent."));
    case DRILL_ERROR_TLS:
    case DRILL_ERROR_BAD_INPUT:
    case DRILL_ERROR_TOO_LARGE:
    case DRILL_ERROR_CONFLICT:
    case DRILL_ERROR_IO:
    case DRILL_ERROR_KEYRING:
    case DRILL_ERROR_KEYRING_LOCKED:
    default:
      return drill_error_text_dup (error);
    }
}
