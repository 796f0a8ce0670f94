// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

JsonNode *drill_local_answers_dashboard (DrillEvidence  *evidence,
                                         gint64          now_us,
                                         GError        **error);
JsonNode *drill_local_answers_session   (void);
GBytes   *drill_local_answers_to_bytes  (JsonNode       *node);

G_END_DECLS
