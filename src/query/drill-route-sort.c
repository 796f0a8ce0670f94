// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-route-table-private.h"

#include "base/drill-time.h"

#include <string.h>

/* Rows are sorted from the least important key to the most important one, each
 * pass stable, by counting ranks. Keys whose ranks fit into one number share a
 * pass. */

#define MOST_RANKS_SHARED 65536 /* that keys which share a pass may have together: counts that fit the cache */

#define FEWEST_PER_RANK   8     /* with fewer rows than ranks by this factor, comparing beats counting */

typedef enum {
  KEY_OF_SHAPE,
  KEY_OF_SCHEDULE,
  KEY_OF_PLAN,
  KEY_OF_PAIR,          /* of delivered rows */
  KEY_OF_ESCALATED_PLAN, /* of rows in the escalation plan */
  KEY_OF_ROW,
} KeySource;

/* Ranks of the things that a key looks at, in the direction asked for. What has
 * no value gets the highest rank, in both directions. */
typedef struct {
  KeySource source;
  guint     n_ranks;
  guint32  *ranks;
} Key;

static guint32 *
collect_selected (DrillRouteTable        *self,
                  const DrillRouteAnswer *answer)
{
  guint32 *rows = g_new (guint32, answer->n_selected + 1);
  guint n = 0;

  if (answer->n_selected == self->n_rows)
    {
      if (self->n_rows > 0)
        memcpy (rows, self->order, sizeof (guint32) * self->n_rows);
      return rows;
    }

  /* Written always and kept when selected: a branch would be guessed wrong. */
  for (guint i = 0; i < self->n_rows; i++)
    {
      guint32 row = self->order[i];

      rows[n] = row;
      n += answer->selected[row / 64] >> (row % 64) & 1;
    }

  return rows;
}

static void
init_key (Key       *key,
          KeySource  source,
          guint      n,
          guint      n_values)
{
  key->source = source;
  key->n_ranks = n_values + 1;
  key->ranks = g_new (guint32, MAX (n, 1));
}

/* The rank in the direction asked for, or the one of no value */
static inline guint32
direct (const Key *key,
        gboolean   known,
        guint32    rank,
        gboolean   descending)
{
  guint32 none = key->n_ranks - 1;

  if (!known)
    return none;

  return descending ? none - 1 - rank : rank;
}

static void
init_schedule_key (Key             *key,
                   DrillRouteTable *self,
                   gboolean         descending)
{
  const DrillRanks *ranks = &self->dict_ranks[DRILL_DICT_SCHEDULE];

  init_key (key, KEY_OF_SCHEDULE, ranks->n, ranks->n_ranks);
  for (guint i = 0; i < ranks->n; i++)
    key->ranks[i] = direct (key, i != 0, ranks->ranks[i], descending);
}

static void
init_shape_key (Key             *key,
                DrillRouteTable *self,
                DrillDict        dict,
                glong            offset,
                gboolean         descending)
{
  const DrillRanks *ranks = &self->dict_ranks[dict];

  init_key (key, KEY_OF_SHAPE, self->shape_list->len, ranks->n_ranks);
  for (guint i = 0; i < self->shape_list->len; i++)
    {
      guint32 code = G_STRUCT_MEMBER (guint32, drill_route_table_get_shape (self, i), offset);

      key->ranks[i] = direct (key, code != 0, ranks->ranks[code], descending);
    }
}

static void
init_plan_key (Key             *key,
               DrillRouteTable *self,
               DrillRouteKey    by,
               gboolean         descending)
{
  const DrillRanks *alerts = &self->dict_ranks[DRILL_DICT_ALERT];

  init_key (key, KEY_OF_PLAN, self->n_plans,
            by == DRILL_KEY_ALERT ? alerts->n_ranks : MAX (self->created.n_ranks, self->plan_ids.n_ranks));
  for (guint i = 0; i < self->n_plans; i++)
    {
      const DrillPlan *plan = &self->plans[i];

      if (by == DRILL_KEY_ALERT)
        key->ranks[i] = direct (key, plan->alert != 0, alerts->ranks[plan->alert], descending);
      else if (by == DRILL_KEY_PLAN)
        key->ranks[i] = direct (key, plan->plan_id != 0, self->plan_ids.ranks[i], descending);
      else
        key->ranks[i] = direct (key, plan->created != 0, self->created.ranks[i], descending);
    }
}

/* The older a plan is, the higher its age. */
static void
init_age_key (Key             *key,
              DrillRouteTable *self,
              gboolean         descending)
{
  init_key (key, KEY_OF_ESCALATED_PLAN, self->n_plans, self->ages.n_ranks);
  for (guint i = 0; i < self->n_plans; i++)
    key->ranks[i] = direct (key, self->plans[i].created_us != DRILL_TIME_UNKNOWN,
                            self->ages.ranks[i], !descending);
}

