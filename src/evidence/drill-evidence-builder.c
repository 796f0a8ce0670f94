// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-evidence-builder.h"

#include <stdlib.h>
#include <string.h>

#include "base/drill-error.h"
#include "base/drill-time.h"
#include "evidence/drill-decoder.h"
#include "evidence/drill-dictionary.h"
#include "evidence/drill-evidence-private.h"

#define DEFAULT_OWNER "release-governance"
#define N_KNOWN_SLOS  4096 /* minutes; nearly three days, and the rest is computed */

struct _DrillEvidenceBuilder
{
  DrillStore       store;
  DrillDictionary  dicts[DRILL_N_DICTS];
  DrillDecoder    *decoder;

  /* The page at hand */
  guint32          page;
  gsize            next_item;
  guint            n_new;
  guint32          package_item; /* of a saved audit package */

  /* What is known of all pages */
  DrillColumn      item_of_session; /* guint32 by DRILL_DICT_TEXT code: item + 1 */
  DrillColumn      plan_of_schedule; /* guint32 by DRILL_DICT_SCHEDULE code: newest plan + 1 */
  DrillColumn      plan_currents;   /* guint8 by plan */
  GHashTable      *pairs;           /* schedule << 32 | provider → pair + 1 */
  DrillColumn      pair_acks;       /* guint32 by pair */
  guint            n_problems;
  gint64           breach_after[N_KNOWN_SLOS];

  /* The order of the last snapshot, to merge the news into */
  guint32         *order;
  guint            n_ordered;
};

G_DEFINE_BOXED_TYPE (DrillEvidenceBuilder, drill_evidence_builder,
                     drill_evidence_builder_ref, drill_evidence_builder_unref)

static guint32
add_text (DrillEvidenceBuilder *self,
          DrillDict             dict,
          DrillSpan             span)
{
  return span.text != NULL ? drill_dictionary_add (&self->dicts[dict], span.text, span.length) : 0;
}

static guint32
add_string (DrillEvidenceBuilder *self,
            DrillDict             dict,
            const char           *text)
{
  return drill_dictionary_add (&self->dicts[dict], text, strlen (text));
}

static const char *
get_text (DrillEvidenceBuilder *self,
          DrillDict             dict,
          guint32               code)
{
  return drill_dictionary_get (&self->dicts[dict].texts, &self->dicts[dict].offsets, code);
}

static DrillSpan
first_of (DrillSpan a,
          DrillSpan b)
{
  return a.text != NULL ? a : b;
}

static gboolean
span_equal (DrillSpan   span,
            const char *text)
{
  return span.text != NULL && span.length == strlen (text) && memcmp (span.text, text, span.length) == 0;
}

/* g_int64_hash() keeps only the low bits, which are all alike here */
static guint
hash_pair (gconstpointer key)
{
  return (guint) ((*(const guint64 *) key * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15)) >> 32);
}

static guint32
add_pair (DrillEvidenceBuilder *self,
          guint32               schedule,
          guint32               provider)
{
  gint64 key = (gint64) ((guint64) schedule << 32 | provider);
  guint32 pair;

  if (schedule == 0 || provider == 0)
    return DRILL_NONE;

  pair = GPOINTER_TO_UINT (g_hash_table_lookup (self->pairs, &key));
  if (pair == 0)
    {
      guint32 *newest = drill_column_append (&self->pair_acks, 1);

      *newest = DRILL_NONE;
      pair = (guint32) self->pair_acks.n;
      g_hash_table_insert (self->pairs, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (pair));
    }

  return pair - 1;
}

static void
add_problem (DrillEvidenceBuilder *self,
             gsize                 offset,
             guint32               item,
             const char           *message)
{
  DrillProblem *problem;

  self->n_problems += 1;
  if (self->store.problems.n >= DRILL_MAX_PROBLEMS)
    return;

  problem = drill_column_append (&self->store.problems, 1);
  problem->page = self->page;
  problem->offset = offset;
  problem->item = item;
  problem->message = message;
}

/* Contract sections 2 to 5: "newest" is by the created_at string. The service
 * leaves open which of two equal ones wins; here it is the smaller session_id,
 * so that the order of arrival does not matter. */
static gboolean
is_newer (DrillEvidenceBuilder *self,
          guint32               created,
          guint32               item,
          guint32               other_created,
          guint32               other_item)
{
  const DrillItem *items = self->store.items.data;
  int order = strcmp (get_text (self, DRILL_DICT_TEXT, created),
                      get_text (self, DRILL_DICT_TEXT, other_created));

  if (order != 0)
    return order > 0;

  return strcmp (get_text (self, DRILL_DICT_TEXT, items[item].session_id),
                 get_text (self, DRILL_DICT_TEXT, items[other_item].session_id)) < 0;
}

