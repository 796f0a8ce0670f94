// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-item-reader.hh"

namespace drill {

// Of two fields with one name the last one counts, so each nested object
// forgets what the one before it said.

static error_code
read_window (ItemReader        *self,
             od::value          value,
             DrillDecodedRoute &route)
{
  route.window_id = {};
  route.window_reason = {};

  return read_object (self, value, &route.has_window, [&] (std::string_view key, od::value field) {
    if (key == "window_id")
      return read_text (self, field, &route.window_id);
    if (key == "reason")
      return read_text (self, field, &route.window_reason);

    return check (self, field, 0);
  });
}

static error_code
read_availability (ItemReader        *self,
                   od::value          value,
                   DrillDecodedRoute &route)
{
  gboolean is_object;

  route.owner_unavailable = FALSE;
  route.availability_reason = {};

  return read_object (self, value, &is_object, [&] (std::string_view key, od::value field) {
    if (key == "available")
      {
        gboolean available;
        error_code code = read_truth (self, field, &available);

        route.owner_unavailable = !available;

        return code;
      }
    if (key == "reason")
      return read_text (self, field, &route.availability_reason);

    return check (self, field, 0);
  });
}

static void
init_route (DrillDecodedRoute &route)
{
  route = {};
  route.minutes = DRILL_MINUTES_NONE;
}

// The fields of a decision; returns whether the key was one of them.
static bool
read_route_field (ItemReader      *self,
                  std::string_view   key,
                  od::value          value,
                  DrillDecodedRoute &route,
                  error_code        &code)
{
  if (key == "schedule_id")
    code = read_text (self, value, &route.schedule_id);
  else if (key == "provider")
    code = read_text (self, value, &route.provider);
  else if (key == "owner")
    code = read_text (self, value, &route.owner);
  else if (key == "escalation_owner")
    code = read_text (self, value, &route.escalation_owner);
  else if (key == "acknowledgement_minutes")
    code = read_minutes (self, value, &route.minutes);
  else if (key == "maintenance_window")
    code = read_window (self, value, route);
  else if (key == "owner_availability")
    code = read_availability (self, value, route);
  else if (key == "action")
    code = read_text (self, value, &route.action);
  else if (key == "reason")
    code = read_text (self, value, &route.reason);
  else if (key == "category")
    code = read_text (self, value, &route.category);
  else
    return false;

  return true;
}

static error_code
read_decisions (ItemReader     *self,
                od::value         value,
                DrillDecodedPlan &plan)
{
  plan.first_route = static_cast<guint> (self->routes.size ());
  const error_code result = read_array (self, value, [&] (od::value element) {
    const char *where = place_of (element);
    gboolean is_object;
    DrillDecodedRoute route;

    init_route (route);
    error_code code = read_object (self, element, &is_object, [&] (std::string_view key, od::value field) {
      error_code field_code = simdjson::SUCCESS;

      if (!read_route_field (self, key, field, route, field_code))
        field_code = check (self, field, 0);

      return field_code;
    });
    if (is_object)
      self->routes.push_back (route);
    else
      note_problem (self, DRILL_WORDS ("a route decision that is not an object"), where);

    return code;
  });
  plan.n_routes = static_cast<guint> (self->routes.size ()) - plan.first_route;

  return result;
}

// The fields of a plan; returns whether the key was one of them.
static bool
read_plan_field (ItemReader     *self,
                 std::string_view  key,
                 od::value         value,
                 DrillDecodedPlan &plan,
                 error_code       &code)
{
  if (key == "schedule_id")
    code = read_text (self, value, &plan.schedule_id);
  else if (key == "plan_id")
    code = read_text (self, value, &plan.plan_id);
  else if (key == "alert_level")
    code = read_text (self, value, &plan.alert_level);
  else if (key == "generated_at")
    code = read_text (self, value, &plan.generated_at);
  else if (key == "next_due_at")
    code = read_text (self, value, &plan.next_due_at);
  else if (key == "route_decisions")
    code = read_decisions (self, value, plan);
  else if (key == "owners")
    {
      plan.first_owner = static_cast<guint> (self->texts.size ());
      code = read_texts (self, value, self->texts);
      plan.n_owners = static_cast<guint> (self->texts.size ()) - plan.first_owner;
    }
  else if (key == "acknowledgement_required_providers")
    {
      plan.first_required = static_cast<guint> (self->texts.size ());
      code = read_texts (self, value, self->texts);
      plan.n_required = static_cast<guint> (self->texts.size ()) - plan.first_required;
    }
  else
    return false;

  return true;
}

static error_code
read_plan (ItemReader *self,
           od::value     value)
{
  DrillDecodedItem *item = self->item;

  item->plan = {};

  return read_object (self, value, &item->has_plan, [&] (std::string_view key, od::value field) {
    error_code code = simdjson::SUCCESS;

    if (!read_plan_field (self, key, field, item->plan, code))
      code = check (self, field, 0);

    return code;
  });
}

static error_code
read_payload (ItemReader *self,
              od::value     value)
{
  DrillDecodedItem *item = self->item;

  item->ack_state = item->ack_id = item->ack_by = item->ack_at = {};
  item->ack_reference = item->ack_notes = item->ack_plan_id = {};

  return read_object (self, value, &item->has_payload, [&] (std::string_view key, od::value field) {
    if (key == "acknowledgement_state")
      return read_text (self, field, &item->ack_state);
    if (key == "acknowledgement_id")
      return read_text (self, field, &item->ack_id);
    if (key == "acknowledged_by")
      return read_text (self, field, &item->ack_by);
    if (key == "acknowledged_at")
      return read_text (self, field, &item->ack_at);
    if (key == "external_ref")
      return read_text (self, field, &item->ack_reference);
    if (key == "notes")
      return read_text (self, field, &item->ack_notes);
    if (key == "plan_id")
      return read_text (self, field, &item->ack_plan_id);

    return check (self, field, 0);
  });
}

static error_code
read_provider_list (ItemReader *self,
                    od::value     value)
{
  return read_texts (self, value, self->providers);
}

// The fields only an item or a row has; returns whether the key was one of them.
static bool
read_own_field (ItemReader     *self,
                std::string_view  key,
                od::value         value,
                error_code       &code)
{
  static const struct
  {
    std::string_view key;
    DrillSpan DrillDecodedItem::*text;
  } texts[] = {
    { "session_id", &DrillDecodedItem::session_id },
    { "created_at", &DrillDecodedItem::created_at },
    { "metadata_kind", &DrillDecodedItem::kind },
    { "signer", &DrillDecodedItem::signer },
    { "acknowledgement_state", &DrillDecodedItem::state },
    { "acknowledgement_id", &DrillDecodedItem::own_ack_id },
    { "acknowledged_by", &DrillDecodedItem::own_ack_by },
    { "acknowledged_at", &DrillDecodedItem::own_ack_at },
    { "external_ref", &DrillDecodedItem::own_ack_reference },
    { "notes", &DrillDecodedItem::own_ack_notes },
    { "event_id", &DrillDecodedItem::event_id },
    { "audit_id", &DrillDecodedItem::audit_id },
    { "delivery_id", &DrillDecodedItem::delivery_id },
    { "connector_delivery_source", &DrillDecodedItem::delivery_source },
    { "approval_state", &DrillDecodedItem::other_state },
    { "closure_state", &DrillDecodedItem::other_state },
    { "execution_status", &DrillDecodedItem::other_state },
    { "retry_plan_id", &DrillDecodedItem::subject_id },
    { "approval_plan_id", &DrillDecodedItem::subject_id },
    { "playbook_id", &DrillDecodedItem::subject_id },
    { "run_id", &DrillDecodedItem::subject_id },
    { "route_id", &DrillDecodedItem::route_id },
    { "route_created_at", &DrillDecodedItem::route_created_at },
  };

  for (const auto &known : texts)
    if (key == known.key)
      {
        code = read_text (self, value, &(self->item->*known.text));
        return true;
      }

  if (key == "plan")
    code = read_plan (self, value);
  else if (key == "acknowledgement")
    code = read_payload (self, value);
  else if (key == "delivery_success")
    {
      self->item->has_success = TRUE;
      code = read_truth (self, value, &self->item->success);
    }
  else if (key == "providers" || key == "selected_providers" || key == "failed_providers")
    code = read_provider_list (self, value);
  else
    return false;

  return true;
}

// The fields a row of a routes page or an audit package has under other names.
static bool
read_row_field (ItemReader     *self,
                std::string_view  key,
                od::value         value,
                error_code       &code)
{
  DrillDecodedRoute &row = self->item->row;

  if (key == "route_action")
    code = read_text (self, value, &row.action);
  else if (key == "maintenance_window_id")
    code = read_text (self, value, &row.window_id);
  else if (key == "maintenance_window_reason")
    code = read_text (self, value, &row.window_reason);
  else if (key == "owner_availability_reason")
    code = read_text (self, value, &row.availability_reason);
  else if (key == "owner_available")
    {
      gboolean available;

      code = read_truth (self, value, &available);
      row.owner_unavailable = !available;
    }
  else
    return false;

  return true;
}

static error_code
read_item_field (ItemReader     *self,
                 std::string_view  key,
                 od::value         value)
{
  error_code code = simdjson::SUCCESS;

  // schedule_id belongs to the plan and to the row: the plan's is copied over
  if (read_own_field (self, key, value, code) ||
      read_plan_field (self, key, value, self->item->self, code) ||
      read_route_field (self, key, value, self->item->row, code) ||
      read_row_field (self, key, value, code))
    return code;

  return check (self, value, 0);
}

// Reads an item that is an object or an array; its bytes are followed by the
// rest of the page, so that capacity is more than length. On an error, where is
// its place, or NULL for the end.
error_code
read_item (ItemReader       *self,
           const char       *data,
           gsize             length,
           gsize             capacity,
           DrillDecodedItem *item,
           const char      **where)
{
  od::document document;
  od::json_type type = od::json_type::null;
  error_code code;
  bool begun;

  *item = {};
  init_route (item->row);
  self->item = item;
  self->data = data;
  self->problem = nullptr;
  self->problem_offset = 0;
  self->routes.clear ();
  self->texts.clear ();
  self->providers.clear ();

  code = self->parser.iterate (data, length, capacity).get (document);
  begun = code == simdjson::SUCCESS; // one that could not be begun has no place to ask for
  if (begun)
    code = document.type ().get (type);

  if (code == simdjson::SUCCESS)
    {
      od::value value;

      item->is_object = type == od::json_type::object;
      if (!item->is_object)
        note_problem (self, DRILL_WORDS ("an item that is not an object"), data);
      code = document.get_value ().get (value);
      if (code == simdjson::SUCCESS && item->is_object)
        {
          gboolean is_object;

          code = read_object (self, value, &is_object, [&] (std::string_view key, od::value field) {
            return read_item_field (self, key, field);
          });
        }
      else if (code == simdjson::SUCCESS)
        {
          code = check (self, value, 0);
        }
    }

  if (code == simdjson::DEPTH_ERROR)
    {
      self->problem = nullptr;
      note_problem (self, DRILL_WORDS ("nested too deeply to be read in full"), data);
      code = simdjson::SUCCESS;
    }

  *where = nullptr;
  if (code == simdjson::INCOMPLETE_ARRAY_OR_OBJECT)
    {
      // It is whole, its place was found by its brackets, and so it is the last
      // one that is another. Newer simdjson say so before they read it.
      code = simdjson::TAPE_ERROR;
      *where = data + length - 1;
    }
  else if (code != simdjson::SUCCESS && begun && document.current_location ().get (*where) != simdjson::SUCCESS)
    *where = nullptr;

  item->routes = self->routes.data ();
  item->texts = self->texts.data ();
  item->providers = self->providers.data ();
  item->n_providers = static_cast<guint> (self->providers.size ());
  item->problem = self->problem;
  item->problem_offset = self->problem_offset;

  return code;
}

}
