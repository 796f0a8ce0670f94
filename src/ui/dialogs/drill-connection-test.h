// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillConnectionTest:
 *
 * Asks a service who we are and shows its answer, or what went wrong. Nothing
 * that is shown elsewhere or kept changes by it. Emits `done` when either is shown.
 */
#define DRILL_TYPE_CONNECTION_TEST (drill_connection_test_get_type ())

G_DECLARE_FINAL_TYPE (DrillConnectionTest, drill_connection_test, DRILL, CONNECTION_TEST, GtkWidget)

GtkWidget *drill_connection_test_new   (void);
void       drill_connection_test_run   (DrillConnectionTest *self,
                                        DrillSession        *session,
                                        DrillConnection     *connection,
                                        const char          *token);
void       drill_connection_test_clear (DrillConnectionTest *self);

G_END_DECLS
