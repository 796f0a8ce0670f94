// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-generate.h"

#include "base/drill-time.h"

#define ROUTES_A_PLAN   10
#define PLANS_A_SCHEDULE 4
#define PERIOD          (60 * G_TIME_SPAN_DAY) /* how far back the oldest plan is */

struct _DrillGenerator
{
  GRand *rand;
  GQueue ready; /* of char *: the items of the plan in hand, newest first */
  gint64 now_us;
  gint64 step_us;
  guint n_plans;
  guint n_schedules;
  guint next_plan;
  guint n_routes_left;
};

static const char *const providers[] = {
  "slack", "teams", "webhook", "pagerduty", "jira", "servicenow", "email", "splunk", "datadog", "sentinel",
};

static const char *const owners[] = {
  "release-governance", "platform-operations", "sre-oncall", "payments", "identity", "data-platform", "edge",
  "checkout", "search", "observability", "güvenlik", "storage", "networking", "release-manager", "mobile", "ml",
};

static const char *const states[] = { "acknowledged", "acknowledged", "acknowledged", "resolved", "escalated", "dismissed" };

static const char *const alerts[] = { "critical", "warning", "warning", "healthy" };

static const int minutes[] = { 30, 45, 60, 60, 120, 240 };

#define PICK(self, array) ((array)[g_rand_int_range ((self)->rand, 0, G_N_ELEMENTS (array))])

static void
append_decision (DrillGenerator *self,
                 GString        *json,
                 const char     *schedule,
                 const char     *provider,
                 gboolean       *delivers)
{
  const char *owner = PICK (self, owners);
  int die = g_rand_int_range (self->rand, 0, 100);

  *delivers = die < 75;

  g_string_append_printf (json, "{\"route_key\":\"%s:%s\",\"schedule_id\":\"%s\",\"provider\":\"%s\",\"owner\":\"%s\","
                          "\"escalation_owner\":\"%s\",\"acknowledgement_minutes\":%d,",
                          provider, owner, schedule, provider, owner, PICK (self, owners), PICK (self, minutes));
  if (die < 75)
    g_string_append (json, "\"action\":\"deliver\",\"reason\":\"drill is stale\"}");
  else if (die < 83)
    g_string_append (json, "\"maintenance_window\":{\"window_id\":\"mw-1\",\"reason\":\"change freeze\"},"
                     "\"action\":\"suppress\",\"reason\":\"maintenance window is active\"}");
  else if (die < 91)
    g_string_append (json, "\"owner_availability\":{\"available\":false,\"reason\":\"on leave\"},"
                     "\"action\":\"suppress\",\"reason\":\"owner is not available\"}");
  else if (die < 98)
    g_string_append (json, "\"action\":\"suppress\",\"reason\":\"schedule is healthy\"}");
  else
    g_string_append (json, "\"action\":\"suppress\",\"category\":\"deduplicated\",\"reason\":\"sent before\"}");
}

static char *
make_ack (DrillGenerator *self,
          const char     *schedule,
          const char     *plan_id,
          const char     *provider,
          guint           plan,
          guint           n,
          gint64          at_us)
{
  g_autofree char *at = drill_time_format (at_us);
  const char *state = PICK (self, states);
  const char *actor = PICK (self, owners);
  g_autofree char *reference = g_rand_boolean (self->rand)
                               ? g_strdup_printf ("CHG-%d", g_rand_int_range (self->rand, 100, 9999))
                               : g_strdup ("");

  return g_strdup_printf ("{\"session_id\":\"gordack-%08x%02x\",\"created_at\":\"%s\",\"signer\":\"%s\","
                          "\"metadata_kind\":\"go-backend-rollback-drill-notification-ack\","
                          "\"acknowledgement_id\":\"gordack-%08x%02x\",\"schedule_id\":\"%s\",\"plan_id\":\"%s\","
                          "\"provider\":\"%s\",\"acknowledgement_state\":\"%s\",\"acknowledgement\":{"
                          "\"acknowledgement_id\":\"gordack-%08x%02x\",\"schedule_id\":\"%s\",\"plan_id\":\"%s\","
                          "\"provider\":\"%s\",\"acknowledged_by\":\"%s\",\"acknowledgement_state\":\"%s\","
                          "\"acknowledged_at\":\"%s\",\"external_ref\":\"%s\",\"notes\":\"\"}}",
                          plan, n, at, actor, plan, n, schedule, plan_id, provider, state,
                          plan, n, schedule, plan_id, provider, actor, state, at, reference);
}

