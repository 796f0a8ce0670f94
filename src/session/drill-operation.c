// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-operation.h"

#include "base/drill-time.h"
#include "session/drill-operation-private.h"

static const DrillOperationPauses default_pauses = {
  .busy_ms = 2 * 1000,
  .max_busy_ms = 2 * 60 * 1000,
  .n_busy = 5,
  .settle_ms = 2 * 1000,
};

static const char *const outcome_names[] = {
  [DRILL_OUTCOME_PENDING] = "pending",
  [DRILL_OUTCOME_SENT] = "sent",
  [DRILL_OUTCOME_RECORDED] = "recorded",
  [DRILL_OUTCOME_SKIPPED] = "skipped",
  [DRILL_OUTCOME_FAILED] = "failed",
  [DRILL_OUTCOME_UNKNOWN] = "unknown",
};

G_STATIC_ASSERT (G_N_ELEMENTS (outcome_names) == DRILL_N_OUTCOMES);

typedef struct {
  DrillWriter *writer;
  DrillJournalEntry *entry;
  DrillOperationPauses pauses;
  DrillOperationStatus status;
  double progress;
  GError *error;
  gint64 begun_at;
  gboolean begun; /* a simulation has no journal entry that would tell */
  gboolean recovered;
  gboolean active;
  gboolean dropping; /* as soon as it has ended */
  DrillJournalLock *lock; /* (nullable): while it runs */
  GCancellable *cancellable;
} DrillOperationPrivate;

enum {
  PROP_0,
  PROP_STATUS,
  PROP_PROGRESS,
  PROP_ERROR,
  N_PROPS
};

enum {
  CHANGED,
  DROPPED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DrillOperation, drill_operation, G_TYPE_OBJECT)

static DrillOperationPrivate *
get_private (DrillOperation *self)
{
  return drill_operation_get_instance_private (self);
}

static void
take_error (DrillOperation *self,
            GError         *error) /* transfer full */
{
  DrillOperationPrivate *priv = get_private (self);

  if (priv->error == NULL && error == NULL)
    return;

  g_clear_error (&priv->error);
  priv->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

/* A file that cannot be removed is found at the next start, checked, and said to be done */
static void
close_entry (DrillOperation *self)
{
  DrillOperationPrivate *priv = get_private (self);
  g_autoptr(GError) error = NULL;

  priv->begun = FALSE;
  if (priv->entry == NULL)
    return;

  if (!drill_journal_entry_close (priv->entry, &error))
    g_info ("the journal keeps an operation that has ended: %s", error->message);
  g_clear_object (&priv->entry);
}

static void
drop_now (DrillOperation *self)
{
  get_private (self)->dropping = FALSE;
  close_entry (self);
  g_signal_emit (self, signals[DROPPED], 0);
}

static void
drill_operation_get_property (GObject    *object,
                              guint       property,
                              GValue     *value,
                              GParamSpec *pspec)
{
  DrillOperationPrivate *priv = get_private (DRILL_OPERATION (object));

  switch (property)
    {
    case PROP_STATUS:
      g_value_set_int (value, (int) priv->status);
      break;

    case PROP_PROGRESS:
      g_value_set_double (value, priv->progress);
      break;

    case PROP_ERROR:
      g_value_set_boxed (value, priv->error);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
drill_operation_finalize (GObject *object)
{
  DrillOperationPrivate *priv = get_private (DRILL_OPERATION (object));

  g_clear_object (&priv->writer);
  g_clear_object (&priv->entry);
  g_clear_object (&priv->cancellable);
  g_clear_object (&priv->lock);
  g_clear_error (&priv->error);

  G_OBJECT_CLASS (drill_operation_parent_class)->finalize (object);
}

static void
drill_operation_class_init (DrillOperationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = drill_operation_get_property;
  object_class->finalize = drill_operation_finalize;

  props[PROP_STATUS] = g_param_spec_int ("status", NULL, NULL, DRILL_OPERATION_READY, DRILL_OPERATION_DONE,
                                         DRILL_OPERATION_READY, flags);
  props[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0.0, 1.0, 0.0, flags);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);

  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * DrillOperation::changed:
   *
   * An outcome has changed.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  /**
   * DrillOperation::dropped:
   *
   * Nobody will take it up any more.
   */
  signals[DROPPED] = g_signal_new ("dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
drill_operation_init (DrillOperation *self)
{
  DrillOperationPrivate *priv = get_private (self);

  priv->pauses = default_pauses;
  priv->begun_at = DRILL_TIME_UNKNOWN;
}

/* For the kinds of operations */

void
drill_operation_set_up (DrillOperation    *self,
                        DrillWriter       *writer,
                        DrillJournalEntry *entry)
{
  DrillOperationPrivate *priv = get_private (self);

  g_return_if_fail (priv->writer == NULL);

  priv->writer = g_object_ref (writer);
  if (entry != NULL)
    {
      priv->entry = g_object_ref (entry);
      priv->begun_at = drill_journal_entry_get_begun_at (entry);
      priv->begun = TRUE;
      priv->recovered = TRUE;
      priv->status = DRILL_OPERATION_STOPPED;
    }
}

gboolean
drill_operation_has_begun (DrillOperation *self)
{
  return get_private (self)->begun;
}

gboolean
drill_operation_begin (DrillOperation  *self,
                       GVariant        *operation,
                       GError         **error)
{
  DrillOperationPrivate *priv = get_private (self);
  g_autoptr(GVariant) kept = g_variant_ref_sink (operation);
  DrillJournal *journal;

  if (priv->begun)
    return TRUE;

  if (drill_writer_is_simulation (priv->writer))
    {
      priv->begun_at = drill_clock_now (drill_writer_get_clock (priv->writer));
      priv->begun = TRUE;
      return TRUE;
    }

  journal = drill_writer_get_journal (priv->writer);
  if (journal == NULL)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_IO, "there is no journal");
      return FALSE;
    }

  priv->entry = drill_journal_begin (journal, drill_writer_get_origin (priv->writer), kept, error);
  if (priv->entry == NULL)
    return FALSE;

  priv->begun_at = drill_journal_entry_get_begun_at (priv->entry);
  priv->begun = TRUE;

  return TRUE;
}

gboolean
drill_operation_append (DrillOperation  *self,
                        GVariant        *step,
                        GError         **error)
{
  DrillOperationPrivate *priv = get_private (self);
  g_autoptr(GVariant) kept = g_variant_ref_sink (step);

  return priv->entry == NULL || drill_journal_entry_append (priv->entry, kept, error);
}

void
drill_operation_set_status (DrillOperation       *self,
                            DrillOperationStatus  status)
{
  DrillOperationPrivate *priv = get_private (self);

  take_error (self, NULL);
  if (priv->status == status)
    return;

  priv->status = status;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATUS]);
}

