// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence-builder.h"
#include "query/drill-route-table.h"

G_BEGIN_DECLS

/**
 * DrillDecodeJob:
 * @builder: (transfer none): what the page goes into; nobody else may use it meanwhile
 * @page: (nullable) (transfer none): the page to begin, or %NULL to go on with the one begun
 * @until: how far to read, bytes from the beginning of the page; %G_MAXSIZE for all, 0 for nothing
 * @publish_at: make a table when the builder knows at least so many items; 0 for always
 * @previous: (nullable) (transfer none): the table before it, of the same builder
 *
 * What a worker thread is to do.
 */
typedef struct {
  DrillEvidenceBuilder *builder;
  DrillPage            *page;
  gsize                 until;
  guint                 publish_at;
  DrillRouteTable      *previous;
} DrillDecodeJob;

/**
 * DrillDecoded:
 * @report: what the page has brought
 * @more: whether there is more of the page to read
 * @n_items: items that the builder knows now
 * @table: (nullable): the table, if one was due
 *
 * What it did.
 */
typedef struct {
  DrillPageReport  report;
  gboolean         more;
  guint            n_items;
  DrillRouteTable *table;
} DrillDecoded;

void          drill_decode_async  (const DrillDecodeJob *job,
                                   gpointer              source_object,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
DrillDecoded *drill_decode_finish (GAsyncResult         *result,
                                   GError              **error);
void          drill_decoded_free  (DrillDecoded         *decoded);
void          drill_discard       (DrillRouteTable      *table,
                                   DrillEvidenceBuilder *builder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillDecoded, drill_decoded_free)

G_END_DECLS
