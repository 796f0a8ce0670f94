// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/routes/drill-route-selection.h"

#include "query/drill-selection.h"

/* GTK makes the widgets of 200 rows at once, however few can be seen: a third of
 * a second for all columns. So it is told of some rows first and of the rest in
 * steps that each fit into a frame; once it has its widgets, the number of rows
 * does not matter. */
#define FIRST_ROWS 24
#define STEP       6
#define ENOUGH     220

struct _DrillRouteSelection
{
  GObject parent_instance;

  DrillSlotModel *model;
  guint           n_shown; /* that GTK knows of */
  guint           more_id;
  DrillSelection *routes;    /* that are selected, shown or not */
  GtkBitset      *positions; /* where those that are shown are now */
};

static void list_model_init      (GListModelInterface        *iface);
static void selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrillRouteSelection, drill_route_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_init))

static void
show_rows (DrillRouteSelection *self,
           guint                n_rows)
{
  guint n_before = self->n_shown;

  self->n_shown = n_rows;
  if (n_rows > n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, n_rows - n_before);
  else if (n_rows < n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_rows, n_before - n_rows, 0);
}

static gboolean
show_more_cb (gpointer user_data)
{
  DrillRouteSelection *self = user_data;
  guint n_rows = drill_slot_model_get_n_rows (self->model);
  guint n_next = self->n_shown + STEP < ENOUGH ? MIN (self->n_shown + STEP, n_rows) : n_rows;

  if (n_next == n_rows)
    self->more_id = 0;
  show_rows (self, n_next);

  return n_next == n_rows ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static void
show_all (DrillRouteSelection *self)
{
  g_clear_handle_id (&self->more_id, g_source_remove);
  show_rows (self, drill_slot_model_get_n_rows (self->model));
}

static void
items_changed_cb (GListModel          *model,
                  guint                position,
                  guint                removed,
                  guint                added,
                  DrillRouteSelection *self)
{
  guint n_rows = g_list_model_get_n_items (model);

  /* Only the tail ever changes; which of the rest is selected is for
   * drill_route_selection_sync () to say. */
  gtk_bitset_splice (self->positions, position, removed, added);

  if (n_rows <= self->n_shown || n_rows <= FIRST_ROWS || self->n_shown >= ENOUGH)
    {
      show_all (self);
      return;
    }

  show_rows (self, MAX (self->n_shown, FIRST_ROWS));
  /* Behind the drawing of what is there */
  if (self->more_id == 0)
    self->more_id = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, show_more_cb, self, NULL);
}

/* What GTK does not know of yet has no widget to be told */
static void
emit_selection_changed (DrillRouteSelection *self,
                        guint                first,
                        guint                last)
{
  if (self->n_shown == 0)
    return;

  first = MIN (first, self->n_shown - 1);
  last = MIN (last, self->n_shown - 1);
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), first, last - first + 1);
}

static GType
get_item_type (GListModel *list)
{
  return DRILL_TYPE_SLOT;
}

static guint
get_n_items (GListModel *list)
{
  return DRILL_ROUTE_SELECTION (list)->n_shown;
}

