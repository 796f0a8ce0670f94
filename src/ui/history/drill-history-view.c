// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/drill-history-view-private.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "ui/common/drill-announce.h"
#include "ui/common/drill-cell-label.h"
#include "ui/common/drill-format.h"
#include "ui/common/drill-kind-names.h"
#include "ui/common/drill-label.h"
#include "ui/common/drill-near-rows.h"
#include "ui/common/drill-row-name.h"
#include "ui/common/drill-tab-stop.h"
#include "ui/history/drill-history-cell.h"
#include "ui/history/drill-history-values.h"

G_DEFINE_FINAL_TYPE (DrillHistoryView, drill_history_view, DRILL_TYPE_EVIDENCE_VIEW)

static DrillSession *
get_session (DrillHistoryView *self)
{
  return drill_evidence_view_get_session (DRILL_EVIDENCE_VIEW (self));
}

/* What is shown */

static char *
dup_file_name (DrillHistoryView *self,
               guint32           row)
{
  const DrillItem *item = &drill_evidence_get_items (self->evidence)[row];
  const char *id = drill_evidence_get_text (self->evidence, DRILL_DICT_TEXT, item->session_id);
  gboolean is_sample = drill_session_get_shown (get_session (self)) == DRILL_SHOWN_SAMPLE;
  g_autofree char *text = g_strconcat (is_sample ? "sample-" : "", *id != '\0' ? id : "evidence-item", NULL);
  g_autofree char *name = drill_text_file_name (text);

  return g_strconcat (name, ".json", NULL);
}

static void
update_details (DrillHistoryView *self)
{
  guint n_selected = drill_route_selection_get_n_selected (self->selection);

  if (n_selected == 1)
    {
      g_autoptr(GArray) rows = drill_route_selection_get_rows (self->selection);
      guint32 row = g_array_index (rows, guint32, 0);
      g_autoptr(GBytes) bytes = drill_evidence_get_item_bytes (self->evidence, row);
      g_autofree char *kind = drill_history_cell_dup_text (self->evidence, row, DRILL_HISTORY_KIND);
      g_autofree char *file_name = dup_file_name (self, row);

      drill_json_pane_set_bytes (self->json_pane, bytes, kind, file_name);
    }
  else
    {
      drill_json_pane_set_bytes (self->json_pane, NULL, NULL, NULL);
    }

  if (n_selected > 1)
    {
      g_autofree char *title = g_strdup_printf (ngettext ("%'u Item Selected", "%'u Items Selected", n_selected),
                                                n_selected);

      adw_status_page_set_title (self->several_page, title);
    }
  gtk_stack_set_visible_child_name (self->detail_stack, n_selected > 1 ? "several" : "json");

  /* As in the routes: there is something to tell from the first selection on */
  if (n_selected > 0 && self->details_wanted && !adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, TRUE);

  drill_history_view_update_actions (self);
}

static void
revealed_cb (DrillHistoryView *self)
{
  if (!adw_flap_get_folded (self->flap))
    self->details_wanted = adw_flap_get_reveal_flap (self->flap);
}

