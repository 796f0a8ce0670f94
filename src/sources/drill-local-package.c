// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/drill-local-write-private.h"

#include "base/drill-error.h"
#include "base/drill-text.h"
#include "base/drill-time.h"
#include "evidence/drill-json.h"

/* Audit packages and their delivery: contract section 7. */

#define PLAN_SCHEMA    "cavra.go-backend-pilot.rollback-drill-acknowledgement-audit-delivery-plan.v1"
#define PLAN_KIND      "go-backend-rollback-drill-acknowledgement-audit-delivery-plan"
#define SOURCE_AUDIT   DRILL_SOURCE_PREFIX "acknowledgement_audit"
#define EVENT_AUDIT    "cavra.go_backend.rollback_drill_acknowledgement_audit"
#define EVERY          "all"

static const char *const all_connectors[] = {
  "splunk", "sentinel", "datadog", "jira", "servicenow", "slack", "teams", "pagerduty", "email", "webhook", NULL,
};

static JsonArray *
new_strings (const char *const *texts)
{
  JsonArray *array = json_array_new ();

  for (; *texts != NULL; texts++)
    json_array_add_string_element (array, *texts);

  return array;
}

static void
copy_members (JsonObject        *from,
              JsonObject        *to,
              const char *const *members)
{
  for (; *members != NULL; members++)
    json_object_set_member (to, *members, json_object_dup_member (from, *members));
}

static JsonObject *
build_package (const DrillLocalRequest  *request,
               GError                  **error)
{
  g_autofree char *actor = drill_local_request_dup_actor (request, "generated_by", error);
  g_autoptr(JsonNode) node = NULL;
  DrillPackageScope scope = {
    .schedule_id = drill_json_get_string (request->body, "schedule_id"),
    .provider = drill_json_get_string (request->body, "provider"),
    .owner = drill_json_get_string (request->body, "owner"),
  };
  JsonObject *package;

  if (actor == NULL)
    return NULL;

  node = drill_package_build (request->evidence, &scope, actor, request->now_us, DRILL_PACKAGE_SERVICE_CUT);
  package = json_node_dup_object (node);
  if (request->mark != NULL)
    json_array_add_string_element (json_object_get_array_member (package, "controls"), request->mark);

  return package;
}

static JsonObject *
new_package_item (JsonObject *package)
{
  static const char *const members[] = {
    "audit_id", "alert_level", "route_count", "acknowledgement_count", "outstanding_count", NULL,
  };
  gint64 n_outstanding = drill_json_get_int (package, "outstanding_count", 0);
  JsonObject *item = drill_local_write_new_item (DRILL_KIND_PACKAGE,
                                                 drill_json_get_string (package, "audit_id"),
                                                 drill_json_get_string (package, "generated_at"),
                                                 drill_json_get_string (package, "generated_by"));

  json_object_set_int_member (item, "decision_count", drill_json_get_int (package, "route_count", 0));
  json_object_set_int_member (item, "blocked_count",
                              n_outstanding + drill_json_get_int (package, "escalated_count", 0));
  json_object_set_int_member (item, "approval_required_count", n_outstanding);
  copy_members (package, item, members);
  json_object_set_object_member (item, "acknowledgement_audit_package", json_object_ref (package));

  return item;
}

/* The destinations that are asked for, in that order, each once */
static GStrv
parse_providers (const char        *requested,
                 const char *const *connectors)
{
  g_auto(GStrv) names = g_strsplit (requested, ",", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = drill_text_lower (g_strstrip (names[i]));

      g_free (names[i]);
      names[i] = g_steal_pointer (&name);
      if (g_str_equal (names[i], EVERY))
        return g_strdupv ((GStrv) connectors);
      if (*names[i] != '\0' && g_hash_table_add (seen, names[i]))
        g_strv_builder_add (builder, names[i]);
    }

  return g_strv_builder_end (builder);
}

static GStrv
select_providers (const char *const *requested,
                  const char *const *connectors)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (; *requested != NULL; requested++)
    if (g_strv_contains (connectors, *requested))
      g_strv_builder_add (builder, *requested);

  return g_strv_builder_end (builder);
}

static char *
make_delivery_id (JsonObject        *package,
                  JsonObject        *body,
                  const char *const *selected)
{
  g_autoptr(JsonObject) hashed = json_object_new ();

  json_object_set_string_member (hashed, "audit_id", drill_json_get_string (package, "audit_id"));
  json_object_set_array_member (hashed, "eligible", new_strings (selected));
  json_object_set_string_member (hashed, "generated_by", drill_json_get_string (package, "generated_by"));
  json_object_set_string_member (hashed, "cadence", drill_json_get_string (body, "cadence"));
  json_object_set_string_member (hashed, "schedule_ref", drill_json_get_string (body, "schedule_ref"));
  json_object_set_string_member (hashed, "next_delivery_at", drill_json_get_string (body, "next_delivery_at"));

  return drill_local_write_make_id ("gordackdelivery-", hashed);
}

