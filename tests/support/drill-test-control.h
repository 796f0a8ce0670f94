// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "drill-test-faults.h"
#include "drill-test-identity.h"
#include "drill-test-requests.h"
#include "drill-test-store.h"

G_BEGIN_DECLS

#define DRILL_TEST_CONTROL "/test/"

/**
 * DrillTestParts:
 * @faults: what goes wrong
 * @identity: who may what
 * @requests: what was asked
 * @store: what is on record
 *
 * What can be looked at and changed over HTTP, by tests in other processes.
 */
typedef struct {
  DrillTestFaults   *faults;
  DrillTestIdentity *identity;
  GPtrArray         *requests;
  DrillTestStore    *store;
} DrillTestParts;

void drill_test_control_answer (const DrillTestParts *parts,
                                const char           *method,
                                const char           *path,
                                GHashTable           *query,
                                const char           *body,
                                DrillTestReply       *reply);

G_END_DECLS
