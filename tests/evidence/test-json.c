// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "base/drill-error.h"
#include "drill-answers.h"
#include "evidence/drill-json.h"

static char *
indent (const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr(GBytes) indented = drill_json_indent (bytes);
  gsize length;
  const char *data = g_bytes_get_data (indented, &length);

  return length > 0 ? g_strndup (data, length) : g_strdup ("");
}

/* The text without the white space between its tokens */
static char *
strip (const char *text)
{
  GString *stripped = g_string_new (NULL);
  gboolean in_string = FALSE;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (!in_string && strchr (" \t\r\n", *p) != NULL)
        continue;

      g_string_append_c (stripped, *p);
      if (in_string && *p == '\\' && p[1] != '\0')
        g_string_append_c (stripped, *++p);
      else if (*p == '"')
        in_string = !in_string;
    }

  return g_string_free (stripped, FALSE);
}

static void
assert_only_laid_out (const char *text)
{
  g_autofree char *once = indent (text);
  g_autofree char *twice = indent (once);
  g_autofree char *tokens = strip (text);
  g_autofree char *kept = strip (once);

  g_assert_cmpstr (kept, ==, tokens);
  g_assert_cmpstr (twice, ==, once);
}

static void
test_layout (void)
{
  g_autofree char *text = indent ("{\"a\":1,\"b\":[true,{ }, [\n]],\"c\":{\"d\":\"x, {y}: [z]\"}}");

  g_assert_cmpstr (text, ==,
                   "{\n"
                   "  \"a\": 1,\n"
                   "  \"b\": [\n"
                   "    true,\n"
                   "    {},\n"
                   "    []\n"
                   "  ],\n"
                   "  \"c\": {\n"
                   "    \"d\": \"x, {y}: [z]\"\n"
                   "  }\n"
                   "}");
}

static void
test_tokens (void)
{
  static const char *const texts[] = {
    "{}", "[]", "7", "\"\"", "\"\\\\\"", "[\"\\\"\", \"]\", \"\\\\\\\"\"]", "{\"n\": [1.10, 1E+2, -0.0, 1000000000000000000000000000001]}",
    "{\"a\" : \"\\u00fc\\ud83d\\ude00 \xc3\xbc\", \"a\": 2}", "[[[[[[]]]]]]", "[ [ ] , { } ]", "\t[\r\n1\t,\n2 ]\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_only_laid_out (texts[i]);
}

static void
test_cases (gconstpointer data)
{
  g_autofree char *text = drill_case_read (data, "history.json");
  g_autofree char *packages = drill_case_read (data, "packages.json");

  assert_only_laid_out (text);
  assert_only_laid_out (packages);
}

/* Deeper than a line of spaces, and no JSON at all */
static void
test_odd (void)
{
  g_autofree char *open = g_strnfill (300, '[');
  g_autofree char *close = g_strnfill (300, ']');
  g_autofree char *deep = g_strconcat (open, "7", close, NULL);
  g_autofree char *lines = indent (deep);

  assert_only_laid_out (deep);
  g_assert_nonnull (strstr (lines, "\n          [\n"));

  assert_only_laid_out (open);
  assert_only_laid_out (close);
  assert_only_laid_out ("\"unfinished");
  assert_only_laid_out ("\"unfinished\\");
  assert_only_laid_out ("");
}

static void
test_parse (void)
{
  static const char *const broken[] = { "", " ", "{", "nul", "{\"a\":\"\xff\"}", "[1,]" };

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (broken[i], strlen (broken[i]));
      g_autoptr(GError) error = NULL;

      g_assert_null (drill_json_parse (bytes, &error));
      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
    }
}

static void
test_members (void)
{
  g_autoptr(JsonNode) node = json_from_string ("{\"s\": \"x\", \"n\": null, \"i\": 7, \"d\": 7.5, \"b\": true, \"a\": [\"x\"], \"o\": {}}", NULL);
  JsonObject *object = json_node_get_object (node);

  g_assert_cmpstr (drill_json_get_string (object, "s"), ==, "x");
  g_assert_cmpint (drill_json_get_int (object, "i", -1), ==, 7);
  for (const char *p = "nidbaoz"; *p != '\0'; p++)
    {
      const char name[] = { *p, '\0' };

      g_assert_cmpstr (drill_json_get_string (object, name), ==, "");
      if (*p != 'i')
        g_assert_cmpint (drill_json_get_int (object, name, -1), ==, -1);
    }
  g_assert_cmpstr (drill_json_get_string (NULL, "s"), ==, "");
  g_assert_cmpint (drill_json_get_int (NULL, "i", 3), ==, 3);
}

int
main (int    argc,
      char **argv)
{
  static const char *const cases[] = { CASES };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/evidence/json/layout", test_layout);
  g_test_add_func ("/drill/evidence/json/tokens", test_tokens);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/drill/evidence/json/case/%s", cases[i]);

      g_test_add_data_func (path, cases[i], test_cases);
    }
  g_test_add_func ("/drill/evidence/json/odd", test_odd);
  g_test_add_func ("/drill/evidence/json/parse", test_parse);
  g_test_add_func ("/drill/evidence/json/members", test_members);

  return g_test_run ();
}
