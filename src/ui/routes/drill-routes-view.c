// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/routes/drill-routes-view-private.h"

#include <glib/gi18n-lib.h>

#include "ui/common/drill-announce.h"
#include "ui/common/drill-format.h"
#include "ui/routes/drill-route-memory.h"

enum {
  PROP_0,
  PROP_SIDEBAR_VISIBLE,
  PROP_DETAILS_VISIBLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DrillRoutesView, drill_routes_view, GTK_TYPE_WIDGET)

/* Status line and what is shown instead of an empty table */

static void
update_status (DrillRoutesView *self)
{
  DrillRouteResult *result = drill_route_list_get_result (self->list);
  guint n_in_scope = drill_route_result_get_n_in_scope (result);
  guint n_breached = drill_route_result_get_n_breached (result);
  guint n_selected = drill_route_selection_get_n_selected (drill_route_list_get_selection (self->list));
  g_autofree char *n_rows_text = drill_format_count (drill_route_result_get_n_rows (result));
  g_autofree char *n_in_scope_text = drill_format_count (n_in_scope);
  g_autofree char *n_breached_text = drill_format_count (n_breached);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) parts = NULL;
  g_autofree char *routes = NULL;
  g_autofree char *breached = NULL;
  g_autofree char *selected = NULL;
  g_autofree char *status = NULL;

  /* Translators: how many routes match, of how many there are */
  routes = g_strdup_printf (ngettext ("%s of %s route", "%s of %s routes", n_in_scope), n_rows_text, n_in_scope_text);
  g_strv_builder_add (builder, routes);
  /* Translators: how many of the routes are breached */
  breached = g_strdup_printf (ngettext ("%s breached", "%s breached", n_breached), n_breached_text);
  g_strv_builder_add (builder, breached);
  if (n_selected > 0)
    {
      g_autofree char *n_selected_text = drill_format_count (n_selected);

      /* Translators: how many of the routes are selected */
      selected = g_strdup_printf (ngettext ("%s selected", "%s selected", n_selected), n_selected_text);
      g_strv_builder_add (builder, selected);
    }
  if (!drill_session_get_complete (self->session))
    g_strv_builder_add (builder, drill_session_get_loading (self->session) ? _("still loading") : _("partial"));

  parts = g_strv_builder_end (builder);
  status = g_strjoinv (" · ", parts);
  gtk_label_set_label (self->status, status);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status), status);
}

static void
update (DrillRoutesView *self)
{
  DrillRouteResult *result = drill_route_list_get_result (self->list);
  const char *page;

  if (drill_route_result_get_n_rows (result) > 0)
    page = "table";
  else if (drill_session_get_loading (self->session) && !drill_session_get_complete (self->session))
    page = "loading";
  else if (drill_evidence_get_n_routes (drill_route_list_get_evidence (self->list)) == 0)
    page = "empty";
  else
    page = "no-match";

  gtk_spinner_set_spinning (self->spinner, g_str_equal (page, "loading"));
  gtk_stack_set_visible_child_name (self->states, page);
  drill_routes_view_update_list_actions (self);
  update_status (self);
}

static void
selection_changed_cb (DrillRoutesView *self)
{
  gboolean any = drill_route_selection_get_n_selected (drill_route_list_get_selection (self->list)) > 0;

  drill_routes_view_update_selection_actions (self);
  update_status (self);

  /* There is something to tell from the first selection on. A pane that would
   * cover the table waits until it is asked for. */
  if (any && self->details_wanted && !adw_flap_get_folded (self->details_flap))
    adw_flap_set_reveal_flap (self->details_flap, TRUE);
}

static void
route_activated_cb (DrillRoutesView *self,
                    guint            position)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (drill_route_list_get_selection (self->list));

  if (!gtk_selection_model_is_selected (selection, position))
    gtk_selection_model_select_item (selection, position, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-details", NULL);
}

/* Search */

static void
search_changed_cb (DrillRoutesView *self)
{
  g_autoptr(DrillRouteQuery) query = NULL;

  if (self->list == NULL)
    return;

  query = drill_route_query_copy (drill_route_list_get_query (self->list));
  drill_route_query_set_search (query, gtk_editable_get_text (self->search_entry));
  drill_route_list_set_query (self->list, query);
}

