// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillApplication:
 *
 * The program: reads the command line, makes the clock, the settings and the
 * session, hands them down to the window, and holds the actions that are not
 * of one window.
 */
#define DRILL_TYPE_APPLICATION (drill_application_get_type ())

G_DECLARE_FINAL_TYPE (DrillApplication, drill_application, DRILL, APPLICATION, AdwApplication)

DrillApplication *drill_application_new          (DrillClock       *clock);
DrillSession     *drill_application_get_session  (DrillApplication *self);
GSettings        *drill_application_get_settings (DrillApplication *self);

G_END_DECLS
