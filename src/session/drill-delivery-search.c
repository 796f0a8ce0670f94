// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/drill-delivery-search.h"

#include "evidence/drill-json-member.h"
#include "evidence/drill-json.h"
#include "session/drill-delivery-results.h"

#define SOURCE_AUDIT DRILL_SOURCE_PREFIX "acknowledgement_audit"

static guint32
find_kind (DrillEvidence *evidence,
           const char    *kind)
{
  return drill_evidence_find_text (evidence, DRILL_DICT_KIND, kind);
}

static const char *
id_of (DrillEvidence *evidence,
       guint32        item)
{
  return drill_evidence_get_text (evidence, DRILL_DICT_TEXT, drill_evidence_get_items (evidence)[item].session_id);
}

/* The package of an id, as it came */
static GBytes *
find_package (DrillEvidence *evidence,
              const char    *audit_id)
{
  const DrillItem *items = drill_evidence_get_items (evidence);
  guint32 kind = find_kind (evidence, DRILL_KIND_PACKAGE);
  guint32 subject = *audit_id != '\0' ? drill_evidence_find_text (evidence, DRILL_DICT_TEXT, audit_id) : DRILL_NONE;

  for (guint32 i = 0; subject != DRILL_NONE && i < drill_evidence_get_n_items (evidence); i++)
    if (items[i].kind == kind && items[i].subject == subject)
      {
        g_autoptr(GBytes) bytes = drill_evidence_get_item_bytes (evidence, i);

        return drill_json_find_object (bytes, "acknowledgement_audit_package");
      }

  return NULL;
}

/* The plan of an item; older ones have its fields themselves */
static JsonObject *
get_plan (JsonObject *item)
{
  JsonObject *plan = drill_delivery_get_object (item, "acknowledgement_audit_delivery_plan");

  return plan != NULL ? plan : item;
}

static gboolean
same_text (JsonObject *filters,
           const char *member,
           const char *value)
{
  return g_strcmp0 (drill_json_get_string (filters, member), value != NULL ? value : "") == 0;
}

static gboolean
fits_scope (DrillEvidence           *evidence,
            const DrillPackageScope *scope,
            JsonObject              *plan)
{
  JsonObject *filters = drill_delivery_get_object (plan, "filters");
  g_autoptr(GBytes) package = NULL;
  g_autoptr(JsonNode) root = NULL;

  if (filters == NULL)
    {
      package = find_package (evidence, drill_json_get_string (plan, "audit_id"));
      root = package != NULL ? drill_json_parse (package, NULL) : NULL;
      if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
        filters = drill_delivery_get_object (json_node_get_object (root), "filters");
    }

  /* Better to take another's for ours, and say that it is done, than to send it twice */
  return filters == NULL ||
         (same_text (filters, "schedule_id", scope->schedule_id) &&
          same_text (filters, "provider", scope->provider) &&
          same_text (filters, "owner", scope->owner));
}

