// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-note-card.h"

#include "ui/common/drill-announce.h"

struct _DrillNoteCard
{
  AdwBin    parent_instance;

  GtkImage *icon;
  GtkLabel *heading;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (DrillNoteCard, drill_note_card, ADW_TYPE_BIN)

static GtkLabel *
label_new (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);

  return GTK_LABEL (label);
}

static void
drill_note_card_class_init (DrillNoteCardClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
drill_note_card_init (DrillNoteCard *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->heading = label_new ();
  self->text = label_new ();
  gtk_widget_add_css_class (GTK_WIDGET (self->heading), "heading");
  drill_announce_follow (self->heading);
  drill_announce_follow (self->text);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (self->heading));
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (self->text));

  gtk_widget_set_valign (GTK_WIDGET (self->icon), GTK_ALIGN_START);
  gtk_widget_set_margin_top (GTK_WIDGET (self->icon), 2);
  gtk_widget_set_margin_start (row, 12);
  gtk_widget_set_margin_end (row, 12);
  gtk_widget_set_margin_top (row, 12);
  gtk_widget_set_margin_bottom (row, 12);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (row), lines);
  adw_bin_set_child (ADW_BIN (self), row);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
}

/**
 * drill_note_card_set:
 * @self: a card
 * @tone: what its icon says
 * @heading: plain text
 * @text: (nullable): plain text, any number of lines
 *
 * Says something, and shows the card; assistive technologies read both texts.
 */
void
drill_note_card_set (DrillNoteCard *self,
                     DrillTone      tone,
                     const char    *heading,
                     const char    *text)
{
  static const struct
  {
    const char *icon;
    const char *css_class;
  } tones[] = {
    [DRILL_TONE_PLAIN] = { "dialog-information-symbolic", NULL },
    [DRILL_TONE_GOOD] = { "object-select-symbolic", "success" },
    [DRILL_TONE_WARNING] = { "dialog-warning-symbolic", "warning" },
    [DRILL_TONE_BAD] = { "dialog-error-symbolic", "error" },
  };
  gboolean has_text = text != NULL && *text != '\0';
  g_autofree char *both = has_text ? g_strdup_printf ("%s\n%s", heading, text) : g_strdup (heading);

  g_return_if_fail (DRILL_IS_NOTE_CARD (self));

  for (gsize i = 0; i < G_N_ELEMENTS (tones); i++)
    if (tones[i].css_class != NULL)
      gtk_widget_remove_css_class (GTK_WIDGET (self->icon), tones[i].css_class);
  if (tones[tone].css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), tones[tone].css_class);
  gtk_image_set_from_icon_name (self->icon, tones[tone].icon);
  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->text, has_text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->text), has_text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, both, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/**
 * drill_note_card_bring_up:
 * @self: a card at the top of something that scrolls
 *
 * Scrolls to the top, so that what has just been said is seen.
 */
void
drill_note_card_bring_up (DrillNoteCard *self)
{
  GtkWidget *scroller;

  g_return_if_fail (DRILL_IS_NOTE_CARD (self));

  scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  if (scroller != NULL)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), 0);
}
