// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-slot-model.h"

#define FAR_PRIORITY (G_PRIORITY_HIGH_IDLE + 20) /* in turn with GTK drawing frames */
#define FAR_CHUNK    8                           /* slots told in one go: a few ms of a view's work */

struct _DrillSlot {
  GObject         parent_instance;
  DrillSlotModel *model; /* weak: %NULL once the model is gone */
  guint           position;
  gboolean        outdated; /* it changed and was not told yet */
};

struct _DrillSlotModel {
  GObject        parent_instance;
  GHashTable    *slots; /* by position, those that somebody holds; not owned */
  const guint32 *rows;
  guint          n_rows;
  GDestroyNotify destroy;
  gpointer       owner;
  guint          first_near;
  guint          n_near;
  GPtrArray     *far; /* outdated slots, held; the last one is told next */
  guint          far_id;
};

enum {
  SLOT_CHANGED,
  N_SLOT_SIGNALS
};

static guint slot_signals[N_SLOT_SIGNALS];

static void drill_slot_model_iface_init (GListModelInterface *iface);

G_DEFINE_TYPE (DrillSlot, drill_slot, G_TYPE_OBJECT)

G_DEFINE_TYPE_WITH_CODE (DrillSlotModel, drill_slot_model, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, drill_slot_model_iface_init))

static void
drill_slot_dispose (GObject *object)
{
  DrillSlot *self = DRILL_SLOT (object);

  if (self->model != NULL)
    g_hash_table_remove (self->model->slots, GUINT_TO_POINTER (self->position));
  self->model = NULL;

  G_OBJECT_CLASS (drill_slot_parent_class)->dispose (object);
}

static void
drill_slot_class_init (DrillSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = drill_slot_dispose;

  /**
   * DrillSlot::changed:
   * @self: a slot
   *
   * The slot shows another row, or the same row of another snapshot, or time
   * has passed: whatever is shown of it is to be read again.
   */
  slot_signals[SLOT_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
drill_slot_init (DrillSlot *self)
{
}

/**
 * drill_slot_get_position:
 * @self: a slot
 *
 * Returns: its place in the list
 */
guint
drill_slot_get_position (DrillSlot *self)
{
  g_return_val_if_fail (DRILL_IS_SLOT (self), 0);

  return self->position;
}

/**
 * drill_slot_get_row:
 * @self: a slot
 *
 * Returns: the row that is there now, or %G_MAXUINT32 when the list has become
 *   shorter or is gone
 */
guint32
drill_slot_get_row (DrillSlot *self)
{
  g_return_val_if_fail (DRILL_IS_SLOT (self), G_MAXUINT32);

  if (self->model == NULL || self->position >= self->model->n_rows)
    return G_MAXUINT32;

  return self->model->rows[self->position];
}

static void
release_rows (DrillSlotModel *self)
{
  if (self->destroy != NULL)
    self->destroy (self->owner);
  self->destroy = NULL;
  self->owner = NULL;
  self->rows = NULL;
  self->n_rows = 0;
}

static void
drill_slot_model_dispose (GObject *object)
{
  DrillSlotModel *self = DRILL_SLOT_MODEL (object);
  GHashTableIter iter;
  gpointer slot;

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, &slot))
    DRILL_SLOT (slot)->model = NULL;
  g_hash_table_remove_all (self->slots);
  g_clear_handle_id (&self->far_id, g_source_remove);
  g_ptr_array_set_size (self->far, 0);
  release_rows (self);

  G_OBJECT_CLASS (drill_slot_model_parent_class)->dispose (object);
}

static void
drill_slot_model_finalize (GObject *object)
{
  DrillSlotModel *self = DRILL_SLOT_MODEL (object);

  g_hash_table_unref (self->slots);
  g_ptr_array_unref (self->far);

  G_OBJECT_CLASS (drill_slot_model_parent_class)->finalize (object);
}

static GType
drill_slot_model_get_item_type (GListModel *model)
{
  return DRILL_TYPE_SLOT;
}

