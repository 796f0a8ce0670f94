// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-ranks.h"

#include <string.h>

#define KEY_BYTES 7 /* of a text in its key */

typedef struct {
  guint64 key;
  guint32 number;
} Entry;

/* What is left of the texts, where equal keys do not mean equal texts */
typedef const char *const *Rests;

static int
compare_values (const Entry *a,
                const Entry *b,
                Rests        rests)
{
  if (a->key != b->key)
    return a->key < b->key ? -1 : 1;

  return rests != NULL ? strcmp (rests[a->number], rests[b->number]) : 0;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const Entry *x = a;
  const Entry *y = b;
  int order = compare_values (x, y, user_data);

  return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

static void
fill (DrillRanks *self,
      Entry      *entries,
      Rests       rests)
{
  gboolean sorted = TRUE;
  guint32 rank = 0;

  for (guint i = 1; i < self->n && sorted; i++)
    sorted = compare_entries (&entries[i - 1], &entries[i], (gpointer) rests) < 0;
  if (!sorted)
    g_qsort_with_data (entries, (int) self->n, sizeof (Entry), compare_entries, (gpointer) rests);

  self->order = g_new (guint32, self->n);
  self->ranks = g_new (guint32, self->n);
  for (guint i = 0; i < self->n; i++)
    {
      if (i > 0 && compare_values (&entries[i - 1], &entries[i], rests) != 0)
        rank++;
      self->order[i] = entries[i].number;
      self->ranks[entries[i].number] = rank;
    }
  self->n_ranks = self->n > 0 ? rank + 1 : 0;
}

static gsize
get_common_length (const char *const *texts,
                   guint              n)
{
  const char *first = NULL;
  gsize length = 0;

  for (guint i = 0; i < n; i++)
    {
      /* The empty text comes first whatever the key holds. */
      if (texts[i][0] == '\0')
        continue;

      if (first == NULL)
        {
          first = texts[i];
          length = strlen (first);
          continue;
        }

      for (gsize j = 0; j < length; j++)
        if (texts[i][j] != first[j])
          length = j;
    }

  return length;
}

/**
 * drill_ranks_init_texts:
 * @self: ranks to fill
 * @texts: (array length=n): the texts
 * @n: how many
 *
 * Ranks texts by code point, as the service compares them.
 */
void
drill_ranks_init_texts (DrillRanks        *self,
                        const char *const *texts,
                        guint              n)
{
  g_autofree Entry *entries = g_new (Entry, n);
  g_autofree const char **rests = g_new (const char *, n);
  gsize skip = get_common_length (texts, n);

  /* A few bytes behind what all texts begin with decide nearly every
   * comparison without touching the texts. The bit in front keeps the empty
   * text below one that is nothing but the common beginning. */
  for (guint i = 0; i < n; i++)
    {
      gboolean empty = texts[i][0] == '\0';
      const char *p = empty ? texts[i] : texts[i] + skip;
      guint64 key = empty ? 0 : 1;

      for (guint j = 0; j < KEY_BYTES; j++)
        key = key << 8 | (*p != '\0' ? (guchar) *p++ : 0);
      entries[i].key = key;
      entries[i].number = i;
      rests[i] = p;
    }

  self->n = n;
  fill (self, entries, rests);
}

/**
 * drill_ranks_init_times:
 * @self: ranks to fill
 * @times: (array length=n): times, µs
 * @n: how many
 *
 * Ranks times, the earliest first.
 */
void
drill_ranks_init_times (DrillRanks   *self,
                        const gint64 *times,
                        guint         n)
{
  g_autofree Entry *entries = g_new (Entry, n);

  for (guint i = 0; i < n; i++)
    {
      entries[i].key = (guint64) times[i] ^ G_GUINT64_CONSTANT (1) << 63;
      entries[i].number = i;
    }

  self->n = n;
  fill (self, entries, NULL);
}

/* Keeps only the ranks, where nobody walks the things in their order. */
void
drill_ranks_drop_order (DrillRanks *self)
{
  g_clear_pointer (&self->order, g_free);
}

void
drill_ranks_clear (DrillRanks *self)
{
  g_clear_pointer (&self->order, g_free);
  g_clear_pointer (&self->ranks, g_free);
  self->n = 0;
  self->n_ranks = 0;
}

gsize
drill_ranks_get_bytes (const DrillRanks *self)
{
  return (self->order != NULL ? 2 : 1) * sizeof (guint32) * (gsize) self->n;
}
