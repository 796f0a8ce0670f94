// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-canonical.h"

#include <string.h>

/* json-glib's generator neither sorts keys nor spaces its output as Python
 * does, and writes floats with a fixed number of digits: none of it can be
 * hashed the way the service hashes. So the serialisation of contract section 8
 * is here, on top of json-glib's nodes. */

/**
 * drill_canonical_append_string:
 * @text: where to append
 * @value: a UTF-8 text
 *
 * Appends a JSON string as contract section 8 has it: non-ASCII as `\uXXXX`.
 */
void
drill_canonical_append_string (GString    *text,
                               const char *value)
{
  g_string_append_c (text, '"');
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = (guchar) *p < 0x80 ? (gunichar) *p : g_utf8_get_char (p);

      switch (c)
        {
        case '"':
          g_string_append (text, "\\\"");
          break;

        case '\\':
          g_string_append (text, "\\\\");
          break;

        case '\n':
          g_string_append (text, "\\n");
          break;

        case '\r':
          g_string_append (text, "\\r");
          break;

        case '\t':
          g_string_append (text, "\\t");
          break;

        case '\b':
          g_string_append (text, "\\b");
          break;

        case '\f':
          g_string_append (text, "\\f");
          break;

        default:
          if (c >= 0x10000)
            g_string_append_printf (text, "\\u%04x\\u%04x",
                                    0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff));
          else if (c < 0x20 || c >= 0x7f)
            g_string_append_printf (text, "\\u%04x", c);
          else
            g_string_append_c (text, (char) c);
        }
    }
  g_string_append_c (text, '"');
}

/* UTF-8 sorts by bytes as its code points do */
static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
append_object (GString    *text,
               JsonObject *object)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  g_autoptr(GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    g_ptr_array_add (keys, l->data);
  g_ptr_array_sort (keys, compare_keys);

  g_string_append_c (text, '{');
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);

      if (i > 0)
        g_string_append (text, ", ");
      drill_canonical_append_string (text, key);
      g_string_append (text, ": ");
      drill_canonical_append (text, json_object_get_member (object, key));
    }
  g_string_append_c (text, '}');
}

static void
append_array (GString   *text,
              JsonArray *array)
{
  guint n = json_array_get_length (array);

  g_string_append_c (text, '[');
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      drill_canonical_append (text, json_array_get_element (array, i));
    }
  g_string_append_c (text, ']');
}

static void
append_value (GString  *text,
              JsonNode *node)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      drill_canonical_append_string (text, json_node_get_string (node));
      break;

    case G_TYPE_INT64:
      g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
      break;

    case G_TYPE_BOOLEAN:
      g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
      break;

    default:
      drill_canonical_append_double (text, json_node_get_double (node));
      break;
    }
}

/**
 * drill_canonical_append:
 * @text: where to append
 * @node: a JSON value
 *
 * Appends a value as Python's `json.dumps (value, sort_keys=True)` writes it
 * (contract section 8).
 */
void
drill_canonical_append (GString  *text,
                        JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      append_object (text, json_node_get_object (node));
      break;

    case JSON_NODE_ARRAY:
      append_array (text, json_node_get_array (node));
      break;

    case JSON_NODE_VALUE:
      append_value (text, node);
      break;

    case JSON_NODE_NULL:
    default:
      g_string_append (text, "null");
      break;
    }
}

/**
 * drill_canonical_to_string:
 * @node: a JSON value
 *
 * Returns: (transfer full): the text under every hash (contract section 8)
 */
char *
drill_canonical_to_string (JsonNode *node)
{
  GString *text = g_string_new (NULL);

  drill_canonical_append (text, node);

  return g_string_free (text, FALSE);
}

/**
 * drill_canonical_id:
 * @prefix: such as `gordroute-`
 * @text: the text to hash
 * @length: its length in bytes, or -1
 *
 * Returns: (transfer full): @prefix and the first 16 hex digits of the SHA-256 of @text
 */
char *
drill_canonical_id (const char *prefix,
                    const char *text,
                    gssize      length)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, length);

  return g_strdup_printf ("%s%.16s", prefix, digest);
}
