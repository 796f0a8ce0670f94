// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-answers.h"

#include <math.h>
#include <string.h>

#include "base/drill-time.h"
#include "evidence/drill-canonical.h"
#include "evidence/drill-dashboard.h"
#include "evidence/drill-escalation.h"
#include "evidence/drill-json.h"

/* The conformance cases */

/* Returns: (transfer full): the text of a file of a case */
char *
drill_case_read (const char *name,
                 const char *file)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "conformance", name, file, NULL);
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

/* Returns: (transfer full): the root of a file of a case */
JsonNode *
drill_case_read_json (const char *name,
                      const char *file)
{
  g_autofree char *text = drill_case_read (name, file);
  g_autoptr(GError) error = NULL;
  JsonNode *root = json_from_string (text, &error);

  g_assert_no_error (error);

  return root;
}

gint64
drill_case_now (const char *name)
{
  g_autoptr(JsonNode) node = drill_case_read_json (name, "now.json");
  gint64 now_us = drill_time_parse (json_node_get_string (node), -1);

  g_assert_cmpint (now_us, !=, DRILL_TIME_UNKNOWN);

  return now_us;
}

/* Evidence from text */

gboolean
drill_add_text (DrillEvidenceBuilder  *builder,
                const char            *text,
                gssize                 length,
                DrillPageReport       *report,
                GError               **error)
{
  g_autoptr(DrillPage) page = drill_page_new (text, length < 0 ? strlen (text) : (gsize) length);

  return drill_evidence_builder_add (builder, page, report, error);
}

/* Returns: (transfer full): the snapshot of a document that must be readable */
DrillEvidence *
drill_evidence_from_text (const char *text)
{
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(GError) error = NULL;

  drill_add_text (builder, text, -1, NULL, &error);
  g_assert_no_error (error);

  return drill_evidence_builder_snapshot (builder);
}

/* Returns: (transfer full) (element-type utf8): the items of a history or of an array, each as text */
GPtrArray *
drill_items_from_text (const char *text)
{
  g_autoptr(DrillEvidence) evidence = drill_evidence_from_text (text);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < drill_evidence_get_n_items (evidence); i++)
    {
      g_autoptr(GBytes) bytes = drill_evidence_get_item_bytes (evidence, i);
      gsize length;
      const char *data = g_bytes_get_data (bytes, &length);

      g_ptr_array_add (items, g_strndup (data, length));
    }

  return items;
}

/* Returns: (transfer full): a page with some of the items */
char *
drill_items_to_page (GPtrArray *items,
                     guint      first,
                     guint      n)
{
  GString *page = g_string_new ("{\"items\": [");

  for (guint i = first; i < first + n; i++)
    {
      if (i > first)
        g_string_append (page, ",\n");
      g_string_append (page, g_ptr_array_index (items, i));
    }
  g_string_append_printf (page, "], \"total\": %u, \"offset\": %u}", items->len, first);

  return g_string_free (page, FALSE);
}

/* Answers */

static const char *
route_text (DrillEvidence    *evidence,
            guint32           route,
            DrillRouteColumn  column,
            DrillDict         dict)
{
  return drill_evidence_get_text (evidence, dict, drill_evidence_get_route_column (evidence, column)[route]);
}

