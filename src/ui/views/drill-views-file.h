// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/drill-saved-view.h"

G_BEGIN_DECLS

/**
 * DRILL_VIEWS_FILE_SUFFIX:
 *
 * How the names of such files end.
 */
#define DRILL_VIEWS_FILE_SUFFIX ".drill-views.json"

#define DRILL_VIEWS_FILE_MAX_BYTES (1024 * 1024)
#define DRILL_VIEWS_FILE_MAX_VIEWS 200

/**
 * DrillViewsFile:
 * @views: (element-type DrillSavedView): the views, in order
 * @hidden: the built-in views that are not offered
 * @json: (nullable): what it was read from, whose members that are not known are kept
 *
 * A file of views: the one that they are kept in, or one to share. JSON:
 * `{"format": "drill-views", "version": 1, "views": [{"id", "name", "filters", "columns"}], "hidden": [id]}`.
 */
typedef struct {
  GPtrArray  *views;
  char      **hidden;
  JsonObject *json;
} DrillViewsFile;

DrillViewsFile *drill_views_file_new   (void);
DrillViewsFile *drill_views_file_parse (GBytes                *bytes,
                                        GError               **error);
GBytes         *drill_views_file_print (const DrillViewsFile  *self);
void            drill_views_file_free  (DrillViewsFile        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillViewsFile, drill_views_file_free)

G_END_DECLS
