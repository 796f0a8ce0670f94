// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-query-reference.h"

#include <string.h>

#include "base/drill-time.h"
#include "evidence/drill-escalation.h"

typedef struct {
  guint32     row;
  const char *values[DRILL_N_FACETS]; /* NULL: has none */
  const char *keys[DRILL_N_KEYS];     /* NULL or "": has none; those that are texts */
  const char *reason;
  char       *id;                     /* NULL when not searched */
  gboolean    current;
  gboolean    judged;
  gboolean    acknowledged;
  gint64      deadline;
  gint64      created_us;
  gint64      acked_us;
  int         recommended;
} Record;

static const char *
get_text (DrillEvidence    *evidence,
          DrillDict         dict,
          DrillRouteColumn  column,
          guint32           row)
{
  return drill_evidence_get_text (evidence, dict, drill_evidence_get_route_column (evidence, column)[row]);
}

static void
read_record (Record                *record,
             DrillEvidence         *evidence,
             guint32                row,
             const DrillRouteQuery *query,
             gint64                 now_us)
{
  const DrillPlan *plan =
    &drill_evidence_get_plans (evidence)[drill_evidence_get_route_column (evidence, DRILL_ROUTE_PLAN)[row]];
  guint8 flags = drill_evidence_get_route_flags (evidence)[row];
  guint32 ack = drill_evidence_get_route_ack (evidence, row);
  gint64 window = drill_route_query_get_due_minutes (query) * DRILL_TIME_MINUTE;
  DrillEscalationRoute route;

  memset (record, 0, sizeof *record);
  record->row = row;
  if (drill_route_query_get_search (query) != NULL)
    record->id = drill_evidence_dup_route_id (evidence, row);
  record->current = drill_evidence_is_current_route (evidence, row);
  record->judged = record->current && (flags & DRILL_ROUTE_EXPLICIT) != 0;
  record->deadline = drill_evidence_get_route_deadlines (evidence)[row];
  record->created_us = plan->created_us;
  record->acked_us = DRILL_TIME_UNKNOWN;
  record->reason = get_text (evidence, DRILL_DICT_REASON, DRILL_ROUTE_REASON, row);

  record->keys[DRILL_KEY_CREATED] = drill_evidence_get_text (evidence, DRILL_DICT_TEXT, plan->created);
  record->keys[DRILL_KEY_PLAN] = drill_evidence_get_text (evidence, DRILL_DICT_TEXT, plan->plan_id);
  record->keys[DRILL_KEY_SCHEDULE] = get_text (evidence, DRILL_DICT_SCHEDULE, DRILL_ROUTE_SCHEDULE, row);
  record->keys[DRILL_KEY_PROVIDER] = get_text (evidence, DRILL_DICT_PROVIDER, DRILL_ROUTE_PROVIDER, row);
  record->keys[DRILL_KEY_OWNER] = get_text (evidence, DRILL_DICT_OWNER, DRILL_ROUTE_OWNER, row);
  record->keys[DRILL_KEY_ESCALATION_OWNER] = get_text (evidence, DRILL_DICT_OWNER, DRILL_ROUTE_ESCALATION_OWNER, row);
  record->keys[DRILL_KEY_ACTION] = get_text (evidence, DRILL_DICT_ACTION, DRILL_ROUTE_ACTION, row);
  record->keys[DRILL_KEY_CATEGORY] = get_text (evidence, DRILL_DICT_CATEGORY, DRILL_ROUTE_CATEGORY, row);
  record->keys[DRILL_KEY_ALERT] = drill_evidence_get_text (evidence, DRILL_DICT_ALERT, plan->alert);
  if (flags & DRILL_ROUTE_DELIVERED)
    record->keys[DRILL_KEY_STATE] =
      drill_evidence_get_text (evidence, DRILL_DICT_STATE, drill_evidence_get_route_state (evidence, row));
  if ((flags & DRILL_ROUTE_DELIVERED) && ack != DRILL_NONE)
    {
      const DrillAck *a = &drill_evidence_get_acks (evidence)[ack];

      record->keys[DRILL_KEY_ACKNOWLEDGED_BY] = drill_evidence_get_text (evidence, DRILL_DICT_ACTOR, a->actor);
      record->acked_us = a->created_us;
      record->keys[DRILL_KEY_REFERENCE] = drill_evidence_get_text (evidence, DRILL_DICT_REFERENCE, a->reference);
    }

  record->values[DRILL_FACET_STATE] = record->keys[DRILL_KEY_STATE];
  record->values[DRILL_FACET_PROVIDER] = record->keys[DRILL_KEY_PROVIDER];
  record->values[DRILL_FACET_OWNER] = record->keys[DRILL_KEY_OWNER];
  record->values[DRILL_FACET_ACTION] = record->keys[DRILL_KEY_ACTION];
  record->values[DRILL_FACET_CATEGORY] = record->keys[DRILL_KEY_CATEGORY];
  record->values[DRILL_FACET_ALERT] = record->keys[DRILL_KEY_ALERT];
  record->values[DRILL_FACET_SCHEDULE] = record->keys[DRILL_KEY_SCHEDULE];

  g_assert_cmpint (drill_escalation_get_route (evidence, row, now_us, &route), ==, record->judged);
  if (record->judged)
    {
      record->acknowledged = route.acknowledged;
      record->recommended = route.recommended == DRILL_RECOMMENDED_ESCALATE ? 0
                            : route.recommended == DRILL_RECOMMENDED_WAIT ? 1 : 2;
      record->values[DRILL_FACET_SLO] = "ok";
      if (route.breached)
        record->values[DRILL_FACET_SLO] = "breached";
      else if (!route.acknowledged && record->deadline <= now_us + window)
        record->values[DRILL_FACET_SLO] = "due";
    }
}

