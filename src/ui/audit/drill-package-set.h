// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audit/drill-package-files.h"
#include "session/drill-session.h"

G_BEGIN_DECLS

/**
 * DrillPackageSet:
 *
 * The audit packages that cover a scope, in hand: one, or parts of it. Knows what
 * it is to be called and how it is saved: a single package as the service's
 * bytes, parts in one archive, each with its checksum beside it.
 */
#define DRILL_TYPE_PACKAGE_SET (drill_package_set_get_type ())

G_DECLARE_FINAL_TYPE (DrillPackageSet, drill_package_set, DRILL, PACKAGE_SET, GObject)

/**
 * DrillSaved:
 * @checksum_line: (nullable): what is in the checksum file, or would be; %NULL for a table
 * @checksum_error: (nullable): why there is no checksum file
 *
 * What came of saving besides the file itself.
 */
typedef struct {
  char   *checksum_line;
  GError *checksum_error;
} DrillSaved;

DrillPackageSet *drill_package_set_new            (DrillSession             *session,
                                                   const DrillPackageScope  *scope);
void             drill_package_set_add            (DrillPackageSet          *self,
                                                   const DrillPackagePart   *part,
                                                   GBytes                   *package,
                                                   const char               *reason);
void             drill_package_set_replace        (DrillPackageSet          *self,
                                                   guint                     i,
                                                   GBytes                   *package,
                                                   const char               *reason);
guint            drill_package_set_get_n_parts    (DrillPackageSet          *self);
guint            drill_package_set_get_n_packages (DrillPackageSet          *self);
const DrillPackagePart *drill_package_set_get_part (DrillPackageSet         *self,
                                                   guint                     i);
GBytes          *drill_package_set_get_package    (DrillPackageSet          *self,
                                                   guint                     i);
const char      *drill_package_set_get_reason     (DrillPackageSet          *self,
                                                   guint                     i);
const DrillPackageScope *drill_package_set_get_scope (DrillPackageSet       *self);
gboolean         drill_package_set_can_be_asked   (DrillPackageSet          *self,
                                                   guint                     i);
gboolean         drill_package_set_is_bundle      (DrillPackageSet          *self);
gboolean         drill_package_set_is_sample      (DrillPackageSet          *self);
char            *drill_package_set_dup_file_name  (DrillPackageSet          *self,
                                                   const char               *audit_id,
                                                   gboolean                  table);

void             drill_package_set_save_async     (DrillPackageSet          *self,
                                                   GFile                    *file,
                                                   gboolean                  table,
                                                   GCancellable             *cancellable,
                                                   GAsyncReadyCallback       callback,
                                                   gpointer                  user_data);
gboolean         drill_package_set_save_finish    (DrillPackageSet          *self,
                                                   GAsyncResult             *result,
                                                   DrillSaved               *saved,
                                                   GError                  **error);
void             drill_saved_clear                (DrillSaved               *saved);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DrillSaved, drill_saved_clear)

G_END_DECLS
