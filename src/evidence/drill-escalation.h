// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

/**
 * DrillRecommended:
 * @DRILL_RECOMMENDED_NO_ACTION: acknowledged: `no_action`
 * @DRILL_RECOMMENDED_WAIT: within its SLO: `wait_for_acknowledgement`
 * @DRILL_RECOMMENDED_ESCALATE: breached: `escalate_missed_drill_notification`
 *
 * What the service recommends for a route (contract section 5).
 */
typedef enum {
  DRILL_RECOMMENDED_NO_ACTION,
  DRILL_RECOMMENDED_WAIT,
  DRILL_RECOMMENDED_ESCALATE,
} DrillRecommended;

/**
 * DrillEscalationRoute:
 * @route: its row in the route columns, or %DRILL_NONE for a required provider of a plan without decisions
 * @plan: row in the plans
 * @schedule: %DRILL_DICT_SCHEDULE
 * @provider: %DRILL_DICT_PROVIDER
 * @owner: %DRILL_DICT_OWNER
 * @state: %DRILL_DICT_STATE
 * @minutes: the SLO, minutes
 * @age_minutes: minutes with two decimals, NaN if unknown
 * @acknowledged: acknowledged or resolved
 * @breached: not acknowledged within the SLO
 * @recommended: what to do
 *
 * One route of the escalation plan.
 */
typedef struct {
  guint32          route;
  guint32          plan;
  guint32          schedule;
  guint32          provider;
  guint32          owner;
  guint32          state;
  int              minutes;
  double           age_minutes;
  gboolean         acknowledged;
  gboolean         breached;
  DrillRecommended recommended;
} DrillEscalationRoute;

/**
 * DrillEscalationCounts:
 * @n_routes: routes of the newest plan of each schedule
 * @n_outstanding: not acknowledged
 * @n_breached: not acknowledged within their SLO
 * @n_actionable: recommended action is not `no_action`
 * @next_breach_us: when the next outstanding route breaches, µs UTC, or %G_MAXINT64
 */
typedef struct {
  guint  n_routes;
  guint  n_outstanding;
  guint  n_breached;
  guint  n_actionable;
  gint64 next_breach_us;
} DrillEscalationCounts;

GArray           *drill_escalation_compute         (DrillEvidence         *evidence,
                                                    gint64                 now_us);
void              drill_escalation_count           (DrillEvidence         *evidence,
                                                    gint64                 now_us,
                                                    DrillEscalationCounts *counts);
gboolean          drill_escalation_get_route       (DrillEvidence         *evidence,
                                                    guint32                route,
                                                    gint64                 now_us,
                                                    DrillEscalationRoute  *answer);
const char       *drill_escalation_get_alert_level (const DrillEscalationCounts *counts);
const char       *drill_recommended_get_text       (DrillRecommended       recommended);

G_END_DECLS
