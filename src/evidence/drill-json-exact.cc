// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-json-exact.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <string>

#include "base/drill-error.h"
#include "base/drill-words.h"
#include "evidence/drill-canonical.h"
#include "evidence/drill-evidence-builder.h"
#include "evidence/drill-json-walk.hh"

using namespace drill;

namespace {

enum class Kind { object, array, string, integer, real, word };

struct Member;

}

// simdjson finds the tokens and checks how they are nested; what a token says is
// read here, because simdjson refuses some that Python takes.
struct _DrillJsonExact
{
  Kind kind = Kind::word;
  std::string_view token;        // of the page; of a string, what is between the quotes
  std::vector<Member> members;   // of an object, by name
  std::vector<DrillJsonExact> elements;
  gboolean repeated = FALSE;     // of the whole document: in its root
  std::shared_ptr<DrillPage> page;
};

namespace {

struct Member
{
  std::u32string name;
  DrillJsonExact value;
};

int
hex_digit (char c)
{
  return g_ascii_xdigit_value (c);
}

// Reads one code point of a string, or half of one, as Python does: two escapes
// that are a pair become one. Returns FALSE for an escape that is none.
bool
read_code_point (const char *&p,
                 const char  *end,
                 char32_t    &c)
{
  static const char shorts[] = "\"\\/bfnrt";
  static const char meant[] = "\"\\/\b\f\n\r\t";
  auto unit = [&] (const char *at, char32_t &value) {
    value = 0;
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
      return false;
    for (int i = 2; i < 6; i++)
      {
        if (hex_digit (at[i]) < 0)
          return false;
        value = value << 4 | static_cast<char32_t> (hex_digit (at[i]));
      }

    return true;
  };
  char32_t low;

  if (*p != '\\')
    {
      c = g_utf8_get_char (p);
      p = g_utf8_next_char (p);
      return true;
    }
  if (end - p < 2)
    return false;
  if (p[1] != 'u')
    {
      const char *found = strchr (shorts, p[1]);

      if (found == nullptr || *found == '\0')
        return false;
      c = static_cast<char32_t> (meant[found - shorts]);
      p += 2;
      return true;
    }
  if (!unit (p, c))
    return false;
  p += 6;
  if (c >= 0xd800 && c <= 0xdbff && unit (p, low) && low >= 0xdc00 && low <= 0xdfff)
    {
      c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
      p += 6;
    }

  return true;
}

bool
decode (std::string_view  token,
        std::u32string   *text)
{
  const char *p = token.data ();
  const char *end = p + token.size ();

  while (p < end)
    {
      char32_t c;

      if (!read_code_point (p, end, c))
        return false;
      if (text != nullptr)
        text->push_back (c);
    }

  return true;
}

// The token from behind its first quote to before its last one
bool
find_string (const char       *start,
             const char       *end,
             std::string_view &token)
{
  for (const char *p = start; p < end; p++)
    {
      if (*p == '\\')
        p++;
      else if (*p == '"')
        {
          token = std::string_view (start, static_cast<size_t> (p - start));
          return true;
        }
    }

  return false;
}

// JSON's grammar of numbers; which of the two it is
bool
read_number (std::string_view  token,
             Kind             &kind)
{
  size_t i = 0;
  auto digits = [&] {
    const size_t first = i;

    while (i < token.size () && g_ascii_isdigit (token[i]))
      i++;

    return i - first;
  };
  size_t n;

  kind = Kind::integer;
  if (i < token.size () && token[i] == '-')
    i++;
  const size_t first = i;
  n = digits ();
  if (n == 0 || (n > 1 && token[first] == '0'))
    return false;
  if (i < token.size () && token[i] == '.')
    {
      kind = Kind::real;
      i++;
      if (digits () == 0)
        return false;
    }
  if (i < token.size () && (token[i] == 'e' || token[i] == 'E'))
    {
      kind = Kind::real;
      i++;
      if (i < token.size () && (token[i] == '+' || token[i] == '-'))
        i++;
      if (digits () == 0)
        return false;
    }

  return i == token.size ();
}

struct Reader
{
  const char *end;   // of the document
  gboolean repeated; // a name was given twice in one object
};

error_code read_value (Reader &reader, od::value value, guint depth, DrillJsonExact &node);

error_code
read_members (Reader         &reader,
              od::object      object,
              guint           depth,
              DrillJsonExact &node)
{
  for (auto entry : object)
    {
      od::field field;
      std::string_view name;
      Member member;

      if (error_code code = std::move (entry).get (field); code != simdjson::SUCCESS)
        return code;
      if (!find_string (field.key ().raw (), reader.end, name) || !decode (name, &member.name))
        return simdjson::STRING_ERROR;
      if (error_code code = read_value (reader, field.value (), depth + 1, member.value); code != simdjson::SUCCESS)
        return code;
      node.members.push_back (std::move (member));
    }

  // By code point; of two with one name the last one stays
  std::stable_sort (node.members.begin (), node.members.end (),
                    [] (const Member &a, const Member &b) { return a.name < b.name; });
  std::vector<Member> kept;
  for (Member &member : node.members)
    {
      if (!kept.empty () && kept.back ().name == member.name)
        {
          reader.repeated = TRUE;
          kept.pop_back ();
        }
      kept.push_back (std::move (member));
    }
  node.members = std::move (kept);

  return simdjson::SUCCESS;
}

error_code
read_scalar (Reader         &reader,
             od::value       value,
             DrillJsonExact &node)
{
  node.token = trim (value.raw_json_token ());
  if (node.token.empty ())
    return simdjson::TAPE_ERROR;

  if (node.token[0] == '"')
    {
      node.kind = Kind::string;
      const std::string_view token = node.token;
      if (!find_string (token.data () + 1, token.data () + token.size (), node.token) ||
          node.token.size () + 2 != token.size () || !decode (node.token, nullptr))
        return simdjson::STRING_ERROR;

      return simdjson::SUCCESS;
    }

  node.kind = Kind::word;
  if (node.token == "true" || node.token == "false" || node.token == "null")
    return simdjson::SUCCESS;

  return read_number (node.token, node.kind) ? simdjson::SUCCESS : simdjson::NUMBER_ERROR;
}

error_code
read_value (Reader         &reader,
            od::value       value,
            guint           depth,
            DrillJsonExact &node)
{
  const char first = *place_of (value);

  if (depth > DRILL_MAX_DEPTH)
    return simdjson::DEPTH_ERROR;

  if (first == '{')
    {
      od::object object;

      node.kind = Kind::object;
      if (error_code code = value.get_object ().get (object); code != simdjson::SUCCESS)
        return code;

      return read_members (reader, object, depth, node);
    }
  if (first == '[')
    {
      od::array array;

      node.kind = Kind::array;
      if (error_code code = value.get_array ().get (array); code != simdjson::SUCCESS)
        return code;
      for (auto entry : array)
        {
          od::value element;

          if (error_code code = std::move (entry).get (element); code != simdjson::SUCCESS)
            return code;
          node.elements.emplace_back ();
          if (error_code code = read_value (reader, element, depth + 1, node.elements.back ()); code != simdjson::SUCCESS)
            return code;
        }

      return simdjson::SUCCESS;
    }

  return read_scalar (reader, value, node);
}

void
append_unit (GString  *text,
             char32_t  c)
{
  g_string_append_printf (text, "\\u%04x", static_cast<guint> (c));
}

void
append_code_point (GString           *text,
                   char32_t           c,
                   DrillJsonSpelling  spelling)
{
  static const char shorts[] = "\"\\bfnrt";
  static const char meant[] = "\"\\\b\f\n\r\t";
  const char *found = c != 0 && c < 0x80 ? strchr (meant, static_cast<int> (c)) : nullptr;

  if (spelling == DRILL_JSON_READABLE && (c == 0 || (c >= 0xd800 && c <= 0xdfff)))
    c = 0xfffd;

  if (found != nullptr)
    {
      g_string_append_c (text, '\\');
      g_string_append_c (text, shorts[found - meant]);
    }
  else if (c >= 0x10000)
    {
      append_unit (text, 0xd800 + ((c - 0x10000) >> 10));
      append_unit (text, 0xdc00 + ((c - 0x10000) & 0x3ff));
    }
  else if (c < 0x20 || c > 0x7f || (c == 0x7f && spelling != DRILL_JSON_HASHED_RAW_DEL))
    {
      append_unit (text, c);
    }
  else
    {
      g_string_append_c (text, static_cast<char> (c));
    }
}

void
append_string (GString           *text,
               std::string_view   token,
               DrillJsonSpelling  spelling)
{
  const char *p = token.data ();
  const char *end = p + token.size ();
  char32_t c;

  g_string_append_c (text, '"');
  while (p < end && read_code_point (p, end, c))
    append_code_point (text, c, spelling);
  g_string_append_c (text, '"');
}

void
append_number (GString              *text,
               const DrillJsonExact *node,
               DrillJsonSpelling     spelling)
{
  const std::string token (node->token);
  const bool small = token.size () <= 18; // digits and a sign that an int64 holds

  if (node->kind == Kind::integer && (spelling != DRILL_JSON_READABLE || small))
    {
      g_string_append (text, token == "-0" ? "0" : token.c_str ());
    }
  else
    {
      const double number = g_ascii_strtod (token.c_str (), nullptr);

      if (spelling == DRILL_JSON_READABLE && !std::isfinite (number))
        g_string_append (text, "null");
      else
        drill_canonical_append_double (text, number);
    }
}

}

