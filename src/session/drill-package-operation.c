// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-package-operation.h"

#include "base/drill-error.h"
#include "evidence/drill-json-member.h"
#include "evidence/drill-json.h"
#include "session/drill-operation-private.h"
#include "session/drill-operation-request.h"

#define KIND "package"

/* One package to be made */
typedef struct {
  char *schedule_id;
  char *provider;
  char *owner;
  DrillOutcome outcome;
  GError *error;
  GBytes *package;
  char *audit_id;  /* of one that was recorded before the program was started */
  gboolean absent; /* and is not in the history either */
} Wanted;

struct _DrillPackageOperation
{
  DrillOperation parent_instance;

  GPtrArray *wanted; /* (element-type Wanted) */
  char *actor;
  GHashTable *known; /* (element-type utf8): ids of the package items there were before what was sent last */
  guint at;          /* the one at hand */
};

G_DEFINE_FINAL_TYPE (DrillPackageOperation, drill_package_operation, DRILL_TYPE_OPERATION)

static const char *const known_kinds[] = { DRILL_KIND_PACKAGE, NULL };

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->schedule_id);
  g_free (wanted->provider);
  g_free (wanted->owner);
  g_clear_error (&wanted->error);
  g_clear_pointer (&wanted->package, g_bytes_unref);
  g_free (wanted->audit_id);
  g_free (wanted);
}

static Wanted *
get_wanted (DrillPackageOperation *self,
            guint                  i)
{
  return g_ptr_array_index (self->wanted, i);
}

static void
add_wanted (DrillPackageOperation *self,
            const char            *schedule_id,
            const char            *provider,
            const char            *owner)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->schedule_id = g_strdup (schedule_id != NULL ? schedule_id : "");
  wanted->provider = g_strdup (provider != NULL ? provider : "");
  wanted->owner = g_strdup (owner != NULL ? owner : "");
  g_ptr_array_add (self->wanted, wanted);
}

static void
set_outcome (DrillPackageOperation *self,
             guint                  i,
             DrillOutcome           outcome,
             const GError          *error)
{
  Wanted *wanted = get_wanted (self, i);
  guint n_done = 0;

  g_clear_error (&wanted->error);
  if (error != NULL)
    wanted->error = g_error_copy (error);
  wanted->outcome = outcome;

  for (guint n = 0; n < self->wanted->len; n++)
    n_done += get_wanted (self, n)->outcome == DRILL_OUTCOME_RECORDED ||
              get_wanted (self, n)->outcome == DRILL_OUTCOME_FAILED;
  drill_operation_set_progress (DRILL_OPERATION (self), (double) n_done / MAX (self->wanted->len, 1));
  drill_operation_changed (DRILL_OPERATION (self));
}

/* What the journal is told */

static GVariant *
describe_operation (DrillPackageOperation *self)
{
  GVariantDict dict;
  GVariantBuilder scopes;

  g_variant_builder_init (&scopes, G_VARIANT_TYPE ("a(sss)"));
  for (guint i = 0; i < self->wanted->len; i++)
    {
      Wanted *wanted = get_wanted (self, i);

      g_variant_builder_add (&scopes, "(sss)", wanted->schedule_id, wanted->provider, wanted->owner);
    }

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "kind", "s", KIND);
  g_variant_dict_insert_value (&dict, "scopes", g_variant_builder_end (&scopes));
  g_variant_dict_insert (&dict, "actor", "s", self->actor);

  return g_variant_dict_end (&dict);
}

static GVariant *
describe_outcome (DrillPackageOperation *self)
{
  Wanted *wanted = get_wanted (self, self->at);
  g_autoptr(JsonNode) root = wanted->package != NULL ? drill_json_parse (wanted->package, NULL) : NULL;
  JsonObject *package = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "step", "s", "outcome");
  g_variant_dict_insert (&dict, "index", "u", self->at);
  g_variant_dict_insert (&dict, "outcome", "s", drill_outcome_to_text (wanted->outcome));
  if (wanted->outcome == DRILL_OUTCOME_RECORDED)
    g_variant_dict_insert (&dict, "audit_id", "s", drill_json_get_string (package, "audit_id"));

  return g_variant_dict_end (&dict);
}

/* What is in the evidence */