static guint32 *
slot_of (DrillColumn *column,
         guint32      i)
{
  if (i >= column->n)
    drill_column_append (column, i + 1 - column->n);

  return &drill_column_index (column, guint32, i);
}

/* Routes */

/* Contract section 4: the category of a suppressed route */
static DrillSpan
get_category (const DrillDecodedRoute *route)
{
  static const char healthy[] = "healthy";

  if (route->has_window)
    return (DrillSpan) { "maintenance_window", strlen ("maintenance_window") };

  if (route->owner_unavailable)
    return (DrillSpan) { "owner_calendar", strlen ("owner_calendar") };

  for (gsize i = 0; route->reason.text != NULL && i + strlen (healthy) <= route->reason.length; i++)
    if (g_ascii_strncasecmp (route->reason.text + i, healthy, strlen (healthy)) == 0)
      return (DrillSpan) { "healthy_schedule", strlen ("healthy_schedule") };

  return first_of (route->category, (DrillSpan) { "other", strlen ("other") });
}

static gint64
get_deadline (DrillEvidenceBuilder *self,
              gint64                created_us,
              gint32                minutes)
{
  int slo = drill_route_slo_minutes (minutes);

  if (created_us == DRILL_TIME_UNKNOWN)
    return G_MAXINT64;

  if (slo >= N_KNOWN_SLOS)
    return created_us + drill_time_breach_after (slo);

  if (self->breach_after[slo] == 0)
    self->breach_after[slo] = drill_time_breach_after (slo);

  return created_us + self->breach_after[slo];
}

static guint32
add_note (DrillEvidenceBuilder    *self,
          const DrillDecodedRoute *route)
{
  DrillRouteNote *note;

  if (route->window_id.text == NULL && route->window_reason.text == NULL &&
      route->availability_reason.text == NULL)
    return DRILL_NONE;

  note = drill_column_append (&self->store.notes, 1);
  note->window_id = add_text (self, DRILL_DICT_TEXT, route->window_id);
  note->window_reason = add_text (self, DRILL_DICT_TEXT, route->window_reason);
  note->availability_reason = add_text (self, DRILL_DICT_TEXT, route->availability_reason);

  return (guint32) (self->store.notes.n - 1);
}

/* Adds the row of a decision; category_given when it is the row of a service,
 * which has its category already. */
static void
add_route (DrillEvidenceBuilder    *self,
           const DrillDecodedRoute *route,
           guint32                  plan,
           DrillSpan                schedule_id,
           gboolean                 category_given)
{
  const DrillPlan *plans = self->store.plans.data;
  guint32 columns[DRILL_N_ROUTE_COLUMNS];
  gboolean suppressed = span_equal (route->action, "suppress");
  gboolean explicit = span_equal (route->action, "deliver");
  guint8 flags = 0;
  guint32 code;

  code = add_text (self, DRILL_DICT_OWNER, route->owner);
  columns[DRILL_ROUTE_OWNER] = code != 0 ? code : add_string (self, DRILL_DICT_OWNER, DEFAULT_OWNER);
  code = add_text (self, DRILL_DICT_OWNER, route->escalation_owner);
  columns[DRILL_ROUTE_ESCALATION_OWNER] = code != 0 ? code : columns[DRILL_ROUTE_OWNER];
  code = add_text (self, DRILL_DICT_ACTION, route->action);
  columns[DRILL_ROUTE_ACTION] = code != 0 ? code : add_string (self, DRILL_DICT_ACTION, "deliver");

  if (category_given && route->category.text != NULL)
    columns[DRILL_ROUTE_CATEGORY] = add_text (self, DRILL_DICT_CATEGORY, route->category);
  else if (suppressed)
    columns[DRILL_ROUTE_CATEGORY] = add_text (self, DRILL_DICT_CATEGORY, get_category (route));
  else
    columns[DRILL_ROUTE_CATEGORY] =
      add_string (self, DRILL_DICT_CATEGORY,
                  get_text (self, DRILL_DICT_ACTION, columns[DRILL_ROUTE_ACTION]));

  columns[DRILL_ROUTE_PLAN] = plan;
  columns[DRILL_ROUTE_SCHEDULE] = add_text (self, DRILL_DICT_SCHEDULE, schedule_id);
  columns[DRILL_ROUTE_PROVIDER] = add_text (self, DRILL_DICT_PROVIDER, route->provider);
  columns[DRILL_ROUTE_REASON] = add_text (self, DRILL_DICT_REASON, route->reason);
  columns[DRILL_ROUTE_PAIR] = add_pair (self, columns[DRILL_ROUTE_SCHEDULE], columns[DRILL_ROUTE_PROVIDER]);
  columns[DRILL_ROUTE_NOTE] = add_note (self, route);

  for (guint i = 0; i < DRILL_N_ROUTE_COLUMNS; i++)
    *(guint32 *) drill_column_append (&self->store.routes[i], 1) = columns[i];

  if (explicit)
    flags |= DRILL_ROUTE_EXPLICIT;
  if (explicit || route->action.text == NULL)
    flags |= DRILL_ROUTE_DELIVERED;
  if (suppressed)
    flags |= DRILL_ROUTE_SUPPRESSED;
  if (route->owner_unavailable)
    flags |= DRILL_ROUTE_OWNER_UNAVAILABLE;
  *(guint8 *) drill_column_append (&self->store.flags, 1) = flags;
  *(gint32 *) drill_column_append (&self->store.minutes, 1) = route->minutes;
  *(gint64 *) drill_column_append (&self->store.deadlines, 1) =
    get_deadline (self, plans[plan].created_us, route->minutes);
}

