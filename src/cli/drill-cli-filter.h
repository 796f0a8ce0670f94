// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

#include "query/drill-route-query.h"

G_BEGIN_DECLS

/**
 * DrillCliFilter:
 *
 * The options that say which routes are meant, the same for every command that
 * takes some. All zero before the command line is read.
 */
typedef struct {
  char  *scope;
  char **states;
  char **slos;
  char **providers;
  char **owners;
  char **actions;
  char **categories;
  char **alerts;
  char **schedules;
  char  *search;
} DrillCliFilter;

void     drill_cli_filter_clear          (DrillCliFilter   *self);
void     drill_cli_filter_append_entries (DrillCliFilter   *self,
                                          GArray           *entries);
gboolean drill_cli_filter_apply          (DrillCliFilter   *self,
                                          DrillRouteQuery  *query,
                                          GError          **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DrillCliFilter, drill_cli_filter_clear)

G_END_DECLS
