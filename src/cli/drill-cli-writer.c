// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-writer.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <unistd.h>

#include "base/drill-error.h"
#include "base/drill-time.h"
#include "cli/drill-cli-connection.h"
#include "cli/drill-cli-lock.h"
#include "cli/drill-cli-output.h"
#include "cli/drill-cli-unfinished.h"
#include "cli/drill-cli-wait.h"
#include "session/drill-actor.h"

/**
 * drill_cli_writer_clear:
 * @self: a writer
 *
 * Frees what it holds. What is unfinished stays in the journal.
 */
void
drill_cli_writer_clear (DrillCliWriter *self)
{
  g_clear_pointer (&self->unfinished, g_ptr_array_unref);
  g_clear_object (&self->writer);
  g_clear_pointer (&self->actor, g_free);
  g_clear_pointer (&self->recorded, g_free);
  drill_cli_load_clear (&self->load);
  g_clear_object (&self->journal);
  g_clear_object (&self->lock);
}

/**
 * drill_cli_writer_is_simulation:
 * @self: a writer
 *
 * Returns: whether nothing leaves the machine, and nothing of it is kept
 */
gboolean
drill_cli_writer_is_simulation (DrillCliWriter *self)
{
  return drill_source_get_kind (self->load.source) != DRILL_SOURCE_LIVE;
}

/* Contract section 1: who is verified may be allowed to write; where nobody is,
 * everybody may and says who they are */
static int
identify (DrillCliWriter        *self,
          const DrillCliOptions *options,
          const char            *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = drill_cli_read_session (self->load.source, &error);
  g_autoptr(DrillActor) session = bytes != NULL ? drill_actor_new_from_json (bytes, &error) : NULL;

  if (session == NULL)
    return drill_cli_fail (self->load.source, error);

  if (session->name != NULL)
    {
      if (!session->may_acknowledge)
        /* Translators: %s is the name of who is signed in */
        error = g_error_new (DRILL_ERROR, DRILL_ERROR_FORBIDDEN, _("%s may not do this, nothing was sent"), session->name);
      self->recorded = g_strdup (session->name);
    }
  else if (g_str_equal (session->mode, "local_or_demo"))
    {
      self->actor = g_strdup (name);
      self->recorded = g_strdup (name);
      if (name == NULL)
        return drill_cli_usage (g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_INPUT,
                                                     _("The service does not know who you are: say it with --actor NAME")));
    }
  else
    {
      error = g_error_new_literal (DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED,
                                   _("see drillctl login --help, nothing was sent"));
    }

  return error != NULL ? drill_cli_fail (self->load.source, error) : DRILL_CLI_DONE;
}

static int
open_live (DrillCliWriter        *self,
           const DrillCliOptions *options)
{
  g_autoptr(DrillConnection) connection = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  if (self->load.read_only)
    {
      drill_cli_complain (_("The connection is for reading only: nothing was sent"));
      return DRILL_CLI_NOT_AUTHORISED;
    }

  connection = drill_cli_connection_find (options, &error);
  if (connection == NULL)
    {
      drill_cli_complain (error->message);
      return DRILL_CLI_USAGE;
    }

  status = identify (self, options, drill_connection_get_actor (connection));
  if (status != DRILL_CLI_DONE)
    return status;

  self->journal = drill_journal_new_default ();
  self->lock = drill_cli_lock_take (options, self->journal, drill_source_get_name (self->load.source), &error);
  if (self->lock == NULL)
    {
      /* Translators: %s is why */
      g_autofree char *message = g_strdup_printf (_("Nothing was sent: %s"), error->message);

      drill_cli_complain (message);
      return DRILL_CLI_USAGE;
    }

  return DRILL_CLI_DONE;
}

/* Nobody is asked who it is: it goes nowhere */
static void
open_simulation (DrillCliWriter        *self,
                 const DrillCliOptions *options)
{
  const char *user = g_get_user_name ();

  self->actor = g_strdup (options->actor != NULL ? options->actor : g_utf8_validate (user, -1, NULL) ? user : "drillctl");
  self->recorded = g_strdup (self->actor);
  drill_cli_complain (_("simulation: nothing leaves this machine, and nothing is kept"));
}

