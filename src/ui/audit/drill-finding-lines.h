// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GPtrArray *drill_finding_lines (GPtrArray    *findings,
                                const GError *error);

G_END_DECLS
