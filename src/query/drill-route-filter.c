// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-route-table-private.h"

#include "base/drill-time.h"
#include "query/drill-fold.h"

#include <string.h>

/* Conditions by shape, schedule, plan and SLO, as masks. A row's mask is all of
 * its parts' together: no facet bit means selected; a row counts in a facet if
 * no bit of another facet is set. */
typedef struct {
  guint16          *shapes;
  guint16          *schedules;
  guint16          *plans;
  guint16           slos[DRILL_N_SLOS + 1]; /* the last for having none */
  guint            *shape_counts; /* rows that nothing but their shape can exclude */
  DrillRouteSearch *search;       /* nullable */
} Conditions;

#define SHAPE_FACETS (1u << DRILL_FACET_STATE | 1u << DRILL_FACET_PROVIDER | 1u << DRILL_FACET_OWNER | \
                      1u << DRILL_FACET_ACTION | 1u << DRILL_FACET_CATEGORY)

static const char *const slo_names[DRILL_N_SLOS] = {
  [DRILL_SLO_BREACHED] = "breached",
  [DRILL_SLO_DUE] = "due",
  [DRILL_SLO_OK] = "ok",
};

DrillDict
drill_facet_get_dict (DrillFacet facet)
{
  static const DrillDict dicts[DRILL_N_FACETS] = {
    [DRILL_FACET_STATE] = DRILL_DICT_STATE,
    [DRILL_FACET_SLO] = DRILL_N_DICTS,
    [DRILL_FACET_PROVIDER] = DRILL_DICT_PROVIDER,
    [DRILL_FACET_OWNER] = DRILL_DICT_OWNER,
    [DRILL_FACET_ACTION] = DRILL_DICT_ACTION,
    [DRILL_FACET_CATEGORY] = DRILL_DICT_CATEGORY,
    [DRILL_FACET_ALERT] = DRILL_DICT_ALERT,
    [DRILL_FACET_SCHEDULE] = DRILL_DICT_SCHEDULE,
  };

  return dicts[facet];
}

const char *
drill_slo_get_name (DrillSlo slo)
{
  return slo_names[slo];
}

/* The mask of each text of the facet's dictionary: whether it fails */
static guint16 *
get_facet_masks (DrillRouteTable  *self,
                 DrillRouteAnswer *answer,
                 DrillFacet        facet)
{
  const char *const *values = drill_route_query_get_values (answer->query, facet);
  DrillDict dict = drill_facet_get_dict (facet);
  guint n = drill_evidence_get_dict_size (self->evidence, dict);
  guint16 *masks = g_new0 (guint16, n);

  if (values[0] == NULL)
    return masks;

  for (guint code = 0; code < n; code++)
    masks[code] = 1 << facet;

  for (guint i = 0; values[i] != NULL; i++)
    {
      guint32 code = drill_evidence_find_text (self->evidence, dict, values[i]);

      if (code != DRILL_NONE)
        masks[code] = 0;
    }

  return masks;
}

/* The contract's owner rule (section 4): %DRILL_MASK_EXCLUDED where none of the texts is found */
static guint16 *
get_owner_masks (DrillRouteTable  *self,
                 DrillRouteAnswer *answer)
{
  const char *const *texts = drill_route_query_get_owner_texts (answer->query);
  guint n = drill_evidence_get_dict_size (self->evidence, DRILL_DICT_OWNER);
  guint16 *masks = g_new0 (guint16, n);

  if (texts[0] == NULL)
    return masks;

  for (guint code = 0; code < n; code++)
    masks[code] = DRILL_MASK_EXCLUDED;

  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autofree char *needle = drill_fold (texts[i]);

      for (guint code = 0; code < n; code++)
        if (strstr (self->folded[DRILL_DICT_OWNER][code], needle) != NULL)
          masks[code] = 0;
    }

  return masks;
}

static void
mark_found (DrillRouteTable  *self,
            DrillRouteSearch *search,
            DrillDict         dict,
            guint16          *masks)
{
  if (search != NULL)
    drill_route_search_mark (search, self->folded[dict],
                             drill_evidence_get_dict_size (self->evidence, dict), masks);
}

