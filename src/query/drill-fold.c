// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-fold.h"

#include <string.h>

#define SHORT_TEXT 256 /* bytes: ids, names and references; longer texts are folded on the heap */

typedef enum {
  TEXT_FOLDED,
  TEXT_ASCII,
  TEXT_UNICODE,
} TextForm;

static TextForm
get_form (const char *text,
          gsize      *length)
{
  TextForm form = TEXT_FOLDED;
  const char *p;

  for (p = text; *p != '\0'; p++)
    {
      if ((guchar) *p >= 0x80)
        return TEXT_UNICODE;
      if (*p >= 'A' && *p <= 'Z')
        form = TEXT_ASCII;
    }
  *length = p - text;

  return form;
}

static char *
fold_unicode (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKC);
  g_autofree char *folded = g_utf8_casefold (composed, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_NFKC);
}

/**
 * drill_fold:
 * @text: any text
 *
 * Makes the form of a text in which it is searched: without case, and with
 * equivalent ways of writing it made equal (Unicode case folding and NFKC).
 * The same in every locale.
 *
 * Returns: (transfer full): the folded text
 */
char *
drill_fold (const char *text)
{
  gsize length;

  switch (get_form (text, &length))
    {
    case TEXT_FOLDED:
      return g_strdup (text);
    case TEXT_ASCII:
      return g_ascii_strdown (text, length);
    case TEXT_UNICODE:
    default:
      return fold_unicode (text);
    }
}

/**
 * drill_fold_shared:
 * @text: any text
 * @chunk: keeps the folded texts
 *
 * Like drill_fold(), but costs nothing for a text that is its own folded form:
 * nearly all ids are.
 *
 * Returns: (transfer none): @text, or a text in @chunk
 */
const char *
drill_fold_shared (const char   *text,
                   GStringChunk *chunk)
{
  g_autofree char *folded = NULL;
  gsize length;

  if (get_form (text, &length) == TEXT_FOLDED)
    return text;

  folded = drill_fold (text);

  return g_string_chunk_insert (chunk, folded);
}

/**
 * drill_fold_contains:
 * @text: any text
 * @needle: a folded text, see drill_fold()
 *
 * Returns: whether @text contains @needle, in any case
 */
gboolean
drill_fold_contains (const char *text,
                     const char *needle)
{
  g_autofree char *folded = NULL;
  char buffer[SHORT_TEXT];
  gsize length = 0;
  TextForm form = get_form (text, &length);

  if (form == TEXT_FOLDED)
    return strstr (text, needle) != NULL;

  if (form == TEXT_ASCII && length < sizeof buffer)
    {
      for (gsize i = 0; i <= length; i++)
        buffer[i] = g_ascii_tolower (text[i]);

      return strstr (buffer, needle) != NULL;
    }

  folded = drill_fold (text);

  return strstr (folded, needle) != NULL;
}
