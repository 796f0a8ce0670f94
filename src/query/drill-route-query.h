// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DrillFacet:
 * @DRILL_FACET_STATE: acknowledgement state: `outstanding`, `acknowledged`, … (rows that are delivered)
 * @DRILL_FACET_SLO: `breached`, `due` (within the at-risk window), `ok`; only routes of the escalation plan have one
 * @DRILL_FACET_PROVIDER: provider
 * @DRILL_FACET_OWNER: owner
 * @DRILL_FACET_ACTION: route action
 * @DRILL_FACET_CATEGORY: route category
 * @DRILL_FACET_ALERT: alert level of the plan
 * @DRILL_FACET_SCHEDULE: schedule
 *
 * What routes can be filtered by. Values of one facet are alternatives, facets
 * are conditions.
 */
typedef enum {
  DRILL_FACET_STATE,
  DRILL_FACET_SLO,
  DRILL_FACET_PROVIDER,
  DRILL_FACET_OWNER,
  DRILL_FACET_ACTION,
  DRILL_FACET_CATEGORY,
  DRILL_FACET_ALERT,
  DRILL_FACET_SCHEDULE,
  DRILL_N_FACETS
} DrillFacet;

/**
 * DrillRouteKey:
 * @DRILL_KEY_CREATED: `created_at`, as text; oldest first
 * @DRILL_KEY_STATE: outstanding, acknowledged, resolved, escalated, dismissed, others
 * @DRILL_KEY_SCHEDULE: schedule
 * @DRILL_KEY_PROVIDER: provider
 * @DRILL_KEY_OWNER: owner
 * @DRILL_KEY_ESCALATION_OWNER: escalation owner
 * @DRILL_KEY_ACTION: action
 * @DRILL_KEY_CATEGORY: category
 * @DRILL_KEY_SLO: deadline of outstanding routes of the escalation plan, then its acknowledged routes; others have none
 * @DRILL_KEY_AGE: age of routes of the escalation plan, youngest first; others have none
 * @DRILL_KEY_RECOMMENDED: escalate, wait, no action; only routes of the escalation plan have one
 * @DRILL_KEY_ACKNOWLEDGED_BY: actor of the acknowledgement
 * @DRILL_KEY_REFERENCE: `external_ref` of the acknowledgement
 * @DRILL_KEY_PLAN: plan id
 * @DRILL_KEY_ALERT: critical, warning, healthy, others
 * @DRILL_KEY_ACKNOWLEDGED: `created_at` of the acknowledgement, as time; oldest first
 *
 * What routes can be sorted by: the columns of the table. Texts are compared by
 * code point, as the service does.
 */
typedef enum {
  DRILL_KEY_CREATED,
  DRILL_KEY_STATE,
  DRILL_KEY_SCHEDULE,
  DRILL_KEY_PROVIDER,
  DRILL_KEY_OWNER,
  DRILL_KEY_ESCALATION_OWNER,
  DRILL_KEY_ACTION,
  DRILL_KEY_CATEGORY,
  DRILL_KEY_SLO,
  DRILL_KEY_AGE,
  DRILL_KEY_RECOMMENDED,
  DRILL_KEY_ACKNOWLEDGED_BY,
  DRILL_KEY_REFERENCE,
  DRILL_KEY_PLAN,
  DRILL_KEY_ALERT,
  DRILL_KEY_ACKNOWLEDGED,
  DRILL_N_KEYS
} DrillRouteKey;

/**
 * DRILL_MAX_SORT_KEYS:
 *
 * How many sort keys are kept; further ones have no effect.
 */
#define DRILL_MAX_SORT_KEYS 4

/**
 * DrillRouteQuery:
 *
 * Which routes to show, and in what order: a value type, copied where it is
 * handed on. It holds texts, not codes, and so outlives the snapshot.
 */
typedef struct _DrillRouteQuery DrillRouteQuery;

#define DRILL_TYPE_ROUTE_QUERY (drill_route_query_get_type ())

GType              drill_route_query_get_type      (void);
DrillRouteQuery   *drill_route_query_new           (void);
DrillRouteQuery   *drill_route_query_copy          (const DrillRouteQuery *self);
void               drill_route_query_free          (DrillRouteQuery       *self);
gboolean           drill_route_query_equal         (const DrillRouteQuery *a,
                                                    const DrillRouteQuery *b);

/* All plans, or only the current one of each schedule (the default) */
gboolean           drill_route_query_get_all_plans (const DrillRouteQuery *self);
void               drill_route_query_set_all_plans (DrillRouteQuery       *self,
                                                    gboolean               all_plans);

/* Facets */
void               drill_route_query_add           (DrillRouteQuery       *self,
                                                    DrillFacet             facet,
                                                    const char            *value);
void               drill_route_query_remove        (DrillRouteQuery       *self,
                                                    DrillFacet             facet,
                                                    const char            *value);
gboolean           drill_route_query_contains      (const DrillRouteQuery *self,
                                                    DrillFacet             facet,
                                                    const char            *value);
const char *const *drill_route_query_get_values    (const DrillRouteQuery *self,
                                                    DrillFacet             facet);
void               drill_route_query_clear_facet   (DrillRouteQuery       *self,
                                                    DrillFacet             facet);
void               drill_route_query_clear         (DrillRouteQuery       *self);
gboolean           drill_route_query_has_filters   (const DrillRouteQuery *self);

/* The contract's owner rule (section 4): substring of owner or escalation owner, any case; several are alternatives */
void               drill_route_query_add_owner_text (DrillRouteQuery      *self,
                                                     const char           *text);
const char *const *drill_route_query_get_owner_texts (const DrillRouteQuery *self);
void               drill_route_query_clear_owner_texts (DrillRouteQuery   *self);

/* Text search; NULL or empty for none */
const char        *drill_route_query_get_search    (const DrillRouteQuery *self);
void               drill_route_query_set_search    (DrillRouteQuery       *self,
                                                    const char            *text);

/* At-risk window of DRILL_FACET_SLO, minutes; 15 by default */
void               drill_route_query_set_due_minutes (DrillRouteQuery     *self,
                                                      guint                minutes);
guint              drill_route_query_get_due_minutes (const DrillRouteQuery *self);

/* Sorting: the first key is the primary one; ties fall to created (newest first), schedule, provider, owner.
 * Routes that have no value in a key come last in both directions. */
void               drill_route_query_clear_sort    (DrillRouteQuery       *self);
void               drill_route_query_append_sort   (DrillRouteQuery       *self,
                                                    DrillRouteKey          key,
                                                    gboolean               descending);
guint              drill_route_query_get_n_sort    (const DrillRouteQuery *self);
DrillRouteKey      drill_route_query_get_sort      (const DrillRouteQuery *self,
                                                    guint                  i,
                                                    gboolean              *descending);

/* Names, as drillctl and the settings have them: "state", "escalation_owner", … */
const char        *drill_facet_get_name            (DrillFacet             facet);
gboolean           drill_facet_from_name           (const char            *name,
                                                    DrillFacet            *facet);
const char        *drill_route_key_get_name        (DrillRouteKey          key);
gboolean           drill_route_key_from_name       (const char            *name,
                                                    DrillRouteKey         *key);

/* For settings: a GVariant of type a{sv}; unknown entries are ignored when read */
GVariant          *drill_route_query_serialize     (const DrillRouteQuery *self);
DrillRouteQuery   *drill_route_query_deserialize   (GVariant              *variant);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillRouteQuery, drill_route_query_free)

G_END_DECLS
