// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

/**
 * DRILL_PACKAGE_SCHEMA:
 *
 * The `schema_version` of an audit package (contract section 7).
 */
#define DRILL_PACKAGE_SCHEMA "cavra.go-backend-pilot.rollback-drill-acknowledgement-audit-package.v1"

/**
 * DRILL_PACKAGE_BUNDLE_SCHEMA:
 *
 * The `schema_version` of the index that lies beside several packages (drill_package_write_bundle()); our own.
 */
#define DRILL_PACKAGE_BUNDLE_SCHEMA "org.cavra.drill-console.package-bundle.v1"

/**
 * DRILL_PACKAGE_MARK_SAMPLE:
 *
 * A control of packages that were made of the bundled sample, and of their
 * deliveries; %DRILL_PACKAGE_MARK_FILE of those that this program made of an
 * opened file. A service never writes either.
 */
#define DRILL_PACKAGE_MARK_SAMPLE "sample-data-not-evidence"
#define DRILL_PACKAGE_MARK_FILE   "made-from-a-file-not-by-the-service"

/**
 * DRILL_PACKAGE_SERVICE_CUT:
 *
 * Where the service cuts a package without saying so: routes, and acknowledgements.
 */
#define DRILL_PACKAGE_SERVICE_CUT 500

/**
 * DrillPackageScope:
 * @schedule_id: (nullable): only this schedule
 * @provider: (nullable): only this provider
 * @owner: (nullable): only routes whose owner or escalation owner contains this, any case
 *
 * What an audit package covers (contract section 7). %NULL and "" mean all.
 */
typedef struct {
  const char *schedule_id;
  const char *provider;
  const char *owner;
} DrillPackageScope;

/**
 * DrillVerdict:
 * @DRILL_VERDICT_WHOLE: audit_id, counts, schema and filters all fit
 * @DRILL_VERDICT_ALTERED: something does not add up
 * @DRILL_VERDICT_NOT_A_PACKAGE: JSON, but not an audit package
 *
 * What verifying a saved package found.
 */
typedef enum {
  DRILL_VERDICT_WHOLE,
  DRILL_VERDICT_ALTERED,
  DRILL_VERDICT_NOT_A_PACKAGE,
} DrillVerdict;

JsonNode    *drill_package_build       (DrillEvidence            *evidence,
                                        const DrillPackageScope  *scope,
                                        const char               *generated_by,
                                        gint64                    now_us,
                                        guint                     max_routes);
char        *drill_package_compute_id  (JsonObject               *package);
gboolean     drill_package_owner_fits  (const char               *filter,
                                        const char               *owner,
                                        const char               *escalation_owner);
JsonObject  *drill_package_unwrap      (JsonNode                 *root);
DrillVerdict drill_package_verify      (GBytes                   *bytes,
                                        GPtrArray               **findings,
                                        GError                  **error);

G_END_DECLS
