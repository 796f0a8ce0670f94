// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"
#include "sources/drill-write.h"

G_BEGIN_DECLS

/**
 * DRILL_LOCAL_MARK_SAMPLE:
 *
 * A control of packages that were made of the bundled sample, and of their
 * deliveries; %DRILL_LOCAL_MARK_FILE of those that this program made of an
 * opened file. A service never writes either.
 */
#define DRILL_LOCAL_MARK_SAMPLE "sample-data-not-evidence"
#define DRILL_LOCAL_MARK_FILE   "made-from-a-file-not-by-the-service"

GBytes *drill_local_write_answer        (DrillEvidence      *evidence,
                                         DrillWriteKind      kind,
                                         const char         *schedule_id,
                                         GBytes             *body,
                                         const char         *actor,
                                         const char *const  *connectors,
                                         gint64              now_us,
                                         GError            **error);
GBytes *drill_local_write_answer_marked (DrillEvidence      *evidence,
                                         DrillWriteKind      kind,
                                         const char         *schedule_id,
                                         GBytes             *body,
                                         const char         *actor,
                                         const char *const  *connectors,
                                         const char         *mark,
                                         gint64              now_us,
                                         GError            **error);

G_END_DECLS
