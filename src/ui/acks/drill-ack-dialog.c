// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acks/drill-ack-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "ui/acks/drill-ack-export.h"
#include "ui/common/drill-fit.h"
#include "ui/common/drill-write-words.h"

enum {
  RECORDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillAckDialog, drill_ack_dialog, ADW_TYPE_WINDOW)

/* What is under way must not keep the window: GTK does not keep its parent for it */
static GWeakRef *
weaken (DrillAckDialog *self)
{
  GWeakRef *weak = g_new (GWeakRef, 1);

  g_weak_ref_init (weak, self);

  return weak;
}

/* @weak: (transfer full) */
static DrillAckDialog *
strengthen (GWeakRef *weak)
{
  DrillAckDialog *self = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);

  return self;
}

/* Running it */

static gboolean
is_all_recorded (DrillAckDialog *self)
{
  return drill_ack_operation_count (self->operation, DRILL_OUTCOME_RECORDED) +
         drill_ack_operation_count (self->operation, DRILL_OUTCOME_SKIPPED) ==
         drill_ack_operation_get_n_entries (self->operation);
}

static void
ran_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(DrillAckDialog) self = strengthen (user_data);
  guint n_recorded;

  drill_operation_run_finish (DRILL_OPERATION (object), result, NULL);
  if (self == NULL)
    return;

  self->running = FALSE;
  self->stopping = FALSE;
  g_clear_object (&self->cancellable);
  n_recorded = drill_ack_operation_count (self->operation, DRILL_OUTCOME_RECORDED);

  if (self->routes != NULL && n_recorded > 0 && is_all_recorded (self))
    drill_ack_form_recorded (self->form);
  if (n_recorded > 0)
    g_signal_emit (self, signals[RECORDED], 0);

  if (drill_ack_dialog_is_single (self))
    {
      if (n_recorded > 0)
        gtk_window_destroy (GTK_WINDOW (self));
      else
        drill_ack_dialog_show_single (self);
    }
  else if (drill_ack_dialog_get_status (self) == DRILL_OPERATION_NEEDS_TOKEN)
    {
      drill_ack_progress_set_stopping (self->progress, FALSE);
      drill_ack_dialog_show_page (self, "progress");
    }
  else
    {
      drill_ack_dialog_show_result (self);
    }
}

/* The other page says it itself */
static void
status_cb (DrillAckDialog *self)
{
  if (!self->running || !drill_ack_dialog_is_single (self))
    return;

  if (drill_ack_dialog_get_status (self) == DRILL_OPERATION_QUEUED)
    drill_ack_form_say (self->form, "content-loading-symbolic", _("Waiting for another window or drillctl…"), NULL, NULL);
  else
    drill_ack_form_say (self->form, NULL, NULL, NULL, NULL);
  drill_ack_dialog_fit (self);
}

static void
run (DrillAckDialog *self,
     gboolean        only_check)
{
  self->running = TRUE;
  self->cancellable = g_cancellable_new ();
  if (drill_ack_dialog_is_single (self))
    {
      drill_ack_form_say (self->form, NULL, NULL, NULL, NULL);
      drill_ack_dialog_update_buttons (self);
      /* An entry that is disabled under the cursor loses it without knowing */
      gtk_widget_grab_focus (GTK_WIDGET (self->back));
      drill_ack_form_set_busy (self->form, TRUE);
    }
  else
    {
      drill_ack_progress_set_operation (self->progress, self->operation);
      drill_ack_progress_set_stopping (self->progress, FALSE);
      drill_ack_dialog_show_page (self, "progress");
    }

  if (only_check)
    drill_operation_check_async (DRILL_OPERATION (self->operation), self->cancellable, ran_cb, weaken (self));
  else
    drill_operation_run_async (DRILL_OPERATION (self->operation), self->cancellable, ran_cb, weaken (self));
}

/* Before it is sent */

static void update_operation (DrillAckDialog *self);

