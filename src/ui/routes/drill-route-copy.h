// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-session.h"

G_BEGIN_DECLS

/* Routes as text for the clipboard; @rows as drill_route_selection_get_rows() has them */
char       *drill_route_copy_dup_ids     (DrillEvidence *evidence,
                                          GArray        *rows);
char       *drill_route_copy_dup_json    (DrillEvidence *evidence,
                                          GArray        *rows);
char       *drill_route_copy_dup_curl    (DrillSession  *session,
                                          DrillEvidence *evidence,
                                          GArray        *rows);
const char *drill_route_copy_get_link    (DrillEvidence *evidence,
                                          guint32        row);

G_END_DECLS
