// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audit/drill-package.h"
#include "evidence/drill-json-exact.h"

G_BEGIN_DECLS

/**
 * DrillScopeReader:
 * @evidence: (not owned): the snapshot
 * @schedule_id: the schedule, "" for all; likewise the next two
 * @n_acks: acknowledgements of the scope that are looked at
 *
 * Which routes and acknowledgements of a snapshot the service takes for an
 * audit package of a scope (contract section 7). Private to the room.
 */
typedef struct {
  DrillEvidence *evidence;
  const char    *schedule_id;
  const char    *provider;
  const char    *owner;
  guint          n_acks;
  guint8        *owner_fits;  /* by owner code: 0 not looked at yet, 1 no, 2 yes */
  guint32       *newest_acks; /* by pair, DRILL_NONE if there is none in scope */
} DrillScopeReader;

/* @max_acks: the most acknowledgements to look at, the newest of them */
void             drill_scope_reader_init       (DrillScopeReader        *self,
                                                DrillEvidence           *evidence,
                                                const DrillPackageScope *scope,
                                                guint                    max_acks);
void             drill_scope_reader_clear      (DrillScopeReader        *self);

gboolean         drill_scope_reader_has_route  (DrillScopeReader        *self,
                                                guint32                  route);
gboolean         drill_scope_reader_has_ack    (DrillScopeReader        *self,
                                                guint32                  ack);
/* The code of the provider that the item of an acknowledgement names */
guint32          drill_scope_reader_get_ack_provider (DrillScopeReader  *self,
                                                guint32                  ack);
/* The newest acknowledgement of a route; all zero when there is none */
const DrillAck  *drill_scope_reader_get_ack    (DrillScopeReader        *self,
                                                guint32                  route);
guint32          drill_scope_reader_get_state  (DrillScopeReader        *self,
                                                guint32                  route);
/* Never NULL */
const char      *drill_scope_reader_get_text   (DrillScopeReader        *self,
                                                DrillDict                dict,
                                                guint32                  code);
/* Returns: (transfer full): the rows of all plans, newest first */
guint32         *drill_scope_reader_sort_plans (DrillScopeReader        *self,
                                                guint                   *n_plans);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DrillScopeReader, drill_scope_reader_clear)

/* Reads a document twice: as what can be looked into, and with all that a hash has to see in
 * @exact (out) (optional) (nullable): %NULL for what is no object or array. Returns: (transfer full) */
JsonNode        *drill_package_read            (GBytes                  *bytes,
                                                DrillJsonExact         **exact,
                                                GError                 **error);

/* A package by itself, in the service's answer, or in its evidence item; NULL for anything else */
JsonObject      *drill_package_find            (JsonNode                *root);

G_END_DECLS
