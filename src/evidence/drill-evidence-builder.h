// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"
#include "evidence/drill-page.h"

G_BEGIN_DECLS

/**
 * DRILL_MAX_DOCUMENT:
 *
 * The largest document that is read, bytes: ten million routes, and within the
 * 32-bit positions of the decoder.
 */
#define DRILL_MAX_DOCUMENT (G_GUINT64_CONSTANT (3) << 30)

/**
 * DRILL_MAX_DEPTH:
 *
 * The deepest nesting that is read. Evidence is some eight levels deep; a
 * document made of a million brackets must not exhaust the stack.
 */
#define DRILL_MAX_DEPTH 256

/**
 * DRILL_MAX_ITEMS:
 *
 * The most items and routes a snapshot holds: row numbers are 32 bits wide and
 * the highest is %DRILL_NONE.
 */
#define DRILL_MAX_ITEMS (G_GUINT64_CONSTANT (1) << 31)

/**
 * DRILL_MAX_PROBLEMS:
 *
 * How many problems are remembered with their place; more are counted.
 */
#define DRILL_MAX_PROBLEMS 1000

/**
 * DrillDocument:
 * @DRILL_DOCUMENT_HISTORY: `{"items": […]}` of evidence items (contract section 2)
 * @DRILL_DOCUMENT_ITEMS: a bare array of items
 * @DRILL_DOCUMENT_ROUTES: `{"items": […]}` of route rows (contract section 4)
 * @DRILL_DOCUMENT_PACKAGE: a saved audit package (contract section 7)
 *
 * What a document turned out to be.
 */
typedef enum {
  DRILL_DOCUMENT_HISTORY,
  DRILL_DOCUMENT_ITEMS,
  DRILL_DOCUMENT_ROUTES,
  DRILL_DOCUMENT_PACKAGE,
} DrillDocument;

/**
 * DrillPageReport:
 * @document: what the page is
 * @n_items: items in it so far
 * @n_new: those of them that were not known yet
 * @n_bytes: how far the page has been read, bytes
 * @total: the service's `total`, or -1
 * @offset: the service's `offset`, or -1
 *
 * What reading a page has brought so far.
 */
typedef struct {
  DrillDocument document;
  guint         n_items;
  guint         n_new;
  gsize         n_bytes;
  gint64        total;
  gint64        offset;
} DrillPageReport;

/**
 * DrillEvidenceBuilder:
 *
 * Reads pages and makes snapshots. Each snapshot shares all that came before
 * with the one before it. To be used by one thread at a time; its snapshots may
 * be read by others meanwhile.
 */
typedef struct _DrillEvidenceBuilder DrillEvidenceBuilder;

#define DRILL_TYPE_EVIDENCE_BUILDER (drill_evidence_builder_get_type ())

GType                 drill_evidence_builder_get_type    (void);
DrillEvidenceBuilder *drill_evidence_builder_new         (void);
DrillEvidenceBuilder *drill_evidence_builder_ref         (DrillEvidenceBuilder *self);
void                  drill_evidence_builder_unref       (DrillEvidenceBuilder *self);
gboolean              drill_evidence_builder_begin       (DrillEvidenceBuilder *self,
                                                          DrillPage            *page,
                                                          GError              **error);
gboolean              drill_evidence_builder_step        (DrillEvidenceBuilder *self,
                                                          gsize                 max_bytes,
                                                          DrillPageReport      *report,
                                                          gboolean             *more,
                                                          GError              **error);
gboolean              drill_evidence_builder_add         (DrillEvidenceBuilder *self,
                                                          DrillPage            *page,
                                                          DrillPageReport      *report,
                                                          GError              **error);
guint                 drill_evidence_builder_get_n_items (DrillEvidenceBuilder *self);
DrillEvidence        *drill_evidence_builder_snapshot    (DrillEvidenceBuilder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillEvidenceBuilder, drill_evidence_builder_unref)

G_END_DECLS
