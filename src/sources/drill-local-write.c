// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/drill-local-write-private.h"

#include <string.h>

#include "base/drill-error.h"
#include "base/drill-text.h"
#include "base/drill-time.h"
#include "evidence/drill-canonical.h"
#include "evidence/drill-json.h"
#include "sources/drill-local-answers.h"

#define ACK_SCHEMA    "cavra.go-backend-pilot.rollback-drill-notification-ack.v1"
#define DEFAULT_STATE "acknowledged"

/* What is recorded on one route */
typedef struct {
  const char *schedule_id;
  const char *provider;
  const char *plan_id;
  const char *actor;
  const char *state;
  const char *reference;
  const char *notes;
  gint64      at_us;
} Ack;

static char *
dup_stripped (JsonObject *object,
              const char *member)
{
  return g_strstrip (g_strdup (drill_json_get_string (object, member)));
}

static char *
dup_state (JsonObject  *body,
           GError     **error)
{
  static const char *const states[] = { "acknowledged", "dismissed", "escalated", "resolved", NULL };
  g_autofree char *stripped = dup_stripped (body, "acknowledgement_state");
  g_autofree char *state = drill_text_lower (stripped);

  g_strdelimit (state, "-", '_');
  if (*state == '\0')
    return g_strdup (DEFAULT_STATE);
  if (g_strv_contains (states, state))
    return g_steal_pointer (&state);

  g_set_error (error, DRILL_ERROR, DRILL_ERROR_REJECTED, "unsupported acknowledgement state: %s", state);

  return NULL;
}

static JsonObject *
new_ack (const Ack *ack)
{
  g_autofree char *at = drill_time_format (ack->at_us);
  g_autofree char *id = NULL;
  g_autoptr(JsonObject) hashed = json_object_new ();
  JsonObject *object = json_object_new ();

  json_object_set_string_member (hashed, "schedule_id", ack->schedule_id);
  json_object_set_string_member (hashed, "provider", ack->provider);
  json_object_set_string_member (hashed, "acknowledged_by", ack->actor);
  json_object_set_string_member (hashed, "acknowledgement_state", ack->state);
  json_object_set_string_member (hashed, "acknowledged_at", at);
  json_object_set_string_member (hashed, "plan_id", ack->plan_id);
  id = drill_local_write_make_id ("gordack-", hashed);

  json_object_set_string_member (object, "schema_version", ACK_SCHEMA);
  json_object_set_string_member (object, "product", "CAVRA");
  json_object_set_string_member (object, "acknowledgement_id", id);
  json_object_set_string_member (object, "schedule_id", ack->schedule_id);
  json_object_set_string_member (object, "plan_id", ack->plan_id);
  json_object_set_string_member (object, "provider", ack->provider);
  json_object_set_string_member (object, "acknowledged_by", ack->actor);
  json_object_set_string_member (object, "acknowledgement_state", ack->state);
  json_object_set_string_member (object, "acknowledged_at", at);
  json_object_set_string_member (object, "external_ref", ack->reference);
  json_object_set_string_member (object, "notes", ack->notes);

  return object;
}

static JsonObject *
new_ack_item (JsonObject *ack)
{
  static const char *const shared[] = {
    "acknowledgement_id", "schedule_id", "plan_id", "provider", "acknowledgement_state",
  };
  JsonObject *item = drill_local_write_new_item (DRILL_KIND_ACK,
                                                 drill_json_get_string (ack, "acknowledgement_id"),
                                                 drill_json_get_string (ack, "acknowledged_at"),
                                                 drill_json_get_string (ack, "acknowledged_by"));

  json_object_set_int_member (item, "decision_count", 1);
  json_object_set_int_member (item, "blocked_count", 0);
  json_object_set_int_member (item, "approval_required_count", 0);
  for (gsize i = 0; i < G_N_ELEMENTS (shared); i++)
    json_object_set_string_member (item, shared[i], drill_json_get_string (ack, shared[i]));
  json_object_set_object_member (item, "acknowledgement", json_object_ref (ack));

  return item;
}

