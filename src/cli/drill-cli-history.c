// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-commands.h"

#include <glib/gi18n.h>

#include "audit/drill-export.h"
#include "base/drill-error.h"
#include "cli/drill-cli-load.h"
#include "cli/drill-cli-output.h"
#include "cli/drill-cli-table.h"
#include "drill-config.h"
#include "query/drill-history-query.h"

typedef struct {
  char   **kinds;
  char   **providers;
  char   **states;
  gboolean failed;
  char    *search;
  int      limit;
} HistoryOptions;

static void
history_options_clear (HistoryOptions *options)
{
  g_clear_pointer (&options->kinds, g_strfreev);
  g_clear_pointer (&options->providers, g_strfreev);
  g_clear_pointer (&options->states, g_strfreev);
  g_clear_pointer (&options->search, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HistoryOptions, history_options_clear)

static gboolean
check_texts (HistoryOptions  *options,
             GError         **error)
{
  char *search[] = { options->search, NULL };

  return drill_cli_options_check_texts (options->kinds, error) &&
         drill_cli_options_check_texts (options->providers, error) &&
         drill_cli_options_check_texts (options->states, error) &&
         drill_cli_options_check_texts (search, error);
}

/* The items as they came: nothing of them is parsed and written anew. */
static gboolean
write_json (DrillEvidence  *evidence,
            const guint32  *items,
            guint           n_items,
            GOutputStream  *out,
            GError        **error)
{
  g_autoptr(GString) text = g_string_new ("[");

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(GBytes) bytes = drill_evidence_get_item_bytes (evidence, items[i]);
      gsize length;
      const char *data = g_bytes_get_data (bytes, &length);

      g_string_append (text, i == 0 ? "\n" : ",\n");
      g_string_append_len (text, data, (gssize) length);
      if (!drill_cli_output_write (out, text, error))
        return FALSE;
    }
  g_string_append (text, n_items > 0 ? "\n]\n" : "]\n");

  return drill_cli_output_write (out, text, error);
}

static char *
format_result (DrillEvidence   *evidence,
               const DrillItem *item)
{
  if (item->result == DRILL_RESULT_FAILED)
    return g_strdup (_("failed"));

  if (item->result == DRILL_RESULT_DELIVERED)
    return g_strdup (_("delivered"));

  return g_strdup (drill_evidence_get_text (evidence, DRILL_DICT_STATE, item->state));
}

static char *
format_providers (DrillEvidence   *evidence,
                  const DrillItem *item)
{
  const guint32 *providers = drill_evidence_get_item_providers (evidence);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < item->n_providers; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : ", ",
                            drill_evidence_get_text (evidence, DRILL_DICT_PROVIDER,
                                                     providers[item->first_provider + i]));

  return g_strdup (text->str);
}

static gboolean
write_table (DrillEvidence  *evidence,
             const guint32  *rows,
             guint           n_rows,
             GOutputStream  *out,
             GError        **error)
{
  const char *titles[] = {
    _("TIME"), _("KIND"), _("SUBJECT"), _("PROVIDER"), _("STATE OR RESULT"), _("SIGNER"),
  };
  g_autoptr(DrillCliTable) table = drill_cli_table_new (titles, G_N_ELEMENTS (titles), drill_cli_output_is_terminal ());

  for (guint i = 0; i < n_rows; i++)
    {
      const DrillItem *item = &drill_evidence_get_items (evidence)[rows[i]];
      const char *kind = drill_evidence_get_text (evidence, DRILL_DICT_KIND, item->kind);
      const char *subject = drill_evidence_get_text (evidence, DRILL_DICT_SCHEDULE, item->schedule);
      g_autofree char *result = format_result (evidence, item);
      g_autofree char *providers = format_providers (evidence, item);

      if (g_str_has_prefix (kind, "go-backend-rollback-drill-"))
        kind += sizeof "go-backend-rollback-drill-" - 1;
      if (*subject == '\0')
        subject = drill_evidence_get_text (evidence, DRILL_DICT_TEXT, item->subject);

      drill_cli_table_add (table, drill_evidence_get_text (evidence, DRILL_DICT_TEXT, item->created));
      drill_cli_table_add (table, kind);
      drill_cli_table_add (table, subject);
      drill_cli_table_add (table, providers);
      drill_cli_table_add (table, result);
      drill_cli_table_add (table, drill_evidence_get_text (evidence, DRILL_DICT_ACTOR, item->signer));
    }

  return drill_cli_table_write (table, out, error);
}

