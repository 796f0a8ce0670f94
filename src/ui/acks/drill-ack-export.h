// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "session/drill-ack-operation.h"
#include "session/drill-session.h"

G_BEGIN_DECLS

GBytes *drill_ack_export_dup_csv  (DrillAckOperation *operation,
                                   DrillSession      *session);
GBytes *drill_ack_export_dup_json (DrillAckOperation *operation,
                                   DrillSession      *session);
void    drill_ack_export_present  (GtkWidget         *widget,
                                   DrillSession      *session,
                                   GSettings         *settings,
                                   DrillAckOperation *operation,
                                   gboolean           csv);

G_END_DECLS
