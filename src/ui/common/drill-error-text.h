// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/drill-error.h"

G_BEGIN_DECLS

const char *drill_error_text_what    (const GError *error);
const char *drill_error_text_advice  (const GError *error);
char       *drill_error_text_dup     (const GError *error);

G_END_DECLS
