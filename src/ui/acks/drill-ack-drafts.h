// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DrillAckDraft:
 * @actor: the name to be recorded, "" unless another was typed than was offered
 * @reference: the reference
 * @notes: the notes
 *
 * What was typed and not yet recorded.
 */
typedef struct {
  char *actor;
  char *reference;
  char *notes;
} DrillAckDraft;

void   drill_ack_draft_clear            (DrillAckDraft       *draft);

/* Kept for each state in the settings, so that a crash does not take them along */
void   drill_ack_drafts_load            (GSettings           *settings,
                                         const char          *state,
                                         DrillAckDraft       *draft);
void   drill_ack_drafts_store           (GSettings           *settings,
                                         const char          *state,
                                         const DrillAckDraft *draft);
void   drill_ack_drafts_forget          (GSettings           *settings,
                                         const char          *state);

/* The references that were recorded last, the newest first */
char **drill_ack_drafts_get_references  (GSettings           *settings);
void   drill_ack_drafts_add_reference   (GSettings           *settings,
                                         const char          *reference);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DrillAckDraft, drill_ack_draft_clear)

G_END_DECLS
