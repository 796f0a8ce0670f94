// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-route-query.h"

/* Entries of the dictionary; the values of facets are under the facets' names */
#define ALL_PLANS   "all-plans"
#define DUE_MINUTES "due-minutes"
#define OWNER_TEXTS "owner-texts"
#define SEARCH      "search"
#define SORT        "sort"

/* What a person typed on the command line need not be UTF-8; a GVariant must be. */
static GVariant *
new_text (const char *text)
{
  return g_variant_new_take_string (g_utf8_make_valid (text, -1));
}

static GVariant *
new_texts (const char *const *texts)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; texts[i] != NULL; i++)
    g_variant_builder_add_value (&builder, new_text (texts[i]));

  return g_variant_builder_end (&builder);
}

static void
read_values (DrillRouteQuery *self,
             GVariantDict    *dict,
             DrillFacet       facet)
{
  g_autofree const char **values = NULL;

  if (!g_variant_dict_lookup (dict, drill_facet_get_name (facet), "^a&s", &values))
    return;

  for (guint i = 0; values[i] != NULL; i++)
    drill_route_query_add (self, facet, values[i]);
}

/**
 * drill_route_query_serialize:
 * @self: a query
 *
 * Returns: (transfer floating): the query as `a{sv}`
 */
GVariant *
drill_route_query_serialize (const DrillRouteQuery *self)
{
  const char *const *owner_texts = drill_route_query_get_owner_texts (self);
  const char *search = drill_route_query_get_search (self);
  GVariantDict dict;
  GVariantBuilder sort;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, ALL_PLANS, "b", drill_route_query_get_all_plans (self));
  g_variant_dict_insert (&dict, DUE_MINUTES, "u", drill_route_query_get_due_minutes (self));
  if (search != NULL)
    g_variant_dict_insert_value (&dict, SEARCH, new_text (search));
  if (owner_texts[0] != NULL)
    g_variant_dict_insert_value (&dict, OWNER_TEXTS, new_texts (owner_texts));
  for (guint facet = 0; facet < DRILL_N_FACETS; facet++)
    {
      const char *const *values = drill_route_query_get_values (self, facet);

      if (values[0] != NULL)
        g_variant_dict_insert_value (&dict, drill_facet_get_name (facet), new_texts (values));
    }

  g_variant_builder_init (&sort, G_VARIANT_TYPE ("a(sb)"));
  for (guint i = 0; i < drill_route_query_get_n_sort (self); i++)
    {
      gboolean descending;
      DrillRouteKey key = drill_route_query_get_sort (self, i, &descending);

      g_variant_builder_add (&sort, "(sb)", drill_route_key_get_name (key), descending);
    }
  g_variant_dict_insert_value (&dict, SORT, g_variant_builder_end (&sort));

  return g_variant_dict_end (&dict);
}

/**
 * drill_route_query_deserialize:
 * @variant: (nullable): what drill_route_query_serialize() wrote, or anything else
 *
 * Reads what it can: entries that are unknown or of another type are ignored.
 *
 * Returns: (transfer full): a query
 */
DrillRouteQuery *
drill_route_query_deserialize (GVariant *variant)
{
  DrillRouteQuery *self = drill_route_query_new ();
  g_autoptr(GVariantIter) sort = NULL;
  g_autofree const char **owner_texts = NULL;
  GVariantDict dict;
  const char *text;
  gboolean flag;
  guint32 minutes;

  if (variant == NULL || !g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT))
    return self;

  g_variant_dict_init (&dict, variant);
  if (g_variant_dict_lookup (&dict, ALL_PLANS, "b", &flag))
    drill_route_query_set_all_plans (self, flag);
  if (g_variant_dict_lookup (&dict, DUE_MINUTES, "u", &minutes))
    drill_route_query_set_due_minutes (self, minutes);
  if (g_variant_dict_lookup (&dict, SEARCH, "&s", &text))
    drill_route_query_set_search (self, text);
  if (g_variant_dict_lookup (&dict, OWNER_TEXTS, "^a&s", &owner_texts))
    for (guint i = 0; owner_texts[i] != NULL; i++)
      drill_route_query_add_owner_text (self, owner_texts[i]);
  for (guint facet = 0; facet < DRILL_N_FACETS; facet++)
    read_values (self, &dict, facet);

  if (g_variant_dict_lookup (&dict, SORT, "a(sb)", &sort))
    {
      while (g_variant_iter_next (sort, "(&sb)", &text, &flag))
        {
          DrillRouteKey key;

          if (drill_route_key_from_name (text, &key))
            drill_route_query_append_sort (self, key, flag);
        }
    }
  g_variant_dict_clear (&dict);

  return self;
}
