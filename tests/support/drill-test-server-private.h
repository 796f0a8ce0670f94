// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libsoup/soup.h>

#include "drill-test-faults.h"
#include "drill-test-identity.h"
#include "drill-test-requests.h"
#include "drill-test-server.h"
#include "drill-test-store.h"
#include "drill-test-writes.h"

G_BEGIN_DECLS

/* What the files of the server share. */

typedef struct {
  SoupServerMessage *message;
  DrillTestRequest *request; /* that is still to be done, or NULL */
} DrillTestHeld;

struct _DrillTestServer
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  SoupServer *server; /* of the thread */
  GTlsCertificate *certificate;
  char *url;
  guint port;

  GMutex mutex; /* of all that follows */
  GCond cond;
  gboolean ready;
  gboolean gzip;
  guint max_limit;
  DrillTestFaults *faults;
  DrillTestIdentity *identity;
  DrillTestStore *store;
  DrillTestWrites *writes;
  GPtrArray *requests; /* of DrillTestRequest */
  GPtrArray *held;     /* of DrillTestHeld */
};

void drill_test_held_free          (DrillTestHeld     *held);
void drill_test_server_answer_held (DrillTestServer   *self);
void drill_test_server_request_cb  (SoupServer        *server,
                                    SoupServerMessage *message,
                                    const char        *path,
                                    GHashTable        *query,
                                    gpointer           data);

G_END_DECLS