static void
folded_cb (DrillHistoryView *self)
{
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  else if (self->details_wanted && drill_route_selection_get_n_selected (self->selection) > 0)
    adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
update_status (DrillHistoryView *self)
{
  guint n_shown = drill_slot_model_get_n_rows (self->model);
  guint n_all = self->evidence != NULL ? drill_evidence_get_n_items (self->evidence) : 0;
  g_autofree char *shown = drill_format_count (n_shown);
  g_autofree char *all = drill_format_count (n_all);
  g_autofree char *text = NULL;
  gboolean filtered = drill_history_view_has_filters (self);

  if (filtered)
    /* Translators: both are numbers, such as “12 of 1,234 items” */
    text = g_strdup_printf (ngettext ("%s of %s item", "%s of %s items", n_all), shown, all);
  else
    /* Translators: %s is a number of evidence items */
    text = g_strdup_printf (ngettext ("%s item", "%s items", n_all), all);
  gtk_label_set_label (self->status_label, text);

  gtk_widget_set_visible (self->clear_button, filtered);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.clear-filters", filtered);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.export-shown", n_shown > 0);

  if (n_all == 0)
    {
      gboolean loading = get_session (self) != NULL && drill_session_get_loading (get_session (self));

      adw_status_page_set_title (self->nothing_page, loading ? _("Loading…") : _("No Evidence"));
      adw_status_page_set_description (self->nothing_page,
                                       loading ? NULL
                                               : _("The service or file that is open holds no rollback-drill evidence yet."));
      gtk_stack_set_visible_child_name (self->list_stack, "nothing");
    }
  else
    {
      gtk_stack_set_visible_child_name (self->list_stack, n_shown > 0 ? "list" : "no-match");
    }
}

static void
update_rows (DrillHistoryView *self)
{
  GArray *rows;

  if (self->evidence == NULL || self->setting)
    return;

  rows = drill_history_view_run_query (self);
  drill_slot_model_set_rows (self->model, (const guint32 *) (gpointer) rows->data, rows->len,
                             (GDestroyNotify) g_array_unref, rows);
  drill_route_selection_sync (self->selection);
  update_details (self);
  update_status (self);
}

/* Whether the rows of one snapshot are the same items in another: both are of
 * one builder then (see DrillEvidence). */
static gboolean
continues (DrillEvidence *before,
           DrillEvidence *after)
{
  guint n_before = before != NULL ? drill_evidence_get_n_items (before) : 0;
  const guint places[] = { 0, n_before / 2, n_before - 1 };

  if (n_before == 0 || n_before > drill_evidence_get_n_items (after))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const DrillItem *old = &drill_evidence_get_items (before)[places[i]];
      const DrillItem *new = &drill_evidence_get_items (after)[places[i]];

      if (!g_str_equal (drill_evidence_get_text (before, DRILL_DICT_TEXT, old->session_id),
                        drill_evidence_get_text (after, DRILL_DICT_TEXT, new->session_id)))
        return FALSE;
    }

  return TRUE;
}

static void
drill_history_view_update (DrillEvidenceView *view,
                           DrillEvidence     *evidence)
{
  DrillHistoryView *self = DRILL_HISTORY_VIEW (view);
  g_autoptr(DrillEvidence) before = g_steal_pointer (&self->evidence);
  g_auto(GStrv) kinds = NULL, providers = NULL, states = NULL, alerts = NULL;

  self->evidence = drill_evidence_ref (evidence);
  if (!continues (before, evidence))
    drill_route_selection_forget (self->selection);

  drill_history_values_collect (evidence, &kinds, &providers, &states, &alerts);
  drill_choice_set_values (self->kind_choice, (const char *const *) kinds, drill_kind_dup_name);
  drill_choice_set_values (self->provider_choice, (const char *const *) providers, NULL);
  drill_choice_set_values (self->state_choice, (const char *const *) states, drill_state_dup_name);
  drill_choice_set_values (self->alert_choice, (const char *const *) alerts, drill_label_alert);

  update_rows (self);
}

static void
filter_changed_cb (DrillHistoryView *self)
{
  update_rows (self);
}

static void
sorted_cb (DrillHistoryView *self)
{
  DrillRouteKey key;
  gboolean descending;

  if (!drill_header_sorter_read (self->sorter, self->column_view, &key, &descending) ||
      self->ascending == !descending)
    return;

  self->ascending = !descending;
  update_rows (self);
}

