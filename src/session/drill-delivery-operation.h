// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-operation.h"

G_BEGIN_DECLS

/**
 * DrillDelivered:
 * @DRILL_DELIVERED_YES: the connector took it
 * @DRILL_DELIVERED_FAILED: it was tried and failed
 * @DRILL_DELIVERED_NOT_CONFIGURED: the service has no such connector: nothing was sent to it
 * @DRILL_DELIVERED_UNKNOWN: the answer was lost
 */
typedef enum {
  DRILL_DELIVERED_YES,
  DRILL_DELIVERED_FAILED,
  DRILL_DELIVERED_NOT_CONFIGURED,
  DRILL_DELIVERED_UNKNOWN,
} DrillDelivered;

/**
 * DrillDeliveryResult:
 * @provider: the connector
 * @delivered: what became of it
 * @n_attempts: how often it was tried, -1 when not said
 * @status_code: HTTP status of the last, -1 when not said
 *
 * How a package was delivered to one connector.
 */
typedef struct {
  const char     *provider;
  DrillDelivered  delivered;
  int             n_attempts;
  int             status_code;
} DrillDeliveryResult;

/**
 * DrillDeliveryOperation:
 *
 * Has the service make an audit package and deliver it (contract section 7).
 * A 200 with `success: false`, or without any destination, is not a success.
 *
 * It is sent once. A lost answer is looked for in the history: a connector
 * delivery of the same filters, destinations and actor that was not known
 * before. When there is only its plan, or the request timed out, the service may
 * still be at it: the outcome is UNKNOWN until it is checked again. Only when
 * nothing of it is there is it FAILED, and may be run again, which sends it again.
 */
#define DRILL_TYPE_DELIVERY_OPERATION (drill_delivery_operation_get_type ())

G_DECLARE_FINAL_TYPE (DrillDeliveryOperation, drill_delivery_operation, DRILL, DELIVERY_OPERATION, DrillOperation)

DrillDeliveryOperation    *drill_delivery_operation_new              (DrillWriter              *writer,
                                                                      const DrillPackageScope  *scope,
                                                                      const DrillDeliveryTerms *terms);
DrillDeliveryOperation    *drill_delivery_operation_new_from_journal (DrillWriter              *writer,
                                                                      DrillJournalEntry        *entry,
                                                                      GError                  **error);
void                       drill_delivery_operation_get_scope        (DrillDeliveryOperation   *self,
                                                                      DrillPackageScope        *scope);
const char                *drill_delivery_operation_get_providers    (DrillDeliveryOperation   *self);
/* RECORDED: the service has answered, or recorded, what it did; whether that was a success is another matter.
 * FAILED: it was refused, or is not on the service; drill_operation_get_error() says why.
 * PENDING: nothing was sent, or the service was not reached. */
DrillOutcome               drill_delivery_operation_get_outcome      (DrillDeliveryOperation   *self);
/* Whether everything that was asked for was delivered, and it was something */
gboolean                   drill_delivery_operation_get_success      (DrillDeliveryOperation   *self);
guint                      drill_delivery_operation_get_n_results    (DrillDeliveryOperation   *self);
const DrillDeliveryResult *drill_delivery_operation_get_result       (DrillDeliveryOperation   *self,
                                                                      guint                     i);
/* (nullable): `audit_id` and `delivery_id` of what was made */
const char                *drill_delivery_operation_get_audit_id     (DrillDeliveryOperation   *self);
const char                *drill_delivery_operation_get_delivery_id  (DrillDeliveryOperation   *self);
/* (transfer none) (nullable): `audit_package` of the answer, the service's bytes */
GBytes                    *drill_delivery_operation_get_package      (DrillDeliveryOperation   *self);

G_END_DECLS
