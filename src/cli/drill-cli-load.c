// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-load.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "cli/drill-cli-output.h"
#include "cli/drill-cli-token.h"
#include "session/drill-loader.h"
#include "sources/drill-api-source.h"
#include "sources/drill-local-source.h"

/* One asynchronous call, waited for: a command does one thing at a time. */
typedef struct {
  GMainLoop    *loop;
  GAsyncResult *result;
} Wait;

static void
wait_clear (Wait *wait)
{
  g_clear_pointer (&wait->loop, g_main_loop_unref);
  g_clear_object (&wait->result);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wait, wait_clear)

static void
wait_init (Wait *wait)
{
  wait->loop = g_main_loop_new (NULL, FALSE);
  wait->result = NULL;
}

static void
ready_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Wait *wait = user_data;

  wait->result = g_object_ref (result);
  g_main_loop_quit (wait->loop);
}

static void
progress_cb (DrillLoader *loader,
             guint        n_items,
             gint64       total,
             gpointer     user_data)
{
  g_autofree char *words = NULL;
  g_autofree char *line = NULL;
  gssize written;

  if (total >= 0)
    words = g_strdup_printf (_("%u of %lld items"), n_items, (long long) total);
  else
    words = g_strdup_printf (ngettext ("%u item", "%u items", n_items), n_items);

  line = g_strconcat ("\r", words, NULL);
  written = write (STDERR_FILENO, line, strlen (line));
  (void) written;
}

static void
clear_progress (void)
{
  static const char erase[] = "\r\033[K";
  gssize written = write (STDERR_FILENO, erase, sizeof erase - 1);

  (void) written;
}

static int
status_for (DrillSource  *source,
            const GError *error)
{
  gboolean live = source != NULL && drill_source_get_kind (source) == DRILL_SOURCE_LIVE;

  if (error->domain != DRILL_ERROR)
    return live ? DRILL_CLI_SERVICE : DRILL_CLI_USAGE;

  switch ((DrillError) error->code)
    {
    case DRILL_ERROR_AUTH_REQUIRED:
    case DRILL_ERROR_FORBIDDEN:
      return DRILL_CLI_NOT_AUTHORISED;

    case DRILL_ERROR_OFFLINE:
    case DRILL_ERROR_TIMED_OUT:
    case DRILL_ERROR_TLS:
    case DRILL_ERROR_BUSY:
    case DRILL_ERROR_SERVICE:
    case DRILL_ERROR_BAD_REPLY:
      return live ? DRILL_CLI_SERVICE : DRILL_CLI_USAGE;

    case DRILL_ERROR_CANCELLED:
    case DRILL_ERROR_CONFLICT:
      return DRILL_CLI_PARTIAL;

    case DRILL_ERROR_REJECTED:
    case DRILL_ERROR_NOT_FOUND:
    case DRILL_ERROR_BAD_INPUT:
    case DRILL_ERROR_TOO_LARGE:
    case DRILL_ERROR_IO:
    default:
      return live ? DRILL_CLI_SERVICE : DRILL_CLI_USAGE;
    }
}

static const char *
describe (const GError *error)
{
  if (error->domain != DRILL_ERROR)
    return _("It did not work");

  switch ((DrillError) error->code)
    {
    case DRILL_ERROR_OFFLINE:
      return _("The service cannot be reached");
    case DRILL_ERROR_TIMED_OUT:
      return _("The service did not answer in time");
    case DRILL_ERROR_TLS:
      return _("The certificate of the service is not trusted");
    case DRILL_ERROR_AUTH_REQUIRED:
      return _("The service wants a valid token");
    case DRILL_ERROR_FORBIDDEN:
      return _("The service does not allow this");
    case DRILL_ERROR_REJECTED:
      return _("The service refuses the request");
    case DRILL_ERROR_NOT_FOUND:
      return _("Not found");
    case DRILL_ERROR_BUSY:
      return _("The service has too many requests");
    case DRILL_ERROR_SERVICE:
      return _("The service failed");
    case DRILL_ERROR_BAD_REPLY:
      return _("The answer of the service cannot be read");
    case DRILL_ERROR_BAD_INPUT:
      return _("The input cannot be read");
    case DRILL_ERROR_TOO_LARGE:
      return _("Too large");
    case DRILL_ERROR_CONFLICT:
      return _("The evidence changed meanwhile");
    case DRILL_ERROR_CANCELLED:
      return _("Cancelled");
    case DRILL_ERROR_IO:
    default:
      return _("Reading failed");
    }
}

/**
 * drill_cli_load_clear:
 * @self: what a command worked on
 *
 * Frees what it holds.
 */
void
drill_cli_load_clear (DrillCliLoad *self)
{
  g_clear_object (&self->source);
  g_clear_pointer (&self->table, drill_route_table_unref);
}

/**
 * drill_cli_fail:
 * @source: (nullable): where it happened
 * @error: what went wrong
 *
 * Says what went wrong in one line.
 *
 * Returns: the exit status for it
 */
int
drill_cli_fail (DrillSource  *source,
                const GError *error)
{
  g_autofree char *message = g_strdup_printf ("%s: %s", describe (error), error->message);

  drill_cli_complain (message);

  return status_for (source, error);
}

