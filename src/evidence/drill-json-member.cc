// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-json-member.h"

#include "evidence/drill-json-walk.hh"
#include "evidence/drill-page.h"

using namespace drill;

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

  if (parser.iterate (data, length, length + DRILL_PAGE_PADDING).get (document) != simdjson::SUCCESS ||
      document.get_value ().get (value) != simdjson::SUCCESS)
    return nullptr;

  code = read_object (&walk, value, &is_object, [&] (std::string_view key, od::value field) {
    od::json_type type;
    od::object object;

    if (key != member)
      return check (&walk, field, 0);

    raw = {};
    if (error_code failed = field.type ().get (type); failed != simdjson::SUCCESS)
      return failed;
    if (type != od::json_type::object)
      return check (&walk, field, 0);
    if (error_code failed = field.get_object ().get (object); failed != simdjson::SUCCESS)
      return failed;

    return object.raw_json ().get (raw);
  });
  raw = trim (raw);
  if (code != simdjson::SUCCESS || raw.empty ())
    return nullptr;

  return g_bytes_new_from_bytes (bytes, raw.data () - data, raw.size ());
}
