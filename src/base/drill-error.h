// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DRILL_ERROR:
 *
 * The one error domain of the rooms below the interface. Codes say what a
 * caller can do about it; the message is a short English detail for logs and
 * for the expert's view. Windows word the error themselves from the code.
 */
#define DRILL_ERROR (drill_error_quark ())

/**
 * DrillError:
 * @DRILL_ERROR_OFFLINE: no connection: name not resolved, refused, unreachable, dropped
 * @DRILL_ERROR_TIMED_OUT: connected, but no answer in time
 * @DRILL_ERROR_TLS: the certificate is not trusted, expired or for another host
 * @DRILL_ERROR_AUTH_REQUIRED: 401: no token, or one that is bad or expired
 * @DRILL_ERROR_FORBIDDEN: 403: the actor may not do this
 * @DRILL_ERROR_REJECTED: 400, 422 and other 4xx: the service refuses the request as it is
 * @DRILL_ERROR_NOT_FOUND: 404, or a file that does not exist
 * @DRILL_ERROR_BUSY: 429: too many requests, try later
 * @DRILL_ERROR_SERVICE: 5xx: the service failed
 * @DRILL_ERROR_BAD_REPLY: an answer that is not what the contract says (HTML, truncated, wrong shape)
 * @DRILL_ERROR_BAD_INPUT: a document or argument that cannot be read as what it should be
 * @DRILL_ERROR_TOO_LARGE: over a named limit (document, depth, items)
 * @DRILL_ERROR_CONFLICT: what is shown changed underneath
 * @DRILL_ERROR_CANCELLED: somebody pressed Cancel
 * @DRILL_ERROR_IO: reading or writing a local file failed
 * @DRILL_ERROR_KEYRING: there is no keyring, or it went away
 * @DRILL_ERROR_KEYRING_LOCKED: the keyring is locked, and was not unlocked
 * @DRILL_ERROR_READ_ONLY: the connection is for reading only: nothing was sent
 *
 * The closed list of what can go wrong.
 */
typedef enum {
  DRILL_ERROR_OFFLINE,
  DRILL_ERROR_TIMED_OUT,
  DRILL_ERROR_TLS,
  DRILL_ERROR_AUTH_REQUIRED,
  DRILL_ERROR_FORBIDDEN,
  DRILL_ERROR_REJECTED,
  DRILL_ERROR_NOT_FOUND,
  DRILL_ERROR_BUSY,
  DRILL_ERROR_SERVICE,
  DRILL_ERROR_BAD_REPLY,
  DRILL_ERROR_BAD_INPUT,
  DRILL_ERROR_TOO_LARGE,
  DRILL_ERROR_CONFLICT,
  DRILL_ERROR_CANCELLED,
  DRILL_ERROR_IO,
  DRILL_ERROR_KEYRING,
  DRILL_ERROR_KEYRING_LOCKED,
  DRILL_ERROR_READ_ONLY,
} DrillError;

GQuark   drill_error_quark        (void);
gboolean drill_error_is_transient (const GError *error);
GError  *drill_error_from_gio     (const GError *error);

G_END_DECLS
