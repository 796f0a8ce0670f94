// SPDX-License-Identifier: GPL-3.0-or-later

/* What is recorded, and how that is answered. The rules are those of the local
 * source; here is what only a service has: a clock that moves, connectors that
 * fail, and bulks that are cut off. */

#include "drill-test-writes.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/drill-error.h"
#include "drill-test-delivery.h"
#include "drill-test-server.h"
#include "evidence/drill-evidence-builder.h"
#include "sources/drill-local-write.h"

struct _DrillTestWrites
{
  DrillTestStore *store;
  DrillEvidence *nothing; /* all that an acknowledgement is made of */
  char **connectors;
  GHashTable *failing; /* connector → HTTP status */
  gint64 last_us;
  gboolean is_set; /* the clock: it stands still but for 1 µs a record */
};

static const char *const default_connectors[] = { "splunk", "jira", "slack", "webhook", NULL };

DrillTestWrites *
drill_test_writes_new (DrillTestStore *store)
{
  DrillTestWrites *self = g_new0 (DrillTestWrites, 1);
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();

  self->store = store;
  self->nothing = drill_evidence_builder_snapshot (builder);
  self->connectors = g_strdupv ((char **) default_connectors);
  self->failing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
drill_test_writes_free (DrillTestWrites *self)
{
  drill_evidence_unref (self->nothing);
  g_strfreev (self->connectors);
  g_hash_table_unref (self->failing);
  g_free (self);
}

void
drill_test_writes_set_time (DrillTestWrites *self,
                            gint64           now_us)
{
  self->last_us = now_us - 1;
  self->is_set = TRUE;
}

void
drill_test_writes_set_connectors (DrillTestWrites   *self,
                                  const char *const *connectors)
{
  g_strfreev (self->connectors);
  self->connectors = g_strdupv ((char **) connectors);
}

void
drill_test_writes_fail_connector (DrillTestWrites *self,
                                  const char      *connector,
                                  guint            status)
{
  g_hash_table_replace (self->failing, g_strdup (connector), GUINT_TO_POINTER (status));
}

/* Ids are made of the time: no two records have the same */
static gint64
tick (DrillTestWrites *self)
{
  self->last_us = self->is_set ? self->last_us + 1 : MAX (self->last_us + 1, g_get_real_time ());

  return self->last_us;
}

/**
 * drill_test_writes_find:
 * @path: as it was sent
 * @kind: (out): what is asked for there
 * @schedule_id: (out) (nullable): the schedule in it
 *
 * Returns: whether something can be recorded there
 */
gboolean
drill_test_writes_find (const char      *path,
                        DrillWriteKind  *kind,
                        char           **schedule_id)
{
  const char *rest = strstr (path, DRILL_TEST_HISTORY "/");
  g_autofree char *raw_id = NULL;
  g_autofree char *id = NULL;

  *schedule_id = NULL;
  if (rest == NULL)
    return FALSE;
  rest += strlen (DRILL_TEST_HISTORY);

  if (g_str_equal (rest, DRILL_TEST_BULK))
    *kind = DRILL_WRITE_BULK;
  else if (g_str_equal (rest, DRILL_TEST_PACKAGE))
    *kind = DRILL_WRITE_PACKAGE;
  else if (g_str_equal (rest, DRILL_TEST_DELIVERY))
    *kind = DRILL_WRITE_DELIVERY;
  else if (g_str_has_suffix (rest, DRILL_TEST_ACK))
    {
      gsize length = strlen (rest) - strlen (DRILL_TEST_ACK);

      if (length < 2)
        return FALSE;
      raw_id = g_strndup (rest + 1, length - 1);

      /* The real router takes the path apart when it is decoded: an escaped slash is one */
      id = g_uri_unescape_string (raw_id, NULL);
      if (id == NULL || strchr (id, '/') != NULL || g_str_equal (id, ".") || g_str_equal (id, ".."))
        return FALSE;

      *kind = DRILL_WRITE_ACK;
      *schedule_id = g_steal_pointer (&id);
    }
  else
    return FALSE;

  return TRUE;
}

static void
refuse_field (DrillTestReply *reply,
              const char     *field,
              const char     *message,
              const char     *type)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "detail");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "loc");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, "body");
  if (field != NULL)
    json_builder_add_string_value (builder, field);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "msg");
  json_builder_add_string_value (builder, message);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, type);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  drill_test_reply_take (reply, 422, json_to_string (root, FALSE));
}

/* Everything is text but the routes of a bulk and two numbers of a delivery; null is as good as nothing */
static gboolean
check_object (JsonObject     *object,
              gboolean        has_routes,
              DrillTestReply *reply)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (JSON_NODE_HOLDS_NULL (node))
        continue;

      if (has_routes && g_str_equal (name, "routes"))
        {
          if (!JSON_NODE_HOLDS_ARRAY (node))
            {
              refuse_field (reply, name, "Input should be a valid list", "list_type");
              return FALSE;
            }
          for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
            {
              JsonNode *route = json_array_get_element (json_node_get_array (node), i);

              if (!JSON_NODE_HOLDS_OBJECT (route))
                {
                  refuse_field (reply, name, "Input should be a valid dictionary", "dict_type");
                  return FALSE;
                }
              if (!check_object (json_node_get_object (route), FALSE, reply))
                return FALSE;
            }
        }
      else if (g_str_equal (name, "retries") || g_str_equal (name, "timeout_seconds"))
        {
          if (json_node_get_value_type (node) != G_TYPE_INT64)
            {
              refuse_field (reply, name, "Input should be a valid integer", "int_type");
              return FALSE;
            }
        }
      else if (json_node_get_value_type (node) != G_TYPE_STRING)
        {
          refuse_field (reply, name, "Input should be a valid string", "string_type");
          return FALSE;
        }
    }

  return TRUE;
}

