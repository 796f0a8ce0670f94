// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-decoder.h"

#include "base/drill-error.h"
#include "base/drill-words.h"
#include "evidence/drill-item-reader.hh"

#include <cstring>
#include <string>
#include <vector>

using namespace drill;

namespace {

constexpr gsize LARGE_DOCUMENT = 16 * 1024 * 1024; // bytes; pages of a service are 1 to 4 MB

struct Place
{
  gsize offset;
  gsize length;
};

}

struct _DrillDecoder
{
  od::parser parser;
  JsonWalk walk; // of what is around the items
  ItemReader reader;
  DrillPage *page = nullptr;
  const char *data = nullptr;
  gsize length = 0;
  DrillDocument document = DRILL_DOCUMENT_HISTORY;
  gint64 total = -1;
  gint64 offset = -1;
  std::string audit_id, generated_at, generated_by; // of a package
  std::vector<Place> items;
};

namespace {

void
set_document_error (GError      **error,
                    DrillPage    *page,
                    error_code    code,
                    const char   *where)
{
  gsize length;
  const char *data = drill_page_get_data (page, &length);
  gsize offset = where != nullptr && where >= data && where <= data + length ? where - data : length;
  DrillError drill_code = DRILL_ERROR_BAD_INPUT;
  const char *what = simdjson::error_message (code);

  if (code == simdjson::UTF8_ERROR)
    {
      const char *end;

      g_utf8_validate_len (data, length, &end);
      offset = end - data;
      what = "not valid UTF-8";
    }
  else if (code == simdjson::CAPACITY || code == simdjson::MEMALLOC || code == simdjson::DEPTH_ERROR)
    {
      drill_code = DRILL_ERROR_TOO_LARGE;
      what = code == simdjson::DEPTH_ERROR ? "nested too deeply" : "too large";
    }
  else if (code == simdjson::EMPTY)
    {
      what = "the document is empty";
    }
  else if (code == simdjson::UNESCAPED_CHARS)
    {
      // simdjson does not say where
      for (offset = 0; offset < length && (static_cast<guchar> (data[offset]) >= 0x20 || strchr ("\t\r\n", data[offset]) != nullptr);)
        offset++;
      what = "a control character in a text";
    }
  else if (offset >= length || code == simdjson::UNCLOSED_STRING || code == simdjson::INCOMPLETE_ARRAY_OR_OBJECT)
    {
      what = "the document is cut off, or followed by something else";
      offset = length;
    }
  else
    {
      what = "not valid JSON";
    }

  g_set_error (error, DRILL_ERROR, drill_code, "%s (byte %" G_GSIZE_FORMAT ")", what, offset);
}

const char *
location_of (od::document &document)
{
  const char *where = nullptr;

  if (document.current_location ().get (where) != simdjson::SUCCESS)
    return nullptr;

  return where;
}

// Where an element is, as it was sent.
error_code
read_place (DrillDecoder *self,
            od::value     value,
            Place        &place)
{
  od::json_type type;
  std::string_view raw;
  error_code code = value.type ().get (type);

  if (code != simdjson::SUCCESS)
    return code;

  if (type == od::json_type::object)
    {
      od::object object;

      if (code = value.get_object ().get (object); code != simdjson::SUCCESS)
        return code;
      code = object.raw_json ().get (raw);
    }
  else if (type == od::json_type::array)
    {
      od::array array;

      if (code = value.get_array ().get (array); code != simdjson::SUCCESS)
        return code;
      code = array.raw_json ().get (raw);
    }
  else
    {
      JsonWalk unasked; // what is wrong with it is said of the item

      raw = value.raw_json_token ();
      code = check (&unasked, value, 0);
    }
  if (code != simdjson::SUCCESS)
    return code;

  raw = trim (raw);
  place = { static_cast<gsize> (raw.data () - self->data), raw.size () };

  return simdjson::SUCCESS;
}

error_code
read_places (DrillDecoder *self,
             od::array     array)
{
  for (auto entry : array)
    {
      od::value element;
      Place place;

      if (error_code code = std::move (entry).get (element); code != simdjson::SUCCESS)
        return code;
      if (error_code code = read_place (self, element, place); code != simdjson::SUCCESS)
        return code;
      if (self->items.size () >= DRILL_MAX_ITEMS || place.length > G_MAXUINT32)
        return simdjson::CAPACITY;
      self->items.push_back (place);
    }

  return simdjson::SUCCESS;
}

// The fields around the items.
error_code
read_envelope (DrillDecoder *self,
               od::object    object,
               gboolean     *has_items)
{
  gboolean has_history = FALSE;

  *has_items = FALSE;
  for (auto entry : object)
    {
      od::field field;
      std::string_view key;
      error_code code = std::move (entry).get (field);

      if (code != simdjson::SUCCESS)
        return code;
      if (code = field.unescaped_key ().get (key); code != simdjson::SUCCESS)
        return simdjson::TAPE_ERROR;

      od::value value = field.value ();
      od::json_type type;

      if (code = value.type ().get (type); code != simdjson::SUCCESS)
        return code;

      if (key == "items")
        {
          has_history = TRUE; // of two with this name the last one counts
          *has_items = FALSE;
        }

      if (type == od::json_type::array && (key == "items" || (key == "routes" && !has_history)))
        {
          od::array array;

          *has_items = TRUE;
          self->document = has_history ? DRILL_DOCUMENT_HISTORY : DRILL_DOCUMENT_PACKAGE;
          self->items.clear ();
          if (code = value.get_array ().get (array); code != simdjson::SUCCESS)
            return code;
          code = read_places (self, array);
        }
      else if (type == od::json_type::number && (key == "total" || key == "offset"))
        {
          gint64 *number = key == "total" ? &self->total : &self->offset;
          int64_t integer;

          if (value.get_int64 ().get (integer) == simdjson::SUCCESS)
            *number = integer;
          else
            code = check (&self->walk, value, 0);
        }
      else if (std::string *text = key == "audit_id"       ? &self->audit_id
                                   : key == "generated_at" ? &self->generated_at
                                   : key == "generated_by" ? &self->generated_by
                                                           : nullptr;
               text != nullptr)
        {
          DrillSpan span;

          code = read_text (&self->walk, value, &span);
          text->assign (span.text != nullptr ? span.text : "", span.length);
        }
      else
        {
          code = check (&self->walk, value, 0);
        }
      if (code != simdjson::SUCCESS)
        return code;
    }

  return simdjson::SUCCESS;
}

void
reset (DrillDecoder *self)
{
  g_clear_pointer (&self->page, drill_page_unref);
  self->data = nullptr;
  self->length = 0;
  self->document = DRILL_DOCUMENT_HISTORY;
  self->total = -1;
  self->offset = -1;
  self->audit_id.clear ();
  self->generated_at.clear ();
  self->generated_by.clear ();
  self->items.clear ();
  self->walk = {};
}

// Rows of a routes page look like items that have a route_id and no kind.
void
tell_routes_from_history (DrillDecoder *self)
{
  DrillDecodedItem first;

  if (self->document != DRILL_DOCUMENT_HISTORY || self->items.empty ())
    return;

  if (drill_decoder_read (self, 0, &first, nullptr) &&
      first.route_id.text != nullptr && first.kind.text == nullptr)
    self->document = DRILL_DOCUMENT_ROUTES;
}

}

