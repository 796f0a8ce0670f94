// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/drill-saved-views.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/drill-error.h"
#include "ui/views/drill-views-file.h"

struct _DrillSavedViews
{
  GObject parent_instance;

  char           *path;
  GPtrArray      *builtin; /* of DrillSavedView */
  DrillViewsFile *file;    /* what is on disk */
  GError         *error;   /* why it could not be read */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
drill_saved_views_get_item_type (GListModel *model)
{
  return DRILL_TYPE_SAVED_VIEW;
}

static guint
drill_saved_views_get_n_items (GListModel *model)
{
  DrillSavedViews *self = DRILL_SAVED_VIEWS (model);

  return self->builtin->len + self->file->views->len;
}

static gpointer
drill_saved_views_get_item (GListModel *model,
                            guint       position)
{
  DrillSavedViews *self = DRILL_SAVED_VIEWS (model);

  if (position < self->builtin->len)
    return g_object_ref (g_ptr_array_index (self->builtin, position));

  position -= self->builtin->len;

  return position < self->file->views->len ? g_object_ref (g_ptr_array_index (self->file->views, position)) : NULL;
}

static void
drill_saved_views_model_init (GListModelInterface *iface)
{
  iface->get_item_type = drill_saved_views_get_item_type;
  iface->get_n_items = drill_saved_views_get_n_items;
  iface->get_item = drill_saved_views_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (DrillSavedViews, drill_saved_views, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, drill_saved_views_model_init))

/* What comes with the program */

static void
add_builtin (DrillSavedViews   *self,
             const char        *id,
             const char        *name,
             DrillFacet         facet,
             const char *const *values,
             DrillRouteKey      key,
             gboolean           descending,
             const char *const *columns)
{
  g_autoptr(DrillRouteQuery) query = drill_route_query_new ();

  for (guint i = 0; values[i] != NULL; i++)
    drill_route_query_add (query, facet, values[i]);
  drill_route_query_append_sort (query, key, descending);
  g_ptr_array_add (self->builtin, drill_saved_view_new_builtin (id, name, query, columns));
}

static void
add_builtins (DrillSavedViews *self)
{
  static const char *const waiting[] = { "outstanding", "escalated", "dismissed", NULL };
  static const char *const breached[] = { "breached", NULL };
  static const char *const escalated[] = { "escalated", NULL };
  static const char *const suppressed[] = { "suppress", NULL };
  static const char *const closed[] = { "acknowledged", "resolved", NULL };
  /* What they are sorted by, or told apart by, can be seen */
  static const char *const closed_columns[] = {
    "state", "schedule", "provider", "owner", "acknowledged", "acknowledged_by", "reference", "created", "plan", NULL,
  };
  static const char *const suppressed_columns[] = {
    "state", "schedule", "provider", "owner", "category", "created", "escalation_owner", "alert", "plan", NULL,
  };

  add_builtin (self, DRILL_VIEW_NEEDS_ACK, C_("view", "Needs acknowledgement"), DRILL_FACET_STATE, waiting,
               DRILL_KEY_SLO, FALSE, NULL);
  add_builtin (self, DRILL_VIEW_BREACHED, C_("view", "Breached"), DRILL_FACET_SLO, breached, DRILL_KEY_SLO, FALSE,
               NULL);
  add_builtin (self, DRILL_VIEW_ESCALATED, C_("view", "Escalated"), DRILL_FACET_STATE, escalated,
               DRILL_KEY_SLO, FALSE, NULL);
  add_builtin (self, DRILL_VIEW_SUPPRESSED, C_("view", "Suppressed"), DRILL_FACET_ACTION, suppressed,
               DRILL_KEY_CREATED, TRUE, suppressed_columns);
  add_builtin (self, DRILL_VIEW_RECENT, C_("view", "Recently acknowledged"), DRILL_FACET_STATE, closed,
               DRILL_KEY_ACKNOWLEDGED, TRUE, closed_columns);
}

/* On disk */

static void
load (DrillSavedViews *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GBytes) bytes = NULL;
  GStatBuf info;
  gsize length;

  self->file = drill_views_file_new ();

  /* Not read into memory before it is known that it can be what it should be */
  if (g_stat (self->path, &info) == 0 && info.st_size > DRILL_VIEWS_FILE_MAX_BYTES)
    {
      g_set_error_literal (&self->error, DRILL_ERROR, DRILL_ERROR_TOO_LARGE, "it is too large");
      return;
    }

