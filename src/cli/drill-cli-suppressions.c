// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-commands.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/drill-text.h"
#include "base/drill-time.h"
#include "cli/drill-cli-load.h"
#include "cli/drill-cli-output.h"
#include "cli/drill-cli-table.h"
#include "evidence/drill-canonical.h"
#include "evidence/drill-dashboard.h"

static const char *
category_of (DrillEvidence            *evidence,
             const DrillCategoryCount *count)
{
  return drill_evidence_get_text (evidence, DRILL_DICT_CATEGORY, count->category);
}

/* Counts by category, and `total` beside them: unless evidence has a category
 * of that name, which then is the only one to have it. */
static void
append_json (GString       *text,
             DrillEvidence *evidence,
             GPtrArray     *counts,
             guint          total)
{
  gboolean taken = FALSE;

  g_string_append_c (text, '{');
  for (guint i = 0; i < counts->len; i++)
    {
      const DrillCategoryCount *count = g_ptr_array_index (counts, i);
      const char *category = category_of (evidence, count);

      drill_canonical_append_string (text, category);
      g_string_append_printf (text, ": %u, ", count->n_routes);
      taken = taken || strcmp (category, "total") == 0;
    }

  if (taken)
    g_string_truncate (text, text->len - strlen (", "));
  else
    g_string_append_printf (text, "\"total\": %u", total);
  g_string_append (text, "}\n");
}

static void
append_csv (GString       *text,
            DrillEvidence *evidence,
            GPtrArray     *counts)
{
  g_string_append (text, "category,count,latest\r\n");
  for (guint i = 0; i < counts->len; i++)
    {
      const DrillCategoryCount *count = g_ptr_array_index (counts, i);
      g_autofree char *category = drill_text_csv_cell (category_of (evidence, count));
      g_autofree char *latest = drill_time_format (count->latest_us);

      g_string_append_printf (text, "%s,%u,%s\r\n", category, count->n_routes, latest);
    }
}

static char *
join (DrillEvidence *evidence,
      DrillDict      dict,
      GArray        *codes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < codes->len; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : ", ",
                            drill_evidence_get_text (evidence, dict, g_array_index (codes, guint32, i)));

  return g_string_free (text, FALSE);
}

static gboolean
write_table (DrillEvidence  *evidence,
             GPtrArray      *counts,
             guint           total,
             GOutputStream  *out,
             GError        **error)
{
  const char *titles[] = { _("CATEGORY"), _("COUNT"), _("SHARE"), _("LATEST"), _("OWNERS"), _("PROVIDERS") };
  g_autoptr(DrillCliTable) table = drill_cli_table_new (titles, G_N_ELEMENTS (titles), drill_cli_output_is_terminal ());
  g_autofree char *sum = g_strdup_printf ("%u", total);

  for (guint i = 0; i < counts->len; i++)
    {
      const DrillCategoryCount *count = g_ptr_array_index (counts, i);
      g_autofree char *number = g_strdup_printf ("%u", count->n_routes);
      /* Translators: a number in a table */
      g_autofree char *share = g_strdup_printf (_("%.1f %%"), 100.0 * count->n_routes / total);
      g_autofree char *latest = drill_time_format (count->latest_us);
      g_autofree char *owners = join (evidence, DRILL_DICT_OWNER, count->owners);
      g_autofree char *providers = join (evidence, DRILL_DICT_PROVIDER, count->providers);

      drill_cli_table_add (table, category_of (evidence, count));
      drill_cli_table_add_right (table, number);
      drill_cli_table_add_right (table, share);
      drill_cli_table_add (table, latest);
      drill_cli_table_add (table, owners);
      drill_cli_table_add (table, providers);
    }

  drill_cli_table_add (table, _("total"));
  drill_cli_table_add_right (table, sum);
  for (guint i = 2; i < G_N_ELEMENTS (titles); i++)
    drill_cli_table_add (table, "");

  return drill_cli_table_write (table, out, error);
}

/**
 * drill_cli_suppressions:
 * @options: the options of all commands
 * @arguments: (inout): the command line from the command on
 *
 * `drillctl suppressions`.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_suppressions (DrillCliOptions   *options,
                        char            ***arguments)
{
  g_autoptr(GError) usage = NULL;
  g_autoptr(GOutputStream) out = NULL;
  g_autoptr(GPtrArray) counts = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  g_auto(DrillCliLoad) load = { 0 };
  DrillEvidence *evidence;
  GError *error = NULL;
  guint total = 0;
  int status;

  if (!drill_cli_options_parse_command (options, "suppressions", _("Suppressed routes of all plans, by category."),
                                        NULL, arguments, &usage) ||
      !drill_cli_options_no_arguments (*arguments, &usage))
    return drill_cli_usage (g_steal_pointer (&usage));

  status = drill_cli_load (&load, options);
  if (status != DRILL_CLI_DONE)
    return status;

  evidence = drill_cli_load_evidence (&load);
  counts = drill_suppressions_compute (evidence);
  for (guint i = 0; i < counts->len; i++)
    total += ((const DrillCategoryCount *) g_ptr_array_index (counts, i))->n_routes;

  out = drill_cli_output_new ();
  switch (options->format)
    {
    case DRILL_CLI_JSON:
      append_json (text, evidence, counts, total);
      drill_cli_output_write (out, text, &error);
      break;

    case DRILL_CLI_CSV:
      append_csv (text, evidence, counts);
      drill_cli_output_write (out, text, &error);
      break;

    case DRILL_CLI_TABLE:
    default:
      write_table (evidence, counts, total, out, &error);
      break;
    }

  return drill_cli_output_finish (out, drill_cli_load_status (&load, options), error);
}