/**
 * drill_cli_source_name:
 * @source: a source
 *
 * Returns: what to call it: `sample`, the name of the file, or the URL
 */
const char *
drill_cli_source_name (DrillSource *source)
{
  if (drill_source_get_kind (source) == DRILL_SOURCE_SAMPLE)
    return "sample";

  return drill_source_get_name (source);
}

/**
 * drill_cli_open:
 * @options: the options
 * @source: (out): what they name
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_open (const DrillCliOptions  *options,
                DrillSource           **source)
{
  g_autoptr(GError) error = NULL;

  *source = NULL;

  if (options->server != NULL)
    {
      g_autofree char *token = NULL;
      DrillApiSource *api;

      if (options->token_file != NULL && *options->token_file != '\0')
        {
          token = drill_cli_token_read (options->token_file, &error);
          if (token == NULL)
            {
              drill_cli_complain (error->message);
              return DRILL_CLI_USAGE;
            }
        }

      api = drill_api_source_new (options->server, options->ca_file, token, &error);
      if (api == NULL)
        {
          drill_cli_complain (error->message);
          return DRILL_CLI_USAGE;
        }
      *source = DRILL_SOURCE (api);
    }
  else if (options->file != NULL)
    {
      g_autoptr(GFile) file = g_file_new_for_path (options->file);

      *source = DRILL_SOURCE (drill_local_source_new_file (file));
    }
  else
    {
      *source = DRILL_SOURCE (drill_local_source_new_sample (options->now_us));
      drill_cli_note (options, _("sample data: made up, not from any service"));
    }

  return DRILL_CLI_DONE;
}

/**
 * drill_cli_load:
 * @self: where to
 * @options: the options
 *
 * Loads all the evidence of what @options name.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_load (DrillCliLoad          *self,
                const DrillCliOptions *options)
{
  g_autoptr(DrillLoader) loader = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(Wait) wait = { 0 };
  gboolean show_progress = !options->quiet && isatty (STDERR_FILENO) == 1;
  gboolean loaded;
  int status = drill_cli_open (options, &self->source);

  if (status != DRILL_CLI_DONE)
    return status;

  loader = drill_loader_new (self->source);
  if (show_progress)
    g_signal_connect (loader, "progress", G_CALLBACK (progress_cb), NULL);

  wait_init (&wait);
  drill_loader_load_async (loader, NULL, ready_cb, &wait);
  g_main_loop_run (wait.loop);
  loaded = drill_loader_load_finish (loader, wait.result, &self->complete, &error);
  if (show_progress)
    clear_progress ();

  if (!loaded)
    return drill_cli_fail (self->source, error);

  self->table = drill_route_table_ref (drill_loader_get_table (loader));

  return DRILL_CLI_DONE;
}

/**
 * drill_cli_load_evidence:
 * @self: what was loaded
 *
 * Returns: (transfer none): the snapshot
 */
DrillEvidence *
drill_cli_load_evidence (DrillCliLoad *self)
{
  return drill_route_table_get_evidence (self->table);
}

/**
 * drill_cli_load_status:
 * @self: what was loaded
 * @options: the options
 *
 * The exit status of a command that printed all it had, with a note when that
 * is not all there is or not all that it should be.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_load_status (DrillCliLoad          *self,
                       const DrillCliOptions *options)
{
  guint n_problems = drill_evidence_get_n_problems (drill_cli_load_evidence (self));

  if (n_problems > 0)
    {
      const DrillProblem *problem = drill_evidence_get_problem (drill_cli_load_evidence (self), 0);
      g_autofree char *message = NULL;

      message = g_strdup_printf (ngettext ("%u place is not as the contract has it; at byte %llu: %s",
                                           "%u places are not as the contract has it; the first, at byte %llu: %s",
                                           n_problems),
                                 n_problems, (unsigned long long) problem->offset, problem->message);
      drill_cli_note (options, message);
    }

  if (self->complete)
    return DRILL_CLI_DONE;

  drill_cli_note (options, _("partial: the source has more than could be loaded"));

  return DRILL_CLI_PARTIAL;
}

/**
 * drill_cli_read_session:
 * @source: a source
 * @error: what went wrong
 *
 * Returns: (transfer full) (nullable): its session, as sent (contract section 1)
 */
GBytes *
drill_cli_read_session (DrillSource  *source,
                        GError      **error)
{
  g_auto(Wait) wait = { 0 };

  wait_init (&wait);
  drill_source_read_session_async (source, NULL, ready_cb, &wait);
  g_main_loop_run (wait.loop);

  return drill_source_read_session_finish (source, wait.result, error);
}

/**
 * drill_cli_read_dashboard:
 * @source: a source
 * @error: what went wrong
 *
 * Returns: (transfer full) (nullable): its dashboard, as sent (contract section 3)
 */
GBytes *
drill_cli_read_dashboard (DrillSource  *source,
                          GError      **error)
{
  g_auto(Wait) wait = { 0 };

  wait_init (&wait);
  drill_source_read_dashboard_async (source, NULL, ready_cb, &wait);
  g_main_loop_run (wait.loop);

  return drill_source_read_dashboard_finish (source, wait.result, error);
}
