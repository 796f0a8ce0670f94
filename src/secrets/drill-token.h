// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * drill_token_clean:
 * @text: (nullable): what was pasted, or read from a file
 * @error: %DRILL_ERROR_BAD_INPUT when that can be no bearer token; the message does not quote it
 *
 * Takes away blanks and line breaks, also inside, and `Bearer ` or `Authorization: Bearer ` in front.
 *
 * Returns: (transfer full) (nullable): the token
 */
char   *drill_token_clean      (const char  *text,
                                GError     **error);

/**
 * drill_token_get_expiry:
 * @token: a clean token
 *
 * Returns: when a JSON Web Token says that it expires (`exp`), µs UTC; %DRILL_TIME_UNKNOWN for
 *   other tokens. Nothing is verified: it is no more than a reason not to send it.
 */
gint64  drill_token_get_expiry (const char  *token);

/**
 * drill_token_check:
 * @token: a clean token
 * @now_us: the time, µs UTC
 * @error: %DRILL_ERROR_AUTH_REQUIRED: it has expired, and when
 */
gboolean drill_token_check     (const char  *token,
                                gint64       now_us,
                                GError     **error);

G_END_DECLS