DrillDecoder *
drill_decoder_new (void)
{
  return new _DrillDecoder;
}

void
drill_decoder_free (DrillDecoder *self)
{
  reset (self);
  delete self;
}

/**
 * drill_decoder_open:
 * @self: a decoder
 * @page: the document to read
 * @error: %DRILL_ERROR_BAD_INPUT or %DRILL_ERROR_TOO_LARGE, with the byte
 *
 * Finds out what @page is and where its items are.
 *
 * Returns: whether it is a document of evidence
 */
gboolean
drill_decoder_open (DrillDecoder *self,
                    DrillPage    *page,
                    GError      **error)
{
  od::document document;
  od::json_type type = od::json_type::null;
  gboolean has_items = FALSE;
  const char *where;
  error_code code;
  bool begun;

  reset (self);
  self->page = drill_page_ref (page);
  self->data = drill_page_get_data (page, &self->length);
  self->walk.data = self->data;
  
  if (self->length > DRILL_MAX_DOCUMENT)
    {
      g_set_error (error, DRILL_ERROR, DRILL_ERROR_TOO_LARGE,
                   "the document has %" G_GSIZE_FORMAT " bytes", self->length);
      return FALSE;
    }

  code = begin_document (self->parser, self->data, self->length, self->length + DRILL_PAGE_PADDING, document);
  begun = code == simdjson::SUCCESS; // one that could not be begun has no place to ask for
  if (begun)
    code = document.type ().get (type);

  if (code == simdjson::SUCCESS && type == od::json_type::object)
    {
      od::object object;

      if (code = document.get_object ().get (object); code == simdjson::SUCCESS)
        code = read_envelope (self, object, &has_items);
    }
  else if (code == simdjson::SUCCESS && type == od::json_type::array)
    {
      od::array array;

      self->document = DRILL_DOCUMENT_ITEMS;
      has_items = TRUE;
      if (code = document.get_array ().get (array); code == simdjson::SUCCESS)
        code = read_places (self, array);
    }

  if (code != simdjson::SUCCESS)
    {
      // What cannot begin like that is wrong from its first byte
      where = begun ? location_of (document) : code == simdjson::TAPE_ERROR ? self->data : nullptr;
      set_document_error (error, page, code, where);
      return FALSE;
    }

  if (type == od::json_type::object || type == od::json_type::array)
    {
      where = location_of (document);
      if (where != nullptr && where < self->data + self->length)
        {
          g_set_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT,
                       "more text behind the end of the document (byte %" G_GSIZE_FORMAT ")",
                       static_cast<gsize> (where - self->data));
          return FALSE;
        }
    }

  if (!has_items)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT,
                           "JSON, but neither a history with \"items\" nor a list of items nor an audit package");
      return FALSE;
    }

  tell_routes_from_history (self);

  // The places are known now. What finding them in a large file took, several
  // bytes for each of its own, is not kept for the next page.
  if (self->length > LARGE_DOCUMENT)
    self->parser = od::parser {};

  return TRUE;
}

