// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-pulse.h"

/**
 * drill_pulse:
 * @bar: something goes on, nobody knows how far
 *
 * Moves its block on, as gtk_progress_bar_pulse() does whatever the desktop is set
 * to. Whoever wants no animations has what is written beside it.
 */
void
drill_pulse (GtkProgressBar *bar)
{
  gboolean animated;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (bar)), "gtk-enable-animations", &animated, NULL);
  if (animated)
    gtk_progress_bar_pulse (bar);
  else
    gtk_progress_bar_set_fraction (bar, 0);
}
