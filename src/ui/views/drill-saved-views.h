// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/drill-saved-view.h"

G_BEGIN_DECLS

/**
 * DRILL_VIEW_NEEDS_ACK:
 *
 * Id of the built-in view of the routes that wait for somebody.
 */
#define DRILL_VIEW_NEEDS_ACK     "builtin:needs-acknowledgement"
#define DRILL_VIEW_BREACHED      "builtin:breached"
#define DRILL_VIEW_ESCALATED     "builtin:escalated"
#define DRILL_VIEW_SUPPRESSED    "builtin:suppressed"
#define DRILL_VIEW_RECENT        "builtin:recently-acknowledged"

/**
 * DrillSavedViews:
 *
 * The views that are offered: a #GListModel of #DrillSavedView, first those
 * that come with the program, then those that were saved, in the order a person
 * gave them. Each change is written at once, the file as a whole (0600); one
 * that could not be written is not made.
 *
 * Signals: `changed` after each change, of what is hidden as well.
 */
#define DRILL_TYPE_SAVED_VIEWS (drill_saved_views_get_type ())

G_DECLARE_FINAL_TYPE (DrillSavedViews, drill_saved_views, DRILL, SAVED_VIEWS, GObject)

DrillSavedViews *drill_saved_views_new         (const char       *path);
const GError    *drill_saved_views_get_error   (DrillSavedViews  *self);
guint            drill_saved_views_get_n_builtin (DrillSavedViews *self);
DrillSavedView  *drill_saved_views_find        (DrillSavedViews  *self,
                                                const char       *id);
gboolean         drill_saved_views_is_hidden   (DrillSavedViews  *self,
                                                const char       *id);
gboolean         drill_saved_views_set_hidden  (DrillSavedViews  *self,
                                                const char       *id,
                                                gboolean          hidden,
                                                GError          **error);
gboolean         drill_saved_views_save        (DrillSavedViews  *self,
                                                DrillSavedView   *view,
                                                GError          **error);
gboolean         drill_saved_views_insert      (DrillSavedViews  *self,
                                                guint             position,
                                                DrillSavedView   *view,
                                                GError          **error);
gboolean         drill_saved_views_remove      (DrillSavedViews  *self,
                                                const char       *id,
                                                GError          **error);
gboolean         drill_saved_views_move        (DrillSavedViews  *self,
                                                const char       *id,
                                                guint             position,
                                                GError          **error);
char            *drill_saved_views_dup_free_name (DrillSavedViews *self,
                                                  const char      *name,
                                                  const char      *except_id);
GBytes          *drill_saved_views_export      (DrillSavedViews  *self,
                                                const char       *id);
gboolean         drill_saved_views_import      (DrillSavedViews  *self,
                                                GBytes           *bytes,
                                                guint            *n_added,
                                                guint            *n_known,
                                                guint            *n_unknown,
                                                GError          **error);

G_END_DECLS
