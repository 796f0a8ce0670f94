// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include <libsecret/secret.h>

#include "base/drill-error.h"
#include "drill-test-keyring.h"
#include "secrets-fixture.h"

#define COLLECTION "/org/freedesktop/secrets/collection/login"
#define ITEM       COLLECTION "/1"
#define SESSION    "/org/freedesktop/secrets/session/1"

/* A service like one that was never unlocked since it was started, with somebody before it who types
 * the password, or does not. Answered in the bus connection's thread, so that nothing else is touched there. */
typedef struct {
  gint locked;
  gint grants;
  gint n_asked;
} Service;

static GVariant *
get_secrets (void)
{
  return g_variant_new ("(@a{o(oayays)})",
                        g_variant_new_array (NULL, (GVariant *[]) {
                          g_variant_new_dict_entry (g_variant_new_object_path (ITEM),
                                                    g_variant_new ("(o@ay@ays)", SESSION,
                                                                   g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "", 0, 1),
                                                                   g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, TOKEN,
                                                                                              strlen (TOKEN), 1),
                                                                   "text/plain")) }, 1));
}

/* NULL for what it does not know */
static GVariant *
answer (Service      *service,
        GDBusMessage *call)
{
  const char *member = g_dbus_message_get_member (call);
  const char *path = g_dbus_message_get_path (call);
  gboolean locked = g_atomic_int_get (&service->locked);

  if (g_str_equal (member, "GetAll") && g_str_equal (path, COLLECTION))
    return g_variant_new_parsed ("({'Locked': <%b>, 'Label': <'Login'>, 'Items': <@ao []>},)", locked);
  if (g_str_equal (member, "GetAll") && g_str_equal (path, ITEM))
    return g_variant_new_parsed ("({'Locked': <%b>, 'Label': <'x'>},)", locked);
  if (g_str_equal (member, "GetAll"))
    return g_variant_new_parsed ("({'Collections': <[%o]>},)", COLLECTION);
  if (g_str_equal (member, "ReadAlias"))
    return g_variant_new ("(o)", COLLECTION);
  if (g_str_equal (member, "SearchItems"))
    return locked ? g_variant_new_parsed ("(@ao [], @ao [])") : g_variant_new_parsed ("([%o], @ao [])", ITEM);
  if (g_str_equal (member, "GetSecrets"))
    return get_secrets ();
  if (g_str_equal (member, "OpenSession"))
    {
      const char *algorithm = NULL;

      g_variant_get_child (g_dbus_message_get_body (call), 0, "&s", &algorithm);
      return g_str_equal (algorithm, "plain") ? g_variant_new ("(vo)", g_variant_new_string (""), SESSION) : NULL;
    }
  if (g_str_equal (member, "Unlock"))
    {
      g_atomic_int_inc (&service->n_asked);
      if (!g_atomic_int_get (&service->grants))
        return g_variant_new_parsed ("(@ao [], objectpath '/')");
      g_atomic_int_set (&service->locked, FALSE);
      return g_variant_new_parsed ("([%o], objectpath '/')", COLLECTION);
    }

  return NULL;
}

static GDBusMessage *
answer_cb (GDBusConnection *bus,
           GDBusMessage    *message,
           gboolean         incoming,
           gpointer         user_data)
{
  g_autoptr(GDBusMessage) reply = NULL;
  GVariant *body;

  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;

  body = answer (user_data, message);
  if (body != NULL)
    {
      reply = g_dbus_message_new_method_reply (message);
      g_dbus_message_set_body (reply, body);
    }
  else
    reply = g_dbus_message_new_method_error_literal (message, "org.freedesktop.DBus.Error.NotSupported", "not here");
  g_dbus_connection_send_message (bus, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, NULL);
  g_object_unref (message);

  return NULL;
}

/* It is asked to unlock once, and what comes of that is what counts */
static void
test_unlock (void)
{
  g_autoptr(DrillTestKeyring) keyring = drill_test_keyring_new ();
  GDBusConnection *bus = drill_test_keyring_get_bus (keyring);
  DrillSecrets *secrets = drill_secrets_new ();
  Service service = { TRUE, FALSE, 0 };
  guint filter = g_dbus_connection_add_filter (bus, answer_cb, &service, NULL);
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GError) error = NULL;

  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "RequestName", g_variant_new ("(su)", "org.freedesktop.secrets", 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  secrets_assert_lookup (secrets, ORIGIN, NULL, FALSE, DRILL_ERROR_KEYRING_LOCKED);
  g_assert_cmpint (g_atomic_int_get (&service.n_asked), ==, 1);

  g_atomic_int_set (&service.grants, TRUE);
  secrets_assert_lookup (secrets, ORIGIN, TOKEN, TRUE, NO_ERROR);
  g_assert_cmpint (g_atomic_int_get (&service.n_asked), ==, 2);
  secrets_assert_lookup (secrets, ORIGIN, TOKEN, TRUE, NO_ERROR);
  g_assert_cmpint (g_atomic_int_get (&service.n_asked), ==, 2);

  g_assert_finalize_object (secrets);
  secret_service_disconnect ();
  g_dbus_connection_remove_filter (bus, filter);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/secrets/secrets-unlock/unlock", test_unlock);

  return g_test_run ();
}
