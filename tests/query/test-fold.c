// SPDX-License-Identifier: GPL-3.0-or-later
#include <locale.h>
#include <string.h>

#include "query/drill-fold.h"

static void
assert_contains (const char *text,
                 const char *part,
                 gboolean    expected)
{
  g_autofree char *needle = drill_fold (part);
  g_autofree char *folded = drill_fold (text);

  g_assert_cmpint (drill_fold_contains (text, needle), ==, expected);
  g_assert_cmpint (strstr (folded, needle) != NULL, ==, expected);
}

static void
test_case (void)
{
  assert_contains ("Release-Governance", "governance", TRUE);
  assert_contains ("release-governance", "GOVERN", TRUE);
  assert_contains ("release-governance", "govern ", FALSE);
  assert_contains ("Señora Ñandú", "ÑANDÚ", TRUE);
  assert_contains ("Señora Ñandú", "nandu", FALSE);
  assert_contains ("Große Straße", "STRASSE", TRUE);
  assert_contains ("STRASSE", "straße", TRUE);
  assert_contains ("ΣΊΣΥΦΟΣ", "σίσυφος", TRUE);
  assert_contains ("运维-team", "运维-TEAM", TRUE);
}

static void
test_forms (void)
{
  /* The same letters, written otherwise: decomposed, ligature, full width */
  assert_contains ("Ärger", "a\xCC\x88rger", TRUE);
  assert_contains ("o\xEF\xAC\x83" "ce", "OFFICE", TRUE);
  assert_contains ("ＳＬＡＣＫ", "slack", TRUE);
  assert_contains ("𝐒lack 20 ℃", "slack 20 °c", TRUE);
}

static void
test_long_text (void)
{
  g_autofree char *many = g_strnfill (5000, 'A');
  g_autofree char *text = g_strconcat (many, "Needle", NULL);

  assert_contains (text, "aneedLE", TRUE);
  assert_contains (text, "needles", FALSE);
}

static void
test_not_utf8 (void)
{
  assert_contains ("abc\xFF" "DEF", "def", TRUE);
}

static void
test_shared (void)
{
  g_autoptr(GStringChunk) chunk = g_string_chunk_new (64);
  const char *plain = "gordn-12";

  g_assert_true (drill_fold_shared (plain, chunk) == plain);
  g_assert_cmpstr (drill_fold_shared ("Ñ", chunk), ==, "ñ");
}

/* In Turkish, I is not the capital of i: what is found must not depend on it. */
static void
test_locale (void)
{
  if (setlocale (LC_ALL, "tr_TR.UTF-8") == NULL)
    g_test_message ("no Turkish locale here; the other locales are checked all the same");

  assert_contains ("ID-TITLE", "id-title", TRUE);
  assert_contains ("İzmir", "i̇zmir", TRUE);
  assert_contains ("ılık", "ilik", FALSE);
  assert_contains ("INFO ñ", "info Ñ", TRUE);
  setlocale (LC_ALL, "C");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/query/fold/case", test_case);
  g_test_add_func ("/drill/query/fold/forms", test_forms);
  g_test_add_func ("/drill/query/fold/long-text", test_long_text);
  g_test_add_func ("/drill/query/fold/not-utf8", test_not_utf8);
  g_test_add_func ("/drill/query/fold/shared", test_shared);
  g_test_add_func ("/drill/query/fold/locale", test_locale);

  return g_test_run ();
}
