// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-json-member.h"

#include "evidence/drill-json-walk.hh"
#include "evidence/drill-page.h"

using namespace drill;

namespace {

error_code
read_raw (od::value         value,
          od::json_type     type,
          std::string_view &raw)
{
  od::object object;
  od::array array;

  if (type == od::json_type::object)
    {
      if (error_code code = value.get_object ().get (object); code != simdjson::SUCCESS)
        return code;

      return object.raw_json ().get (raw);
    }
  if (error_code code = value.get_array ().get (array); code != simdjson::SUCCESS)
    return code;

  return array.raw_json ().get (raw);
}

bool
is_at_end (od::document &document,
           const char   *data,
           gsize         length)
{
  const char *where = nullptr;

  return document.current_location ().get (where) != simdjson::SUCCESS || where >= data + length;
}

GBytes *
find (GBytes     *bytes,
      const char *member,
      bool        or_array)
{
  gsize length;
  const void *content = g_bytes_get_data (bytes, &length);
  g_autoptr(DrillPage) page = drill_page_new (content, length);
  const char *data = drill_page_get_data (page, &length);
  std::string_view raw;
  JsonWalk walk;
  od::parser parser;
  od::document document;
  od::value value;
  gboolean is_object;
  error_code code;

  if (begin_document (parser, data, length, length + DRILL_PAGE_PADDING, document) != simdjson::SUCCESS ||
      document.get_value ().get (value) != simdjson::SUCCESS)
    return nullptr;

  code = read_object (&walk, value, &is_object, [&] (std::string_view key, od::value field) {
    od::json_type type;

    if (key != member)
      return check (&walk, field, 0);

    raw = {};
    if (error_code failed = field.type ().get (type); failed != simdjson::SUCCESS)
      return failed;
    if (type != od::json_type::object && !(or_array && type == od::json_type::array))
      return check (&walk, field, 0);

    return read_raw (field, type, raw);
  });
  raw = trim (raw);
  if (code != simdjson::SUCCESS || raw.empty () || !is_at_end (document, data, length))
    return nullptr;

  return g_bytes_new_from_bytes (bytes, raw.data () - data, raw.size ());
}

}

/**
 * drill_json_find_object:
 * @bytes: a JSON object, such as an evidence item
 * @member: a field whose value is an object, such as `acknowledgement_audit_package`
 *
 * Finds an object inside another one as it came: hashes and signatures of what
 * is parsed and written again would prove nothing.
 *
 * Returns: (transfer full) (nullable): the bytes of the object, or %NULL when there is none
 */
GBytes *
drill_json_find_object (GBytes     *bytes,
                        const char *member)
{
  return find (bytes, member, false);
}

/**
 * drill_json_find_value:
 * @bytes: a JSON object, such as an answer
 * @member: a field whose value is an object or an array, such as `metadata`
 *
 * The same, of an array too.
 *
 * Returns: (transfer full) (nullable): the bytes from bracket to bracket, or %NULL when there are none
 */
GBytes *
drill_json_find_value (GBytes     *bytes,
                       const char *member)
{
  return find (bytes, member, true);
}

/**
 * drill_json_is_object:
 * @bytes: what came as JSON
 *
 * Strictly, and to the end: drill_json_parse() takes what is nearly JSON, too.
 *
 * Returns: whether it is one JSON object, and nothing else
 */
gboolean
drill_json_is_object (GBytes *bytes)
{
  gsize length;
  const void *content = g_bytes_get_data (bytes, &length);
  g_autoptr(DrillPage) page = drill_page_new (content, length);
  const char *data = drill_page_get_data (page, &length);
  JsonWalk walk;
  od::parser parser;
  od::document document;
  od::value value;
  gboolean is_object = FALSE;

  if (begin_document (parser, data, length, length + DRILL_PAGE_PADDING, document) != simdjson::SUCCESS ||
      document.get_value ().get (value) != simdjson::SUCCESS)
    return FALSE;

  return read_object (&walk, value, &is_object, [&] (std::string_view key, od::value field) {
           return check (&walk, field, 0);
         }) == simdjson::SUCCESS &&
         is_object && is_at_end (document, data, length);
}
