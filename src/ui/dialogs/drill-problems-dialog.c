// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/drill-problems-dialog.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/common/drill-fit.h"
#include "ui/common/drill-format.h"

struct _DrillProblemsDialog
{
  AdwWindow      parent_instance;

  GtkLabel      *explanation;
  GtkStringList *problems; /* message and place, a line each */
};

G_DEFINE_FINAL_TYPE (DrillProblemsDialog, drill_problems_dialog, ADW_TYPE_WINDOW)

static char *
dup_text (DrillEvidence      *evidence,
          const DrillProblem *problem)
{
  g_autofree char *message = drill_text_one_line (_(problem->message));
  g_autofree char *page = drill_format_count ((gint64) problem->page + 1);
  g_autofree char *offset = drill_format_count ((gint64) problem->offset);
  g_autofree char *id = NULL;

  if (problem->item < drill_evidence_get_n_items (evidence))
    id = drill_text_one_line (drill_evidence_get_text (evidence, DRILL_DICT_TEXT,
                                                       drill_evidence_get_items (evidence)[problem->item].session_id));

  if (id != NULL && *id != '\0')
    /* Translators: %1$s is what is wrong, %2$s the name of an item, %3$s and %4$s are numbers */
    return g_strdup_printf (_("%1$s\n%2$s · page %3$s, byte %4$s"), message, id, page, offset);

  /* Translators: %1$s is what is wrong, %2$s and %3$s are numbers */
  return g_strdup_printf (_("%1$s\npage %2$s, byte %3$s"), message, page, offset);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_list_item_set_child (item, label);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item)
{
  GtkStringObject *problem = gtk_list_item_get_item (item);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (problem));
}

static void
drill_problems_dialog_class_init (DrillProblemsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-problems-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillProblemsDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, DrillProblemsDialog, problems);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
drill_problems_dialog_init (DrillProblemsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  drill_fit_text (GTK_WINDOW (self));
}

/**
 * drill_problems_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @evidence: the snapshot whose problems to list
 *
 * Returns: (transfer none): the dialog, owned by GTK as all toplevels are
 */
DrillProblemsDialog *
drill_problems_dialog_new (GtkWindow     *parent,
                           DrillEvidence *evidence)
{
  DrillProblemsDialog *self = g_object_new (DRILL_TYPE_PROBLEMS_DIALOG, "transient-for", parent, NULL);
  const DrillProblem *problem;
  guint n_listed = 0;

  while ((problem = drill_evidence_get_problem (evidence, n_listed)) != NULL)
    {
      g_autofree char *text = dup_text (evidence, problem);

      gtk_string_list_append (self->problems, text);
      n_listed++;
    }

  if (n_listed < drill_evidence_get_n_problems (evidence))
    {
      g_autofree char *listed = drill_format_count (n_listed);
      g_autofree char *all = drill_format_count (drill_evidence_get_n_problems (evidence));
      /* Translators: both are numbers */
      g_autofree char *text = g_strdup_printf (_("The first %1$s of %2$s are listed. What could be read of them is shown."),
                                               listed, all);

      gtk_label_set_label (self->explanation, text);
    }

  return self;
}
