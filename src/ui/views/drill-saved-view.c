// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/drill-saved-view.h"

#include <string.h>

#include "base/drill-error.h"
#include "base/drill-text.h"
#include "evidence/drill-json.h"

/* Members of its JSON object; others are kept as they are */
#define ID      "id"
#define NAME    "name"
#define FILTERS "filters"
#define COLUMNS "columns"

struct _DrillSavedView
{
  GObject parent_instance;

  char            *id;
  char            *name;
  char            *filters; /* as in the settings: a GVariant as text */
  DrillRouteQuery *query;   /* of @filters */
  char           **columns; /* nullable: as they are */
  JsonObject      *json;    /* nullable: what it was read from */
  gboolean         builtin;
  gboolean         unknown; /* @filters has more than this version knows */
};

G_DEFINE_FINAL_TYPE (DrillSavedView, drill_saved_view, G_TYPE_OBJECT)

static void
drill_saved_view_finalize (GObject *object)
{
  DrillSavedView *self = DRILL_SAVED_VIEW (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->filters);
  g_clear_pointer (&self->query, drill_route_query_free);
  g_strfreev (self->columns);
  g_clear_pointer (&self->json, json_object_unref);

  G_OBJECT_CLASS (drill_saved_view_parent_class)->finalize (object);
}

static void
drill_saved_view_class_init (DrillSavedViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_saved_view_finalize;
}

static void
drill_saved_view_init (DrillSavedView *self)
{
}

static void
set_query (DrillSavedView        *self,
           const DrillRouteQuery *query)
{
  g_autoptr(GVariant) variant = NULL;

  self->query = drill_route_query_copy (query);
  drill_route_query_set_due_minutes (self->query, 0);
  variant = g_variant_ref_sink (drill_route_query_serialize (self->query));
  self->filters = g_variant_print (variant, TRUE);
}

static gboolean
is_empty_value (GVariant *value)
{
  return g_variant_is_container (value) && g_variant_n_children (value) == 0;
}

/* Whether something of it gets lost in a query */
static gboolean
has_unknown (GVariant              *variant,
             const DrillRouteQuery *query)
{
  g_autoptr(GVariant) known = g_variant_ref_sink (drill_route_query_serialize (query));
  GVariantIter iter;
  const char *key;
  GVariant *value;
  gboolean unknown = FALSE;

  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      g_autoptr(GVariant) kept = g_variant_lookup_value (known, key, NULL);

      unknown |= kept == NULL && !is_empty_value (value);
      /* The sort order is the one list in it whose entries have names of their own */
      unknown |= kept != NULL && g_variant_is_of_type (kept, G_VARIANT_TYPE ("a(sb)")) &&
                 g_variant_is_container (value) && g_variant_n_children (kept) < g_variant_n_children (value);
      g_variant_unref (value);
    }

  return unknown;
}

static gboolean
set_filters (DrillSavedView  *self,
             const char      *text,
             GError         **error)
{
  g_autoptr(GVariant) variant = NULL;

  if (strlen (text) > DRILL_SAVED_VIEW_MAX_FILTERS)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_TOO_LARGE, "the filters of a view are too long");
      return FALSE;
    }

  variant = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL);
  if (variant == NULL)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "the filters of a view cannot be read");
      return FALSE;
    }

  self->filters = g_strdup (text);
  self->query = drill_route_query_deserialize (variant);
  self->unknown = has_unknown (variant, self->query);
  drill_route_query_set_due_minutes (self->query, 0);

  return TRUE;
}

static gboolean
set_columns (DrillSavedView  *self,
             JsonNode        *node,
             GError         **error)
{
  g_autoptr(GStrvBuilder) columns = g_strv_builder_new ();
  gboolean seen[DRILL_N_KEYS] = { FALSE };
  JsonArray *array;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "the columns of a view are no list");
      return FALSE;
    }

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *name = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;
      DrillRouteKey key;

      if (name == NULL || !drill_route_key_from_name (name, &key))
        {
          self->unknown = TRUE;
          continue;
        }
      if (!seen[key])
        g_strv_builder_add (columns, name);
      seen[key] = TRUE;
    }
  /* That one is always shown */
  if (!seen[DRILL_KEY_STATE])
    g_strv_builder_add (columns, drill_route_key_get_name (DRILL_KEY_STATE));
  if (json_array_get_length (array) > 0)
    self->columns = g_strv_builder_end (columns);

  return TRUE;
}

