// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-connections.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/drill-error.h"

/* A group for each: its id is behind this */
#define GROUP_PREFIX "Connection "

#define KEY_NAME      "Name"
#define KEY_URL       "URL"
#define KEY_CA_FILE   "CAFile"
#define KEY_ACTOR     "Actor"
#define KEY_READ_ONLY "ReadOnly"

struct _DrillConnections {
  GObject    parent_instance;

  char      *path;
  GPtrArray *items;
  GError    *error;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrillConnections, drill_connections, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static gboolean
is_same (DrillConnection *a,
         DrillConnection *b)
{
  return g_str_equal (drill_connection_get_id (a), drill_connection_get_id (b)) &&
         g_str_equal (drill_connection_get_name (a), drill_connection_get_name (b)) &&
         g_str_equal (drill_connection_get_url (a), drill_connection_get_url (b)) &&
         g_strcmp0 (drill_connection_get_ca_file (a), drill_connection_get_ca_file (b)) == 0 &&
         g_strcmp0 (drill_connection_get_actor (a), drill_connection_get_actor (b)) == 0 &&
         drill_connection_get_read_only (a) == drill_connection_get_read_only (b);
}

static char *
dup_group (const char *id)
{
  return g_strconcat (GROUP_PREFIX, id, NULL);
}

/* A path, or what stands for one that is no text */
static char *
get_ca_file (GKeyFile   *file,
             const char *group)
{
  g_autofree char *text = g_key_file_get_string (file, group, KEY_CA_FILE, NULL);

  if (text != NULL && g_str_has_prefix (text, "file:"))
    return g_filename_from_uri (text, NULL, NULL);

  return g_steal_pointer (&text);
}

static void
set_ca_file (GKeyFile   *file,
             const char *group,
             const char *path)
{
  g_autofree char *uri = NULL;

  if (!g_utf8_validate (path, -1, NULL))
    path = uri = g_filename_to_uri (path, NULL, NULL);

  g_key_file_set_string (file, group, KEY_CA_FILE, path);
}

/* A word that is not understood is no leave to write */
static gboolean
get_read_only (GKeyFile   *file,
               const char *group)
{
  g_autoptr(GError) problem = NULL;
  gboolean read_only = g_key_file_get_boolean (file, group, KEY_READ_ONLY, &problem);

  if (problem != NULL)
    return !g_error_matches (problem, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND);

  return read_only;
}

static DrillConnection *
read_connection (GKeyFile    *file,
                 const char  *group,
                 GError     **error)
{
  g_autofree char *name = g_key_file_get_string (file, group, KEY_NAME, NULL);
  g_autofree char *url = g_key_file_get_string (file, group, KEY_URL, NULL);
  g_autofree char *ca_file = get_ca_file (file, group);
  g_autofree char *actor = g_key_file_get_string (file, group, KEY_ACTOR, NULL);

  return drill_connection_new (group + strlen (GROUP_PREFIX), name, url, ca_file, actor,
                               get_read_only (file, group), error);
}

static void
write_connection (GKeyFile        *file,
                  DrillConnection *connection)
{
  g_autofree char *group = dup_group (drill_connection_get_id (connection));
  const char *ca_file = drill_connection_get_ca_file (connection);
  const char *actor = drill_connection_get_actor (connection);

  g_key_file_set_string (file, group, KEY_NAME, drill_connection_get_name (connection));
  g_key_file_set_string (file, group, KEY_URL, drill_connection_get_url (connection));
  g_key_file_set_boolean (file, group, KEY_READ_ONLY, drill_connection_get_read_only (connection));
  if (ca_file != NULL)
    set_ca_file (file, group, ca_file);
  else
    g_key_file_remove_key (file, group, KEY_CA_FILE, NULL);
  if (actor != NULL)
    g_key_file_set_string (file, group, KEY_ACTOR, actor);
  else
    g_key_file_remove_key (file, group, KEY_ACTOR, NULL);
}

static GKeyFile *
read_file (DrillConnections  *self,
           GError           **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) problem = NULL;
  g_autofree char *data = NULL;
  gsize length = 0;