/* The entry says what is searched for, whoever asked for it */
static void
query_changed_cb (DrillRoutesView *self)
{
  const char *search = drill_route_query_get_search (drill_route_list_get_query (self->list));
  const char *text = search != NULL ? search : "";

  if (!g_str_equal (text, gtk_editable_get_text (self->search_entry)))
    gtk_editable_set_text (self->search_entry, text);
  if (*text != '\0')
    gtk_search_bar_set_search_mode (self->search_bar, TRUE);
}

/* From the search on into what it found */
static void
search_activate_cb (DrillRoutesView *self)
{
  DrillRouteSelection *selection = drill_route_list_get_selection (self->list);

  if (drill_route_result_get_n_rows (drill_route_list_get_result (self->list)) == 0)
    return;

  if (drill_route_selection_get_n_selected (selection) == 0)
    drill_routes_view_select_position (self, 0);
  drill_routes_view_focus (self);
}

static gboolean
search_key_cb (DrillRoutesView *self,
               guint            keyval)
{
  if (keyval != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;

  search_activate_cb (self);

  return GDK_EVENT_STOP;
}

/* What is hidden cannot keep the focus, and nobody is to look for it */
static void
search_mode_cb (DrillRoutesView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!gtk_search_bar_get_search_mode (self->search_bar) && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->search_bar))))
    drill_routes_view_focus (self);
}

/* Widget */

static void
drill_routes_view_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  DrillRoutesView *self = DRILL_ROUTES_VIEW (object);

  switch (prop_id)
    {
    case PROP_SIDEBAR_VISIBLE:
      g_value_set_boolean (value, adw_flap_get_reveal_flap (self->sidebar_flap));
      break;
    case PROP_DETAILS_VISIBLE:
      g_value_set_boolean (value, adw_flap_get_reveal_flap (self->details_flap));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
drill_routes_view_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  DrillRoutesView *self = DRILL_ROUTES_VIEW (object);

  switch (prop_id)
    {
    case PROP_SIDEBAR_VISIBLE:
      adw_flap_set_reveal_flap (self->sidebar_flap, g_value_get_boolean (value));
      break;
    case PROP_DETAILS_VISIBLE:
      adw_flap_set_reveal_flap (self->details_flap, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* What a narrow window hides of itself says nothing of what is wanted */
static void
sidebar_revealed_cb (DrillRoutesView *self)
{
  if (!adw_flap_get_folded (self->sidebar_flap))
    self->sidebar_wanted = adw_flap_get_reveal_flap (self->sidebar_flap);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIDEBAR_VISIBLE]);
}

static void
details_revealed_cb (DrillRoutesView *self)
{
  if (!adw_flap_get_folded (self->details_flap))
    self->details_wanted = adw_flap_get_reveal_flap (self->details_flap);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAILS_VISIBLE]);
}

static void
sidebar_folded_cb (DrillRoutesView *self)
{
  adw_flap_set_reveal_flap (self->sidebar_flap, self->sidebar_wanted && !adw_flap_get_folded (self->sidebar_flap));
}

static void
details_folded_cb (DrillRoutesView *self)
{
  gboolean any = drill_route_selection_get_n_selected (drill_route_list_get_selection (self->list)) > 0;

  /* Unfolded, it is not for the pane to vanish because nothing is selected */
  if (adw_flap_get_folded (self->details_flap))
    adw_flap_set_reveal_flap (self->details_flap, FALSE);
  else if (any && self->details_wanted)
    adw_flap_set_reveal_flap (self->details_flap, TRUE);
}

static void
drill_routes_view_dispose (GObject *object)
{
  DrillRoutesView *self = DRILL_ROUTES_VIEW (object);

  if (self->sidebar_flap != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->sidebar_flap));
  self->sidebar_flap = NULL;
  g_clear_object (&self->list);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (drill_routes_view_parent_class)->dispose (object);
}

