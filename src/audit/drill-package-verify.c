// SPDX-License-Identifier: GPL-3.0-or-later
#include "audit/drill-package.h"

#include <string.h>

#include "audit/drill-finding.h"
#include "audit/drill-package-scope.h"
#include "base/drill-error.h"
#include "base/drill-time.h"
#include "evidence/drill-canonical.h"
#include "evidence/drill-evidence-builder.h"
#include "evidence/drill-json-exact.h"
#include "evidence/drill-json.h"

/* Where a package may be: in the service's answer, or in its evidence item */
static const char *const wrappers[] = { "audit_package", "acknowledgement_audit_package" };

typedef struct {
  JsonObject *package;
  GPtrArray  *findings;
  gboolean    altered;
} Check;

static void
found (Check        *check,
       DrillFinding *finding) /* transfer full */
{
  g_ptr_array_add (check->findings, finding);
  check->altered = TRUE;
}

static char *
dup_number (gint64 number)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
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

/* The same of a record's field, which the service may leave out or have as null (contract, introduction): then it is "" */
static const char *
field (JsonObject *object,
       const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? "" : text_member (object, name);
}

/* For where a number or an object was told already */
static const char *
field_or_nothing (JsonObject *object,
                  const char *name)
{
  const char *text = field (object, name);

  return text != NULL ? text : "";
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
    {
      /* Translators: what is wrong with an audit package; here and in the next ones, %s before “is” is the name of a field */
      found (check, drill_finding_new (DRILL_WORDS ("%s is missing or not a number"), name));
    }
  else if (value != right)
    {
      g_autofree char *is = dup_number (value);
      g_autofree char *should = dup_number (right);

      /* Translators: the name of a field, what it says, and the number of routes that it should say */
      found (check, drill_finding_new (DRILL_WORDS ("%s is %s, the routes give %s"), name, is, should));
    }
}

static void
check_text (Check      *check,
            const char *name,
            const char *right)
{
  const char *value = text_member (check->package, name);

  if (value == NULL)
    found (check, drill_finding_new (DRILL_WORDS ("%s is missing or not a text"), name));
  else if (strcmp (value, right) != 0)
    /* Translators: the name of a field, what it says, what it should say */
    found (check, drill_finding_new (DRILL_WORDS ("%s is \"%s\", not \"%s\""), name, value, right));
}

static char *
compute_id (const DrillJsonExact *package,
            DrillJsonSpelling     spelling)
{
  static const struct
  {
    const char *member;
    const char *name;
  } hashed[] = {
    { "filters", "{\"filters\": " },
    { "generated_by", ", \"generated_by\": " },
    { "routes", ", \"route_entries\": " },
  };
  g_autoptr(GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (hashed); i++)
    {
      const DrillJsonExact *value = drill_json_exact_get_member (package, hashed[i].member);

      if (value == NULL)
        return NULL;
      g_string_append (text, hashed[i].name);
      drill_json_exact_append (value, spelling, text);
    }
  g_string_append_c (text, '}');

  return drill_canonical_id ("gordackaudit-", text->str, (gssize) text->len);
}

static void
check_audit_id (Check                *check,
                const DrillJsonExact *exact)
{
  g_autofree char *right = compute_id (exact, DRILL_JSON_HASHED);
  g_autofree char *also_right = compute_id (exact, DRILL_JSON_HASHED_RAW_DEL);
  const char *value = text_member (check->package, "audit_id");

  if (value == NULL)
    found (check, drill_finding_new (DRILL_WORDS ("%s is missing or not a text"), "audit_id"));
  else if (right != NULL && strcmp (value, right) != 0 && strcmp (value, also_right) != 0)
    /* Translators: audit_id, filters, generated_by and routes are names of fields */
    found (check, drill_finding_new (DRILL_WORDS ("audit_id is \"%s\", but filters, generated_by and routes give \"%s\""),
                                     value, right));
}

