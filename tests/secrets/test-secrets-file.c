// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>

#include "base/drill-error.h"
#include "secrets-fixture.h"

/* Asked by the leak sanitizer, when there is one: libsecret 0.20 loses a little
 * of each file that it writes, in places that cannot be told from ours. That
 * we lose nothing is seen by what must be gone at the end of each test. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}

/* As in a sandbox, where libsecret keeps an encrypted file and there is no service */
static void
test_file (void)
{
  DrillSecrets *secrets = drill_secrets_new ();
  g_autofree char *folder = g_path_get_dirname (g_getenv ("SECRET_FILE_TEST_PATH"));
  guint n_files = 0;

  secrets_assert_lookup (secrets, ORIGIN, NULL, FALSE, NO_ERROR);
  secrets_assert_store (secrets, ORIGIN, TOKEN, NO_ERROR);
  secrets_assert_store (secrets, OTHER, "of the other", NO_ERROR);
  secrets_assert_lookup (secrets, ORIGIN, TOKEN, TRUE, NO_ERROR);
  secrets_assert_nowhere (folder, TOKEN, &n_files);
  g_assert_cmpuint (n_files, >, 0);

  secrets_assert_clear (secrets, ORIGIN, NO_ERROR);
  secrets_assert_lookup (secrets, ORIGIN, NULL, FALSE, NO_ERROR);
  secrets_assert_lookup (secrets, OTHER, "of the other", TRUE, NO_ERROR);
  g_assert_finalize_object (secrets);
}

static void
remove_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = NULL, *path = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);

  folder = g_dir_make_tmp ("drill-secrets-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (folder, "keyring", NULL);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "password", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);

  g_test_add_func ("/drill/secrets/secrets-file/file", test_file);

  status = g_test_run ();
  remove_folder (folder);

  return status;
}