static int
print_history (const DrillCliOptions   *options,
               DrillCliLoad            *load,
               const DrillHistoryQuery *query,
               int                      limit)
{
  DrillEvidence *evidence = drill_cli_load_evidence (load);
  g_autoptr(GArray) found = drill_history_query_run (evidence, query);
  g_autoptr(GOutputStream) out = drill_cli_output_new ();
  const guint32 *items = (const guint32 *) (gpointer) found->data;
  guint n_items = limit >= 0 ? MIN ((guint) limit, found->len) : found->len;
  GError *error = NULL;

  switch (options->format)
    {
    case DRILL_CLI_JSON:
      write_json (evidence, items, n_items, out, &error);
      break;

    case DRILL_CLI_CSV:
      {
        const DrillExportInfo info = {
          .source = drill_cli_source_name (load->source),
          .is_sample = drill_source_get_kind (load->source) == DRILL_SOURCE_SAMPLE,
          .read_only = load->read_only,
          .complete = load->complete,
          .version = DRILL_VERSION,
        };

        drill_export_items_csv (evidence, items, n_items, &info, out, NULL, &error);
        break;
      }

    case DRILL_CLI_TABLE:
    default:
      write_table (evidence, items, n_items, out, &error);
      break;
    }

  return drill_cli_output_finish (out, drill_cli_load_status (load, options), error);
}

/**
 * drill_cli_history:
 * @options: the options of all commands
 * @arguments: (inout): the command line from the command on
 *
 * `drillctl history`.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_history (DrillCliOptions   *options,
                   char            ***arguments)
{
  g_auto(HistoryOptions) own = { .limit = DRILL_CLI_NO_LIMIT };
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &own.kinds,
      N_("Only this kind, with or without go-backend-rollback-drill-"), N_("KIND") },
    { "provider", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &own.providers, N_("Only this provider"), N_("PROVIDER") },
    { "state", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &own.states, N_("Only this state"), N_("STATE") },
    { "failed", 0, 0, G_OPTION_ARG_NONE, &own.failed, N_("Only failed deliveries"), NULL },
    { "search", 0, 0, G_OPTION_ARG_FILENAME, &own.search, N_("Only items with TEXT, in any case"), N_("TEXT") },
    { "limit", 0, 0, G_OPTION_ARG_INT, &own.limit, N_("At most N items"), N_("N") },
    { NULL }
  };
  g_autoptr(GError) error = NULL;
  g_auto(DrillCliLoad) load = { 0 };
  DrillHistoryQuery query;
  int status;

  if (!drill_cli_options_parse_command (options, "history", _("Evidence items, newest first. JSON prints the bytes of "
                                                              "the items as they came."),
                                        entries, arguments, &error) ||
      !drill_cli_options_no_arguments (*arguments, &error) ||
      !check_texts (&own, &error))
    return drill_cli_usage (g_steal_pointer (&error));

  if (own.limit < 0 && own.limit != DRILL_CLI_NO_LIMIT)
    return drill_cli_usage (g_error_new_literal (DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("--limit is a number of items")));

  status = drill_cli_load (&load, options);
  if (status != DRILL_CLI_DONE)
    return status;

  query = (DrillHistoryQuery) {
    .kinds = (const char *const *) own.kinds,
    .providers = (const char *const *) own.providers,
    .states = (const char *const *) own.states,
    .result = own.failed ? DRILL_RESULT_FAILED : DRILL_RESULT_NONE,
    .search = own.search,
    .descending = TRUE,
  };

  return print_history (options, &load, &query, own.limit);
}
