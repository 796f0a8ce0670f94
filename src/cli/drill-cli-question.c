// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-question.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LONGEST_ANSWER 64 /* bytes */

static gunichar
first_letter (const char *text)
{
  gunichar letter = g_utf8_get_char_validated (text, -1);

  return letter == (gunichar) -1 || letter == (gunichar) -2 ? 0 : g_unichar_tolower (letter);
}

/**
 * drill_cli_question_is_yes:
 * @answer: what was typed, in UTF-8 or not
 * @letter: what yes begins with in the language of the question
 *
 * English is understood in every language; nothing that is not yes is.
 *
 * Returns: whether it is yes
 */
gboolean
drill_cli_question_is_yes (const char *answer,
                           const char *letter)
{
  gunichar first;

  while (g_ascii_isspace (*answer))
    answer++;
  first = first_letter (answer);

  return first != 0 && (first == 'y' || first == first_letter (letter));
}

/**
 * drill_cli_question_ask:
 * @question: a question, as lines of which the last has no end
 *
 * Asks on standard error, and waits for an answer on standard input.
 *
 * Returns: whether it was yes
 */
gboolean
drill_cli_question_ask (const char *question)
{
  /* Translators: follows a question; the letters for yes and no, the one for no in capitals, for that is what Enter is */
  g_autofree char *text = g_strdup_printf ("%s %s ", question, C_("question", "[y/N]"));
  char answer[LONGEST_ANSWER];
  gssize written = write (STDERR_FILENO, text, strlen (text));

  (void) written;

  /* Translators: the small letter that says yes to [y/N]; “y” is understood besides */
  return fgets (answer, sizeof answer, stdin) != NULL && drill_cli_question_is_yes (answer, C_("question", "y"));
}
