// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-connection.h"

G_BEGIN_DECLS

/**
 * DrillConnections:
 *
 * The saved connections: a #GListModel of #DrillConnection in the order they
 * were added, kept in a key file (0600, replaced atomically). Another process
 * may change the file: each change here begins by reading it again. Groups and
 * keys that are not understood, and connections that cannot be used, stay in it.
 */
#define DRILL_TYPE_CONNECTIONS (drill_connections_get_type ())

G_DECLARE_FINAL_TYPE (DrillConnections, drill_connections, DRILL, CONNECTIONS, GObject)

/**
 * drill_connections_new:
 * @path: (nullable) (type filename): the key file; %NULL for the user's,
 *   `drill-console/connections.ini` in the configuration directory. One that does
 *   not exist is empty; one that cannot be read is left alone and an error is kept.
 */
DrillConnections *drill_connections_new         (const char        *path);
/**
 * drill_connections_get_error:
 *
 * Returns: (nullable): why the file could not be read the last time: %DRILL_ERROR_IO, or
 *   %DRILL_ERROR_BAD_INPUT when it is no key file. It is not written over then.
 */
const GError     *drill_connections_get_error   (DrillConnections  *self);

/**
 * drill_connections_save:
 * @connection: added, or put in the place of the one with its id
 * @error: %DRILL_ERROR_IO: it is not saved, and the list is as before
 */
gboolean          drill_connections_save        (DrillConnections  *self,
                                                 DrillConnection   *connection,
                                                 GError           **error);
/**
 * drill_connections_remove:
 * @id: of one that is, or no longer is, saved. Its token is another matter (drill_session_forget_async())
 * @error: %DRILL_ERROR_IO: the list is as before
 */
gboolean          drill_connections_remove      (DrillConnections  *self,
                                                 const char        *id,
                                                 GError           **error);
/**
 * drill_connections_find:
 *
 * Returns: (transfer none) (nullable): the one with that id
 */
DrillConnection  *drill_connections_find        (DrillConnections  *self,
                                                 const char        *id);
/**
 * drill_connections_find_name:
 *
 * Returns: (transfer none) (nullable): the first of that name; names need not be unique
 */
DrillConnection  *drill_connections_find_name   (DrillConnections  *self,
                                                 const char        *name);
/**
 * drill_connections_shares_origin:
 *
 * Returns: whether another saved connection has the origin of @connection, and so its token
 */
gboolean          drill_connections_shares_origin (DrillConnections *self,
                                                   DrillConnection  *connection);

G_END_DECLS
