// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-evidence.h"

#include <string.h>

#include "base/drill-error.h"
#include "evidence/drill-evidence-builder.h"
#include "evidence/drill-evidence-private.h"
#include "evidence/drill-json.h"

G_DEFINE_BOXED_TYPE (DrillEvidence, drill_evidence, drill_evidence_ref, drill_evidence_unref)

/**
 * drill_evidence_new_empty:
 *
 * Returns: (transfer full): a snapshot without items
 */
DrillEvidence *
drill_evidence_new_empty (void)
{
  g_autoptr(DrillEvidenceBuilder) builder = drill_evidence_builder_new ();

  return drill_evidence_builder_snapshot (builder);
}

DrillEvidence *
drill_evidence_ref (DrillEvidence *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_evidence (gpointer data)
{
  DrillEvidence *self = data;

  drill_store_clear (&self->store);
  g_free (self->order);
  g_free (self->plan_currents);
  g_free (self->pair_acks);
}

void
drill_evidence_unref (DrillEvidence *self)
{
  g_atomic_rc_box_release_full (self, clear_evidence);
}

/**
 * drill_evidence_get_dict_size:
 * @self: a snapshot
 * @dict: a dictionary
 *
 * Returns: how many codes it has, the empty text of code 0 included
 */
guint
drill_evidence_get_dict_size (DrillEvidence *self,
                              DrillDict      dict)
{
  return (guint) self->store.offsets[dict].n;
}

/**
 * drill_evidence_get_text:
 * @self: a snapshot
 * @dict: a dictionary
 * @code: one of its codes
 *
 * Returns: (transfer none): the text as the service sent it, valid as long as
 *   the snapshot; untrusted
 */
const char *
drill_evidence_get_text (DrillEvidence *self,
                         DrillDict      dict,
                         guint32        code)
{
  g_return_val_if_fail (code < self->store.offsets[dict].n, "");

  return &drill_column_index (&self->store.texts[dict], char,
                              drill_column_index (&self->store.offsets[dict], guint32, code));
}

/**
 * drill_evidence_find_text:
 * @self: a snapshot
 * @dict: a dictionary
 * @text: a text
 *
 * Looks through the whole dictionary; meant for the few texts of a filter.
 *
 * Returns: the code, or %DRILL_NONE if nothing has this text
 */
guint32
drill_evidence_find_text (DrillEvidence *self,
                          DrillDict      dict,
                          const char    *text)
{
  guint n = drill_evidence_get_dict_size (self, dict);

  for (guint i = 0; i < n; i++)
    if (strcmp (drill_evidence_get_text (self, dict, i), text) == 0)
      return i;

  return DRILL_NONE;
}

/**
 * drill_evidence_get_n_items:
 * @self: a snapshot
 *
 * Returns: how many different items there are
 */
guint
drill_evidence_get_n_items (DrillEvidence *self)
{
  return (guint) self->store.items.n;
}

/**
 * drill_evidence_get_items:
 * @self: a snapshot
 *
 * Returns: (transfer none): the items in the order of arrival
 */
const DrillItem *
drill_evidence_get_items (DrillEvidence *self)
{
  return self->store.items.data;
}

/**
 * drill_evidence_get_item_order:
 * @self: a snapshot
 *
 * Returns: (transfer none): item numbers, newest `created_at` string first,
 *   equal ones by `session_id`
 */
const guint32 *
drill_evidence_get_item_order (DrillEvidence *self)
{
  return self->order;
}

/**
 * drill_evidence_get_item_providers:
 * @self: a snapshot
 *
 * Returns: (transfer none): the providers of all items, %DRILL_DICT_PROVIDER
 *   codes; see #DrillItem
 */
const guint32 *
drill_evidence_get_item_providers (DrillEvidence *self)
{
  return self->store.item_providers.data;
}

/**
 * drill_evidence_get_item_bytes:
 * @self: a snapshot
 * @item: an item
 *
 * Returns: (transfer full): the JSON of the item, byte for byte as it came
 */
GBytes *
drill_evidence_get_item_bytes (DrillEvidence *self,
                               guint32        item)
{
  const DrillItem *record;

  g_return_val_if_fail (item < self->store.items.n, NULL);

  record = &drill_column_index (&self->store.items, DrillItem, item);

  return drill_page_get_bytes (drill_column_index (&self->store.pages, DrillPage *, record->page),
                               record->offset, record->length);
}

/**
 * drill_evidence_get_item_object:
 * @self: a snapshot
 * @item: an item
 * @error: %DRILL_ERROR_BAD_INPUT
 *
 * Parses one item in full, for its detail.
 *
 * Returns: (transfer full): its fields
 */
JsonObject *
drill_evidence_get_item_object (DrillEvidence  *self,
                                guint32         item,
                                GError        **error)
{
  g_autoptr(GBytes) bytes = drill_evidence_get_item_bytes (self, item);
  g_autoptr(JsonNode) node = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  node = drill_json_parse (bytes, error);
  if (node == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, "an item that is not an object");
      return NULL;
    }

  return json_node_dup_object (node);
}

/**
 * drill_evidence_get_n_plans:
 * @self: a snapshot
 *
 * Returns: how many notification plans there are, of all schedules
 */
guint
drill_evidence_get_n_plans (DrillEvidence *self)
{
  return (guint) self->store.plans.n;
}

/**
 * drill_evidence_get_plans:
 * @self: a snapshot
 *
 * Returns: (transfer none): the notification plans in the order of arrival
 */
const DrillPlan *
drill_evidence_get_plans (DrillEvidence *self)
{
  return self->store.plans.data;
}

