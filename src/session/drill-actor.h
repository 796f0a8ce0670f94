// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-session.h"

G_BEGIN_DECLS

DrillActor        *drill_actor_new_from_json         (GBytes      *bytes,
                                                      GError     **error);
void               drill_actor_free                  (DrillActor  *self);
DrillServerCounts *drill_server_counts_new_from_json (GBytes      *bytes,
                                                      GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillActor, drill_actor_free)

G_END_DECLS
