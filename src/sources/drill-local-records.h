// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"
#include "evidence/drill-page.h"
#include "sources/drill-write.h"

G_BEGIN_DECLS

/**
 * DrillLocalRecords:
 *
 * A document and the items that were written after it was read: together they
 * are what a local source answers from. To be used by one thread at a time.
 */
typedef struct _DrillLocalRecords DrillLocalRecords;

DrillLocalRecords *drill_local_records_new          (void);
void               drill_local_records_free         (DrillLocalRecords *self);
gboolean           drill_local_records_has_page     (DrillLocalRecords *self);
void               drill_local_records_set_page     (DrillLocalRecords *self,
                                                     DrillPage         *page);
DrillPage         *drill_local_records_dup_page     (DrillLocalRecords *self,
                                                     DrillPage         *page);
gboolean           drill_local_records_check        (DrillLocalRecords *self,
                                                     DrillWriteKind     kind,
                                                     GError           **error);
DrillEvidence     *drill_local_records_dup_evidence (DrillLocalRecords *self,
                                                     GError           **error);
void               drill_local_records_add          (DrillLocalRecords *self,
                                                     DrillPage         *items);

G_END_DECLS
