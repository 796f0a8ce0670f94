// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-commands.h"

#include <glib/gi18n.h>

#include "audit/drill-package-parts.h"
#include "base/drill-error.h"
#include "base/drill-text.h"
#include "cli/drill-cli-acks.h"
#include "cli/drill-cli-output.h"
#include "cli/drill-cli-scope.h"
#include "cli/drill-cli-table.h"
#include "cli/drill-cli-unfinished.h"
#include "evidence/drill-canonical.h"
#include "session/drill-delivery-operation.h"

typedef struct {
  DrillCliScope scope;
  char         *to;
  char         *cadence;
  char         *schedule_ref;
} DeliverOptions;

static void
deliver_options_clear (DeliverOptions *options)
{
  drill_cli_scope_clear (&options->scope);
  g_clear_pointer (&options->to, g_free);
  g_clear_pointer (&options->cadence, g_free);
  g_clear_pointer (&options->schedule_ref, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DeliverOptions, deliver_options_clear)

static const char *
get_name (DrillDelivered delivered)
{
  switch (delivered)
    {
    case DRILL_DELIVERED_YES:
      return "delivered";

    case DRILL_DELIVERED_FAILED:
      return "failed";

    case DRILL_DELIVERED_NOT_CONFIGURED:
      return "not_configured";

    case DRILL_DELIVERED_UNKNOWN:
    default:
      return "unknown";
    }
}

static const char *
word (DrillDelivered delivered)
{
  switch (delivered)
    {
    case DRILL_DELIVERED_YES:
      return _("delivered");

    case DRILL_DELIVERED_FAILED:
      return _("failed");

    case DRILL_DELIVERED_NOT_CONFIGURED:
      return _("not configured");

    case DRILL_DELIVERED_UNKNOWN:
    default:
      return _("unknown");
    }
}

static void
append_text (GString    *text,
             const char *name,
             const char *value)
{
  g_string_append_printf (text, "\"%s\": ", name);
  if (value != NULL)
    drill_canonical_append_string (text, value);
  else
    g_string_append (text, "null");
  g_string_append (text, ", ");
}

static void
append_number (GString    *text,
               const char *name,
               int         value)
{
  if (value >= 0)
    g_string_append_printf (text, ", \"%s\": %d", name, value);
  else
    g_string_append_printf (text, ", \"%s\": null", name);
}

static void
append_json (GString *text,
             gpointer what)
{
  DrillDeliveryOperation *operation = what;
  const GError *error = drill_operation_get_error (DRILL_OPERATION (operation));
  g_autofree char *problem = error != NULL ? drill_cli_describe (error, NULL) : NULL;
  guint n = drill_delivery_operation_get_n_results (operation);

  g_string_append_printf (text, "{\"success\": %s, \"simulation\": %s, ",
                          drill_delivery_operation_get_success (operation) ? "true" : "false",
                          drill_operation_is_simulation (DRILL_OPERATION (operation)) ? "true" : "false");
  append_text (text, "outcome", drill_outcome_get_name (drill_delivery_operation_get_outcome (operation)));
  append_text (text, "error", problem);
  append_text (text, "audit_id", drill_delivery_operation_get_audit_id (operation));
  append_text (text, "delivery_id", drill_delivery_operation_get_delivery_id (operation));
  g_string_append (text, "\"results\": [");
  for (guint i = 0; i < n; i++)
    {
      const DrillDeliveryResult *result = drill_delivery_operation_get_result (operation, i);

      g_string_append (text, i == 0 ? "\n{" : ",\n{");
      append_text (text, "provider", result->provider);
      g_string_append_printf (text, "\"result\": \"%s\"", get_name (result->delivered));
      append_number (text, "attempt_count", result->n_attempts);
      append_number (text, "status_code", result->status_code);
      g_string_append_c (text, '}');
    }
  g_string_append (text, n > 0 ? "\n]}\n" : "]}\n");
}

static void
append_csv (GString *text,
            gpointer what)
{
  DrillDeliveryOperation *operation = what;
  g_autofree char *audit_id = drill_text_csv_cell (drill_delivery_operation_get_audit_id (operation));

  g_string_append (text, "provider,result,attempt_count,status_code,audit_id,simulation\r\n");
  for (guint i = 0; i < drill_delivery_operation_get_n_results (operation); i++)
    {
      const DrillDeliveryResult *result = drill_delivery_operation_get_result (operation, i);
      g_autofree char *provider = drill_text_csv_cell (result->provider);

      g_string_append_printf (text, "%s,%s,", provider, get_name (result->delivered));
      if (result->n_attempts >= 0)
        g_string_append_printf (text, "%d", result->n_attempts);
      g_string_append_c (text, ',');
      if (result->status_code >= 0)
        g_string_append_printf (text, "%d", result->status_code);
      g_string_append_printf (text, ",%s,%s\r\n", audit_id,
                              drill_operation_is_simulation (DRILL_OPERATION (operation)) ? "true" : "false");
    }
}

static gboolean
write_table (gpointer        what,
             GOutputStream  *out,
             GError        **error)
{
  DrillDeliveryOperation *operation = what;
  const char *titles[] = { _("PROVIDER"), _("RESULT"), _("ATTEMPTS"), _("STATUS"), _("AUDIT ID") };
  g_autoptr(DrillCliTable) table = drill_cli_table_new (titles, G_N_ELEMENTS (titles), FALSE);

  for (guint i = 0; i < drill_delivery_operation_get_n_results (operation); i++)
    {
      const DrillDeliveryResult *result = drill_delivery_operation_get_result (operation, i);
      g_autofree char *attempts = result->n_attempts >= 0 ? g_strdup_printf ("%d", result->n_attempts) : NULL;
      g_autofree char *status = result->status_code >= 0 ? g_strdup_printf ("%d", result->status_code) : NULL;

      drill_cli_table_add (table, result->provider);
      drill_cli_table_add (table, word (result->delivered));
      drill_cli_table_add_right (table, attempts);
      drill_cli_table_add_right (table, status);
      drill_cli_table_add (table, drill_delivery_operation_get_audit_id (operation));
    }

  return drill_cli_table_write (table, out, error);
}

static const DrillCliFormats formats = { append_json, append_csv, write_table };

/* A service that did what it was asked to may have delivered nothing */
static int
judge_results (DrillDeliveryOperation *operation)
{
  guint n_delivered = 0;

  if (drill_delivery_operation_get_success (operation))
    return DRILL_CLI_DONE;

  for (guint i = 0; i < drill_delivery_operation_get_n_results (operation); i++)
    if (drill_delivery_operation_get_result (operation, i)->delivered == DRILL_DELIVERED_YES)
      n_delivered++;

  drill_cli_complain (n_delivered > 0 ? _("Not everything was delivered") : _("Nothing was delivered"));

  return n_delivered > 0 ? DRILL_CLI_PARTIAL : DRILL_CLI_NEGATIVE;
}

/* The service delivers one package, and cuts it without a word */
static gboolean
is_cut (DrillCliWriter          *writer,
        const DrillPackageScope *scope)
{
  DrillPackageCoverage coverage;

  drill_package_cover (drill_writer_get_evidence (writer->writer), scope, &coverage);
  if (!coverage.fits)
    drill_cli_complain (_("The package that is delivered is incomplete: the service cuts it; "
                          "deliver by --schedule or --provider to have all of it delivered"));

  return !coverage.fits;
}

/* Another one for the same destinations and scope of which nobody knows */
static int
check_unfinished (DrillCliWriter       *writer,
                  const DeliverOptions *own)
{
  for (guint i = 0; i < writer->unfinished->len; i++)
    {
      DrillOperation *other = g_ptr_array_index (writer->unfinished, i);
      const DrillPackageScope mine = drill_cli_scope_get (&own->scope);
      DrillPackageScope scope;

      if (!DRILL_IS_DELIVERY_OPERATION (other) ||
          drill_delivery_operation_get_outcome (DRILL_DELIVERY_OPERATION (other)) != DRILL_OUTCOME_UNKNOWN)
        continue;

      drill_delivery_operation_get_scope (DRILL_DELIVERY_OPERATION (other), &scope);
      if (g_strcmp0 (scope.schedule_id, mine.schedule_id != NULL ? mine.schedule_id : "") != 0 ||
          g_strcmp0 (scope.provider, mine.provider != NULL ? mine.provider : "") != 0 ||
          g_strcmp0 (scope.owner, mine.owner != NULL ? mine.owner : "") != 0)
        continue;

      drill_cli_complain (_("It is not known what became of an earlier delivery of this: nothing was sent "
                            "(see drillctl unfinished)"));
      return DRILL_CLI_SERVICE;
    }

  return DRILL_CLI_DONE;
}

/**
 * drill_cli_deliver:
 * @options: the options of all commands
 * @arguments: (inout): the command line from the command on
 *
 * `drillctl deliver`.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_deliver (DrillCliOptions   *options,
                   char            ***arguments)
{
  g_auto(DeliverOptions) own = { 0 };
  const GOptionEntry more[] = {
    { "to", 0, 0, G_OPTION_ARG_FILENAME, &own.to, N_("Connectors joined by commas, or all"), N_("P[,P…]") },
    { "cadence", 0, 0, G_OPTION_ARG_FILENAME, &own.cadence, N_("The cadence it belongs to"), N_("CADENCE") },
    { "schedule-ref", 0, 0, G_OPTION_ARG_FILENAME, &own.schedule_ref, N_("The delivery schedule it belongs to"), N_("REF") },
  };
  g_autoptr(GArray) entries = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));
  g_autoptr(DrillDeliveryOperation) operation = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(DrillCliWriter) writer = { 0 };
  DrillPackageScope scope;
  DrillDeliveryTerms terms;
  DrillCliTally tally;
  int status;

  drill_cli_scope_append_entries (&own.scope, entries);
  g_array_append_vals (entries, more, G_N_ELEMENTS (more));
  if (!drill_cli_options_parse_command (options, "deliver",
                                        _("Has the service make an audit package and deliver it."),
                                        (const GOptionEntry *) (gpointer) entries->data, arguments, &error) ||
      !drill_cli_options_no_arguments (*arguments, &error) ||
      !drill_cli_options_check_writing (options, &error) ||
      !drill_cli_scope_check (&own.scope, &error))
    return drill_cli_usage (g_steal_pointer (&error));

  if (own.to == NULL || *g_strstrip (own.to) == '\0')
    return drill_cli_usage (g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("deliver needs --to")));

  {
    char *values[] = { own.to, own.cadence != NULL ? own.cadence : own.to,
                       own.schedule_ref != NULL ? own.schedule_ref : own.to, NULL };

    if (!drill_cli_options_check_texts (values, &error))
      return drill_cli_usage (g_steal_pointer (&error));
  }

  status = drill_cli_writer_open (&writer, options);
  if (status == DRILL_CLI_DONE)
    status = check_unfinished (&writer, &own);
  if (status != DRILL_CLI_DONE)
    return status;

  scope = drill_cli_scope_get (&own.scope);
  terms = (DrillDeliveryTerms) {
    .providers = own.to, .actor = writer.actor, .cadence = own.cadence, .schedule_ref = own.schedule_ref,
  };
  operation = drill_delivery_operation_new (writer.writer, &scope, &terms);
  drill_cli_writer_run (&writer, options, DRILL_OPERATION (operation));

  drill_cli_unfinished_tally (DRILL_OPERATION (operation), &tally);
  status = drill_cli_writer_end (&writer, &tally);
  if (status == DRILL_CLI_DONE)
    status = judge_results (operation);
  if (status == DRILL_CLI_DONE && is_cut (&writer, &scope))
    status = DRILL_CLI_PARTIAL;
  status = drill_cli_print (options, &formats, operation, status);
  drill_cli_writer_leave (&writer, options, DRILL_OPERATION (operation), &tally, FALSE);

  return status;
}
