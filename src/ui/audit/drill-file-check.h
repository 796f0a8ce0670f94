// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/audit/drill-package-check.h"

G_BEGIN_DECLS

/**
 * DrillChecksum:
 * @DRILL_CHECKSUM_NONE: there is no `.sha256` beside the file
 * @DRILL_CHECKSUM_FITS: there is one, and it fits
 * @DRILL_CHECKSUM_DIFFERS: there is one, and it does not fit
 * @DRILL_CHECKSUM_UNREADABLE: there is one, but it says nothing about this file
 *
 * What the checksum file beside a file says.
 */
typedef enum {
  DRILL_CHECKSUM_NONE,
  DRILL_CHECKSUM_FITS,
  DRILL_CHECKSUM_DIFFERS,
  DRILL_CHECKSUM_UNREADABLE,
} DrillChecksum;

/**
 * DrillFileCheck:
 * @bytes: the whole file
 * @is_archive: whether it is a ZIP archive, as packages in parts are saved
 * @checksum: what the `.sha256` beside it says
 * @package: what is known of it as an audit package
 *
 * What is known of a file that was to be verified.
 */
typedef struct {
  GBytes            *bytes;
  gboolean           is_archive;
  DrillChecksum      checksum;
  DrillPackageCheck *package;
} DrillFileCheck;

void            drill_file_check_free       (DrillFileCheck       *check);
void            drill_file_check_async      (GFile                *file,
                                             DrillEvidence        *evidence,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
DrillFileCheck *drill_file_check_finish     (GFile                *file,
                                             GAsyncResult         *result,
                                             GError              **error);
void            drill_file_sniff_async      (GFile                *file,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean        drill_file_sniff_finish     (GFile                *file,
                                             GAsyncResult         *result,
                                             GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillFileCheck, drill_file_check_free)

G_END_DECLS