static char *
fold (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_autofree char *folded = g_utf8_casefold (composed, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_NFKC);
}

static gboolean
contains (const char *text,
          const char *part)
{
  g_autofree char *folded = fold (text != NULL ? text : "");
  g_autofree char *folded_part = fold (part);

  return strstr (folded, folded_part) != NULL;
}

static gboolean
is_found (const Record *record,
          const char   *text)
{
  return contains (record->keys[DRILL_KEY_SCHEDULE], text) ||
         contains (record->keys[DRILL_KEY_PLAN], text) ||
         contains (record->keys[DRILL_KEY_PROVIDER], text) ||
         contains (record->keys[DRILL_KEY_OWNER], text) ||
         contains (record->keys[DRILL_KEY_ESCALATION_OWNER], text) ||
         contains (record->keys[DRILL_KEY_REFERENCE], text) ||
         contains (record->reason, text) ||
         contains (record->id + strlen ("gordroute-"), text) ||
         (strlen (text) > strlen ("gordroute-") && contains (record->id, text));
}

static gboolean
is_selected (const Record          *record,
             const DrillRouteQuery *query,
             DrillFacet             but)
{
  const char *const *owner_texts = drill_route_query_get_owner_texts (query);
  const char *search = drill_route_query_get_search (query);
  gboolean owned = owner_texts[0] == NULL;

  if (!record->current && !drill_route_query_get_all_plans (query))
    return FALSE;

  for (guint i = 0; owner_texts[i] != NULL; i++)
    owned |= contains (record->keys[DRILL_KEY_OWNER], owner_texts[i]) ||
             contains (record->keys[DRILL_KEY_ESCALATION_OWNER], owner_texts[i]);
  if (!owned)
    return FALSE;

  for (guint facet = 0; facet < DRILL_N_FACETS; facet++)
    {
      const char *const *values = drill_route_query_get_values (query, facet);

      if (facet != but && values[0] != NULL &&
          (record->values[facet] == NULL || !g_strv_contains (values, record->values[facet])))
        return FALSE;
    }

  return search == NULL || is_found (record, search);
}

static GArray *
read_records (DrillEvidence         *evidence,
              const DrillRouteQuery *query,
              gint64                 now_us,
              DrillFacet             but)
{
  GArray *records = g_array_new (FALSE, FALSE, sizeof (Record));

  for (guint32 row = 0; row < drill_evidence_get_n_routes (evidence); row++)
    {
      Record record;

      read_record (&record, evidence, row, query, now_us);
      if (is_selected (&record, query, but))
        g_array_append_val (records, record);
      else
        g_free (record.id);
    }

  return records;
}

