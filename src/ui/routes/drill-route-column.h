// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"
#include "query/drill-route-query.h"

G_BEGIN_DECLS

/**
 * DrillRouteColumnInfo:
 * @key: what it sorts by; drill_route_key_get_name() is its identifier in the settings
 * @title: its heading, to be translated
 * @width: width in pixels unless remembered otherwise
 * @hidden: whether it is hidden unless asked for
 * @numeric: whether its figures are to be of one width
 *
 * A column of the route table.
 */
typedef struct {
  DrillRouteKey key;
  const char   *title;
  int           width;
  gboolean      hidden;
  gboolean      numeric;
} DrillRouteColumnInfo;

const DrillRouteColumnInfo *drill_route_column_get_all   (guint         *n_columns);
char                       *drill_route_column_dup_text  (DrillRouteKey  key,
                                                          DrillEvidence *evidence,
                                                          guint32        row,
                                                          gint64         now_us);
char                       *drill_route_column_dup_copy  (DrillRouteKey  key,
                                                          DrillEvidence *evidence,
                                                          guint32        row,
                                                          gint64         now_us);
const char                 *drill_route_column_get_state (DrillEvidence *evidence,
                                                          guint32        row);
const char                 *drill_route_column_get_slo   (DrillEvidence *evidence,
                                                          guint32        row,
                                                          gint64         now_us,
                                                          guint          due_minutes);

G_END_DECLS
