// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-evidence.h"

#include <string.h>

#include "base/drill-error.h"
#include "base/drill-time.h"
#include "evidence/drill-canonical.h"
#include "evidence/drill-decoder.h"
#include "evidence/drill-evidence-builder.h"
#include "evidence/drill-evidence-private.h"
#include "evidence/drill-json.h"

#define DEFAULT_SLO 60 /* minutes, contract section 5 */

G_DEFINE_BOXED_TYPE (DrillEvidence, drill_evidence, drill_evidence_ref, drill_evidence_unref)

/* The store */

typedef void (*ColumnFunc) (DrillColumn *column,
                            gpointer     data);

static const gsize route_element_size = sizeof (guint32);

void
drill_store_init (DrillStore *self)
{
  drill_column_init (&self->pages, sizeof (DrillPage *));
  for (guint i = 0; i < DRILL_N_DICTS; i++)
    {
      drill_column_init (&self->texts[i], sizeof (char));
      drill_column_init (&self->offsets[i], sizeof (guint32));
    }
  drill_column_init (&self->items, sizeof (DrillItem));
  drill_column_init (&self->item_providers, sizeof (guint32));
  drill_column_init (&self->plans, sizeof (DrillPlan));
  drill_column_init (&self->required, sizeof (DrillRequired));
  drill_column_init (&self->acks, sizeof (DrillAck));
  for (guint i = 0; i < DRILL_N_ROUTE_COLUMNS; i++)
    drill_column_init (&self->routes[i], route_element_size);
  drill_column_init (&self->minutes, sizeof (gint32));
  drill_column_init (&self->deadlines, sizeof (gint64));
  drill_column_init (&self->flags, sizeof (guint8));
  drill_column_init (&self->notes, sizeof (DrillRouteNote));
  drill_column_init (&self->given_ids, sizeof (guint32));
  drill_column_init (&self->problems, sizeof (DrillProblem));
}

/* Every column but the pages, which hold references */
static void
foreach_column (DrillStore *self,
                ColumnFunc  func,
                gpointer    data)
{
  for (guint i = 0; i < DRILL_N_DICTS; i++)
    {
      func (&self->texts[i], data);
      func (&self->offsets[i], data);
    }
  func (&self->items, data);
  func (&self->item_providers, data);
  func (&self->plans, data);
  func (&self->required, data);
  func (&self->acks, data);
  for (guint i = 0; i < DRILL_N_ROUTE_COLUMNS; i++)
    func (&self->routes[i], data);
  func (&self->minutes, data);
  func (&self->deadlines, data);
  func (&self->flags, data);
  func (&self->notes, data);
  func (&self->given_ids, data);
  func (&self->problems, data);
}

static void
clear_column (DrillColumn *column,
              gpointer     data)
{
  drill_column_clear (column);
}

void
drill_store_clear (DrillStore *self)
{
  for (gsize i = 0; i < self->pages.n; i++)
    drill_page_unref (drill_column_index (&self->pages, DrillPage *, i));
  drill_column_clear (&self->pages);
  foreach_column (self, clear_column, NULL);
}

static void
acquire_column (DrillColumn *column,
                gpointer     data)
{
  DrillColumn shared = *column;

  drill_column_share (&shared, column);
}

/* The pages are shared by reference and not by block: the last store to go
 * would otherwise not know how many of a block's pages are its own. */
void
drill_store_share (const DrillStore *self,
                   DrillStore       *copy)
{
  *copy = *self;
  foreach_column (copy, acquire_column, NULL);

  drill_column_init (&copy->pages, sizeof (DrillPage *));
  drill_column_append (&copy->pages, self->pages.n);
  for (gsize i = 0; i < self->pages.n; i++)
    drill_column_index (&copy->pages, DrillPage *, i) =
      drill_page_ref (drill_column_index (&self->pages, DrillPage *, i));
}

