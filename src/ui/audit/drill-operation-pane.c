// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-operation-pane.h"

#include <glib/gi18n-lib.h>

#include "ui/common/drill-pulse.h"

struct _DrillOperationPane
{
  AdwBin                 parent_instance;

  AdwStatusPage         *page;
  GtkProgressBar        *bar;
  GtkWidget             *cancel_button;
  GtkWidget             *sign_in_button;
  GtkWidget             *check_button;
  GtkWidget             *continue_button;
  GtkWidget             *give_up_button;

  DrillOperation        *operation;
  DrillOperationUnknown  unknown;
  GSignalGroup          *signals;
  char                  *title;
  GCancellable          *cancellable; /* of the run that is under way, else NULL */
};

enum {
  ENDED,
  GIVEN_UP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillOperationPane, drill_operation_pane, ADW_TYPE_BIN)

static void
say (DrillOperationPane *self,
     const char         *icon,
     const char         *title,
     const char         *description)
{
  /* A status page takes its texts as markup */
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *description_markup = g_markup_escape_text (description != NULL ? description : "", -1);

  adw_status_page_set_icon_name (self->page, icon);
  adw_status_page_set_title (self->page, title_markup);
  adw_status_page_set_description (self->page, description_markup);
}

static void
offer (DrillOperationPane *self,
       gboolean            cancel,
       gboolean            sign_in,
       gboolean            check,
       gboolean            go_on,
       gboolean            give_up)
{
  gtk_widget_set_visible (GTK_WIDGET (self->bar), cancel);
  gtk_widget_set_visible (self->cancel_button, cancel);
  gtk_widget_set_visible (self->sign_in_button, sign_in);
  gtk_widget_set_visible (self->check_button, check);
  gtk_widget_set_visible (self->continue_button, go_on);
  gtk_widget_set_visible (self->give_up_button, give_up);
}

static void
update_running (DrillOperationPane *self)
{
  double progress = drill_operation_get_progress (self->operation);

  switch (drill_operation_get_status (self->operation))
    {
    case DRILL_OPERATION_QUEUED:
      say (self, NULL, self->title,
           g_cancellable_is_cancelled (self->cancellable) ? NULL : _("Waiting for another window or drillctl…"));
      break;
    case DRILL_OPERATION_WAITING:
      say (self, NULL, self->title, _("The service asked for a pause. It goes on by itself."));
      break;
    case DRILL_OPERATION_CHECKING:
      say (self, NULL, self->title, _("An answer was lost. The history is read to find out what was recorded."));
      break;
    case DRILL_OPERATION_READY:
    case DRILL_OPERATION_RUNNING:
    case DRILL_OPERATION_NEEDS_TOKEN:
    case DRILL_OPERATION_STOPPED:
    case DRILL_OPERATION_DONE:
    default:
      say (self, NULL, self->title,
           g_cancellable_is_cancelled (self->cancellable) ? _("What was sent is waited for.") : NULL);
      break;
    }

  /* How much of it, as many parts take a while */
  gtk_progress_bar_set_show_text (self->bar, progress > 0);
  if (progress > 0)
    gtk_progress_bar_set_fraction (self->bar, CLAMP (progress, 0.0, 1.0));
  else
    drill_pulse (self->bar);
}

static void
update (DrillOperationPane *self)
{
  if (self->operation == NULL)
    return;

  if (self->cancellable != NULL)
    {
      offer (self, TRUE, FALSE, FALSE, FALSE, FALSE);
      gtk_widget_set_sensitive (self->cancel_button, !g_cancellable_is_cancelled (self->cancellable));
      update_running (self);
    }
  else if (drill_operation_get_status (self->operation) == DRILL_OPERATION_NEEDS_TOKEN)
    {
      say (self, "dialog-password-symbolic", _("Sign In to Go On"),
           _("The service does not take the token any more. Nothing is lost: sign in, then continue."));
      offer (self, FALSE, TRUE, FALSE, TRUE, TRUE);
    }
  else
    {
      say (self, "dialog-question-symbolic", _("Not Known"),
           _("The answer was lost, and the history could not be read to find out what was recorded. "
             "Nothing is sent again before that is known."));
      offer (self, FALSE, FALSE, TRUE, FALSE, TRUE);
    }
}

