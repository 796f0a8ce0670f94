// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-filter.h"

#include <glib/gi18n.h>

#include "base/drill-error.h"
#include "cli/drill-cli-options.h"

/**
 * drill_cli_filter_clear:
 * @self: a filter
 *
 * Frees what it holds.
 */
void
drill_cli_filter_clear (DrillCliFilter *self)
{
  g_clear_pointer (&self->scope, g_free);
  g_clear_pointer (&self->states, g_strfreev);
  g_clear_pointer (&self->slos, g_strfreev);
  g_clear_pointer (&self->providers, g_strfreev);
  g_clear_pointer (&self->owners, g_strfreev);
  g_clear_pointer (&self->actions, g_strfreev);
  g_clear_pointer (&self->categories, g_strfreev);
  g_clear_pointer (&self->alerts, g_strfreev);
  g_clear_pointer (&self->schedules, g_strfreev);
  g_clear_pointer (&self->search, g_free);
}

/**
 * drill_cli_filter_append_entries:
 * @self: where the options go to; must outlive the parsing
 * @entries: (element-type GOptionEntry): where to
 *
 * Appends the options to those of a command.
 */
void
drill_cli_filter_append_entries (DrillCliFilter *self,
                                 GArray         *entries)
{
  const GOptionEntry mine[] = {
    { "scope", 0, 0, G_OPTION_ARG_FILENAME, &self->scope, N_("current (default) or all plans"), N_("SCOPE") },
    { "state", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->states,
      N_("outstanding, acknowledged, resolved, escalated or dismissed"), N_("STATE") },
    { "slo", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->slos, N_("breached, due or ok"), N_("SLO") },
    { "provider", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->providers, N_("Only this provider"), N_("PROVIDER") },
    { "owner", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->owners,
      N_("Only where owner or escalation owner contains TEXT"), N_("TEXT") },
    { "action", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->actions, N_("deliver, suppress, …"), N_("ACTION") },
    { "category", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->categories, N_("Only this category"), N_("CATEGORY") },
    { "alert", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->alerts, N_("critical, warning or healthy"), N_("LEVEL") },
    { "schedule", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->schedules, N_("Only this schedule"), N_("ID") },
    { "search", 0, 0, G_OPTION_ARG_FILENAME, &self->search, N_("Only rows with TEXT, in any case"), N_("TEXT") },
  };

  g_array_append_vals (entries, mine, G_N_ELEMENTS (mine));
}

static gboolean
check_slos (char   **slos,
            GError **error)
{
  static const char *const known[] = { "breached", "due", "ok", NULL };

  for (guint i = 0; slos != NULL && slos[i] != NULL; i++)
    if (!g_strv_contains (known, slos[i]))
      {
        g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("--slo is breached, due or ok"));
        return FALSE;
      }

  return TRUE;
}

static gboolean
check_texts (DrillCliFilter  *self,
             GError         **error)
{
  char *search[] = { self->search, NULL };
  char *const *const lists[] = {
    self->states, self->providers, self->owners, self->actions, self->categories,
    self->alerts, self->schedules, search,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    if (!drill_cli_options_check_texts (lists[i], error))
      return FALSE;

  return TRUE;
}

static void
add_values (DrillRouteQuery *query,
            DrillFacet       facet,
            char           **values)
{
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    drill_route_query_add (query, facet, values[i]);
}

/**
 * drill_cli_filter_apply:
 * @self: a filter
 * @query: what it is added to
 * @error: what is wrong with it
 *
 * Returns: %TRUE when the options fit together
 */
gboolean
drill_cli_filter_apply (DrillCliFilter   *self,
                        DrillRouteQuery  *query,
                        GError          **error)
{
  if (self->scope != NULL && !g_str_equal (self->scope, "current") && !g_str_equal (self->scope, "all"))
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, _("--scope is current or all"));
      return FALSE;
    }

  if (!check_slos (self->slos, error) || !check_texts (self, error))
    return FALSE;

  drill_route_query_set_all_plans (query, g_strcmp0 (self->scope, "all") == 0);
  add_values (query, DRILL_FACET_STATE, self->states);
  add_values (query, DRILL_FACET_SLO, self->slos);
  add_values (query, DRILL_FACET_PROVIDER, self->providers);
  add_values (query, DRILL_FACET_ACTION, self->actions);
  add_values (query, DRILL_FACET_CATEGORY, self->categories);
  add_values (query, DRILL_FACET_ALERT, self->alerts);
  add_values (query, DRILL_FACET_SCHEDULE, self->schedules);
  for (guint i = 0; self->owners != NULL && self->owners[i] != NULL; i++)
    drill_route_query_add_owner_text (query, self->owners[i]);
  drill_route_query_set_search (query, self->search);

  return TRUE;
}
