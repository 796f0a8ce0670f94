// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/drill-connect-dialog.h"

#include "ui/common/drill-error-text.h"

struct _DrillConnectDialog
{
  AdwWindow    parent_instance;

  GtkWidget   *connect_button;
  GtkEditable *address;
  GtkEditable *ca_file;
  GtkLabel    *message;
};

enum {
  CONNECT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillConnectDialog, drill_connect_dialog, ADW_TYPE_WINDOW)

static void
changed_cb (DrillConnectDialog *self)
{
  g_autofree char *address = g_strstrip (g_strdup (gtk_editable_get_text (self->address)));

  gtk_widget_set_sensitive (self->connect_button, *address != '\0');
  gtk_widget_hide (GTK_WIDGET (self->message));
}

static void
connect_cb (DrillConnectDialog *self)
{
  g_autofree char *address = g_strstrip (g_strdup (gtk_editable_get_text (self->address)));
  g_autofree char *ca_file = g_strstrip (g_strdup (gtk_editable_get_text (self->ca_file)));

  g_signal_emit (self, signals[CONNECT], 0, address, *ca_file != '\0' ? ca_file : NULL);
}

static void
drill_connect_dialog_class_init (DrillConnectDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * DrillConnectDialog::connect:
   * @address: the address, as typed
   * @ca_file: (nullable): the path of a CA file
   *
   * Connect was pressed.
   */
  signals[CONNECT] = g_signal_new ("connect", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-connect-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillConnectDialog, connect_button);
  gtk_widget_class_bind_template_child (widget_class, DrillConnectDialog, address);
  gtk_widget_class_bind_template_child (widget_class, DrillConnectDialog, ca_file);
  gtk_widget_class_bind_template_child (widget_class, DrillConnectDialog, message);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
drill_connect_dialog_init (DrillConnectDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * drill_connect_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @address: (nullable): the address to begin with
 *
 * Returns: (transfer none): the dialog, to be presented
 */
DrillConnectDialog *
drill_connect_dialog_new (GtkWindow  *parent,
                          const char *address)
{
  DrillConnectDialog *self = g_object_new (DRILL_TYPE_CONNECT_DIALOG, "transient-for", parent, NULL);

  gtk_editable_set_text (self->address, address != NULL ? address : "");

  return self;
}

/**
 * drill_connect_dialog_fail:
 * @self: the dialog
 * @error: why it cannot be connected to
 *
 * Says so in the dialog, which stays.
 */
void
drill_connect_dialog_fail (DrillConnectDialog *self,
                           const GError       *error)
{
  g_autofree char *text = drill_error_text_dup (error);

  gtk_label_set_label (self->message, text);
  gtk_widget_show (GTK_WIDGET (self->message));
}
