// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillFactsGrid:
 *
 * Names and what they stand for, in two columns: who the service says we are, and the like.
 */
#define DRILL_TYPE_FACTS_GRID (drill_facts_grid_get_type ())

G_DECLARE_FINAL_TYPE (DrillFactsGrid, drill_facts_grid, DRILL, FACTS_GRID, GtkGrid)

GtkWidget *drill_facts_grid_new       (void);
void       drill_facts_grid_clear     (DrillFactsGrid   *self);
void       drill_facts_grid_add       (DrillFactsGrid   *self,
                                       const char       *name,
                                       const char       *text);
void       drill_facts_grid_add_actor (DrillFactsGrid   *self,
                                       const DrillActor *actor);

G_END_DECLS
