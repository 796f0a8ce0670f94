// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-session.h"

G_BEGIN_DECLS

DrillActor        *drill_actor_new_from_json         (GBytes      *bytes,
                                                      GError     **error);
DrillServerCounts *drill_server_counts_new_from_json (GBytes      *bytes,
                                                      GError     **error);

G_END_DECLS
