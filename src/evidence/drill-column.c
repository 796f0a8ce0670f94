// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-column.h"

#include <string.h>

#define FIRST_CAPACITY 64 /* elements */

/* What grows is left to the allocator untouched: room that is not used yet
 * costs address space, not memory. */

void
drill_column_init (DrillColumn *self,
                   gsize        element_size)
{
  *self = (DrillColumn) { .element_size = element_size };
}

void
drill_column_clear (DrillColumn *self)
{
  g_clear_pointer (&self->data, g_atomic_rc_box_release);
  self->n = 0;
  self->capacity = 0;
}

void
drill_column_share (const DrillColumn *self,
                    DrillColumn       *copy)
{
  *copy = *self;
  if (copy->data != NULL)
    g_atomic_rc_box_acquire (copy->data);
}

/* Returns: n new elements, zeroed */
gpointer
drill_column_append (DrillColumn *self,
                     gsize        n)
{
  char *added;

  if (n == 0)
    return self->data;

  if (self->n + n > self->capacity)
    {
      gsize capacity = MAX (MAX (2 * self->capacity, self->n + n), FIRST_CAPACITY);
      gpointer data = g_atomic_rc_box_alloc (capacity * self->element_size);

      if (self->n > 0)
        memcpy (data, self->data, self->n * self->element_size);
      g_clear_pointer (&self->data, g_atomic_rc_box_release);
      self->data = data;
      self->capacity = capacity;
    }

  added = (char *) self->data + self->n * self->element_size;
  memset (added, 0, n * self->element_size);
  self->n += n;

  return added;
}