/* Plans */

static void
set_current_plan (DrillEvidenceBuilder *self,
                  guint32               plan)
{
  const DrillPlan *plans = self->store.plans.data;
  guint32 *newest;

  if (plans[plan].schedule == 0)
    return;

  newest = slot_of (&self->plan_of_schedule, plans[plan].schedule);
  if (*newest != 0)
    {
      guint32 other = *newest - 1;

      if (!is_newer (self, plans[plan].created, plans[plan].item, plans[other].created, plans[other].item))
        return;
      drill_column_index (&self->plan_currents, guint8, other) = FALSE;
    }

  *newest = plan + 1;
  drill_column_index (&self->plan_currents, guint8, plan) = TRUE;
}

static guint32
join_owners (DrillEvidenceBuilder   *self,
             const DrillDecodedItem *decoded,
             const DrillDecodedPlan *plan)
{
  g_autoptr(GString) owners = g_string_new (NULL);

  for (guint i = 0; i < plan->n_owners; i++)
    {
      const DrillSpan *owner = &decoded->texts[plan->first_owner + i];

      if (i > 0)
        g_string_append (owners, ", ");
      g_string_append_len (owners, owner->text, owner->length);
    }

  return add_string (self, DRILL_DICT_OWNER, owners->len > 0 ? owners->str : DEFAULT_OWNER);
}

static DrillPlan *
append_plan (DrillEvidenceBuilder *self,
             guint32               item,
             DrillSpan             created)
{
  DrillPlan *plan = drill_column_append (&self->store.plans, 1);

  plan->item = item;
  plan->first_route = (guint32) self->store.flags.n;
  plan->first_required = (guint32) self->store.required.n;
  plan->created = add_text (self, DRILL_DICT_TEXT, created);
  plan->created_us = drill_time_parse (created.text, created.length);
  drill_column_append (&self->plan_currents, 1);

  return plan;
}

static void
add_plan (DrillEvidenceBuilder   *self,
          const DrillDecodedItem *decoded,
          guint32                 item)
{
  const DrillDecodedPlan *source = decoded->has_plan ? &decoded->plan : &decoded->self;
  DrillSpan schedule_id = first_of (source->schedule_id, decoded->self.schedule_id);
  guint32 row = (guint32) self->store.plans.n;
  DrillPlan *plan = append_plan (self, item, first_of (decoded->created_at, source->generated_at));

  plan->schedule = add_text (self, DRILL_DICT_SCHEDULE, first_of (decoded->self.schedule_id, source->schedule_id));
  plan->plan_id = add_text (self, DRILL_DICT_TEXT, first_of (source->plan_id, decoded->self.plan_id));
  plan->alert = add_text (self, DRILL_DICT_ALERT, first_of (source->alert_level, decoded->self.alert_level));
  if (plan->alert == 0)
    plan->alert = add_string (self, DRILL_DICT_ALERT, "unknown");
  plan->next_due = add_text (self, DRILL_DICT_TEXT, source->next_due_at);
  plan->owners = join_owners (self, decoded, source);
  plan->n_routes = source->n_routes;

  for (guint i = 0; i < source->n_required; i++)
    {
      DrillRequired *required = drill_column_append (&self->store.required, 1);

      required->provider = add_text (self, DRILL_DICT_PROVIDER, decoded->texts[source->first_required + i]);
      required->pair = add_pair (self, add_text (self, DRILL_DICT_SCHEDULE, schedule_id), required->provider);
    }
  plan->n_required = source->n_required;

  for (guint i = 0; i < source->n_routes; i++)
    {
      const DrillDecodedRoute *route = &decoded->routes[source->first_route + i];

      if (span_equal (route->action, "deliver"))
        plan->delivers = TRUE;
      add_route (self, route, row,
                 first_of (first_of (source->schedule_id, route->schedule_id), decoded->self.schedule_id),
                 FALSE);
    }

  drill_column_index (&self->store.items, DrillItem, item).plan = row;
  set_current_plan (self, row);
}