static JsonObject *
answer_ack (const DrillLocalRequest  *request,
            GError                  **error)
{
  g_autofree char *provider = dup_stripped (request->body, "provider");
  g_autofree char *actor = NULL;
  g_autofree char *state = NULL;
  g_autoptr(JsonObject) ack = NULL;
  JsonObject *answer;

  if (*provider == '\0')
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_REJECTED, "acknowledgement provider is required");
      return NULL;
    }
  actor = drill_local_request_dup_actor (request, "acknowledged_by", error);
  if (actor == NULL)
    return NULL;
  state = dup_state (request->body, error);
  if (state == NULL)
    return NULL;

  ack = new_ack (&(Ack) {
    .schedule_id = request->schedule_id != NULL ? request->schedule_id : "",
    .provider = provider,
    .plan_id = drill_json_get_string (request->body, "plan_id"),
    .actor = actor,
    .state = state,
    .reference = drill_json_get_string (request->body, "external_ref"),
    .notes = drill_json_get_string (request->body, "notes"),
    .at_us = request->now_us,
  });

  answer = json_object_new ();
  json_object_set_object_member (answer, "acknowledgement", json_object_ref (ack));
  json_object_set_object_member (answer, "metadata", new_ack_item (ack));
  drill_local_request_set_actor (request, answer);

  return answer;
}

/* What a route does not say itself, the request says for all of them */
static const char *
get_own_or_shared (JsonObject *route,
                   JsonObject *body,
                   const char *member)
{
  const char *own = drill_json_get_string (route, member);

  return *own != '\0' ? own : drill_json_get_string (body, member);
}

/* The same route a second time is a record of its own: its id is made of its time */
static gint64
get_repeats (GHashTable *seen,
             const char *schedule_id,
             const char *provider)
{
  char *pair = g_strconcat (schedule_id, "\n", provider, NULL);
  gint64 n = GPOINTER_TO_INT (g_hash_table_lookup (seen, pair));

  g_hash_table_insert (seen, pair, GINT_TO_POINTER (n + 1));

  return n;
}

static JsonArray *
record_routes (const DrillLocalRequest  *request,
               JsonArray                *routes,
               const char               *actor,
               const char               *state,
               GError                  **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(JsonArray) acks = json_array_new ();

  for (guint i = 0; i < json_array_get_length (routes); i++)
    {
      JsonNode *node = json_array_get_element (routes, i);
      JsonObject *route = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_autofree char *schedule_id = dup_stripped (route, "schedule_id");
      g_autofree char *provider = dup_stripped (route, "provider");

      if (*schedule_id == '\0' || *provider == '\0')
        {
          g_set_error (error, DRILL_ERROR, DRILL_ERROR_REJECTED, "acknowledgement %s is required",
                       *schedule_id == '\0' ? "schedule_id" : "provider");
          return NULL;
        }

      json_array_add_object_element (acks, new_ack (&(Ack) {
        .schedule_id = schedule_id,
        .provider = provider,
        .plan_id = get_own_or_shared (route, request->body, "plan_id"),
        .actor = actor,
        .state = state,
        .reference = get_own_or_shared (route, request->body, "external_ref"),
        .notes = get_own_or_shared (route, request->body, "notes"),
        .at_us = request->now_us + get_repeats (seen, schedule_id, provider),
      }));
    }

  return g_steal_pointer (&acks);
}

static char *
make_bulk_id (JsonArray  *acks,
              const char *actor)
{
  g_autoptr(JsonObject) hashed = json_object_new ();
  JsonArray *ids = json_array_new ();

  for (guint i = 0; i < json_array_get_length (acks); i++)
    json_array_add_string_element (ids, drill_json_get_string (json_array_get_object_element (acks, i),
                                                               "acknowledgement_id"));
  json_object_set_array_member (hashed, "acknowledgement_ids", ids);
  json_object_set_string_member (hashed, "acknowledged_by", actor);

  return drill_local_write_make_id ("gordackbulk-", hashed);
}

