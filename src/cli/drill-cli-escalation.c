// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-commands.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "base/drill-text.h"
#include "base/drill-time.h"
#include "cli/drill-cli-load.h"
#include "cli/drill-cli-output.h"
#include "cli/drill-cli-table.h"
#include "evidence/drill-canonical.h"
#include "evidence/drill-escalation.h"

#define GENERATED_BY    "drillctl"
#define DEFAULT_MINUTES 60 /* SLO of a route that has none of its own (contract section 5) */

/* The fields of a route, in the order of the contract. */
typedef enum {
  FIELD_SCHEDULE_ID,
  FIELD_PLAN_ID,
  FIELD_PROVIDER,
  FIELD_OWNER,
  FIELD_STATE,
  FIELD_ACKNOWLEDGED,
  FIELD_AGE,
  FIELD_MINUTES,
  FIELD_BREACHED,
  FIELD_RECOMMENDED,
  N_FIELDS
} Field;

static const char *const names[N_FIELDS] = {
  "schedule_id", "plan_id", "provider", "owner", "acknowledgement_state", "acknowledged", "age_minutes",
  "acknowledgement_minutes", "breached", "recommended_action",
};

static const Field contract_order[N_FIELDS] = {
  FIELD_SCHEDULE_ID, FIELD_PLAN_ID, FIELD_PROVIDER, FIELD_OWNER, FIELD_STATE, FIELD_ACKNOWLEDGED, FIELD_AGE,
  FIELD_MINUTES, FIELD_BREACHED, FIELD_RECOMMENDED,
};

/* By name, for the hash. */
static const Field sorted_order[N_FIELDS] = {
  FIELD_ACKNOWLEDGED, FIELD_MINUTES, FIELD_STATE, FIELD_AGE, FIELD_BREACHED, FIELD_OWNER, FIELD_PLAN_ID,
  FIELD_PROVIDER, FIELD_RECOMMENDED, FIELD_SCHEDULE_ID,
};

typedef struct {
  DrillEvidence         *evidence;
  GArray                *routes; /* DrillEscalationRoute by schedule, provider, owner */
  DrillEscalationCounts  counts;
} Plan;

static const char *
text_of (const Plan                 *plan,
         const DrillEscalationRoute *route,
         Field                       field)
{
  switch (field)
    {
    case FIELD_SCHEDULE_ID:
      return drill_evidence_get_text (plan->evidence, DRILL_DICT_SCHEDULE, route->schedule);

    case FIELD_PLAN_ID:
      return drill_evidence_get_text (plan->evidence, DRILL_DICT_TEXT,
                                      drill_evidence_get_plans (plan->evidence)[route->plan].plan_id);

    case FIELD_PROVIDER:
      return drill_evidence_get_text (plan->evidence, DRILL_DICT_PROVIDER, route->provider);

    case FIELD_OWNER:
      return drill_evidence_get_text (plan->evidence, DRILL_DICT_OWNER, route->owner);

    case FIELD_STATE:
      return drill_evidence_get_text (plan->evidence, DRILL_DICT_STATE, route->state);

    case FIELD_RECOMMENDED:
      return drill_recommended_get_text (route->recommended);

    case FIELD_ACKNOWLEDGED:
    case FIELD_AGE:
    case FIELD_MINUTES:
    case FIELD_BREACHED:
    case N_FIELDS:
    default:
      return NULL;
    }
}

static void
append_value (GString                    *text,
              const Plan                 *plan,
              const DrillEscalationRoute *route,
              Field                       field)
{
  const char *value = text_of (plan, route, field);

  if (value != NULL)
    drill_canonical_append_string (text, value);
  else if (field == FIELD_AGE)
    drill_cli_append_double (text, route->age_minutes);
  else if (field == FIELD_MINUTES)
    g_string_append_printf (text, "%d", route->minutes);
  else if (field == FIELD_ACKNOWLEDGED)
    g_string_append (text, route->acknowledged ? "true" : "false");
  else
    g_string_append (text, route->breached ? "true" : "false");
}

static void
append_route (GString                    *text,
              const Plan                 *plan,
              const DrillEscalationRoute *route,
              const Field                *order)
{
  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_string_append_printf (text, "%s\"%s\": ", i == 0 ? "{" : ", ", names[order[i]]);
      append_value (text, plan, route, order[i]);
    }

  g_string_append_c (text, '}');
}

static int
compare_routes_cb (gconstpointer a,
                   gconstpointer b,
                   gpointer      user_data)
{
  static const Field keys[] = { FIELD_SCHEDULE_ID, FIELD_PROVIDER, FIELD_OWNER };
  const Plan *plan = user_data;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      int order = strcmp (text_of (plan, a, keys[i]), text_of (plan, b, keys[i]));

      if (order != 0)
        return order;
    }

  return 0;
}

/* Of what the plan says and not of when it was made: the same evidence at the
 * same time has the same id. */
static char *
compute_id (const Plan *plan)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_append_printf (text, "{\"acknowledgement_minutes\": %d, \"alert_level\": \"%s\", "
                                "\"generated_by\": \"" GENERATED_BY "\", \"routes\": [",
                          DEFAULT_MINUTES, drill_escalation_get_alert_level (&plan->counts));
  for (guint i = 0; i < plan->routes->len; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      append_route (text, plan, &g_array_index (plan->routes, DrillEscalationRoute, i), sorted_order);
    }
  g_string_append_printf (text, "]}"); /* gcc 14 takes the inlined g_string_append() for a null dereference */

  return drill_canonical_id ("gordesc-", text->str, (gssize) text->len);
}