/**
 * drill_cli_writer_prepare:
 * @self: (out caller-allocates): a writer
 * @options: the options
 *
 * Opens what @options name for writing: finds out who will be recorded, waits
 * for a window or another drillctl that writes, and loads the evidence.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_writer_prepare (DrillCliWriter        *self,
                          const DrillCliOptions *options)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DrillClock) clock = drill_clock_new_system ();
  int status = drill_cli_open (options, &self->load.source, &self->load.read_only);

  if (status != DRILL_CLI_DONE)
    return status;

  if (drill_cli_writer_is_simulation (self))
    open_simulation (self, options);
  else
    status = open_live (self, options);
  if (status == DRILL_CLI_DONE)
    status = drill_cli_load (&self->load, options);
  if (status != DRILL_CLI_DONE)
    return status;

  self->writer = drill_writer_new (self->load.source, self->load.loader, self->journal, clock);
  if (self->lock != NULL && !drill_writer_take_lock (self->writer, self->lock, &error))
    {
      drill_cli_complain (error->message);
      return DRILL_CLI_USAGE;
    }
  drill_writer_set_actor (self->writer, self->actor == NULL ? self->recorded : NULL);
  self->unfinished = g_ptr_array_new_with_free_func (g_object_unref);

  return DRILL_CLI_DONE;
}

/**
 * drill_cli_writer_open:
 * @self: (out caller-allocates): a writer
 * @options: the options
 *
 * Prepares it, and looks after what was cut off earlier.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_writer_open (DrillCliWriter        *self,
                       const DrillCliOptions *options)
{
  int status = drill_cli_writer_prepare (self, options);

  if (status != DRILL_CLI_DONE || drill_cli_writer_is_simulation (self))
    return status;

  return drill_cli_unfinished_claim (self, options, drill_writer_get_journal (self->writer), TRUE);
}

static gboolean
is_unknown (DrillAckOperation *operation,
            const char        *schedule_id,
            const char        *provider)
{
  for (guint i = 0; i < drill_ack_operation_get_n_entries (operation); i++)
    {
      DrillAckEntry entry;

      drill_ack_operation_get_entry (operation, i, &entry);
      if ((entry.outcome == DRILL_OUTCOME_UNKNOWN || entry.outcome == DRILL_OUTCOME_SENT) &&
          g_str_equal (entry.schedule_id, schedule_id) && g_str_equal (entry.provider, provider))
        return TRUE;
    }

  return FALSE;
}

/**
 * drill_cli_writer_check_acks:
 * @self: a writer
 * @operation: what is about to be sent
 *
 * Nothing is sent of which it is not known whether it was sent before.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_writer_check_acks (DrillCliWriter    *self,
                             DrillAckOperation *operation)
{
  for (guint u = 0; u < self->unfinished->len; u++)
    {
      DrillOperation *other = g_ptr_array_index (self->unfinished, u);

      if (!DRILL_IS_ACK_OPERATION (other) ||
          drill_ack_operation_count (DRILL_ACK_OPERATION (other), DRILL_OUTCOME_UNKNOWN) +
          drill_ack_operation_count (DRILL_ACK_OPERATION (other), DRILL_OUTCOME_SENT) == 0)
        continue;

      for (guint i = 0; i < drill_ack_operation_get_n_entries (operation); i++)
        {
          g_autofree char *message = NULL;
          DrillAckEntry entry;

          drill_ack_operation_get_entry (operation, i, &entry);
          if (!is_unknown (DRILL_ACK_OPERATION (other), entry.schedule_id, entry.provider))
            continue;

          /* Translators: a schedule and a provider */
          message = g_strdup_printf (_("It is not known whether %s · %s was recorded earlier: nothing was sent "
                                       "(see drillctl unfinished)"), entry.schedule_id, entry.provider);
          drill_cli_complain (message);
          return DRILL_CLI_SERVICE;
        }
    }

  return DRILL_CLI_DONE;
}

/* The first Ctrl+C ends it between two requests; the handler is gone then, and
 * the second ends the program: the journal knows what was on its way */
static gboolean
interrupt_cb (gpointer data)
{
  drill_cli_complain (_("stopping; what is on its way is waited for"));
  g_cancellable_cancel (data);

  return G_SOURCE_REMOVE;
}

static void
status_cb (DrillOperation *operation,
           GParamSpec     *pspec,
           gpointer        data)
{
  const DrillCliOptions *options = data;

  if (drill_operation_get_status (operation) == DRILL_OPERATION_WAITING)
    drill_cli_note (options, _("the service has too many requests; waiting as it asks"));
  else if (drill_operation_get_status (operation) == DRILL_OPERATION_CHECKING)
    drill_cli_note (options, _("no clear answer; reading the history to see what was recorded"));
}

