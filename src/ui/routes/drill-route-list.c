// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/routes/drill-route-list.h"

#include "base/drill-time.h"

#define TICK_US (30 * G_TIME_SPAN_SECOND)

struct _DrillRouteList
{
  GObject parent_instance;

  DrillSession        *session;
  DrillRouteQuery     *query;
  DrillRouteTable     *table; /* the one that the result was made from */
  DrillRouteResult    *result;
  DrillSlotModel      *model;
  DrillRouteSelection *selection;
  gint64               now_us;
  guint                tick_id;
};

enum {
  CHANGED,
  QUERY_CHANGED,
  TICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillRouteList, drill_route_list, G_TYPE_OBJECT)

static gboolean tick_cb (gpointer user_data);

static void
schedule_tick (DrillRouteList *self)
{
  gint64 pause_us = TICK_US;
  gint64 next_us = drill_route_result_get_next_change (self->result);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (drill_clock_is_fixed (drill_session_get_clock (self->session)))
    return;

  /* A little after the deadline and not a little before, when nothing would have changed */
  if (next_us > self->now_us && next_us - self->now_us < TICK_US)
    pause_us = next_us - self->now_us + G_TIME_SPAN_MILLISECOND;

  self->tick_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, (guint) (pause_us / G_TIME_SPAN_MILLISECOND) + 1,
                                      tick_cb, self, NULL);
  g_source_set_name_by_id (self->tick_id, "[drill] SLO tick");
}

