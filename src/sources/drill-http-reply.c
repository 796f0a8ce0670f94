// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/drill-http-reply.h"

#include <libsoup/soup.h>
#include <string.h>

#include "base/drill-error.h"
#include "base/drill-text.h"
#include "evidence/drill-json.h"

#define MAX_RETRY_AFTER_MS (60 * 1000) /* the longest that a service can make us wait */
#define LONGEST_DETAIL     200         /* bytes of a service's own words in an error message */
#define MOST_PROBLEMS      3           /* of those a 422 lists */

static DrillError
code_for_status (guint status)
{
  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      return DRILL_ERROR_AUTH_REQUIRED;

    case SOUP_STATUS_FORBIDDEN:
      return DRILL_ERROR_FORBIDDEN;

    case SOUP_STATUS_NOT_FOUND:
      return DRILL_ERROR_NOT_FOUND;

    case SOUP_STATUS_REQUEST_TIMEOUT:
      return DRILL_ERROR_TIMED_OUT;

    case 429:
      return DRILL_ERROR_BUSY;

    default:
      if (status >= 400 && status < 500)
        return DRILL_ERROR_REJECTED;
      return status >= 500 && status < 600 ? DRILL_ERROR_SERVICE : DRILL_ERROR_BAD_REPLY;
    }
}

static void
append_problem (GString    *words,
                JsonObject *problem)
{
  JsonNode *place = json_object_get_member (problem, "loc");

  if (words->len > 0)
    g_string_append (words, "; ");

  if (place != NULL && JSON_NODE_HOLDS_ARRAY (place))
    {
      JsonArray *steps = json_node_get_array (place);

      for (guint i = 0; i < json_array_get_length (steps); i++)
        {
          JsonNode *step = json_array_get_element (steps, i);

          if (json_node_get_value_type (step) == G_TYPE_STRING)
            g_string_append_printf (words, "%s%s", i > 0 ? "." : "", json_node_get_string (step));
          else if (json_node_get_value_type (step) == G_TYPE_INT64)
            g_string_append_printf (words, "%s%" G_GINT64_FORMAT, i > 0 ? "." : "", json_node_get_int (step));
        }
      g_string_append (words, ": ");
    }
  g_string_append (words, drill_json_get_string (problem, "msg") ?: "not valid");
}

/* The service's own words: {"detail": "text"} or {"detail": [{loc, msg, type}]} */
static char *
dup_detail (const char *body,
            gsize       length)
{
  g_autoptr(GBytes) bytes = g_bytes_new (body, length);
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GString) words = g_string_new (NULL);
  g_autofree char *redacted = NULL;
  g_autofree char *line = NULL;
  JsonNode *detail = NULL;

  if (length > 0)
    root = drill_json_parse (bytes, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    detail = json_object_get_member (json_node_get_object (root), "detail");

  if (detail != NULL && json_node_get_value_type (detail) == G_TYPE_STRING)
    {
      g_string_append (words, json_node_get_string (detail));
    }
  else if (detail != NULL && JSON_NODE_HOLDS_ARRAY (detail))
    {
      JsonArray *problems = json_node_get_array (detail);

      for (guint i = 0; i < MIN (json_array_get_length (problems), MOST_PROBLEMS); i++)
        {
          JsonNode *problem = json_array_get_element (problems, i);

          if (JSON_NODE_HOLDS_OBJECT (problem))
            append_problem (words, json_node_get_object (problem));
        }
    }

  if (words->len == 0)
    return NULL;

  redacted = drill_text_redact (words->str);
  line = drill_text_one_line (redacted);
  if (strlen (line) > LONGEST_DETAIL)
    {
      char *end = g_utf8_find_prev_char (line, line + LONGEST_DETAIL + 1);

      *end = '\0';
      return g_strconcat (line, "…", NULL);
    }

  return g_steal_pointer (&line);
}

/**
 * drill_http_reply_to_error:
 * @status: the HTTP status, not 200
 * @body: what came with it, perhaps cut
 * @length: bytes
 *
 * Returns: (transfer full): what it means, with the service's own words if it
 *   gave any (contract, Conventions)
 */
GError *
drill_http_reply_to_error (guint       status,
                           const char *body,
                           gsize       length)
{
  g_autofree char *detail = dup_detail (body, length);
  const char *phrase = soup_status_get_phrase (status);

  if (detail != NULL)
    return g_error_new (DRILL_ERROR, code_for_status (status), "HTTP status %u: %s", status, detail);

  return g_error_new (DRILL_ERROR, code_for_status (status), "HTTP status %u (%s)", status, phrase);
}

/**
 * drill_http_reply_is_json:
 * @content_type: (nullable): the media type the service gave
 * @body: how the body begins
 * @length: bytes of that
 *
 * Tells an answer of the service from a page of a proxy or a login form.
 *
 * Returns: whether it may be JSON
 */
gboolean
drill_http_reply_is_json (const char *content_type,
                          const char *body,
                          gsize       length)
{
  if (content_type != NULL &&
      g_ascii_strcasecmp (content_type, "application/json") != 0 &&
      !g_str_has_suffix (content_type, "+json"))
    return FALSE;

  while (length > 0 && strchr (" \t\r\n", *body) != NULL && *body != '\0')
    {
      body++;
      length--;
    }

  return length > 0 && (*body == '{' || *body == '[');
}

/**
 * drill_http_reply_get_retry_after:
 * @value: (nullable): a Retry-After header: seconds or an HTTP date
 * @now_us: the time, µs UTC
 *
 * Returns: how long to wait, ms, at most a minute, or %DRILL_RETRY_AFTER_UNKNOWN
 */
gint64
drill_http_reply_get_retry_after (const char *value,
                                  gint64      now_us)
{
  g_autoptr(GDateTime) date = NULL;
  guint64 seconds;
  gint64 us;

  if (value == NULL)
    return DRILL_RETRY_AFTER_UNKNOWN;
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT32, &seconds, NULL))
    return MIN ((gint64) seconds * 1000, MAX_RETRY_AFTER_MS);

  date = soup_date_time_new_from_http_string (value);
  if (date == NULL)
    return DRILL_RETRY_AFTER_UNKNOWN;

  us = g_date_time_to_unix (date) * G_TIME_SPAN_SECOND - now_us;

  return CLAMP (us / 1000, 0, MAX_RETRY_AFTER_MS);
}

/**
 * drill_http_reply_to_tls_error:
 * @flags: what is wrong with the certificate
 * @host: whose certificate it should be
 *
 * Returns: (transfer full): %DRILL_ERROR_TLS, naming every reason
 */
GError *
drill_http_reply_to_tls_error (GTlsCertificateFlags  flags,
                               const char           *host)
{
  static const struct
  {
    GTlsCertificateFlags flag;
    const char *words;
  } reasons[] = {
    { G_TLS_CERTIFICATE_UNKNOWN_CA, "it is not signed by a known authority" },
    { G_TLS_CERTIFICATE_BAD_IDENTITY, "it is for another host" },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, "it is not valid yet" },
    { G_TLS_CERTIFICATE_EXPIRED, "it has expired" },
    { G_TLS_CERTIFICATE_REVOKED, "it was revoked" },
    { G_TLS_CERTIFICATE_INSECURE, "its algorithm is insecure" },
  };
  g_autoptr(GString) words = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if ((flags & reasons[i].flag) != 0)
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", reasons[i].words);

  return g_error_new (DRILL_ERROR, DRILL_ERROR_TLS, "the certificate of %s is not trusted: %s",
                      host, words->len > 0 ? words->str : "it cannot be verified");
}