/* Returns: (transfer full): the row as the service answers it (contract section 4) */
JsonNode *
drill_answers_route (DrillEvidence *evidence,
                     guint32        route)
{
  static const struct
  {
    const char      *field;
    DrillRouteColumn column;
    DrillDict        dict;
  } texts[] = {
    { "schedule_id", DRILL_ROUTE_SCHEDULE, DRILL_DICT_SCHEDULE },
    { "provider", DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER },
    { "owner", DRILL_ROUTE_OWNER, DRILL_DICT_OWNER },
    { "escalation_owner", DRILL_ROUTE_ESCALATION_OWNER, DRILL_DICT_OWNER },
    { "action", DRILL_ROUTE_ACTION, DRILL_DICT_ACTION },
    { "category", DRILL_ROUTE_CATEGORY, DRILL_DICT_CATEGORY },
    { "reason", DRILL_ROUTE_REASON, DRILL_DICT_REASON },
  };
  g_autoptr(JsonObject) row = json_object_new ();
  JsonNode *node = json_node_alloc ();
  const DrillPlan *plan =
    &drill_evidence_get_plans (evidence)[drill_evidence_get_route_column (evidence, DRILL_ROUTE_PLAN)[route]];
  guint32 note_row = drill_evidence_get_route_column (evidence, DRILL_ROUTE_NOTE)[route];
  DrillRouteNote note = { 0, };
  gint32 minutes = drill_evidence_get_route_minutes (evidence)[route];
  g_autofree char *id = drill_evidence_dup_route_id (evidence, route);

  if (note_row != DRILL_NONE)
    note = drill_evidence_get_route_notes (evidence)[note_row];

  json_object_set_string_member (row, "route_id", id);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    json_object_set_string_member (row, texts[i].field, route_text (evidence, route, texts[i].column, texts[i].dict));
  json_object_set_string_member (row, "plan_id", drill_evidence_get_text (evidence, DRILL_DICT_TEXT, plan->plan_id));
  json_object_set_string_member (row, "created_at", drill_evidence_get_text (evidence, DRILL_DICT_TEXT, plan->created));
  json_object_set_string_member (row, "next_due_at", drill_evidence_get_text (evidence, DRILL_DICT_TEXT, plan->next_due));
  json_object_set_string_member (row, "alert_level", drill_evidence_get_text (evidence, DRILL_DICT_ALERT, plan->alert));
  json_object_set_string_member (row, "maintenance_window_id",
                                 drill_evidence_get_text (evidence, DRILL_DICT_TEXT, note.window_id));
  json_object_set_string_member (row, "maintenance_window_reason",
                                 drill_evidence_get_text (evidence, DRILL_DICT_TEXT, note.window_reason));
  json_object_set_string_member (row, "owner_availability_reason",
                                 drill_evidence_get_text (evidence, DRILL_DICT_TEXT, note.availability_reason));
  json_object_set_boolean_member (row, "owner_available",
                                  (drill_evidence_get_route_flags (evidence)[route] & DRILL_ROUTE_OWNER_UNAVAILABLE) == 0);
  if (minutes == DRILL_MINUTES_NONE)
    json_object_set_null_member (row, "acknowledgement_minutes");
  else
    json_object_set_int_member (row, "acknowledgement_minutes", minutes);

  return json_node_init_object (node, row);
}

/* Returns: (transfer full): the escalation plan as the conformance cases have it (contract section 5) */
JsonNode *
drill_answers_escalation (DrillEvidence *evidence,
                          gint64         now_us)
{
  g_autoptr(GArray) routes = drill_escalation_compute (evidence, now_us);
  g_autoptr(JsonObject) plan = json_object_new ();
  JsonArray *list = json_array_new ();
  JsonNode *node = json_node_alloc ();
  DrillEscalationCounts counts;

  drill_escalation_count (evidence, now_us, &counts);
  for (guint i = 0; i < routes->len; i++)
    {
      const DrillEscalationRoute *route = &g_array_index (routes, DrillEscalationRoute, i);
      guint32 plan_id = drill_evidence_get_plans (evidence)[route->plan].plan_id;
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "schedule_id", drill_evidence_get_text (evidence, DRILL_DICT_SCHEDULE, route->schedule));
      json_object_set_string_member (entry, "plan_id", drill_evidence_get_text (evidence, DRILL_DICT_TEXT, plan_id));
      json_object_set_string_member (entry, "provider", drill_evidence_get_text (evidence, DRILL_DICT_PROVIDER, route->provider));
      json_object_set_string_member (entry, "owner", drill_evidence_get_text (evidence, DRILL_DICT_OWNER, route->owner));
      json_object_set_string_member (entry, "acknowledgement_state", drill_evidence_get_text (evidence, DRILL_DICT_STATE, route->state));
      json_object_set_boolean_member (entry, "acknowledged", route->acknowledged);
      if (isnan (route->age_minutes))
        json_object_set_null_member (entry, "age_minutes");
      else
        json_object_set_double_member (entry, "age_minutes", route->age_minutes);
      json_object_set_int_member (entry, "acknowledgement_minutes", route->minutes);
      json_object_set_boolean_member (entry, "breached", route->breached);
      json_object_set_string_member (entry, "recommended_action", drill_recommended_get_text (route->recommended));
      json_array_add_object_element (list, entry);
    }
  json_object_set_string_member (plan, "alert_level", drill_escalation_get_alert_level (&counts));
  json_object_set_int_member (plan, "route_count", counts.n_routes);
  json_object_set_int_member (plan, "outstanding_count", counts.n_outstanding);
  json_object_set_int_member (plan, "breached_count", counts.n_breached);
  json_object_set_array_member (plan, "routes", list);

  return json_node_init_object (node, plan);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