static void
ran_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(DrillOperationPane) self = user_data;
  DrillOperation *operation = DRILL_OPERATION (object);
  g_autoptr(GError) error = NULL;

  if (!drill_operation_run_finish (operation, result, &error))
    g_debug ("the operation did not run: %s", error->message);

  /* The dialog is gone; what was not finished is in the journal */
  if (self->operation != operation || self->page == NULL)
    return;

  g_clear_object (&self->cancellable);
  update (self);
  if (drill_operation_get_status (operation) != DRILL_OPERATION_NEEDS_TOKEN && !self->unknown (operation))
    g_signal_emit (self, signals[ENDED], 0);
}

static void
run (DrillOperationPane *self,
     gboolean            only_check)
{
  self->cancellable = g_cancellable_new ();
  update (self);
  if (only_check)
    drill_operation_check_async (self->operation, self->cancellable, ran_cb, g_object_ref (self));
  else
    drill_operation_run_async (self->operation, self->cancellable, ran_cb, g_object_ref (self));
}

static void
sign_in_cb (DrillOperationPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWindow *parent = GTK_IS_WINDOW (root) ? gtk_window_get_transient_for (GTK_WINDOW (root)) : NULL;

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.sign-in", NULL);
}

static void
check_cb (DrillOperationPane *self)
{
  run (self, TRUE);
}

static void
continue_cb (DrillOperationPane *self)
{
  run (self, FALSE);
}

static void
give_up_cb (DrillOperationPane *self)
{
  drill_operation_drop (self->operation);
  g_signal_emit (self, signals[GIVEN_UP], 0);
}

static void
drill_operation_pane_dispose (GObject *object)
{
  DrillOperationPane *self = DRILL_OPERATION_PANE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  g_clear_object (&self->operation);
  self->page = NULL;

  G_OBJECT_CLASS (drill_operation_pane_parent_class)->dispose (object);
}

static void
drill_operation_pane_finalize (GObject *object)
{
  g_free (DRILL_OPERATION_PANE (object)->title);

  G_OBJECT_CLASS (drill_operation_pane_parent_class)->finalize (object);
}

static void
drill_operation_pane_class_init (DrillOperationPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = drill_operation_pane_dispose;
  object_class->finalize = drill_operation_pane_finalize;

  /**
   * DrillOperationPane::ended:
   *
   * The operation has ended, and nothing of it is unknown.
   */
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * DrillOperationPane::given-up:
   *
   * The rest of the operation was dropped.
   */
  signals[GIVEN_UP] = g_signal_new ("given-up", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-operation-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillOperationPane, page);
  gtk_widget_class_bind_template_child (widget_class, DrillOperationPane, bar);
  gtk_widget_class_bind_template_child (widget_class, DrillOperationPane, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, DrillOperationPane, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, DrillOperationPane, check_button);
  gtk_widget_class_bind_template_child (widget_class, DrillOperationPane, continue_button);
  gtk_widget_class_bind_template_child (widget_class, DrillOperationPane, give_up_button);
  gtk_widget_class_bind_template_callback (widget_class, drill_operation_pane_cancel);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, continue_cb);
  gtk_widget_class_bind_template_callback (widget_class, give_up_cb);
}

static void
drill_operation_pane_init (DrillOperationPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (DRILL_TYPE_OPERATION);
  g_signal_group_connect_swapped (self->signals, "notify::status", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "notify::progress", G_CALLBACK (update), self);
}

/**
 * drill_operation_pane_run:
 * @self: a pane
 * @operation: what to run
 * @unknown: tells whether something of it is unknown
 * @title: what is being done
 *
 * Runs an operation and shows how it goes.
 */
void
drill_operation_pane_run (DrillOperationPane    *self,
                          DrillOperation        *operation,
                          DrillOperationUnknown  unknown,
                          const char            *title)
{
  g_return_if_fail (DRILL_IS_OPERATION_PANE (self));
  g_return_if_fail (self->cancellable == NULL);

  g_set_object (&self->operation, operation);
  self->unknown = unknown;
  g_free (self->title);
  self->title = g_strdup (title);
  g_signal_group_set_target (self->signals, operation);
  run (self, FALSE);
}

/**
 * drill_operation_pane_cancel:
 * @self: a pane
 *
 * Ends the operation before its next request; what was sent is waited for.
 */
void
drill_operation_pane_cancel (DrillOperationPane *self)
{
  g_return_if_fail (DRILL_IS_OPERATION_PANE (self));

  if (self->cancellable == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  update (self);
}

/**
 * drill_operation_pane_is_running:
 * @self: a pane
 *
 * Returns: whether the operation is under way
 */
gboolean
drill_operation_pane_is_running (DrillOperationPane *self)
{
  g_return_val_if_fail (DRILL_IS_OPERATION_PANE (self), FALSE);

  return self->cancellable != NULL;
}