static char *
make_delivery (DrillGenerator *self,
               const char     *schedule,
               const char     *provider,
               guint           plan,
               gint64          at_us)
{
  g_autofree char *at = drill_time_format (at_us);
  gboolean success = g_rand_int_range (self->rand, 0, 10) > 0;

  return g_strdup_printf ("{\"session_id\":\"rcd-%08x\",\"created_at\":\"%s\","
                          "\"signer\":\"go_backend_rollback_drill_notification\","
                          "\"metadata_kind\":\"release-connector-delivery\","
                          "\"connector_delivery_source\":\"go_backend_rollback_drill_notification\","
                          "\"event_id\":\"%s\",\"delivery_success\":%s,\"providers\":[\"%s\"],"
                          "\"failed_providers\":[%s%s%s],\"attempt_count\":1,\"status_codes\":[%d]}",
                          plan, at, schedule, success ? "true" : "false", provider,
                          success ? "" : "\"", success ? "" : provider, success ? "" : "\"", success ? 200 : 503);
}

static void
make_plan (DrillGenerator *self)
{
  guint plan = self->next_plan++;
  guint n_routes = MIN (ROUTES_A_PLAN, self->n_routes_left);
  gint64 at_us = self->now_us - (gint64) (plan + 1) * self->step_us;
  g_autofree char *at = drill_time_format (at_us);
  g_autofree char *schedule = g_strdup_printf ("schedule_%05u", plan % self->n_schedules);
  g_autofree char *plan_id = g_strdup_printf ("gordn-%08x", plan);
  g_autoptr(GString) decisions = g_string_new (NULL);
  g_autoptr(GString) required = g_string_new (NULL);
  const char *alert = PICK (self, alerts);
  const char *acknowledged = NULL;
  const char *delivered = NULL;
  guint first_provider = g_rand_int_range (self->rand, 0, G_N_ELEMENTS (providers));

  for (guint i = 0; i < n_routes; i++)
    {
      const char *provider = providers[(first_provider + i) % G_N_ELEMENTS (providers)];
      gboolean delivers;

      if (i > 0)
        g_string_append_c (decisions, ',');
      append_decision (self, decisions, schedule, provider, &delivers);
      if (!delivers)
        continue;

      g_string_append_printf (required, "%s\"%s\"", required->len > 0 ? "," : "", provider);
      delivered = provider;
      if (g_rand_int_range (self->rand, 0, 12) == 0)
        acknowledged = provider;
    }
  self->n_routes_left -= n_routes;

  if (acknowledged != NULL)
    g_queue_push_tail (&self->ready, make_ack (self, schedule, plan_id, acknowledged, plan, 0,
                                               at_us + self->step_us * 2 / 3));
  if (delivered != NULL && g_rand_int_range (self->rand, 0, 3) == 0)
    g_queue_push_tail (&self->ready, make_delivery (self, schedule, delivered, plan, at_us + self->step_us / 3));

  g_queue_push_tail (&self->ready,
                     g_strdup_printf ("{\"session_id\":\"%s\",\"created_at\":\"%s\",\"signer\":\"release-governance\","
                                      "\"metadata_kind\":\"go-backend-rollback-drill-notification-plan\","
                                      "\"decision_count\":%u,\"blocked_count\":0,\"approval_required_count\":0,"
                                      "\"plan_id\":\"%s\",\"schedule_id\":\"%s\",\"alert_level\":\"%s\",\"plan\":{"
                                      "\"schema_version\":\"cavra.go-backend-pilot.rollback-drill-notification-plan.v1\","
                                      "\"product\":\"CAVRA\",\"generated_by\":\"release-governance\",\"status\":\"needs_attention\","
                                      "\"controls\":[\"public_safe_metadata_only\",\"no_credentials\"],\"plan_id\":\"%s\",\"schedule_id\":\"%s\",\"generated_at\":\"%s\","
                                      "\"alert_level\":\"%s\",\"acknowledgement_required_providers\":[%s],"
                                      "\"owners\":[\"%s\"],\"route_decisions\":[%s]}}",
                                      plan_id, at, n_routes, plan_id, schedule, alert, plan_id, schedule, at, alert,
                                      required->str, PICK (self, owners), decisions->str));
}

