// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/drill-error.h"

G_DEFINE_QUARK (drill-error-quark, drill_error)

static DrillError
code_for_gio (const GError *error)
{
  if (error->domain == G_TLS_ERROR)
    return DRILL_ERROR_TLS;

  if (error->domain == G_RESOLVER_ERROR)
    return DRILL_ERROR_OFFLINE;

  if (error->domain == G_FILE_ERROR)
    return error->code == G_FILE_ERROR_NOENT ? DRILL_ERROR_NOT_FOUND : DRILL_ERROR_IO;

  if (error->domain != G_IO_ERROR)
    return DRILL_ERROR_IO;

  switch (error->code)
    {
    case G_IO_ERROR_CANCELLED:
      return DRILL_ERROR_CANCELLED;

    case G_IO_ERROR_TIMED_OUT:
      return DRILL_ERROR_TIMED_OUT;

    case G_IO_ERROR_NOT_FOUND:
      return DRILL_ERROR_NOT_FOUND;

    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_CONNECTION_CLOSED: /* the same value as BROKEN_PIPE */
    case G_IO_ERROR_NOT_CONNECTED:
    case G_IO_ERROR_PROXY_FAILED:
      return DRILL_ERROR_OFFLINE;

    default:
      return DRILL_ERROR_IO;
    }
}

/**
 * drill_error_is_transient:
 * @error: an error
 *
 * Tells whether a read that failed with @error may succeed when it is sent
 * again a little later. Writes are never decided by this: they are sent once.
 *
 * Returns: %TRUE for offline, timed-out, busy and service errors
 */
gboolean
drill_error_is_transient (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  return g_error_matches (error, DRILL_ERROR, DRILL_ERROR_OFFLINE) ||
         g_error_matches (error, DRILL_ERROR, DRILL_ERROR_TIMED_OUT) ||
         g_error_matches (error, DRILL_ERROR, DRILL_ERROR_BUSY) ||
         g_error_matches (error, DRILL_ERROR, DRILL_ERROR_SERVICE);
}

/**
 * drill_error_from_gio:
 * @error: an error of GIO, GLib or already of this domain
 *
 * Translates an error of the system into one of ours, keeping its message.
 *
 * Returns: (transfer full): the same problem as a %DRILL_ERROR
 */
GError *
drill_error_from_gio (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == DRILL_ERROR)
    return g_error_copy (error);

  return g_error_new_literal (DRILL_ERROR, code_for_gio (error), error->message);
}