static void
free_records (GArray *records)
{
  for (guint i = 0; i < records->len; i++)
    g_free (g_array_index (records, Record, i).id);
  g_array_unref (records);
}

static int
place_of (const char        *text,
          const char *const *places)
{
  int place = 0;

  while (places[place] != NULL && strcmp (places[place], text) != 0)
    place++;

  return place;
}

/* Returns: -1, 0 or 1; rows without a value last, whatever the direction */
static int
compare_key (const Record  *a,
             const Record  *b,
             DrillRouteKey  key,
             gboolean       descending)
{
  static const char *const states[] = { "outstanding", "acknowledged", "resolved", "escalated", "dismissed", NULL };
  static const char *const alerts[] = { "critical", "warning", "healthy", NULL };
  gboolean has_a = a->keys[key] != NULL && a->keys[key][0] != '\0';
  gboolean has_b = b->keys[key] != NULL && b->keys[key][0] != '\0';
  gint64 x = 0;
  gint64 y = 0;
  int order;

  if (key == DRILL_KEY_SLO || key == DRILL_KEY_AGE || key == DRILL_KEY_RECOMMENDED)
    {
      has_a = a->judged;
      has_b = b->judged;
    }
  if (key == DRILL_KEY_AGE)
    {
      has_a &= a->created_us != DRILL_TIME_UNKNOWN;
      has_b &= b->created_us != DRILL_TIME_UNKNOWN;
    }
  if (key == DRILL_KEY_ACKNOWLEDGED)
    {
      has_a = a->acked_us != DRILL_TIME_UNKNOWN;
      has_b = b->acked_us != DRILL_TIME_UNKNOWN;
    }
  if (!has_a || !has_b)
    return (int) has_b - (int) has_a;

  switch (key)
    {
    case DRILL_KEY_SLO:
      x = a->acknowledged;
      y = b->acknowledged;
      if (x == y && !a->acknowledged)
        {
          x = a->deadline;
          y = b->deadline;
        }
      break;
    case DRILL_KEY_AGE:
      x = -a->created_us;
      y = -b->created_us;
      break;
    case DRILL_KEY_ACKNOWLEDGED:
      x = a->acked_us;
      y = b->acked_us;
      break;
    case DRILL_KEY_RECOMMENDED:
      x = a->recommended;
      y = b->recommended;
      break;
    case DRILL_KEY_STATE:
      x = place_of (a->keys[key], states);
      y = place_of (b->keys[key], states);
      break;
    case DRILL_KEY_ALERT:
      x = place_of (a->keys[key], alerts);
      y = place_of (b->keys[key], alerts);
      break;
    case DRILL_KEY_CREATED:
    case DRILL_KEY_SCHEDULE:
    case DRILL_KEY_PROVIDER:
    case DRILL_KEY_OWNER:
    case DRILL_KEY_ESCALATION_OWNER:
    case DRILL_KEY_ACTION:
    case DRILL_KEY_CATEGORY:
    case DRILL_KEY_ACKNOWLEDGED_BY:
    case DRILL_KEY_REFERENCE:
    case DRILL_KEY_PLAN:
    case DRILL_N_KEYS:
    default:
      break;
    }

  order = (x > y) - (x < y);
  if (order == 0 && a->keys[key] != NULL && b->keys[key] != NULL)
    order = strcmp (a->keys[key], b->keys[key]);

  return descending ? -order : order;
}

