// SPDX-License-Identifier: GPL-3.0-or-later
#include "audit/drill-route-record.h"

#include <math.h>
#include <string.h>

#include "base/drill-text.h"
#include "evidence/drill-canonical.h"
#include "evidence/drill-escalation.h"

typedef enum {
  FIELD_ID,
  FIELD_TEXT,
  FIELD_FLAG,
  FIELD_MINUTES,
  FIELD_JUDGED_AGE,
  FIELD_JUDGED_FLAG,
  FIELD_JUDGED_TEXT,
} FieldKind;

typedef struct {
  const char *name;
  FieldKind   kind;
  gsize       offset;
} Field;

#define FIELD(kind, name) { #name, kind, G_STRUCT_OFFSET (DrillRouteRecord, name) }

/* The names of contract section 4 in its order, then what the rules make of them. */
static const Field fields[] = {
  FIELD (FIELD_ID, route_id),
  FIELD (FIELD_TEXT, created_at),
  FIELD (FIELD_TEXT, plan_id),
  FIELD (FIELD_TEXT, schedule_id),
  FIELD (FIELD_TEXT, alert_level),
  FIELD (FIELD_TEXT, provider),
  FIELD (FIELD_TEXT, owner),
  FIELD (FIELD_TEXT, escalation_owner),
  FIELD (FIELD_TEXT, action),
  FIELD (FIELD_TEXT, category),
  FIELD (FIELD_TEXT, reason),
  FIELD (FIELD_MINUTES, acknowledgement_minutes),
  FIELD (FIELD_TEXT, maintenance_window_id),
  FIELD (FIELD_TEXT, maintenance_window_reason),
  FIELD (FIELD_FLAG, owner_available),
  FIELD (FIELD_TEXT, owner_availability_reason),
  FIELD (FIELD_TEXT, next_due_at),
  FIELD (FIELD_FLAG, current),
  FIELD (FIELD_TEXT, acknowledgement_state),
  FIELD (FIELD_FLAG, acknowledged),
  FIELD (FIELD_TEXT, acknowledged_by),
  FIELD (FIELD_TEXT, acknowledged_at),
  FIELD (FIELD_TEXT, external_ref),
  FIELD (FIELD_FLAG, predates_plan),
  FIELD (FIELD_JUDGED_AGE, age_minutes),
  FIELD (FIELD_JUDGED_FLAG, breached),
  FIELD (FIELD_JUDGED_TEXT, recommended_action),
};

static const char *
get_text (const DrillRouteRecord *record,
          const Field            *field)
{
  const char *text;

  if (field->kind == FIELD_ID)
    return G_STRUCT_MEMBER_P (record, field->offset);

  text = G_STRUCT_MEMBER (const char *, record, field->offset);

  return text != NULL ? text : "";
}

/* Ids are 26 bytes long, but a saved document can give any: what does not fit is
 * cut between letters. */
static void
set_route_id (DrillRouteRecord *record,
              const char       *route_id)
{
  const char *end;

  g_strlcpy (record->route_id, route_id != NULL ? route_id : "", sizeof record->route_id);
  if (!g_utf8_validate (record->route_id, -1, &end))
    record->route_id[end - record->route_id] = '\0';
}

static gboolean
is_null (const DrillRouteRecord *record,
         const Field            *field)
{
  switch (field->kind)
    {
    case FIELD_MINUTES:
      return record->acknowledgement_minutes == DRILL_MINUTES_NONE;

    case FIELD_JUDGED_AGE:
      return !record->judged || isnan (record->age_minutes);

    case FIELD_JUDGED_FLAG:
    case FIELD_JUDGED_TEXT:
      return !record->judged;

    case FIELD_ID:
    case FIELD_TEXT:
    case FIELD_FLAG:
    default:
      return FALSE;
    }
}

