// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/drill-ack-operation.h"

G_BEGIN_DECLS

/**
 * DrillAckSlot:
 *
 * One entry of the list: its number in the operation. What it says is asked of
 * the operation when it is shown.
 */
#define DRILL_TYPE_ACK_SLOT (drill_ack_slot_get_type ())

G_DECLARE_FINAL_TYPE (DrillAckSlot, drill_ack_slot, DRILL, ACK_SLOT, GObject)

guint            drill_ack_slot_get_entry   (DrillAckSlot      *self);

/**
 * DrillAckEntries:
 *
 * The entries of an operation as a list model, all or those of one outcome.
 * Objects are made for what is looked at only.
 */
#define DRILL_TYPE_ACK_ENTRIES (drill_ack_entries_get_type ())

G_DECLARE_FINAL_TYPE (DrillAckEntries, drill_ack_entries, DRILL, ACK_ENTRIES, GObject)

DrillAckEntries *drill_ack_entries_new         (DrillAckOperation *operation);
void             drill_ack_entries_set_outcome (DrillAckEntries   *self,
                                                int                outcome);
void             drill_ack_entries_update      (DrillAckEntries   *self);

G_END_DECLS