static JsonObject *
new_plan (const DrillLocalRequest *request,
          JsonObject              *package,
          const char              *asked,
          const char *const       *requested,
          const char *const       *selected)
{
  static const char *const of_package[] = {
    "route_count", "outstanding_count", "escalated_count", "alert_level", "filters", NULL,
  };
  g_autofree char *delivery_id = make_delivery_id (package, request->body, selected);
  JsonObject *plan = json_object_new ();
  JsonArray *controls = json_array_new ();

  json_object_set_string_member (plan, "schema_version", PLAN_SCHEMA);
  json_object_set_string_member (plan, "product", "CAVRA");
  json_object_set_string_member (plan, "delivery_id", delivery_id);
  json_object_set_string_member (plan, "audit_id", drill_json_get_string (package, "audit_id"));
  json_object_set_string_member (plan, "generated_at", drill_json_get_string (package, "generated_at"));
  json_object_set_string_member (plan, "generated_by", drill_json_get_string (package, "generated_by"));
  json_object_set_string_member (plan, "cadence", drill_json_get_string (request->body, "cadence"));
  json_object_set_string_member (plan, "schedule_ref", drill_json_get_string (request->body, "schedule_ref"));
  json_object_set_string_member (plan, "next_delivery_at", drill_json_get_string (request->body, "next_delivery_at"));
  json_object_set_string_member (plan, "requested_provider", asked);
  json_object_set_array_member (plan, "requested_providers", new_strings (requested));
  json_object_set_array_member (plan, "selected_providers", new_strings (selected));
  json_object_set_int_member (plan, "destination_count", g_strv_length ((GStrv) selected));
  copy_members (package, plan, of_package);

  json_array_add_string_element (controls, "public-safe-audit-delivery");
  json_array_add_string_element (controls, "route-notes-not-sent");
  if (request->mark != NULL)
    json_array_add_string_element (controls, request->mark);
  json_object_set_array_member (plan, "controls", controls);

  return plan;
}

static JsonObject *
new_plan_item (JsonObject *plan)
{
  static const char *const members[] = {
    "delivery_id", "audit_id", "alert_level", "cadence", "selected_providers", "destination_count",
    "route_count", "outstanding_count", NULL,
  };
  gint64 n_outstanding = drill_json_get_int (plan, "outstanding_count", 0);
  JsonObject *item = drill_local_write_new_item (PLAN_KIND,
                                                 drill_json_get_string (plan, "delivery_id"),
                                                 drill_json_get_string (plan, "generated_at"),
                                                 drill_json_get_string (plan, "generated_by"));

  json_object_set_int_member (item, "decision_count", drill_json_get_int (plan, "destination_count", 0));
  json_object_set_int_member (item, "blocked_count",
                              n_outstanding + drill_json_get_int (plan, "escalated_count", 0));
  json_object_set_int_member (item, "approval_required_count", n_outstanding);
  copy_members (plan, item, members);
  json_object_set_object_member (item, "acknowledgement_audit_delivery_plan", json_object_ref (plan));

  return item;
}

/* Every connector takes what it is given */
static JsonObject *
new_delivery (const DrillLocalRequest *request,
              JsonObject              *plan,
              const char *const       *selected)
{
  JsonObject *delivery = json_object_new ();
  JsonArray *deliveries = json_array_new ();

  json_object_set_string_member (delivery, "event_type", EVENT_AUDIT);
  json_object_set_string_member (delivery, "event_id", drill_json_get_string (plan, "audit_id"));
  json_object_set_string_member (delivery, "generated_at", drill_json_get_string (plan, "generated_at"));
  json_object_set_boolean_member (delivery, "success", TRUE);
  for (; *selected != NULL; selected++)
    {
      JsonObject *one = json_object_new ();

      json_object_set_string_member (one, "provider", *selected);
      json_object_set_boolean_member (one, "success", TRUE);
      json_object_set_int_member (one, "attempt_count", 1);
      json_object_set_int_member (one, "status_code", 200);
      json_array_add_object_element (deliveries, one);
    }
  json_object_set_array_member (delivery, "deliveries", deliveries);
  if (request->mark != NULL)
    json_object_set_string_member (delivery, "simulation", request->mark);

  return delivery;
}