/* Appends numbers and flags, which are written alike in JSON and CSV. */
static gboolean
append_bare (const DrillRouteRecord *record,
             const Field            *field,
             GString                *text)
{
  switch (field->kind)
    {
    case FIELD_MINUTES:
      g_string_append_printf (text, "%d", record->acknowledgement_minutes);
      return TRUE;

    case FIELD_JUDGED_AGE:
      drill_route_append_age (text, record->age_minutes);
      return TRUE;

    case FIELD_FLAG:
    case FIELD_JUDGED_FLAG:
      g_string_append (text, G_STRUCT_MEMBER (gboolean, record, field->offset) ? "true" : "false");
      return TRUE;

    case FIELD_ID:
    case FIELD_TEXT:
    case FIELD_JUDGED_TEXT:
    default:
      return FALSE;
    }
}

/**
 * drill_route_append_age:
 * @text: where to
 * @age_minutes: minutes with at most two decimals, not NaN
 *
 * Appends an age as the service writes it: `70.0`, `12.35`.
 */
void
drill_route_append_age (GString *text,
                        double   age_minutes)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  gsize length;

  g_ascii_formatd (buffer, sizeof buffer, "%.2f", age_minutes);
  length = strlen (buffer);
  if (g_str_has_suffix (buffer, "0"))
    length -= 1;

  g_string_append_len (text, buffer, (gssize) length);
}

/**
 * drill_route_record_read:
 * @record: (out): where to read it into
 * @evidence: a snapshot
 * @route: a row of its routes
 * @now_us: the time to judge by, µs UTC
 *
 * Reads everything there is to say about a route row (contract sections 4 and
 * 5). Age, breach and recommended action are only known of routes of the
 * escalation plan: rows of the current plan whose decision says `deliver`.
 */
void
drill_route_record_read (DrillRouteRecord *record,
                         DrillEvidence    *evidence,
                         guint32           route,
                         gint64            now_us)
{
#define CODE(column) (drill_evidence_get_route_column (evidence, column)[route])
#define TEXT(dict, code) (drill_evidence_get_text (evidence, dict, code))

  const DrillPlan *plan = &drill_evidence_get_plans (evidence)[CODE (DRILL_ROUTE_PLAN)];
  guint8 flags = drill_evidence_get_route_flags (evidence)[route];
  guint32 note = CODE (DRILL_ROUTE_NOTE);
  guint32 ack = drill_evidence_get_route_ack (evidence, route);
  g_autofree char *route_id = drill_evidence_dup_route_id (evidence, route);
  DrillEscalationRoute judged;

  *record = (DrillRouteRecord) {
    .created_at = TEXT (DRILL_DICT_TEXT, plan->created),
    .plan_id = TEXT (DRILL_DICT_TEXT, plan->plan_id),
    .schedule_id = TEXT (DRILL_DICT_SCHEDULE, CODE (DRILL_ROUTE_SCHEDULE)),
    .alert_level = TEXT (DRILL_DICT_ALERT, plan->alert),
    .provider = TEXT (DRILL_DICT_PROVIDER, CODE (DRILL_ROUTE_PROVIDER)),
    .owner = TEXT (DRILL_DICT_OWNER, CODE (DRILL_ROUTE_OWNER)),
    .escalation_owner = TEXT (DRILL_DICT_OWNER, CODE (DRILL_ROUTE_ESCALATION_OWNER)),
    .action = TEXT (DRILL_DICT_ACTION, CODE (DRILL_ROUTE_ACTION)),
    .category = TEXT (DRILL_DICT_CATEGORY, CODE (DRILL_ROUTE_CATEGORY)),
    .reason = TEXT (DRILL_DICT_REASON, CODE (DRILL_ROUTE_REASON)),
    .acknowledgement_minutes = drill_evidence_get_route_minutes (evidence)[route],
    .maintenance_window_id = "",
    .maintenance_window_reason = "",
    .owner_available = (flags & DRILL_ROUTE_OWNER_UNAVAILABLE) == 0,
    .owner_availability_reason = "",
    .next_due_at = TEXT (DRILL_DICT_TEXT, plan->next_due),
    .current = drill_evidence_is_current_route (evidence, route),
    .acknowledgement_state = "",
    .acknowledged_by = "",
    .acknowledged_at = "",
    .external_ref = "",
    .age_minutes = NAN,
    .recommended_action = "",
  };
  set_route_id (record, route_id);

  if (note != DRILL_NONE)
    {
      const DrillRouteNote *notes = &drill_evidence_get_route_notes (evidence)[note];

      record->maintenance_window_id = TEXT (DRILL_DICT_TEXT, notes->window_id);
      record->maintenance_window_reason = TEXT (DRILL_DICT_TEXT, notes->window_reason);
      record->owner_availability_reason = TEXT (DRILL_DICT_TEXT, notes->availability_reason);
    }

  if (flags & DRILL_ROUTE_DELIVERED)
    {
      guint32 state = drill_evidence_get_route_state (evidence, route);

      record->acknowledgement_state = TEXT (DRILL_DICT_STATE, state);
      record->acknowledged = drill_state_is_acknowledged (state);
      record->predates_plan = drill_evidence_route_predates (evidence, route);

      if (ack != DRILL_NONE)
        {
          const DrillAck *answer = &drill_evidence_get_acks (evidence)[ack];

          record->acknowledged_by = TEXT (DRILL_DICT_ACTOR, answer->actor);
          record->acknowledged_at = TEXT (DRILL_DICT_TEXT, answer->at);
          record->external_ref = TEXT (DRILL_DICT_REFERENCE, answer->reference);
        }
    }

  if (record->current && (flags & DRILL_ROUTE_EXPLICIT) &&
      drill_escalation_get_route (evidence, route, now_us, &judged))
    {
      record->judged = TRUE;
      record->age_minutes = judged.age_minutes;
      record->breached = judged.breached;
      record->recommended_action = drill_recommended_get_text (judged.recommended);
    }

#undef TEXT
#undef CODE
}

