// SPDX-License-Identifier: GPL-3.0-or-later

/* Deliveries that do not arrive (contract sections 2 and 7). */

#include "drill-test-delivery.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define ATTEMPTS 3

static JsonObject *
get_object (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* @failed, @codes: (nullable): where the names of those that failed, and the statuses of all go */
static guint
fail_delivery (JsonObject *delivery,
               GHashTable *failing,
               JsonArray  *failed,
               JsonArray  *codes)
{
  JsonArray *array = delivery != NULL && json_object_has_member (delivery, "deliveries")
                     ? json_object_get_array_member (delivery, "deliveries") : NULL;
  guint n_failed = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *entry = json_array_get_object_element (array, i);
      const char *provider = json_object_get_string_member (entry, "provider");
      gpointer status;

      if (g_hash_table_lookup_extended (failing, provider, NULL, &status))
        {
          n_failed++;
          json_object_set_boolean_member (entry, "success", FALSE);
          json_object_set_int_member (entry, "attempt_count", ATTEMPTS);
          if (status != NULL)
            json_object_set_int_member (entry, "status_code", GPOINTER_TO_UINT (status));
          else
            json_object_set_null_member (entry, "status_code");
          if (failed != NULL)
            json_array_add_string_element (failed, provider);
        }
      if (codes != NULL && !json_object_get_null_member (entry, "status_code"))
        json_array_add_int_element (codes, json_object_get_int_member (entry, "status_code"));
    }
  if (n_failed > 0)
    json_object_set_boolean_member (delivery, "success", FALSE);

  return n_failed;
}

/**
 * drill_test_delivery_fail:
 * @answer: to a delivery where all arrived
 * @failing: connector → HTTP status; 0 where there is not even that
 *
 * Returns: (transfer full): the answer when those do not
 */
GBytes *
drill_test_delivery_fail (GBytes     *answer,
                          GHashTable *failing)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  JsonArray *failed, *codes;
  JsonObject *root, *item;
  guint n_failed;
  gsize length;
  const char *data = g_bytes_get_data (answer, &length);
  char *text;

  if (!json_parser_load_from_data (parser, data, (gssize) length, NULL))
    return g_bytes_ref (answer);

  root = json_node_get_object (json_parser_get_root (parser));
  failed = json_array_new ();
  codes = json_array_new ();
  n_failed = fail_delivery (get_object (root, "delivery"), failing, failed, codes);
  item = get_object (root, "metadata");
  if (n_failed == 0 || item == NULL)
    {
      json_array_unref (failed);
      json_array_unref (codes);
      return g_bytes_ref (answer);
    }

  fail_delivery (get_object (item, "delivery"), failing, NULL, NULL);
  json_object_set_boolean_member (root, "success", FALSE);
  json_object_set_boolean_member (item, "delivery_success", FALSE);
  json_object_set_array_member (item, "failed_providers", failed);
  json_object_set_array_member (item, "status_codes", codes);
  json_object_set_int_member (item, "max_attempt_count", ATTEMPTS);
  json_object_set_int_member (item, "attempt_count",
                              json_object_get_int_member_with_default (item, "attempt_count", 0) +
                              (ATTEMPTS - 1) * n_failed);
  text = json_to_string (json_parser_get_root (parser), FALSE);

  return g_bytes_new_take (text, strlen (text));
}
