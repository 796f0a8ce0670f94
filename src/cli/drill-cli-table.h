// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DrillCliTable:
 *
 * Rows of text in aligned columns. Cells are untrusted: they become one line
 * each, without control characters. On a terminal long cells are cut, elsewhere
 * never.
 */
typedef struct _DrillCliTable DrillCliTable;

DrillCliTable *drill_cli_table_new       (const char *const  *titles,
                                          guint               n_columns,
                                          gboolean            may_cut);
void           drill_cli_table_free      (DrillCliTable      *self);
void           drill_cli_table_add       (DrillCliTable      *self,
                                          const char         *cell);
void           drill_cli_table_add_right (DrillCliTable      *self,
                                          const char         *cell);
gboolean       drill_cli_table_write     (DrillCliTable      *self,
                                          GOutputStream      *out,
                                          GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillCliTable, drill_cli_table_free)

G_END_DECLS
