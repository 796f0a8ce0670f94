// SPDX-License-Identifier: GPL-3.0-or-later
#include "drill-bench-json.h"

#include <json-glib/json-glib.h>

static void
read_decision (JsonArray *array,
               guint      i,
               JsonNode  *node,
               gpointer   user_data)
{
  static const char *const members[] = { "schedule_id", "provider", "owner", "escalation_owner", "action", "reason" };
  GPtrArray *texts = user_data;
  JsonObject *decision = json_node_get_object (node);

  for (gsize m = 0; m < G_N_ELEMENTS (members); m++)
    g_ptr_array_add (texts, (gpointer) json_object_get_string_member_with_default (decision, members[m], ""));
}

/* Reads a history with json-glib as far as the texts of the route decisions.
 * Returns: how many there are */
guint
bench_json_glib (const char *text,
                 gsize       length)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  JsonArray *items;

  if (!json_parser_load_from_data (parser, text, (gssize) length, &error))
    {
      g_printerr ("%s\n", error->message);
      return 0;
    }

  if (!JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return 0;

  items = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "items");
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);
      JsonObject *plan = NULL;

      if (json_object_has_member (item, "plan"))
        plan = json_object_get_object_member (item, "plan");
      if (plan != NULL && json_object_has_member (plan, "route_decisions"))
        json_array_foreach_element (json_object_get_array_member (plan, "route_decisions"), read_decision, texts);
    }

  return texts->len / 6;
}
