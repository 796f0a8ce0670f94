// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/drill-cli-load.h"
#include "session/drill-ack-operation.h"

G_BEGIN_DECLS

/**
 * DrillCliWriter:
 * @load: the source and its evidence
 * @writer: the door by which writes leave
 * @actor: (nullable): who is recorded, when the service does not know it itself
 * @recorded: who will be recorded
 * @unfinished: (element-type DrillOperation): what was cut off earlier, checked by now
 * @journal: (nullable): where what it does is kept; %NULL for a simulation
 * @lock: (nullable): held as long as nobody else may write
 *
 * What a command that writes works with.
 */
typedef struct {
  DrillCliLoad      load;
  DrillWriter      *writer;
  char             *actor;
  char             *recorded;
  GPtrArray        *unfinished;
  DrillJournal     *journal;
  DrillJournalLock *lock;
} DrillCliWriter;

/**
 * DrillCliTally:
 * @n_recorded: recorded, or whatever counts as success
 * @n_skipped: nothing had to be done
 * @n_failed: refused, or known not to be recorded
 * @n_unknown: nobody knows
 * @n_not_sent: stopped before
 * @error: (nullable): why, when not everything went well
 *
 * How a command that writes has ended.
 */
typedef struct {
  guint         n_recorded;
  guint         n_skipped;
  guint         n_failed;
  guint         n_unknown;
  guint         n_not_sent;
  const GError *error;
} DrillCliTally;

void        drill_cli_writer_clear         (DrillCliWriter        *self);
int         drill_cli_writer_prepare       (DrillCliWriter        *self,
                                            const DrillCliOptions *options);
int         drill_cli_writer_open          (DrillCliWriter        *self,
                                            const DrillCliOptions *options);
gboolean    drill_cli_writer_is_simulation (DrillCliWriter        *self);
int         drill_cli_writer_check_acks    (DrillCliWriter        *self,
                                            DrillAckOperation     *operation);
void        drill_cli_writer_run           (DrillCliWriter        *self,
                                            const DrillCliOptions *options,
                                            DrillOperation        *operation);
void        drill_cli_writer_leave         (DrillCliWriter        *self,
                                            const DrillCliOptions *options,
                                            DrillOperation        *operation,
                                            const DrillCliTally   *tally,
                                            gboolean               keep);
int         drill_cli_writer_end           (DrillCliWriter        *self,
                                            const DrillCliTally   *tally);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DrillCliWriter, drill_cli_writer_clear)

G_END_DECLS
