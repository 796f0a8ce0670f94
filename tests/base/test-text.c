// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "base/drill-text.h"

typedef char *(*TextFunc) (const char *text);

typedef struct {
  const char *text;
  const char *right;
} Example;

static void
assert_examples (TextFunc       func,
                 const Example *examples,
                 gsize          n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *result = func (examples[i].text);

      g_assert_cmpstr (result, ==, examples[i].right);
    }
}

/* RFC 4180, and no cell that a spreadsheet would run */
static void
test_csv_cell (void)
{
  static const Example examples[] = {
    { NULL, "" }, { "", "" }, { "plain", "plain" }, { "two words", "two words" }, { "7", "7" },
    { "a,b", "\"a,b\"" }, { "a;b", "\"a;b\"" }, { "say \"hi\"", "\"say \"\"hi\"\"\"" }, { "\"", "\"\"\"\"" },
    { "two\nlines", "\"two\nlines\"" }, { "two\r\nlines", "\"two\r\nlines\"" }, { "a\tb", "\"a\tb\"" },
    { "=cmd()", "'=cmd()" }, { "+1", "'+1" }, { "-1", "'-1" }, { "@SUM(A1)", "'@SUM(A1)" },
    { "\t=1", "\"'\t=1\"" }, { "\r=1", "\"'\r=1\"" }, { "=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"" },
    { "a=1", "a=1" }, { "a-b+c@d", "a-b+c@d" }, { "'quoted", "'quoted" },
    { "\xc3\xbcml\xc3\xa4ut \xf0\x9f\x98\x80", "\xc3\xbcml\xc3\xa4ut \xf0\x9f\x98\x80" },
  };

  assert_examples (drill_text_csv_cell, examples, G_N_ELEMENTS (examples));
}

static void
test_one_line (void)
{
  static const Example examples[] = {
    { NULL, "" }, { "", "" }, { "plain", "plain" }, { "<b>&amp;</b>", "<b>&amp;</b>" },
    { "a\nb\r\tc", "a b  c" }, { "a\x01\x1f\x7f", "a   " }, { "\xc2\x85x", " x" },
    { "a\xe2\x80\xa8z\xe2\x80\xa9z", "a z z" },
    { "a\xe2\x80\xae" "evil", "a evil" }, { "\xe2\x80\xaa\xe2\x80\xab\xe2\x80\xac\xe2\x80\xad", "    " },
    { "\xe2\x81\xa6\xe2\x81\xa7\xe2\x81\xa8\xe2\x81\xa9", "    " },
    { "a\xff" "b\xc3", "a\xef\xbf\xbd" "b\xef\xbf\xbd" },
    { "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xf0\x9f\x98\x80", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xf0\x9f\x98\x80" },
  };

  assert_examples (drill_text_one_line, examples, G_N_ELEMENTS (examples));
}

static void
test_file_name (void)
{
  static const Example examples[] = {
    { NULL, "drill" }, { "", "drill" }, { "gordackaudit-d5478da529c173ab", "gordackaudit-d5478da529c173ab" },
    { "../../etc/passwd", "etc-passwd" }, { "/etc/passwd", "etc-passwd" }, { "a/../b", "a-..-b" }, { "..", "drill" }, { ".", "drill" },
    { "...", "drill" }, { ".hidden", "hidden" }, { "-rf", "rf" }, { "a\nb", "a-b" }, { "C:\\x", "C-x" }, { "a  b", "a-b" },
    { "name.", "name" }, { "v1.2_x", "v1.2_x" }, { "f/%20 \xc3\xbc", "f-20-\xc3\xbc" }, { "a\xff" "b", "a-b" }, { "\xf0\x9f\x98\x80", "drill" },
    { "a\xe2\x80\xae" "b", "a-b" }, { "$(id);`x`|&", "id-x" },
  };

  assert_examples (drill_text_file_name, examples, G_N_ELEMENTS (examples));
}

static void
test_long_file_name (void)
{
  static const char *const units[] = { "a", "\xc3\xbc", "\xe6\xbc\xa2", "a/", "./" };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autofree char *name = NULL;

      for (guint n = 0; n < 1000; n++)
        g_string_append (text, units[i]);
      name = drill_text_file_name (text->str);
      g_assert_cmpuint (strlen (name), >, 0);
      g_assert_cmpuint (strlen (name), <=, 120);
      g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_null (strchr (name, '/'));
      g_assert_true (name[0] != '.' && name[0] != '-');
    }
}

static void
test_redact (void)
{
  static const Example examples[] = {
    { NULL, "" }, { "", "" }, { "nothing secret", "nothing secret" },
    { "Authorization: Bearer abc.def-123_~+/=", "Authorization: Bearer ***" },
    { "authorization: bEaReR  abc, next", "authorization: bEaReR  ***, next" },
    { "\"Bearer abc\"", "\"Bearer ***\"" },
    { "two: Bearer a and Bearer b", "two: Bearer *** and Bearer ***" },
    { "token eyJhbGciOiJI.eyJzdWIi.c2ln-_x end", "token *** end" },
    { "{\"t\":\"eyJhbGciOiJI.eyJzdWIi.\"}", "{\"t\":\"***\"}" },
    { "https://user:secret@host/path", "https://***@host/path" },
    { "https://user@host and http://a:b@c", "https://***@host and http://***@c" },
    { "https://host/path?mail=a@b", "https://host/path?mail=a@b" },
    { "eyJ alone stays", "eyJ alone stays" },
    { "bad \xff Bearer x", "bad \xef\xbf\xbd Bearer ***" },
  };

  assert_examples (drill_text_redact, examples, G_N_ELEMENTS (examples));
}

/* Text of any length comes through, without its secret */
static void
test_redact_long (void)
{
  g_autofree char *noise = g_strnfill (200000, 'x');
  g_autofree char *text = g_strconcat (noise, " Bearer hidden ", noise, NULL);
  g_autofree char *token = g_strconcat ("Bearer ", noise, " tail", NULL);
  g_autofree char *result = drill_text_redact (text);
  g_autofree char *token_result = drill_text_redact (token);

  g_assert_null (strstr (result, "hidden"));
  g_assert_null (strstr (token_result, "xxx"));
}

/* Not by the locale: in a Turkish one, I is not the capital of i; see tests/cli/test-locale.py */
static void
test_lower (void)
{
  static const Example examples[] = {
    { "SIEM", "siem" },
    { "ServiceNow", "servicenow" },
    { "ÄÖÜ Ñ", "äöü ñ" },
    { "already, 12", "already, 12" },
    { "", "" },
  };

  assert_examples (drill_text_lower, examples, G_N_ELEMENTS (examples));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/base/text/csv-cell", test_csv_cell);
  g_test_add_func ("/drill/base/text/one-line", test_one_line);
  g_test_add_func ("/drill/base/text/lower", test_lower);
  g_test_add_func ("/drill/base/text/file-name", test_file_name);
  g_test_add_func ("/drill/base/text/long-file-name", test_long_file_name);
  g_test_add_func ("/drill/base/text/redact", test_redact);
  g_test_add_func ("/drill/base/text/redact-long", test_redact_long);

  return g_test_run ();
}
