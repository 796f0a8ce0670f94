// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-builder-private.h"

#include "base/drill-time.h"

/* Plans and their route rows: contract sections 2 and 4. */

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

  return drill_span_or (route->category, (DrillSpan) { "other", strlen ("other") });
}

static gint64
get_deadline (DrillEvidenceBuilder *self,
              gint64                created_us,
              gint32                minutes)
{
  int slo = drill_route_slo_minutes (minutes);

  if (created_us == DRILL_TIME_UNKNOWN)
    return G_MAXINT64;

  if (slo >= DRILL_N_KNOWN_SLOS)
    return created_us + drill_time_breach_after (slo);

  if (self->breach_after[slo] == 0)
    self->breach_after[slo] = drill_time_breach_after (slo);

  return created_us + self->breach_after[slo];
}

static guint
hash_note (gconstpointer key)
{
  const DrillRouteNote *note = key;

  return note->window_id * 31 * 31 + note->window_reason * 31 + note->availability_reason;
}

static gboolean
equal_note (gconstpointer a,
            gconstpointer b)
{
  return memcmp (a, b, sizeof (DrillRouteNote)) == 0;
}

/* Most decisions say the same of their owner's calendar: each note is kept once */
GHashTable *
drill_builder_new_notes (void)
{
  return g_hash_table_new_full (hash_note, equal_note, g_free, NULL);
}