static JsonNode *
parse (GBytes *body)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  if (length == 0 || !json_parser_load_from_data (parser, text, (gssize) length, NULL))
    return NULL;

  return json_parser_steal_root (parser);
}

static GBytes *
to_bytes (JsonNode *node)
{
  char *text = json_to_string (node, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

/**
 * drill_test_writes_check:
 * @body: of a request
 * @reply: what is answered when it has another shape than it should: 422
 *
 * Returns: whether its shape is right
 */
gboolean
drill_test_writes_check (DrillWriteKind  kind,
                         GBytes         *body,
                         DrillTestReply *reply)
{
  g_autoptr(JsonNode) root = parse (body);

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return check_object (json_node_get_object (root), kind == DRILL_WRITE_BULK, reply);

  refuse_field (reply, NULL, root == NULL ? "JSON decode error" : "Input should be a valid dictionary",
                root == NULL ? "json_invalid" : "dict_type");
  return FALSE;
}

static JsonArray *
get_routes (JsonNode *request)
{
  JsonNode *routes = request != NULL ? json_object_get_member (json_node_get_object (request), "routes") : NULL;

  return routes != NULL && JSON_NODE_HOLDS_ARRAY (routes) ? json_node_get_array (routes) : NULL;
}

/* The same bulk with some of its routes only */
static GBytes *
cut_routes (JsonNode *request,
            guint     first,
            guint     n)
{
  JsonArray *all = get_routes (request);
  g_autoptr(JsonNode) copy = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *some = json_array_sized_new (n);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, json_node_get_object (request));
  while (json_object_iter_next (&iter, &name, &node))
    if (!g_str_equal (name, "routes"))
      json_object_set_member (object, name, json_node_copy (node));
  for (guint i = first; i < first + n; i++)
    json_array_add_element (some, json_node_copy (json_array_get_element (all, i)));
  json_object_set_array_member (object, "routes", some);
  json_node_take_object (copy, object);

  return to_bytes (copy);
}

static GBytes *
record (DrillTestWrites  *self,
        DrillWriteKind    kind,
        const char       *schedule_id,
        GBytes           *body,
        const char       *actor,
        GError          **error)
{
  g_autoptr(DrillEvidence) evidence = kind == DRILL_WRITE_ACK || kind == DRILL_WRITE_BULK
                                      ? drill_evidence_ref (self->nothing)
                                      : drill_test_store_dup_evidence (self->store);
  g_autoptr(GBytes) answer = drill_local_write_answer (evidence, kind, schedule_id, body, actor,
                                                       (const char *const *) self->connectors, tick (self), error);

  if (answer == NULL)
    return NULL;

  if (kind == DRILL_WRITE_DELIVERY && g_hash_table_size (self->failing) > 0)
    {
      g_autoptr(GBytes) failed = drill_test_delivery_fail (answer, self->failing);

      g_bytes_unref (answer);
      answer = g_steal_pointer (&failed);
    }
  if (!drill_test_store_record (self->store, answer, error))
    return NULL;

  return g_steal_pointer (&answer);
}

/**
 * drill_test_writes_do:
 * @schedule_id: (nullable): of the path
 * @body: the request, of the right shape
 * @max_routes: for a bulk: how many of its routes are recorded, 0 for all
 * @actor: (nullable): who is verified
 * @reply: (out): what is answered. A bulk is recorded one by one: with a bad route in the middle, those before it are
 *   on record although it is refused.
 */
void
drill_test_writes_do (DrillTestWrites *self,
                      DrillWriteKind   kind,
                      const char      *schedule_id,
                      GBytes          *body,
                      guint            max_routes,
                      const char      *actor,
                      DrillTestReply  *reply)
{
  g_autoptr(JsonNode) request = kind == DRILL_WRITE_BULK ? parse (body) : NULL;
  JsonArray *routes = get_routes (request);
  guint n_asked = routes != NULL ? json_array_get_length (routes) : 0;
  guint n_routes = max_routes > 0 ? MIN (max_routes, n_asked) : n_asked;
  g_autoptr(GBytes) cut = n_routes < n_asked ? cut_routes (request, 0, n_routes) : NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) answer = record (self, kind, schedule_id, cut != NULL ? cut : body, actor, &error);

  if (answer != NULL)
    {
      gsize length;
      const char *text = g_bytes_get_data (answer, &length);

      self->last_us += n_routes; /* in case each was given a time of its own */
      drill_test_reply_take (reply, 200, g_strndup (text, length));
      return;
    }

  if (n_routes > 1 && n_routes <= DRILL_WRITE_MAX_ROUTES)
    for (guint i = 0; i < n_routes; i++)
      {
        g_autoptr(GBytes) one = cut_routes (request, i, 1);
        g_autoptr(GBytes) recorded = NULL;

        g_clear_error (&error);
        recorded = record (self, kind, NULL, one, actor, &error);
        if (recorded == NULL)
          break;
      }

  drill_test_reply_refuse (reply, g_error_matches (error, DRILL_ERROR, DRILL_ERROR_REJECTED) ? 400 : 500,
                           error != NULL ? error->message : "Internal Server Error");
}
