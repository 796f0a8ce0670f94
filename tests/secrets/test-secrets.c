// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include <libsecret/secret.h>

#include "base/drill-error.h"
#include "drill-test-keyring.h"
#include "drill-test-loop.h"
#include "secrets-fixture.h"

static DrillTestKeyring *keyring;

static void
test_absent (void)
{
  DrillSecrets *secrets = drill_secrets_new ();

  secrets_assert_lookup (secrets, ORIGIN, NULL, FALSE, DRILL_ERROR_KEYRING);
  secrets_assert_store (secrets, ORIGIN, TOKEN, DRILL_ERROR_KEYRING);
  secrets_assert_clear (secrets, ORIGIN, DRILL_ERROR_KEYRING);

  /* Without a keyring one still works, until the program ends */
  drill_secrets_remember (secrets, ORIGIN, TOKEN);
  secrets_assert_lookup (secrets, ORIGIN, TOKEN, FALSE, NO_ERROR);
  secrets_assert_store (secrets, ORIGIN, "another", DRILL_ERROR_KEYRING);
  secrets_assert_lookup (secrets, ORIGIN, TOKEN, FALSE, NO_ERROR);
  secrets_assert_clear (secrets, ORIGIN, DRILL_ERROR_KEYRING);
  secrets_assert_lookup (secrets, ORIGIN, NULL, FALSE, DRILL_ERROR_KEYRING);
  g_assert_finalize_object (secrets);
}

static void
test_unlocked (void)
{
  DrillSecrets *secrets = drill_secrets_new ();
  DrillSecrets *another_start = drill_secrets_new ();
  guint n_files = 0;

  drill_test_keyring_start (keyring, TRUE);

  secrets_assert_lookup (secrets, ORIGIN, NULL, FALSE, NO_ERROR);
  secrets_assert_clear (secrets, ORIGIN, NO_ERROR);
  secrets_assert_store (secrets, ORIGIN, TOKEN, NO_ERROR);
  secrets_assert_lookup (secrets, ORIGIN, TOKEN, TRUE, NO_ERROR);
  secrets_assert_lookup (another_start, ORIGIN, TOKEN, TRUE, NO_ERROR);
  secrets_assert_lookup (secrets, "HTTPS://Cavra.Example:8443", TOKEN, TRUE, NO_ERROR);
  secrets_assert_nowhere (drill_test_keyring_get_home (keyring), TOKEN, &n_files);
  g_assert_cmpuint (n_files, >, 0);

  /* Only for who it is for */
  secrets_assert_lookup (secrets, OTHER, NULL, FALSE, NO_ERROR);
  secrets_assert_lookup (secrets, "http://cavra.example:8443", NULL, FALSE, NO_ERROR);
  secrets_assert_store (secrets, OTHER, "of the other", NO_ERROR);

  secrets_assert_store (secrets, ORIGIN, "a newer one", NO_ERROR);
  secrets_assert_lookup (another_start, ORIGIN, "a newer one", TRUE, NO_ERROR);

  secrets_assert_clear (secrets, ORIGIN, NO_ERROR);
  secrets_assert_lookup (secrets, ORIGIN, NULL, FALSE, NO_ERROR);
  secrets_assert_lookup (another_start, ORIGIN, NULL, FALSE, NO_ERROR);
  secrets_assert_lookup (secrets, OTHER, "of the other", TRUE, NO_ERROR);
  secrets_assert_clear (secrets, OTHER, NO_ERROR);

  drill_test_keyring_kill (keyring);
  g_assert_finalize_object (secrets);
  g_assert_finalize_object (another_start);
}

/* What a person sees who looks into the keyring */
static void
test_label (void)
{
  DrillSecrets *secrets = drill_secrets_new ();
  g_autoptr(GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) attributes = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *label = NULL;
  GList *found;

  drill_test_keyring_start (keyring, TRUE);
  secrets_assert_store (secrets, ORIGIN, TOKEN, NO_ERROR);

  g_hash_table_insert (wanted, (gpointer) "origin", (gpointer) ORIGIN);
  found = secret_password_searchv_sync (NULL, wanted, SECRET_SEARCH_ALL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_length (found), ==, 1);

  label = secret_retrievable_get_label (found->data);
  attributes = secret_retrievable_get_attributes (found->data);
  g_assert_cmpstr (label, ==, "Drill Console token for Böhmen \"1\" (" ORIGIN ")");
  g_assert_cmpstr (g_hash_table_lookup (attributes, "xdg:schema"), ==, "org.cavra.DrillConsole.Token");
  g_assert_cmpuint (g_hash_table_size (attributes), ==, 2);
  g_list_free_full (found, g_object_unref);

  secrets_assert_clear (secrets, ORIGIN, NO_ERROR);
  drill_test_keyring_kill (keyring);
  g_assert_finalize_object (secrets);
}

