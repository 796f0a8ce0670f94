// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-delivery-operation.h"

#include "base/drill-error.h"
#include "evidence/drill-json-member.h"
#include "evidence/drill-json.h"
#include "session/drill-delivery-results.h"
#include "session/drill-delivery-search.h"
#include "session/drill-operation-private.h"
#include "session/drill-operation-request.h"

#define KIND "delivery"

struct _DrillDeliveryOperation
{
  DrillOperation parent_instance;

  char *schedule_id;
  char *provider;
  char *owner;
  char *providers;
  char *actor;
  char *cadence;
  char *schedule_ref;
  char *next_delivery_at;
  GStrv requested; /* @providers, each */

  DrillOutcome outcome;
  GError *lost; /* why the answer was lost, while this run looks for it */
  gboolean success;
  GPtrArray *results; /* (element-type DrillDeliveryResult) */
  char *audit_id;
  char *delivery_id;
  GBytes *package;

  GHashTable *known;        /* (element-type utf8): ids of the items there were before it was sent */
  DrillDeliveryTrace trace; /* what the last look has found */
};

G_DEFINE_FINAL_TYPE (DrillDeliveryOperation, drill_delivery_operation, DRILL_TYPE_OPERATION)

/* The texts of a request, and their names in the journal */
static const struct
{
  const char *name;
  gsize       offset;
} fields[] = {
  { "schedule_id", G_STRUCT_OFFSET (DrillDeliveryOperation, schedule_id) },
  { "provider", G_STRUCT_OFFSET (DrillDeliveryOperation, provider) },
  { "owner", G_STRUCT_OFFSET (DrillDeliveryOperation, owner) },
  { "providers", G_STRUCT_OFFSET (DrillDeliveryOperation, providers) },
  { "actor", G_STRUCT_OFFSET (DrillDeliveryOperation, actor) },
  { "cadence", G_STRUCT_OFFSET (DrillDeliveryOperation, cadence) },
  { "schedule_ref", G_STRUCT_OFFSET (DrillDeliveryOperation, schedule_ref) },
  { "next_delivery_at", G_STRUCT_OFFSET (DrillDeliveryOperation, next_delivery_at) },
};

static const char *const known_kinds[] = {
  DRILL_KIND_DELIVERY, DRILL_KIND_DELIVERY_PLAN, NULL,
};

static void
set_outcome (DrillDeliveryOperation *self,
             DrillOutcome            outcome)
{
  self->outcome = outcome;
  drill_operation_changed (DRILL_OPERATION (self));
}

static void
set_text (char       **text,
          const char  *value)
{
  g_free (*text);
  *text = value != NULL && *value != '\0' ? g_strdup (value) : NULL;
}

static gboolean
all_delivered (DrillDeliveryOperation *self)
{
  for (guint i = 0; i < self->results->len; i++)
    if (((DrillDeliveryResult *) g_ptr_array_index (self->results, i))->delivered != DRILL_DELIVERED_YES)
      return FALSE;

  return self->results->len > 0;
}

static void
take_results (DrillDeliveryOperation *self,
              GPtrArray              *results) /* transfer full */
{
  g_ptr_array_unref (self->results);
  self->results = results;
}

/* What the journal is told */

static GVariant *
describe_operation (DrillDeliveryOperation *self)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "kind", "s", KIND);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    g_variant_dict_insert (&dict, fields[i].name, "s", G_STRUCT_MEMBER (char *, self, fields[i].offset));

  return g_variant_dict_end (&dict);
}

static GVariant *
describe_outcome (DrillDeliveryOperation *self)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "step", "s", "outcome");
  g_variant_dict_insert (&dict, "outcome", "s", drill_outcome_to_text (self->outcome));

  return g_variant_dict_end (&dict);
}

/* What it does */

