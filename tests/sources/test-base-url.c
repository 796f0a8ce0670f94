// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/drill-error.h"
#include "sources/drill-base-url.h"

static void
test_kept (void)
{
  static const struct
  {
    const char *typed;
    const char *kept;
  } cases[] = {
    { "http://127.0.0.1:8000", "http://127.0.0.1:8000" },
    { " https://cavra.example/ \n", "https://cavra.example" },
    { "https://cavra.example/team%20a//", "https://cavra.example/team%20a" },
    { "HTTPS://cavra.example:8443/api", "https://cavra.example:8443/api" },
    { "http://[::1]:8000/", "http://[::1]:8000" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GUri) url = drill_base_url_parse (cases[i].typed, &error);
      g_autofree char *kept = NULL;

      g_assert_no_error (error);
      kept = drill_base_url_to_string (url);
      g_assert_cmpstr (kept, ==, cases[i].kept);
    }
}

static void
test_refused (void)
{
  static const char *const cases[] = {
    NULL, "", "cavra.example", "ftp://cavra.example", "file:///etc/passwd", "http://", "https:///path",
    "https://user:geheim@cavra.example", "https://geheim@cavra.example", "https://cavra.example/?token=geheim",
    "https://cavra.example/#geheim", "http://cavra example", "http://cavra.example:99999",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GUri) url = drill_base_url_parse (cases[i], &error);

      g_assert_null (url);
      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT);
      g_assert_null (g_strstr_len (error->message, -1, "geheim"));
    }
}

static void
test_join (void)
{
  g_autoptr(GUri) base = drill_base_url_parse ("https://cavra.example/team%20a/", NULL);
  g_autoptr(GUri) url = drill_base_url_join (base, "/console/session", "limit=1&offset=2");
  g_autofree char *text = g_uri_to_string (url);

  g_assert_cmpstr (text, ==, "https://cavra.example/team%20a/console/session?limit=1&offset=2");
}

static void
test_same_origin (void)
{
  static const struct
  {
    const char *url;
    gboolean same;
  } cases[] = {
    { "https://cavra.example/other", TRUE },
    { "https://CAVRA.example:443", TRUE },
    { "http://cavra.example", FALSE },
    { "https://cavra.example:8443", FALSE },
    { "https://cavra.example.evil.example", FALSE },
    { "https://evil.example", FALSE },
  };
  g_autoptr(GUri) base = drill_base_url_parse ("https://cavra.example", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GUri) other = drill_base_url_parse (cases[i].url, NULL);

      g_assert_cmpint (drill_base_url_same_origin (base, other), ==, cases[i].same);
    }
}

static void
test_loopback (void)
{
  static const struct
  {
    const char *url;
    gboolean loopback;
  } cases[] = {
    { "http://localhost:8000", TRUE },
    { "http://127.0.0.1", TRUE },
    { "http://127.9.9.9", TRUE },
    { "http://[::1]:8000", TRUE },
    { "http://10.0.0.1", FALSE },
    { "http://127.0.0.1.evil.example", FALSE },
    { "http://localhost.evil.example", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GUri) url = drill_base_url_parse (cases[i].url, NULL);

      g_assert_cmpint (drill_base_url_is_loopback (url), ==, cases[i].loopback);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/sources/base-url/kept", test_kept);
  g_test_add_func ("/drill/sources/base-url/refused", test_refused);
  g_test_add_func ("/drill/sources/base-url/join", test_join);
  g_test_add_func ("/drill/sources/base-url/same-origin", test_same_origin);
  g_test_add_func ("/drill/sources/base-url/loopback", test_loopback);

  return g_test_run ();
}
