// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/drill-audit-facts.h"

#include <glib/gi18n-lib.h>

#include "base/drill-text.h"
#include "base/drill-time.h"
#include "evidence/drill-json-member.h"
#include "evidence/drill-json.h"
#include "ui/audit/drill-finding-lines.h"
#include "ui/common/drill-format.h"
#include "ui/common/drill-kind-names.h"
#include "ui/common/drill-label.h"

#define PACKAGE_MEMBER "acknowledgement_audit_package"

/* An item of a kind that is not known may have any number of fields; its JSON
 * has them all. */
#define MAX_FACTS 60

static void
fact_free (gpointer data)
{
  DrillAuditFact *fact = data;

  g_free (fact->name);
  g_free (fact->value);
  g_free (fact);
}

static void
result_free (gpointer data)
{
  DrillAuditResult *result = data;

  g_free (result->provider);
  g_free (result->state);
  g_free (result->detail);
  g_free (result);
}

static void
delivery_free (gpointer data)
{
  DrillAuditDelivery *delivery = data;

  g_free (delivery->state);
  g_ptr_array_unref (delivery->results);
  g_free (delivery);
}

/* Shapes are never taken for granted: all of these give NULL for what is not there. */

static JsonObject *
get_object (JsonObject *object,
            const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_array (JsonObject *object,
           const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static char *
dup_scalar (JsonNode *node)
{
  GType type;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    return drill_text_one_line (json_node_get_string (node));
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? _("yes") : _("no"));
  if (type == G_TYPE_INT64)
    return drill_format_count (json_node_get_int (node));
  if (type == G_TYPE_DOUBLE)
    return g_strdup_printf ("%g", json_node_get_double (node));

  return NULL;
}

static char *
dup_list (JsonArray *array)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint n_elements = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n_elements; i++)
    {
      g_autofree char *element = dup_scalar (json_array_get_element (array, i));

      if (element != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", element);
    }

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static void
take_fact (GPtrArray  *facts,
           const char *name,
           char       *value)
{
  DrillAuditFact *fact = g_new0 (DrillAuditFact, 1);

  fact->name = g_strdup (name);
  fact->value = value != NULL && *value != '\0' ? value : g_strdup ("–");
  if (fact->value != value)
    g_free (value);
  g_ptr_array_add (facts, fact);
}

static char *
dup_time (JsonObject *object,
          const char *member)
{
  const char *text = drill_json_get_string (object, member);
  gint64 us = drill_time_parse (text, -1);

  return us != DRILL_TIME_UNKNOWN ? drill_format_time_long (us) : drill_text_one_line (text);
}

static char *
dup_scope (JsonObject *filters)
{
  static const struct
  {
    const char *member;
    const char *name;
  } scopes[] = {
    /* Translators: a part of the list that says what a package covers; here and in the next ones %s is a name */
    { "schedule_id", N_("schedule %s") },
    { "provider", N_("provider %s") },
    { "owner", N_("owner %s") },
  };
  g_autoptr(GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      const char *value = drill_json_get_string (filters, scopes[i].member);
      g_autofree char *line = drill_text_one_line (value);
      g_auto(GStrv) parts = NULL;
      g_autofree char *scope = NULL;

      if (*line == '\0')
        continue;
      /* The format is translated: split it rather than print with it. */
      parts = g_strsplit (_(scopes[i].name), "%s", 2);
      scope = g_strjoinv (line, parts);
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", scope);
    }

  return g_strdup (text->len > 0 ? text->str : _("everything"));
}

static void
read_package_facts (GPtrArray  *facts,
                    JsonObject *package)
{
  static const struct
  {
    const char *member;
    const char *name;
  } counts[] = {
    { "route_count", NC_("count", "Routes") },
    { "acknowledgement_count", NC_("count", "Acknowledgements") },
    { "acknowledged_count", NC_("count", "Acknowledged") },
    { "resolved_count", NC_("count", "Resolved") },
    { "escalated_count", NC_("count", "Escalated") },
    { "dismissed_count", NC_("count", "Dismissed") },
    { "outstanding_count", NC_("count", "Outstanding") },
  };

  take_fact (facts, _("Audit id"), drill_text_one_line (drill_json_get_string (package, "audit_id")));
  take_fact (facts, _("Scope"), dup_scope (get_object (package, "filters")));
  take_fact (facts, _("Generated"), dup_time (package, "generated_at"));
  take_fact (facts, _("Generated by"), drill_text_one_line (drill_json_get_string (package, "generated_by")));
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    take_fact (facts, g_dpgettext2 (GETTEXT_PACKAGE, "count", counts[i].name), dup_scalar (json_object_get_member (package, counts[i].member)));
  take_fact (facts, _("Alert level"), drill_label_alert (drill_json_get_string (package, "alert_level")));
  take_fact (facts, _("Controls"), dup_list (get_array (package, "controls")));
}

static void
read_object_facts (GPtrArray  *facts,
                   JsonObject *object)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (facts->len < MAX_FACTS && json_object_iter_next_ordered (&iter, &member, &node))
    {
      g_autofree char *name = drill_kind_dup_name (member);

      if (JSON_NODE_HOLDS_ARRAY (node))
        {
          char *list = dup_list (json_node_get_array (node));

          if (list != NULL)
            take_fact (facts, name, list);
        }
      else if (JSON_NODE_HOLDS_VALUE (node))
        {
          take_fact (facts, name, g_str_has_suffix (member, "_at") ? dup_time (object, member) : dup_scalar (node));
        }
    }
}

