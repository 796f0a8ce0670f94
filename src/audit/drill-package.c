// SPDX-License-Identifier: GPL-3.0-or-later
#include "audit/drill-package.h"

#include <string.h>

#include "base/drill-time.h"
#include "evidence/drill-canonical.h"

typedef struct {
  DrillEvidence *evidence;
  const char    *schedule_id;
  const char    *provider;
  const char    *owner;
  guint8        *owner_fits;  /* by owner code: 0 not looked at yet, 1 no, 2 yes */
  guint32       *newest_acks; /* by pair, DRILL_NONE if there is none in scope */
  guint          n_acks;
} Scope;

static void
scope_clear (Scope *scope)
{
  g_free (scope->owner_fits);
  g_free (scope->newest_acks);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scope, scope_clear)

/* Lower case as the service has it, letter by letter and in no particular language. */
static char *
to_lower (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *lower = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (lower, g_unichar_tolower (g_utf8_get_char (p)));

  return g_string_free (lower, FALSE);
}

static gboolean
contains (const char *lower_needle,
          const char *text)
{
  g_autofree char *lower = to_lower (text);

  return strstr (lower, lower_needle) != NULL;
}

static const char *
text_of (Scope     *scope,
         DrillDict  dict,
         guint32    code)
{
  const char *text = drill_evidence_get_text (scope->evidence, dict, code);

  return text != NULL ? text : "";
}

static gboolean
fits (const char *filter,
      const char *value)
{
  return *filter == '\0' || strcmp (filter, value) == 0;
}

static gboolean
owner_code_fits (Scope   *scope,
                 guint32  code)
{
  if (scope->owner_fits[code] == 0)
    scope->owner_fits[code] = drill_package_owner_fits (scope->owner, text_of (scope, DRILL_DICT_OWNER, code), "") ? 2 : 1;

  return scope->owner_fits[code] == 2;
}

/* Newest first by the text of the time, as the service compares; then by id. */
static int
compare_items (Scope         *scope,
               guint32        created_a,
               guint32        item_a,
               guint32        created_b,
               guint32        item_b)
{
  const DrillItem *items = drill_evidence_get_items (scope->evidence);
  int order = strcmp (text_of (scope, DRILL_DICT_TEXT, created_b), text_of (scope, DRILL_DICT_TEXT, created_a));

  if (order != 0)
    return order;

  return strcmp (text_of (scope, DRILL_DICT_TEXT, items[item_a].session_id),
                 text_of (scope, DRILL_DICT_TEXT, items[item_b].session_id));
}

static int
compare_plans_cb (gconstpointer a,
                  gconstpointer b,
                  gpointer      user_data)
{
  Scope *scope = user_data;
  const DrillPlan *plans = drill_evidence_get_plans (scope->evidence);
  const DrillPlan *plan_a = &plans[*(const guint32 *) a];
  const DrillPlan *plan_b = &plans[*(const guint32 *) b];

  return compare_items (scope, plan_a->created, plan_a->item, plan_b->created, plan_b->item);
}

static gboolean
ack_in_scope (Scope          *scope,
              const DrillAck *ack)
{
  const DrillItem *item = &drill_evidence_get_items (scope->evidence)[ack->item];
  const guint32 *providers = drill_evidence_get_item_providers (scope->evidence);
  const char *provider = item->n_providers > 0 ? text_of (scope, DRILL_DICT_PROVIDER, providers[item->first_provider]) : "";

  return fits (scope->schedule_id, text_of (scope, DRILL_DICT_SCHEDULE, item->schedule)) &&
         fits (scope->provider, provider);
}

static void
collect_acks (Scope *scope)
{
  const DrillAck *acks = drill_evidence_get_acks (scope->evidence);
  guint n_acks = drill_evidence_get_n_acks (scope->evidence);
  guint n_pairs = drill_evidence_get_n_pairs (scope->evidence);

  scope->newest_acks = g_new (guint32, MAX (n_pairs, 1));
  for (guint i = 0; i < n_pairs; i++)
    scope->newest_acks[i] = DRILL_NONE;

  for (guint i = 0; i < n_acks; i++)
    {
      guint32 *newest;

      if (!ack_in_scope (scope, &acks[i]))
        continue;

      scope->n_acks++;
      if (acks[i].pair == DRILL_NONE)
        continue;

      newest = &scope->newest_acks[acks[i].pair];
      if (*newest == DRILL_NONE ||
          compare_items (scope, acks[i].created, acks[i].item, acks[*newest].created, acks[*newest].item) < 0)
        *newest = i;
    }
}

static gboolean
route_in_scope (Scope   *scope,
                guint32  route)
{
  guint8 flags = drill_evidence_get_route_flags (scope->evidence)[route];

#define CODE(column) (drill_evidence_get_route_column (scope->evidence, column)[route])
  return (flags & DRILL_ROUTE_DELIVERED) &&
         fits (scope->schedule_id, text_of (scope, DRILL_DICT_SCHEDULE, CODE (DRILL_ROUTE_SCHEDULE))) &&
         fits (scope->provider, text_of (scope, DRILL_DICT_PROVIDER, CODE (DRILL_ROUTE_PROVIDER))) &&
         (*scope->owner == '\0' ||
          owner_code_fits (scope, CODE (DRILL_ROUTE_OWNER)) ||
          owner_code_fits (scope, CODE (DRILL_ROUTE_ESCALATION_OWNER)));
#undef CODE
}

