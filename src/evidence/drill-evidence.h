// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * DrillEvidence:
 *
 * An immutable snapshot of evidence: all items, and what the contract's rules
 * make of them. Reference-counted, may be read from any thread. Text is kept in
 * dictionaries and rows in columns of codes, so that a million routes cost some
 * 50 bytes each; codes and row numbers stay valid in every later snapshot of
 * the same #DrillEvidenceBuilder.
 */
typedef struct _DrillEvidence DrillEvidence;

#define DRILL_TYPE_EVIDENCE (drill_evidence_get_type ())

/**
 * DRILL_NONE:
 *
 * A row number or code that stands for "there is none".
 */
#define DRILL_NONE G_MAXUINT32

/**
 * DRILL_KIND_PLAN:
 *
 * `metadata_kind` of notification plans; likewise the following of
 * acknowledgements, audit packages and connector deliveries (contract section 2).
 */
#define DRILL_KIND_PLAN     "go-backend-rollback-drill-notification-plan"
#define DRILL_KIND_ACK      "go-backend-rollback-drill-notification-ack"
#define DRILL_KIND_PACKAGE  "go-backend-rollback-drill-acknowledgement-audit-package"
#define DRILL_KIND_DELIVERY "release-connector-delivery"

/**
 * DRILL_SOURCE_PREFIX:
 *
 * How the `connector_delivery_source` of deliveries of rollback drills begins;
 * %DRILL_SOURCE_NOTIFICATION is that of deliveries of notifications.
 */
#define DRILL_SOURCE_PREFIX       "go_backend_rollback_drill_"
#define DRILL_SOURCE_NOTIFICATION DRILL_SOURCE_PREFIX "notification"

/**
 * DRILL_MINUTES_NONE:
 *
 * Stands for `acknowledgement_minutes` that are missing or no integer (null).
 */
#define DRILL_MINUTES_NONE G_MININT32

/**
 * DrillDict:
 * @DRILL_DICT_TEXT: ids, times and all else that is only shown
 * @DRILL_DICT_KIND: `metadata_kind`, in full
 * @DRILL_DICT_SCHEDULE: `schedule_id`
 * @DRILL_DICT_PROVIDER: `provider`
 * @DRILL_DICT_OWNER: `owner` and `escalation_owner`
 * @DRILL_DICT_ACTION: route action: `deliver`, `suppress`, …
 * @DRILL_DICT_CATEGORY: route category (contract section 4)
 * @DRILL_DICT_ALERT: `alert_level`
 * @DRILL_DICT_STATE: acknowledgement and other states; the first codes are #DrillState
 * @DRILL_DICT_ACTOR: `signer` and `acknowledged_by`
 * @DRILL_DICT_REASON: `reason` of route decisions
 * @DRILL_DICT_REFERENCE: `external_ref`
 *
 * The dictionaries. Code 0 is the empty text in each of them.
 */
typedef enum {
  DRILL_DICT_TEXT,
  DRILL_DICT_KIND,
  DRILL_DICT_SCHEDULE,
  DRILL_DICT_PROVIDER,
  DRILL_DICT_OWNER,
  DRILL_DICT_ACTION,
  DRILL_DICT_CATEGORY,
  DRILL_DICT_ALERT,
  DRILL_DICT_STATE,
  DRILL_DICT_ACTOR,
  DRILL_DICT_REASON,
  DRILL_DICT_REFERENCE,
  DRILL_N_DICTS
} DrillDict;

/**
 * DrillState:
 * @DRILL_STATE_NONE: nothing to acknowledge (a route that is not delivered)
 * @DRILL_STATE_OUTSTANDING: no acknowledgement
 * @DRILL_STATE_ACKNOWLEDGED: acknowledged
 * @DRILL_STATE_RESOLVED: resolved; like acknowledged it closes the route
 * @DRILL_STATE_ESCALATED: escalated: still outstanding (contract section 5)
 * @DRILL_STATE_DISMISSED: dismissed: still outstanding
 *
 * The states the contract knows, as codes of %DRILL_DICT_STATE. A service may
 * send others: they get the codes that follow, and count as not acknowledged.
 */
typedef enum {
  DRILL_STATE_NONE,
  DRILL_STATE_OUTSTANDING,
  DRILL_STATE_ACKNOWLEDGED,
  DRILL_STATE_RESOLVED,
  DRILL_STATE_ESCALATED,
  DRILL_STATE_DISMISSED,
} DrillState;

