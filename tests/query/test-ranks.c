// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/drill-ranks.h"

#include <string.h>

static void
check_texts (const char *const *texts,
             guint              n)
{
  DrillRanks ranks;

  drill_ranks_init_texts (&ranks, texts, n);
  g_assert_cmpuint (ranks.n, ==, n);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        int order = strcmp (texts[i], texts[j]);

        g_assert_cmpint ((order > 0) - (order < 0), ==,
                         (ranks.ranks[i] > ranks.ranks[j]) - (ranks.ranks[i] < ranks.ranks[j]));
      }
  for (guint i = 1; i < n; i++)
    g_assert_cmpuint (ranks.ranks[ranks.order[i - 1]], <=, ranks.ranks[ranks.order[i]]);
  if (n > 0)
    g_assert_cmpuint (ranks.n_ranks, ==, ranks.ranks[ranks.order[n - 1]] + 1);
  drill_ranks_clear (&ranks);
}

static void
test_texts (void)
{
  static const char *const texts[] = {
    "", "gordn-12345678", "gordn-", "gordn-1234567", "gordn-123456789", "gordn-12345678", "", "gordn-\x7F", "gordn-é",
    "gordn-12345679",
  };
  static const char *const mixed[] = { "b", "", "a", "aa", "Ä", "B", "b" };
  static const char *const same[] = { "x", "x", "x" };
  static const char *const empty[] = { "", "" };

  check_texts (texts, G_N_ELEMENTS (texts));
  check_texts (mixed, G_N_ELEMENTS (mixed));
  check_texts (same, G_N_ELEMENTS (same));
  check_texts (empty, G_N_ELEMENTS (empty));
  check_texts (same, 0);
}

static void
test_random_texts (void)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < 300; i++)
    {
      GString *text = g_string_new ("same-");

      for (int n = g_rand_int_range (rand, 0, 14); n > 0; n--)
        g_string_append_c (text, (char) g_rand_int_range (rand, 'a', 'd'));
      g_ptr_array_add (texts, g_string_free (text, FALSE));
    }

  check_texts ((const char *const *) texts->pdata, texts->len);
}

static void
test_times (void)
{
  static const gint64 times[] = { 5, -7, G_MAXINT64, G_MININT64, 5, 0 };
  static const guint32 expected[] = { 3, 1, 4, 0, 3, 2 };
  DrillRanks ranks;

  drill_ranks_init_times (&ranks, times, G_N_ELEMENTS (times));
  g_assert_cmpuint (ranks.n_ranks, ==, 5);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    g_assert_cmpuint (ranks.ranks[i], ==, expected[i]);
  drill_ranks_clear (&ranks);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/query/ranks/texts", test_texts);
  g_test_add_func ("/drill/query/ranks/random-texts", test_random_texts);
  g_test_add_func ("/drill/query/ranks/times", test_times);

  return g_test_run ();
}
