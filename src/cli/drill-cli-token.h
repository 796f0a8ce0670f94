// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/drill-cli-options.h"
#include "session/drill-connection.h"

G_BEGIN_DECLS

char *drill_cli_token_read (const char             *path,
                            GError                **error);
int   drill_cli_token_find (const DrillCliOptions  *options,
                            DrillConnection        *connection,
                            char                  **token);
int   drill_cli_token_check (const char            *token);

G_END_DECLS
