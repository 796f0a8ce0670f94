// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-announce.h"

#if GTK_CHECK_VERSION (4, 14, 0)

#define QUIET 300 /* ms: of what changes faster, as while evidence loads, only the last is said */

static GQuark
source_quark (void)
{
  return g_quark_from_static_string ("drill-announce-source");
}

static gboolean
announce_cb (gpointer user_data)
{
  GtkLabel *label = user_data;

  g_object_set_qdata (G_OBJECT (label), source_quark (), NULL);
  if (gtk_widget_get_mapped (GTK_WIDGET (label)) && *gtk_label_get_text (label) != '\0')
    {
      /* By the window: the label may be so new that nobody has looked at it */
      G_GNUC_BEGIN_IGNORE_DEPRECATIONS
      gtk_accessible_announce (GTK_ACCESSIBLE (gtk_widget_get_root (GTK_WIDGET (label))), gtk_label_get_text (label),
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
      G_GNUC_END_IGNORE_DEPRECATIONS
    }

  return G_SOURCE_REMOVE;
}

static void
changed_cb (GtkLabel *label)
{
  guint id = GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (label), source_quark ()));

  if (id != 0)
    g_source_remove (id);
  id = g_timeout_add_full (G_PRIORITY_DEFAULT, QUIET, announce_cb, g_object_ref (label), g_object_unref);
  g_object_set_qdata (G_OBJECT (label), source_quark (), GUINT_TO_POINTER (id));
}

#endif

/**
 * drill_announce_follow:
 * @label: tells what came of something, while the focus is elsewhere
 *
 * Has assistive tools read what @label says as soon as it can be seen, and again
 * when it says something else. Before GTK 4.14 there is no way to; there the role of
 * the label, or of what it is in, has to do.
 */
void
drill_announce_follow (GtkLabel *label)
{
#if GTK_CHECK_VERSION (4, 14, 0)
  g_signal_connect (label, "notify::label", G_CALLBACK (changed_cb), NULL);
  g_signal_connect (label, "map", G_CALLBACK (changed_cb), NULL);
#endif
}
