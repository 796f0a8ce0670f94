// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-suppressions.h"

#include <stdlib.h>
#include <string.h>

#include "base/drill-time.h"

typedef struct {
  guint32 code;
  guint   n_routes;
  gint64  latest_us;
} Count;

static DrillRouteColumn
get_column (DrillFacet facet)
{
  switch (facet)
    {
    case DRILL_FACET_OWNER:
      return DRILL_ROUTE_OWNER;
    case DRILL_FACET_PROVIDER:
      return DRILL_ROUTE_PROVIDER;
    case DRILL_FACET_SCHEDULE:
      return DRILL_ROUTE_SCHEDULE;
    case DRILL_FACET_CATEGORY:
    case DRILL_FACET_STATE:
    case DRILL_FACET_SLO:
    case DRILL_FACET_ACTION:
    case DRILL_FACET_ALERT:
    case DRILL_N_FACETS:
    default:
      return DRILL_ROUTE_CATEGORY;
    }
}

static int
compare_counts (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  const Count *count_a = a, *count_b = b;
  const char *const *texts = data;

  if (count_a->n_routes != count_b->n_routes)
    return count_a->n_routes > count_b->n_routes ? -1 : 1;

  return strcmp (texts[count_a->code], texts[count_b->code]);
}

static void
free_group (gpointer data)
{
  DrillSuppressionGroup *group = data;

  for (guint i = 0; i < G_N_ELEMENTS (group->members); i++)
    g_array_unref (group->members[i]);
  g_free (group);
}

/* All values of the facet with their routes, most first */
static GArray *
count_codes (DrillSuppressions *self,
             DrillEvidence     *evidence)
{
  DrillDict dict = drill_suppressions_get_dict (self->by);
  guint n_codes = drill_evidence_get_dict_size (evidence, dict);
  const guint8 *flags = drill_evidence_get_route_flags (evidence);
  const guint32 *codes = drill_evidence_get_route_column (evidence, get_column (self->by));
  const guint32 *plan_rows = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PLAN);
  const DrillPlan *plans = drill_evidence_get_plans (evidence);
  g_autofree Count *counts = g_new0 (Count, n_codes + 1);
  g_autofree const char **texts = g_new (const char *, n_codes + 1);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Count));

  for (guint i = 0; i < self->n_routes; i++)
    if (flags[i] & DRILL_ROUTE_SUPPRESSED)
      {
        Count *count = &counts[codes[i]];
        gint64 us = plans[plan_rows[i]].created_us;

        if (count->n_routes++ == 0)
          count->latest_us = us;
        count->latest_us = MAX (count->latest_us, us);
        self->n_suppressed += 1;
        self->n_untimed += us == DRILL_TIME_UNKNOWN;
      }

  for (guint i = 0; i < n_codes; i++)
    if (counts[i].n_routes > 0)
      {
        counts[i].code = i;
        texts[i] = drill_evidence_get_text (evidence, dict, i);
        g_array_append_val (found, counts[i]);
      }
  g_array_sort_with_data (found, compare_counts, (gpointer) texts);
  self->n_groups = found->len;

  return found;
}

static DrillSuppressionGroup *
make_group (const Count *count)
{
  DrillSuppressionGroup *group = g_new0 (DrillSuppressionGroup, 1);

  group->code = count->code;
  group->n_routes = count->n_routes;
  group->latest_us = count->latest_us;
  for (guint i = 0; i < G_N_ELEMENTS (group->members); i++)
    group->members[i] = g_array_new (FALSE, FALSE, sizeof (guint32));

  return group;
}

/* Whom and what the listed groups concern. What was seen is a bit for each
 * group and code: there are few groups, whatever the service sends. */
static void
find_members (DrillSuppressions *self,
              DrillEvidence     *evidence,
              const guint32     *group_of_code,
              guint              member)
{
  DrillFacet facet = drill_suppressions_get_member_facet (self->by, member);
  guint n_codes = drill_evidence_get_dict_size (evidence, drill_suppressions_get_dict (facet));
  const guint8 *flags = drill_evidence_get_route_flags (evidence);
  const guint32 *codes = drill_evidence_get_route_column (evidence, get_column (self->by));
  const guint32 *members = drill_evidence_get_route_column (evidence, get_column (facet));
  g_autofree guint8 *seen = g_new0 (guint8, ((gsize) self->groups->len * n_codes) / 8 + 1);

  for (guint i = 0; i < self->n_routes; i++)
    if (flags[i] & DRILL_ROUTE_SUPPRESSED && group_of_code[codes[i]] != DRILL_NONE)
      {
        guint32 number = group_of_code[codes[i]];
        gsize bit = (gsize) number * n_codes + members[i];

        if ((seen[bit / 8] >> (bit % 8) & 1) == 0)
          {
            DrillSuppressionGroup *group = g_ptr_array_index (self->groups, number);

            seen[bit / 8] |= (guint8) (1 << (bit % 8));
            g_array_append_val (group->members[member], members[i]);
          }
      }
}

