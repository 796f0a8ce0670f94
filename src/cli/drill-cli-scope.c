// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-scope.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "cli/drill-cli-options.h"

void
drill_cli_scope_clear (DrillCliScope *self)
{
  g_clear_pointer (&self->schedule, g_free);
  g_clear_pointer (&self->provider, g_free);
  g_clear_pointer (&self->owner, g_free);
}

/**
 * drill_cli_scope_append_entries:
 * @self: where the options go to; must outlive the parsing
 * @entries: (element-type GOptionEntry): where to
 *
 * Appends the options to those of a command.
 */
void
drill_cli_scope_append_entries (DrillCliScope *self,
                                GArray        *entries)
{
  const GOptionEntry mine[] = {
    { "schedule", 0, 0, G_OPTION_ARG_FILENAME, &self->schedule, N_("Only this schedule"), N_("ID") },
    { "provider", 0, 0, G_OPTION_ARG_FILENAME, &self->provider, N_("Only this provider"), N_("PROVIDER") },
    { "owner", 0, 0, G_OPTION_ARG_FILENAME, &self->owner,
      N_("Only where owner or escalation owner contains TEXT"), N_("TEXT") },
  };

  g_array_append_vals (entries, mine, G_N_ELEMENTS (mine));
}

gboolean
drill_cli_scope_check (const DrillCliScope  *self,
                       GError              **error)
{
  const char *texts[] = { self->schedule, self->provider, self->owner };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      char *values[] = { (char *) texts[i], NULL };

      if (!drill_cli_options_check_texts (values, error))
        return FALSE;
    }

  return TRUE;
}

DrillPackageScope
drill_cli_scope_get (const DrillCliScope *self)
{
  return (DrillPackageScope) { self->schedule, self->provider, self->owner };
}
