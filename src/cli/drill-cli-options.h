// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DrillCliExit:
 * @DRILL_CLI_DONE: done
 * @DRILL_CLI_NEGATIVE: a negative result: a package was altered, the service refused, a delivery failed, nothing was sent
 * @DRILL_CLI_USAGE: wrong usage, unreadable input, not a package
 * @DRILL_CLI_SERVICE: service unreachable, its reply broken, or not known what became of a request
 * @DRILL_CLI_NOT_AUTHORISED: not authorised
 * @DRILL_CLI_PARTIAL: partly done: not all there is could be loaded, or written
 *
 * The exit statuses of drillctl.
 */
typedef enum {
  DRILL_CLI_DONE,
  DRILL_CLI_NEGATIVE,
  DRILL_CLI_USAGE,
  DRILL_CLI_SERVICE,
  DRILL_CLI_NOT_AUTHORISED,
  DRILL_CLI_PARTIAL,
} DrillCliExit;

/**
 * DRILL_CLI_NO_LIMIT:
 *
 * What stands for a `--limit` that was not given.
 */
#define DRILL_CLI_NO_LIMIT G_MININT

/**
 * DrillCliFormat:
 * @DRILL_CLI_TABLE: aligned columns, for people
 * @DRILL_CLI_JSON: JSON
 * @DRILL_CLI_CSV: CSV (RFC 4180)
 */
typedef enum {
  DRILL_CLI_TABLE,
  DRILL_CLI_JSON,
  DRILL_CLI_CSV,
} DrillCliFormat;

/**
 * DrillCliOptions:
 * @server: (nullable): `--server`
 * @file: (nullable): `--file`
 * @sample: `--sample`
 * @ca_file: (nullable): `--ca-file`
 * @connection: (nullable): `--connection`
 * @actor: (nullable): `--actor`
 * @token_file: (nullable): `--token-file`
 * @format: `--format`
 * @quiet: `--quiet`
 * @now_us: `--now`, else the time of day, µs UTC
 *
 * The options of all commands, checked. May stand before or behind the command.
 */
typedef struct {
  char           *server;
  char           *connection;
  char           *actor;
  char           *file;
  gboolean        sample;
  char           *ca_file;
  char           *token_file;
  DrillCliFormat  format;
  gboolean        quiet;
  gint64          now_us;

  /* as given */
  char           *format_text;
  char           *now_text;
  gboolean        version;
} DrillCliOptions;

void     drill_cli_options_clear         (DrillCliOptions     *self);
gboolean drill_cli_options_parse_global  (DrillCliOptions     *self,
                                          const char          *description,
                                          char              ***arguments,
                                          GError             **error);
gboolean drill_cli_options_parse_command (DrillCliOptions     *self,
                                          const char          *command,
                                          const char          *summary,
                                          const GOptionEntry  *entries,
                                          char              ***arguments,
                                          GError             **error);
gboolean drill_cli_options_is_live       (const DrillCliOptions *self);
gboolean drill_cli_options_check_writing (const DrillCliOptions *self,
                                          GError             **error);
gboolean drill_cli_options_check_texts   (char *const          *values,
                                          GError             **error);
gboolean drill_cli_options_no_arguments  (char               **arguments,
                                          GError             **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DrillCliOptions, drill_cli_options_clear)

G_END_DECLS