static void
make_buckets (DrillSuppressions            *self,
              DrillEvidence                *evidence,
              const DrillSuppressionsScope *scope)
{
  const guint8 *flags = drill_evidence_get_route_flags (evidence);
  const guint32 *plan_rows = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PLAN);
  const DrillPlan *plans = drill_evidence_get_plans (evidence);
  gint64 first_us = DRILL_TIME_UNKNOWN, last_us = DRILL_TIME_UNKNOWN;

  for (guint i = 0; i < self->n_routes; i++)
    {
      gint64 us = plans[plan_rows[i]].created_us;

      if (flags[i] & DRILL_ROUTE_SUPPRESSED && us != DRILL_TIME_UNKNOWN)
        {
          first_us = first_us == DRILL_TIME_UNKNOWN ? us : MIN (first_us, us);
          last_us = MAX (last_us, us);
        }
    }

  if (first_us != DRILL_TIME_UNKNOWN && scope->from_us != DRILL_TIME_UNKNOWN)
    first_us = scope->from_us;
  if (scope->until_us != DRILL_TIME_UNKNOWN)
    last_us = scope->until_us;
  drill_time_buckets_init (&self->buckets, first_us, last_us);
}

/* By series and bucket */
static void
count_over_time (DrillSuppressions *self,
                 DrillEvidence     *evidence,
                 const guint32     *group_of_code)
{
  const guint8 *flags = drill_evidence_get_route_flags (evidence);
  const guint32 *codes = drill_evidence_get_route_column (evidence, get_column (self->by));
  const guint32 *plan_rows = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PLAN);
  const DrillPlan *plans = drill_evidence_get_plans (evidence);

  self->counts = g_new0 (guint, (gsize) self->n_series * self->buckets.n + 1);
  if (self->buckets.n == 0)
    return;

  for (guint i = 0; i < self->n_routes; i++)
    {
      gint64 us = plans[plan_rows[i]].created_us;
      guint bucket;

      if ((flags[i] & DRILL_ROUTE_SUPPRESSED) == 0 || us < self->buckets.start_us)
        continue;
      bucket = drill_time_buckets_find (&self->buckets, us);
      if (bucket < self->buckets.n)
        self->counts[(gsize) MIN (group_of_code[codes[i]], self->n_series - 1) * self->buckets.n + bucket] += 1;
    }
}

/**
 * drill_suppressions_count:
 * @evidence: a snapshot
 * @scope: what to count
 *
 * Takes time in proportion to the routes: a worker thread is the place for
 * large snapshots.
 *
 * Returns: (transfer full): the counts
 */
DrillSuppressions *
drill_suppressions_count (DrillEvidence                *evidence,
                          const DrillSuppressionsScope *scope)
{
  DrillSuppressions *self = g_new0 (DrillSuppressions, 1);
  guint n_codes = drill_evidence_get_dict_size (evidence, drill_suppressions_get_dict (scope->by));
  g_autofree guint32 *group_of_code = g_new (guint32, n_codes + 1);
  g_autoptr(GArray) counts = NULL;

  self->by = scope->by;
  self->n_routes = drill_evidence_get_n_routes (evidence);
  self->groups = g_ptr_array_new_with_free_func (free_group);
  counts = count_codes (self, evidence);

  memset (group_of_code, 0xff, (n_codes + 1) * sizeof *group_of_code); /* DRILL_NONE */
  for (guint i = 0; i < counts->len && i < scope->most_groups; i++)
    {
      const Count *count = &g_array_index (counts, Count, i);

      group_of_code[count->code] = i;
      g_ptr_array_add (self->groups, make_group (count));
    }
  for (guint i = 0; i < 2; i++)
    find_members (self, evidence, group_of_code, i);

  /* One more fits in the place of "others" */
  self->n_series = MIN (counts->len, MIN (scope->most_series + 1, scope->most_groups));
  self->others = counts->len > self->n_series;
  make_buckets (self, evidence, scope);
  count_over_time (self, evidence, group_of_code);

  return self;
}

void
drill_suppressions_free (DrillSuppressions *self)
{
  g_ptr_array_unref (self->groups);
  g_free (self->counts);
  g_free (self);
}

/**
 * drill_suppressions_get_dict:
 * @by: a facet that suppressions are counted by
 *
 * Returns: the dictionary of its codes
 */
DrillDict
drill_suppressions_get_dict (DrillFacet by)
{
  switch (get_column (by))
    {
    case DRILL_ROUTE_OWNER:
      return DRILL_DICT_OWNER;
    case DRILL_ROUTE_PROVIDER:
      return DRILL_DICT_PROVIDER;
    case DRILL_ROUTE_SCHEDULE:
      return DRILL_DICT_SCHEDULE;
    case DRILL_ROUTE_PLAN:
    case DRILL_ROUTE_ESCALATION_OWNER:
    case DRILL_ROUTE_ACTION:
    case DRILL_ROUTE_CATEGORY:
    case DRILL_ROUTE_REASON:
    case DRILL_ROUTE_PAIR:
    case DRILL_ROUTE_NOTE:
    case DRILL_N_ROUTE_COLUMNS:
    default:
      return DRILL_DICT_CATEGORY;
    }
}

/**
 * drill_suppressions_get_member_facet:
 * @by: what the groups are of
 * @member: 0 or 1
 *
 * Returns: of what facet the members of a group are
 */
DrillFacet
drill_suppressions_get_member_facet (DrillFacet by,
                                     guint      member)
{
  if (member == 0)
    return by == DRILL_FACET_CATEGORY || by == DRILL_FACET_SCHEDULE ? DRILL_FACET_OWNER : DRILL_FACET_CATEGORY;

  return by == DRILL_FACET_PROVIDER ? DRILL_FACET_OWNER : DRILL_FACET_PROVIDER;
}
