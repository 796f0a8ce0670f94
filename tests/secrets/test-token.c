// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "base/drill-error.h"
#include "base/drill-time.h"
#include "secrets/drill-token.h"

#define TOKEN "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib2IifQ.a-B_c~+/=="

static void
test_clean (void)
{
  const char *const pasted[] = {
    TOKEN,
    "  " TOKEN "\n",
    "\xef\xbb\xbf" TOKEN "\r\n",
    "Bearer " TOKEN,
    "bearer\t" TOKEN,
    "BEARER  " TOKEN,
    "Authorization: Bearer " TOKEN,
    "authorization:bearer " TOKEN "\r\n",
    "Authorization: " TOKEN,
    "\"" TOKEN "\"",
    "'Bearer " TOKEN "'\n",
    "\"Authorization: Bearer " TOKEN "\"",
    "Bearer \"" TOKEN "\"",
    "eyJhbGciOiJIUzI1NiJ9.\n  eyJzdWIiOiJib2IifQ.\r\n\ta-B_c~+/==",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdW IiOiJib2IifQ.a-B_c~+/==",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdW\u00a0IiOiJib2I\u200bifQ.a-B_c~+/==\u2028",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pasted); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *token = drill_token_clean (pasted[i], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (token, ==, TOKEN);
    }
}

/* Tokens that only look like something to be taken away */
static void
test_clean_kept (void)
{
  const char *const tokens[] = { "bearer", "Bearertoken", "bearer.of.news", "Authorization", "a\"b", "x'y", "ghp_0123" };

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *token = drill_token_clean (tokens[i], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (token, ==, tokens[i]);
    }
}

static void
test_clean_refused (void)
{
  g_autofree char *long_token = g_strnfill (64 * 1024 + 1, 'x');
  g_autofree char *huge = g_strnfill (10 * 1024 * 1024, ' ');
  const char *const texts[] = {
    NULL, "", " \n", "Bearer ", "Authorization: Bearer \n", "\"\"", "s3cret\x01", "s3cret\x7f", "s3cretä", "s3cret\xff",
    "s3cret\u202e", long_token, huge,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *token = drill_token_clean (texts[i], &error);

      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
      g_assert_null (token);
      g_assert_null (strstr (error->message, "s3cret"));
    }

  /* As long as it may be */
  {
    g_autofree char *token = drill_token_clean (long_token + 1, NULL);

    g_assert_cmpstr (token, ==, long_token + 1);
  }
}

static char *
make_jwt (const char *claims)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) claims, strlen (claims));

  g_strdelimit (base64, "+", '-');
  g_strdelimit (base64, "/", '_');
  if (strchr (base64, '=') != NULL)
    *strchr (base64, '=') = '\0';

  return g_strdup_printf ("eyJhbGciOiJIUzI1NiJ9.%s.c2lnbmF0dXJl", base64);
}

static void
test_expiry (void)
{
  g_autofree char *deep = g_strnfill (40000, '[');
  g_autofree char *nested = g_strconcat ("{\"a\":", deep, NULL);
  const struct
  {
    const char *claims;
    gint64      expiry;
  } cases[] = {
    { "{\"exp\":1700000000}", G_GINT64_CONSTANT (1700000000000000) },
    { "{\"sub\":\"\u00fc>>~~?\",\"exp\":1700000000,\"groups\":[\"a\"]}", G_GINT64_CONSTANT (1700000000000000) },
    { "{\"exp\":1700000000.5}", G_GINT64_CONSTANT (1700000000500000) },
    { "{\"exp\":1.7e9}", G_GINT64_CONSTANT (1700000000000000) },
    { "{\"exp\":0}", 0 },
    { "{\"exp\":-5}", 0 },
    { "{\"exp\":-1e300}", 0 },
    { "{\"exp\":253402300799}", G_GINT64_CONSTANT (253402300799000000) },
    { "{\"exp\":9223372036854775807}", DRILL_TIME_UNKNOWN },
    { "{\"exp\":1e300}", DRILL_TIME_UNKNOWN },
    { "{\"exp\":\"1700000000\"}", DRILL_TIME_UNKNOWN },
    { "{\"exp\":null}", DRILL_TIME_UNKNOWN },
    { "{\"exp\":{\"exp\":1}}", DRILL_TIME_UNKNOWN },
    { "{\"iat\":1700000000}", DRILL_TIME_UNKNOWN },
    { "[1700000000]", DRILL_TIME_UNKNOWN },
    { "1700000000", DRILL_TIME_UNKNOWN },
    { "{\"exp\":17000", DRILL_TIME_UNKNOWN },
    { "\xff\xfe", DRILL_TIME_UNKNOWN },
    { "", DRILL_TIME_UNKNOWN },
    { nested, DRILL_TIME_UNKNOWN },
  };
  const char *const others[] = { "opaque", "", ".", "..", "a.b.c", "a.%%%.c", "a.eyJleHAiOjF9", "a.eyJleHAiOjF9.c.d.e" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *token = make_jwt (cases[i].claims);

      g_assert_cmpint (drill_token_get_expiry (token), ==, cases[i].expiry);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpint (drill_token_get_expiry (others[i]), ==, DRILL_TIME_UNKNOWN);
}

static void
test_check (void)
{
  g_autofree char *token = make_jwt ("{\"exp\":1700000000}");
  const gint64 expiry = G_GINT64_CONSTANT (1700000000000000);
  g_autoptr(GError) error = NULL;

  g_assert_true (drill_token_check (token, expiry - 1, &error));
  g_assert_no_error (error);
  g_assert_false (drill_token_check (token, expiry, &error));
  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED);
  g_assert_nonnull (strstr (error->message, "2023-11-14T22:13:20"));
  g_assert_null (strstr (error->message, token));

  g_assert_true (drill_token_check ("opaque", G_MAXINT64, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/secrets/token/clean", test_clean);
  g_test_add_func ("/drill/secrets/token/clean-kept", test_clean_kept);
  g_test_add_func ("/drill/secrets/token/clean-refused", test_clean_refused);
  g_test_add_func ("/drill/secrets/token/expiry", test_expiry);
  g_test_add_func ("/drill/secrets/token/check", test_check);

  return g_test_run ();
}
