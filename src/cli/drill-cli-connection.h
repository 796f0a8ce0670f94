// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/drill-cli-options.h"
#include "session/drill-connections.h"

G_BEGIN_DECLS

DrillConnection *drill_cli_connection_find (const DrillCliOptions  *options,
                                            GError                **error);

G_END_DECLS
