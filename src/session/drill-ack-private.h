// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-ack-list.h"

G_BEGIN_DECLS

/* What an acknowledgement operation is, and how it is run */

struct _DrillAckOperation
{
  DrillOperation parent_instance;

  DrillAckList *list;
  char *state;
  char *actor;
  char *reference;
  char *notes;
};

/* Entries that have no end yet */
guint drill_ack_operation_count_open      (DrillAckOperation   *self);
void  drill_ack_operation_update_progress (DrillAckOperation   *self);

/* drill-ack-run.c: ended with g_task_propagate_boolean() */
void  drill_ack_operation_start           (DrillAckOperation   *self,
                                           gboolean             check_only,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);

G_END_DECLS
