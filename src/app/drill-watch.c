// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/drill-watch.h"

#include "query/drill-route-deadlines.h"

/* 64-bit FNV-1a, over the texts with their ends: a chance of a mistake of one in
 * 30 million among a million routes, which would cost one notification */
#define FNV_START G_GUINT64_CONSTANT (0xcbf29ce484222325)
#define FNV_PRIME G_GUINT64_CONSTANT (0x100000001b3)

static guint64
add_text (guint64     hash,
          const char *text)
{
  const guchar *p = (const guchar *) text;

  do
    hash = (hash ^ *p) * FNV_PRIME;
  while (*p++ != '\0');

  return hash;
}

/**
 * drill_watch_get_identity:
 * @evidence: a snapshot
 * @row: a route
 *
 * Returns: what the same route (schedule, provider and owner of a plan) has in every snapshot, of any builder
 */
guint64
drill_watch_get_identity (DrillEvidence *evidence,
                          guint32        row)
{
  static const struct
  {
    DrillRouteColumn column;
    DrillDict        dict;
  } parts[] = {
    { DRILL_ROUTE_SCHEDULE, DRILL_DICT_SCHEDULE },
    { DRILL_ROUTE_PROVIDER, DRILL_DICT_PROVIDER },
    { DRILL_ROUTE_OWNER,    DRILL_DICT_OWNER },
  };
  guint32 plan = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PLAN)[row];
  guint64 hash = FNV_START;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    hash = add_text (hash, drill_evidence_get_text (evidence, parts[i].dict,
                                                    drill_evidence_get_route_column (evidence, parts[i].column)[row]));

  return add_text (hash, drill_evidence_get_text (evidence, DRILL_DICT_TEXT,
                                                  drill_evidence_get_plans (evidence)[plan].plan_id));
}

static int
compare_identities_cb (gconstpointer a,
                       gconstpointer b)
{
  guint64 x = *(const guint64 *) a;
  guint64 y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

/* Sorted, so that it can be searched */
static GArray *
collect (const DrillSight *sight,
         guint             from,
         guint             to)
{
  DrillEvidence *evidence = drill_route_table_get_evidence (sight->table);
  GArray *identities = g_array_sized_new (FALSE, FALSE, sizeof (guint64), to - from);
  guint n_rows;
  const guint32 *rows = drill_route_table_get_waiting (sight->table, &n_rows);

  for (guint i = from; i < to; i++)
    {
      guint64 identity = drill_watch_get_identity (evidence, rows[i]);

      g_array_append_val (identities, identity);
    }
  g_array_sort (identities, compare_identities_cb);

  return identities;
}

static guint
count_breached (const DrillSight *sight)
{
  return drill_route_table_count_before (sight->table, sight->now_us);
}

static guint
count_due (const DrillSight *sight)
{
  return drill_route_table_count_before (sight->table, sight->now_us + sight->due_us);
}

static void
add (GArray  *identities,
     guint32 *worst,
     guint32  row,
     guint64  identity)
{
  if (*worst == DRILL_NONE)
    *worst = row;
  g_array_append_val (identities, identity);
}

/* The rows [from, to) of the new table that are not among the old ones */
static void
find_new (const DrillSight *after,
          guint             from,
          guint             to,
          GArray           *known,
          GArray           *other_known,
          GArray           *found,
          guint32          *worst)
{
  DrillEvidence *evidence = drill_route_table_get_evidence (after->table);
  guint n_rows;
  const guint32 *rows = drill_route_table_get_waiting (after->table, &n_rows);

  for (guint i = from; i < to; i++)
    {
      guint64 identity = drill_watch_get_identity (evidence, rows[i]);

      if ((known == NULL || !g_array_binary_search (known, &identity, compare_identities_cb, NULL)) &&
          (other_known == NULL || !g_array_binary_search (other_known, &identity, compare_identities_cb, NULL)))
        add (found, worst, rows[i], identity);
    }
}

/**
 * drill_sight_new:
 * @table: the routes
 * @now_us: the time to judge them by, µs UTC
 * @due_us: from how long before its deadline a route is about to breach, µs
 *
 * Returns: (transfer full): a sight of them
 */
DrillSight *
drill_sight_new (DrillRouteTable *table,
                 gint64           now_us,
                 gint64           due_us)
{
  DrillSight *self = g_new0 (DrillSight, 1);

  self->table = drill_route_table_ref (table);
  self->now_us = now_us;
  self->due_us = due_us;

  return self;
}

void
drill_sight_free (DrillSight *self)
{
  if (self == NULL)
    return;

  drill_route_table_unref (self->table);
  g_free (self);
}

void
drill_news_free (DrillNews *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->breached);
  g_array_unref (self->due);
  g_free (self);
}

