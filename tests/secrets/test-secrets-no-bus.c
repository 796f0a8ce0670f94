// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/drill-error.h"
#include "secrets-fixture.h"

/* A machine without a desktop: the memory is all there is, and nothing waits or ends the program */
static void
test_no_bus (void)
{
  DrillSecrets *secrets = drill_secrets_new ();

  secrets_assert_lookup (secrets, ORIGIN, NULL, FALSE, DRILL_ERROR_KEYRING);
  secrets_assert_store (secrets, ORIGIN, TOKEN, DRILL_ERROR_KEYRING);
  secrets_assert_clear (secrets, ORIGIN, DRILL_ERROR_KEYRING);
  drill_secrets_remember (secrets, ORIGIN, TOKEN);
  secrets_assert_lookup (secrets, ORIGIN, TOKEN, FALSE, NO_ERROR);
  g_assert_finalize_object (secrets);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);

  g_test_add_func ("/drill/secrets/secrets-no-bus/no-bus", test_no_bus);

  return g_test_run ();
}
