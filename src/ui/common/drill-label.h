// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"
#include "query/drill-route-query.h"

G_BEGIN_DECLS

const char *drill_label_facet       (DrillFacet     facet);
char       *drill_label_value       (DrillFacet     facet,
                                     const char    *value);
char       *drill_label_state       (const char    *state);
const char *drill_label_state_icon  (const char    *state);
char       *drill_label_action      (const char    *action);
char       *drill_label_category    (const char    *category);
const char *drill_label_category_icon (const char  *category);
char       *drill_label_alert       (const char    *alert);
char       *drill_label_recommended (const char    *recommended);

G_END_DECLS
