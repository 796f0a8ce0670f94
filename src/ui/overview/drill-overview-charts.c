// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/drill-overview-charts.h"

#include <glib/gi18n-lib.h>

#include "ui/charts/drill-chart-time.h"
#include "ui/common/drill-format.h"
#include "ui/common/drill-label.h"

/* The series of routes that are open */
enum {
  OPEN_OUTSTANDING,
  OPEN_BREACHED,
};

/* The series of owners, the most pressing first */
enum {
  OWNER_BREACHED,
  OWNER_WAITING,
  OWNER_ACKNOWLEDGED,
};

static const struct
{
  const char *mark;
  const char *name;
} ack_times[DRILL_N_ACK_TIMES] = {
  /* Translators: shares of the time that there is to acknowledge */
  [DRILL_ACK_TIME_25] = { N_("≤ 25 %"),
                          /* xgettext:no-c-format */
                          N_("Within 25 % of the SLO") },
  [DRILL_ACK_TIME_50] = { N_("≤ 50 %"),
                          /* xgettext:no-c-format */
                          N_("Within 50 % of the SLO") },
  [DRILL_ACK_TIME_75] = { N_("≤ 75 %"),
                          /* xgettext:no-c-format */
                          N_("Within 75 % of the SLO") },
  [DRILL_ACK_TIME_100] = { N_("≤ 100 %"), N_("Within the SLO") },
  [DRILL_ACK_TIME_150] = { N_("≤ 150 %"),
                           /* xgettext:no-c-format */
                           N_("Late, within 150 % of the SLO") },
  [DRILL_ACK_TIME_200] = { N_("≤ 200 %"),
                           /* xgettext:no-c-format */
                           N_("Late, within 200 % of the SLO") },
  [DRILL_ACK_TIME_MORE] = { N_("> 200 %"),
                            /* xgettext:no-c-format */
                            N_("Later than 200 % of the SLO") },
  [DRILL_ACK_TIME_PREDATES] = { N_("Predates"), N_("Acknowledged before this plan, or for another one") },
  [DRILL_ACK_TIME_NEVER] = { N_("Never"), N_("Not acknowledged before the next plan") },
  [DRILL_ACK_TIME_NOT_YET] = { N_("Not yet"), N_("Not acknowledged yet") },
};

static void
add_values (DrillRouteQuery   *query,
            DrillFacet         facet,
            const char *const *values)
{
  for (; *values != NULL; values++)
    drill_route_query_add (query, facet, *values);
}

static const char *const not_acknowledged[] = { "outstanding", "escalated", "dismissed", NULL };
static const char *const acknowledged[] = { "acknowledged", "resolved", NULL };
static const char *const in_time[] = { "due", "ok", NULL };

/**
 * drill_overview_charts_new_open:
 * @overview: an overview
 *
 * Returns: (transfer full): routes outstanding and breached over time; only those of now can be shown
 */
DrillChartData *
drill_overview_charts_new_open (const DrillOverview *overview)
{
  DrillChartData *data = drill_chart_time_new_data (DRILL_CHART_STEPS, &overview->buckets);
  guint n = overview->buckets.n;

  drill_chart_data_set_hint (data, _("Click to show these routes"));
  drill_chart_data_add_series (data, C_("count", "Outstanding"), DRILL_TONE_BLUE, overview->outstanding);
  drill_chart_data_add_series (data, C_("count", "Breached"), DRILL_TONE_ORANGE, overview->breached);
  if (n > 0)
    {
      drill_chart_data_set_opens (data, n - 1, OPEN_OUTSTANDING);
      drill_chart_data_set_opens (data, n - 1, OPEN_BREACHED);
      drill_chart_data_set_opens (data, n - 1, DRILL_CHART_WHOLE);
    }

  return data;
}

/**
 * drill_overview_charts_find_open:
 * @overview: an overview
 * @point: a point of its routes outstanding and breached
 * @series: a series, or %DRILL_CHART_WHOLE
 *
 * Returns: (transfer full): the filter for them
 */
DrillRouteQuery *
drill_overview_charts_find_open (const DrillOverview *overview,
                                 guint                point,
                                 guint                series)
{
  DrillRouteQuery *query = drill_route_query_new ();

  if (series == OPEN_BREACHED)
    drill_route_query_add (query, DRILL_FACET_SLO, "breached");
  else
    add_values (query, DRILL_FACET_STATE, not_acknowledged);

  return query;
}

/**
 * drill_overview_charts_new_times:
 * @overview: an overview
 *
 * Returns: (transfer full): how long acknowledgements took; without points when there are no routes
 */
