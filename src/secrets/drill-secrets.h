// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DrillSecrets:
 *
 * The bearer tokens, one for each origin: in the system keyring, or in memory
 * for as long as the program runs. Never anywhere else. The memory goes first:
 * a token for this session only hides the one in the keyring.
 *
 * Errors are %DRILL_ERROR_KEYRING (no service, or it went away),
 * %DRILL_ERROR_KEYRING_LOCKED (locked, and not unlocked when the keyring asked)
 * and %DRILL_ERROR_CANCELLED.
 */
#define DRILL_TYPE_SECRETS (drill_secrets_get_type ())

G_DECLARE_FINAL_TYPE (DrillSecrets, drill_secrets, DRILL, SECRETS, GObject)

DrillSecrets *drill_secrets_new           (void);

/**
 * drill_secrets_lookup_async:
 * @origin: `https://host:port` as drill_base_url_get_origin() has it
 *
 * A locked keyring is asked to unlock, once, which lets its own dialog appear; a cancelled
 * @cancellable takes that away. A keyring that went away and came back is found by itself.
 */
void          drill_secrets_lookup_async  (DrillSecrets         *self,
                                           const char           *origin,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
/**
 * drill_secrets_lookup_finish:
 * @from_keyring: (out) (optional): whether it is kept beyond this session
 *
 * Returns: (transfer full) (nullable): the token, to be freed with g_free() or, better, overwritten
 *   first; %NULL without an error when there is none
 */
char         *drill_secrets_lookup_finish (DrillSecrets         *self,
                                           GAsyncResult         *result,
                                           gboolean             *from_keyring,
                                           GError              **error);

/**
 * drill_secrets_store_async:
 * @name: (nullable): the connection's name, for the label that a person sees in the keyring
 *
 * Takes the place of one that was kept or remembered for @origin. When it fails both stay as they were.
 */
void          drill_secrets_store_async   (DrillSecrets         *self,
                                           const char           *origin,
                                           const char           *name,
                                           const char           *token,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean      drill_secrets_store_finish  (DrillSecrets         *self,
                                           GAsyncResult         *result,
                                           GError              **error);

/**
 * drill_secrets_clear_async:
 *
 * Forgets the token of @origin, in memory at once and in the keyring. One that was not there is no
 * error; one that may still be there, because the keyring is locked or gone, is.
 */
void          drill_secrets_clear_async   (DrillSecrets         *self,
                                           const char           *origin,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean      drill_secrets_clear_finish  (DrillSecrets         *self,
                                           GAsyncResult         *result,
                                           GError              **error);

/**
 * drill_secrets_remember:
 * @token: (nullable): for this session only, in memory; %NULL to forget it
 */
void          drill_secrets_remember      (DrillSecrets         *self,
                                           const char           *origin,
                                           const char           *token);

G_END_DECLS