static guint
drill_slot_model_get_n_items (GListModel *model)
{
  return DRILL_SLOT_MODEL (model)->n_rows;
}

static gpointer
drill_slot_model_get_item (GListModel *model,
                           guint       position)
{
  DrillSlotModel *self = DRILL_SLOT_MODEL (model);
  DrillSlot *slot;

  if (position >= self->n_rows)
    return NULL;

  slot = g_hash_table_lookup (self->slots, GUINT_TO_POINTER (position));
  if (slot != NULL)
    return g_object_ref (slot);

  slot = g_object_new (DRILL_TYPE_SLOT, NULL);
  slot->model = self;
  slot->position = position;
  g_hash_table_insert (self->slots, GUINT_TO_POINTER (position), slot);

  return slot;
}

static void
drill_slot_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = drill_slot_model_get_item_type;
  iface->get_n_items = drill_slot_model_get_n_items;
  iface->get_item = drill_slot_model_get_item;
}

static void
drill_slot_model_class_init (DrillSlotModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = drill_slot_model_dispose;
  object_class->finalize = drill_slot_model_finalize;
}

static void
drill_slot_model_init (DrillSlotModel *self)
{
  self->slots = g_hash_table_new (NULL, NULL);
  self->far = g_ptr_array_new_with_free_func (g_object_unref);
  self->n_near = G_MAXUINT;
}

/* The slots in use, held: a handler may let go of them, or of others. */
static GPtrArray *
hold_slots (DrillSlotModel *self)
{
  GPtrArray *slots = g_ptr_array_new_full (g_hash_table_size (self->slots), g_object_unref);
  GHashTableIter iter;
  gpointer slot;

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, &slot))
    g_ptr_array_add (slots, g_object_ref (slot));

  return slots;
}

static void
tell (DrillSlotModel *self,
      DrillSlot      *slot)
{
  slot->outdated = FALSE;
  if (slot->position < self->n_rows)
    g_signal_emit (slot, slot_signals[SLOT_CHANGED], 0);
}

static gboolean
is_near (DrillSlotModel *self,
         DrillSlot      *slot)
{
  return slot->position >= self->first_near && slot->position - self->first_near < self->n_near;
}

static gboolean
tell_far_cb (gpointer data)
{
  g_autoptr(DrillSlotModel) self = g_object_ref (data);

  for (guint n = 0; n < FAR_CHUNK && self->far->len > 0;)
    {
      g_autoptr(DrillSlot) slot = g_ptr_array_steal_index_fast (self->far, self->far->len - 1);

      /* Those that came near meanwhile were told */
      if (slot->outdated)
        {
          tell (self, slot);
          n++;
        }
    }

  if (self->far->len > 0)
    return G_SOURCE_CONTINUE;

  self->far_id = 0;

  return G_SOURCE_REMOVE;
}

static void
emit_changed (DrillSlotModel *self,
              GPtrArray      *slots)
{
  g_ptr_array_set_size (self->far, 0);
  for (guint i = 0; i < slots->len; i++)
    {
      DrillSlot *slot = g_ptr_array_index (slots, i);

      slot->outdated = TRUE;
      if (!is_near (self, slot))
        g_ptr_array_add (self->far, g_object_ref (slot));
    }

  for (guint i = 0; i < slots->len; i++)
    {
      DrillSlot *slot = g_ptr_array_index (slots, i);

      if (slot->outdated && is_near (self, slot))
        tell (self, slot);
    }

  if (self->far->len > 0 && self->far_id == 0)
    self->far_id = g_idle_add_full (FAR_PRIORITY, tell_far_cb, self, NULL);
}

/**
 * drill_slot_model_new:
 *
 * Returns: (transfer full): an empty model
 */
DrillSlotModel *
drill_slot_model_new (void)
{
  return g_object_new (DRILL_TYPE_SLOT_MODEL, NULL);
}

