// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-actor.h"

#include <json-glib/json-glib.h>

#include "evidence/drill-json.h"

static JsonNode *
parse_object (GBytes      *bytes,
              const char  *what,
              GError     **error)
{
  g_autoptr(GError) problem = NULL;
  g_autoptr(JsonNode) root = drill_json_parse (bytes, &problem);

  if (root == NULL)
    {
      g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_REPLY, "%s: %s", what, problem->message);
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_REPLY, "%s: not an object", what);
      return NULL;
    }

  return g_steal_pointer (&root);
}

static JsonObject *
get_object (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static char **
dup_texts (JsonObject *object,
           const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autoptr(GStrvBuilder) texts = g_strv_builder_new ();
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (texts, json_node_get_string (element));
    }

  return g_strv_builder_end (texts);
}

/* It is only said when it says true, in so many words */
static gboolean
is_true (JsonObject *object,
         const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

static char **
dup_true_names (JsonObject *object)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr(GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (is_true (object, l->data))
      g_strv_builder_add (names, l->data);

  return g_strv_builder_end (names);
}

/**
 * drill_actor_new_from_json:
 * @bytes: an answer of `/console/session` (contract section 1)
 * @error: %DRILL_ERROR_BAD_REPLY
 *
 * Returns: (transfer full): who the service says we are
 */
DrillActor *
drill_actor_new_from_json (GBytes  *bytes,
                           GError **error)
{
  g_autoptr(JsonNode) root = parse_object (bytes, "session", error);
  JsonObject *session, *actor, *permissions;
  DrillActor *self;

  if (root == NULL)
    return NULL;

  session = json_node_get_object (root);
  actor = get_object (session, "actor");
  permissions = get_object (session, "permissions");

  self = g_new0 (DrillActor, 1);
  self->mode = g_strdup (drill_json_get_string (session, "mode"));
  if (self->mode == NULL)
    self->mode = g_strdup ("");
  if (actor != NULL)
    {
      self->name = g_strdup (drill_json_get_string (actor, "actor"));
      self->groups = dup_texts (actor, "groups");
    }
  if (self->name != NULL && *self->name == '\0')
    g_clear_pointer (&self->name, g_free);

  self->authenticated = is_true (session, "authenticated");
  if (permissions != NULL)
    {
      self->permissions = dup_true_names (permissions);
      self->may_acknowledge = is_true (permissions, "acknowledge_drill_notifications");
    }

  return self;
}

void
drill_actor_free (DrillActor *self)
{
  g_free (self->mode);
  g_free (self->name);
  g_strfreev (self->groups);
  g_strfreev (self->permissions);
  g_free (self);
}

/**
 * drill_server_counts_new_from_json:
 * @bytes: a dashboard (contract section 3)
 * @error: %DRILL_ERROR_BAD_REPLY
 *
 * Returns: (transfer full): the counts it has
 */
DrillServerCounts *
drill_server_counts_new_from_json (GBytes  *bytes,
                                   GError **error)
{
  g_autoptr(JsonNode) root = parse_object (bytes, "dashboard", error);
  JsonObject *dashboard;
  DrillServerCounts *self;

  if (root == NULL)
    return NULL;

  dashboard = json_node_get_object (root);
  self = g_new0 (DrillServerCounts, 1);
  self->n_plans = drill_json_get_int (dashboard, "plan_count", -1);
  self->n_deliveries = drill_json_get_int (dashboard, "delivery_count", -1);
  self->n_failed_deliveries = drill_json_get_int (dashboard, "failed_delivery_count", -1);
  self->n_acks = drill_json_get_int (dashboard, "acknowledgement_count", -1);
  self->n_outstanding = drill_json_get_int (dashboard, "outstanding_acknowledgement_count", -1);

  return self;
}
