// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-route-table-private.h"

#include "query/drill-fold.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (DrillRouteTable, drill_route_table, drill_route_table_ref, drill_route_table_unref)

static const DrillDict sorted_dicts[] = {
  DRILL_DICT_SCHEDULE, DRILL_DICT_PROVIDER, DRILL_DICT_OWNER, DRILL_DICT_ACTION, DRILL_DICT_CATEGORY,
  DRILL_DICT_ALERT, DRILL_DICT_STATE, DRILL_DICT_ACTOR, DRILL_DICT_REFERENCE,
};

static const DrillDict searched_dicts[] = {
  DRILL_DICT_SCHEDULE, DRILL_DICT_PROVIDER, DRILL_DICT_OWNER, DRILL_DICT_REASON, DRILL_DICT_REFERENCE,
};

/* Texts whose order is not that of the alphabet, lowest first */
static const char *const state_order[] = {
  "", "outstanding", "acknowledged", "resolved", "escalated", "dismissed",
};

static const char *const alert_order[] = {
  "", "critical", "warning", "healthy",
};

static const char **
dup_texts (DrillEvidence *evidence,
           DrillDict      dict,
           guint         *n)
{
  const char **texts;

  *n = drill_evidence_get_dict_size (evidence, dict);
  texts = g_new (const char *, *n);
  for (guint i = 0; i < *n; i++)
    texts[i] = drill_evidence_get_text (evidence, dict, i);

  return texts;
}

/* Texts whose order is not that of the alphabet get a letter in front. */
static void
rank_texts_as (DrillRanks        *ranks,
               const char *const *texts,
               guint              n,
               const char *const *first,
               gsize              n_first)
{
  g_autofree const char **decorated = g_new (const char *, n);
  g_autoptr(GStringChunk) chunk = g_string_chunk_new (512);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = NULL;
      gsize place = 0;

      while (place < n_first && strcmp (texts[i], first[place]) != 0)
        place++;
      text = g_strdup_printf ("%c%s", (char) ('a' + place), texts[i]);
      decorated[i] = texts[i][0] != '\0' ? g_string_chunk_insert (chunk, text) : "";
    }

  drill_ranks_init_texts (ranks, decorated, n);
}

static void
rank_dicts (DrillRouteTable *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sorted_dicts); i++)
    {
      DrillDict dict = sorted_dicts[i];
      guint n;
      g_autofree const char **texts = dup_texts (self->evidence, dict, &n);

      if (dict == DRILL_DICT_STATE)
        rank_texts_as (&self->dict_ranks[dict], texts, n, state_order, G_N_ELEMENTS (state_order));
      else if (dict == DRILL_DICT_ALERT)
        rank_texts_as (&self->dict_ranks[dict], texts, n, alert_order, G_N_ELEMENTS (alert_order));
      else
        drill_ranks_init_texts (&self->dict_ranks[dict], texts, n);
    }
}

static void
rank_plans (DrillRouteTable *self)
{
  g_autofree const char **texts = g_new (const char *, self->n_plans);
  g_autofree gint64 *times = g_new (gint64, self->n_plans);

  for (guint i = 0; i < self->n_plans; i++)
    {
      texts[i] = drill_evidence_get_text (self->evidence, DRILL_DICT_TEXT, self->plans[i].created);
      times[i] = self->plans[i].created_us;
    }
  drill_ranks_init_texts (&self->created, texts, self->n_plans);
  drill_ranks_init_times (&self->ages, times, self->n_plans);

  for (guint i = 0; i < self->n_plans; i++)
    texts[i] = drill_evidence_get_text (self->evidence, DRILL_DICT_TEXT, self->plans[i].plan_id);
  drill_ranks_init_texts (&self->plan_ids, texts, self->n_plans);
  drill_ranks_drop_order (&self->created);
  drill_ranks_drop_order (&self->ages);
  drill_ranks_drop_order (&self->plan_ids);

  /* The same texts, as they are searched */
  for (guint i = 0; i < self->n_plans; i++)
    texts[i] = drill_fold_shared (texts[i], self->folds);
  self->folded_plans = g_steal_pointer (&texts);
}

static void
rank_acks (DrillRouteTable *self)
{
  guint n_acks = drill_evidence_get_n_acks (self->evidence);
  g_autofree gint64 *times = g_new (gint64, n_acks);

  for (guint i = 0; i < n_acks; i++)
    times[i] = self->acks[i].created_us;
  drill_ranks_init_times (&self->ack_times, times, n_acks);
  drill_ranks_drop_order (&self->ack_times);
}

static void
fold_dicts (DrillRouteTable *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (searched_dicts); i++)
    {
      guint n;
      const char **texts = dup_texts (self->evidence, searched_dicts[i], &n);

      for (guint code = 0; code < n; code++)
        texts[code] = drill_fold_shared (texts[code], self->folds);
      self->folded[searched_dicts[i]] = texts;
    }
}

