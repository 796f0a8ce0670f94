// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "drill-test-faults.h"

G_BEGIN_DECLS

#define DRILL_TEST_HISTORY   "/rollback-drill-notifications"
#define DRILL_TEST_DASHBOARD "/rollback-drill-notifications/dashboard"
#define DRILL_TEST_SESSION   "/console/session"
#define DRILL_TEST_ACK       "/acknowledgements"
#define DRILL_TEST_BULK      "/acknowledgements/bulk"
#define DRILL_TEST_PACKAGE   "/acknowledgements/audit-package"
#define DRILL_TEST_DELIVERY  "/acknowledgements/audit-delivery"

/**
 * DrillTestServer:
 *
 * A double of the service (contract sections 1 to 3, 6 and 7), in a thread of
 * its own, on a free port of the loopback interface. All calls may come from
 * the thread of the test.
 */
typedef struct _DrillTestServer DrillTestServer;

DrillTestServer *drill_test_server_new               (void);
DrillTestServer *drill_test_server_new_tls           (const char           *certificate_file);
DrillTestServer *drill_test_server_new_on_port       (guint                 port);
void             drill_test_server_free              (DrillTestServer      *self);
const char      *drill_test_server_get_url           (DrillTestServer      *self);

void             drill_test_server_set_listening     (DrillTestServer      *self,
                                                      gboolean              listening);
void             drill_test_server_set_gzip          (DrillTestServer      *self,
                                                      gboolean              gzip);
void             drill_test_server_set_max_limit     (DrillTestServer      *self,
                                                      guint                 max_limit);
void             drill_test_server_set_auth_required (DrillTestServer      *self,
                                                      gboolean              auth_required);
void             drill_test_server_add_token         (DrillTestServer      *self,
                                                      const char           *token,
                                                      const char           *actor);
void             drill_test_server_add_token_full    (DrillTestServer      *self,
                                                      const char           *token,
                                                      const char           *actor,
                                                      const char *const    *groups,
                                                      gboolean              may_acknowledge);
gboolean         drill_test_server_parse_token       (DrillTestServer      *self,
                                                      const char           *spec,
                                                      GError              **error);
void             drill_test_server_revoke_token      (DrillTestServer      *self,
                                                      const char           *token);
void             drill_test_server_set_time          (DrillTestServer      *self,
                                                      gint64                now_us);
void             drill_test_server_set_connectors    (DrillTestServer      *self,
                                                      const char *const    *connectors);
void             drill_test_server_fail_connector    (DrillTestServer      *self,
                                                      const char           *connector,
                                                      guint                 status);

void             drill_test_server_set_items         (DrillTestServer      *self,
                                                      GPtrArray            *items);
void             drill_test_server_add_item          (DrillTestServer      *self,
                                                      const char           *item);
void             drill_test_server_remove_item       (DrillTestServer      *self);
gboolean         drill_test_server_load_file         (DrillTestServer      *self,
                                                      const char           *file,
                                                      GError              **error);

void             drill_test_server_add_fault         (DrillTestServer      *self,
                                                      const DrillTestFault *fault);
gboolean         drill_test_server_parse_fault       (DrillTestServer      *self,
                                                      const char           *spec,
                                                      GError              **error);
void             drill_test_server_clear_faults      (DrillTestServer      *self);
void             drill_test_server_release           (DrillTestServer      *self);

guint            drill_test_server_get_n_requests    (DrillTestServer      *self,
                                                      const char           *path);
char            *drill_test_server_dup_header        (DrillTestServer      *self,
                                                      guint                 request,
                                                      const char           *name);
char            *drill_test_server_dup_target        (DrillTestServer      *self,
                                                      guint                 request);
char            *drill_test_server_dup_method        (DrillTestServer      *self,
                                                      guint                 request);
GBytes          *drill_test_server_dup_body          (DrillTestServer      *self,
                                                      guint                 request);

guint            drill_test_server_count_acks        (DrillTestServer      *self,
                                                      const char           *schedule_id,
                                                      const char           *provider);
guint            drill_test_server_count_items       (DrillTestServer      *self,
                                                      const char           *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillTestServer, drill_test_server_free)

G_END_DECLS
