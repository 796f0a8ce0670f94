// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/drill-window-private.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "drill-config.h"
#include "ui/audit/drill-audit-view.h"
#include "ui/common/drill-cell-label.h"
#include "ui/common/drill-kind-names.h"
#include "ui/common/drill-pulse.h"
#include "ui/dialogs/drill-problems-dialog.h"
#include "ui/history/drill-history-view.h"
#include "ui/overview/drill-overview-view.h"
#include "ui/suppressions/drill-suppressions-view.h"
#include "ui/window/drill-shortcuts.h"

/* A refresh that is done sooner is not worth a flicker in the header bar */
#define CANCEL_DELAY 300 /* ms */

#define COMPACT_WIDTH 500 /* px: below, the header bar has no room for names, if text is of the usual size */

enum {
  PROP_0,
  PROP_SIDEBAR_VISIBLE,
  PROP_DETAILS_VISIBLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DrillWindow, drill_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
is_view (DrillWindow *self,
         const char  *name)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->views), name) == 0;
}

/* What is behind a count of another view: its filters only, in the order that was chosen here */
static void
show_routes_cb (DrillWindow           *self,
                const DrillRouteQuery *wanted)
{
  DrillRouteList *list = drill_routes_view_get_list (self->routes);
  g_autoptr(DrillRouteQuery) query = drill_route_query_copy (drill_route_list_get_query (list));

  drill_route_query_clear (query);
  drill_route_query_set_search (query, NULL);
  drill_route_query_set_all_plans (query, drill_route_query_get_all_plans (wanted));
  for (guint facet = 0; facet < DRILL_N_FACETS; facet++)
    {
      const char *const *values = drill_route_query_get_values (wanted, (DrillFacet) facet);

      for (guint i = 0; values[i] != NULL; i++)
        drill_route_query_add (query, (DrillFacet) facet, values[i]);
    }
  drill_route_list_set_query (list, query);
  adw_view_stack_set_visible_child_name (self->views, "routes");
}

/* Whether it had to be made */
static gboolean
ensure_view (DrillWindow *self,
             const char  *name)
{
  AdwBin *place;
  GtkWidget *view;

  if (g_str_equal (name, "history"))
    place = self->history_place;
  else if (g_str_equal (name, "suppressions"))
    place = self->suppressions_place;
  else if (g_str_equal (name, "audit"))
    place = self->audit_place;
  else if (g_str_equal (name, "overview"))
    place = self->overview_place;
  else
    return FALSE;

  if (adw_bin_get_child (place) != NULL)
    return FALSE;

  if (place == self->history_place)
    {
      view = drill_history_view_new ();
    }
  else if (place == self->audit_place)
    {
      view = drill_audit_view_new ();
    }
  else
    {
      view = place == self->overview_place ? drill_overview_view_new () : drill_suppressions_view_new ();
      g_signal_connect_object (view, "show-routes", G_CALLBACK (show_routes_cb), self, G_CONNECT_SWAPPED);
    }
  g_object_set (view, "session", self->session, "settings", self->settings, NULL);
  adw_bin_set_child (place, view);

  return TRUE;
}

static DrillHistoryView *
get_history (DrillWindow *self)
{
  ensure_view (self, "history");

  return DRILL_HISTORY_VIEW (adw_bin_get_child (self->history_place));
}

static void
show_view (DrillWindow *self,
           const char  *name)
{
  if (adw_view_stack_get_child_by_name (self->views, name) != NULL)
    adw_view_stack_set_visible_child_name (self->views, name);
}

/* Following the session */

static void
update_title (DrillWindow *self)
{
  g_autofree char *name = drill_text_one_line (drill_session_get_name (self->session));
  g_autofree char *title = NULL;

  if (drill_session_get_shown (self->session) == DRILL_SHOWN_SAMPLE)
    title = g_strdup (_("Sample Data – Drill Console"));
  else
    /* Translators: %s is the name of a file or the address of a service */
    title = g_strdup_printf (_("%s – Drill Console"), name);

  gtk_window_set_title (GTK_WINDOW (self), title);
}