static guint32
read_state (DrillRouteTable *self,
            guint32          row,
            guint            flags)
{
  guint32 pair = self->columns[DRILL_ROUTE_PAIR][row];

  if ((flags & DRILL_ROUTE_DELIVERED) == 0)
    return DRILL_STATE_NONE;

  if (pair == DRILL_NONE || self->pair_acks[pair] == DRILL_NONE)
    return DRILL_STATE_OUTSTANDING;

  return self->acks[self->pair_acks[pair]].state;
}

static guint
hash_shape (const DrillShape *shape)
{
  guint64 hash = shape->flags;

  hash = hash * 31 + shape->state;
  hash = hash * 31 + shape->category;
  hash = hash * 31 + shape->action;
  hash = hash * 1021 + shape->provider;
  hash = hash * 1021 + shape->escalation_owner;
  hash = hash * 1021 + shape->owner;
  hash *= G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  return (guint) (hash >> 32);
}

/* Where the shape is in the table of numbers + 1, or the free place for it */
static guint32 *
find_shape (GArray           *shapes,
            guint32          *places,
            guint             n_places,
            const DrillShape *shape)
{
  guint i = hash_shape (shape) & (n_places - 1);

  while (places[i] != 0 &&
         memcmp (&g_array_index (shapes, DrillShape, places[i] - 1), shape, sizeof *shape) != 0)
    i = (i + 1) & (n_places - 1);

  return &places[i];
}

static guint32 *
place_shapes (GArray *shapes,
              guint   n_places)
{
  guint32 *places = g_new0 (guint32, n_places);

  for (guint i = 0; i < shapes->len; i++)
    *find_shape (shapes, places, n_places, &g_array_index (shapes, DrillShape, i)) = i + 1;

  return places;
}

/* GHashTable would take as long as all the rest of the table: this is a look-up
 * for each of a million rows. */
static void
read_shapes (DrillRouteTable *self,
             DrillRouteTable *previous)
{
  const guint8 *flags = drill_evidence_get_route_flags (self->evidence);
  g_autofree guint32 *places = NULL;
  guint n_places = 1024;
  guint n_known = 0;

  self->shape_list = g_array_new (FALSE, FALSE, sizeof (DrillShape));
  self->shapes = g_new (guint32, self->n_rows);
  if (previous != NULL)
    {
      n_known = previous->n_rows;
      g_array_append_vals (self->shape_list, previous->shape_list->data, previous->shape_list->len);
    }

  while (n_places < 4 * self->shape_list->len)
    n_places *= 2;
  places = place_shapes (self->shape_list, n_places);

  for (guint row = 0; row < self->n_rows; row++)
    {
      guint32 state = read_state (self, row, flags[row]);
      DrillShape shape = { 0, };
      guint32 *place;

      /* Of the rows of an earlier snapshot, only the state can have changed. */
      if (row < n_known &&
          drill_route_table_get_shape (self, previous->shapes[row])->state == state)
        {
          self->shapes[row] = previous->shapes[row];
          continue;
        }

      shape.provider = self->columns[DRILL_ROUTE_PROVIDER][row];
      shape.owner = self->columns[DRILL_ROUTE_OWNER][row];
      shape.escalation_owner = self->columns[DRILL_ROUTE_ESCALATION_OWNER][row];
      shape.action = self->columns[DRILL_ROUTE_ACTION][row];
      shape.category = self->columns[DRILL_ROUTE_CATEGORY][row];
      shape.state = state;
      shape.flags = flags[row] & (DRILL_ROUTE_DELIVERED | DRILL_ROUTE_EXPLICIT);
      place = find_shape (self->shape_list, places, n_places, &shape);
      if (*place == 0)
        {
          g_array_append_val (self->shape_list, shape);
          *place = self->shape_list->len;
        }
      self->shapes[row] = *place - 1;

      if (2 * self->shape_list->len > n_places)
        {
          n_places *= 4;
          g_free (places);
          places = place_shapes (self->shape_list, n_places);
        }
    }
}

/* Whether @previous can be an earlier snapshot of the same builder. The caller
 * says so; a mistake must not end in rows that do not exist. */
static gboolean
can_extend (DrillRouteTable *self,
            DrillRouteTable *previous)
{
  if (previous->n_rows > self->n_rows || previous->n_plans > self->n_plans ||
      previous->n_pairs > self->n_pairs)
    return FALSE;

  for (guint dict = 0; dict < DRILL_N_DICTS; dict++)
    {
      guint n = drill_evidence_get_dict_size (previous->evidence, dict);

      if (n > drill_evidence_get_dict_size (self->evidence, dict) ||
          strcmp (drill_evidence_get_text (previous->evidence, dict, n - 1),
                  drill_evidence_get_text (self->evidence, dict, n - 1)) != 0)
        return FALSE;
    }

  if (previous->n_rows > 0)
    for (guint i = 0; i < DRILL_N_ROUTE_COLUMNS; i++)
      if (previous->columns[i][previous->n_rows - 1] != self->columns[i][previous->n_rows - 1])
        return FALSE;

  return TRUE;
}

/**
 * drill_route_table_new:
 * @evidence: a snapshot
 * @previous: (nullable): the table of an earlier snapshot of the same builder
 *
 * Prepares the routes of a snapshot. May be called in a worker thread; with
 * @previous only the rows that it does not have yet are sorted in, and the route
 * ids it knows are taken over.
 *
 * Returns: (transfer full): the table
 */
