// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

/**
 * DrillTestStore:
 *
 * What the double has on record: the JSON of items, newest first.
 */
typedef struct _DrillTestStore DrillTestStore;

DrillTestStore *drill_test_store_new           (void);
void            drill_test_store_free          (DrillTestStore *self);
void            drill_test_store_set           (DrillTestStore *self,
                                                GPtrArray      *items);
void            drill_test_store_add           (DrillTestStore *self,
                                                const char     *item);
void            drill_test_store_remove        (DrillTestStore *self);
gboolean        drill_test_store_load_file     (DrillTestStore *self,
                                                const char     *file,
                                                GError        **error);
gboolean        drill_test_store_record        (DrillTestStore *self,
                                                GBytes         *answer,
                                                GError        **error);
GPtrArray      *drill_test_store_get_items     (DrillTestStore *self);
DrillEvidence  *drill_test_store_dup_evidence  (DrillTestStore *self);
const char     *drill_test_store_get_dashboard (DrillTestStore *self);
guint           drill_test_store_count         (DrillTestStore *self,
                                                const char     *kind);
guint           drill_test_store_count_acks    (DrillTestStore *self,
                                                const char     *schedule_id,
                                                const char     *provider);
char           *drill_test_store_dup_acks      (DrillTestStore *self);

G_END_DECLS
