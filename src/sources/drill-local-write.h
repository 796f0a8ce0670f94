// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audit/drill-package.h"
#include "evidence/drill-evidence.h"
#include "sources/drill-write.h"

G_BEGIN_DECLS

/* The marks of what was not made by a service */
#define DRILL_LOCAL_MARK_SAMPLE DRILL_PACKAGE_MARK_SAMPLE
#define DRILL_LOCAL_MARK_FILE   DRILL_PACKAGE_MARK_FILE

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