/* What an item carries is in the one object that it holds (contract section 2). */
static JsonObject *
find_payload (JsonObject *item)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, item);
  while (json_object_iter_next_ordered (&iter, &member, &node))
    {
      if (JSON_NODE_HOLDS_OBJECT (node))
        return json_node_get_object (node);
    }

  return item;
}

static char *
dup_detail (gint64 status_code,
            gint64 n_attempts)
{
  g_autofree char *attempts = NULL;

  if (n_attempts >= 0)
    {
      guint n = (guint) MIN (n_attempts, G_MAXUINT);

      attempts = g_strdup_printf (ngettext ("%u attempt", "%u attempts", n), n);
    }

  if (status_code > 0 && attempts != NULL)
    /* Translators: an HTTP status code, then “2 attempts” */
    return g_strdup_printf (_("status %d, %s"), (int) MIN (status_code, G_MAXINT), attempts);
  if (status_code > 0)
    /* Translators: an HTTP status code */
    return g_strdup_printf (_("status %d"), (int) MIN (status_code, G_MAXINT));

  return attempts != NULL ? g_steal_pointer (&attempts) : g_strdup ("");
}

static void
take_result (GPtrArray  *results,
             const char *provider,
             gboolean    success,
             char       *detail)
{
  DrillAuditResult *result = g_new0 (DrillAuditResult, 1);

  result->provider = drill_text_one_line (provider);
  result->state = g_strdup (success ? "delivered" : "failed");
  result->detail = detail;
  g_ptr_array_add (results, result);
}

static gboolean
holds_text (JsonArray  *array,
            const char *text)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
          g_str_equal (json_node_get_string (node), text))
        return TRUE;
    }

  return FALSE;
}

/* The item's own lists, for services that keep no `deliveries[]`. */
static void
read_provider_lists (GPtrArray  *results,
                     JsonObject *item)
{
  JsonArray *providers = get_array (item, "providers");
  JsonArray *failed = get_array (item, "failed_providers");
  JsonArray *codes = get_array (item, "status_codes");

  for (guint i = 0; providers != NULL && i < json_array_get_length (providers); i++)
    {
      JsonNode *node = json_array_get_element (providers, i);
      JsonNode *code = codes != NULL && json_array_get_length (codes) == json_array_get_length (providers)
                       ? json_array_get_element (codes, i)
                       : NULL;
      const char *provider;

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        continue;
      provider = json_node_get_string (node);
      take_result (results, provider, !holds_text (failed, provider),
                   dup_detail (code != NULL && JSON_NODE_HOLDS_VALUE (code) ? json_node_get_int (code) : 0, -1));
    }
}

static void
read_delivery (DrillAuditFacts *facts,
               DrillEvidence   *evidence,
               guint32          row)
{
  const DrillItem *item = &drill_evidence_get_items (evidence)[row];
  g_autoptr(JsonObject) object = drill_evidence_get_item_object (evidence, row, NULL);
  JsonArray *deliveries = get_array (get_object (object, "delivery"), "deliveries");
  DrillAuditDelivery *delivery = g_new0 (DrillAuditDelivery, 1);

  delivery->item = row;
  delivery->state = g_strdup (drill_result_get_state (item->result));
  delivery->results = g_ptr_array_new_with_free_func (result_free);
  g_ptr_array_add (facts->deliveries, delivery);

  for (guint i = 0; deliveries != NULL && i < json_array_get_length (deliveries); i++)
    {
      JsonNode *node = json_array_get_element (deliveries, i);
      JsonObject *one = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonNode *success = one != NULL ? json_object_get_member (one, "success") : NULL;

      if (one != NULL)
        take_result (delivery->results, drill_json_get_string (one, "provider"),
                     success != NULL && JSON_NODE_HOLDS_VALUE (success) && json_node_get_boolean (success),
                     dup_detail (drill_json_get_int (one, "status_code", 0),
                                 drill_json_get_int (one, "attempt_count", -1)));
    }

  if (delivery->results->len == 0 && object != NULL)
    read_provider_lists (delivery->results, object);
}

