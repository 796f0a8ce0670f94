// SPDX-License-Identifier: GPL-3.0-or-later

/* What the double has on record, and how often it has recorded what. */

#include "drill-test-store.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "drill-test-answers.h"
#include "evidence/drill-evidence-builder.h"
#include "sources/drill-write-answer.h"

#define KIND_PREFIX "go-backend-rollback-drill-"
#define KIND_ACK    KIND_PREFIX "notification-ack"

struct _DrillTestStore
{
  GPtrArray *items;              /* newest first */
  char *dashboard;               /* kept as long as the items are */
  GHashTable *acks;              /* "schedule\tprovider" → how many were recorded */
  DrillEvidenceBuilder *builder; /* has the oldest items; NULL when they have changed */
  guint n_built;
};

DrillTestStore *
drill_test_store_new (void)
{
  DrillTestStore *self = g_new0 (DrillTestStore, 1);

  self->items = g_ptr_array_new_with_free_func (g_free);
  self->acks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
drill_test_store_free (DrillTestStore *self)
{
  g_clear_pointer (&self->builder, drill_evidence_builder_unref);
  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->acks);
  g_free (self->dashboard);
  g_free (self);
}

static void
forget (DrillTestStore *self)
{
  g_clear_pointer (&self->dashboard, g_free);
  g_clear_pointer (&self->builder, drill_evidence_builder_unref);
  self->n_built = 0;
}

/* @items: (transfer full) (element-type utf8): newest first */
void
drill_test_store_set (DrillTestStore *self,
                      GPtrArray      *items)
{
  g_ptr_array_unref (self->items);
  self->items = items;
  forget (self);
}

void
drill_test_store_add (DrillTestStore *self,
                      const char     *item)
{
  g_ptr_array_insert (self->items, 0, g_strdup (item));
  g_clear_pointer (&self->dashboard, g_free);
}

void
drill_test_store_remove (DrillTestStore *self)
{
  g_ptr_array_remove_index (self->items, 0);
  forget (self);
}

static const char *
get_text (JsonNode   *item,
          const char *name)
{
  JsonNode *node = JSON_NODE_HOLDS_OBJECT (item) ? json_object_get_member (json_node_get_object (item), name) : NULL;

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";
}

static int
compare_created (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (get_text (*(JsonNode *const *) b, "created_at"), get_text (*(JsonNode *const *) a, "created_at"));
}

/**
 * drill_test_store_load_file:
 * @file: a history document
 *
 * Returns: whether its items are what is on record now
 */
gboolean
drill_test_store_load_file (DrillTestStore  *self,
                            const char      *file,
                            GError         **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GPtrArray) nodes = g_ptr_array_new ();
  GPtrArray *items;
  JsonNode *root;
  JsonArray *array;

  if (!json_parser_load_from_file (parser, file, error))
    return FALSE;

  root = json_parser_get_root (parser);
  array = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root)
                                       : json_object_get_array_member (json_node_get_object (root), "items");
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (nodes, json_array_get_element (array, i));
  g_ptr_array_sort (nodes, compare_created);

  items = g_ptr_array_new_full (nodes->len, g_free);
  for (guint i = 0; i < nodes->len; i++)
    g_ptr_array_add (items, json_to_string (g_ptr_array_index (nodes, i), FALSE));
  drill_test_store_set (self, items);

  return TRUE;
}

static void
count_ack (DrillTestStore *self,
           JsonNode       *item)
{
  char *pair;
  guint n;

  if (!g_str_equal (get_text (item, "metadata_kind"), KIND_ACK))
    return;

  pair = g_strconcat (get_text (item, "schedule_id"), "\t", get_text (item, "provider"), NULL);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->acks, pair));
  g_hash_table_replace (self->acks, pair, GUINT_TO_POINTER (n + 1));
}

/**
 * drill_test_store_record:
 * @answer: to a write; its items are put on record
 *
 * Returns: whether it could be read
 */
