// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "drill-test-answers.h"
#include "drill-test-store.h"
#include "sources/drill-write.h"

G_BEGIN_DECLS

/**
 * DrillTestWrites:
 *
 * What the double records when it is asked to (contract sections 6 and 7).
 */
typedef struct _DrillTestWrites DrillTestWrites;

DrillTestWrites *drill_test_writes_new            (DrillTestStore     *store);
void             drill_test_writes_free           (DrillTestWrites    *self);
void             drill_test_writes_set_time       (DrillTestWrites    *self,
                                                   gint64              now_us);
void             drill_test_writes_set_connectors (DrillTestWrites    *self,
                                                   const char *const  *connectors);
void             drill_test_writes_fail_connector (DrillTestWrites    *self,
                                                   const char         *connector,
                                                   guint               status);
gboolean         drill_test_writes_find           (const char         *path,
                                                   DrillWriteKind     *kind,
                                                   char              **schedule_id);
gboolean         drill_test_writes_check          (DrillWriteKind      kind,
                                                   GBytes             *body,
                                                   DrillTestReply     *reply);
void             drill_test_writes_do             (DrillTestWrites    *self,
                                                   DrillWriteKind      kind,
                                                   const char         *schedule_id,
                                                   GBytes             *body,
                                                   guint               max_routes,
                                                   const char         *actor,
                                                   DrillTestReply     *reply);

G_END_DECLS