DrillChartData *
drill_overview_charts_new_times (const DrillOverview *overview)
{
  DrillChartData *data;
  guint n_routes = 0;

  for (guint i = 0; i < DRILL_N_ACK_TIMES; i++)
    n_routes += overview->ack_times[i];

  data = drill_chart_data_new (DRILL_CHART_BARS, n_routes > 0 ? DRILL_N_ACK_TIMES : 0, _("Time to acknowledge"));
  for (guint i = 0; n_routes > 0 && i < DRILL_N_ACK_TIMES; i++)
    drill_chart_data_set_point (data, i, _(ack_times[i].mark), _(ack_times[i].name));
  drill_chart_data_set_hint (data, _("Click to show these routes"));
  drill_chart_data_add_series (data, _("Routes"), DRILL_TONE_BLUE, overview->ack_times);
  if (n_routes > 0)
    {
      drill_chart_data_set_opens (data, DRILL_ACK_TIME_NOT_YET, 0);
      drill_chart_data_set_opens (data, DRILL_ACK_TIME_NOT_YET, DRILL_CHART_WHOLE);
    }

  return data;
}

/**
 * drill_overview_charts_find_times:
 * @overview: an overview
 * @point: a #DrillAckTime
 *
 * Returns: (transfer full) (nullable): the filter for its routes, if there is one
 */
DrillRouteQuery *
drill_overview_charts_find_times (const DrillOverview *overview,
                                  guint                point)
{
  DrillRouteQuery *query;

  if (point != DRILL_ACK_TIME_NOT_YET)
    return NULL;

  query = drill_route_query_new ();
  add_values (query, DRILL_FACET_STATE, not_acknowledged);

  return query;
}

static char *
dup_owner_name (const DrillOwnerCount *count,
                DrillEvidence         *evidence)
{
  g_autofree char *number = NULL;

  if (count->owner != DRILL_NONE)
    return drill_label_value (DRILL_FACET_OWNER, drill_evidence_get_text (evidence, DRILL_DICT_OWNER, count->owner));

  number = drill_format_count (count->n_owners);

  /* Translators: %s is a number of owners */
  return g_strdup_printf (ngettext ("%s other", "%s others", count->n_owners), number);
}

/**
 * drill_overview_charts_new_owners:
 * @overview: an overview
 * @evidence: what it is of
 *
 * Returns: (transfer full): the routes of the current plans by owner
 */
DrillChartData *
drill_overview_charts_new_owners (const DrillOverview *overview,
                                  DrillEvidence       *evidence)
{
  guint n = overview->owners->len;
  DrillChartData *data = drill_chart_data_new (DRILL_CHART_BARS, n, _("Owner"));
  g_autofree guint *breached = g_new0 (guint, n + 1);
  g_autofree guint *waiting = g_new0 (guint, n + 1);
  g_autofree guint *closed = g_new0 (guint, n + 1);

  for (guint i = 0; i < n; i++)
    {
      const DrillOwnerCount *count = &g_array_index (overview->owners, DrillOwnerCount, i);
      g_autofree char *name = dup_owner_name (count, evidence);

      breached[i] = count->n_breached;
      waiting[i] = count->n_waiting;
      closed[i] = count->n_acknowledged;
      drill_chart_data_set_point (data, i, name, name);
    }
  drill_chart_data_set_hint (data, _("Click to show these routes"));
  drill_chart_data_add_series (data, C_("count", "Breached"), DRILL_TONE_ORANGE, breached);
  drill_chart_data_add_series (data, _("Outstanding, in time"), DRILL_TONE_BLUE, waiting);
  drill_chart_data_add_series (data, _("Acknowledged or resolved"), DRILL_TONE_GREEN, closed);

  for (guint i = 0; i < n; i++)
    if (g_array_index (overview->owners, DrillOwnerCount, i).owner != DRILL_NONE)
      {
        drill_chart_data_set_opens (data, i, OWNER_BREACHED);
        drill_chart_data_set_opens (data, i, OWNER_WAITING);
        drill_chart_data_set_opens (data, i, OWNER_ACKNOWLEDGED);
        drill_chart_data_set_opens (data, i, DRILL_CHART_WHOLE);
      }

  return data;
}

/**
 * drill_overview_charts_find_owners:
 * @overview: an overview
 * @evidence: what it is of
 * @point: one of its owners
 * @series: a series of it, or %DRILL_CHART_WHOLE
 *
 * Returns: (transfer full) (nullable): the filter for the routes, if there is one
 */
DrillRouteQuery *
drill_overview_charts_find_owners (const DrillOverview *overview,
                                   DrillEvidence       *evidence,
                                   guint                point,
                                   guint                series)
{
  const DrillOwnerCount *count = &g_array_index (overview->owners, DrillOwnerCount, point);
  DrillRouteQuery *query;

  if (count->owner == DRILL_NONE)
    return NULL;

  query = drill_route_query_new ();
  drill_route_query_add (query, DRILL_FACET_OWNER, drill_evidence_get_text (evidence, DRILL_DICT_OWNER, count->owner));
  if (series == OWNER_BREACHED)
    {
      drill_route_query_add (query, DRILL_FACET_SLO, "breached");
    }
  else if (series == OWNER_WAITING)
    {
      add_values (query, DRILL_FACET_STATE, not_acknowledged);
      add_values (query, DRILL_FACET_SLO, in_time);
    }
  else if (series == OWNER_ACKNOWLEDGED)
    {
      add_values (query, DRILL_FACET_STATE, acknowledged);
    }
  else
    {
      drill_route_query_add (query, DRILL_FACET_ACTION, "deliver");
    }

  return query;
}
