// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/routes/drill-route-copy.h"

#include <json-glib/json-glib.h>

#define PATH "runtime/go-pilot/rollback-drill-notifications" /* contract, section 2 */

static const char *
get_text (DrillEvidence    *evidence,
          DrillRouteColumn  column,
          DrillDict         dict,
          guint32           row)
{
  return drill_evidence_get_text (evidence, dict, drill_evidence_get_route_column (evidence, column)[row]);
}

/**
 * drill_route_copy_dup_ids:
 * @evidence: a snapshot
 * @rows: (element-type guint32): routes
 *
 * Returns: (transfer full): their ids, a line each
 */
char *
drill_route_copy_dup_ids (DrillEvidence *evidence,
                          GArray        *rows)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *id = drill_evidence_dup_route_id (evidence, g_array_index (rows, guint32, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", id);
    }

  return g_string_free (text, FALSE);
}

/**
 * drill_route_copy_dup_json:
 * @evidence: a snapshot
 * @rows: (element-type guint32): routes
 *
 * Returns: (transfer full): the service's bytes of their decisions, as an array if there are several
 */
char *
drill_route_copy_dup_json (DrillEvidence *evidence,
                           GArray        *rows)
{
  GString *text = g_string_new (rows->len > 1 ? "[\n" : NULL);
  gboolean any = FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr(GBytes) bytes = drill_evidence_get_decision_bytes (evidence, g_array_index (rows, guint32, i));
      gsize size;
      const char *data;

      if (bytes == NULL)
        continue;
      data = g_bytes_get_data (bytes, &size);
      if (any)
        g_string_append (text, ",\n");
      g_string_append_len (text, data, (gssize) size);
      any = TRUE;
    }
  if (rows->len > 1)
    g_string_append (text, "\n]\n");

  return g_string_free (text, FALSE);
}

/* What begins every command; the shell puts the token in, not we */
static void
append_curl (GString         *text,
             DrillConnection *connection)
{
  const char *ca_file = drill_connection_get_ca_file (connection);

  g_string_append (text, "curl --fail-with-body");
  if (ca_file != NULL && *ca_file != '\0')
    {
      g_autofree char *quoted = g_shell_quote (ca_file);

      g_string_append_printf (text, " --cacert %s", quoted);
    }
  g_string_append (text, " -H \"Authorization: Bearer $TOKEN\"");
}

static void
append_url (GString         *text,
            DrillConnection *connection,
            const char      *rest)
{
  const char *url = drill_connection_get_url (connection);
  g_autofree char *whole = g_strconcat (url, g_str_has_suffix (url, "/") ? "" : "/", PATH, rest, NULL);
  g_autofree char *quoted = g_shell_quote (whole);

  g_string_append_printf (text, " %s\n", quoted);
}

static char *
dup_body (DrillSession  *session,
          DrillEvidence *evidence,
          guint32        row)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  const DrillPlan *plan = &drill_evidence_get_plans (evidence)[drill_evidence_get_route_column (evidence, DRILL_ROUTE_PLAN)[row]];
  const char *plan_id = drill_evidence_get_text (evidence, DRILL_DICT_TEXT, plan->plan_id);
  gboolean verified = FALSE;
  g_autofree char *actor = drill_session_dup_actor_name (session, &verified);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "provider");
  json_builder_add_string_value (builder, get_text (evidence, DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER, row));
  json_builder_set_member_name (builder, "acknowledgement_state");
  json_builder_add_string_value (builder, "acknowledged");
  /* A service that knows who asks takes no name from the body */
  if (!verified && actor != NULL && *actor != '\0')
    {
      json_builder_set_member_name (builder, "acknowledged_by");
      json_builder_add_string_value (builder, actor);
    }
  if (*plan_id != '\0')
    {
      json_builder_set_member_name (builder, "plan_id");
      json_builder_add_string_value (builder, plan_id);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/**
 * drill_route_copy_dup_curl:
 * @session: what is shown
 * @evidence: its snapshot
 * @rows: (element-type guint32): routes
 *
 * Commands that read the history of the routes and, where they are delivered
 * and the connection may write, acknowledge them (contract, sections 2 and 6).
 * They have `$TOKEN` in place of the token.
 *
 * Returns: (transfer full) (nullable): the commands, a line each; %NULL when no service is connected
 */
char *
drill_route_copy_dup_curl (DrillSession  *session,
                           DrillEvidence *evidence,
                           GArray        *rows)
{
  DrillConnection *connection = drill_session_get_connection (session);
  const guint8 *flags = drill_evidence_get_route_flags (evidence);
  GString *text;

  if (connection == NULL || drill_session_get_shown (session) != DRILL_SHOWN_LIVE)
    return NULL;

  text = g_string_new (NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);
      const char *schedule = get_text (evidence, DRILL_ROUTE_SCHEDULE, DRILL_DICT_SCHEDULE, row);
      g_autofree char *schedule_part = g_uri_escape_string (schedule, NULL, FALSE);
      g_autofree char *provider_part =
        g_uri_escape_string (get_text (evidence, DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER, row), NULL, FALSE);
      g_autofree char *query = g_strdup_printf ("?schedule_id=%s&provider=%s", schedule_part, provider_part);

      append_curl (text, connection);
      append_url (text, connection, query);

      /* A route without a schedule has no address to acknowledge it at */
      if (flags[row] & DRILL_ROUTE_DELIVERED && !drill_connection_get_read_only (connection) && *schedule != '\0')
        {
          g_autofree char *rest = g_strdup_printf ("/%s/acknowledgements", schedule_part);
          g_autofree char *body = dup_body (session, evidence, row);
          g_autofree char *quoted = g_shell_quote (body);

          append_curl (text, connection);
          g_string_append_printf (text, " -H 'Content-Type: application/json' --data %s", quoted);
          append_url (text, connection, rest);
        }
    }

  return g_string_free (text, FALSE);
}

/**
 * drill_route_copy_get_link:
 * @evidence: a snapshot
 * @row: a route
 *
 * Returns: (nullable): the reference of its acknowledgement, if that is an address of the web and nothing else
 */
const char *
drill_route_copy_get_link (DrillEvidence *evidence,
                           guint32        row)
{
  guint32 ack = drill_evidence_get_route_ack (evidence, row);
  const char *reference;
  g_autoptr(GUri) uri = NULL;

  if (ack == DRILL_NONE)
    return NULL;

  reference = drill_evidence_get_text (evidence, DRILL_DICT_REFERENCE, drill_evidence_get_acks (evidence)[ack].reference);
  uri = g_uri_parse (reference, G_URI_FLAGS_NONE, NULL);
  /* Only the web: another scheme may start any program. An address with a name in it pretends to be another. */
  if (uri == NULL || (!g_str_equal (g_uri_get_scheme (uri), "https") && !g_str_equal (g_uri_get_scheme (uri), "http")) ||
      g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' || g_uri_get_userinfo (uri) != NULL)
    return NULL;

  return reference;
}
