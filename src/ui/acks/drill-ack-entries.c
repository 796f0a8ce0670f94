// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acks/drill-ack-entries.h"

struct _DrillAckSlot
{
  GObject parent_instance;

  guint   entry;
};

G_DEFINE_FINAL_TYPE (DrillAckSlot, drill_ack_slot, G_TYPE_OBJECT)

struct _DrillAckEntries
{
  GObject            parent_instance;

  DrillAckOperation *operation;
  int                outcome; /* or -1 for all */
  GArray            *entries; /* of guint */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrillAckEntries, drill_ack_entries, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
drill_ack_slot_class_init (DrillAckSlotClass *klass)
{
}

static void
drill_ack_slot_init (DrillAckSlot *self)
{
}

/**
 * drill_ack_slot_get_entry:
 *
 * Returns: the number of the entry
 */
guint
drill_ack_slot_get_entry (DrillAckSlot *self)
{
  return self->entry;
}

static GType
get_item_type (GListModel *list)
{
  return DRILL_TYPE_ACK_SLOT;
}

static guint
get_n_items (GListModel *list)
{
  return DRILL_ACK_ENTRIES (list)->entries->len;
}

static gpointer
get_item (GListModel *list,
          guint       position)
{
  DrillAckEntries *self = DRILL_ACK_ENTRIES (list);
  DrillAckSlot *slot;

  if (position >= self->entries->len)
    return NULL;

  slot = g_object_new (DRILL_TYPE_ACK_SLOT, NULL);
  slot->entry = g_array_index (self->entries, guint, position);

  return slot;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
drill_ack_entries_finalize (GObject *object)
{
  DrillAckEntries *self = DRILL_ACK_ENTRIES (object);

  g_array_unref (self->entries);
  g_clear_object (&self->operation);

  G_OBJECT_CLASS (drill_ack_entries_parent_class)->finalize (object);
}

static void
drill_ack_entries_class_init (DrillAckEntriesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_ack_entries_finalize;
}

static void
drill_ack_entries_init (DrillAckEntries *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (guint));
  self->outcome = -1;
}

/* An answer that was not waited for is as unknown as one that was lost */
static gboolean
has_outcome (DrillAckEntries *self,
             guint            i)
{
  DrillAckEntry entry;

  if (self->outcome < 0)
    return TRUE;

  drill_ack_operation_get_entry (self->operation, i, &entry);

  return (int) entry.outcome == self->outcome ||
         (self->outcome == DRILL_OUTCOME_UNKNOWN && entry.outcome == DRILL_OUTCOME_SENT);
}

/**
 * drill_ack_entries_new:
 * @operation: whose entries to list
 *
 * Returns: (transfer full): all of them
 */
DrillAckEntries *
drill_ack_entries_new (DrillAckOperation *operation)
{
  DrillAckEntries *self = g_object_new (DRILL_TYPE_ACK_ENTRIES, NULL);

  self->operation = g_object_ref (operation);
  drill_ack_entries_update (self);

  return self;
}

/**
 * drill_ack_entries_set_outcome:
 * @self: entries
 * @outcome: a #DrillOutcome, only entries with which are listed, or -1 for all
 */
void
drill_ack_entries_set_outcome (DrillAckEntries *self,
                               int              outcome)
{
  self->outcome = outcome;
  drill_ack_entries_update (self);
}

/**
 * drill_ack_entries_update:
 * @self: entries
 *
 * Lists them again, as they are now.
 */
void
drill_ack_entries_update (DrillAckEntries *self)
{
  guint n_before = self->entries->len;
  guint n_entries = drill_ack_operation_get_n_entries (self->operation);

  g_array_set_size (self->entries, 0);
  for (guint i = 0; i < n_entries; i++)
    if (has_outcome (self, i))
      g_array_append_val (self->entries, i);

  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->entries->len);
}