static gboolean
is_wanted (DrillPackageOperation *self,
           const Wanted          *wanted,
           JsonObject            *item)
{
  const char *actor = drill_writer_get_recorded_as (drill_operation_get_writer (DRILL_OPERATION (self)), self->actor);
  JsonNode *node = json_object_get_member (item, "acknowledgement_audit_package");
  JsonObject *package = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *filters_node = package != NULL ? json_object_get_member (package, "filters") : NULL;
  JsonObject *filters = filters_node != NULL && JSON_NODE_HOLDS_OBJECT (filters_node)
                        ? json_node_get_object (filters_node) : NULL;

  /* Its id is a hash of all it holds */
  if (wanted->audit_id != NULL)
    return package != NULL && g_str_equal (drill_json_get_string (package, "audit_id"), wanted->audit_id);

  return filters != NULL &&
         g_str_equal (drill_json_get_string (filters, "schedule_id"), wanted->schedule_id) &&
         g_str_equal (drill_json_get_string (filters, "provider"), wanted->provider) &&
         g_str_equal (drill_json_get_string (filters, "owner"), wanted->owner) &&
         (*actor == '\0' || g_str_equal (drill_json_get_string (package, "generated_by"), actor));
}

/* A package of this scope that was not there before it was asked for, or the one whose id is in the journal */
static gboolean
look_cb (DrillOperation *operation,
         DrillEvidence  *evidence)
{
  DrillPackageOperation *self = DRILL_PACKAGE_OPERATION (operation);
  Wanted *wanted = get_wanted (self, self->at);
  const DrillItem *items = drill_evidence_get_items (evidence);
  guint32 kind = drill_evidence_find_text (evidence, DRILL_DICT_KIND, DRILL_KIND_PACKAGE);

  for (guint32 i = 0; kind != DRILL_NONE && i < drill_evidence_get_n_items (evidence); i++)
    {
      g_autoptr(JsonObject) item = NULL;
      g_autoptr(GBytes) bytes = NULL;

      if (items[i].kind != kind)
        continue;
      if (wanted->audit_id == NULL &&
          g_hash_table_contains (self->known, drill_evidence_get_text (evidence, DRILL_DICT_TEXT, items[i].session_id)))
        continue;

      item = drill_evidence_get_item_object (evidence, i, NULL);
      if (item == NULL || !is_wanted (self, wanted, item))
        continue;

      bytes = drill_evidence_get_item_bytes (evidence, i);
      g_clear_pointer (&wanted->package, g_bytes_unref);
      wanted->package = drill_json_find_object (bytes, "acknowledgement_audit_package");
      return wanted->package != NULL;
    }

  return FALSE;
}

/* What it does */

static void next (GTask *task);

