// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-package-check.h"

#include "evidence/drill-json.h"
#include "ui/audit/drill-audit-facts.h"
#include "ui/audit/drill-finding-lines.h"

typedef struct {
  GPtrArray     *packages;
  DrillEvidence *evidence;
} Work;

static void
work_free (Work *work)
{
  g_ptr_array_unref (work->packages);
  g_clear_pointer (&work->evidence, drill_evidence_unref);
  g_free (work);
}

static void
read_frame (DrillPackageCheck *check,
            GBytes            *package)
{
  g_autoptr(JsonNode) node = drill_json_parse (package, NULL);
  JsonObject *object = drill_package_unwrap (node);
  JsonNode *routes = object != NULL ? json_object_get_member (object, "routes") : NULL;

  if (object != NULL)
    check->audit_id = g_strdup (drill_json_get_string (object, "audit_id"));
  if (routes != NULL && JSON_NODE_HOLDS_ARRAY (routes))
    check->n_routes = json_array_get_length (json_node_get_array (routes));
}

/* What may be as large as any document is read once more only when it says so */
static gboolean
is_index (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr(JsonNode) node = NULL;

  if (g_strstr_len (data, (gssize) size, DRILL_PACKAGE_BUNDLE_SCHEMA) == NULL)
    return FALSE;

  node = drill_json_parse (bytes, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) &&
         g_strcmp0 (drill_json_get_string (json_node_get_object (node), "schema_version"), DRILL_PACKAGE_BUNDLE_SCHEMA) == 0;
}

static void
check_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Work *work = task_data;
  GPtrArray *checks = g_ptr_array_new_with_free_func ((GDestroyNotify) drill_package_check_free);

  for (guint i = 0; i < work->packages->len && !g_cancellable_is_cancelled (cancellable); i++)
    g_ptr_array_add (checks, drill_package_check_new (g_ptr_array_index (work->packages, i), work->evidence));

  g_task_return_pointer (task, checks, (GDestroyNotify) g_ptr_array_unref);
}

DrillPackageCheck *
drill_package_check_new (GBytes        *package,
                         DrillEvidence *evidence)
{
  DrillPackageCheck *check = g_new0 (DrillPackageCheck, 1);
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(GError) error = NULL;

  check->verdict = drill_package_verify (package, &findings, &error);
  check->unreadable = error != NULL;
  check->findings = drill_finding_lines (findings, error);

  if (check->verdict == DRILL_VERDICT_NOT_A_PACKAGE)
    {
      check->is_index = !check->unreadable && is_index (package);
      check->facts = g_ptr_array_new ();
      return check;
    }

  check->facts = drill_audit_facts_of_package (package);
  read_frame (check, package);
  if (evidence != NULL)
    check->compared = drill_package_compare (package, evidence, &check->difference, NULL);

  return check;
}

void
drill_package_check_free (DrillPackageCheck *check)
{
  g_ptr_array_unref (check->findings);
  g_ptr_array_unref (check->facts);
  if (check->compared)
    drill_package_difference_clear (&check->difference);
  g_free (check->audit_id);
  g_free (check);
}

void
drill_package_check_async (GPtrArray           *packages,
                           DrillEvidence       *evidence,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->packages = g_ptr_array_ref (packages);
  work->evidence = evidence != NULL ? drill_evidence_ref (evidence) : NULL;
  g_task_set_source_tag (task, drill_package_check_async);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, check_thread);
}

GPtrArray *
drill_package_check_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, drill_package_check_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