static void
activate_cb (DrillHistoryView *self,
             guint             position)
{
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
menu_pressed_cb (DrillHistoryView *self,
                 int               n_press,
                 double            x,
                 double            y)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (self->selection);
  guint position = drill_history_cell_get_position (gtk_widget_pick (GTK_WIDGET (self->column_view), x, y,
                                                                     GTK_PICK_DEFAULT));
  double view_x, view_y;

  /* The menu is about the row under the pointer, and the selection it is in. */
  if (position != GTK_INVALID_LIST_POSITION && !gtk_selection_model_is_selected (selection, position))
    gtk_selection_model_select_item (selection, position, TRUE);

  gtk_widget_translate_coordinates (GTK_WIDGET (self->column_view), GTK_WIDGET (self), x, y, &view_x, &view_y);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle) { (int) view_x, (int) view_y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
add_columns (DrillHistoryView *self)
{
  /* px: all of them beside the details in a window of 1280 */
  static const int widths[DRILL_N_HISTORY_COLUMNS] = { 155, 160, 180, 130, 150, 115 };

  for (DrillHistoryColumn id = 0; id < DRILL_N_HISTORY_COLUMNS; id++)
    {
      g_autoptr(GtkColumnViewColumn) column =
        gtk_column_view_column_new (drill_history_column_get_title (id),
                                    drill_history_cell_factory_new (&self->evidence, id));

      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, id == DRILL_HISTORY_SUBJECT);
      gtk_column_view_column_set_fixed_width (column, drill_cell_scale_width (GTK_WIDGET (self), widths[id]));
      gtk_column_view_append_column (self->column_view, column);
      if (id == DRILL_HISTORY_TIME)
        {
          drill_header_sorter_add (self->sorter, column, DRILL_KEY_CREATED);
          gtk_column_view_sort_by_column (self->column_view, column, GTK_SORT_DESCENDING);
        }
    }

  drill_row_name_add_list (self->column_view, _("Evidence Items"));
  g_signal_connect_object (gtk_column_view_get_sorter (self->column_view), "changed",
                           G_CALLBACK (sorted_cb), self, G_CONNECT_SWAPPED);
}

static void
drill_history_view_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  DrillHistoryView *self = DRILL_HISTORY_VIEW (widget);

  GTK_WIDGET_CLASS (drill_history_view_parent_class)->size_allocate (widget, width, height, baseline);
  gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
drill_history_view_settings_changed (DrillEvidenceView *view,
                                     GSettings         *settings)
{
  drill_json_pane_set_settings (DRILL_HISTORY_VIEW (view)->json_pane, settings);
}

static void
drill_history_view_loading_changed (DrillEvidenceView *view)
{
  update_status (DRILL_HISTORY_VIEW (view));
}

static void
drill_history_view_dispose (GObject *object)
{
  DrillHistoryView *self = DRILL_HISTORY_VIEW (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  if (self->sorter != NULL)
    {
      /* Taking down its columns, the table tells that it is sorted otherwise. */
      g_signal_handlers_disconnect_by_func (gtk_column_view_get_sorter (self->column_view), sorted_cb, self);
      g_signal_handlers_disconnect_by_func (self->selection, update_details, self);
    }
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->sorter);
  g_clear_pointer (&self->evidence, drill_evidence_unref);

  G_OBJECT_CLASS (drill_history_view_parent_class)->dispose (object);
}

