// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

/**
 * DrillSelection:
 *
 * Which routes are selected, kept outside of any list: it does not depend on
 * what is filtered or how it is sorted. Routes are known by their row, which
 * stays theirs in later snapshots of one builder, and in another builder's by
 * what their route id is made of (contract section 4).
 *
 * Signals:
 * - `changed`: other routes are selected, or the same are other rows now
 */
#define DRILL_TYPE_SELECTION (drill_selection_get_type ())

G_DECLARE_FINAL_TYPE (DrillSelection, drill_selection, DRILL, SELECTION, GObject)

DrillSelection *drill_selection_new      (void);
guint           drill_selection_get_n    (DrillSelection     *self);
gboolean        drill_selection_contains (DrillSelection     *self,
                                          guint32             row);
void            drill_selection_add      (DrillSelection     *self,
                                          guint32             row);
void            drill_selection_add_rows (DrillSelection     *self,
                                          const guint32      *rows,
                                          guint               n_rows);
void            drill_selection_remove   (DrillSelection     *self,
                                          guint32             row);
void            drill_selection_remove_rows (DrillSelection  *self,
                                          const guint32      *rows,
                                          guint               n_rows);
void            drill_selection_set_rows (DrillSelection     *self,
                                          const guint32      *rows,
                                          guint               n_rows);
void            drill_selection_clear    (DrillSelection     *self);
GArray         *drill_selection_dup_rows (DrillSelection     *self);
void            drill_selection_move_to  (DrillSelection     *self,
                                          DrillEvidence      *old_evidence,
                                          DrillEvidence      *new_evidence);

G_END_DECLS
