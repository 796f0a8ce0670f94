// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-slot-model.h"

static const guint32 five[] = { 10, 11, 12, 13, 14 };
static const guint32 other_five[] = { 20, 21, 22, 23, 24 };
static const guint32 three[] = { 30, 31, 32 };

typedef struct {
  guint n;
  guint position;
  guint removed;
  guint added;
} Items;

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Items      *items)
{
  items->n++;
  items->position = position;
  items->removed = removed;
  items->added = added;
}

static void
count_cb (gpointer  object,
          guint    *n)
{
  (*n)++;
}

static void
set (DrillSlotModel *model,
     const guint32  *rows,
     guint           n)
{
  drill_slot_model_set_rows (model, rows, n, NULL, NULL);
}

static void
test_list (void)
{
  g_autoptr(DrillSlotModel) model = drill_slot_model_new ();
  g_autoptr(DrillSlot) slot = NULL;
  g_autoptr(DrillSlot) again = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 0);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (model)) == DRILL_TYPE_SLOT);

  set (model, five, 5);
  g_assert_cmpuint (drill_slot_model_get_n_rows (model), ==, 5);
  g_assert_cmpuint (drill_slot_model_get_row (model, 4), ==, 14);
  g_assert_cmpuint (drill_slot_model_get_row (model, 5), ==, G_MAXUINT32);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 5));

  slot = g_list_model_get_item (G_LIST_MODEL (model), 2);
  again = g_list_model_get_item (G_LIST_MODEL (model), 2);
  g_assert_true (slot == again);
  g_assert_cmpuint (drill_slot_get_position (slot), ==, 2);
  g_assert_cmpuint (drill_slot_get_row (slot), ==, 12);
}

static void
test_slots_are_weak (void)
{
  g_autoptr(DrillSlotModel) model = drill_slot_model_new ();
  DrillSlot *slot;

  set (model, five, 5);
  slot = g_list_model_get_item (G_LIST_MODEL (model), 1);
  g_assert_cmpuint (G_OBJECT (slot)->ref_count, ==, 1);
  g_object_add_weak_pointer (G_OBJECT (slot), (gpointer *) &slot);
  g_object_unref (slot);
  g_assert_null (slot);

  slot = g_list_model_get_item (G_LIST_MODEL (model), 1);
  g_assert_cmpuint (drill_slot_get_row (slot), ==, 11);
  g_clear_object (&slot);
}

static void
test_same_length (void)
{
  g_autoptr(DrillSlotModel) model = drill_slot_model_new ();
  g_autoptr(DrillSlot) slot = NULL;
  Items items = { 0, };
  guint n_changed = 0;

  set (model, five, 5);
  slot = g_list_model_get_item (G_LIST_MODEL (model), 3);
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), &items);
  g_signal_connect (slot, "changed", G_CALLBACK (count_cb), &n_changed);

  set (model, other_five, 5);
  g_assert_cmpuint (items.n, ==, 0);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (drill_slot_get_row (slot), ==, 23);

  drill_slot_model_refresh (model);
  g_assert_cmpuint (items.n, ==, 0);
  g_assert_cmpuint (n_changed, ==, 2);
}

static void
test_tail (void)
{
  g_autoptr(DrillSlotModel) model = drill_slot_model_new ();
  g_autoptr(DrillSlot) first = NULL;
  g_autoptr(DrillSlot) last = NULL;
  Items items = { 0, };
  guint n_first = 0;
  guint n_last = 0;

  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), &items);
  set (model, five, 5);
  g_assert_cmpuint (items.n, ==, 1);
  g_assert_cmpuint (items.position, ==, 0);
  g_assert_cmpuint (items.removed, ==, 0);
  g_assert_cmpuint (items.added, ==, 5);

  first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  last = g_list_model_get_item (G_LIST_MODEL (model), 4);
  g_signal_connect (first, "changed", G_CALLBACK (count_cb), &n_first);
  g_signal_connect (last, "changed", G_CALLBACK (count_cb), &n_last);

  set (model, three, 3);
  g_assert_cmpuint (items.n, ==, 2);
  g_assert_cmpuint (items.position, ==, 3);
  g_assert_cmpuint (items.removed, ==, 2);
  g_assert_cmpuint (items.added, ==, 0);
  g_assert_cmpuint (n_first, ==, 1);
  g_assert_cmpuint (n_last, ==, 0);
  g_assert_cmpuint (drill_slot_get_row (first), ==, 30);
  g_assert_cmpuint (drill_slot_get_row (last), ==, G_MAXUINT32);

  set (model, other_five, 5);
  g_assert_cmpuint (items.n, ==, 3);
  g_assert_cmpuint (items.position, ==, 3);
  g_assert_cmpuint (items.removed, ==, 0);
  g_assert_cmpuint (items.added, ==, 2);
  g_assert_cmpuint (drill_slot_get_row (last), ==, 24);

  set (model, NULL, 0);
  g_assert_cmpuint (items.position, ==, 0);
  g_assert_cmpuint (items.removed, ==, 5);
}