/* Acknowledgements */

static guint32
add_state (DrillEvidenceBuilder *self,
           DrillSpan             state)
{
  guint32 code = add_text (self, DRILL_DICT_STATE, state);

  return code != 0 ? code : DRILL_STATE_OUTSTANDING;
}

static void
append_ack (DrillEvidenceBuilder *self,
            const DrillAck       *ack)
{
  guint32 row = (guint32) self->store.acks.n;

  *(DrillAck *) drill_column_append (&self->store.acks, 1) = *ack;

  if (ack->pair != DRILL_NONE)
    {
      const DrillAck *acks = self->store.acks.data;
      guint32 *newest = &drill_column_index (&self->pair_acks, guint32, ack->pair);

      if (*newest == DRILL_NONE ||
          is_newer (self, ack->created, ack->item, acks[*newest].created, acks[*newest].item))
        *newest = row;
    }
}

static void
add_ack (DrillEvidenceBuilder   *self,
         const DrillDecodedItem *decoded,
         guint32                 item)
{
  gboolean nested = decoded->has_payload;
  DrillAck ack = { .item = item };

  ack.pair = add_pair (self,
                       add_text (self, DRILL_DICT_SCHEDULE, decoded->self.schedule_id),
                       add_text (self, DRILL_DICT_PROVIDER, decoded->row.provider));
  ack.state = add_state (self, decoded->state);
  ack.payload_state = add_state (self, nested ? decoded->ack_state : decoded->state);
  ack.actor = add_text (self, DRILL_DICT_ACTOR, nested ? decoded->ack_by : decoded->own_ack_by);
  ack.at = add_text (self, DRILL_DICT_TEXT, nested ? decoded->ack_at : decoded->own_ack_at);
  ack.reference = add_text (self, DRILL_DICT_REFERENCE, nested ? decoded->ack_reference : decoded->own_ack_reference);
  ack.notes = add_text (self, DRILL_DICT_TEXT, nested ? decoded->ack_notes : decoded->own_ack_notes);
  ack.id = add_text (self, DRILL_DICT_TEXT, nested ? decoded->ack_id : decoded->own_ack_id);
  ack.plan_id = add_text (self, DRILL_DICT_TEXT, first_of (decoded->self.plan_id, decoded->ack_plan_id));
  ack.created = add_text (self, DRILL_DICT_TEXT, decoded->created_at);
  ack.created_us = drill_time_parse (decoded->created_at.text, decoded->created_at.length);

  drill_column_index (&self->store.items, DrillItem, item).ack = (guint32) self->store.acks.n;
  append_ack (self, &ack);
}

/* Rows of a routes page or an audit package, which have no plan of their own */

static void
add_row_ack (DrillEvidenceBuilder   *self,
             const DrillDecodedItem *decoded,
             guint32                 item,
             guint32                 pair)
{
  DrillAck ack = { .item = item, .pair = pair };
  guint32 newest;

  if (pair == DRILL_NONE || decoded->state.text == NULL || span_equal (decoded->state, "outstanding"))
    return;

  ack.state = add_state (self, decoded->state);
  ack.payload_state = ack.state;
  ack.actor = add_text (self, DRILL_DICT_ACTOR, decoded->own_ack_by);
  ack.at = add_text (self, DRILL_DICT_TEXT, decoded->own_ack_at);
  ack.reference = add_text (self, DRILL_DICT_REFERENCE, decoded->own_ack_reference);
  ack.notes = add_text (self, DRILL_DICT_TEXT, decoded->own_ack_notes);
  ack.id = add_text (self, DRILL_DICT_TEXT, decoded->own_ack_id);
  ack.created = ack.at;
  ack.created_us = drill_time_parse (decoded->own_ack_at.text, decoded->own_ack_at.length);

  newest = drill_column_index (&self->pair_acks, guint32, pair);
  if (newest != DRILL_NONE && drill_column_index (&self->store.acks, DrillAck, newest).id == ack.id)
    return; /* each route of the pair repeats it */

  append_ack (self, &ack);
}