static JsonObject *
new_delivery_item (JsonObject        *plan,
                   JsonObject        *delivery,
                   const char *const *selected)
{
  static const char *const none[] = { NULL };
  static const char *const members[] = { "delivery_id", "audit_id", "cadence", NULL };
  guint n = g_strv_length ((GStrv) selected);
  g_autoptr(JsonObject) hashed = json_object_new ();
  g_autofree char *id = NULL;
  JsonArray *codes = json_array_new ();
  JsonObject *item;

  json_object_set_string_member (hashed, "delivery_id", drill_json_get_string (plan, "delivery_id"));
  json_object_set_string_member (hashed, "generated_at", drill_json_get_string (plan, "generated_at"));
  id = drill_local_write_make_id ("rcd-", hashed);
  for (guint i = 0; i < n; i++)
    json_array_add_int_element (codes, 200);

  item = drill_local_write_new_item (DRILL_KIND_DELIVERY, id, drill_json_get_string (plan, "generated_at"), SOURCE_AUDIT);
  json_object_set_int_member (item, "decision_count", n);
  json_object_set_int_member (item, "blocked_count", 0);
  json_object_set_int_member (item, "approval_required_count", 0);
  json_object_set_string_member (item, "connector_delivery_source", SOURCE_AUDIT);
  json_object_set_string_member (item, "event_id", drill_json_get_string (delivery, "event_id"));
  json_object_set_string_member (item, "event_type", EVENT_AUDIT);
  json_object_set_boolean_member (item, "delivery_success", TRUE);
  json_object_set_array_member (item, "providers", new_strings (selected));
  json_object_set_array_member (item, "failed_providers", new_strings (none));
  json_object_set_int_member (item, "attempt_count", n);
  json_object_set_int_member (item, "max_attempt_count", 1);
  json_object_set_array_member (item, "status_codes", codes);
  copy_members (plan, item, members);
  json_object_set_object_member (item, "delivery", json_object_ref (delivery));

  return item;
}

/*
 * drill_local_request_answer_package:
 *
 * Returns: (transfer full) (nullable): `{audit_package, metadata, actor}`
 */
JsonObject *
drill_local_request_answer_package (const DrillLocalRequest  *request,
                                    GError                  **error)
{
  g_autoptr(JsonObject) package = build_package (request, error);
  JsonObject *answer;

  if (package == NULL)
    return NULL;

  answer = json_object_new ();
  json_object_set_object_member (answer, "audit_package", json_object_ref (package));
  json_object_set_object_member (answer, "metadata", new_package_item (package));
  drill_local_request_set_actor (request, answer);

  return answer;
}

/*
 * drill_local_request_answer_delivery:
 *
 * Returns: (transfer full) (nullable): `{audit_package, audit_metadata, delivery_plan,
 *   plan_metadata, delivery, metadata, success, actor}`
 */
JsonObject *
drill_local_request_answer_delivery (const DrillLocalRequest  *request,
                                     GError                  **error)
{
  const char *const *connectors = request->connectors != NULL ? request->connectors : all_connectors;
  const char *asked = drill_json_get_string (request->body, "delivery_provider");
  g_auto(GStrv) requested = NULL;
  g_auto(GStrv) selected = NULL;
  g_autoptr(JsonObject) package = NULL;
  g_autoptr(JsonObject) plan = NULL;
  g_autoptr(JsonObject) delivery = NULL;
  JsonObject *answer;

  if (*connectors == NULL)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_REJECTED, "connector config is not configured");
      return NULL;
    }
  package = build_package (request, error);
  if (package == NULL)
    return NULL;

  asked = *asked != '\0' ? asked : EVERY;
  requested = parse_providers (asked, connectors);
  selected = select_providers ((const char *const *) requested, connectors);
  plan = new_plan (request, package, asked, (const char *const *) requested, (const char *const *) selected);
  if (*selected != NULL)
    delivery = new_delivery (request, plan, (const char *const *) selected);

  answer = json_object_new ();
  json_object_set_object_member (answer, "audit_package", json_object_ref (package));
  json_object_set_object_member (answer, "audit_metadata", new_package_item (package));
  json_object_set_object_member (answer, "delivery_plan", json_object_ref (plan));
  json_object_set_object_member (answer, "plan_metadata", new_plan_item (plan));
  if (delivery != NULL)
    {
      json_object_set_object_member (answer, "delivery", json_object_ref (delivery));
      json_object_set_object_member (answer, "metadata",
                                     new_delivery_item (plan, delivery, (const char *const *) selected));
    }
  else
    {
      json_object_set_null_member (answer, "delivery");
      json_object_set_null_member (answer, "metadata");
    }
  json_object_set_boolean_member (answer, "success", delivery != NULL);
  drill_local_request_set_actor (request, answer);

  return answer;
}
