// SPDX-License-Identifier: GPL-3.0-or-later
#include "audit/drill-package.h"

#include <string.h>

#include "base/drill-error.h"
#include "base/drill-time.h"
#include "evidence/drill-evidence-builder.h"
#include "evidence/drill-json.h"

/* Verifying: what was found, in words. */
typedef struct {
  JsonObject *package;
  GPtrArray  *findings;
  gboolean    altered;
} Check;

static void
G_GNUC_PRINTF (2, 3)
found (Check      *check,
       const char *format,
       ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (check->findings, g_strdup_vprintf (format, args));
  va_end (args);
  check->altered = TRUE;
}

/* The text of a member, NULL when it is missing or something else. */
static const char *
text_member (JsonObject *object,
             const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

static gboolean
int_member (JsonObject *object,
            const char *name,
            gint64     *value)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;

  *value = json_node_get_int (node);

  return TRUE;
}

static JsonArray *
array_member (JsonObject *object,
              const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
object_member (JsonObject *object,
               const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
check_count (Check      *check,
             const char *name,
             guint       right)
{
  gint64 value;

  if (!int_member (check->package, name, &value))
    found (check, "%s is missing or not a number", name);
  else if (value != right)
    found (check, "%s is %" G_GINT64_FORMAT ", the routes give %u", name, value, right);
}

static void
check_text (Check      *check,
            const char *name,
            const char *right)
{
  const char *value = text_member (check->package, name);

  if (value == NULL)
    found (check, "%s is missing or not a text", name);
  else if (strcmp (value, right) != 0)
    found (check, "%s is \"%s\", not \"%s\"", name, value, right);
}

static void
check_audit_id (Check *check)
{
  g_autofree char *right = drill_package_compute_id (check->package);
  const char *value = text_member (check->package, "audit_id");

  if (value == NULL)
    found (check, "audit_id is missing or not a text");
  else if (right != NULL && strcmp (value, right) != 0)
    found (check, "audit_id is \"%s\", but filters, generated_by and routes give \"%s\"", value, right);
}

/* Reads the three filters; each must be there, and be a text. */
static void
check_filters (Check             *check,
               DrillPackageScope *scope)
{
  JsonObject *filters = object_member (check->package, "filters");
  const struct
  {
    const char  *name;
    const char **value;
  } members[] = {
    { "schedule_id", &scope->schedule_id },
    { "provider", &scope->provider },
    { "owner", &scope->owner },
  };

  *scope = (DrillPackageScope) { "", "", "" };
  if (filters == NULL)
    {
      found (check, "filters are missing");
      return;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *value = text_member (filters, members[i].name);

      if (value == NULL)
        found (check, "filter %s is missing or not a text", members[i].name);
      else
        *members[i].value = value;
    }
}

static void
check_route (Check                   *check,
             guint                    number,
             JsonObject              *route,
             const DrillPackageScope *scope,
             guint                   *counts)
{
  static const char *const texts[] = {
    "route_id", "schedule_id", "plan_id", "provider", "owner", "escalation_owner",
    "route_action", "route_created_at", "acknowledgement_state",
  };
  const char *state = text_member (route, "acknowledgement_state");
  JsonNode *acknowledged = json_object_get_member (route, "acknowledged");
  gboolean closed = g_strcmp0 (state, "acknowledged") == 0 || g_strcmp0 (state, "resolved") == 0;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (text_member (route, texts[i]) == NULL)
      {
        found (check, "route %u: %s is missing or not a text", number, texts[i]);
        return;
      }

  if (acknowledged == NULL || !JSON_NODE_HOLDS_VALUE (acknowledged) ||
      json_node_get_value_type (acknowledged) != G_TYPE_BOOLEAN ||
      json_node_get_boolean (acknowledged) != closed)
    found (check, "route %u: acknowledged does not fit its state \"%s\"", number, state);

  if (strcmp (text_member (route, "route_action"), "deliver") != 0)
    found (check, "route %u: its action is \"%s\", not \"deliver\"", number, text_member (route, "route_action"));

  if ((*scope->schedule_id != '\0' && strcmp (scope->schedule_id, text_member (route, "schedule_id")) != 0) ||
      (*scope->provider != '\0' && strcmp (scope->provider, text_member (route, "provider")) != 0) ||
      !drill_package_owner_fits (scope->owner, text_member (route, "owner"), text_member (route, "escalation_owner")))
    found (check, "route %u is outside the filters", number);

  if (strcmp (state, "acknowledged") == 0)
    counts[DRILL_STATE_ACKNOWLEDGED]++;
  else if (strcmp (state, "resolved") == 0)
    counts[DRILL_STATE_RESOLVED]++;
  else if (strcmp (state, "escalated") == 0)
    counts[DRILL_STATE_ESCALATED]++;
  else if (strcmp (state, "dismissed") == 0)
    counts[DRILL_STATE_DISMISSED]++;
  if (!closed)
    counts[DRILL_STATE_OUTSTANDING]++;
}

/* The service counts all acknowledgements in scope, of which each route shows
 * only the newest: it cannot be recomputed, but it has a lower bound. */
static void
check_ack_count (Check     *check,
                 JsonArray *routes)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 value;

  for (guint i = 0; i < json_array_get_length (routes); i++)
    {
      JsonNode *node = json_array_get_element (routes, i);
      JsonObject *route = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *schedule = route != NULL ? text_member (route, "schedule_id") : NULL;
      const char *provider = route != NULL ? text_member (route, "provider") : NULL;
      const char *state = route != NULL ? text_member (route, "acknowledgement_state") : NULL;

      if (schedule != NULL && provider != NULL && state != NULL && strcmp (state, "outstanding") != 0)
        g_hash_table_add (seen, g_strconcat (schedule, "\n", provider, NULL));
    }

  if (!int_member (check->package, "acknowledgement_count", &value))
    found (check, "acknowledgement_count is missing or not a number");
  else if (value < (gint64) g_hash_table_size (seen))
    found (check, "acknowledgement_count is %" G_GINT64_FORMAT ", the routes show %u acknowledgements",
           value, g_hash_table_size (seen));
}

static void
check_routes (Check *check)
{
  JsonArray *routes = array_member (check->package, "routes");
  guint counts[DRILL_STATE_DISMISSED + 1] = { 0 };
  DrillPackageScope scope;
  guint n_routes;

  check_filters (check, &scope);
  if (routes == NULL)
    {
      found (check, "routes are missing");
      return;
    }

  n_routes = json_array_get_length (routes);
  for (guint i = 0; i < n_routes; i++)
    {
      JsonNode *node = json_array_get_element (routes, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        check_route (check, i + 1, json_node_get_object (node), &scope, counts);
      else
        found (check, "route %u is not an object", i + 1);
    }

  check_count (check, "route_count", n_routes);
  check_count (check, "acknowledged_count", counts[DRILL_STATE_ACKNOWLEDGED]);
  check_count (check, "resolved_count", counts[DRILL_STATE_RESOLVED]);
  check_count (check, "escalated_count", counts[DRILL_STATE_ESCALATED]);
  check_count (check, "dismissed_count", counts[DRILL_STATE_DISMISSED]);
  check_count (check, "outstanding_count", counts[DRILL_STATE_OUTSTANDING]);
  check_text (check, "alert_level", counts[DRILL_STATE_OUTSTANDING] > 0 ? "critical" : "healthy");
  check_ack_count (check, routes);

  if (n_routes == DRILL_PACKAGE_SERVICE_CUT)
    g_ptr_array_add (check->findings,
                     g_strdup_printf ("holds exactly %u routes, where the service cuts packages: the scope may have more",
                                      n_routes));
}

/* The time is not under the hash; it can only be wrong by itself. */
static void
check_generated (Check *check)
{
  const char *time = text_member (check->package, "generated_at");
  const char *actor = text_member (check->package, "generated_by");

  /* The conformance answers have no time, and older services wrote none. */
  if (json_object_has_member (check->package, "generated_at") &&
      drill_time_parse (time, -1) == DRILL_TIME_UNKNOWN)
    found (check, "generated_at is not a time");

  if (actor == NULL)
    found (check, "generated_by is missing or not a text");
}

static void
check_controls (Check *check)
{
  JsonArray *controls = array_member (check->package, "controls");
  static const char *const expected[] = {
    "public-safe-acknowledgement-audit-package",
    "connector-secrets-not-included",
    "latest-route-acknowledgement-state-only",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      gboolean present = FALSE;

      for (guint n = 0; controls != NULL && n < json_array_get_length (controls); n++)
        {
          JsonNode *node = json_array_get_element (controls, n);

          present = present || (JSON_NODE_HOLDS_VALUE (node) &&
                                g_strcmp0 (json_node_get_string (node), expected[i]) == 0);
        }

      if (!present)
        found (check, "control \"%s\" is missing", expected[i]);
    }
}

static void
object_member_cb (JsonParser *parser,
                  JsonObject *object,
                  const char *name,
                  GHashTable *n_members)
{
  gpointer count = g_hash_table_lookup (n_members, object);

  g_hash_table_insert (n_members, object, GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
}

/* A name given twice reads differently in different programs: one may hash what
 * another one shows. */
static gboolean
has_repeated_names (GBytes *bytes)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GHashTable) n_members = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer object, count;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  g_signal_connect (parser, "object-member", G_CALLBACK (object_member_cb), n_members);
  if (!json_parser_load_from_data (parser, data, (gssize) length, NULL))
    return FALSE;

  g_hash_table_iter_init (&iter, n_members);
  while (g_hash_table_iter_next (&iter, &object, &count))
    if (GPOINTER_TO_UINT (count) != json_object_get_size (object))
      return TRUE;

  return FALSE;
}

/* A package by itself, in the service's answer, or in its evidence item. */
static JsonObject *
find_package (JsonNode *root)
{
  static const char *const wrappers[] = { "audit_package", "acknowledgement_audit_package" };
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  object = json_node_get_object (root);
  for (gsize i = 0; i < G_N_ELEMENTS (wrappers); i++)
    if (object_member (object, wrappers[i]) != NULL)
      {
        object = object_member (object, wrappers[i]);
        break;
      }

  if (g_strcmp0 (text_member (object, "schema_version"), DRILL_PACKAGE_SCHEMA) == 0 ||
      (json_object_has_member (object, "audit_id") && json_object_has_member (object, "routes")))
    return object;

  return NULL;
}

/**
 * drill_package_verify:
 * @bytes: a saved audit package, or an answer of the service that has one
 * @findings: (out) (optional) (element-type utf8) (transfer container): what does not fit, in words
 * @error: what keeps @bytes from being read as JSON
 *
 * Tells whether a package is whole and unchanged (contract section 7): its
 * audit_id is computed anew over filters, generated_by and routes; schema,
 * product, counts, alert level and controls are held against the routes, and
 * the routes against the filters. What the hash does not cover and nothing else
 * implies cannot be vouched for: generated_at, and an acknowledgement_count that
 * is too high.
 *
 * A package that is whole can have a finding too: that it may have been cut.
 *
 * Returns: the verdict; %DRILL_VERDICT_NOT_A_PACKAGE with @error set when @bytes are no JSON
 */
DrillVerdict
drill_package_verify (GBytes     *bytes,
                      GPtrArray **findings,
                      GError    **error)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(JsonNode) root = drill_json_parse (bytes, error);
  DrillVerdict verdict = DRILL_VERDICT_NOT_A_PACKAGE;
  Check check = { .findings = words };

  if (root != NULL)
    check.package = find_package (root);

  if (check.package != NULL)
    {
      check_text (&check, "schema_version", DRILL_PACKAGE_SCHEMA);
      check_text (&check, "product", "CAVRA");
      check_audit_id (&check);
      check_generated (&check);
      check_routes (&check);
      check_controls (&check);
      if (has_repeated_names (bytes))
        found (&check, "a name is given twice in one object");
      verdict = check.altered ? DRILL_VERDICT_ALTERED : DRILL_VERDICT_WHOLE;
    }
  else if (root != NULL)
    g_ptr_array_add (words, g_strdup ("not an audit package"));

  if (findings != NULL)
    *findings = g_steal_pointer (&words);

  return verdict;
}