/* @error: (transfer full) (nullable) */
static void
end (GTask                *task, /* transfer full */
     DrillOperationStatus  status,
     GError               *error)
{
  DrillDeliveryOperation *self = g_task_get_source_object (task);

  g_clear_error (&self->lost);
  drill_operation_end (DRILL_OPERATION (self), status, error);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* @error: (transfer full) (nullable): why it is not recorded */
static void
conclude (GTask                *task, /* transfer full */
          DrillOutcome          outcome,
          DrillOperationStatus  status,
          GError               *error)
{
  DrillDeliveryOperation *self = g_task_get_source_object (task);

  if (outcome == DRILL_OUTCOME_PENDING || outcome == DRILL_OUTCOME_FAILED)
    g_ptr_array_set_size (self->results, 0);
  set_outcome (self, outcome);
  /* What the journal does not take is checked at the next start, and found to be so */
  drill_operation_append (DRILL_OPERATION (self), describe_outcome (self), NULL);
  end (task, status, error);
}

static gboolean
look_cb (DrillOperation *operation,
         DrillEvidence  *evidence)
{
  DrillDeliveryOperation *self = DRILL_DELIVERY_OPERATION (operation);
  const DrillDeliveryWanted wanted = {
    .scope = { self->schedule_id, self->provider, self->owner },
    .requested = (const char *const *) self->requested,
    .actor = drill_writer_get_recorded_as (drill_operation_get_writer (operation), self->actor),
    .known = self->known,
  };

  drill_delivery_trace_clear (&self->trace);
  drill_delivery_search (evidence, &wanted, &self->trace);

  /* Where nothing was selected, nothing more will come */
  return self->trace.delivery != NULL || (self->trace.is_new && self->trace.n_selected == 0);
}

static void
take_trace (DrillDeliveryOperation *self)
{
  set_text (&self->audit_id, self->trace.audit_id);
  set_text (&self->delivery_id, self->trace.delivery_id);
  if (self->trace.package != NULL)
    {
      g_clear_pointer (&self->package, g_bytes_unref);
      self->package = g_bytes_ref (self->trace.package);
    }
  take_results (self, drill_delivery_results_from_items ((const char *const *) self->requested,
                                                         self->trace.plan, self->trace.delivery));
  self->success = self->trace.delivery != NULL && all_delivered (self);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  DrillDeliveryOperation *self = DRILL_DELIVERY_OPERATION (object);
  GTask *task = user_data;
  GError *error = NULL;
  gboolean found;

  if (!drill_operation_look_finish (DRILL_OPERATION (self), result, &found, &error))
    {
      end (task, DRILL_OPERATION_STOPPED, error);
      return;
    }

  if (self->trace.plan != NULL && (found || self->trace.is_new))
    take_trace (self);

  if (found)
    {
      conclude (task, DRILL_OUTCOME_RECORDED, DRILL_OPERATION_DONE, NULL);
    }
  else if (self->trace.is_new)
    {
      error = self->lost != NULL ? g_error_copy (self->lost)
                                 : g_error_new_literal (DRILL_ERROR, DRILL_ERROR_TIMED_OUT,
                                                        "the service has planned it, and not recorded how it ended");
      conclude (task, DRILL_OUTCOME_UNKNOWN, DRILL_OPERATION_STOPPED, error);
    }
  else if (self->lost != NULL &&
           (g_error_matches (self->lost, DRILL_ERROR, DRILL_ERROR_TIMED_OUT) || self->trace.plan != NULL))
    {
      /* It may not have got to writing anything down; or what it would write down first looks like what
       * is there of the last time. */
      conclude (task, DRILL_OUTCOME_UNKNOWN, DRILL_OPERATION_STOPPED, g_error_copy (self->lost));
    }
  else
    {
      error = self->lost != NULL ? g_error_copy (self->lost)
                                 : g_error_new_literal (DRILL_ERROR, DRILL_ERROR_NOT_FOUND,
                                                        "the service has no record of it");
      conclude (task, DRILL_OUTCOME_FAILED, DRILL_OPERATION_STOPPED, error);
    }
}

static void
look (GTask *task) /* transfer full */
{
  DrillDeliveryOperation *self = g_task_get_source_object (task);

  if (self->results->len == 0)
    take_results (self, drill_delivery_results_unknown ((const char *const *) self->requested));
  set_outcome (self, DRILL_OUTCOME_UNKNOWN);
  drill_operation_look_async (DRILL_OPERATION (self), look_cb, g_task_get_cancellable (task), looked_cb, task);
}

/* Returns: whether the answer is one */
static gboolean
read_answer (DrillDeliveryOperation *self,
             GBytes                 *answer)
{
  g_autoptr(JsonNode) root = drill_json_parse (answer, NULL);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonObject *plan = drill_delivery_get_object (object, "delivery_plan");
  JsonNode *success;

  if (plan == NULL || !json_object_has_member (object, "success"))
    return FALSE;

  success = json_object_get_member (object, "success");
  set_text (&self->audit_id, drill_json_get_string (plan, "audit_id"));
  set_text (&self->delivery_id, drill_json_get_string (plan, "delivery_id"));
  g_clear_pointer (&self->package, g_bytes_unref);
  self->package = drill_json_find_object (answer, "audit_package");
  take_results (self, drill_delivery_results_new ((const char *const *) self->requested, object));
  self->success = all_delivered (self) && JSON_NODE_HOLDS_VALUE (success) &&
                  json_node_get_value_type (success) == G_TYPE_BOOLEAN && json_node_get_boolean (success);

  return TRUE;
}

static void
requested_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  DrillDeliveryOperation *self = DRILL_DELIVERY_OPERATION (object);
  GTask *task = user_data;
  GError *error = NULL;
  gboolean maybe_done;
  g_autoptr(GBytes) answer = drill_operation_request_finish (DRILL_OPERATION (self), result, &maybe_done, &error);

  if (answer != NULL && !read_answer (self, answer))
    {
      maybe_done = TRUE;
      g_set_error_literal (&error, DRILL_ERROR, DRILL_ERROR_BAD_REPLY, "the answer has no delivery plan");
    }

  if (error == NULL)
    {
      conclude (task, DRILL_OUTCOME_RECORDED, DRILL_OPERATION_DONE, NULL);
    }
  else if (maybe_done)
    {
      self->lost = error;
      look (task);
    }
  else if (drill_operation_is_refusal (error))
    {
      conclude (task, DRILL_OUTCOME_FAILED, DRILL_OPERATION_DONE, error);
    }
  else
    {
      conclude (task, DRILL_OUTCOME_PENDING, DRILL_OPERATION_STOPPED, error);
    }
}

