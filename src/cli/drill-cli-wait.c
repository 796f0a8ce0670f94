// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-wait.h"

void
drill_cli_wait_init (DrillCliWait *self)
{
  self->loop = g_main_loop_new (NULL, FALSE);
  self->result = NULL;
}

void
drill_cli_wait_clear (DrillCliWait *self)
{
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_object (&self->result);
}

void
drill_cli_wait_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  DrillCliWait *self = user_data;

  self->result = g_object_ref (result);
  g_main_loop_quit (self->loop);
}

/**
 * drill_cli_wait_run:
 * @self: a wait whose call has begun
 *
 * Returns: (transfer none): its result, valid as long as the wait
 */
GAsyncResult *
drill_cli_wait_run (DrillCliWait *self)
{
  while (self->result == NULL)
    g_main_loop_run (self->loop);

  return self->result;
}