static void
drill_routes_view_class_init (DrillRoutesViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = drill_routes_view_get_property;
  object_class->set_property = drill_routes_view_set_property;
  object_class->dispose = drill_routes_view_dispose;

  properties[PROP_SIDEBAR_VISIBLE] =
    g_param_spec_boolean ("sidebar-visible", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_DETAILS_VISIBLE] =
    g_param_spec_boolean ("details-visible", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (DRILL_TYPE_FACET_SIDEBAR);
  g_type_ensure (DRILL_TYPE_FILTER_CHIPS);
  g_type_ensure (DRILL_TYPE_ROUTE_DETAILS);
  g_type_ensure (DRILL_TYPE_ROUTE_TABLE_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-routes-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillRoutesView, sidebar_flap);
  gtk_widget_class_bind_template_child (widget_class, DrillRoutesView, details_flap);
  gtk_widget_class_bind_template_child (widget_class, DrillRoutesView, sidebar);
  gtk_widget_class_bind_template_child (widget_class, DrillRoutesView, details);
  gtk_widget_class_bind_template_child (widget_class, DrillRoutesView, chips);
  gtk_widget_class_bind_template_child (widget_class, DrillRoutesView, search_bar);
  gtk_widget_class_bind_template_child (widget_class, DrillRoutesView, search_entry);
  gtk_widget_class_bind_template_child (widget_class, DrillRoutesView, states);
  gtk_widget_class_bind_template_child (widget_class, DrillRoutesView, table);
  gtk_widget_class_bind_template_child (widget_class, DrillRoutesView, spinner);
  gtk_widget_class_bind_template_child (widget_class, DrillRoutesView, status);
  gtk_widget_class_bind_template_child (widget_class, DrillRoutesView, column_button);
  gtk_widget_class_bind_template_callback (widget_class, route_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_cb);

  drill_routes_view_install_actions (widget_class);
}

static void
drill_routes_view_init (DrillRoutesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  drill_announce_follow (self->status);

  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
}

/* An item for each column: not before somebody wants them */
static void
create_column_menu_cb (GtkMenuButton *button,
                       gpointer       user_data)
{
  DrillRoutesView *self = user_data;

  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, drill_route_table_view_get_column_menu (self->table));
}

static void
at_risk_changed_cb (DrillRoutesView *self)
{
  g_autoptr(DrillRouteQuery) query = drill_route_query_copy (drill_route_list_get_query (self->list));

  drill_route_query_set_due_minutes (query, g_settings_get_uint (self->settings, "at-risk-minutes"));
  drill_route_list_set_query (self->list, query);
}

/**
 * drill_routes_view_set_up:
 * @self: the view
 * @session: whose routes to show; given once
 * @settings: where its state is remembered
 * @views: the saved views
 */
