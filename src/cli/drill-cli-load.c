// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-load.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "base/drill-error.h"
#include "base/drill-text.h"
#include "cli/drill-cli-connection.h"
#include "cli/drill-cli-output.h"
#include "cli/drill-cli-token.h"
#include "cli/drill-cli-wait.h"
#include "sources/drill-api-source.h"
#include "sources/drill-local-source.h"

static void
progress_cb (DrillLoader *loader,
             guint        n_items,
             gint64       total,
             gpointer     user_data)
{
  g_autofree char *words = NULL;

  if (total >= 0)
    /* Translators: progress: how many evidence items are loaded, of how many there are */
    words = g_strdup_printf (_("%u of %lld items"), n_items, (long long) total);
  else
    words = g_strdup_printf (ngettext ("%u item", "%u items", n_items), n_items);

  drill_cli_progress (words);
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
    case DRILL_ERROR_READ_ONLY:
      return DRILL_CLI_NOT_AUTHORISED;

    case DRILL_ERROR_KEYRING:
    case DRILL_ERROR_KEYRING_LOCKED:
      return DRILL_CLI_NEGATIVE;

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
name_error (const GError *error)
{
  if (error->domain != DRILL_ERROR)
    return N_("It did not work");

  switch ((DrillError) error->code)
    {
    case DRILL_ERROR_OFFLINE:
      return N_("The service cannot be reached");
    case DRILL_ERROR_TIMED_OUT:
      return N_("The service did not answer in time");
    case DRILL_ERROR_TLS:
      return N_("The certificate of the service is not trusted");
    case DRILL_ERROR_AUTH_REQUIRED:
      return N_("The service wants a valid token");
    case DRILL_ERROR_FORBIDDEN:
      return N_("The service does not allow this");
    case DRILL_ERROR_REJECTED:
      return N_("The service refuses the request");
    case DRILL_ERROR_NOT_FOUND:
      return N_("Not found");
    case DRILL_ERROR_BUSY:
      return N_("The service has too many requests");
    case DRILL_ERROR_SERVICE:
      return N_("The service failed");
    case DRILL_ERROR_BAD_REPLY:
      return N_("The answer of the service cannot be read");
    case DRILL_ERROR_BAD_INPUT:
      return N_("The input cannot be read");
    case DRILL_ERROR_TOO_LARGE:
      return N_("Too large");
    case DRILL_ERROR_CONFLICT:
      return N_("The evidence changed meanwhile");
    case DRILL_ERROR_CANCELLED:
      return N_("Cancelled");
    case DRILL_ERROR_KEYRING:
      return N_("The keyring cannot be used");
    case DRILL_ERROR_KEYRING_LOCKED:
      return N_("The keyring is locked");
    case DRILL_ERROR_READ_ONLY:
      return N_("The connection is for reading only: nothing was sent");
    case DRILL_ERROR_IO:
    default:
      return N_("Reading failed");
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
  g_clear_object (&self->loader);
  g_clear_object (&self->source);
  g_clear_pointer (&self->table, drill_route_table_unref);
}

/**
 * drill_cli_describe:
 * @error: what went wrong
 * @translate: (nullable): drill_cli_translate() for people, %NULL for JSON, CSV and what is saved
 *
 * Returns: (transfer full): what to say of it, in one line and without anything like a token
 */
char *
drill_cli_describe (const GError   *error,
                    DrillTranslate  translate)
{
  const char *name = name_error (error);
  g_autofree char *safe = drill_text_redact (error->message);
  g_autofree char *line = drill_text_one_line (safe);

  return g_strdup_printf ("%s: %s", translate != NULL ? translate (name) : name, line);
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
  g_autofree char *message = drill_cli_describe (error, drill_cli_translate);

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

static int
open_service (const DrillCliOptions  *options,
              DrillSource           **source,
              gboolean               *read_only)
{
  g_autoptr(DrillConnection) connection = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *token = NULL;
  DrillApiSource *api;
  int status;

  connection = drill_cli_connection_find (options, &error);
  if (connection == NULL)
    {
      drill_cli_complain (error->message);
      return DRILL_CLI_USAGE;
    }

  status = drill_cli_token_find (options, connection, &token);
  if (status != DRILL_CLI_DONE)
    return status;

  api = drill_api_source_new (drill_connection_get_url (connection), drill_connection_get_ca_file (connection),
                              token, &error);
  if (api == NULL)
    {
      drill_cli_complain (error->message);
      return DRILL_CLI_USAGE;
    }

  *source = DRILL_SOURCE (api);
  *read_only = drill_connection_get_read_only (connection);

  return DRILL_CLI_DONE;
}

/**
 * drill_cli_open:
 * @options: the options
 * @source: (out): what they name
 * @read_only: (out) (optional): whether no write may leave
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_open (const DrillCliOptions  *options,
                DrillSource           **source,
                gboolean               *read_only)
{
  gboolean only_read = FALSE;
  int status = DRILL_CLI_DONE;

  *source = NULL;
  if (drill_cli_options_is_live (options))
    {
      status = open_service (options, source, &only_read);
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

  if (read_only != NULL)
    *read_only = only_read;

  return status;
}

/**
 * drill_cli_load:
 * @self: where to
 * @options: the options
 *
 * Loads all the evidence of what @options name, or of the source that is there already.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_load (DrillCliLoad          *self,
                const DrillCliOptions *options)
{
  g_autoptr(GError) error = NULL;
  g_auto(DrillCliWait) wait = { 0 };
  gboolean show_progress = !options->quiet && isatty (STDERR_FILENO) == 1;
  gboolean loaded;
  int status = DRILL_CLI_DONE;

  if (self->source == NULL)
    status = drill_cli_open (options, &self->source, &self->read_only);
  if (status != DRILL_CLI_DONE)
    return status;

  self->loader = drill_loader_new (self->source);
  if (show_progress)
    g_signal_connect (self->loader, "progress", G_CALLBACK (progress_cb), NULL);

  drill_cli_wait_init (&wait);
  drill_loader_load_async (self->loader, NULL, drill_cli_wait_cb, &wait);
  loaded = drill_loader_load_finish (self->loader, drill_cli_wait_run (&wait), &self->complete, &error);
  if (show_progress)
    {
      g_signal_handlers_disconnect_by_func (self->loader, progress_cb, NULL);
      drill_cli_progress (NULL);
    }

  if (!loaded)
    return drill_cli_fail (self->source, error);

  self->table = drill_route_table_ref (drill_loader_get_table (self->loader));

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

      /* Translators: what cannot be read in the evidence; %s is one of the phrases such as “a text with a broken escape” */
      message = g_strdup_printf (ngettext ("%u place is not as the contract has it; at byte %llu: %s",
                                           "%u places are not as the contract has it; the first, at byte %llu: %s",
                                           n_problems),
                                 n_problems, (unsigned long long) problem->offset, _(problem->message));
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
  g_auto(DrillCliWait) wait = { 0 };

  drill_cli_wait_init (&wait);
  drill_source_read_session_async (source, NULL, drill_cli_wait_cb, &wait);

  return drill_source_read_session_finish (source, drill_cli_wait_run (&wait), error);
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
  g_auto(DrillCliWait) wait = { 0 };

  drill_cli_wait_init (&wait);
  drill_source_read_dashboard_async (source, NULL, drill_cli_wait_cb, &wait);

  return drill_source_read_dashboard_finish (source, drill_cli_wait_run (&wait), error);
}
