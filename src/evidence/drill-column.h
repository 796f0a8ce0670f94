// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * An append-only array that a builder and its snapshots share. The builder
 * appends behind what the snapshots know of and moves to a larger block when
 * one is full; a snapshot holds the block it was given, so what it reads never
 * moves or changes. Private to the room.
 */
typedef struct {
  gpointer data;
  gsize    n;
  gsize    capacity;
  gsize    element_size;
} DrillColumn;

void     drill_column_init   (DrillColumn       *self,
                              gsize              element_size);
void     drill_column_clear  (DrillColumn       *self);
void     drill_column_share  (const DrillColumn *self,
                              DrillColumn       *copy);
gpointer drill_column_append (DrillColumn       *self,
                              gsize              n);

/* For the innermost loop: one element that is a code */
static inline void
drill_column_append_code (DrillColumn *self,
                          guint32      code)
{
  if (G_LIKELY (self->n < self->capacity))
    ((guint32 *) self->data)[self->n++] = code;
  else
    *(guint32 *) drill_column_append (self, 1) = code;
}

#define drill_column_index(self, type, i) (((type *) (self)->data)[i])

G_END_DECLS