static gboolean
show_cancel_cb (gpointer user_data)
{
  DrillWindow *self = user_data;

  self->cancel_id = 0;
  gtk_stack_set_visible_child_name (self->refresh_stack, "cancel");
  gtk_spinner_start (self->spinner);

  return G_SOURCE_REMOVE;
}

static void
update_loading (DrillWindow *self)
{
  gboolean loading = drill_session_get_loading (self->session);
  double progress = drill_session_get_progress (self->session);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.refresh", !loading);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.cancel", loading);

  if (!loading)
    {
      g_clear_handle_id (&self->cancel_id, g_source_remove);
      gtk_spinner_stop (self->spinner);
      gtk_stack_set_visible_child_name (self->refresh_stack, "refresh");
    }
  else if (self->cancel_id == 0 && !gtk_spinner_get_spinning (self->spinner))
    {
      self->cancel_id = g_timeout_add (CANCEL_DELAY, show_cancel_cb, self);
    }

  /* A refresh of what is complete needs no bar */
  gtk_widget_set_visible (GTK_WIDGET (self->progress), loading && !drill_session_get_complete (self->session));
  if (progress >= 0)
    gtk_progress_bar_set_fraction (self->progress, CLAMP (progress, 0.0, 1.0));
  else
    drill_pulse (self->progress);
}

static void
update_visible (DrillWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  gboolean visible = gtk_widget_get_mapped (GTK_WIDGET (self));

  if (visible && GDK_IS_TOPLEVEL (surface))
    visible = !(gdk_toplevel_get_state (GDK_TOPLEVEL (surface)) & GDK_TOPLEVEL_STATE_MINIMIZED) ||
              drill_window_watches_unseen (self);

  drill_session_set_visible (self->session, visible);
}

static void
interval_changed_cb (DrillWindow *self)
{
  drill_session_set_refresh_interval (self->session, g_settings_get_uint (self->settings, "refresh-interval"));
}

/* Actions */

static void
show_view_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  show_view (DRILL_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_metric_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  static const char *const unacknowledged[] = { "outstanding", "escalated", "dismissed", NULL };
  static const char *const breached[] = { "breached", NULL };
  static const struct
  {
    const char *name;
    const char *kind;
    DrillResult result;
  } items[] = {
    { "plans", DRILL_KIND_PREFIX "notification-plan", DRILL_RESULT_NONE },
    { "deliveries", "release-connector-delivery", DRILL_RESULT_NONE },
    { "failed-deliveries", "release-connector-delivery", DRILL_RESULT_FAILED },
    { "acknowledgements", DRILL_KIND_PREFIX "notification-ack", DRILL_RESULT_NONE },
  };
  DrillWindow *self = DRILL_WINDOW (widget);
  const char *name = g_variant_get_string (parameter, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    if (g_str_equal (items[i].name, name))
      {
        drill_history_view_set_filters (get_history (self), items[i].kind, items[i].result);
        show_view (self, "history");
        return;
      }

  if (g_str_equal (name, "breached"))
    drill_route_list_set_only (drill_routes_view_get_list (self->routes), DRILL_FACET_SLO, breached);
  else if (g_str_equal (name, "outstanding") || g_str_equal (name, "escalation"))
    drill_route_list_set_only (drill_routes_view_get_list (self->routes), DRILL_FACET_STATE, unacknowledged);
  else
    return;

  show_view (self, "routes");
}

static void
set_filter_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  DrillWindow *self = DRILL_WINDOW (widget);
  const char *name;
  g_autofree const char **values = NULL;

  g_variant_get (parameter, "(&s^a&s)", &name, &values);
  for (guint facet = 0; facet < DRILL_N_FACETS; facet++)
    if (g_str_equal (drill_facet_get_name ((DrillFacet) facet), name))
      {
        drill_route_list_set_only (drill_routes_view_get_list (self->routes), (DrillFacet) facet, values);
        show_view (self, "routes");
        return;
      }
}

