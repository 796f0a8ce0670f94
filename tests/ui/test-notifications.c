// SPDX-License-Identifier: GPL-3.0-or-later

/* What the desktop is told, as it hears it: a notification service of the test's own on the private bus. */

#include "drill-program-fixture.h"

#include <string.h>

#include "app/drill-notifier.h"
#include "base/drill-time.h"
#include "drill-config.h"
#include "drill-test-server.h"

#define MINUTE DRILL_TIME_MINUTE

static const char introspection[] =
  "<node><interface name='org.freedesktop.Notifications'>"
  "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>"
  "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
  "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
  "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
  "<method name='GetServerInformation'><arg type='s' direction='out'/><arg type='s' direction='out'/>"
  "<arg type='s' direction='out'/><arg type='s' direction='out'/></method>"
  "<signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
  "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
  "</interface></node>";

/* The desktop */
static GDBusConnection *bus;
static guint n_told;
static guint n_closed;
static char *title;
static char *body;
static char **actions;

static DrillTestServer *server;

static const DrillSessionPauses patient = {
  .first_retry_ms = G_MAXINT / 2, .max_retry_ms = G_MAXINT / 2, .n_read_retries = 0, .first_read_pause_ms = 1,
};

static void
call_cb (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               data)
{
  static const char *const capabilities[] = { "actions", "body", "body-markup", NULL };

  if (g_str_equal (method, "Notify"))
    {
      g_clear_pointer (&title, g_free);
      g_clear_pointer (&body, g_free);
      g_clear_pointer (&actions, g_strfreev);
      g_variant_get_child (parameters, 3, "s", &title);
      g_variant_get_child (parameters, 4, "s", &body);
      g_variant_get_child (parameters, 5, "^as", &actions);
      n_told++;
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", 7));
    }
  else if (g_str_equal (method, "CloseNotification"))
    {
      n_closed++;
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
  else if (g_str_equal (method, "GetCapabilities"))
    {
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^as)", capabilities));
    }
  else
    {
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(ssss)", "test", "test", "1", "1.2"));
    }
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

static void
acquired_cb (GDBusConnection *connection,
             const char      *name,
             gpointer         data)
{
  *(gboolean *) data = TRUE;
}

static void
start_desktop (void)
{
  static const GDBusInterfaceVTable vtable = { .method_call = call_cb };
  g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr(GError) error = NULL;
  gboolean acquired = FALSE;

  bus = g_dbus_connection_new_for_address_sync (address,
                                                G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_dbus_connection_register_object (bus, "/org/freedesktop/Notifications", node->interfaces[0], &vtable,
                                                       NULL, NULL, &error), !=, 0);
  g_bus_own_name_on_connection (bus, "org.freedesktop.Notifications", G_BUS_NAME_OWNER_FLAGS_NONE, acquired_cb, NULL,
                                &acquired, NULL);
  drill_test_wait (is_set, &acquired, "the name on the bus");
}

/* A plan with a route that is to be acknowledged within 30 minutes, made so long before the time of the test */
static void
add_plan (const char *schedule,
          int         minutes_ago)
{
  g_autofree char *created = drill_time_format (drill_time_parse (DRILL_PROGRAM_NOW, -1) - minutes_ago * MINUTE);
  g_autofree char *item = NULL;

  item = g_strdup_printf ("{\"session_id\":\"item-%s\",\"created_at\":\"%s\",\"signer\":\"test\","
                          "\"metadata_kind\":\"go-backend-rollback-drill-notification-plan\",\"schedule_id\":\"%s\","
                          "\"plan\":{\"plan_id\":\"plan-%s\",\"schedule_id\":\"%s\",\"route_decisions\":["
                          "{\"provider\":\"slack\",\"owner\":\"<b>sre</b> & co\",\"action\":\"deliver\","
                          "\"acknowledgement_minutes\":30}]}}",
                          schedule, created, schedule, schedule, schedule);
  drill_test_server_add_item (server, item);
}

static void
add_ack (const char *schedule)
{
  g_autofree char *item = NULL;

  item = g_strdup_printf ("{\"session_id\":\"ack-%s\",\"created_at\":\"%s\",\"signer\":\"test\","
                          "\"metadata_kind\":\"go-backend-rollback-drill-notification-ack\",\"schedule_id\":\"%s\","
                          "\"provider\":\"slack\",\"acknowledgement_state\":\"acknowledged\","
                          "\"acknowledgement\":{\"schedule_id\":\"%s\",\"provider\":\"slack\","
                          "\"acknowledgement_state\":\"acknowledged\"}}",
                          schedule, DRILL_PROGRAM_NOW, schedule, schedule);
  drill_test_server_add_item (server, item);
}

static gboolean
is_live (gpointer data)
{
  return drill_session_get_shown (data) == DRILL_SHOWN_LIVE && !drill_session_get_loading (data) &&
         drill_session_get_complete (data) && drill_session_get_error (data) == NULL;
}

static gboolean
mark_cb (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Until whatever is looked at because of what just happened has been, and the
 * desktop has heard of it: what is sent to it afterwards has been answered. */
static void
settle (void)
{
  for (guint i = 0; i < 3; i++)
    {
      gboolean idle = FALSE;

      g_idle_add_full (G_PRIORITY_LOW + 10, mark_cb, &idle, NULL);
      drill_test_wait (is_set, &idle, "an idle moment");
    }
}

typedef struct {
  guint *count;
  guint  wanted;
} Count;

static gboolean
is_counted (gpointer data)
{
  Count *count = data;

  return *count->count >= count->wanted;
}

static void
ask_bus (GDBusConnection *connection)
{
  g_autoptr(GVariant) answer = NULL;
  g_autoptr(GError) error = NULL;

  answer = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                        "GetId", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

/* And until the program knows that it was: before, it could not take it back */
static void
wait_told (guint n)
{
  Count count = { &n_told, n };

  drill_test_wait (is_counted, &count, "a notification");
  g_assert_cmpuint (n_told, ==, n);
  ask_bus (bus);
  ask_bus (g_application_get_dbus_connection (g_application_get_default ()));
  settle ();
}

static void
wait_closed (guint n)
{
  Count count = { &n_closed, n };

  drill_test_wait (is_counted, &count, "a notification to be withdrawn");
}

static void
set_minutes (DrillProgram *program,
             int           minutes)
{
  drill_clock_set (program->clock, drill_time_parse (DRILL_PROGRAM_NOW, -1) + minutes * MINUTE);
  settle ();
}

typedef struct {
  DrillSession    *session;
  DrillRouteTable *table;
} Refresh;

static gboolean
is_refreshed (gpointer data)
{
  Refresh *refresh = data;

  return drill_session_get_table (refresh->session) != refresh->table && !drill_session_get_loading (refresh->session);
}

static void
refresh (DrillProgram *program)
{
  g_autoptr(DrillRouteTable) before = drill_route_table_ref (drill_session_get_table (program->session));
  Refresh wanted = { program->session, before };

  drill_session_refresh (program->session);
  drill_test_wait (is_refreshed, &wanted, "news of the service");
  settle ();
}

static void
run (const char *first,
     const char *second,
     void      (*test) (gpointer program))
{
  const char *const arguments[] = { first, second, NULL };

  n_told = n_closed = 0;
  drill_program_forget ();
  drill_program_run (arguments, test);
}

static void
run_live (void (*test) (gpointer program))
{
  server = drill_test_server_new ();
  drill_test_server_set_time (server, drill_time_parse (DRILL_PROGRAM_NOW, -1));
  add_plan ("late", 100);
  add_plan ("soon", 20);
  add_plan ("new", 0);
  run ("--server", drill_test_server_get_url (server), test);
  g_clear_pointer (&server, drill_test_server_free);
}

/* Time goes on */

static void
check_time (gpointer data)
{
  DrillProgram *program = data;
  gboolean idle = FALSE;

  drill_session_set_pauses (program->session, &patient);
  drill_test_wait (is_live, program->session, "the service");
  settle ();
  /* What was late or nearly so from the first is no news */
  g_assert_cmpuint (n_told, ==, 0);

  set_minutes (program, 5);
  g_assert_cmpuint (n_told, ==, 0);
  set_minutes (program, 10);
  wait_told (1);
  g_assert_cmpstr (title, ==, "1 route breached its SLO");
  /* Names are never markup, whatever the desktop takes them for */
  g_assert_cmpstr (body, ==, "soon, slack, ‹b›sre‹/b› ＆ co: < 1 min overdue");
  g_assert_true (g_strv_contains ((const char *const *) actions, "Show"));

  set_minutes (program, 11);
  g_assert_cmpuint (n_told, ==, 1);
  set_minutes (program, 15);
  wait_told (2);
  g_assert_cmpstr (title, ==, "1 route is about to breach its SLO");
  g_assert_cmpstr (body, ==, "new, slack, ‹b›sre‹/b› ＆ co: 14 min left"); /* and 59.7 s, contract section 5 */

  /* Show leads to the routes it told of */
  g_action_group_activate_action (G_ACTION_GROUP (program->application), "show-slo",
                                  g_variant_new_strv ((const char *[]) { "breached", NULL }, -1));
  g_assert_cmpuint (drill_program_get_n_rows (program), ==, 2);
  wait_closed (1);
  g_idle_add (mark_cb, &idle);
  drill_test_wait (is_set, &idle, "an idle moment");
}

static void
test_time (void)
{
  run_live (check_time);
}

/* News of the service */

static void
check_refresh (gpointer data)
{
  DrillProgram *program = data;

  drill_session_set_pauses (program->session, &patient);
  drill_test_wait (is_live, program->session, "the service");
  settle ();

  /* All of one refresh in one notification, with the worst of them */
  add_plan ("older", 300);
  add_plan ("old", 200);
  add_plan ("nearly", 25);
  refresh (program);
  wait_told (1);
  g_assert_cmpstr (title, ==, "2 routes breached their SLO");
  g_assert_cmpstr (body, ==, "older, slack, ‹b›sre‹/b› ＆ co: 4 h 30 min overdue\n1 more is about to.");

  /* Resolved one after another: it is taken back with the last */
  add_ack ("older");
  add_ack ("old");
  refresh (program);
  g_assert_cmpuint (n_closed, ==, 0);
  add_ack ("nearly");
  refresh (program);
  wait_closed (1);
  g_assert_cmpuint (n_told, ==, 1);
}

static void
test_refresh (void)
{
  run_live (check_refresh);
}

/* Turned off */

static void
check_off (gpointer data)
{
  DrillProgram *program = data;
  g_autoptr(GSettings) settings = g_settings_new (DRILL_APP_ID);

  drill_session_set_pauses (program->session, &patient);
  drill_test_wait (is_live, program->session, "the service");
  settle ();
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (program->window), "notify"));

  /* For this connection */
  g_action_group_change_action_state (G_ACTION_GROUP (program->window), "notify", g_variant_new_boolean (FALSE));
  set_minutes (program, 10);
  g_assert_cmpuint (n_told, ==, 0);

  /* Turned on again, it begins with what comes now */
  g_action_group_change_action_state (G_ACTION_GROUP (program->window), "notify", g_variant_new_boolean (TRUE));
  set_minutes (program, 11);
  g_assert_cmpuint (n_told, ==, 0);

  /* One of the two */
  g_settings_set_boolean (settings, "notify-due", FALSE);
  set_minutes (program, 20);
  g_assert_cmpuint (n_told, ==, 0);
  set_minutes (program, 30);
  wait_told (1);
  g_assert_cmpstr (title, ==, "1 route breached its SLO");

  g_settings_set_boolean (settings, "notify-breached", FALSE);
  wait_closed (1);
}

static void
test_off (void)
{
  run_live (check_off);
}

/* Neither of the sample nor of a file */

static void
check_not_live (gpointer data)
{
  DrillProgram *program = data;

  settle ();
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (program->window), "notify"));
  set_minutes (program, 24 * 60);
  set_minutes (program, 48 * 60);
  g_assert_cmpuint (n_told, ==, 0);
}

static void
test_not_live (void)
{
  g_autofree char *path = drill_test_conformance_path ("medium/history.json");

  run ("--sample", NULL, check_not_live);
  run ("--file", path, check_not_live);
}

int
main (int    argc,
      char **argv)
{
  int status;

  drill_test_init (&argc, &argv);
  start_desktop ();

  g_test_add_func ("/drill/ui/notifications/time", test_time);
  g_test_add_func ("/drill/ui/notifications/refresh", test_refresh);
  g_test_add_func ("/drill/ui/notifications/off", test_off);
  g_test_add_func ("/drill/ui/notifications/not-live", test_not_live);

  status = g_test_run ();
  g_clear_pointer (&title, g_free);
  g_clear_pointer (&body, g_free);
  g_clear_pointer (&actions, g_strfreev);
  g_object_unref (bus);

  return status;
}