  if (!g_file_get_contents (self->path, &text, &length, &error))
    {
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_set_error_literal (&self->error, DRILL_ERROR, DRILL_ERROR_IO, error->message);
      return;
    }

  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  {
    DrillViewsFile *file = drill_views_file_parse (bytes, &self->error);

    if (file != NULL)
      {
        drill_views_file_free (self->file);
        self->file = file;
      }
  }
}

static gboolean
store (DrillSavedViews  *self,
       DrillViewsFile   *file,
       GError          **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autoptr(GBytes) bytes = NULL;
  gsize length;
  const char *data;

  /* What could not be read is somebody's: it is not written over */
  if (self->error != NULL)
    {
      if (error != NULL)
        *error = g_error_copy (self->error);
      return FALSE;
    }

  bytes = drill_views_file_print (file);
  data = g_bytes_get_data (bytes, &length);
  if (file->views->len > DRILL_VIEWS_FILE_MAX_VIEWS || length > DRILL_VIEWS_FILE_MAX_BYTES)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_TOO_LARGE, "there are too many views");
      return FALSE;
    }

  if (g_mkdir_with_parents (folder, 0700) != 0 ||
      !g_file_set_contents_full (self->path, data, (gssize) length,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &local_error))
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_IO,
                           local_error != NULL ? local_error->message : "the folder cannot be made");
      return FALSE;
    }

  return TRUE;
}

/* What is there, to be changed and then stored */
static DrillViewsFile *
begin (DrillSavedViews *self)
{
  DrillViewsFile *file = drill_views_file_new ();

  for (guint i = 0; i < self->file->views->len; i++)
    g_ptr_array_add (file->views, g_object_ref (g_ptr_array_index (self->file->views, i)));
  g_strfreev (file->hidden);
  file->hidden = g_strdupv (self->file->hidden);
  file->json = self->file->json != NULL ? json_object_ref (self->file->json) : NULL;

  return file;
}

static gboolean
commit (DrillSavedViews  *self,
        DrillViewsFile   *file,
        GError          **error)
{
  guint n_before = self->file->views->len;

  if (!store (self, file, error))
    {
      drill_views_file_free (file);
      return FALSE;
    }

  drill_views_file_free (self->file);
  self->file = file;
  g_list_model_items_changed (G_LIST_MODEL (self), self->builtin->len, n_before, file->views->len);
  g_signal_emit (self, signals[CHANGED], 0);

  return TRUE;
}

static gboolean
find_saved (DrillViewsFile *file,
            const char     *id,
            guint          *position)
{
  for (guint i = 0; i < file->views->len; i++)
    if (g_strcmp0 (drill_saved_view_get_id (g_ptr_array_index (file->views, i)), id) == 0)
      {
        *position = i;
        return TRUE;
      }

  return FALSE;
}

static void
drill_saved_views_finalize (GObject *object)
{
  DrillSavedViews *self = DRILL_SAVED_VIEWS (object);

  g_ptr_array_unref (self->builtin);
  drill_views_file_free (self->file);
  g_clear_error (&self->error);
  g_free (self->path);

  G_OBJECT_CLASS (drill_saved_views_parent_class)->finalize (object);
}