void
drill_routes_view_set_up (DrillRoutesView *self,
                          DrillSession    *session,
                          GSettings       *settings,
                          DrillSavedViews *views)
{
  g_return_if_fail (self->list == NULL);

  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  self->list = drill_route_list_new (session);
  drill_route_memory_restore (self->list, settings);

  drill_facet_sidebar_set_list (self->sidebar, self->list);
  drill_filter_chips_set_list (self->chips, self->list);
  drill_route_table_view_set_list (self->table, self->list, settings);
  drill_route_details_set_list (self->details, self->list, settings);
  g_autoptr(DrillActiveView) active = drill_active_view_new (views, self->list, self->table, settings);
  drill_views_button_set_up (drill_routes_view_get_views (self), active, settings);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "column", drill_route_table_view_get_column_actions (self->table));
  gtk_menu_button_set_create_popup_func (self->column_button, create_column_menu_cb, self, NULL);

  self->sidebar_wanted = g_settings_get_boolean (settings, "sidebar-visible");
  self->details_wanted = g_settings_get_boolean (settings, "details-visible");
  adw_flap_set_reveal_flap (self->sidebar_flap, self->sidebar_wanted);
  g_signal_connect_object (self->sidebar_flap, "notify::reveal-flap", G_CALLBACK (sidebar_revealed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sidebar_flap, "notify::folded", G_CALLBACK (sidebar_folded_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details_flap, "notify::reveal-flap", G_CALLBACK (details_revealed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details_flap, "notify::folded", G_CALLBACK (details_folded_cb),
                           self, G_CONNECT_SWAPPED);

  g_signal_connect_object (settings, "changed::at-risk-minutes", G_CALLBACK (at_risk_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "query-changed", G_CALLBACK (query_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::loading", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::complete", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drill_route_list_get_selection (self->list), "selection-changed",
                           G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  query_changed_cb (self);
  update (self);
  selection_changed_cb (self);
}

/**
 * drill_routes_view_get_list:
 * @self: the view
 *
 * Returns: (transfer none): what it shows
 */
DrillRouteList *
drill_routes_view_get_list (DrillRoutesView *self)
{
  return self->list;
}

/**
 * drill_routes_view_get_views:
 * @self: the view
 *
 * Returns: (transfer none): what has the saved views, and their actions
 */
DrillViewsButton *
drill_routes_view_get_views (DrillRoutesView *self)
{
  return drill_facet_sidebar_get_views (self->sidebar);
}

/**
 * drill_routes_view_get_status:
 * @self: the view
 *
 * Returns: the status line
 */
const char *
drill_routes_view_get_status (DrillRoutesView *self)
{
  return gtk_label_get_label (self->status);
}

/**
 * drill_routes_view_focus:
 * @self: the view
 *
 * Moves the keyboard focus into the table.
 */
void
drill_routes_view_focus (DrillRoutesView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

/**
 * drill_routes_view_select_position:
 * @self: the view
 * @position: a place in the list
 *
 * Selects what is listed there, and nothing else, and brings it into view.
 */
void
drill_routes_view_select_position (DrillRoutesView *self,
                                   guint            position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (drill_route_list_get_selection (self->list)), position, TRUE);
  drill_route_table_view_scroll_to (self->table, position);
}

/**
 * drill_routes_view_show_route:
 * @self: the view
 * @row: a route
 *
 * Selects a route and brings it into view.
 *
 * Returns: whether it is listed
 */
gboolean
drill_routes_view_show_route (DrillRoutesView *self,
                              guint32          row)
{
  DrillRouteResult *result = drill_route_list_get_result (self->list);
  const guint32 *rows = drill_route_result_get_rows (result);

  for (guint i = 0; i < drill_route_result_get_n_rows (result); i++)
    if (rows[i] == row)
      {
        drill_routes_view_select_position (self, i);
        return TRUE;
      }

  return FALSE;
}

/**
 * drill_routes_view_toggle_search:
 * @self: the view
 *
 * Opens the search and puts the cursor into it, or closes it again.
 */
void
drill_routes_view_toggle_search (DrillRoutesView *self)
{
  gboolean open = gtk_search_bar_get_search_mode (self->search_bar);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  /* Asking again from elsewhere means to go there, not to lose what was typed */
  if (open && focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->search_entry)))
    {
      gtk_search_bar_set_search_mode (self->search_bar, FALSE);
      return;
    }

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/**
 * drill_routes_view_escape:
 * @self: the view
 *
 * What Escape does, one thing at a time: closes a pane that lies over the
 * table, then the search, then clears the selection, then the filters.
 *
 * Returns: whether there was anything to do
 */
gboolean
drill_routes_view_escape (DrillRoutesView *self)
{
  DrillRouteSelection *selection = drill_route_list_get_selection (self->list);

  if (adw_flap_get_folded (self->details_flap) && adw_flap_get_reveal_flap (self->details_flap))
    {
      adw_flap_set_reveal_flap (self->details_flap, FALSE);
      return TRUE;
    }
  if (adw_flap_get_folded (self->sidebar_flap) && adw_flap_get_reveal_flap (self->sidebar_flap))
    {
      adw_flap_set_reveal_flap (self->sidebar_flap, FALSE);
      return TRUE;
    }
  if (gtk_search_bar_get_search_mode (self->search_bar))
    {
      gtk_search_bar_set_search_mode (self->search_bar, FALSE);
      return TRUE;
    }
  if (drill_route_selection_get_n_selected (selection) > 0)
    {
      gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (selection));
      return TRUE;
    }
  if (drill_route_query_has_filters (drill_route_list_get_query (self->list)))
    {
      drill_route_list_clear_filters (self->list);
      return TRUE;
    }

  return FALSE;
}

/**
 * drill_routes_view_save_state:
 * @self: the view
 *
 * Writes what is to be remembered of it into the settings.
 */
void
drill_routes_view_save_state (DrillRoutesView *self)
{
  drill_route_memory_save (self->list, self->settings);
  g_settings_set_boolean (self->settings, "sidebar-visible", self->sidebar_wanted);
  g_settings_set_boolean (self->settings, "details-visible", self->details_wanted);
}
