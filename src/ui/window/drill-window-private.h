// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/acks/drill-unfinished-bar.h"
#include "ui/window/drill-metrics-strip.h"
#include "ui/window/drill-source-button.h"
#include "ui/window/drill-state-banner.h"
#include "ui/window/drill-window.h"

G_BEGIN_DECLS

struct _DrillWindow
{
  AdwApplicationWindow parent_instance;

  DrillSession          *session;
  GSettings             *settings;
  guint                  cancel_id;
  guint                  compact_id;
  gboolean               compact;
  gboolean               was_mapped;

  DrillSourceButton     *source;
  DrillStateBanner      *banner;
  DrillUnfinishedBar    *unfinished;
  DrillMetricsStrip     *metrics;
  AdwToastOverlay       *toasts;
  GtkStack              *refresh_stack;
  GtkSpinner            *spinner;
  GtkProgressBar        *progress;
  AdwViewStack          *views;
  DrillRoutesView       *routes;

  /* Views that are made when they are first shown: most windows need no more than one of them */
  AdwBin                *history_place;
  AdwBin                *suppressions_place;
  AdwBin                *audit_place;
  AdwBin                *overview_place;
};

/* Each part of the window's actions is in a file of its own */
void drill_window_add_identity_actions (DrillWindow *self); /* drill-window-identity.c: connections, signing in */
void drill_window_add_route_actions    (DrillWindow *self); /* drill-window-routes.c: acknowledge, bulk, unfinished */
void drill_window_add_audit_actions    (DrillWindow *self); /* drill-window-audit.c: packages, verify, deliver */
void drill_window_add_print_actions    (DrillWindow *self); /* drill-window-print.c: print, save as PDF */

/* drill-window-preferences.c */
void     drill_window_follow_preferences (DrillWindow *self);
gboolean drill_window_watches_unseen     (DrillWindow *self);

G_END_DECLS
