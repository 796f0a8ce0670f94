// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillExportWhat:
 * @DRILL_EXPORT_ROUTES: route rows
 * @DRILL_EXPORT_ITEMS: evidence items
 *
 * What is exported.
 */
typedef enum {
  DRILL_EXPORT_ROUTES,
  DRILL_EXPORT_ITEMS,
} DrillExportWhat;

void drill_export_dialog_present (GtkWidget       *widget,
                                  DrillSession    *session,
                                  GSettings       *settings,
                                  DrillExportWhat  what,
                                  GArray          *rows,
                                  const char      *filters,
                                  guint            n_population,
                                  guint            n_matched);

G_END_DECLS
