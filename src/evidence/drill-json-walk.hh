// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>
#include <simdjson.h>
#include <string_view>
#include <utility>
#include <vector>

#include "base/drill-words.h"
#include "evidence/drill-decoder.h"

// Reading JSON values with simdjson the way the evidence needs it: everything
// that is passed over is checked, and a value of the wrong type is noted and
// read as missing instead of failing its item. Private to the room.

namespace drill {

namespace od = simdjson::ondemand;
using simdjson::error_code;

struct JsonWalk
{
  const char *data = nullptr;    // where the item at hand begins
  const char *problem = nullptr; // the first thing that could not be read, DRILL_WORDS()
  gsize problem_offset = 0;      // within the item, bytes
};

error_code       begin_document (od::parser &parser, const char *data, gsize length, gsize capacity, od::document &document);
void             note_problem (JsonWalk *self, const char *problem, const char *where);
std::string_view trim         (std::string_view text);
const char      *place_of     (od::value &value);
error_code       check        (JsonWalk *self, od::value value, guint depth);
error_code       read_text    (JsonWalk *self, od::value value, DrillSpan *text);
error_code       read_truth   (JsonWalk *self, od::value value, gboolean *truth);
error_code       read_minutes (JsonWalk *self, od::value value, gint32 *minutes);
error_code       read_texts   (JsonWalk *self, od::value value, std::vector<DrillSpan> &texts);

// Calls read (field name, value) for each field of an object; for what is no
// object, says so and returns with *is_object unset.
template <typename Read>
error_code
read_object (JsonWalk *self,
             od::value     value,
             gboolean     *is_object,
             Read          read)
{
  od::json_type type;
  od::object object;
  error_code code = value.type ().get (type);

  *is_object = FALSE;
  if (code != simdjson::SUCCESS)
    return code;
  if (type != od::json_type::object)
    return check (self, value, 0);
  if (code = value.get_object ().get (object); code != simdjson::SUCCESS)
    return code;

  *is_object = TRUE;
  for (auto entry : object)
    {
      od::field field;
      std::string_view key;

      if (code = std::move (entry).get (field); code != simdjson::SUCCESS)
        return code;
      if (code = field.unescaped_key ().get (key); code != simdjson::SUCCESS)
        return simdjson::TAPE_ERROR;
      if (code = read (key, field.value ()); code != simdjson::SUCCESS)
        return code;
    }

  return simdjson::SUCCESS;
}

// Calls read (element) for each element of an array; what is no array is
// skipped, and said to be wrong unless it is null.
template <typename Read>
error_code
read_array (JsonWalk *self,
            od::value     value,
            Read          read)
{
  const char *where = place_of (value);
  od::json_type type;
  od::array array;
  error_code code = value.type ().get (type);

  if (code != simdjson::SUCCESS)
    return code;
  if (type != od::json_type::array)
    {
      if (type != od::json_type::null)
        note_problem (self, DRILL_WORDS ("not a list where a list belongs"), where);

      return check (self, value, 0);
    }
  if (code = value.get_array ().get (array); code != simdjson::SUCCESS)
    return code;

  for (auto entry : array)
    {
      od::value element;

      if (code = std::move (entry).get (element); code != simdjson::SUCCESS)
        return code;
      if (code = read (element); code != simdjson::SUCCESS)
        return code;
    }

  return simdjson::SUCCESS;
}

}
