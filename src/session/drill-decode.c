// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-decode.h"

#include "base/drill-error.h"

#define STEP (4 * 1024 * 1024) /* bytes, after which Cancel is looked at: some 10 ms */

static void
job_free (DrillDecodeJob *job)
{
  g_clear_pointer (&job->builder, drill_evidence_builder_unref);
  g_clear_pointer (&job->page, drill_page_unref);
  g_clear_pointer (&job->previous, drill_route_table_unref);
  g_free (job);
}

static gboolean
read_on (DrillDecodeJob  *job,
         DrillDecoded    *decoded,
         GCancellable    *cancellable,
         GError         **error)
{
  if (job->until == 0)
    return TRUE;
  if (job->page != NULL && !drill_evidence_builder_begin (job->builder, job->page, error))
    return FALSE;

  do
    {
      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_CANCELLED, "cancelled");
          return FALSE;
        }
      if (!drill_evidence_builder_step (job->builder, STEP, &decoded->report, &decoded->more, error))
        return FALSE;
    }
  while (decoded->more && decoded->report.n_bytes < job->until);

  return TRUE;
}

static void
decode_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  DrillDecodeJob *job = task_data;
  g_autoptr(DrillDecoded) decoded = g_new0 (DrillDecoded, 1);
  GError *error = NULL;

  decoded->report.total = -1;
  decoded->report.offset = -1;
  if (!read_on (job, decoded, cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  decoded->n_items = drill_evidence_builder_get_n_items (job->builder);
  if (decoded->n_items >= job->publish_at)
    {
      g_autoptr(DrillEvidence) evidence = drill_evidence_builder_snapshot (job->builder);

      decoded->table = drill_route_table_new (evidence, job->previous);
    }

  g_task_return_pointer (task, g_steal_pointer (&decoded), (GDestroyNotify) drill_decoded_free);
}

/**
 * drill_decode_async:
 * @job: what to do; copied
 * @source_object: (type GObject): on whose behalf
 * @cancellable: (nullable): looked at every few milliseconds
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * Reads a page, or a part of it, into a builder, and makes a table when that is
 * due, all in a worker thread. What was read before an error stays in the builder.
 */
void
drill_decode_async (const DrillDecodeJob *job,
                    gpointer              source_object,
                    GCancellable         *cancellable,
                    GAsyncReadyCallback   callback,
                    gpointer              user_data)
{
  g_autoptr(GTask) task = g_task_new (source_object, cancellable, callback, user_data);
  DrillDecodeJob *copy = g_new0 (DrillDecodeJob, 1);

  copy->builder = drill_evidence_builder_ref (job->builder);
  copy->page = job->page != NULL ? drill_page_ref (job->page) : NULL;
  copy->until = job->until;
  copy->publish_at = job->publish_at;
  copy->previous = job->previous != NULL ? drill_route_table_ref (job->previous) : NULL;

  g_task_set_source_tag (task, drill_decode_async);
  /* The answer counts even when Cancel came after it */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, copy, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, decode_thread);
}

/**
 * drill_decode_finish:
 * @result: what the callback was given
 * @error: %DRILL_ERROR_BAD_INPUT, %DRILL_ERROR_TOO_LARGE or %DRILL_ERROR_CANCELLED
 *
 * Returns: (transfer full): what was done
 */
DrillDecoded *
drill_decode_finish (GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
drill_decoded_free (DrillDecoded *decoded)
{
  g_clear_pointer (&decoded->table, drill_route_table_unref);
  g_free (decoded);
}

typedef struct {
  DrillRouteTable *table;
  DrillEvidenceBuilder *builder;
} Discard;

static void
discard_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Discard *discard = task_data;

  g_clear_pointer (&discard->table, drill_route_table_unref);
  g_clear_pointer (&discard->builder, drill_evidence_builder_unref);
  g_task_return_boolean (task, TRUE);
}

/**
 * drill_discard:
 * @table: (nullable) (transfer full): a snapshot that is not wanted any more
 * @builder: (nullable) (transfer full): a builder that is not
 *
 * Lets go of them in a worker thread: the last holder of a million routes gives
 * back half a gigabyte, which takes longer than a frame.
 */
void
drill_discard (DrillRouteTable      *table,
               DrillEvidenceBuilder *builder)
{
  g_autoptr(GTask) task = NULL;
  Discard *discard;

  if (table == NULL && builder == NULL)
    return;

  discard = g_new0 (Discard, 1);
  discard->table = table;
  discard->builder = builder;
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, drill_discard);
  g_task_set_task_data (task, discard, g_free);
  g_task_run_in_thread (task, discard_thread);
}