/* @error: (transfer full) (nullable) */
static void
end (GTask                *task, /* transfer full */
     DrillOperationStatus  status,
     GError               *error)
{
  drill_operation_end (g_task_get_source_object (task), status, error);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* After an outcome: on with the next one, or to the end when the journal does not take it */
static void
record (GTask        *task, /* transfer full */
        DrillOutcome  outcome,
        const GError *why)
{
  DrillPackageOperation *self = g_task_get_source_object (task);
  GError *error = NULL;

  set_outcome (self, self->at, outcome, why);
  if (drill_operation_append (DRILL_OPERATION (self), describe_outcome (self), &error))
    next (task);
  else
    end (task, DRILL_OPERATION_STOPPED, error);
}

/* Nothing of it is on the service, and trying the others makes no sense either */
static void
stop (GTask  *task,  /* transfer full */
      GError *error) /* transfer full */
{
  DrillPackageOperation *self = g_task_get_source_object (task);

  set_outcome (self, self->at, DRILL_OUTCOME_PENDING, error);
  /* What the journal does not take here is checked at the next start, and found to be so */
  drill_operation_append (DRILL_OPERATION (self), describe_outcome (self), NULL);
  end (task, DRILL_OPERATION_STOPPED, error);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  DrillPackageOperation *self = DRILL_PACKAGE_OPERATION (object);
  GTask *task = user_data;
  gboolean only_check = g_task_get_task_data (task) != NULL;
  Wanted *wanted = get_wanted (self, self->at);
  GError *error = NULL;
  gboolean found;

  if (!drill_operation_look_finish (DRILL_OPERATION (self), result, &found, &error))
    {
      if (wanted->audit_id == NULL)
        set_outcome (self, self->at, DRILL_OUTCOME_UNKNOWN, error);
      end (task, DRILL_OPERATION_STOPPED, error);
      return;
    }

  if (wanted->audit_id != NULL)
    {
      wanted->absent = !found;
      drill_operation_changed (DRILL_OPERATION (self));
      next (task);
    }
  else if (found)
    {
      record (task, DRILL_OUTCOME_RECORDED, NULL);
    }
  else if (only_check || wanted->error == NULL)
    {
      record (task, DRILL_OUTCOME_PENDING, wanted->error);
    }
  else
    {
      /* Lost just now: whether to send it again is for a person to say */
      stop (task, g_error_copy (wanted->error));
    }
}

/* @error: (nullable): why the answer was lost, when that was just now */
static void
look (GTask        *task, /* transfer full */
      const GError *error)
{
  DrillPackageOperation *self = g_task_get_source_object (task);

  if (get_wanted (self, self->at)->audit_id == NULL)
    set_outcome (self, self->at, DRILL_OUTCOME_UNKNOWN, error);
  drill_operation_look_async (DRILL_OPERATION (self), look_cb, g_task_get_cancellable (task), looked_cb, task);
}

static void
requested_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  DrillPackageOperation *self = DRILL_PACKAGE_OPERATION (object);
  GTask *task = user_data;
  Wanted *wanted = get_wanted (self, self->at);
  g_autoptr(GError) error = NULL;
  gboolean maybe_done;
  g_autoptr(GBytes) answer = drill_operation_request_finish (DRILL_OPERATION (self), result, &maybe_done, &error);

  if (answer != NULL)
    {
      g_clear_pointer (&wanted->package, g_bytes_unref);
      wanted->package = drill_json_find_object (answer, "audit_package");
      if (wanted->package == NULL)
        {
          maybe_done = TRUE;
          g_set_error_literal (&error, DRILL_ERROR, DRILL_ERROR_BAD_REPLY, "the answer has no audit package");
        }
    }

  if (error == NULL)
    record (task, DRILL_OUTCOME_RECORDED, NULL);
  else if (maybe_done)
    look (task, error);
  else if (drill_operation_is_refusal (error))
    record (task, DRILL_OUTCOME_FAILED, error);
  else
    stop (task, g_steal_pointer (&error));
}

static void
send_one (GTask *task) /* transfer full */
{
  DrillPackageOperation *self = g_task_get_source_object (task);
  Wanted *wanted = get_wanted (self, self->at);
  DrillPackageScope scope = { wanted->schedule_id, wanted->provider, wanted->owner };
  g_autoptr(DrillWrite) write = NULL;
  GError *error = NULL;

  /* The ids that were not written down for an earlier one: all together there may be many. */
  if (!drill_operation_announce (DRILL_OPERATION (self), describe_operation (self),
                                 g_variant_new_parsed ("{'index': <%u>}", self->at), known_kinds, self->known,
                                 g_task_get_cancellable (task), &error))
    {
      end (task, DRILL_OPERATION_STOPPED, error);
      return;
    }

  drill_operation_set_status (DRILL_OPERATION (self), DRILL_OPERATION_RUNNING);
  set_outcome (self, self->at, DRILL_OUTCOME_SENT, NULL);
  write = drill_write_new_package (&scope, self->actor);
  drill_operation_request_async (DRILL_OPERATION (self), write, g_task_get_cancellable (task), requested_cb, task);
}

static gboolean
find_outcome (DrillPackageOperation *self,
              DrillOutcome           outcome)
{
  for (guint i = 0; i < self->wanted->len; i++)
    if (get_wanted (self, i)->outcome == outcome)
      {
        self->at = i;
        return TRUE;
      }

  return FALSE;
}

/* What a recovered one has on the service and not in hand: its bytes are in the history */
static gboolean
find_lost_package (DrillPackageOperation *self)
{
  for (guint i = 0; i < self->wanted->len; i++)
    {
      Wanted *wanted = get_wanted (self, i);

      if (wanted->outcome == DRILL_OUTCOME_RECORDED && wanted->package == NULL &&
          wanted->audit_id != NULL && !wanted->absent)
        {
          self->at = i;
          return TRUE;
        }
    }

  return FALSE;
}

