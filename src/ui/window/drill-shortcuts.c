// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/drill-shortcuts.h"

#include <glib/gi18n-lib.h>

#define CONTEXT "shortcut window"

#define WINDOW NC_("shortcut window", "Window")
#define ROUTES NC_("shortcut window", "Routes")

#define GENERAL NC_("shortcut window", "General")
#define VIEWS NC_("shortcut window", "Views")
#define TABLE NC_("shortcut window", "Table")
#define ACKNOWLEDGING NC_("shortcut window", "Acknowledging")

/* In the order of the window; what belongs to one group is in one place */
static const DrillShortcut shortcuts[] = {
  { WINDOW, GENERAL, NC_("shortcut window", "Open a file"), "app.open", { "<Control>o" } },
  { WINDOW, GENERAL, NC_("shortcut window", "Refresh"), "win.refresh", { "<Control>r", "F5" } },
  { WINDOW, GENERAL, NC_("shortcut window", "Search"), "win.search", { "<Control>f" } },
  { WINDOW, GENERAL, NC_("shortcut window", "Export"), "win.export", { "<Control>e" } },
  { WINDOW, GENERAL, NC_("shortcut window", "Print"), "win.print", { "<Control>p" } },
  { WINDOW, GENERAL, NC_("shortcut window", "New audit package"), "win.new-package", { "<Control>s" } },
  { WINDOW, GENERAL, NC_("shortcut window", "Preferences"), "app.preferences", { "<Control>comma" } },
  { WINDOW, GENERAL, NC_("shortcut window", "Help"), "app.help", { "F1" } },
  { WINDOW, GENERAL, NC_("shortcut window", "Keyboard shortcuts"), "app.shortcuts", { "<Control>question" } },
  { WINDOW, GENERAL, NC_("shortcut window", "Main menu"), NULL, { "F10" } },
  { WINDOW, GENERAL, NC_("shortcut window", "Close the window"), "window.close", { "<Control>w" } },
  { WINDOW, GENERAL, NC_("shortcut window", "Quit"), "app.quit", { "<Control>q" } },

  { WINDOW, VIEWS, NC_("shortcut window", "Routes"), "win.show-view::routes", { "<Control>1" } },
  { WINDOW, VIEWS, NC_("shortcut window", "History"), "win.show-view::history", { "<Control>2" } },
  { WINDOW, VIEWS, NC_("shortcut window", "Suppressions"), "win.show-view::suppressions", { "<Control>3" } },
  { WINDOW, VIEWS, NC_("shortcut window", "Audit"), "win.show-view::audit", { "<Control>4" } },
  { WINDOW, VIEWS, NC_("shortcut window", "Overview"), "win.show-view::overview", { "<Control>5" } },
  { WINDOW, VIEWS, NC_("shortcut window", "Choose a saved view"), "views.menu", { "<Control><Shift>v" } },
  { WINDOW, VIEWS, NC_("shortcut window", "Save what is shown as a view"), "views.save-as", { "<Control>d" } },
  { WINDOW, VIEWS, NC_("shortcut window", "Show or hide the filters"), "win.toggle-sidebar", { "F9" } },
  { WINDOW, VIEWS, NC_("shortcut window", "Show or hide the details"), "win.toggle-details", { "<Shift>F9" } },

  { ROUTES, TABLE, NC_("shortcut window", "Next row"), NULL, { "Down", "j" } },
  { ROUTES, TABLE, NC_("shortcut window", "Previous row"), NULL, { "Up", "k" } },
  { ROUTES, TABLE, NC_("shortcut window", "Open the details"), NULL, { "Return", "<Alt>Return" } },
  { ROUTES, TABLE, NC_("shortcut window", "Select all"), NULL, { "<Control>a" } },
  { ROUTES, TABLE, NC_("shortcut window", "Copy the selected rows as text"), NULL, { "<Control>c" } },
  { ROUTES, TABLE, NC_("shortcut window", "Menu of the selected rows"), NULL, { "<Shift>F10", "Menu" } },
  { ROUTES, TABLE, NC_("shortcut window", "Search, as typing any other letter does"), NULL, { "slash" } },
  { ROUTES, TABLE, NC_("shortcut window", "Clear search, selection, then filters"), NULL, { "Escape" } },

  { ROUTES, ACKNOWLEDGING, NC_("shortcut window", "Acknowledge"), "win.acknowledge", { "<Control><Shift>a" } },
  { ROUTES, ACKNOWLEDGING, NC_("shortcut window", "Escalate"), "win.escalate", { "<Control><Shift>e" } },
  { ROUTES, ACKNOWLEDGING, NC_("shortcut window", "Resolve"), "win.resolve", { "<Control><Shift>r" } },
  { ROUTES, ACKNOWLEDGING, NC_("shortcut window", "Dismiss"), "win.dismiss", { "<Control><Shift>d" } },
  { ROUTES, ACKNOWLEDGING, NC_("shortcut window", "Outstanding in filter"), "win.bulk-acknowledge", { "<Control><Shift>b" } },
  { ROUTES, ACKNOWLEDGING, NC_("shortcut window", "Send what was typed"), NULL, { "<Control>Return" } },
};

