// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-dashboard.h"

#include <string.h>

#include "base/drill-time.h"
#include "evidence/drill-escalation.h"
#include "evidence/drill-evidence-private.h"

/* Deliveries of other parts of the service are no business of drills (contract section 2) */
static gboolean
is_drill_delivery (DrillEvidence   *evidence,
                   const DrillItem *item)
{
  return item->result != DRILL_RESULT_NONE &&
         g_str_has_prefix (drill_evidence_get_text (evidence, DRILL_DICT_TEXT, item->source), DRILL_SOURCE_PREFIX);
}

/* Routes that are delivered but have no row, so that no filter can show them */
static guint
count_unlisted (DrillEvidence *evidence)
{
  const DrillPlan *plans = drill_evidence_get_plans (evidence);
  const DrillRequired *required = drill_evidence_get_required (evidence);
  const guint8 *currents = drill_evidence_get_plan_currents (evidence);
  const guint32 *pair_acks = drill_evidence_get_pair_acks (evidence);
  const DrillAck *acks = drill_evidence_get_acks (evidence);
  guint n_plans = drill_evidence_get_n_plans (evidence);
  guint n = 0;

  for (guint i = 0; i < n_plans; i++)
    for (guint j = 0; currents[i] && !plans[i].delivers && j < plans[i].n_required; j++)
      {
        guint32 pair = required[plans[i].first_required + j].pair;
        guint32 ack = pair != DRILL_NONE ? pair_acks[pair] : DRILL_NONE;

        n += ack == DRILL_NONE || !drill_state_is_acknowledged (acks[ack].state);
      }

  return n;
}

/**
 * drill_dashboard_compute:
 * @evidence: a snapshot
 * @now_us: the time to judge breaches by, µs UTC
 * @counts: (out caller-allocates): the counts
 *
 * Counts what the metrics show, over all items of the snapshot.
 */
void
drill_dashboard_compute (DrillEvidence  *evidence,
                         gint64          now_us,
                         DrillDashboard *counts)
{
  const DrillItem *items = drill_evidence_get_items (evidence);
  guint32 plan_kind = drill_evidence_find_text (evidence, DRILL_DICT_KIND, DRILL_KIND_PLAN);
  guint32 ack_kind = drill_evidence_find_text (evidence, DRILL_DICT_KIND, DRILL_KIND_ACK);
  DrillEscalationCounts escalation;

  *counts = (DrillDashboard) {
    .n_items = drill_evidence_get_n_items (evidence),
    .n_routes = drill_evidence_get_n_routes (evidence),
  };

  for (guint i = 0; i < counts->n_items; i++)
    {
      if (items[i].kind == plan_kind)
        counts->n_plans += 1;
      else if (items[i].kind == ack_kind)
        counts->n_acks += 1;
      else if (is_drill_delivery (evidence, &items[i]))
        {
          counts->n_deliveries += 1;
          counts->n_failed_deliveries += items[i].result == DRILL_RESULT_FAILED;
        }
    }

  drill_escalation_count (evidence, now_us, &escalation);
  counts->n_outstanding = escalation.n_outstanding;
  counts->n_actionable = escalation.n_actionable;
  counts->n_breached = escalation.n_breached;
  counts->n_unlisted = count_unlisted (evidence);
}

static void
free_category (gpointer data)
{
  DrillCategoryCount *category = data;

  g_array_unref (category->owners);
  g_array_unref (category->providers);
  g_free (category);
}

/* Categories, owners and providers are mostly few, but nothing keeps a service
 * from sending a million: each is found in the same time. */
static DrillCategoryCount *
find_category (GPtrArray  *categories,
               GHashTable *of_code,
               guint32     code)
{
  DrillCategoryCount *category = g_hash_table_lookup (of_code, GUINT_TO_POINTER (code));

  if (category != NULL)
    return category;

  category = g_new0 (DrillCategoryCount, 1);
  category->category = code;
  category->latest_us = DRILL_TIME_UNKNOWN;
  category->owners = g_array_new (FALSE, FALSE, sizeof (guint32));
  category->providers = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_ptr_array_add (categories, category);
  g_hash_table_insert (of_code, GUINT_TO_POINTER (code), category);

  return category;
}

static void
add_once (GHashTable *pairs,
          guint32     category,
          GArray     *codes,
          guint32     code)
{
  if (g_hash_table_add (pairs, drill_pair_key (category, code)))
    g_array_append_val (codes, code);
}

static int
compare_categories (gconstpointer a,
                    gconstpointer b)
{
  const DrillCategoryCount *category_a = *(const DrillCategoryCount *const *) a;
  const DrillCategoryCount *category_b = *(const DrillCategoryCount *const *) b;

  if (category_a->n_routes != category_b->n_routes)
    return category_a->n_routes > category_b->n_routes ? -1 : 1;

  return category_a->category < category_b->category ? -1 : category_a->category > category_b->category;
}

/**
 * drill_suppressions_compute:
 * @evidence: a snapshot
 *
 * Counts the suppressed route rows of all plans by category.
 *
 * Returns: (transfer full) (element-type DrillCategoryCount): the categories,
 *   most routes first
 */
GPtrArray *
drill_suppressions_compute (DrillEvidence *evidence)
{
  g_autoptr(GHashTable) of_code = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) seen_owners = g_hash_table_new (drill_pair_hash, NULL);
  g_autoptr(GHashTable) seen_providers = g_hash_table_new (drill_pair_hash, NULL);
  GPtrArray *categories = g_ptr_array_new_with_free_func (free_category);
  const DrillPlan *plans = drill_evidence_get_plans (evidence);
  const guint8 *flags = drill_evidence_get_route_flags (evidence);
  const guint32 *plan_rows = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PLAN);
  const guint32 *codes = drill_evidence_get_route_column (evidence, DRILL_ROUTE_CATEGORY);
  const guint32 *owners = drill_evidence_get_route_column (evidence, DRILL_ROUTE_OWNER);
  const guint32 *providers = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PROVIDER);
  guint n_routes = drill_evidence_get_n_routes (evidence);

  for (guint i = 0; i < n_routes; i++)
    if (flags[i] & DRILL_ROUTE_SUPPRESSED)
      {
        DrillCategoryCount *category = find_category (categories, of_code, codes[i]);

        category->n_routes += 1;
        category->latest_us = MAX (category->latest_us, plans[plan_rows[i]].created_us);
        add_once (seen_owners, codes[i], category->owners, owners[i]);
        add_once (seen_providers, codes[i], category->providers, providers[i]);
      }

  g_ptr_array_sort (categories, compare_categories);

  return categories;
}
