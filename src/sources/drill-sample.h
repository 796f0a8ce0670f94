// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-page.h"

G_BEGIN_DECLS

DrillPage *drill_sample_make_page (GBytes  *template,
                                   gint64   now_us,
                                   GError **error);

G_END_DECLS