static void
init_ack_key (Key             *key,
              DrillRouteTable *self,
              DrillRouteKey    by,
              gboolean         descending)
{
  const DrillRanks *ranks = &self->dict_ranks[by == DRILL_KEY_REFERENCE ? DRILL_DICT_REFERENCE : DRILL_DICT_ACTOR];

  init_key (key, KEY_OF_PAIR, self->n_pairs, ranks->n_ranks);
  for (guint i = 0; i < self->n_pairs; i++)
    {
      guint32 ack = self->pair_acks[i];
      guint32 code = 0;

      if (ack != DRILL_NONE)
        code = by == DRILL_KEY_REFERENCE ? self->acks[ack].reference : self->acks[ack].actor;
      key->ranks[i] = direct (key, code != 0, ranks->ranks[code], descending);
    }
}

static void
init_ack_time_key (Key             *key,
                   DrillRouteTable *self,
                   gboolean         descending)
{
  init_key (key, KEY_OF_PAIR, self->n_pairs, self->ack_times.n_ranks);
  for (guint i = 0; i < self->n_pairs; i++)
    {
      guint32 ack = self->pair_acks[i];
      gboolean known = ack != DRILL_NONE && self->acks[ack].created_us != DRILL_TIME_UNKNOWN;

      key->ranks[i] = direct (key, known, known ? self->ack_times.ranks[ack] : 0, descending);
    }
}

/* The deadline of outstanding routes, then acknowledged ones */
static void
init_slo_key (Key             *key,
              DrillRouteTable *self,
              gboolean         descending)
{
  gint64 before = G_MININT64;
  guint32 n_deadlines = 0;

  for (guint i = 0; i < self->due.n; i++)
    {
      gint64 deadline = self->deadlines[self->due.rows[i]];

      n_deadlines += i == 0 || deadline != before;
      before = deadline;
    }

  init_key (key, KEY_OF_ROW, self->n_rows, n_deadlines + 1);
  for (guint32 row = 0; row < self->n_rows; row++)
    key->ranks[row] = direct (key, drill_route_table_is_judged (self, row), n_deadlines, descending);

  n_deadlines = 0;
  for (guint i = 0; i < self->due.n; i++)
    {
      guint32 row = self->due.rows[i];

      if (i > 0 && self->deadlines[row] != before)
        n_deadlines++;
      before = self->deadlines[row];
      key->ranks[row] = direct (key, TRUE, n_deadlines, descending);
    }
}

/* Escalate, wait, no action */
static void
init_recommended_key (Key                    *key,
                      DrillRouteTable        *self,
                      const DrillRouteAnswer *answer,
                      gboolean                descending)
{
  init_key (key, KEY_OF_ROW, self->n_rows, 3);
  for (guint32 row = 0; row < self->n_rows; row++)
    key->ranks[row] = direct (key, drill_route_table_is_judged (self, row), 2, descending);

  for (guint i = 0; i < self->due.n; i++)
    {
      guint32 row = self->due.rows[i];
      gboolean breached = self->deadlines[row] <= answer->now_us;

      key->ranks[row] = direct (key, TRUE, breached ? 0 : 1, descending);
    }
}

static void
init_key_by (Key                    *key,
             DrillRouteTable        *self,
             const DrillRouteAnswer *answer,
             DrillRouteKey           by,
             gboolean                descending)
{
  switch (by)
    {
    case DRILL_KEY_STATE:
      init_shape_key (key, self, DRILL_DICT_STATE, G_STRUCT_OFFSET (DrillShape, state), descending);
      break;
    case DRILL_KEY_SCHEDULE:
      init_schedule_key (key, self, descending);
      break;
    case DRILL_KEY_PROVIDER:
      init_shape_key (key, self, DRILL_DICT_PROVIDER, G_STRUCT_OFFSET (DrillShape, provider), descending);
      break;
    case DRILL_KEY_OWNER:
      init_shape_key (key, self, DRILL_DICT_OWNER, G_STRUCT_OFFSET (DrillShape, owner), descending);
      break;
    case DRILL_KEY_ESCALATION_OWNER:
      init_shape_key (key, self, DRILL_DICT_OWNER, G_STRUCT_OFFSET (DrillShape, escalation_owner), descending);
      break;
    case DRILL_KEY_ACTION:
      init_shape_key (key, self, DRILL_DICT_ACTION, G_STRUCT_OFFSET (DrillShape, action), descending);
      break;
    case DRILL_KEY_CATEGORY:
      init_shape_key (key, self, DRILL_DICT_CATEGORY, G_STRUCT_OFFSET (DrillShape, category), descending);
      break;
    case DRILL_KEY_SLO:
      init_slo_key (key, self, descending);
      break;
    case DRILL_KEY_AGE:
      init_age_key (key, self, descending);
      break;
    case DRILL_KEY_RECOMMENDED:
      init_recommended_key (key, self, answer, descending);
      break;
    case DRILL_KEY_ACKNOWLEDGED_BY:
    case DRILL_KEY_REFERENCE:
      init_ack_key (key, self, by, descending);
      break;
    case DRILL_KEY_ACKNOWLEDGED:
      init_ack_time_key (key, self, descending);
      break;
    case DRILL_KEY_CREATED:
    case DRILL_KEY_PLAN:
    case DRILL_KEY_ALERT:
    case DRILL_N_KEYS:
    default:
      init_plan_key (key, self, by, descending);
      break;
    }
}

