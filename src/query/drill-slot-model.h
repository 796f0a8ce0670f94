// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DrillSlot:
 *
 * A place in a list. It stays the same object while the list shows other rows:
 * a bound cell connects to #DrillSlot::changed and reads drill_slot_get_row().
 */
#define DRILL_TYPE_SLOT (drill_slot_get_type ())

G_DECLARE_FINAL_TYPE (DrillSlot, drill_slot, DRILL, SLOT, GObject)

guint   drill_slot_get_position (DrillSlot *self);
guint32 drill_slot_get_row      (DrillSlot *self);

/**
 * DrillSlotModel:
 *
 * A #GListModel of #DrillSlot over an array of row numbers. Showing another
 * array tells the slots that are in use and emits items-changed only for the
 * rows that were added or removed at the end, whatever the size of the list.
 * A view holds far more slots than it shows: it says which ones are near with
 * drill_slot_model_set_near(), and the others are told a little later.
 */
#define DRILL_TYPE_SLOT_MODEL (drill_slot_model_get_type ())

G_DECLARE_FINAL_TYPE (DrillSlotModel, drill_slot_model, DRILL, SLOT_MODEL, GObject)

DrillSlotModel *drill_slot_model_new      (void);
void            drill_slot_model_set_rows (DrillSlotModel *self,
                                           const guint32  *rows,
                                           guint           n_rows,
                                           GDestroyNotify  destroy,
                                           gpointer        owner);
guint           drill_slot_model_get_n_rows (DrillSlotModel *self);
guint32         drill_slot_model_get_row  (DrillSlotModel *self,
                                           guint           position);
void            drill_slot_model_refresh  (DrillSlotModel *self);
void            drill_slot_model_set_near (DrillSlotModel *self,
                                           guint           first,
                                           guint           n_rows);

G_END_DECLS
