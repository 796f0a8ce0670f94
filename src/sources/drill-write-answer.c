// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/drill-write-answer.h"

#include "base/drill-error.h"
#include "evidence/drill-evidence-builder.h"
#include "evidence/drill-json-member.h"
#include "evidence/drill-json.h"

/* In the order in which they are recorded */
static const char *const members[] = { "audit_metadata", "plan_metadata", "metadata" };

static gboolean
is_item (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node);
}

static gboolean
are_items (JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!is_item (json_array_get_element (array, i)))
      return FALSE;

  return TRUE;
}

static void
append_items (GByteArray *items,
              const char *text,
              gsize       length)
{
  if (items->data[items->len - 1] != '[')
    g_byte_array_append (items, (const guint8 *) ",", 1);
  g_byte_array_append (items, (const guint8 *) text, (guint) length);
}

/* Takes the items of one member over, as they came */
static gboolean
take_member (GByteArray *items,
             GBytes     *answer,
             const char *member,
             JsonNode   *node)
{
  g_autoptr(GBytes) found = NULL;
  const char *text;
  gsize length;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!is_item (node) && !(JSON_NODE_HOLDS_ARRAY (node) && are_items (json_node_get_array (node))))
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0)
    return TRUE;

  found = drill_json_find_value (answer, member);
  if (found == NULL)
    return FALSE;

  text = g_bytes_get_data (found, &length);
  if (is_item (node))
    append_items (items, text, length);
  else
    append_items (items, text + 1, length - 2); /* without its brackets */

  return TRUE;
}

/* Strict JSON, which what was read on the way to here need not be */
static gboolean
check_page (DrillPage  *page,
            GError    **error)
{
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();

  return drill_evidence_builder_add (builder, page, NULL, error);
}

/**
 * drill_write_answer_dup_items:
 * @answer: what the service answered to a write
 * @error: %DRILL_ERROR_BAD_REPLY when it is no JSON object, or has no items
 *
 * The evidence items that an answer to a write brings (its `metadata`, which is
 * one or an array, `audit_metadata` and `plan_metadata`), as a page that a
 * builder reads: `{"items": […]}` with the service's bytes.
 *
 * Returns: (transfer full): the page
 */
DrillPage *
drill_write_answer_dup_items (GBytes  *answer,
                              GError **error)
{
  static const char begin[] = "{\"items\":[";
  g_autoptr(GError) problem = NULL;
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GByteArray) items = NULL;
  g_autoptr(DrillPage) page = NULL;

  if (drill_json_is_object (answer))
    root = drill_json_parse (answer, &problem);
  if (root == NULL)
    {
      g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_REPLY, "the answer is no JSON object%s%s",
                   problem != NULL ? ": " : "", problem != NULL ? problem->message : "");
      return NULL;
    }

  items = g_byte_array_new ();
  g_byte_array_append (items, (const guint8 *) begin, sizeof begin - 1);
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (!take_member (items, answer, members[i],
                      json_object_get_member (json_node_get_object (root), members[i])))
      {
        g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_REPLY, "the answer's %s is no evidence", members[i]);
        return NULL;
      }

  if (items->len == sizeof begin - 1)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_REPLY, "the answer does not say what was recorded");
      return NULL;
    }

  g_byte_array_append (items, (const guint8 *) "]}", 2);
  page = drill_page_new_take (g_steal_pointer (&items));
  if (!check_page (page, &problem))
    {
      g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_REPLY, "the answer cannot be read: %s", problem->message);
      return NULL;
    }

  return g_steal_pointer (&page);
}