static DrillSavedView *
copy (DrillSavedView *self,
      const char     *id,
      const char     *name)
{
  DrillSavedView *other = g_object_new (DRILL_TYPE_SAVED_VIEW, NULL);

  other->id = g_strdup (id);
  other->name = g_strdup (name);
  other->filters = g_strdup (self->filters);
  other->query = drill_route_query_copy (self->query);
  other->columns = g_strdupv (self->columns);
  other->json = self->json != NULL ? json_object_ref (self->json) : NULL;
  other->unknown = self->unknown;

  return other;
}

/**
 * drill_saved_view_clean_name:
 * @text: what was typed, or came in a file
 *
 * Returns: (transfer full): it as a name: one line without control characters, not too long; "" when nothing is left
 */
char *
drill_saved_view_clean_name (const char *text)
{
  g_autofree char *line = drill_text_one_line (text);
  char *name;

  g_strstrip (line);
  name = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), DRILL_SAVED_VIEW_MAX_NAME));

  return g_strchomp (name);
}

/**
 * drill_saved_view_new:
 * @name: what it is called, see drill_saved_view_clean_name()
 * @query: its filters and order
 * @columns: (nullable) (array zero-terminated=1): names of the columns that are shown, in order; %NULL for whatever is shown
 *
 * Returns: (transfer full): a view with an id of its own
 */
DrillSavedView *
drill_saved_view_new (const char            *name,
                      const DrillRouteQuery *query,
                      const char *const     *columns)
{
  DrillSavedView *self = g_object_new (DRILL_TYPE_SAVED_VIEW, NULL);

  self->id = g_uuid_string_random ();
  self->name = drill_saved_view_clean_name (name);
  self->columns = g_strdupv ((char **) columns);
  set_query (self, query);

  return self;
}

/**
 * drill_saved_view_new_builtin:
 * @id: what the settings know it by
 * @name: what it is called
 * @query: its filters and order
 * @columns: (nullable) (array zero-terminated=1): its columns; %NULL for whatever is shown
 *
 * Returns: (transfer full): a view that comes with the program
 */
DrillSavedView *
drill_saved_view_new_builtin (const char            *id,
                              const char            *name,
                              const DrillRouteQuery *query,
                              const char *const     *columns)
{
  DrillSavedView *self = drill_saved_view_new (name, query, columns);

  g_free (self->id);
  self->id = g_strdup (id);
  self->builtin = TRUE;

  return self;
}

/**
 * drill_saved_view_new_from_json:
 * @object: what drill_saved_view_to_json() made, or anything else
 * @error: %DRILL_ERROR_BAD_INPUT or %DRILL_ERROR_TOO_LARGE
 *
 * Members that are not known are kept for drill_saved_view_to_json(). An id
 * that is none, or missing, is replaced.
 *
 * Returns: (transfer full) (nullable): the view
 */
DrillSavedView *
drill_saved_view_new_from_json (JsonObject  *object,
                                GError     **error)
{
  g_autoptr(DrillSavedView) self = g_object_new (DRILL_TYPE_SAVED_VIEW, NULL);
  const char *id = drill_json_get_string (object, ID);
  const char *filters = drill_json_get_string (object, FILTERS);

  self->name = drill_saved_view_clean_name (drill_json_get_string (object, NAME));
  if (*self->name == '\0')
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "a view has no name");
      return NULL;
    }
  if (*filters == '\0')
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "a view has no filters");
      return NULL;
    }
  if (!set_filters (self, filters, error) || !set_columns (self, json_object_get_member (object, COLUMNS), error))
    return NULL;

  self->id = g_uuid_string_is_valid (id) ? g_strdup (id) : g_uuid_string_random ();
  self->json = json_object_ref (object);

  return g_steal_pointer (&self);
}

/**
 * drill_saved_view_with_name:
 * @self: a view
 * @name: another name
 *
 * Returns: (transfer full): the same view under that name
 */
