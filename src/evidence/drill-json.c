// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-json.h"

#include "base/drill-error.h"
#include "base/drill-words.h"
#include "evidence/drill-evidence-builder.h"

#define INDENT 2 /* spaces a level */

static void
append_line_end (GByteArray *out,
                 guint       depth)
{
  static const guint8 spaces[] = "                                ";

  g_byte_array_append (out, (const guint8 *) "\n", 1);
  for (guint n = depth * INDENT; n > 0;)
    {
      guint step = MIN (n, (guint) sizeof spaces - 1);

      g_byte_array_append (out, spaces, step);
      n -= step;
    }
}

/**
 * drill_json_indent:
 * @bytes: JSON
 *
 * Lays JSON out for reading. Only white space between its tokens is changed:
 * every number, escape and spelling stays as the service sent it, which a parse
 * and a re-serialisation would not promise.
 *
 * Returns: (transfer full): the same JSON, one field or element a line
 */
GBytes *
drill_json_indent (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  GByteArray *out = g_byte_array_sized_new ((guint) MIN (length + length / 2, G_MAXINT32));
  gboolean in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      guint8 c = data[i];

      if (in_string)
        {
          g_byte_array_append (out, &c, 1);
          if (c == '\\' && i + 1 < length)
            g_byte_array_append (out, &data[++i], 1);
          else if (c == '"')
            in_string = FALSE;
          continue;
        }

      switch (c)
        {
        case ' ':
        case '\t':
        case '\r':
        case '\n':
          break;

        case '{':
        case '[':
          {
            gsize next = i + 1;

            g_byte_array_append (out, &c, 1);
            while (next < length && g_ascii_isspace (data[next]))
              next++;
            if (next < length && (data[next] == '}' || data[next] == ']'))
              {
                g_byte_array_append (out, &data[next], 1);
                i = next;
                break;
              }
            depth += 1;
            append_line_end (out, depth);
          }
          break;

        case '}':
        case ']':
          depth -= depth > 0 ? 1 : 0;
          append_line_end (out, depth);
          g_byte_array_append (out, &c, 1);
          break;

        case ',':
          g_byte_array_append (out, &c, 1);
          append_line_end (out, depth);
          break;

        case ':':
          g_byte_array_append (out, (const guint8 *) ": ", 2);
          break;

        default:
          in_string = c == '"';
          g_byte_array_append (out, &c, 1);
        }
    }

  return g_byte_array_free_to_bytes (out);
}

/* json-glib descends as deep as the document does: a file made of brackets would
 * use up the stack. Quotes and brackets are enough to know beforehand. */
static gboolean
is_too_deep (const char *data,
             gsize       length)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (in_string && data[i] == '\\')
        i++;
      else if (data[i] == '"')
        in_string = !in_string;
      else if (!in_string && (data[i] == '{' || data[i] == '['))
        depth++;
      else if (!in_string && (data[i] == '}' || data[i] == ']') && depth > 0)
        depth--;

      if (depth > DRILL_MAX_DEPTH)
        return TRUE;
    }

  return FALSE;
}

/**
 * drill_json_parse:
 * @bytes: JSON, a small document or one item
 * @error: %DRILL_ERROR_BAD_INPUT, or %DRILL_ERROR_TOO_LARGE when it is nested too deeply
 *
 * Returns: (transfer full): its root
 */
JsonNode *
drill_json_parse (GBytes  *bytes,
                  GError **error)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  JsonNode *root;

  if (length == 0)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, DRILL_WORDS ("the document is empty"));
      return NULL;
    }

  if (!g_utf8_validate_len (data, length, NULL))
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, DRILL_WORDS ("not valid UTF-8"));
      return NULL;
    }

  if (is_too_deep (data, length))
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_TOO_LARGE, DRILL_WORDS ("nested too deeply"));
      return NULL;
    }

  if (!json_parser_load_from_data (parser, data, (gssize) length, NULL))
    {
      /* Not with what json-glib says of it, which is in the language of the user */
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, DRILL_WORDS ("not valid JSON"));
      return NULL;
    }

  root = json_parser_steal_root (parser);
  if (root == NULL)
    g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, DRILL_WORDS ("the document is empty"));

  return root;
}

/**
 * drill_json_get_string:
 * @object: (nullable): an object of a server
 * @member: a field
 *
 * Returns: (transfer none): the text of the field, "" when it is missing or of another type
 */
const char *
drill_json_get_string (JsonObject *object,
                       const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return "";

  return json_node_get_string (node);
}

/**
 * drill_json_get_int:
 * @object: (nullable): an object of a server
 * @member: a field
 * @fallback: what to say when it is missing or of another type
 *
 * Returns: the integer
 */
gint64
drill_json_get_int (JsonObject *object,
                    const char *member,
                    gint64      fallback)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return fallback;

  return json_node_get_int (node);
}
