// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * DrillTone:
 * @DRILL_TONE_PLAIN: something to know
 * @DRILL_TONE_GOOD: it is as it should be
 * @DRILL_TONE_WARNING: something to mind
 * @DRILL_TONE_BAD: it is not as it should be
 *
 * What a card's icon and colour say besides its words.
 */
typedef enum {
  DRILL_TONE_PLAIN,
  DRILL_TONE_GOOD,
  DRILL_TONE_WARNING,
  DRILL_TONE_BAD,
} DrillTone;

/**
 * DrillNoteCard:
 *
 * An icon, a heading and a sentence or two: how something ended.
 */
#define DRILL_TYPE_NOTE_CARD (drill_note_card_get_type ())

G_DECLARE_FINAL_TYPE (DrillNoteCard, drill_note_card, DRILL, NOTE_CARD, AdwBin)

void drill_note_card_set      (DrillNoteCard *self,
                               DrillTone      tone,
                               const char    *heading,
                               const char    *text);
void drill_note_card_bring_up (DrillNoteCard *self);

G_END_DECLS