/**
 * drill_slot_model_set_rows:
 * @self: a model
 * @rows: (array length=n_rows): row numbers, to stay as they are until @destroy is called
 * @n_rows: how many
 * @destroy: (nullable): called with @owner when the rows are no longer needed
 * @owner: (nullable): what keeps @rows
 *
 * Shows other rows: items-changed for those added or removed at the end, then
 * #DrillSlot::changed for the slots in use.
 */
void
drill_slot_model_set_rows (DrillSlotModel *self,
                           const guint32  *rows,
                           guint           n_rows,
                           GDestroyNotify  destroy,
                           gpointer        owner)
{
  g_autoptr(DrillSlotModel) keep_alive = NULL;
  g_autoptr(GPtrArray) slots = NULL;
  GDestroyNotify old_destroy;
  gpointer old_owner;
  guint n_old;

  g_return_if_fail (DRILL_IS_SLOT_MODEL (self));
  g_return_if_fail (rows != NULL || n_rows == 0);

  keep_alive = g_object_ref (self);
  slots = hold_slots (self);
  n_old = self->n_rows;
  old_destroy = self->destroy;
  old_owner = self->owner;
  self->rows = rows;
  self->n_rows = n_rows;
  self->destroy = destroy;
  self->owner = owner;
  if (old_destroy != NULL)
    old_destroy (old_owner);

  if (n_rows > n_old)
    g_list_model_items_changed (G_LIST_MODEL (self), n_old, 0, n_rows - n_old);
  else if (n_rows < n_old)
    g_list_model_items_changed (G_LIST_MODEL (self), n_rows, n_old - n_rows, 0);

  emit_changed (self, slots);
}

guint
drill_slot_model_get_n_rows (DrillSlotModel *self)
{
  g_return_val_if_fail (DRILL_IS_SLOT_MODEL (self), 0);

  return self->n_rows;
}

/**
 * drill_slot_model_get_row:
 * @self: a model
 * @position: a place in the list
 *
 * Returns: the row that is there, or %G_MAXUINT32 behind the end
 */
guint32
drill_slot_model_get_row (DrillSlotModel *self,
                          guint           position)
{
  g_return_val_if_fail (DRILL_IS_SLOT_MODEL (self), G_MAXUINT32);

  return position < self->n_rows ? self->rows[position] : G_MAXUINT32;
}

/**
 * drill_slot_model_refresh:
 * @self: a model
 *
 * Has the slots in use read again, because time has passed.
 */
void
drill_slot_model_refresh (DrillSlotModel *self)
{
  g_autoptr(DrillSlotModel) keep_alive = NULL;
  g_autoptr(GPtrArray) slots = NULL;

  g_return_if_fail (DRILL_IS_SLOT_MODEL (self));

  keep_alive = g_object_ref (self);
  slots = hold_slots (self);
  emit_changed (self, slots);
}

/**
 * drill_slot_model_set_near:
 * @self: a model
 * @first: the first place that can be seen
 * @n_rows: how many can be; %G_MAXUINT for all that follow
 *
 * Says which slots have to be told of changes at once. All others in use are
 * told in small portions as soon as the main loop has drawn, so that another
 * answer does not keep it busy with what nobody sees. At first all are near.
 */
void
drill_slot_model_set_near (DrillSlotModel *self,
                           guint           first,
                           guint           n_rows)
{
  g_autoptr(GPtrArray) come_near = NULL;

  g_return_if_fail (DRILL_IS_SLOT_MODEL (self));

  self->first_near = first;
  self->n_near = n_rows;
  if (self->far->len == 0)
    return;

  come_near = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->far->len; i++)
    {
      DrillSlot *slot = g_ptr_array_index (self->far, i);

      if (slot->outdated && is_near (self, slot))
        g_ptr_array_add (come_near, g_object_ref (slot));
    }
  for (guint i = 0; i < come_near->len; i++)
    tell (self, g_ptr_array_index (come_near, i));
}
