// SPDX-License-Identifier: GPL-3.0-or-later

/* What the service answers to reads (contract sections 2 and 3). */

#include "drill-test-answers.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "evidence/drill-evidence-builder.h"
#include "sources/drill-local-answers.h"

#define DEFAULT_LIMIT 50
#define DASHBOARD_ITEMS 500

static const char *const filters[] = {
  "schedule_id", "provider", "metadata_kind", "acknowledgement_state", "connector_delivery_source",
  "delivery_success", "alert_level", "audit_id", "delivery_id", "cadence",
};

static gboolean
node_is (JsonNode   *node,
         const char *wanted)
{
  if (node == NULL)
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_ascii_strcasecmp (wanted, json_node_get_boolean (node) ? "true" : "false") == 0;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_str_equal (json_node_get_string (node), wanted);

  return FALSE;
}

static gboolean
matches (const char *item,
         GHashTable *query)
{
  g_autoptr(JsonNode) root = NULL;
  gboolean any = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    any |= query != NULL && g_hash_table_contains (query, filters[i]);
  if (!any)
    return TRUE;

  root = json_from_string (item, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      const char *wanted = g_hash_table_lookup (query, filters[i]);

      if (wanted != NULL && !node_is (json_object_get_member (json_node_get_object (root), filters[i]), wanted))
        return FALSE;
    }

  return TRUE;
}

static guint
get_number (GHashTable *query,
            const char *name,
            guint       fallback)
{
  const char *text = query != NULL ? g_hash_table_lookup (query, name) : NULL;
  guint64 number;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &number, NULL) ? (guint) number : fallback;
}

/* @max_limit: what a service with a limit of its own gives at once; 0 for none */
char *
drill_test_answer_history (GPtrArray  *items,
                           GHashTable *query,
                           guint       max_limit)
{
  guint limit = get_number (query, "limit", DEFAULT_LIMIT);
  guint offset = get_number (query, "offset", 0);
  GString *answer = g_string_new ("{\"schema_version\":\"cavra.console.v1\",\"product\":\"CAVRA\",\"items\":[");
  guint total = 0, n = 0;

  if (max_limit > 0)
    limit = MIN (limit, max_limit);

  for (guint i = 0; i < items->len; i++)
    {
      const char *item = g_ptr_array_index (items, i);

      if (!matches (item, query))
        continue;
      if (total++ < offset || n == limit)
        continue;

      g_string_append_printf (answer, "%s", n++ > 0 ? "," : "");
      g_string_append (answer, item);
    }
  g_string_append_printf (answer, "],\"total\":%u,\"limit\":%u,\"offset\":%u}", total, limit, offset);

  return g_string_free (answer, FALSE);
}

char *
drill_test_answer_dashboard (GPtrArray *items)
{
  g_autoptr(GString) document = g_string_new ("{\"items\":[");
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autoptr(DrillPage) page = NULL;
  g_autoptr(JsonNode) dashboard = NULL;

  for (guint i = 0; i < MIN (items->len, DASHBOARD_ITEMS); i++)
    g_string_append_printf (document, "%s%s", i > 0 ? "," : "", (const char *) g_ptr_array_index (items, i));
  g_string_append (document, "]}");

  page = drill_page_new (document->str, document->len);
  drill_evidence_builder_add (builder, page, NULL, NULL);
  evidence = drill_evidence_builder_snapshot (builder);
  dashboard = drill_local_answers_dashboard (evidence, g_get_real_time (), NULL);

  return dashboard != NULL ? json_to_string (dashboard, FALSE) : g_strdup ("{}");
}

/* @detail: what the service says of an error */
void
drill_test_reply_refuse (DrillTestReply *reply,
                         guint           status,
                         const char     *detail)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "detail");
  json_builder_add_string_value (builder, detail);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  drill_test_reply_take (reply, status, json_to_string (root, FALSE));
}

/* @body: (transfer full) */
void
drill_test_reply_take (DrillTestReply *reply,
                       guint           status,
                       char           *body)
{
  g_free (reply->body);
  reply->status = status;
  reply->body = body;
}

void
drill_test_reply_clear (DrillTestReply *reply)
{
  g_clear_pointer (&reply->body, g_free);
}
