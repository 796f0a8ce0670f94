// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-evidence.h"

#include <string.h>

#include "base/drill-time.h"
#include "evidence/drill-canonical.h"
#include "evidence/drill-decoder.h"
#include "evidence/drill-evidence-private.h"

#define DEFAULT_SLO 60 /* minutes, contract section 5 */

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
 * Returns: (transfer full): the JSON of its route decision, or of its row in a
 *   routes page or an audit package, byte for byte as it came
 */
GBytes *
drill_evidence_get_decision_bytes (DrillEvidence *self,
                                   guint32        route)
{
  g_autoptr(DrillDecoder) decoder = NULL;
  const DrillPlan *plan, *first;
  const DrillItem *item;
  DrillPage *page;
  gsize offset, length;
  gboolean is_package;

  g_return_val_if_fail (route < self->store.flags.n, NULL);

  plan = route_plan (self, route);
  item = &drill_column_index (&self->store.items, DrillItem, plan->item);
  is_package = strcmp (drill_evidence_get_text (self, DRILL_DICT_KIND, item->kind), DRILL_KIND_PACKAGE) == 0;

  /* Each row of a routes page is an item of its own */
  if (item->plan == DRILL_NONE && !is_package)
    return drill_evidence_get_item_bytes (self, plan->item + (route - plan->first_route));

  /* All rows of a package are in one item */
  for (first = plan; is_package && first > (DrillPlan *) self->store.plans.data && first[-1].item == plan->item;)
    first--;

  page = drill_column_index (&self->store.pages, DrillPage *, item->page);
  decoder = drill_decoder_new ();
  if (!drill_decoder_find_decision (decoder, page, item->offset, item->length,
                                    is_package ? "routes" : "route_decisions", route - first->first_route,
                                    &offset, &length))
    return drill_evidence_get_item_bytes (self, plan->item);

  return drill_page_get_bytes (page, offset, length);
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
