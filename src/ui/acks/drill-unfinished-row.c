// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acks/drill-unfinished-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "session/drill-ack-operation.h"
#include "ui/acks/drill-unfinished-words.h"
#include "ui/common/drill-write-words.h"

struct _DrillUnfinishedRow
{
  GtkWidget       parent_instance;

  DrillOperation *operation;
  GCancellable   *cancellable;

  GtkWidget      *box;
  GtkLabel       *text;
  GtkLabel       *error;
  GtkWidget      *buttons;
  GtkButton      *drop;
  GtkButton      *finish;
  GtkSpinner     *spinner;
};

enum {
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillUnfinishedRow, drill_unfinished_row, GTK_TYPE_WIDGET)

static gboolean
is_busy (DrillUnfinishedRow *self)
{
  DrillOperationStatus status = drill_operation_get_status (self->operation);

  return status == DRILL_OPERATION_QUEUED || status == DRILL_OPERATION_RUNNING || status == DRILL_OPERATION_WAITING ||
         status == DRILL_OPERATION_CHECKING;
}

static gboolean
is_done (DrillUnfinishedRow *self)
{
  return drill_operation_get_status (self->operation) == DRILL_OPERATION_DONE;
}

static void
update (DrillUnfinishedRow *self)
{
  gboolean busy = is_busy (self);
  const char *finish;
  g_autofree char *text = drill_unfinished_words_dup_text (self->operation);
  g_autofree char *failure = drill_write_words_dup_failure (drill_operation_get_error (self->operation));

  gtk_label_set_label (self->text, text);
  gtk_label_set_label (self->error, failure);
  gtk_widget_set_visible (GTK_WIDGET (self->error), *failure != '\0' && !busy);
  gtk_widget_set_sensitive (self->buttons, !busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);

  if (is_done (self))
    finish = _("_OK");
  else if (drill_unfinished_words_has_unknown (self->operation))
    finish = _("_Check and Finish");
  else
    finish = _("_Finish");
  gtk_button_set_label (self->finish, finish);
  gtk_widget_set_visible (GTK_WIDGET (self->drop), !is_done (self));
}

static void
ran_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(DrillUnfinishedRow) self = user_data;

  drill_operation_run_finish (DRILL_OPERATION (object), result, NULL);
  g_clear_object (&self->cancellable);
  if (self->box != NULL)
    update (self);
}

static void
finish_cb (DrillUnfinishedRow *self)
{
  /* Seen, and so no longer to be told of */
  if (is_done (self))
    {
      drill_operation_drop (self->operation);
      return;
    }
  if (DRILL_IS_ACK_OPERATION (self->operation))
    {
      g_signal_emit (self, signals[OPEN], 0, TRUE);
      return;
    }

  self->cancellable = g_cancellable_new ();
  drill_operation_run_async (self->operation, self->cancellable, ran_cb, g_object_ref (self));
}

static void
details_cb (DrillUnfinishedRow *self)
{
  g_signal_emit (self, signals[OPEN], 0, FALSE);
}

static void
drop_confirmed_cb (DrillUnfinishedRow *self,
                   const char         *response)
{
  if (g_str_equal (response, "drop"))
    drill_operation_drop (self->operation);
}

static void
drop_cb (DrillUnfinishedRow *self)
{
  gboolean unknown = drill_unfinished_words_has_unknown (self->operation);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog;

  dialog = adw_message_dialog_new (GTK_WINDOW (root), _("Drop the Rest?"),
                                   unknown ? _("What was recorded stays recorded. What was not sent is not sent, and what is "
                                               "unknown is not looked up any more.")
                                           : _("What was recorded stays recorded. What was not sent is not sent."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _("_Keep"), "drop", _("_Drop Rest"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "drop", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (drop_confirmed_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
drill_unfinished_row_dispose (GObject *object)
{
  DrillUnfinishedRow *self = DRILL_UNFINISHED_ROW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (drill_unfinished_row_parent_class)->dispose (object);
}

static void
drill_unfinished_row_finalize (GObject *object)
{
  DrillUnfinishedRow *self = DRILL_UNFINISHED_ROW (object);

  g_clear_object (&self->operation);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (drill_unfinished_row_parent_class)->finalize (object);
}

static void
drill_unfinished_row_class_init (DrillUnfinishedRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = drill_unfinished_row_dispose;
  object_class->finalize = drill_unfinished_row_finalize;

  /**
   * DrillUnfinishedRow::open:
   * @proceed: whether it is to go on at once
   *
   * What became of each route is to be shown.
   */
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkButton *
add_button (DrillUnfinishedRow *self,
            const char         *label,
            GCallback           callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->buttons), button);

  return GTK_BUTTON (button);
}

static GtkLabel *
add_label (DrillUnfinishedRow *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (self->box), label);

  return GTK_LABEL (label);
}

static void
drill_unfinished_row_init (DrillUnfinishedRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_set_margin_top (self->box, 12);
  gtk_widget_set_margin_bottom (self->box, 12);
  gtk_widget_set_margin_start (self->box, 12);
  gtk_widget_set_margin_end (self->box, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->text = add_label (self);
  self->error = add_label (self);
  gtk_widget_add_css_class (GTK_WIDGET (self->error), "error");

  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_halign (self->buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (self->box), self->buttons);
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_box_append (GTK_BOX (self->buttons), GTK_WIDGET (self->spinner));
}

/**
 * drill_unfinished_row_new:
 * @operation: one that was cut off
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *
drill_unfinished_row_new (DrillOperation *operation)
{
  DrillUnfinishedRow *self = g_object_new (DRILL_TYPE_UNFINISHED_ROW, NULL);
  gboolean is_ack = DRILL_IS_ACK_OPERATION (operation);

  self->operation = g_object_ref (operation);
  self->drop = add_button (self, _("_Drop Rest"), G_CALLBACK (drop_cb));
  if (is_ack)
    add_button (self, _("D_etails…"), G_CALLBACK (details_cb));
  self->finish = add_button (self, "", G_CALLBACK (finish_cb));
  gtk_button_set_use_underline (self->finish, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->finish), "suggested-action");

  g_signal_connect_object (operation, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (operation, "notify::status", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (operation, "notify::error", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * drill_unfinished_row_get_operation:
 * @self: a row
 *
 * Returns: (transfer none): what it shows
 */
DrillOperation *
drill_unfinished_row_get_operation (DrillUnfinishedRow *self)
{
  return self->operation;
}