void
drill_operation_end (DrillOperation       *self,
                     DrillOperationStatus  status,
                     GError               *error)
{
  if (status == DRILL_OPERATION_STOPPED && g_error_matches (error, DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED))
    status = DRILL_OPERATION_NEEDS_TOKEN;

  g_object_freeze_notify (G_OBJECT (self));
  drill_operation_set_status (self, status);
  take_error (self, error);
  if (status == DRILL_OPERATION_DONE)
    {
      drill_operation_set_progress (self, 1.0);
      close_entry (self);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
drill_operation_set_progress (DrillOperation *self,
                              double          progress)
{
  DrillOperationPrivate *priv = get_private (self);

  progress = CLAMP (progress, 0.0, 1.0);
  if (ABS (priv->progress - progress) < 1e-9)
    return;

  priv->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROGRESS]);
}

void
drill_operation_changed (DrillOperation *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

const DrillOperationPauses *
drill_operation_get_pauses (DrillOperation *self)
{
  return &get_private (self)->pauses;
}

/**
 * drill_outcome_get_name:
 * @outcome: an outcome
 *
 * Returns: what it is called in exports, JSON and CSV: never translated. What was sent and not answered is
 *   "unknown" there; what was not sent is "not_sent".
 */
const char *
drill_outcome_get_name (DrillOutcome outcome)
{
  switch (outcome)
    {
    case DRILL_OUTCOME_RECORDED:
    case DRILL_OUTCOME_SKIPPED:
    case DRILL_OUTCOME_FAILED:
      return outcome_names[outcome];
    case DRILL_OUTCOME_SENT:
    case DRILL_OUTCOME_UNKNOWN:
      return outcome_names[DRILL_OUTCOME_UNKNOWN];
    case DRILL_OUTCOME_PENDING:
    case DRILL_N_OUTCOMES:
    default:
      return "not_sent";
    }
}

const char *
drill_outcome_to_text (DrillOutcome outcome)
{
  g_return_val_if_fail (outcome < DRILL_N_OUTCOMES, "");

  return outcome_names[outcome];
}

DrillOutcome
drill_outcome_from_text (const char *text)
{
  for (guint i = 0; i < DRILL_N_OUTCOMES; i++)
    if (g_strcmp0 (text, outcome_names[i]) == 0)
      return (DrillOutcome) i;

  return DRILL_N_OUTCOMES;
}

/* For everybody */

DrillWriter *
drill_operation_get_writer (DrillOperation *self)
{
  g_return_val_if_fail (DRILL_IS_OPERATION (self), NULL);

  return get_private (self)->writer;
}

DrillOperationStatus
drill_operation_get_status (DrillOperation *self)
{
  g_return_val_if_fail (DRILL_IS_OPERATION (self), DRILL_OPERATION_READY);

  return get_private (self)->status;
}

double
drill_operation_get_progress (DrillOperation *self)
{
  g_return_val_if_fail (DRILL_IS_OPERATION (self), 0.0);

  return get_private (self)->progress;
}

const GError *
drill_operation_get_error (DrillOperation *self)
{
  g_return_val_if_fail (DRILL_IS_OPERATION (self), NULL);

  return get_private (self)->error;
}

gboolean
drill_operation_is_simulation (DrillOperation *self)
{
  g_return_val_if_fail (DRILL_IS_OPERATION (self), FALSE);

  return drill_writer_is_simulation (get_private (self)->writer);
}

gboolean
drill_operation_is_recovered (DrillOperation *self)
{
  g_return_val_if_fail (DRILL_IS_OPERATION (self), FALSE);

  return get_private (self)->recovered;
}

gint64
drill_operation_get_begun_at (DrillOperation *self)
{
  g_return_val_if_fail (DRILL_IS_OPERATION (self), DRILL_TIME_UNKNOWN);

  return get_private (self)->begun_at;
}

gboolean
drill_operation_is_active (DrillOperation *self)
{
  g_return_val_if_fail (DRILL_IS_OPERATION (self), FALSE);

  return get_private (self)->active;
}

void
drill_operation_set_pauses (DrillOperation             *self,
                            const DrillOperationPauses *pauses)
{
  g_return_if_fail (DRILL_IS_OPERATION (self));

  get_private (self)->pauses = *pauses;
}

/* One run or check */
typedef struct {
  gulong cancelled_id;
  gulong closed_id;
} Run;

static void
run_over (GTask *task)
{
  DrillOperation *self = g_task_get_source_object (task);
  DrillOperationPrivate *priv = get_private (self);
  Run *run = g_task_get_task_data (task);

  g_cancellable_disconnect (g_task_get_cancellable (task), run->cancelled_id);
  g_cancellable_disconnect (drill_writer_get_cancellable (priv->writer), run->closed_id);
  g_clear_object (&priv->cancellable);
  g_clear_object (&priv->lock);
  priv->active = FALSE;
  if (priv->dropping)
    drop_now (self);
}

static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DrillOperation *self = DRILL_OPERATION (object);
  GError *error = NULL;
  gboolean ended = DRILL_OPERATION_GET_CLASS (self)->run_finish (self, result, &error);

  run_over (task);
  if (ended)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
cancel_cb (GCancellable *cancellable,
           gpointer      data)
{
  g_cancellable_cancel (data);
}

/* Returns: (transfer full) (nullable): for a run that has begun; NULL when there is one already */
static GTask *
run_new (DrillOperation      *self,
         gpointer             tag,
         GCancellable        *cancellable,
         GAsyncReadyCallback  callback,
         gpointer             user_data)
{
  DrillOperationPrivate *priv = get_private (self);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  g_task_set_source_tag (task, tag);
  /* How it ended is in its status */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, run, g_free);

  if (priv->active)
    {
      g_task_return_new_error (task, DRILL_ERROR, DRILL_ERROR_CONFLICT, "the operation is under way already");
      return NULL;
    }

  priv->active = TRUE;
  priv->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    run->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancel_cb),
                                               g_object_ref (priv->cancellable), g_object_unref);
  run->closed_id = g_cancellable_connect (drill_writer_get_cancellable (priv->writer), G_CALLBACK (cancel_cb),
                                          g_object_ref (priv->cancellable), g_object_unref);

  return g_steal_pointer (&task);
}

