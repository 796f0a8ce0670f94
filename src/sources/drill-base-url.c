// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/drill-base-url.h"

#include <libsoup/soup.h>
#include <string.h>

#include "base/drill-error.h"
#include "base/drill-words.h"

static int
get_port (GUri *url)
{
  int port = g_uri_get_port (url);

  if (port > 0)
    return port;

  return g_str_equal (g_uri_get_scheme (url), "https") ? 443 : 80;
}

static gboolean
is_host (const char *host)
{
  if (host == NULL || *host == '\0')
    return FALSE;

  if (g_hostname_is_ip_address (host))
    return TRUE;

  /* Letters of any language; GUri lets spaces and the like pass */
  for (const char *p = host; *p != '\0'; p++)
    if ((guchar) *p < 0x80 && !g_ascii_isalnum (*p) && strchr ("-._", *p) == NULL)
      return FALSE;

  return TRUE;
}

/**
 * drill_base_url_parse:
 * @text: (nullable): what a person typed as the address of a service
 * @error: %DRILL_ERROR_BAD_INPUT, in words marked with DRILL_WORDS(); never holds @text, which may have a password in it
 *
 * Reads the address of a service: http or https, a host, perhaps a port and a
 * path in front of the service's own.
 *
 * Returns: (transfer full): the address, its path without a final slash
 */
GUri *
drill_base_url_parse (const char  *text,
                      GError     **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));
  g_autoptr(GUri) url = g_uri_parse (stripped, SOUP_HTTP_URI_FLAGS, NULL);
  const char *problem = NULL;
  g_autofree char *path = NULL;
  gsize length;

  if (url == NULL)
    /* Translators: what is wrong with the address of a service; in parentheses or behind a colon */
    problem = DRILL_WORDS ("not an address of the form https://host");
  else if (g_strcmp0 (g_uri_get_scheme (url), "http") != 0 && g_strcmp0 (g_uri_get_scheme (url), "https") != 0)
    problem = DRILL_WORDS ("the address of a service begins with https:// or http://");
  else if (!is_host (g_uri_get_host (url)))
    problem = DRILL_WORDS ("the address names no host");
  else if (g_uri_get_userinfo (url) != NULL)
    problem = DRILL_WORDS ("the address must not hold a user name or password");
  else if (g_uri_get_query (url) != NULL || g_uri_get_fragment (url) != NULL)
    problem = DRILL_WORDS ("the address must not have a part behind ? or #");

  if (problem != NULL)
    {
      g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, problem);
      return NULL;
    }

  path = g_strdup (g_uri_get_path (url));
  for (length = strlen (path); length > 0 && path[length - 1] == '/'; length--)
    path[length - 1] = '\0';

  return g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (url), NULL, g_uri_get_host (url),
                      g_uri_get_port (url), path, NULL, NULL);
}

/**
 * drill_base_url_join:
 * @base: the address of a service
 * @path: an encoded path that begins with a slash
 * @query: (nullable): an encoded query
 *
 * Returns: (transfer full): the address of something in that service
 */
GUri *
drill_base_url_join (GUri       *base,
                     const char *path,
                     const char *query)
{
  /* libsoup has no empty paths */
  const char *prefix = g_str_equal (g_uri_get_path (base), "/") ? "" : g_uri_get_path (base);
  g_autofree char *joined = g_strconcat (prefix, path, NULL);

  return g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (base), NULL, g_uri_get_host (base),
                      g_uri_get_port (base), joined, query, NULL);
}

/**
 * drill_base_url_to_string:
 *
 * Returns: (transfer full): the address, for a person
 */
char *
drill_base_url_to_string (GUri *url)
{
  char *text = g_uri_to_string_partial (url, G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY | G_URI_HIDE_FRAGMENT);

  if (g_str_has_suffix (text, "/"))
    text[strlen (text) - 1] = '\0';

  return text;
}

/**
 * drill_base_url_get_origin:
 *
 * Returns: (transfer full): scheme, host and port, for a person
 */
char *
drill_base_url_get_origin (GUri *url)
{
  g_autoptr(GUri) origin = g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (url), NULL,
                                        g_uri_get_host (url), g_uri_get_port (url), "", NULL, NULL);

  return drill_base_url_to_string (origin);
}

/**
 * drill_base_url_same_origin:
 *
 * Returns: whether a token for @a may be sent to @b: same scheme, host and port
 */
gboolean
drill_base_url_same_origin (GUri *a,
                            GUri *b)
{
  return g_strcmp0 (g_uri_get_scheme (a), g_uri_get_scheme (b)) == 0 &&
         g_uri_get_host (a) != NULL && g_uri_get_host (b) != NULL &&
         g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0 &&
         get_port (a) == get_port (b);
}

/**
 * drill_base_url_is_loopback:
 *
 * Returns: whether what is sent there stays on this machine
 */
gboolean
drill_base_url_is_loopback (GUri *url)
{
  const char *host = g_uri_get_host (url);
  g_autoptr(GInetAddress) address = NULL;

  if (host == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}