static void
drill_saved_views_class_init (DrillSavedViewsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_saved_views_finalize;

  /**
   * DrillSavedViews::changed:
   *
   * There are other views, or others of them are hidden.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
drill_saved_views_init (DrillSavedViews *self)
{
  self->builtin = g_ptr_array_new_with_free_func (g_object_unref);
  add_builtins (self);
}

/**
 * drill_saved_views_new:
 * @path: (nullable) (type filename): where they are kept; %NULL for the user's, `drill-console/views.json` in the
 *   configuration directory. One that does not exist is empty; one that cannot be read is left alone.
 *
 * Returns: (transfer full): the views
 */
DrillSavedViews *
drill_saved_views_new (const char *path)
{
  DrillSavedViews *self = g_object_new (DRILL_TYPE_SAVED_VIEWS, NULL);

  self->path = path != NULL ? g_strdup (path) : g_build_filename (g_get_user_config_dir (), "drill-console", "views.json", NULL);
  load (self);

  return self;
}

/**
 * drill_saved_views_get_error:
 * @self: views
 *
 * Returns: (nullable): why the file could not be read; it is not written over then
 */
const GError *
drill_saved_views_get_error (DrillSavedViews *self)
{
  return self->error;
}

/**
 * drill_saved_views_get_n_builtin:
 * @self: views
 *
 * Returns: how many of them, at the beginning, come with the program
 */
guint
drill_saved_views_get_n_builtin (DrillSavedViews *self)
{
  return self->builtin->len;
}

/**
 * drill_saved_views_find:
 * @self: views
 * @id: (nullable): an id
 *
 * Returns: (transfer none) (nullable): the view with it
 */
DrillSavedView *
drill_saved_views_find (DrillSavedViews *self,
                        const char      *id)
{
  guint position;

  for (guint i = 0; i < self->builtin->len; i++)
    if (g_strcmp0 (drill_saved_view_get_id (g_ptr_array_index (self->builtin, i)), id) == 0)
      return g_ptr_array_index (self->builtin, i);

  return find_saved (self->file, id, &position) ? g_ptr_array_index (self->file->views, position) : NULL;
}

gboolean
drill_saved_views_is_hidden (DrillSavedViews *self,
                             const char      *id)
{
  return g_strv_contains ((const char *const *) self->file->hidden, id);
}

/**
 * drill_saved_views_set_hidden:
 * @self: views
 * @id: of one that comes with the program
 * @hidden: whether it is not to be offered
 * @error: why it was not written
 *
 * Returns: whether it is so now
 */
gboolean
drill_saved_views_set_hidden (DrillSavedViews  *self,
                              const char       *id,
                              gboolean          hidden,
                              GError          **error)
{
  g_autoptr(GStrvBuilder) builder = NULL;
  DrillViewsFile *file;

  if (drill_saved_views_is_hidden (self, id) == !!hidden)
    return TRUE;

  file = begin (self);
  builder = g_strv_builder_new ();
  for (guint i = 0; file->hidden[i] != NULL; i++)
    if (!g_str_equal (file->hidden[i], id))
      g_strv_builder_add (builder, file->hidden[i]);
  if (hidden)
    g_strv_builder_add (builder, id);
  g_strfreev (file->hidden);
  file->hidden = g_strv_builder_end (builder);

  return commit (self, file, error);
}

/**
 * drill_saved_views_save:
 * @self: views
 * @view: takes the place of the one with its id, or is added at the end
 * @error: why it was not written: %DRILL_ERROR_IO, %DRILL_ERROR_TOO_LARGE, or what drill_saved_views_get_error() says
 *
 * Returns: whether it is saved
 */
gboolean
drill_saved_views_save (DrillSavedViews  *self,
                        DrillSavedView   *view,
                        GError          **error)
{
  DrillViewsFile *file;
  guint position;

  g_return_val_if_fail (!drill_saved_view_is_builtin (view), FALSE);

  file = begin (self);
  if (find_saved (file, drill_saved_view_get_id (view), &position))
    g_set_object ((DrillSavedView **) &g_ptr_array_index (file->views, position), view);
  else
    g_ptr_array_add (file->views, g_object_ref (view));

  return commit (self, file, error);
}

/**
 * drill_saved_views_insert:
 * @self: views
 * @position: where, among those that were saved
 * @view: one that is not there, such as one that was just removed
 * @error: as for drill_saved_views_save()
 *
 * Returns: whether it is there now
 */
gboolean
drill_saved_views_insert (DrillSavedViews  *self,
                          guint             position,
                          DrillSavedView   *view,
                          GError          **error)
{
  DrillViewsFile *file;
  guint place;

  if (find_saved (self->file, drill_saved_view_get_id (view), &place))
    return TRUE;

  file = begin (self);
  g_ptr_array_insert (file->views, (int) MIN (position, file->views->len), g_object_ref (view));

  return commit (self, file, error);
}

/**
 * drill_saved_views_remove:
 * @self: views
 * @id: of one that was saved; nothing happens for others
 * @error: as for drill_saved_views_save()
 *
 * Returns: whether it is not there now
 */
gboolean
drill_saved_views_remove (DrillSavedViews  *self,
                          const char       *id,
                          GError          **error)
{
  DrillViewsFile *file;
  guint position;

  if (!find_saved (self->file, id, &position))
    return TRUE;

  file = begin (self);
  g_ptr_array_remove_index (file->views, position);

  return commit (self, file, error);
}

/**
 * drill_saved_views_move:
 * @self: views
 * @id: of one that was saved
 * @position: where it is to be among those that were saved
 * @error: as for drill_saved_views_save()
 *
 * Returns: whether it is there now
 */
gboolean
drill_saved_views_move (DrillSavedViews  *self,
                        const char       *id,
                        guint             position,
                        GError          **error)
{
  DrillViewsFile *file;
  guint before;

  if (!find_saved (self->file, id, &before) || before == position || position >= self->file->views->len)
    return TRUE;

  file = begin (self);
  g_ptr_array_insert (file->views, (int) position, g_ptr_array_steal_index (file->views, before));

  return commit (self, file, error);
}

static gboolean
is_taken (GPtrArray  *views,
          const char *name,
          const char *except_id)
{
  for (guint i = 0; i < views->len; i++)
    {
      DrillSavedView *view = g_ptr_array_index (views, i);

      if (g_strcmp0 (drill_saved_view_get_id (view), except_id) != 0 &&
          g_utf8_collate (drill_saved_view_get_name (view), name) == 0)
        return TRUE;
    }

  return FALSE;
}

static char *
dup_free_name (DrillSavedViews *self,
               GPtrArray       *saved,
               const char      *name,
               const char      *except_id)
{
  g_autofree char *clean = drill_saved_view_clean_name (name);
  char *free_name = g_strdup (clean);

  for (guint i = 2; is_taken (self->builtin, free_name, except_id) || is_taken (saved, free_name, except_id); i++)
    {
      g_autofree char *head = g_utf8_substring (clean, 0, MIN (g_utf8_strlen (clean, -1), DRILL_SAVED_VIEW_MAX_NAME - 8));

      g_free (free_name);
      /* Translators: a name that is taken already, and a number */
      free_name = g_strdup_printf (C_("view", "%s (%u)"), head, i);
    }

  return free_name;
}

/**
 * drill_saved_views_dup_free_name:
 * @self: views
 * @name: a name that is wanted
 * @except_id: (nullable): the view that may have it
 *
 * Returns: (transfer full): it, or with a number behind when another view has it
 */
char *
drill_saved_views_dup_free_name (DrillSavedViews *self,
                                 const char      *name,
                                 const char      *except_id)
{
  return dup_free_name (self, self->file->views, name, except_id);
}

/**
 * drill_saved_views_export:
 * @self: views
 * @id: (nullable): the one to share; %NULL for all that were saved
 *
 * Returns: (transfer full): a file of them
 */
GBytes *
drill_saved_views_export (DrillSavedViews *self,
                          const char      *id)
{
  g_autoptr(DrillViewsFile) file = drill_views_file_new ();
  DrillSavedView *view = id != NULL ? drill_saved_views_find (self, id) : NULL;

  if (view != NULL)
    g_ptr_array_add (file->views, g_object_ref (view));
  for (guint i = 0; id == NULL && i < self->file->views->len; i++)
    g_ptr_array_add (file->views, g_object_ref (g_ptr_array_index (self->file->views, i)));

  return drill_views_file_print (file);
}

static gboolean
is_known (DrillSavedViews *self,
          DrillSavedView  *view)
{
  const char *const *columns = drill_saved_view_get_columns (view);

  for (guint i = 0; i < self->file->views->len; i++)
    {
      DrillSavedView *other = g_ptr_array_index (self->file->views, i);

      if (g_str_equal (drill_saved_view_get_name (other), drill_saved_view_get_name (view)) &&
          (columns == NULL) == (drill_saved_view_get_columns (other) == NULL) &&
          drill_saved_view_shows (other, drill_saved_view_get_query (view), columns))
        return TRUE;
    }

  return FALSE;
}

/**
 * drill_saved_views_import:
 * @self: views
 * @bytes: what is in a file
 * @n_added: (out): how many were added
 * @n_known: (out): how many were left out because they are there already
 * @n_unknown: (out): how many of those added filter by something this version does not know
 * @error: why nothing was added: as for drill_views_file_parse() and drill_saved_views_save()
 *
 * Adds the views of a file at the end. None takes the place of another.
 *
 * Returns: whether the file was read and what was added is saved
 */
gboolean
drill_saved_views_import (DrillSavedViews  *self,
                          GBytes           *bytes,
                          guint            *n_added,
                          guint            *n_known,
                          guint            *n_unknown,
                          GError          **error)
{
  g_autoptr(DrillViewsFile) other = drill_views_file_parse (bytes, error);
  g_autoptr(DrillViewsFile) file = NULL;

  *n_added = *n_known = *n_unknown = 0;
  if (other == NULL)
    return FALSE;

  file = begin (self);
  for (guint i = 0; i < other->views->len; i++)
    {
      DrillSavedView *view = g_ptr_array_index (other->views, i);
      g_autoptr(DrillSavedView) own = NULL;
      g_autoptr(DrillSavedView) named = NULL;
      g_autofree char *name = NULL;

      if (is_known (self, view))
        {
          ++*n_known;
          continue;
        }
      own = drill_saved_view_with_new_id (view);
      name = dup_free_name (self, file->views, drill_saved_view_get_name (own), NULL);
      named = drill_saved_view_with_name (own, name);
      g_ptr_array_add (file->views, g_steal_pointer (&named));
      ++*n_added;
      *n_unknown += drill_saved_view_has_unknown (view);
    }

  if (*n_added == 0)
    return TRUE;

  return commit (self, g_steal_pointer (&file), error);
}
