// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillEvidenceView:
 *
 * A page of the window that shows the session's snapshot. It catches up with a
 * new snapshot only while it is on screen, and otherwise when it next is.
 *
 * Properties:
 * - `session` (#DrillSession, nullable): whose evidence to show
 * - `settings` (#GSettings, nullable): remembers the folder of exports
 */
#define DRILL_TYPE_EVIDENCE_VIEW (drill_evidence_view_get_type ())

G_DECLARE_DERIVABLE_TYPE (DrillEvidenceView, drill_evidence_view, DRILL, EVIDENCE_VIEW, AdwBin)

/**
 * DrillEvidenceViewClass:
 * @update: there is another snapshot to show
 * @settings_changed: (nullable): there are other settings
 * @loading_changed: (nullable): a load has begun or ended
 */
struct _DrillEvidenceViewClass
{
  AdwBinClass parent_class;

  void (*update)           (DrillEvidenceView *self,
                            DrillEvidence     *evidence);
  void (*settings_changed) (DrillEvidenceView *self,
                            GSettings         *settings);
  void (*loading_changed)  (DrillEvidenceView *self);
};

DrillSession *drill_evidence_view_get_session  (DrillEvidenceView *self);
gboolean      drill_evidence_view_is_loading   (DrillEvidenceView *self);
GSettings    *drill_evidence_view_get_settings (DrillEvidenceView *self);
void          drill_evidence_view_catch_up     (DrillEvidenceView *self);
void          drill_evidence_view_tell_again   (DrillEvidenceView *self);

G_END_DECLS