static void
read_package (DrillAuditFacts *facts,
              DrillEvidence   *evidence,
              guint32          row)
{
  g_autoptr(GBytes) bytes = drill_evidence_get_item_bytes (evidence, row);
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(GError) error = NULL;

  facts->package = drill_json_find_object (bytes, PACKAGE_MEMBER);
  if (facts->package == NULL)
    return;

  g_ptr_array_unref (facts->facts);
  facts->facts = drill_audit_facts_of_package (facts->package);

  facts->verdict = drill_package_verify (facts->package, &findings, &error);
  g_ptr_array_unref (facts->findings);
  facts->findings = drill_finding_lines (findings, error);
}

static DrillAuditFacts *
read_facts (DrillAuditEntry *entry,
            GCancellable    *cancellable)
{
  DrillEvidence *evidence = drill_audit_entry_get_evidence (entry);
  GArray *rows = drill_audit_entry_get_items (entry);
  guint32 package = drill_audit_entry_get_package (entry);
  DrillAuditFacts *facts = g_new0 (DrillAuditFacts, 1);

  facts->facts = g_ptr_array_new_with_free_func (fact_free);
  facts->deliveries = g_ptr_array_new_with_free_func (delivery_free);
  facts->findings = g_ptr_array_new_with_free_func (g_free);

  if (package != DRILL_NONE)
    read_package (facts, evidence, package);

  for (guint i = 0; i < rows->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      guint32 row = g_array_index (rows, guint32, i);
      const DrillItem *item = &drill_evidence_get_items (evidence)[row];

      if (g_str_equal (drill_evidence_get_text (evidence, DRILL_DICT_KIND, item->kind), "release-connector-delivery"))
        read_delivery (facts, evidence, row);
    }

  if (facts->facts->len == 0 && rows->len > 0)
    {
      guint32 row = package != DRILL_NONE ? package : g_array_index (rows, guint32, 0);
      g_autoptr(JsonObject) object = drill_evidence_get_item_object (evidence, row, NULL);

      if (object != NULL)
        read_object_facts (facts->facts, find_payload (object));
    }

  return facts;
}

static void
read_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, read_facts (source_object, cancellable), (GDestroyNotify) drill_audit_facts_free);
}

/**
 * drill_audit_facts_of_package:
 * @package: an audit package, by itself or in the answer or the item it came in
 *
 * Returns: (transfer full) (element-type DrillAuditFact): what it says of itself; empty when it cannot be read
 */
GPtrArray *
drill_audit_facts_of_package (GBytes *package)
{
  static const char *const wrappers[] = { "audit_package", PACKAGE_MEMBER };
  g_autoptr(JsonNode) node = drill_json_parse (package, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  GPtrArray *facts = g_ptr_array_new_with_free_func (fact_free);

  for (gsize i = 0; i < G_N_ELEMENTS (wrappers); i++)
    if (get_object (object, wrappers[i]) != NULL)
      {
        object = get_object (object, wrappers[i]);
        break;
      }
  if (object != NULL)
    read_package_facts (facts, object);

  return facts;
}

/**
 * drill_audit_facts_free:
 * @facts: (transfer full): facts
 */
void
drill_audit_facts_free (DrillAuditFacts *facts)
{
  g_ptr_array_unref (facts->facts);
  g_ptr_array_unref (facts->deliveries);
  g_ptr_array_unref (facts->findings);
  g_clear_pointer (&facts->package, g_bytes_unref);
  g_free (facts);
}

/**
 * drill_audit_facts_read_async:
 * @entry: an entry
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads the JSON of an entry's items, and verifies the package if there is one.
 */
void
drill_audit_facts_read_async (DrillAuditEntry     *entry,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (entry, cancellable, callback, user_data);

  g_task_set_source_tag (task, drill_audit_facts_read_async);
  g_task_run_in_thread (task, read_thread);
}

/**
 * drill_audit_facts_read_finish:
 * @entry: the entry
 * @result: the result
 * @error: `G_IO_ERROR_CANCELLED` only
 *
 * Returns: (transfer full) (nullable): what is to be shown
 */
DrillAuditFacts *
drill_audit_facts_read_finish (DrillAuditEntry  *entry,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, entry), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
