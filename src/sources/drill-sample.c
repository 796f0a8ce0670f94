// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/drill-sample.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/drill-error.h"
#include "base/drill-time.h"
#include "evidence/drill-json.h"

#define ANCHOR "sample_now" /* the member that says when the sample was written for */

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

/**
 * drill_sample_make_page:
 * @template: the bundled sample: `{"sample_now": time, "items": […]}`
 * @now_us: the time it shall be fresh at, µs UTC
 * @error: %DRILL_ERROR_BAD_INPUT
 *
 * Moves every time in the sample by what has passed since it was written.
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
  g_autofree char *text = NULL;
  JsonObject *document;
  gint64 anchor_us;
  gsize length;

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
  text = json_to_string (shifted, FALSE);
  length = strlen (text);

  return drill_page_new (text, length);
}