static void
clear_filters_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  DrillWindow *self = DRILL_WINDOW (widget);

  if (is_view (self, "history"))
    gtk_widget_activate_action (GTK_WIDGET (get_history (self)), "history.clear-filters", NULL);
  else
    drill_route_list_clear_filters (drill_routes_view_get_list (self->routes));
}

static void
refresh_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  drill_session_refresh (DRILL_WINDOW (widget)->session);
}

static void
cancel_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  drill_session_cancel (DRILL_WINDOW (widget)->session);
}

static void
search_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  DrillWindow *self = DRILL_WINDOW (widget);

  if (is_view (self, "history"))
    {
      drill_history_view_focus_search (get_history (self));
      return;
    }

  show_view (self, "routes");
  drill_routes_view_toggle_search (self->routes);
}

static void
show_details_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  g_object_set (widget, "details-visible", TRUE, NULL);
}

static void
show_problems_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  DrillEvidence *evidence = drill_session_get_evidence (DRILL_WINDOW (widget)->session);

  gtk_window_present (GTK_WINDOW (drill_problems_dialog_new (GTK_WINDOW (widget), evidence)));
}

static void
export_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  DrillWindow *self = DRILL_WINDOW (widget);

  if (is_view (self, "history"))
    gtk_widget_activate_action (GTK_WIDGET (get_history (self)), "history.export-shown", NULL);
  else
    drill_routes_view_export (self->routes);
}

static void
escape_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  DrillWindow *self = DRILL_WINDOW (widget);

  if (is_view (self, "routes"))
    drill_routes_view_escape (self->routes);
}

/* Template callbacks */

static void
view_changed_cb (DrillWindow *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->views);

  /* Not while the window is being made or taken apart */
  if (self->settings == NULL || name == NULL)
    return;

  /* The stack moves the focus along, but there was nothing yet to move it to */
  if (ensure_view (self, name))
    {
      GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

      if (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->views)))
        gtk_widget_child_focus (adw_view_stack_get_visible_child (self->views), GTK_DIR_TAB_FORWARD);
    }
  g_settings_set_string (self->settings, "last-view", name);
}

static void
flap_changed_cb (DrillWindow *self,
                 GParamSpec  *pspec)
{
  g_object_notify (G_OBJECT (self), g_param_spec_get_name (pspec));
}

/* Widget */

static gboolean
drill_window_close_request (GtkWindow *window)
{
  DrillWindow *self = DRILL_WINDOW (window);
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));
  if (width > 0 && height > 0)
    {
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
    }
  drill_routes_view_save_state (self->routes);

  return GTK_WINDOW_CLASS (drill_window_parent_class)->close_request (window);
}

static void
drill_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (drill_window_parent_class)->realize (widget);

  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "notify::state",
                           G_CALLBACK (update_visible), widget, G_CONNECT_SWAPPED);
}

static void
drill_window_map (GtkWidget *widget)
{
  DrillWindow *self = DRILL_WINDOW (widget);

  GTK_WIDGET_CLASS (drill_window_parent_class)->map (widget);
  update_visible (self);

  /* Arrow keys are to move in the table at once, not in the header bar */
  if (!self->was_mapped && is_view (self, "routes"))
    drill_routes_view_focus (self->routes);
  self->was_mapped = TRUE;
}

static gboolean
compact_cb (gpointer user_data)
{
  DrillWindow *self = user_data;

  self->compact_id = 0;
  drill_source_button_set_compact (self->source, self->compact);

  return G_SOURCE_REMOVE;
}

static void
drill_window_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  DrillWindow *self = DRILL_WINDOW (widget);
  gboolean compact = width < drill_cell_scale_width (widget, COMPACT_WIDTH);

  /* Later: nothing may ask for another size while sizes are given out */
  if (self->compact != compact)
    {
      self->compact = compact;
      if (self->compact_id == 0)
        self->compact_id = g_idle_add (compact_cb, self);
    }

  GTK_WIDGET_CLASS (drill_window_parent_class)->size_allocate (widget, width, height, baseline);
}

