// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "ui/help/drill-help-topic.h"

G_BEGIN_DECLS

/**
 * DrillHelpPage:
 *
 * The text of one topic of the help, to scroll in.
 */
#define DRILL_TYPE_HELP_PAGE (drill_help_page_get_type ())

G_DECLARE_FINAL_TYPE (DrillHelpPage, drill_help_page, DRILL, HELP_PAGE, AdwBin)

GtkWidget            *drill_help_page_new       (const DrillHelpTopic *topic);
const DrillHelpTopic *drill_help_page_get_topic (DrillHelpPage        *self);

G_END_DECLS