/**
 * drill_generator_new:
 * @n_routes: how many route rows
 * @seed: the same seed makes the same history
 * @now_us: when the newest item is from, µs UTC
 *
 * Returns: (transfer full): a generator
 */
DrillGenerator *
drill_generator_new (guint   n_routes,
                     guint32 seed,
                     gint64  now_us)
{
  DrillGenerator *self = g_new0 (DrillGenerator, 1);

  self->rand = g_rand_new_with_seed (seed);
  g_queue_init (&self->ready);
  self->now_us = now_us;
  self->n_plans = (n_routes + ROUTES_A_PLAN - 1) / ROUTES_A_PLAN;
  self->n_schedules = MAX (1, self->n_plans / PLANS_A_SCHEDULE);
  self->step_us = PERIOD / MAX (1, self->n_plans);
  self->n_routes_left = n_routes;

  return self;
}

void
drill_generator_free (DrillGenerator *self)
{
  g_queue_clear_full (&self->ready, g_free);
  g_rand_free (self->rand);
  g_free (self);
}

/**
 * drill_generator_next:
 * @self: a generator
 * @item: what the JSON of the next older item is appended to
 *
 * Returns: %FALSE when there is none left
 */
gboolean
drill_generator_next (DrillGenerator *self,
                      GString        *item)
{
  g_autofree char *next = NULL;

  if (g_queue_is_empty (&self->ready))
    {
      if (self->next_plan == self->n_plans)
        return FALSE;
      make_plan (self);
    }

  next = g_queue_pop_head (&self->ready);
  g_string_append (item, next);

  return TRUE;
}

/**
 * drill_generate_items:
 *
 * Returns: (transfer full) (element-type utf8): the JSON of all items, newest first
 */
GPtrArray *
drill_generate_items (guint   n_routes,
                      guint32 seed,
                      gint64  now_us)
{
  g_autoptr(DrillGenerator) generator = drill_generator_new (n_routes, seed, now_us);
  g_autoptr(GString) item = g_string_new (NULL);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_free);

  while (drill_generator_next (generator, item))
    {
      g_ptr_array_add (items, g_strndup (item->str, item->len));
      g_string_truncate (item, 0);
    }

  return items;
}

/**
 * drill_generate_history:
 *
 * Returns: (transfer full): a history document, `{"items": […]}` on one line
 */
GString *
drill_generate_history (guint   n_routes,
                        guint32 seed,
                        gint64  now_us)
{
  g_autoptr(DrillGenerator) generator = drill_generator_new (n_routes, seed, now_us);
  GString *document = g_string_sized_new ((gsize) n_routes * 370 + 64);

  g_string_append (document, "{\"items\":[");
  while (drill_generator_next (generator, document))
    g_string_append_c (document, ',');
  if (document->str[document->len - 1] == ',')
    g_string_truncate (document, document->len - 1);
  g_string_append (document, "]}");

  return document;
}
