// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audit/drill-export.h"
#include "audit/drill-package-parts.h"

G_BEGIN_DECLS

/* Returns: (transfer full): "<sha256>  <name>\n", as `sha256sum -c` reads it, also for names with
 * backslashes and line breaks */
char     *drill_package_checksum_line  (GBytes                   *bytes,
                                        const char               *name);

/* The routes of a package as CSV for reviewers: a row for each, cells that cannot run (field notes);
 * @source: see drill_export_dup_source() */
gboolean  drill_package_write_csv      (GBytes                   *package,
                                        const char               *source,
                                        GOutputStream            *stream,
                                        GCancellable             *cancellable,
                                        GError                  **error);

/**
 * DrillPackageBundlePart:
 * @part: what it covers
 * @package: (nullable): the bytes of `audit_package`, or %NULL when it could not be had
 * @reason: (nullable): why not
 */
typedef struct {
  const DrillPackagePart *part;
  GBytes                 *package;
  const char             *reason;
} DrillPackageBundlePart;

/* A ZIP archive (libarchive): `index.json` says what covers what, what is missing and how complete it is;
 * one `.json` for each package and `SHA256SUMS`. On sample data the index says so. */
gboolean  drill_package_write_bundle   (const DrillPackageScope      *scope,
                                        const DrillPackageBundlePart *parts,
                                        guint                         n_parts,
                                        const DrillExportInfo        *info,
                                        GOutputStream                *stream,
                                        GCancellable                 *cancellable,
                                        GError                      **error);

G_END_DECLS
