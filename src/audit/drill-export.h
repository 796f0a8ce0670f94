// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audit/drill-route-record.h"
#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

/**
 * DrillExportInfo:
 * @source: where the evidence is from: URL without credentials, file name, or "sample data"
 * @is_sample: whether it is the bundled sample: the export then says so
 * @read_only: whether it was made in auditor mode, from a connection that only reads: the export then says so
 * @complete: whether all that the source has was loaded
 * @loaded_at_us: when it was loaded, µs UTC
 * @exported_at_us: now, µs UTC
 * @actor: (nullable): who exports
 * @version: program version
 * @filters: (nullable): the filters in words, as shown
 * @n_population: rows there are
 * @n_matched: rows the filters match
 *
 * What an auditor needs to know of an export besides its rows. All texts are
 * borrowed. CSV has no place for it: there each row names its source,
 * see drill_export_dup_source().
 */
typedef struct {
  const char *source;
  gboolean    is_sample;
  gboolean    read_only;
  gboolean    complete;
  gint64      loaded_at_us;
  gint64      exported_at_us;
  const char *actor;
  const char *version;
  const char *filters;
  guint       n_population;
  guint       n_matched;
} DrillExportInfo;

char    *drill_export_dup_source   (const DrillExportInfo  *info);
gboolean drill_export_routes_json  (DrillEvidence          *evidence,
                                    const guint32          *rows,
                                    guint                   n_rows,
                                    gint64                  now_us,
                                    const DrillExportInfo  *info,
                                    GOutputStream          *stream,
                                    GCancellable           *cancellable,
                                    GError                **error);
gboolean drill_export_routes_csv   (DrillEvidence          *evidence,
                                    const guint32          *rows,
                                    guint                   n_rows,
                                    gint64                  now_us,
                                    const DrillExportInfo  *info,
                                    GOutputStream          *stream,
                                    GCancellable           *cancellable,
                                    GError                **error);
gboolean drill_export_items_json   (DrillEvidence          *evidence,
                                    const guint32          *items,
                                    guint                   n_items,
                                    const DrillExportInfo  *info,
                                    GOutputStream          *stream,
                                    GCancellable           *cancellable,
                                    GError                **error);
gboolean drill_export_items_csv    (DrillEvidence          *evidence,
                                    const guint32          *items,
                                    guint                   n_items,
                                    const DrillExportInfo  *info,
                                    GOutputStream          *stream,
                                    GCancellable           *cancellable,
                                    GError                **error);

G_END_DECLS
