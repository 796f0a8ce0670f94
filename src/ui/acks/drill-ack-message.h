// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DrillAckMessage:
 *
 * Something to be read before going on: an icon, a text and, if there is
 * something to do about it, a button. Hidden while it has no text.
 */
#define DRILL_TYPE_ACK_MESSAGE (drill_ack_message_get_type ())

G_DECLARE_FINAL_TYPE (DrillAckMessage, drill_ack_message, DRILL, ACK_MESSAGE, GtkWidget)

GtkWidget  *drill_ack_message_new       (void);
void        drill_ack_message_say       (DrillAckMessage *self,
                                         const char      *icon_name,
                                         const char      *text,
                                         const char      *button_label,
                                         const char      *action_name);
const char *drill_ack_message_get_text  (DrillAckMessage *self);

G_END_DECLS
