// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/routes/drill-route-list.h"

G_BEGIN_DECLS

/**
 * DRILL_FACET_GROUP_FEW:
 *
 * How many values of a facet are shown unasked; one with more gets a search.
 */
#define DRILL_FACET_GROUP_FEW 8

/**
 * DRILL_FACET_GROUP_MANY:
 *
 * How many are shown at most: a facet of thousands is searched, not scrolled.
 */
#define DRILL_FACET_GROUP_MANY 200

/**
 * DrillFacetGroup:
 *
 * One facet of the filter sidebar: its values with their counts, to be checked.
 */
#define DRILL_TYPE_FACET_GROUP (drill_facet_group_get_type ())

G_DECLARE_FINAL_TYPE (DrillFacetGroup, drill_facet_group, DRILL, FACET_GROUP, GtkWidget)

GtkWidget *drill_facet_group_new (DrillRouteList *list,
                                  DrillFacet      facet,
                                  gboolean        expanded);

G_END_DECLS
