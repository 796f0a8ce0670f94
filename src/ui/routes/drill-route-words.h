// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

char *drill_route_words_dup_sentence (DrillEvidence *evidence,
                                      guint32        row,
                                      gint64         now_us);

G_END_DECLS