static void
refused_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;

  run_over (task);
  g_task_return_boolean (task, TRUE);
}

/* Nothing was sent. @error: (transfer full): why */
static void
refuse (GTask  *task, /* transfer full */
        GError *error)
{
  DrillOperation *self = g_task_get_source_object (task);
  g_autoptr(GTask) refused = NULL;

  drill_operation_end (self, DRILL_OPERATION_STOPPED, error);
  /* Never before run_async() has returned */
  refused = g_task_new (self, NULL, refused_cb, task);
  g_task_set_source_tag (refused, refuse);
  g_task_return_boolean (refused, TRUE);
}

/* With the lock, and all that is known */
static void
run_signed (GTask *task) /* transfer full */
{
  DrillOperation *self = g_task_get_source_object (task);
  DrillOperationPrivate *priv = get_private (self);
  GError *error = NULL;

  if (drill_journal_lock_sign (priv->lock, drill_writer_get_id (priv->writer), &error))
    DRILL_OPERATION_GET_CLASS (self)->run_async (self, priv->cancellable, ended_cb, task);
  else
    refuse (task, error);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr(GError) error = NULL;

  /* A history that is never at rest is known well enough to begin with */
  if (drill_writer_reread_finish (DRILL_WRITER (object), result, &error) ||
      g_error_matches (error, DRILL_ERROR, DRILL_ERROR_CONFLICT))
    run_signed (task);
  else
    refuse (task, g_steal_pointer (&error));
}

