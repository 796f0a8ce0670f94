// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/drill-route-table.h"

G_BEGIN_DECLS

/**
 * DrillSight:
 * @table: what was known
 * @now_us: when, µs UTC
 * @due_us: how long before its deadline a route is about to breach, µs
 *
 * What somebody saw when they looked at the routes.
 */
typedef struct {
  DrillRouteTable *table;
  gint64           now_us;
  gint64           due_us;
} DrillSight;

/**
 * DrillNews:
 * @n_breached: routes that are breached and were not
 * @n_due: routes that are about to breach and were neither that nor breached
 * @worst_breached: of the former, the row in the new table that breached first, or %DRILL_NONE
 * @worst_due: of the latter, the one that breaches first, or %DRILL_NONE
 * @breached: (element-type guint64): identities of the former, see drill_watch_get_identity()
 * @due: (element-type guint64): identities of the latter
 *
 * What is new between two sights.
 */
typedef struct {
  guint    n_breached;
  guint    n_due;
  guint32  worst_breached;
  guint32  worst_due;
  GArray  *breached;
  GArray  *due;
} DrillNews;

DrillSight *drill_sight_new          (DrillRouteTable   *table,
                                      gint64             now_us,
                                      gint64             due_us);
void        drill_sight_free         (DrillSight        *self);
DrillNews  *drill_watch_compare      (const DrillSight  *before,
                                      const DrillSight  *after);
gint64      drill_watch_get_next     (const DrillSight  *sight);
guint64     drill_watch_get_identity (DrillEvidence     *evidence,
                                      guint32            row);
guint       drill_watch_retain       (const DrillSight  *sight,
                                      GArray            *breached,
                                      GArray            *due);
void        drill_news_free          (DrillNews         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillSight, drill_sight_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillNews, drill_news_free)

G_END_DECLS
