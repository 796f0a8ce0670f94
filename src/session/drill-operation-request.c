// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-operation-request.h"

#include "base/drill-error.h"
#include "session/drill-operation-private.h"

#define N_LOOKS 2

/* The ids of all items of some kinds, those in @known excepted */
static GVariant *
list_unknown (DrillOperation    *self,
              const char *const *kinds,
              GHashTable        *known)
{
  DrillEvidence *evidence = drill_writer_get_evidence (drill_operation_get_writer (self));
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("as"));
  for (guint n = 0; evidence != NULL && kinds[n] != NULL; n++)
    {
      const DrillItem *items = drill_evidence_get_items (evidence);
      guint32 kind = drill_evidence_find_text (evidence, DRILL_DICT_KIND, kinds[n]);

      for (guint32 i = 0; kind != DRILL_NONE && i < drill_evidence_get_n_items (evidence); i++)
        {
          const char *id = drill_evidence_get_text (evidence, DRILL_DICT_TEXT, items[i].session_id);

          if (items[i].kind == kind && !g_hash_table_contains (known, id))
            g_variant_builder_add (&builder, "s", id);
        }
    }

  return g_variant_builder_end (&builder);
}

gboolean
drill_operation_announce (DrillOperation     *self,
                          GVariant           *operation,
                          GVariant           *step,
                          const char *const  *kinds,
                          GHashTable         *known,
                          GCancellable       *cancellable,
                          GError            **error)
{
  g_autoptr(GVariant) kept_operation = g_variant_ref_sink (operation);
  g_autoptr(GVariant) more = step != NULL ? g_variant_ref_sink (step) : NULL;
  g_autoptr(GVariant) sent = NULL;
  GVariantDict dict;

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_CANCELLED, "cancelled");
      return FALSE;
    }

  if (!drill_operation_begin (self, kept_operation, error))
    return FALSE;

  g_variant_dict_init (&dict, more);
  g_variant_dict_insert (&dict, "step", "s", "sent");
  g_variant_dict_insert_value (&dict, "known", list_unknown (self, kinds, known));
  sent = g_variant_ref_sink (g_variant_dict_end (&dict));
  if (!drill_operation_append (self, sent, error))
    return FALSE;

  /* Not before the journal has them: an id that it lacks would be taken for a new one after a crash */
  drill_operation_read_known (sent, known);

  return TRUE;
}

void
drill_operation_read_known (GVariant   *step,
                            GHashTable *known)
{
  g_autoptr(GVariant) ids = g_variant_lookup_value (step, "known", G_VARIANT_TYPE_STRING_ARRAY);

  for (gsize i = 0; ids != NULL && i < g_variant_n_children (ids); i++)
    {
      char *id;

      g_variant_get_child (ids, i, "s", &id);
      g_hash_table_add (known, id);
    }
}

typedef struct {
  DrillWrite *write;
  guint n_busy;
  guint pause_ms;
  gboolean maybe_done;
  GError *busy;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  drill_write_unref (request->write);
  g_clear_error (&request->busy);
  g_free (request);
}

static void send_request (GTask *task);

static void
waited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DrillOperation *self = DRILL_OPERATION (object);
  Request *request = g_task_get_task_data (task);

  drill_operation_set_status (self, DRILL_OPERATION_RUNNING);
  if (!drill_operation_pause_finish (self, result, NULL))
    {
      g_task_return_error (task, g_steal_pointer (&request->busy));
      return;
    }

  g_clear_error (&request->busy);
  send_request (g_steal_pointer (&task));
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DrillOperation *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  const DrillOperationPauses *pauses = drill_operation_get_pauses (self);
  DrillWriteFailure failure = { FALSE, -1 };
  GError *error = NULL;
  GBytes *answer = drill_writer_send_finish (DRILL_WRITER (object), result, &failure, &error);

  if (answer != NULL)
    {
      g_task_return_pointer (task, answer, (GDestroyNotify) g_bytes_unref);
      return;
    }

  request->maybe_done = failure.maybe_done;
  /* A service that wants to be left alone for longer than anybody waits is left alone */
  if (failure.maybe_done || !g_error_matches (error, DRILL_ERROR, DRILL_ERROR_BUSY) ||
      request->n_busy >= pauses->n_busy || failure.retry_after_ms > (gint64) pauses->max_busy_ms)
    {
      g_task_return_error (task, error);
      return;
    }

  request->n_busy++;
  request->pause_ms = request->n_busy == 1 ? pauses->busy_ms : MIN (2 * request->pause_ms, pauses->max_busy_ms);
  request->busy = error;
  drill_operation_set_status (self, DRILL_OPERATION_WAITING);
  drill_operation_pause_async (self, failure.retry_after_ms >= 0 ? (guint) failure.retry_after_ms : request->pause_ms,
                               cancellable, waited_cb, g_steal_pointer (&task));
}

