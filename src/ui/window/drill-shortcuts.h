// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DrillShortcut:
 * @section: untranslated title of the page it is listed on
 * @group: untranslated title of its group there
 * @title: what it does, untranslated; context `shortcut window`
 * @action: (nullable): detailed name of the action that the keys are accelerators of; %NULL for keys that a
 *   widget has for itself
 * @keys: as gtk_accelerator_parse() takes them
 *
 * Keys, and what they do. The one table that both the accelerators of the
 * program and the window that lists them are made of.
 */
typedef struct {
  const char *section;
  const char *group;
  const char *title;
  const char *action;
  const char *keys[3];
} DrillShortcut;

const DrillShortcut *drill_shortcuts_get_all    (guint          *n_shortcuts);
void                 drill_shortcuts_add        (GtkApplication *application);
GtkWidget           *drill_shortcuts_window_new (void);

G_END_DECLS
