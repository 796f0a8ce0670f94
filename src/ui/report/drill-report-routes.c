// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/drill-report-routes.h"

#include <glib/gi18n-lib.h>

#include "audit/drill-route-record.h"
#include "ui/common/drill-format.h"
#include "ui/routes/drill-route-column.h"

/* What digest_row() does, of an export as JSON */
#define DIGEST_RECIPE "jq -r '.routes[] | [.route_id, .acknowledgement_state, .acknowledged_by, .acknowledged_at, " \
                      ".external_ref] | join(\"\\t\")' routes.json | sha256sum"

#define ROWS_BETWEEN_LOOKS 1024 /* at the cancellable */

/* What fits on a page beside each other, and how much of it each needs */
static const struct
{
  DrillRouteKey key;
  double        weight;
} columns[] = {
  { DRILL_KEY_STATE,           10.0 },
  { DRILL_KEY_SCHEDULE,        25.0 },
  { DRILL_KEY_PROVIDER,         8.5 },
  { DRILL_KEY_OWNER,           12.5 },
  { DRILL_KEY_SLO,             11.0 },
  { DRILL_KEY_AGE,              7.0 },
  { DRILL_KEY_RECOMMENDED,     12.0 },
  { DRILL_KEY_ACKNOWLEDGED_BY, 11.5 },
  { DRILL_KEY_REFERENCE,        8.5 },
  { DRILL_KEY_CREATED,         11.5 },
};

typedef struct {
  DrillReportOrigin *origin;
  DrillEvidence     *evidence;
  guint32           *rows;
  guint              n_rows;
  DrillRouteQuery   *query;
  char              *filters;
} Routes;

static void
routes_free (gpointer data)
{
  Routes *routes = data;

  drill_report_origin_free (routes->origin);
  drill_evidence_unref (routes->evidence);
  drill_route_query_free (routes->query);
  g_free (routes->rows);
  g_free (routes->filters);
  g_free (routes);
}

static const char *
get_column_title (DrillRouteKey key)
{
  guint n_columns;
  const DrillRouteColumnInfo *all = drill_route_column_get_all (&n_columns);

  for (guint i = 0; i < n_columns; i++)
    if (all[i].key == key)
      return _(all[i].title);

  return "";
}

static char *
dup_order (const DrillRouteQuery *query)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < drill_route_query_get_n_sort (query); i++)
    {
      gboolean descending;
      const char *title = get_column_title (drill_route_query_get_sort (query, i, &descending));

      g_string_append (text, text->len > 0 ? ", " : "");
      if (descending)
        /* Translators: %s is the heading of a column by which a table is sorted */
        g_string_append_printf (text, _("%s (descending)"), title);
      else
        g_string_append (text, title);
    }

  return g_strdup (text->len > 0 ? text->str : _("newest first"));
}

static void
digest_row (GChecksum              *checksum,
            const DrillRouteRecord *record)
{
  const char *const fields[] = {
    record->route_id, record->acknowledgement_state, record->acknowledged_by, record->acknowledged_at,
    record->external_ref,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (i > 0)
        g_checksum_update (checksum, (const guchar *) "\t", 1);
      if (fields[i] != NULL)
        g_checksum_update (checksum, (const guchar *) fields[i], -1);
    }
  g_checksum_update (checksum, (const guchar *) "\n", 1);
}

/* Counts, and says so; returns the digest */
static char *
read_rows (DrillReport   *report,
           const Routes  *routes,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint n_outstanding = 0, n_breached = 0, n_acknowledged = 0, n_others = 0;

  for (guint i = 0; i < routes->n_rows; i++)
    {
      DrillRouteRecord record;

      if (i % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      drill_route_record_read (&record, routes->evidence, routes->rows[i], routes->origin->made_at_us);
      digest_row (checksum, &record);
      n_breached += record.judged && record.breached;
      if (*record.acknowledgement_state == '\0')
        n_others++;
      else if (record.acknowledged)
        n_acknowledged++;
      else
        n_outstanding++;
    }

  drill_report_add_count (report, C_("count", "Outstanding"), n_outstanding);
  drill_report_add_count (report, C_("count", "Breached"), n_breached);
  drill_report_add_count (report, _("Acknowledged or resolved"), n_acknowledged);
  drill_report_add_count (report, _("Not delivered"), n_others);

  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
prepare (DrillReport   *report,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Routes *routes = data;
  g_autofree char *order = dup_order (routes->query);
  g_autofree char *n_rows = drill_format_count (routes->n_rows);
  guint population = drill_evidence_get_n_routes (routes->evidence);
  g_autofree char *n_population = drill_format_count (population);
  g_autofree char *of = g_strdup_printf (ngettext ("%s of %s route", "%s of %s routes", population),
                                         n_rows, n_population);
  g_autofree char *digest = NULL;
  g_autofree char *how = NULL;

  drill_report_add_fact (report, _("Filters"), routes->filters, TRUE);
  drill_report_add_fact (report, _("Sorted by"), order, TRUE);
  drill_report_add_fact (report, _("Routes"), of, FALSE);
  digest = read_rows (report, routes, cancellable, error);
  if (digest == NULL)
    return FALSE;

  drill_report_origin_add_maker (routes->origin, report);
  drill_report_origin_add_source (routes->origin, report);
  drill_report_add_fact (report, _("SHA-256"), digest, TRUE);
  /* Translators: %s is a command */
  how = g_strdup_printf (_("The digest is of the id, the state, and who acknowledged when with which reference, of every "
                           "route in this order. It can be computed from an export of the same routes as JSON: %s"),
                         DIGEST_RECIPE);
  drill_report_add_fact (report, _("Checking the digest"), how, TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    drill_report_add_column (report, get_column_title (columns[i].key), columns[i].weight);
  drill_report_set_n_rows (report, routes->n_rows);

  return TRUE;
}

static char *
dup_cell (gpointer data,
          guint    row,
          guint    column)
{
  Routes *routes = data;
  DrillEvidence *evidence = routes->evidence;

  if (columns[column].key == DRILL_KEY_CREATED)
    {
      guint32 plan = drill_evidence_get_route_column (evidence, DRILL_ROUTE_PLAN)[routes->rows[row]];

      return drill_report_dup_time (drill_evidence_get_plans (evidence)[plan].created_us, FALSE);
    }

  return drill_route_column_dup_text (columns[column].key, evidence, routes->rows[row], routes->origin->made_at_us);
}

/**
 * drill_report_new_for_routes:
 * @origin: (transfer full): who makes it, of what
 * @evidence: a snapshot
 * @rows: (array length=n_rows): rows of its routes, in the order to print them
 * @n_rows: how many
 * @query: what they are the answer to
 * @filters: the filters in words
 *
 * Returns: (transfer full): a report of what is listed
 */
DrillReport *
drill_report_new_for_routes (DrillReportOrigin     *origin,
                             DrillEvidence         *evidence,
                             const guint32         *rows,
                             guint                  n_rows,
                             const DrillRouteQuery *query,
                             const char            *filters)
{
  Routes *routes = g_new0 (Routes, 1);
  g_autofree char *stem = drill_report_origin_dup_stem (origin, "rollback-drill-routes");

  routes->origin = origin;
  routes->evidence = drill_evidence_ref (evidence);
  routes->rows = g_memdup2 (rows, n_rows * sizeof *rows);
  routes->n_rows = n_rows;
  routes->query = drill_route_query_copy (query);
  routes->filters = g_strdup (filters);

  return drill_report_new (_("Rollback Drill Notifications"), stem, prepare, dup_cell, routes, routes_free);
}
