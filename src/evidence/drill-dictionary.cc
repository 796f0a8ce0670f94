// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-dictionary.h"

#include <cstring>
#include <functional>
#include <string_view>

// In C++ for the hash: the library's is good, fast and takes a length.

namespace {

constexpr gsize first_slots = 64;

guint32
hash_text (const char *text,
           gsize       length)
{
  return static_cast<guint32> (std::hash<std::string_view> {} (std::string_view (text, length)));
}

bool
is_text (const DrillDictionary *self,
         guint32                code,
         const char            *text,
         gsize                  length)
{
  const gsize begin = drill_column_index (&self->offsets, guint32, code);
  const gsize end = code + 1 < self->offsets.n ? drill_column_index (&self->offsets, guint32, code + 1) : self->texts.n;

  return end - begin == length + 1 && memcmp (&drill_column_index (&self->texts, char, begin), text, length) == 0;
}

// Where the text is, or the free slot where it belongs.
gsize
find_slot (const DrillDictionary *self,
           guint32                hash,
           const char            *text,
           gsize                  length)
{
  gsize slot = hash & (self->n_slots - 1);

  while (self->slots[slot] != 0)
    {
      if (self->hashes[slot] == hash)
        {
          if (is_text (self, self->slots[slot] - 1, text, length))
            return slot;
        }
      slot = (slot + 1) & (self->n_slots - 1);
    }

  return slot;
}

void
grow (DrillDictionary *self)
{
  const gsize n_old = self->n_slots;
  guint32 *slots = self->slots;
  guint32 *hashes = self->hashes;

  self->n_slots = n_old * 2;
  self->slots = g_new0 (guint32, self->n_slots);
  self->hashes = g_new (guint32, self->n_slots);
  for (gsize i = 0; i < n_old; i++)
    {
      gsize slot;

      if (slots[i] == 0)
        continue;

      slot = hashes[i] & (self->n_slots - 1);
      while (self->slots[slot] != 0)
        slot = (slot + 1) & (self->n_slots - 1);
      self->slots[slot] = slots[i];
      self->hashes[slot] = hashes[i];
    }
  g_free (slots);
  g_free (hashes);
}

}

void
drill_dictionary_init (DrillDictionary *self)
{
  drill_column_init (&self->texts, sizeof (char));
  drill_column_init (&self->offsets, sizeof (guint32));
  self->n_slots = first_slots;
  self->slots = g_new0 (guint32, self->n_slots);
  self->hashes = g_new (guint32, self->n_slots);
  drill_dictionary_add (self, "", 0);
}

void
drill_dictionary_clear (DrillDictionary *self)
{
  drill_column_clear (&self->texts);
  drill_column_clear (&self->offsets);
  g_clear_pointer (&self->slots, g_free);
  g_clear_pointer (&self->hashes, g_free);
}

// Texts never contain NUL: the decoder has replaced it. Documents are limited
// so that their texts stay within 32-bit offsets; what does not fit is cut off
// with the rest of its page by the builder's own limit.
guint32
drill_dictionary_add (DrillDictionary *self,
                      const char      *text,
                      gsize            length)
{
  const guint32 hash = hash_text (text, length);
  gsize slot = find_slot (self, hash, text, length);
  guint32 code;
  char *copy;

  if (self->slots[slot] != 0)
    return self->slots[slot] - 1;

  if (self->offsets.n * 4 >= self->n_slots * 3)
    {
      grow (self);
      slot = find_slot (self, hash, text, length);
    }

  code = static_cast<guint32> (self->offsets.n);
  *static_cast<guint32 *> (drill_column_append (&self->offsets, 1)) = static_cast<guint32> (self->texts.n);
  copy = static_cast<char *> (drill_column_append (&self->texts, length + 1));
  if (length > 0)
    memcpy (copy, text, length);
  self->slots[slot] = code + 1;
  self->hashes[slot] = hash;

  return code;
}
