// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/drill-sample.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "audit/drill-package.h"
#include "base/drill-error.h"
#include "base/drill-time.h"
#include "evidence/drill-evidence-builder.h"
#include "evidence/drill-json.h"

#define ANCHOR  "sample_now" /* the member that says when the sample was written for */
#define PACKAGE "acknowledgement_audit_package"

static gboolean
is_time_member (const char *name)
{
  return g_str_has_suffix (name, "_at") || g_str_has_suffix (name, "_until");
}

static JsonNode *shift_node (JsonNode   *node,
                             const char *name,
                             gint64      by_us);

static JsonNode *
shift_object (JsonObject *object,
              gint64      by_us)
{
  JsonNode *shifted = json_node_new (JSON_NODE_OBJECT);
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (copy, name, shift_node (value, name, by_us));
  json_node_take_object (shifted, copy);

  return shifted;
}

static JsonNode *
shift_array (JsonArray *array,
             gint64     by_us)
{
  JsonNode *shifted = json_node_new (JSON_NODE_ARRAY);
  JsonArray *copy = json_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (copy, shift_node (json_array_get_element (array, i), "", by_us));
  json_node_take_array (shifted, copy);

  return shifted;
}

static JsonNode *
shift_node (JsonNode   *node,
            const char *name,
            gint64      by_us)
{
  g_autofree char *moved = NULL;
  gint64 us;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return shift_object (json_node_get_object (node), by_us);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return shift_array (json_node_get_array (node), by_us);
  if (json_node_get_value_type (node) != G_TYPE_STRING || !is_time_member (name))
    return json_node_copy (node);

  us = drill_time_parse (json_node_get_string (node), -1);
  if (us == DRILL_TIME_UNKNOWN)
    return json_node_copy (node);

  moved = drill_time_format (us + by_us);

  return json_node_init_string (json_node_alloc (), moved);
}

static DrillPage *
make_page (JsonNode *document)
{
  g_autofree char *text = json_to_string (document, FALSE);

  return drill_page_new (text, strlen (text));
}

static DrillEvidence *
read_evidence (DrillPage *page)
{
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();

  drill_evidence_builder_add (builder, page, NULL, NULL);

  return drill_evidence_builder_snapshot (builder);
}

/* Puts the new id wherever an old one stands */
static void
rename_ids (JsonNode   *node,
            GHashTable *new_ids)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr(GList) members = json_object_get_values (json_node_get_object (node));

      for (GList *l = members; l != NULL; l = l->next)
        rename_ids (l->data, new_ids);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      g_autoptr(GList) elements = json_array_get_elements (json_node_get_array (node));

      for (GList *l = elements; l != NULL; l = l->next)
        rename_ids (l->data, new_ids);
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      const char *new_id = g_hash_table_lookup (new_ids, json_node_get_string (node));

      if (new_id != NULL)
        json_node_set_string (node, new_id);
    }
}

/* Route ids are hashes of the time among others, and audit ids of the route
 * ids: without this, packages of the sample would look altered. */
static void
follow_ids (GBytes   *before,
            JsonNode *after)
{
  g_autoptr(GHashTable) route_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GHashTable) audit_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(DrillPage) old_page = drill_page_new (g_bytes_get_data (before, NULL), g_bytes_get_size (before));
  g_autoptr(DrillPage) new_page = make_page (after);
  g_autoptr(DrillEvidence) old_evidence = read_evidence (old_page);
  g_autoptr(DrillEvidence) new_evidence = read_evidence (new_page);
  guint n_routes = MIN (drill_evidence_get_n_routes (old_evidence), drill_evidence_get_n_routes (new_evidence));
  JsonArray *items = json_object_get_array_member (json_node_get_object (after), "items");

  for (guint i = 0; i < n_routes; i++)
    g_hash_table_insert (route_ids, drill_evidence_dup_route_id (old_evidence, i),
                         drill_evidence_dup_route_id (new_evidence, i));
  rename_ids (after, route_ids);

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);

      if (json_object_has_member (item, PACKAGE))
        {
          JsonObject *package = json_object_get_object_member (item, PACKAGE);

          g_hash_table_insert (audit_ids, g_strdup (drill_json_get_string (package, "audit_id")),
                               drill_package_compute_id (package));
        }
    }
  rename_ids (after, audit_ids);
}

/**
 * drill_sample_make_page:
 * @template: the bundled sample: `{"sample_now": time, "items": […]}`
 * @now_us: the time it shall be fresh at, µs UTC
 * @error: %DRILL_ERROR_BAD_INPUT
 *
 * Moves every time in the sample by what has passed since it was written, and
 * with them the ids that are made of times.
 *
 * Returns: (transfer full): a history document
 */
DrillPage *
drill_sample_make_page (GBytes  *template,
                        gint64   now_us,
                        GError **error)
{
  g_autoptr(JsonNode) root = drill_json_parse (template, error);
  g_autoptr(JsonNode) shifted = NULL;
  JsonObject *document;
  gint64 anchor_us;

  if (root == NULL)
    return NULL;

  document = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  anchor_us = document != NULL ? drill_time_parse (drill_json_get_string (document, ANCHOR), -1) : DRILL_TIME_UNKNOWN;
  if (anchor_us == DRILL_TIME_UNKNOWN)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "the sample does not say when it is from");
      return NULL;
    }

  json_object_remove_member (document, ANCHOR);
  /* Whole seconds: the sample's own times are */
  shifted = shift_object (document, (now_us - anchor_us) / G_TIME_SPAN_SECOND * G_TIME_SPAN_SECOND);
  follow_ids (template, shifted);

  return make_page (shifted);
}
