// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/routes/drill-route-column.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "base/drill-time.h"
#include "evidence/drill-escalation.h"
#include "ui/common/drill-format.h"
#include "ui/common/drill-label.h"

static const DrillRouteColumnInfo columns[] = {
  { DRILL_KEY_STATE,            N_("State"),              155, FALSE, FALSE },
  { DRILL_KEY_SCHEDULE,         N_("Schedule"),           250, FALSE, FALSE },
  { DRILL_KEY_PROVIDER,         N_("Provider"),           100, FALSE, FALSE },
  { DRILL_KEY_OWNER,            N_("Owner"),              160, FALSE, FALSE },
  { DRILL_KEY_SLO,              N_("SLO"),                185, FALSE, TRUE },
  { DRILL_KEY_AGE,              N_("Age"),                 90, FALSE, TRUE },
  { DRILL_KEY_ESCALATION_OWNER, N_("Escalation owner"),   150, FALSE, FALSE },
  { DRILL_KEY_ACTION,           N_("Action"),              90, FALSE, FALSE },
  { DRILL_KEY_CATEGORY,         N_("Category"),           150, FALSE, FALSE },
  { DRILL_KEY_RECOMMENDED,      N_("Recommended action"), 190, FALSE, FALSE },
  { DRILL_KEY_ACKNOWLEDGED_BY,  N_("Acknowledged by"),    150, FALSE, FALSE },
  { DRILL_KEY_REFERENCE,        N_("Reference"),          110, FALSE, FALSE },
  { DRILL_KEY_CREATED,          N_("Created"),            140, FALSE, FALSE },
  { DRILL_KEY_PLAN,             N_("Plan"),               220, FALSE, FALSE },
  { DRILL_KEY_ALERT,            N_("Alert level"),        110, TRUE,  FALSE },
  { DRILL_KEY_ACKNOWLEDGED,     N_("Acknowledged"),       140, TRUE,  FALSE },
};

static guint32
code_of (DrillEvidence    *evidence,
         DrillRouteColumn  column,
         guint32           row)
{
  return drill_evidence_get_route_column (evidence, column)[row];
}

static char *
dup_code (DrillEvidence    *evidence,
          DrillRouteColumn  column,
          DrillDict         dict,
          guint32           row)
{
  return drill_text_one_line (drill_evidence_get_text (evidence, dict, code_of (evidence, column, row)));
}

static const DrillPlan *
plan_of (DrillEvidence *evidence,
         guint32        row)
{
  return &drill_evidence_get_plans (evidence)[code_of (evidence, DRILL_ROUTE_PLAN, row)];
}

static const DrillAck *
ack_of (DrillEvidence *evidence,
        guint32        row)
{
  guint32 ack = drill_evidence_get_route_ack (evidence, row);

  return ack != DRILL_NONE ? &drill_evidence_get_acks (evidence)[ack] : NULL;
}

static char *
dup_slo (DrillEvidence *evidence,
         guint32        row,
         gint64         now_us)
{
  DrillEscalationRoute route;
  gint64 deadline_us;

  if (!drill_escalation_get_route (evidence, row, now_us, &route) || route.acknowledged)
    return g_strdup ("–");

  deadline_us = drill_evidence_get_route_deadlines (evidence)[row];
  if (deadline_us == DRILL_TIME_UNKNOWN || deadline_us == G_MAXINT64)
    return g_strdup ("–");

  return drill_format_slo (deadline_us, now_us);
}

static char *
dup_recommended (DrillEvidence *evidence,
                 guint32        row,
                 gint64         now_us)
{
  DrillEscalationRoute route;

  if (!drill_escalation_get_route (evidence, row, now_us, &route))
    return g_strdup ("–");

  return drill_label_recommended (drill_recommended_get_text (route.recommended));
}

/**
 * drill_route_column_get_all:
 * @n_columns: (out): how many
 *
 * Returns: (array length=n_columns): all columns, in their usual order
 */
const DrillRouteColumnInfo *
drill_route_column_get_all (guint *n_columns)
{
  *n_columns = G_N_ELEMENTS (columns);

  return columns;
}

/**
 * drill_route_column_get_state:
 * @evidence: a snapshot
 * @row: a route
 *
 * Returns: its acknowledgement state, `suppressed`, or "" when it has none
 */
const char *
drill_route_column_get_state (DrillEvidence *evidence,
                              guint32        row)
{
  guint8 flags = drill_evidence_get_route_flags (evidence)[row];

  if (flags & DRILL_ROUTE_SUPPRESSED)
    return "suppressed";

  return drill_evidence_get_text (evidence, DRILL_DICT_STATE, drill_evidence_get_route_state (evidence, row));
}

/**
 * drill_route_column_get_slo:
 * @evidence: a snapshot
 * @row: a route
 * @now_us: now, µs UTC
 * @due_minutes: from how many minutes before its deadline a route is due
 *
 * Returns: (nullable): `breached`, `due` or `ok`; %NULL when nothing is waited for
 */