static void
send_it (GTask *task) /* transfer full */
{
  DrillDeliveryOperation *self = g_task_get_source_object (task);
  const DrillPackageScope scope = { self->schedule_id, self->provider, self->owner };
  const DrillDeliveryTerms terms = {
    .providers = self->providers,
    .actor = self->actor,
    .cadence = self->cadence,
    .schedule_ref = self->schedule_ref,
    .next_delivery_at = self->next_delivery_at,
  };
  g_autoptr(DrillWrite) write = NULL;
  GError *error = NULL;

  g_hash_table_remove_all (self->known);
  if (!drill_operation_announce (DRILL_OPERATION (self), describe_operation (self), NULL, known_kinds, self->known,
                                 g_task_get_cancellable (task), &error))
    {
      end (task, DRILL_OPERATION_STOPPED, error);
      return;
    }

  drill_operation_set_status (DRILL_OPERATION (self), DRILL_OPERATION_RUNNING);
  g_ptr_array_set_size (self->results, 0);
  set_outcome (self, DRILL_OUTCOME_SENT);
  write = drill_write_new_delivery (&scope, &terms);
  drill_operation_request_async (DRILL_OPERATION (self), write, g_task_get_cancellable (task), requested_cb, task);
}

static GTask *
start (DrillOperation      *operation,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (operation, cancellable, callback, user_data);

  g_task_set_source_tag (task, start);
  g_task_set_check_cancellable (task, FALSE);

  return task;
}

static void
drill_delivery_operation_run_async (DrillOperation      *operation,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  DrillDeliveryOperation *self = DRILL_DELIVERY_OPERATION (operation);
  GTask *task = start (operation, cancellable, callback, user_data);

  switch (self->outcome)
    {
    case DRILL_OUTCOME_UNKNOWN:
      /* Whether to send it again, should it not be there, is asked for anew */
      look (task);
      break;

    case DRILL_OUTCOME_PENDING:
    case DRILL_OUTCOME_FAILED:
      send_it (task);
      break;

    default:
      end (task, DRILL_OPERATION_DONE, NULL);
      break;
    }
}

