// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audit/drill-package.h"

G_BEGIN_DECLS

/**
 * DrillCliScope:
 * @schedule: (nullable): `--schedule`
 * @provider: (nullable): `--provider`
 * @owner: (nullable): `--owner`
 *
 * The options that say what a package covers (contract section 7).
 */
typedef struct {
  char *schedule;
  char *provider;
  char *owner;
} DrillCliScope;

void              drill_cli_scope_clear          (DrillCliScope        *self);
void              drill_cli_scope_append_entries (DrillCliScope        *self,
                                                  GArray               *entries);
gboolean          drill_cli_scope_check          (const DrillCliScope  *self,
                                                  GError              **error);
DrillPackageScope drill_cli_scope_get            (const DrillCliScope  *self);

G_END_DECLS