static guint32
get_rank (const Key       *key,
          DrillRouteTable *self,
          guint32          row)
{
  guint32 pair;

  switch (key->source)
    {
    case KEY_OF_SHAPE:
      return key->ranks[self->shapes[row]];
    case KEY_OF_SCHEDULE:
      return key->ranks[self->columns[DRILL_ROUTE_SCHEDULE][row]];
    case KEY_OF_PLAN:
      return key->ranks[self->columns[DRILL_ROUTE_PLAN][row]];
    case KEY_OF_PAIR:
      if ((drill_route_table_get_shape (self, self->shapes[row])->flags & DRILL_ROUTE_DELIVERED) == 0)
        return key->n_ranks - 1;
      pair = self->columns[DRILL_ROUTE_PAIR][row];
      return pair != DRILL_NONE ? key->ranks[pair] : key->n_ranks - 1;
    case KEY_OF_ESCALATED_PLAN:
      if (!drill_route_table_is_judged (self, row))
        return key->n_ranks - 1;
      return key->ranks[self->columns[DRILL_ROUTE_PLAN][row]];
    case KEY_OF_ROW:
    default:
      return key->ranks[row];
    }
}

/* Puts the ranks of one more, less important key behind those of each row. */
static void
append_ranks (const Key       *key,
              DrillRouteTable *self,
              const guint32   *rows,
              guint            n,
              guint32         *ranks)
{
  const Key copy = *key;

  for (guint i = 0; i < n; i++)
    ranks[i] = ranks[i] * copy.n_ranks + get_rank (&copy, self, rows[i]);
}

static int
compare_places_cb (gconstpointer a,
                   gconstpointer b)
{
  guint64 x = *(const guint64 *) a;
  guint64 y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

static void
sort_by_comparing (const guint32 *rows,
                   const guint32 *ranks,
                   guint          n,
                   guint32       *sorted)
{
  g_autoptr(GArray) places = g_array_sized_new (FALSE, FALSE, sizeof (guint64), n);

  for (guint i = 0; i < n; i++)
    {
      guint64 place = (guint64) ranks[i] << 32 | i;

      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places_cb);
  for (guint i = 0; i < n; i++)
    sorted[i] = rows[g_array_index (places, guint64, i) & G_MAXUINT32];
}

static void
sort_by_counting (const guint32 *rows,
                  const guint32 *ranks,
                  guint          n,
                  guint          n_ranks,
                  guint32       *sorted)
{
  g_autofree guint32 *starts = g_new0 (guint32, (gsize) n_ranks + 1);

  for (guint i = 0; i < n; i++)
    starts[ranks[i] + 1]++;
  for (guint i = 1; i <= n_ranks; i++)
    starts[i] += starts[i - 1];
  for (guint i = 0; i < n; i++)
    sorted[starts[ranks[i]]++] = rows[i];
}

/* The number of keys that matter: newest first is what ties fall to anyway. */
static guint
count_keys (const DrillRouteQuery *query)
{
  guint n = drill_route_query_get_n_sort (query);
  gboolean descending;

  while (n > 0 &&
         drill_route_query_get_sort (query, n - 1, &descending) == DRILL_KEY_CREATED && descending)
    n--;

  return n;
}

/* Returns: (transfer full): the selected rows in the order of the query */
guint32 *
drill_route_sort_run (DrillRouteTable        *self,
                      const DrillRouteAnswer *answer)
{
  guint32 *rows = collect_selected (self, answer);
  g_autofree guint32 *sorted = NULL;
  g_autofree guint32 *ranks = NULL;
  guint n_keys = count_keys (answer->query);
  guint n = answer->n_selected;
  Key keys[DRILL_MAX_SORT_KEYS];

  if (n_keys == 0 || n < 2)
    return rows;

  sorted = g_new (guint32, n);
  ranks = g_new (guint32, n);
  for (guint i = 0; i < n_keys; i++)
    {
      gboolean descending;
      DrillRouteKey by = drill_route_query_get_sort (answer->query, i, &descending);

      init_key_by (&keys[i], self, answer, by, descending);
    }

  for (guint end = n_keys, begin; end > 0; end = begin)
    {
      guint64 n_ranks = 1;
      guint32 *swap;

      for (begin = end; begin > 0; begin--)
        {
          if (begin < end && n_ranks * keys[begin - 1].n_ranks > MOST_RANKS_SHARED)
            break;
          n_ranks *= keys[begin - 1].n_ranks;
        }

      memset (ranks, 0, sizeof (guint32) * n);
      for (guint i = begin; i < end; i++)
        append_ranks (&keys[i], self, rows, n, ranks);

      if (n < n_ranks / FEWEST_PER_RANK)
        sort_by_comparing (rows, ranks, n, sorted);
      else
        sort_by_counting (rows, ranks, n, (guint) n_ranks, sorted);
      swap = rows;
      rows = sorted;
      sorted = swap;
    }

  for (guint i = 0; i < n_keys; i++)
    g_free (keys[i].ranks);

  return rows;
}
