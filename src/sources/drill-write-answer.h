// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-page.h"

G_BEGIN_DECLS

DrillPage *drill_write_answer_dup_items (GBytes      *answer,
                                         GError     **error);

G_END_DECLS