static gboolean
write_json (const Plan             *plan,
            const DrillCliOptions  *options,
            GOutputStream          *out,
            GError                **error)
{
  g_autofree char *plan_id = compute_id (plan);
  g_autofree char *now = drill_time_format (options->now_us);
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_append_printf (text, "{\"plan_id\": \"%s\", \"generated_at\": \"%s\", \"generated_by\": \"" GENERATED_BY "\", "
                                "\"alert_level\": \"%s\", \"acknowledgement_minutes\": %d, \"route_count\": %u, "
                                "\"outstanding_count\": %u, \"breached_count\": %u, \"routes\": [",
                          plan_id, now, drill_escalation_get_alert_level (&plan->counts), DEFAULT_MINUTES,
                          plan->counts.n_routes, plan->counts.n_outstanding, plan->counts.n_breached);

  for (guint i = 0; i < plan->routes->len; i++)
    {
      g_string_append (text, i == 0 ? "\n" : ",\n");
      append_route (text, plan, &g_array_index (plan->routes, DrillEscalationRoute, i), contract_order);
      if (!drill_cli_output_write (out, text, error))
        return FALSE;
    }
  g_string_append (text, plan->routes->len > 0 ? "\n]}\n" : "]}\n");

  return drill_cli_output_write (out, text, error);
}

static gboolean
write_csv (const Plan     *plan,
           GOutputStream  *out,
           GError        **error)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < N_FIELDS; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : ",", names[contract_order[i]]);
  g_string_append (text, "\r\n");

  for (guint i = 0; i < plan->routes->len; i++)
    {
      const DrillEscalationRoute *route = &g_array_index (plan->routes, DrillEscalationRoute, i);

      for (guint n = 0; n < N_FIELDS; n++)
        {
          const char *value = text_of (plan, route, contract_order[n]);
          g_autofree char *cell = drill_text_csv_cell (value);

          if (n > 0)
            g_string_append_c (text, ',');
          if (value != NULL)
            g_string_append (text, cell);
          else if (contract_order[n] != FIELD_AGE || !isnan (route->age_minutes))
            append_value (text, plan, route, contract_order[n]);
        }
      g_string_append (text, "\r\n");
      if (!drill_cli_output_write (out, text, error))
        return FALSE;
    }

  return drill_cli_output_write (out, text, error);
}

static gboolean
write_table (const Plan     *plan,
             GOutputStream  *out,
             GError        **error)
{
  const char *titles[N_FIELDS] = {
    _("SCHEDULE"), _("PLAN"), _("PROVIDER"), _("OWNER"), _("STATE"), _("ACKNOWLEDGED"), _("AGE"), _("SLO"),
    _("BREACHED"), _("RECOMMENDED"),
  };
  g_autoptr(DrillCliTable) table = drill_cli_table_new (titles, N_FIELDS, drill_cli_output_is_terminal ());

  for (guint i = 0; i < plan->routes->len; i++)
    {
      const DrillEscalationRoute *route = &g_array_index (plan->routes, DrillEscalationRoute, i);
      g_autofree char *slo = g_strdup_printf ("%d", route->minutes);
      g_autoptr(GString) age = g_string_new (NULL);

      if (!isnan (route->age_minutes))
        drill_route_append_age (age, route->age_minutes);

      drill_cli_table_add (table, text_of (plan, route, FIELD_SCHEDULE_ID));
      drill_cli_table_add (table, text_of (plan, route, FIELD_PLAN_ID));
      drill_cli_table_add (table, text_of (plan, route, FIELD_PROVIDER));
      drill_cli_table_add (table, text_of (plan, route, FIELD_OWNER));
      drill_cli_table_add (table, text_of (plan, route, FIELD_STATE));
      drill_cli_table_add (table, route->acknowledged ? _("yes") : _("no"));
      drill_cli_table_add_right (table, age->str);
      drill_cli_table_add_right (table, slo);
      drill_cli_table_add (table, route->breached ? _("yes") : _("no"));
      drill_cli_table_add (table, text_of (plan, route, FIELD_RECOMMENDED));
    }

  return drill_cli_table_write (table, out, error);
}

/**
 * drill_cli_escalation:
 * @options: the options of all commands
 * @arguments: (inout): the command line from the command on
 *
 * `drillctl escalation`.
 *
 * Returns: a #DrillCliExit
 */
int
drill_cli_escalation (DrillCliOptions   *options,
                      char            ***arguments)
{
  g_autoptr(GError) usage = NULL;
  g_autoptr(GOutputStream) out = NULL;
  g_autoptr(GArray) routes = NULL;
  g_auto(DrillCliLoad) load = { 0 };
  GError *error = NULL;
  Plan plan = { 0 };
  int status;

  if (!drill_cli_options_parse_command (options, "escalation",
                                        _("The escalation plan of the newest plan of each schedule."),
                                        NULL, arguments, &usage) ||
      !drill_cli_options_no_arguments (*arguments, &usage))
    return drill_cli_usage (g_steal_pointer (&usage));

  status = drill_cli_load (&load, options);
  if (status != DRILL_CLI_DONE)
    return status;

  plan.evidence = drill_cli_load_evidence (&load);
  plan.routes = routes = drill_escalation_compute (plan.evidence, options->now_us);
  drill_escalation_count (plan.evidence, options->now_us, &plan.counts);
  g_array_sort_with_data (routes, compare_routes_cb, &plan);

  out = drill_cli_output_new ();
  switch (options->format)
    {
    case DRILL_CLI_JSON:
      write_json (&plan, options, out, &error);
      break;

    case DRILL_CLI_CSV:
      write_csv (&plan, out, &error);
      break;

    case DRILL_CLI_TABLE:
    default:
      write_table (&plan, out, &error);
      break;
    }

  return drill_cli_output_finish (out, drill_cli_load_status (&load, options), error);
}
