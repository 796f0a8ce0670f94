// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/drill-help-page.h"

#include <glib/gi18n-lib.h>

#define READABLE_WIDTH 620 /* pixels: about 75 letters a line */

struct _DrillHelpPage
{
  AdwBin parent_instance;

  const DrillHelpTopic *topic;
};

G_DEFINE_FINAL_TYPE (DrillHelpPage, drill_help_page, ADW_TYPE_BIN)

static GtkWidget *
add_label (GtkBox            *box,
           GtkAccessibleRole  role,
           const char        *text,
           const char        *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role", role,
                                   "label", text,
                                   "xalign", 0.0,
                                   "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   NULL);

  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);

  return label;
}

static void
add_heading (GtkBox     *box,
             const char *text,
             const char *style,
             int         level)
{
  GtkWidget *label = add_label (box, GTK_ACCESSIBLE_ROLE_HEADING, text, style);

  gtk_widget_set_margin_top (label, level > 1 ? 12 : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL, level, -1);
}

/* Commands are there to be copied; from left to right in any language */
static void
add_command (GtkBox     *box,
             const char *text)
{
  GtkWidget *label = add_label (box, GTK_ACCESSIBLE_ROLE_LABEL, text, "monospace");

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  gtk_widget_add_css_class (label, "command");
}

static void
drill_help_page_class_init (DrillHelpPageClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "helppage");
}

static void
drill_help_page_init (DrillHelpPage *self)
{
}

/**
 * drill_help_page_new:
 * @topic: what to show
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
drill_help_page_new (const DrillHelpTopic *topic)
{
  DrillHelpPage *self = g_object_new (DRILL_TYPE_HELP_PAGE, NULL);
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->topic = topic;
  add_heading (box, _(topic->title), "title-1", 1);
  for (const DrillHelpBlock *block = topic->blocks; block->kind != DRILL_HELP_END; block++)
    {
      const char *text = drill_help_block_get_text (block);

      switch (block->kind)
        {
        case DRILL_HELP_HEADING:
          add_heading (box, text, "heading", 2);
          break;

        case DRILL_HELP_COMMAND:
          add_command (box, text);
          break;

        case DRILL_HELP_TEXT:
        case DRILL_HELP_END:
        default:
          add_label (box, GTK_ACCESSIBLE_ROLE_LABEL, text, NULL);
          break;
        }
    }

  gtk_widget_add_css_class (GTK_WIDGET (box), "page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), READABLE_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (box));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  /* The arrow keys scroll it; a person who hears the page knows where that is */
  gtk_widget_set_focusable (scrolled, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scrolled), GTK_ACCESSIBLE_PROPERTY_LABEL, _(topic->title), -1);
  adw_bin_set_child (ADW_BIN (self), scrolled);

  return GTK_WIDGET (self);
}

/**
 * drill_help_page_get_topic:
 * @self: a page
 *
 * Returns: (transfer none): what it shows
 */
const DrillHelpTopic *
drill_help_page_get_topic (DrillHelpPage *self)
{
  return self->topic;
}
