// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-audit-view.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/audit/drill-audit-details.h"
#include "ui/audit/drill-audit-entry.h"
#include "ui/audit/drill-audit-rows.h"
#include "ui/common/drill-format.h"
#include "ui/common/drill-kind-names.h"
#include "ui/common/drill-tab-stop.h"
#include "ui/common/drill-write-words.h"

struct _DrillAuditView
{
  DrillEvidenceView   parent_instance;

  GtkWidget          *new_button;
  GtkWidget          *deliver_button;
  GtkWidget          *first_button;
  GtkLabel           *gate_label;
  GtkStack           *stack;
  AdwLeaflet         *leaflet;
  GtkListView        *list_view;
  GtkWidget          *back_bar;
  DrillAuditDetails  *details;

  GListStore         *entries;
  GtkSingleSelection *selection;
  GSignalGroup       *session_signals;
};

enum {
  PROP_0,
  PROP_PACKAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DrillAuditView, drill_audit_view, DRILL_TYPE_EVIDENCE_VIEW)

static gboolean
is_same (DrillAuditView *self,
         GPtrArray      *entries)
{
  guint n_entries = g_list_model_get_n_items (G_LIST_MODEL (self->entries));

  if (n_entries != entries->len)
    return FALSE;

  for (guint i = 0; i < n_entries; i++)
    {
      g_autoptr(DrillAuditEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      if (!drill_audit_entry_equal (entry, g_ptr_array_index (entries, i)))
        return FALSE;
    }

  return TRUE;
}

static guint
find_entry (DrillAuditView *self,
            const char     *id)
{
  guint n_entries = g_list_model_get_n_items (G_LIST_MODEL (self->entries));

  for (guint i = 0; id != NULL && i < n_entries; i++)
    {
      g_autoptr(DrillAuditEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      if (g_str_equal (drill_audit_entry_get_id (entry), id))
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static void
selected_cb (DrillAuditView *self)
{
  DrillAuditEntry *entry = gtk_single_selection_get_selected_item (self->selection);
  DrillSession *session = drill_evidence_view_get_session (DRILL_EVIDENCE_VIEW (self));
  gboolean is_sample = session != NULL && drill_session_get_shown (session) == DRILL_SHOWN_SAMPLE;

  drill_audit_details_set_entry (self->details, entry, is_sample);
}

static void
drill_audit_view_update (DrillEvidenceView *view,
                         DrillEvidence     *evidence)
{
  DrillAuditView *self = DRILL_AUDIT_VIEW (view);
  g_autoptr(GPtrArray) entries = drill_audit_entry_collect (evidence);
  DrillAuditEntry *selected = gtk_single_selection_get_selected_item (self->selection);
  g_autofree char *id = selected != NULL ? g_strdup (drill_audit_entry_get_id (selected)) : NULL;
  guint position;

  /* A refresh that brings nothing of this kind must not move anything. */
  if (!is_same (self, entries))
    {
      g_signal_handlers_block_by_func (self->selection, selected_cb, self);
      g_list_store_splice (self->entries, 0, g_list_model_get_n_items (G_LIST_MODEL (self->entries)),
                           entries->pdata, entries->len);
      position = find_entry (self, id);
      gtk_single_selection_set_selected (self->selection, position);
      g_signal_handlers_unblock_by_func (self->selection, selected_cb, self);
      selected_cb (self);
    }

  gtk_stack_set_visible_child_name (self->stack, entries->len > 0 ? "list" : "nothing");
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *list_item,
          gpointer            user_data)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *id = gtk_label_new (NULL);
  GtkWidget *state = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *time = gtk_label_new (NULL);

  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (title), 0.0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (id, "caption");
  gtk_label_set_xalign (GTK_LABEL (id), 0.0);
  gtk_label_set_ellipsize (GTK_LABEL (id), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (time, "caption");
  gtk_widget_add_css_class (time, "dim-label");
  gtk_widget_add_css_class (time, "numeric");
  gtk_label_set_xalign (GTK_LABEL (time), 0.0);
  gtk_widget_set_halign (state, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (state), g_object_new (GTK_TYPE_IMAGE,
                                                 "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                                 NULL));
  gtk_box_append (GTK_BOX (state), gtk_label_new (NULL));

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 2);
  gtk_widget_set_margin_top (grid, 6);
  gtk_widget_set_margin_bottom (grid, 6);
  gtk_grid_attach (GTK_GRID (grid), title, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), state, 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), id, 0, 1, 2, 1);
  gtk_grid_attach (GTK_GRID (grid), time, 0, 2, 2, 1);
  gtk_list_item_set_child (list_item, grid);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *list_item,
         gpointer            user_data)
{
  static const char *const tones[] = { "success", "warning", "error" };
  DrillAuditEntry *entry = gtk_list_item_get_item (list_item);
  GtkGrid *grid = GTK_GRID (gtk_list_item_get_child (list_item));
  const char *state = drill_audit_entry_get_state (entry);
  GtkWidget *state_box = gtk_grid_get_child_at (grid, 1, 0);
  GtkWidget *icon = gtk_widget_get_first_child (state_box);
  g_autofree char *title = drill_audit_entry_dup_title (entry);
  g_autofree char *id = drill_text_one_line (drill_audit_entry_get_id (entry));
  g_autofree char *state_name = drill_state_dup_name (state);
  g_autofree char *time = drill_format_time (drill_audit_entry_get_time (entry));

  gtk_label_set_label (GTK_LABEL (gtk_grid_get_child_at (grid, 0, 0)), title);
  gtk_label_set_label (GTK_LABEL (gtk_grid_get_child_at (grid, 0, 1)), id);
  gtk_label_set_label (GTK_LABEL (gtk_grid_get_child_at (grid, 0, 2)), time);
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), drill_state_get_icon_name (state));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (icon)), state_name);
  for (gsize i = 0; i < G_N_ELEMENTS (tones); i++)
    {
      if (g_strcmp0 (drill_state_get_css_class (state), tones[i]) == 0)
        gtk_widget_add_css_class (icon, tones[i]);
      else
        gtk_widget_remove_css_class (icon, tones[i]);
    }
}