DrillDocument
drill_decoder_get_document (DrillDecoder *self)
{
  return self->document;
}

gint64
drill_decoder_get_total (DrillDecoder *self)
{
  return self->total;
}

gint64
drill_decoder_get_offset (DrillDecoder *self)
{
  return self->offset;
}

/**
 * drill_decoder_get_problem:
 * @self: a decoder with a document
 * @offset: (out): where in the page, bytes
 *
 * Returns: (nullable): what could not be read around the items, marked with DRILL_WORDS()
 */
const char *
drill_decoder_get_problem (DrillDecoder *self,
                           gsize        *offset)
{
  *offset = self->walk.problem_offset;

  return self->walk.problem;
}

gsize
drill_decoder_get_n_items (DrillDecoder *self)
{
  return self->items.size ();
}

/**
 * drill_decoder_get_package:
 * @self: a decoder with an audit package
 * @audit_id: (out caller-allocates): its id
 * @generated_at: (out caller-allocates): when it was made
 * @generated_by: (out caller-allocates): who made it
 *
 * What a package says of itself; valid as long as the document is open.
 */
void
drill_decoder_get_package (DrillDecoder *self,
                           DrillSpan    *audit_id,
                           DrillSpan    *generated_at,
                           DrillSpan    *generated_by)
{
  const auto span_of = [] (const std::string &text) {
    return DrillSpan { text.empty () ? nullptr : text.data (), text.size () };
  };

  *audit_id = span_of (self->audit_id);
  *generated_at = span_of (self->generated_at);
  *generated_by = span_of (self->generated_by);
}

