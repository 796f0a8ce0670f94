// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

/**
 * DrillReplay:
 *
 * What the rules of contract section 5 would have said at each moment of the
 * past: when each plan was the newest of its schedule, and which
 * acknowledgements there were. Borrows the evidence; not shared between threads.
 */
typedef struct _DrillReplay DrillReplay;

/**
 * DrillReplayAck:
 * @us: from when it counts, µs UTC
 * @ack: its row in the acknowledgements
 *
 * One acknowledgement of a schedule and provider.
 */
typedef struct {
  gint64  us;
  guint32 ack;
} DrillReplayAck;

/**
 * DrillReplayRoute:
 * @plan: row in the plans
 * @owner: %DRILL_DICT_OWNER
 * @pair: the (schedule, provider) that acknowledgements name, or %DRILL_NONE
 * @current: its plan is the newest of its schedule
 * @timed: whether all times are known that say when it was open; without, only its state now is
 * @begin_us: when it was planned, µs UTC
 * @end_us: when a newer plan of the schedule took its place, µs UTC, or %G_MAXINT64
 * @deadline_us: when it breaches, µs UTC
 * @slo_us: its SLO, µs
 *
 * One route that is, or once was, in the escalation plan.
 */
typedef struct {
  guint32  plan;
  guint32  owner;
  guint32  pair;
  gboolean current;
  gboolean timed;
  gint64   begin_us;
  gint64   end_us;
  gint64   deadline_us;
  gint64   slo_us;
} DrillReplayRoute;

typedef void (*DrillReplayFunc) (const DrillReplayRoute *route,
                                 gpointer                data);

DrillReplay          *drill_replay_new      (DrillEvidence         *evidence);
void                  drill_replay_free     (DrillReplay           *self);
const DrillReplayAck *drill_replay_get_acks (DrillReplay           *self,
                                             guint32                pair,
                                             guint                 *n_acks);
void                  drill_replay_foreach  (DrillReplay           *self,
                                             DrillReplayFunc        func,
                                             gpointer               data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillReplay, drill_replay_free)

G_END_DECLS
