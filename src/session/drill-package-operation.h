// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audit/drill-package-parts.h"
#include "session/drill-operation.h"

G_BEGIN_DECLS

/**
 * DrillPackageOperation:
 *
 * Has the service make audit packages (contract section 7): one for each of its
 * scopes, one after the other. The packages it made stay in hand until the
 * operation goes away.
 *
 * A lost answer is looked for in the history: a package of the same filters and
 * actor that was not known before. When there is none it is PENDING again, and
 * the operation stops and says why; running it again asks again. What the service
 * refused is FAILED, and the others go on: it is DONE then, with an error.
 */
#define DRILL_TYPE_PACKAGE_OPERATION (drill_package_operation_get_type ())

G_DECLARE_FINAL_TYPE (DrillPackageOperation, drill_package_operation, DRILL, PACKAGE_OPERATION, DrillOperation)

/* @scopes: one, or the parts of drill_package_plan_parts(); copied. @actor for services without OIDC. */
DrillPackageOperation *drill_package_operation_new              (DrillWriter              *writer,
                                                                 const DrillPackageScope  *scopes,
                                                                 guint                     n_scopes,
                                                                 const char               *actor);
DrillPackageOperation *drill_package_operation_new_from_journal (DrillWriter              *writer,
                                                                 DrillJournalEntry        *entry,
                                                                 GError                  **error);
guint                  drill_package_operation_get_n_packages   (DrillPackageOperation    *self);
void                   drill_package_operation_get_scope        (DrillPackageOperation    *self,
                                                                 guint                     i,
                                                                 DrillPackageScope        *scope);
DrillOutcome           drill_package_operation_get_outcome      (DrillPackageOperation    *self,
                                                                 guint                     i,
                                                                 const GError            **error);
/* (transfer none) (nullable): `audit_package`, the service's bytes */
GBytes                *drill_package_operation_get_package      (DrillPackageOperation    *self,
                                                                 guint                     i);

G_END_DECLS
