// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string.h>

#include "evidence/drill-decoder.h"
#include "evidence/drill-dictionary.h"
#include "evidence/drill-evidence-private.h"

G_BEGIN_DECLS

/* What the files of the builder share: its state, and how they name texts. */

#define DRILL_DEFAULT_OWNER "release-governance" /* contract section 4 */
#define DRILL_N_KNOWN_SLOS  4096                 /* minutes; nearly three days, and the rest is computed */

struct _DrillEvidenceBuilder
{
  DrillStore       store;
  DrillDictionary  dicts[DRILL_N_DICTS];
  DrillDecoder    *decoder;

  /* The page at hand */
  guint32          page;
  gsize            next_item;
  guint            n_new;
  guint32          package_item; /* of a saved audit package */
  guint32          first_item;   /* its items begin here */
  gboolean         shown;        /* a snapshot knows some of them already */

  /* What is known of all pages */
  DrillColumn      item_of_session; /* guint32 by DRILL_DICT_TEXT code: item + 1 */
  DrillColumn      plan_of_schedule; /* guint32 by DRILL_DICT_SCHEDULE code: newest plan + 1 */
  DrillColumn      plan_currents;   /* guint8 by plan */
  DrillColumn      item_of_provider; /* guint32 by DRILL_DICT_PROVIDER code: the last item that has it + 1 */
  GHashTable      *pairs;           /* schedule << 32 | provider → pair + 1 */
  DrillColumn      pair_acks;       /* guint32 by pair */
  GHashTable      *notes;           /* DrillRouteNote → its row + 1 */
  guint32          last_note;       /* its row + 1 */
  guint            n_problems;
  gint64           breach_after[DRILL_N_KNOWN_SLOS];

  /* The order of the last snapshot, to merge the news into */
  guint32         *order;
  guint            n_ordered;
};

static inline guint32
drill_builder_add_text (DrillEvidenceBuilder *self,
                        DrillDict             dict,
                        DrillSpan             span)
{
  return span.text != NULL ? drill_dictionary_add (&self->dicts[dict], span.text, span.length) : 0;
}

static inline guint32
drill_builder_add_string (DrillEvidenceBuilder *self,
                          DrillDict             dict,
                          const char           *text)
{
  return drill_dictionary_add (&self->dicts[dict], text, strlen (text));
}

static inline const char *
drill_builder_get_text (DrillEvidenceBuilder *self,
                        DrillDict             dict,
                        guint32               code)
{
  return drill_dictionary_get (&self->dicts[dict].texts, &self->dicts[dict].offsets, code);
}

static inline DrillSpan
drill_span_or (DrillSpan a,
               DrillSpan b)
{
  return a.text != NULL ? a : b;
}

static inline gboolean
drill_span_equal (DrillSpan   span,
                  const char *text)
{
  return span.text != NULL && span.length == strlen (text) && memcmp (span.text, text, span.length) == 0;
}

/* The element of a code in a column that grows with its dictionary */
static inline guint32 *
drill_builder_slot (DrillColumn *column,
                    guint32      i)
{
  if (i >= column->n)
    drill_column_append (column, i + 1 - column->n);

  return &drill_column_index (column, guint32, i);
}

guint32  drill_builder_add_pair    (DrillEvidenceBuilder   *self,
                                    guint32                 schedule,
                                    guint32                 provider);
gboolean drill_builder_is_newer    (DrillEvidenceBuilder   *self,
                                    guint32                 created,
                                    guint32                 item,
                                    guint32                 other_created,
                                    guint32                 other_item);
void     drill_builder_add_plan    (DrillEvidenceBuilder   *self,
                                    const DrillDecodedItem *decoded,
                                    guint32                 item);
void     drill_builder_add_row     (DrillEvidenceBuilder   *self,
                                    const DrillDecodedItem *decoded,
                                    guint32                 item);
void     drill_builder_add_ack     (DrillEvidenceBuilder   *self,
                                    const DrillDecodedItem *decoded,
                                    guint32                 item);
void     drill_builder_add_row_ack (DrillEvidenceBuilder   *self,
                                    const DrillDecodedItem *decoded,
                                    guint32                 item,
                                    guint32                 pair);
void     drill_builder_sort        (DrillEvidenceBuilder   *self);

GHashTable *drill_builder_new_notes (void);

G_END_DECLS
