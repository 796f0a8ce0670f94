// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "drill-test-server.h"
#include "drill-view-fixture.h"
#include "ui/audit/drill-package-dialog.h"
#include "ui/audit/drill-verify-dialog.h"

#define DRILL_AUDIT_NOW "2026-06-01T12:00:00+00:00" /* of the conformance answers */

/* The Audit view in a window, with a service that its dialogs work with */
typedef struct {
  DrillViewFixture  view;
  DrillTestServer  *server;
} DrillAuditViewFixture;

/* @items: what the service has, which becomes its own; NULL for conformance/medium */
void               drill_audit_view_fixture_set_up          (DrillAuditViewFixture *fixture,
                                                             GPtrArray             *items);
void               drill_audit_view_fixture_connect         (DrillAuditViewFixture *fixture,
                                                             const char            *token);
void               drill_audit_view_fixture_tear_down       (DrillAuditViewFixture *fixture);
char              *drill_audit_view_fixture_get_path        (DrillAuditViewFixture *fixture,
                                                             const char            *name);
/* Something that goes wrong with the next POST */
void               drill_audit_view_fixture_add_fault       (DrillAuditViewFixture *fixture,
                                                             const char            *path,
                                                             DrillTestDo            what,
                                                             guint                  status,
                                                             const char            *body);
GtkWidget         *drill_audit_view_fixture_present_package (DrillAuditViewFixture *fixture,
                                                             const DrillRouteQuery *query);
DrillVerifyDialog *drill_audit_view_fixture_verify          (DrillAuditViewFixture *fixture,
                                                             const char            *path,
                                                             const char            *verdict);

void               drill_test_click_when_ready              (GtkWidget             *dialog,
                                                             const char            *text);
void               drill_test_make_package                  (GtkWidget             *dialog);
void               drill_test_close_dialog                  (gpointer               dialog);
void               drill_test_remove_tree                   (const char            *path);