/**
 * drill_json_exact_new:
 * @bytes: JSON whose root is an object or an array
 * @error: %DRILL_ERROR_BAD_INPUT, or %DRILL_ERROR_TOO_LARGE when it is nested too deeply. `NaN` and
 *   `Infinity`, which Python reads, are no JSON.
 *
 * Returns: (transfer full): the document
 */
DrillJsonExact *
drill_json_exact_new (GBytes  *bytes,
                      GError **error)
{
  gsize length;
  const void *content = g_bytes_get_data (bytes, &length);
  std::shared_ptr<DrillPage> page (drill_page_new (content, length), drill_page_unref);
  const char *data = drill_page_get_data (page.get (), &length);
  auto self = std::make_unique<DrillJsonExact> ();
  Reader reader = { data + length, FALSE };
  od::parser parser;
  od::document document;
  od::value value;
  error_code code;

  code = begin_document (parser, data, length, length + DRILL_PAGE_PADDING, document);
  if (code == simdjson::SUCCESS)
    code = document.get_value ().get (value);
  if (code == simdjson::SUCCESS)
    code = read_value (reader, value, 0, *self);
  if (code == simdjson::SUCCESS && document.current_location ().error () == simdjson::SUCCESS)
    code = simdjson::TRAILING_CONTENT;
  if (code == simdjson::DEPTH_ERROR)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_TOO_LARGE, DRILL_WORDS ("nested too deeply"));
      return nullptr;
    }
  if (code != simdjson::SUCCESS)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, DRILL_WORDS ("not valid JSON"));
      return nullptr;
    }

  self->repeated = reader.repeated;
  self->page = page;

  return self.release ();
}