/* Reads the three filters. */
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
      found (check, drill_finding_new (DRILL_WORDS ("filters are missing")));
      return;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *value = field (filters, members[i].name);

      if (value == NULL)
        found (check, drill_finding_new (DRILL_WORDS ("filter %s is not a text"), members[i].name));
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
  const char *state = field (route, "acknowledgement_state");
  JsonNode *acknowledged = json_object_get_member (route, "acknowledged");
  gboolean closed = g_strcmp0 (state, "acknowledged") == 0 || g_strcmp0 (state, "resolved") == 0;
  g_autofree char *which = dup_number (number);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (field (route, texts[i]) == NULL)
      /* Translators: %1$s is the number of a route, %2$s the name of a field */
      found (check, drill_finding_new (DRILL_WORDS ("route %s: %s is not a text"), which, texts[i]));

  if (acknowledged == NULL || !JSON_NODE_HOLDS_VALUE (acknowledged) ||
      json_node_get_value_type (acknowledged) != G_TYPE_BOOLEAN ||
      json_node_get_boolean (acknowledged) != closed)
    /* Translators: the number of a route; acknowledged is the name of a field */
    found (check, drill_finding_new (DRILL_WORDS ("route %s: acknowledged does not fit its state \"%s\""), which,
                                     state != NULL ? state : ""));

  if (g_strcmp0 (field (route, "route_action"), "deliver") != 0)
    /* Translators: the number of a route; deliver is what a field should say */
    found (check, drill_finding_new (DRILL_WORDS ("route %s: its action is \"%s\", not \"deliver\""), which,
                                     field_or_nothing (route, "route_action")));

  if ((*scope->schedule_id != '\0' && g_strcmp0 (scope->schedule_id, field (route, "schedule_id")) != 0) ||
      (*scope->provider != '\0' && g_strcmp0 (scope->provider, field (route, "provider")) != 0) ||
      !drill_package_owner_fits (scope->owner, field_or_nothing (route, "owner"), field_or_nothing (route, "escalation_owner")))
    /* Translators: the number of a route */
    found (check, drill_finding_new (DRILL_WORDS ("route %s is outside the filters"), which));

  if (g_strcmp0 (state, "acknowledged") == 0)
    counts[DRILL_STATE_ACKNOWLEDGED]++;
  else if (g_strcmp0 (state, "resolved") == 0)
    counts[DRILL_STATE_RESOLVED]++;
  else if (g_strcmp0 (state, "escalated") == 0)
    counts[DRILL_STATE_ESCALATED]++;
  else if (g_strcmp0 (state, "dismissed") == 0)
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
    {
      found (check, drill_finding_new (DRILL_WORDS ("%s is missing or not a number"), "acknowledgement_count"));
    }
  else if (value < (gint64) g_hash_table_size (seen))
    {
      g_autofree char *is = dup_number (value);
      g_autofree char *least = dup_number (g_hash_table_size (seen));

      /* Translators: the name of a field, what it says, and a greater number, of acknowledgements */
      found (check, drill_finding_new (DRILL_WORDS ("%s is %s, less than the %s that the routes show"),
                                       "acknowledgement_count", is, least));
    }
}

static void
found_no_route (Check *check,
                guint  number)
{
  g_autofree char *which = dup_number (number);

  /* Translators: the number of a route; an object is one of JSON */
  found (check, drill_finding_new (DRILL_WORDS ("route %s is not an object"), which));
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
      found (check, drill_finding_new (DRILL_WORDS ("routes are missing")));
      return;
    }

  n_routes = json_array_get_length (routes);
  for (guint i = 0; i < n_routes; i++)
    {
      JsonNode *node = json_array_get_element (routes, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        check_route (check, i + 1, json_node_get_object (node), &scope, counts);
      else
        found_no_route (check, i + 1);
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
    {
      g_autofree char *n = dup_number (n_routes);

      g_ptr_array_add (check->findings,
                       /* Translators: of an audit package; %s is 500 */
                       drill_finding_new (DRILL_WORDS ("holds exactly %s routes, where the service cuts packages: the scope "
                                                       "may have more"), n));
    }
}

/* The time is not under the hash; it can only be wrong by itself. */
static void
check_generated (Check *check)
{
  const char *time = text_member (check->package, "generated_at");

  /* The conformance answers have no time, and older services wrote none. */
  if (json_object_has_member (check->package, "generated_at") &&
      drill_time_parse (time, -1) == DRILL_TIME_UNKNOWN)
    /* Translators: generated_at is the name of a field */
    found (check, drill_finding_new (DRILL_WORDS ("generated_at is not a time")));

  if (!json_object_has_member (check->package, "generated_by") || field (check->package, "generated_by") == NULL)
    found (check, drill_finding_new (DRILL_WORDS ("%s is missing or not a text"), "generated_by"));
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
        /* Translators: one of the texts in the field controls of an audit package */
        found (check, drill_finding_new (DRILL_WORDS ("control \"%s\" is missing"), expected[i]));
    }
}

/* The package in the exact document, where drill_package_find() has found it in the other */
static const DrillJsonExact *
find_exact (const DrillJsonExact *root)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrappers); i++)
    {
      const DrillJsonExact *inside = drill_json_exact_get_member (root, wrappers[i]);

      if (inside != NULL && drill_json_exact_is_object (inside))
        return inside;
    }

  return root;
}

static gboolean
has_structure (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  gsize i = 0;

  while (i < length && g_ascii_isspace (data[i]))
    i++;

  return i < length && (data[i] == '{' || data[i] == '[');
}

static gboolean
is_index (JsonNode *root)
{
  return JSON_NODE_HOLDS_OBJECT (root) &&
         g_strcmp0 (text_member (json_node_get_object (root), "schema_version"), DRILL_PACKAGE_BUNDLE_SCHEMA) == 0;
}