static void
set_shape_conditions (DrillRouteTable  *self,
                      DrillRouteAnswer *answer,
                      Conditions       *conditions)
{
  g_autofree guint16 *states = get_facet_masks (self, answer, DRILL_FACET_STATE);
  g_autofree guint16 *providers = get_facet_masks (self, answer, DRILL_FACET_PROVIDER);
  g_autofree guint16 *owners = get_facet_masks (self, answer, DRILL_FACET_OWNER);
  g_autofree guint16 *actions = get_facet_masks (self, answer, DRILL_FACET_ACTION);
  g_autofree guint16 *categories = get_facet_masks (self, answer, DRILL_FACET_CATEGORY);
  g_autofree guint16 *owner_texts = get_owner_masks (self, answer);
  g_autofree guint16 *owners_found = g_new0 (guint16, drill_evidence_get_dict_size (self->evidence, DRILL_DICT_OWNER));

  mark_found (self, conditions->search, DRILL_DICT_PROVIDER, providers);
  mark_found (self, conditions->search, DRILL_DICT_OWNER, owners_found);

  conditions->shapes = g_new (guint16, self->shape_list->len);
  conditions->shape_counts = g_new0 (guint, self->shape_list->len);
  for (guint i = 0; i < self->shape_list->len; i++)
    {
      const DrillShape *shape = drill_route_table_get_shape (self, i);
      guint16 mask = states[shape->state] | providers[shape->provider] | owners[shape->owner] |
                     actions[shape->action] | categories[shape->category] |
                     (owner_texts[shape->owner] & owner_texts[shape->escalation_owner]) |
                     owners_found[shape->owner] | owners_found[shape->escalation_owner];

      if (shape->flags & DRILL_ROUTE_EXPLICIT)
        mask |= DRILL_MASK_JUDGED;
      if (drill_state_is_acknowledged (shape->state))
        mask |= DRILL_MASK_ACKED;
      conditions->shapes[i] = mask;
    }
}

static void
set_plan_conditions (DrillRouteTable  *self,
                     DrillRouteAnswer *answer,
                     Conditions       *conditions)
{
  g_autofree guint16 *alerts = get_facet_masks (self, answer, DRILL_FACET_ALERT);

  conditions->plans = g_new (guint16, self->n_plans);
  for (guint i = 0; i < self->n_plans; i++)
    conditions->plans[i] = alerts[self->plans[i].alert];
  if (conditions->search != NULL)
    drill_route_search_mark (conditions->search, self->folded_plans, self->n_plans, conditions->plans);
}

static void
set_slo_conditions (DrillRouteAnswer *answer,
                    Conditions       *conditions)
{
  const char *const *values = drill_route_query_get_values (answer->query, DRILL_FACET_SLO);

  if (values[0] == NULL)
    return;

  conditions->slos[DRILL_N_SLOS] = 1 << DRILL_FACET_SLO;
  for (guint i = 0; i < DRILL_N_SLOS; i++)
    if (!g_strv_contains (values, slo_names[i]))
      conditions->slos[i] = 1 << DRILL_FACET_SLO;
}

static void
set_conditions (DrillRouteTable  *self,
                DrillRouteAnswer *answer,
                Conditions       *conditions)
{
  conditions->search = drill_route_search_new (self, drill_route_query_get_search (answer->query),
                                               &answer->ids_pending);
  set_shape_conditions (self, answer, conditions);
  set_plan_conditions (self, answer, conditions);
  set_slo_conditions (answer, conditions);

  conditions->schedules = get_facet_masks (self, answer, DRILL_FACET_SCHEDULE);
  mark_found (self, conditions->search, DRILL_DICT_SCHEDULE, conditions->schedules);
}

static void
clear_conditions (Conditions *conditions)
{
  g_free (conditions->shapes);
  g_free (conditions->schedules);
  g_free (conditions->plans);
  g_free (conditions->shape_counts);
  drill_route_search_free (conditions->search);
}

