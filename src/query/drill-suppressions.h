// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"
#include "query/drill-route-query.h"
#include "query/drill-time-buckets.h"

G_BEGIN_DECLS

/**
 * DrillSuppressionGroup:
 * @code: what they have in common: a code of the facet's dictionary
 * @n_routes: suppressed route rows of it, of all plans
 * @latest_us: when the newest of them was planned, µs UTC, or %DRILL_TIME_UNKNOWN
 * @members: (element-type guint32): the codes of two other facets that occur in it, each once; see drill_suppressions_get_member_facet()
 *
 * The suppressed routes of one category, owner, provider or schedule.
 */
typedef struct {
  guint32 code;
  guint   n_routes;
  gint64  latest_us;
  GArray *members[2];
} DrillSuppressionGroup;

/**
 * DrillSuppressions:
 * @by: %DRILL_FACET_CATEGORY, %DRILL_FACET_OWNER, %DRILL_FACET_PROVIDER or %DRILL_FACET_SCHEDULE
 * @n_routes: route rows of all plans
 * @n_suppressed: those that were suppressed
 * @n_groups: values of the facet that occur among them
 * @groups: (element-type DrillSuppressionGroup): those with most routes, most first
 * @buckets: the time from the first to the last of them, or as far as it was asked for; none without times
 * @n_series: how many @counts there are: one a group, as many as were asked for, and one of all the others if there are any
 * @others: whether the last series is that of the others
 * @counts: by series, then by bucket: suppressed routes planned in it
 * @n_untimed: suppressed routes without a readable time: they are in @groups, and not in @counts
 *
 * The suppressed routes of all plans (contract section 4), counted by one facet,
 * and over time. A route counts when it was planned.
 */
typedef struct {
  DrillFacet       by;
  guint            n_routes;
  guint            n_suppressed;
  guint            n_groups;
  GPtrArray       *groups;
  DrillTimeBuckets buckets;
  guint            n_series;
  gboolean         others;
  guint           *counts;
  guint            n_untimed;
} DrillSuppressions;

/**
 * DrillSuppressionsScope:
 * @by: %DRILL_FACET_CATEGORY, %DRILL_FACET_OWNER, %DRILL_FACET_PROVIDER or %DRILL_FACET_SCHEDULE
 * @from_us: where the buckets begin, µs UTC; %DRILL_TIME_UNKNOWN for the first suppressed route
 * @until_us: where they end; %DRILL_TIME_UNKNOWN for the last one
 * @most_groups: how many groups to list
 * @most_series: how many of them to count over time, less than @most_groups
 *
 * What to count.
 */
typedef struct {
  DrillFacet by;
  gint64     from_us;
  gint64     until_us;
  guint      most_groups;
  guint      most_series;
} DrillSuppressionsScope;

DrillSuppressions *drill_suppressions_count            (DrillEvidence                *evidence,
                                                        const DrillSuppressionsScope *scope);
void               drill_suppressions_free             (DrillSuppressions            *self);
DrillDict          drill_suppressions_get_dict         (DrillFacet                    by);
DrillFacet         drill_suppressions_get_member_facet (DrillFacet                    by,
                                                        guint                         member);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillSuppressions, drill_suppressions_free)

G_END_DECLS