/* The first bytes of a ZIP archive */
static gboolean
is_archive (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return length >= 4 && memcmp (data, "PK\003\004", 4) == 0;
}

/**
 * drill_package_verify:
 * @bytes: a saved audit package, or an answer of the service that has one
 * @findings: (out) (optional) (element-type DrillFinding) (transfer full): what does not fit
 * @error: what keeps @bytes from being read as JSON
 *
 * Tells whether a package is whole and unchanged (contract section 7): its
 * audit_id is computed anew over filters, generated_by and routes; schema,
 * product, counts, alert level and controls are held against the routes, and
 * the routes against the filters. What the hash does not cover and nothing else
 * implies cannot be vouched for: generated_at, and an acknowledgement_count that
 * is too high.
 *
 * The hash is taken of the bytes as Python reads them: with numbers of any size,
 * `\\u0000` and halves of surrogate pairs. A name given twice in one object is an
 * alteration, whichever of the two the hash is right for. `NaN` and `Infinity` are
 * no JSON, and more than %DRILL_MAX_DEPTH levels are not read.
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
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) drill_finding_free);
  g_autoptr(DrillJsonExact) exact = NULL;
  g_autoptr(JsonNode) root = drill_package_read (bytes, &exact, error);
  DrillVerdict verdict = DRILL_VERDICT_NOT_A_PACKAGE;
  Check check = { .findings = list };

  if (root != NULL)
    check.package = drill_package_find (root);

  if (check.package != NULL)
    {
      check_text (&check, "schema_version", DRILL_PACKAGE_SCHEMA);
      check_text (&check, "product", "CAVRA");
      check_audit_id (&check, find_exact (exact));
      check_generated (&check);
      check_routes (&check);
      check_controls (&check);
      if (drill_json_exact_has_repeated (exact))
        /* Translators: of JSON */
        found (&check, drill_finding_new (DRILL_WORDS ("a name is given twice in one object")));
      verdict = check.altered ? DRILL_VERDICT_ALTERED : DRILL_VERDICT_WHOLE;
    }
  else if (root != NULL)
    {
      g_ptr_array_add (list, is_index (root)
                             ? drill_finding_new (DRILL_WORDS ("the index of several packages: sha256sum -c SHA256SUMS checks "
                                                               "the files beside it"))
                             : drill_finding_new (DRILL_WORDS ("not an audit package")));
    }

  if (findings != NULL)
    *findings = g_steal_pointer (&list);

  return verdict;
}

/**
 * drill_package_unwrap:
 * @root: (nullable): what was read from a file or an answer
 *
 * A package is by itself, in the service's answer, or in its evidence item.
 *
 * Returns: (transfer none) (nullable): the object that is the package if @root has one, whatever is in it; %NULL
 *   when @root is no object
 */
JsonObject *
drill_package_unwrap (JsonNode *root)
{
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  for (gsize i = 0; object != NULL && i < G_N_ELEMENTS (wrappers); i++)
    if (object_member (object, wrappers[i]) != NULL)
      return object_member (object, wrappers[i]);

  return object;
}

JsonObject *
drill_package_find (JsonNode *root)
{
  JsonObject *object = drill_package_unwrap (root);

  if (object == NULL)
    return NULL;

  if (g_strcmp0 (text_member (object, "schema_version"), DRILL_PACKAGE_SCHEMA) == 0 ||
      (json_object_has_member (object, "audit_id") && json_object_has_member (object, "routes")))
    return object;

  return NULL;
}

JsonNode *
drill_package_read (GBytes          *bytes,
                    DrillJsonExact **exact,
                    GError         **error)
{
  g_autoptr(DrillJsonExact) document = NULL;
  g_autoptr(GBytes) readable = NULL;
  GString *text;

  if (is_archive (bytes))
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT,
                           DRILL_WORDS ("an archive: unpack it, then verify the packages in it"));
      return NULL;
    }

  /* A text or a number by itself is JSON, and no package. But json-glib passes over
   * a byte order mark, a comment and "var x =", which no JSON begins with. */
  if (!has_structure (bytes))
    {
      g_autoptr(JsonNode) root = drill_json_parse (bytes, error);

      if (root != NULL && !JSON_NODE_HOLDS_VALUE (root) && !JSON_NODE_HOLDS_NULL (root))
        {
          g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT,
                               DRILL_WORDS ("not valid JSON: something is before the first bracket, such as a byte order mark"));
          return NULL;
        }

      return g_steal_pointer (&root);
    }

  document = drill_json_exact_new (bytes, error);
  if (document == NULL)
    return NULL;

  text = g_string_new (NULL);
  drill_json_exact_append (document, DRILL_JSON_READABLE, text);
  readable = g_string_free_to_bytes (text);
  if (exact != NULL)
    *exact = g_steal_pointer (&document);

  return drill_json_parse (readable, error);
}
