// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "drill-test-server.h"
#include "session/drill-operation.h"
#include "sources/drill-api-source.h"

G_BEGIN_DECLS

/* A service, and a program that has loaded its history and may be killed and started again. */
typedef struct {
  DrillTestServer *server;
  char            *directory; /* of the journal */
  DrillApiSource  *source;
  DrillLoader     *loader;
  DrillJournal    *journal;
  DrillWriter     *writer;
} DrillAuditFixture;

DrillAuditFixture *drill_audit_fixture_new       (guint                n_routes);
void               drill_audit_fixture_free      (DrillAuditFixture   *self);
void               drill_audit_fixture_start     (DrillAuditFixture   *self);
void               drill_audit_fixture_kill      (DrillAuditFixture   *self);
DrillEvidence     *drill_audit_fixture_evidence  (DrillAuditFixture   *self);
/* From now on; @spec as drill_test_server_parse_fault() takes it */
void               drill_audit_fixture_fault     (DrillAuditFixture   *self,
                                                  const char          *spec);
void               drill_audit_fixture_heal      (DrillAuditFixture   *self);
guint              drill_audit_fixture_n_journal (DrillAuditFixture   *self);
/* What was cut off; there is just one */
DrillJournalEntry *drill_audit_fixture_claim     (DrillAuditFixture   *self);
void               drill_audit_fixture_run       (gpointer             operation);
void               drill_audit_fixture_check     (gpointer             operation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillAuditFixture, drill_audit_fixture_free)

#define assert_status(operation, status_) \
  g_assert_cmpint (drill_operation_get_status (DRILL_OPERATION (operation)), ==, status_)
#define assert_stopped_by(operation, code) \
  g_assert_error (drill_operation_get_error (DRILL_OPERATION (operation)), DRILL_ERROR, code)

G_END_DECLS
