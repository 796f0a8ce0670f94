// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-package-set.h"

#include <string.h>

#include "base/drill-text.h"
#include "drill-config.h"
#include "ui/common/drill-file-save.h"

typedef struct {
  DrillPackagePart  part;
  GBytes           *package;
  char             *reason;
} Entry;

struct _DrillPackageSet
{
  GObject            parent_instance;

  char              *schedule_id;
  char              *provider;
  char              *owner;
  DrillPackageScope  scope;
  GPtrArray         *entries;

  char              *source;
  char              *actor;
  DrillExportInfo    info;
};

G_DEFINE_FINAL_TYPE (DrillPackageSet, drill_package_set, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->part.schedule_id);
  g_free (entry->part.provider);
  g_free (entry->part.owner);
  g_clear_pointer (&entry->package, g_bytes_unref);
  g_free (entry->reason);
  g_free (entry);
}

static void
drill_package_set_finalize (GObject *object)
{
  DrillPackageSet *self = DRILL_PACKAGE_SET (object);

  g_ptr_array_unref (self->entries);
  g_free (self->schedule_id);
  g_free (self->provider);
  g_free (self->owner);
  g_free (self->source);
  g_free (self->actor);

  G_OBJECT_CLASS (drill_package_set_parent_class)->finalize (object);
}

static void
drill_package_set_class_init (DrillPackageSetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_package_set_finalize;
}

static void
drill_package_set_init (DrillPackageSet *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
}

/* Saving */

typedef struct {
  DrillPackageSet *set;
  GFile           *file;
  gboolean         table;
  GBytes          *content;
  DrillSaved       saved;
} Save;

static void
save_free (Save *save)
{
  g_clear_object (&save->set);
  g_clear_object (&save->file);
  g_clear_pointer (&save->content, g_bytes_unref);
  drill_saved_clear (&save->saved);
  g_free (save);
}

static gboolean
write_tables (DrillPackageSet  *self,
              GOutputStream    *stream,
              GCancellable     *cancellable,
              GError          **error)
{
  g_autofree char *source = drill_export_dup_source (&self->info);
  gboolean first = TRUE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);
      g_autoptr(GOutputStream) table = g_memory_output_stream_new_resizable ();
      g_autoptr(GBytes) bytes = NULL;
      const char *data, *body;
      gsize size;

      if (entry->package == NULL)
        continue;
      if (!drill_package_write_csv (entry->package, source, table, cancellable, error) ||
          !g_output_stream_close (table, cancellable, error))
        return FALSE;

      /* One table has one header */
      bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (table));
      data = g_bytes_get_data (bytes, &size);
      body = first || size == 0 ? data : memchr (data, '\n', size);
      if (body == NULL)
        continue;
      if (!first)
        body++;
      first = FALSE;
      if (!g_output_stream_write_all (stream, body, size - (gsize) (body - data), NULL, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_archive (DrillPackageSet  *self,
               GOutputStream    *stream,
               GCancellable     *cancellable,
               GError          **error)
{
  g_autofree DrillPackageBundlePart *parts = g_new0 (DrillPackageBundlePart, MAX (self->entries->len, 1));

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      parts[i].part = &entry->part;
      parts[i].package = entry->package;
      parts[i].reason = entry->reason;
    }

  return drill_package_write_bundle (&self->scope, parts, self->entries->len, &self->info, stream, cancellable, error);
}

static GBytes *
make_content (Save          *save,
              GCancellable  *cancellable,
              GError       **error)
{
  DrillPackageSet *self = save->set;
  g_autoptr(GOutputStream) stream = NULL;

  if (!save->table && !drill_package_set_is_bundle (self))
    return g_bytes_ref (((Entry *) g_ptr_array_index (self->entries, 0))->package);

  stream = g_memory_output_stream_new_resizable ();
  if (!(save->table ? write_tables : write_archive) (self, stream, cancellable, error) ||
      !g_output_stream_close (stream, cancellable, error))
    return NULL;

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
content_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Save *save = task_data;
  GError *error = NULL;

  save->content = make_content (save, cancellable, &error);
  if (save->content == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (!save->table)
    {
      g_autofree char *name = g_file_get_basename (save->file);

      save->saved.checksum_line = drill_package_checksum_line (save->content, name);
    }
  g_task_return_boolean (task, TRUE);
}

/* Behind the document portal there is but the one file that was chosen: what
 * is written beside it is seen by nobody. */
static gboolean
is_alone (GFile *file)
{
  g_autofree char *documents = g_build_filename (g_get_user_runtime_dir (), "doc", NULL);
  g_autoptr(GFile) folder = g_file_new_for_path (documents);

  return g_file_has_prefix (file, folder);
}

static void
checksum_saved_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Save *save = g_task_get_task_data (task);

  drill_file_save_finish (G_FILE (object), result, &save->saved.checksum_error);
  g_task_return_boolean (task, TRUE);
}

static void
file_saved_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GFile) folder = g_file_get_parent (save->file);
  g_autofree char *base = g_file_get_basename (save->file);
  g_autofree char *name = g_strconcat (base, ".sha256", NULL);
  g_autoptr(GFile) beside = folder != NULL ? g_file_get_child (folder, name) : NULL;
  g_autoptr(GBytes) line = NULL;

  if (!drill_file_save_finish (save->file, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (save->table)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (beside == NULL || is_alone (save->file))
    {
      g_set_error_literal (&save->saved.checksum_error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           "only the chosen file can be written");
      g_task_return_boolean (task, TRUE);
      return;
    }

  line = g_bytes_new (save->saved.checksum_line, strlen (save->saved.checksum_line));
  drill_file_save_bytes_async (beside, line, g_task_get_cancellable (task), checksum_saved_cb, g_object_ref (task));
}

static void
content_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  drill_file_save_bytes_async (save->file, save->content, g_task_get_cancellable (task),
                               file_saved_cb, g_object_ref (task));
}

