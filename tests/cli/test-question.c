// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drill-cli-question.h"

static void
test_yes (void)
{
  static const struct
  {
    const char *letter;
    const char *answer;
  } yes[] = {
    { "y", "y\n" }, { "y", "Y\n" }, { "y", "yes\n" }, { "y", " y" }, { "j", "j\n" }, { "j", "JA\n" }, { "j", "y\n" },
    { "д", "Да\n" }, { "е", "Е\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (yes); i++)
    g_assert_true (drill_cli_question_is_yes (yes[i].answer, yes[i].letter));
}

/* Whatever is not yes is no: what is asked for cannot be taken back */
static void
test_no (void)
{
  static const struct
  {
    const char *letter;
    const char *answer;
  } no[] = {
    { "y", "" }, { "y", "\n" }, { "y", "n\n" }, { "y", "j\n" }, { "y", "ny\n" }, { "j", "nein\n" }, { "j", "o\n" },
    { "j", "\xff" }, { "y", "\xc3" }, { "", "" }, { "", "\n" }, { "\xc3", "\xc3" }, { "д", "н\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (no); i++)
    g_assert_false (drill_cli_question_is_yes (no[i].answer, no[i].letter));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/cli/question/yes", test_yes);
  g_test_add_func ("/drill/cli/question/no", test_no);

  return g_test_run ();
}
