// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-histories.h"

#include "evidence/drill-evidence.h"

/* Histories that nobody would write by hand: few schedules and few times, so
 * that plans replace one another and times are equal, and fields that are
 * missing, null or empty as often as they are there. */

#define N_OF(list) ((gint32) G_N_ELEMENTS (list))

static const char *const schedules[] = { "daily", "weekly", "go/%20 monthly", "täglich" };
static const char *const providers[] = { "slack", "teams", "webhook", "jira" };
static const char *const owners[] = { "release-governance", "platform-operations", "nachtdienst-ü", "=cmd()" };
static const char *const actions[] = { "deliver", "deliver", "deliver", "suppress", "suppress", "hold", "" };
static const char *const reasons[] = { "", "stale drill", "Schedule is HEALTHY", "quoted \" and \\", "tab\t and \xf0\x9f\x98\x80" };
static const char *const categories[] = { "operator_hold", "freeze", "" };
static const char *const levels[] = { "critical", "warning", "healthy" };
static const char *const states[] = { "acknowledged", "resolved", "escalated", "dismissed", "snoozed", "" };
static const char *const times[] = {
  "2026-05-30T10:00:00+00:00", "2026-05-31T10:00:00.123456+00:00", "2026-06-01T10:00:00+00:00",
  "2026-06-01T11:00:00+00:00", "2026-06-01T11:00:00Z", "2026-06-01T11:15:00", "2026-06-01T11:59:59.999999+00:00",
  "2026-06-01T13:45:00+02:00", "2026-06-01", "not a time",
};

static void
begin_member (JsonBuilder *builder,
              const char  *name)
{
  json_builder_set_member_name (builder, name);
}

/* A text, or in one case of eight nothing or null */
static void
add_text (JsonBuilder       *builder,
          GRand             *random,
          const char        *name,
          const char *const *list,
          gint32             n)
{
  switch (g_rand_int_range (random, 0, 16))
    {
    case 0:
      break;

    case 1:
      begin_member (builder, name);
      json_builder_add_null_value (builder);
      break;

    default:
      begin_member (builder, name);
      json_builder_add_string_value (builder, list[g_rand_int_range (random, 0, n)]);
      break;
    }
}

static void
add_texts (JsonBuilder       *builder,
           GRand             *random,
           const char        *name,
           const char *const *list,
           gint32             n)
{
  gint32 count = g_rand_int_range (random, 0, 4);

  begin_member (builder, name);
  json_builder_begin_array (builder);
  for (gint32 i = 0; i < count; i++)
    json_builder_add_string_value (builder, list[g_rand_int_range (random, 0, n)]);
  json_builder_end_array (builder);
}

static void
add_minutes (JsonBuilder *builder,
             GRand       *random)
{
  static const gint64 minutes[] = { 1, 15, 30, 45, 60, 120, 0, -5, 100000 };

  switch (g_rand_int_range (random, 0, 8))
    {
    case 0:
      break;

    case 1:
      begin_member (builder, "acknowledgement_minutes");
      json_builder_add_null_value (builder);
      break;

    default:
      begin_member (builder, "acknowledgement_minutes");
      json_builder_add_int_value (builder, minutes[g_rand_int_range (random, 0, N_OF (minutes))]);
      break;
    }
}

