// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence-builder.h"
#include "query/drill-route-table.h"
#include "sources/drill-source.h"

G_BEGIN_DECLS

/**
 * DrillLoader:
 *
 * Loads the history of one source page by page, decodes it in a worker thread
 * and keeps the builder, so that a refresh only fetches the pages with news.
 *
 * Signals (on the main context):
 * - `table` (#DrillRouteTable *): a further snapshot: after the first page, now and then while the rest loads, and at the end
 * - `progress` (uint loaded items, int64 total or -1)
 *
 * One thing is done at a time: a load or an addition that is asked for while
 * another is under way is begun when that has ended.
 *
 * The policy for offsets that move (contract section 2): items are known by
 * their `session_id`; when the total grows meanwhile, the newest pages are read
 * again; when it shrinks or does not add up, the load starts over, and after
 * three attempts it ends as incomplete.
 */
#define DRILL_TYPE_LOADER (drill_loader_get_type ())

G_DECLARE_FINAL_TYPE (DrillLoader, drill_loader, DRILL, LOADER, GObject)

DrillLoader *drill_loader_new         (DrillSource          *source);
void         drill_loader_load_async  (DrillLoader          *self,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean     drill_loader_load_finish (DrillLoader          *self,
                                       GAsyncResult         *result,
                                       gboolean             *complete,
                                       GError              **error);
void         drill_loader_add_async   (DrillLoader          *self,
                                       DrillPage            *page,
                                       gboolean              publish_now,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean     drill_loader_add_finish  (DrillLoader          *self,
                                       GAsyncResult         *result,
                                       GError              **error);
DrillRouteTable *drill_loader_get_table (DrillLoader        *self);
gboolean     drill_loader_knows_all   (DrillLoader          *self);

G_END_DECLS
