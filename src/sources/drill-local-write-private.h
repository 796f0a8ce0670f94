// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

#include "sources/drill-local-write.h"

G_BEGIN_DECLS

/* One request to who plays the service, private to the room. */
typedef struct {
  DrillEvidence      *evidence;
  DrillWriteKind      kind;
  const char         *schedule_id; /* (nullable) */
  JsonObject         *body;
  const char         *actor;       /* (nullable): verified */
  const char *const  *connectors;  /* (nullable): all */
  const char         *mark;        /* (nullable): a control that says where packages and deliveries are from */
  gint64              now_us;
} DrillLocalRequest;

JsonObject *drill_local_request_answer          (const DrillLocalRequest  *request,
                                                 GError                  **error);
char       *drill_local_request_dup_actor       (const DrillLocalRequest  *request,
                                                 const char               *member,
                                                 GError                  **error);
void        drill_local_request_set_actor       (const DrillLocalRequest  *request,
                                                 JsonObject               *answer);
JsonObject *drill_local_request_answer_package  (const DrillLocalRequest  *request,
                                                 GError                  **error);
JsonObject *drill_local_request_answer_delivery (const DrillLocalRequest  *request,
                                                 GError                  **error);
char       *drill_local_write_make_id           (const char               *prefix,
                                                 JsonObject               *fields);
JsonObject *drill_local_write_new_item          (const char               *kind,
                                                 const char               *id,
                                                 const char               *created_at,
                                                 const char               *signer);

G_END_DECLS