static void
add_decision (JsonBuilder *builder,
              GRand       *random)
{
  json_builder_begin_object (builder);
  add_text (builder, random, "schedule_id", schedules, 1);
  add_text (builder, random, "provider", providers, N_OF (providers));
  add_text (builder, random, "owner", owners, N_OF (owners));
  add_text (builder, random, "escalation_owner", owners, N_OF (owners));
  add_text (builder, random, "action", actions, N_OF (actions));
  add_text (builder, random, "reason", reasons, N_OF (reasons));
  add_text (builder, random, "category", categories, N_OF (categories));
  add_minutes (builder, random);
  if (g_rand_int_range (random, 0, 4) == 0)
    {
      begin_member (builder, "maintenance_window");
      json_builder_begin_object (builder);
      add_text (builder, random, "window_id", reasons, N_OF (reasons));
      add_text (builder, random, "reason", reasons, N_OF (reasons));
      json_builder_end_object (builder);
    }
  if (g_rand_int_range (random, 0, 3) == 0)
    {
      begin_member (builder, "owner_availability");
      json_builder_begin_object (builder);
      begin_member (builder, "available");
      json_builder_add_boolean_value (builder, g_rand_boolean (random));
      add_text (builder, random, "reason", reasons, N_OF (reasons));
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static void
add_plan_fields (JsonBuilder *builder,
                 GRand       *random,
                 const char  *schedule,
                 guint        number)
{
  g_autofree char *id = g_strdup_printf ("plan-%u", number);
  gint32 n_decisions = g_rand_int_range (random, 0, 5);

  begin_member (builder, "plan_id");
  json_builder_add_string_value (builder, id);
  add_text (builder, random, "schedule_id", &schedule, 1);
  add_text (builder, random, "alert_level", levels, N_OF (levels));
  add_text (builder, random, "generated_at", times, N_OF (times));
  add_text (builder, random, "next_due_at", times, N_OF (times));
  add_texts (builder, random, "owners", owners, N_OF (owners));
  add_texts (builder, random, "acknowledgement_required_providers", providers, N_OF (providers));
  if (n_decisions == 0 && g_rand_boolean (random))
    return;

  begin_member (builder, "route_decisions");
  json_builder_begin_array (builder);
  for (gint32 i = 0; i < n_decisions; i++)
    add_decision (builder, random);
  json_builder_end_array (builder);
}

static void
add_plan (JsonBuilder *builder,
          GRand       *random,
          guint        number)
{
  const char *schedule = schedules[g_rand_int_range (random, 0, N_OF (schedules))];

  begin_member (builder, "metadata_kind");
  json_builder_add_string_value (builder, DRILL_KIND_PLAN);
  if (g_rand_int_range (random, 0, 5) == 0)
    {
      /* an older one: the item is the plan */
      add_plan_fields (builder, random, schedule, number);
      return;
    }

  add_text (builder, random, "schedule_id", &schedule, 1);
  begin_member (builder, "plan");
  json_builder_begin_object (builder);
  add_plan_fields (builder, random, schedule, number);
  json_builder_end_object (builder);
}

static void
add_ack_fields (JsonBuilder *builder,
                GRand       *random)
{
  static const char *const actors[] = { "release-manager", "ana" };
  static const char *const references[] = { "", "CHG-123", "INC-9" };

  add_text (builder, random, "acknowledgement_state", states, N_OF (states));
  add_text (builder, random, "acknowledged_by", actors, N_OF (actors));
  add_text (builder, random, "acknowledged_at", times, N_OF (times));
  add_text (builder, random, "external_ref", references, N_OF (references));
  add_text (builder, random, "notes", reasons, N_OF (reasons));
}

static void
add_ack (JsonBuilder *builder,
         GRand       *random,
         guint        number)
{
  g_autofree char *plan = g_strdup_printf ("plan-%u", number - g_rand_int_range (random, 0, 4));
  const char *plan_id = plan;

  begin_member (builder, "metadata_kind");
  json_builder_add_string_value (builder, DRILL_KIND_ACK);
  add_text (builder, random, "schedule_id", schedules, N_OF (schedules));
  add_text (builder, random, "provider", providers, N_OF (providers));
  add_text (builder, random, "plan_id", &plan_id, 1);
  if (g_rand_int_range (random, 0, 4) == 0)
    {
      add_ack_fields (builder, random);
      return;
    }

  add_text (builder, random, "acknowledgement_state", states, N_OF (states));
  begin_member (builder, "acknowledgement");
  json_builder_begin_object (builder);
  add_ack_fields (builder, random);
  json_builder_end_object (builder);
}

static void
add_delivery (JsonBuilder *builder,
              GRand       *random)
{
  static const char *const sources[] = {
    DRILL_SOURCE_NOTIFICATION, DRILL_SOURCE_PREFIX "acknowledgement_audit", DRILL_SOURCE_PREFIX "new", "release_governance",
  };

  begin_member (builder, "metadata_kind");
  json_builder_add_string_value (builder, DRILL_KIND_DELIVERY);
  add_text (builder, random, "connector_delivery_source", sources, N_OF (sources));
  add_text (builder, random, "event_id", schedules, N_OF (schedules));
  add_texts (builder, random, "providers", providers, N_OF (providers));
  if (g_rand_int_range (random, 0, 4) > 0)
    {
      begin_member (builder, "delivery_success");
      json_builder_add_boolean_value (builder, g_rand_boolean (random));
    }
}

static char *
make_item (GRand *random,
           guint  number)
{
  static const char *const kinds[] = { "go-backend-rollback-drill-something-new", "endpoint-inventory-ingestion" };
  static const char *const signers[] = { "cavra", "" };
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *id = g_strdup_printf ("%08x-%u", g_rand_int (random), number);

  json_builder_begin_object (builder);
  begin_member (builder, "session_id");
  json_builder_add_string_value (builder, id);
  add_text (builder, random, "created_at", times, N_OF (times));
  add_text (builder, random, "signer", signers, N_OF (signers));
  switch (g_rand_int_range (random, 0, 10))
    {
    case 0:
      add_text (builder, random, "metadata_kind", kinds, N_OF (kinds));
      break;

    case 1:
    case 2:
      add_delivery (builder, random);
      break;

    case 3:
    case 4:
    case 5:
      add_ack (builder, random, number);
      break;

    default:
      add_plan (builder, random, number);
      break;
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, g_rand_boolean (random));
}

/* Returns: (transfer full) (element-type utf8): items, always the same for the same seed */
GPtrArray *
drill_history_random (guint32 seed,
                      guint   n_items)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (seed);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_items; i++)
    g_ptr_array_add (items, make_item (random, 10 + i));

  return items;
}

