// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DrillTestDo:
 * @DRILL_TEST_STATUS: answer with a status, body, type and header of the test's; nothing is done
 * @DRILL_TEST_DROP: close the connection instead of answering; nothing is done
 * @DRILL_TEST_DROP_IN_BODY: announce more bytes than are sent, then close; nothing is done
 * @DRILL_TEST_HOLD: answer only after drill_test_server_release(); a write is done only then, also when its client
 *   has given up meanwhile
 * @DRILL_TEST_ADD_ITEM: put the item in @body in front, then answer
 * @DRILL_TEST_REMOVE_ITEM: take the newest item away, then answer
 * @DRILL_TEST_SWAP_ITEM: take the newest item away and put @body at its place, then answer
 * @DRILL_TEST_DO_THEN_DROP: do it, then close the connection instead of answering
 * @DRILL_TEST_DO_THEN_DROP_IN_BODY: do it, then answer as with %DRILL_TEST_DROP_IN_BODY
 * @DRILL_TEST_DO_THEN_STATUS: do it, then answer as with %DRILL_TEST_STATUS
 * @DRILL_TEST_DO_THEN_HOLD: do it, and answer only after drill_test_server_release()
 * @DRILL_TEST_BREAK_BULK: record the first @n_routes routes of a bulk, then answer as with %DRILL_TEST_STATUS, with
 *   500 where no status is given
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
  DRILL_TEST_DO_THEN_DROP,
  DRILL_TEST_DO_THEN_DROP_IN_BODY,
  DRILL_TEST_DO_THEN_STATUS,
  DRILL_TEST_DO_THEN_HOLD,
  DRILL_TEST_BREAK_BULK,
} DrillTestDo;

/**
 * DrillTestFault:
 * @method: (nullable): `GET` or `POST`, or %NULL for any
 * @path: (nullable): how the path of the request ends, or %NULL for any
 * @first: the first request of that method and path it happens to, from 1
 * @count: how many, 0 for all that follow
 * @what: what happens
 * @status: HTTP status
 * @type: (nullable): Content-Type, `application/json` for %NULL
 * @body: (nullable): body, or item
 * @header: (nullable): name of a further header
 * @value: (nullable): its value
 * @n_routes: for %DRILL_TEST_BREAK_BULK: how many routes are recorded
 *
 * What goes wrong with which request. Several may be there: the one that was
 * added first and fits is taken, and each counts the requests it fits.
 */
typedef struct {
  const char *method;
  const char *path;
  guint       first;
  guint       count;
  DrillTestDo what;
  guint       status;
  const char *type;
  const char *body;
  const char *header;
  const char *value;
  guint       n_routes;
} DrillTestFault;

/**
 * DrillTestFaults:
 *
 * The faults of a server.
 */
typedef struct _DrillTestFaults DrillTestFaults;

DrillTestFaults      *drill_test_faults_new   (void);
void                  drill_test_faults_free  (DrillTestFaults       *self);
void                  drill_test_faults_add   (DrillTestFaults       *self,
                                               const DrillTestFault  *fault);
gboolean              drill_test_faults_parse (DrillTestFaults       *self,
                                               const char            *spec,
                                               GError               **error);
void                  drill_test_faults_clear (DrillTestFaults       *self);
const DrillTestFault *drill_test_faults_find  (DrillTestFaults       *self,
                                               const char            *method,
                                               const char            *path);

G_END_DECLS
