// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "session/drill-ack-operation.h"
#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillAckForm:
 *
 * What will be recorded, on which routes and as whom. What is typed is kept as
 * a draft until it is recorded.
 *
 * Signals: `changed`: something was typed.
 */
#define DRILL_TYPE_ACK_FORM (drill_ack_form_get_type ())

G_DECLARE_FINAL_TYPE (DrillAckForm, drill_ack_form, DRILL, ACK_FORM, AdwBin)

void               drill_ack_form_set_up        (DrillAckForm      *self,
                                                 DrillSession      *session,
                                                 GSettings         *settings,
                                                 DrillAckOperation *operation,
                                                 DrillEvidence     *evidence);
void               drill_ack_form_set_operation (DrillAckForm      *self,
                                                 DrillAckOperation *operation);
gboolean           drill_ack_form_update        (DrillAckForm      *self);
void               drill_ack_form_say           (DrillAckForm      *self,
                                                 const char        *icon_name,
                                                 const char        *text,
                                                 const char        *button_label,
                                                 const char        *action_name);
void               drill_ack_form_set_busy      (DrillAckForm      *self,
                                                 gboolean           busy);
gboolean           drill_ack_form_is_ready      (DrillAckForm      *self);
gboolean           drill_ack_form_differs       (DrillAckForm      *self);
void               drill_ack_form_apply         (DrillAckForm      *self);
void               drill_ack_form_recorded      (DrillAckForm      *self);
void               drill_ack_form_save_draft    (DrillAckForm      *self);
guint              drill_ack_form_get_n_to_send (DrillAckForm      *self);
void               drill_ack_form_focus         (DrillAckForm      *self);
GtkScrolledWindow *drill_ack_form_get_scrolled  (DrillAckForm      *self);

G_END_DECLS
