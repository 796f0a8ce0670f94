// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/drill-local-source.h"

#include "drill-sample-data-resources.h"
#include "evidence/drill-evidence-builder.h"
#include "sources/drill-http-reply.h"
#include "sources/drill-local-answers.h"
#include "sources/drill-local-records.h"
#include "sources/drill-local-write.h"
#include "sources/drill-sample.h"
#include "sources/drill-write-answer.h"

#define SAMPLE_PATH "/org/cavra/DrillConsole/sample-data/history.json"
#define CHUNK       (1024 * 1024) /* bytes a read, after which Cancel is looked at */

struct _DrillLocalSource
{
  GObject parent_instance;

  GFile *file; /* NULL for the sample */
  char *name;
  gint64 now_us;
  gint64 made_at; /* g_get_monotonic_time() at that time */

  /* Of what was written; used by worker threads, one after the other */
  GMutex lock;
  DrillLocalRecords *records;
  gint64 written_us;
};

static void source_iface_init (DrillSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrillLocalSource, drill_local_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DRILL_TYPE_SOURCE, source_iface_init))

static GError *
new_too_large (DrillLocalSource *self)
{
  return g_error_new (DRILL_ERROR, DRILL_ERROR_TOO_LARGE, "%s is larger than %" G_GUINT64_FORMAT " bytes",
                      self->name, (guint64) DRILL_MAX_DOCUMENT);
}

static GError *
new_file_error (DrillLocalSource *self,
                const GError     *error)
{
  g_autoptr(GError) ours = drill_error_from_gio (error);

  if (ours->code == DRILL_ERROR_CANCELLED)
    return g_steal_pointer (&ours);

  return g_error_new (DRILL_ERROR, ours->code, "%s: %s", self->name, ours->message);
}

/* How much to expect, bytes: 0 when that cannot be told (a pipe) */
static gboolean
check_file (DrillLocalSource  *self,
            GFileInputStream  *stream,
            GCancellable      *cancellable,
            guint64           *expected,
            GError           **error)
{
  g_autoptr(GFileInfo) info = g_file_input_stream_query_info (stream,
                                                              G_FILE_ATTRIBUTE_STANDARD_TYPE ","
                                                              G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                              cancellable, NULL);

  *expected = 0;
  if (info == NULL)
    return TRUE;

  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, DRILL_ERROR, DRILL_ERROR_IO, "%s is a folder", self->name);
      return FALSE;
    }

  if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
    *expected = (guint64) g_file_info_get_size (info);
  if (*expected > DRILL_MAX_DOCUMENT)
    {
      g_propagate_error (error, new_too_large (self));
      return FALSE;
    }

  return TRUE;
}

static DrillPage *
read_file (DrillLocalSource  *self,
           GCancellable      *cancellable,
           GError           **error)
{
  g_autoptr(GError) problem = NULL;
  g_autoptr(GFileInputStream) stream = g_file_read (self->file, cancellable, &problem);
  g_autoptr(GByteArray) bytes = NULL;
  guint64 expected;

  if (stream == NULL)
    {
      if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
        g_set_error (error, DRILL_ERROR, DRILL_ERROR_IO, "%s is a folder", self->name);
      else
        g_propagate_error (error, new_file_error (self, problem));
      return NULL;
    }

  if (!check_file (self, stream, cancellable, &expected, error))
    return NULL;

  /* Room for the read that finds the end, so that the array never moves */
  bytes = g_byte_array_sized_new ((guint) expected + CHUNK + DRILL_PAGE_PADDING);
  while (TRUE)
    {
      guint length = bytes->len;
      gssize n;

      g_byte_array_set_size (bytes, length + CHUNK);
      n = g_input_stream_read (G_INPUT_STREAM (stream), bytes->data + length, CHUNK, cancellable, &problem);
      g_byte_array_set_size (bytes, length + (guint) MAX (n, 0));

      if (n < 0)
        {
          g_propagate_error (error, new_file_error (self, problem));
          return NULL;
        }
      if (n == 0)
        return drill_page_new_take (g_steal_pointer (&bytes));
      if (bytes->len > DRILL_MAX_DOCUMENT)
        {
          g_propagate_error (error, new_too_large (self));
          return NULL;
        }
    }
}

static DrillPage *
read_sample (DrillLocalSource  *self,
             GError           **error)
{
  g_autoptr(GError) problem = NULL;
  g_autoptr(GBytes) bytes = g_resource_lookup_data (drill_sample_data_get_resource (), SAMPLE_PATH,
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, &problem);

  if (bytes == NULL)
    {
      g_set_error (error, DRILL_ERROR, DRILL_ERROR_NOT_FOUND, "the sample is not part of this program: %s",
                   problem->message);
      return NULL;
    }

  return drill_sample_make_page (bytes, self->now_us, error);
}

