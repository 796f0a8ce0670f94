// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

#include "base/drill-words.h"

G_BEGIN_DECLS

/**
 * DrillFinding:
 *
 * One thing to tell of an audit package: that it does not add up, or how it differs from the evidence. It keeps what
 * is translated, a format marked with DRILL_WORDS(), apart from what is not, the names and numbers of this package,
 * so that it can be told in English to programs and in their language to people.
 */
typedef struct _DrillFinding DrillFinding;

DrillFinding *drill_finding_new           (const char         *words,
                                           ...) G_GNUC_PRINTF (1, 2);
DrillFinding *drill_finding_new_for_error (const GError       *error);
void          drill_finding_free          (DrillFinding       *self);
char         *drill_finding_dup_text      (const DrillFinding *self,
                                           DrillTranslate      translate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillFinding, drill_finding_free)

G_END_DECLS
