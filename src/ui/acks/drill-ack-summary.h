// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-ack-operation.h"

G_BEGIN_DECLS

/* What an operation is about, in words. @evidence is what was shown when its routes were chosen. */
GPtrArray *drill_ack_summary_get_facts     (DrillAckOperation *operation,
                                            DrillEvidence     *evidence,
                                            gint64             now_us);
char      *drill_ack_summary_dup_news      (DrillAckOperation *operation,
                                            DrillEvidence     *evidence);
char      *drill_ack_summary_dup_remarks   (DrillAckOperation *operation);
guint      drill_ack_summary_count_to_send (DrillAckOperation *operation);
guint      drill_ack_summary_count_routes  (DrillAckOperation *operation);

G_END_DECLS