static DrillPage *
read_document (DrillLocalSource  *self,
               GCancellable      *cancellable,
               GError           **error)
{
  return self->file != NULL ? read_file (self, cancellable, error) : read_sample (self, error);
}

/* What there is, and what was written since; @shown is what writes are answered from */
static DrillPage *
read_page (DrillLocalSource  *self,
           gboolean           shown,
           GCancellable      *cancellable,
           GError           **error)
{
  g_autoptr(DrillPage) page = read_document (self, cancellable, error);
  g_autoptr(GMutexLocker) locker = NULL;

  if (page == NULL)
    return NULL;

  locker = g_mutex_locker_new (&self->lock);
  if (shown)
    drill_local_records_set_page (self->records, page);

  return drill_local_records_dup_page (self->records, page);
}

static gboolean
has_page (DrillLocalSource *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return drill_local_records_has_page (self->records);
}

static gint64
next_time (DrillLocalSource *self)
{
  gint64 now_us = self->now_us + (g_get_monotonic_time () - self->made_at);

  /* Ids are made of times: no two writes have the same */
  self->written_us = MAX (now_us, self->written_us + DRILL_WRITE_MAX_ROUTES);

  return self->written_us;
}

static GBytes *
write_record (DrillLocalSource  *self,
              DrillWrite        *write,
              GCancellable      *cancellable,
              GError           **error)
{
  DrillWriteKind kind = drill_write_get_kind (write);
  g_autoptr(GMutexLocker) locker = NULL;
  g_autoptr(DrillPage) page = NULL;
  g_autoptr(DrillPage) items = NULL;
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autoptr(GBytes) answer = NULL;

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_CANCELLED, "cancelled");
      return NULL;
    }

  /* Who writes has read before, as a rule */
  if (!has_page (self))
    {
      page = read_page (self, TRUE, cancellable, error);
      if (page == NULL)
        return NULL;
    }

  locker = g_mutex_locker_new (&self->lock);
  if (!drill_local_records_check (self->records, kind, error))
    return NULL;
  if (kind == DRILL_WRITE_PACKAGE || kind == DRILL_WRITE_DELIVERY)
    {
      evidence = drill_local_records_dup_evidence (self->records, error);
      if (evidence == NULL)
        return NULL;
    }
  else
    {
      evidence = drill_evidence_new_empty ();
    }

  answer = drill_local_write_answer_marked (evidence, kind, drill_write_get_schedule_id (write),
                                            drill_write_get_body (write), NULL, NULL,
                                            self->file != NULL ? DRILL_LOCAL_MARK_FILE : DRILL_LOCAL_MARK_SAMPLE,
                                            next_time (self), error);
  if (answer == NULL)
    return NULL;
  items = drill_write_answer_dup_items (answer, error);
  if (items == NULL)
    return NULL;
  drill_local_records_add (self->records, items);

  return g_steal_pointer (&answer);
}

static void
write_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *answer = write_record (source_object, task_data, cancellable, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, (GDestroyNotify) g_bytes_unref);
}

static void
read_history_thread (GTask        *task,
                     gpointer      source_object,
                     gpointer      task_data,
                     GCancellable *cancellable)
{
  GError *error = NULL;
  DrillPage *page = read_page (source_object, TRUE, cancellable, &error);

  if (page == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, page, (GDestroyNotify) drill_page_unref);
}

static void
read_dashboard_thread (GTask        *task,
                       gpointer      source_object,
                       gpointer      task_data,
                       GCancellable *cancellable)
{
  DrillLocalSource *self = source_object;
  GError *error = NULL;
  g_autoptr(DrillPage) page = read_page (self, FALSE, cancellable, &error);
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();
  g_autoptr(DrillEvidence) evidence = NULL;
  g_autoptr(JsonNode) dashboard = NULL;
  DrillPageReport report;

  if (page != NULL && drill_evidence_builder_add (builder, page, &report, &error))
    {
      evidence = drill_evidence_builder_snapshot (builder);
      dashboard = drill_local_answers_dashboard (evidence, self->now_us, &error);
    }

  if (dashboard == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, drill_local_answers_to_bytes (dashboard), (GDestroyNotify) g_bytes_unref);
}