static void
test_memory_first (void)
{
  DrillSecrets *secrets = drill_secrets_new ();

  drill_test_keyring_start (keyring, TRUE);
  secrets_assert_store (secrets, ORIGIN, TOKEN, NO_ERROR);

  drill_secrets_remember (secrets, ORIGIN, "for this session");
  secrets_assert_lookup (secrets, ORIGIN, "for this session", FALSE, NO_ERROR);
  drill_secrets_remember (secrets, ORIGIN, "again");
  secrets_assert_lookup (secrets, ORIGIN, "again", FALSE, NO_ERROR);
  drill_secrets_remember (secrets, ORIGIN, NULL);
  secrets_assert_lookup (secrets, ORIGIN, TOKEN, TRUE, NO_ERROR);

  /* What is kept is what is used */
  drill_secrets_remember (secrets, ORIGIN, "an old one");
  secrets_assert_store (secrets, ORIGIN, "a new one", NO_ERROR);
  secrets_assert_lookup (secrets, ORIGIN, "a new one", TRUE, NO_ERROR);

  drill_secrets_remember (secrets, ORIGIN, "an old one");
  secrets_assert_clear (secrets, ORIGIN, NO_ERROR);
  secrets_assert_lookup (secrets, ORIGIN, NULL, FALSE, NO_ERROR);
  drill_test_keyring_kill (keyring);
  g_assert_finalize_object (secrets);
}

/* Nobody there to type the password: not the same as having no token */
static void
test_locked (void)
{
  DrillSecrets *secrets = drill_secrets_new ();

  drill_test_keyring_start (keyring, TRUE);
  secrets_assert_store (secrets, ORIGIN, TOKEN, NO_ERROR);
  secrets_assert_lookup (secrets, ORIGIN, TOKEN, TRUE, NO_ERROR);

  /* Locked while running: it still knows what it has */
  drill_test_keyring_lock (keyring);
  secrets_assert_lookup (secrets, ORIGIN, NULL, FALSE, DRILL_ERROR_KEYRING_LOCKED);
  secrets_assert_store (secrets, ORIGIN, "another", DRILL_ERROR_KEYRING_LOCKED);
  secrets_assert_clear (secrets, ORIGIN, DRILL_ERROR_KEYRING_LOCKED);
  drill_test_keyring_kill (keyring);

  /* Locked since it was started: it does not */
  drill_test_keyring_start (keyring, FALSE);
  secrets_assert_lookup (secrets, ORIGIN, NULL, FALSE, DRILL_ERROR_KEYRING_LOCKED);
  secrets_assert_lookup (secrets, OTHER, NULL, FALSE, DRILL_ERROR_KEYRING_LOCKED);
  secrets_assert_store (secrets, ORIGIN, "another", DRILL_ERROR_KEYRING_LOCKED);
  secrets_assert_store (secrets, OTHER, TOKEN, DRILL_ERROR_KEYRING_LOCKED);
  secrets_assert_clear (secrets, ORIGIN, DRILL_ERROR_KEYRING_LOCKED);
  drill_secrets_remember (secrets, ORIGIN, "for this session");
  secrets_assert_lookup (secrets, ORIGIN, "for this session", FALSE, NO_ERROR);
  drill_secrets_remember (secrets, ORIGIN, NULL);
  drill_test_keyring_kill (keyring);

  drill_test_keyring_start (keyring, TRUE);
  secrets_assert_lookup (secrets, ORIGIN, TOKEN, TRUE, NO_ERROR);
  secrets_assert_clear (secrets, ORIGIN, NO_ERROR);
  drill_test_keyring_kill (keyring);
  g_assert_finalize_object (secrets);
}

static void
test_killed_and_back (void)
{
  DrillSecrets *secrets = drill_secrets_new ();

  drill_test_keyring_start (keyring, TRUE);
  secrets_assert_store (secrets, ORIGIN, TOKEN, NO_ERROR);
  drill_test_keyring_kill (keyring);

  secrets_assert_lookup (secrets, ORIGIN, NULL, FALSE, DRILL_ERROR_KEYRING);
  secrets_assert_store (secrets, ORIGIN, "another", DRILL_ERROR_KEYRING);
  secrets_assert_clear (secrets, ORIGIN, DRILL_ERROR_KEYRING);

  drill_test_keyring_start (keyring, TRUE);
  secrets_assert_lookup (secrets, ORIGIN, TOKEN, TRUE, NO_ERROR);

  /* It was away while nobody looked: each kind of call finds the new one */
  drill_test_keyring_kill (keyring);
  drill_test_keyring_start (keyring, TRUE);
  secrets_assert_lookup (secrets, ORIGIN, TOKEN, TRUE, NO_ERROR);
  drill_test_keyring_kill (keyring);
  drill_test_keyring_start (keyring, TRUE);
  secrets_assert_store (secrets, ORIGIN, "another", NO_ERROR);
  drill_test_keyring_kill (keyring);
  drill_test_keyring_start (keyring, TRUE);
  secrets_assert_clear (secrets, ORIGIN, NO_ERROR);
  secrets_assert_lookup (secrets, ORIGIN, NULL, FALSE, NO_ERROR);
  drill_test_keyring_kill (keyring);
  g_assert_finalize_object (secrets);
}

