// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-builder-private.h"

#include <stdlib.h>

/* The order of the history: contract section 2. */

typedef struct {
  guint64     prefix[3]; /* the first 24 bytes of created_at, in the order of their comparison */
  const char *created;
  const char *session_id;
  guint32     item;
} OrderKey;

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  const OrderKey *key_a = a, *key_b = b;
  int order;

  for (guint i = 0; i < G_N_ELEMENTS (key_a->prefix); i++)
    if (key_a->prefix[i] != key_b->prefix[i])
      return key_a->prefix[i] > key_b->prefix[i] ? -1 : 1;

  order = strcmp (key_b->created, key_a->created);
  if (order == 0)
    order = strcmp (key_a->session_id, key_b->session_id);
  if (order == 0)
    order = key_a->item < key_b->item ? -1 : 1;

  return order;
}

static void
make_order_key (DrillEvidenceBuilder *self,
                guint32               item,
                OrderKey             *key)
{
  const DrillItem *items = self->store.items.data;
  char prefix[sizeof key->prefix] = { 0, };

  key->item = item;
  key->created = drill_builder_get_text (self, DRILL_DICT_TEXT, items[item].created);
  key->session_id = drill_builder_get_text (self, DRILL_DICT_TEXT, items[item].session_id);
  memcpy (prefix, key->created, MIN (strlen (key->created), sizeof prefix));
  memcpy (key->prefix, prefix, sizeof prefix);
  for (guint i = 0; i < G_N_ELEMENTS (key->prefix); i++)
    key->prefix[i] = GUINT64_FROM_BE (key->prefix[i]);
}

/* Puts the items that are new since the last time into the order, newest first */
void
drill_builder_sort (DrillEvidenceBuilder *self)
{
  guint n_items = (guint) self->store.items.n;
  guint n_added = n_items - self->n_ordered;
  g_autofree OrderKey *added = NULL;
  guint32 *order;
  OrderKey key;
  guint i = 0, j = 0;

  if (n_added == 0)
    return;

  added = g_new (OrderKey, n_added);
  for (guint k = 0; k < n_added; k++)
    make_order_key (self, self->n_ordered + k, &added[k]);
  qsort (added, n_added, sizeof *added, compare_newest_first);

  order = g_new (guint32, n_items);
  if (self->n_ordered > 0)
    make_order_key (self, self->order[0], &key);
  for (guint k = 0; k < n_items; k++)
    {
      if (j < n_added && (i == self->n_ordered || compare_newest_first (&added[j], &key) < 0))
        {
          order[k] = added[j++].item;
        }
      else
        {
          order[k] = self->order[i++];
          if (i < self->n_ordered)
            make_order_key (self, self->order[i], &key);
        }
    }

  g_free (self->order);
  self->order = order;
  self->n_ordered = n_items;
}
