// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-route-query.h"

static const char *const facet_names[DRILL_N_FACETS] = {
  [DRILL_FACET_STATE] = "state",
  [DRILL_FACET_SLO] = "slo",
  [DRILL_FACET_PROVIDER] = "provider",
  [DRILL_FACET_OWNER] = "owner",
  [DRILL_FACET_ACTION] = "action",
  [DRILL_FACET_CATEGORY] = "category",
  [DRILL_FACET_ALERT] = "alert",
  [DRILL_FACET_SCHEDULE] = "schedule",
};

static const char *const key_names[DRILL_N_KEYS] = {
  [DRILL_KEY_CREATED] = "created",
  [DRILL_KEY_STATE] = "state",
  [DRILL_KEY_SCHEDULE] = "schedule",
  [DRILL_KEY_PROVIDER] = "provider",
  [DRILL_KEY_OWNER] = "owner",
  [DRILL_KEY_ESCALATION_OWNER] = "escalation_owner",
  [DRILL_KEY_ACTION] = "action",
  [DRILL_KEY_CATEGORY] = "category",
  [DRILL_KEY_SLO] = "slo",
  [DRILL_KEY_AGE] = "age",
  [DRILL_KEY_RECOMMENDED] = "recommended",
  [DRILL_KEY_ACKNOWLEDGED_BY] = "acknowledged_by",
  [DRILL_KEY_REFERENCE] = "reference",
  [DRILL_KEY_PLAN] = "plan",
  [DRILL_KEY_ALERT] = "alert",
  [DRILL_KEY_ACKNOWLEDGED] = "acknowledged",
};

static gboolean
find_name (const char *const *names,
           guint              n,
           const char        *name,
           guint             *place)
{
  for (guint i = 0; i < n; i++)
    {
      if (g_strcmp0 (names[i], name) == 0)
        {
          *place = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * drill_facet_get_name:
 * @facet: a facet
 *
 * Returns: (transfer none): its name in files and on command lines, not translated
 */
const char *
drill_facet_get_name (DrillFacet facet)
{
  g_return_val_if_fail (facet < DRILL_N_FACETS, NULL);

  return facet_names[facet];
}

/**
 * drill_facet_from_name:
 * @name: a name
 * @facet: (out): the facet
 *
 * Returns: whether there is a facet of that name
 */
gboolean
drill_facet_from_name (const char *name,
                       DrillFacet *facet)
{
  guint place;

  if (!find_name (facet_names, DRILL_N_FACETS, name, &place))
    return FALSE;

  *facet = place;

  return TRUE;
}

/**
 * drill_route_key_get_name:
 * @key: a sort key
 *
 * Returns: (transfer none): its name in files and on command lines, not translated
 */
const char *
drill_route_key_get_name (DrillRouteKey key)
{
  g_return_val_if_fail (key < DRILL_N_KEYS, NULL);

  return key_names[key];
}

/**
 * drill_route_key_from_name:
 * @name: a name, as in drill_route_key_get_name()
 * @key: (out): the key
 *
 * Returns: whether there is a key of that name
 */
gboolean
drill_route_key_from_name (const char    *name,
                           DrillRouteKey *key)
{
  guint place;

  if (!find_name (key_names, DRILL_N_KEYS, name, &place))
    return FALSE;

  *key = place;

  return TRUE;
}
