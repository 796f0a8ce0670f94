// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/drill-views-file.h"

#include "base/drill-error.h"
#include "evidence/drill-json.h"

#define FORMAT  "format"
#define VERSION "version"
#define VIEWS   "views"
#define HIDDEN  "hidden"

#define THIS_FORMAT  "drill-views"
#define THIS_VERSION 1

static gboolean
fail (GError     **error,
      DrillError   code,
      const char  *message)
{
  g_set_error_literal (error, DRILL_ERROR, (int) code, message);

  return FALSE;
}

static gboolean
check_kind (JsonObject  *object,
            GError     **error)
{
  gint64 version = drill_json_get_int (object, VERSION, 0);

  if (g_strcmp0 (drill_json_get_string (object, FORMAT), THIS_FORMAT) != 0 || version < 1)
    return fail (error, DRILL_ERROR_BAD_INPUT, "its format is another one");
  if (version > THIS_VERSION)
    return fail (error, DRILL_ERROR_REJECTED, "it was made by a newer version");

  return TRUE;
}

static gboolean
read_views (DrillViewsFile  *self,
            GError         **error)
{
  JsonNode *node = json_object_get_member (self->json, VIEWS);
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return fail (error, DRILL_ERROR_BAD_INPUT, "it has no list of views");

  array = json_node_get_array (node);
  if (json_array_get_length (array) > DRILL_VIEWS_FILE_MAX_VIEWS)
    return fail (error, DRILL_ERROR_TOO_LARGE, "it has too many views");

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      g_autoptr(DrillSavedView) view = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        return fail (error, DRILL_ERROR_BAD_INPUT, "a view is no object");
      view = drill_saved_view_new_from_json (json_node_get_object (element), error);
      if (view == NULL)
        return FALSE;

      if (g_hash_table_contains (ids, drill_saved_view_get_id (view)))
        {
          g_autoptr(DrillSavedView) twin = g_steal_pointer (&view);

          view = drill_saved_view_with_new_id (twin);
        }
      g_hash_table_add (ids, (gpointer) drill_saved_view_get_id (view));
      g_ptr_array_add (self->views, g_steal_pointer (&view));
    }

  return TRUE;
}

static void
read_hidden (DrillViewsFile *self)
{
  JsonNode *node = json_object_get_member (self->json, HIDDEN);
  g_autoptr(GStrvBuilder) hidden = g_strv_builder_new ();

  for (guint i = 0; node != NULL && JSON_NODE_HOLDS_ARRAY (node) && i < json_array_get_length (json_node_get_array (node)); i++)
    {
      JsonNode *element = json_array_get_element (json_node_get_array (node), i);
      const char *id = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;

      if (id != NULL)
        g_strv_builder_add (hidden, id);
    }
  g_strfreev (self->hidden);
  self->hidden = g_strv_builder_end (hidden);
}

/**
 * drill_views_file_new:
 *
 * Returns: (transfer full): an empty file
 */
DrillViewsFile *
drill_views_file_new (void)
{
  DrillViewsFile *self = g_new0 (DrillViewsFile, 1);

  self->views = g_ptr_array_new_with_free_func (g_object_unref);
  self->hidden = g_new0 (char *, 1);

  return self;
}

/**
 * drill_views_file_parse:
 * @bytes: what is in a file that anybody may have made
 * @error: %DRILL_ERROR_BAD_INPUT: it is no such file; %DRILL_ERROR_TOO_LARGE;
 *   %DRILL_ERROR_REJECTED: it is of a newer version
 *
 * Reads all of it or nothing.
 *
 * Returns: (transfer full) (nullable): what is in it
 */
DrillViewsFile *
drill_views_file_parse (GBytes  *bytes,
                        GError **error)
{
  g_autoptr(DrillViewsFile) self = drill_views_file_new ();
  g_autoptr(JsonNode) root = NULL;

  if (g_bytes_get_size (bytes) > DRILL_VIEWS_FILE_MAX_BYTES)
    {
      fail (error, DRILL_ERROR_TOO_LARGE, "it is too large");
      return NULL;
    }

  root = drill_json_parse (bytes, error);
  if (root == NULL)
    {
      g_clear_error (error);
      fail (error, DRILL_ERROR_BAD_INPUT, "it is not JSON");
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      fail (error, DRILL_ERROR_BAD_INPUT, "its format is another one");
      return NULL;
    }

  self->json = json_node_dup_object (root);
  if (!check_kind (self->json, error) || !read_views (self, error))
    return NULL;
  read_hidden (self);

  return g_steal_pointer (&self);
}

/**
 * drill_views_file_print:
 * @self: what is to be in the file
 *
 * Returns: (transfer full): its bytes
 */
GBytes *
drill_views_file_print (const DrillViewsFile *self)
{
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *views = json_array_new ();
  GString *text = g_string_new (NULL);

  json_object_set_string_member (object, FORMAT, THIS_FORMAT);
  json_object_set_int_member (object, VERSION, THIS_VERSION);
  for (guint i = 0; i < self->views->len; i++)
    json_array_add_object_element (views, drill_saved_view_to_json (g_ptr_array_index (self->views, i)));
  json_object_set_array_member (object, VIEWS, views);
  if (self->hidden[0] != NULL)
    {
      JsonArray *hidden = json_array_new ();

      for (guint i = 0; self->hidden[i] != NULL; i++)
        json_array_add_string_element (hidden, self->hidden[i]);
      json_object_set_array_member (object, HIDDEN, hidden);
    }

  if (self->json != NULL)
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *node;

      json_object_iter_init (&iter, self->json);
      while (json_object_iter_next (&iter, &name, &node))
        if (!json_object_has_member (object, name) && !g_str_equal (name, HIDDEN))
          json_object_set_member (object, name, json_node_copy (node));
    }

  json_node_take_object (root, object);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  json_generator_to_gstring (generator, text);
  g_string_append_c (text, '\n');

  return g_string_free_to_bytes (text);
}

void
drill_views_file_free (DrillViewsFile *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->views);
  g_strfreev (self->hidden);
  g_clear_pointer (&self->json, json_object_unref);
  g_free (self);
}