static void
test_side_by_side (void)
{
  enum { N = 20 };
  DrillSecrets *secrets = drill_secrets_new ();
  GAsyncResult *results[N] = { NULL };

  drill_test_keyring_start (keyring, TRUE);
  for (guint i = 0; i < N; i++)
    {
      g_autofree char *origin = g_strdup_printf ("https://h%u.example", i);

      drill_secrets_store_async (secrets, origin, NULL, origin, NULL, drill_test_loop_result, &results[i]);
    }
  for (guint i = 0; i < N; i++)
    {
      g_autofree char *origin = g_strdup_printf ("https://h%u.example", i);
      g_autoptr(GError) error = NULL;

      drill_test_loop_await (&results[i]);
      g_assert_true (drill_secrets_store_finish (secrets, results[i], &error));
      g_assert_no_error (error);
      g_clear_object (&results[i]);
      drill_secrets_lookup_async (secrets, origin, NULL, drill_test_loop_result, &results[i]);
    }
  for (guint i = 0; i < N; i++)
    {
      g_autofree char *origin = g_strdup_printf ("https://h%u.example", i);
      g_autofree char *token = NULL;

      drill_test_loop_await (&results[i]);
      token = drill_secrets_lookup_finish (secrets, results[i], NULL, NULL);
      g_assert_cmpstr (token, ==, origin);
      g_clear_object (&results[i]);
      secrets_assert_clear (secrets, origin, NO_ERROR);
    }
  drill_test_keyring_kill (keyring);
  g_assert_finalize_object (secrets);
}

static GDBusMessage *
swallow_cb (GDBusConnection *bus,
            GDBusMessage    *message,
            gboolean         incoming,
            gpointer         user_data)
{
  gint *n_swallowed = user_data;

  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;

  g_object_unref (message);
  g_atomic_int_inc (n_swallowed);

  return NULL;
}

static gboolean
is_swallowed (gpointer data)
{
  return g_atomic_int_get ((gint *) data) > 0;
}

/* A keyring that does not answer, perhaps because it asks for its password */
static void
test_cancelled (void)
{
  DrillSecrets *secrets = drill_secrets_new ();
  GDBusConnection *bus = drill_test_keyring_get_bus (keyring);
  gint n_swallowed = 0;
  guint filter = g_dbus_connection_add_filter (bus, swallow_cb, &n_swallowed, NULL);
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GError) error = NULL;

  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "RequestName", g_variant_new ("(su)", "org.freedesktop.secrets", 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(GAsyncResult) result = NULL;

      g_atomic_int_set (&n_swallowed, 0);
      if (i == 0)
        drill_secrets_lookup_async (secrets, ORIGIN, cancellable, drill_test_loop_result, &result);
      else if (i == 1)
        drill_secrets_store_async (secrets, ORIGIN, NULL, TOKEN, cancellable, drill_test_loop_result, &result);
      else
        drill_secrets_clear_async (secrets, ORIGIN, cancellable, drill_test_loop_result, &result);
      drill_test_loop_until (is_swallowed, &n_swallowed);
      g_assert_null (result);
      g_cancellable_cancel (cancellable);
      drill_test_loop_await (&result);

      if (i == 0)
        g_assert_null (drill_secrets_lookup_finish (secrets, result, NULL, &error));
      else if (i == 1)
        g_assert_false (drill_secrets_store_finish (secrets, result, &error));
      else
        g_assert_false (drill_secrets_clear_finish (secrets, result, &error));
      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_CANCELLED);
      g_clear_error (&error);
    }

  g_dbus_connection_remove_filter (bus, filter);
  g_clear_pointer (&reply, g_variant_unref);
  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "ReleaseName", g_variant_new ("(s)", "org.freedesktop.secrets"), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  drill_test_keyring_kill (keyring);
  g_assert_finalize_object (secrets);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  keyring = drill_test_keyring_new ();

  g_test_add_func ("/drill/secrets/secrets/absent", test_absent);
  g_test_add_func ("/drill/secrets/secrets/unlocked", test_unlocked);
  g_test_add_func ("/drill/secrets/secrets/label", test_label);
  g_test_add_func ("/drill/secrets/secrets/memory-first", test_memory_first);
  g_test_add_func ("/drill/secrets/secrets/locked", test_locked);
  g_test_add_func ("/drill/secrets/secrets/killed-and-back", test_killed_and_back);
  g_test_add_func ("/drill/secrets/secrets/side-by-side", test_side_by_side);
  g_test_add_func ("/drill/secrets/secrets/cancelled", test_cancelled);

  status = g_test_run ();
  secret_service_disconnect ();
  drill_test_keyring_free (keyring);

  return status;
}