static guint32
add_note (DrillEvidenceBuilder    *self,
          const DrillDecodedRoute *route)
{
  DrillRouteNote note;
  guint32 row;

  if (route->window_id.text == NULL && route->window_reason.text == NULL &&
      route->availability_reason.text == NULL)
    return DRILL_NONE;

  note.window_id = drill_builder_add_text (self, DRILL_DICT_TEXT, route->window_id);
  note.window_reason = drill_builder_add_text (self, DRILL_DICT_TEXT, route->window_reason);
  note.availability_reason = drill_builder_add_text (self, DRILL_DICT_TEXT, route->availability_reason);

  if (self->last_note > 0 &&
      equal_note (&note, &drill_column_index (&self->store.notes, DrillRouteNote, self->last_note - 1)))
    return self->last_note - 1;

  row = GPOINTER_TO_UINT (g_hash_table_lookup (self->notes, &note));
  if (row == 0)
    {
      *(DrillRouteNote *) drill_column_append (&self->store.notes, 1) = note;
      row = (guint32) self->store.notes.n;
      g_hash_table_insert (self->notes, g_memdup2 (&note, sizeof note), GUINT_TO_POINTER (row));
    }

  self->last_note = row;

  return row - 1;
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
  gboolean suppressed = drill_span_equal (route->action, "suppress");
  gboolean explicit = drill_span_equal (route->action, "deliver");
  guint8 flags = 0;
  guint32 code;

  code = drill_builder_add_text (self, DRILL_DICT_OWNER, route->owner);
  columns[DRILL_ROUTE_OWNER] = code != 0 ? code : drill_builder_add_string (self, DRILL_DICT_OWNER, DRILL_DEFAULT_OWNER);
  code = drill_builder_add_text (self, DRILL_DICT_OWNER, route->escalation_owner);
  columns[DRILL_ROUTE_ESCALATION_OWNER] = code != 0 ? code : columns[DRILL_ROUTE_OWNER];
  code = drill_builder_add_text (self, DRILL_DICT_ACTION, route->action);
  columns[DRILL_ROUTE_ACTION] = code != 0 ? code : drill_builder_add_string (self, DRILL_DICT_ACTION, "deliver");

  if (category_given && route->category.text != NULL)
    columns[DRILL_ROUTE_CATEGORY] = drill_builder_add_text (self, DRILL_DICT_CATEGORY, route->category);
  else if (suppressed)
    columns[DRILL_ROUTE_CATEGORY] = drill_builder_add_text (self, DRILL_DICT_CATEGORY, get_category (route));
  else
    columns[DRILL_ROUTE_CATEGORY] =
      drill_builder_add_string (self, DRILL_DICT_CATEGORY,
                  drill_builder_get_text (self, DRILL_DICT_ACTION, columns[DRILL_ROUTE_ACTION]));

  columns[DRILL_ROUTE_PLAN] = plan;
  columns[DRILL_ROUTE_SCHEDULE] = drill_builder_add_text (self, DRILL_DICT_SCHEDULE, schedule_id);
  columns[DRILL_ROUTE_PROVIDER] = drill_builder_add_text (self, DRILL_DICT_PROVIDER, route->provider);
  columns[DRILL_ROUTE_REASON] = drill_builder_add_text (self, DRILL_DICT_REASON, route->reason);
  columns[DRILL_ROUTE_PAIR] = drill_builder_add_pair (self, columns[DRILL_ROUTE_SCHEDULE], columns[DRILL_ROUTE_PROVIDER]);
  columns[DRILL_ROUTE_NOTE] = add_note (self, route);

  for (guint i = 0; i < DRILL_N_ROUTE_COLUMNS; i++)
    drill_column_append_code (&self->store.routes[i], columns[i]);

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

  newest = drill_builder_slot (&self->plan_of_schedule, plans[plan].schedule);
  if (*newest != 0)
    {
      guint32 other = *newest - 1;

      if (!drill_builder_is_newer (self, plans[plan].created, plans[plan].item, plans[other].created, plans[other].item))
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

  return drill_builder_add_string (self, DRILL_DICT_OWNER, owners->len > 0 ? owners->str : DRILL_DEFAULT_OWNER);
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
  plan->created = drill_builder_add_text (self, DRILL_DICT_TEXT, created);
  plan->created_us = drill_time_parse (created.text, created.length);
  drill_column_append (&self->plan_currents, 1);

  return plan;
}

void
drill_builder_add_plan (DrillEvidenceBuilder   *self,
                        const DrillDecodedItem *decoded,
                        guint32                 item)
{
  const DrillDecodedPlan *source = decoded->has_plan ? &decoded->plan : &decoded->self;
  DrillSpan schedule_id = drill_span_or (source->schedule_id, decoded->self.schedule_id);
  guint32 row = (guint32) self->store.plans.n;
  DrillPlan *plan = append_plan (self, item, drill_span_or (decoded->created_at, source->generated_at));

  plan->schedule = drill_builder_add_text (self, DRILL_DICT_SCHEDULE, drill_span_or (decoded->self.schedule_id, source->schedule_id));
  plan->plan_id = drill_builder_add_text (self, DRILL_DICT_TEXT, drill_span_or (source->plan_id, decoded->self.plan_id));
  plan->alert = drill_builder_add_text (self, DRILL_DICT_ALERT, drill_span_or (source->alert_level, decoded->self.alert_level));
  if (plan->alert == 0)
    plan->alert = drill_builder_add_string (self, DRILL_DICT_ALERT, "unknown");
  plan->next_due = drill_builder_add_text (self, DRILL_DICT_TEXT, source->next_due_at);
  plan->owners = join_owners (self, decoded, source);
  plan->n_routes = source->n_routes;

  for (guint i = 0; i < source->n_routes; i++)
    {
      const DrillDecodedRoute *route = &decoded->routes[source->first_route + i];

      if (drill_span_equal (route->action, "deliver"))
        plan->delivers = TRUE;
      add_route (self, route, row,
                 drill_span_or (drill_span_or (source->schedule_id, route->schedule_id), decoded->self.schedule_id),
                 FALSE);
    }

  /* They only matter to a plan that has nothing else to deliver */
  for (guint i = 0; !plan->delivers && i < source->n_required; i++)
    {
      DrillRequired *required = drill_column_append (&self->store.required, 1);

      required->provider = drill_builder_add_text (self, DRILL_DICT_PROVIDER, decoded->texts[source->first_required + i]);
      required->schedule = drill_builder_add_text (self, DRILL_DICT_SCHEDULE, schedule_id);
      required->pair = drill_builder_add_pair (self, required->schedule, required->provider);
      plan->n_required += 1;
    }

  drill_column_index (&self->store.items, DrillItem, item).plan = row;
  set_current_plan (self, row);
}

/* Rows of a routes page or an audit package, which have no plan of their own */

void
drill_builder_add_row (DrillEvidenceBuilder   *self,
                       const DrillDecodedItem *decoded,
                       guint32                 item)
{
  DrillSpan created = drill_span_or (decoded->created_at, decoded->route_created_at);
  guint32 schedule = drill_builder_add_text (self, DRILL_DICT_SCHEDULE, decoded->self.schedule_id);
  guint32 plan_id = drill_builder_add_text (self, DRILL_DICT_TEXT, decoded->self.plan_id);
  guint32 created_code = drill_builder_add_text (self, DRILL_DICT_TEXT, created);
  guint32 row = (guint32) self->store.plans.n - 1;
  DrillPlan *plan = row != G_MAXUINT32 ? &drill_column_index (&self->store.plans, DrillPlan, row) : NULL;

  /* Rows of one plan follow each other, in one item or in items that do. A plan
   * of an earlier page is not extended: a snapshot may know it already. */
  if (plan == NULL || drill_column_index (&self->store.items, DrillItem, plan->item).page != self->page ||
      (plan->item != item && plan->item + plan->n_routes != item) ||
      plan->schedule != schedule || plan->plan_id != plan_id || plan->created != created_code)
    {
      row = (guint32) self->store.plans.n;
      plan = append_plan (self, item, created);
      plan->schedule = schedule;
      plan->plan_id = plan_id;
      plan->alert = drill_builder_add_text (self, DRILL_DICT_ALERT, decoded->self.alert_level);
      if (plan->alert == 0)
        plan->alert = drill_builder_add_string (self, DRILL_DICT_ALERT, "unknown");
      plan->next_due = drill_builder_add_text (self, DRILL_DICT_TEXT, decoded->self.next_due_at);
      plan->owners = drill_builder_add_string (self, DRILL_DICT_OWNER, DRILL_DEFAULT_OWNER);
      plan->delivers = TRUE;
      set_current_plan (self, row);
    }
  plan->n_routes += 1;

  add_route (self, &decoded->row, row, decoded->self.schedule_id, TRUE);
  *drill_builder_slot (&self->store.given_ids, (guint32) self->store.flags.n - 1) =
    drill_builder_add_text (self, DRILL_DICT_TEXT, decoded->route_id);
  drill_builder_add_row_ack (self, decoded, item,
               drill_column_index (&self->store.routes[DRILL_ROUTE_PAIR], guint32, self->store.flags.n - 1));
}
