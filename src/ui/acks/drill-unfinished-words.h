// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-operation.h"

G_BEGIN_DECLS

/* An operation that was cut off: what it was, and what is known of it */
char    *drill_unfinished_words_dup_text    (DrillOperation *operation);
gboolean drill_unfinished_words_has_unknown (DrillOperation *operation);

G_END_DECLS
