// SPDX-License-Identifier: GPL-3.0-or-later

/* How an operation waits, and is woken when it is cancelled */

#include "session/drill-operation-private.h"

typedef struct {
  guint timer;
  gulong cancelled_id;
} Pause;

static gboolean
pause_over_cb (gpointer data)
{
  GTask *task = data;
  Pause *pause = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  pause->timer = 0;
  g_cancellable_disconnect (cancellable, pause->cancelled_id);
  if (g_cancellable_is_cancelled (cancellable))
    g_task_return_new_error (task, DRILL_ERROR, DRILL_ERROR_CANCELLED, "cancelled");
  else
    g_task_return_boolean (task, TRUE);

  return G_SOURCE_REMOVE;
}

static void
pause_cancelled_cb (GCancellable *cancellable,
                    gpointer      data)
{
  GTask *task = data;
  Pause *pause = g_task_get_task_data (task);

  /* Not from within the signal: the handler could not be taken away there */
  g_clear_handle_id (&pause->timer, g_source_remove);
  pause->timer = g_idle_add_full (G_PRIORITY_DEFAULT, pause_over_cb, g_object_ref (task), g_object_unref);
}

void
drill_operation_pause_async (DrillOperation      *self,
                             guint                ms,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Pause *pause = g_new0 (Pause, 1);

  g_task_set_source_tag (task, drill_operation_pause_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, pause, g_free);
  pause->timer = g_timeout_add_full (G_PRIORITY_DEFAULT, ms, pause_over_cb, g_object_ref (task), g_object_unref);
  if (cancellable != NULL)
    pause->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (pause_cancelled_cb), task, NULL);
}

gboolean
drill_operation_pause_finish (DrillOperation  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
