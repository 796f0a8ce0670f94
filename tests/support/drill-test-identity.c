// SPDX-License-Identifier: GPL-3.0-or-later

/* Tokens, whose they are, and what those may (contract section 1). */

#include "drill-test-identity.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define BEARER "Bearer "
#define ACKNOWLEDGE "acknowledge_drill_notifications"

typedef struct {
  char *name;
  char **groups;
  gboolean may_acknowledge;
} Actor;

struct _DrillTestIdentity
{
  GHashTable *tokens; /* token → Actor */
  gboolean has_oidc;  /* also when all tokens were revoked */
  gboolean auth_required;
};

static const char *const default_groups[] = { "release", "on-call", NULL };

static void
actor_free (Actor *actor)
{
  g_strfreev (actor->groups);
  g_free (actor->name);
  g_free (actor);
}

DrillTestIdentity *
drill_test_identity_new (void)
{
  DrillTestIdentity *self = g_new0 (DrillTestIdentity, 1);

  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) actor_free);

  return self;
}

void
drill_test_identity_free (DrillTestIdentity *self)
{
  g_hash_table_unref (self->tokens);
  g_free (self);
}

void
drill_test_identity_set_auth_required (DrillTestIdentity *self,
                                       gboolean           auth_required)
{
  self->auth_required = auth_required;
}

/* @groups: (nullable): some, for %NULL */
void
drill_test_identity_add_token (DrillTestIdentity  *self,
                               const char         *token,
                               const char         *actor,
                               const char *const  *groups,
                               gboolean            may_acknowledge)
{
  Actor *added = g_new0 (Actor, 1);

  added->name = g_strdup (actor);
  added->groups = g_strdupv ((char **) (groups != NULL ? groups : default_groups));
  added->may_acknowledge = may_acknowledge;
  g_hash_table_replace (self->tokens, g_strdup (token), added);
  self->has_oidc = TRUE;
}

/**
 * drill_test_identity_parse_token:
 * @spec: `TOKEN[:ACTOR[:GROUP,...[:no-ack]]]`
 *
 * Returns: whether that could be read
 */
gboolean
drill_test_identity_parse_token (DrillTestIdentity  *self,
                                 const char         *spec,
                                 GError            **error)
{
  g_auto(GStrv) parts = g_strsplit (spec, ":", 4);
  guint n = g_strv_length (parts);
  g_auto(GStrv) groups = n > 2 && *parts[2] != '\0' ? g_strsplit (parts[2], ",", -1) : NULL;

  if (n == 0 || *parts[0] == '\0' || (n > 3 && !g_str_equal (parts[3], "no-ack")))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "not TOKEN:ACTOR[:GROUP,...[:no-ack]]");
      return FALSE;
    }

  drill_test_identity_add_token (self, parts[0], n > 1 ? parts[1] : "release-manager", (const char *const *) groups,
                                 n <= 3);
  return TRUE;
}

void
drill_test_identity_revoke_token (DrillTestIdentity *self,
                                  const char        *token)
{
  g_hash_table_remove (self->tokens, token);
}

static Actor *
find_actor (DrillTestIdentity *self,
            const char        *authorization)
{
  if (authorization == NULL || !g_str_has_prefix (authorization, BEARER))
    return NULL;

  return g_hash_table_lookup (self->tokens, authorization + strlen (BEARER));
}

/**
 * drill_test_identity_check:
 * @authorization: (nullable): the header of a request
 * @need: what it needs
 * @actor: (out) (nullable): who is verified
 * @reply: what is answered when it is refused
 *
 * Returns: whether it may go on
 */
gboolean
drill_test_identity_check (DrillTestIdentity  *self,
                           const char         *authorization,
                           DrillTestNeed       need,
                           const char        **actor,
                           DrillTestReply     *reply)
{
  Actor *found = find_actor (self, authorization);

  *actor = found != NULL ? found->name : NULL;

  if (authorization != NULL && !self->has_oidc)
    drill_test_reply_refuse (reply, 400, "console OIDC config is not configured");
  else if (authorization != NULL && found == NULL)
    drill_test_reply_refuse (reply, 401, "token is invalid or expired");
  else if (found == NULL && ((need == DRILL_TEST_NEED_READ && self->auth_required) ||
                             (need == DRILL_TEST_NEED_WRITE && (self->auth_required || self->has_oidc))))
    drill_test_reply_refuse (reply, 401, "console action requires verified actor context");
  else if (found != NULL && need == DRILL_TEST_NEED_WRITE && !found->may_acknowledge)
    drill_test_reply_refuse (reply, 403, "actor is not permitted to acknowledge drill notifications");
  else
    return TRUE;

  return FALSE;
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_boolean (JsonBuilder *builder,
             const char  *name,
             gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
build_actor (JsonBuilder *builder,
             Actor       *actor)
{
  json_builder_set_member_name (builder, "actor");
  if (actor == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  add_text (builder, "actor", actor->name);
  add_text (builder, "subject", actor->name);
  add_text (builder, "issuer", "https://issuer.example");
  json_builder_set_member_name (builder, "groups");
  json_builder_begin_array (builder);
  for (guint i = 0; actor->groups[i] != NULL; i++)
    json_builder_add_string_value (builder, actor->groups[i]);
  json_builder_end_array (builder);
  add_text (builder, "repository", "example/cavra");
  json_builder_end_object (builder);
}

/**
 * drill_test_identity_dup_session:
 * @authorization: (nullable): the header of a request that may go on
 *
 * Returns: (transfer full): what `/console/session` says
 */
char *
drill_test_identity_dup_session (DrillTestIdentity *self,
                                 const char        *authorization)
{
  static const char *const reads[] = {
    "read_activity", "read_inventory", "read_integrations", "read_evidence_metadata",
  };
  static const char *const refused[] = { "decide_approvals", "publish_policy_packs", "create_break_glass" };
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr(JsonNode) root = NULL;
  Actor *actor = find_actor (self, authorization);
  gboolean auth_required = self->auth_required || self->has_oidc;
  gboolean may_acknowledge = actor != NULL && actor->may_acknowledge;

  json_builder_begin_object (builder);
  add_text (builder, "schema_version", "cavra.console-session.v1");
  add_text (builder, "product", "CAVRA");
  add_text (builder, "mode", actor != NULL ? "authenticated" : auth_required ? "auth_required" : "local_or_demo");
  add_boolean (builder, "authenticated", actor != NULL);
  add_boolean (builder, "auth_required", auth_required && actor == NULL);
  build_actor (builder, actor);

  json_builder_set_member_name (builder, "repository_permissions");
  json_builder_begin_array (builder);
  if (may_acknowledge)
    json_builder_add_string_value (builder, ACKNOWLEDGE);
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "permissions");
  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (reads); i++)
    add_boolean (builder, reads[i], TRUE);
  add_boolean (builder, ACKNOWLEDGE, may_acknowledge);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    add_boolean (builder, refused[i], FALSE);
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "operator_notes");
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}