/**
 * drill_decoder_get_span:
 * @self: a decoder with a document
 * @i: an item
 * @offset: (out): where it begins in the page, bytes
 * @length: (out): how long it is, bytes
 */
void
drill_decoder_get_span (DrillDecoder *self,
                        gsize         i,
                        gsize        *offset,
                        gsize        *length)
{
  *offset = self->items[i].offset;
  *length = self->items[i].length;
}

/**
 * drill_decoder_read:
 * @self: a decoder with a document
 * @i: an item
 * @item: (out caller-allocates): what it says, valid until the next call
 * @error: %DRILL_ERROR_BAD_INPUT or %DRILL_ERROR_TOO_LARGE, with the byte
 *
 * Reads one item. A value of the wrong type or out of range does not fail the
 * item: it is read as missing and noted as @item's problem.
 *
 * Returns: whether it is JSON
 */
gboolean
drill_decoder_read (DrillDecoder     *self,
                    gsize             i,
                    DrillDecodedItem *item,
                    GError          **error)
{
  const Place place = self->items[i];
  const char *data = self->data + place.offset;
  const char *where;
  error_code code;

  // A scalar was checked when its place was found
  if (*data != '{' && *data != '[')
    {
      *item = {};
      item->problem = DRILL_WORDS ("an item that is not an object");
      return TRUE;
    }

  code = read_item (&self->reader, data, place.length, self->length - place.offset + DRILL_PAGE_PADDING,
                    item, &where);
  if (code != simdjson::SUCCESS)
    set_document_error (error, self->page, code, where);

  return code == simdjson::SUCCESS;
}

/**
 * drill_decoder_find_decision:
 * @self: a decoder; what it had open is lost
 * @page: a page
 * @offset: where a plan's item begins, bytes
 * @length: its length, bytes
 * @member: `route_decisions`, or `routes` for an audit package
 * @decision: which of its decisions that are objects
 * @decision_offset: (out): where the decision begins in the page, bytes
 * @decision_length: (out): its length, bytes
 *
 * Finds the bytes of one route decision.
 *
 * Returns: whether it is there
 */
gboolean
drill_decoder_find_decision (DrillDecoder *self,
                             DrillPage    *page,
                             gsize         offset,
                             gsize         length,
                             const char   *member,
                             guint         decision,
                             gsize        *decision_offset,
                             gsize        *decision_length)
{
  std::vector<Place> own, nested; // decisions of the item itself and of its plan
  gboolean is_object, has_plan = FALSE;
  od::document document;
  od::value item;

  reset (self);
  self->page = drill_page_ref (page);
  self->data = drill_page_get_data (page, &self->length);
  self->walk.data = self->data;
  if (self->reader.parser.iterate (self->data + offset, length,
                                   self->length - offset + DRILL_PAGE_PADDING).get (document) != simdjson::SUCCESS ||
      document.get_value ().get (item) != simdjson::SUCCESS)
    return FALSE;

  const auto read_decisions = [&] (od::value value, std::vector<Place> &places) {
    places.clear ();

    return read_array (&self->walk, value, [&] (od::value element) {
      Place place;
      error_code code = read_place (self, element, place);

      if (code == simdjson::SUCCESS && self->data[place.offset] == '{')
        places.push_back (place);

      return code;
    });
  };

  if (read_object (&self->walk, item, &is_object, [&] (std::string_view key, od::value value) {
        if (key == member)
          return read_decisions (value, own);
        if (key != "plan")
          return check (&self->walk, value, 0);

        nested.clear ();

        return read_object (&self->walk, value, &has_plan, [&] (std::string_view plan_key, od::value field) {
          return plan_key == member ? read_decisions (field, nested) : check (&self->walk, field, 0);
        });
      }) != simdjson::SUCCESS)
    return FALSE;

  // A nested plan is the plan, even one without decisions (contract section 2)
  const std::vector<Place> &decisions = has_plan ? nested : own;
  if (decision >= decisions.size ())
    return FALSE;

  *decision_offset = decisions[decision].offset;
  *decision_length = decisions[decision].length;

  return TRUE;
}