static void
drill_delivery_operation_check_async (DrillOperation      *operation,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  DrillDeliveryOperation *self = DRILL_DELIVERY_OPERATION (operation);
  GTask *task = start (operation, cancellable, callback, user_data);

  if (self->outcome == DRILL_OUTCOME_UNKNOWN)
    look (task);
  else
    end (task, self->outcome == DRILL_OUTCOME_RECORDED ? DRILL_OPERATION_DONE : DRILL_OPERATION_STOPPED, NULL);
}

static gboolean
drill_delivery_operation_run_finish (DrillOperation  *operation,
                                     GAsyncResult    *result,
                                     GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, operation), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
drill_delivery_operation_finalize (GObject *object)
{
  DrillDeliveryOperation *self = DRILL_DELIVERY_OPERATION (object);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    g_free (G_STRUCT_MEMBER (char *, self, fields[i].offset));
  g_strfreev (self->requested);
  g_clear_error (&self->lost);
  g_ptr_array_unref (self->results);
  g_free (self->audit_id);
  g_free (self->delivery_id);
  g_clear_pointer (&self->package, g_bytes_unref);
  g_hash_table_unref (self->known);
  drill_delivery_trace_clear (&self->trace);

  G_OBJECT_CLASS (drill_delivery_operation_parent_class)->finalize (object);
}

static void
drill_delivery_operation_class_init (DrillDeliveryOperationClass *klass)
{
  DrillOperationClass *operation_class = DRILL_OPERATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = drill_delivery_operation_finalize;
  operation_class->run_async = drill_delivery_operation_run_async;
  operation_class->run_finish = drill_delivery_operation_run_finish;
  operation_class->check_async = drill_delivery_operation_check_async;
}

static void
drill_delivery_operation_init (DrillDeliveryOperation *self)
{
  self->results = g_ptr_array_new ();
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static char *
dup_text (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

/**
 * drill_delivery_operation_new:
 * @writer: where to
 * @scope: (nullable): what the package shall cover, %NULL for all
 * @terms: where to and how; copied
 *
 * Returns: (transfer full): an operation that has sent nothing yet
 */
DrillDeliveryOperation *
drill_delivery_operation_new (DrillWriter              *writer,
                              const DrillPackageScope  *scope,
                              const DrillDeliveryTerms *terms)
{
  DrillDeliveryOperation *self = g_object_new (DRILL_TYPE_DELIVERY_OPERATION, NULL);

  self->schedule_id = dup_text (scope != NULL ? scope->schedule_id : NULL);
  self->provider = dup_text (scope != NULL ? scope->provider : NULL);
  self->owner = dup_text (scope != NULL ? scope->owner : NULL);
  self->providers = dup_text (terms->providers);
  self->actor = dup_text (terms->actor);
  self->cadence = dup_text (terms->cadence);
  self->schedule_ref = dup_text (terms->schedule_ref);
  self->next_delivery_at = dup_text (terms->next_delivery_at);
  self->requested = drill_delivery_parse_providers (self->providers);
  drill_operation_set_up (DRILL_OPERATION (self), writer, NULL);

  return self;
}

static void
read_step (DrillDeliveryOperation *self,
           GVariant               *step)
{
  const char *name = NULL;
  const char *outcome = NULL;

  if (!g_variant_is_of_type (step, G_VARIANT_TYPE_VARDICT) || !g_variant_lookup (step, "step", "&s", &name))
    return;

  if (g_str_equal (name, "sent"))
    {
      g_hash_table_remove_all (self->known);
      drill_operation_read_known (step, self->known);
      self->outcome = DRILL_OUTCOME_UNKNOWN;
    }
  else if (g_str_equal (name, "outcome") && g_variant_lookup (step, "outcome", "&s", &outcome))
    {
      DrillOutcome value = drill_outcome_from_text (outcome);

      /* A recorded one is looked for once more: how it went is in the history */
      self->outcome = value == DRILL_OUTCOME_PENDING || value == DRILL_OUTCOME_FAILED ? value : DRILL_OUTCOME_UNKNOWN;
    }
}

/**
 * drill_delivery_operation_new_from_journal:
 * @writer: where to
 * @entry: what was cut off
 * @error: %DRILL_ERROR_BAD_INPUT when it is something else
 *
 * Returns: (transfer full) (nullable): the operation, to be checked first
 */
DrillDeliveryOperation *
drill_delivery_operation_new_from_journal (DrillWriter        *writer,
                                           DrillJournalEntry  *entry,
                                           GError            **error)
{
  g_autoptr(DrillDeliveryOperation) self = g_object_new (DRILL_TYPE_DELIVERY_OPERATION, NULL);
  GVariant *operation = drill_journal_entry_get_operation (entry);
  GPtrArray *steps = drill_journal_entry_get_steps (entry);
  const char *kind = NULL;
  gboolean complete = g_variant_is_of_type (operation, G_VARIANT_TYPE_VARDICT) &&
                      g_variant_lookup (operation, "kind", "&s", &kind) && g_str_equal (kind, KIND);

  for (gsize i = 0; complete && i < G_N_ELEMENTS (fields); i++)
    complete = g_variant_lookup (operation, fields[i].name, "s", &G_STRUCT_MEMBER (char *, self, fields[i].offset));
  if (!complete)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "not the record of a delivery");
      return NULL;
    }

  self->requested = drill_delivery_parse_providers (self->providers);
  for (guint i = 0; i < steps->len; i++)
    read_step (self, g_ptr_array_index (steps, i));
  if (self->outcome == DRILL_OUTCOME_UNKNOWN)
    take_results (self, drill_delivery_results_unknown ((const char *const *) self->requested));
  drill_operation_set_up (DRILL_OPERATION (self), writer, entry);

  return g_steal_pointer (&self);
}