static gpointer
copy_text (gconstpointer text,
           gpointer      data)
{
  return g_strdup (text);
}

/* Returns: (transfer full) (element-type utf8): the same items in another order */
GPtrArray *
drill_history_shuffle (GPtrArray *items,
                       GRand     *random)
{
  GPtrArray *shuffled = g_ptr_array_copy (items, copy_text, NULL);

  for (guint i = shuffled->len; i > 1; i--)
    {
      guint j = (guint) g_rand_int_range (random, 0, (gint32) i);
      gpointer other = shuffled->pdata[j];

      shuffled->pdata[j] = shuffled->pdata[i - 1];
      shuffled->pdata[i - 1] = other;
    }

  return shuffled;
}

static JsonNode *
make_unknown (GRand *random)
{
  static const char *const values[] = {
    "null", "true", "-1.5e3", "\"text \\u00fc\"", "[]", "{}", "[[1, {\"plan\": {\"plan_id\": \"no\"}}], \"}\"]",
    "{\"route_decisions\": [{\"provider\": \"no\"}], \"session_id\": \"no\", \"owner\": {\"a\": [\"\\\"\"]}}",
  };

  return json_from_string (values[g_rand_int_range (random, 0, N_OF (values))], NULL);
}

static void
add_unknown_to (JsonObject *object,
                GRand      *random)
{
  static const char *const names[] = { "x_new", "Plan", "session_id ", "", "schedule", "plan_", "owner\"s", "zusätzlich" };

  for (gint32 n = g_rand_int_range (random, 1, 4); n > 0; n--)
    json_object_set_member (object, names[g_rand_int_range (random, 0, N_OF (names))], make_unknown (random));
}

static void
add_unknown_to_plan (JsonObject *plan,
                     GRand      *random)
{
  JsonNode *decisions = json_object_get_member (plan, "route_decisions");

  if (decisions == NULL || !JSON_NODE_HOLDS_ARRAY (decisions))
    return;

  for (guint i = 0; i < json_array_get_length (json_node_get_array (decisions)); i++)
    {
      JsonNode *decision = json_array_get_element (json_node_get_array (decisions), i);

      if (JSON_NODE_HOLDS_OBJECT (decision))
        add_unknown_to (json_node_get_object (decision), random);
    }
}

/* Returns: (transfer full) (element-type utf8): the same items with fields no
 * contract knows in items, plans, acknowledgements and decisions */
GPtrArray *
drill_history_add_unknown (GPtrArray *items,
                           GRand     *random)
{
  static const char *const nested[] = { "plan", "acknowledgement" };
  GPtrArray *extended = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < items->len; i++)
    {
      g_autoptr(JsonNode) node = json_from_string (g_ptr_array_index (items, i), NULL);
      JsonObject *item = json_node_get_object (node);

      add_unknown_to_plan (item, random);
      for (guint j = 0; j < G_N_ELEMENTS (nested); j++)
        {
          JsonNode *inner = json_object_get_member (item, nested[j]);

          if (inner == NULL || !JSON_NODE_HOLDS_OBJECT (inner))
            continue;

          add_unknown_to (json_node_get_object (inner), random);
          add_unknown_to_plan (json_node_get_object (inner), random);
        }
      add_unknown_to (item, random);
      g_ptr_array_add (extended, json_to_string (node, FALSE));
    }

  return extended;
}