DrillRouteTable *
drill_route_table_new (DrillEvidence   *evidence,
                       DrillRouteTable *previous)
{
  DrillRouteTable *self;

  g_return_val_if_fail (evidence != NULL, NULL);

  self = g_new0 (DrillRouteTable, 1);
  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->ids_lock);
  self->evidence = drill_evidence_ref (evidence);
  self->n_rows = drill_evidence_get_n_routes (evidence);
  self->n_plans = drill_evidence_get_n_plans (evidence);
  self->n_pairs = drill_evidence_get_n_pairs (evidence);
  for (guint i = 0; i < DRILL_N_ROUTE_COLUMNS; i++)
    self->columns[i] = drill_evidence_get_route_column (evidence, i);
  self->deadlines = drill_evidence_get_route_deadlines (evidence);
  self->plans = drill_evidence_get_plans (evidence);
  self->currents = drill_evidence_get_plan_currents (evidence);
  self->acks = drill_evidence_get_acks (evidence);
  self->pair_acks = drill_evidence_get_pair_acks (evidence);
  self->folds = g_string_chunk_new (4096);

  if (previous != NULL && !can_extend (self, previous))
    previous = NULL;

  read_shapes (self, previous);
  rank_dicts (self);
  rank_plans (self);
  rank_acks (self);
  fold_dicts (self);
  drill_route_order_build (self, previous);
  drill_route_deadlines_build (self);
  if (previous != NULL)
    self->ids = drill_route_table_ref_ids (previous);

  return self;
}

DrillRouteTable *
drill_route_table_ref (DrillRouteTable *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
drill_route_table_unref (DrillRouteTable *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < DRILL_N_DICTS; i++)
    {
      drill_ranks_clear (&self->dict_ranks[i]);
      g_free (self->folded[i]);
    }
  drill_ranks_clear (&self->created);
  drill_ranks_clear (&self->ages);
  drill_ranks_clear (&self->plan_ids);
  drill_ranks_clear (&self->ack_times);
  g_free (self->folded_plans);
  g_string_chunk_free (self->folds);
  g_free (self->order);
  g_free (self->shapes);
  g_free (self->due.rows);
  g_array_unref (self->shape_list);
  g_clear_pointer (&self->ids, drill_route_ids_unref);
  g_mutex_clear (&self->ids_lock);
  drill_evidence_unref (self->evidence);
  g_free (self);
}

/**
 * drill_route_table_get_evidence:
 * @self: a table
 *
 * Returns: (transfer none): the snapshot its rows are of
 */
DrillEvidence *
drill_route_table_get_evidence (DrillRouteTable *self)
{
  return self->evidence;
}

/**
 * drill_route_table_get_bytes:
 * @self: a table
 *
 * Returns: memory of the table itself, bytes, without the evidence
 */
gsize
drill_route_table_get_bytes (DrillRouteTable *self)
{
  gsize bytes = sizeof *self + 2 * sizeof (guint32) * (gsize) self->n_rows;

  for (gsize i = 0; i < G_N_ELEMENTS (searched_dicts); i++)
    bytes += sizeof (char *) * (gsize) drill_evidence_get_dict_size (self->evidence, searched_dicts[i]);
  for (guint i = 0; i < DRILL_N_DICTS; i++)
    bytes += drill_ranks_get_bytes (&self->dict_ranks[i]);
  bytes += drill_ranks_get_bytes (&self->created);
  bytes += drill_ranks_get_bytes (&self->ages);
  bytes += drill_ranks_get_bytes (&self->plan_ids);
  bytes += drill_ranks_get_bytes (&self->ack_times);
  bytes += sizeof (char *) * (gsize) self->n_plans;
  bytes += sizeof (guint32) * (gsize) self->due.n;
  bytes += sizeof (DrillShape) * (gsize) self->shape_list->len;

  g_mutex_lock (&self->ids_lock);
  if (self->ids != NULL)
    bytes += sizeof (guint64) * (gsize) self->ids->n;
  g_mutex_unlock (&self->ids_lock);

  return bytes;
}

/**
 * drill_route_table_query:
 * @self: a table
 * @query: what to select
 * @now_us: the time to judge by, µs UTC
 *
 * Answers a query: filters, counts the values of all facets and sorts, within
 * a frame for a million rows.
 *
 * Returns: (transfer full): the answer
 */
DrillRouteResult *
drill_route_table_query (DrillRouteTable       *self,
                         const DrillRouteQuery *query,
                         gint64                 now_us)
{
  DrillRouteAnswer answer = { .query = query, .now_us = now_us };
  DrillRouteResult *result;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (query != NULL, NULL);

  drill_route_filter_run (self, &answer);
  result = drill_route_result_new (self, &answer, drill_route_sort_run (self, &answer));

  for (guint facet = 0; facet < DRILL_N_FACETS; facet++)
    g_free (answer.counts[facet]);
  g_free (answer.selected);

  return result;
}
