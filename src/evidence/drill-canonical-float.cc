// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/drill-canonical.h"

#include <charconv>
#include <cmath>
#include <cstring>

// Printing with ever more digits until they read back the same is not enough: at
// powers of two a shorter text can be right that no such rounding gives.

/**
 * drill_canonical_append_double:
 * @text: where to append
 * @value: a float
 *
 * Appends the shortest digits that read back as the same number, laid out as
 * Python's `repr ()` does: plain from 1e-4 to below 1e16, otherwise with an exponent.
 */
void
drill_canonical_append_double (GString *text,
                               double   value)
{
  char digits[32];
  int exponent, n;
  char *mark;

  if (!std::isfinite (value))
    {
      g_string_append (text, std::isnan (value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
      return;
    }

  if (value == 0)
    {
      g_string_append (text, std::signbit (value) ? "-0.0" : "0.0");
      return;
    }

  if (value < 0)
    g_string_append_c (text, '-');
  value = std::fabs (value);

  *std::to_chars (digits, digits + sizeof digits - 1, value, std::chars_format::scientific).ptr = '\0';
  mark = strchr (digits, 'e');
  exponent = static_cast<int> (g_ascii_strtoll (mark + 1, nullptr, 10));
  *mark = '\0';
  if (digits[1] == '.')
    memmove (digits + 1, digits + 2, strlen (digits + 2) + 1);
  n = static_cast<int> (strlen (digits));
  while (n > 1 && digits[n - 1] == '0')
    digits[--n] = '\0';

  if (exponent < -4 || exponent >= 16)
    {
      g_string_append_c (text, digits[0]);
      if (n > 1)
        g_string_append_printf (text, ".%s", digits + 1);
      g_string_append_printf (text, "e%c%02d", exponent < 0 ? '-' : '+', ABS (exponent));
    }
  else if (exponent < 0)
    {
      g_string_append (text, "0.");
      for (int i = -1; i > exponent; i--)
        g_string_append_c (text, '0');
      g_string_append (text, digits);
    }
  else
    {
      for (int i = 0; i <= exponent; i++)
        g_string_append_c (text, i < n ? digits[i] : '0');
      g_string_append_printf (text, ".%s", n > exponent + 1 ? digits + exponent + 1 : "0");
    }
}