gboolean
drill_test_store_record (DrillTestStore  *self,
                         GBytes          *answer,
                         GError         **error)
{
  g_autoptr(DrillPage) page = drill_write_answer_dup_items (answer, error);
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  JsonArray *news;
  const char *text;
  gsize length;
  guint n, n_old = self->items->len;

  if (page == NULL)
    return FALSE;

  text = drill_page_get_data (page, &length);
  if (!json_parser_load_from_data (parser, text, (gssize) length, error))
    return FALSE;

  news = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "items");
  n = json_array_get_length (news);

  /* One move for all of them: a bulk has a hundred, and there may be 100,000 behind */
  g_ptr_array_set_size (self->items, (int) (n_old + n));
  memmove (self->items->pdata + n, self->items->pdata, n_old * sizeof (gpointer));
  for (guint i = 0; i < n; i++)
    {
      JsonNode *item = json_array_get_element (news, i);

      self->items->pdata[n - 1 - i] = json_to_string (item, FALSE);
      count_ack (self, item);
    }
  g_clear_pointer (&self->dashboard, g_free);

  return TRUE;
}

GPtrArray *
drill_test_store_get_items (DrillTestStore *self)
{
  return self->items;
}

/**
 * drill_test_store_dup_evidence:
 *
 * Returns: (transfer full): all of it. Only what has come since the last time is read.
 */
DrillEvidence *
drill_test_store_dup_evidence (DrillTestStore *self)
{
  guint n_new;

  if (self->builder == NULL)
    self->builder = drill_evidence_builder_new ();

  n_new = self->items->len - self->n_built;
  if (n_new > 0)
    {
      g_autoptr(GString) document = g_string_new ("{\"items\":[");
      g_autoptr(DrillPage) page = NULL;

      for (guint i = 0; i < n_new; i++)
        g_string_append_printf (document, "%s%s", i > 0 ? "," : "", (const char *) g_ptr_array_index (self->items, i));
      g_string_append (document, "]}");
      page = drill_page_new (document->str, document->len);
      drill_evidence_builder_add (self->builder, page, NULL, NULL);
      self->n_built = self->items->len;
    }

  return drill_evidence_builder_snapshot (self->builder);
}

const char *
drill_test_store_get_dashboard (DrillTestStore *self)
{
  if (self->dashboard == NULL)
    self->dashboard = drill_test_answer_dashboard (self->items);

  return self->dashboard;
}

/**
 * drill_test_store_count:
 * @kind: (nullable): a `metadata_kind`, with or without its prefix, or %NULL for all
 *
 * Returns: how many items of it are on record
 */
guint
drill_test_store_count (DrillTestStore *self,
                        const char     *kind)
{
  guint n = 0;

  if (kind == NULL)
    return self->items->len;

  for (guint i = 0; i < self->items->len; i++)
    {
      const char *text = g_ptr_array_index (self->items, i);
      g_autoptr(JsonNode) item = strstr (text, kind) != NULL ? json_from_string (text, NULL) : NULL;
      const char *found = item != NULL ? get_text (item, "metadata_kind") : "";

      if (g_str_equal (found, kind) ||
          (g_str_has_prefix (found, KIND_PREFIX) && g_str_equal (found + strlen (KIND_PREFIX), kind)))
        n++;
    }

  return n;
}

/**
 * drill_test_store_count_acks:
 * @schedule_id: (nullable): of a schedule, or %NULL for any
 * @provider: (nullable): a provider, or %NULL for any
 *
 * Returns: how many acknowledgements were recorded, without those that were there from the start
 */
guint
drill_test_store_count_acks (DrillTestStore *self,
                             const char     *schedule_id,
                             const char     *provider)
{
  GHashTableIter iter;
  gpointer pair, count;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->acks);
  while (g_hash_table_iter_next (&iter, &pair, &count))
    {
      const char *tab = strrchr (pair, '\t');
      g_autofree char *schedule = g_strndup (pair, (gsize) (tab - (const char *) pair));

      if ((schedule_id == NULL || g_str_equal (schedule, schedule_id)) &&
          (provider == NULL || g_str_equal (tab + 1, provider)))
        n += GPOINTER_TO_UINT (count);
    }

  return n;
}

/**
 * drill_test_store_dup_acks:
 *
 * Returns: (transfer full): `{"schedule\tprovider": n}`, as in drill_test_store_count_acks()
 */
char *
drill_test_store_dup_acks (DrillTestStore *self)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr(JsonNode) root = NULL;
  GHashTableIter iter;
  gpointer pair, count;

  json_builder_begin_object (builder);
  g_hash_table_iter_init (&iter, self->acks);
  while (g_hash_table_iter_next (&iter, &pair, &count))
    {
      json_builder_set_member_name (builder, pair);
      json_builder_add_int_value (builder, GPOINTER_TO_UINT (count));
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}