static gpointer
get_item (GListModel *list,
          guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (DRILL_ROUTE_SELECTION (list)->model), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gboolean
is_selected (GtkSelectionModel *model,
             guint              position)
{
  return gtk_bitset_contains (DRILL_ROUTE_SELECTION (model)->positions, position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model,
                        guint              position,
                        guint              n_items)
{
  return gtk_bitset_ref (DRILL_ROUTE_SELECTION (model)->positions);
}

static gboolean
set_selection (GtkSelectionModel *model,
               GtkBitset         *selected,
               GtkBitset         *mask)
{
  DrillRouteSelection *self = DRILL_ROUTE_SELECTION (model);
  g_autoptr(GtkBitset) changed = gtk_bitset_copy (self->positions);
  guint n_items = drill_slot_model_get_n_rows (self->model);
  g_autoptr(GArray) added = NULL;
  g_autoptr(GArray) removed = NULL;
  g_autoptr(GtkBitset) whole = NULL;
  GtkBitsetIter iter;
  guint position;

  /* All that GTK knows of means all */
  if (gtk_bitset_get_size (mask) >= self->n_shown && self->n_shown < n_items)
    mask = whole = gtk_bitset_new_range (0, n_items);

  /* Those in the mask that are not yet as asked for; GTK calls the symmetric difference just so */
  gtk_bitset_difference (changed, selected);
  gtk_bitset_intersect (changed, mask);
  if (n_items < G_MAXUINT)
    gtk_bitset_remove_range_closed (changed, n_items, G_MAXUINT);
  if (gtk_bitset_is_empty (changed))
    return TRUE;

  gtk_bitset_difference (self->positions, changed);
  added = g_array_new (FALSE, FALSE, sizeof (guint32));
  removed = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (gboolean more = gtk_bitset_iter_init_first (&iter, changed, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      guint32 row = drill_slot_model_get_row (self->model, position);

      g_array_append_val (gtk_bitset_contains (self->positions, position) ? added : removed, row);
    }
  drill_selection_remove_rows (self->routes, (const guint32 *) removed->data, removed->len);
  drill_selection_add_rows (self->routes, (const guint32 *) added->data, added->len);

  /* What a filter hides is not kept beside a selection that was made anew */
  if (gtk_bitset_get_size (mask) >= n_items &&
      drill_selection_get_n (self->routes) > gtk_bitset_get_size (self->positions))
    {
      g_autoptr(GArray) rows = drill_route_selection_get_rows (self);

      drill_selection_set_rows (self->routes, (const guint32 *) rows->data, rows->len);
    }

  emit_selection_changed (self, gtk_bitset_get_minimum (changed), gtk_bitset_get_maximum (changed));

  return TRUE;
}

static gboolean
select_all (GtkSelectionModel *model)
{
  DrillRouteSelection *self = DRILL_ROUTE_SELECTION (model);
  g_autoptr(GtkBitset) all = gtk_bitset_new_range (0, drill_slot_model_get_n_rows (self->model));

  return set_selection (model, all, all);
}

static gboolean
unselect_all (GtkSelectionModel *model)
{
  DrillRouteSelection *self = DRILL_ROUTE_SELECTION (model);
  g_autoptr(GtkBitset) none = gtk_bitset_new_empty ();
  g_autoptr(GtkBitset) all = gtk_bitset_new_range (0, drill_slot_model_get_n_rows (self->model));

  return set_selection (model, none, all);
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  /* The other functions of the interface are made of these by GTK; that of
   * all would stop at the rows that it knows of */
  iface->select_all = select_all;
  iface->unselect_all = unselect_all;
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->set_selection = set_selection;
}

static void
drill_route_selection_dispose (GObject *object)
{
  DrillRouteSelection *self = DRILL_ROUTE_SELECTION (object);

  g_clear_handle_id (&self->more_id, g_source_remove);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, items_changed_cb, self);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (drill_route_selection_parent_class)->dispose (object);
}

static void
drill_route_selection_finalize (GObject *object)
{
  DrillRouteSelection *self = DRILL_ROUTE_SELECTION (object);

  g_object_unref (self->routes);
  gtk_bitset_unref (self->positions);

  G_OBJECT_CLASS (drill_route_selection_parent_class)->finalize (object);
}

static void
drill_route_selection_class_init (DrillRouteSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = drill_route_selection_dispose;
  object_class->finalize = drill_route_selection_finalize;
}

static void
drill_route_selection_init (DrillRouteSelection *self)
{
  self->routes = drill_selection_new ();
  self->positions = gtk_bitset_new_empty ();
}

/**
 * drill_route_selection_new:
 * @model: the list
 *
 * Returns: (transfer full): a selection of it, empty
 */
DrillRouteSelection *
drill_route_selection_new (DrillSlotModel *model)
{
  DrillRouteSelection *self = g_object_new (DRILL_TYPE_ROUTE_SELECTION, NULL);

  self->model = g_object_ref (model);
  self->n_shown = drill_slot_model_get_n_rows (model);
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), self);

  return self;
}

/**
 * drill_route_selection_get_n_rows:
 * @self: a selection
 *
 * Returns: how many rows there are, with those that its list model does not yet tell of
 */
guint
drill_route_selection_get_n_rows (DrillRouteSelection *self)
{
  return drill_slot_model_get_n_rows (self->model);
}

/**
 * drill_route_selection_sync:
 * @self: a selection
 *
 * To be called after the list was given other rows: finds the selected routes
 * in it again.
 */
void
drill_route_selection_sync (DrillRouteSelection *self)
{
  guint n_items = drill_slot_model_get_n_rows (self->model);
  g_autoptr(GtkBitset) before = g_steal_pointer (&self->positions);
  guint n_left = drill_selection_get_n (self->routes);

  self->positions = gtk_bitset_new_empty ();
  for (guint i = 0; i < n_items && n_left > 0; i++)
    if (drill_selection_contains (self->routes, drill_slot_model_get_row (self->model, i)))
      {
        gtk_bitset_add (self->positions, i);
        n_left--;
      }

  if (n_items > 0 && !gtk_bitset_equals (before, self->positions))
    emit_selection_changed (self, 0, n_items - 1);
}

/**
 * drill_route_selection_move_to:
 * @self: a selection
 * @old_evidence: the snapshot that was shown
 * @new_evidence: the one that will be
 *
 * Finds the selected routes in another snapshot, to be called before its rows
 * are put into the list and drill_route_selection_sync() is called.
 */
void
drill_route_selection_move_to (DrillRouteSelection *self,
                               DrillEvidence       *old_evidence,
                               DrillEvidence       *new_evidence)
{
  drill_selection_move_to (self->routes, old_evidence, new_evidence);
}

/**
 * drill_route_selection_forget:
 * @self: a selection
 *
 * Selects nothing, not even among what is hidden.
 */
void
drill_route_selection_forget (DrillRouteSelection *self)
{
  guint n_items = drill_slot_model_get_n_rows (self->model);
  gboolean changed = !gtk_bitset_is_empty (self->positions);

  drill_selection_clear (self->routes);
  gtk_bitset_remove_all (self->positions);
  if (changed && n_items > 0)
    emit_selection_changed (self, 0, n_items - 1);
}

/**
 * drill_route_selection_get_n_selected:
 * @self: a selection
 *
 * Returns: how many selected routes are shown
 */
guint
drill_route_selection_get_n_selected (DrillRouteSelection *self)
{
  return (guint) gtk_bitset_get_size (self->positions);
}

/**
 * drill_route_selection_get_rows:
 * @self: a selection
 *
 * Returns: (transfer full) (element-type guint32): the selected routes that are shown, in the order shown
 */
GArray *
drill_route_selection_get_rows (DrillRouteSelection *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, self->positions, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      guint32 row = drill_slot_model_get_row (self->model, position);

      g_array_append_val (rows, row);
    }

  return rows;
}
