// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audit/drill-export.h"
#include "cli/drill-cli-options.h"

G_BEGIN_DECLS

GOutputStream *drill_cli_output_new         (void);
gboolean       drill_cli_output_is_terminal (void);
gboolean       drill_cli_output_write       (GOutputStream         *out,
                                             GString               *text,
                                             GError               **error);
int            drill_cli_output_finish      (GOutputStream         *out,
                                             int                    status,
                                             GError                *error);
void           drill_cli_append_double      (GString               *text,
                                             double                 value);
void           drill_cli_note               (const DrillCliOptions *options,
                                             const char            *message);
void           drill_cli_complain           (const char            *message);
void           drill_cli_progress           (const char            *words);
int            drill_cli_usage              (GError                *error);
const char    *drill_cli_translate          (const char            *text);

G_END_DECLS