/* The snapshot */

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
 * drill_evidence_is_current_plan:
 * @self: a snapshot
 * @plan: row of a plan
 *
 * Returns: whether it is the newest plan of its schedule (contract section 5).
 *   A plan without a schedule never is.
 */
gboolean
drill_evidence_is_current_plan (DrillEvidence *self,
                                guint32        plan)
{
  g_return_val_if_fail (plan < self->store.plans.n, FALSE);

  return self->plan_currents[plan];
}

/**
 * drill_evidence_get_plan_currents:
 * @self: a snapshot
 *
 * Returns: (transfer none): drill_evidence_is_current_plan() of each plan
 */
const guint8 *
drill_evidence_get_plan_currents (DrillEvidence *self)
{
  return self->plan_currents;
}

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

static guint32
route_code (DrillEvidence    *self,
            guint32           route,
            DrillRouteColumn  column)
{
  return drill_column_index (&self->store.routes[column], guint32, route);
}

static const DrillPlan *
route_plan (DrillEvidence *self,
            guint32        route)
{
  return &drill_column_index (&self->store.plans, DrillPlan, route_code (self, route, DRILL_ROUTE_PLAN));
}

/**
 * drill_evidence_dup_route_id:
 * @self: a snapshot
 * @route: a route
 *
 * Computes the id of a route (contract section 4), or says the one it came
 * with. It costs a hash: ask for what is visible, not for a column.
 *
 * Returns: (transfer full): `gordroute-` and 16 hex digits
 */
char *
drill_evidence_dup_route_id (DrillEvidence *self,
                             guint32        route)
{
  const DrillPlan *plan;
  g_autoptr(GString) text = NULL;

  g_return_val_if_fail (route < self->store.flags.n, NULL);

  if (route < self->store.given_ids.n && drill_column_index (&self->store.given_ids, guint32, route) != 0)
    return g_strdup (drill_evidence_get_text (self, DRILL_DICT_TEXT,
                                              drill_column_index (&self->store.given_ids, guint32, route)));

  plan = route_plan (self, route);
  const struct
  {
    const char *key;
    const char *value;
  } fields[] = {
    /* sorted, as section 8 has it */
    { "action", drill_evidence_get_text (self, DRILL_DICT_ACTION, route_code (self, route, DRILL_ROUTE_ACTION)) },
    { "created_at", drill_evidence_get_text (self, DRILL_DICT_TEXT, plan->created) },
    { "owner", drill_evidence_get_text (self, DRILL_DICT_OWNER, route_code (self, route, DRILL_ROUTE_OWNER)) },
    { "plan_id", drill_evidence_get_text (self, DRILL_DICT_TEXT, plan->plan_id) },
    { "provider", drill_evidence_get_text (self, DRILL_DICT_PROVIDER, route_code (self, route, DRILL_ROUTE_PROVIDER)) },
    { "reason", drill_evidence_get_text (self, DRILL_DICT_REASON, route_code (self, route, DRILL_ROUTE_REASON)) },
    { "schedule_id", drill_evidence_get_text (self, DRILL_DICT_SCHEDULE, route_code (self, route, DRILL_ROUTE_SCHEDULE)) },
  };

  text = g_string_sized_new (256);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_string_append (text, i == 0 ? "{" : ", ");
      drill_canonical_append_string (text, fields[i].key);
      g_string_append (text, ": ");
      drill_canonical_append_string (text, fields[i].value);
    }
  g_string_append_c (text, '}');

  return drill_canonical_id ("gordroute-", text->str, text->len);
}

/**
 * drill_evidence_is_current_route:
 * @self: a snapshot
 * @route: a route
 *
 * Returns: whether it is of the newest plan of its schedule
 */
gboolean
drill_evidence_is_current_route (DrillEvidence *self,
                                 guint32        route)
{
  g_return_val_if_fail (route < self->store.flags.n, FALSE);

  return self->plan_currents[route_code (self, route, DRILL_ROUTE_PLAN)];
}

