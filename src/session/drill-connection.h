// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DrillConnection:
 *
 * A service and how to work with it. Immutable; holds no secret.
 */
#define DRILL_TYPE_CONNECTION (drill_connection_get_type ())

G_DECLARE_FINAL_TYPE (DrillConnection, drill_connection, DRILL, CONNECTION, GObject)

/**
 * drill_connection_new:
 * @id: (nullable): what a saved one is known by; %NULL makes a new one
 * @name: (nullable): what a person calls it; the host for %NULL or ""
 * @url: base URL, as typed; one with a user name, password, query or fragment is refused
 * @ca_file: (nullable) (type filename): authorities to trust besides the system's; made absolute
 * @actor: (nullable): who one is, for services without OIDC (contract section 1)
 * @read_only: whether no write may leave the program
 * @error: %DRILL_ERROR_BAD_INPUT: the URL is none, or @id no id; quotes neither
 *
 * Returns: (transfer full) (nullable): the connection
 */
DrillConnection *drill_connection_new           (const char       *id,
                                                 const char       *name,
                                                 const char       *url,
                                                 const char       *ca_file,
                                                 const char       *actor,
                                                 gboolean          read_only,
                                                 GError          **error);
const char      *drill_connection_get_id        (DrillConnection  *self);
const char      *drill_connection_get_name      (DrillConnection  *self);
const char      *drill_connection_get_url       (DrillConnection  *self);
const char      *drill_connection_get_origin    (DrillConnection  *self);
const char      *drill_connection_get_ca_file   (DrillConnection  *self);
const char      *drill_connection_get_actor     (DrillConnection  *self);
gboolean         drill_connection_get_read_only (DrillConnection  *self);

G_END_DECLS
