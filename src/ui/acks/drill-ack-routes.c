// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acks/drill-ack-routes.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/acks/drill-ack-entries.h"
#include "ui/acks/drill-ack-words.h"
#include "ui/common/drill-cell-label.h"
#include "ui/common/drill-kind-names.h"
#include "ui/common/drill-label.h"
#include "ui/common/drill-write-words.h"

struct _DrillAckRoutes
{
  AdwBin             parent_instance;

  DrillAckOperation *operation;
  DrillAckRoutesShows  shows;
  DrillAckEntries   *entries;
  GtkListView       *view;
};

G_DEFINE_FINAL_TYPE (DrillAckRoutes, drill_ack_routes, ADW_TYPE_BIN)

/* The parts of a row, kept with it */
typedef struct {
  GtkImage   *image;
  GtkLabel   *title;
  GtkLabel   *subtitle;
  GtkLabel   *status;
  const char *css_class;
} Row;

static GtkWidget *
add_label (GtkWidget  *box,
           const char *css_class)
{
  GtkWidget *label = drill_cell_label_new (PANGO_ELLIPSIZE_MIDDLE);

  if (css_class != NULL)
    {
      gtk_widget_add_css_class (label, css_class);
      gtk_widget_add_css_class (label, "dim-label");
    }
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

static void
setup_cb (DrillAckRoutes *self,
          GtkListItem  *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Row *row = g_new0 (Row, 1);

  row->image = GTK_IMAGE (gtk_image_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (row->image));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), texts);
  row->title = GTK_LABEL (add_label (texts, NULL));
  row->subtitle = GTK_LABEL (add_label (texts, "caption"));
  row->status = GTK_LABEL (gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (row->status));
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);

  g_object_set_data_full (G_OBJECT (box), "drill-row", row, g_free);
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
}

static const char *
get_state (DrillAckRoutes *self,
           guint32       code)
{
  DrillEvidence *evidence = drill_writer_get_evidence (drill_operation_get_writer (DRILL_OPERATION (self->operation)));

  return evidence != NULL ? drill_evidence_get_text (evidence, DRILL_DICT_STATE, code) : "";
}

static void
show_status (DrillAckRoutes        *self,
             Row                 *row,
             const DrillAckEntry *entry)
{
  g_autofree char *text = NULL;
  const char *icon_name, *css_class;

  if (self->shows == DRILL_ACK_ROUTES_OUTCOMES)
    {
      text = g_strdup (drill_ack_words_outcome (entry->outcome));
      icon_name = drill_ack_words_outcome_icon (entry->outcome);
      css_class = drill_ack_words_outcome_class (entry->outcome);
    }
  else
    {
      const char *state = get_state (self, entry->state_now);

      text = *state != '\0' ? drill_label_state (state) : g_strdup ("");
      icon_name = drill_label_state_icon (state);
      css_class = drill_state_get_css_class (state);
    }

  if (row->css_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (row->image), row->css_class);
  row->css_class = css_class;
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (row->image), css_class);
  gtk_image_set_from_icon_name (row->image, icon_name);
  gtk_label_set_label (row->status, text);
}

static char *
dup_subtitle (DrillAckRoutes        *self,
              const DrillAckEntry *entry)
{
  g_autofree char *owners = drill_text_one_line (entry->owners);

  if (self->shows == DRILL_ACK_ROUTES_OUTCOMES && entry->outcome == DRILL_OUTCOME_FAILED && entry->error != NULL)
    return drill_write_words_dup_failure (entry->error);
  if (self->shows == DRILL_ACK_ROUTES_STATES && entry->state_now != entry->state_shown)
    {
      g_autofree char *before = drill_label_state (get_state (self, entry->state_shown));

      /* Translators: the owners of a route, and the state it was in until just now */
      return g_strdup_printf (_("%1$s · was %2$s when it was chosen"), owners, before);
    }
  if (entry->n_others > 0)
    /* Translators: the owners of a route, and how many other routes are closed with it */
    return g_strdup_printf (ngettext ("%1$s · closes %2$u other route too", "%1$s · closes %2$u other routes too",
                                      entry->n_others), owners, entry->n_others);

  return g_steal_pointer (&owners);
}

static void
bind_cb (DrillAckRoutes *self,
         GtkListItem  *item)
{
  Row *row = g_object_get_data (G_OBJECT (gtk_list_item_get_child (item)), "drill-row");
  DrillAckEntry entry;
  g_autofree char *schedule = NULL;
  g_autofree char *provider = NULL;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  drill_ack_operation_get_entry (self->operation, drill_ack_slot_get_entry (gtk_list_item_get_item (item)), &entry);
  schedule = drill_text_one_line (entry.schedule_id);
  provider = drill_text_one_line (entry.provider);
  subtitle = dup_subtitle (self, &entry);
  /* Translators: a schedule and a provider */
  title = g_strdup_printf (C_("route", "%1$s · %2$s"), schedule, provider);

  gtk_label_set_label (row->title, title);
  gtk_label_set_label (row->subtitle, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (row->subtitle), *subtitle != '\0');
  show_status (self, row, &entry);
}

static void
drill_ack_routes_dispose (GObject *object)
{
  DrillAckRoutes *self = DRILL_ACK_ROUTES (object);

  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  self->view = NULL;
  g_clear_object (&self->entries);
  g_clear_object (&self->operation);

  G_OBJECT_CLASS (drill_ack_routes_parent_class)->dispose (object);
}

static void
drill_ack_routes_class_init (DrillAckRoutesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = drill_ack_routes_dispose;
}

static void
drill_ack_routes_init (DrillAckRoutes *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (NULL, factory));
  gtk_list_view_set_show_separators (self->view, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Routes"), -1);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

/**
 * drill_ack_routes_set_operation:
 * @self: a list
 * @operation: whose routes to list
 * @shows: what to say of them
 */
void
drill_ack_routes_set_operation (DrillAckRoutes      *self,
                              DrillAckOperation *operation,
                              DrillAckRoutesShows  shows)
{
  g_autoptr(GtkNoSelection) model = NULL;

  gtk_list_view_set_model (self->view, NULL);
  g_set_object (&self->operation, operation);
  self->shows = shows;
  g_clear_object (&self->entries);
  self->entries = drill_ack_entries_new (operation);
  model = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->entries)));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (model));
}

/**
 * drill_ack_routes_set_outcome:
 * @self: a list
 * @outcome: a #DrillOutcome, only entries with which are listed, or -1 for all
 */
void
drill_ack_routes_set_outcome (DrillAckRoutes *self,
                            int           outcome)
{
  drill_ack_entries_set_outcome (self->entries, outcome);
}

/**
 * drill_ack_routes_update:
 * @self: a list
 *
 * Says everything again, as it is now.
 */
void
drill_ack_routes_update (DrillAckRoutes *self)
{
  drill_ack_entries_update (self->entries);
}

/**
 * drill_ack_routes_get_n_rows:
 * @self: a list
 *
 * Returns: how many are listed
 */
guint
drill_ack_routes_get_n_rows (DrillAckRoutes *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->entries));
}
