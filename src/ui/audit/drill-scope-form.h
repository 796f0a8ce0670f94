// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "audit/drill-package-parts.h"
#include "query/drill-route-query.h"
#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillScopeForm:
 *
 * What an audit package is to cover: schedule, provider and owner, and a preview
 * of what that is in the evidence that is loaded. Follows the session's snapshot.
 *
 * Signals: `changed`: another scope, or the same one covers something else.
 */
#define DRILL_TYPE_SCOPE_FORM (drill_scope_form_get_type ())

G_DECLARE_FINAL_TYPE (DrillScopeForm, drill_scope_form, DRILL, SCOPE_FORM, AdwBin)

void                        drill_scope_form_set_session  (DrillScopeForm        *self,
                                                           DrillSession          *session);
void                        drill_scope_form_prefill      (DrillScopeForm        *self,
                                                           const DrillRouteQuery *query);
void                        drill_scope_form_get_scope    (DrillScopeForm        *self,
                                                           DrillPackageScope     *scope);
const DrillPackageCoverage *drill_scope_form_get_coverage (DrillScopeForm        *self);
char                       *drill_scope_dup_text          (const DrillPackageScope *scope);

G_END_DECLS