static void
add_row (DrillEvidenceBuilder   *self,
         const DrillDecodedItem *decoded,
         guint32                 item)
{
  DrillSpan created = first_of (decoded->created_at, decoded->route_created_at);
  guint32 schedule = add_text (self, DRILL_DICT_SCHEDULE, decoded->self.schedule_id);
  guint32 plan_id = add_text (self, DRILL_DICT_TEXT, decoded->self.plan_id);
  guint32 created_code = add_text (self, DRILL_DICT_TEXT, created);
  guint32 row = (guint32) self->store.plans.n - 1;
  DrillPlan *plan = row != G_MAXUINT32 ? &drill_column_index (&self->store.plans, DrillPlan, row) : NULL;

  if (plan == NULL || plan->schedule != schedule || plan->plan_id != plan_id || plan->created != created_code)
    {
      row = (guint32) self->store.plans.n;
      plan = append_plan (self, item, created);
      plan->schedule = schedule;
      plan->plan_id = plan_id;
      plan->alert = add_text (self, DRILL_DICT_ALERT, decoded->self.alert_level);
      if (plan->alert == 0)
        plan->alert = add_string (self, DRILL_DICT_ALERT, "unknown");
      plan->next_due = add_text (self, DRILL_DICT_TEXT, decoded->self.next_due_at);
      plan->owners = add_string (self, DRILL_DICT_OWNER, DEFAULT_OWNER);
      plan->delivers = TRUE;
      set_current_plan (self, row);
    }
  plan->n_routes += 1;

  add_route (self, &decoded->row, row, decoded->self.schedule_id, TRUE);
  *slot_of (&self->store.given_ids, (guint32) self->store.flags.n - 1) =
    add_text (self, DRILL_DICT_TEXT, decoded->route_id);
  add_row_ack (self, decoded, item,
               drill_column_index (&self->store.routes[DRILL_ROUTE_PAIR], guint32, self->store.flags.n - 1));
}

/* Items */

static void
add_provider (DrillEvidenceBuilder *self,
              DrillItem            *item,
              DrillSpan             span)
{
  guint32 provider = add_text (self, DRILL_DICT_PROVIDER, span);

  if (provider == 0 || item->n_providers == G_MAXUINT16)
    return;

  for (guint i = 0; i < item->n_providers; i++)
    if (drill_column_index (&self->store.item_providers, guint32, item->first_provider + i) == provider)
      return;

  *(guint32 *) drill_column_append (&self->store.item_providers, 1) = provider;
  item->n_providers += 1;
}

static guint32
append_item (DrillEvidenceBuilder   *self,
             const DrillDecodedItem *decoded,
             gsize                   offset,
             gsize                   length)
{
  DrillItem *item = drill_column_append (&self->store.items, 1);
  const DrillDecodedPlan *plan = decoded->has_plan ? &decoded->plan : &decoded->self;
  DrillSpan schedule_id = first_of (decoded->self.schedule_id, plan->schedule_id);
  DrillSpan subject;

  if (schedule_id.text == NULL && span_equal (decoded->delivery_source, DRILL_SOURCE_NOTIFICATION))
    schedule_id = decoded->event_id;

  subject = first_of (schedule_id, first_of (decoded->audit_id, decoded->delivery_id));
  subject = first_of (subject, first_of (decoded->subject_id, decoded->event_id));
  subject = first_of (subject, first_of (decoded->route_id, decoded->self.plan_id));
  subject = first_of (subject, decoded->session_id);

  item->page = self->page;
  item->offset = offset;
  item->length = (guint32) length;
  item->created = add_text (self, DRILL_DICT_TEXT, decoded->created_at);
  item->created_us = drill_time_parse (decoded->created_at.text, decoded->created_at.length);
  item->session_id = add_text (self, DRILL_DICT_TEXT, decoded->session_id);
  item->kind = add_text (self, DRILL_DICT_KIND, decoded->kind);
  item->schedule = add_text (self, DRILL_DICT_SCHEDULE, schedule_id);
  item->subject = add_text (self, DRILL_DICT_TEXT, subject);
  item->state = add_text (self, DRILL_DICT_STATE, first_of (decoded->state, decoded->other_state));
  item->signer = add_text (self, DRILL_DICT_ACTOR, decoded->signer);
  item->alert = add_text (self, DRILL_DICT_ALERT, first_of (decoded->self.alert_level, plan->alert_level));
  item->source = add_text (self, DRILL_DICT_TEXT, decoded->delivery_source);
  item->plan = DRILL_NONE;
  item->ack = DRILL_NONE;
  item->result = DRILL_RESULT_NONE;
  if (span_equal (decoded->kind, DRILL_KIND_DELIVERY))
    item->result = decoded->success ? DRILL_RESULT_DELIVERED : DRILL_RESULT_FAILED;

  item->first_provider = (guint32) self->store.item_providers.n;
  add_provider (self, item, decoded->row.provider);
  for (guint i = 0; i < decoded->n_providers; i++)
    add_provider (self, item, decoded->providers[i]);

  return (guint32) (self->store.items.n - 1);
}