static void
send_request (GTask *task) /* transfer full */
{
  DrillOperation *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);

  /* Without the cancellable: an answer that nobody waits for would be a lost one */
  drill_writer_send_async (drill_operation_get_writer (self), request->write, NULL, sent_cb, task);
}

void
drill_operation_request_async (DrillOperation      *self,
                               DrillWrite          *write,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  g_task_set_source_tag (task, drill_operation_request_async);
  g_task_set_check_cancellable (task, FALSE);
  request->write = drill_write_ref (write);
  g_task_set_task_data (task, request, request_free);
  send_request (task);
}

GBytes *
drill_operation_request_finish (DrillOperation  *self,
                                GAsyncResult    *result,
                                gboolean        *maybe_done,
                                GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  *maybe_done = ((Request *) g_task_get_task_data (G_TASK (result)))->maybe_done;

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct {
  DrillOperationLook look;
  guint n_looks;
} Search;

static void read_again (GTask *task);

static void
settled_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (drill_operation_pause_finish (DRILL_OPERATION (object), result, &error))
    read_again (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
reread_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DrillOperation *self = g_task_get_source_object (task);
  Search *search = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  DrillEvidence *evidence;
  GError *error = NULL;

  if (!drill_writer_reread_finish (DRILL_WRITER (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  search->n_looks++;
  evidence = drill_writer_get_evidence (DRILL_WRITER (object));
  if (evidence != NULL && search->look (self, evidence))
    g_task_return_int (task, TRUE);
  else if (search->n_looks >= N_LOOKS)
    g_task_return_int (task, FALSE);
  else
    drill_operation_pause_async (self, drill_operation_get_pauses (self)->settle_ms, cancellable, settled_cb,
                                 g_steal_pointer (&task));
}

static void
read_again (GTask *task) /* transfer full */
{
  DrillOperation *self = g_task_get_source_object (task);

  drill_writer_reread_async (drill_operation_get_writer (self), g_task_get_cancellable (task), reread_cb, task);
}

void
drill_operation_look_async (DrillOperation      *self,
                            DrillOperationLook   look,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, drill_operation_look_async);
  g_task_set_check_cancellable (task, FALSE);
  search->look = look;
  g_task_set_task_data (task, search, g_free);
  drill_operation_set_status (self, DRILL_OPERATION_CHECKING);
  read_again (task);
}

gboolean
drill_operation_look_finish (DrillOperation  *self,
                             GAsyncResult    *result,
                             gboolean        *found,
                             GError         **error)
{
  gssize value;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  value = g_task_propagate_int (G_TASK (result), error);
  *found = value > 0;

  return value >= 0;
}

gboolean
drill_operation_is_refusal (const GError *error)
{
  return g_error_matches (error, DRILL_ERROR, DRILL_ERROR_REJECTED) ||
         g_error_matches (error, DRILL_ERROR, DRILL_ERROR_NOT_FOUND) ||
         g_error_matches (error, DRILL_ERROR, DRILL_ERROR_TOO_LARGE) ||
         g_error_matches (error, DRILL_ERROR, DRILL_ERROR_CONFLICT);
}