static void
next (GTask *task) /* transfer full */
{
  DrillPackageOperation *self = g_task_get_source_object (task);
  gboolean only_check = g_task_get_task_data (task) != NULL;

  if (find_outcome (self, DRILL_OUTCOME_UNKNOWN) || find_lost_package (self))
    look (task, NULL);
  else if (!find_outcome (self, DRILL_OUTCOME_PENDING))
    {
      g_autoptr(GError) error = NULL;

      for (guint i = 0; error == NULL && i < self->wanted->len; i++)
        if (get_wanted (self, i)->error != NULL)
          error = g_error_copy (get_wanted (self, i)->error);
      end (task, DRILL_OPERATION_DONE, g_steal_pointer (&error));
    }
  else if (only_check)
    end (task, DRILL_OPERATION_STOPPED, NULL);
  else
    send_one (task);
}

static void
start (DrillOperation      *operation,
       gboolean             only_check,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  DrillPackageOperation *self = DRILL_PACKAGE_OPERATION (operation);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, start);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, GINT_TO_POINTER (only_check), NULL);

  /* What was refused is asked for once more when somebody says so */
  for (guint i = 0; !only_check && i < self->wanted->len; i++)
    if (get_wanted (self, i)->outcome == DRILL_OUTCOME_FAILED)
      set_outcome (self, i, DRILL_OUTCOME_PENDING, NULL);

  next (task);
}

static void
drill_package_operation_run_async (DrillOperation      *operation,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  start (operation, FALSE, cancellable, callback, user_data);
}

static void
drill_package_operation_check_async (DrillOperation      *operation,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  start (operation, TRUE, cancellable, callback, user_data);
}

static gboolean
drill_package_operation_run_finish (DrillOperation  *operation,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, operation), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
drill_package_operation_finalize (GObject *object)
{
  DrillPackageOperation *self = DRILL_PACKAGE_OPERATION (object);

  g_ptr_array_unref (self->wanted);
  g_hash_table_unref (self->known);
  g_free (self->actor);

  G_OBJECT_CLASS (drill_package_operation_parent_class)->finalize (object);
}

static void
drill_package_operation_class_init (DrillPackageOperationClass *klass)
{
  DrillOperationClass *operation_class = DRILL_OPERATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = drill_package_operation_finalize;
  operation_class->run_async = drill_package_operation_run_async;
  operation_class->run_finish = drill_package_operation_run_finish;
  operation_class->check_async = drill_package_operation_check_async;
}

