// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/drill-local-answers.h"

#include <string.h>

#include "base/drill-time.h"
#include "evidence/drill-json.h"

#define MAX_ITEMS        500 /* the service counts its newest only (contract section 3) */
#define MAX_OUTSTANDING  20
#define MAX_LATEST       10

#define PREFIX           "go-backend-rollback-drill-"
#define PLAN             PREFIX "notification-plan"
#define ACK              PREFIX "notification-ack"
#define PACKAGE          PREFIX "acknowledgement-audit-package"
#define DELIVERY_PLAN    PREFIX "acknowledgement-audit-delivery-plan"
#define DELIVERY         "release-connector-delivery"
#define SOURCE_PREFIX    "go_backend_rollback_drill_"
#define SOURCE_NOTIFIED  "go_backend_rollback_drill_notification"
#define SOURCE_AUDIT     "go_backend_rollback_drill_acknowledgement_audit"

typedef struct {
  guint n_plans;
  guint n_acks;
  guint n_deliveries;
  guint n_failed;
  guint n_notified;
  guint n_audit_deliveries;
  guint n_audit_failed;
  guint n_packages;
  guint n_delivery_plans;
  const char *alert_level;
  GPtrArray *items;         /* of JsonObject, newest first */
  GHashTable *closed;       /* "schedule\nprovider" that was ever acknowledged or resolved */
  GPtrArray *current_plans; /* of JsonObject, borrowed */
} Counts;

static void
counts_clear (Counts *counts)
{
  g_clear_pointer (&counts->items, g_ptr_array_unref);
  g_clear_pointer (&counts->closed, g_hash_table_unref);
  g_clear_pointer (&counts->current_plans, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Counts, counts_clear)

static const char *
get_text (JsonObject *object,
          const char *member)
{
  const char *text = drill_json_get_string (object, member);

  return text != NULL ? text : "";
}

static gboolean
is_true (JsonObject *object,
         const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

/* A bare plan object, or none: then the item itself is read as the plan */
static JsonObject *
get_plan (JsonObject *item)
{
  JsonNode *plan = json_object_get_member (item, "plan");

  return plan != NULL && JSON_NODE_HOLDS_OBJECT (plan) ? json_node_get_object (plan) : item;
}

static const char *
get_schedule (JsonObject *item)
{
  const char *schedule = get_text (item, "schedule_id");

  return *schedule != '\0' ? schedule : get_text (get_plan (item), "schedule_id");
}

static int
rank_alert (const char *level)
{
  if (g_str_equal (level, "critical"))
    return 2;

  return g_str_equal (level, "warning") ? 1 : 0;
}

static void
count_delivery (Counts     *counts,
                JsonObject *item)
{
  const char *source = get_text (item, "connector_delivery_source");
  gboolean failed = !is_true (item, "delivery_success");

  /* Other parts of the service deliver by the same connectors */
  if (!g_str_has_prefix (source, SOURCE_PREFIX))
    return;

  counts->n_deliveries++;
  counts->n_failed += failed;
  if (g_str_equal (source, SOURCE_NOTIFIED))
    counts->n_notified++;
  if (g_str_equal (source, SOURCE_AUDIT))
    {
      counts->n_audit_deliveries++;
      counts->n_audit_failed += failed;
    }
}

static void
count_item (Counts     *counts,
            JsonObject *item,
            GHashTable *seen)
{
  const char *kind = get_text (item, "metadata_kind");

  if (g_str_equal (kind, PLAN))
    {
      const char *alert = get_text (item, "alert_level");

      counts->n_plans++;
      if (g_hash_table_add (seen, (gpointer) get_schedule (item)))
        {
          g_ptr_array_add (counts->current_plans, item);
          if (rank_alert (alert) > rank_alert (counts->alert_level))
            counts->alert_level = alert;
        }
    }
  else if (g_str_equal (kind, ACK))
    {
      const char *state = get_text (item, "acknowledgement_state");

      counts->n_acks++;
      if (g_str_equal (state, "acknowledged") || g_str_equal (state, "resolved"))
        g_hash_table_add (counts->closed, g_strconcat (get_text (item, "schedule_id"), "\n",
                                                       get_text (item, "provider"), NULL));
    }
  else if (g_str_equal (kind, DELIVERY))
    {
      count_delivery (counts, item);
    }
  else if (g_str_equal (kind, PACKAGE))
    {
      counts->n_packages++;
    }
  else if (g_str_equal (kind, DELIVERY_PLAN))
    {
      counts->n_delivery_plans++;
    }
}

static gboolean
count_items (Counts         *counts,
             DrillEvidence  *evidence,
             GError        **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const guint32 *order = drill_evidence_get_item_order (evidence);
  guint n_items = drill_evidence_get_n_items (evidence);

  counts->items = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  counts->closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  counts->current_plans = g_ptr_array_new ();
  counts->alert_level = "healthy";

  for (guint i = 0; i < MIN (n_items, MAX_ITEMS); i++)
    {
      JsonObject *item = drill_evidence_get_item_object (evidence, order[i], error);

      if (item == NULL)
        return FALSE;

      g_ptr_array_add (counts->items, item);
      count_item (counts, item, seen);
    }

  return TRUE;
}

static guint
build_outstanding (Counts      *counts,
                   JsonBuilder *builder)
{
  guint n = 0;

  json_builder_set_member_name (builder, "outstanding_acknowledgements");
  json_builder_begin_array (builder);
  for (guint i = 0; i < counts->current_plans->len; i++)
    {
      JsonObject *item = g_ptr_array_index (counts->current_plans, i);
      JsonNode *required = json_object_get_member (get_plan (item), "acknowledgement_required_providers");
      const char *schedule = get_schedule (item);

      if (required == NULL || !JSON_NODE_HOLDS_ARRAY (required))
        required = json_object_get_member (item, "acknowledgement_required_providers");
      if (required == NULL || !JSON_NODE_HOLDS_ARRAY (required))
        continue;

      for (guint j = 0; j < json_array_get_length (json_node_get_array (required)); j++)
        {
          JsonNode *element = json_array_get_element (json_node_get_array (required), j);
          g_autofree char *pair = NULL;

          if (json_node_get_value_type (element) != G_TYPE_STRING)
            continue;
          pair = g_strconcat (schedule, "\n", json_node_get_string (element), NULL);
          if (g_hash_table_contains (counts->closed, pair) || n++ >= MAX_OUTSTANDING)
            continue;

          json_builder_begin_object (builder);
          json_builder_set_member_name (builder, "schedule_id");
          json_builder_add_string_value (builder, schedule);
          json_builder_set_member_name (builder, "provider");
          json_builder_add_string_value (builder, json_node_get_string (element));
          json_builder_set_member_name (builder, "plan_id");
          json_builder_add_string_value (builder, get_text (item, "plan_id"));
          json_builder_end_object (builder);
        }
    }
  json_builder_end_array (builder);

  return n;
}

static void
add_count (JsonBuilder *builder,
           const char  *name,
           guint        count)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, count);
}

