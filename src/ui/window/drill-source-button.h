// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillSourceButton:
 *
 * Says in the header bar where the evidence is from, and in its popover who
 * the service says we are, how much was loaded and when.
 */
#define DRILL_TYPE_SOURCE_BUTTON (drill_source_button_get_type ())

G_DECLARE_FINAL_TYPE (DrillSourceButton, drill_source_button, DRILL, SOURCE_BUTTON, GtkWidget)

void drill_source_button_set_session (DrillSourceButton *self,
                                      DrillSession      *session);
void drill_source_button_set_compact (DrillSourceButton *self,
                                      gboolean           compact);

G_END_DECLS