static void
drill_package_operation_init (DrillPackageOperation *self)
{
  self->wanted = g_ptr_array_new_with_free_func (wanted_free);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * drill_package_operation_new:
 * @writer: where to
 * @scopes: (array length=n_scopes): one, or the parts of drill_package_plan_parts(); copied
 * @n_scopes: how many
 * @actor: (nullable): `generated_by`, for services without OIDC
 *
 * Returns: (transfer full): an operation that has sent nothing yet
 */
DrillPackageOperation *
drill_package_operation_new (DrillWriter             *writer,
                             const DrillPackageScope *scopes,
                             guint                    n_scopes,
                             const char              *actor)
{
  DrillPackageOperation *self = g_object_new (DRILL_TYPE_PACKAGE_OPERATION, NULL);

  self->actor = g_strdup (actor != NULL ? actor : "");
  for (guint i = 0; i < n_scopes; i++)
    add_wanted (self, scopes[i].schedule_id, scopes[i].provider, scopes[i].owner);
  drill_operation_set_up (DRILL_OPERATION (self), writer, NULL);

  return self;
}

static void
read_step (DrillPackageOperation *self,
           GVariant              *step)
{
  const char *name = NULL;
  const char *outcome = NULL;
  guint32 index;

  if (!g_variant_is_of_type (step, G_VARIANT_TYPE_VARDICT) ||
      !g_variant_lookup (step, "step", "&s", &name) ||
      !g_variant_lookup (step, "index", "u", &index) || index >= self->wanted->len)
    return;

  if (g_str_equal (name, "sent"))
    {
      drill_operation_read_known (step, self->known);
      get_wanted (self, index)->outcome = DRILL_OUTCOME_UNKNOWN;
    }
  else if (g_str_equal (name, "outcome") && g_variant_lookup (step, "outcome", "&s", &outcome))
    {
      DrillOutcome value = drill_outcome_from_text (outcome);

      get_wanted (self, index)->outcome = value < DRILL_N_OUTCOMES && value != DRILL_OUTCOME_SENT
                                          ? value : DRILL_OUTCOME_UNKNOWN;
      if (value == DRILL_OUTCOME_RECORDED)
        g_variant_lookup (step, "audit_id", "s", &get_wanted (self, index)->audit_id);
    }
}

/**
 * drill_package_operation_new_from_journal:
 * @writer: where to
 * @entry: what was cut off
 * @error: %DRILL_ERROR_BAD_INPUT when it is something else
 *
 * Returns: (transfer full) (nullable): the operation, to be checked or run; which packages it
 *   has is known only after that
 */
DrillPackageOperation *
drill_package_operation_new_from_journal (DrillWriter        *writer,
                                          DrillJournalEntry  *entry,
                                          GError            **error)
{
  g_autoptr(DrillPackageOperation) self = g_object_new (DRILL_TYPE_PACKAGE_OPERATION, NULL);
  GVariant *operation = drill_journal_entry_get_operation (entry);
  GPtrArray *steps = drill_journal_entry_get_steps (entry);
  g_autoptr(GVariant) scopes = NULL;
  const char *kind = NULL;

  if (g_variant_is_of_type (operation, G_VARIANT_TYPE_VARDICT) &&
      g_variant_lookup (operation, "kind", "&s", &kind) && g_str_equal (kind, KIND) &&
      g_variant_lookup (operation, "actor", "s", &self->actor))
    scopes = g_variant_lookup_value (operation, "scopes", G_VARIANT_TYPE ("a(sss)"));
  if (scopes == NULL)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "not the record of an audit package");
      return NULL;
    }

  for (gsize i = 0; i < g_variant_n_children (scopes); i++)
    {
      const char *schedule_id, *provider, *owner;

      g_variant_get_child (scopes, i, "(&s&s&s)", &schedule_id, &provider, &owner);
      add_wanted (self, schedule_id, provider, owner);
    }
  for (guint i = 0; i < steps->len; i++)
    read_step (self, g_ptr_array_index (steps, i));
  drill_operation_set_up (DRILL_OPERATION (self), writer, entry);

  return g_steal_pointer (&self);
}

guint
drill_package_operation_get_n_packages (DrillPackageOperation *self)
{
  g_return_val_if_fail (DRILL_IS_PACKAGE_OPERATION (self), 0);

  return self->wanted->len;
}

void
drill_package_operation_get_scope (DrillPackageOperation *self,
                                   guint                  i,
                                   DrillPackageScope     *scope)
{
  Wanted *wanted;

  g_return_if_fail (DRILL_IS_PACKAGE_OPERATION (self) && i < self->wanted->len);

  wanted = get_wanted (self, i);
  *scope = (DrillPackageScope) { wanted->schedule_id, wanted->provider, wanted->owner };
}

/**
 * drill_package_operation_get_outcome:
 * @self: an operation
 * @i: which of its packages
 * @error: (out) (optional) (nullable) (transfer none): why it is not %DRILL_OUTCOME_RECORDED
 *
 * Returns: %DRILL_OUTCOME_FAILED when the service refused it, %DRILL_OUTCOME_PENDING when it
 *   was not made and may be asked for again
 */
DrillOutcome
drill_package_operation_get_outcome (DrillPackageOperation  *self,
                                     guint                   i,
                                     const GError          **error)
{
  Wanted *wanted;

  g_return_val_if_fail (DRILL_IS_PACKAGE_OPERATION (self) && i < self->wanted->len, DRILL_OUTCOME_UNKNOWN);

  wanted = get_wanted (self, i);
  if (error != NULL)
    *error = wanted->error;

  return wanted->outcome;
}

GBytes *
drill_package_operation_get_package (DrillPackageOperation *self,
                                     guint                  i)
{
  g_return_val_if_fail (DRILL_IS_PACKAGE_OPERATION (self) && i < self->wanted->len, NULL);

  return get_wanted (self, i)->package;
}
