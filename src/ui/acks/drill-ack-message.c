// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acks/drill-ack-message.h"

#include "ui/common/drill-announce.h"

struct _DrillAckMessage
{
  GtkWidget  parent_instance;

  GtkWidget *box;
  GtkImage  *image;
  GtkLabel  *label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (DrillAckMessage, drill_ack_message, GTK_TYPE_WIDGET)

static void
drill_ack_message_dispose (GObject *object)
{
  DrillAckMessage *self = DRILL_ACK_MESSAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (drill_ack_message_parent_class)->dispose (object);
}

static void
drill_ack_message_class_init (DrillAckMessageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_ack_message_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "ackmessage");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
drill_ack_message_init (DrillAckMessage *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gtk_widget_add_css_class (self->box, "note");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->image = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->image), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->image));

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->label));
  drill_announce_follow (self->label);

  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_button_set_use_underline (self->button, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->button));

  gtk_widget_hide (GTK_WIDGET (self));
}

GtkWidget *
drill_ack_message_new (void)
{
  return g_object_new (DRILL_TYPE_ACK_MESSAGE, NULL);
}

/**
 * drill_ack_message_say:
 * @self: a message
 * @icon_name: (nullable): its icon
 * @text: (nullable): plain text, or %NULL for nothing to say
 * @button_label: (nullable): what can be done about it, with a mnemonic
 * @action_name: (nullable): the action that does it
 */
void
drill_ack_message_say (DrillAckMessage *self,
                       const char      *icon_name,
                       const char      *text,
                       const char      *button_label,
                       const char      *action_name)
{
  gtk_image_set_from_icon_name (self->image, icon_name);
  gtk_label_set_label (self->label, text != NULL ? text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : "", -1);
  gtk_button_set_label (self->button, button_label != NULL ? button_label : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action_name);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button_label != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL && *text != '\0');
}

/**
 * drill_ack_message_get_text:
 * @self: a message
 *
 * Returns: what it says, "" for nothing
 */
const char *
drill_ack_message_get_text (DrillAckMessage *self)
{
  return gtk_label_get_label (self->label);
}
