// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

#include "audit/drill-package.h"

G_BEGIN_DECLS

#define DRILL_KIND_DELIVERY_PLAN "go-backend-rollback-drill-acknowledgement-audit-delivery-plan"

/* A delivery that was asked for. Private to the room. */
typedef struct {
  DrillPackageScope  scope;
  const char *const *requested;
  const char        *actor; /* "" when not known */
  GHashTable        *known; /* (element-type utf8): ids of the plans and connector deliveries there were before */
} DrillDeliveryWanted;

/**
 * DrillDeliveryTrace:
 * @plan: (nullable): the fields of a plan for it: one that was not known before, else one that looks the same
 * @is_new: whether that was not known before, or a connector delivery of it was not
 * @n_selected: destinations it selected
 * @delivery: (nullable): the fields of the connector delivery that was not known before
 * @audit_id: (nullable): of the plan
 * @delivery_id: (nullable): of the plan
 * @package: (nullable): the bytes of the package with that id
 *
 * What the evidence has of it. The ids of plans and packages are hashes of what
 * they hold: a delivery that is repeated brings a connector delivery, and no new plan.
 */
typedef struct {
  JsonObject *plan;
  gboolean    is_new;
  guint       n_selected;
  JsonObject *delivery;
  char       *audit_id;
  char       *delivery_id;
  GBytes     *package;
} DrillDeliveryTrace;

void drill_delivery_search      (DrillEvidence             *evidence,
                                 const DrillDeliveryWanted *wanted,
                                 DrillDeliveryTrace        *trace);
void drill_delivery_trace_clear (DrillDeliveryTrace        *trace);

G_END_DECLS
