// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-ack-operation.h"

G_BEGIN_DECLS

/* The frozen list of an acknowledgement operation, and where its entries are in
 * the evidence: private to drill-ack-operation.c and its helpers. */

/* An acknowledgement in the evidence that could be the one an entry asks for */
typedef struct {
  const char *id;
  const char *actor;
} DrillAckMatch;

typedef struct {
  /* What was chosen; texts are the list's */
  const char *schedule_id;
  const char *provider;
  const char *plan_id;
  const char *owners;
  const char *state_shown;
  guint first_route;
  guint n_routes;
  guint n_others;

  /* Where it is in the evidence last looked at */
  guint32 pair;
  guint32 route;   /* the row that tells whether an acknowledgement predates the plan */
  GArray *matches; /* (nullable): of DrillAckMatch */

  /* What became of it */
  guint32 place;        /* in the journal entry */
  GPtrArray *known;     /* (nullable): ids of the matches there were before it was sent */
  const char *sent_as;  /* the actor that is recorded, "" when not known */
  gboolean announced;   /* the journal has it as sent, or about to be */
  gboolean alone;       /* it was in a chunk that was refused */
  gboolean doubtful;    /* it was sent and then not found: look again before it is sent again */
  DrillOutcome outcome;
  const char *ack_id;
  GError *error;
} DrillAckItem;

typedef struct {
  DrillAckItem *items;
  guint n_items;
  guint counts[DRILL_N_OUTCOMES];
  guint32 *routes; /* (nullable): chosen rows, by entry */
  guint n_left_out;
  GStringChunk *texts;
  GHashTable *by_texts;  /* DrillAckItem → itself */
  GHashTable *schedules; /* the set of their schedules, once one was looked for */

  /* The evidence last looked at, and how much of it */
  DrillEvidence *evidence;
  GHashTable *by_pair;   /* pair → entry + 1, or G_MAXUINT for one that is not in the list */
  guint n_pairs;
  guint n_route_rows;
  guint n_plan_rows;
  guint n_ack_rows;
  guint n_matched_rows;
  guint32 state_code;     /* of what is looked for */
  guint32 reference_code;
  GByteArray *wanted_schedules; /* by DRILL_DICT_SCHEDULE code: 0 not looked at, 1 wanted, 2 not */
} DrillAckList;

DrillAckList *drill_ack_list_new_for_routes (DrillEvidence        *evidence,
                                             const guint32        *routes,
                                             guint                 n_routes);
DrillAckList *drill_ack_list_new            (guint                 n_items);
/* Before anything is looked for. The texts are copied; "" for %NULL. */
void          drill_ack_list_set_item       (DrillAckList         *self,
                                             guint                 i,
                                             const char           *schedule_id,
                                             const char           *provider,
                                             const char           *plan_id,
                                             const char           *owners,
                                             const char           *state_shown);
void          drill_ack_list_free           (DrillAckList         *self);
const char   *drill_ack_list_keep           (DrillAckList         *self,
                                             const char           *text);
void          drill_ack_list_set_outcome    (DrillAckList         *self,
                                             guint                 i,
                                             DrillOutcome          outcome,
                                             const char           *ack_id,
                                             GError               *error);
/* The entry of a schedule and provider, or %DRILL_NONE */
guint         drill_ack_list_find           (DrillAckList         *self,
                                             const char           *schedule_id,
                                             const char           *provider);

/* Searching, drill-ack-search.c */
void          drill_ack_list_look           (DrillAckList         *self,
                                             DrillEvidence        *evidence);
void          drill_ack_list_match          (DrillAckList         *self,
                                             const char           *state,
                                             const char           *reference);
void          drill_ack_list_forget_matches (DrillAckList         *self);
guint32       drill_ack_list_get_state      (DrillAckList         *self,
                                             guint                 i);
gboolean      drill_ack_list_get_predates   (DrillAckList         *self,
                                             guint                 i);
void          drill_ack_list_note_known     (DrillAckList         *self,
                                             guint                 i,
                                             const char           *actor);
const char   *drill_ack_list_find_recorded  (DrillAckList         *self,
                                             guint                 i);

/* The journal, drill-ack-journal.c */
typedef struct {
  const char *state;
  const char *actor;
  const char *reference;
  const char *notes;
} DrillAckTerms;

GVariant     *drill_ack_journal_operation   (DrillAckList         *list,
                                             const DrillAckTerms  *terms);
/* @done: (nullable): entries whose outcome is kept along with it */
GVariant     *drill_ack_journal_sent        (DrillAckList         *list,
                                             const guint          *items,
                                             guint                 n_items,
                                             const char           *actor,
                                             const guint          *done,
                                             guint                 n_done);
GVariant     *drill_ack_journal_outcomes    (DrillAckList         *list,
                                             const guint          *items,
                                             guint                 n_items);
/* Returns: (transfer full) (nullable): the list, with what had become of it; @terms are the entry's */
DrillAckList *drill_ack_journal_read        (DrillJournalEntry    *entry,
                                             DrillAckTerms        *terms,
                                             GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrillAckList, drill_ack_list_free)

G_END_DECLS
