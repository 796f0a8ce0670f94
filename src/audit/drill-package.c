// SPDX-License-Identifier: GPL-3.0-or-later
#include "audit/drill-package.h"

#include "audit/drill-package-scope.h"
#include "base/drill-time.h"
#include "evidence/drill-canonical.h"

static JsonObject *
build_route (DrillScopeReader *scope,
             guint32           route,
             guint32          *state)
{
#define CODE(column) (drill_evidence_get_route_column (scope->evidence, column)[route])
#define TEXT(dict, code) (drill_scope_reader_get_text (scope, dict, code))
  const DrillPlan *plan = &drill_evidence_get_plans (scope->evidence)[CODE (DRILL_ROUTE_PLAN)];
  g_autofree char *route_id = drill_evidence_dup_route_id (scope->evidence, route);
  const DrillAck *ack = drill_scope_reader_get_ack (scope, route);
  JsonObject *entry = json_object_new ();

  *state = drill_scope_reader_get_state (scope, route);

  json_object_set_string_member (entry, "route_id", route_id);
  json_object_set_string_member (entry, "schedule_id", TEXT (DRILL_DICT_SCHEDULE, CODE (DRILL_ROUTE_SCHEDULE)));
  json_object_set_string_member (entry, "plan_id", TEXT (DRILL_DICT_TEXT, plan->plan_id));
  json_object_set_string_member (entry, "provider", TEXT (DRILL_DICT_PROVIDER, CODE (DRILL_ROUTE_PROVIDER)));
  json_object_set_string_member (entry, "owner", TEXT (DRILL_DICT_OWNER, CODE (DRILL_ROUTE_OWNER)));
  json_object_set_string_member (entry, "escalation_owner",
                                 TEXT (DRILL_DICT_OWNER, CODE (DRILL_ROUTE_ESCALATION_OWNER)));
  json_object_set_string_member (entry, "route_action", TEXT (DRILL_DICT_ACTION, CODE (DRILL_ROUTE_ACTION)));
  json_object_set_string_member (entry, "route_created_at", TEXT (DRILL_DICT_TEXT, plan->created));
  json_object_set_string_member (entry, "acknowledgement_state", TEXT (DRILL_DICT_STATE, *state));
  json_object_set_boolean_member (entry, "acknowledged", drill_state_is_acknowledged (*state));
  json_object_set_string_member (entry, "acknowledged_by", TEXT (DRILL_DICT_ACTOR, ack->actor));
  json_object_set_string_member (entry, "acknowledged_at", TEXT (DRILL_DICT_TEXT, ack->at));
  json_object_set_string_member (entry, "external_ref", TEXT (DRILL_DICT_REFERENCE, ack->reference));
  json_object_set_string_member (entry, "notes", TEXT (DRILL_DICT_TEXT, ack->notes));
  json_object_set_string_member (entry, "acknowledgement_id", TEXT (DRILL_DICT_TEXT, ack->id));
#undef CODE
#undef TEXT

  return entry;
}

static JsonObject *
build_filters (DrillScopeReader *scope)
{
  JsonObject *filters = json_object_new ();

  json_object_set_string_member (filters, "schedule_id", scope->schedule_id);
  json_object_set_string_member (filters, "provider", scope->provider);
  json_object_set_string_member (filters, "owner", scope->owner);

  return filters;
}

static JsonArray *
build_controls (void)
{
  JsonArray *controls = json_array_new ();

  json_array_add_string_element (controls, "public-safe-acknowledgement-audit-package");
  json_array_add_string_element (controls, "connector-secrets-not-included");
  json_array_add_string_element (controls, "latest-route-acknowledgement-state-only");

  return controls;
}

/**
 * drill_package_compute_id:
 * @package: an audit package
 *
 * What the `audit_id` of @package must be for its filters, generated_by and
 * routes as they stand (contract sections 7 and 8).
 *
 * Returns: (transfer full) (nullable): the id, %NULL when one of the three is missing
 */