DrillSavedView *
drill_saved_view_with_name (DrillSavedView *self,
                            const char     *name)
{
  g_autofree char *clean = drill_saved_view_clean_name (name);

  return copy (self, self->id, clean);
}

/**
 * drill_saved_view_with_content:
 * @self: a view
 * @query: other filters and order
 * @columns: (nullable) (array zero-terminated=1): other columns
 *
 * Returns: (transfer full): the view of the same name with that content
 */
DrillSavedView *
drill_saved_view_with_content (DrillSavedView        *self,
                               const DrillRouteQuery *query,
                               const char *const     *columns)
{
  DrillSavedView *other = drill_saved_view_new (self->name, query, columns);

  g_free (other->id);
  other->id = g_strdup (self->id);
  other->json = self->json != NULL ? json_object_ref (self->json) : NULL;

  return other;
}

/**
 * drill_saved_view_with_new_id:
 * @self: a view
 *
 * Returns: (transfer full): one that has the same name and content and can be kept beside it
 */
DrillSavedView *
drill_saved_view_with_new_id (DrillSavedView *self)
{
  g_autofree char *id = g_uuid_string_random ();

  return copy (self, id, self->name);
}

/**
 * drill_saved_view_to_json:
 * @self: a view
 *
 * Returns: (transfer full): it as an object, with what was not known of the one it was read from
 */
JsonObject *
drill_saved_view_to_json (DrillSavedView *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, ID, self->id);
  json_object_set_string_member (object, NAME, self->name);
  json_object_set_string_member (object, FILTERS, self->filters);
  if (self->columns != NULL)
    {
      JsonArray *columns = json_array_new ();

      for (guint i = 0; self->columns[i] != NULL; i++)
        json_array_add_string_element (columns, self->columns[i]);
      json_object_set_array_member (object, COLUMNS, columns);
    }

  if (self->json != NULL)
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *node;

      json_object_iter_init (&iter, self->json);
      while (json_object_iter_next (&iter, &name, &node))
        if (!json_object_has_member (object, name) && !g_str_equal (name, COLUMNS))
          json_object_set_member (object, name, json_node_copy (node));
    }

  return object;
}

const char *
drill_saved_view_get_id (DrillSavedView *self)
{
  return self->id;
}

/**
 * drill_saved_view_get_name:
 * @self: a view
 *
 * Returns: what it is called: plain text, never markup
 */
const char *
drill_saved_view_get_name (DrillSavedView *self)
{
  return self->name;
}

/**
 * drill_saved_view_is_builtin:
 * @self: a view
 *
 * Returns: whether it came with the program, and can only be hidden
 */
gboolean
drill_saved_view_is_builtin (DrillSavedView *self)
{
  return self->builtin;
}

/**
 * drill_saved_view_get_query:
 * @self: a view
 *
 * Returns: (transfer none): its filters and order; the at-risk window in it means nothing
 */
const DrillRouteQuery *
drill_saved_view_get_query (DrillSavedView *self)
{
  return self->query;
}

/**
 * drill_saved_view_get_columns:
 * @self: a view
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): its columns; %NULL for whatever is shown
 */
const char *const *
drill_saved_view_get_columns (DrillSavedView *self)
{
  return (const char *const *) self->columns;
}

/**
 * drill_saved_view_has_unknown:
 * @self: a view
 *
 * Returns: whether it was made by a version that knew more filters, keys or
 *   columns: those have no effect here
 */
gboolean
drill_saved_view_has_unknown (DrillSavedView *self)
{
  return self->unknown;
}

/**
 * drill_saved_view_shows:
 * @self: a view
 * @query: what is asked
 * @columns: (array zero-terminated=1): the columns that are shown
 *
 * Returns: whether that is the view as it was saved
 */
gboolean
drill_saved_view_shows (DrillSavedView        *self,
                        const DrillRouteQuery *query,
                        const char *const     *columns)
{
  g_autoptr(DrillRouteQuery) own = drill_route_query_copy (self->query);

  drill_route_query_set_due_minutes (own, drill_route_query_get_due_minutes (query));
  if (!drill_route_query_equal (own, query))
    return FALSE;

  return self->columns == NULL || g_strv_equal ((const char *const *) self->columns, columns);
}
