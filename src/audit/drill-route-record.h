// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

/**
 * DrillRouteRecord:
 *
 * One route row with everything drillctl and exports print of it. Texts are
 * borrowed from the evidence; numbers as in contract sections 4 and 5.
 */
typedef struct {
  char        route_id[64];
  const char *created_at;
  const char *plan_id;
  const char *schedule_id;
  const char *alert_level;
  const char *provider;
  const char *owner;
  const char *escalation_owner;
  const char *action;
  const char *category;
  const char *reason;
  gint32      acknowledgement_minutes; /* DRILL_MINUTES_NONE: null */
  const char *maintenance_window_id;
  const char *maintenance_window_reason;
  gboolean    owner_available;
  const char *owner_availability_reason;
  const char *next_due_at;
  gboolean    current;
  const char *acknowledgement_state;   /* "" when the row is not delivered */
  gboolean    acknowledged;
  const char *acknowledged_by;
  const char *acknowledged_at;
  const char *external_ref;
  gboolean    predates_plan;
  gboolean    judged;                  /* whether the next three are known, else null */
  double      age_minutes;             /* NaN: null */
  gboolean    breached;
  const char *recommended_action;
} DrillRouteRecord;

void drill_route_record_read              (DrillRouteRecord       *record,
                                           DrillEvidence          *evidence,
                                           guint32                 route,
                                           gint64                  now_us);
void drill_route_record_append_json       (const DrillRouteRecord *record,
                                           GString                *text);
void drill_route_record_append_csv_header (GString                *text);
void drill_route_record_append_csv        (const DrillRouteRecord *record,
                                           const char             *data_source,
                                           GString                *text);
void drill_route_append_age               (GString                *text,
                                           double                  age_minutes);

G_END_DECLS
