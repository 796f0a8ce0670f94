// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * DrillTestRequest:
 * @method: `GET` or `POST`
 * @path: its path as it was sent
 * @target: path and query as they were sent
 * @headers: lower-case name → value
 * @body: what came with it
 *
 * A request that has come.
 */
typedef struct {
  char       *method;
  char       *path;
  char       *target;
  GHashTable *headers;
  GBytes     *body;
} DrillTestRequest;

GPtrArray        *drill_test_requests_new    (void);
DrillTestRequest *drill_test_requests_add    (GPtrArray         *requests,
                                              SoupServerMessage *message);
DrillTestRequest *drill_test_requests_get    (GPtrArray         *requests,
                                              guint              request);
guint             drill_test_requests_count  (GPtrArray         *requests,
                                              const char        *path);
char             *drill_test_requests_to_json (GPtrArray        *requests);

G_END_DECLS