/* Whether an item with this session_id is known; the service repeats items
 * when its offsets move between two pages (contract section 2). */
static gboolean
is_known (DrillEvidenceBuilder   *self,
          const DrillDecodedItem *decoded,
          gsize                   offset,
          gsize                   length)
{
  const DrillItem *known;
  DrillPage *page, *known_page;
  const char *bytes, *known_bytes;
  gsize page_length;
  guint32 *slot;

  if (decoded->session_id.text == NULL)
    return FALSE;

  slot = slot_of (&self->item_of_session, add_text (self, DRILL_DICT_TEXT, decoded->session_id));
  if (*slot == 0)
    {
      *slot = (guint32) self->store.items.n + 1;
      return FALSE;
    }

  known = &drill_column_index (&self->store.items, DrillItem, *slot - 1);
  page = drill_column_index (&self->store.pages, DrillPage *, self->page);
  known_page = drill_column_index (&self->store.pages, DrillPage *, known->page);
  bytes = drill_page_get_data (page, &page_length) + offset;
  known_bytes = drill_page_get_data (known_page, &page_length) + known->offset;
  if (known->length != length || memcmp (bytes, known_bytes, length) != 0)
    add_problem (self, offset, *slot - 1,
                 "another item with the same session_id and other content; the first one is shown");

  return TRUE;
}

static void
add_item (DrillEvidenceBuilder   *self,
          const DrillDecodedItem *decoded,
          gsize                   offset,
          gsize                   length)
{
  DrillDocument document = drill_decoder_get_document (self->decoder);
  gboolean is_row = document == DRILL_DOCUMENT_ROUTES || document == DRILL_DOCUMENT_PACKAGE;
  guint32 item;

  if (!is_row && is_known (self, decoded, offset, length))
    return;

  item = document == DRILL_DOCUMENT_PACKAGE
         ? self->package_item
         : append_item (self, decoded, offset, length);
  self->n_new += 1;

  if (is_row && decoded->is_object)
    add_row (self, decoded, item);
  else if (span_equal (decoded->kind, DRILL_KIND_PLAN))
    add_plan (self, decoded, item);
  else if (span_equal (decoded->kind, DRILL_KIND_ACK))
    add_ack (self, decoded, item);

  if (decoded->problem != NULL)
    add_problem (self, offset + decoded->problem_offset, item, decoded->problem);
  else if (!is_row && decoded->session_id.text == NULL)
    add_problem (self, offset, item, "an item without session_id");
}

/* A saved audit package is itself one item: its bytes are the whole document. */
static void
add_package_item (DrillEvidenceBuilder *self,
                  DrillPage            *page)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  DrillDecodedItem decoded = { .is_object = TRUE };
  const char *audit_id = "", *generated_at = "", *generated_by = "";
  const char *data;
  gsize length;

  data = drill_page_get_data (page, &length);
  if (json_parser_load_from_data (parser, data, length, NULL) &&
      JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      JsonObject *object = json_node_get_object (json_parser_get_root (parser));

      audit_id = json_object_get_string_member_with_default (object, "audit_id", "");
      generated_at = json_object_get_string_member_with_default (object, "generated_at", "");
      generated_by = json_object_get_string_member_with_default (object, "generated_by", "");
    }

  decoded.kind = (DrillSpan) { DRILL_KIND_PACKAGE, strlen (DRILL_KIND_PACKAGE) };
  decoded.audit_id = (DrillSpan) { audit_id, strlen (audit_id) };
  decoded.session_id = decoded.audit_id;
  decoded.created_at = (DrillSpan) { generated_at, strlen (generated_at) };
  decoded.signer = (DrillSpan) { generated_by, strlen (generated_by) };
  self->package_item = append_item (self, &decoded, 0, length);
}

/**
 * drill_evidence_builder_new:
 *
 * Returns: (transfer full): a builder without evidence
 */
