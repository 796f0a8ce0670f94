// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acks/drill-unfinished-bar.h"

#include <glib/gi18n-lib.h>

#include "ui/acks/drill-unfinished-words.h"
#include "ui/common/drill-announce.h"

struct _DrillUnfinishedBar
{
  GtkWidget   parent_instance;

  GListModel *operations;

  GtkWidget  *box;
  GtkLabel   *text;
};

G_DEFINE_FINAL_TYPE (DrillUnfinishedBar, drill_unfinished_bar, GTK_TYPE_WIDGET)

static void
update (DrillUnfinishedBar *self)
{
  guint n = self->operations != NULL ? g_list_model_get_n_items (self->operations) : 0;
  g_autofree char *text = NULL;

  if (n == 1)
    {
      g_autoptr(DrillOperation) operation = g_list_model_get_item (self->operations, 0);

      text = drill_unfinished_words_dup_text (operation);
    }
  else if (n > 1)
    {
      text = g_strdup_printf (ngettext ("%u operation was interrupted and is not finished.",
                                        "%u operations were interrupted and are not finished.", n), n);
    }

  gtk_label_set_label (self->text, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

/* What is found out of them is told too */
static void
items_changed_cb (DrillUnfinishedBar *self,
                  guint               position,
                  guint               removed,
                  guint               added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(DrillOperation) operation = g_list_model_get_item (self->operations, i);

      g_signal_connect_object (operation, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (operation, "notify::status", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
drill_unfinished_bar_dispose (GObject *object)
{
  DrillUnfinishedBar *self = DRILL_UNFINISHED_BAR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->operations);

  G_OBJECT_CLASS (drill_unfinished_bar_parent_class)->dispose (object);
}

static void
drill_unfinished_bar_class_init (DrillUnfinishedBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = drill_unfinished_bar_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  /* Looks like the line of state above it */
  gtk_widget_class_set_css_name (widget_class, "statebanner");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
drill_unfinished_bar_init (DrillUnfinishedBar *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("Re_view…"));

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));

  self->text = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->text, TRUE);
  gtk_label_set_wrap_mode (self->text, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->text, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), TRUE);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->text));
  drill_announce_follow (self->text);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.unfinished");
  gtk_box_append (GTK_BOX (self->box), button);

  gtk_widget_add_css_class (GTK_WIDGET (self), "warning");
  gtk_widget_hide (GTK_WIDGET (self));
}

/**
 * drill_unfinished_bar_set_session:
 * @self: a bar
 * @session: whose unfinished operations it tells of; given once
 */
void
drill_unfinished_bar_set_session (DrillUnfinishedBar *self,
                                  DrillSession       *session)
{
  g_return_if_fail (self->operations == NULL);

  self->operations = g_object_ref (drill_session_get_unfinished (session));
  g_signal_connect_object (self->operations, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (self->operations));
}

/**
 * drill_unfinished_bar_get_text:
 * @self: a bar
 *
 * Returns: what it says, "" for nothing
 */
const char *
drill_unfinished_bar_get_text (DrillUnfinishedBar *self)
{
  return gtk_label_get_label (self->text);
}
