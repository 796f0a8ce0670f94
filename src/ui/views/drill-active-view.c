// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/drill-active-view.h"

struct _DrillActiveView
{
  GObject parent_instance;

  DrillSavedViews     *views;
  DrillRouteList      *list;
  DrillRouteTableView *table; /* unowned: it goes before this does, or with it */
  GSettings           *settings;
  DrillSavedView      *view; /* nullable */
  gboolean             modified;
  gboolean             applying;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrillActiveView, drill_active_view, G_TYPE_OBJECT)

static void
update (DrillActiveView *self)
{
  const DrillRouteQuery *query = drill_route_list_get_query (self->list);
  gboolean modified = drill_route_query_has_filters (query) || drill_route_query_get_all_plans (query);

  if (self->applying || self->table == NULL)
    return;

  if (self->view != NULL)
    {
      g_auto(GStrv) columns = drill_route_table_view_dup_columns (self->table);

      modified = !drill_saved_view_shows (self->view, query, (const char *const *) columns);
    }

  if (modified == self->modified)
    return;

  self->modified = modified;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What is shown stays as it is */
static void
set_view (DrillActiveView *self,
          DrillSavedView  *view)
{
  const char *id = view != NULL ? drill_saved_view_get_id (view) : "";

  g_set_object (&self->view, view);
  if (self->table != NULL)
    drill_route_table_view_show_columns (self->table, view != NULL ? drill_saved_view_get_columns (view) : NULL);
  g_settings_set_string (self->settings, "active-view", id);
}

static void
query_changed_cb (DrillActiveView *self)
{
  const DrillRouteQuery *query = drill_route_list_get_query (self->list);

  /* Who clears all filters does not want to change the view, but to be rid of it */
  if (!self->applying && self->view != NULL && !drill_route_query_has_filters (query) &&
      !drill_route_query_get_all_plans (query) && drill_route_query_has_filters (drill_saved_view_get_query (self->view)))
    {
      self->applying = TRUE;
      set_view (self, NULL);
      self->applying = FALSE;
      self->modified = FALSE;
      g_signal_emit (self, signals[CHANGED], 0);
      return;
    }

  update (self);
}

/* The one that is shown may have been saved anew, renamed or removed */
static void
views_changed_cb (DrillActiveView *self)
{
  DrillSavedView *view;

  if (self->view == NULL)
    return;

  view = drill_saved_views_find (self->views, drill_saved_view_get_id (self->view));
  if (view == self->view)
    return;

  self->applying = TRUE;
  if (view != NULL)
    g_set_object (&self->view, view);
  else
    set_view (self, NULL);
  self->applying = FALSE;
  self->modified = FALSE;
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
restore (DrillActiveView *self)
{
  g_autofree char *start = g_settings_get_string (self->settings, "start-view");
  DrillSavedView *view = *start != '\0' ? drill_saved_views_find (self->views, start) : NULL;

  if (view != NULL)
    {
      drill_active_view_apply (self, view);
      return;
    }

  /* The filters are those of last time already, if they were to be remembered */
  if (g_settings_get_boolean (self->settings, "remember-filters"))
    {
      g_autofree char *last = g_settings_get_string (self->settings, "active-view");

      view = drill_saved_views_find (self->views, last);
    }

  self->applying = TRUE;
  set_view (self, view);
  self->applying = FALSE;
  update (self);
}

static void
drill_active_view_finalize (GObject *object)
{
  DrillActiveView *self = DRILL_ACTIVE_VIEW (object);

  g_clear_weak_pointer (&self->table);
  g_clear_object (&self->views);
  g_clear_object (&self->list);
  g_clear_object (&self->settings);
  g_clear_object (&self->view);

  G_OBJECT_CLASS (drill_active_view_parent_class)->finalize (object);
}

static void
drill_active_view_class_init (DrillActiveViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_active_view_finalize;

  /**
   * DrillActiveView::changed:
   *
   * Another view is shown, or it is called otherwise, or was modified, or no longer is.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
drill_active_view_init (DrillActiveView *self)
{
}

/**
 * drill_active_view_new:
 * @views: the views there are
 * @list: whose query they set
 * @table: whose columns they set
 * @settings: what says which to start with, and remembers the last one
 *
 * Applies the view to start with, if there is one.
 *
 * Returns: (transfer full): what follows the table from now on
 */
DrillActiveView *
drill_active_view_new (DrillSavedViews     *views,
                       DrillRouteList      *list,
                       DrillRouteTableView *table,
                       GSettings           *settings)
{
  DrillActiveView *self = g_object_new (DRILL_TYPE_ACTIVE_VIEW, NULL);

  self->views = g_object_ref (views);
  self->list = g_object_ref (list);
  self->settings = g_object_ref (settings);
  g_set_weak_pointer (&self->table, table);
  restore (self);

  g_signal_connect_object (list, "query-changed", G_CALLBACK (query_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (table, "columns-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (views, "changed", G_CALLBACK (views_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * drill_active_view_get_views:
 * @self: an active view
 *
 * Returns: (transfer none): the views there are
 */
DrillSavedViews *
drill_active_view_get_views (DrillActiveView *self)
{
  return self->views;
}

/**
 * drill_active_view_get_view:
 * @self: an active view
 *
 * Returns: (transfer none) (nullable): the view that was applied last, unless it was left
 */
DrillSavedView *
drill_active_view_get_view (DrillActiveView *self)
{
  return self->view;
}

/**
 * drill_active_view_is_modified:
 * @self: an active view
 *
 * Returns: whether something else is shown than was saved; without a view, whether there are filters
 */
gboolean
drill_active_view_is_modified (DrillActiveView *self)
{
  return self->modified;
}

/**
 * drill_active_view_apply:
 * @self: an active view
 * @view: what to show
 *
 * Shows the routes as a view has them, in its columns.
 */
void
drill_active_view_apply (DrillActiveView *self,
                         DrillSavedView  *view)
{
  g_autoptr(DrillRouteQuery) query = drill_route_query_copy (drill_saved_view_get_query (view));

  drill_route_query_set_due_minutes (query, drill_route_query_get_due_minutes (drill_route_list_get_query (self->list)));

  self->applying = TRUE;
  set_view (self, view);
  drill_route_list_set_query (self->list, query);
  self->applying = FALSE;

  self->modified = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * drill_active_view_leave:
 * @self: an active view
 *
 * Shows all routes of the current plans, the newest first, in one's own columns.
 */
void
drill_active_view_leave (DrillActiveView *self)
{
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();

  drill_route_query_set_due_minutes (query, drill_route_query_get_due_minutes (drill_route_list_get_query (self->list)));

  self->applying = TRUE;
  set_view (self, NULL);
  drill_route_list_set_query (self->list, query);
  self->applying = FALSE;

  self->modified = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * drill_active_view_revert:
 * @self: an active view
 *
 * Shows the view as it was saved.
 */
void
drill_active_view_revert (DrillActiveView *self)
{
  g_autoptr(DrillSavedView) view = NULL;

  if (self->view == NULL)
    return;

  view = g_object_ref (self->view);
  drill_active_view_apply (self, view);
}

/**
 * drill_active_view_save_to:
 * @self: an active view
 * @view: one that was saved
 * @error: why it could not be written
 *
 * Makes what is shown the content of a view, which is then the active one.
 *
 * Returns: whether it was saved
 */
gboolean
drill_active_view_save_to (DrillActiveView  *self,
                           DrillSavedView   *view,
                           GError          **error)
{
  g_auto(GStrv) columns = drill_route_table_view_dup_columns (self->table);
  g_autoptr(DrillSavedView) next = NULL;

  g_return_val_if_fail (!drill_saved_view_is_builtin (view), FALSE);

  next = drill_saved_view_with_content (view, drill_route_list_get_query (self->list),
                                        (const char *const *) columns);
  if (!drill_saved_views_save (self->views, next, error))
    return FALSE;

  drill_active_view_apply (self, next);

  return TRUE;
}

/**
 * drill_active_view_save:
 * @self: an active view, of one that was saved and not of one that came with the program
 * @error: why it could not be written
 *
 * Returns: whether what is shown is the content of the view from now on
 */
gboolean
drill_active_view_save (DrillActiveView  *self,
                        GError          **error)
{
  g_return_val_if_fail (self->view != NULL, FALSE);

  return drill_active_view_save_to (self, self->view, error);
}

/**
 * drill_active_view_save_as:
 * @self: an active view
 * @name: what the new one is called; it gets a number when there is one of that name
 * @error: why it could not be written
 *
 * Returns: whether what is shown is a view of its own from now on
 */
gboolean
drill_active_view_save_as (DrillActiveView  *self,
                           const char       *name,
                           GError          **error)
{
  g_auto(GStrv) columns = drill_route_table_view_dup_columns (self->table);
  g_autofree char *free_name = drill_saved_views_dup_free_name (self->views, name, NULL);
  g_autoptr(DrillSavedView) view = NULL;

  view = drill_saved_view_new (free_name, drill_route_list_get_query (self->list), (const char *const *) columns);
  if (!drill_saved_views_save (self->views, view, error))
    return FALSE;

  drill_active_view_apply (self, view);

  return TRUE;
}
