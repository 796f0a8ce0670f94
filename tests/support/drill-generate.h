// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DrillGenerator:
 *
 * Makes a history of any size, the same one for the same seed: plans of ten
 * routes, their deliveries and acknowledgements, newest first, some 360 bytes a
 * route (contract sections 2 and 9). Plain text only, so that whoever measures
 * reading it does not measure making it.
 */
typedef struct _DrillGenerator DrillGenerator;

DrillGenerator *drill_generator_new    (guint           n_routes,
                                        guint32         seed,
                                        gint64          now_us);
void            drill_generator_free   (DrillGenerator *self);
gboolean        drill_generator_next   (DrillGenerator *self,
                                        GString        *item);

GPtrArray      *drill_generate_items   (guint           n_routes,
                                        guint32         seed,
                                        gint64          now_us);
GString        *drill_generate_history (guint           n_routes,
                                        guint32         seed,
                                        gint64          now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillGenerator, drill_generator_free)

G_END_DECLS
