// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "base/drill-error.h"
#include "base/drill-time.h"
#include "sources/drill-http-reply.h"

static GError *
error_of (guint       status,
          const char *body)
{
  return drill_http_reply_to_error (status, body, strlen (body));
}

static void
test_codes (void)
{
  static const struct
  {
    guint status;
    DrillError code;
  } cases[] = {
    { 204, DRILL_ERROR_BAD_REPLY }, { 400, DRILL_ERROR_REJECTED }, { 401, DRILL_ERROR_AUTH_REQUIRED },
    { 403, DRILL_ERROR_FORBIDDEN }, { 404, DRILL_ERROR_NOT_FOUND }, { 408, DRILL_ERROR_TIMED_OUT },
    { 409, DRILL_ERROR_REJECTED }, { 422, DRILL_ERROR_REJECTED }, { 429, DRILL_ERROR_BUSY },
    { 500, DRILL_ERROR_SERVICE }, { 502, DRILL_ERROR_SERVICE }, { 503, DRILL_ERROR_SERVICE }, { 999, DRILL_ERROR_BAD_REPLY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = error_of (cases[i].status, "");
      g_autofree char *number = g_strdup_printf ("%u", cases[i].status);

      g_assert_error (error, DRILL_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, number));
    }
}

static void
test_detail (void)
{
  g_autoptr(GError) text = error_of (400, "{\"detail\":\"console OIDC config is not configured\"}");
  g_autoptr(GError) list = error_of (422, "{\"detail\":[{\"loc\":[\"query\",\"limit\"],\"msg\":\"not an integer\",\"type\":\"x\"},"
                                     "{\"loc\":[\"body\",3],\"msg\":\"missing\"}, 7, \"x\"]}");

  g_assert_nonnull (strstr (text->message, "console OIDC config is not configured"));
  g_assert_nonnull (strstr (list->message, "query.limit: not an integer; body.3: missing"));
}

/* What a service says of an error goes to logs and windows: no secret, one line, short, UTF-8 */
static void
test_detail_is_untrusted (void)
{
  g_autofree char *filler = g_strnfill (5000, 'x');
  g_autofree char *body = g_strdup_printf ("{\"detail\":\"bad Bearer abc.def.ghi\\nsecond line %s\"}", filler);
  g_autoptr(GError) error = error_of (401, body);

  g_assert_null (strstr (error->message, "abc.def.ghi"));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_cmpuint (strlen (error->message), <, 300);

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *shift = g_strnfill (i, 'a');
      g_autofree char *snow = g_strdup_printf ("{\"detail\":\"%s☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃"
                                               "☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃☃\"}", shift);
      g_autoptr(GError) cut = error_of (400, snow);

      g_assert_true (g_utf8_validate (cut->message, -1, NULL));
    }
}

static void
test_detail_of_other_shape (void)
{
  static const char *const bodies[] = {
    "", "<html>502</html>", "{", "[]", "null", "{\"detail\":null}", "{\"detail\":{\"a\":1}}", "{\"detail\":[null,1,[]]}",
    "{\"detail\":[{}]}", "{\"detail\":[{\"loc\":7,\"msg\":8}]}", "\xff\xfe",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr(GError) error = error_of (502, bodies[i]);

      g_assert_error (error, DRILL_ERROR, DRILL_ERROR_SERVICE);
    }
}

static void
test_is_json (void)
{
  g_assert_true (drill_http_reply_is_json ("application/json", "{}", 2));
  g_assert_true (drill_http_reply_is_json ("application/problem+json", " \r\n\t[", 5));
  g_assert_true (drill_http_reply_is_json (NULL, "{}", 2));
  g_assert_false (drill_http_reply_is_json (NULL, "<html>", 6));
  g_assert_false (drill_http_reply_is_json ("text/html", "{}", 2));
  g_assert_false (drill_http_reply_is_json ("application/json", "<html>", 6));
  g_assert_false (drill_http_reply_is_json ("application/json", "", 0));
  g_assert_false (drill_http_reply_is_json ("application/json", "  ", 2));
}

static void
test_retry_after (void)
{
  gint64 now = drill_time_parse ("2026-05-20T10:00:00Z", -1);

  g_assert_cmpint (drill_http_reply_get_retry_after ("7", now), ==, 7000);
  g_assert_cmpint (drill_http_reply_get_retry_after ("0", now), ==, 0);
  g_assert_cmpint (drill_http_reply_get_retry_after ("Wed, 20 May 2026 10:00:30 GMT", now), ==, 30000);
  g_assert_cmpint (drill_http_reply_get_retry_after ("Wed, 20 May 2026 09:00:00 GMT", now), ==, 0);
  /* No service makes a console wait for a day */
  g_assert_cmpint (drill_http_reply_get_retry_after ("60", now), ==, 60000);
  g_assert_cmpint (drill_http_reply_get_retry_after ("61", now), ==, 60000);
  g_assert_cmpint (drill_http_reply_get_retry_after ("2147483647", now), ==, 60000);
  g_assert_cmpint (drill_http_reply_get_retry_after ("Sat, 31 Dec 2400 23:59:59 GMT", now), ==, 60000);
  g_assert_cmpint (drill_http_reply_get_retry_after (NULL, now), ==, DRILL_RETRY_AFTER_UNKNOWN);
  g_assert_cmpint (drill_http_reply_get_retry_after ("soon", now), ==, DRILL_RETRY_AFTER_UNKNOWN);
  g_assert_cmpint (drill_http_reply_get_retry_after ("-5", now), ==, DRILL_RETRY_AFTER_UNKNOWN);
  g_assert_cmpint (drill_http_reply_get_retry_after ("99999999999999999999", now), ==, DRILL_RETRY_AFTER_UNKNOWN);
}

static void
test_tls_reasons (void)
{
  g_autoptr(GError) error = drill_http_reply_to_tls_error (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_BAD_IDENTITY,
                                                           "cavra.example");

  g_assert_error (error, DRILL_ERROR, DRILL_ERROR_TLS);
  g_assert_nonnull (strstr (error->message, "cavra.example"));
  g_assert_nonnull (strstr (error->message, "another host"));
  g_assert_nonnull (strstr (error->message, "expired"));
  g_assert_null (strstr (error->message, "authority"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drill/sources/http-reply/codes", test_codes);
  g_test_add_func ("/drill/sources/http-reply/detail", test_detail);
  g_test_add_func ("/drill/sources/http-reply/detail-is-untrusted", test_detail_is_untrusted);
  g_test_add_func ("/drill/sources/http-reply/detail-of-other-shape", test_detail_of_other_shape);
  g_test_add_func ("/drill/sources/http-reply/is-json", test_is_json);
  g_test_add_func ("/drill/sources/http-reply/retry-after", test_retry_after);
  g_test_add_func ("/drill/sources/http-reply/tls-reasons", test_tls_reasons);

  return g_test_run ();
}
