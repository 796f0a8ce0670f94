// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

DrillEvidence *audit_fixture_read_text (const char *json);
DrillEvidence *audit_fixture_read_case (const char *name);
JsonNode      *audit_fixture_load_json (const char *name,
                                        const char *file);
GBytes        *audit_fixture_to_bytes  (JsonNode   *node);

G_END_DECLS