DrillEvidenceBuilder *
drill_evidence_builder_new (void)
{
  static const char *const states[] = {
    "", "outstanding", "acknowledged", "resolved", "escalated", "dismissed",
  };
  DrillEvidenceBuilder *self = g_atomic_rc_box_new0 (DrillEvidenceBuilder);

  drill_store_init (&self->store);
  for (guint i = 0; i < DRILL_N_DICTS; i++)
    drill_dictionary_init (&self->dicts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_assert (add_string (self, DRILL_DICT_STATE, states[i]) == i);

  drill_column_init (&self->item_of_session, sizeof (guint32));
  drill_column_init (&self->plan_of_schedule, sizeof (guint32));
  drill_column_init (&self->plan_currents, sizeof (guint8));
  drill_column_init (&self->pair_acks, sizeof (guint32));
  self->pairs = g_hash_table_new_full (hash_pair, g_int64_equal, g_free, NULL);
  self->decoder = drill_decoder_new ();

  return self;
}

DrillEvidenceBuilder *
drill_evidence_builder_ref (DrillEvidenceBuilder *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_builder (gpointer data)
{
  DrillEvidenceBuilder *self = data;

  drill_store_clear (&self->store);
  for (guint i = 0; i < DRILL_N_DICTS; i++)
    drill_dictionary_clear (&self->dicts[i]);
  drill_column_clear (&self->item_of_session);
  drill_column_clear (&self->plan_of_schedule);
  drill_column_clear (&self->plan_currents);
  drill_column_clear (&self->pair_acks);
  g_hash_table_unref (self->pairs);
  drill_decoder_free (self->decoder);
  g_free (self->order);
}

void
drill_evidence_builder_unref (DrillEvidenceBuilder *self)
{
  g_atomic_rc_box_release_full (self, clear_builder);
}

/**
 * drill_evidence_builder_begin:
 * @self: a builder
 * @page: a document
 * @error: %DRILL_ERROR_BAD_INPUT or %DRILL_ERROR_TOO_LARGE, with the byte
 *
 * Begins to read a further page: finds out what it is and checks its frame. Its
 * items follow with drill_evidence_builder_step().
 *
 * Returns: whether it can be read
 */
gboolean
drill_evidence_builder_begin (DrillEvidenceBuilder *self,
                              DrillPage            *page,
                              GError              **error)
{
  gsize length;

  g_return_val_if_fail (self != NULL && page != NULL, FALSE);

  if (!drill_decoder_open (self->decoder, page, error))
    return FALSE;

  /* Codes are 32-bit offsets into the texts, which are no longer than the pages */
  drill_page_get_data (page, &length);
  if (self->dicts[DRILL_DICT_TEXT].texts.n + 2 * (guint64) length > G_MAXUINT32 ||
      self->store.items.n + drill_decoder_get_n_items (self->decoder) > DRILL_MAX_ITEMS)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_TOO_LARGE, "more evidence than one snapshot can hold");
      return FALSE;
    }

  self->page = (guint32) self->store.pages.n;
  *(DrillPage **) drill_column_append (&self->store.pages, 1) = drill_page_ref (page);
  self->next_item = 0;
  self->n_new = 0;
  if (drill_decoder_get_document (self->decoder) == DRILL_DOCUMENT_PACKAGE)
    add_package_item (self, page);

  return TRUE;
}

/**
 * drill_evidence_builder_step:
 * @self: a builder that has begun a page
 * @max_bytes: how much of it to read at the most, bytes; at least one item is read
 * @report: (out caller-allocates) (optional): what the page has brought so far
 * @more: (out): whether there is more to read
 * @error: %DRILL_ERROR_BAD_INPUT, with the byte
 *
 * Reads on. An error ends the page: what came before its place is kept, and a
 * snapshot has it.
 *
 * Returns: whether what was read is JSON
 */
gboolean
drill_evidence_builder_step (DrillEvidenceBuilder *self,
                             gsize                 max_bytes,
                             DrillPageReport      *report,
                             gboolean             *more,
                             GError              **error)
{
  gsize n_items = drill_decoder_get_n_items (self->decoder);
  gsize first_byte = 0, offset = 0, length = 0;
  gboolean ok = TRUE;

  g_return_val_if_fail (self != NULL && more != NULL, FALSE);

  if (self->next_item < n_items)
    drill_decoder_get_span (self->decoder, self->next_item, &first_byte, &length);
  offset = first_byte;

  while (ok && self->next_item < n_items && offset - first_byte < MAX (max_bytes, 1))
    {
      DrillDecodedItem decoded;

      drill_decoder_get_span (self->decoder, self->next_item, &offset, &length);
      ok = drill_decoder_read (self->decoder, self->next_item, &decoded, error);
      if (ok)
        {
          add_item (self, &decoded, offset, length);
          self->next_item += 1;
        }
      offset += length;
    }

  *more = ok && self->next_item < n_items;
  if (report != NULL)
    {
      report->document = drill_decoder_get_document (self->decoder);
      report->n_items = (guint) self->next_item;
      report->n_new = self->n_new;
      report->n_bytes = offset;
      report->total = drill_decoder_get_total (self->decoder);
      report->offset = drill_decoder_get_offset (self->decoder);
    }

  return ok;
}

/**
 * drill_evidence_builder_add:
 * @self: a builder
 * @page: a document
 * @report: (out caller-allocates) (optional): what it has brought
 * @error: %DRILL_ERROR_BAD_INPUT or %DRILL_ERROR_TOO_LARGE, with the byte
 *
 * Reads a whole page.
 *
 * Returns: whether it could be read
 */
