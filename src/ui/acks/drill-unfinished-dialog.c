// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acks/drill-unfinished-dialog.h"

#include "session/drill-ack-operation.h"
#include "ui/acks/drill-unfinished-row.h"
#include "ui/common/drill-fit.h"

struct _DrillUnfinishedDialog
{
  AdwWindow          parent_instance;

  GListModel        *operations;
  guint              close_id;

  GtkScrolledWindow *scrolled;
  GtkListBox        *list;
};

enum {
  OPEN_OPERATION,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillUnfinishedDialog, drill_unfinished_dialog, ADW_TYPE_WINDOW)

static void
open_cb (DrillUnfinishedRow    *row,
         gboolean               proceed,
         DrillUnfinishedDialog *self)
{
  g_signal_emit (self, signals[OPEN_OPERATION], 0, drill_unfinished_row_get_operation (row), proceed);
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  GtkWidget *row = drill_unfinished_row_new (item);

  g_signal_connect_object (row, "open", G_CALLBACK (open_cb), user_data, 0);

  return row;
}

static gboolean
close_cb (gpointer user_data)
{
  DrillUnfinishedDialog *self = user_data;

  self->close_id = 0;
  gtk_window_close (GTK_WINDOW (self));

  return G_SOURCE_REMOVE;
}

static void
changed_cb (DrillUnfinishedDialog *self)
{
  /* Not while a question of a row is still there: GTK does not keep a parent for its dialog */
  if (g_list_model_get_n_items (self->operations) == 0 && self->close_id == 0)
    self->close_id = g_idle_add (close_cb, self);
}

static void
drill_unfinished_dialog_dispose (GObject *object)
{
  DrillUnfinishedDialog *self = DRILL_UNFINISHED_DIALOG (object);

  g_clear_handle_id (&self->close_id, g_source_remove);
  g_clear_object (&self->operations);

  G_OBJECT_CLASS (drill_unfinished_dialog_parent_class)->dispose (object);
}

static void
drill_unfinished_dialog_class_init (DrillUnfinishedDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_unfinished_dialog_dispose;

  /**
   * DrillUnfinishedDialog::open-operation:
   * @operation: a #DrillAckOperation
   * @proceed: whether it is to go on at once
   *
   * An operation is to be shown.
   */
  signals[OPEN_OPERATION] = g_signal_new ("open-operation", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 2, DRILL_TYPE_OPERATION, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-unfinished-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillUnfinishedDialog, scrolled);
  gtk_widget_class_bind_template_child (widget_class, DrillUnfinishedDialog, list);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
drill_unfinished_dialog_init (DrillUnfinishedDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  drill_fit_text (GTK_WINDOW (self));
}

/**
 * drill_unfinished_dialog_new:
 * @parent: the window it belongs to
 * @session: whose unfinished operations to list
 *
 * Returns: (transfer none): the dialog, owned by GTK as all toplevels are
 */
DrillUnfinishedDialog *
drill_unfinished_dialog_new (GtkWindow    *parent,
                             DrillSession *session)
{
  DrillUnfinishedDialog *self = g_object_new (DRILL_TYPE_UNFINISHED_DIALOG, "transient-for", parent, NULL);

  self->operations = g_object_ref (drill_session_get_unfinished (session));
  gtk_list_box_bind_model (self->list, self->operations, create_row_cb, self, NULL);
  g_signal_connect_object (self->operations, "items-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  drill_fit_window (ADW_WINDOW (self), self->scrolled);

  return self;
}
