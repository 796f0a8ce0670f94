// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-toast.h"

#include <adwaita.h>

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
  g_autofree char *markup = g_markup_escape_text (text, -1);

  /* A toast's title is markup, and cannot be anything else at the floor. */
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (markup));
}