route_to_line (DrillEvidence *evidence,
               guint32        route)
{
  g_autoptr(JsonNode) row = drill_answers_route (evidence, route);
  g_autofree char *text = drill_canonical_to_string (row);
  guint32 ack = drill_evidence_get_route_ack (evidence, route);
  const DrillAck *acks = drill_evidence_get_acks (evidence);
  const DrillItem *items = drill_evidence_get_items (evidence);

  return g_strdup_printf ("route %s current %d state %s ack %s predates %d deadline %" G_GINT64_FORMAT " flags %u",
                          text, drill_evidence_is_current_route (evidence, route),
                          drill_evidence_get_text (evidence, DRILL_DICT_STATE, drill_evidence_get_route_state (evidence, route)),
                          ack == DRILL_NONE ? "-" : drill_evidence_get_text (evidence, DRILL_DICT_TEXT, items[acks[ack].item].session_id),
                          drill_evidence_route_predates (evidence, route),
                          drill_evidence_get_route_deadlines (evidence)[route],
                          drill_evidence_get_route_flags (evidence)[route]);
}

static char *
ack_to_line (DrillEvidence  *evidence,
             const DrillAck *ack)
{
  const DrillItem *item = &drill_evidence_get_items (evidence)[ack->item];

  return g_strdup_printf ("ack %s state %s payload %s by %s at %s reference %s notes %s plan %s id %s created %s",
                          drill_evidence_get_text (evidence, DRILL_DICT_TEXT, item->session_id),
                          drill_evidence_get_text (evidence, DRILL_DICT_STATE, ack->state),
                          drill_evidence_get_text (evidence, DRILL_DICT_STATE, ack->payload_state),
                          drill_evidence_get_text (evidence, DRILL_DICT_ACTOR, ack->actor),
                          drill_evidence_get_text (evidence, DRILL_DICT_TEXT, ack->at),
                          drill_evidence_get_text (evidence, DRILL_DICT_REFERENCE, ack->reference),
                          drill_evidence_get_text (evidence, DRILL_DICT_TEXT, ack->notes),
                          drill_evidence_get_text (evidence, DRILL_DICT_TEXT, ack->plan_id),
                          drill_evidence_get_text (evidence, DRILL_DICT_TEXT, ack->id),
                          drill_evidence_get_text (evidence, DRILL_DICT_TEXT, ack->created));
}

static char *
item_to_line (DrillEvidence *evidence,
              guint32        number)
{
  const DrillItem *item = &drill_evidence_get_items (evidence)[number];
  const guint32 *providers = drill_evidence_get_item_providers (evidence) + item->first_provider;
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < item->n_providers; i++)
    g_string_append_printf (names, " %s", drill_evidence_get_text (evidence, DRILL_DICT_PROVIDER, providers[i]));

  return g_strdup_printf ("item %s kind %s schedule %s subject %s state %s signer %s alert %s source %s result %u providers%s",
                          drill_evidence_get_text (evidence, DRILL_DICT_TEXT, item->session_id),
                          drill_evidence_get_text (evidence, DRILL_DICT_KIND, item->kind),
                          drill_evidence_get_text (evidence, DRILL_DICT_SCHEDULE, item->schedule),
                          drill_evidence_get_text (evidence, DRILL_DICT_TEXT, item->subject),
                          drill_evidence_get_text (evidence, DRILL_DICT_STATE, item->state),
                          drill_evidence_get_text (evidence, DRILL_DICT_ACTOR, item->signer),
                          drill_evidence_get_text (evidence, DRILL_DICT_ALERT, item->alert),
                          drill_evidence_get_text (evidence, DRILL_DICT_TEXT, item->source),
                          item->result, names->str);
}