static JsonObject *
answer_bulk (const DrillLocalRequest  *request,
             GError                  **error)
{
  JsonNode *node = json_object_get_member (request->body, "routes");
  JsonArray *routes = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autofree char *actor = NULL;
  g_autofree char *state = NULL;
  g_autofree char *bulk_id = NULL;
  g_autoptr(JsonArray) acks = NULL;
  JsonArray *items;
  JsonObject *answer;

  if (routes == NULL || json_array_get_length (routes) == 0)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_REJECTED, "bulk acknowledgement routes are required");
      return NULL;
    }
  if (json_array_get_length (routes) > DRILL_WRITE_MAX_ROUTES)
    {
      g_set_error (error, DRILL_ERROR, DRILL_ERROR_REJECTED, "bulk acknowledgement is limited to %u routes",
                   DRILL_WRITE_MAX_ROUTES);
      return NULL;
    }
  actor = drill_local_request_dup_actor (request, "acknowledged_by", error);
  if (actor == NULL)
    return NULL;
  state = dup_state (request->body, error);
  if (state == NULL)
    return NULL;
  acks = record_routes (request, routes, actor, state, error);
  if (acks == NULL)
    return NULL;

  items = json_array_new ();
  for (guint i = 0; i < json_array_get_length (acks); i++)
    json_array_add_object_element (items, new_ack_item (json_array_get_object_element (acks, i)));
  bulk_id = make_bulk_id (acks, actor);

  answer = json_object_new ();
  json_object_set_string_member (answer, "bulk_id", bulk_id);
  json_object_set_string_member (answer, "acknowledgement_state", state);
  json_object_set_int_member (answer, "acknowledgement_count", json_array_get_length (acks));
  json_object_set_array_member (answer, "acknowledgements", json_array_ref (acks));
  json_object_set_array_member (answer, "metadata", items);
  drill_local_request_set_actor (request, answer);

  return answer;
}

/*
 * drill_local_write_make_id:
 *
 * Returns: (transfer full): @prefix and the hash of @fields (contract section 8)
 */
char *
drill_local_write_make_id (const char *prefix,
                           JsonObject *fields)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), fields);
  g_autofree char *text = drill_canonical_to_string (node);

  return drill_canonical_id (prefix, text, -1);
}

/*
 * drill_local_write_new_item:
 *
 * Returns: (transfer full): what every evidence item begins with (contract section 2)
 */
JsonObject *
drill_local_write_new_item (const char *kind,
                            const char *id,
                            const char *created_at,
                            const char *signer)
{
  JsonObject *item = json_object_new ();

  json_object_set_string_member (item, "session_id", id);
  json_object_set_string_member (item, "created_at", created_at);
  json_object_set_string_member (item, "signer", signer);
  json_object_set_string_member (item, "metadata_kind", kind);

  return item;
}

/*
 * drill_local_request_dup_actor:
 *
 * Returns: (transfer full) (nullable): who is recorded (contract section 1)
 */
char *
drill_local_request_dup_actor (const DrillLocalRequest  *request,
                               const char               *member,
                               GError                  **error)
{
  g_autofree char *actor = request->actor != NULL ? g_strdup (request->actor)
                                                  : dup_stripped (request->body, member);

  if (*actor != '\0')
    return g_steal_pointer (&actor);

  g_set_error (error, DRILL_ERROR, DRILL_ERROR_REJECTED, "%s is required", member);

  return NULL;
}

void
drill_local_request_set_actor (const DrillLocalRequest *request,
                               JsonObject              *answer)
{
  JsonObject *actor;

  if (request->actor == NULL)
    {
      json_object_set_null_member (answer, "actor");
      return;
    }

  actor = json_object_new ();
  json_object_set_string_member (actor, "actor", request->actor);
  json_object_set_object_member (answer, "actor", actor);
}