/* Whether a row that none of its other parts was found by is found by its
 * reason, the reference of its acknowledgement or its id */
static gboolean
is_found (DrillRouteTable        *self,
          const DrillRouteSearch *search,
          guint32                 row)
{
  if (search->ids != NULL && (search->ids[row / 64] >> (row % 64) & 1) != 0)
    return TRUE;

  if (search->reasons != NULL && search->reasons[self->columns[DRILL_ROUTE_REASON][row]] != 0)
    return TRUE;

  if (search->references != NULL &&
      (drill_route_table_get_shape (self, self->shapes[row])->flags & DRILL_ROUTE_DELIVERED) != 0)
    {
      guint32 pair = self->columns[DRILL_ROUTE_PAIR][row];

      return pair != DRILL_NONE && self->pair_acks[pair] != DRILL_NONE &&
             search->references[self->acks[self->pair_acks[pair]].reference] != 0;
    }

  return FALSE;
}

static inline DrillSlo
get_slo (const DrillRouteAnswer *answer,
         gint64                  deadline,
         guint                   mask)
{
  if (mask & DRILL_MASK_ACKED)
    return DRILL_SLO_OK;

  if (deadline <= answer->now_us)
    return DRILL_SLO_BREACHED;

  return deadline <= answer->due_us ? DRILL_SLO_DUE : DRILL_SLO_OK;
}

/* The rows of one plan. Without branches as far as possible: which rows are
 * selected cannot be guessed, and there are a million of them. @current and
 * @search are parameters for the compiler to make a loop of its own of each. */
G_ALWAYS_INLINE
static inline void
scan_plan (DrillRouteTable        *self,
           DrillRouteAnswer       *answer,
           const Conditions       *conditions,
           guint32                 plan,
           guint32                 begin,
           guint32                 end,
           gboolean                current,
           const DrillRouteSearch *search)
{
  const guint32 *shapes = self->shapes;
  const guint32 *schedules = self->columns[DRILL_ROUTE_SCHEDULE];
  const guint16 *shape_masks = conditions->shapes;
  const guint16 *schedule_masks = conditions->schedules;
  guint *shape_counts = conditions->shape_counts;
  guint *schedule_counts = answer->counts[DRILL_FACET_SCHEDULE];
  guint *slo_counts = answer->counts[DRILL_FACET_SLO];
  guint64 *selected = answer->selected;
  const guint plan_mask = conditions->plans[plan] | (current ? 0 : conditions->slos[DRILL_N_SLOS]);
  guint n_selected = 0;
  guint n_breached = 0;
  guint n_of_alert = 0;

  for (guint32 row = begin; row < end; row++)
    {
      guint mask = plan_mask | shape_masks[shapes[row]] | schedule_masks[schedules[row]];
      guint slo = DRILL_N_SLOS;
      guint failing;

      if (current)
        {
          if (mask & DRILL_MASK_JUDGED)
            slo = get_slo (answer, self->deadlines[row], mask);
          mask |= conditions->slos[slo];
        }

      failing = mask & (DRILL_MASK_FACETS | DRILL_MASK_EXCLUDED);
      if (search != NULL && !(mask & DRILL_MASK_FOUND) && !is_found (self, search, row))
        failing |= DRILL_MASK_EXCLUDED;

      selected[row / 64] |= (guint64) (failing == 0) << (row % 64);
      n_selected += failing == 0;
      if (current)
        n_breached += failing == 0 && slo == DRILL_SLO_BREACHED;
      n_of_alert += (failing & ~(1u << DRILL_FACET_ALERT)) == 0;
      shape_counts[shapes[row]] += (failing & ~SHAPE_FACETS) == 0;
      schedule_counts[schedules[row]] += (failing & ~(1u << DRILL_FACET_SCHEDULE)) == 0;
      if (current)
        slo_counts[slo] += (failing & ~(1u << DRILL_FACET_SLO)) == 0;
    }

  answer->n_in_scope += end - begin;
  answer->n_selected += n_selected;
  answer->n_breached += n_breached;
  answer->counts[DRILL_FACET_ALERT][self->plans[plan].alert] += n_of_alert;
}