/*
 * Everything a snapshot answers: rows with their state, acknowledgements, the
 * escalation plan, counts, suppressions, and the items newest first. Where the
 * contract leaves the order open the lines are sorted.
 */
char *
drill_answers_to_string (DrillEvidence *evidence,
                         gint64         now_us)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(JsonNode) escalation = drill_answers_escalation (evidence, now_us);
  g_autoptr(GPtrArray) suppressions = drill_suppressions_compute (evidence);
  JsonArray *routes = json_object_get_array_member (json_node_get_object (escalation), "routes");
  const guint32 *order = drill_evidence_get_item_order (evidence);
  DrillDashboard counts;

  for (guint i = 0; i < drill_evidence_get_n_routes (evidence); i++)
    g_ptr_array_add (lines, route_to_line (evidence, i));
  for (guint i = 0; i < drill_evidence_get_n_acks (evidence); i++)
    g_ptr_array_add (lines, ack_to_line (evidence, &drill_evidence_get_acks (evidence)[i]));
  for (guint i = 0; i < json_array_get_length (routes); i++)
    {
      g_autofree char *text = drill_canonical_to_string (json_array_get_element (routes, i));

      g_ptr_array_add (lines, g_strconcat ("escalation ", text, NULL));
    }
  for (guint i = 0; i < suppressions->len; i++)
    {
      const DrillCategoryCount *category = g_ptr_array_index (suppressions, i);

      g_ptr_array_add (lines, g_strdup_printf ("suppressed %s: %u, %u owners, %u providers, latest %" G_GINT64_FORMAT,
                                               drill_evidence_get_text (evidence, DRILL_DICT_CATEGORY, category->category),
                                               category->n_routes, category->owners->len, category->providers->len,
                                               category->latest_us));
    }
  g_ptr_array_sort (lines, compare_lines);

  drill_dashboard_compute (evidence, now_us, &counts);
  g_ptr_array_add (lines, g_strdup_printf ("counts %u %u %u %u %u %u %u %u %u %u",
                                           counts.n_plans, counts.n_deliveries, counts.n_failed_deliveries,
                                           counts.n_acks, counts.n_outstanding, counts.n_actionable,
                                           counts.n_breached, counts.n_items, counts.n_routes, counts.n_unlisted));
  for (guint i = 0; i < drill_evidence_get_n_items (evidence); i++)
    g_ptr_array_add (lines, item_to_line (evidence, order[i]));

  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* Finding */

guint32
drill_find_item (DrillEvidence *evidence,
                 const char    *session_id)
{
  const DrillItem *items = drill_evidence_get_items (evidence);

  for (guint i = 0; i < drill_evidence_get_n_items (evidence); i++)
    if (strcmp (drill_evidence_get_text (evidence, DRILL_DICT_TEXT, items[i].session_id), session_id) == 0)
      return i;

  g_error ("there is no item %s", session_id);
}

guint32
drill_find_route (DrillEvidence *evidence,
                  const char    *plan_id,
                  const char    *provider)
{
  const DrillPlan *plans = drill_evidence_get_plans (evidence);
  const guint32 *plan_rows = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PLAN);

  for (guint i = 0; i < drill_evidence_get_n_routes (evidence); i++)
    if (strcmp (drill_evidence_get_text (evidence, DRILL_DICT_TEXT, plans[plan_rows[i]].plan_id), plan_id) == 0 &&
        strcmp (route_text (evidence, i, DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER), provider) == 0)
      return i;

  g_error ("plan %s has no route to %s", plan_id, provider);
}

void
drill_assert_state (DrillEvidence *evidence,
                    guint32        route,
                    const char    *state)
{
  g_assert_cmpstr (drill_evidence_get_text (evidence, DRILL_DICT_STATE, drill_evidence_get_route_state (evidence, route)),
                   ==, state);
}
