// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-writer.h"

G_BEGIN_DECLS

/**
 * DrillOperationStatus:
 * @DRILL_OPERATION_READY: nothing was sent yet
 * @DRILL_OPERATION_QUEUED: under way, and nothing was sent yet: it waits for its turn, as long as another
 *   operation writes to the service, of this window, another one or drillctl
 * @DRILL_OPERATION_RUNNING: under way
 * @DRILL_OPERATION_WAITING: under way; the service asked to be left alone for a while
 * @DRILL_OPERATION_CHECKING: an answer was lost; the history is being read again
 * @DRILL_OPERATION_NEEDS_TOKEN: stopped by a 401: nothing is lost, run it again after signing in
 * @DRILL_OPERATION_STOPPED: stopped before its end: cancelled, or by an error; may be run again
 * @DRILL_OPERATION_DONE: nothing is left to send, and nothing unknown
 *
 * Where an operation is.
 */
typedef enum {
  DRILL_OPERATION_READY,
  DRILL_OPERATION_QUEUED,
  DRILL_OPERATION_RUNNING,
  DRILL_OPERATION_WAITING,
  DRILL_OPERATION_CHECKING,
  DRILL_OPERATION_NEEDS_TOKEN,
  DRILL_OPERATION_STOPPED,
  DRILL_OPERATION_DONE,
} DrillOperationStatus;

/**
 * DrillOutcome:
 * @DRILL_OUTCOME_PENDING: not sent
 * @DRILL_OUTCOME_SENT: sent, and no answer yet
 * @DRILL_OUTCOME_RECORDED: the service has recorded it
 * @DRILL_OUTCOME_SKIPPED: not sent, because it is so already
 * @DRILL_OUTCOME_FAILED: not recorded; the error says why; may be sent again
 * @DRILL_OUTCOME_UNKNOWN: sent, the answer was lost and the history could not be read: neither done nor failed.
 *   Never sent again before the history was read.
 *
 * What became of one thing that was to be recorded.
 */
typedef enum {
  DRILL_OUTCOME_PENDING,
  DRILL_OUTCOME_SENT,
  DRILL_OUTCOME_RECORDED,
  DRILL_OUTCOME_SKIPPED,
  DRILL_OUTCOME_FAILED,
  DRILL_OUTCOME_UNKNOWN,
  DRILL_N_OUTCOMES
} DrillOutcome;

const char           *drill_outcome_get_name        (DrillOutcome          outcome);

/**
 * DrillOperation:
 *
 * Something that the service is to record, with its journal entry: begun,
 * interrupted, checked, taken up again. Subclasses: #DrillAckOperation,
 * #DrillPackageOperation, #DrillDeliveryOperation.
 *
 * Properties (read-only, notified on the main context): `status`
 * (#DrillOperationStatus as int), `progress` (double, 0 to 1), `error` (GError,
 * nullable: why it stopped). Signals: `changed`: an outcome has changed;
 * `dropped`: drill_operation_drop() has taken effect.
 */
#define DRILL_TYPE_OPERATION (drill_operation_get_type ())

G_DECLARE_DERIVABLE_TYPE (DrillOperation, drill_operation, DRILL, OPERATION, GObject)

struct _DrillOperationClass
{
  GObjectClass parent_class;

  void     (*run_async)   (DrillOperation       *self,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data);
  gboolean (*run_finish)  (DrillOperation       *self,
                           GAsyncResult         *result,
                           GError              **error);
  /* Ended with run_finish */
  void     (*check_async) (DrillOperation       *self,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data);
};

/**
 * DrillOperationPauses:
 * @busy_ms: before what the service was too busy for is sent again, when it does not say; doubles each time
 * @max_busy_ms: the longest of those; a service that asks for more makes the operation stop
 * @n_busy: how often it is sent again before the operation stops
 * @settle_ms: between two readings of the history after an answer was lost: the service may still be at work on it
 *
 * How long an operation waits, ms.
 */
typedef struct {
  guint busy_ms;
  guint max_busy_ms;
  guint n_busy;
  guint settle_ms;
} DrillOperationPauses;

DrillWriter          *drill_operation_get_writer    (DrillOperation       *self);
DrillOperationStatus  drill_operation_get_status    (DrillOperation       *self);
double                drill_operation_get_progress  (DrillOperation       *self);
const GError         *drill_operation_get_error     (DrillOperation       *self);
gboolean              drill_operation_is_simulation (DrillOperation       *self);
/* Whether it was cut off in an earlier run of the program and found in the journal */
gboolean              drill_operation_is_recovered  (DrillOperation       *self);
/* When it was begun, µs UTC, or DRILL_TIME_UNKNOWN before it was */
gint64                drill_operation_get_begun_at  (DrillOperation       *self);
/* Whether it is queued, running or checking */
gboolean              drill_operation_is_active     (DrillOperation       *self);
void                  drill_operation_set_pauses    (DrillOperation             *self,
                                                     const DrillOperationPauses *pauses);

/**
 * drill_operation_run_async:
 * @cancellable: (nullable): ends it between two requests; what was sent is waited for
 *
 * Does what is left to do: waits for its turn, so that no two operations write to
 * a service at once (#DrillJournalLock), reads the history when others have written
 * since, checks what is unknown, then sends what is
 * pending. Ends, without an error, when it is done or stopped: see `status` and `error`.
 * An operation that is active already is left alone: %DRILL_ERROR_CONFLICT.
 */
void                  drill_operation_run_async     (DrillOperation       *self,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean              drill_operation_run_finish    (DrillOperation       *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

/**
 * drill_operation_check_async:
 *
 * Only finds out what is unknown; sends nothing. Ended with drill_operation_run_finish().
 */
void                  drill_operation_check_async   (DrillOperation       *self,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);

/**
 * drill_operation_drop:
 *
 * Gives up what was not sent, and forgets what is unknown: its journal entry goes away. Without
 * it, an operation that is not done stays in the journal and is found at the next start. One that
 * is active is cancelled, and dropped when it has ended: what is on its way is waited for.
 */
void                  drill_operation_drop          (DrillOperation       *self);

G_END_DECLS
