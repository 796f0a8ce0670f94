// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DrillCliWait:
 *
 * One asynchronous call, waited for: a command does one thing at a time. Give
 * drill_cli_wait_cb() and the wait to the call, and run it.
 */
typedef struct {
  GMainLoop    *loop;
  GAsyncResult *result;
} DrillCliWait;

void          drill_cli_wait_init  (DrillCliWait *self);
void          drill_cli_wait_clear (DrillCliWait *self);
void          drill_cli_wait_cb    (GObject      *source,
                                    GAsyncResult *result,
                                    gpointer      user_data);
GAsyncResult *drill_cli_wait_run   (DrillCliWait *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DrillCliWait, drill_cli_wait_clear)

G_END_DECLS