  if (!g_file_get_contents (self->path, &data, &length, &problem))
    {
      if (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_steal_pointer (&file);

      g_set_error (error, DRILL_ERROR, DRILL_ERROR_IO, "connections: %s", problem->message);
      return NULL;
    }

  /* What is not understood here is somebody else's, and is kept */
  if (!g_key_file_load_from_data (file, data, length, G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS, &problem))
    {
      g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "connections: %s: %s", self->path, problem->message);
      return NULL;
    }

  return g_steal_pointer (&file);
}

static gboolean
write_file (DrillConnections  *self,
            GKeyFile          *file,
            GError           **error)
{
  gsize length = 0;
  g_autofree char *data = g_key_file_to_data (file, &length, NULL);
  g_autofree char *target = realpath (self->path, NULL);
  g_autoptr(GError) problem = NULL;

  /* A link stays one, and what it leads to is replaced */
  if (g_file_set_contents_full (target != NULL ? target : self->path, data, (gssize) length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &problem))
    return TRUE;

  g_set_error (error, DRILL_ERROR, DRILL_ERROR_IO, "connections: %s", problem->message);

  return FALSE;
}

static GPtrArray *
list_connections (GKeyFile *file)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto(GStrv) groups = g_key_file_get_groups (file, NULL);

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      g_autoptr(GError) problem = NULL;
      DrillConnection *connection;

      if (!g_str_has_prefix (groups[i], GROUP_PREFIX))
        continue;

      connection = read_connection (file, groups[i], &problem);
      if (connection != NULL)
        g_ptr_array_add (items, connection);
      else
        g_message ("connections: [%s] is left out: %s", groups[i], problem->message);
    }

  return g_steal_pointer (&items);
}

static DrillConnection *
get_item (GPtrArray *items,
          guint      i)
{
  return g_ptr_array_index (items, i);
}

/* Says no more than what changed, so that a view keeps what it shows of the rest */
static void
take_items (DrillConnections *self,
            GPtrArray        *items)
{
  g_autoptr(GPtrArray) old = g_steal_pointer (&self->items);
  guint start = 0, n_old = old->len, n_new = items->len;

  while (start < MIN (n_old, n_new) && is_same (get_item (old, start), get_item (items, start)))
    start++;
  while (MIN (n_old, n_new) > start && is_same (get_item (old, n_old - 1), get_item (items, n_new - 1)))
    {
      n_old--;
      n_new--;
    }

  /* The objects that are known already */
  for (guint i = 0; i < items->len; i++)
    if (i < start || i >= n_new)
      {
        guint j = i < start ? i : i - n_new + n_old;

        g_object_unref (items->pdata[i]);
        items->pdata[i] = g_object_ref (old->pdata[j]);
      }

  self->items = items;
  if (n_old > start || n_new > start)
    g_list_model_items_changed (G_LIST_MODEL (self), start, n_old - start, n_new - start);
}

static GKeyFile *
reload (DrillConnections *self)
{
  g_clear_error (&self->error);

  return read_file (self, &self->error);
}

/* Keeps other processes from changing the file between reading and writing it; what comes of that is
 * only as good as the file system, which is good enough here. Returns a descriptor to close, or -1 */
static int
lock_directory (DrillConnections *self)
{
  g_autofree char *directory = g_path_get_dirname (self->path);
  int fd;

  g_mkdir_with_parents (directory, 0700);
  fd = g_open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (fd >= 0)
    while (flock (fd, LOCK_EX) != 0 && errno == EINTR)
      continue;

  return fd;
}

