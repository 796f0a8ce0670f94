// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/drill-words.h"
#include "cli/drill-cli-options.h"
#include "query/drill-route-table.h"
#include "session/drill-loader.h"
#include "sources/drill-source.h"

G_BEGIN_DECLS

/**
 * DrillCliLoad:
 * @source: where it is from
 * @loader: what loaded it, and can add to it
 * @table: the snapshot
 * @complete: whether it is all that the source has
 * @read_only: whether no write may leave to it
 *
 * What a command works on.
 */
typedef struct {
  DrillSource     *source;
  DrillLoader     *loader;
  DrillRouteTable *table;
  gboolean         complete;
  gboolean         read_only;
} DrillCliLoad;

void           drill_cli_load_clear       (DrillCliLoad          *self);
int            drill_cli_open             (const DrillCliOptions *options,
                                           DrillSource          **source,
                                           gboolean              *read_only);
int            drill_cli_load             (DrillCliLoad          *self,
                                           const DrillCliOptions *options);
DrillEvidence *drill_cli_load_evidence    (DrillCliLoad          *self);
const char    *drill_cli_source_name      (DrillSource           *source);
GBytes        *drill_cli_read_session     (DrillSource           *source,
                                           GError               **error);
GBytes        *drill_cli_read_dashboard   (DrillSource           *source,
                                           GError               **error);
int            drill_cli_load_status      (DrillCliLoad          *self,
                                           const DrillCliOptions *options);
char          *drill_cli_describe         (const GError          *error,
                                           DrillTranslate         translate);
int            drill_cli_fail             (DrillSource           *source,
                                           const GError          *error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DrillCliLoad, drill_cli_load_clear)

G_END_DECLS