static void
progress_cb (DrillOperation *operation,
             GParamSpec     *pspec,
             gpointer        data)
{
  /* Translators: progress in per cent */
  g_autofree char *words = g_strdup_printf (_("%.0f %% sent"), 100 * drill_operation_get_progress (operation));

  drill_cli_progress (words);
}

/**
 * drill_cli_writer_run:
 * @self: a writer
 * @options: the options
 * @operation: what to do
 *
 * Runs it until it is done or stopped. Ctrl+C stops it.
 */
void
drill_cli_writer_run (DrillCliWriter        *self,
                      const DrillCliOptions *options,
                      DrillOperation        *operation)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GSource) interrupted = g_unix_signal_source_new (SIGINT);
  g_autoptr(GSource) terminated = g_unix_signal_source_new (SIGTERM);
  g_auto(DrillCliWait) wait = { 0 };
  gboolean show_progress = !options->quiet && isatty (STDERR_FILENO) == 1;

  g_source_set_callback (interrupted, interrupt_cb, cancellable, NULL);
  g_source_set_callback (terminated, interrupt_cb, cancellable, NULL);
  g_source_attach (interrupted, NULL);
  g_source_attach (terminated, NULL);
  g_signal_connect (operation, "notify::status", G_CALLBACK (status_cb), (gpointer) options);
  if (show_progress)
    g_signal_connect (operation, "notify::progress", G_CALLBACK (progress_cb), NULL);

  drill_cli_wait_init (&wait);
  drill_operation_run_async (operation, cancellable, drill_cli_wait_cb, &wait);
  drill_operation_run_finish (operation, drill_cli_wait_run (&wait), NULL);

  g_signal_handlers_disconnect_by_func (operation, status_cb, (gpointer) options);
  if (show_progress)
    {
      g_signal_handlers_disconnect_by_func (operation, progress_cb, NULL);
      drill_cli_progress (NULL);
    }
  g_source_destroy (interrupted);
  g_source_destroy (terminated);
}

/**
 * drill_cli_writer_leave:
 * @self: a writer
 * @options: the options
 * @operation: what has run
 * @tally: how it ended
 * @keep: whether what was not sent is worth finishing later
 *
 * What is unknown stays in the journal, and so, with @keep, does what was not
 * sent. Of anything else the command has said how it ended, and it is dropped.
 */
void
drill_cli_writer_leave (DrillCliWriter        *self,
                        const DrillCliOptions *options,
                        DrillOperation        *operation,
                        const DrillCliTally   *tally,
                        gboolean               keep)
{
  if (drill_operation_get_status (operation) == DRILL_OPERATION_DONE)
    return;

  if (tally->n_unknown == 0 && (!keep || tally->n_not_sent == 0))
    drill_operation_drop (operation);
  else if (!drill_operation_is_simulation (operation) && drill_operation_get_begun_at (operation) != DRILL_TIME_UNKNOWN)
    drill_cli_note (options, _("it is kept in the journal: drillctl unfinished shows it, finishes it or drops it"));
}

/**
 * drill_cli_writer_end:
 * @self: a writer
 * @tally: how it ended
 *
 * Says what went wrong, if anything did.
 *
 * Returns: the #DrillCliExit for it
 */
int
drill_cli_writer_end (DrillCliWriter      *self,
                      const DrillCliTally *tally)
{
  int status = DRILL_CLI_DONE;

  if (tally->error != NULL && tally->n_failed + tally->n_unknown + tally->n_not_sent > 0)
    status = drill_cli_fail (self->load.source, tally->error);
  else if (tally->n_unknown > 0)
    drill_cli_complain (_("It is not known whether it was recorded"));

  if (tally->n_unknown > 0)
    return DRILL_CLI_SERVICE;
  if (tally->n_failed + tally->n_not_sent == 0)
    return DRILL_CLI_DONE;
  if (tally->n_recorded > 0)
    return DRILL_CLI_PARTIAL;

  /* Refused as it is: it was reached, and it has answered */
  if (tally->error != NULL && tally->error->domain == DRILL_ERROR &&
      (tally->error->code == DRILL_ERROR_REJECTED || tally->error->code == DRILL_ERROR_NOT_FOUND ||
       tally->error->code == DRILL_ERROR_TOO_LARGE || tally->error->code == DRILL_ERROR_BAD_INPUT))
    return DRILL_CLI_NEGATIVE;
  if (g_error_matches (tally->error, DRILL_ERROR, DRILL_ERROR_IO))
    return DRILL_CLI_USAGE;

  return status != DRILL_CLI_DONE ? status : DRILL_CLI_NEGATIVE;
}
