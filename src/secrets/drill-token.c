// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/drill-token.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/drill-error.h"
#include "base/drill-time.h"

/* More than any server takes in a header */
#define MAX_TOKEN (64 * 1024)

/* More than any claims have, and little for a stack */
#define MAX_BRACKETS 4096

/* The last second of year 9999, which is the last that RFC 3339 can tell */
#define LAST_SECOND 253402300799.0

static char *
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, DRILL_ERROR, DRILL_ERROR_BAD_INPUT, why);

  return NULL;
}

/* The length of a blank, a line break or an invisible sign at @p, as pasted texts have them; else 0 */
static gsize
get_blank_length (const char *p)
{
  gunichar c = g_utf8_get_char (p);

  if (g_unichar_isspace (c) || c == 0xfeff || c == 0x200b || c == 0x2060)
    return (gsize) (g_utf8_next_char (p) - p);

  return 0;
}

static const char *
skip_blanks (const char *text)
{
  gsize length;

  while ((length = get_blank_length (text)) > 0)
    text += length;

  return text;
}

/* Behind @word and, unless that ends by itself, a blank; or NULL */
static const char *
skip_word (const char *text,
           const char *word)
{
  gsize length = strlen (word);

  if (g_ascii_strncasecmp (text, word, length) != 0)
    return NULL;

  text += length;
  if (word[length - 1] != ':' && get_blank_length (text) == 0)
    return NULL;

  return skip_blanks (text);
}

static const char *
skip_prefix (const char *text)
{
  const char *rest;

  text = skip_blanks (text);
  while (*text == '"' || *text == '\'')
    text = skip_blanks (text + 1);
  if ((rest = skip_word (text, "Authorization:")) != NULL)
    text = rest;
  if ((rest = skip_word (text, "Bearer")) != NULL)
    text = rest;
  while (*text == '"' || *text == '\'')
    text = skip_blanks (text + 1);

  return text;
}

char *
drill_token_clean (const char  *text,
                   GError     **error)
{
  g_autoptr(GString) token = g_string_new (NULL);

  if (text == NULL)
    return refuse (error, "there is no token");
  if (strlen (text) > 4 * MAX_TOKEN)
    return refuse (error, "this is too long for a token");
  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, "this is no token: it has characters that tokens cannot have");

  for (const char *p = skip_prefix (text); *p != '\0';)
    {
      gsize blank = get_blank_length (p);

      if (blank == 0 && (*p <= ' ' || *p >= 0x7f))
        return refuse (error, "this is no token: it has characters that tokens cannot have");
      if (blank == 0)
        g_string_append_c (token, *p);

      p += MAX (blank, 1);
    }

  while (token->len > 0 && (token->str[token->len - 1] == '"' || token->str[token->len - 1] == '\''))
    g_string_truncate (token, token->len - 1);

  if (token->len == 0)
    return refuse (error, "there is no token");
  if (token->len > MAX_TOKEN)
    return refuse (error, "this is too long for a token");

  return g_string_free (g_steal_pointer (&token), FALSE);
}

/* The second of three parts, which is base64url; NULL for other tokens */
static char *
decode_claims (const char *token,
               gsize      *length)
{
  g_auto(GStrv) parts = g_strsplit (token, ".", 4);
  g_autoptr(GString) base64 = NULL;

  if (g_strv_length (parts) != 3)
    return NULL;

  base64 = g_string_new (parts[1]);
  for (gsize i = 0; i < base64->len; i++)
    {
      if (base64->str[i] == '-')
        base64->str[i] = '+';
      else if (base64->str[i] == '_')
        base64->str[i] = '/';
    }
  while (base64->len % 4 != 0)
    g_string_append_c (base64, '=');

  return (char *) g_base64_decode (base64->str, length);
}

/* json-glib's parser calls itself: nothing is nested deeper than there are brackets */
static gboolean
is_shallow (const char *json,
            gsize       length)
{
  guint n = 0;

  for (gsize i = 0; i < length; i++)
    if (json[i] == '{' || json[i] == '[')
      n++;

  return n <= MAX_BRACKETS;
}

gint64
drill_token_get_expiry (const char *token)
{
  g_autofree char *claims = NULL;
  g_autoptr(JsonParser) parser = NULL;
  JsonNode *root, *node;
  gsize length = 0;
  double seconds;

  if (token == NULL || strlen (token) > MAX_TOKEN)
    return DRILL_TIME_UNKNOWN;

  claims = decode_claims (token, &length);
  if (claims == NULL || !g_utf8_validate (claims, (gssize) length, NULL) || !is_shallow (claims, length))
    return DRILL_TIME_UNKNOWN;

  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, claims, (gssize) length, NULL))
    return DRILL_TIME_UNKNOWN;

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return DRILL_TIME_UNKNOWN;

  node = json_object_get_member (json_node_get_object (root), "exp");
  if (node == NULL || (json_node_get_value_type (node) != G_TYPE_INT64 && json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return DRILL_TIME_UNKNOWN;

  seconds = json_node_get_double (node);
  /* Beyond what can be told: for practical purposes never; before the start of time: long ago */
  if (!(seconds <= LAST_SECOND))
    return DRILL_TIME_UNKNOWN;

  return seconds <= 0 ? 0 : (gint64) (seconds * G_USEC_PER_SEC);
}

gboolean
drill_token_check (const char  *token,
                   gint64       now_us,
                   GError     **error)
{
  gint64 expiry = drill_token_get_expiry (token);
  g_autofree char *when = NULL;

  if (expiry == DRILL_TIME_UNKNOWN || now_us < expiry)
    return TRUE;

  when = drill_time_format (expiry);
  g_set_error (error, DRILL_ERROR, DRILL_ERROR_AUTH_REQUIRED, "the token expired at %s", when);

  return FALSE;
}
