// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DRILL_PAGE_PADDING:
 *
 * Readable bytes behind the text of a page; the decoder reads in steps of this size.
 */
#define DRILL_PAGE_PADDING 64

/**
 * DrillPage:
 *
 * One document as it came from a service or a file: its bytes, unchanged,
 * reference-counted, immutable. Items of a #DrillEvidence are spans of pages.
 */
typedef struct _DrillPage DrillPage;

#define DRILL_TYPE_PAGE (drill_page_get_type ())

GType       drill_page_get_type   (void);
DrillPage  *drill_page_new        (gconstpointer  data,
                                   gsize          length);
DrillPage  *drill_page_new_take   (GByteArray    *array);
DrillPage  *drill_page_ref        (DrillPage     *self);
void        drill_page_unref      (DrillPage     *self);
const char *drill_page_get_data   (DrillPage     *self,
                                   gsize         *length);
GBytes     *drill_page_get_bytes  (DrillPage     *self,
                                   gsize          offset,
                                   gsize          length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillPage, drill_page_unref)

G_END_DECLS
