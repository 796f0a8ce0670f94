// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-operation.h"

G_BEGIN_DECLS

/**
 * DrillAckEntry:
 * @schedule_id: schedule
 * @provider: provider
 * @plan_id: the plan of the route that was chosen, "" when it has none
 * @owners: its owners, joined with ", ": more than one share the acknowledgement (contract section 5)
 * @n_routes: routes that were chosen and that it stands for
 * @n_others: current routes of other owners that it closes too, though they were not chosen
 * @state_shown: code of the state when it was chosen (%DRILL_DICT_STATE)
 * @state_now: the same, of the newest evidence; differs when somebody was faster
 * @predates: whether the acknowledgement it has predates the plan
 * @outcome: what became of it
 * @ack_id: (nullable): `acknowledgement_id`, when recorded
 * @error: (nullable): why it failed
 *
 * One (schedule, provider) that is to be acknowledged. Texts are owned by the operation.
 */
typedef struct {
  const char   *schedule_id;
  const char   *provider;
  const char   *plan_id;
  const char   *owners;
  guint         n_routes;
  guint         n_others;
  guint32       state_shown;
  guint32       state_now;
  gboolean      predates;
  DrillOutcome  outcome;
  const char   *ack_id;
  const GError *error;
} DrillAckEntry;

/**
 * DrillAckOperation:
 *
 * Acknowledges, escalates, resolves or dismisses a frozen list of routes
 * (contract section 6). Each (schedule, provider) is sent once. One is sent by
 * itself; more go in chunks of %DRILL_WRITE_MAX_ROUTES, where what has that state
 * already is skipped (unless that acknowledgement predates the plan). After a
 * refusal within a chunk, what was not recorded of it is sent one by one, so
 * that one bad route does not take the others with it.
 *
 * A lost answer is looked for in the history (design.md): an acknowledgement of
 * the same schedule, provider, state, actor and reference that was not known
 * before it was sent.
 */
#define DRILL_TYPE_ACK_OPERATION (drill_ack_operation_get_type ())

G_DECLARE_FINAL_TYPE (DrillAckOperation, drill_ack_operation, DRILL, ACK_OPERATION, DrillOperation)

/**
 * drill_ack_operation_new_for_routes:
 * @evidence: what was shown
 * @routes: rows of it; those that are not delivered (suppressed), or that name no schedule or provider, are left out
 * @n_routes: how many
 * @state: `acknowledged`, `escalated`, `resolved` or `dismissed`
 */
DrillAckOperation   *drill_ack_operation_new_for_routes  (DrillWriter          *writer,
                                                          DrillEvidence        *evidence,
                                                          const guint32        *routes,
                                                          guint                 n_routes,
                                                          const char           *state);

/* One (schedule, provider), whether or not the evidence knows a route of it: for drillctl */
DrillAckOperation   *drill_ack_operation_new_for_target  (DrillWriter          *writer,
                                                          const DrillAckTarget *target,
                                                          const char           *state);

/* Takes up one that was cut off; its unknown entries have to be checked first, which run and check do */
DrillAckOperation   *drill_ack_operation_new_from_journal (DrillWriter          *writer,
                                                           DrillJournalEntry    *entry,
                                                           GError              **error);

/* Before it runs. @actor for services without OIDC; blanks around @reference are taken away. */
void                 drill_ack_operation_set_note        (DrillAckOperation    *self,
                                                          const char           *actor,
                                                          const char           *reference,
                                                          const char           *notes);
const char          *drill_ack_operation_get_state       (DrillAckOperation    *self);
const char          *drill_ack_operation_get_actor       (DrillAckOperation    *self);
const char          *drill_ack_operation_get_reference   (DrillAckOperation    *self);
const char          *drill_ack_operation_get_notes       (DrillAckOperation    *self);

guint                drill_ack_operation_get_n_entries   (DrillAckOperation    *self);
/* (out caller-allocates) @entry: valid until the operation changes */
void                 drill_ack_operation_get_entry       (DrillAckOperation    *self,
                                                          guint                 i,
                                                          DrillAckEntry        *entry);
/* (transfer none): the rows of @evidence given at the beginning that entry @i stands for; NULL for a recovered one */
const guint32       *drill_ack_operation_get_routes      (DrillAckOperation    *self,
                                                          guint                 i,
                                                          guint                *n_routes);
guint                drill_ack_operation_get_n_left_out  (DrillAckOperation    *self);
guint                drill_ack_operation_count           (DrillAckOperation    *self,
                                                          DrillOutcome          outcome);
guint                drill_ack_operation_get_n_chunks    (DrillAckOperation    *self);

/* What failed, or was not sent, is pending again: run it then. What may have been recorded after
 * all is looked for before it is sent again. */
void                 drill_ack_operation_retry_failed    (DrillAckOperation    *self);

/* Reads the history again and brings each `state_now` up to date; for what is shown before sending */
void                 drill_ack_operation_update_async    (DrillAckOperation    *self,
                                                          GCancellable         *cancellable,
                                                          GAsyncReadyCallback   callback,
                                                          gpointer              user_data);
gboolean             drill_ack_operation_update_finish   (DrillAckOperation    *self,
                                                          GAsyncResult         *result,
                                                          GError              **error);

G_END_DECLS