char *
drill_package_compute_id (JsonObject *package)
{
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;
  JsonObject *hashed;

  if (!json_object_has_member (package, "filters") ||
      !json_object_has_member (package, "generated_by") ||
      !json_object_has_member (package, "routes"))
    return NULL;

  hashed = json_object_new ();
  json_object_set_member (hashed, "filters", json_object_dup_member (package, "filters"));
  json_object_set_member (hashed, "generated_by", json_object_dup_member (package, "generated_by"));
  json_object_set_member (hashed, "route_entries", json_object_dup_member (package, "routes"));

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, hashed);
  text = drill_canonical_to_string (node);

  return drill_canonical_id ("gordackaudit-", text, -1);
}

/**
 * drill_package_build:
 * @evidence: a snapshot
 * @scope: (nullable): what to cover, %NULL for all
 * @generated_by: who makes it
 * @now_us: when, µs UTC
 * @max_routes: the most routes to include, and acknowledgements to look at: %DRILL_PACKAGE_SERVICE_CUT to do as
 *   the service does, %G_MAXUINT for all
 *
 * Makes the audit package that the service would make of the same evidence
 * (contract section 7): the delivered routes of all plans in scope, newest
 * first, each with the newest acknowledgement of its schedule and provider.
 *
 * Returns: (transfer full): the package
 */
JsonNode *
drill_package_build (DrillEvidence           *evidence,
                     const DrillPackageScope *scope,
                     const char              *generated_by,
                     gint64                   now_us,
                     guint                    max_routes)
{
  g_auto(DrillScopeReader) state = { NULL };
  const DrillPlan *plans = drill_evidence_get_plans (evidence);
  g_autofree guint32 *order = NULL;
  guint n_plans;
  g_autofree char *now = drill_time_format (now_us);
  g_autofree char *audit_id = NULL;
  JsonObject *package = json_object_new ();
  JsonArray *routes = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  guint counts[DRILL_STATE_DISMISSED + 1] = { 0 };
  guint n_outstanding = 0;

  drill_scope_reader_init (&state, evidence, scope, max_routes);
  order = drill_scope_reader_sort_plans (&state, &n_plans);

  for (guint i = 0; i < n_plans; i++)
    for (guint n = 0; n < plans[order[i]].n_routes && json_array_get_length (routes) < max_routes; n++)
      {
        guint32 route = plans[order[i]].first_route + n;
        guint32 ack_state;

        if (!drill_scope_reader_has_route (&state, route))
          continue;

        json_array_add_object_element (routes, build_route (&state, route, &ack_state));
        if (ack_state < G_N_ELEMENTS (counts))
          counts[ack_state]++;
        if (!drill_state_is_acknowledged (ack_state))
          n_outstanding++;
      }

  json_object_set_string_member (package, "schema_version", DRILL_PACKAGE_SCHEMA);
  json_object_set_string_member (package, "product", "CAVRA");
  json_object_set_string_member (package, "audit_id", ""); /* its place; known when the rest is */
  json_object_set_string_member (package, "generated_at", now);
  json_object_set_string_member (package, "generated_by", generated_by);
  json_object_set_object_member (package, "filters", build_filters (&state));
  json_object_set_int_member (package, "route_count", json_array_get_length (routes));
  json_object_set_int_member (package, "acknowledgement_count", state.n_acks);
  json_object_set_int_member (package, "acknowledged_count", counts[DRILL_STATE_ACKNOWLEDGED]);
  json_object_set_int_member (package, "resolved_count", counts[DRILL_STATE_RESOLVED]);
  json_object_set_int_member (package, "escalated_count", counts[DRILL_STATE_ESCALATED]);
  json_object_set_int_member (package, "dismissed_count", counts[DRILL_STATE_DISMISSED]);
  json_object_set_int_member (package, "outstanding_count", n_outstanding);
  json_object_set_string_member (package, "alert_level", n_outstanding > 0 ? "critical" : "healthy");
  json_object_set_array_member (package, "routes", routes);
  json_object_set_array_member (package, "controls", build_controls ());

  audit_id = drill_package_compute_id (package);
  json_object_set_string_member (package, "audit_id", audit_id);

  json_node_take_object (node, package);

  return node;
}
