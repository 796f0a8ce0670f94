// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/routes/drill-route-memory.h"

/**
 * drill_route_memory_restore:
 * @list: the routes
 * @settings: where it was remembered
 *
 * Gives them the order and, if wanted, the filters of last time.
 */
void
drill_route_memory_restore (DrillRouteList *list,
                            GSettings      *settings)
{
  g_autoptr(DrillRouteQuery) query = NULL;
  g_auto(GStrv) sort = g_settings_get_strv (settings, "sort");

  if (g_settings_get_boolean (settings, "remember-filters"))
    {
      g_autofree char *text = g_settings_get_string (settings, "filters");
      g_autoptr(GVariant) variant = *text != '\0' ? g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL) : NULL;

      if (variant != NULL)
        query = drill_route_query_deserialize (variant);
    }
  if (query == NULL)
    query = drill_route_query_new ();

  drill_route_query_set_due_minutes (query, g_settings_get_uint (settings, "at-risk-minutes"));
  drill_route_query_clear_sort (query);
  for (gsize i = 0; sort[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (sort[i], ":", 2);
      DrillRouteKey key;

      if (parts[0] != NULL && drill_route_key_from_name (parts[0], &key))
        drill_route_query_append_sort (query, key, g_strcmp0 (parts[1], "desc") == 0);
    }

  drill_route_list_set_query (list, query);
}

/**
 * drill_route_memory_save:
 * @list: the routes
 * @settings: where to remember it
 *
 * Remembers their order and, if wanted, their filters.
 */
void
drill_route_memory_save (DrillRouteList *list,
                         GSettings      *settings)
{
  const DrillRouteQuery *query = drill_route_list_get_query (list);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) sort = NULL;
  g_autofree char *filters = NULL;

  for (guint i = 0; i < drill_route_query_get_n_sort (query); i++)
    {
      gboolean descending;
      DrillRouteKey key = drill_route_query_get_sort (query, i, &descending);
      g_autofree char *name = g_strconcat (drill_route_key_get_name (key), descending ? ":desc" : NULL, NULL);

      g_strv_builder_add (builder, name);
    }
  sort = g_strv_builder_end (builder);
  g_settings_set_strv (settings, "sort", (const char *const *) sort);

  if (g_settings_get_boolean (settings, "remember-filters"))
    {
      g_autoptr(GVariant) variant = g_variant_ref_sink (drill_route_query_serialize (query));

      filters = g_variant_print (variant, TRUE);
    }
  g_settings_set_string (settings, "filters", filters != NULL ? filters : "");
}