static void
drill_window_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (drill_window_parent_class)->unmap (widget);
  update_visible (DRILL_WINDOW (widget));
}

static void
drill_window_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  DrillWindow *self = DRILL_WINDOW (object);

  switch (prop_id)
    {
    case PROP_SIDEBAR_VISIBLE:
    case PROP_DETAILS_VISIBLE:
      /* Actions ask for their state before there is a template */
      if (self->routes != NULL)
        g_object_get_property (G_OBJECT (self->routes), pspec->name, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
drill_window_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  DrillWindow *self = DRILL_WINDOW (object);

  switch (prop_id)
    {
    case PROP_SIDEBAR_VISIBLE:
    case PROP_DETAILS_VISIBLE:
      show_view (self, "routes");
      g_object_set_property (G_OBJECT (self->routes), pspec->name, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
drill_window_dispose (GObject *object)
{
  DrillWindow *self = DRILL_WINDOW (object);

  g_clear_handle_id (&self->cancel_id, g_source_remove);
  g_clear_handle_id (&self->compact_id, g_source_remove);
  /* What goes below is no choice of a view */
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (drill_window_parent_class)->dispose (object);
}

static void
drill_window_finalize (GObject *object)
{
  g_clear_object (&DRILL_WINDOW (object)->session);

  G_OBJECT_CLASS (drill_window_parent_class)->finalize (object);
}

static void
drill_window_class_init (DrillWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = drill_window_get_property;
  object_class->set_property = drill_window_set_property;
  object_class->dispose = drill_window_dispose;
  object_class->finalize = drill_window_finalize;
  widget_class->realize = drill_window_realize;
  widget_class->map = drill_window_map;
  widget_class->unmap = drill_window_unmap;
  widget_class->size_allocate = drill_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = drill_window_close_request;

  properties[PROP_SIDEBAR_VISIBLE] =
    g_param_spec_boolean ("sidebar-visible", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_DETAILS_VISIBLE] =
    g_param_spec_boolean ("details-visible", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (DRILL_TYPE_METRICS_STRIP);
  g_type_ensure (DRILL_TYPE_ROUTES_VIEW);
  g_type_ensure (DRILL_TYPE_SOURCE_BUTTON);
  g_type_ensure (DRILL_TYPE_STATE_BANNER);
  g_type_ensure (DRILL_TYPE_UNFINISHED_BAR);

  gtk_widget_class_set_template_from_resource (widget_class, DRILL_UI_RESOURCES "drill-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DrillWindow, source);
  gtk_widget_class_bind_template_child (widget_class, DrillWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, DrillWindow, unfinished);
  gtk_widget_class_bind_template_child (widget_class, DrillWindow, metrics);
  gtk_widget_class_bind_template_child (widget_class, DrillWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DrillWindow, refresh_stack);
  gtk_widget_class_bind_template_child (widget_class, DrillWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, DrillWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, DrillWindow, views);
  gtk_widget_class_bind_template_child (widget_class, DrillWindow, routes);
  gtk_widget_class_bind_template_child (widget_class, DrillWindow, history_place);
  gtk_widget_class_bind_template_child (widget_class, DrillWindow, suppressions_place);
  gtk_widget_class_bind_template_child (widget_class, DrillWindow, audit_place);
  gtk_widget_class_bind_template_child (widget_class, DrillWindow, overview_place);
  gtk_widget_class_bind_template_callback (widget_class, view_changed_cb);

  gtk_widget_class_install_action (widget_class, "win.show-view", "s", show_view_cb);
  gtk_widget_class_install_action (widget_class, "win.show-metric", "s", show_metric_cb);
  gtk_widget_class_install_action (widget_class, "win.set-filter", "(sas)", set_filter_cb);
  gtk_widget_class_install_action (widget_class, "win.clear-filters", NULL, clear_filters_cb);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, refresh_cb);
  gtk_widget_class_install_action (widget_class, "win.cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "win.show-details", NULL, show_details_cb);
  gtk_widget_class_install_action (widget_class, "win.show-problems", NULL, show_problems_cb);
  gtk_widget_class_install_action (widget_class, "win.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "win.escape", NULL, escape_cb);
  gtk_widget_class_install_property_action (widget_class, "win.toggle-sidebar", "sidebar-visible");
  gtk_widget_class_install_property_action (widget_class, "win.toggle-details", "details-visible");

  /* A binding and not an accelerator: an entry or a dialog has its own Escape first */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.escape", NULL);
}

static void
drill_window_init (DrillWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  if (g_str_equal (DRILL_PROFILE, "development"))
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
}

/**
 * drill_window_new:
 * @application: the program
 * @session: what to show
 * @settings: where the window's state is remembered
 * @views: the saved views
 *
 * Returns: (transfer none): the window, owned by GTK as all toplevels are
 */
DrillWindow *
drill_window_new (GtkApplication *application,
                  DrillSession   *session,
                  GSettings      *settings,
                  DrillSavedViews *views)
{
  DrillWindow *self = g_object_new (DRILL_TYPE_WINDOW, "application", application, NULL);
  g_autofree char *view = g_settings_get_string (settings, "last-view");

  self->session = g_object_ref (session);

  drill_source_button_set_session (self->source, session);
  drill_state_banner_set_session (self->banner, session);
  drill_metrics_strip_set_session (self->metrics, session);
  drill_routes_view_set_up (self->routes, session, settings, views);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "views", drill_views_button_get_actions (drill_routes_view_get_views (self->routes)));

  g_signal_connect_object (drill_routes_view_get_list (self->routes), "ticked",
                           G_CALLBACK (drill_metrics_strip_update), self->metrics, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->routes, "notify::sidebar-visible", G_CALLBACK (flap_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->routes, "notify::details-visible", G_CALLBACK (flap_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::shown", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::name", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::loading", G_CALLBACK (update_loading), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::progress", G_CALLBACK (update_loading), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::complete", G_CALLBACK (update_loading), self, G_CONNECT_SWAPPED);
  update_title (self);
  update_loading (self);

  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));

  self->settings = g_object_ref (settings);
  drill_window_follow_preferences (self);
  drill_window_add_identity_actions (self);
  drill_window_add_route_actions (self);
  drill_window_add_audit_actions (self);
  drill_window_add_print_actions (self);
  show_view (self, view);
  g_signal_connect_object (settings, "changed::refresh-interval", G_CALLBACK (interval_changed_cb),
                           self, G_CONNECT_SWAPPED);
  interval_changed_cb (self);

  return self;
}

/**
 * drill_window_get_routes_view:
 * @self: the window
 *
 * Returns: (transfer none): the routes view
 */
DrillRoutesView *
drill_window_get_routes_view (DrillWindow *self)
{
  return self->routes;
}

/**
 * drill_window_get_banner_text:
 * @self: the window
 *
 * Returns: what the banner says, "" when there is none
 */
const char *
drill_window_get_banner_text (DrillWindow *self)
{
  return drill_state_banner_get_text (self->banner);
}

/**
 * drill_window_show_shortcuts:
 * @self: the window
 *
 * Lists the keyboard shortcuts. The list is made when it is first asked for;
 * GTK, given it under its own name, would make it with every window.
 */
void
drill_window_show_shortcuts (DrillWindow *self)
{
  if (gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (self)) == NULL)
    {
      g_autoptr(GtkWidget) overlay = drill_shortcuts_window_new ();

      gtk_application_window_set_help_overlay (GTK_APPLICATION_WINDOW (self), GTK_SHORTCUTS_WINDOW (overlay));
    }

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-help-overlay", NULL);
}
