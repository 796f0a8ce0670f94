// SPDX-License-Identifier: GPL-3.0-or-later
#include "audit/drill-finding.h"

#include <string.h>

struct _DrillFinding
{
  char      *words;
  GPtrArray *texts; /* (nullable): what stands for each %s; NULL when words are no format */
};

static DrillFinding *
make (const char *words,
      GPtrArray  *texts)
{
  DrillFinding *self = g_new0 (DrillFinding, 1);

  self->words = g_strdup (words);
  self->texts = texts;

  return self;
}

/**
 * drill_finding_new:
 * @words: a format marked with DRILL_WORDS(), with no other directive than `%s`
 * @...: a text for each of them, of any origin; numbers as texts, too
 *
 * A translation may have the texts in another order, as `%2$s`. It must not depend on a number among them: there is
 * no plural.
 *
 * Returns: (transfer full): a finding
 */
DrillFinding *
drill_finding_new (const char *words,
                   ...)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  va_list args;

  va_start (args, words);
  for (const char *place = strstr (words, "%s"); place != NULL; place = strstr (place + 2, "%s"))
    g_ptr_array_add (texts, g_strdup (va_arg (args, const char *)));
  va_end (args);

  return make (words, texts);
}

/**
 * drill_finding_new_for_error:
 * @error: why nothing was found out
 *
 * Returns: (transfer full): a finding that says what @error says; only what is marked with DRILL_WORDS() is translated
 */
DrillFinding *
drill_finding_new_for_error (const GError *error)
{
  return make (error->message, NULL);
}

void
drill_finding_free (DrillFinding *self)
{
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_free (self->words);
  g_free (self);
}

/**
 * drill_finding_dup_text:
 * @self: a finding
 * @translate: (nullable): %NULL for English
 *
 * Returns: (transfer full): what was found, in words. May have control characters and line ends of the package.
 */
char *
drill_finding_dup_text (const DrillFinding *self,
                        DrillTranslate      translate)
{
  /* gettext has something else to say to an empty text */
  const char *words = translate != NULL && *self->words != '\0' ? translate (self->words) : self->words;
  GString *text;
  guint next = 0;

  if (self->texts == NULL)
    return g_strdup (words);

  /* Not by printf(): whatever a translation asks for, there is no more than the texts */
  text = g_string_new (NULL);
  while (*words != '\0')
    {
      guint i = self->texts->len;

      if (g_str_has_prefix (words, "%s"))
        {
          i = next++;
          words += strlen ("%s");
        }
      else if (words[0] == '%' && g_ascii_isdigit (words[1]) && g_str_has_prefix (words + 2, "$s"))
        {
          i = (guint) (words[1] - '1');
          words += strlen ("%1$s");
        }
      else
        {
          g_string_append_c (text, *words++);
        }

      if (i < self->texts->len)
        g_string_append (text, g_ptr_array_index (self->texts, i));
    }

  return g_string_free (text, FALSE);
}
