// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DRILL_TEST_HISTORY   "/rollback-drill-notifications"
#define DRILL_TEST_DASHBOARD "/rollback-drill-notifications/dashboard"
#define DRILL_TEST_SESSION   "/console/session"

/**
 * DrillTestDo:
 * @DRILL_TEST_STATUS: answer with a status, body, type and header of the test's
 * @DRILL_TEST_DROP: close the connection instead of answering
 * @DRILL_TEST_DROP_IN_BODY: announce more bytes than are sent, then close
 * @DRILL_TEST_HOLD: answer only after drill_test_server_release()
 * @DRILL_TEST_ADD_ITEM: put the item in @body in front, then answer
 * @DRILL_TEST_REMOVE_ITEM: take the newest item away, then answer
 * @DRILL_TEST_SWAP_ITEM: take the newest item away and put @body at its place, then answer
 *
 * What can go wrong.
 */
typedef enum {
  DRILL_TEST_STATUS,
  DRILL_TEST_DROP,
  DRILL_TEST_DROP_IN_BODY,
  DRILL_TEST_HOLD,
  DRILL_TEST_ADD_ITEM,
  DRILL_TEST_REMOVE_ITEM,
  DRILL_TEST_SWAP_ITEM,
} DrillTestDo;

/**
 * DrillTestFault:
 * @path: (nullable): how the path of the request ends, or %NULL for any
 * @first: the first request with that path it happens to, from 1
 * @count: how many, 0 for all that follow
 * @what: what happens
 * @status: HTTP status
 * @type: (nullable): Content-Type, `application/json` for %NULL
 * @body: (nullable): body, or item
 * @header: (nullable): name of a further header
 * @value: (nullable): its value
 *
 * What goes wrong with which request.
 */
typedef struct {
  const char *path;
  guint       first;
  guint       count;
  DrillTestDo what;
  guint       status;
  const char *type;
  const char *body;
  const char *header;
  const char *value;
} DrillTestFault;

/**
 * DrillTestServer:
 *
 * A double of the service for reads, in a thread of its own, on a free port of
 * the loopback interface. All calls may come from the thread of the test.
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
void             drill_test_server_clear_faults      (DrillTestServer      *self);
void             drill_test_server_release           (DrillTestServer      *self);

guint            drill_test_server_get_n_requests    (DrillTestServer      *self,
                                                      const char           *path);
char            *drill_test_server_dup_header        (DrillTestServer      *self,
                                                      guint                 request,
                                                      const char           *name);
char            *drill_test_server_dup_target        (DrillTestServer      *self,
                                                      guint                 request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillTestServer, drill_test_server_free)

G_END_DECLS
