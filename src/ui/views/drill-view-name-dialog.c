// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/drill-view-name-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/views/drill-saved-view.h"

struct _DrillViewNameDialog
{
  AdwMessageDialog parent_instance;

  GtkWidget *entry;
};

enum {
  NAMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillViewNameDialog, drill_view_name_dialog, ADW_TYPE_MESSAGE_DIALOG)

static char *
dup_name (DrillViewNameDialog *self)
{
  return drill_saved_view_clean_name (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
changed_cb (DrillViewNameDialog *self)
{
  g_autofree char *name = dup_name (self);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "accept", *name != '\0');
}

static void
drill_view_name_dialog_response (AdwMessageDialog *dialog,
                                 const char       *response)
{
  DrillViewNameDialog *self = DRILL_VIEW_NAME_DIALOG (dialog);
  g_autofree char *name = dup_name (self);

  if (g_str_equal (response, "accept") && *name != '\0')
    g_signal_emit (self, signals[NAMED], 0, name);
}

static void
drill_view_name_dialog_class_init (DrillViewNameDialogClass *klass)
{
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = drill_view_name_dialog_response;

  /**
   * DrillViewNameDialog::named:
   * @name: what was typed, fit for a name
   *
   * A name was given. The dialog closes itself.
   */
  signals[NAMED] = g_signal_new ("named", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
drill_view_name_dialog_init (DrillViewNameDialog *self)
{
  self->entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), DRILL_SAVED_VIEW_MAX_NAME);
  gtk_entry_set_activates_default (GTK_ENTRY (self->entry), TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Name"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of the view"), -1);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);

  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self), self->entry);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (self), "cancel", _("_Cancel"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (self), "cancel");
}

/**
 * drill_view_name_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @heading: what is asked
 * @body: (nullable): what becomes of it
 * @name: (nullable): the name it has
 * @accept: what the button is called, with a mnemonic
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWidget *
drill_view_name_dialog_new (GtkWindow  *parent,
                            const char *heading,
                            const char *body,
                            const char *name,
                            const char *accept)
{
  DrillViewNameDialog *self = g_object_new (DRILL_TYPE_VIEW_NAME_DIALOG,
                                            "transient-for", parent, "modal", TRUE,
                                            "heading", heading, "body", body != NULL ? body : "",
                                            NULL);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (self), "accept", accept);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self), "accept", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (self), "accept");
  gtk_editable_set_text (GTK_EDITABLE (self->entry), name != NULL ? name : "");
  changed_cb (self);
  gtk_widget_grab_focus (self->entry);

  return GTK_WIDGET (self);
}
