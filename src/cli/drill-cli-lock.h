// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/drill-cli-options.h"

G_BEGIN_DECLS

int drill_cli_lock_take (const DrillCliOptions  *options,
                         const char             *origin,
                         GError                **error);

G_END_DECLS