/* Beside the list there is nothing to go to, and the focus stays in the list. */
static void
show_details (DrillAuditView *self)
{
  if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child_name (self->leaflet, "details");
}

static void
activate_cb (DrillAuditView *self,
             guint           position)
{
  show_details (self);
}

static void
clicked_cb (DrillAuditView *self)
{
  if (gtk_single_selection_get_selected (self->selection) != GTK_INVALID_LIST_POSITION)
    show_details (self);
}

static void
back_cb (DrillAuditView *self)
{
  adw_leaflet_set_visible_child_name (self->leaflet, "entries");
}

static void
folded_cb (DrillAuditView *self)
{
  gtk_widget_set_visible (self->back_bar, adw_leaflet_get_folded (self->leaflet));
}

/* The actions are insensitive then */
static void
gate_cb (DrillAuditView *self)
{
  DrillSession *session = drill_evidence_view_get_session (DRILL_EVIDENCE_VIEW (self));
  const char *reason = session != NULL ? drill_write_words_gate (drill_session_get_gate (session)) : NULL;

  gtk_label_set_label (self->gate_label, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->gate_label), reason != NULL);
  gtk_widget_set_tooltip_text (self->new_button, reason);
  gtk_widget_set_tooltip_text (self->deliver_button, reason);
  gtk_widget_set_tooltip_text (self->first_button, reason);
}

static void
session_cb (DrillAuditView *self)
{
  g_signal_group_set_target (self->session_signals, drill_evidence_view_get_session (DRILL_EVIDENCE_VIEW (self)));
  gate_cb (self);
}