const char *
drill_route_column_get_slo (DrillEvidence *evidence,
                            guint32        row,
                            gint64         now_us,
                            guint          due_minutes)
{
  DrillEscalationRoute route;
  gint64 deadline_us;

  if (!drill_escalation_get_route (evidence, row, now_us, &route) || route.acknowledged)
    return NULL;
  if (route.breached)
    return "breached";

  deadline_us = drill_evidence_get_route_deadlines (evidence)[row];
  if (deadline_us == DRILL_TIME_UNKNOWN || deadline_us == G_MAXINT64)
    return NULL;

  return deadline_us - now_us <= due_minutes * DRILL_TIME_MINUTE ? "due" : "ok";
}

/**
 * drill_route_column_dup_text:
 * @key: a column
 * @evidence: a snapshot
 * @row: a route
 * @now_us: now, µs UTC
 *
 * Returns: (transfer full): what the table shows of the route in that column, one line of plain text
 */
char *
drill_route_column_dup_text (DrillRouteKey  key,
                             DrillEvidence *evidence,
                             guint32        row,
                             gint64         now_us)
{
  const DrillAck *ack;

  switch (key)
    {
    case DRILL_KEY_STATE:
      return drill_label_state (drill_route_column_get_state (evidence, row));
    case DRILL_KEY_SCHEDULE:
      return dup_code (evidence, DRILL_ROUTE_SCHEDULE, DRILL_DICT_SCHEDULE, row);
    case DRILL_KEY_PROVIDER:
      return dup_code (evidence, DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER, row);
    case DRILL_KEY_OWNER:
      return dup_code (evidence, DRILL_ROUTE_OWNER, DRILL_DICT_OWNER, row);
    case DRILL_KEY_ESCALATION_OWNER:
      return dup_code (evidence, DRILL_ROUTE_ESCALATION_OWNER, DRILL_DICT_OWNER, row);
    case DRILL_KEY_ACTION:
      return drill_label_action (drill_evidence_get_text (evidence, DRILL_DICT_ACTION,
                                                          code_of (evidence, DRILL_ROUTE_ACTION, row)));
    case DRILL_KEY_CATEGORY:
      return drill_label_category (drill_evidence_get_text (evidence, DRILL_DICT_CATEGORY,
                                                            code_of (evidence, DRILL_ROUTE_CATEGORY, row)));
    case DRILL_KEY_SLO:
      return dup_slo (evidence, row, now_us);
    case DRILL_KEY_AGE:
      return drill_format_age (plan_of (evidence, row)->created_us, now_us);
    case DRILL_KEY_RECOMMENDED:
      return dup_recommended (evidence, row, now_us);
    case DRILL_KEY_ACKNOWLEDGED_BY:
      ack = ack_of (evidence, row);
      return ack != NULL ? drill_text_one_line (drill_evidence_get_text (evidence, DRILL_DICT_ACTOR, ack->actor))
                         : g_strdup ("");
    case DRILL_KEY_REFERENCE:
      ack = ack_of (evidence, row);
      return ack != NULL
               ? drill_text_one_line (drill_evidence_get_text (evidence, DRILL_DICT_REFERENCE, ack->reference))
               : g_strdup ("");
    case DRILL_KEY_CREATED:
      return drill_format_time (plan_of (evidence, row)->created_us);
    case DRILL_KEY_PLAN:
      return drill_text_one_line (drill_evidence_get_text (evidence, DRILL_DICT_TEXT,
                                                           plan_of (evidence, row)->plan_id));
    case DRILL_KEY_ALERT:
      return drill_label_alert (drill_evidence_get_text (evidence, DRILL_DICT_ALERT,
                                                         plan_of (evidence, row)->alert));
    case DRILL_KEY_ACKNOWLEDGED:
      ack = ack_of (evidence, row);
      return ack != NULL ? drill_format_time (ack->created_us) : g_strdup ("");
    case DRILL_N_KEYS:
    default:
      return g_strdup ("");
    }
}

/**
 * drill_route_column_dup_copy:
 * @key: a column
 * @evidence: a snapshot
 * @row: a route
 * @now_us: now, µs UTC
 *
 * Returns: (transfer full): the same for what is read later or elsewhere, such
 *   as the clipboard: times are never relative
 */
char *
drill_route_column_dup_copy (DrillRouteKey  key,
                             DrillEvidence *evidence,
                             guint32        row,
                             gint64         now_us)
{
  const DrillAck *ack = ack_of (evidence, row);

  if (key == DRILL_KEY_CREATED)
    return drill_format_time_exact (plan_of (evidence, row)->created_us);
  if (key == DRILL_KEY_ACKNOWLEDGED && ack != NULL)
    return drill_format_time_exact (ack->created_us);

  return drill_route_column_dup_text (key, evidence, row, now_us);
}
