// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/drill-text.h"

#include <string.h>

#define LONGEST_FILE_NAME 120 /* bytes: what every file system and archive format takes, with room for a suffix */

static gboolean
is_disruptive (gunichar c)
{
  /* Control characters break a row; bidirectional overrides and isolates make
   * it read as something that it is not. */
  return g_unichar_iscntrl (c) ||
         c == 0x2028 || c == 0x2029 ||
         (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

/**
 * drill_text_one_line:
 * @text: (nullable): untrusted text
 *
 * Makes text of a server fit for one line of a table or a label: control
 * characters, line ends and direction overrides become spaces, bytes that are
 * not UTF-8 become U+FFFD. Not escaped for markup: set it as plain text.
 *
 * Returns: (transfer full): the line, empty for %NULL
 */
char *
drill_text_one_line (const char *text)
{
  g_autofree char *valid = NULL;
  GString *line;

  if (text == NULL)
    return g_strdup ("");

  valid = g_utf8_make_valid (text, -1);
  line = g_string_sized_new (strlen (valid));
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (line, is_disruptive (c) ? ' ' : c);
    }

  return g_string_free (line, FALSE);
}

/**
 * drill_text_lower:
 * @text: UTF-8 text
 *
 * For names that programs compare, such as a provider or a state. g_utf8_strdown()
 * goes by the locale: with a Turkish one, the I of "SIEM" would become a dotless i.
 *
 * Returns: (transfer full): the text in lower case, whatever the locale
 */
char *
drill_text_lower (const char *text)
{
  GString *lower = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (lower, g_unichar_tolower (g_utf8_get_char (p)));

  return g_string_free (lower, FALSE);
}

/**
 * drill_text_csv_cell:
 * @text: (nullable): untrusted text
 *
 * One cell of a CSV file (RFC 4180): quoted when it must be, and with a
 * leading `'` when a spreadsheet would otherwise run it as a formula.
 *
 * Returns: (transfer full): the cell, empty for %NULL
 */
char *
drill_text_csv_cell (const char *text)
{
  GString *cell;
  gboolean quote;

  if (text == NULL || *text == '\0')
    return g_strdup ("");

  cell = g_string_new (NULL);
  if (strchr ("=+-@\t\r", *text) != NULL)
    g_string_append_c (cell, '\'');
  g_string_append (cell, text);

  quote = strpbrk (cell->str, ",\"\r\n\t;") != NULL;
  if (quote)
    {
      g_string_replace (cell, "\"", "\"\"", 0);
      g_string_prepend_c (cell, '"');
      g_string_append_c (cell, '"');
    }

  return g_string_free (cell, FALSE);
}

/**
 * drill_text_file_name:
 * @text: (nullable): untrusted text, such as an audit id
 *
 * Makes a proposal for a file name out of it: letters, digits, `.`, `-` and `_`
 * only, never hidden, never empty, never a path, never like an option.
 *
 * Returns: (transfer full): the name, without a suffix
 */
char *
drill_text_file_name (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *name = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      char utf8[6];
      int n = g_unichar_to_utf8 (c, utf8);

      if (name->len + n > LONGEST_FILE_NAME)
        break;

      if (g_unichar_isalnum (c) || c == '_' || ((c == '.' || c == '-') && name->len > 0))
        g_string_append_len (name, utf8, n);
      else if (name->len > 0 && name->str[name->len - 1] != '-')
        g_string_append_c (name, '-');
    }

  while (name->len > 0 && strchr ("-.", name->str[name->len - 1]) != NULL)
    g_string_truncate (name, name->len - 1);

  if (name->len == 0)
    g_string_append (name, "drill");

  return g_string_free (name, FALSE);
}

/**
 * drill_text_redact:
 * @text: (nullable): text on its way to a log or an error message
 *
 * Blots out what looks like a credential: bearer tokens, JSON Web Tokens and
 * the password of a URL.
 *
 * Returns: (transfer full): the text without them, empty for %NULL
 */
char *
drill_text_redact (const char *text)
{
  static const struct
  {
    const char *pattern;
    const char *replacement;
  } secrets[] = {
    { "(?i)(bearer\\s+)[^\\s\"',;]+", "\\1***" },
    { "\\beyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]*)?", "***" },
    { "(?i)([a-z][a-z0-9+.-]*://)[^/\\s@]*@", "\\1***@" },
  };
  g_autofree char *result = g_utf8_make_valid (text != NULL ? text : "", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autoptr(GRegex) regex = g_regex_new (secrets[i].pattern, 0, 0, NULL);
      g_autofree char *before = g_steal_pointer (&result);

      result = g_regex_replace (regex, before, -1, 0, secrets[i].replacement, 0, NULL);
      if (result == NULL)
        result = g_strdup ("***");
    }

  return g_steal_pointer (&result);
}
