// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-json-walk.hh"

#include <cstring>

namespace drill {

// Errors that leave the document's structure intact: the value is not
// readable, the rest of the item is.
static bool
is_local (error_code code)
{
  return code == simdjson::STRING_ERROR || code == simdjson::NUMBER_ERROR ||
         code == simdjson::NUMBER_OUT_OF_RANGE || code == simdjson::INCORRECT_TYPE;
}

// Newer simdjson pass over a byte order mark, but JSON has none.
error_code
begin_document (od::parser   &parser,
                const char   *data,
                gsize         length,
                gsize         capacity,
                od::document &document)
{
  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    return simdjson::TAPE_ERROR;

  return parser.iterate (data, length, capacity).get (document);
}

void
note_problem (JsonWalk *self,
              const char   *problem,
              const char   *where)
{
  if (self->problem != nullptr)
    return;

  self->problem = problem;
  self->problem_offset = where > self->data ? where - self->data : 0;
}

std::string_view
trim (std::string_view text)
{
  while (!text.empty () && (text.back () == ' ' || text.back () == '\n' || text.back () == '\r' || text.back () == '\t'))
    text.remove_suffix (1);

  return text;
}

const char *
place_of (od::value &value)
{
  return value.raw_json_token ().data ();
}

// Codes stand for C strings. A NUL inside one cannot be shown anyway.
static void
replace_nul (std::string_view text)
{
  char *writable = const_cast<char *> (text.data ());

  for (size_t i = 0; i < text.size (); i++)
    if (writable[i] == '\0')
      writable[i] = '?';
}

// The text of a string; one with a broken escape is noted and empty. Most have
// no escape at all: those are not copied, they are in the page as they are.
static error_code
read_string (JsonWalk         *self,
             od::value         value,
             std::string_view &text)
{
  const std::string_view token = trim (value.raw_json_token ());
  error_code code;

  if (token.size () >= 2 && token.back () == '"' && memchr (token.data (), '\\', token.size ()) == nullptr)
    {
      od::raw_json_string unread;

      text = token.substr (1, token.size () - 2);

      return value.get_raw_json_string ().get (unread);
    }

  code = value.get_string ().get (text);
  if (is_local (code))
    {
      note_problem (self, DRILL_WORDS ("a text with a broken escape"), token.data ());
      text = {};
      return simdjson::SUCCESS;
    }
  if (code == simdjson::SUCCESS)
    replace_nul (text);

  return code;
}

static error_code
check_object (JsonWalk *self,
              od::object    object,
              guint         depth)
{
  for (auto entry : object)
    {
      od::field field;
      std::string_view key;

      if (error_code code = std::move (entry).get (field); code != simdjson::SUCCESS)
        return code;
      if (error_code code = field.unescaped_key ().get (key); code != simdjson::SUCCESS)
        return simdjson::TAPE_ERROR; // a key that cannot be read is no key
      if (error_code code = check (self, field.value (), depth + 1); code != simdjson::SUCCESS)
        return code;
    }

  return simdjson::SUCCESS;
}

// Reads a value nobody needs, to be sure that it is JSON.
error_code
check (JsonWalk *self,
       od::value     value,
       guint         depth)
{
  const char *where = place_of (value);
  od::json_type type;
  error_code code = value.type ().get (type);

  if (code != simdjson::SUCCESS)
    return code;

  if (depth > DRILL_MAX_DEPTH)
    return simdjson::DEPTH_ERROR;

  switch (type)
    {
    case od::json_type::object:
      {
        od::object object;

        if (code = value.get_object ().get (object); code != simdjson::SUCCESS)
          return code;

        return check_object (self, object, depth);
      }

    case od::json_type::array:
      {
        od::array array;

        if (code = value.get_array ().get (array); code != simdjson::SUCCESS)
          return code;

        for (auto entry : array)
          {
            od::value element;

            if (code = std::move (entry).get (element); code != simdjson::SUCCESS)
              return code;
            if (code = check (self, element, depth + 1); code != simdjson::SUCCESS)
              return code;
          }

        return simdjson::SUCCESS;
      }

    case od::json_type::string:
      {
        std::string_view text;

        return read_string (self, value, text);
      }

    case od::json_type::number:
      {
        od::number number;

        // Whatever is wrong with it, the rest of the item is readable. Newer
        // simdjson have a code of its own for an integer beyond 64 bits.
        code = value.get_number ().get (number);
        if (code != simdjson::SUCCESS)
          note_problem (self, DRILL_WORDS ("a number that is out of range or malformed"), where);

        return simdjson::SUCCESS;
      }

    case od::json_type::boolean:
      {
        bool boolean;

        return value.get_bool ().get (boolean);
      }

    case od::json_type::null:
      {
        bool is_null = false; // by .get (): as a condition it would throw for "nul"

        return value.is_null ().get (is_null) == simdjson::SUCCESS && is_null
               ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
      }

    default:
      return simdjson::TAPE_ERROR;
    }
}

// A text as the service's str (x or "") would have it.
error_code
read_text (JsonWalk *self,
           od::value     value,
           DrillSpan    *text)
{
  const char *where = place_of (value);
  od::json_type type;
  error_code code = value.type ().get (type);

  *text = { nullptr, 0 };
  if (code != simdjson::SUCCESS)
    return code;

  switch (type)
    {
    case od::json_type::string:
      {
        std::string_view view;

        code = read_string (self, value, view);
        if (code == simdjson::SUCCESS && !view.empty ())
          *text = { view.data (), view.size () };

        return code;
      }

    case od::json_type::number:
      {
        const std::string_view token = trim (value.raw_json_token ());
        double number;

        code = value.get_double ().get (number);
        if (is_local (code))
          {
            note_problem (self, DRILL_WORDS ("a number that is out of range or malformed"), where);
            return simdjson::SUCCESS;
          }
        note_problem (self, DRILL_WORDS ("a number where a text belongs"), where);
        if (code == simdjson::SUCCESS && number != 0)
          *text = { token.data (), token.size () };

        return code;
      }

    case od::json_type::boolean:
      {
        bool boolean = false;

        code = value.get_bool ().get (boolean);
        note_problem (self, DRILL_WORDS ("a boolean where a text belongs"), where);
        if (code == simdjson::SUCCESS && boolean)
          *text = { "True", 4 };

        return code;
      }

    case od::json_type::null:
      return check (self, value, 0);

    default:
      note_problem (self, DRILL_WORDS ("a list or object where a text belongs"), where);

      return check (self, value, 0);
    }
}

// What Python's bool () says of a value.
error_code
read_truth (JsonWalk *self,
            od::value     value,
            gboolean     *truth)
{
  const std::string_view token = trim (value.raw_json_token ());
  od::json_type type;
  error_code code = value.type ().get (type);

  *truth = FALSE;
  if (code != simdjson::SUCCESS)
    return code;

  switch (type)
    {
    case od::json_type::boolean:
      *truth = token == "true";
      break;

    case od::json_type::string:
      *truth = token != "\"\"";
      break;

    case od::json_type::number:
      {
        double number;

        // Not consumed where it fails; then it is too large to be 0
        code = value.get_double ().get (number);
        if (code == simdjson::SUCCESS)
          {
            *truth = number != 0;
            return code;
          }
        *truth = TRUE;
      }
      break;

    case od::json_type::array:
    case od::json_type::object:
      {
        const char *inside = token.data () + 1;

        inside += strspn (inside, " \t\r\n");
        *truth = *inside != ']' && *inside != '}';
      }
      break;

    default:
      break;
    }

  return check (self, value, 0);
}

error_code
read_minutes (JsonWalk *self,
              od::value     value,
              gint32       *minutes)
{
  const char *where = place_of (value);
  od::json_type type;
  int64_t number;
  error_code code = value.type ().get (type);

  *minutes = DRILL_MINUTES_NONE;
  if (code != simdjson::SUCCESS)
    return code;

  if (type != od::json_type::number)
    {
      if (type != od::json_type::null)
        note_problem (self, DRILL_WORDS ("acknowledgement_minutes is not a number"), where);

      return check (self, value, 0);
    }

  code = value.get_int64 ().get (number);
  if (is_local (code))
    {
      // Not consumed by the failed call: it is a number, only not such a one
      note_problem (self, DRILL_WORDS ("acknowledgement_minutes is not an integer in range"), where);

      return check (self, value, 0);
    }
  if (code == simdjson::SUCCESS)
    {
      if (number > DRILL_MINUTES_RANGE || number < -DRILL_MINUTES_RANGE)
        note_problem (self, DRILL_WORDS ("acknowledgement_minutes is not an integer in range"), where);
      else
        *minutes = static_cast<gint32> (number);
    }

  return code;
}

error_code
read_texts (JsonWalk           *self,
            od::value               value,
            std::vector<DrillSpan> &texts)
{
  return read_array (self, value, [&] (od::value element) {
    DrillSpan text;
    error_code code = read_text (self, element, &text);

    if (text.text != nullptr)
      texts.push_back (text);

    return code;
  });
}

}
