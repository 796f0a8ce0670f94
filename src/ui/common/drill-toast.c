// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-toast.h"

#include <glib/gi18n-lib.h>

#include "ui/common/drill-announce.h"

/* libadwaita 1.2 gives the button beside the title a picture and no name. */
static void
name_close_button (GtkWidget *title)
{
  GtkWidget *toast = gtk_widget_get_parent (gtk_widget_get_parent (title));

  for (GtkWidget *child = gtk_widget_get_first_child (toast); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child) && gtk_button_get_icon_name (GTK_BUTTON (child)) != NULL)
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Close"), -1);
}

/**
 * drill_toast_new:
 * @text: plain text
 *
 * Returns: (transfer full): a toast that says it, as an alert to assistive tools
 */
AdwToast *
drill_toast_new (const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL,
                                   "label", text,
                                   "ellipsize", PANGO_ELLIPSIZE_END,
                                   "xalign", 0.0,
                                   "tooltip-text", text,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                   NULL);

  /* At the floor a toast's own title has no role that would have it read */
  gtk_widget_add_css_class (title, "heading");
  adw_toast_set_custom_title (toast, title);
  g_signal_connect (title, "map", G_CALLBACK (name_close_button), NULL);
  drill_announce_follow (GTK_LABEL (title));

  return toast;
}

/**
 * drill_toast_show:
 * @widget: where it happened
 * @text: plain text
 *
 * Says something in passing in the nearest toast overlay around @widget.
 */
void
drill_toast_show (GtkWidget  *widget,
                  const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), drill_toast_new (text));
}
