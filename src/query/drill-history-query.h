// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-evidence.h"

G_BEGIN_DECLS

/**
 * DrillHistoryQuery:
 * @kinds: (nullable): `metadata_kind`s, in full or without the prefix `go-backend-rollback-drill-`; any of them
 * @providers: (nullable): any of them among the item's providers
 * @states: (nullable): any of these states
 * @alerts: (nullable): any of these alert levels
 * @result: %DRILL_RESULT_NONE for all items, else only deliveries that ended so
 * @search: (nullable): text in kind, subject, provider, state, signer, reference or id, any case
 * @descending: newest first
 *
 * Which evidence items to show. Fields may be set directly; all texts are borrowed.
 */
typedef struct {
  const char *const *kinds;
  const char *const *providers;
  const char *const *states;
  const char *const *alerts;
  DrillResult        result;
  const char        *search;
  gboolean           descending;
} DrillHistoryQuery;

GArray *drill_history_query_run (DrillEvidence           *evidence,
                                 const DrillHistoryQuery *query);

G_END_DECLS
