// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-commands.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "audit/drill-export.h"
#include "base/drill-error.h"
#include "cli/drill-cli-filter.h"
#include "cli/drill-cli-load.h"
#include "cli/drill-cli-output.h"
#include "cli/drill-cli-table.h"
#include "drill-config.h"
#include "query/drill-route-query.h"

typedef struct {
  DrillCliFilter filter;
  char         **sorts;
  int            limit;
} RoutesOptions;

static void
routes_options_clear (RoutesOptions *options)
{
  drill_cli_filter_clear (&options->filter);
  g_clear_pointer (&options->sorts, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoutesOptions, routes_options_clear)

/* The fields of the rows sort by their own names too. */
static const char *
key_of_field (const char *name)
{
  static const struct
  {
    const char    *field;
    DrillRouteKey  key;
  } fields[] = {
    { "created_at", DRILL_KEY_CREATED },
    { "acknowledgement_state", DRILL_KEY_STATE },
    { "schedule_id", DRILL_KEY_SCHEDULE },
    { "age_minutes", DRILL_KEY_AGE },
    { "recommended_action", DRILL_KEY_RECOMMENDED },
    { "external_ref", DRILL_KEY_REFERENCE },
    { "plan_id", DRILL_KEY_PLAN },
    { "alert_level", DRILL_KEY_ALERT },
    { "acknowledged_at", DRILL_KEY_ACKNOWLEDGED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (name, fields[i].field))
      return drill_route_key_get_name (fields[i].key);

  return name;
}

static gboolean
add_sort (DrillRouteQuery  *query,
          const char       *text,
          GError          **error)
{
  const char *colon = strchr (text, ':');
  g_autofree char *name = colon != NULL ? g_strndup (text, colon - text) : g_strdup (text);
  gboolean descending = colon != NULL && strcmp (colon, ":desc") == 0;
  g_autoptr(GString) names = NULL;
  DrillRouteKey key;

  if ((colon == NULL || descending || strcmp (colon, ":asc") == 0) && drill_route_key_from_name (key_of_field (name), &key))
    {
      drill_route_query_append_sort (query, key, descending);
      return TRUE;
    }

  names = g_string_new (NULL);
  for (int i = 0; i < DRILL_N_KEYS; i++)
    g_string_append_printf (names, "%s%s", i == 0 ? "" : ", ", drill_route_key_get_name ((DrillRouteKey) i));
  g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT,
               /* Translators: %s is a list of words that are typed as they are */
               _("--sort is KEY or KEY:desc, with one of the keys %s"), names->str);

  return FALSE;
}

static gboolean
make_query (RoutesOptions    *options,
            DrillRouteQuery  *query,
            GError          **error)
{
  if (options->limit < 0 && options->limit != DRILL_CLI_NO_LIMIT)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("--limit is a number of rows"));
      return FALSE;
    }

  if (!drill_cli_filter_apply (&options->filter, query, error))
    return FALSE;

  if (options->sorts != NULL)
    drill_route_query_clear_sort (query);
  for (guint i = 0; options->sorts != NULL && options->sorts[i] != NULL; i++)
    if (!add_sort (query, options->sorts[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
write_json (DrillEvidence  *evidence,
            const guint32  *rows,
            guint           n_rows,
            gint64          now_us,
            GOutputStream  *out,
            GError        **error)
{
  g_autoptr(GString) text = g_string_new ("[");

  for (guint i = 0; i < n_rows; i++)
    {
      DrillRouteRecord record;

      drill_route_record_read (&record, evidence, rows[i], now_us);
      g_string_append (text, i == 0 ? "\n" : ",\n");
      drill_route_record_append_json (&record, text);
      if (!drill_cli_output_write (out, text, error))
        return FALSE;
    }
  g_string_append (text, n_rows > 0 ? "\n]\n" : "]\n");

  return drill_cli_output_write (out, text, error);
}

static char *
format_slo (const DrillRouteRecord *record)
{
  long long left; /* years of minutes: a plan may say it is of the year 1 */

  if (!record->judged || isnan (record->age_minutes) || record->acknowledged)
    return g_strdup ("");

  /* Whole minutes towards zero: "0 min left" is still in time. */
  left = (long long) (drill_route_slo_minutes (record->acknowledgement_minutes) - record->age_minutes);

  if (record->breached)
    return g_strdup_printf (_("%lld min overdue"), -left);

  return g_strdup_printf (_("%lld min left"), left);
}

static gboolean
write_table (DrillEvidence  *evidence,
             const guint32  *rows,
             guint           n_rows,
             gint64          now_us,
             GOutputStream  *out,
             GError        **error)
{
  const char *titles[] = {
    _("STATE"), _("SCHEDULE"), _("PROVIDER"), _("OWNER"), _("ACTION"), _("CATEGORY"), _("SLO"), _("AGE"),
    _("RECOMMENDED"), _("ACKNOWLEDGED BY"), _("REFERENCE"), _("CREATED"), _("PLAN"),
  };
  g_autoptr(DrillCliTable) table = drill_cli_table_new (titles, G_N_ELEMENTS (titles), drill_cli_output_is_terminal ());

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr(GString) age = g_string_new (NULL);
      g_autofree char *state = NULL;
      g_autofree char *slo = NULL;
      DrillRouteRecord record;

      drill_route_record_read (&record, evidence, rows[i], now_us);
      if (record.judged && !isnan (record.age_minutes))
        drill_route_append_age (age, record.age_minutes);
      /* Translators: %s is the state of a route; it was acknowledged before its plan was made */
      state = record.predates_plan ? g_strdup_printf (_("%s (predates plan)"), record.acknowledgement_state)
                                   : g_strdup (record.acknowledgement_state);
      slo = format_slo (&record);

      drill_cli_table_add (table, state);
      drill_cli_table_add (table, record.schedule_id);
      drill_cli_table_add (table, record.provider);
      drill_cli_table_add (table, record.owner);
      drill_cli_table_add (table, record.action);
      drill_cli_table_add (table, record.category);
      drill_cli_table_add_right (table, slo);
      drill_cli_table_add_right (table, age->str);
      drill_cli_table_add (table, record.recommended_action);
      drill_cli_table_add (table, record.acknowledged_by);
      drill_cli_table_add (table, record.external_ref);
      drill_cli_table_add (table, record.created_at);
      drill_cli_table_add (table, record.plan_id);
    }

  return drill_cli_table_write (table, out, error);
}

static int
print_routes (const DrillCliOptions *options,
              DrillCliLoad          *load,
              DrillRouteQuery       *query,
              int                    limit)
{
  g_autoptr(DrillRouteResult) result = drill_route_table_query (load->table, query, options->now_us);
  g_autoptr(GOutputStream) out = drill_cli_output_new ();
  DrillEvidence *evidence = drill_cli_load_evidence (load);
  const guint32 *rows = drill_route_result_get_rows (result);
  guint n_matched = drill_route_result_get_n_rows (result);
  guint n_rows = limit >= 0 ? MIN ((guint) limit, n_matched) : n_matched;
  GError *error = NULL;

  switch (options->format)
    {
    case DRILL_CLI_JSON:
      write_json (evidence, rows, n_rows, options->now_us, out, &error);
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

        drill_export_routes_csv (evidence, rows, n_rows, options->now_us, &info, out, NULL, &error);
        break;
      }

    case DRILL_CLI_TABLE:
    default:
      write_table (evidence, rows, n_rows, options->now_us, out, &error);
      break;
    }

  return drill_cli_output_finish (out, drill_cli_load_status (load, options), error);
}

/**
 * drill_cli_routes:
 * @options: the options of all commands
 * @arguments: (inout): the command line from the command on
 *
 * `drillctl routes`.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_routes (DrillCliOptions   *options,
                  char            ***arguments)
{
  g_auto(RoutesOptions) own = { .limit = DRILL_CLI_NO_LIMIT };
  const GOptionEntry more[] = {
    { "sort", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &own.sorts, N_("Sort by KEY, or KEY:desc"), N_("KEY") },
    { "limit", 0, 0, G_OPTION_ARG_INT, &own.limit, N_("At most N rows"), N_("N") },
  };
  g_autoptr(GArray) entries = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();
  g_autoptr(GError) error = NULL;
  g_auto(DrillCliLoad) load = { 0 };
  int status;

  drill_cli_filter_append_entries (&own.filter, entries);
  g_array_append_vals (entries, more, G_N_ELEMENTS (more));
  if (!drill_cli_options_parse_command (options, "routes", _("Routes, filtered and sorted. An option given several "
                                                             "times means any of its values."),
                                        (const GOptionEntry *) (gpointer) entries->data, arguments, &error) ||
      !drill_cli_options_no_arguments (*arguments, &error) ||
      !make_query (&own, query, &error))
    return drill_cli_usage (g_steal_pointer (&error));

  status = drill_cli_load (&load, options);
  if (status != DRILL_CLI_DONE)
    return status;

  /* Ids are not kept but computed; without them a search would not find any. */
  if (own.filter.search != NULL)
    drill_route_table_prepare_ids (load.table, NULL);

  return print_routes (options, &load, query, own.limit);
}