/**
 * drill_evidence_get_route_ack:
 * @self: a snapshot
 * @route: a route
 *
 * Returns: the row of the newest acknowledgement of its schedule and provider,
 *   of whatever plan (contract section 5), or %DRILL_NONE
 */
guint32
drill_evidence_get_route_ack (DrillEvidence *self,
                              guint32        route)
{
  guint32 pair;

  g_return_val_if_fail (route < self->store.flags.n, DRILL_NONE);

  if ((drill_column_index (&self->store.flags, guint8, route) & DRILL_ROUTE_DELIVERED) == 0)
    return DRILL_NONE;

  pair = route_code (self, route, DRILL_ROUTE_PAIR);

  return pair != DRILL_NONE ? self->pair_acks[pair] : DRILL_NONE;
}

/**
 * drill_evidence_get_route_state:
 * @self: a snapshot
 * @route: a route
 *
 * Returns: its acknowledgement state, a %DRILL_DICT_STATE code;
 *   %DRILL_STATE_NONE for a route that is not delivered
 */
guint32
drill_evidence_get_route_state (DrillEvidence *self,
                                guint32        route)
{
  guint32 ack;

  g_return_val_if_fail (route < self->store.flags.n, DRILL_STATE_NONE);

  if ((drill_column_index (&self->store.flags, guint8, route) & DRILL_ROUTE_DELIVERED) == 0)
    return DRILL_STATE_NONE;

  ack = drill_evidence_get_route_ack (self, route);

  return ack != DRILL_NONE ? drill_column_index (&self->store.acks, DrillAck, ack).state : DRILL_STATE_OUTSTANDING;
}

/**
 * drill_evidence_route_predates:
 * @self: a snapshot
 * @route: a route
 *
 * The service lets an acknowledgement of an older plan close the route of the
 * current one. This tells such acknowledgements: made before the current plan,
 * or for another plan id.
 *
 * Returns: whether @route is of a current plan and its acknowledgement predates it
 */
gboolean
drill_evidence_route_predates (DrillEvidence *self,
                               guint32        route)
{
  const DrillPlan *plan;
  const DrillAck *ack;
  guint32 row;

  g_return_val_if_fail (route < self->store.flags.n, FALSE);

  row = drill_evidence_get_route_ack (self, route);
  if (row == DRILL_NONE || !drill_evidence_is_current_route (self, route))
    return FALSE;

  plan = route_plan (self, route);
  ack = &drill_column_index (&self->store.acks, DrillAck, row);
  if (ack->plan_id != 0 && plan->plan_id != 0 && ack->plan_id != plan->plan_id)
    return TRUE;

  return ack->created_us != DRILL_TIME_UNKNOWN && plan->created_us != DRILL_TIME_UNKNOWN &&
         ack->created_us < plan->created_us;
}

static gboolean
item_has_provider (DrillEvidence   *self,
                   const DrillItem *item,
                   guint32          provider)
{
  for (guint i = 0; i < item->n_providers; i++)
    if (drill_column_index (&self->store.item_providers, guint32, item->first_provider + i) == provider)
      return TRUE;

  return FALSE;
}

/* When the next plan of the schedule was made: what is delivered from then on
 * belongs to that one. */
static const char *
get_next_plan_created (DrillEvidence   *self,
                       const DrillPlan *plan)
{
  const DrillPlan *plans = self->store.plans.data;
  const char *created = drill_evidence_get_text (self, DRILL_DICT_TEXT, plan->created);
  const char *next = NULL;

  for (gsize i = 0; i < self->store.plans.n; i++)
    if (plans[i].schedule == plan->schedule)
      {
        const char *other = drill_evidence_get_text (self, DRILL_DICT_TEXT, plans[i].created);

        if (strcmp (other, created) > 0 && (next == NULL || strcmp (other, next) < 0))
          next = other;
      }

  return next;
}

