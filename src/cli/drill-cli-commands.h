// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/drill-cli-options.h"

G_BEGIN_DECLS

/* Each command reads its options from @arguments, the command line from its
 * name on, and returns a #DrillCliExit. */
int drill_cli_ack          (DrillCliOptions   *options,
                           char            ***arguments);
int drill_cli_bulk         (DrillCliOptions   *options,
                           char            ***arguments);
int drill_cli_dashboard    (DrillCliOptions   *options,
                           char            ***arguments);
int drill_cli_deliver      (DrillCliOptions   *options,
                           char            ***arguments);
int drill_cli_escalation   (DrillCliOptions   *options,
                           char            ***arguments);
int drill_cli_history      (DrillCliOptions   *options,
                           char            ***arguments);
int drill_cli_login        (DrillCliOptions   *options,
                           char            ***arguments);
int drill_cli_logout       (DrillCliOptions   *options,
                           char            ***arguments);
int drill_cli_package      (DrillCliOptions   *options,
                           char            ***arguments);
int drill_cli_routes       (DrillCliOptions   *options,
                           char            ***arguments);
int drill_cli_session      (DrillCliOptions   *options,
                           char            ***arguments);
int drill_cli_suppressions (DrillCliOptions   *options,
                           char            ***arguments);
int drill_cli_unfinished   (DrillCliOptions   *options,
                           char            ***arguments);
int drill_cli_verify       (DrillCliOptions   *options,
                           char            ***arguments);

G_END_DECLS
