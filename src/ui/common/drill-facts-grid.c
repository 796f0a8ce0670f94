// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/drill-facts-grid.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/common/drill-fit.h"

struct _DrillFactsGrid
{
  GtkGrid parent_instance;

  int     n_lines;
};

G_DEFINE_FINAL_TYPE (DrillFactsGrid, drill_facts_grid, GTK_TYPE_GRID)

static char *
dup_mode (const DrillActor *actor)
{
  if (g_strcmp0 (actor->mode, "authenticated") == 0)
    return g_strdup (_("Authenticated"));
  if (g_strcmp0 (actor->mode, "auth_required") == 0)
    return g_strdup (_("Sign-in required"));
  if (g_strcmp0 (actor->mode, "local_or_demo") == 0)
    return g_strdup (_("Local or demo, without sign-in"));

  return drill_text_one_line (actor->mode);
}

static char *
dup_list (char **texts)
{
  g_autofree char *joined = texts != NULL ? g_strjoinv (", ", texts) : NULL;

  return drill_text_one_line (joined);
}

static void
drill_facts_grid_class_init (DrillFactsGridClass *klass)
{
}

static void
drill_facts_grid_init (DrillFactsGrid *self)
{
  gtk_grid_set_column_spacing (GTK_GRID (self), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self), 6);
}

/**
 * drill_facts_grid_new:
 *
 * Returns: (transfer floating): an empty grid
 */
GtkWidget *
drill_facts_grid_new (void)
{
  return g_object_new (DRILL_TYPE_FACTS_GRID, NULL);
}

void
drill_facts_grid_clear (DrillFactsGrid *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_grid_remove (GTK_GRID (self), child);
  self->n_lines = 0;
}

/**
 * drill_facts_grid_add:
 * @self: the grid
 * @name: what it is
 * @text: (nullable): plain text, one line; nothing is added for %NULL and ""
 */
void
drill_facts_grid_add (DrillFactsGrid *self,
                      const char     *name,
                      const char     *text)
{
  GtkWidget *name_label;
  GtkWidget *text_label;

  if (text == NULL || *text == '\0')
    return;

  name_label = gtk_label_new (name);
  gtk_label_set_xalign (GTK_LABEL (name_label), 1);
  gtk_label_set_yalign (GTK_LABEL (name_label), 0);
  gtk_widget_add_css_class (name_label, "dim-label");
  text_label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (text_label), 0);
  drill_fit_wrap (GTK_LABEL (text_label));
  gtk_label_set_max_width_chars (GTK_LABEL (text_label), 36);
  gtk_widget_set_hexpand (text_label, TRUE);

  gtk_grid_attach (GTK_GRID (self), name_label, 0, self->n_lines, 1, 1);
  gtk_grid_attach (GTK_GRID (self), text_label, 1, self->n_lines, 1, 1);
  self->n_lines++;
}

/**
 * drill_facts_grid_add_actor:
 * @self: the grid
 * @actor: who the service says we are
 *
 * Mode, actor, groups and permissions, in words.
 */
void
drill_facts_grid_add_actor (DrillFactsGrid   *self,
                            const DrillActor *actor)
{
  g_autofree char *mode = dup_mode (actor);
  g_autofree char *who = drill_text_one_line (actor->name);
  g_autofree char *groups = dup_list (actor->groups);
  g_autofree char *permissions = dup_list (actor->permissions);

  drill_facts_grid_add (self, _("Mode"), mode);
  drill_facts_grid_add (self, _("Signed in as"), *who != '\0' ? who : _("Nobody"));
  drill_facts_grid_add (self, _("Groups"), groups);
  /* As the service calls them, but readable and wrapped between words */
  drill_facts_grid_add (self, _("Permissions"), *permissions != '\0' ? g_strdelimit (permissions, "_", ' ') : C_("permissions", "None"));
}
