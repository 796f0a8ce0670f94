// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

/**
 * DrillRouteEvent:
 * @at_us: when, µs UTC, or %DRILL_TIME_UNKNOWN
 * @icon_name: (nullable): a symbolic icon
 * @tone: (nullable): style class of its colour
 * @title: what happened, one line of plain text
 * @detail: (nullable): who, and with which reference, one line of plain text
 *
 * Something that happened to a route, or will.
 */
typedef struct {
  gint64      at_us;
  const char *icon_name;
  const char *tone;
  char       *title;
  char       *detail;
} DrillRouteEvent;

GArray *drill_route_timeline_read (DrillEvidence *evidence,
                                   guint32        row,
                                   gint64         now_us);

G_END_DECLS