/**
 * drill_watch_compare:
 * @before: an earlier sight
 * @after: a later one, of the same service
 *
 * What became breached or about to, by the identity of routes: of another
 * table, each breached route of both is looked at, so do it in a worker thread;
 * of the same table only those whose time it was, which is a matter of nothing.
 * The at-risk window is that of @after for both: a longer one makes no news.
 *
 * Returns: (transfer full): what is new
 */
DrillNews *
drill_watch_compare (const DrillSight *before,
                     const DrillSight *after)
{
  const DrillSight then = { before->table, before->now_us, after->due_us };
  guint n_breached = count_breached (after);
  guint n_due = count_due (after);
  guint n_breached_then = count_breached (&then);
  guint n_due_then = MAX (count_due (&then), n_breached_then);
  DrillNews *news = g_new0 (DrillNews, 1);

  news->breached = g_array_new (FALSE, FALSE, sizeof (guint64));
  news->due = g_array_new (FALSE, FALSE, sizeof (guint64));
  news->worst_breached = news->worst_due = DRILL_NONE;
  n_due = MAX (n_due, n_breached);

  if (before->table == after->table)
    {
      find_new (after, MIN (n_breached_then, n_breached), n_breached, NULL, NULL, news->breached, &news->worst_breached);
      find_new (after, MAX (n_breached, MIN (n_due_then, n_due)), n_due, NULL, NULL, news->due, &news->worst_due);
    }
  else
    {
      g_autoptr(GArray) breached = collect (&then, 0, n_breached_then);
      g_autoptr(GArray) due = collect (&then, n_breached_then, n_due_then);

      find_new (after, 0, n_breached, breached, NULL, news->breached, &news->worst_breached);
      find_new (after, n_breached, n_due, breached, due, news->due, &news->worst_due);
    }

  news->n_breached = news->breached->len;
  news->n_due = news->due->len;

  return news;
}

/**
 * drill_watch_get_next:
 * @sight: a sight
 *
 * Returns: when the next route of the same table is about to breach or does, µs
 *   UTC; %G_MAXINT64 if none will
 */
gint64
drill_watch_get_next (const DrillSight *sight)
{
  DrillEvidence *evidence = drill_route_table_get_evidence (sight->table);
  const gint64 *deadlines = drill_evidence_get_route_deadlines (evidence);
  guint n_rows;
  const guint32 *rows = drill_route_table_get_waiting (sight->table, &n_rows);
  guint breached = count_breached (sight);
  guint due = count_due (sight);
  gint64 next_us = G_MAXINT64;

  if (breached < n_rows)
    next_us = deadlines[rows[breached]];
  if (due < n_rows && deadlines[rows[due]] != G_MAXINT64)
    next_us = MIN (next_us, deadlines[rows[due]] - sight->due_us);

  return next_us;
}

static void
retain (GArray *identities,
        GArray *current,
        GArray *other)
{
  for (guint i = identities->len; i > 0; i--)
    {
      guint64 identity = g_array_index (identities, guint64, i - 1);

      if (!g_array_binary_search (current, &identity, compare_identities_cb, NULL) &&
          (other == NULL || !g_array_binary_search (other, &identity, compare_identities_cb, NULL)))
        g_array_remove_index_fast (identities, i - 1);
    }
}

/**
 * drill_watch_retain:
 * @sight: what is so now
 * @breached: (element-type guint64): identities of routes that were said to be breached
 * @due: (element-type guint64): identities of routes that were said to be about to
 *
 * Drops those of whom it is no longer true. A route that was about to breach
 * and did is still one to see to.
 *
 * Returns: how many are left
 */
guint
drill_watch_retain (const DrillSight *sight,
                    GArray           *breached,
                    GArray           *due)
{
  if (breached->len > 0 || due->len > 0)
    {
      guint n_breached = count_breached (sight);
      g_autoptr(GArray) breached_now = collect (sight, 0, n_breached);
      g_autoptr(GArray) due_now = collect (sight, n_breached, MAX (count_due (sight), n_breached));

      retain (breached, breached_now, NULL);
      retain (due, due_now, breached_now);
    }

  return breached->len + due->len;
}