static void
drill_history_view_class_init (DrillHistoryViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DrillEvidenceViewClass *view_class = DRILL_EVIDENCE_VIEW_CLASS (klass);

  g_type_ensure (DRILL_TYPE_CHOICE);
  g_type_ensure (DRILL_TYPE_JSON_PANE);

  object_class->dispose = drill_history_view_dispose;
  view_class->update = drill_history_view_update;
  view_class->settings_changed = drill_history_view_settings_changed;
  view_class->loading_changed = drill_history_view_loading_changed;
  widget_class->size_allocate = drill_history_view_size_allocate;

  g_type_ensure (DRILL_TYPE_TAB_STOP);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-history-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillHistoryView, search_entry);
  gtk_widget_class_bind_template_child (widget_class, DrillHistoryView, kind_choice);
  gtk_widget_class_bind_template_child (widget_class, DrillHistoryView, provider_choice);
  gtk_widget_class_bind_template_child (widget_class, DrillHistoryView, state_choice);
  gtk_widget_class_bind_template_child (widget_class, DrillHistoryView, result_choice);
  gtk_widget_class_bind_template_child (widget_class, DrillHistoryView, alert_choice);
  gtk_widget_class_bind_template_child (widget_class, DrillHistoryView, flap);
  gtk_widget_class_bind_template_child (widget_class, DrillHistoryView, list_stack);
  gtk_widget_class_bind_template_child (widget_class, DrillHistoryView, column_view);
  gtk_widget_class_bind_template_child (widget_class, DrillHistoryView, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, DrillHistoryView, detail_stack);
  gtk_widget_class_bind_template_child (widget_class, DrillHistoryView, json_pane);
  gtk_widget_class_bind_template_child (widget_class, DrillHistoryView, several_page);
  gtk_widget_class_bind_template_child (widget_class, DrillHistoryView, status_label);
  gtk_widget_class_bind_template_child (widget_class, DrillHistoryView, clear_button);
  gtk_widget_class_bind_template_child (widget_class, DrillHistoryView, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_pressed_cb);

  drill_history_view_install_actions (widget_class);
}

static void
drill_history_view_init (DrillHistoryView *self)
{
  static const char *const results[] = { "delivered", "failed", NULL };

  gtk_widget_init_template (GTK_WIDGET (self));
  drill_announce_follow (self->status_label);

  self->model = drill_slot_model_new ();
  self->selection = drill_route_selection_new (self->model);
  self->sorter = drill_header_sorter_new ();
  add_columns (self);
  gtk_column_view_set_model (self->column_view, GTK_SELECTION_MODEL (self->selection));
  drill_near_rows_follow (GTK_SCROLLABLE (self->column_view), self->model);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (update_details), self, G_CONNECT_SWAPPED);
  self->details_wanted = TRUE;
  g_signal_connect_object (self->flap, "notify::reveal-flap", G_CALLBACK (revealed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flap, "notify::folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  drill_choice_set_values (self->result_choice, results, drill_state_dup_name);

  self->popover = gtk_popover_menu_new_from_model (gtk_menu_button_get_menu_model (self->menu_button));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));

  update_details (self);
  update_status (self);
}

/**
 * drill_history_view_new:
 *
 * Returns: (transfer floating): a history without a session yet
 */
GtkWidget *
drill_history_view_new (void)
{
  return g_object_new (DRILL_TYPE_HISTORY_VIEW, NULL);
}

/**
 * drill_history_view_focus_search:
 * @self: a view
 *
 * Puts the cursor into the search field.
 */
void
drill_history_view_focus_search (DrillHistoryView *self)
{
  g_return_if_fail (DRILL_IS_HISTORY_VIEW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/**
 * drill_history_view_set_filters:
 * @self: a view
 * @kind: (nullable): a `metadata_kind` in full, or %NULL for all
 * @result: how deliveries ended, or %DRILL_RESULT_NONE for all
 *
 * Shows the items of that kind and result, and clears all other filters.
 */
void
drill_history_view_set_filters (DrillHistoryView *self,
                                const char       *kind,
                                DrillResult       result)
{
  g_return_if_fail (DRILL_IS_HISTORY_VIEW (self));

  self->setting = TRUE;
  gtk_editable_set_text (self->search_entry, "");
  drill_choice_set_value (self->kind_choice, kind);
  drill_choice_set_value (self->provider_choice, NULL);
  drill_choice_set_value (self->state_choice, NULL);
  drill_choice_set_value (self->result_choice, drill_result_get_state (result));
  drill_choice_set_value (self->alert_choice, NULL);
  self->setting = FALSE;

  update_rows (self);
}