void
drill_json_exact_free (DrillJsonExact *self)
{
  delete self;
}

/**
 * drill_json_exact_get_member:
 * @self: a document or a part of one
 * @name: a name of plain ASCII
 *
 * Returns: (transfer none) (nullable): the value, %NULL when there is none or @self is no object
 */
const DrillJsonExact *
drill_json_exact_get_member (const DrillJsonExact *self,
                             const char           *name)
{
  const std::u32string wanted (name, name + strlen (name));

  for (const Member &member : self->members)
    if (member.name == wanted)
      return &member.value;

  return nullptr;
}

gboolean
drill_json_exact_is_object (const DrillJsonExact *self)
{
  return self->kind == Kind::object;
}

/**
 * drill_json_exact_has_repeated:
 * @self: a document
 *
 * Returns: whether one of its objects has a name twice: different programs read different values then
 */
gboolean
drill_json_exact_has_repeated (const DrillJsonExact *self)
{
  return self->repeated;
}

/**
 * drill_json_exact_append:
 * @self: a document or a part of one
 * @spelling: how to write it
 * @text: where to append
 *
 * Writes it with its names in order, as contract section 8 has it.
 */
void
drill_json_exact_append (const DrillJsonExact *self,
                         DrillJsonSpelling     spelling,
                         GString              *text)
{
  bool first = true;

  switch (self->kind)
    {
    case Kind::object:
      g_string_append_c (text, '{');
      for (const Member &member : self->members)
        {
          g_string_append (text, first ? "\"" : ", \"");
          first = false;
          for (char32_t c : member.name)
            append_code_point (text, c, spelling);
          g_string_append (text, "\": ");
          drill_json_exact_append (&member.value, spelling, text);
        }
      g_string_append_c (text, '}');
      break;

    case Kind::array:
      g_string_append_c (text, '[');
      for (const DrillJsonExact &element : self->elements)
        {
          if (!first)
            g_string_append (text, ", ");
          first = false;
          drill_json_exact_append (&element, spelling, text);
        }
      g_string_append_c (text, ']');
      break;

    case Kind::string:
      append_string (text, self->token, spelling);
      break;

    case Kind::integer:
    case Kind::real:
      append_number (text, self, spelling);
      break;

    case Kind::word:
      g_string_append_len (text, self->token.data (), static_cast<gssize> (self->token.size ()));
      break;
    }
}
