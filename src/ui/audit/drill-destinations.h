// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * DrillDestinations:
 *
 * The connectors that a package can be delivered to, by kind: some of them, or
 * all that the service has.
 *
 * Signals: `changed`.
 */
#define DRILL_TYPE_DESTINATIONS (drill_destinations_get_type ())

G_DECLARE_FINAL_TYPE (DrillDestinations, drill_destinations, DRILL, DESTINATIONS, AdwBin)

char       *drill_destinations_dup_providers (DrillDestinations *self);
char       *drill_destinations_dup_text      (DrillDestinations *self);
const char *drill_connector_get_name         (const char        *connector);

G_END_DECLS
