// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/drill-error.h"
#include "cli/drill-cli-output.h"

/* Beside the journal, one for each service; its name tells nothing of it */
static char *
dup_path (const char *origin)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, origin, -1);
  g_autofree char *name = g_strdup_printf ("drillctl-%.16s.lock", digest);
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "drill-console", NULL);

  g_mkdir_with_parents (folder, 0700);

  return g_build_filename (folder, name, NULL);
}

/**
 * drill_cli_lock_take:
 * @options: the options
 * @origin: which service
 * @error: %DRILL_ERROR_IO
 *
 * Waits until no other drillctl of this user writes to @origin. Two that choose
 * the same routes at the same time would record them twice; one after the other,
 * the second sees what the first has done. The system lets go of it when the
 * process ends, however that happens.
 *
 * Returns: a descriptor to close, or -1
 */
int
drill_cli_lock_take (const DrillCliOptions  *options,
                     const char             *origin,
                     GError                **error)
{
  g_autofree char *path = dup_path (origin);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    {
      drill_cli_note (options, _("waiting for another drillctl that writes to this service"));
      while (flock (fd, LOCK_EX) != 0 && errno == EINTR)
        continue;
    }

  if (fd < 0)
    g_set_error (error, DRILL_ERROR, DRILL_ERROR_IO, "%s: %s", path, g_strerror (errno));

  return fd;
}