/*
 * drill_local_request_answer:
 *
 * Returns: (transfer full) (nullable): what the service would answer
 */
JsonObject *
drill_local_request_answer (const DrillLocalRequest  *request,
                            GError                  **error)
{
  switch (request->kind)
    {
    case DRILL_WRITE_ACK:
      return answer_ack (request, error);

    case DRILL_WRITE_BULK:
      return answer_bulk (request, error);

    case DRILL_WRITE_PACKAGE:
      return drill_local_request_answer_package (request, error);

    case DRILL_WRITE_DELIVERY:
      return drill_local_request_answer_delivery (request, error);

    default:
      g_assert_not_reached ();
    }
}

/**
 * drill_local_write_answer:
 * @evidence: all items
 * @kind: what is asked for
 * @schedule_id: (nullable): of the path, for %DRILL_WRITE_ACK
 * @body: the request
 * @actor: (nullable): who is verified; %NULL takes the one in @body
 * @connectors: (nullable): connectors that are configured; %NULL for all: each of them takes what it is given
 * @now_us: the time, µs UTC
 * @error: %DRILL_ERROR_REJECTED with the service's words for a 400: provider or actor missing, unknown
 *   state, no or more than 100 routes, no connector configured
 *
 * What the service would answer, by the contract's rules (sections 6 and 7), with the items it would record. Pure.
 * Of a bulk with a bad route in the middle, nothing is answered: who plays the service records the routes before it.
 *
 * Returns: (transfer full) (nullable): the answer
 */
GBytes *
drill_local_write_answer (DrillEvidence      *evidence,
                          DrillWriteKind      kind,
                          const char         *schedule_id,
                          GBytes             *body,
                          const char         *actor,
                          const char *const  *connectors,
                          gint64              now_us,
                          GError            **error)
{
  return drill_local_write_answer_marked (evidence, kind, schedule_id, body, actor, connectors, NULL, now_us, error);
}

/**
 * drill_local_write_answer_marked:
 * @evidence: all items
 * @kind: what is asked for
 * @schedule_id: (nullable): of the path, for %DRILL_WRITE_ACK
 * @body: the request
 * @actor: (nullable): who is verified
 * @connectors: (nullable): connectors that are configured
 * @mark: (nullable): a control that packages and deliveries are marked with, such as %DRILL_LOCAL_MARK_SAMPLE
 * @now_us: the time, µs UTC
 * @error: as of drill_local_write_answer()
 *
 * The same as drill_local_write_answer(), for who must not be taken for a
 * service: `audit_id` is made of what is in a package's routes, so that a
 * further control leaves it whole.
 *
 * Returns: (transfer full) (nullable): the answer
 */
GBytes *
drill_local_write_answer_marked (DrillEvidence      *evidence,
                                 DrillWriteKind      kind,
                                 const char         *schedule_id,
                                 GBytes             *body,
                                 const char         *actor,
                                 const char *const  *connectors,
                                 const char         *mark,
                                 gint64              now_us,
                                 GError            **error)
{
  g_autoptr(GError) problem = NULL;
  g_autoptr(JsonNode) root = drill_json_parse (body, &problem);
  g_autoptr(JsonNode) node = NULL;
  DrillLocalRequest request = {
    .evidence = evidence,
    .kind = kind,
    .schedule_id = schedule_id,
    .actor = actor,
    .connectors = connectors,
    .mark = mark,
    .now_us = now_us,
  };
  JsonObject *answer;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_REJECTED, "the request is no JSON object");
      return NULL;
    }

  request.body = json_node_get_object (root);
  answer = drill_local_request_answer (&request, error);
  if (answer == NULL)
    return NULL;

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, answer);

  return drill_local_answers_to_bytes (node);
}