static gboolean
fits_requested (const char *const *requested,
                JsonObject        *plan)
{
  const char *text = drill_json_get_string (plan, "requested_provider");
  JsonArray *selected = drill_delivery_get_array (plan, "selected_providers");

  if (*text != '\0')
    {
      g_auto(GStrv) planned = drill_delivery_parse_providers (text);
      guint n = g_strv_length (planned);

      if (n != g_strv_length ((GStrv) requested))
        return FALSE;
      for (guint i = 0; i < n; i++)
        if (!g_strv_contains (requested, planned[i]))
          return FALSE;

      return TRUE;
    }

  for (guint i = 0; !drill_delivery_is_all (requested) && selected != NULL && i < json_array_get_length (selected); i++)
    {
      JsonNode *node = json_array_get_element (selected, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
          !g_strv_contains (requested, json_node_get_string (node)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
fits_wanted (DrillEvidence             *evidence,
             const DrillDeliveryWanted *wanted,
             JsonObject                *plan)
{
  const char *actor = drill_json_get_string (plan, "generated_by");

  return (*wanted->actor == '\0' || *actor == '\0' || g_str_equal (wanted->actor, actor)) &&
         fits_requested (wanted->requested, plan) &&
         fits_scope (evidence, &wanted->scope, plan);
}

/* Whether a connector delivery is of a plan */
static gboolean
is_of_plan (JsonObject *delivery,
            JsonObject *plan)
{
  const char *plan_id = drill_json_get_string (plan, "delivery_id");
  const char *audit_id = drill_json_get_string (plan, "audit_id");
  const char *delivery_id = drill_json_get_string (delivery, "delivery_id");
  const char *event_id = drill_json_get_string (delivery, "event_id");

  if (*delivery_id != '\0' && *plan_id != '\0')
    return g_str_equal (delivery_id, plan_id);

  return (*event_id != '\0' && (g_str_equal (event_id, plan_id) || g_str_equal (event_id, audit_id))) ||
         (*audit_id != '\0' && g_str_equal (drill_json_get_string (delivery, "audit_id"), audit_id));
}

/* The newest connector delivery of a plan that was not known before */
static JsonObject *
find_delivery (DrillEvidence *evidence,
               GHashTable    *known,
               JsonObject    *plan)
{
  const DrillItem *items = drill_evidence_get_items (evidence);
  const guint32 *order = drill_evidence_get_item_order (evidence);
  guint32 kind = find_kind (evidence, DRILL_KIND_DELIVERY);

  for (guint n = 0; kind != DRILL_NONE && n < drill_evidence_get_n_items (evidence); n++)
    {
      const DrillItem *item = &items[order[n]];
      g_autoptr(JsonObject) delivery = NULL;

      if (item->kind != kind || g_hash_table_contains (known, id_of (evidence, order[n])) ||
          !g_str_equal (drill_evidence_get_text (evidence, DRILL_DICT_TEXT, item->source), SOURCE_AUDIT))
        continue;

      delivery = drill_evidence_get_item_object (evidence, order[n], NULL);
      if (delivery != NULL && is_of_plan (delivery, plan))
        return g_steal_pointer (&delivery);
    }

  return NULL;
}

static void
take_plan (DrillDeliveryTrace *trace,
           DrillEvidence      *evidence,
           JsonObject         *plan,
           JsonObject         *delivery, /* transfer full, nullable */
           gboolean            is_new)
{
  JsonArray *selected = drill_delivery_get_array (plan, "selected_providers");

  drill_delivery_trace_clear (trace);
  trace->plan = json_object_ref (plan);
  trace->delivery = delivery;
  trace->is_new = is_new;
  trace->n_selected = selected != NULL ? json_array_get_length (selected) : 0;
  trace->audit_id = g_strdup (drill_json_get_string (plan, "audit_id"));
  trace->delivery_id = g_strdup (drill_json_get_string (plan, "delivery_id"));
  trace->package = find_package (evidence, trace->audit_id);
}

/* The best there is: a delivery of it, else a new plan, else an old one that looks the same */
void
drill_delivery_search (DrillEvidence             *evidence,
                       const DrillDeliveryWanted *wanted,
                       DrillDeliveryTrace        *trace)
{
  const DrillItem *items = drill_evidence_get_items (evidence);
  const guint32 *order = drill_evidence_get_item_order (evidence);
  guint32 kind = find_kind (evidence, DRILL_KIND_DELIVERY_PLAN);

  for (guint n = 0; kind != DRILL_NONE && n < drill_evidence_get_n_items (evidence); n++)
    {
      g_autoptr(JsonObject) item = NULL;
      g_autoptr(JsonObject) delivery = NULL;
      gboolean is_new;
      JsonObject *plan;

      if (items[order[n]].kind != kind)
        continue;
      item = drill_evidence_get_item_object (evidence, order[n], NULL);
      plan = item != NULL ? get_plan (item) : NULL;
      if (plan == NULL || !fits_wanted (evidence, wanted, plan))
        continue;

      is_new = !g_hash_table_contains (wanted->known, id_of (evidence, order[n]));
      delivery = find_delivery (evidence, wanted->known, plan);
      if (delivery != NULL)
        {
          take_plan (trace, evidence, plan, g_steal_pointer (&delivery), TRUE);
          return;
        }
      if (trace->plan == NULL || (is_new && !trace->is_new))
        take_plan (trace, evidence, plan, NULL, is_new);
    }
}

void
drill_delivery_trace_clear (DrillDeliveryTrace *trace)
{
  g_clear_pointer (&trace->plan, json_object_unref);
  g_clear_pointer (&trace->delivery, json_object_unref);
  g_clear_pointer (&trace->audit_id, g_free);
  g_clear_pointer (&trace->delivery_id, g_free);
  g_clear_pointer (&trace->package, g_bytes_unref);
  trace->is_new = FALSE;
  trace->n_selected = 0;
}
