// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "drill-test-answers.h"

G_BEGIN_DECLS

/**
 * DrillTestNeed:
 * @DRILL_TEST_NEED_NOTHING: anyone may
 * @DRILL_TEST_NEED_READ: reads of evidence
 * @DRILL_TEST_NEED_WRITE: mutations
 *
 * What a request needs to be let through.
 */
typedef enum {
  DRILL_TEST_NEED_NOTHING,
  DRILL_TEST_NEED_READ,
  DRILL_TEST_NEED_WRITE,
} DrillTestNeed;

/**
 * DrillTestIdentity:
 *
 * Who may do what at the double (contract section 1).
 */
typedef struct _DrillTestIdentity DrillTestIdentity;

DrillTestIdentity *drill_test_identity_new               (void);
void               drill_test_identity_free              (DrillTestIdentity   *self);
void               drill_test_identity_set_auth_required (DrillTestIdentity   *self,
                                                          gboolean             auth_required);
void               drill_test_identity_add_token         (DrillTestIdentity   *self,
                                                          const char          *token,
                                                          const char          *actor,
                                                          const char *const   *groups,
                                                          gboolean             may_acknowledge);
gboolean           drill_test_identity_parse_token       (DrillTestIdentity   *self,
                                                          const char          *spec,
                                                          GError             **error);
void               drill_test_identity_revoke_token      (DrillTestIdentity   *self,
                                                          const char          *token);
gboolean           drill_test_identity_check             (DrillTestIdentity   *self,
                                                          const char          *authorization,
                                                          DrillTestNeed        need,
                                                          const char         **actor,
                                                          DrillTestReply      *reply);
char              *drill_test_identity_dup_session       (DrillTestIdentity   *self,
                                                          const char          *authorization);

G_END_DECLS