static void
destroy_cb (gpointer n)
{
  (*(guint *) n)++;
}

static void
test_ownership (void)
{
  DrillSlotModel *model = drill_slot_model_new ();
  g_autoptr(DrillSlot) slot = NULL;
  guint n_first = 0;
  guint n_second = 0;
  guint n_changed = 0;

  drill_slot_model_set_rows (model, five, 5, destroy_cb, &n_first);
  drill_slot_model_set_rows (model, three, 3, destroy_cb, &n_second);
  g_assert_cmpuint (n_first, ==, 1);
  g_assert_cmpuint (n_second, ==, 0);

  /* A slot may outlive its list. */
  slot = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_signal_connect (slot, "changed", G_CALLBACK (count_cb), &n_changed);
  g_object_unref (model);
  g_assert_cmpuint (n_second, ==, 1);
  g_assert_cmpuint (drill_slot_get_row (slot), ==, G_MAXUINT32);
  g_assert_cmpuint (n_changed, ==, 0);
}

static void
drop_cb (DrillSlot *slot,
         GPtrArray *slots)
{
  g_ptr_array_set_size (slots, 0);
}

/* Cells let go of slots while they are told of a change. */
static void
test_drop_while_changing (void)
{
  g_autoptr(DrillSlotModel) model = drill_slot_model_new ();
  g_autoptr(GPtrArray) slots = g_ptr_array_new_with_free_func (g_object_unref);

  set (model, five, 5);
  for (guint i = 0; i < 5; i++)
    {
      g_ptr_array_add (slots, g_list_model_get_item (G_LIST_MODEL (model), i));
      g_signal_connect (g_ptr_array_index (slots, i), "changed", G_CALLBACK (drop_cb), slots);
    }

  set (model, other_five, 5);
  g_assert_cmpuint (slots->len, ==, 0);
  drill_slot_model_refresh (model);
}

/* What is in view is told at once, the rest a little later, and nothing is
 * told twice or forgotten */
static void
test_near_first (void)
{
  g_autoptr(DrillSlotModel) model = drill_slot_model_new ();
  guint32 rows[100] = { 0, };
  DrillSlot *slots[100];
  guint counts[100] = { 0, };
  guint n_told = 0;

  set (model, rows, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      slots[i] = g_list_model_get_item (G_LIST_MODEL (model), i);
      g_signal_connect (slots[i], "changed", G_CALLBACK (count_cb), &counts[i]);
    }

  drill_slot_model_set_near (model, 40, 20);
  drill_slot_model_refresh (model);
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    g_assert_cmpuint (counts[i], ==, i >= 40 && i < 60 ? 1 : 0);

  /* Scrolled to before its turn came */
  drill_slot_model_set_near (model, 55, 10);
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    g_assert_cmpuint (counts[i], ==, i >= 40 && i < 65 ? 1 : 0);

  g_main_context_iteration (NULL, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    n_told += counts[i];
  g_assert_cmpuint (n_told, >, 25);
  g_assert_cmpuint (n_told, <, 100);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    g_assert_cmpuint (counts[i], ==, 1);

  /* A change while others wait starts over; a shorter list has fewer to tell */
  drill_slot_model_refresh (model);
  set (model, rows, 50);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    g_assert_cmpuint (counts[i], ==, i < 50 ? 2 : i >= 55 && i < 65 ? 2 : 1);

  /* And one that goes away with some still waiting */
  drill_slot_model_refresh (model);
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    g_object_unref (slots[i]);
  g_clear_object (&model);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/query/slot-model/list", test_list);
  g_test_add_func ("/drill/query/slot-model/slots-are-weak", test_slots_are_weak);
  g_test_add_func ("/drill/query/slot-model/same-length", test_same_length);
  g_test_add_func ("/drill/query/slot-model/tail", test_tail);
  g_test_add_func ("/drill/query/slot-model/ownership", test_ownership);
  g_test_add_func ("/drill/query/slot-model/drop-while-changing", test_drop_while_changing);
  g_test_add_func ("/drill/query/slot-model/near-first", test_near_first);

  return g_test_run ();
}