/**
 * DrillResult:
 * @DRILL_RESULT_NONE: the item is not a delivery
 * @DRILL_RESULT_DELIVERED: `delivery_success` is true
 * @DRILL_RESULT_FAILED: it is false, null or missing on a connector delivery
 *
 * How a delivery ended.
 */
typedef enum {
  DRILL_RESULT_NONE,
  DRILL_RESULT_DELIVERED,
  DRILL_RESULT_FAILED,
} DrillResult;

/**
 * DrillItem:
 * @page: number of the page it came in
 * @length: bytes of its JSON
 * @offset: where in the page its JSON begins, bytes
 * @created_us: `created_at`, µs UTC, or %DRILL_TIME_UNKNOWN
 * @created: `created_at` as sent (%DRILL_DICT_TEXT)
 * @session_id: its id (%DRILL_DICT_TEXT)
 * @kind: `metadata_kind` (%DRILL_DICT_KIND)
 * @schedule: `schedule_id`, else that of its plan, else the `event_id` of a notification delivery (%DRILL_DICT_SCHEDULE)
 * @subject: what it is about: schedule, audit, delivery, plan, run … id (%DRILL_DICT_TEXT)
 * @state: acknowledgement, approval, closure or execution state (%DRILL_DICT_STATE)
 * @signer: `signer` (%DRILL_DICT_ACTOR)
 * @alert: `alert_level` (%DRILL_DICT_ALERT)
 * @source: `connector_delivery_source` (%DRILL_DICT_TEXT)
 * @plan: its row in the plans, or %DRILL_NONE
 * @ack: its row in the acknowledgements, or %DRILL_NONE
 * @first_provider: first of its providers in drill_evidence_get_item_providers()
 * @n_providers: how many providers it names
 * @result: a #DrillResult
 *
 * One evidence item (contract section 2).
 */
typedef struct {
  guint32 page;
  guint32 length;
  guint64 offset;
  gint64  created_us;
  guint32 created;
  guint32 session_id;
  guint32 kind;
  guint32 schedule;
  guint32 subject;
  guint32 state;
  guint32 signer;
  guint32 alert;
  guint32 source;
  guint32 plan;
  guint32 ack;
  guint32 first_provider;
  guint16 n_providers;
  guint8  result;
} DrillItem;

/**
 * DrillPlan:
 * @item: the item it came in
 * @first_route: its first row in the routes
 * @n_routes: how many rows
 * @schedule: the schedule it is the plan of: the item's, else the plan's (%DRILL_DICT_SCHEDULE), 0 if neither has one
 * @alert: `alert_level`, `unknown` if missing (%DRILL_DICT_ALERT)
 * @plan_id: `plan_id` (%DRILL_DICT_TEXT)
 * @created: the item's `created_at`, else the plan's `generated_at` (%DRILL_DICT_TEXT)
 * @next_due: `next_due_at` (%DRILL_DICT_TEXT)
 * @owners: the plan's owners joined with ", ", or `release-governance` (%DRILL_DICT_OWNER)
 * @first_required: first of its `acknowledgement_required_providers` in drill_evidence_get_required()
 * @n_required: how many; none are kept of a plan that @delivers, whose decisions count instead
 * @delivers: whether it has a decision with the explicit action `deliver`
 * @created_us: @created, µs UTC, or %DRILL_TIME_UNKNOWN
 *
 * One notification plan. The decisions are rows of the route columns.
 */
typedef struct {
  guint32  item;
  guint32  first_route;
  guint32  n_routes;
  guint32  schedule;
  guint32  alert;
  guint32  plan_id;
  guint32  created;
  guint32  next_due;
  guint32  owners;
  guint32  first_required;
  guint32  n_required;
  gboolean delivers;
  gint64   created_us;
} DrillPlan;

/**
 * DrillRequired:
 * @schedule: the schedule of its route: the plan's, else the item's (%DRILL_DICT_SCHEDULE)
 * @provider: a provider that must acknowledge (%DRILL_DICT_PROVIDER)
 * @pair: the pair of that schedule and that provider, or %DRILL_NONE
 *
 * A route of a plan that has no decision to deliver (contract section 5).
 */