/* Nothing of it was recorded, and something else is to be: that is another operation */
static void
begin_again (DrillAckDialog *self)
{
  g_autoptr(DrillAckOperation) before = g_steal_pointer (&self->operation);

  self->operation = drill_ack_operation_new_for_routes (drill_operation_get_writer (DRILL_OPERATION (before)),
                                                        self->evidence, (const guint32 *) self->routes->data,
                                                        self->routes->len, drill_ack_operation_get_state (before));
  drill_operation_drop (DRILL_OPERATION (before));
  g_signal_connect_object (self->operation, "notify::status", G_CALLBACK (status_cb), self, G_CONNECT_SWAPPED);
  drill_ack_form_set_operation (self->form, self->operation);
  /* What was sent before may have come late: it is looked for once more */
  self->send_wanted = TRUE;
  update_operation (self);
}

static void
send (DrillAckDialog *self)
{
  self->send_wanted = FALSE;
  if (drill_ack_dialog_get_status (self) != DRILL_OPERATION_READY && drill_ack_form_differs (self->form))
    {
      begin_again (self);
      return;
    }

  if (drill_ack_dialog_get_status (self) == DRILL_OPERATION_READY)
    drill_ack_form_apply (self->form);
  else
    drill_ack_operation_retry_failed (self->operation);
  run (self, FALSE);
}

static void
updated_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DrillAckDialog) self = strengthen (user_data);
  g_autoptr(GError) error = NULL;
  gboolean changed, wanted;

  drill_ack_operation_update_finish (DRILL_ACK_OPERATION (object), result, &error);
  if (self == NULL)
    return;

  self->updating = FALSE;
  g_clear_object (&self->cancellable);
  wanted = self->send_wanted;
  self->send_wanted = FALSE;
  changed = drill_ack_form_update (self->form);

  if (error != NULL)
    {
      g_autofree char *failure = drill_write_words_dup_failure (error);
      /* Translators: %s is why */
      g_autofree char *text = g_strdup_printf (_("Could not look whether something has changed since this was loaded. %s"),
                                               failure);

      drill_ack_form_say (self->form, "dialog-warning-symbolic", text, NULL, NULL);
    }
  drill_ack_dialog_fit (self);

  /* Who was about to send has not seen this yet */
  if (wanted && !changed && error == NULL)
    send (self);
  else
    drill_ack_dialog_update_buttons (self);
}

static void
update_operation (DrillAckDialog *self)
{
  self->updating = TRUE;
  self->cancellable = g_cancellable_new ();
  drill_ack_operation_update_async (self->operation, self->cancellable, updated_cb, weaken (self));
  drill_ack_dialog_update_buttons (self);
}

static void
form_changed_cb (DrillAckDialog *self)
{
  if (self->operation != NULL && drill_ack_dialog_is_page (self, "form"))
    drill_ack_dialog_update_buttons (self);
}

/* Actions */

static void
send_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  DrillAckDialog *self = DRILL_ACK_DIALOG (widget);

  if (self->updating)
    {
      self->send_wanted = TRUE;
      drill_ack_dialog_update_buttons (self);
    }
  else
    {
      send (self);
    }
}

static void
stop_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  DrillAckDialog *self = DRILL_ACK_DIALOG (widget);

  self->stopping = TRUE;
  g_cancellable_cancel (self->cancellable);
  if (!drill_ack_dialog_is_single (self))
    drill_ack_progress_set_stopping (self->progress, TRUE);
  drill_ack_dialog_update_buttons (self);
}

static void
continue_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  run (DRILL_ACK_DIALOG (widget), FALSE);
}

static void
retry_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  DrillAckDialog *self = DRILL_ACK_DIALOG (widget);

  drill_ack_operation_retry_failed (self->operation);
  run (self, FALSE);
}

static void
check_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  run (DRILL_ACK_DIALOG (widget), TRUE);
}

static void
show_result_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  drill_ack_dialog_show_result (DRILL_ACK_DIALOG (widget));
}

static void
sign_in_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.sign-in", NULL);
}