/**
 * drill_package_set_new:
 * @session: where the packages are from
 * @scope: what they cover together
 *
 * Returns: (transfer full): a set without packages yet
 */
DrillPackageSet *
drill_package_set_new (DrillSession            *session,
                       const DrillPackageScope *scope)
{
  DrillPackageSet *self = g_object_new (DRILL_TYPE_PACKAGE_SET, NULL);
  DrillConnection *connection = drill_session_get_connection (session);
  DrillEvidence *evidence = drill_session_get_evidence (session);
  DrillPackageCoverage coverage;

  self->schedule_id = g_strdup (scope->schedule_id != NULL ? scope->schedule_id : "");
  self->provider = g_strdup (scope->provider != NULL ? scope->provider : "");
  self->owner = g_strdup (scope->owner != NULL ? scope->owner : "");
  self->scope = (DrillPackageScope) { self->schedule_id, self->provider, self->owner };

  drill_package_cover (evidence, &self->scope, &coverage);
  self->actor = drill_session_dup_actor_name (session, NULL);
  self->info.is_sample = drill_session_get_shown (session) == DRILL_SHOWN_SAMPLE;
  self->source = g_strdup (self->info.is_sample ? "sample data" : drill_session_get_name (session));
  self->info.source = self->source;
  self->info.read_only = drill_session_get_shown (session) == DRILL_SHOWN_LIVE &&
                         connection != NULL && drill_connection_get_read_only (connection);
  self->info.complete = drill_session_get_complete (session);
  self->info.loaded_at_us = drill_session_get_loaded_at (session);
  self->info.exported_at_us = drill_clock_now (drill_session_get_clock (session));
  self->info.actor = self->actor;
  self->info.version = DRILL_VERSION;
  self->info.n_population = drill_evidence_get_n_routes (evidence);
  self->info.n_matched = coverage.n_routes;

  return self;
}

/**
 * drill_package_set_add:
 * @self: a set
 * @part: what it covers; copied
 * @package: (nullable): the service's bytes, or %NULL when it could not be had
 * @reason: (nullable): why not
 */
void
drill_package_set_add (DrillPackageSet        *self,
                       const DrillPackagePart *part,
                       GBytes                 *package,
                       const char             *reason)
{
  Entry *entry = g_new0 (Entry, 1);

  g_return_if_fail (DRILL_IS_PACKAGE_SET (self));

  entry->part = *part;
  entry->part.schedule_id = g_strdup (part->schedule_id != NULL ? part->schedule_id : "");
  entry->part.provider = g_strdup (part->provider != NULL ? part->provider : "");
  entry->part.owner = g_strdup (part->owner != NULL ? part->owner : "");
  g_ptr_array_add (self->entries, entry);
  drill_package_set_replace (self, self->entries->len - 1, package, reason);
}

/**
 * drill_package_set_replace:
 * @self: a set
 * @i: which part
 * @package: (nullable): the service's bytes, or %NULL when it could not be had
 * @reason: (nullable): why not
 *
 * What came of a part that was asked for again.
 */
void
drill_package_set_replace (DrillPackageSet *self,
                           guint            i,
                           GBytes          *package,
                           const char      *reason)
{
  Entry *entry = g_ptr_array_index (self->entries, i);

  g_clear_pointer (&entry->package, g_bytes_unref);
  if (package != NULL)
    entry->package = g_bytes_ref (package);
  g_free (entry->reason);
  entry->reason = g_strdup (reason);
}

guint
drill_package_set_get_n_parts (DrillPackageSet *self)
{
  return self->entries->len;
}

/**
 * drill_package_set_get_n_packages:
 * @self: a set
 *
 * Returns: of how many parts there is a package
 */
