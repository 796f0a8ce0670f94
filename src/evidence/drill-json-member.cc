// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-json-member.h"

#include <simdjson.h>
#include <string_view>

namespace od = simdjson::ondemand;

namespace {

bool
find (const simdjson::padded_string &text,
      const char                    *member,
      std::string_view              &raw)
{
  od::parser parser;
  od::document document;
  od::object object, nested;

  return parser.iterate (text).get (document) == simdjson::SUCCESS &&
         document.get_object ().get (object) == simdjson::SUCCESS &&
         object.find_field_unordered (member).get_object ().get (nested) == simdjson::SUCCESS &&
         nested.raw_json ().get (raw) == simdjson::SUCCESS;
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
  gsize length;
  const char *data = static_cast<const char *> (g_bytes_get_data (bytes, &length));
  std::string_view raw;

  try
    {
      simdjson::padded_string text (data, length);

      if (!find (text, member, raw))
        return nullptr;

      while (!raw.empty () && g_ascii_isspace (raw.back ()))
        raw.remove_suffix (1);

      return g_bytes_new_from_bytes (bytes, raw.data () - text.data (), raw.size ());
    }
  catch (const std::exception &)
    {
      return nullptr;
    }
}