static void
drill_audit_view_settings_changed (DrillEvidenceView *view,
                                   GSettings         *settings)
{
  drill_audit_details_set_settings (DRILL_AUDIT_VIEW (view)->details, settings);
}

static void
package_cb (DrillAuditView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PACKAGE]);
}

static void
drill_audit_view_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_PACKAGE:
      g_value_set_boxed (value, drill_audit_view_get_package (DRILL_AUDIT_VIEW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
drill_audit_view_dispose (GObject *object)
{
  DrillAuditView *self = DRILL_AUDIT_VIEW (object);

  if (self->session_signals != NULL)
    g_signal_group_set_target (self->session_signals, NULL);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->selection);
  g_clear_object (&self->entries);

  G_OBJECT_CLASS (drill_audit_view_parent_class)->dispose (object);
}

static void
drill_audit_view_class_init (DrillAuditViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DrillEvidenceViewClass *view_class = DRILL_EVIDENCE_VIEW_CLASS (klass);

  g_type_ensure (DRILL_TYPE_AUDIT_DETAILS);

  object_class->get_property = drill_audit_view_get_property;
  object_class->dispose = drill_audit_view_dispose;
  view_class->update = drill_audit_view_update;
  view_class->settings_changed = drill_audit_view_settings_changed;

  properties[PROP_PACKAGE] =
    g_param_spec_boxed ("package", NULL, NULL, G_TYPE_BYTES,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (DRILL_TYPE_TAB_STOP);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-audit-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillAuditView, new_button);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditView, deliver_button);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditView, first_button);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditView, gate_label);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditView, stack);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditView, leaflet);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditView, list_view);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditView, back_bar);
  gtk_widget_class_bind_template_child (widget_class, DrillAuditView, details);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, package_cb);
}

static void
drill_audit_view_init (DrillAuditView *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (self->list_view, factory);

  self->entries = g_list_store_new (DRILL_TYPE_AUDIT_ENTRY);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->entries));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);

  self->session_signals = g_signal_group_new (DRILL_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::gate", G_CALLBACK (gate_cb), self);
  g_signal_connect (self, "notify::session", G_CALLBACK (session_cb), NULL);
}

/**
 * drill_audit_view_new:
 *
 * Returns: (transfer floating): a view without a session yet
 */
GtkWidget *
drill_audit_view_new (void)
{
  return g_object_new (DRILL_TYPE_AUDIT_VIEW, NULL);
}

/**
 * drill_audit_view_show_entry:
 * @self: a view
 * @id: an `audit_id`, or the `session_id` of something that belongs to no package
 *
 * Selects an entry and shows its details.
 *
 * Returns: whether it is in the evidence
 */
gboolean
drill_audit_view_show_entry (DrillAuditView *self,
                             const char     *id)
{
  guint position;

  g_return_val_if_fail (DRILL_IS_AUDIT_VIEW (self), FALSE);

  drill_evidence_view_catch_up (DRILL_EVIDENCE_VIEW (self));

  position = find_entry (self, id);
  if (position == GTK_INVALID_LIST_POSITION)
    return FALSE;

  gtk_single_selection_set_selected (self->selection, position);
  show_details (self);

  return TRUE;
}

/**
 * drill_audit_view_get_package:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the audit package that is selected, byte for byte, once it is read
 */
GBytes *
drill_audit_view_get_package (DrillAuditView *self)
{
  g_return_val_if_fail (DRILL_IS_AUDIT_VIEW (self), NULL);

  return drill_audit_details_get_package (self->details);
}

/**
 * drill_audit_view_get_audit_id:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): what is selected, as drill_audit_view_show_entry() takes it
 */
const char *
drill_audit_view_get_audit_id (DrillAuditView *self)
{
  DrillAuditEntry *entry;

  g_return_val_if_fail (DRILL_IS_AUDIT_VIEW (self), NULL);

  entry = gtk_single_selection_get_selected_item (self->selection);

  return entry != NULL ? drill_audit_entry_get_id (entry) : NULL;
}
