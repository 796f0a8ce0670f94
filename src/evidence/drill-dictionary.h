// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-column.h"

G_BEGIN_DECLS

/*
 * Texts and their codes, for the builder. Code 0 is the empty text. The two
 * columns are what a snapshot shares: texts, NUL-terminated and one after the
 * other, and where each begins. Private to the room.
 */
typedef struct {
  DrillColumn texts;   /* char */
  DrillColumn offsets; /* guint32 into texts, one a code */
  guint32    *slots;   /* open addressing: code + 1, or 0 */
  guint32    *hashes;  /* of the text in the slot */
  gsize       n_slots; /* a power of two */
} DrillDictionary;

void    drill_dictionary_init  (DrillDictionary *self);
void    drill_dictionary_clear (DrillDictionary *self);
guint32 drill_dictionary_add   (DrillDictionary *self,
                                const char      *text,
                                gsize            length);

static inline const char *
drill_dictionary_get (const DrillColumn *texts,
                      const DrillColumn *offsets,
                      guint32            code)
{
  return &drill_column_index (texts, char, drill_column_index (offsets, guint32, code));
}

G_END_DECLS
