// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence-builder.h"

G_BEGIN_DECLS

/* What the tests of the room have in common: the conformance cases, evidence
 * made from text, and everything a snapshot answers as one text to compare. */

#define CASES "small", "medium", "edges"

char          *drill_case_read          (const char            *name,
                                         const char            *file);
JsonNode      *drill_case_read_json     (const char            *name,
                                         const char            *file);
gint64         drill_case_now           (const char            *name);

gboolean       drill_add_text           (DrillEvidenceBuilder  *builder,
                                         const char            *text,
                                         gssize                 length,
                                         DrillPageReport       *report,
                                         GError               **error);
DrillEvidence *drill_evidence_from_text (const char            *text);
GPtrArray     *drill_items_from_text    (const char            *text);
char          *drill_items_to_page      (GPtrArray             *items,
                                         guint                  first,
                                         guint                  n);

JsonNode      *drill_answers_route      (DrillEvidence         *evidence,
                                         guint32                route);
JsonNode      *drill_answers_escalation (DrillEvidence         *evidence,
                                         gint64                 now_us);
char          *drill_answers_to_string  (DrillEvidence         *evidence,
                                         gint64                 now_us);

guint32        drill_find_item          (DrillEvidence         *evidence,
                                         const char            *session_id);
guint32        drill_find_route         (DrillEvidence         *evidence,
                                         const char            *plan_id,
                                         const char            *provider);
void           drill_assert_state       (DrillEvidence         *evidence,
                                         guint32                route,
                                         const char            *state);

G_END_DECLS
