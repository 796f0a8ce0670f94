// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* When the evidence of drill_history_random() is looked at, as text */
#define DRILL_HISTORY_NOW "2026-06-01T12:00:00+00:00"

GPtrArray *drill_history_random      (guint32    seed,
                                      guint      n_items);
GPtrArray *drill_history_shuffle     (GPtrArray *items,
                                      GRand     *random);
GPtrArray *drill_history_add_unknown (GPtrArray *items,
                                      GRand     *random);

G_END_DECLS
