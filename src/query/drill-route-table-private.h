// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/drill-ranks.h"
#include "query/drill-route-table.h"

G_BEGIN_DECLS

/* What many rows have in common. There are few shapes: as many as combinations
 * of these columns occur. Conditions and counts go by shape, then by row. */
typedef struct {
  guint32 provider;
  guint32 owner;
  guint32 escalation_owner;
  guint32 action;
  guint32 category;
  guint32 state; /* DRILL_STATE_NONE when not delivered */
  guint32 flags; /* DRILL_ROUTE_DELIVERED and DRILL_ROUTE_EXPLICIT */
} DrillShape;

/* The digits of route ids as numbers, in an atomic reference-counted box. A
 * service may send ids of another form: those are kept as texts. */
typedef struct {
  guint    n;      /* rows that have theirs */
  guint64 *digits;
  GArray  *odd_rows;
  GPtrArray *odd_texts;
} DrillRouteIds;

/* Rows that are outstanding routes of the escalation plan, by deadline */
typedef struct {
  guint    n;
  guint32 *rows;
} DrillDeadlines;

struct _DrillRouteTable {
  gatomicrefcount ref_count;

  /* Borrowed from the evidence */
  DrillEvidence   *evidence;
  guint            n_rows;
  guint            n_plans;
  guint            n_pairs;
  const guint32   *columns[DRILL_N_ROUTE_COLUMNS];
  const gint64    *deadlines;
  const DrillPlan *plans;
  const guint8    *currents;
  const DrillAck  *acks;
  const guint32   *pair_acks;

  /* By row */
  guint32         *order;  /* rows in the default order */
  guint32         *shapes; /* number of the shape of each row */
  GArray          *shape_list;
  DrillDeadlines   due;

  /* By text and plan */
  DrillRanks       dict_ranks[DRILL_N_DICTS]; /* of those that are sorted by */
  DrillRanks       created;                   /* of plans: created_at as text */
  DrillRanks       ages;                      /* of plans: created_at as time */
  DrillRanks       plan_ids;                  /* of plans */
  DrillRanks       ack_times;                 /* of acknowledgements: created_at as time */
  const char     **folded[DRILL_N_DICTS];     /* of those that are searched */
  const char     **folded_plans;
  GStringChunk    *folds;

  GMutex           ids_lock;
  DrillRouteIds   *ids; /* nullable */
};

/* What a query found, while it is being answered */
typedef struct {
  const DrillRouteQuery *query;
  gint64                 now_us;
  gint64                 due_us;       /* deadlines up to here are due */
  guint64               *selected;     /* one bit a row */
  guint                  n_selected;
  guint                  n_in_scope;
  guint                  n_breached;
  gboolean               ids_pending;
  guint                 *counts[DRILL_N_FACETS]; /* by code; DRILL_FACET_SLO by DrillSlo */
  guint                  n_counts[DRILL_N_FACETS];
} DrillRouteAnswer;

typedef enum {
  DRILL_SLO_BREACHED,
  DRILL_SLO_DUE,
  DRILL_SLO_OK,
  DRILL_N_SLOS,
} DrillSlo;

/* What is known of shapes, plans, schedules and states before rows are looked
 * at, and of a row when all of it is put together: a bit for each facet whose
 * condition fails, and these. */
enum {
  DRILL_MASK_FACETS    = (1 << DRILL_N_FACETS) - 1,
  DRILL_MASK_EXCLUDED  = 1 << (DRILL_N_FACETS + 0), /* by a condition that is not a facet */
  DRILL_MASK_FOUND     = 1 << (DRILL_N_FACETS + 1), /* by the search */
  DRILL_MASK_JUDGED    = 1 << (DRILL_N_FACETS + 2), /* in the escalation plan, if its plan is current */
  DRILL_MASK_ACKED     = 1 << (DRILL_N_FACETS + 3),
};

typedef struct {
  char    *needle;     /* folded */
  guint16 *reasons;    /* nullable: DRILL_MASK_FOUND or 0, by code */
  guint16 *references; /* nullable: the same */
  guint64 *ids;        /* nullable: one bit a row */
} DrillRouteSearch;

static inline const DrillShape *
drill_route_table_get_shape (DrillRouteTable *self,
                             guint32          shape)
{
  return &g_array_index (self->shape_list, DrillShape, shape);
}

/* Whether the row is a route of the escalation plan */
static inline gboolean
drill_route_table_is_judged (DrillRouteTable *self,
                             guint32          row)
{
  return self->currents[self->columns[DRILL_ROUTE_PLAN][row]] &&
         (drill_route_table_get_shape (self, self->shapes[row])->flags & DRILL_ROUTE_EXPLICIT) != 0;
}

DrillDict          drill_facet_get_dict            (DrillFacet              facet);
const char        *drill_slo_get_name              (DrillSlo                slo);

void               drill_route_order_build         (DrillRouteTable        *self,
                                                    DrillRouteTable        *previous);
void               drill_route_deadlines_build     (DrillRouteTable        *self);

DrillRouteIds     *drill_route_table_ref_ids       (DrillRouteTable        *self);
void               drill_route_ids_unref           (DrillRouteIds          *ids);

DrillRouteSearch  *drill_route_search_new          (DrillRouteTable        *self,
                                                    const char             *text,
                                                    gboolean               *ids_pending);
void               drill_route_search_free         (DrillRouteSearch       *search);
gboolean           drill_route_search_mark         (const DrillRouteSearch *search,
                                                    const char            **folded,
                                                    guint                   n,
                                                    guint16                *masks);

void               drill_route_filter_run          (DrillRouteTable        *self,
                                                    DrillRouteAnswer       *answer);
guint32           *drill_route_sort_run            (DrillRouteTable        *self,
                                                    const DrillRouteAnswer *answer);
DrillRouteResult  *drill_route_result_new          (DrillRouteTable        *self,
                                                    DrillRouteAnswer       *answer,
                                                    guint32                *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillRouteSearch, drill_route_search_free)

G_END_DECLS