/**
 * drill_local_answers_dashboard:
 * @evidence: all items
 * @now_us: the time, µs UTC
 * @error: %DRILL_ERROR_BAD_INPUT
 *
 * What the service's dashboard would say of @evidence, with its quirks: only
 * the newest 500 items, and an acknowledgement that was later withdrawn still
 * closes (contract section 3). The counts of retries, recovery and workers are
 * left out: they are answers to requests that nothing local makes.
 *
 * Returns: (transfer full): the dashboard
 */
JsonNode *
drill_local_answers_dashboard (DrillEvidence  *evidence,
                               gint64          now_us,
                               GError        **error)
{
  g_auto(Counts) counts = { 0 };
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autofree char *now = drill_time_format (now_us);
  guint n_outstanding;

  if (!count_items (&counts, evidence, error))
    return NULL;

  json_builder_begin_object (builder);
  add_count (builder, "plan_count", counts.n_plans);
  add_count (builder, "delivery_count", counts.n_deliveries);
  add_count (builder, "notification_delivery_count", counts.n_notified);
  add_count (builder, "failed_delivery_count", counts.n_failed);
  add_count (builder, "acknowledgement_count", counts.n_acks);
  n_outstanding = build_outstanding (&counts, builder);
  add_count (builder, "outstanding_acknowledgement_count", n_outstanding);
  add_count (builder, "acknowledgement_audit_package_count", counts.n_packages);
  add_count (builder, "acknowledgement_audit_delivery_plan_count", counts.n_delivery_plans);
  add_count (builder, "acknowledgement_audit_delivery_count", counts.n_audit_deliveries);
  add_count (builder, "failed_acknowledgement_audit_delivery_count", counts.n_audit_failed);
  json_builder_set_member_name (builder, "acknowledgement_audit_delivery_success_rate");
  if (counts.n_audit_deliveries > 0)
    json_builder_add_double_value (builder, (double) (counts.n_audit_deliveries - counts.n_audit_failed) /
                                            counts.n_audit_deliveries);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "alert_level");
  json_builder_add_string_value (builder, counts.alert_level);
  json_builder_set_member_name (builder, "generated_at");
  json_builder_add_string_value (builder, now);
  json_builder_set_member_name (builder, "latest");
  json_builder_begin_array (builder);
  for (guint i = 0; i < MIN (counts.items->len, MAX_LATEST); i++)
    {
      JsonNode *item = json_node_init_object (json_node_alloc (), g_ptr_array_index (counts.items, i));

      json_builder_add_value (builder, item);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/**
 * drill_local_answers_session:
 *
 * Returns: (transfer full): who one is without a service: nobody in particular
 *   (contract section 1)
 */
JsonNode *
drill_local_answers_session (void)
{
  static const char *const permissions[] = {
    "read_activity", "read_inventory", "read_integrations", "read_evidence_metadata",
  };
  static const char *const refused[] = {
    "decide_approvals", "publish_policy_packs", "acknowledge_drill_notifications", "create_break_glass",
  };
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "product");
  json_builder_add_string_value (builder, "CAVRA");
  json_builder_set_member_name (builder, "mode");
  json_builder_add_string_value (builder, "local_or_demo");
  json_builder_set_member_name (builder, "authenticated");
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_set_member_name (builder, "auth_required");
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_set_member_name (builder, "actor");
  json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "repository_permissions");
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "permissions");
  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (permissions); i++)
    {
      json_builder_set_member_name (builder, permissions[i]);
      json_builder_add_boolean_value (builder, TRUE);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      json_builder_set_member_name (builder, refused[i]);
      json_builder_add_boolean_value (builder, FALSE);
    }
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "operator_notes");
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/**
 * drill_local_answers_to_bytes:
 * @node: an answer
 *
 * Returns: (transfer full): its JSON
 */
GBytes *
drill_local_answers_to_bytes (JsonNode *node)
{
  char *text = json_to_string (node, FALSE);

  return g_bytes_new_take (text, strlen (text));
}