guint
drill_package_set_get_n_packages (DrillPackageSet *self)
{
  guint n_packages = 0;

  for (guint i = 0; i < self->entries->len; i++)
    n_packages += drill_package_set_get_package (self, i) != NULL;

  return n_packages;
}

const DrillPackagePart *
drill_package_set_get_part (DrillPackageSet *self,
                            guint            i)
{
  return &((Entry *) g_ptr_array_index (self->entries, i))->part;
}

/* (transfer none) (nullable) */
GBytes *
drill_package_set_get_package (DrillPackageSet *self,
                               guint            i)
{
  return ((Entry *) g_ptr_array_index (self->entries, i))->package;
}

/* (nullable): why there is no package of that part */
const char *
drill_package_set_get_reason (DrillPackageSet *self,
                              guint            i)
{
  return ((Entry *) g_ptr_array_index (self->entries, i))->reason;
}

const DrillPackageScope *
drill_package_set_get_scope (DrillPackageSet *self)
{
  return &self->scope;
}

/**
 * drill_package_set_can_be_asked:
 * @self: a set
 * @i: which part
 *
 * Returns: whether a service can be asked for it: routes without a schedule have no scope of their own, for an empty
 *   one means all
 */
gboolean
drill_package_set_can_be_asked (DrillPackageSet *self,
                                guint            i)
{
  return self->entries->len == 1 || *drill_package_set_get_part (self, i)->schedule_id != '\0';
}

/**
 * drill_package_set_is_bundle:
 * @self: a set
 *
 * Returns: whether it is saved as an archive
 */
gboolean
drill_package_set_is_bundle (DrillPackageSet *self)
{
  return self->entries->len > 1;
}

gboolean
drill_package_set_is_sample (DrillPackageSet *self)
{
  return self->info.is_sample;
}

/**
 * drill_package_set_dup_file_name:
 * @self: a set
 * @audit_id: (nullable): of the only package
 * @table: whether it is for its routes as CSV
 *
 * Returns: (transfer full) (type filename): the name to propose: what it is, and its scope
 */
char *
drill_package_set_dup_file_name (DrillPackageSet *self,
                                 const char      *audit_id,
                                 gboolean         table)
{
  const char *const scope[] = { self->schedule_id, self->provider, self->owner };
  g_autoptr(GString) text = g_string_new (self->info.is_sample ? "sample-" : NULL);
  g_autofree char *name = NULL;

  if (drill_package_set_is_bundle (self) || audit_id == NULL || *audit_id == '\0')
    {
      g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (self->info.exported_at_us / G_USEC_PER_SEC);
      g_autofree char *date = time != NULL ? g_date_time_format (time, "%Y-%m-%d-%H%MZ") : g_strdup ("");

      g_string_append_printf (text, "audit-packages-%s", date);
    }
  else
    {
      g_string_append (text, audit_id);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (scope); i++)
    if (*scope[i] != '\0')
      g_string_append_printf (text, "-%s", scope[i]);
  name = drill_text_file_name (text->str);

  return g_strconcat (name, table ? ".csv" : drill_package_set_is_bundle (self) ? ".zip" : ".json", NULL);
}

/**
 * drill_package_set_save_async:
 * @self: a set with at least one package; not changed meanwhile
 * @file: where to save it
 * @table: whether to save its routes as CSV instead
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Saves it as a whole or not at all, and its checksum beside it, named like the
 * file with `.sha256`, as `sha256sum -c` reads it.
 */
void
drill_package_set_save_async (DrillPackageSet     *self,
                              GFile               *file,
                              gboolean             table,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(GTask) content = g_task_new (NULL, cancellable, content_cb, task);
  Save *save = g_new0 (Save, 1);

  save->set = g_object_ref (self);
  save->file = g_object_ref (file);
  save->table = table;
  g_task_set_source_tag (task, drill_package_set_save_async);
  g_task_set_task_data (task, save, (GDestroyNotify) save_free);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (content, save, NULL);
  g_task_run_in_thread (content, content_thread);
}

/**
 * drill_package_set_save_finish:
 * @self: the set
 * @result: the result
 * @saved: (out caller-allocates) (optional): what became of the checksum
 * @error: why the file was not saved: what was there before is untouched
 *
 * Returns: whether the file was saved; its checksum is another matter
 */
gboolean
drill_package_set_save_finish (DrillPackageSet  *self,
                               GAsyncResult     *result,
                               DrillSaved       *saved,
                               GError          **error)
{
  Save *save;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  save = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  if (saved != NULL)
    {
      saved->checksum_line = g_steal_pointer (&save->saved.checksum_line);
      saved->checksum_error = g_steal_pointer (&save->saved.checksum_error);
    }

  return TRUE;
}

void
drill_saved_clear (DrillSaved *saved)
{
  g_clear_pointer (&saved->checksum_line, g_free);
  g_clear_error (&saved->checksum_error);
}
