// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

#include "audit/drill-package.h"

G_BEGIN_DECLS

/**
 * DRILL_WRITE_MAX_ROUTES:
 *
 * The most routes one bulk acknowledgement may name (contract section 6).
 */
#define DRILL_WRITE_MAX_ROUTES 100

/**
 * DrillWriteKind:
 * @DRILL_WRITE_ACK: acknowledge one route
 * @DRILL_WRITE_BULK: acknowledge up to %DRILL_WRITE_MAX_ROUTES routes
 * @DRILL_WRITE_PACKAGE: make an audit package
 * @DRILL_WRITE_DELIVERY: make an audit package and have it delivered
 *
 * What the service can be asked to record (contract sections 6 and 7).
 */
typedef enum {
  DRILL_WRITE_ACK,
  DRILL_WRITE_BULK,
  DRILL_WRITE_PACKAGE,
  DRILL_WRITE_DELIVERY,
} DrillWriteKind;

/**
 * DrillAckTarget:
 * @schedule_id: the schedule
 * @provider: the provider
 * @plan_id: (nullable): the plan it is about
 *
 * What an acknowledgement is recorded on: all routes of that schedule and
 * provider share it (contract section 5).
 */
typedef struct {
  const char *schedule_id;
  const char *provider;
  const char *plan_id;
} DrillAckTarget;

/**
 * DrillAckNote:
 * @state: `acknowledged`, `escalated`, `resolved` or `dismissed`
 * @actor: (nullable): `acknowledged_by`, for services without OIDC; %NULL where the service knows who it is
 * @reference: (nullable): `external_ref`
 * @notes: (nullable): `notes`
 *
 * What is recorded on them. %NULL and "" are left out of the request.
 */
typedef struct {
  const char *state;
  const char *actor;
  const char *reference;
  const char *notes;
} DrillAckNote;

/**
 * DrillDeliveryTerms:
 * @providers: connectors joined by commas, or `all`
 * @actor: (nullable): `generated_by`, as in #DrillAckNote
 * @cadence: (nullable): `cadence`
 * @schedule_ref: (nullable): `schedule_ref`
 * @next_delivery_at: (nullable): `next_delivery_at`
 *
 * How a package is delivered. %NULL and "" are left out of the request.
 */
typedef struct {
  const char *providers;
  const char *actor;
  const char *cadence;
  const char *schedule_ref;
  const char *next_delivery_at;
} DrillDeliveryTerms;

/**
 * DrillWriteFailure:
 * @maybe_done: whether the service may have done it all the same: no answer, 5xx, an answer that cannot be
 *   read, a redirect, and for a bulk of several also a refusal (it records one by one and stops at the first it refuses)
 * @retry_after_ms: how long the service wants to be left alone, ms; -1 when it did not say
 *
 * What is known after a write that did not get through.
 */
typedef struct {
  gboolean maybe_done;
  gint64   retry_after_ms;
} DrillWriteFailure;

/**
 * DrillWrite:
 *
 * One request that makes the service record something. Immutable and
 * reference-counted: what is in the journal is what is sent.
 */
typedef struct _DrillWrite DrillWrite;

#define DRILL_TYPE_WRITE (drill_write_get_type ())

GType           drill_write_get_type        (void);
DrillWrite     *drill_write_new_ack         (const DrillAckTarget     *target,
                                             const DrillAckNote       *note);
DrillWrite     *drill_write_new_bulk        (const DrillAckTarget     *targets,
                                             guint                     n_targets,
                                             const DrillAckNote       *note);
DrillWrite     *drill_write_new_package     (const DrillPackageScope  *scope,
                                             const char               *actor);
DrillWrite     *drill_write_new_delivery    (const DrillPackageScope  *scope,
                                             const DrillDeliveryTerms *terms);
DrillWrite     *drill_write_ref             (DrillWrite               *self);
void            drill_write_unref           (DrillWrite               *self);
DrillWriteKind  drill_write_get_kind        (DrillWrite               *self);
const char     *drill_write_get_schedule_id (DrillWrite               *self);
guint           drill_write_get_n_routes    (DrillWrite               *self);
GBytes         *drill_write_get_body        (DrillWrite               *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillWrite, drill_write_unref)

G_END_DECLS