static int
compare_records_cb (gconstpointer x,
                    gconstpointer y,
                    gpointer      user_data)
{
  const Record *a = x;
  const Record *b = y;
  const DrillRouteQuery *query = user_data;
  static const struct {
    DrillRouteKey key;
    gboolean      descending;
  } ties[] = {
    { DRILL_KEY_SCHEDULE, FALSE }, { DRILL_KEY_PROVIDER, FALSE }, { DRILL_KEY_OWNER, FALSE }, { DRILL_KEY_PLAN, FALSE },
  };
  int order = 0;

  for (guint i = 0; i < drill_route_query_get_n_sort (query) && order == 0; i++)
    {
      gboolean descending;
      DrillRouteKey key = drill_route_query_get_sort (query, i, &descending);

      order = compare_key (a, b, key, descending);
    }

  /* In the default order, an empty text is a text like any other. */
  if (order == 0)
    order = -strcmp (a->keys[DRILL_KEY_CREATED], b->keys[DRILL_KEY_CREATED]);
  for (gsize i = 0; i < G_N_ELEMENTS (ties) && order == 0; i++)
    order = strcmp (a->keys[ties[i].key], b->keys[ties[i].key]);

  return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

/* Returns: (transfer full): the rows in their order */
GArray *
reference_run (DrillEvidence         *evidence,
               const DrillRouteQuery *query,
               gint64                 now_us)
{
  GArray *records = read_records (evidence, query, now_us, DRILL_N_FACETS);
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));

  g_array_sort_with_data (records, compare_records_cb, (gpointer) query);
  for (guint i = 0; i < records->len; i++)
    g_array_append_val (rows, g_array_index (records, Record, i).row);
  free_records (records);

  return rows;
}

/* Returns: (transfer full): how many rows have each value, by value */
GHashTable *
reference_count (DrillEvidence         *evidence,
                 const DrillRouteQuery *query,
                 gint64                 now_us,
                 DrillFacet             facet)
{
  GArray *records = read_records (evidence, query, now_us, facet);
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *const *values = drill_route_query_get_values (query, facet);

  for (guint i = 0; values[i] != NULL; i++)
    g_hash_table_insert (counts, g_strdup (values[i]), GUINT_TO_POINTER (0));

  for (guint i = 0; i < records->len; i++)
    {
      const char *value = g_array_index (records, Record, i).values[facet];

      if (value != NULL)
        g_hash_table_insert (counts, g_strdup (value),
                             GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, value)) + 1));
    }
  free_records (records);

  return counts;
}

static void
check_facet (DrillRouteResult      *result,
             DrillEvidence         *evidence,
             const DrillRouteQuery *query,
             gint64                 now_us,
             DrillFacet             facet)
{
  g_autoptr(GHashTable) expected = reference_count (evidence, query, now_us, facet);
  GArray *counts = drill_route_result_get_facet (result, facet);

  g_assert_cmpuint (counts->len, ==, g_hash_table_size (expected));
  for (guint i = 0; i < counts->len; i++)
    {
      DrillFacetCount count = g_array_index (counts, DrillFacetCount, i);

      g_assert_true (g_hash_table_contains (expected, count.value));
      g_assert_cmpuint (count.count, ==, GPOINTER_TO_UINT (g_hash_table_lookup (expected, count.value)));
    }
}

/* Asserts that the table answers as the reference does. */
void
reference_check (DrillRouteTable       *table,
                 const DrillRouteQuery *query,
                 gint64                 now_us)
{
  DrillEvidence *evidence = drill_route_table_get_evidence (table);
  g_autoptr(DrillRouteResult) result = drill_route_table_query (table, query, now_us);
  g_autoptr(GArray) rows = reference_run (evidence, query, now_us);
  g_autoptr(DrillRouteQuery) breached = drill_route_query_copy (query);

  g_assert_cmpuint (drill_route_result_get_n_rows (result), ==, rows->len);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpuint (drill_route_result_get_rows (result)[i], ==, g_array_index (rows, guint32, i));

  for (guint facet = 0; facet < DRILL_N_FACETS; facet++)
    check_facet (result, evidence, query, now_us, facet);

  if (drill_route_query_get_values (query, DRILL_FACET_SLO)[0] == NULL)
    {
      g_autoptr(GArray) breached_rows = NULL;

      drill_route_query_add (breached, DRILL_FACET_SLO, "breached");
      breached_rows = reference_run (evidence, breached, now_us);
      g_assert_cmpuint (drill_route_result_get_n_breached (result), ==, breached_rows->len);
    }
}