static JsonObject *
build_route (Scope   *scope,
             guint32  route,
             guint32 *state)
{
#define CODE(column) (drill_evidence_get_route_column (scope->evidence, column)[route])
  const DrillPlan *plan = &drill_evidence_get_plans (scope->evidence)[CODE (DRILL_ROUTE_PLAN)];
  g_autofree char *route_id = drill_evidence_dup_route_id (scope->evidence, route);
  guint32 pair = CODE (DRILL_ROUTE_PAIR);
  guint32 newest = pair != DRILL_NONE ? scope->newest_acks[pair] : DRILL_NONE;
  const DrillAck none = { 0 };
  const DrillAck *ack = newest != DRILL_NONE ? &drill_evidence_get_acks (scope->evidence)[newest] : &none;
  JsonObject *entry = json_object_new ();

  *state = ack->payload_state != DRILL_STATE_NONE ? ack->payload_state : DRILL_STATE_OUTSTANDING;

  json_object_set_string_member (entry, "route_id", route_id);
  json_object_set_string_member (entry, "schedule_id", text_of (scope, DRILL_DICT_SCHEDULE, CODE (DRILL_ROUTE_SCHEDULE)));
  json_object_set_string_member (entry, "plan_id", text_of (scope, DRILL_DICT_TEXT, plan->plan_id));
  json_object_set_string_member (entry, "provider", text_of (scope, DRILL_DICT_PROVIDER, CODE (DRILL_ROUTE_PROVIDER)));
  json_object_set_string_member (entry, "owner", text_of (scope, DRILL_DICT_OWNER, CODE (DRILL_ROUTE_OWNER)));
  json_object_set_string_member (entry, "escalation_owner",
                                 text_of (scope, DRILL_DICT_OWNER, CODE (DRILL_ROUTE_ESCALATION_OWNER)));
  json_object_set_string_member (entry, "route_action", text_of (scope, DRILL_DICT_ACTION, CODE (DRILL_ROUTE_ACTION)));
  json_object_set_string_member (entry, "route_created_at", text_of (scope, DRILL_DICT_TEXT, plan->created));
  json_object_set_string_member (entry, "acknowledgement_state", text_of (scope, DRILL_DICT_STATE, *state));
  json_object_set_boolean_member (entry, "acknowledged", drill_state_is_acknowledged (*state));
  json_object_set_string_member (entry, "acknowledged_by", text_of (scope, DRILL_DICT_ACTOR, ack->actor));
  json_object_set_string_member (entry, "acknowledged_at", text_of (scope, DRILL_DICT_TEXT, ack->at));
  json_object_set_string_member (entry, "external_ref", text_of (scope, DRILL_DICT_REFERENCE, ack->reference));
  json_object_set_string_member (entry, "notes", text_of (scope, DRILL_DICT_TEXT, ack->notes));
  json_object_set_string_member (entry, "acknowledgement_id", text_of (scope, DRILL_DICT_TEXT, ack->id));
#undef CODE

  return entry;
}

static JsonObject *
build_filters (Scope *scope)
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
 * drill_package_owner_fits:
 * @filter: the owner filter, "" for all
 * @owner: an owner
 * @escalation_owner: who it escalates to
 *
 * The contract's owner rule (section 4).
 *
 * Returns: %TRUE when @filter is part of one of them, whatever the case
 */
gboolean
drill_package_owner_fits (const char *filter,
                          const char *owner,
                          const char *escalation_owner)
{
  g_autofree char *lower = to_lower (filter);

  return contains (lower, owner) || contains (lower, escalation_owner);
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
 * @max_routes: the most routes to include, %DRILL_PACKAGE_SERVICE_CUT to do as the service does, %G_MAXUINT for all
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
  g_auto(Scope) state = {
    .evidence = evidence,
    .schedule_id = scope != NULL && scope->schedule_id != NULL ? scope->schedule_id : "",
    .provider = scope != NULL && scope->provider != NULL ? scope->provider : "",
    .owner = scope != NULL && scope->owner != NULL ? scope->owner : "",
  };
  const DrillPlan *plans = drill_evidence_get_plans (evidence);
  guint n_plans = drill_evidence_get_n_plans (evidence);
  g_autofree guint32 *order = g_new (guint32, MAX (n_plans, 1));
  g_autofree char *now = drill_time_format (now_us);
  g_autofree char *audit_id = NULL;
  JsonObject *package = json_object_new ();
  JsonArray *routes = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  guint counts[DRILL_STATE_DISMISSED + 1] = { 0 };
  guint n_outstanding = 0;

  state.owner_fits = g_new0 (guint8, MAX (drill_evidence_get_dict_size (evidence, DRILL_DICT_OWNER), 1));
  collect_acks (&state);

  for (guint i = 0; i < n_plans; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) n_plans, sizeof *order, compare_plans_cb, &state);

  for (guint i = 0; i < n_plans; i++)
    for (guint n = 0; n < plans[order[i]].n_routes && json_array_get_length (routes) < max_routes; n++)
      {
        guint32 route = plans[order[i]].first_route + n;
        guint32 ack_state;

        if (!route_in_scope (&state, route))
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