static void
export_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  DrillAckDialog *self = DRILL_ACK_DIALOG (widget);

  drill_ack_export_present (GTK_WIDGET (self->result), self->session, self->settings, self->operation,
                            g_str_equal (g_variant_get_string (parameter, NULL), "csv"));
}

/* Closing */

static gboolean
close_cb (gpointer user_data)
{
  DrillAckDialog *self = user_data;

  self->close_id = 0;
  gtk_window_close (GTK_WINDOW (self));

  return G_SOURCE_REMOVE;
}

static void
confirmed_cb (DrillAckDialog *self,
              const char     *response)
{
  if (!g_str_equal (response, "close"))
    return;

  /* Not before the question itself is gone: GTK does not keep a parent for its dialog */
  self->close_confirmed = TRUE;
  if (self->close_id == 0)
    self->close_id = g_idle_add (close_cb, self);
}

static void
confirm_close (DrillAckDialog *self)
{
  guint n = drill_ack_dialog_count_unknown (self);
  g_autofree char *body = g_strdup_printf (ngettext ("Of %'u route the answer was lost. It is looked up at the next start, "
                                                     "before anything is sent again.",
                                                     "Of %'u routes the answer was lost. They are looked up at the next start, "
                                                     "before anything is sent again.", n), n);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Close Before It Is Known?"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "stay", _("_Go Back"), "close", _("_Close"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (confirmed_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
drill_ack_dialog_close_request (GtkWindow *window)
{
  DrillAckDialog *self = DRILL_ACK_DIALOG (window);

  if (self->running)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "ack.stop", NULL);
      return TRUE;
    }
  /* Who does not sign in is told first what is left undone by that */
  if (drill_ack_dialog_is_page (self, "progress"))
    {
      drill_ack_dialog_show_result (self);
      return TRUE;
    }
  if (drill_ack_dialog_count_unknown (self) > 0 && !self->close_confirmed)
    {
      confirm_close (self);
      return TRUE;
    }

  /* What was given up here is not to be asked about at the next start. What was
   * found in the journal stays until it is done, or somebody decides. */
  if (drill_operation_is_recovered (DRILL_OPERATION (self->operation))
      ? drill_ack_dialog_get_status (self) == DRILL_OPERATION_DONE
      : drill_ack_dialog_count_unknown (self) == 0 && drill_ack_dialog_get_status (self) != DRILL_OPERATION_READY)
    drill_operation_drop (DRILL_OPERATION (self->operation));

  return GTK_WINDOW_CLASS (drill_ack_dialog_parent_class)->close_request (window);
}

static void
drill_ack_dialog_dispose (GObject *object)
{
  DrillAckDialog *self = DRILL_ACK_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->close_id, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (drill_ack_dialog_parent_class)->dispose (object);
}

static void
drill_ack_dialog_finalize (GObject *object)
{
  DrillAckDialog *self = DRILL_ACK_DIALOG (object);

  g_clear_object (&self->operation);
  g_clear_pointer (&self->evidence, drill_evidence_unref);
  g_clear_pointer (&self->routes, g_array_unref);

  G_OBJECT_CLASS (drill_ack_dialog_parent_class)->finalize (object);
}

