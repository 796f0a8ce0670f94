// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-column.h"
#include "evidence/drill-evidence.h"
#include "evidence/drill-page.h"

G_BEGIN_DECLS

/* Everything that is only ever appended to. The builder has one of these, each
 * snapshot a share of it. The texts are empty in the builder's: it has them in
 * its dictionaries. */
typedef struct {
  DrillColumn pages;                         /* DrillPage * */
  DrillColumn texts[DRILL_N_DICTS];          /* char */
  DrillColumn offsets[DRILL_N_DICTS];        /* guint32 */
  DrillColumn items;                         /* DrillItem */
  DrillColumn item_providers;                /* guint32 */
  DrillColumn plans;                         /* DrillPlan */
  DrillColumn required;                      /* DrillRequired */
  DrillColumn acks;                          /* DrillAck */
  DrillColumn routes[DRILL_N_ROUTE_COLUMNS]; /* guint32 */
  DrillColumn minutes;                       /* gint32 */
  DrillColumn deadlines;                     /* gint64 */
  DrillColumn flags;                         /* guint8 */
  DrillColumn notes;                         /* DrillRouteNote */
  DrillColumn given_ids;                     /* guint32, DRILL_DICT_TEXT; rows that came with an id, else 0 */
  DrillColumn problems;                      /* DrillProblem */
} DrillStore;

struct _DrillEvidence
{
  DrillStore store;

  /* What later items can change, and so is a snapshot's own */
  guint32 *order;         /* of items, newest first */
  guint8  *plan_currents; /* one a plan */
  guint32 *pair_acks;     /* newest acknowledgement of a pair, or DRILL_NONE */
  guint    n_pairs;
  guint    n_problems;
};

/* Two codes as one key of a hash table: the key itself, not a pointer to it */
G_STATIC_ASSERT (sizeof (gpointer) >= sizeof (guint64));

static inline gpointer
drill_pair_key (guint32 a,
                guint32 b)
{
  return GSIZE_TO_POINTER ((gsize) a << 32 | b);
}

/* g_direct_hash() keeps only the low bits, which are all alike here */
static inline guint
drill_pair_hash (gconstpointer key)
{
  return (guint) ((GPOINTER_TO_SIZE (key) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15)) >> 32);
}

typedef void (*DrillColumnFunc) (DrillColumn *column,
                                 gpointer     data);

void drill_store_init    (DrillStore       *self);
void drill_store_clear   (DrillStore       *self);
void drill_store_share   (const DrillStore *self,
                          DrillStore       *copy);
void drill_store_foreach (DrillStore       *self,
                          DrillColumnFunc   func,
                          gpointer          data);

G_END_DECLS
