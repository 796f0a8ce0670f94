// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-route-table-private.h"

#include "query/drill-fold.h"

#include <string.h>

/* Route ids are `gordroute-` and 16 hexadecimal digits (contract section 4). */
#define ID_PREFIX        "gordroute-"
#define ID_PREFIX_LENGTH (sizeof ID_PREFIX - 1)
#define N_DIGITS         16
#define EVERY_DIGIT      G_GUINT64_CONSTANT (0x1111111111111111)

/* So much of the prefix must be given for it to select all ids: else a search
 * for "out" or "road" would end in every route there is. */
#define LEAST_PREFIX     5

#define ROWS_PER_CHECK   4096 /* between looks at the cancellable */

static void
clear_ids (gpointer data)
{
  DrillRouteIds *ids = data;

  g_free (ids->digits);
  g_array_unref (ids->odd_rows);
  g_ptr_array_unref (ids->odd_texts);
}

void
drill_route_ids_unref (DrillRouteIds *ids)
{
  g_atomic_rc_box_release_full (ids, clear_ids);
}

DrillRouteIds *
drill_route_table_ref_ids (DrillRouteTable *self)
{
  DrillRouteIds *ids;

  g_mutex_lock (&self->ids_lock);
  ids = self->ids != NULL ? g_atomic_rc_box_acquire (self->ids) : NULL;
  g_mutex_unlock (&self->ids_lock);

  return ids;
}

static gboolean
read_digits (const char *text,
             gsize       length,
             guint64    *digits)
{
  *digits = 0;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isxdigit (text[i]) || g_ascii_isupper (text[i]))
        return FALSE;
      *digits = *digits << 4 | (guint64) g_ascii_xdigit_value (text[i]);
    }

  return TRUE;
}

static DrillRouteIds *
copy_ids (const DrillRouteIds *source,
          guint                n_rows)
{
  DrillRouteIds *ids = g_atomic_rc_box_new0 (DrillRouteIds);

  ids->digits = g_new (guint64, n_rows);
  ids->odd_rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  ids->odd_texts = g_ptr_array_new_with_free_func (g_free);
  if (source == NULL || source->n == 0)
    return ids;

  ids->n = source->n;
  memcpy (ids->digits, source->digits, sizeof (guint64) * source->n);
  g_array_append_vals (ids->odd_rows, source->odd_rows->data, source->odd_rows->len);
  for (guint i = 0; i < source->odd_texts->len; i++)
    g_ptr_array_add (ids->odd_texts, g_strdup (g_ptr_array_index (source->odd_texts, i)));

  return ids;
}

/**
 * drill_route_table_prepare_ids:
 * @self: a table
 * @cancellable: (nullable): stops it; what is done by then is kept
 *
 * Computes the route ids, so that they can be searched: about a microsecond
 * each, so to be called in a worker thread once a load has ended. Queries
 * meanwhile search all else and say so, see drill_route_result_get_ids_pending().
 *
 * Returns: whether all ids are there
 */
gboolean
drill_route_table_prepare_ids (DrillRouteTable *self,
                               GCancellable    *cancellable)
{
  DrillRouteIds *known = drill_route_table_ref_ids (self);
  DrillRouteIds *ids;
  gboolean complete;

  if (known != NULL && known->n == self->n_rows)
    {
      drill_route_ids_unref (known);
      return TRUE;
    }

  ids = copy_ids (known, self->n_rows);
  g_clear_pointer (&known, drill_route_ids_unref);
  for (; ids->n < self->n_rows; ids->n++)
    {
      g_autofree char *id = NULL;

      if (ids->n % ROWS_PER_CHECK == 0 && g_cancellable_is_cancelled (cancellable))
        break;

      id = drill_evidence_dup_route_id (self->evidence, ids->n);
      if (strlen (id) != ID_PREFIX_LENGTH + N_DIGITS ||
          !g_str_has_prefix (id, ID_PREFIX) ||
          !read_digits (id + ID_PREFIX_LENGTH, N_DIGITS, &ids->digits[ids->n]))
        {
          guint32 row = ids->n;

          ids->digits[row] = 0;
          g_array_append_val (ids->odd_rows, row);
          g_ptr_array_add (ids->odd_texts, drill_fold (id));
        }
    }
  complete = ids->n == self->n_rows;

  g_mutex_lock (&self->ids_lock);
  known = g_steal_pointer (&self->ids);
  self->ids = ids;
  g_mutex_unlock (&self->ids_lock);
  g_clear_pointer (&known, drill_route_ids_unref);

  return complete;
}

/* What of an id a text can be: digits anywhere in it, or digits that begin it */
typedef struct {
  guint    n_digits;
  guint64  digits[N_DIGITS]; /* each sixteen times */
  gboolean at_start;
  guint    n_skipped;        /* digits behind those that begin it */
  guint64  start;
} IdPattern;