typedef struct {
  guint32 schedule;
  guint32 provider;
  guint32 pair;
} DrillRequired;

/**
 * DrillAck:
 * @item: the item it came in
 * @pair: the (schedule, provider) it acknowledges, or %DRILL_NONE when one is missing
 * @state: the item's `acknowledgement_state`: what escalation goes by (%DRILL_DICT_STATE)
 * @payload_state: the `acknowledgement_state` inside: what audit packages go by (%DRILL_DICT_STATE)
 * @actor: `acknowledged_by` (%DRILL_DICT_ACTOR)
 * @at: `acknowledged_at` (%DRILL_DICT_TEXT)
 * @reference: `external_ref` (%DRILL_DICT_REFERENCE)
 * @notes: `notes` (%DRILL_DICT_TEXT)
 * @plan_id: `plan_id` (%DRILL_DICT_TEXT)
 * @id: `acknowledgement_id` (%DRILL_DICT_TEXT)
 * @created: `created_at` (%DRILL_DICT_TEXT)
 * @created_us: the same, µs UTC, or %DRILL_TIME_UNKNOWN
 *
 * One acknowledgement of a notification.
 */
typedef struct {
  guint32 item;
  guint32 pair;
  guint32 state;
  guint32 payload_state;
  guint32 actor;
  guint32 at;
  guint32 reference;
  guint32 notes;
  guint32 plan_id;
  guint32 id;
  guint32 created;
  gint64  created_us;
} DrillAck;

/**
 * DrillRouteColumn:
 * @DRILL_ROUTE_PLAN: row in the plans
 * @DRILL_ROUTE_SCHEDULE: %DRILL_DICT_SCHEDULE
 * @DRILL_ROUTE_PROVIDER: %DRILL_DICT_PROVIDER
 * @DRILL_ROUTE_OWNER: %DRILL_DICT_OWNER
 * @DRILL_ROUTE_ESCALATION_OWNER: %DRILL_DICT_OWNER
 * @DRILL_ROUTE_ACTION: %DRILL_DICT_ACTION
 * @DRILL_ROUTE_CATEGORY: %DRILL_DICT_CATEGORY
 * @DRILL_ROUTE_REASON: %DRILL_DICT_REASON
 * @DRILL_ROUTE_PAIR: the (schedule, provider) that an acknowledgement names, or %DRILL_NONE when one is missing
 * @DRILL_ROUTE_NOTE: row of the #DrillRouteNote, or %DRILL_NONE
 *
 * The columns of the route table: one 32-bit code a row (contract section 4).
 */
typedef enum {
  DRILL_ROUTE_PLAN,
  DRILL_ROUTE_SCHEDULE,
  DRILL_ROUTE_PROVIDER,
  DRILL_ROUTE_OWNER,
  DRILL_ROUTE_ESCALATION_OWNER,
  DRILL_ROUTE_ACTION,
  DRILL_ROUTE_CATEGORY,
  DRILL_ROUTE_REASON,
  DRILL_ROUTE_PAIR,
  DRILL_ROUTE_NOTE,
  DRILL_N_ROUTE_COLUMNS
} DrillRouteColumn;

/**
 * DrillRouteFlags:
 * @DRILL_ROUTE_DELIVERED: the action is `deliver`, given or by default: the row has an acknowledgement state
 * @DRILL_ROUTE_EXPLICIT: the decision itself says `deliver`: the row is a route of the escalation plan when current
 * @DRILL_ROUTE_SUPPRESSED: the action is `suppress`
 * @DRILL_ROUTE_OWNER_UNAVAILABLE: `owner_available` is false
 *
 * What does not change about a row.
 */
typedef enum {
  DRILL_ROUTE_DELIVERED         = 1 << 0,
  DRILL_ROUTE_EXPLICIT          = 1 << 1,
  DRILL_ROUTE_SUPPRESSED        = 1 << 2,
  DRILL_ROUTE_OWNER_UNAVAILABLE = 1 << 3,
} DrillRouteFlags;

/**
 * DrillRouteNote:
 * @window_id: `maintenance_window_id` (%DRILL_DICT_TEXT)
 * @window_reason: `maintenance_window_reason` (%DRILL_DICT_TEXT)
 * @availability_reason: `owner_availability_reason` (%DRILL_DICT_TEXT)
 *
 * What only some decisions have.
 */
