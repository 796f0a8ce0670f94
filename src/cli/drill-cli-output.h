// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audit/drill-export.h"
#include "cli/drill-cli-options.h"

G_BEGIN_DECLS

/**
 * DrillCliFormats:
 * @append_json: appends it as JSON
 * @append_csv: appends it as CSV
 * @write_table: writes it as a table
 *
 * What a command prints, in each format that there is.
 */
typedef struct {
  void     (*append_json) (GString        *text,
                           gpointer        what);
  void     (*append_csv)  (GString        *text,
                           gpointer        what);
  gboolean (*write_table) (gpointer        what,
                           GOutputStream  *out,
                           GError        **error);
} DrillCliFormats;

GOutputStream *drill_cli_output_new         (void);
gboolean       drill_cli_output_is_terminal (void);
gboolean       drill_cli_output_write       (GOutputStream         *out,
                                             GString               *text,
                                             GError               **error);
int            drill_cli_output_finish      (GOutputStream         *out,
                                             int                    status,
                                             GError                *error);
int            drill_cli_print              (const DrillCliOptions *options,
                                             const DrillCliFormats *formats,
                                             gpointer               what,
                                             int                    status);
void           drill_cli_append_double      (GString               *text,
                                             double                 value);
void           drill_cli_note               (const DrillCliOptions *options,
                                             const char            *message);
void           drill_cli_complain           (const char            *message);
void           drill_cli_progress           (const char            *words);
int            drill_cli_usage              (GError                *error);
const char    *drill_cli_translate          (const char            *text);

G_END_DECLS
