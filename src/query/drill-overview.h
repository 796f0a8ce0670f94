// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"
#include "query/drill-time-buckets.h"

G_BEGIN_DECLS

/**
 * DrillAckTime:
 * @DRILL_ACK_TIME_25: acknowledged within a quarter of the SLO; likewise the two that follow
 * @DRILL_ACK_TIME_50: within half of it
 * @DRILL_ACK_TIME_75: within three quarters
 * @DRILL_ACK_TIME_100: before the route breached
 * @DRILL_ACK_TIME_150: after it breached, within 150 % of the SLO
 * @DRILL_ACK_TIME_200: within twice the SLO
 * @DRILL_ACK_TIME_MORE: later still
 * @DRILL_ACK_TIME_PREDATES: closed by an acknowledgement from before its plan, or for another plan: it took no time that could be told
 * @DRILL_ACK_TIME_NEVER: not acknowledged when a newer plan took its place
 * @DRILL_ACK_TIME_NOT_YET: not acknowledged now
 *
 * How long it took to acknowledge a route, as a share of its SLO.
 */
typedef enum {
  DRILL_ACK_TIME_25,
  DRILL_ACK_TIME_50,
  DRILL_ACK_TIME_75,
  DRILL_ACK_TIME_100,
  DRILL_ACK_TIME_150,
  DRILL_ACK_TIME_200,
  DRILL_ACK_TIME_MORE,
  DRILL_ACK_TIME_PREDATES,
  DRILL_ACK_TIME_NEVER,
  DRILL_ACK_TIME_NOT_YET,
  DRILL_N_ACK_TIMES
} DrillAckTime;

/**
 * DrillOwnerCount:
 * @owner: %DRILL_DICT_OWNER, or %DRILL_NONE for all other owners together
 * @n_owners: owners that it is of: 1, but for the others
 * @n_breached: not acknowledged within the SLO
 * @n_waiting: not acknowledged, the SLO not over
 * @n_acknowledged: acknowledged or resolved
 *
 * The routes of the escalation plan of one owner, as of now.
 */
typedef struct {
  guint32 owner;
  guint   n_owners;
  guint   n_breached;
  guint   n_waiting;
  guint   n_acknowledged;
} DrillOwnerCount;

/**
 * DrillOverview:
 * @now_us: the time it is of, µs UTC
 * @n_routes: routes of the escalation plan now
 * @buckets: the time from the first plan, or from where it was asked, to @now_us; none if there was nothing yet
 * @outstanding: routes that were outstanding at the end of each bucket, and now for the last
 * @breached: those of them that were over their SLO
 * @n_left_out: routes of the escalation plan that are in none of it but @owners: a time is missing or after @now_us
 * @ack_times: by #DrillAckTime, the routes planned in the time that was asked for
 * @owners: (element-type DrillOwnerCount): most breached first, then most waiting, then most routes; the others last
 *
 * What the overview shows, computed with contract section 5 at each moment: at
 * time t a route is of the escalation plan if it is to be delivered, its plan
 * was made by then and was the newest of its schedule. It is outstanding from
 * when it was planned until the newest acknowledgement of its schedule and
 * provider by then is `acknowledged` or `resolved`, and again when one with
 * another state follows; it is breached from its deadline for as long as it is
 * outstanding. An acknowledgement from before the plan closes it from the
 * start, as it does for the service. So the last values are the metrics of the
 * same time.
 */
typedef struct {
  gint64           now_us;
  guint            n_routes;
  DrillTimeBuckets buckets;
  guint           *outstanding;
  guint           *breached;
  guint            n_left_out;
  guint            ack_times[DRILL_N_ACK_TIMES];
  GArray          *owners;
} DrillOverview;

DrillOverview *drill_overview_compute (DrillEvidence *evidence,
                                       gint64         now_us,
                                       gint64         from_us,
                                       guint          most_owners);
void           drill_overview_free    (DrillOverview *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillOverview, drill_overview_free)

G_END_DECLS
