// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/drill-window-private.h"

#include "ui/common/drill-evidence-view.h"
#include "ui/common/drill-format.h"
#include "ui/preferences/drill-notifications.h"

static DrillTimes
get_times (GSettings *settings)
{
  g_autofree char *name = g_settings_get_string (settings, "time-display");

  if (g_str_equal (name, "utc"))
    return DRILL_TIMES_UTC;

  return g_str_equal (name, "relative") ? DRILL_TIMES_RELATIVE : DRILL_TIMES_LOCAL;
}

static void
tell_evidence_again (DrillWindow *self)
{
  AdwBin *const places[] = { self->history_place, self->suppressions_place, self->audit_place, self->overview_place };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GtkWidget *view = adw_bin_get_child (places[i]);

      if (DRILL_IS_EVIDENCE_VIEW (view))
        drill_evidence_view_tell_again (DRILL_EVIDENCE_VIEW (view));
    }
}

static void
times_changed_cb (DrillWindow *self)
{
  drill_format_set_times (get_times (self->settings), drill_session_get_clock (self->session));
  drill_route_list_tell_again (drill_routes_view_get_list (self->routes));
  tell_evidence_again (self);
}

static void
ticked_cb (DrillWindow *self)
{
  if (self->settings != NULL && get_times (self->settings) == DRILL_TIMES_RELATIVE)
    tell_evidence_again (self);
}

static void
density_changed_cb (DrillWindow *self)
{
  g_autofree char *density = g_settings_get_string (self->settings, "density");

  if (g_str_equal (density, "compact"))
    gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "compact");
}

/* Notifications of the connection that is shown */

static void
update_notify (DrillWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "notify");
  gboolean can_mute = drill_notifications_can_mute (self->session);

  if (self->settings == NULL)
    return;

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), can_mute);
  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_boolean (can_mute && !drill_notifications_get_muted (self->settings, self->session)));
}

static void
notify_cb (GSimpleAction *action,
           GVariant      *state,
           gpointer       user_data)
{
  DrillWindow *self = user_data;

  drill_notifications_set_muted (self->settings, self->session, !g_variant_get_boolean (state));
}

static void
add_notify_action (DrillWindow *self)
{
  static const GActionEntry entries[] = {
    { "notify", NULL, NULL, "false", notify_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->settings, "changed::muted-connections", G_CALLBACK (update_notify), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::shown", G_CALLBACK (update_notify), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::name", G_CALLBACK (update_notify), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::connection", G_CALLBACK (update_notify), self, G_CONNECT_SWAPPED);
  update_notify (self);
}

/**
 * drill_window_follow_preferences:
 * @self: a window that has its session, settings and views
 *
 * Applies the preferences that concern the whole window, now and whenever they
 * are changed, and adds `win.notify` (boolean: for the connection that is shown).
 */
void
drill_window_follow_preferences (DrillWindow *self)
{
  drill_format_set_times (get_times (self->settings), drill_session_get_clock (self->session));
  density_changed_cb (self);
  add_notify_action (self);

  g_signal_connect_object (self->settings, "changed::time-display", G_CALLBACK (times_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::density", G_CALLBACK (density_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drill_routes_view_get_list (self->routes), "ticked", G_CALLBACK (ticked_cb), self, G_CONNECT_SWAPPED);
}

/**
 * drill_window_watches_unseen:
 * @self: a window
 *
 * Returns: whether the service is to be asked for news although nobody sees the
 *   window, because somebody wants to be notified
 */
gboolean
drill_window_watches_unseen (DrillWindow *self)
{
  return self->settings != NULL && drill_notifications_wanted (self->settings, self->session) != DRILL_NOTIFY_NOTHING;
}
