// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-route-query.h"

#include <string.h>

#define DEFAULT_DUE_MINUTES 15

typedef struct {
  DrillRouteKey key;
  gboolean      descending;
} SortKey;

struct _DrillRouteQuery {
  gboolean   all_plans;
  guint      due_minutes;
  GPtrArray *values[DRILL_N_FACETS]; /* NULL-terminated */
  GPtrArray *owner_texts;            /* NULL-terminated */
  char      *search;
  SortKey    sort[DRILL_MAX_SORT_KEYS];
  guint      n_sort;
};

G_DEFINE_BOXED_TYPE (DrillRouteQuery, drill_route_query, drill_route_query_copy, drill_route_query_free)

static GPtrArray *
new_values (void)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (values, NULL);

  return values;
}

static gboolean
find_value (GPtrArray  *values,
            const char *value,
            guint      *position)
{
  for (guint i = 0; i + 1 < values->len; i++)
    {
      if (strcmp (g_ptr_array_index (values, i), value) == 0)
        {
          if (position != NULL)
            *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

static void
add_value (GPtrArray  *values,
           const char *value)
{
  if (!find_value (values, value, NULL))
    g_ptr_array_insert (values, (int) values->len - 1, g_strdup (value));
}

static void
clear_values (GPtrArray *values)
{
  g_ptr_array_remove_range (values, 0, values->len - 1);
}

static gboolean
equal_values (GPtrArray *a,
              GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i + 1 < a->len; i++)
    if (!find_value (b, g_ptr_array_index (a, i), NULL))
      return FALSE;

  return TRUE;
}

/**
 * drill_route_query_new:
 *
 * A query for all routes of the current plans, in the default order.
 *
 * Returns: (transfer full): a new query
 */
DrillRouteQuery *
drill_route_query_new (void)
{
  DrillRouteQuery *self = g_new0 (DrillRouteQuery, 1);

  self->due_minutes = DEFAULT_DUE_MINUTES;
  for (guint i = 0; i < DRILL_N_FACETS; i++)
    self->values[i] = new_values ();
  self->owner_texts = new_values ();

  return self;
}

/**
 * drill_route_query_copy:
 * @self: a query
 *
 * Returns: (transfer full): the same query
 */
DrillRouteQuery *
drill_route_query_copy (const DrillRouteQuery *self)
{
  DrillRouteQuery *copy = drill_route_query_new ();

  copy->all_plans = self->all_plans;
  copy->due_minutes = self->due_minutes;
  copy->search = g_strdup (self->search);
  memcpy (copy->sort, self->sort, sizeof self->sort);
  copy->n_sort = self->n_sort;
  for (guint f = 0; f < DRILL_N_FACETS; f++)
    for (guint i = 0; i + 1 < self->values[f]->len; i++)
      add_value (copy->values[f], g_ptr_array_index (self->values[f], i));
  for (guint i = 0; i + 1 < self->owner_texts->len; i++)
    add_value (copy->owner_texts, g_ptr_array_index (self->owner_texts, i));

  return copy;
}

void
drill_route_query_free (DrillRouteQuery *self)
{
  if (self == NULL)
    return;

  for (guint f = 0; f < DRILL_N_FACETS; f++)
    g_ptr_array_unref (self->values[f]);
  g_ptr_array_unref (self->owner_texts);
  g_free (self->search);
  g_free (self);
}

/**
 * drill_route_query_equal:
 * @a: a query
 * @b: another
 *
 * Returns: whether both select the same routes in the same order; the order in
 *   which the values of a facet were added does not matter
 */
gboolean
drill_route_query_equal (const DrillRouteQuery *a,
                         const DrillRouteQuery *b)
{
  if (a->all_plans != b->all_plans || a->due_minutes != b->due_minutes ||
      a->n_sort != b->n_sort || g_strcmp0 (a->search, b->search) != 0 ||
      !equal_values (a->owner_texts, b->owner_texts))
    return FALSE;

  for (guint i = 0; i < a->n_sort; i++)
    if (a->sort[i].key != b->sort[i].key || a->sort[i].descending != b->sort[i].descending)
      return FALSE;

  for (guint f = 0; f < DRILL_N_FACETS; f++)
    if (!equal_values (a->values[f], b->values[f]))
      return FALSE;

  return TRUE;
}

gboolean
drill_route_query_get_all_plans (const DrillRouteQuery *self)
{
  return self->all_plans;
}

/**
 * drill_route_query_set_all_plans:
 * @self: a query
 * @all_plans: whether the routes of older plans are meant as well
 *
 * Sets the plan scope; only the newest plans of each schedule by default.
 */
void
drill_route_query_set_all_plans (DrillRouteQuery *self,
                                 gboolean         all_plans)
{
  self->all_plans = all_plans != FALSE;
}

/**
 * drill_route_query_add:
 * @self: a query
 * @facet: a facet
 * @value: one more value that is selected in it, compared as it is; "" selects the routes that have none
 */
void
drill_route_query_add (DrillRouteQuery *self,
                       DrillFacet       facet,
                       const char      *value)
{
  g_return_if_fail (facet < DRILL_N_FACETS);
  g_return_if_fail (value != NULL);

  add_value (self->values[facet], value);
}

/**
 * drill_route_query_remove:
 * @self: a query
 * @facet: a facet
 * @value: one of its values
 *
 * Takes a value out of the selection of a facet.
 */
void
drill_route_query_remove (DrillRouteQuery *self,
                          DrillFacet       facet,
                          const char      *value)
{
  guint position;

  g_return_if_fail (facet < DRILL_N_FACETS);
  g_return_if_fail (value != NULL);

  if (find_value (self->values[facet], value, &position))
    g_ptr_array_remove_index (self->values[facet], position);
}

/**
 * drill_route_query_contains:
 * @self: a query
 * @facet: a facet
 * @value: a value
 *
 * Returns: whether the facet selects it
 */
gboolean
drill_route_query_contains (const DrillRouteQuery *self,
                            DrillFacet             facet,
                            const char            *value)
{
  g_return_val_if_fail (facet < DRILL_N_FACETS, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  return find_value (self->values[facet], value, NULL);
}

/**
 * drill_route_query_get_values:
 * @self: a query
 * @facet: a facet
 *
 * Returns: (transfer none) (array zero-terminated=1): the selected values in
 *   the order in which they were added, empty for no condition; valid until
 *   the query is changed
 */
const char *const *
drill_route_query_get_values (const DrillRouteQuery *self,
                              DrillFacet             facet)
{
  g_return_val_if_fail (facet < DRILL_N_FACETS, NULL);

  return (const char *const *) self->values[facet]->pdata;
}

/**
 * drill_route_query_clear_facet:
 * @self: a query
 * @facet: a facet
 *
 * Selects nothing of a facet, so that any of its values will do.
 */
void
drill_route_query_clear_facet (DrillRouteQuery *self,
                               DrillFacet       facet)
{
  g_return_if_fail (facet < DRILL_N_FACETS);

  clear_values (self->values[facet]);
}

/**
 * drill_route_query_clear:
 * @self: a query
 *
 * Removes all conditions: facets, owner texts and search. Scope, at-risk window
 * and sorting stay.
 */
void
drill_route_query_clear (DrillRouteQuery *self)
{
  for (guint f = 0; f < DRILL_N_FACETS; f++)
    clear_values (self->values[f]);
  clear_values (self->owner_texts);
  g_clear_pointer (&self->search, g_free);
}

/**
 * drill_route_query_has_filters:
 * @self: a query
 *
 * Returns: whether there is anything that drill_route_query_clear() would remove
 */
gboolean
drill_route_query_has_filters (const DrillRouteQuery *self)
{
  for (guint f = 0; f < DRILL_N_FACETS; f++)
    if (self->values[f]->len > 1)
      return TRUE;

  return self->owner_texts->len > 1 || self->search != NULL;
}

/**
 * drill_route_query_add_owner_text:
 * @self: a query
 * @text: (nullable): part of an owner's name; nothing is added for %NULL and ""
 */
void
drill_route_query_add_owner_text (DrillRouteQuery *self,
                                  const char      *text)
{
  if (text != NULL && *text != '\0')
    add_value (self->owner_texts, text);
}

/**
 * drill_route_query_get_owner_texts:
 * @self: a query
 *
 * Returns: (transfer none) (array zero-terminated=1): the owner texts, empty
 *   for no condition; valid until the query is changed
 */
const char *const *
drill_route_query_get_owner_texts (const DrillRouteQuery *self)
{
  return (const char *const *) self->owner_texts->pdata;
}

void
drill_route_query_clear_owner_texts (DrillRouteQuery *self)
{
  clear_values (self->owner_texts);
}

/**
 * drill_route_query_get_search:
 * @self: a query
 *
 * Returns: (transfer none) (nullable): the text that is searched, as it was set
 */
const char *
drill_route_query_get_search (const DrillRouteQuery *self)
{
  return self->search;
}

/**
 * drill_route_query_set_search:
 * @self: a query
 * @text: (nullable): text to search, any case, blanks around it ignored; %NULL or blank for none
 */
void
drill_route_query_set_search (DrillRouteQuery *self,
                              const char      *text)
{
  g_autofree char *stripped = g_strdup (text);

  if (stripped != NULL)
    g_strstrip (stripped);

  g_clear_pointer (&self->search, g_free);
  if (stripped != NULL && *stripped != '\0')
    self->search = g_strdup (text);
}

/**
 * drill_route_query_set_due_minutes:
 * @self: a query
 * @minutes: how long before its deadline a route is due
 *
 * Sets what “due within” means.
 */
void
drill_route_query_set_due_minutes (DrillRouteQuery *self,
                                   guint            minutes)
{
  self->due_minutes = minutes;
}

guint
drill_route_query_get_due_minutes (const DrillRouteQuery *self)
{
  return self->due_minutes;
}

/**
 * drill_route_query_clear_sort:
 * @self: a query
 *
 * Sorts by nothing but the order of ties.
 */
void
drill_route_query_clear_sort (DrillRouteQuery *self)
{
  self->n_sort = 0;
}

/**
 * drill_route_query_append_sort:
 * @self: a query
 * @key: what to sort by among routes that are equal in the keys so far
 * @descending: the highest first
 *
 * Routes that have no value in a key (no reference, not acknowledged, not in
 * the escalation plan …) come last in both directions. A key that is there
 * already, or one after %DRILL_MAX_SORT_KEYS others, changes nothing.
 */
void
drill_route_query_append_sort (DrillRouteQuery *self,
                               DrillRouteKey    key,
                               gboolean         descending)
{
  g_return_if_fail (key < DRILL_N_KEYS);

  for (guint i = 0; i < self->n_sort; i++)
    if (self->sort[i].key == key)
      return;

  if (self->n_sort == DRILL_MAX_SORT_KEYS)
    return;

  self->sort[self->n_sort].key = key;
  self->sort[self->n_sort].descending = descending != FALSE;
  self->n_sort++;
}

/**
 * drill_route_query_get_n_sort:
 * @self: a query
 *
 * Returns: how many sort keys there are
 */
guint
drill_route_query_get_n_sort (const DrillRouteQuery *self)
{
  return self->n_sort;
}

/**
 * drill_route_query_get_sort:
 * @self: a query
 * @i: number of the key, below drill_route_query_get_n_sort(); 0 is the primary one
 * @descending: (out) (optional): its direction
 *
 * Returns: the key
 */
DrillRouteKey
drill_route_query_get_sort (const DrillRouteQuery *self,
                            guint                  i,
                            gboolean              *descending)
{
  g_return_val_if_fail (i < self->n_sort, DRILL_KEY_CREATED);

  if (descending != NULL)
    *descending = self->sort[i].descending;

  return self->sort[i].key;
}
