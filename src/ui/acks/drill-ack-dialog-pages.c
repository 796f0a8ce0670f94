// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acks/drill-ack-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "base/drill-error.h"
#include "ui/acks/drill-ack-summary.h"
#include "ui/acks/drill-ack-words.h"
#include "ui/common/drill-fit.h"
#include "ui/common/drill-write-words.h"

DrillOperationStatus
drill_ack_dialog_get_status (DrillAckDialog *self)
{
  return drill_operation_get_status (DRILL_OPERATION (self->operation));
}

gboolean
drill_ack_dialog_is_page (DrillAckDialog *self,
                          const char     *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), name) == 0;
}

gboolean
drill_ack_dialog_is_single (DrillAckDialog *self)
{
  return self->routes != NULL && drill_ack_operation_get_n_entries (self->operation) == 1;
}

guint
drill_ack_dialog_count_unknown (DrillAckDialog *self)
{
  return drill_ack_operation_count (self->operation, DRILL_OUTCOME_UNKNOWN) +
         drill_ack_operation_count (self->operation, DRILL_OUTCOME_SENT);
}

/* What the buttons are for */

static void
set_primary (DrillAckDialog *self,
             const char     *label,
             const char     *action_name,
             gboolean        suggested)
{
  gtk_button_set_label (self->primary, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->primary), action_name);
  if (suggested)
    gtk_widget_add_css_class (GTK_WIDGET (self->primary), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->primary), "suggested-action");
}

static void
update_form_buttons (DrillAckDialog *self)
{
  guint n_to_send = drill_ack_form_get_n_to_send (self->form);
  g_autofree char *label = drill_ack_words_action (drill_ack_operation_get_state (self->operation),
                                                   n_to_send > 0 ? n_to_send : drill_ack_summary_count_routes (self->operation));

  set_primary (self, label, "ack.send", TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->primary), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->back), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->back), self->running ? "ack.stop" : "window.close");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ack.send",
                                 !self->running && !self->send_wanted && drill_ack_dialog_count_unknown (self) == 0 &&
                                 n_to_send > 0 && drill_ack_form_is_ready (self->form));
}

void
drill_ack_dialog_update_buttons (DrillAckDialog *self)
{
  gboolean busy = self->running || self->updating;
  gboolean needs_token = drill_ack_dialog_get_status (self) == DRILL_OPERATION_NEEDS_TOKEN;

  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy && !drill_ack_dialog_is_page (self, "progress"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ack.stop", self->running && !self->stopping);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ack.continue", !self->running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ack.retry", !self->running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ack.check", !self->running);

  if (drill_ack_dialog_is_page (self, "form"))
    {
      update_form_buttons (self);
    }
  else if (drill_ack_dialog_is_page (self, "progress"))
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "ack.send", FALSE);
      gtk_widget_show (GTK_WIDGET (self->back));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->back), self->running ? "ack.stop" : "ack.show-result");
      set_primary (self, _("C_ontinue"), "ack.continue", TRUE);
      gtk_widget_set_visible (GTK_WIDGET (self->primary), needs_token && !self->running);
    }
  else
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "ack.send", FALSE);
      gtk_widget_hide (GTK_WIDGET (self->back));
      set_primary (self, _("_Close"), "window.close", FALSE);
      gtk_widget_show (GTK_WIDGET (self->primary));
    }
}

void
drill_ack_dialog_update_title (DrillAckDialog *self)
{
  g_autofree char *title = drill_ack_words_action (drill_ack_operation_get_state (self->operation),
                                                   drill_ack_summary_count_routes (self->operation));

  gtk_window_set_title (GTK_WINDOW (self), title);
}

/* Only a list has a use for more room than what is said takes */
void
drill_ack_dialog_fit (DrillAckDialog *self)
{
  if (drill_ack_dialog_is_single (self))
    drill_fit_window (ADW_WINDOW (self), drill_ack_form_get_scrolled (self->form));
}

void
drill_ack_dialog_show_page (DrillAckDialog *self,
                            const char     *name)
{
  gtk_stack_set_visible_child_name (self->pages, name);
  drill_ack_dialog_update_buttons (self);
}

/* How it went */

void
drill_ack_dialog_show_result (DrillAckDialog *self)
{
  drill_ack_result_show (self->result, self->operation);
  drill_ack_dialog_show_page (self, "result");
  gtk_widget_grab_focus (GTK_WIDGET (self->primary));
}

void
drill_ack_dialog_show_single (DrillAckDialog *self)
{
  const GError *error = drill_operation_get_error (DRILL_OPERATION (self->operation));
  DrillAckEntry entry;
  g_autofree char *failure = NULL;
  g_autofree char *text = NULL;

  drill_ack_operation_get_entry (self->operation, 0, &entry);
  failure = drill_write_words_dup_failure (entry.error != NULL ? entry.error : error);

  if (drill_ack_dialog_count_unknown (self) > 0)
    {
      /* Translators: %s is why */
      text = g_strdup_printf (_("Unknown whether it was recorded: the answer was lost. %s It is not sent again before that is known."),
                              failure);
      drill_ack_form_say (self->form, "dialog-question-symbolic", text, _("Check _Again"), "ack.check");
    }
  else if (drill_ack_dialog_get_status (self) == DRILL_OPERATION_NEEDS_TOKEN)
    {
      drill_ack_form_say (self->form, "dialog-password-symbolic",
                          _("Not recorded: the service wants to know who you are. What you typed is kept: sign in, then send it again."),
                          _("_Sign In…"), "ack.sign-in");
    }
  else if (entry.outcome == DRILL_OUTCOME_SKIPPED)
    {
      drill_ack_form_say (self->form, "dialog-information-symbolic", _("It is in this state already. Nothing was sent."), NULL, NULL);
    }
  /* Who has cancelled it need not be told that it was cancelled */
  else if (*failure != '\0' &&
           !(entry.outcome == DRILL_OUTCOME_PENDING && g_error_matches (error, DRILL_ERROR, DRILL_ERROR_CANCELLED)))
    {
      /* Translators: %s is why */
      text = g_strdup_printf (_("Not recorded. %s What you typed is kept: try again."), failure);
      drill_ack_form_say (self->form, "dialog-error-symbolic", text, NULL, NULL);
    }
  else
    {
      drill_ack_form_say (self->form, "dialog-information-symbolic", _("Not sent. What you typed is kept."), NULL, NULL);
    }

  drill_ack_form_set_busy (self->form, drill_ack_dialog_count_unknown (self) > 0);
  drill_ack_dialog_update_buttons (self);
  drill_ack_dialog_fit (self);
  if (drill_ack_dialog_count_unknown (self) == 0)
    drill_ack_form_focus (self->form);
}