static void
drill_ack_dialog_class_init (DrillAckDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = drill_ack_dialog_dispose;
  object_class->finalize = drill_ack_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = drill_ack_dialog_close_request;

  /**
   * DrillAckDialog::recorded:
   *
   * A run has ended, and something is recorded.
   */
  signals[RECORDED] = g_signal_new ("recorded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (DRILL_TYPE_ACK_FORM);
  g_type_ensure (DRILL_TYPE_ACK_PROGRESS);
  g_type_ensure (DRILL_TYPE_ACK_RESULT);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-ack-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillAckDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, DrillAckDialog, form);
  gtk_widget_class_bind_template_child (widget_class, DrillAckDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, DrillAckDialog, result);
  gtk_widget_class_bind_template_child (widget_class, DrillAckDialog, back);
  gtk_widget_class_bind_template_child (widget_class, DrillAckDialog, primary);
  gtk_widget_class_bind_template_child (widget_class, DrillAckDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);

  gtk_widget_class_install_action (widget_class, "ack.send", NULL, send_cb);
  gtk_widget_class_install_action (widget_class, "ack.stop", NULL, stop_cb);
  gtk_widget_class_install_action (widget_class, "ack.continue", NULL, continue_cb);
  gtk_widget_class_install_action (widget_class, "ack.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "ack.check", NULL, check_cb);
  gtk_widget_class_install_action (widget_class, "ack.show-result", NULL, show_result_cb);
  gtk_widget_class_install_action (widget_class, "ack.sign-in", NULL, sign_in_cb);
  gtk_widget_class_install_action (widget_class, "ack.export", "s", export_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
drill_ack_dialog_init (DrillAckDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  drill_fit_text (GTK_WINDOW (self));
}

static DrillAckDialog *
dialog_new (GtkWindow    *parent,
            DrillSession *session,
            GSettings    *settings)
{
  DrillAckDialog *self = g_object_new (DRILL_TYPE_ACK_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);

  return self;
}

/**
 * drill_ack_dialog_new:
 * @parent: the window it belongs to; has the action `win.sign-in`
 * @session: who records it, with a writer
 * @settings: remembers drafts, references and the folder of exports
 * @evidence: what is shown
 * @routes: (array length=n_routes): rows of it; at least one of them is delivered
 * @n_routes: how many
 * @state: what to record: `acknowledged`, `escalated`, `resolved` or `dismissed`
 *
 * Returns: (transfer none): the dialog, owned by GTK as all toplevels are
 */
DrillAckDialog *
drill_ack_dialog_new (GtkWindow     *parent,
                      DrillSession  *session,
                      GSettings     *settings,
                      DrillEvidence *evidence,
                      const guint32 *routes,
                      guint          n_routes,
                      const char    *state)
{
  DrillAckDialog *self = dialog_new (parent, session, settings);

  self->evidence = drill_evidence_ref (evidence);
  self->routes = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n_routes);
  g_array_append_vals (self->routes, routes, n_routes);
  self->operation = drill_ack_operation_new_for_routes (drill_session_get_writer (session), evidence,
                                                        routes, n_routes, state);
  g_signal_connect_object (self->operation, "notify::status", G_CALLBACK (status_cb), self, G_CONNECT_SWAPPED);
  drill_ack_form_set_up (self->form, session, settings, self->operation, evidence);
  drill_ack_dialog_update_title (self);
  update_operation (self);
  drill_ack_dialog_fit (self);
  drill_ack_form_focus (self->form);

  return self;
}

/**
 * drill_ack_dialog_new_for_operation:
 * @parent: the window it belongs to; has the action `win.sign-in`
 * @session: who records it
 * @settings: remembers the folder of exports
 * @operation: one that was cut off
 *
 * Returns: (transfer none): a dialog that begins with what became of it
 */
DrillAckDialog *
drill_ack_dialog_new_for_operation (GtkWindow         *parent,
                                    DrillSession      *session,
                                    GSettings         *settings,
                                    DrillAckOperation *operation)
{
  DrillAckDialog *self = dialog_new (parent, session, settings);

  self->operation = g_object_ref (operation);
  drill_ack_dialog_update_title (self);
  drill_ack_dialog_show_result (self);

  return self;
}

/**
 * drill_ack_dialog_get_operation:
 * @self: a dialog
 *
 * Returns: (transfer none): what it records
 */
DrillAckOperation *
drill_ack_dialog_get_operation (DrillAckDialog *self)
{
  return self->operation;
}

/**
 * drill_ack_dialog_proceed:
 * @self: a dialog for an operation that was cut off
 *
 * Finds out what is unknown, then sends the rest.
 */
void
drill_ack_dialog_proceed (DrillAckDialog *self)
{
  run (self, FALSE);
}
