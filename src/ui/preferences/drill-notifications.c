// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/drill-notifications.h"

#define MUTED "muted-connections"

/* What the settings know the connection by that is shown: a saved one by its id, others by their address */
static const char *
get_key (DrillSession *session)
{
  DrillConnection *connection = drill_session_get_connection (session);

  if (drill_session_get_shown (session) != DRILL_SHOWN_LIVE)
    return NULL;
  if (connection == NULL)
    return drill_session_get_name (session);
  if (drill_connections_find (drill_session_get_connections (session), drill_connection_get_id (connection)) != NULL)
    return drill_connection_get_id (connection);

  return drill_connection_get_url (connection);
}

/**
 * drill_notifications_can_mute:
 * @session: a session
 *
 * Returns: whether there can be notifications: what is shown is of a service
 */
gboolean
drill_notifications_can_mute (DrillSession *session)
{
  return get_key (session) != NULL;
}

/**
 * drill_notifications_get_muted:
 * @settings: the settings
 * @session: a session
 *
 * Returns: whether there are to be none for the service that is shown
 */
gboolean
drill_notifications_get_muted (GSettings    *settings,
                               DrillSession *session)
{
  const char *key = get_key (session);
  g_auto(GStrv) muted = g_settings_get_strv (settings, MUTED);

  return key != NULL && g_strv_contains ((const char *const *) muted, key);
}

/**
 * drill_notifications_set_muted:
 * @settings: the settings
 * @session: a session
 * @muted: whether there are to be none for the service that is shown
 */
void
drill_notifications_set_muted (GSettings    *settings,
                               DrillSession *session,
                               gboolean      muted)
{
  const char *key = get_key (session);
  g_auto(GStrv) before = g_settings_get_strv (settings, MUTED);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) after = NULL;

  if (key == NULL || drill_notifications_get_muted (settings, session) == !!muted)
    return;

  for (guint i = 0; before[i] != NULL; i++)
    if (!g_str_equal (before[i], key))
      g_strv_builder_add (builder, before[i]);
  if (muted)
    g_strv_builder_add (builder, key);
  after = g_strv_builder_end (builder);
  g_settings_set_strv (settings, MUTED, (const char *const *) after);
}

/**
 * drill_notifications_wanted:
 * @settings: the settings
 * @session: a session
 *
 * Returns: what there are to be notifications of for what is shown now; nothing
 *   for the sample, a file, and a connection that is muted
 */
DrillNotify
drill_notifications_wanted (GSettings    *settings,
                            DrillSession *session)
{
  DrillNotify wanted = DRILL_NOTIFY_NOTHING;

  if (!drill_notifications_can_mute (session) || drill_notifications_get_muted (settings, session))
    return DRILL_NOTIFY_NOTHING;

  if (g_settings_get_boolean (settings, "notify-breached"))
    wanted |= DRILL_NOTIFY_BREACHED;
  if (g_settings_get_boolean (settings, "notify-due"))
    wanted |= DRILL_NOTIFY_DUE;

  return wanted;
}