/**
 * drill_evidence_get_route_items:
 * @self: a snapshot
 * @route: a route
 *
 * Finds what happened to a route: its plan, the acknowledgements of its
 * schedule and provider, and the deliveries of the notification to its provider
 * between its plan and the next one.
 *
 * Returns: (transfer full) (element-type guint32): item numbers, oldest first
 */
GArray *
drill_evidence_get_route_items (DrillEvidence *self,
                                guint32        route)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint32));
  const DrillItem *items = self->store.items.data;
  const DrillPlan *plan;
  const char *created, *next;
  guint32 pair, schedule, provider, notification;

  g_return_val_if_fail (route < self->store.flags.n, found);

  plan = route_plan (self, route);
  created = drill_evidence_get_text (self, DRILL_DICT_TEXT, plan->created);
  next = get_next_plan_created (self, plan);
  pair = route_code (self, route, DRILL_ROUTE_PAIR);
  schedule = route_code (self, route, DRILL_ROUTE_SCHEDULE);
  provider = route_code (self, route, DRILL_ROUTE_PROVIDER);
  notification = drill_evidence_find_text (self, DRILL_DICT_TEXT, DRILL_SOURCE_NOTIFICATION);

  for (guint i = (guint) self->store.items.n; i-- > 0;)
    {
      guint32 number = self->order[i];
      const DrillItem *item = &items[number];
      gboolean belongs = number == plan->item;

      if (item->ack != DRILL_NONE && pair != DRILL_NONE)
        belongs = drill_column_index (&self->store.acks, DrillAck, item->ack).pair == pair;
      else if (item->result != DRILL_RESULT_NONE && item->source == notification && item->schedule == schedule)
        {
          const char *delivered = drill_evidence_get_text (self, DRILL_DICT_TEXT, item->created);

          belongs = item_has_provider (self, item, provider) && strcmp (delivered, created) >= 0 &&
                    (next == NULL || strcmp (delivered, next) < 0);
        }

      if (belongs)
        g_array_append_val (found, number);
    }

  return found;
}

/**
 * drill_evidence_get_decision_bytes:
 * @self: a snapshot
 * @route: a route
 *
 * Returns: (transfer full): the JSON of its route decision, byte for byte as it
 *   came; that of the whole item where it has none
 */
GBytes *
drill_evidence_get_decision_bytes (DrillEvidence *self,
                                   guint32        route)
{
  g_autoptr(DrillDecoder) decoder = NULL;
  const DrillPlan *plan;
  const DrillItem *item;
  DrillPage *page;
  gsize offset, length;

  g_return_val_if_fail (route < self->store.flags.n, NULL);

  plan = route_plan (self, route);
  item = &drill_column_index (&self->store.items, DrillItem, plan->item);
  page = drill_column_index (&self->store.pages, DrillPage *, item->page);
  decoder = drill_decoder_new ();
  if (item->plan != DRILL_NONE &&
      drill_decoder_find_decision (decoder, page, item->offset, item->length, route - plan->first_route,
                                   &offset, &length))
    return drill_page_get_bytes (page, offset, length);

  return drill_evidence_get_item_bytes (self, plan->item);
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

  foreach_column (&self->store, add_size, &sum);

  return sum;
}

/**
 * drill_state_is_acknowledged:
 * @state: a %DRILL_DICT_STATE code
 *
 * Returns: whether the state closes a route: only acknowledged and resolved do
 *   (contract section 5)
 */
gboolean
drill_state_is_acknowledged (guint32 state)
{
  return state == DRILL_STATE_ACKNOWLEDGED || state == DRILL_STATE_RESOLVED;
}

/**
 * drill_route_slo_minutes:
 * @minutes: `acknowledgement_minutes` as sent, or %DRILL_MINUTES_NONE
 *
 * Returns: the SLO: @minutes if positive, else 60 (contract section 5)
 */
int
drill_route_slo_minutes (gint32 minutes)
{
  return minutes > 0 ? minutes : DEFAULT_SLO;
}
