// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-delivery-results.h"

#include "base/drill-text.h"
#include "evidence/drill-json.h"

#define EVERY "all"

static void
result_free (gpointer data)
{
  DrillDeliveryResult *result = data;

  g_free ((char *) result->provider);
  g_free (result);
}

static DrillDeliveryResult *
add_result (GPtrArray      *results,
            const char     *provider,
            DrillDelivered  delivered)
{
  DrillDeliveryResult *result = g_new0 (DrillDeliveryResult, 1);

  result->provider = g_strdup (provider);
  result->delivered = delivered;
  result->n_attempts = -1;
  result->status_code = -1;
  g_ptr_array_add (results, result);

  return result;
}

static DrillDeliveryResult *
find_result (GPtrArray  *results,
             const char *provider)
{
  for (guint i = 0; i < results->len; i++)
    {
      DrillDeliveryResult *result = g_ptr_array_index (results, i);

      if (g_str_equal (result->provider, provider))
        return result;
    }

  return NULL;
}

JsonObject *
drill_delivery_get_object (JsonObject *object,
                           const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
drill_delivery_get_array (JsonObject *object,
                          const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static const char *
get_text (JsonArray *array,
          guint      i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";
}

static gboolean
is_true (JsonObject *object,
         const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (node);
}

static gboolean
has_text (JsonArray  *array,
          const char *text)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (g_str_equal (get_text (array, i), text))
      return TRUE;

  return FALSE;
}

GStrv
drill_delivery_parse_providers (const char *providers)
{
  static const char *const every[] = { EVERY, NULL };
  g_auto(GStrv) names = g_strsplit (providers, ",", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; names[i] != NULL; i++)
    {
      char *name = drill_text_lower (g_strstrip (names[i]));

      g_free (names[i]);
      names[i] = name;
      if (g_str_equal (name, EVERY))
        return g_strdupv ((GStrv) every);
      if (*name != '\0' && g_hash_table_add (seen, name))
        g_strv_builder_add (builder, name);
    }

  return g_strv_builder_end (builder);
}

gboolean
drill_delivery_is_all (const char *const *requested)
{
  return requested[0] != NULL && g_str_equal (requested[0], EVERY);
}

/* What was asked for: of what the service has no connector for is known right away that nothing was sent there.
 * @open is what the others are until more is known. */
static GPtrArray *
start_results (const char *const *requested,
               JsonArray         *selected,
               DrillDelivered     open)
{
  GPtrArray *results = g_ptr_array_new_with_free_func (result_free);

  if (!drill_delivery_is_all (requested))
    for (; *requested != NULL; requested++)
      add_result (results, *requested, has_text (selected, *requested) ? open : DRILL_DELIVERED_NOT_CONFIGURED);

  for (guint i = 0; selected != NULL && i < json_array_get_length (selected); i++)
    {
      const char *provider = get_text (selected, i);

      if (*provider != '\0' && find_result (results, provider) == NULL)
        add_result (results, provider, open);
    }

  return results;
}

static void
read_deliveries (GPtrArray *results,
                 JsonArray *deliveries)
{
  for (guint i = 0; i < json_array_get_length (deliveries); i++)
    {
      JsonNode *node = json_array_get_element (deliveries, i);
      JsonObject *delivery = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *provider = drill_json_get_string (delivery, "provider");
      DrillDeliveryResult *result;

      if (*provider == '\0')
        continue;

      result = find_result (results, provider);
      if (result == NULL)
        result = add_result (results, provider, DRILL_DELIVERED_UNKNOWN);
      result->delivered = is_true (delivery, "success") ? DRILL_DELIVERED_YES : DRILL_DELIVERED_FAILED;
      result->n_attempts = (int) CLAMP (drill_json_get_int (delivery, "attempt_count", -1), -1, G_MAXINT);
      result->status_code = (int) CLAMP (drill_json_get_int (delivery, "status_code", -1), -1, G_MAXINT);
    }
}

GPtrArray *
drill_delivery_results_new (const char *const *requested,
                            JsonObject        *answer)
{
  JsonArray *selected = drill_delivery_get_array (drill_delivery_get_object (answer, "delivery_plan"), "selected_providers");
  JsonArray *deliveries = drill_delivery_get_array (drill_delivery_get_object (answer, "delivery"), "deliveries");
  /* Selected, and not a word about it: where all went well nobody can say that it did not, nor that it did */
  GPtrArray *results = start_results (requested, selected,
                                      is_true (answer, "success") ? DRILL_DELIVERED_UNKNOWN : DRILL_DELIVERED_FAILED);

  if (deliveries != NULL)
    read_deliveries (results, deliveries);

  return results;
}

/* An item without the delivery itself has the providers, and which of them failed */
static void
read_item (GPtrArray  *results,
           JsonObject *item)
{
  JsonArray *providers = drill_delivery_get_array (item, "providers");
  JsonArray *failed = drill_delivery_get_array (item, "failed_providers");
  JsonArray *codes = drill_delivery_get_array (item, "status_codes");

  for (guint i = 0; providers != NULL && i < json_array_get_length (providers); i++)
    {
      const char *provider = get_text (providers, i);
      DrillDeliveryResult *result;

      if (*provider == '\0')
        continue;

      result = find_result (results, provider);
      if (result == NULL)
        result = add_result (results, provider, DRILL_DELIVERED_UNKNOWN);
      if (has_text (failed, provider))
        result->delivered = DRILL_DELIVERED_FAILED;
      else if (is_true (item, "delivery_success") || (failed != NULL && json_array_get_length (failed) > 0))
        result->delivered = DRILL_DELIVERED_YES;
      else
        result->delivered = DRILL_DELIVERED_FAILED;
      if (codes != NULL && json_array_get_length (codes) == json_array_get_length (providers))
        {
          JsonNode *node = json_array_get_element (codes, i);

          if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
            result->status_code = (int) CLAMP (json_node_get_int (node), -1, G_MAXINT);
        }
    }
}

GPtrArray *
drill_delivery_results_from_items (const char *const *requested,
                                   JsonObject        *plan,
                                   JsonObject        *item)
{
  JsonArray *deliveries = drill_delivery_get_array (drill_delivery_get_object (item, "delivery"), "deliveries");
  JsonArray *selected = drill_delivery_get_array (plan, "selected_providers");
  GPtrArray *results;

  if (selected == NULL)
    selected = drill_delivery_get_array (item, "providers");
  results = start_results (requested, selected, DRILL_DELIVERED_UNKNOWN);

  if (deliveries != NULL)
    read_deliveries (results, deliveries);
  else if (item != NULL)
    read_item (results, item);

  return results;
}

GPtrArray *
drill_delivery_results_unknown (const char *const *requested)
{
  GPtrArray *results = g_ptr_array_new_with_free_func (result_free);

  if (!drill_delivery_is_all (requested))
    for (; *requested != NULL; requested++)
      add_result (results, *requested, DRILL_DELIVERED_UNKNOWN);

  return results;
}
