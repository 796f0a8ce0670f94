// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DrillTestKeyring:
 *
 * A session bus on which nothing is activated, and gnome-keyring with a home of
 * its own, that comes and goes as told. Its collection is kept over restarts.
 */
typedef struct _DrillTestKeyring DrillTestKeyring;

DrillTestKeyring *drill_test_keyring_new       (void);
const char       *drill_test_keyring_get_home  (DrillTestKeyring *self);
GDBusConnection  *drill_test_keyring_get_bus   (DrillTestKeyring *self);
void              drill_test_keyring_start     (DrillTestKeyring *self,
                                                gboolean          unlocked);
void              drill_test_keyring_lock      (DrillTestKeyring *self);
void              drill_test_keyring_kill      (DrillTestKeyring *self);
void              drill_test_keyring_free      (DrillTestKeyring *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillTestKeyring, drill_test_keyring_free)

G_END_DECLS