static void
scan (DrillRouteTable  *self,
      DrillRouteAnswer *answer,
      const Conditions *conditions)
{
  const guint32 *plans = self->columns[DRILL_ROUTE_PLAN];
  const DrillRouteSearch *search = conditions->search;
  gboolean all_plans = drill_route_query_get_all_plans (answer->query);

  for (guint32 begin = 0, end; begin < self->n_rows; begin = end)
    {
      guint32 plan = plans[begin];

      for (end = begin + 1; end < self->n_rows && plans[end] == plan; end++)
        ;
      if (self->currents[plan] && search != NULL)
        scan_plan (self, answer, conditions, plan, begin, end, TRUE, search);
      else if (self->currents[plan])
        scan_plan (self, answer, conditions, plan, begin, end, TRUE, NULL);
      else if (all_plans && search != NULL)
        scan_plan (self, answer, conditions, plan, begin, end, FALSE, search);
      else if (all_plans)
        scan_plan (self, answer, conditions, plan, begin, end, FALSE, NULL);
    }
}

/* Spreads the counts by shape over the facets that shapes are made of. */
static void
count_shapes (DrillRouteTable  *self,
              DrillRouteAnswer *answer,
              Conditions       *conditions)
{
  for (guint i = 0; i < self->shape_list->len; i++)
    {
      const DrillShape *shape = drill_route_table_get_shape (self, i);
      guint failing = conditions->shapes[i] & DRILL_MASK_FACETS;
      guint count = conditions->shape_counts[i];

      if ((failing & ~(1u << DRILL_FACET_STATE)) == 0)
        answer->counts[DRILL_FACET_STATE][shape->state] += count;
      if ((failing & ~(1u << DRILL_FACET_PROVIDER)) == 0)
        answer->counts[DRILL_FACET_PROVIDER][shape->provider] += count;
      if ((failing & ~(1u << DRILL_FACET_OWNER)) == 0)
        answer->counts[DRILL_FACET_OWNER][shape->owner] += count;
      if ((failing & ~(1u << DRILL_FACET_ACTION)) == 0)
        answer->counts[DRILL_FACET_ACTION][shape->action] += count;
      if ((failing & ~(1u << DRILL_FACET_CATEGORY)) == 0)
        answer->counts[DRILL_FACET_CATEGORY][shape->category] += count;
    }
}

/* Selects the rows and counts the values of all facets. */
void
drill_route_filter_run (DrillRouteTable  *self,
                        DrillRouteAnswer *answer)
{
  Conditions conditions = { NULL, };
  gint64 window = (gint64) drill_route_query_get_due_minutes (answer->query) * DRILL_TIME_MINUTE;

  answer->due_us = answer->now_us > G_MAXINT64 - 1 - window ? G_MAXINT64 - 1 : answer->now_us + window;
  answer->selected = g_new0 (guint64, self->n_rows / 64 + 1);
  for (guint facet = 0; facet < DRILL_N_FACETS; facet++)
    {
      /* One more for the SLO that most rows do not have */
      answer->n_counts[facet] = facet == DRILL_FACET_SLO
                                ? DRILL_N_SLOS + 1
                                : drill_evidence_get_dict_size (self->evidence, drill_facet_get_dict (facet));
      answer->counts[facet] = g_new0 (guint, answer->n_counts[facet]);
    }

  set_conditions (self, answer, &conditions);
  scan (self, answer, &conditions);
  count_shapes (self, answer, &conditions);
  clear_conditions (&conditions);

  /* Rows that are not delivered were counted as having no state. A delivered
   * row always has one. */
  answer->counts[DRILL_FACET_STATE][DRILL_STATE_NONE] = 0;
  answer->counts[DRILL_FACET_SLO][DRILL_N_SLOS] = 0;
}
