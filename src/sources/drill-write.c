// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/drill-write.h"

#include <json-glib/json-glib.h>
#include <string.h>

struct _DrillWrite
{
  DrillWriteKind kind;
  guint n_routes;
  char *schedule_id;
  GBytes *body;
};

G_DEFINE_BOXED_TYPE (DrillWrite, drill_write, drill_write_ref, drill_write_unref)

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL || *text == '\0')
    return;

  /* What a person pasted, a command line or a file held */
  valid = g_utf8_make_valid (text, -1);
  json_object_set_string_member (object, member, valid);
}

static DrillWrite *
new_write (DrillWriteKind  kind,
           const char     *schedule_id,
           JsonObject     *body) /* transfer full */
{
  DrillWrite *self = g_atomic_rc_box_new0 (DrillWrite);
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  char *text;

  json_node_take_object (node, body);
  text = json_to_string (node, FALSE);

  self->kind = kind;
  self->schedule_id = g_strdup (schedule_id);
  self->body = g_bytes_new_take (text, strlen (text));

  return self;
}

static void
set_note (JsonObject         *body,
          const DrillAckNote *note)
{
  set_text (body, "acknowledgement_state", note->state);
  set_text (body, "acknowledged_by", note->actor);
  set_text (body, "external_ref", note->reference);
  set_text (body, "notes", note->notes);
}

static void
set_scope (JsonObject              *body,
           const DrillPackageScope *scope)
{
  if (scope == NULL)
    return;

  set_text (body, "schedule_id", scope->schedule_id);
  set_text (body, "provider", scope->provider);
  set_text (body, "owner", scope->owner);
}

/* Whether an id can be a segment of a path: the service takes a path apart when
 * it is decoded already, and whatever is in between may resolve dots */
static gboolean
has_path (const char *schedule_id)
{
  return schedule_id == NULL ||
         (strchr (schedule_id, '/') == NULL && !g_str_equal (schedule_id, ".") && !g_str_equal (schedule_id, ".."));
}

/**
 * drill_write_new_ack:
 * @target: what to acknowledge
 * @note: what to record on it
 *
 * An id that cannot be in a path makes it a bulk of one.
 *
 * Returns: (transfer full): `POST …/{schedule_id}/acknowledgements` (contract section 6)
 */
DrillWrite *
drill_write_new_ack (const DrillAckTarget *target,
                     const DrillAckNote   *note)
{
  JsonObject *body;
  DrillWrite *self;

  g_return_val_if_fail (target != NULL && note != NULL, NULL);

  if (!has_path (target->schedule_id))
    return drill_write_new_bulk (target, 1, note);

  body = json_object_new ();
  set_text (body, "provider", target->provider);
  set_text (body, "plan_id", target->plan_id);
  set_note (body, note);

  self = new_write (DRILL_WRITE_ACK, target->schedule_id, body);
  self->n_routes = 1;

  return self;
}

/**
 * drill_write_new_bulk:
 * @targets: (array length=n_targets): what to acknowledge
 * @n_targets: how many, 1 to %DRILL_WRITE_MAX_ROUTES
 * @note: what to record on all of them
 *
 * Returns: (transfer full): `POST …/acknowledgements/bulk` (contract section 6)
 */
DrillWrite *
drill_write_new_bulk (const DrillAckTarget *targets,
                      guint                 n_targets,
                      const DrillAckNote   *note)
{
  JsonObject *body;
  JsonArray *routes;
  DrillWrite *self;

  g_return_val_if_fail (targets != NULL && note != NULL, NULL);
  g_return_val_if_fail (n_targets > 0 && n_targets <= DRILL_WRITE_MAX_ROUTES, NULL);

  body = json_object_new ();
  routes = json_array_sized_new (n_targets);
  for (guint i = 0; i < n_targets; i++)
    {
      JsonObject *route = json_object_new ();

      set_text (route, "schedule_id", targets[i].schedule_id);
      set_text (route, "provider", targets[i].provider);
      set_text (route, "plan_id", targets[i].plan_id);
      json_array_add_object_element (routes, route);
    }
  json_object_set_array_member (body, "routes", routes);
  set_note (body, note);

  self = new_write (DRILL_WRITE_BULK, NULL, body);
  self->n_routes = n_targets;

  return self;
}

/**
 * drill_write_new_package:
 * @scope: (nullable): what it shall cover, %NULL for all
 * @actor: (nullable): `generated_by`, for services without OIDC
 *
 * Returns: (transfer full): `POST …/acknowledgements/audit-package` (contract section 7)
 */
DrillWrite *
drill_write_new_package (const DrillPackageScope *scope,
                         const char              *actor)
{
  JsonObject *body = json_object_new ();

  set_scope (body, scope);
  set_text (body, "generated_by", actor);

  return new_write (DRILL_WRITE_PACKAGE, NULL, body);
}

/**
 * drill_write_new_delivery:
 * @scope: (nullable): what the package shall cover, %NULL for all
 * @terms: where to, and how
 *
 * Returns: (transfer full): `POST …/acknowledgements/audit-delivery` (contract section 7)
 */
DrillWrite *
drill_write_new_delivery (const DrillPackageScope  *scope,
                          const DrillDeliveryTerms *terms)
{
  JsonObject *body;

  g_return_val_if_fail (terms != NULL, NULL);

  body = json_object_new ();
  set_scope (body, scope);
  set_text (body, "delivery_provider", terms->providers);
  set_text (body, "generated_by", terms->actor);
  set_text (body, "cadence", terms->cadence);
  set_text (body, "schedule_ref", terms->schedule_ref);
  set_text (body, "next_delivery_at", terms->next_delivery_at);

  return new_write (DRILL_WRITE_DELIVERY, NULL, body);
}

DrillWrite *
drill_write_ref (DrillWrite *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_write (gpointer data)
{
  DrillWrite *self = data;

  g_free (self->schedule_id);
  g_bytes_unref (self->body);
}

void
drill_write_unref (DrillWrite *self)
{
  g_atomic_rc_box_release_full (self, clear_write);
}

/**
 * drill_write_get_kind:
 * @self: a write
 *
 * Returns: what is asked for
 */
DrillWriteKind
drill_write_get_kind (DrillWrite *self)
{
  g_return_val_if_fail (self != NULL, DRILL_WRITE_ACK);

  return self->kind;
}

/**
 * drill_write_get_schedule_id:
 * @self: a write
 *
 * Returns: (transfer none) (nullable): the schedule in the path of a %DRILL_WRITE_ACK, as it is (not encoded)
 */
const char *
drill_write_get_schedule_id (DrillWrite *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->schedule_id;
}

/**
 * drill_write_get_n_routes:
 * @self: a write
 *
 * Returns: how many acknowledgements it asks for; 0 when it is about something else
 */
guint
drill_write_get_n_routes (DrillWrite *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_routes;
}

/**
 * drill_write_get_body:
 * @self: a write
 *
 * Returns: (transfer none): the JSON that is sent
 */
GBytes *
drill_write_get_body (DrillWrite *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->body;
}