void
drill_delivery_operation_get_scope (DrillDeliveryOperation *self,
                                    DrillPackageScope      *scope)
{
  g_return_if_fail (DRILL_IS_DELIVERY_OPERATION (self));

  *scope = (DrillPackageScope) { self->schedule_id, self->provider, self->owner };
}

const char *
drill_delivery_operation_get_providers (DrillDeliveryOperation *self)
{
  g_return_val_if_fail (DRILL_IS_DELIVERY_OPERATION (self), "");

  return self->providers;
}

DrillOutcome
drill_delivery_operation_get_outcome (DrillDeliveryOperation *self)
{
  g_return_val_if_fail (DRILL_IS_DELIVERY_OPERATION (self), DRILL_OUTCOME_UNKNOWN);

  return self->outcome;
}

gboolean
drill_delivery_operation_get_success (DrillDeliveryOperation *self)
{
  g_return_val_if_fail (DRILL_IS_DELIVERY_OPERATION (self), FALSE);

  return self->outcome == DRILL_OUTCOME_RECORDED && self->success;
}

guint
drill_delivery_operation_get_n_results (DrillDeliveryOperation *self)
{
  g_return_val_if_fail (DRILL_IS_DELIVERY_OPERATION (self), 0);

  return self->results->len;
}

const DrillDeliveryResult *
drill_delivery_operation_get_result (DrillDeliveryOperation *self,
                                     guint                   i)
{
  g_return_val_if_fail (DRILL_IS_DELIVERY_OPERATION (self) && i < self->results->len, NULL);

  return g_ptr_array_index (self->results, i);
}

const char *
drill_delivery_operation_get_audit_id (DrillDeliveryOperation *self)
{
  g_return_val_if_fail (DRILL_IS_DELIVERY_OPERATION (self), NULL);

  return self->audit_id;
}

const char *
drill_delivery_operation_get_delivery_id (DrillDeliveryOperation *self)
{
  g_return_val_if_fail (DRILL_IS_DELIVERY_OPERATION (self), NULL);

  return self->delivery_id;
}

GBytes *
drill_delivery_operation_get_package (DrillDeliveryOperation *self)
{
  g_return_val_if_fail (DRILL_IS_DELIVERY_OPERATION (self), NULL);

  return self->package;
}
