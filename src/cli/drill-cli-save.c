// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-save.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "audit/drill-package-files.h"

/* Where the bytes really go: a link keeps pointing to what is replaced. */
static char *
resolve (const char *path)
{
  char *resolved = realpath (path, NULL);
  char *copy = g_strdup (resolved != NULL ? resolved : path);

  free (resolved);

  return copy;
}

static gboolean
fail (GError     **error,
      const char  *path,
      int          code)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (code), "%s: %s", name, g_strerror (code));

  return FALSE;
}

/**
 * drill_cli_save_check:
 * @path: where something will be saved
 * @error: why that cannot work
 *
 * Finds out before the service is asked for what could not be saved.
 *
 * Returns: %TRUE when nothing is in the way, as far as can be seen
 */
gboolean
drill_cli_save_check (const char  *path,
                      GError     **error)
{
  g_autofree char *target = resolve (path);
  g_autofree char *folder = g_path_get_dirname (target);
  GStatBuf info;

  if (g_stat (target, &info) == 0 && !S_ISREG (info.st_mode))
    return fail (error, path, S_ISDIR (info.st_mode) ? EISDIR : EINVAL);

  if (g_access (folder, W_OK | X_OK) != 0)
    return fail (error, folder, errno);

  return TRUE;
}

static gboolean
save (const char  *path,
      const char  *data,
      gsize        length,
      GError     **error)
{
  g_autofree char *target = resolve (path);

  return g_file_set_contents_full (target, data, (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, error);
}

/**
 * drill_cli_save_dup_checksum_path:
 * @path: a file
 *
 * Returns: (transfer full): the file beside it that has its checksum
 */
char *
drill_cli_save_dup_checksum_path (const char *path)
{
  return g_strconcat (path, ".sha256", NULL);
}

/**
 * drill_cli_save:
 * @path: where to; what was there before is replaced
 * @bytes: what
 * @error: a #GFileError
 *
 * Saves @bytes as a whole or not at all, on the disk when it returns, and a
 * `.sha256` beside it that `sha256sum -c` reads.
 *
 * Returns: %TRUE when both are saved
 */
gboolean
drill_cli_save (const char  *path,
                GBytes      *bytes,
                GError     **error)
{
  g_autofree char *checksum_path = drill_cli_save_dup_checksum_path (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *line = drill_package_checksum_line (bytes, name);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return drill_cli_save_check (path, error) && drill_cli_save_check (checksum_path, error) &&
         save (path, data, length, error) && save (checksum_path, line, strlen (line), error);
}