static const char *
translate (const char *text)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, CONTEXT, text);
}

/* Makes a builder's description of it: at the floor nothing can be added to such a window once it is made */
static char *
describe (void)
{
  GString *text = g_string_new ("<interface><object class=\"GtkShortcutsWindow\" id=\"window\"><property name=\"modal\">True</property>");
  g_autofree char *title = g_markup_printf_escaped ("<property name=\"title\">%s</property>", _("Keyboard Shortcuts"));
  const char *section = NULL;
  const char *group = NULL;

  g_string_append (text, title);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      const DrillShortcut *shortcut = &shortcuts[i];
      g_autofree char *keys = g_strjoinv (" ", (char **) shortcut->keys);
      g_autofree char *item = NULL;
      gboolean new_section, new_group;

      new_section = g_strcmp0 (section, shortcut->section) != 0;
      new_group = new_section || g_strcmp0 (group, shortcut->group) != 0;
      if (group != NULL && new_group)
        g_string_append (text, "</object></child>");
      if (new_section)
        {
          g_autofree char *start = g_markup_printf_escaped ("<child><object class=\"GtkShortcutsSection\">"
                                                            "<property name=\"section-name\">%s</property>"
                                                            "<property name=\"title\">%s</property>"
                                                            "<property name=\"max-height\">12</property>",
                                                            shortcut->section, translate (shortcut->section));

          if (section != NULL)
            g_string_append (text, "</object></child>");
          g_string_append (text, start);
        }
      if (new_group)
        {
          g_autofree char *start = g_markup_printf_escaped ("<child><object class=\"GtkShortcutsGroup\">"
                                                            "<property name=\"title\">%s</property>",
                                                            translate (shortcut->group));

          g_string_append (text, start);
        }
      section = shortcut->section;
      group = shortcut->group;

      item = g_markup_printf_escaped ("<child><object class=\"GtkShortcutsShortcut\">"
                                      "<property name=\"title\">%s</property>"
                                      "<property name=\"accelerator\">%s</property></object></child>",
                                      translate (shortcut->title), keys);
      g_string_append (text, item);
    }
  g_string_append (text, "</object></child></object></child></object></interface>");

  return g_string_free (text, FALSE);
}

/**
 * drill_shortcuts_get_all:
 * @n_shortcuts: (out): how many
 *
 * Returns: (array length=n_shortcuts): all of them
 */
const DrillShortcut *
drill_shortcuts_get_all (guint *n_shortcuts)
{
  *n_shortcuts = G_N_ELEMENTS (shortcuts);

  return shortcuts;
}

/**
 * drill_shortcuts_add:
 * @application: the program
 *
 * Gives the actions their accelerators.
 */
void
drill_shortcuts_add (GtkApplication *application)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (shortcuts[i].action != NULL)
      gtk_application_set_accels_for_action (application, shortcuts[i].action, shortcuts[i].keys);
}

/**
 * drill_shortcuts_window_new:
 *
 * Returns: (transfer full): a window that lists them
 */
GtkWidget *
drill_shortcuts_window_new (void)
{
  g_autofree char *description = describe ();
  g_autoptr(GtkBuilder) builder = gtk_builder_new_from_string (description, -1);
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "window"));
  g_autoptr(GtkWidget) content = g_object_ref (gtk_window_get_child (window));
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  /* With large text it would be larger than the screen, and GTK lets nobody make it smaller */
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_window_set_child (window, scrolled);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), content);
  gtk_window_set_resizable (window, TRUE);

  return g_object_ref (GTK_WIDGET (window));
}