static gboolean
read_pattern (IdPattern  *pattern,
              const char *needle)
{
  const char *dash = strrchr (needle, '-');
  gsize length = strlen (needle);

  if (length >= LEAST_PREFIX && g_str_has_prefix (ID_PREFIX, needle))
    {
      pattern->at_start = TRUE;
      pattern->n_skipped = N_DIGITS;
      return TRUE;
    }

  if (dash != NULL)
    {
      gsize n_prefix = dash + 1 - needle;
      gsize n_digits = length - n_prefix;

      pattern->at_start = TRUE;
      pattern->n_skipped = (guint) (N_DIGITS - n_digits);
      return n_digits > 0 && n_digits <= N_DIGITS && n_prefix <= ID_PREFIX_LENGTH &&
             strncmp (ID_PREFIX + ID_PREFIX_LENGTH - n_prefix, needle, n_prefix) == 0 &&
             read_digits (dash + 1, n_digits, &pattern->start);
    }

  if (length > N_DIGITS)
    return FALSE;

  pattern->n_digits = (guint) length;
  for (gsize i = 0; i < length; i++)
    {
      guint64 digit;

      if (!read_digits (needle + i, 1, &digit))
        return FALSE;
      pattern->digits[i] = digit * EVERY_DIGIT;
    }

  return TRUE;
}

/* A bit at the top of each digit that is zero */
static inline guint64
find_zero_digits (guint64 digits)
{
  const guint64 low = G_GUINT64_CONSTANT (0x7777777777777777);

  return ~(((digits & low) + low) | digits | low);
}

/* All sixteen places are compared at once: a bit for each digit that is the
 * first of the pattern, kept if the next digit is the second, and so on. */
static inline gboolean
is_match (const IdPattern *pattern,
          guint64          id)
{
  guint64 places;

  if (pattern->at_start)
    return pattern->n_skipped == N_DIGITS || id >> (4 * pattern->n_skipped) == pattern->start;

  places = find_zero_digits (id ^ pattern->digits[0]);
  for (guint i = 1; i < pattern->n_digits; i++)
    places &= find_zero_digits (id ^ pattern->digits[i]) << (4 * i);

  return places != 0;
}

static void
set_bit (guint64 *bits,
         guint32  row,
         gboolean value)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << (row % 64);

  bits[row / 64] = value ? bits[row / 64] | bit : bits[row / 64] & ~bit;
}

/* The rows whose id contains what is searched; %NULL if none can */
static guint64 *
find_ids (DrillRouteTable *self,
          const char      *needle,
          gboolean        *pending)
{
  IdPattern pattern = { 0, };
  gboolean possible = read_pattern (&pattern, needle);
  DrillRouteIds *ids = drill_route_table_ref_ids (self);
  guint64 *found = NULL;

  *pending = possible && (ids != NULL ? ids->n : 0) < self->n_rows;
  if (ids == NULL)
    return NULL;

  if (possible || ids->odd_rows->len > 0)
    found = g_new0 (guint64, self->n_rows / 64 + 1);
  if (possible)
    for (guint row = 0; row < ids->n; row++)
      found[row / 64] |= (guint64) is_match (&pattern, ids->digits[row]) << (row % 64);

  for (guint i = 0; i < ids->odd_rows->len; i++)
    set_bit (found, g_array_index (ids->odd_rows, guint32, i),
             strstr (g_ptr_array_index (ids->odd_texts, i), needle) != NULL);
  drill_route_ids_unref (ids);

  return found;
}

/* Sets %DRILL_MASK_FOUND for the texts that contain what is searched.
 * Returns: whether there are any */
gboolean
drill_route_search_mark (const DrillRouteSearch  *search,
                         const char             **folded,
                         guint                    n,
                         guint16                 *masks)
{
  gboolean found = FALSE;

  for (guint i = 0; i < n; i++)
    {
      if (strstr (folded[i], search->needle) != NULL)
        {
          masks[i] |= DRILL_MASK_FOUND;
          found = TRUE;
        }
    }

  return found;
}

/* The texts of a dictionary that contain what is searched; %NULL if none does */
static guint16 *
find_texts (DrillRouteSearch *search,
            DrillRouteTable  *self,
            DrillDict         dict)
{
  guint n = drill_evidence_get_dict_size (self->evidence, dict);
  g_autofree guint16 *masks = g_new0 (guint16, n);

  return drill_route_search_mark (search, self->folded[dict], n, masks) ? g_steal_pointer (&masks) : NULL;
}

/* Prepares a search; %NULL when there is nothing to search. */
DrillRouteSearch *
drill_route_search_new (DrillRouteTable *self,
                        const char      *text,
                        gboolean        *ids_pending)
{
  DrillRouteSearch *search;
  g_autofree char *stripped = g_strdup (text);

  *ids_pending = FALSE;
  if (stripped == NULL || *g_strstrip (stripped) == '\0')
    return NULL;

  search = g_new0 (DrillRouteSearch, 1);
  search->needle = drill_fold (stripped);
  search->reasons = find_texts (search, self, DRILL_DICT_REASON);
  search->references = find_texts (search, self, DRILL_DICT_REFERENCE);
  search->ids = find_ids (self, search->needle, ids_pending);

  return search;
}

void
drill_route_search_free (DrillRouteSearch *search)
{
  if (search == NULL)
    return;

  g_free (search->needle);
  g_free (search->reasons);
  g_free (search->references);
  g_free (search->ids);
  g_free (search);
}
