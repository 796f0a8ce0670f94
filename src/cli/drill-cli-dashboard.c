// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-commands.h"

#include <glib/gi18n.h>

#include "cli/drill-cli-load.h"
#include "cli/drill-cli-output.h"
#include "cli/drill-cli-table.h"
#include "base/drill-text.h"
#include "evidence/drill-canonical.h"
#include "evidence/drill-dashboard.h"
#include "evidence/drill-json.h"

#define N_COUNTS 9

typedef struct {
  const char *name;
  guint       value;
} Count;

static void
read_counts (DrillEvidence *evidence,
             gint64         now_us,
             Count          counts[N_COUNTS])
{
  DrillDashboard dashboard = { 0 };

  drill_dashboard_compute (evidence, now_us, &dashboard);

  counts[0] = (Count) { "plan_count", dashboard.n_plans };
  counts[1] = (Count) { "delivery_count", dashboard.n_deliveries };
  counts[2] = (Count) { "failed_delivery_count", dashboard.n_failed_deliveries };
  counts[3] = (Count) { "acknowledgement_count", dashboard.n_acks };
  counts[4] = (Count) { "outstanding_route_count", dashboard.n_outstanding };
  counts[5] = (Count) { "escalation_route_count", dashboard.n_actionable };
  counts[6] = (Count) { "breached_route_count", dashboard.n_breached };
  counts[7] = (Count) { "item_count", dashboard.n_items };
  counts[8] = (Count) { "route_count", dashboard.n_routes };
}

/* The service's own counts, as sent, if they are an object. */
static GBytes *
read_server (DrillSource  *source,
             GError      **error)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(JsonNode) node = NULL;

  if (drill_source_get_kind (source) != DRILL_SOURCE_LIVE)
    return NULL;

  bytes = drill_cli_read_dashboard (source, error);
  if (bytes == NULL)
    return NULL;

  node = drill_json_parse (bytes, error);
  if (node == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_REPLY, "the dashboard is not an object");
      return NULL;
    }

  return g_steal_pointer (&bytes);
}

static void
append_json (GString      *text,
             const Count  *counts,
             DrillCliLoad *load,
             GBytes       *server)
{
  for (guint i = 0; i < N_COUNTS; i++)
    g_string_append_printf (text, "%s\"%s\": %u", i == 0 ? "{" : ", ", counts[i].name, counts[i].value);

  g_string_append_printf (text, ", \"complete\": %s, \"source\": ", load->complete ? "true" : "false");
  drill_canonical_append_string (text, drill_cli_source_name (load->source));
  g_string_append (text, ", \"server\": ");
  if (server != NULL)
    g_string_append_len (text, g_bytes_get_data (server, NULL), (gssize) g_bytes_get_size (server));
  else
    g_string_append (text, "null");
  g_string_append (text, "}\n");
}

static void
append_csv (GString      *text,
            const Count  *counts,
            DrillCliLoad *load)
{
  g_autofree char *source = drill_text_csv_cell (drill_cli_source_name (load->source));

  g_string_append (text, "name,value\r\n");
  for (guint i = 0; i < N_COUNTS; i++)
    g_string_append_printf (text, "%s,%u\r\n", counts[i].name, counts[i].value);
  g_string_append_printf (text, "complete,%s\r\nsource,%s\r\n", load->complete ? "true" : "false", source);
}

static gboolean
write_table (const Count    *counts,
             DrillCliLoad   *load,
             GOutputStream  *out,
             GError        **error)
{
  const char *titles[] = { _("COUNT"), _("VALUE") };
  const char *labels[N_COUNTS] = {
    _("Notification plans"), _("Deliveries"), _("Failed deliveries"), _("Acknowledgements"), _("Outstanding routes"),
    _("Escalation routes"), _("Breached routes"), _("Evidence items"), _("Routes of all plans"),
  };
  g_autoptr(DrillCliTable) table = drill_cli_table_new (titles, G_N_ELEMENTS (titles), FALSE);

  for (guint i = 0; i < N_COUNTS; i++)
    {
      g_autofree char *value = g_strdup_printf ("%u", counts[i].value);

      drill_cli_table_add (table, labels[i]);
      drill_cli_table_add_right (table, value);
    }

  drill_cli_table_add (table, _("Complete"));
  drill_cli_table_add_right (table, load->complete ? _("yes") : _("no"));
  drill_cli_table_add (table, _("Source"));
  drill_cli_table_add_right (table, drill_cli_source_name (load->source));

  return drill_cli_table_write (table, out, error);
}

/**
 * drill_cli_dashboard:
 * @options: the options of all commands
 * @arguments: (inout): the command line from the command on
 *
 * `drillctl dashboard`.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_dashboard (DrillCliOptions   *options,
                     char            ***arguments)
{
  g_autoptr(GError) usage = NULL;
  g_autoptr(GError) server_error = NULL;
  g_autoptr(GOutputStream) out = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GBytes) server = NULL;
  g_auto(DrillCliLoad) load = { 0 };
  Count counts[N_COUNTS];
  GError *error = NULL;
  int status;

  if (!drill_cli_options_parse_command (options, "dashboard", _("The counts, over all loaded evidence."),
                                        NULL, arguments, &usage) ||
      !drill_cli_options_no_arguments (*arguments, &usage))
    return drill_cli_usage (g_steal_pointer (&usage));

  status = drill_cli_load (&load, options);
  if (status != DRILL_CLI_DONE)
    return status;

  server = read_server (load.source, &server_error);
  read_counts (drill_cli_load_evidence (&load), options->now_us, counts);
  out = drill_cli_output_new ();

  switch (options->format)
    {
    case DRILL_CLI_JSON:
      append_json (text, counts, &load, server);
      drill_cli_output_write (out, text, &error);
      break;

    case DRILL_CLI_CSV:
      append_csv (text, counts, &load);
      drill_cli_output_write (out, text, &error);
      break;

    case DRILL_CLI_TABLE:
    default:
      write_table (counts, &load, out, &error);
      break;
    }

  status = drill_cli_load_status (&load, options);
  if (server_error != NULL)
    {
      /* Translators: %s is a technical detail, in English */
      g_autofree char *message = g_strdup_printf (_("partial: no dashboard of the service: %s"), server_error->message);

      drill_cli_note (options, message);
      status = DRILL_CLI_PARTIAL;
    }

  return drill_cli_output_finish (out, status, error);
}
