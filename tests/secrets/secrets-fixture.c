// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* memmem */
#include "secrets-fixture.h"

#include <string.h>

#include "base/drill-error.h"
#include "drill-test-loop.h"

static void
assert_code (const GError *error,
             int           code)
{
  if (code == NO_ERROR)
    g_assert_no_error (error);
  else
    {
      g_assert_error (error, DRILL_ERROR, code);
      g_assert_null (strstr (error->message, TOKEN));
    }
}

void
secrets_assert_store (DrillSecrets *secrets,
                      const char   *origin,
                      const char   *token,
                      int           code)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gboolean stored;

  drill_secrets_store_async (secrets, origin, "Böhmen \"1\"", token, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  stored = drill_secrets_store_finish (secrets, result, &error);
  assert_code (error, code);
  g_assert_cmpint (stored, ==, code == NO_ERROR);
}

void
secrets_assert_lookup (DrillSecrets *secrets,
                       const char   *origin,
                       const char   *token,
                       gboolean      from_keyring,
                       int           code)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *found = NULL;
  gboolean kept = -1;

  drill_secrets_lookup_async (secrets, origin, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  found = drill_secrets_lookup_finish (secrets, result, &kept, &error);
  assert_code (error, code);
  g_assert_cmpstr (found, ==, token);
  g_assert_cmpint (kept, ==, from_keyring);
}

void
secrets_assert_clear (DrillSecrets *secrets,
                      const char   *origin,
                      int           code)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gboolean cleared;

  drill_secrets_clear_async (secrets, origin, NULL, drill_test_loop_result, &result);
  drill_test_loop_await (&result);
  cleared = drill_secrets_clear_finish (secrets, result, &error);
  assert_code (error, code);
  g_assert_cmpint (cleared, ==, code == NO_ERROR);
}

/* In no file of that folder is the token to be read */
void
secrets_assert_nowhere (const char *folder,
                        const char *token,
                        guint      *n_files)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      gsize length = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        secrets_assert_nowhere (path, token, n_files);
      else if (g_file_test (path, G_FILE_TEST_IS_REGULAR) && g_file_get_contents (path, &data, &length, NULL))
        {
          g_assert_null (memmem (data, length, token, strlen (token)));
          (*n_files)++;
        }
    }
}
