// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence-builder.h"

G_BEGIN_DECLS

/* Evidence out of JSON text, in which ' may stand for " */
void           fixture_add      (DrillEvidenceBuilder *builder,
                                 const char           *json);
DrillEvidence *fixture_parse    (const char           *json);

/* The time that random evidence is around */
#define FIXTURE_NOW_US (G_GINT64_CONSTANT (1779271200) * G_TIME_SPAN_SECOND) /* 2026-05-20T10:00:00Z */

/* A history with something odd in every column, other items for each @from */
char          *fixture_random   (guint32               seed,
                                 guint                 from,
                                 guint                 n_plans);

G_END_DECLS