/**
 * drill_evidence_get_required:
 * @self: a snapshot
 *
 * Returns: (transfer none): the required providers of all plans; see #DrillPlan
 */
const DrillRequired *
drill_evidence_get_required (DrillEvidence *self)
{
  return self->store.required.data;
}

/**
 * drill_evidence_get_plan_currents:
 * @self: a snapshot
 *
 * Returns: (transfer none): of each plan whether it is the newest of its schedule
 *   (contract section 5). A plan without a schedule never is.
 */
const guint8 *
drill_evidence_get_plan_currents (DrillEvidence *self)
{
  return self->plan_currents;
}

/**
 * drill_evidence_get_n_acks:
 * @self: a snapshot
 *
 * Returns: how many acknowledgements there are
 */
guint
drill_evidence_get_n_acks (DrillEvidence *self)
{
  return (guint) self->store.acks.n;
}

/**
 * drill_evidence_get_acks:
 * @self: a snapshot
 *
 * Returns: (transfer none): the acknowledgements in the order of arrival
 */
const DrillAck *
drill_evidence_get_acks (DrillEvidence *self)
{
  return self->store.acks.data;
}

/**
 * drill_evidence_get_n_pairs:
 * @self: a snapshot
 *
 * Returns: how many pairs of schedule and provider there are
 */
guint
drill_evidence_get_n_pairs (DrillEvidence *self)
{
  return self->n_pairs;
}

/**
 * drill_evidence_get_pair_acks:
 * @self: a snapshot
 *
 * Returns: (transfer none): for each pair of schedule and provider the row of
 *   its newest acknowledgement, or %DRILL_NONE (contract section 5)
 */
const guint32 *
drill_evidence_get_pair_acks (DrillEvidence *self)
{
  return self->pair_acks;
}

/**
 * drill_evidence_get_n_routes:
 * @self: a snapshot
 *
 * Returns: how many route rows there are, of all plans (contract section 4)
 */
guint
drill_evidence_get_n_routes (DrillEvidence *self)
{
  return (guint) self->store.flags.n;
}

/**
 * drill_evidence_get_route_column:
 * @self: a snapshot
 * @column: a column
 *
 * Returns: (transfer none): one code a route
 */
const guint32 *
drill_evidence_get_route_column (DrillEvidence    *self,
                                 DrillRouteColumn  column)
{
  return self->store.routes[column].data;
}

/**
 * drill_evidence_get_route_minutes:
 * @self: a snapshot
 *
 * Returns: (transfer none): `acknowledgement_minutes` of each route as sent, or
 *   %DRILL_MINUTES_NONE; see drill_route_slo_minutes()
 */
const gint32 *
drill_evidence_get_route_minutes (DrillEvidence *self)
{
  return self->store.minutes.data;
}

/**
 * drill_evidence_get_route_deadlines:
 * @self: a snapshot
 *
 * Returns: (transfer none): from when on each route is breached unless it is
 *   acknowledged, µs UTC; %G_MAXINT64 when the age of its plan is not known
 */
const gint64 *
drill_evidence_get_route_deadlines (DrillEvidence *self)
{
  return self->store.deadlines.data;
}

/**
 * drill_evidence_get_route_flags:
 * @self: a snapshot
 *
 * Returns: (transfer none): #DrillRouteFlags of each route
 */
const guint8 *
drill_evidence_get_route_flags (DrillEvidence *self)
{
  return self->store.flags.data;
}

/**
 * drill_evidence_get_route_notes:
 * @self: a snapshot
 *
 * Returns: (transfer none): what %DRILL_ROUTE_NOTE refers to
 */
const DrillRouteNote *
drill_evidence_get_route_notes (DrillEvidence *self)
{
  return self->store.notes.data;
}

/**
 * drill_evidence_get_n_problems:
 * @self: a snapshot
 *
 * Returns: how many problems there were; only the first %DRILL_MAX_PROBLEMS can be asked for
 */
guint
drill_evidence_get_n_problems (DrillEvidence *self)
{
  return self->n_problems;
}

/**
 * drill_evidence_get_problem:
 * @self: a snapshot
 * @i: which one
 *
 * Returns: (transfer none) (nullable): the problem, %NULL beyond %DRILL_MAX_PROBLEMS
 */
const DrillProblem *
drill_evidence_get_problem (DrillEvidence *self,
                            guint          i)
{
  return i < self->store.problems.n ? &drill_column_index (&self->store.problems, DrillProblem, i) : NULL;
}

/**
 * drill_evidence_get_kept_bytes:
 * @self: a snapshot
 *
 * Returns: the size of the documents that are kept, bytes
 */
gsize
drill_evidence_get_kept_bytes (DrillEvidence *self)
{
  gsize sum = 0, length;

  for (gsize i = 0; i < self->store.pages.n; i++)
    {
      drill_page_get_data (drill_column_index (&self->store.pages, DrillPage *, i), &length);
      sum += length;
    }

  return sum;
}

static void
add_size (DrillColumn *column,
          gpointer     data)
{
  *(gsize *) data += column->n * column->element_size;
}

/**
 * drill_evidence_get_table_bytes:
 * @self: a snapshot
 *
 * Returns: what the snapshot costs beside the kept documents, bytes
 */
gsize
drill_evidence_get_table_bytes (DrillEvidence *self)
{
  gsize sum = self->store.items.n * sizeof *self->order + self->store.plans.n + self->n_pairs * sizeof (guint32);

  drill_store_foreach (&self->store, add_size, &sum);

  return sum;
}
