// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-fit.h"

#include "ui/common/drill-cell-label.h"

#define TALLEST 560 /* pixels, of a window with text of the usual size: it is to be seen whole on a screen of 800×600 */
#define FRAME   5   /* pixels, of a window, where there is no compositor to draw a shadow */

/* A scrolled window that is asked how high it would like to be does not know how
 * wide it will be, and with text that wraps its answer is far too high or too low. */

/**
 * drill_fit_get_height:
 * @scrolled: something that scrolls up and down
 * @width: how wide it will be, or -1 for as wide as it would like to be
 *
 * Returns: how high it must be, in pixels, to show everything
 */
int
drill_fit_get_height (GtkScrolledWindow *scrolled,
                      int                width)
{
  GtkWidget *child = gtk_scrolled_window_get_child (scrolled);
  int narrowest, natural, height;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &narrowest, &natural, NULL, NULL);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width < 0 ? natural : MAX (width, narrowest), NULL, &height,
                      NULL, NULL);

  return height;
}

/**
 * drill_fit_text:
 * @window: a dialog that has the size that it needs with text of the usual size
 *
 * Makes it as much larger as the text is that is set for the desktop. What the
 * screen has no room for, GTK takes off again.
 */
void
drill_fit_text (GtkWindow *window)
{
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  gtk_window_set_default_size (window,
                               width < 0 ? width : drill_cell_scale_width (GTK_WIDGET (window), width),
                               height < 0 ? height : drill_cell_scale_width (GTK_WIDGET (window), height));
}

/**
 * drill_fit_window:
 * @window: a dialog
 * @scrolled: what in it scrolls, over its whole width
 *
 * Makes the dialog as high as what is in it, and not higher. One that is shown
 * already only grows.
 */
void
drill_fit_window (AdwWindow         *window,
                  GtkScrolledWindow *scrolled)
{
  GtkWidget *content = adw_window_get_content (window);
  int width, height, narrowest, around, scrolled_height;

  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &narrowest, NULL, NULL, NULL);
  gtk_widget_measure (content, GTK_ORIENTATION_VERTICAL, MAX (width, narrowest), &around, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (scrolled), GTK_ORIENTATION_VERTICAL, -1, &scrolled_height, NULL, NULL, NULL);

  around += drill_fit_get_height (scrolled, width) - scrolled_height;
  if (!gdk_display_is_composited (gtk_widget_get_display (GTK_WIDGET (window))))
    around += 2 * FRAME;
  around = MIN (around, drill_cell_scale_width (GTK_WIDGET (window), TALLEST));
  if (!gtk_widget_get_visible (GTK_WIDGET (window)) || height < around)
    gtk_window_set_default_size (GTK_WINDOW (window), width, around);
}

/**
 * drill_fit_wrap:
 * @label: has a text of several words, or an identifier
 *
 * Lets it wrap, within a word where that has no room. Without a hyphen: with one in
 * it, an identifier is another one.
 */
void
drill_fit_wrap (GtkLabel *label)
{
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
}