/**
 * drill_route_record_append_json:
 * @record: a row
 * @text: where to
 *
 * Appends the row as a JSON object in one line.
 */
void
drill_route_record_append_json (const DrillRouteRecord *record,
                                GString                *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_string_append (text, i == 0 ? "{" : ", ");
      drill_canonical_append_string (text, fields[i].name);
      g_string_append (text, ": ");

      if (is_null (record, &fields[i]))
        g_string_append (text, "null");
      else if (!append_bare (record, &fields[i], text))
        drill_canonical_append_string (text, get_text (record, &fields[i]));
    }

  g_string_append_c (text, '}');
}

/**
 * drill_route_record_append_csv_header:
 * @text: where to
 *
 * Appends the names of the columns, and the end of the line.
 */
void
drill_route_record_append_csv_header (GString *text)
{
  g_string_append (text, "data_source");
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    g_string_append_printf (text, ",%s", fields[i].name);
  g_string_append (text, "\r\n");
}

/**
 * drill_route_record_append_csv:
 * @record: a row
 * @data_source: where it is from, in words; stands in each row, so that rows of the sample cannot pass for real ones
 * @text: where to
 *
 * Appends the row in CSV (RFC 4180), and the end of the line. What is null in
 * JSON is empty.
 */
void
drill_route_record_append_csv (const DrillRouteRecord *record,
                               const char             *data_source,
                               GString                *text)
{
  g_autofree char *first = drill_text_csv_cell (data_source);

  g_string_append (text, first);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_string_append_c (text, ',');
      if (!is_null (record, &fields[i]) && !append_bare (record, &fields[i], text))
        {
          g_autofree char *cell = drill_text_csv_cell (get_text (record, &fields[i]));

          g_string_append (text, cell);
        }
    }

  g_string_append (text, "\r\n");
}
