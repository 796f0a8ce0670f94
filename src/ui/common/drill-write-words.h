// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-session.h"

G_BEGIN_DECLS

/* What is said of whatever records something, be it an acknowledgement, a package or a delivery */
const char *drill_write_words_gate        (DrillGate     gate);
char       *drill_write_words_dup_failure (const GError *error);
char       *drill_write_words_dup_error   (const GError *error);

G_END_DECLS
