// SPDX-License-Identifier: GPL-3.0-or-later
/* usage: drill-with-keyring [--locked | --absent] COMMAND [ARGS...]
 *
 * Runs a command with a session bus and a keyring of its own, and takes them
 * down afterwards. Its exit status is the command's. */
#include <string.h>

#include "drill-test-keyring.h"

int
main (int    argc,
      char **argv)
{
  gboolean locked = argc > 1 && strcmp (argv[1], "--locked") == 0;
  gboolean absent = argc > 1 && strcmp (argv[1], "--absent") == 0;
  const char *const *command = (const char *const *) argv + (locked || absent ? 2 : 1);
  g_autoptr(DrillTestKeyring) keyring = NULL;
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;

  if (*command == NULL)
    {
      g_printerr ("usage: drill-with-keyring [--locked | --absent] COMMAND [ARGS...]\n");
      return 2;
    }

  keyring = drill_test_keyring_new ();
  if (!absent)
    drill_test_keyring_start (keyring, TRUE);
  if (locked)
    {
      drill_test_keyring_kill (keyring);
      drill_test_keyring_start (keyring, FALSE);
    }

  process = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_STDIN_INHERIT, &error);
  if (process == NULL)
    {
      g_printerr ("drill-with-keyring: %s\n", error->message);
      return 127;
    }
  g_subprocess_wait (process, NULL, NULL);

  return g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                              : 128 + g_subprocess_get_term_sig (process);
}
