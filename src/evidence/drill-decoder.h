// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence-builder.h"

G_BEGIN_DECLS

/**
 * DRILL_MINUTES_RANGE:
 *
 * Acknowledgement minutes beyond ±100 years are read as missing.
 */
#define DRILL_MINUTES_RANGE (G_GINT64_CONSTANT (100) * 366 * 24 * 60)

/**
 * DrillSpan:
 *
 * Text of a decoded item, valid until the next one is decoded. A %NULL @text
 * means that it is missing, null or, as the service has it, of no value (0, "", {}).
 */
typedef struct {
  const char *text;
  gsize       length;
} DrillSpan;

/* One route decision, or one row of a routes page or an audit package. */
typedef struct {
  DrillSpan schedule_id;
  DrillSpan provider;
  DrillSpan owner;
  DrillSpan escalation_owner;
  DrillSpan action;
  DrillSpan reason;
  DrillSpan category;
  DrillSpan window_id;
  DrillSpan window_reason;
  DrillSpan availability_reason;
  gint32    minutes; /* DRILL_MINUTES_NONE when missing or no integer */
  gboolean  has_window;
  gboolean  owner_unavailable;
} DrillDecodedRoute;

/* What a plan says, or an item without one that is read as the plan. */
typedef struct {
  DrillSpan schedule_id;
  DrillSpan plan_id;
  DrillSpan alert_level;
  DrillSpan generated_at;
  DrillSpan next_due_at;
  guint     first_route; /* into DrillDecodedItem.routes */
  guint     n_routes;
  guint     first_owner; /* into DrillDecodedItem.texts */
  guint     n_owners;
  guint     first_required;
  guint     n_required;
} DrillDecodedPlan;

/* One evidence item, or one row: fields of both, whichever it has. */
typedef struct {
  gboolean                 is_object;
  gboolean                 has_plan;     /* a nested plan */
  gboolean                 has_payload;  /* a nested acknowledgement */
  gboolean                 has_success;
  gboolean                 success;
  DrillSpan                session_id;
  DrillSpan                created_at;
  DrillSpan                kind;
  DrillSpan                signer;
  DrillSpan                event_id;
  DrillSpan                audit_id;
  DrillSpan                delivery_id;
  DrillSpan                subject_id;   /* some other id that names what it is about */
  DrillSpan                delivery_source;
  DrillSpan                state;        /* acknowledgement_state */
  DrillSpan                other_state;  /* approval, closure, execution */
  DrillSpan                route_id;
  DrillSpan                route_created_at;
  DrillDecodedPlan         self;         /* the item read as a plan */
  DrillDecodedPlan         plan;         /* its nested plan */
  DrillDecodedRoute        row;          /* the item read as a row */
  DrillSpan                own_ack_id;   /* acknowledgement fields of the item itself … */
  DrillSpan                own_ack_by;
  DrillSpan                own_ack_at;
  DrillSpan                own_ack_reference;
  DrillSpan                own_ack_notes;
  DrillSpan                ack_state;    /* … and of its nested acknowledgement */
  DrillSpan                ack_id;
  DrillSpan                ack_by;
  DrillSpan                ack_at;
  DrillSpan                ack_reference;
  DrillSpan                ack_notes;
  DrillSpan                ack_plan_id;
  const DrillDecodedRoute *routes;
  const DrillSpan         *texts;        /* owners and required providers */
  guint                    first_provider; /* into providers */
  const DrillSpan         *providers;
  guint                    n_providers;
  const char              *problem;      /* (nullable): what could not be read, DRILL_WORDS() */
  gsize                    problem_offset; /* within the item, bytes */
} DrillDecodedItem;

/**
 * DrillDecoder:
 *
 * Reads documents with simdjson: first where its items are, then item by item.
 * The whole document is checked on the way: what is not strict JSON in UTF-8 is
 * an error, also in fields nobody asks for.
 */
typedef struct _DrillDecoder DrillDecoder;

DrillDecoder *drill_decoder_new           (void);
void          drill_decoder_free          (DrillDecoder      *self);
gboolean      drill_decoder_open          (DrillDecoder      *self,
                                           DrillPage         *page,
                                           GError           **error);
DrillDocument drill_decoder_get_document  (DrillDecoder      *self);
gint64        drill_decoder_get_total     (DrillDecoder      *self);
gint64        drill_decoder_get_offset    (DrillDecoder      *self);
const char   *drill_decoder_get_problem   (DrillDecoder      *self,
                                           gsize             *offset);
gsize         drill_decoder_get_n_items   (DrillDecoder      *self);
void          drill_decoder_get_package   (DrillDecoder      *self,
                                           DrillSpan         *audit_id,
                                           DrillSpan         *generated_at,
                                           DrillSpan         *generated_by);
void          drill_decoder_get_span      (DrillDecoder      *self,
                                           gsize              i,
                                           gsize             *offset,
                                           gsize             *length);
gboolean      drill_decoder_read          (DrillDecoder      *self,
                                           gsize              i,
                                           DrillDecodedItem  *item,
                                           GError           **error);
gboolean      drill_decoder_find_decision (DrillDecoder      *self,
                                           DrillPage         *page,
                                           gsize              offset,
                                           gsize              length,
                                           const char        *member,
                                           guint              decision,
                                           gsize             *decision_offset,
                                           gsize             *decision_length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillDecoder, drill_decoder_free)

G_END_DECLS