static GTask *
new_task (DrillSource         *source,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data,
          gpointer             tag)
{
  GTask *task = g_task_new (source, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  /* The threads name a cancellation as one of our errors */
  g_task_set_check_cancellable (task, FALSE);

  return task;
}

static DrillSourceKind
drill_local_source_get_kind (DrillSource *source)
{
  return DRILL_LOCAL_SOURCE (source)->file != NULL ? DRILL_SOURCE_FILE : DRILL_SOURCE_SAMPLE;
}

static const char *
drill_local_source_get_name (DrillSource *source)
{
  return DRILL_LOCAL_SOURCE (source)->name;
}

static gboolean
drill_local_source_is_paged (DrillSource *source)
{
  return FALSE;
}

static void
drill_local_source_read_history_async (DrillSource         *source,
                                       guint                offset,
                                       guint                limit,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  g_autoptr(GTask) task = new_task (source, cancellable, callback, user_data, drill_local_source_read_history_async);

  g_task_run_in_thread (task, read_history_thread);
}

static DrillPage *
drill_local_source_read_history_finish (DrillSource   *source,
                                        GAsyncResult  *result,
                                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
drill_local_source_read_dashboard_async (DrillSource         *source,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  g_autoptr(GTask) task = new_task (source, cancellable, callback, user_data, drill_local_source_read_dashboard_async);

  g_task_run_in_thread (task, read_dashboard_thread);
}

static void
drill_local_source_read_session_async (DrillSource         *source,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  g_autoptr(GTask) task = new_task (source, cancellable, callback, user_data, drill_local_source_read_session_async);
  g_autoptr(JsonNode) session = drill_local_answers_session ();

  g_task_return_pointer (task, drill_local_answers_to_bytes (session), (GDestroyNotify) g_bytes_unref);
}

static GBytes *
drill_local_source_read_answer_finish (DrillSource   *source,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
drill_local_source_write_async (DrillSource         *source,
                                DrillWrite          *write,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = new_task (source, cancellable, callback, user_data, drill_local_source_write_async);

  g_task_set_task_data (task, drill_write_ref (write), (GDestroyNotify) drill_write_unref);
  g_task_run_in_thread (task, write_thread);
}

static GBytes *
drill_local_source_write_finish (DrillSource        *source,
                                 GAsyncResult       *result,
                                 DrillWriteFailure  *failure,
                                 GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  /* All of it or nothing */
  if (failure != NULL)
    *failure = (DrillWriteFailure) { .maybe_done = FALSE, .retry_after_ms = DRILL_RETRY_AFTER_UNKNOWN };

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
source_iface_init (DrillSourceInterface *iface)
{
  iface->get_kind = drill_local_source_get_kind;
  iface->get_name = drill_local_source_get_name;
  iface->is_paged = drill_local_source_is_paged;
  iface->read_history_async = drill_local_source_read_history_async;
  iface->read_history_finish = drill_local_source_read_history_finish;
  iface->read_dashboard_async = drill_local_source_read_dashboard_async;
  iface->read_dashboard_finish = drill_local_source_read_answer_finish;
  iface->read_session_async = drill_local_source_read_session_async;
  iface->read_session_finish = drill_local_source_read_answer_finish;
  iface->write_async = drill_local_source_write_async;
  iface->write_finish = drill_local_source_write_finish;
}

static void
drill_local_source_finalize (GObject *object)
{
  DrillLocalSource *self = DRILL_LOCAL_SOURCE (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->records, drill_local_records_free);
  g_mutex_clear (&self->lock);
  g_free (self->name);

  G_OBJECT_CLASS (drill_local_source_parent_class)->finalize (object);
}

static void
drill_local_source_class_init (DrillLocalSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = drill_local_source_finalize;
}

static void
drill_local_source_init (DrillLocalSource *self)
{
  g_mutex_init (&self->lock);
  self->records = drill_local_records_new ();
  self->made_at = g_get_monotonic_time ();
  self->written_us = G_MININT64 / 2;
}

/**
 * drill_local_source_new_sample:
 * @now_us: the time at which the sample shall be fresh, µs UTC
 *
 * Returns: (transfer full): the bundled sample
 */
DrillLocalSource *
drill_local_source_new_sample (gint64 now_us)
{
  DrillLocalSource *self = g_object_new (DRILL_TYPE_LOCAL_SOURCE, NULL);

  self->name = g_strdup ("");
  self->now_us = now_us;

  return self;
}

/**
 * drill_local_source_new_file:
 * @file: a history document, a bare array of items, a page of routes or a saved audit package
 *
 * Reading it fails with %DRILL_ERROR_NOT_FOUND, %DRILL_ERROR_IO (a folder, no
 * permission, a broken disk), or %DRILL_ERROR_TOO_LARGE over %DRILL_MAX_DOCUMENT.
 *
 * Returns: (transfer full): the file as a source
 */
DrillLocalSource *
drill_local_source_new_file (GFile *file)
{
  DrillLocalSource *self;
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (DRILL_TYPE_LOCAL_SOURCE, NULL);
  self->file = g_object_ref (file);
  name = g_file_get_basename (file);
  self->name = name != NULL ? g_filename_display_name (name) : g_file_get_parse_name (file);
  self->now_us = g_get_real_time ();

  return self;
}
