// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *drill_test_answer_history   (GPtrArray  *items,
                                   GHashTable *query,
                                   guint       max_limit);
char *drill_test_answer_dashboard (GPtrArray  *items);
char *drill_test_answer_session   (gboolean    auth_required,
                                   const char *actor);

G_END_DECLS
