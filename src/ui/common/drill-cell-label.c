// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-cell-label.h"

#define USUAL_DPI (96 * PANGO_SCALE)

static gboolean
query_tooltip_cb (GtkLabel   *label,
                  int         x,
                  int         y,
                  gboolean    keyboard_mode,
                  GtkTooltip *tooltip)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    return FALSE;

  gtk_tooltip_set_text (tooltip, gtk_label_get_label (label));

  return TRUE;
}

/**
 * drill_cell_label_new:
 * @ellipsize: where a text that has no room is cut: names that begin alike want the middle
 *
 * Returns: (transfer floating): a label of one line for a table, whose tooltip is the text that has no room
 */
GtkWidget *
drill_cell_label_new (PangoEllipsizeMode ellipsize)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_ellipsize (GTK_LABEL (label), ellipsize);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_set_has_tooltip (label, TRUE);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);

  return label;
}

/**
 * drill_cell_scale_width:
 * @widget: where it is shown
 * @width: px that text of the usual size needs there, such as in a column
 *
 * Returns: px that it needs with the text size that is set for the desktop
 */
int
drill_cell_scale_width (GtkWidget *widget,
                        int        width)
{
  int dpi;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);

  return dpi > USUAL_DPI ? (int) ((gint64) width * dpi / USUAL_DPI) : width;
}