/* @lock: (transfer full) (nullable): with which it may run; @error: (transfer full) (nullable): why there is none */
static void
run_locked (GTask            *task, /* transfer full */
            DrillJournalLock *lock,
            GError           *error)
{
  DrillOperation *self = g_task_get_source_object (task);
  DrillOperationPrivate *priv = get_private (self);

  priv->lock = lock;
  if (lock == NULL)
    {
      refuse (task, error);
    }
  else if (drill_journal_lock_is_signed (lock, drill_writer_get_id (priv->writer)))
    {
      run_signed (task);
    }
  else if (!drill_writer_check (priv->writer, &error))
    {
      refuse (task, error);
    }
  else
    {
      /* Others have written since. What they have recorded may be all there is to do,
       * and is not to be taken for what this operation does. */
      drill_operation_set_status (self, DRILL_OPERATION_RUNNING);
      drill_writer_reread_async (priv->writer, priv->cancellable, looked_cb, task);
    }
}

static void
locked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GError *error = NULL;
  DrillJournalLock *lock = drill_journal_lock_wait_finish (DRILL_JOURNAL (object), result, &error);

  run_locked (user_data, lock, error);
}

/* Whether it must not write at the same time as others: not what goes nowhere, or is refused anyhow */
static gboolean
needs_lock (DrillOperation *self)
{
  DrillWriter *writer = get_private (self)->writer;

  return !drill_writer_is_simulation (writer) && !drill_writer_has_lock (writer) &&
         !drill_writer_get_read_only (writer) && drill_writer_get_journal (writer) != NULL;
}

void
drill_operation_run_async (DrillOperation      *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  DrillOperationPrivate *priv;
  DrillJournal *journal;
  DrillJournalLock *lock;
  const char *origin;
  GError *error = NULL;
  GTask *task;

  g_return_if_fail (DRILL_IS_OPERATION (self));

  priv = get_private (self);
  task = run_new (self, drill_operation_run_async, cancellable, callback, user_data);
  if (task == NULL)
    return;

  if (!needs_lock (self))
    {
      DRILL_OPERATION_GET_CLASS (self)->run_async (self, priv->cancellable, ended_cb, task);
      return;
    }

  journal = drill_writer_get_journal (priv->writer);
  origin = drill_writer_get_origin (priv->writer);
  lock = drill_journal_lock_try (journal, origin, &error);
  if (lock != NULL || error != NULL)
    {
      run_locked (task, lock, error);
      return;
    }

  drill_operation_set_status (self, DRILL_OPERATION_QUEUED);
  drill_journal_lock_wait_async (journal, origin, priv->cancellable, locked_cb, task);
}

gboolean
drill_operation_run_finish (DrillOperation  *self,
                            GAsyncResult    *result,
                            GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
drill_operation_check_async (DrillOperation      *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DRILL_IS_OPERATION (self));

  /* It sends nothing, and so waits for nobody */
  task = run_new (self, drill_operation_check_async, cancellable, callback, user_data);
  if (task != NULL)
    DRILL_OPERATION_GET_CLASS (self)->check_async (self, get_private (self)->cancellable, ended_cb, task);
}

void
drill_operation_drop (DrillOperation *self)
{
  DrillOperationPrivate *priv;

  g_return_if_fail (DRILL_IS_OPERATION (self));

  priv = get_private (self);
  if (!priv->active)
    {
      drop_now (self);
      return;
    }

  priv->dropping = TRUE;
  g_cancellable_cancel (priv->cancellable);
}