gboolean
drill_evidence_builder_add (DrillEvidenceBuilder *self,
                            DrillPage            *page,
                            DrillPageReport      *report,
                            GError              **error)
{
  gboolean more;

  return drill_evidence_builder_begin (self, page, error) &&
         drill_evidence_builder_step (self, G_MAXSIZE, report, &more, error);
}

/**
 * drill_evidence_builder_get_n_items:
 * @self: a builder
 *
 * Returns: how many different items it knows
 */
guint
drill_evidence_builder_get_n_items (DrillEvidenceBuilder *self)
{
  return (guint) self->store.items.n;
}

/* Snapshots */

typedef struct {
  guint64     prefix[3]; /* the first 24 bytes of created_at, in the order of their comparison */
  const char *created;
  const char *session_id;
  guint32     item;
} OrderKey;

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  const OrderKey *key_a = a, *key_b = b;
  int order;

  for (guint i = 0; i < G_N_ELEMENTS (key_a->prefix); i++)
    if (key_a->prefix[i] != key_b->prefix[i])
      return key_a->prefix[i] > key_b->prefix[i] ? -1 : 1;

  order = strcmp (key_b->created, key_a->created);
  if (order == 0)
    order = strcmp (key_a->session_id, key_b->session_id);
  if (order == 0)
    order = key_a->item < key_b->item ? -1 : 1;

  return order;
}

static void
make_order_key (DrillEvidenceBuilder *self,
                guint32               item,
                OrderKey             *key)
{
  const DrillItem *items = self->store.items.data;
  char prefix[sizeof key->prefix] = { 0, };

  key->item = item;
  key->created = get_text (self, DRILL_DICT_TEXT, items[item].created);
  key->session_id = get_text (self, DRILL_DICT_TEXT, items[item].session_id);
  memcpy (prefix, key->created, MIN (strlen (key->created), sizeof prefix));
  memcpy (key->prefix, prefix, sizeof prefix);
  for (guint i = 0; i < G_N_ELEMENTS (key->prefix); i++)
    key->prefix[i] = GUINT64_FROM_BE (key->prefix[i]);
}

static void
extend_order (DrillEvidenceBuilder *self)
{
  guint n_items = (guint) self->store.items.n;
  guint n_added = n_items - self->n_ordered;
  g_autofree OrderKey *added = NULL;
  guint32 *order;
  OrderKey key;
  guint i = 0, j = 0;

  if (n_added == 0)
    return;

  added = g_new (OrderKey, n_added);
  for (guint k = 0; k < n_added; k++)
    make_order_key (self, self->n_ordered + k, &added[k]);
  qsort (added, n_added, sizeof *added, compare_newest_first);

  order = g_new (guint32, n_items);
  if (self->n_ordered > 0)
    make_order_key (self, self->order[0], &key);
  for (guint k = 0; k < n_items; k++)
    {
      if (j < n_added && (i == self->n_ordered || compare_newest_first (&added[j], &key) < 0))
        {
          order[k] = added[j++].item;
        }
      else
        {
          order[k] = self->order[i++];
          if (i < self->n_ordered)
            make_order_key (self, self->order[i], &key);
        }
    }

  g_free (self->order);
  self->order = order;
  self->n_ordered = n_items;
}

/**
 * drill_evidence_builder_snapshot:
 * @self: a builder
 *
 * Makes a snapshot of all that was read so far. It costs a few ms per 100,000
 * items, not a further reading.
 *
 * Returns: (transfer full): the snapshot
 */
DrillEvidence *
drill_evidence_builder_snapshot (DrillEvidenceBuilder *self)
{
  DrillEvidence *evidence = g_atomic_rc_box_new0 (DrillEvidence);

  g_return_val_if_fail (self != NULL, NULL);

  drill_store_share (&self->store, &evidence->store);
  for (guint i = 0; i < DRILL_N_DICTS; i++)
    {
      drill_column_share (&self->dicts[i].texts, &evidence->store.texts[i]);
      drill_column_share (&self->dicts[i].offsets, &evidence->store.offsets[i]);
    }

  extend_order (self);
  evidence->order = g_memdup2 (self->order, sizeof *self->order * self->n_ordered);
  evidence->plan_currents = g_memdup2 (self->plan_currents.data, self->plan_currents.n);
  evidence->pair_acks = g_memdup2 (self->pair_acks.data, sizeof (guint32) * self->pair_acks.n);
  evidence->n_pairs = (guint) self->pair_acks.n;
  evidence->n_problems = self->n_problems;

  return evidence;
}