/* @added or, when that is NULL, the one that @removed names the other way round */
static gboolean
change (DrillConnections  *self,
        DrillConnection   *added,
        const char        *removed,
        GError           **error)
{
  int lock = lock_directory (self);
  g_autoptr(GKeyFile) file = reload (self);
  gboolean done = FALSE;

  if (file == NULL)
    g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_IO, self->error->message);
  else
    {
      if (added != NULL)
        write_connection (file, added);
      else
        {
          g_autofree char *group = dup_group (removed);

          g_key_file_remove_group (file, group, NULL);
        }

      done = write_file (self, file, error);
    }

  if (lock >= 0)
    close (lock);
  if (done)
    take_items (self, list_connections (file));

  return done;
}

static GType
drill_connections_get_item_type (GListModel *model)
{
  return DRILL_TYPE_CONNECTION;
}

static guint
drill_connections_get_n_items (GListModel *model)
{
  return DRILL_CONNECTIONS (model)->items->len;
}

static gpointer
drill_connections_get_item (GListModel *model,
                            guint       position)
{
  DrillConnections *self = DRILL_CONNECTIONS (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = drill_connections_get_item_type;
  iface->get_n_items = drill_connections_get_n_items;
  iface->get_item = drill_connections_get_item;
}

static void
drill_connections_finalize (GObject *object)
{
  DrillConnections *self = DRILL_CONNECTIONS (object);

  g_free (self->path);
  g_ptr_array_unref (self->items);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (drill_connections_parent_class)->finalize (object);
}

static void
drill_connections_class_init (DrillConnectionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_connections_finalize;
}

static void
drill_connections_init (DrillConnections *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

DrillConnections *
drill_connections_new (const char *path)
{
  DrillConnections *self = g_object_new (DRILL_TYPE_CONNECTIONS, NULL);
  g_autoptr(GKeyFile) file = NULL;

  if (path != NULL)
    self->path = g_canonicalize_filename (path, NULL);
  else
    self->path = g_build_filename (g_get_user_config_dir (), "drill-console", "connections.ini", NULL);

  file = reload (self);
  if (file != NULL)
    take_items (self, list_connections (file));

  return self;
}

const GError *
drill_connections_get_error (DrillConnections *self)
{
  g_return_val_if_fail (DRILL_IS_CONNECTIONS (self), NULL);

  return self->error;
}

gboolean
drill_connections_save (DrillConnections  *self,
                        DrillConnection   *connection,
                        GError           **error)
{
  g_return_val_if_fail (DRILL_IS_CONNECTIONS (self), FALSE);
  g_return_val_if_fail (DRILL_IS_CONNECTION (connection), FALSE);

  return change (self, connection, NULL, error);
}

gboolean
drill_connections_remove (DrillConnections  *self,
                          const char        *id,
                          GError           **error)
{
  g_return_val_if_fail (DRILL_IS_CONNECTIONS (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return change (self, NULL, id, error);
}

DrillConnection *
drill_connections_find (DrillConnections *self,
                        const char       *id)
{
  g_return_val_if_fail (DRILL_IS_CONNECTIONS (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    if (g_strcmp0 (drill_connection_get_id (get_item (self->items, i)), id) == 0)
      return get_item (self->items, i);

  return NULL;
}

DrillConnection *
drill_connections_find_name (DrillConnections *self,
                             const char       *name)
{
  g_return_val_if_fail (DRILL_IS_CONNECTIONS (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    if (g_strcmp0 (drill_connection_get_name (get_item (self->items, i)), name) == 0)
      return get_item (self->items, i);

  return NULL;
}

gboolean
drill_connections_shares_origin (DrillConnections *self,
                                 DrillConnection  *connection)
{
  g_return_val_if_fail (DRILL_IS_CONNECTIONS (self), FALSE);
  g_return_val_if_fail (DRILL_IS_CONNECTION (connection), FALSE);

  for (guint i = 0; i < self->items->len; i++)
    {
      DrillConnection *other = get_item (self->items, i);

      if (!g_str_equal (drill_connection_get_id (other), drill_connection_get_id (connection)) &&
          g_str_equal (drill_connection_get_origin (other), drill_connection_get_origin (connection)))
        return TRUE;
    }

  return FALSE;
}