typedef struct {
  guint32 window_id;
  guint32 window_reason;
  guint32 availability_reason;
} DrillRouteNote;

/**
 * DrillProblem:
 * @page: number of the page
 * @offset: where in the page as it came, bytes
 * @item: the item that was kept with what could be read, or %DRILL_NONE
 * @message: what is wrong, marked with DRILL_WORDS(): for a person, translated
 *
 * Something in the evidence that is not as the contract has it.
 */
typedef struct {
  guint32     page;
  guint64     offset;
  guint32     item;
  const char *message;
} DrillProblem;

GType                 drill_evidence_get_type            (void);
DrillEvidence        *drill_evidence_new_empty           (void);
DrillEvidence        *drill_evidence_ref                 (DrillEvidence *self);
void                  drill_evidence_unref               (DrillEvidence *self);

/* Text */
guint                 drill_evidence_get_dict_size       (DrillEvidence *self,
                                                          DrillDict      dict);
const char           *drill_evidence_get_text            (DrillEvidence *self,
                                                          DrillDict      dict,
                                                          guint32        code);
guint32               drill_evidence_find_text           (DrillEvidence *self,
                                                          DrillDict      dict,
                                                          const char    *text);

/* Items */
guint                 drill_evidence_get_n_items         (DrillEvidence *self);
const DrillItem      *drill_evidence_get_items           (DrillEvidence *self);
const guint32        *drill_evidence_get_item_order      (DrillEvidence *self);
const guint32        *drill_evidence_get_item_providers  (DrillEvidence *self);
GBytes               *drill_evidence_get_item_bytes      (DrillEvidence *self,
                                                          guint32        item);
JsonObject           *drill_evidence_get_item_object     (DrillEvidence *self,
                                                          guint32        item,
                                                          GError       **error);

/* Plans and acknowledgements */
guint                 drill_evidence_get_n_plans         (DrillEvidence *self);
const DrillPlan      *drill_evidence_get_plans           (DrillEvidence *self);
const DrillRequired  *drill_evidence_get_required        (DrillEvidence *self);
guint                 drill_evidence_get_n_acks          (DrillEvidence *self);
const DrillAck       *drill_evidence_get_acks            (DrillEvidence *self);
guint                 drill_evidence_get_n_pairs         (DrillEvidence *self);
const guint32        *drill_evidence_get_pair_acks       (DrillEvidence *self);
const guint8         *drill_evidence_get_plan_currents   (DrillEvidence *self);

/* Routes */
guint                 drill_evidence_get_n_routes        (DrillEvidence *self);
const guint32        *drill_evidence_get_route_column    (DrillEvidence    *self,
                                                          DrillRouteColumn  column);
const gint32         *drill_evidence_get_route_minutes   (DrillEvidence *self);
const gint64         *drill_evidence_get_route_deadlines (DrillEvidence *self);
const guint8         *drill_evidence_get_route_flags     (DrillEvidence *self);
const DrillRouteNote *drill_evidence_get_route_notes     (DrillEvidence *self);
char                 *drill_evidence_dup_route_id        (DrillEvidence *self,
                                                          guint32        route);
gboolean              drill_evidence_is_current_route    (DrillEvidence *self,
                                                          guint32        route);
guint32               drill_evidence_get_route_ack       (DrillEvidence *self,
                                                          guint32        route);
guint32               drill_evidence_get_route_state     (DrillEvidence *self,
                                                          guint32        route);
gboolean              drill_evidence_route_predates      (DrillEvidence *self,
                                                          guint32        route);
GArray               *drill_evidence_get_route_items     (DrillEvidence *self,
                                                          guint32        route);
GBytes               *drill_evidence_get_decision_bytes  (DrillEvidence *self,
                                                          guint32        route);

/* What was not as it should be */
guint                 drill_evidence_get_n_problems      (DrillEvidence *self);
const DrillProblem   *drill_evidence_get_problem         (DrillEvidence *self,
                                                          guint          i);
gsize                 drill_evidence_get_kept_bytes      (DrillEvidence *self);
gsize                 drill_evidence_get_table_bytes     (DrillEvidence *self);

/* The rules that need no clock */
gboolean              drill_state_is_acknowledged        (guint32        state);
int                   drill_route_slo_minutes            (gint32         minutes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillEvidence, drill_evidence_unref)

G_END_DECLS