static void
run_query (DrillRouteList *self)
{
  DrillRouteTable *table = drill_session_get_table (self->session);

  self->now_us = drill_clock_now (drill_session_get_clock (self->session));

  if (table != self->table)
    {
      g_autoptr(DrillRouteTable) before = g_steal_pointer (&self->table);

      self->table = drill_route_table_ref (table);
      if (before != NULL)
        drill_route_selection_move_to (self->selection, drill_route_table_get_evidence (before),
                                       drill_route_table_get_evidence (table));
    }

  g_clear_pointer (&self->result, drill_route_result_unref);
  self->result = drill_route_table_query (self->table, self->query, self->now_us);

  drill_slot_model_set_rows (self->model,
                             drill_route_result_get_rows (self->result),
                             drill_route_result_get_n_rows (self->result),
                             (GDestroyNotify) drill_route_result_unref,
                             drill_route_result_ref (self->result));
  drill_route_selection_sync (self->selection);

  schedule_tick (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
tick_cb (gpointer user_data)
{
  DrillRouteList *self = user_data;
  gint64 next_us = drill_route_result_get_next_change (self->result);

  self->tick_id = 0;
  self->now_us = drill_clock_now (drill_session_get_clock (self->session));

  if (self->now_us >= next_us)
    {
      run_query (self);
    }
  else
    {
      drill_slot_model_refresh (self->model);
      schedule_tick (self);
    }
  g_signal_emit (self, signals[TICKED], 0);

  return G_SOURCE_REMOVE;
}

static void
ids_ready_cb (DrillRouteList *self)
{
  /* Only a search can have missed them */
  if (drill_route_result_get_ids_pending (self->result))
    run_query (self);
}

static void
clock_changed_cb (DrillRouteList *self)
{
  run_query (self);
  g_signal_emit (self, signals[TICKED], 0);
}

static void
drill_route_list_dispose (GObject *object)
{
  DrillRouteList *self = DRILL_ROUTE_LIST (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);

  G_OBJECT_CLASS (drill_route_list_parent_class)->dispose (object);
}

static void
drill_route_list_finalize (GObject *object)
{
  DrillRouteList *self = DRILL_ROUTE_LIST (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_pointer (&self->result, drill_route_result_unref);
  g_clear_pointer (&self->table, drill_route_table_unref);
  g_clear_pointer (&self->query, drill_route_query_free);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (drill_route_list_parent_class)->finalize (object);
}

static void
drill_route_list_class_init (DrillRouteListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = drill_route_list_dispose;
  object_class->finalize = drill_route_list_finalize;

  /**
   * DrillRouteList::changed:
   *
   * There is another answer: other rows, other counts or both.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * DrillRouteList::query-changed:
   *
   * Another question is asked; its answer follows with #DrillRouteList::changed.
   */
  signals[QUERY_CHANGED] = g_signal_new ("query-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * DrillRouteList::ticked:
   *
   * Time went on: whatever shows an age has to say it again.
   */
  signals[TICKED] = g_signal_new ("ticked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
drill_route_list_init (DrillRouteList *self)
{
  self->query = drill_route_query_new ();
  self->model = drill_slot_model_new ();
  self->selection = drill_route_selection_new (self->model);
}

/**
 * drill_route_list_new:
 * @session: whose evidence to show
 *
 * Returns: (transfer full): the routes of all current plans, newest first
 */
DrillRouteList *
drill_route_list_new (DrillSession *session)
{
  DrillRouteList *self = g_object_new (DRILL_TYPE_ROUTE_LIST, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::table", G_CALLBACK (run_query), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "ids-ready", G_CALLBACK (ids_ready_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drill_session_get_clock (session), "changed", G_CALLBACK (clock_changed_cb),
                           self, G_CONNECT_SWAPPED);
  run_query (self);

  return self;
}

/**
 * drill_route_list_get_session:
 * @self: a route list
 *
 * Returns: (transfer none): the session it shows
 */
DrillSession *
drill_route_list_get_session (DrillRouteList *self)
{
  return self->session;
}

/**
 * drill_route_list_get_query:
 * @self: a route list
 *
 * Returns: (transfer none): what is asked; to ask something else, change a copy and set that
 */
const DrillRouteQuery *
drill_route_list_get_query (DrillRouteList *self)
{
  return self->query;
}

/**
 * drill_route_list_set_query:
 * @self: a route list
 * @query: what to ask; copied
 */
void
drill_route_list_set_query (DrillRouteList        *self,
                            const DrillRouteQuery *query)
{
  if (drill_route_query_equal (self->query, query))
    return;

  drill_route_query_free (self->query);
  self->query = drill_route_query_copy (query);
  g_signal_emit (self, signals[QUERY_CHANGED], 0);
  run_query (self);
}

/**
 * drill_route_list_set_value:
 * @self: a route list
 * @facet: a facet
 * @value: one of its values
 * @active: whether routes with this value are asked for
 */
void
drill_route_list_set_value (DrillRouteList *self,
                            DrillFacet      facet,
                            const char     *value,
                            gboolean        active)
{
  g_autoptr(DrillRouteQuery) query = drill_route_query_copy (self->query);

  if (active)
    drill_route_query_add (query, facet, value);
  else
    drill_route_query_remove (query, facet, value);

  drill_route_list_set_query (self, query);
}

/**
 * drill_route_list_set_only:
 * @self: a route list
 * @facet: a facet
 * @values: (array zero-terminated=1): values of it
 *
 * Shows the routes of the current plans with one of these values, whatever
 * filters were set before.
 */
void
drill_route_list_set_only (DrillRouteList    *self,
                           DrillFacet         facet,
                           const char *const *values)
{
  g_autoptr(DrillRouteQuery) query = drill_route_query_copy (self->query);

  drill_route_query_clear (query);
  drill_route_query_set_search (query, NULL);
  drill_route_query_set_all_plans (query, FALSE);
  for (gsize i = 0; values[i] != NULL; i++)
    drill_route_query_add (query, facet, values[i]);

  drill_route_list_set_query (self, query);
}

/**
 * drill_route_list_clear_filters:
 * @self: a route list
 *
 * Shows all routes of the current plans; the order stays.
 */
void
drill_route_list_clear_filters (DrillRouteList *self)
{
  const char *const none[] = { NULL };

  drill_route_list_set_only (self, DRILL_FACET_STATE, none);
}

/**
 * drill_route_list_get_result:
 * @self: a route list
 *
 * Returns: (transfer none): the current answer
 */
DrillRouteResult *
drill_route_list_get_result (DrillRouteList *self)
{
  return self->result;
}

/**
 * drill_route_list_get_evidence:
 * @self: a route list
 *
 * Returns: (transfer none): the snapshot that the rows of the answer are of
 */
DrillEvidence *
drill_route_list_get_evidence (DrillRouteList *self)
{
  return drill_route_table_get_evidence (self->table);
}

/**
 * drill_route_list_get_model:
 * @self: a route list
 *
 * Returns: (transfer none): the rows of the answer as a list
 */
DrillSlotModel *
drill_route_list_get_model (DrillRouteList *self)
{
  return self->model;
}

/**
 * drill_route_list_get_selection:
 * @self: a route list
 *
 * Returns: (transfer none): which of the rows are selected
 */
DrillRouteSelection *
drill_route_list_get_selection (DrillRouteList *self)
{
  return self->selection;
}

/**
 * drill_route_list_get_now:
 * @self: a route list
 *
 * Returns: the time that ages are told for, µs UTC
 */
gint64
drill_route_list_get_now (DrillRouteList *self)
{
  return self->now_us;
}

/**
 * drill_route_list_tell_again:
 * @self: a route list
 *
 * Has everything that shows a time show it again, because times are told otherwise now.
 */
void
drill_route_list_tell_again (DrillRouteList *self)
{
  drill_slot_model_refresh (self->model);
  g_signal_emit (self, signals[TICKED], 0);
}
